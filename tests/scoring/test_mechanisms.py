"""Every further mechanism of real schemes, each worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from checker.bilingual import Bilingual
from checker.finding import Finding, Occurrence, Outcome
from checker.location import Location
from checker.ruleset import Bonus, Group, Indicator, Level, Limit, Ruleset, Scale, Step, Use, Veto
from checker.scoring import Score, Verdict, score
from tests.test_scoring import certain, found, indicator, interval, ruleset, use

HERE = Location("ruleset.yaml", 1)
WORDS = Bilingual("词", "word")
QUALITY = tuple(
    Level(name, WORDS, Decimal(earns))
    for name, earns in (("excellent", "1"), ("good", "0.8"), ("fair", "0.6"), ("poor", "0"))
)
D = Decimal


def records(rule: str, *failing: Any, outcome: str = "fail", **what: Any) -> Finding:
    """A finding with these records failing: a key, or (key, quantity, rectified, repeated)."""
    rows = [each if isinstance(each, tuple) else (each,) for each in failing]
    kinds = {"pending": Outcome.PENDING, "unknown": Outcome.UNKNOWN}
    kind = kinds.get(outcome, Outcome.FAIL)
    names = ("quantity", "rectified", "repeated")
    listed = tuple(
        Occurrence(key, kind, WORDS, **dict(zip(names, rest, strict=False))) for key, *rest in rows
    )
    checked = what.pop("checked", max(len(rows), 1))
    return Finding(rule, Outcome(outcome), checked, listed, **what)


def with_parts(tree: Ruleset, **what: Any) -> Ruleset:
    """The ruleset with its first indicator changed."""
    first, *others = tree.indicators
    return replace(tree, indicators=(replace(first, **what), *others))


# --- rubrics, ranges, steps ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "low", "high"),
    [
        (found("r", "pending", 0, 1), 0, 10),
        (found("r", "pending", 0, 1, level="good"), 8, 8),
        (found("r", "pending", 0, 1, level="poor"), 0, 0),
        (found("r", "pass"), 10, 10),
        (found("r", "fail", 1), 0, 0),
    ],
)
def test_a_rubric_is_open_until_a_person_has_chosen(finding: Finding, low: int, high: int) -> None:
    tree = ruleset(indicator("a", "10", use("r", points=10, rubric=QUALITY)))
    assert interval(score([finding], tree)) == (low, high)


@pytest.mark.parametrize(
    ("finding", "low", "high"),
    [
        (found("r", "fail", 1), 2, 19),
        (found("r", "pending", 0, 1), 2, 20),
        (found("r", "fail", 1, award=D("3.5")), Fraction("16.5"), Fraction("16.5")),
        (found("r", "pending", 0, 1, award=D(18)), 2, 2),
        (found("r", "pass"), 20, 20),
    ],
)
def test_a_discretionary_range(finding: Finding, low: Any, high: Any) -> None:
    tree = ruleset(indicator("a", "20", use("r", deduct=1, deduct_to=D(18))))
    assert interval(score([finding], tree)) == (low, high)


@pytest.mark.parametrize(("begun", "lost"), [(False, 2), (True, 3)])
def test_a_deduction_for_every_five(begun: bool, lost: int) -> None:
    tree = ruleset(indicator("a", "10", use("r", deduct=1, per="occurrence", every=5, begun=begun)))
    assert certain(score([found("r", "fail", 11)], tree)) == 10 - lost


def test_a_deduction_by_the_quantity_of_each_record() -> None:
    by_week = use("r", deduct="0.5", per="quantity", every=7, begun=True, cap=4)
    tree = ruleset(indicator("a", "10", by_week))
    late = records("r", ("a", 1), ("b", 7), ("c", 15))
    assert certain(score([late], tree)) == Fraction("7.5")  # 1 + 1 + 3 weeks begun
    unmeasured = records("r", ("a", 1), ("b", None))
    assert interval(score([unmeasured], tree)) == (6, 9)


def test_rectified_in_time_gives_back_and_a_repeat_counts_again() -> None:
    each = use("r", deduct=2, per="occurrence", restores=D("0.5"), repeats=D(3))
    tree = ruleset(indicator("a", "20", each))
    finding = records("r", ("a", 1, True, False), ("b", 1, False, True), ("c", 1, True, True), "d")
    assert certain(score([finding], tree)) == 20 - (1 + 6 + 3 + 2)
    assert interval(score([records("r", ("a", 1, None, None))], tree)) == (14, 19)


def test_a_banded_scale() -> None:
    steps = Scale(steps=(Step(D("0.9"), D(1)), Step(D("0.7"), D("0.5"))))
    tree = ruleset(indicator("a", "10", use("r", points=10, scale=steps)))
    for share, marks in (("1", 10), ("0.9", 10), ("0.89", 5), ("0.7", 5), ("0.69", 0)):
        part = Fraction(share)
        assert certain(score([found("r", "partial", 1, share=(part, part))], tree)) == marks


# --- groups --------------------------------------------------------------------------------------------


def grouped(per: str, cap: int | None = None) -> Ruleset:
    how: dict[str, Any] = {"per": "occurrence", "group": "g"} if per == "record" else {"group": "g"}
    tree = ruleset(indicator("a", "20", use("r", deduct=3, **how), use("s", deduct=1, **how)))
    group = Group("g", per, HERE, None if cap is None else D(cap))  # type: ignore[arg-type]
    return replace(tree, groups=(group,))


def test_of_rules_that_exclude_one_another_the_dearest_is_charged() -> None:
    result = score([found("r", "fail", 1), found("s", "fail", 1)], grouped("rule"))
    assert certain(result) == 17
    assert [(c.rule, c.key, c.by) for c in result.charged_elsewhere] == [("s", None, "r")]


def test_a_record_is_charged_once_at_the_dearest() -> None:
    result = score([records("r", "x", "y"), records("s", "y", "z")], grouped("record"))
    assert certain(result) == 20 - (3 + 3 + 1)
    assert [(c.rule, c.key, c.by) for c in result.charged_elsewhere] == [("s", "y", "r")]
    assert certain(score([records("r", "x", "y"), records("s", "y", "z")], grouped("record", 5))) == 15


# --- caps, limits, scales of their own -----------------------------------------------------------------


def test_an_indicator_loses_no_more_than_its_cap() -> None:
    tree = with_parts(ruleset(indicator("a", "10", use("r", deduct=9)), indicator("b", "5")), cap=D(4))
    assert (
        certain(
            score([found("r", "fail", 1)], replace(tree, full_marks=D(10), indicators=tree.indicators[:1]))
        )
        == 6
    )


@pytest.mark.parametrize(
    ("limit", "left"),
    [(Limit(times=D("0.5")), 4), (Limit(at_most=D("0.6")), 6), (Limit(D("0.5"), D("0.3")), 3)],
)
def test_a_precondition_halves_or_caps(limit: Limit, left: int) -> None:
    tree = ruleset(indicator("a", "10", use("r", points=10 - 2), use("s", points=2), use("p", limit=limit)))
    outcomes = [found("r", "pass"), found("s", "fail", 1)]
    assert certain(score([*outcomes, found("p", "fail", 1)], tree)) == left
    assert certain(score([*outcomes, found("p", "pass")], tree)) == 8


def test_parts_marked_out_of_a_hundred_are_mixed_seventy_to_thirty() -> None:
    work = replace(indicator("work", "70", use("r", deduct=12)), out_of=D(100))
    sight = replace(indicator("sight", "30", use("s", deduct="7.5")), out_of=D(100))
    result = score([found("r", "fail", 1), found("s", "fail", 1)], ruleset(work, sight))
    assert certain(result) == Fraction("0.7") * 88 + Fraction("0.3") * Fraction("92.5")
    assert result.marks["s"].full == Fraction("2.25")


def test_a_part_drops_what_does_not_apply_while_the_whole_is_rescaled() -> None:
    inner = replace(indicator("a", "40", use("r", points=10), use("s", points=30)), not_applicable="drop")
    tree = ruleset(inner, indicator("b", "60", use("t", points=60)))
    outcomes = [found("r", "fail", 1), found("s", "not_applicable"), found("t", "pass")]
    assert certain(score(outcomes, tree)) == 60


# --- bonus ---------------------------------------------------------------------------------------------


def with_bonus(*uses: Use, above: int | None = 80, cap: int = 30) -> Ruleset:
    tree = ruleset(indicator("a", "100", use("r", deduct=1, per="occurrence")))
    return replace(tree, bonus=Bonus(D(cap), HERE, uses, None if above is None else D(above)))


@pytest.mark.parametrize(
    ("failing", "total", "gate"), [(0, 110, "open"), (19, 91, "open"), (20, 80, "closed"), (45, 55, "closed")]
)
def test_a_bonus_opens_strictly_above_its_gate(failing: int, total: int, gate: str) -> None:
    tree = with_bonus(use("x", points=10))
    base = found("r", "fail", failing) if failing else found("r", "pass")
    result = score([base, found("x", "pass")], tree)
    assert certain(result) == total
    assert result.bonus is not None
    assert result.bonus.gate == gate


@pytest.mark.parametrize(("failing", "total"), [(20, 90), (21, 79)])
def test_a_bonus_may_open_at_its_gate(failing: int, total: int) -> None:
    tree = with_bonus(use("x", points=10), above=None)
    assert tree.bonus is not None
    tree = replace(tree, bonus=replace(tree.bonus, opens_at=D(80)))
    assert certain(score([found("r", "fail", failing), found("x", "pass")], tree)) == total


def test_a_bonus_has_a_cap_and_its_steps_lift_the_waterfall() -> None:
    tree = with_bonus(use("x", points=8), use("y", points=9), cap=12)
    result = score([found("r", "fail", 5), found("x", "pass"), found("y", "pass")], tree)
    assert certain(result) == 107
    steps: list[tuple[str, Any, Any]] = [(s.rule, s.lost, s.left) for s in result.waterfall]
    assert steps == [
        ("r", 5, 95),
        ("x", -8, 103),
        ("y", -4, 107),
    ]


def test_a_bonus_for_every_record_that_passes() -> None:
    tree = with_bonus(use("x", points=2, per="occurrence"), above=None)
    assert certain(score([found("r", "pass"), found("x", "fail", 1, checked=4)], tree)) == 106


def test_an_undecided_gate_leaves_the_bonus_open() -> None:
    tree = with_bonus(use("x", points=10))
    result = score([found("r", "unknown", 18, 4, checked=30), found("x", "pass")], tree)
    assert interval(result) == (78, 92)
    assert result.bonus is not None
    assert result.bonus.gate == "undecided"
    assert (Fraction(0), Fraction(10)) == (result.bonus.worst, result.bonus.best)


# --- gates, local vetoes, objects ------------------------------------------------------------------------


def services(treatment: str = "rescale", gate: str = "pass") -> Score:
    other = indicator("other", "75", use("r", deduct=15))
    service = replace(indicator("service", "25", use("s", points=25)), only_if="gate")
    tree = ruleset(other, service, not_applicable=treatment)
    return score([found("r", "fail", 1), found("s", "pass"), found("gate", gate)], tree)


def test_a_part_that_is_not_there_is_made_up_for_by_four_thirds() -> None:
    assert certain(services()) == 85
    result = services(gate="fail")
    assert certain(result) == 60 * Fraction(4, 3)
    assert (result.adjustment.points, result.adjustment.factor) == (Fraction(25), Fraction(4, 3))
    assert result.adjustment.effect == 20


def test_an_undecided_gate_is_tried_both_ways() -> None:
    assert interval(services(gate="unknown")) == (80, 85)
    assert certain(services("grant", "fail")) == 85
    assert certain(services("spread", "fail")) == 80


@pytest.mark.parametrize(("gate", "vetoed"), [("pass", "fired"), ("fail", "none"), ("unknown", "open")])
def test_a_veto_in_a_part_that_is_not_there_does_not_fire(gate: str, vetoed: str) -> None:
    part = replace(indicator("service", "25", use("s", points=25), use("v", veto=True)), only_if="gate")
    tree = ruleset(indicator("other", "75", use("r", points=75)), part)
    outcomes = [found("r", "pass"), found("s", "pass"), found("v", "fail", 1), found("gate", gate)]
    result = score(outcomes, tree)
    assert (result.vetoed, result.marks["v"].veto) == (vetoed, vetoed)
    assert interval(result) == {"pass": (0, 0), "fail": (100, 100), "unknown": (0, 100)}[gate]


def test_a_veto_of_a_part_disqualifies_only_the_part() -> None:
    veto = Veto("force", D(59))
    accounts = replace(
        indicator("accounts", "50", use("r", deduct=10), use("v", veto=True)), out_of=D(100), veto=veto
    )
    tree = ruleset(accounts, indicator("rest", "50", use("t", points=50)))
    outcomes = [found("r", "pass"), found("t", "pass")]
    result = score([*outcomes, found("v", "fail", 1)], tree)
    assert (certain(result), result.vetoed, result.verdict) == (Fraction("79.5"), "none", Verdict.QUALIFIED)
    assert result.marks["v"].veto == "fired"
    assert interval(score([*outcomes, found("v", "unknown", 0, 1)], tree)) == (Fraction("79.5"), 100)


def objects(how: Any, veto: Veto | None = None) -> Ruleset:
    uses = (use("r", deduct=20), use("s", deduct=50), use("v", veto=True))
    base = indicator("accounts", "100", *uses)
    return ruleset(replace(base, objects=how, veto=veto))


@pytest.mark.parametrize(
    ("how", "marks"),
    [("pass_rate", Fraction(6, 10) * 100), ("worst", 30), ("mean", Fraction(80 + 30 + 50 + 59 + 600, 10))],
)
def test_every_account_is_marked_alone(how: str, marks: Any) -> None:
    outcomes = [
        records("r", "a", "b", checked=10),
        records("s", "b", "c", checked=10),
        records("v", "d", checked=10),
    ]
    assert certain(score(outcomes, objects(how, Veto("force", D(59))))) == marks


def test_where_not_all_accounts_were_seen_the_rest_may_be_anything() -> None:
    one = records("r", "a", checked=10, open_ended=True)
    others = [found("s", "pass", checked=10), found("v", "pass", checked=10)]
    assert interval(score([one, *others], objects("mean", Veto("stop")))) == (0, 100)


# --- what costs nothing ----------------------------------------------------------------------------------


def test_a_warning_is_reported_and_costs_nothing() -> None:
    tree = ruleset(indicator("a", "10", use("r", points=10), use("w", warning=True)))
    result = score([found("r", "pass"), found("w", "fail", 3)], tree)
    assert certain(result) == 10
    assert result.marks["w"].roles == ("warning",)
    assert result.marks["w"].full == 0
    assert result.what_if == ()


def test_percentages_of_percentages_stay_exact() -> None:
    # 100 × 40 % × 70 % × 10 % × 30 % = 0.84
    deepest = indicator("e", "0.84", use("r", points="0.84"))
    tree: Indicator = deepest
    for name, points in (("d", "2.8"), ("c", "28"), ("b", "40")):
        rest = indicator(
            f"{name}-rest", str(D(points) - tree.points), use(f"{name}-rest", points=D(points) - tree.points)
        )
        tree = indicator(name, points, inside=[tree, rest])
    scheme = ruleset(tree, indicator("a-rest", "60", use("a-rest", points=60)))
    outcomes = [
        found(r, "fail" if r == "r" else "pass", 1 if r == "r" else 0)
        for r in ("r", "d-rest", "c-rest", "b-rest", "a-rest")
    ]
    assert certain(score(outcomes, scheme)) == Fraction("99.16")
