"""The measure same_minute: the most records in one and the same minute."""

from datetime import date, datetime
from itertools import permutations

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind
from checker.location import Location
from checker.measures import measures


def at(line: int, *when: int) -> Fact:
    value = datetime(*when) if len(when) > 3 else date(*when)  # type: ignore[arg-type]
    return Fact(Kind.DATE, value, str(value), (Location("reviews.csv", line),))


def compute(members: tuple[Fact, ...] | Absent) -> Fact:
    return measures()["same_minute"].compute({"same_minute": members})


def by(members: tuple[Fact, ...], *names: str) -> Fact:
    people = tuple(Fact(Kind.TEXT, name, name) if name else Fact(Kind.BLANK, None, "") for name in names)
    return measures()["same_minute"].compute({"same_minute": members, "by": people})


def test_counts_the_fullest_minute_seconds_aside() -> None:
    members = (at(2, 2024, 3, 5, 9, 0, 5), at(3, 2024, 3, 5, 9, 0, 59), at(4, 2024, 3, 5, 9, 1))
    for order in permutations(members):
        found = compute(order)
        assert found.value == 2
        assert {place.line for place in found.locations} == {2, 3}


def test_of_minutes_equally_full_the_earliest_is_shown() -> None:
    found = compute((at(2, 2024, 3, 5, 9, 1), at(3, 2024, 3, 5, 9, 0)))
    assert (found.value, [place.line for place in found.locations]) == (1, [3])


def test_days_without_a_time_are_not_counted() -> None:
    assert compute((at(2, 2024, 3, 5), at(3, 2024, 3, 5))).value == 0
    assert compute((at(2, 2024, 3, 5), at(3, 2024, 3, 5, 0, 0))).value == 1
    assert compute(()).value == 0


def test_no_more_than_three_places() -> None:
    found = compute(tuple(at(line, 2024, 3, 5, 9, 0) for line in range(2, 9)))
    assert (found.value, len(found.locations)) == (7, 3)


def test_a_member_that_cannot_be_used_makes_it_unknown() -> None:
    blank = Fact(Kind.BLANK, None, "", (Location("reviews.csv", 9),))
    assert compute((at(2, 2024, 3, 5, 9, 0), blank)).kind is Kind.BLANK
    why = Bilingual("没有台账", "no ledger")
    gone = compute(Absent(why))
    assert (gone.kind, gone.note) == (Kind.MISSING, why)


def test_counts_one_persons_records_only() -> None:
    members = (at(2, 2024, 3, 5, 9, 0), at(3, 2024, 3, 5, 9, 0, 1), at(4, 2024, 3, 5, 9, 0, 2))
    assert by(members, "甲", "甲", "甲").value == 3
    found = by(members, "甲", "乙", "甲")
    assert (found.value, [place.line for place in found.locations]) == (2, [2, 4])
    assert by(members, "甲", "乙", "丙").value == 1
    assert by(members, "甲", "", "甲").kind is Kind.BLANK
    assert by(()).value == 0
