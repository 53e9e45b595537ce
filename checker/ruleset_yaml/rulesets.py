"""One ruleset file → a Ruleset: the indicator tree, its sums, its bands, and the rules it draws on."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError
from checker.ruleset import Band, Change, Group, Rule, Ruleset
from checker.ruleset_yaml import cache
from checker.ruleset_yaml.changes import changes, relaxations
from checker.ruleset_yaml.indicators import IndicatorReader, check_veto, check_within, make_veto
from checker.ruleset_yaml.library import Library
from checker.ruleset_yaml.sources import shown
from checker.ruleset_yaml.tailoring import compose
from checker.ruleset_yaml.telling import Telling, as_list, bilingual, get, number
from checker.ruleset_yaml.uses import UseReader
from checker.yaml_text import Source, Way, YamlText, parse, read_text
from checker.yaml_text.validation import schema_problems


def load_ruleset(path: Path, rules: Mapping[str, Rule], home: Path | None = None) -> Ruleset:
    """A ruleset file; its id is the name of the file. One it extends stands beside it or in `home`.

    Raises RulesetError with every problem in it.
    """
    folders = (path.parent, *([home] if home else []))
    return parse_ruleset(path.stem, _text(path), rules, shown(path), folders)


def parse_ruleset(
    name: str, text: str, rules: Mapping[str, Rule], file: str = "", folders: Iterable[Path] = ()
) -> Ruleset:
    """A ruleset given as text; one it extends stands in one of the folders.

    Raises RulesetError with every problem in it.
    """
    texts = {name: (file or f"{name}.yaml", text)}
    kept = cache.recall("ruleset", texts)
    if kept is not None:
        with suppress(RulesetError):  # then read it afresh: what is kept has not the place of everything
            return _read(name, kept[0][name], rules, tuple(folders), [])
    try:
        source = parse(text, texts[name][0])
    except InputError as error:
        raise RulesetError(error.problems) from None
    ruleset = _read(name, source, rules, tuple(folders), schema_problems(source, "ruleset"))
    cache.keep("ruleset", texts, {name: source}, {})
    return ruleset


def _text(path: Path) -> str:
    try:
        return read_text(path, shown(path))
    except InputError as error:
        raise RulesetError(error.problems) from None


def _read(
    name: str, source: YamlText, rules: Mapping[str, Rule], folders: tuple[Path, ...], problems: list[Problem]
) -> Ruleset:
    if not isinstance(source.data, dict) or "extends" not in source.data:
        return _ruleset(name, source, rules, problems)
    return _tailored(name, source, rules, folders, problems)


def _ruleset(name: str, source: Source, rules: Mapping[str, Rule], problems: list[Problem]) -> Ruleset:
    reader = _RulesetReader(source, rules, problems)
    if isinstance(source.data, dict):
        reader.read_rules()
        reader.check()
    _raise(reader.told.problems)
    return reader.ruleset(name)


def _tailored(
    name: str, own: YamlText, rules: Mapping[str, Rule], folders: tuple[Path, ...], problems: list[Problem]
) -> Ruleset:
    """The parent with the differences of this file, each checked against what the parent holds firm."""
    lineage = _lineage(name, own, folders, problems)
    source: Source = lineage[-1][1]
    parent = _ruleset(lineage[-1][0], source, rules, [])
    for child, text in reversed(lineage[:-1]):
        source = compose(source, telling := Telling(text))
        found = [*(problems if text is own else schema_problems(text, "ruleset")), *telling.problems]
        known = {p.location for p in found}
        found += [p for p in schema_problems(source, "ruleset") if p.location not in known]
        made = _ruleset(child, source, rules, found)
        _raise([_relaxed(change, text) for change in relaxations(parent, made)])
        parent = replace(made, parent=parent.id, changes=changes(parent, made))
    return parent


def _lineage(
    name: str, own: YamlText, folders: tuple[Path, ...], problems: list[Problem]
) -> list[tuple[str, YamlText]]:
    """The file and those it extends, nearest first. problems: those known of the file.

    Raises RulesetError where there is none to extend: nothing else can be said then.
    """
    found = [(name, own)]
    while "extends" in found[-1][1].data:
        source = found[-1][1]
        wanted = str(source.data["extends"])
        folders = folders if wanted == Path(wanted).name else ()
        path = next((p for f in folders if (p := f / f"{wanted}.yaml").is_file()), None)
        if wanted in dict(found) or path is None:
            zh, en = f"没有可沿用的体系 {wanted}", f"there is no ruleset {wanted} to extend"
            if wanted in dict(found):
                zh, en = f"{wanted} 沿用了自己", f"{wanted} extends itself"
            raise RulesetError([*problems, source.problem("tailoring.parent", zh, en, ("extends",))])
        try:
            parent = parse(_text(path), shown(path))
        except InputError as error:
            raise RulesetError([*problems, *error.problems]) from None
        if not isinstance(parent.data, dict):
            raise RulesetError([*problems, *schema_problems(parent, "ruleset")])
        found.append((wanted, parent))
    return found


def _relaxed(change: Change, own: YamlText) -> Problem:
    what = " ".join(each for each in (change.id, change.key) if each)
    zh = f"上级体系不许放宽：{what}（原为 {change.before or '无'}，现为 {change.after or '无'}）"
    was, now = change.before or "none", change.after or "none"
    en = f"the parent does not let this be relaxed: {what} (was {was}, is {now})"
    place = change.place if change.place and change.place.file == own.file else own.place(("extends",))
    return Problem("tailoring.firm", Bilingual(zh, en), place, own.excerpt(place))


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise RulesetError(sorted(dict.fromkeys(problems), key=_line))


def _line(problem: Problem) -> tuple[str, int, int]:
    place = problem.location
    return (place.file, place.line or 0, place.character or 0) if place else ("", 0, 0)


class _RulesetReader:
    def __init__(self, source: Source, rules: Mapping[str, Rule], problems: Iterable[Problem]) -> None:
        self.told = Telling(source)
        self.told.problems.extend(problems)
        self.data: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
        self.library = rules
        self.uses = UseReader(self.told, rules, self.data)
        self.tree = IndicatorReader(self.told, self.uses)

    def read_rules(self) -> None:
        """The rules named here, in one go. What is wrong with them is told with what is wrong here."""
        named = [n for n in dict.fromkeys(_named(self.data)) if n in self.library]
        try:
            if isinstance(self.library, Library):
                self.library.load(named)
        except RulesetError as error:
            self.told.problems.extend(error.problems)
        for name in named:
            with suppress(RulesetError):
                self.uses.rules[name] = self.library[name]

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


def _named(data: Any) -> Iterator[str]:
    """Every rule a ruleset names, wherever it does."""
    if isinstance(data, dict):
        yield from (name for key in ("rule", "only_if") if isinstance(name := data.get(key), str))
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _named(each)


def _digest(source: Source, used: Mapping[str, Rule]) -> str:
    """Over the ruleset's text and, in the order of ids, the id and digest of every rule it uses."""
    digest = hashlib.sha256("\n".join(source.lines).encode())
    for name, rule in used.items():
        digest.update(f"\n{name} {rule.sha256}".encode())
    return digest.hexdigest()


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data
