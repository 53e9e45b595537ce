"""Working days as the State Council General Office orders them, year by year, make-up days included.

workdays.tsv gives for every year the numbers of its notices, then each weekday off (休) and each weekend
day worked (班). A year it lacks is never guessed from the week alone.
"""

from bisect import bisect_right
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from checker.bilingual import Bilingual

TABLE = Path(__file__).with_name("workdays.tsv")


class _Calendar(NamedTuple):
    """Days as ordinals. surplus[n]: what the first n exceptions add to the weekdays, or take away."""

    years: tuple[int, int]
    first: int
    last: int
    exceptions: list[int]
    surplus: list[int]

    def counted(self, day: int) -> int:
        """Working days up to and including this one, from an origin that cancels out."""
        weeks, rest = divmod(day, 7)  # ordinal 1 was a Monday
        return weeks * 5 + min(rest, 5) + self.surplus[bisect_right(self.exceptions, day)]


def between(start: date, end: date) -> int | None:
    """Working days after `start` up to and including `end`; None if a year they lie in has no calendar.

    Negative where `end` comes first: less the working days after `end` up to and including `start`.
    """
    calendar = _calendar()
    low, high = sorted((start.toordinal(), end.toordinal()))
    if low < high and not (calendar.first <= low + 1 and high <= calendar.last):
        return None
    return calendar.counted(end.toordinal()) - calendar.counted(start.toordinal())


def is_workday(day: date) -> bool | None:
    """Whether this day is worked; None if its year has no calendar."""
    calendar, ordinal = _calendar(), day.toordinal()
    if not calendar.first <= ordinal <= calendar.last:
        return None
    return calendar.counted(ordinal) > calendar.counted(ordinal - 1)


def why_not(start: date, end: date) -> Bilingual:
    """Why `between` knows no answer: the first year that has no calendar."""
    first, last = _calendar().years
    year = date.fromordinal(min(start.toordinal(), end.toordinal()) + 1).year
    if year >= first:
        year = max(year, last + 1)
    return Bilingual(
        f"没有{year}年的节假日安排，无法计算工作日（现有{first}年至{last}年）",
        f"no holiday calendar for {year} to count working days by (there is one for {first} to {last})",
    )


@cache
def _calendar() -> _Calendar:
    years: list[int] = []
    exceptions: dict[int, int] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        key, what, *_ = line.split("\t")
        if what in ("休", "班"):
            exceptions[date.fromisoformat(key).toordinal()] = 1 if what == "班" else -1
        else:
            years.append(int(key))
    return _Calendar(
        (years[0], years[-1]),
        date(years[0], 1, 1).toordinal(),
        date(years[-1], 12, 31).toordinal(),
        list(exceptions),
        list(accumulate(exceptions.values(), initial=0)),
    )
