"""The cases of a rule: its own examples, and its case file beside the library."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.facts import Facts, Vocabulary
from checker.facts_yaml import facts_from_yaml
from checker.finding import Outcome
from checker.location import Location
from checker.ruleset import Rule
from checker.ruleset_yaml.rules import parameter_value
from checker.yaml_text import Way, YamlText, read
from checker.yaml_text.validation import schema_problems

FOLDER = "cases"
FAILING = (Outcome.FAIL, Outcome.PARTIAL, Outcome.PENDING)
_EXAMPLES = {"pass": (Outcome.PASS,), "fail": FAILING}


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule must make of some facts.

    outcomes: any of these will do. Of the rest, None asks nothing. share: from worst to best. quantity: of
    all its occurrences together. rectified, repeated: how many of its occurrences are known to be.
    example: one of the rule's own. settings: values for parameters of the rule.
    """

    name: str
    place: Location
    facts: Facts
    outcomes: tuple[Outcome, ...]
    occurrences: int | None = None
    share: tuple[Fraction, Fraction] | None = None
    quantity: int | None = None
    rectified: int | None = None
    repeated: int | None = None
    says: str | None = None
    settings: Mapping[str, int | date] | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of a rule of which its author says that no case can tell it apart, and why."""

    mutant: str
    why: Bilingual
    place: Location


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What the case files of one rule hold, all homes together."""

    cases: tuple[Case, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()


def read_cases(
    homes: Iterable[Path], rules: Mapping[str, Rule], vocabulary: Vocabulary, wanted: Iterable[str]
) -> dict[str, CaseFile]:
    """The case files of the rules wanted, by rule; an empty one for a rule that has none.

    Raises InputError with every problem in every file, a file of a rule there is none of among them.
    """
    problems: list[Problem] = []
    chosen = tuple(wanted)
    folders = [home / FOLDER for home in homes]
    _check_names(folders, rules, problems)
    found = {name: _of_rule(folders, rules[name], vocabulary, problems) for name in chosen}
    if problems:
        raise InputError(problems)
    return found


def examples(rule: Rule, vocabulary: Vocabulary) -> tuple[Case, ...]:
    """A rule's own examples as cases. Raises InputError with every fact in them that is not one."""
    problems: list[Problem] = []
    found = tuple(_examples(rule, vocabulary, problems))
    if problems:
        raise InputError(problems)
    return found


def _examples(rule: Rule, vocabulary: Vocabulary, problems: list[Problem]) -> Iterator[Case]:
    place = rule.place or Location(rule.id)
    for kind, outcomes in _EXAMPLES.items():
        for number, given in enumerate(rule.examples.get(kind, ()), 1):
            name = f"{kind} {number}"
            try:
                facts = facts_from_yaml(given, vocabulary)
            except InputError as error:
                told = f"{rule.id}：{kind} 第 {number} 例写错：", f"{rule.id}: {kind} example {number}: "
                problems.extend(_after(*told, problem, place) for problem in error.problems)
                continue
            yield Case(name, place, facts, outcomes, example=True)


def _after(zh: str, en: str, problem: Problem, place: Location) -> Problem:
    said = Bilingual(zh + problem.message.zh, en + problem.message.en)
    return replace(problem, message=said, location=place)


def _check_names(folders: Iterable[Path], rules: Mapping[str, Rule], problems: list[Problem]) -> None:
    """A file that belongs to no rule is run by nobody."""
    for folder in folders:
        for path in sorted(folder.rglob("*.y*ml")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if path.suffix != ".yaml":
                zh, en = "用例文件的扩展名须是 .yaml", "a file of cases ends in .yaml"
            elif name in rules:
                continue
            else:
                hint = did_you_mean(name, rules)
                zh, en = f"没有规则 {name}{hint.zh}", f"there is no rule {name}{hint.en}"
            problems.append(Problem("cases.no-such-rule", Bilingual(zh, en), Location(_shown(path))))


def _of_rule(
    folders: Iterable[Path], rule: Rule, vocabulary: Vocabulary, problems: list[Problem]
) -> CaseFile:
    whole = CaseFile()
    for folder in folders:
        path = folder / f"{rule.id}.yaml"
        if path.is_file():
            part = _file(path, rule, vocabulary, problems)
            whole = CaseFile((*whole.cases, *part.cases), (*whole.equivalents, *part.equivalents))
    return whole


def _file(path: Path, rule: Rule, vocabulary: Vocabulary, problems: list[Problem]) -> CaseFile:
    try:
        source = read(path, _shown(path))
    except InputError as error:
        problems.extend(error.problems)
        return CaseFile()
    wrong = schema_problems(source, "cases")
    problems.extend(wrong)
    return CaseFile() if wrong else _Reader(source, rule, vocabulary, problems).file()


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


class _Reader:
    """Reads one case file that fits its schema."""

    def __init__(self, source: YamlText, rule: Rule, vocabulary: Vocabulary, problems: list[Problem]) -> None:
        self.source = source
        self.rule = rule
        self.vocabulary = vocabulary
        self.problems = problems
        self.names: set[str] = set()

    def file(self) -> CaseFile:
        cases = [c for n, d in enumerate(self.source.data) if "name" in d and (c := self._case(d, n))]
        said = [self._equivalent(d, n) for n, d in enumerate(self.source.data) if "equivalent" in d]
        return CaseFile(tuple(cases), tuple(said))

    def _equivalent(self, data: Mapping[str, Any], number: int) -> Equivalent:
        why = Bilingual(data["why"]["zh"], data["why"]["en"])
        return Equivalent(data["equivalent"], why, self.source.place((number, "equivalent")))

    def _case(self, data: Mapping[str, Any], number: int) -> Case | None:
        name = data["name"]
        if name in self.names:
            zh, en = f"用例“{name}”重名", f"there is a case named “{name}” already"
            self.problems.append(self.source.problem("cases.name", zh, en, (number, "name")))
        self.names.add(name)
        settings = self._settings(data.get("settings", {}), (number, "settings"))
        try:
            facts = facts_from_yaml(data["given"], self.vocabulary, self._locator((number, "given")))
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        return Case(
            name=name,
            place=self.source.place((number,)),
            facts=facts,
            outcomes=(Outcome(data["outcome"]),),
            occurrences=_whole(data, "occurrences"),
            share=_share(data.get("share")),
            quantity=_whole(data, "quantity"),
            rectified=_whole(data, "rectified"),
            repeated=_whole(data, "repeated"),
            says=data.get("says"),
            settings=settings,
        )

    def _locator(self, way: Way) -> Any:
        return lambda inside: self.source.place((*way, *inside))

    def _settings(self, written: Mapping[str, Any], way: Way) -> dict[str, int | date]:
        known = {p.name: p for p in self.rule.parameters}
        found: dict[str, int | date] = {}
        for name, text in written.items():
            value = parameter_value(known[name].type, text) if name in known else None
            if value is not None:
                found[name] = value
                continue
            hint = did_you_mean(name, known)
            zh, en = f"规则没有参数 {name}{hint.zh}", f"the rule has no parameter {name}{hint.en}"
            if name in known:
                zh, en = f"参数 {name} 须是整数或日期", f"{name} is a whole number or a date"
            self.problems.append(self.source.problem("cases.settings", zh, en, (*way, name)))
        return found


def _whole(data: Mapping[str, Any], key: str) -> int | None:
    return int(data[key]) if key in data else None


def _share(written: str | None) -> tuple[Fraction, Fraction] | None:
    if written is None:
        return None
    ends = [Fraction(part) for part in re.split("-", written)]
    return ends[0], ends[-1]
