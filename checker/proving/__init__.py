"""Whether rules do what their cases say, and whether their cases would notice if they did not.

    cases.py        a rule's own examples and its case file
    suite.py        the rules to be proved, each with its cases
    running.py      one rule on one case
    coverage.py     the outcomes a rule can come to, and those no case states
    conditions.py   a checked expression with one change
    mutants.py      a rule with one change
    equivalence.py  whether two expressions say the same
    mutating.py     the mutants no case notices

A change of a ruleset's own figures (points, caps, bands) is for whoever has its score sheets: they are not
cases of rules.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from checker import isolation, library
from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.finding import Outcome
from checker.proving.coverage import reachable, unreached
from checker.proving.mutating import Proof, prove
from checker.proving.running import failures
from checker.proving.suite import Suite, choose, suite

__all__ = [
    "Proof",
    "Suite",
    "Tested",
    "choose",
    "failures",
    "mutate",
    "mutate_apart",
    "reachable",
    "sampled",
    "suite",
    "test",
    "unreached",
]


@dataclass(frozen=True, slots=True)
class Tested:
    """What came of the cases of one rule: how many examples and cases were run, and those that failed.

    reachable: the outcomes the rule can come to. unreached: those of them no case states.
    """

    rule: str
    examples: int
    cases: int
    failures: tuple[Problem, ...]
    reachable: tuple[Outcome, ...]
    unreached: tuple[Outcome, ...]


def test(ruleset: str | Path, names: Iterable[str] = ()) -> list[Tested]:
    """Every example and case of these rules, or of all. Raises InputError for what is at fault in a file."""
    chosen = suite(ruleset, names)
    found = []
    for rule in chosen.rules:
        cases = chosen.cases(rule)
        examples = sum(1 for case in cases if case.example)
        found.append(
            Tested(
                rule.id,
                examples,
                len(cases) - examples,
                tuple(failures(rule, cases, chosen.vocabulary)),
                reachable(rule, chosen.vocabulary),
                unreached(rule, cases, chosen.vocabulary),
            )
        )
    return found


def sampled(rules: Sequence[str], number: int, seed: int) -> tuple[str, ...]:
    """So many of the rules, the same ones for the same seed, in their order."""
    picked = set(Random(seed).sample(sorted(rules), min(number, len(rules))))  # noqa: S311 - no secret
    return tuple(rule for rule in rules if rule in picked)


def mutate(ruleset: str | Path, names: Iterable[str] = ()) -> list[Proof]:
    """Every mutant of these rules, or of all. Raises InputError for what is at fault in a file."""
    return list(prove(suite(ruleset, names)))


def mutate_apart(ruleset: str | Path, rules: Sequence[str], jobs: int, seconds: int) -> list[Proof]:
    """mutate() by families in so many processes at once, each with its limits, in the order of the rules."""
    families: dict[str, list[str]] = {}
    for rule in rules:
        families.setdefault(rule.rpartition("/")[0], []).append(rule)
    if len(families) == 1 and str(ruleset) in library.shipped():
        return mutate(ruleset, rules)
    largest_first = sorted(families.values(), key=lambda family: (-len(family), family))

    def apart(family: list[str]) -> list[Proof]:
        return isolation.run(
            Bilingual("规则用例", "the cases of rules"), mutate, str(ruleset), family, seconds=seconds
        )

    with ThreadPoolExecutor(jobs) as pool:
        found = {proof.rule: proof for part in pool.map(apart, largest_first) for proof in part}
    return [found[rule] for rule in rules]
