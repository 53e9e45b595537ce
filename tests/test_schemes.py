"""The shipped schemes against score sheets worked out by hand.

tests/schemes/<ruleset>.yaml is a list of cases: what the rules find (a rule not named passes), what the
scheme makes of it, and the working. Marks are exact decimals or fractions. A finding says its outcome and,
where it matters: failing or keys (records that fail), undecided or undecided_keys (records no one has
decided), open_ended (the ledger was not given), share, quantity, rectified, repeated, award, level and
population (how many records there are; for a whole ledger it stands beside the findings).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker import library, scoring, yaml_text
from checker.bilingual import Bilingual
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Rule, Ruleset
from checker.scoring import IndicatorScore, Score

SHEETS = Path(__file__).parent / "schemes"
# Those scored by their own tests, over real reports.
OTHERWISE_TESTED = {"annual-report", "disclosure"}
_CASE = {"name", "findings", "expected", "working", "population"}
_EXPECTED = {
    "verdict",
    "earned",
    "worst",
    "best",
    "band",
    "bonus",
    "indicators",
    "floors",
    "vetoed",
    "charged_elsewhere",
}
_GIVEN = {
    "outcome",
    "failing",
    "keys",
    "undecided",
    "undecided_keys",
    "open_ended",
    "share",
    "quantity",
    "rectified",
    "repeated",
    "award",
    "level",
    "population",
}
_NOTHING = Bilingual("", "")
_NOT_GIVEN = Bilingual("没有提供", "not given")
_RECORDS = 10


@cache
def ruleset(name: str) -> Ruleset:
    return library.load_ruleset(name)


def sheet(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml_text.parse(path.read_text(encoding="utf-8"), path.name).data
    return found


def cases() -> Iterator[Any]:
    for path in sorted(SHEETS.glob("*.yaml")):
        for case in sheet(path):
            yield pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}")


def records(given: Mapping[str, Any], named: str, counted: str, default: int) -> list[str]:
    """The keys of the records a case speaks of: named, or so many of them. Numbers are keys of their own."""
    if named in given:
        return list(given[named])
    return [f"{counted}-{n + 1}" for n in range(int(given.get(counted, default)))]


def share_of(rule: Rule, given: Mapping[str, Any], outcome: Outcome) -> tuple[Fraction, Fraction] | None:
    if "share" in given:
        stated = given["share"]
        worst, best = stated if isinstance(stated, list) else (stated, stated)
        return Fraction(worst), Fraction(best)
    if rule.degree != "all" and outcome is Outcome.PASS:
        return Fraction(1), Fraction(1)
    return None


def occurrences(rule: Rule, given: Mapping[str, Any], outcome: Outcome) -> tuple[Occurrence, ...]:
    def one(key: str, of: Outcome) -> Occurrence:
        return Occurrence(
            key if rule.each else "",
            of,
            _NOTHING,
            quantity=int(given["quantity"]) if "quantity" in given else None,
            rectified=given.get("rectified") == "true",
            repeated=given.get("repeated") == "true",
        )

    fails = outcome in (Outcome.FAIL, Outcome.PARTIAL)
    open_as = Outcome.PENDING if outcome is Outcome.PENDING else Outcome.UNKNOWN
    undecided = outcome in (Outcome.UNKNOWN, Outcome.PENDING)
    failing = [one(k, Outcome.FAIL) for k in records(given, "keys", "failing", 1 if fails else 0)]
    awaited = records(given, "undecided_keys", "undecided", 1 if undecided else 0)
    return (*failing, *(one(k, open_as) for k in awaited))


def finding(rule: Rule, given: Mapping[str, Any], population: Mapping[str, Any]) -> Finding:
    assert set(given) <= _GIVEN, set(given) - _GIVEN
    outcome = Outcome(given.get("outcome", "pass"))
    not_given = given.get("open_ended") == "true"
    nothing = (Occurrence(rule.each or "", Outcome.UNKNOWN, _NOT_GIVEN),)
    found = nothing if not_given else occurrences(rule, given, outcome)
    stated = given.get("population", population.get(rule.each or ""))
    there = max(int(stated) if stated else _RECORDS, len(found)) if rule.each else None
    return Finding(
        rule.id,
        outcome,
        checked=0 if not_given else there or 1,
        occurrences=found if outcome is not Outcome.NOT_APPLICABLE else (),
        open_ended=not_given,
        reason=_NOT_GIVEN if not_given else None,
        share=share_of(rule, given, outcome),
        population=None if not_given else there,
        award=Decimal(given["award"]) if "award" in given else None,
        level=given.get("level"),
    )


def scored(name: str, case: Mapping[str, Any]) -> Score:
    scheme = ruleset(name)
    given, population = case["findings"], case.get("population", {})
    assert set(given) <= set(scheme.rules), set(given) - set(scheme.rules)
    found = [finding(rule, given.get(rule_id, {}), population) for rule_id, rule in scheme.rules.items()]
    return scoring.score(found, scheme)


def all_indicators(indicators: tuple[IndicatorScore, ...]) -> Iterator[IndicatorScore]:
    for indicator in indicators:
        yield indicator
        yield from all_indicators(indicator.indicators)


def ends(stated: Any) -> tuple[Fraction, Fraction] | tuple[None, None]:
    """Worst and best as a sheet states them; null where nothing applies."""
    if stated is None or stated == "null":
        return None, None
    worst, best = stated
    return Fraction(worst), Fraction(best)


def made_of(score: Score, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What the score says of everything the sheet states."""
    outlook = score.outlook
    found = {i.id: i for i in all_indicators(score.indicators)}
    said: dict[str, Any] = {
        "verdict": outlook.verdict.value,
        "earned": outlook.earned,
        "worst": outlook.worst,
        "best": outlook.best,
        "vetoed": score.vetoed,
        "charged_elsewhere": len(score.charged_elsewhere),
        "band": "、".join(band.name.zh for band in outlook.bands),
        "bonus": (score.bonus.worst, score.bonus.best) if score.bonus else (0, 0),
        "indicators": {i: (found[i].worst, found[i].best) for i in expected.get("indicators", {})},
        "floors": {i: found[i].floor_state for i in expected.get("floors", {})},
    }
    return {key: said[key] for key in expected}


def stated(expected: Mapping[str, Any]) -> dict[str, Any]:
    """What the sheet states, as exact numbers."""
    read: dict[str, Any] = dict(expected)
    read |= {key: Fraction(expected[key]) for key in ("earned", "worst", "best")}
    if "bonus" in expected:
        read["bonus"] = ends(expected["bonus"])
    if "indicators" in expected:
        read["indicators"] = {i: ends(marks) for i, marks in expected["indicators"].items()}
    if "charged_elsewhere" in expected:
        read["charged_elsewhere"] = int(expected["charged_elsewhere"])
    return read


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_sheet(name: str, case: dict[str, Any]) -> None:
    assert set(case) <= _CASE, set(case) - _CASE
    assert case["working"].strip()
    expected = case["expected"]
    assert {"verdict", "earned", "worst", "best"} <= set(expected) <= _EXPECTED
    assert made_of(scored(name, case), expected) == stated(expected), case["working"]


def test_every_scheme_has_a_sheet() -> None:
    assert {path.stem for path in SHEETS.glob("*.yaml")} == set(library.shipped()) - OTHERWISE_TESTED


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.yaml")), ids=lambda path: path.stem)
def test_names_are_told_apart(path: Path) -> None:
    names = [case["name"] for case in sheet(path)]
    assert len(names) == len(set(names))
