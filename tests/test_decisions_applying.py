"""What decisions make of findings: outcomes, shares, and what becomes of each decision."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.decisions import Adjusted, Decision, Decisions, Measured, Ruling, State, Terms, apply
from checker.facts import Facts, Record
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.ruleset import Bonus, Expression, Indicator, Level, Ratio, Rule, Ruleset, Scale, Use, Veto
from checker.scoring import score

HERE = Location("rules.yaml", 1)
SOURCES = (("report.md", "1" * 64),)
LEVELS = tuple(
    Level(id, Bilingual(id, id), Decimal(earns)) for id, earns in (("good", 1), ("fair", "0.6"), ("poor", 0))
)
PASS, PARTIAL, FAIL = Outcome.PASS, Outcome.PARTIAL, Outcome.FAIL
PENDING, UNKNOWN, GONE = Outcome.PENDING, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
FACTS = Facts({}, {"rows": tuple(Record(f"R{n}", Bilingual("", ""), {}) for n in range(9))})
ON_TIME = Terms({}, date(2025, 1, 31), True)


def said(text: str) -> Bilingual:
    return Bilingual(text, text)


def rule(**changes: Any) -> Rule:
    made = Rule(
        "f/r", said("r"), said("w"), (), said("m"), said("f"), Expression("x", HERE, ("x",)), each="rows"
    )
    return replace(made, **changes)


def scheme(use: Use, judged: Rule, bonus: bool = False) -> Ruleset:
    indicator = Indicator("i", said("i"), Decimal(10), HERE, () if bonus else (use,))
    return Ruleset(
        id="s",
        title=said("s"),
        version="1",
        sha256="0" * 64,
        full_marks=Decimal(10),
        pass_mark=Decimal(6),
        bands=(),
        veto=Veto("stop"),
        unknown="open",
        not_applicable="rescale",
        indicators=(indicator,),
        rules={"f/r": judged},
        bonus=Bonus(Decimal(5), HERE, (use,)) if bonus else None,
    )


DEDUCTS = Use("f/r", HERE, deduct=Decimal(1), per="occurrence", cap=Decimal(5))
GRADED = Use("f/r", HERE, points=Decimal(5), rubric=LEVELS)
RANGED = Use("f/r", HERE, deduct=Decimal(1), deduct_to=Decimal(4))


def record(key: str, outcome: Outcome, **changes: Any) -> Occurrence:
    operand = Operand("x", said("x"), "number", key)
    return replace(Occurrence(key, outcome, said(f"{key} {outcome}"), (operand,)), **changes)


def finding(outcome: Outcome, *records: Occurrence, checked: int = 5, **changes: Any) -> Finding:
    return replace(Finding("f/r", outcome, checked, records), **changes)


def decision(record: str | None = None, **changes: Any) -> Decision:
    made = Decision("f/r", "", "张三", "办公室", date(2025, 1, 2), "已核", ("report.md",), HERE, record)
    return replace(made, **changes)


def waiver(record: str | None = None, until: date = date(2025, 12, 31)) -> Decision:
    return decision(record, waive=True, expires=until)


def keyed(decisions: tuple[Decision, ...], found: Measured) -> tuple[Decision, ...]:
    """Each with the digest of what it is on now, unless it has one."""
    each = dict(zip((o.key for o in found.finding.occurrences), found.each, strict=True))
    digests = (found.whole if d.record is None else each.get(d.record, "0") for d in decisions)
    return tuple(
        replace(d, measured=d.measured or digest) for d, digest in zip(decisions, digests, strict=True)
    )


def applied(
    found: Finding,
    *decisions: Decision,
    use: Use = DEDUCTS,
    judged: Rule | None = None,
    terms: Terms = ON_TIME,
    bonus: bool = False,
) -> Adjusted:
    judged = judged or rule()
    made = keyed(decisions, Measured(judged, found, FACTS, SOURCES))
    ruleset = scheme(use, judged, bonus)
    return apply(Decisions("decisions.yaml", "0" * 64, made), (found,), ruleset, FACTS, SOURCES, terms)


def only(adjusted: Adjusted) -> Finding:
    """The finding, where what is shown and what is counted are the same."""
    assert adjusted.shown == adjusted.counted
    return adjusted.shown[0]


def states(adjusted: Adjusted) -> list[State]:
    return [ruling.state for ruling in adjusted.decided.rulings]


def idle(adjusted: Adjusted, found: Finding) -> Ruling:
    """The only ruling, where it changed nothing."""
    assert only(adjusted) == found
    [ruling] = adjusted.decided.rulings
    assert ruling.state is not State.IN_FORCE
    assert ruling.reason is not None
    return ruling


def keys(found: Finding) -> dict[str, Outcome]:
    return {o.key: o.outcome for o in found.occurrences}


OPEN = finding(PENDING, record("R1", PENDING), record("R2", UNKNOWN))


@pytest.mark.parametrize(
    ("to", "outcome", "checked", "left"),
    [
        (PASS, UNKNOWN, 5, {"R2": UNKNOWN}),
        (FAIL, FAIL, 5, {"R1": FAIL, "R2": UNKNOWN}),
        (GONE, UNKNOWN, 4, {"R2": UNKNOWN}),
    ],
)
def test_a_record_is_settled(to: Outcome, outcome: Outcome, checked: int, left: dict[str, Outcome]) -> None:
    found = only(applied(OPEN, decision("R1", settle=to)))
    assert (found.outcome, found.checked, keys(found)) == (outcome, checked, left)


def test_what_could_not_be_read_may_be_settled_too() -> None:
    found = only(applied(OPEN, decision("R1", settle=PASS), decision("R2", settle=PASS)))
    assert (found.outcome, found.occurrences, found.checked) == (PASS, (), 5)


def test_settling_a_rule_leaves_its_certain_faults() -> None:
    mixed = finding(FAIL, record("R1", FAIL), record("R2", PENDING))
    found = only(applied(mixed, decision(settle=PASS)))
    assert (found.outcome, keys(found)) == (FAIL, {"R1": FAIL})


def test_a_decision_on_a_record_goes_before_one_on_its_rule() -> None:
    found = only(applied(OPEN, decision(settle=PASS), decision("R2", settle=FAIL)))
    assert (found.outcome, keys(found)) == (FAIL, {"R2": FAIL})


def test_settled_as_a_whole_where_records_could_not_be_seen() -> None:
    unseen = finding(
        UNKNOWN, record("rows", UNKNOWN, operands=()), checked=0, open_ended=True, reason=said("no ledger")
    )
    found = only(applied(unseen, decision(settle=PASS)))
    assert (found.outcome, found.open_ended, found.reason, found.occurrences) == (PASS, False, None, ())
    assert only(applied(unseen, decision(settle=GONE))).outcome is GONE
    failed = only(applied(unseen, decision(settle=FAIL)))
    assert (failed.outcome, failed.open_ended, failed.count(FAIL)) == (FAIL, False, 1)


def test_a_record_settled_leaves_open_what_nobody_has_seen() -> None:
    part = finding(
        UNKNOWN,
        record("R1", UNKNOWN),
        record("rows", UNKNOWN, operands=()),
        open_ended=True,
        reason=said("part"),
    )
    found = only(applied(part, decision("R1", settle=PASS)))
    assert (found.outcome, found.open_ended, keys(found)) == (UNKNOWN, True, {"rows": UNKNOWN})


def test_when_every_record_is_out_of_range_the_rule_does_not_apply() -> None:
    alone = finding(PENDING, record("R1", PENDING), checked=1)
    found = only(applied(alone, decision("R1", settle=GONE)))
    assert (found.outcome, found.checked) == (GONE, 0)
    assert found.reason is not None
    assert "张三" in found.reason.zh


FAULTS = finding(FAIL, record("R1", FAIL), record("R2", FAIL))


def test_a_finding_is_corrected() -> None:
    assert only(applied(FAULTS, decision(override=PASS))) == finding(PASS)
    assert keys(only(applied(FAULTS, decision("R1", override=PASS)))) == {"R2": FAIL}
    gone = only(applied(FAULTS, decision(override=GONE)))
    assert (gone.outcome, gone.checked, gone.occurrences) == (GONE, 0, ())


@pytest.mark.parametrize("found", [finding(PASS), finding(GONE, checked=0, reason=said("no such thing"))])
def test_what_the_engine_did_not_see_is_a_fault_in_the_person_s_words(found: Finding) -> None:
    corrected = only(applied(found, decision(override=FAIL)))
    assert (corrected.outcome, corrected.reason) == (FAIL, None)
    [fault] = corrected.occurrences
    assert fault.message == Bilingual("张三（办公室）认定：已核", "decided by 张三 (办公室): 已核")


def test_what_is_waived_stands_and_counts_as_passed() -> None:
    adjusted = applied(FAULTS, waiver("R1"))
    assert adjusted.shown == (FAULTS,)
    assert keys(adjusted.counted[0]) == {"R2": FAIL}
    whole = applied(FAULTS, waiver())
    assert (whole.shown, whole.counted) == ((FAULTS,), (finding(PASS),))
    pending = applied(OPEN, waiver())
    assert (pending.shown[0].outcome, pending.counted[0].outcome) == (PENDING, PASS)


def test_a_waiver_ends() -> None:
    day = date(2025, 1, 31)
    assert states(applied(FAULTS, waiver(until=day))) == [State.IN_FORCE]
    late = idle(applied(FAULTS, waiver(until=date(2025, 1, 30))), FAULTS)
    assert late.state is State.EXPIRED
    undated = idle(applied(FAULTS, waiver(), terms=Terms({}, None, True)), FAULTS)
    assert undated.state is State.UNDATED
    left_out = idle(applied(FAULTS, waiver(), terms=Terms({}, day, False)), FAULTS)
    assert left_out.state is State.LEFT_OUT


def test_other_decisions_need_no_day_and_are_no_waivers() -> None:
    terms = Terms({}, None, False)
    assert states(applied(FAULTS, decision(override=PASS), terms=terms)) == [State.IN_FORCE]


def test_a_bonus_is_not_waived_into_being() -> None:
    ruling = idle(applied(FAULTS, waiver(), bonus=True), FAULTS)
    assert ruling.state is State.UNUSED
    assert states(applied(FAULTS, decision(override=PASS), bonus=True)) == [State.IN_FORCE]


@pytest.mark.parametrize(("level", "outcome"), [("good", PASS), ("fair", PARTIAL), ("poor", FAIL)])
def test_a_level_is_chosen(level: str, outcome: Outcome) -> None:
    asked = finding(PENDING, record("report", PENDING), checked=1)
    found = only(applied(asked, decision(level=level), use=GRADED, judged=rule(each=None)))
    assert (found.level, found.outcome, found.award) == (level, outcome, None)


def test_an_amount_is_set_and_says_that_it_fails() -> None:
    for outcome in (PENDING, FAIL):
        asked = finding(outcome, record("report", outcome), checked=1)
        found = only(applied(asked, decision(deduct=Decimal("2.5")), use=RANGED, judged=rule(each=None)))
        assert (found.award, found.outcome, keys(found)) == (Decimal("2.5"), FAIL, {"report": FAIL})


def test_levels_and_amounts_need_a_ruleset_that_leaves_them_open() -> None:
    assert idle(applied(OPEN, decision(level="good")), OPEN).state is State.UNUSED
    assert idle(applied(OPEN, decision(deduct=Decimal(1))), OPEN).state is State.UNUSED


def test_a_record_that_passes_is_corrected() -> None:
    """What passes is listed only where a decision may be on it, and never goes on record."""
    passed = finding(
        PASS, record("R1", PASS), record("R2", PASS), checked=2, share=(Fraction(1), Fraction(1))
    )
    found = only(applied(passed, decision("R1", override=FAIL), judged=rule(degree="share")))
    assert (found.outcome, keys(found), found.checked) == (PARTIAL, {"R1": FAIL}, 2)
    assert found.share == (Fraction(1, 2), Fraction(1, 2))
    gone = only(applied(passed, decision("R1", override=GONE), judged=rule(degree="share")))
    assert (gone.outcome, gone.occurrences, gone.checked) == (PASS, (), 1)
    assert gone.share == (Fraction(1), Fraction(1))
    mixed = finding(FAIL, record("R1", PASS), record("R2", FAIL))
    assert keys(only(applied(mixed, decision("R1", override=FAIL)))) == {"R1": FAIL, "R2": FAIL}
    assert keys(only(applied(mixed, decision("R9", override=FAIL)))) == {"R2": FAIL}
    assert only(applied(mixed, decision(override=PASS))).outcome is PASS
    digests = {Measured(rule(), f, FACTS, SOURCES).whole for f in (mixed, finding(FAIL, record("R2", FAIL)))}
    assert len(digests) == 1


def test_a_rule_that_lists_nothing_is_decided_whole_or_by_its_records() -> None:
    passed = finding(PASS, record("R1", PASS), record("R2", PASS))
    adjusted = applied(passed, decision(override=FAIL), decision("R1", override=FAIL))
    assert states(adjusted) == [State.UNUSED, State.IN_FORCE]
    assert keys(only(adjusted)) == {"R1": FAIL}


# What does not count -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "made", "state"),
    [
        (finding(PASS), decision(settle=PASS), State.MOOT),
        (finding(PASS), decision(settle=FAIL), State.MOOT),
        (finding(PASS), waiver(), State.MOOT),
        (finding(PASS), decision(override=PASS), State.MOOT),
        (finding(GONE, checked=0), decision(settle=PASS), State.MOOT),
        (FAULTS, decision(override=FAIL), State.MOOT),
        (FAULTS, decision("R1", override=FAIL), State.MOOT),
        (FAULTS, decision("R5", settle=PASS), State.MOOT),
        (FAULTS, decision("R5", override=PASS), State.MOOT),
        (FAULTS, decision("R5", override=FAIL), State.UNUSED),
        (FAULTS, decision("R99", settle=PASS), State.UNUSED),
        (FAULTS, decision(settle=PASS), State.UNUSED),
        (FAULTS, decision("R1", settle=PASS), State.UNUSED),
        (finding(Outcome.ERROR, checked=0), decision(override=PASS), State.UNUSED),
        (FAULTS, decision(override=PASS, measured="1-2"), State.REOPENED),
        (FAULTS, decision("R1", override=PASS, measured="1-2"), State.REOPENED),
    ],
)
def test_a_decision_that_does_not_count_says_why(found: Finding, made: Decision, state: State) -> None:
    assert idle(applied(found, made), found).state is state


def test_a_decision_on_a_rule_the_ruleset_lacks_is_unused() -> None:
    assert states(applied(FAULTS, decision(settle=PASS, rule="f/other"))) == [State.UNUSED]


def test_reopened_says_what_changed_and_what_there_is_now() -> None:
    now = Measured(rule(), FAULTS, FACTS, SOURCES).each[0]
    asked, seen = now.split("-")
    for measured, zh, absent in (
        (f"00000000-{seen}", "规则的条件或参数", "量到的内容"),
        (f"{asked}-0000000000000000", "量到的内容", "规则的条件或参数"),
    ):
        ruling = idle(applied(FAULTS, decision("R1", override=PASS, measured=measured)), FAULTS)
        assert ruling.reason is not None
        assert zh in ruling.reason.zh
        assert absent not in ruling.reason.zh
        assert "R1 fail" in ruling.reason.zh
        assert ruling.now == now


def test_evidence_that_changed_reopens() -> None:
    terms = Terms({"report.md": said("it was changed")}, date(2025, 1, 31), True)
    ruling = idle(applied(FAULTS, decision(override=PASS), terms=terms), FAULTS)
    assert ruling.state is State.REOPENED
    assert ruling.reason is not None
    assert "it was changed" in ruling.reason.en


def test_a_record_whose_number_changed_is_found_by_its_words() -> None:
    place = Location("report.md", 9, quote="共 12 件")

    def sums(*numbers: str) -> Finding:
        same = {"operands": (Operand("x", said("x"), "number", "12", (place,)),), "locations": (place,)}
        other = Location("report.md", 3, quote="共 7 件")
        records = [
            record(n, FAIL, **(same if n == numbers[-1] else {"locations": (other,)})) for n in numbers
        ]
        return finding(FAIL, *records)

    before = sums("1")
    digest = Measured(rule(), before, FACTS, SOURCES).each[0]
    made = decision("1", override=PASS, measured=digest)
    adjusted = applied(sums("1", "2"), made)
    assert keys(only(adjusted)) == {"1": FAIL}
    assert adjusted.decided.rulings[0].key == "2"


def test_no_two_decisions_take_one_record() -> None:
    place = Location("report.md", 9, quote="共 12 件")
    one = record("1", FAIL, operands=(), locations=(place,))
    digest = Measured(rule(), finding(FAIL, one), FACTS, SOURCES).each[0]
    made = [decision(n, override=PASS, measured=digest) for n in ("1", "2")]
    adjusted = applied(finding(FAIL, one), *made)
    assert states(adjusted) == [State.IN_FORCE, State.UNUSED]


# The share that passes -----------------------------------------------------------------------------


SHARED = rule(degree="share")


def test_a_share_is_counted_anew() -> None:
    found = finding(
        PARTIAL, record("R1", FAIL), record("R2", PENDING), checked=4, share=(Fraction(1, 2), Fraction(3, 4))
    )

    def share(*made: Decision) -> tuple[Outcome, tuple[Fraction, Fraction] | None]:
        adjusted = only(applied(found, *made, judged=SHARED))
        return adjusted.outcome, adjusted.share

    assert share(decision("R2", settle=PASS)) == (PARTIAL, (Fraction(3, 4), Fraction(3, 4)))
    assert share(decision("R2", settle=FAIL)) == (PARTIAL, (Fraction(1, 2), Fraction(1, 2)))
    assert share(decision("R2", settle=GONE)) == (PARTIAL, (Fraction(2, 3), Fraction(2, 3)))
    assert share(decision("R1", override=PASS)) == (PENDING, (Fraction(3, 4), Fraction(1)))
    assert share(decision(override=PASS)) == (PASS, (Fraction(1), Fraction(1)))
    assert share(decision(override=FAIL)) == (FAIL, (Fraction(0), Fraction(0)))
    waived = applied(found, waiver("R1"), judged=SHARED)
    assert waived.shown == (found,)
    assert waived.counted[0].share == (Fraction(3, 4), Fraction(1))


def test_a_ratio_keeps_what_was_measured_of_the_others() -> None:
    ratio = rule(degree=Ratio("part", "whole"))

    def part(key: str, outcome: Outcome, met: str) -> Occurrence:
        given = tuple(Operand(n, said(n), "number", t) for n, t in (("part", met), ("whole", "4")))
        return record(key, outcome, operands=given)

    found = finding(
        PARTIAL,
        part("R1", FAIL, "1"),
        part("R2", FAIL, "3"),
        part("R3", UNKNOWN, "?"),
        checked=4,
        share=(Fraction(1, 2), Fraction(3, 4)),
    )
    settled = only(applied(found, decision("R3", settle=PASS), judged=ratio))
    assert settled.share == (Fraction(3, 4), Fraction(3, 4))
    corrected = only(applied(found, decision("R1", override=PASS), judged=ratio))
    assert corrected.share == (Fraction(11, 16), Fraction(15, 16))


OUTCOMES = st.lists(st.sampled_from([FAIL, PENDING, UNKNOWN]), min_size=1, max_size=5)


@given(OUTCOMES, st.integers(0, 5), st.lists(st.sampled_from([PASS, FAIL]), min_size=5, max_size=5))
def test_settling_only_narrows_what_is_open(outcomes: list[Outcome], passed: int, to: list[Outcome]) -> None:
    """However open records are settled, the share is one number, and lies where the engine said it could."""
    records = [record(f"R{n}", outcome) for n, outcome in enumerate(outcomes)]
    total, failed = passed + len(records), outcomes.count(FAIL)
    share = Fraction(passed, total), Fraction(total - failed, total)
    partly = failed and passed
    order = [o for o in (FAIL, PENDING, UNKNOWN) if o in outcomes]
    found = finding(PARTIAL if partly else order[0], *records, checked=total, share=share)
    made = [decision(o.key, settle=to[n]) for n, o in enumerate(records) if o.outcome is not FAIL]
    after = only(applied(found, *made, judged=SHARED))
    assert after.share is not None
    assert share[0] <= after.share[0] == after.share[1] <= share[1]
    assert after.outcome in (PASS, PARTIAL, FAIL)
    assert (after.outcome is PASS) == (after.share[0] == 1)


SCALED = Use("f/r", HERE, points=Decimal(10), scale=Scale())
ANY = st.lists(st.sampled_from([FAIL, PENDING, UNKNOWN]), min_size=0, max_size=5)


@given(ANY, st.integers(0, 5), st.lists(st.sampled_from([PASS, FAIL]), min_size=5, max_size=5), st.booleans())
def test_the_score_settled_is_one_of_those_possible(
    outcomes: list[Outcome], passed: int, to: list[Outcome], scaled: bool
) -> None:
    """Settling everything makes a number of the interval, within it; forgiving everything never costs."""
    use, judged = (SCALED, SHARED) if scaled else (DEDUCTS, rule())
    records = [record(f"R{n}", outcome) for n, outcome in enumerate(outcomes)]
    total, failed = passed + len(records), outcomes.count(FAIL)
    share = (Fraction(passed, total), Fraction(total - failed, total)) if scaled and total else None
    first = next((o for o in (FAIL, PENDING, UNKNOWN) if o in outcomes), PASS)
    found = finding(PARTIAL if share and failed and passed else first, *records, checked=total, share=share)
    ruleset = scheme(use, judged)
    raw = score((found,), ruleset)
    made = [decision(o.key, settle=to[n]) for n, o in enumerate(records) if o.outcome is not FAIL]
    settled = score(applied(found, *made, use=use, judged=judged).counted, ruleset)
    assert raw.worst <= settled.worst == settled.best <= raw.best
    forgiven = score(applied(found, waiver(), use=use, judged=judged).counted, ruleset)
    assert raw.best <= forgiven.worst == forgiven.best == ruleset.full_marks
    singly = [waiver(o.key) for o in records]
    assert score(applied(found, *singly, use=use, judged=judged).counted, ruleset).worst == forgiven.worst
