"""What a rule says of one record."""

from collections.abc import Mapping
from fractions import Fraction

from checker import expression
from checker.bilingual import Bilingual
from checker.errors import EngineError
from checker.evaluation.faults import rests_on_unseen, told_of
from checker.evaluation.measuring import compute, compute_all, not_known
from checker.evaluation.messages import message
from checker.evaluation.operands import (
    HUGE,
    Computed,
    Trial,
    Undecided,
    holds,
    operand,
    operands,
    places,
    values,
)
from checker.evaluation.partial import may_change
from checker.evaluation.summing import PASSED, Decided
from checker.expression import Value
from checker.facts import Record
from checker.finding import Occurrence, Operand, Outcome
from checker.location import Location
from checker.ruleset import Ratio

_TOO_LARGE = Bilingual("数字过大，无法计算", "a number is too large to compute with")


def decide(trial: Trial, record: Record) -> Decided | None:
    """What the rule says of one record; None where it leaves the record out."""
    rule, own = trial.rule, trial.own
    computed: Computed = {}
    try:
        computed = compute(trial, record) if trial.narrows_by_measures else {}
        if rule.where is not None and not holds(trial, rule.where, record, computed, own):
            return _perhaps_narrowed(trial, record, computed)
    except Undecided as undecided:
        return _of(trial, record, open_(record, undecided), computed, applies=False)
    if rule.question is not None:
        return _of(trial, record, _question(trial, record, computed), computed)
    try:
        computed = computed or compute(trial, record)
        read = values(trial, trial.decided_by, record, computed, own)
    except Undecided as undecided:
        whole = undecided.usable.get(rule.degree.whole) if isinstance(rule.degree, Ratio) else None
        return _of(trial, record, open_(record, undecided), computed, applies=whole not in (None, 0))
    if isinstance(rule.degree, Ratio):
        return _by_ratio(trial, record, computed, read)
    return _by_assertion(trial, record, computed, read)


def open_(record: Record, undecided: Undecided) -> Occurrence:
    """What cannot be decided, and why."""
    where = places(undecided.operands) or record.locations
    return Occurrence(record.key, undecided.outcome, undecided.reason, undecided.operands, where)


def _of(
    trial: Trial, record: Record, occurrence: Occurrence, computed: Computed, applies: bool = True
) -> Decided:
    return Decided(told_of(trial, record, occurrence, computed), applies=applies)


def _perhaps_narrowed(trial: Trial, record: Record, computed: Computed) -> Decided | None:
    """What `where` leaves out stays out, unless rows that were not given might have kept it."""
    where, unseen = trial.rule.where, trial.rests_on_part
    if where is None or not unseen or not any(name in computed for name in where.reads):
        return None
    if not may_change(trial, where, record, computed, holds=False):
        return None
    occurrence = Occurrence(record.key, Outcome.UNKNOWN, not_known(trial, unseen), (), record.locations)
    return _of(trial, record, occurrence, computed, applies=False)


def _by_assertion(
    trial: Trial, record: Record, computed: Computed, read: Mapping[str, Value]
) -> Decided | None:
    assertion = trial.rule.assertion
    try:
        passes = expression.evaluate(assertion, read)
    except EngineError:
        if not any(isinstance(value, int) and abs(value) > HUGE for value in read.values()):
            raise
        return _unknown(trial, record, computed, _TOO_LARGE)
    unseen = trial.rests_on_part
    if unseen and may_change(trial, assertion, record, computed, passes):
        return _unknown(trial, record, computed, not_known(trial, unseen))
    return _judged(trial, record, computed, read, passes)


def _by_ratio(trial: Trial, record: Record, computed: Computed, read: Mapping[str, Value]) -> Decided | None:
    """How far a record meets the ratio; None where there is nothing to meet.

    More than the whole is no ratio: such figures contradict each other. Only of a target, which a parameter
    sets, may there be more, and it is then met in full.
    """
    degree = trial.rule.degree
    assert isinstance(degree, Ratio)
    part, whole = read[degree.part], read[degree.whole]
    if not isinstance(part, int) or not isinstance(whole, int):
        raise TypeError("a ratio of what is declared as something else than numbers")
    unseen = trial.rests_on_part
    if unseen and rests_on_unseen(trial, {degree.part, degree.whole}):
        return _unknown(trial, record, computed, not_known(trial, unseen), applies=False)
    target = degree.whole in trial.parameters
    if whole == 0 and (part == 0 or target):
        return None
    if part < 0 or whole < 0 or part > whole and not target:
        reason = _no_ratio(trial, record, computed)
        return _unknown(trial, record, computed, reason, applies=whole > 0)
    met = min(Fraction(part, whole), Fraction(1))
    decided = _judged(trial, record, computed, read, met == 1)
    return decided if trial.rule.judgement or met == 1 else decided._replace(met=met)


def _no_ratio(trial: Trial, record: Record, computed: Computed) -> Bilingual:
    part, whole = operands(trial, trial.decided_by, record, computed, trial.own)
    zh = f"{part.label.zh}（{part.text}）与{whole.label.zh}（{whole.text}）不成比例：应在 0 与后者之间"
    en = (
        f"there is no ratio of {part.label.en} ({part.text}) to {whole.label.en} ({whole.text}): "
        "it must lie between 0 and the latter"
    )
    return Bilingual(zh, en)


def _unknown(
    trial: Trial, record: Record, computed: Computed, reason: Bilingual, applies: bool = True
) -> Decided:
    evidence = operands(trial, trial.decided_by, record, computed, trial.own)
    occurrence = Occurrence(record.key, Outcome.UNKNOWN, reason, evidence, record.locations)
    return _of(trial, record, occurrence, computed, applies)


def _judged(
    trial: Trial, record: Record, computed: Computed, read: Mapping[str, Value], passes: bool
) -> Decided:
    """A record of which it is known whether it passes."""
    if passes and not trial.keep:
        return PASSED
    evidence = operands(trial, trial.decided_by, record, computed, trial.own)
    where = _places(trial, record, evidence)
    if passes:
        return Decided(Occurrence(record.key, Outcome.PASS, record.label, evidence, where))
    outcome = Outcome.PENDING if trial.rule.judgement else Outcome.FAIL
    computed = compute_all(trial, record, computed)
    said = message(trial, record, computed, read)
    return _of(trial, record, Occurrence(record.key, outcome, said, evidence, where), computed)


def _question(trial: Trial, record: Record, computed: Computed) -> Occurrence:
    """What a person is asked, with the values it shows as its evidence."""
    question = trial.rule.question
    assert question is not None
    computed = compute_all(trial, record, computed)
    item = trial.vocabulary.collections[trial.rule.each].item if trial.rule.each else None
    shown = dict.fromkeys(hole for text in question for hole in expression.holes(text) if hole != item)
    evidence = tuple(operand(trial, name, record, computed, trial.own) for name in shown)
    said = message(trial, record, computed, {})
    return Occurrence(record.key, Outcome.PENDING, said, evidence, _places(trial, record, evidence))


def _places(trial: Trial, record: Record, evidence: tuple[Operand, ...]) -> tuple[Location, ...]:
    where = places(evidence) or record.locations
    return tuple(dict.fromkeys((*record.locations[:1], *where))) if trial.ledger else where
