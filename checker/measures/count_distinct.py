"""How many different values one field takes over the records of a collection, after `where`."""

from collections.abc import Mapping
from datetime import date, datetime
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
    days = {fact.value for fact in members if not isinstance(fact.value, datetime)}
    different: dict[Any, Fact] = {}
    for fact in members:
        different.setdefault(_value(fact, days), fact)
    places = [place for fact in different.values() for place in fact.locations[:1]]
    return count(len(different), *places[:3])


def _value(fact: Fact, days: set[Any]) -> Any:
    if isinstance(fact.value, datetime) and fact.value.date() in days:
        return date(fact.value.year, fact.value.month, fact.value.day)
    return fact.value
