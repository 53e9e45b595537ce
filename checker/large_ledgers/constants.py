"""Values all rows share: of the report, of a rule's parameters."""

from datetime import datetime
from typing import Any

from checker.evaluation.operands import LARGEST, NOT_FOUND, Trial, usable
from checker.expression.sql import FIRST_YEAR, Operand, Parameters, Unprintable
from checker.facts import Fact, Field, Kind

_EMPTY = (Kind.BLANK, Kind.SLASH)


def constant(trial: Trial, name: str, bound: Parameters) -> Operand:
    """What a name means that is neither a field of a row nor a measure. Raises Unprintable where it has no
    value."""
    if name in trial.parameters:
        field, fact = trial.parameters[name]
    else:
        field = trial.vocabulary.fields[name]
        fact = trial.facts.fields.get(name, NOT_FOUND)
    operand = of_fact(field, fact, bound)
    if not operand.sure:
        raise Unprintable(name)
    return operand


def of_fact(field: Field, fact: Fact, bound: Parameters) -> Operand:
    """One fact, with or without a value."""
    value = usable(field, fact)
    if value is None or isinstance(value, datetime) and value.year < FIRST_YEAR:
        given = "NULL" if fact.kind in (Kind.MISSING, Kind.DOUBTFUL) else str(fact.kind not in _EMPTY)
        return Operand(field.type, bound.bind(None, field.type), "NULL", given)
    timed = None
    if isinstance(value, datetime):
        timed = None if isinstance(fact.value, datetime) else "FALSE"
        value_bound: Any = value.replace(tzinfo=None) if field.type == "moment" else value.date()
    else:
        value_bound = value
    span = (value, value) if isinstance(value, int) else (-LARGEST, LARGEST)
    return Operand(field.type, bound.bind(value_bound, field.type), timed, "TRUE", True, span)
