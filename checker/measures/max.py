"""The greatest value, or the latest day or moment, of one field over the records of a collection.

A day without a time of day and a moment on that day cannot be told apart in time: the day stands for both.
"""

from collections.abc import Mapping
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind
from checker.measures.min import NOTHING, alike, known, span
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="max",
    parameters=(Parameter("max", "member"),),
    returns=None,
    label=Bilingual("最大（最晚）", "greatest or latest"),
    filters=True,
    types=("date", "moment", "count", "number", "amount"),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The greatest member itself, with its place; the first that has no value makes it unknown."""
    members = known(arguments["max"], Kind.DATE, Kind.NUMBER)
    if isinstance(members, Fact):
        return members
    return max(members, key=_latest, default=NOTHING)


def value(arguments: Mapping[str, Any]) -> Any:
    """The greatest value; None of none."""
    values = arguments["max"]
    if alike(values):
        return max(values, default=None)
    return max(values, key=_last)


def _latest(fact: Fact) -> tuple[Any, bool]:
    return _last(fact.value)


def _last(value: Any) -> tuple[Any, bool]:
    first, last = span(value)
    return last, first != last
