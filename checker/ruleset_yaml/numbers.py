"""Numbers a rule names outside its expressions: the two of a ratio, and by how much a record is at fault."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker.errors import Problem, did_you_mean
from checker.expression import Scope
from checker.facts import Field
from checker.ruleset import Ratio
from checker.yaml_text import Way, YamlText

_WHOLE = ("count", "number")


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the names of numbers in one rule file.

    told_already: whether a mistake that has been told keeps a name from being known.
    """

    source: YamlText
    scope: Scope
    problems: list[Problem]
    told_already: Callable[[str], bool]

    def ratio(self, written: Any) -> Ratio | None:
        """What `degree` says where it names two numbers; None once a problem has been told."""
        if not isinstance(written, dict) or not {"part", "whole"} <= set(written):
            return None
        part, whole = (self._number(written[key], ("degree", key)) for key in ("part", "whole"))
        if part is None or whole is None:
            return None
        if part.name == whole.name:
            zh, en = "part 与 whole 是同一个数", "part and whole are the same number"
            self._tell("rule.degree", zh, en, ("degree", "whole"))
        elif (part.type == "amount") != (whole.type == "amount"):
            zh, en = (
                "part 与 whole 须同为金额（分值）或同为个数",
                "part and whole must both be amounts or both be counts",
            )
            self._tell("rule.degree", zh, en, ("degree", "whole"))
        else:
            return Ratio(written["part"], written["whole"])
        return None

    def quantity(self, written: Any) -> str | None:
        """The name of a whole number; None where nothing is written, or once a problem has been told."""
        if not isinstance(written, str):
            return None
        found = self._number(written, ("quantity",))
        if found is not None and found.type not in _WHOLE:
            zh = f"{written} 是金额；quantity 须是个数或天数"
            en = f"{written} is an amount; quantity takes a count or a number of days"
            self._tell("rule.quantity", zh, en, ("quantity",))
            return None
        return written if found is not None else None

    def _number(self, written: Any, way: Way) -> Field | None:
        """The field of a number in scope."""
        if not isinstance(written, str) or self.told_already(written):
            return None
        found = self.scope.find(written)
        if found is None:
            numbers = (n for n in self.scope.names() if _is_number(self.scope.find(n)))
            hint = did_you_mean(written, numbers)
            zh, en = f"这里没有 {written} 这个数{hint.zh}", f"there is no number {written} here{hint.en}"
            self._tell("rule.number", zh, en, way)
        elif not _is_number(found):
            zh, en = f"{written} 不是数（{found.type}）", f"{written} is no number ({found.type})"
            self._tell("rule.number", zh, en, way)
            return None
        return found

    def _tell(self, code: str, zh: str, en: str, way: Way) -> None:
        self.problems.append(self.source.problem(code, zh, en, way))


def _is_number(field: Field | None) -> bool:
    return field is not None and field.type in (*_WHOLE, "amount")
