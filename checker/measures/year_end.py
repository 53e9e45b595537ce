"""The last day of a year, as a day to count to."""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, day, missing
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="year_end",
    parameters=(Parameter("year_end", "field"),),
    returns="date",
    label=Bilingual("年末", "last day of the year"),
    types=("number",),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """31 December of the year; a year that is not known leaves the day unknown, with the same reason."""
    year: Fact = arguments["year_end"]
    if year.kind is not Kind.NUMBER or not isinstance(year.value, Decimal):
        return Fact(year.kind, None, year.text, year.locations, year.note)
    if not MINYEAR <= year.value <= MAXYEAR or year.value % 1:
        return missing(f"“{year.text}”不是年份", f"{year.text!r} is no year", *year.locations)
    return day(date(int(year.value), 12, 31), *year.locations)
