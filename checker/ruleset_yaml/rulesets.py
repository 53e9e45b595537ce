"""One ruleset file → a Ruleset: the indicator tree, its sums, its bands, and the rules it draws on."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.errors import InputError, Problem, RulesetError
from checker.ruleset import Band, Group, Rule, Ruleset
from checker.ruleset_yaml import cache
from checker.ruleset_yaml.indicators import IndicatorReader, check_veto, check_within, make_veto
from checker.ruleset_yaml.sources import shown
from checker.ruleset_yaml.telling import Telling, as_list, bilingual, get, number
from checker.ruleset_yaml.uses import UseReader
from checker.yaml_text import Way, YamlText, parse, read_text
from checker.yaml_text.validation import schema_problems


def load_ruleset(path: Path, rules: Mapping[str, Rule]) -> Ruleset:
    """A ruleset file; its id is the name of the file. Raises RulesetError with every problem in it."""
    try:
        text = read_text(path, shown(path))
    except InputError as error:
        raise RulesetError(error.problems) from None
    return parse_ruleset(path.stem, text, rules, shown(path))


def parse_ruleset(name: str, text: str, rules: Mapping[str, Rule], file: str = "") -> Ruleset:
    """A ruleset given as text. Raises RulesetError with every problem in it."""
    texts = {name: (file or f"{name}.yaml", text)}
    kept = cache.recall("ruleset", texts)
    if kept is not None:
        with suppress(RulesetError):  # then read it afresh: what is kept has not the place of everything
            return _ruleset(name, kept[name], rules, [])
    try:
        source = parse(text, texts[name][0])
    except InputError as error:
        raise RulesetError(error.problems) from None
    ruleset = _ruleset(name, source, rules, schema_problems(source, "ruleset"))
    cache.keep("ruleset", texts, {name: source})
    return ruleset


def _ruleset(name: str, source: YamlText, rules: Mapping[str, Rule], problems: list[Problem]) -> Ruleset:
    reader = _RulesetReader(source, rules)
    reader.told.problems.extend(problems)
    if isinstance(source.data, dict):
        reader.check()
    if reader.told.problems:
        raise RulesetError(sorted(dict.fromkeys(reader.told.problems), key=_line))
    return reader.ruleset(name)


def _line(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (place.line or 0, place.character or 0) if place else (0, 0)


class _RulesetReader:
    def __init__(self, source: YamlText, rules: Mapping[str, Rule]) -> None:
        self.told = Telling(source)
        self.data: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
        self.uses = UseReader(self.told, rules, self.data)
        self.tree = IndicatorReader(self.told, self.uses)

    def check(self) -> None:
        """Everything a schema cannot say. Parts the schema refuses are passed over."""
        full = number(self.data.get("full_marks"))
        self.tree.check(self.data)
        self._check_marks(full)
        self._check_rubrics()
        self._check_unique("groups")
        check_veto(self.told, self.data.get("veto"), ("veto",), full)
        self._check_years()

    def _check_marks(self, full: Decimal | None) -> None:
        mark = number(get(self.data, "pass_mark", "at_least"))
        check_within(self.told, mark, full, ("pass_mark", "at_least"))
        bands = as_list(self.data.get("bands"))
        for n, band in enumerate(bands):
            check_within(self.told, number(get(band, "at_least")), full, ("bands", n, "at_least"))
        zh, en = "等次须由高到低排列", "bands go from the highest down"
        for way in self._rising(bands, "at_least", ("bands",)):
            self.told.tell("ruleset.bands", zh, en, way)

    def _check_rubrics(self) -> None:
        rubrics = self.data.get("rubrics")
        zh, en = "等级须由高到低排列", "levels go from the highest down"
        for name, levels in rubrics.items() if isinstance(rubrics, dict) else ():
            for way in self._rising(as_list(levels), "earns", ("rubrics", name)):
                self.told.tell("ruleset.rubric", zh, en, way)
            self._check_unique("rubrics", name)

    @staticmethod
    def _rising(written: list[Any], key: str, way: Way) -> Iterator[Way]:
        """Where a value is not below the one before it."""
        previous: Decimal | None = None
        for n, each in enumerate(written):
            value = number(get(each, key))
            if value is not None and previous is not None and value >= previous:
                yield (*way, n, key)
            previous = value if value is not None else previous

    def _check_unique(self, *way: str) -> None:
        seen = set()
        for n, each in enumerate(as_list(get(self.data, *way))):
            name = get(each, "id")
            if isinstance(name, str) and name in seen:
                zh, en = f"编号 {name} 重复", f"the id {name} is there twice"
                self.told.tell("ruleset.id", zh, en, (*way, n, "id"))
            seen.add(name if isinstance(name, str) else None)

    def _check_years(self) -> None:
        years = [number(y) for y in as_list(get(self.data, "applies_to", "years"))]
        if len(years) == 2 and None not in years and years[0] > years[1]:  # type: ignore[operator]
            zh, en = "起始年度晚于终止年度", "the first year is after the last"
            self.told.tell("ruleset.years", zh, en, ("applies_to", "years"))

    def ruleset(self, name: str) -> Ruleset:
        """The ruleset, once nothing is wrong with it."""
        data, full = self.data, Decimal(self.data["full_marks"])
        years = [int(y) for y in as_list(get(data, "applies_to", "years"))]
        indicators = self.tree.make(data, (), full)
        rules = self._rules()
        return Ruleset(
            id=name,
            title=bilingual(data["title"]),
            version=data["version"],
            sha256=_digest(self.told.source, rules),
            full_marks=full,
            pass_mark=Decimal(data["pass_mark"]["at_least"]),
            bands=tuple(Band(bilingual(b["name"]), Decimal(b["at_least"])) for b in data["bands"]),
            veto=make_veto(data["veto"]),
            unknown=data["unknown"],
            not_applicable=data["not_applicable"],
            indicators=indicators,
            rules=rules,
            years=(years[0] if years else None, years[1] if len(years) > 1 else None),
            kinds=tuple(get(data, "applies_to", "kinds") or ()),
            uses=self.tree.make_uses(data, (), full),
            bonus=self.tree.make_bonus(data.get("bonus"), ("bonus",), full),
            groups=self._groups(),
            places=int(data.get("places", 2)),
            source=bilingual(data["source"]) if "source" in data else None,
            sheet=data.get("sheet", {}),
            firm=tuple(data.get("firm", ())),
        )

    def _groups(self) -> tuple[Group, ...]:
        place = self.told.source.place
        groups = enumerate(self.data.get("groups", ()))
        return tuple(Group(g["id"], g["per"], place(("groups", n)), number(g.get("cap"))) for n, g in groups)

    def _rules(self) -> dict[str, Rule]:
        """The rules by the ids they have here, with their parameters as this ruleset has them."""
        found = {gate: self.uses.rules[gate] for gate in self.tree.gates}
        for name, way in self.uses.used.items():
            use = self.uses.make(_at(self.data, way), way, Decimal(0))
            found[name] = self.uses.as_used(use)
        return dict(sorted(found.items()))


def _digest(source: YamlText, used: Mapping[str, Rule]) -> str:
    """Over the ruleset's text and, in the order of ids, the id and digest of every rule it uses."""
    digest = hashlib.sha256("\n".join(source.lines).encode())
    for name, rule in used.items():
        digest.update(f"\n{name} {rule.sha256}".encode())
    return digest.hexdigest()


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data
