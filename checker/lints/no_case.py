"""An outcome that a rule can come to and that none of its cases has."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.proving import unreached

SEVERITY = "warning"
ABOUT = Bilingual("规则能得出的结果没有用例", "no case for an outcome the rule can come to")


def look(shelf: Shelf) -> Iterator[Spot]:
    for name, rule in shelf.rules.items():
        if shelf.cases is None or rule.place is None:
            continue
        missing = unreached(rule, shelf.cases[name].cases, shelf.vocabulary)
        if missing:
            listed = "、".join(missing), ", ".join(missing)
            message = Bilingual(f"没有用例的结果：{listed[0]}", f"there is no case for: {listed[1]}")
            fix = Bilingual(f"在 cases/{name}.yaml 里补上", f"add cases to cases/{name}.yaml")
            yield Spot(rule.place, ("assert",), message, fix)
