"""Calendar days from one day to another."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.location import Location
from checker.measures.min import known
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="days",
    parameters=(
        Parameter("days", "field"),
        Parameter("to", "field"),
        Parameter("blank", "words", required=False, choices=("zero",)),
    ),
    returns="number",
    label=Bilingual("自然日", "calendar days"),
    types=("date", "moment"),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """Days after the first day up to and including the other; negative where the other comes first."""
    found = interval(arguments["days"], arguments["to"], arguments.get("blank"))
    if isinstance(found, Fact):
        return found
    start, end = found
    return count(end.toordinal() - start.toordinal(), *places(arguments["days"], arguments["to"]))


def value(arguments: Mapping[str, Any]) -> int:
    """The number of days."""
    start, end = arguments["days"], arguments["to"]
    return int(end.toordinal() - start.toordinal())


def interval(start: Fact, end: Fact, blank: str | None) -> tuple[date, date] | Fact:
    """The two days; else why they are not known, or 0 where one is blank or a slash and `blank` is "zero"."""
    empty = (Kind.BLANK, Kind.SLASH) if blank == "zero" else ()
    found = known((start, end), Kind.DATE, *empty)
    if isinstance(found, Fact):
        return found
    if isinstance(start.value, date) and isinstance(end.value, date):
        return start.value, end.value
    return count(0, *places(start, end))


def places(*facts: Fact) -> tuple[Location, ...]:
    """The first place of each."""
    return tuple(place for fact in facts for place in fact.locations[:1])
