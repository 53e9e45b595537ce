"""How many records of a collection were made in one and the same minute, at most.

`by` names another column: only records that agree in it are counted together, such as one person's.
What was recorded to the day only says nothing about minutes and is not counted.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.measures.min import known
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="same_minute",
    parameters=(Parameter("same_minute", "member"), Parameter("by", "sibling", required=False)),
    returns="count",
    label=Bilingual("同一分钟内的记录数", "records in the same minute"),
    filters=True,
    grows=True,
    types=("moment",),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number in the fullest minute, the earliest of several, with the places of three; 0 of days only.

    A record without its time, or without what it is counted by, makes it unknown.
    """
    members = known(arguments["same_minute"], Kind.DATE)
    if isinstance(members, Fact):
        return members
    of = known(arguments.get("by", ()), Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG)
    if isinstance(of, Fact):
        return of
    minutes: dict[tuple[datetime, str], list[Fact]] = {}
    for place, fact in enumerate(members):
        if isinstance(fact.value, datetime):
            minutes.setdefault(_minute(fact.value, of[place].value if of else ""), []).append(fact)
    fullest = max((len(facts) for facts in minutes.values()), default=0)
    found = min((minute for minute, facts in minutes.items() if len(facts) == fullest), default=None)
    shown = minutes[found] if found is not None else members[:1]
    return count(fullest, *(place for fact in shown[:3] for place in fact.locations[:1]))


def value(arguments: Mapping[str, Any]) -> int:
    """The number in the fullest minute."""
    members = arguments["same_minute"]
    of = arguments.get("by", ("",) * len(members))
    minutes = Counter(_minute(m, o) for m, o in zip(members, of, strict=True) if isinstance(m, datetime))
    return max(minutes.values(), default=0)


def _minute(moment: datetime, of: object) -> tuple[datetime, str]:
    return moment.replace(second=0, microsecond=0), str(of)
