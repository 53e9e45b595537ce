"""Working days from one day to another, by the State Council's yearly notices."""

from collections.abc import Mapping
from typing import Any

from checker import workdays
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.measures.days import interval, places
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="workdays",
    parameters=(
        Parameter("workdays", "field"),
        Parameter("to", "field"),
        Parameter("blank", "words", required=False, choices=("zero",)),
    ),
    returns="number",
    label=Bilingual("工作日", "working days"),
    types=("date", "moment"),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """Working days after the first day up to and including the other, negative where the other comes first.

    MISSING with the reason where a year between them has no calendar.
    """
    ends: tuple[Fact, Fact] = arguments["workdays"], arguments["to"]
    found = interval(*ends, arguments.get("blank"))
    if isinstance(found, Fact):
        return found
    worked = workdays.between(*found)
    if worked is None:
        return Fact(Kind.MISSING, None, "", places(*ends), workdays.why_not(*found))
    return count(worked, *places(*ends))


def value(arguments: Mapping[str, Any]) -> int | None:
    """The number of working days; None where a year has no calendar."""
    return workdays.between(arguments["workdays"], arguments["to"])
