"""The ruleset `disclosure`: what it draws on, what it leaves out and why, and that no fault costs twice."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from checker import library, pipeline
from checker.assessment import Assessment
from checker.ruleset import Indicator, Rule, Ruleset, Use

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "rulesets" / "disclosure.yaml"
SAMPLE = ROOT / "reports" / "alxa-hightech-zone-2024"

# Rules that one fault can make fail together; of each pair one at most may cost points.
OVERLAPS = [
    ("release-review/proof-readers-differ", "release-review/proof-readers-matched"),
    ("release-review/no-serious-misstatement", "release-review/correction-log-complete"),
    *(
        ("new-media/accounts-pass", f"new-media/{single}")
        for single in ("updated-within-two-weeks", "interaction-works", "no-ads", "no-bought-followers")
    ),
    ("new-media/updated-within-two-weeks", "new-media/zombie-cleared"),
    ("new-media/updated-within-two-weeks", "new-media/weeks-without-post"),
    ("applications/outcomes-as-in-register", "applications/handled-as-in-register"),
    (
        "proactive-disclosure/within-20-working-days",
        "proactive-disclosure/documents-within-20-working-days",
    ),
    ("proactive-disclosure/not-before-made", "proactive-disclosure/documents-not-before-made"),
    ("rectification/within-limit", "rectification/overdue-escalated"),
    ("rectification/by-due-date", "rectification/past-due-escalated"),
    ("website-columns/not-blank", "website-columns/warn-blank"),
    ("website-columns/veto-blank", "website-columns/warn-blank"),
    ("website-columns/veto-long-stale", "website-columns/warn-stale"),
    ("website-columns/listed-frequency", "website-columns/warn-stale"),
    ("claims/items-removed", "website-columns/clean-up-recorded"),
    ("claims/accounts", "annual-report/accounts-sum"),
    ("claims/accounts", "annual-report/accounts-one-figure"),
    ("claims/interpretations", "annual-report/interpretations-one-figure"),
    ("claims/site-items", "annual-report/site-items-one-figure"),
    ("claims/applications-received", "annual-report/applications-one-figure"),
    ("claims/applications-received", "annual-report/prose-applications-zero"),
    ("claims/applications-handled", "annual-report/applications-handled-one-figure"),
    ("claims/applications-handled", "annual-report/prose-applications-balance"),
    ("claims/applications-granted", "annual-report/prose-outcomes-add-up"),
    ("claims/applications-online", "annual-report/applications-channels-add-up"),
    ("claims/reviews", "annual-report/reviews-one-figure"),
    ("claims/reviews", "annual-report/prose-reviews-zero"),
    ("claims/suits", "annual-report/suits-one-figure"),
    ("claims/suits", "annual-report/prose-suits-zero"),
    ("claims/proceedings", "annual-report/prose-proceedings-total"),
    ("applications/new-as-in-register", "annual-report/prose-applications-received"),
    ("applications/outcomes-as-in-register", "annual-report/prose-applications-granted"),
    ("applications/disputes-as-in-ledger", "annual-report/prose-reviews"),
    ("proactive-disclosure/normative-made-count", "annual-report/prose-normative-made"),
]


@cache
def disclosure() -> Ruleset:
    return library.load_ruleset("disclosure")


@cache
def rules() -> dict[str, Rule]:
    return library.load_rules()


@pytest.fixture(scope="module")
def bare() -> Assessment:
    """The sample's report alone, without its evidence."""
    return pipeline.assess(SAMPLE / "report.md", "disclosure")


def leaves(indicators: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, Use]]:
    for indicator in indicators:
        yield from ((indicator, use) for use in indicator.uses)
        yield from leaves(indicator.indicators)


@cache
def uses() -> dict[str, tuple[Indicator, Use]]:
    return {use.rule: (indicator, use) for indicator, use in leaves(disclosure().indicators)}


def costs(rule: str) -> bool:
    """Whether a fault of this rule can cost points or the whole score."""
    found = uses().get(rule)
    return found is not None and (found[1].veto or found[0].points > 0)


def most(indicator: Indicator, use: Use) -> Decimal:
    """The most a rule can take from the score."""
    if use.warning:
        return Decimal(0)
    if use.points is not None:
        return use.points
    assert use.deduct is not None
    if use.per == "occurrence":
        return indicator.points if use.cap is None else use.cap
    return use.deduct


def left_out() -> dict[str, str]:
    """The rules and whole families (`family/*`) the file names as left out, with the reasons it gives."""
    _, block = FILE.read_text(encoding="utf-8").split("# 未采用的规则 · Rules left out\n")
    return dict(re.fullmatch(r"#   (\S+)  (\S.*)", line).groups() for line in block.splitlines())  # type: ignore[union-attr, misc]


def families_left_out() -> set[str]:
    return {name.removesuffix("/*") for name in left_out() if name.endswith("/*")}


def family(rule: str) -> str:
    return rule.partition("/")[0]


def test_a_hundred_points() -> None:
    assert disclosure().full_marks == sum(i.points for i in disclosure().indicators) == 100
    assert disclosure().pass_mark == 60


def test_every_family_is_drawn_on() -> None:
    families = {family(name) for name in rules()} - families_left_out()
    assert {family(name) for name in uses() if costs(name)} == families
    assert len(families) == 10


def test_every_rule_is_used_or_left_out_with_a_reason() -> None:
    single = {name for name in left_out() if not name.endswith("/*")}
    assert single | set(uses()) == {name for name in rules() if family(name) not in families_left_out()}
    assert not single & set(uses())


def test_vetoes_rest_on_law_or_national_notices() -> None:
    vetoes = {name for name, (_, use) in uses().items() if use.veto}
    assert vetoes == {
        "annual-report/tables-present",
        "release-review/no-serious-misstatement",
        "website-columns/veto-blank",
        "website-columns/veto-dynamic-stale",
        "website-columns/veto-long-stale",
    }
    for name in vetoes:
        assert {basis.grade for basis in rules()[name].basis} & {"law", "national"}, name


def test_no_fault_costs_twice() -> None:
    twice = [pair for pair in OVERLAPS if all(map(costs, pair))]
    assert twice == []
    assert not {name for pair in OVERLAPS for name in pair} - set(rules())


def test_a_figure_against_its_table_is_for_information_where_a_ledger_can_carry_it() -> None:
    """What the text says of applications, disputes and documents is scored against the ledgers."""
    texts = [name for name in rules() if name.startswith("annual-report/prose-") and costs(name)]
    assert {f"claims/{name.partition('prose-')[2]}" for name in texts} & set(rules()) == set()


def test_weak_grounds_cost_little() -> None:
    weak = {"practice", "proposed", "unconfirmed"}
    dear = {
        name: most(indicator, use)
        for name, (indicator, use) in uses().items()
        if not use.veto and {b.grade for b in rules()[name].basis} <= weak and most(indicator, use) > 1
    }
    assert dear == {}


def test_ranging_rules_have_a_limit() -> None:
    assert [name for name, (_, use) in uses().items() if use.per == "occurrence" and use.cap is None] == []


def test_planted_faults_of_the_sample_cost_something() -> None:
    planted = yaml.safe_load((SAMPLE / "planted.yaml").read_text(encoding="utf-8"))
    named = {rule for fault in planted for rule in fault["rules"]}
    assert named
    assert [rule for rule in sorted(named) if not costs(rule)] == []


def test_a_bare_report_has_an_interval_and_no_verdict(bare: Assessment) -> None:
    assert bare.verdict == "open"
    by_id = {indicator.id: indicator for indicator in bare.score.indicators}
    worst, best = by_id["report"].worst, by_id["report"].best
    assert worst is not None
    assert best is not None
    assert 0 < worst <= best <= 12
    for name in (
        "proactive",
        "review",
        "interpretation",
        "accounts",
        "formalism",
        "columns",
        "rectification",
    ):
        assert by_id[name].worst == 0, name
        assert by_id[name].best == by_id[name].points, name
    assert bare.score.worst < 60 < bare.score.best


def test_a_bare_report_names_the_open_vetoes(bare: Assessment) -> None:
    veto = {rule for rule, marks in bare.score.marks.items() if marks.veto == "open"}
    assert veto == {name for name, (_, use) in uses().items() if use.veto} - {"annual-report/tables-present"}


def test_a_contradiction_is_shown_at_no_cost_until_a_register_decides(
    bare: Assessment, tmp_path: Path
) -> None:
    """Text and table differ: one of them is wrong, and only the register says which."""
    text = (SAMPLE / "report.md").read_text(encoding="utf-8")
    told = "未收到政府信息公开申请"
    assert told in text
    path = tmp_path / "report.md"
    path.write_text(text.replace(told, "收到政府信息公开申请3件"), encoding="utf-8")
    assessment = pipeline.assess(path, "disclosure")
    outcome = {f.rule: f.outcome.value for f in assessment.findings}
    assert outcome["annual-report/prose-applications-received"] == "fail"
    assert outcome["claims/applications-received"] == "unknown"
    assert assessment.score.best == bare.score.best
