"""Whether the cases of a rule notice every change of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.expression import Compiler
from checker.facts import Vocabulary
from checker.location import Location
from checker.proving.cases import Case, Equivalent
from checker.proving.mutants import Mutant, mutants, scopes
from checker.proving.running import decide, failures, holds
from checker.proving.suite import Suite
from checker.ruleset import Rule
from checker.yaml_text import YamlText, read


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of the mutants of one rule.

    same: proved to say the same as the rule. documented: said to by the case file. survivors: the changes no
    case notices, with their places. wrong: cases that do not hold of the rule as it is, without which nothing
    is tried, and entries of the case file that excuse nothing.
    """

    rule: str
    mutants: int = 0
    same: int = 0
    documented: int = 0
    survivors: tuple[tuple[str, Location], ...] = ()
    wrong: tuple[Problem, ...] = ()

    @property
    def killed(self) -> int:
        return self.mutants - self.same - self.documented - len(self.survivors)


def prove(suite: Suite) -> Iterator[Proof]:
    """Every mutant of every rule against the cases of that rule."""
    compiler = Compiler(scope for rule in suite.rules for scope in scopes(rule))
    for rule in suite.rules:
        cases = suite.cases(rule)
        wrong = failures(rule, cases, suite.vocabulary)
        if wrong:
            yield Proof(rule.id, wrong=tuple(wrong))
            continue
        found = mutants(rule, suite.vocabulary, compiler)
        yield _proof(rule, found, cases, suite.files[rule.id].equivalents, suite.vocabulary)


def _proof(
    rule: Rule,
    found: Iterable[Mutant],
    cases: Sequence[Case],
    equivalents: Sequence[Equivalent],
    vocabulary: Vocabulary,
) -> Proof:
    total = 0
    alive = []
    for mutant in found:
        total += 1
        if not _noticed(mutant, cases, vocabulary):
            alive.append(mutant)
    different = [m for m in alive if not m.same()]
    said = {e.mutant for e in equivalents}
    left = [m for m in different if m.name not in said]
    idle = [_idle(rule.id, e) for e in equivalents if e.mutant not in {m.name for m in different}]
    survivors = tuple(zip((m.name for m in left), _places(rule, left), strict=True))
    same, documented = len(alive) - len(different), len(different) - len(left)
    return Proof(rule.id, total, same, documented, survivors, tuple(idle))


def _noticed(mutant: Mutant, cases: Iterable[Case], vocabulary: Vocabulary) -> bool:
    return any(not holds(case, decide(mutant.rule, case, vocabulary)) for case in cases)


def _places(rule: Rule, alive: Sequence[Mutant]) -> Iterator[Location]:
    """Where in the rule's file each change is; the file is read again only where one survived."""
    source = _source(rule) if alive else None
    for mutant in alive:
        place = rule.place or Location(rule.id)
        if source is not None:
            place = source.place(mutant.way)
            style = source.marks[mutant.way].style if mutant.way in source.marks else ""
            first = (place.line or 1) + (1 if style in ("|", ">") else 0)
            place = Location(place.file, first + mutant.line)
        yield place


def _source(rule: Rule) -> YamlText | None:
    try:
        return read(Path(rule.place.file), rule.place.file) if rule.place else None
    except InputError:
        return None


def _idle(rule: str, entry: Equivalent) -> Problem:
    """An entry that excuses nothing."""
    zh = f"{rule}：没有这处存活的改动：{entry.mutant}"
    en = f"{rule}: no such change survives: {entry.mutant}"
    return Problem("cases.equivalent", Bilingual(zh, en), entry.place)
