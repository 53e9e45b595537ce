"""What more is asked of a record at fault: by how much, was it put right in time, is it a repetition."""

from dataclasses import replace

from checker.errors import EngineError
from checker.evaluation.measuring import compute_all
from checker.evaluation.operands import HUGE, Computed, Trial, Undecided, holds, look_up, usable, values
from checker.evaluation.partial import may_change
from checker.facts import Record
from checker.finding import Occurrence, Outcome
from checker.ruleset import Expression

_AT_FAULT = (Outcome.FAIL, Outcome.PENDING)


def told_of(trial: Trial, record: Record, occurrence: Occurrence, computed: Computed) -> Occurrence:
    """The occurrence with quantity, rectified and repeated as far as they are known.

    What passed has none of them. Of what is unknown there is no quantity: it may be no fault.
    """
    rule = trial.rule
    asks = rule.quantity is not None or rule.rectified is not None or rule.repeated is not None
    if not asks or occurrence.outcome is Outcome.PASS:
        return occurrence
    computed = compute_all(trial, record, computed)
    return replace(
        occurrence,
        quantity=_quantity(trial, record, computed) if occurrence.outcome in _AT_FAULT else None,
        rectified=_answer(trial, rule.rectified, record, computed),
        repeated=_answer(trial, rule.repeated, record, computed),
    )


def not_asked(trial: Trial, occurrence: Occurrence) -> Occurrence:
    """The occurrence that stands for records nobody has seen, of which nothing is known."""
    rule = trial.rule
    if rule.rectified is None and rule.repeated is None:
        return occurrence
    rectified, repeated = (None if asked else False for asked in (rule.rectified, rule.repeated))
    return replace(occurrence, rectified=rectified, repeated=repeated)


def rests_on_unseen(trial: Trial, names: set[str]) -> bool:
    """Whether rows that were not given could make any of these numbers another one."""
    unseen = {m.name for m in trial.rule.measures if trial.is_unseen(m)}
    return bool(unseen) and not trial.reached_from(unseen).isdisjoint(names)


def _quantity(trial: Trial, record: Record, computed: Computed) -> int | None:
    """By how much; None where that is not known. Nothing is at fault by less than nothing: that is an error
    in the evidence."""
    name = trial.rule.quantity
    if name is None or rests_on_unseen(trial, {name}):
        return None
    value = usable(*look_up(trial, name, record, computed, trial.own))
    return value if isinstance(value, int) and value >= 0 else None


def _answer(trial: Trial, asked: Expression | None, record: Record, computed: Computed) -> bool | None:
    """What the condition comes to; None where that is not known, False where the rule does not ask."""
    if asked is None:
        return False
    try:
        answer = holds(trial, asked, record, computed, trial.own)
    except Undecided:
        return None
    except EngineError:
        read = values(trial, asked, record, computed, trial.own)
        if not any(isinstance(value, int) and abs(value) > HUGE for value in read.values()):
            raise
        return None
    return None if may_change(trial, asked, record, computed, answer) else answer
