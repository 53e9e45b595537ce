"""The measures of a rule: their arguments resolved, their values computed."""

from collections.abc import Mapping
from typing import Any

from checker import expression
from checker.evaluation.operands import (
    NO_LAST_YEAR,
    NOT_FOUND,
    WHOLE_REPORT,
    Computed,
    Trial,
    Undecided,
    places,
    values,
)
from checker.facts import Absent, Fact, Record
from checker.measures import measures
from checker.ruleset import Expression, Measure


def compute(trial: Trial, record: Record) -> Computed:
    """All measures of the rule for one record, by name."""
    if not trial.rule.measures:
        return {}
    return {m.name: (trial.declared[m.name], _value(trial, m, record)) for m in trial.rule.measures}


def _value(trial: Trial, measure: Measure, record: Record) -> Fact:
    """A measure that asks nothing of the record is computed once."""
    if _of_the_record(trial, measure):
        return _compute(trial, measure, record)
    if measure.name not in trial.measured:
        trial.measured[measure.name] = _compute(trial, measure, WHOLE_REPORT)
    return trial.measured[measure.name]


def _of_the_record(trial: Trial, measure: Measure) -> bool:
    kinds = {p.name: p.kind for p in measure.signature.parameters}
    return any(kinds[n] in ("field", "previous") and a in trial.own for n, a in measure.arguments.items())


def _compute(trial: Trial, measure: Measure, record: Record) -> Fact:
    arguments: Mapping[str, Any] = {
        p.name: _argument(trial, measure, p.kind, measure.arguments[p.name], record)
        for p in measure.signature.parameters
        if p.name in measure.arguments
    }
    return measures()[measure.signature.name].compute(arguments)


def _argument(trial: Trial, measure: Measure, kind: str, written: Any, record: Record) -> Any:
    if kind in ("terms", "words"):
        return written
    if kind in ("collection", "claim"):
        return _narrowed(trial, measure.where, written)
    if kind == "member":
        collection, _, name = written.rpartition(".")
        records = _narrowed(trial, measure.where, collection)
        return records if isinstance(records, Absent) else tuple(r.fields[name] for r in records)
    return _last_year(trial, record, written) if kind == "previous" else _fact(trial, record, written)


def _narrowed(trial: Trial, where: Expression | None, collection: str) -> tuple[Record, ...] | Absent:
    records = trial.facts.collections.get(collection, ())
    if isinstance(records, Absent) or where is None:
        return records
    fields = trial.fields_of(collection)
    try:
        return tuple(r for r in records if expression.evaluate(where, values(trial, where, r, {}, fields)))
    except Undecided as undecided:
        return Absent(undecided.reason, places(undecided.operands))


def _fact(trial: Trial, record: Record, name: str) -> Fact:
    if name in record.fields:
        return record.fields[name]
    if not name.startswith("previous."):
        return trial.facts.fields.get(name, NOT_FOUND)
    if trial.facts.previous is None:
        return NO_LAST_YEAR
    return trial.facts.previous.fields.get(name.removeprefix("previous."), NOT_FOUND)


def _last_year(trial: Trial, record: Record, name: str) -> Fact:
    previous = trial.facts.previous
    if previous is None:
        return NO_LAST_YEAR
    if trial.rule.each is None or name not in trial.own:
        return previous.fields.get(name, NOT_FOUND)
    same = next((r for r in previous.records(trial.rule.each) if r.key == record.key), None)
    return NOT_FOUND if same is None else same.fields.get(name, NOT_FOUND)
