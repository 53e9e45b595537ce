"""How many different values one field takes over the records of a collection, after `where`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.measures.min import known
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="count_distinct",
    parameters=(Parameter("count_distinct", "member"),),
    returns="count",
    label=Bilingual("不同值的个数", "number of different values"),
    filters=True,
    grows=True,
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number of different values, with the places of three; a member without value makes it unknown.

    A moment on a day that also stands without a time of day is not told apart from it.
    """
    members = known(arguments["count_distinct"], Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG)
    if isinstance(members, Fact):
        return members
    days = _days(fact.value for fact in members)
    different: dict[Any, Fact] = {}
    for fact in members:
        different.setdefault(_told_apart(fact.value, days), fact)
    places = [place for fact in different.values() for place in fact.locations[:1]]
    return count(len(different), *places[:3])


def value(arguments: Mapping[str, Any]) -> int:
    """The number of different values."""
    values = arguments["count_distinct"]
    different = set(values)
    if len(set(map(type, different))) < 2:
        return len(different)
    days = _days(different)
    return len({_told_apart(each, days) for each in different})


def _days(values: Iterable[Any]) -> set[Any]:
    return {value for value in values if not isinstance(value, datetime)}


def _told_apart(value: Any, days: set[Any]) -> Any:
    if isinstance(value, datetime) and value.date() in days:
        return value.date()
    return value
