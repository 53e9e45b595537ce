"""The smallest value, or the earliest day or moment, of one field over the records of a collection.

A day without a time of day and a moment on that day cannot be told apart in time: the day stands for both.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind, missing
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="min",
    parameters=(Parameter("min", "member"),),
    returns=None,
    label=Bilingual("最小（最早）", "smallest or earliest"),
    filters=True,
    types=("date", "moment", "count", "number", "amount"),
)

NOTHING = missing("没有可比的记录", "there is no record to compare")


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The smallest member itself, with its place; the first that has no value makes it unknown."""
    members = known(arguments["min"], Kind.DATE, Kind.NUMBER)
    if isinstance(members, Fact):
        return members
    return min(members, key=_earliest, default=NOTHING)


def value(arguments: Mapping[str, Any]) -> Any:
    """The smallest value; None of none."""
    values = arguments["min"]
    if alike(values):
        return min(values, default=None)
    return min(values, key=_first)


def _earliest(fact: Fact) -> tuple[Any, bool]:
    return _first(fact.value)


def _first(value: Any) -> tuple[Any, bool]:
    first, last = span(value)
    return first, first == last


def alike(values: Iterable[Any]) -> bool:
    """Whether they are all days, all moments or all numbers, and so compare as they stand."""
    return len(set(map(type, values))) < 2


def span(value: Any) -> tuple[Any, Any]:
    """The least and the greatest a value may mean: a day without a time of day may mean any time of it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min), datetime.combine(value, time.max)
    return value, value


def known(members: Sequence[Fact] | Absent, *kinds: Kind) -> Sequence[Fact] | Fact:
    """The members if each is of one of these kinds; else why nothing can be computed with them.

    That is the first member of another kind, without its value; words among values of another kind
    are one. A blank counts after what cannot be read, a doubtful member last: as long as something else
    is wrong too, a person's word on it would settle nothing.
    """
    if isinstance(members, Absent):
        return Fact(Kind.MISSING, None, "", members.locations, members.reason)
    allowed = {fact.kind for fact in members}.intersection(kinds)
    if len(allowed) > 1:
        allowed.discard(Kind.TEXT)
    others = [fact for fact in members if fact.kind not in allowed]
    others.sort(key=weight)
    if not others:
        return members
    first = others[0]
    return Fact(first.kind, None, first.text, first.locations, first.note)


def weight(fact: Fact) -> int:
    """Which of several facts without a value is told: the least."""
    return {Kind.BLANK: 1, Kind.SLASH: 1, Kind.DOUBTFUL: 2}.get(fact.kind, 0)
