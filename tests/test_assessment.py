"""The record: order, counts, sentences and the engine's version."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from checker.assessment import ENGINE, Assessment, build
from checker.bilingual import Bilingual
from checker.document import Provenance, Source
from checker.finding import Finding, Occurrence, Outcome
from checker.location import Location
from checker.ruleset import Basis, Expression, Indicator, Rule, Ruleset, Use, Veto
from checker.scoring import Verdict, score

HERE = Location("rules.yaml", 1)
BEFORE = Provenance(Source("before.md", "2" * 64, 9, "text", "utf-8"))
REASON = Bilingual("没有表三", "there is no table 3")


def words(text: str) -> Bilingual:
    return Bilingual(f"{text}（中）", text)


def rule(name: str) -> Rule:
    basis = (Basis("通知", "一", "national"),)
    expression = Expression("true", HERE, ())
    return Rule(name, words(name), words("why"), basis, words("message"), words("remedy"), expression)


RULES = {name: rule(name) for name in ("b", "a", "outside")}
TREE = Ruleset(
    id="r",
    title=words("trial"),
    version="1",
    sha256="0" * 64,
    full_marks=Decimal(10),
    pass_mark=Decimal(6),
    bands=(),
    veto=Veto("stop"),
    unknown="open",
    not_applicable="rescale",
    indicators=(
        Indicator(
            "i",
            words("all"),
            Decimal(10),
            HERE,
            (Use("b", HERE, points=Decimal(7)), Use("a", HERE, points=Decimal(3))),
        ),
    ),
    rules=RULES,
)


def occurrence(outcome: Outcome, text: str) -> Occurrence:
    return Occurrence(text, outcome, words(text))


def record(*findings: Finding) -> Assessment:
    return build(
        score(findings, TREE),
        findings,
        TREE,
        report=Provenance(Source("report.md", "1" * 64, 9, "text", "utf-8")),
        unit=None,
        year=2024,
        previous=BEFORE,
        as_of=date(2025, 1, 31),
    )


def test_the_engine_s_version_is_the_distribution_s(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ENGINE.version == project["version"]


def test_findings_stand_in_the_order_of_the_tree_and_are_counted() -> None:
    findings = (Finding("outside", Outcome.PASS), Finding("a", Outcome.FAIL, 1), Finding("b", Outcome.PASS))
    found = record(*findings)
    assert [finding.rule for finding in found.findings] == ["b", "a", "outside"]
    assert found == record(*findings[::-1])
    assert {o.value: n for o, n in found.counts.items() if n} == {"pass": 2, "fail": 1}
    assert found.findings[2].marks is None
    assert found.verdict is Verdict.QUALIFIED
    assert found.score.earned == 7


def test_a_record_keeps_what_it_was_given() -> None:
    found = record(Finding("a", Outcome.PASS), Finding("b", Outcome.PASS))
    assert found.submission.previous == BEFORE
    assert (found.submission.unit, found.submission.year) == (None, 2024)
    assert (found.ruleset.id, found.ruleset.sha256, found.as_of) == ("r", "0" * 64, date(2025, 1, 31))


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (Finding("a", Outcome.PASS), words("a")),
        (Finding("a", Outcome.NOT_APPLICABLE, reason=REASON), REASON),
        (
            Finding(
                "a",
                Outcome.FAIL,
                3,
                (occurrence(Outcome.UNKNOWN, "blank"), occurrence(Outcome.FAIL, "wrong sum")),
            ),
            words("wrong sum"),
        ),
        (
            Finding(
                "a",
                Outcome.PENDING,
                2,
                (occurrence(Outcome.UNKNOWN, "blank"), occurrence(Outcome.PENDING, "see")),
            ),
            words("see"),
        ),
    ],
)
def test_the_sentence_of_a_finding(finding: Finding, message: Bilingual) -> None:
    found = record(finding, Finding("b", Outcome.PASS))
    assert next(f for f in found.findings if f.rule == "a").message == message


def test_a_finding_without_its_rule_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        record(Finding("a", Outcome.PASS), Finding("b", Outcome.PASS), Finding("nowhere", Outcome.PASS))
