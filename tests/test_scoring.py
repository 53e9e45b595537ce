"""Scoring: the mechanisms every scheme has, each by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pytest

from checker.bilingual import Bilingual
from checker.finding import Finding, Occurrence, Outcome
from checker.location import Location
from checker.ruleset import Band, Expression, Indicator, Rule, Ruleset, Scale, Use, Veto
from checker.scoring import Freed, Score, Verdict, score

HERE = Location("ruleset.yaml", 1)
WHY = Bilingual("表未读到", "the table was not read")
BANDS = tuple(
    Band(Bilingual(zh, en), Decimal(mark))
    for zh, en, mark in (("优秀", "excellent", 90), ("合格", "pass", 60), ("不合格", "fail", 0))
)


def use(rule: str, **what: Any) -> Use:
    amounts: dict[str, Any] = {
        k: Decimal(v) if k in ("points", "deduct", "cap") else v for k, v in what.items()
    }
    return Use(rule, HERE, **amounts)


def indicator(
    name: str,
    points: str,
    *uses: Use,
    inside: Sequence[Indicator] = (),
    floor: str | None = None,
) -> Indicator:
    floor_marks = None if floor is None else Decimal(floor)
    title = Bilingual(name, name)
    return Indicator(name, title, Decimal(points), HERE, uses, tuple(inside), floor_marks)


def ruleset(*indicators: Indicator, **what: Any) -> Ruleset:
    full = sum((i.points for i in indicators), Decimal(0))
    base: dict[str, Any] = {
        "full_marks": full,
        "pass_mark": full * 6 / 10,
        "bands": tuple(replace(b, at_least=b.at_least * full / 100) for b in BANDS),
        "veto": Veto("stop"),
        "unknown": "open",
        "not_applicable": "rescale",
        "rules": {},
    }
    title = Bilingual("试", "trial")
    return Ruleset("trial", title, "1", "0" * 64, indicators=indicators, **{**base, **what})


def found(
    rule: str, outcome: str, failing: int = 0, undecided: int = 0, checked: int = 1, **what: Any
) -> Finding:
    kinds = [Outcome.FAIL] * failing + [Outcome.UNKNOWN] * undecided
    occurrences = tuple(Occurrence(str(n), kind, WHY) for n, kind in enumerate(kinds))
    return Finding(rule, Outcome(outcome), checked, occurrences, **what)


def interval(result: Score) -> tuple[Any, Any]:
    return result.outlook.worst, result.outlook.best


def certain(result: Score) -> Fraction:
    assert result.outlook.worst == result.outlook.best == result.outlook.earned
    return result.outlook.earned


# --- points and deductions ---------------------------------------------------------------------------


def test_points_are_all_or_nothing() -> None:
    tree = ruleset(indicator("a", "10", use("r", points=6), use("s", points=4)))
    assert certain(score([found("r", "pass"), found("s", "fail", 1)], tree)) == 6
    assert certain(score([found("r", "partial", 1), found("s", "pass")], tree)) == 4


@pytest.mark.parametrize(
    ("share", "marks"), [("1", "10"), ("0.9", "10"), ("0.7", "5"), ("0.5", "0"), ("0.2", "0")]
)
def test_points_on_a_scale(share: str, marks: str) -> None:
    tree = ruleset(indicator("a", "10", use("r", points=10, scale=Scale(Decimal("0.9"), Decimal("0.5")))))
    part = Fraction(share)
    assert certain(score([found("r", "partial", 1, share=(part, part))], tree)) == Fraction(marks)


def test_a_scale_over_thirds_stays_exact() -> None:
    tree = ruleset(indicator("a", "1", use("r", points=1, scale=Scale(Decimal(1), Decimal(0)))))
    third = Fraction(1, 3)
    assert certain(score([found("r", "partial", 2, share=(third, third))], tree)) == third


@pytest.mark.parametrize(
    ("how", "failing", "left"),
    [
        ({"deduct": "1.5"}, 4, "8.5"),
        ({"deduct": "0.5", "per": "occurrence"}, 3, "8.5"),
        ({"deduct": "0.5", "per": "occurrence", "cap": 1}, 3, "9"),
        ({"deduct": 4, "per": "occurrence"}, 3, "0"),
        ({"deduct": 12}, 1, "0"),
    ],
)
def test_deductions(how: Mapping[str, Any], failing: int, left: str) -> None:
    tree = ruleset(indicator("a", "10", use("r", **how)))
    assert certain(score([found("r", "fail", failing)], tree)) == Fraction(left)


def test_an_indicator_never_goes_below_zero_and_does_not_eat_its_neighbour() -> None:
    tree = ruleset(
        indicator("a", "2", use("r", deduct=2), use("s", deduct=2)), indicator("b", "8", use("t", points=8))
    )
    assert certain(score([found("r", "fail", 1), found("s", "fail", 1), found("t", "pass")], tree)) == 8


def test_a_parent_deducts_from_its_children() -> None:
    inner = indicator("in", "4", use("r", points=4))
    tree = ruleset(indicator("a", "10", use("s", deduct=3), inside=[inner]))
    result = score([found("r", "fail", 1), found("s", "fail", 1)], tree)
    assert certain(result) == 3
    assert result.indicators[0].indicators[0].worst == 0


# --- what is undecided -------------------------------------------------------------------------------


def test_each_undecided_occurrence_may_fall_either_way() -> None:
    tree = ruleset(indicator("a", "10", use("r", deduct=1, per="occurrence")))
    assert interval(score([found("r", "fail", 2, 3, checked=9)], tree)) == (5, 8)
    assert interval(score([found("r", "unknown", 0, 3, checked=9)], tree)) == (7, 10)
    assert interval(score([Finding("r", Outcome.PENDING, 1)], tree)) == (9, 10)


def test_an_open_ended_finding_may_cost_up_to_the_cap_or_the_points() -> None:
    gone = found("r", "unknown", checked=0, open_ended=True)
    capped = ruleset(indicator("a", "10", use("r", deduct=1, per="occurrence", cap=4)))
    assert interval(score([gone], capped)) == (6, 10)
    assert interval(score([gone], ruleset(indicator("a", "10", use("r", deduct=1, per="occurrence"))))) == (
        0,
        10,
    )


def test_a_rule_over_records_with_undecided_condition_is_open_ended() -> None:
    rule = Rule("r", WHY, WHY, (), WHY, WHY, Expression("x", HERE, ()), each="columns")
    tree = ruleset(indicator("a", "10", use("r", deduct=1, per="occurrence")), rules={"r": rule})
    assert interval(score([found("r", "unknown", 0, 1, checked=0, reason=WHY)], tree)) == (0, 10)


def test_a_condition_that_could_not_be_decided_may_turn_out_not_applicable() -> None:
    # r fails: 90 of 100. r passes: 100. r does not apply, so its indicator does not: 0 of the other 10.
    tree = ruleset(indicator("a", "90", use("r", deduct=9)), indicator("b", "10", use("s", points=10)))
    others = [found("s", "fail", 1)]
    assert interval(score([found("r", "unknown", checked=0, reason=WHY), *others], tree)) == (0, 90)
    assert interval(score([found("r", "unknown", checked=1, reason=WHY), *others], tree)) == (81, 90)


@pytest.mark.parametrize(
    ("unknown", "earned", "verdict"),
    [("open", 4, "open"), ("costs", 4, "not_qualified"), ("left_out", Fraction(20, 3), "qualified")],
)
def test_the_three_ways_to_count_the_undecided(unknown: str, earned: Fraction, verdict: str) -> None:
    tree = ruleset(
        indicator("a", "10", use("r", points=4), use("s", points=2), use("t", points=4)), unknown=unknown
    )
    result = score([found("r", "pass"), found("s", "fail", 1), found("t", "unknown", 0, 1)], tree)
    assert (result.outlook.earned, result.outlook.verdict.value) == (earned, verdict)
    assert interval(result) == (4, 8)


def test_left_out_takes_undecided_records_out_of_the_share() -> None:
    scaled = use("r", points=10, scale=Scale(Decimal(1), Decimal(0)))
    tree = ruleset(indicator("a", "10", scaled), unknown="left_out")
    result = score([found("r", "fail", 1, 6, checked=10, share=(Fraction(3, 10), Fraction(9, 10)))], tree)
    assert result.outlook.earned == Fraction(30, 4)


def test_when_all_is_left_out_nothing_is_decided() -> None:
    tree = ruleset(indicator("a", "10", use("r", points=10)), unknown="left_out")
    assert score([found("r", "unknown", 0, 1)], tree).outlook.verdict is Verdict.OPEN


# --- what does not apply -----------------------------------------------------------------------------

TOPS = (
    indicator("a", "50", use("r", points=20), use("s", points=30)),
    indicator("b", "30", use("t", points=30)),
    indicator("c", "20", use("u", points=20)),
)


@pytest.mark.parametrize(
    ("treatment", "expected", "effect"),
    [
        ("rescale", Fraction(60 * 100, 80), Fraction(15)),  # (30 + 30 + 0) × 100/80
        ("spread", 50 + 30 + Fraction(0), Fraction(20)),  # s carries all of a
        ("drop", 50 + 30 + Fraction(0), Fraction(20)),  # a is renormalised inside: 30/30 of 50
        ("grant", 20 + 30 + 30 + Fraction(0), Fraction(20)),
    ],
)
def test_the_four_treatments(treatment: str, expected: Fraction, effect: Fraction) -> None:
    tree = ruleset(*TOPS, not_applicable=treatment)
    outcomes = [found("r", "not_applicable"), found("s", "pass"), found("t", "pass"), found("u", "fail", 1)]
    result = score(outcomes, tree)
    assert certain(result) == expected
    assert result.adjustment.points == 20
    assert result.adjustment.effect == effect
    assert result.adjustment.freed == (Freed("a", ("r",), Fraction(20)),)
    assert result.adjustment.factor == (Fraction(5, 4) if treatment == "rescale" else None)


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("rescale", Fraction(20 * 100, 70)),
        ("spread", 20 + 15 + Fraction(0)),  # b's 30 go to a and c, 15 each
        ("drop", Fraction(20 * 100, 70)),
        ("grant", 20 + 30 + Fraction(0)),
    ],
)
def test_a_whole_item_that_does_not_apply(treatment: str, expected: Fraction) -> None:
    tree = ruleset(*TOPS, not_applicable=treatment)
    outcomes = [
        found("r", "fail", 1),
        found("s", "fail", 1),
        found("t", "not_applicable"),
        found("u", "pass"),
    ]
    assert certain(score(outcomes, tree)) == expected


def test_points_stated_for_deductions_apply_unless_every_deducting_rule_does_not() -> None:
    tree = ruleset(
        indicator("a", "60", use("r", deduct=6), use("s", deduct=6)),
        indicator("b", "40", use("t", points=40)),
    )
    no, yes, lost = found("r", "not_applicable"), found("s", "pass"), found("t", "fail", 1)
    assert certain(score([no, yes, lost], tree)) == 60
    result = score([no, found("s", "not_applicable"), lost], tree)
    assert certain(result) == 0
    assert result.indicators[0].worst is None
    assert result.adjustment.points == 60


@pytest.mark.parametrize("treatment", ["rescale", "spread", "drop", "grant"])
def test_where_nothing_applies_there_is_nothing_to_assess(treatment: str) -> None:
    result = score([found(r, "not_applicable") for r in "rstu"], ruleset(*TOPS, not_applicable=treatment))
    assert result.outlook.verdict is Verdict.NOT_ASSESSABLE
    assert result.outlook.bands == ()


# --- vetoes, floors, verdicts, bands -----------------------------------------------------------------


def with_veto(veto: Veto, **what: Any) -> Ruleset:
    return ruleset(indicator("a", "100", use("r", points=100), use("v", veto=True)), veto=veto, **what)


@pytest.mark.parametrize(
    ("veto", "marks"),
    [
        (Veto("stop"), 0),
        (Veto("continue"), 100),
        (Veto("force", Decimal(59)), 59),
        (Veto("cap", Decimal(60)), 60),
    ],
)
def test_a_veto_disqualifies_whatever_it_does_to_the_score(veto: Veto, marks: int) -> None:
    result = score([found("r", "pass"), found("v", "fail", 1)], with_veto(veto))
    assert certain(result) == marks
    assert (result.outlook.verdict, result.vetoed) == (Verdict.NOT_QUALIFIED, "fired")
    assert [band.name.zh for band in result.outlook.bands] == ["不合格"]


def test_no_veto_lifts_a_score() -> None:
    tree = with_veto(Veto("force", Decimal(59)))
    assert certain(score([found("r", "fail", 1), found("v", "fail", 1)], tree)) == 0


@pytest.mark.parametrize("unknown", ["open", "costs", "left_out"])
def test_an_undecided_veto_leaves_the_verdict_open(unknown: str) -> None:
    tree = with_veto(Veto("force", Decimal(59)), unknown=unknown)
    result = score([found("r", "pass"), found("v", "unknown", 0, 1)], tree)
    assert interval(result) == (59, 100)
    assert (result.outlook.verdict, result.vetoed) == (Verdict.OPEN, "open")
    assert result.outlook.earned == (59 if unknown == "open" else 100)
    assert result.what_if[0].rule == "v"
    assert result.what_if[0].alone.verdict is Verdict.QUALIFIED


@pytest.mark.parametrize(
    ("outcome", "verdict", "state"),
    [
        (found("s", "pass"), "qualified", "met"),
        (found("s", "unknown", 0, 1), "open", "open"),
        (found("s", "fail", 1), "not_qualified", "missed"),
        (found("s", "not_applicable"), "qualified", "none"),
    ],
)
def test_the_floor_of_a_part(outcome: Finding, verdict: str, state: str) -> None:
    parts = indicator("a", "80", use("r", points=80)), indicator("b", "20", use("s", points=20), floor="12")
    result = score([found("r", "pass"), outcome], ruleset(*parts))
    assert (result.outlook.verdict, result.indicators[1].floor_state) == (verdict, state)


def test_an_interval_across_the_pass_mark_is_open_with_every_band_it_may_reach() -> None:
    tree = ruleset(indicator("a", "100", use("r", points=45), use("s", points=55)))
    result = score([found("r", "unknown", 0, 1), found("s", "pass")], tree)
    assert interval(result) == (55, 100)
    assert result.outlook.verdict is Verdict.OPEN
    assert [band.name.zh for band in result.outlook.bands] == ["不合格", "合格", "优秀"]


def test_the_pass_mark_itself_passes() -> None:
    tree = ruleset(indicator("a", "100", use("r", points=40), use("s", points=60)))
    result = score([found("r", "fail", 1), found("s", "pass")], tree)
    assert certain(result) == 60
    assert result.outlook.verdict is Verdict.QUALIFIED


@pytest.mark.parametrize("broken", ["r", "unused"])
def test_an_engine_error_is_not_assessable(broken: str) -> None:
    tree = ruleset(indicator("a", "100", use("r", points=100), use("s", deduct=1)))
    others = {"r": found("r", "pass"), "s": found("s", "fail", 1)}
    others[broken] = found(broken, "error", checked=0, reason=WHY)
    result = score(list(others.values()), tree)
    assert result.outlook.verdict is Verdict.NOT_ASSESSABLE
    assert broken not in [entry.rule for entry in result.what_if]


@pytest.mark.parametrize("wrong", [[], [found("r", "pass"), found("r", "fail")]])
def test_one_finding_a_rule(wrong: list[Finding]) -> None:
    with pytest.raises(ValueError, match="r"):
        score(wrong, ruleset(indicator("a", "1", use("r", points=1))))


# --- what if -----------------------------------------------------------------------------------------


def test_what_if_is_recounted_and_sorted_by_gain_then_veto_risk() -> None:
    parts = indicator("a", "50", use("r", deduct=1, per="occurrence"), use("s", deduct=45)), *TOPS[1:]
    tree = ruleset(*parts, indicator("v", "0", use("v", veto=True)), veto=Veto("continue"))
    outcomes = [
        found("r", "fail", 10),
        found("s", "fail", 1),
        found("t", "pass"),
        found("u", "unknown", 0, 1),
        found("v", "fail", 1),
    ]
    result = score(outcomes, tree)
    # a is at 50 − 10 − 45 → 0: fixing r alone brings 5, fixing s alone 40.
    gains: list[tuple[str, Any, Any]] = [
        (entry.rule, entry.gain, entry.together.worst) for entry in result.what_if
    ]
    assert gains == [("s", 40, 70), ("u", 20, 90), ("r", 5, 100), ("v", 0, 100)]
    assert [entry.together.verdict for entry in result.what_if][-2:] == ["not_qualified", "qualified"]
    steps: list[tuple[str, Any]] = [(step.rule, step.lost) for step in result.waterfall]
    assert steps == [("r", 10), ("s", 40), ("u", 20)]


# --- many that may not apply ---------------------------------------------------------------------------


@pytest.mark.parametrize("treatment", ["rescale", "spread", "drop"])
def test_forty_rules_that_may_not_apply_are_counted_at_once(
    treatment: Literal["rescale", "spread", "drop"],
) -> None:
    parts = [
        indicator(
            f"i{n}", "10", *(use(f"r{n}-{k}", points=p) for k, p in enumerate(["1", "2", "3", "0.5", "3.5"]))
        )
        for n in range(8)
    ]
    outcomes = [
        found(u.rule, "unknown", checked=0, reason=WHY) if k else found(u.rule, "pass")
        for part in parts
        for k, u in enumerate(part.uses)
    ]
    result = score(outcomes, ruleset(*parts, not_applicable=treatment))
    assert interval(result) == (8, 80)
