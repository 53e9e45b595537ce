"""Measures of the fields of one record: days, workdays, first_given, year_end."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count, day
from checker.location import Location
from checker.measures import measures

NOTE = Bilingual("看不清", "cannot be read")
BETWEEN = ("days", "workdays")


def on(value: date, line: int = 1) -> Fact:
    return day(value, Location("ledger.csv", line))


def other(kind: Kind, line: int = 9) -> Fact:
    return Fact(kind, "文字" if kind is Kind.TEXT else None, "?", (Location("ledger.csv", line),), NOTE)


def compute(name: str, start: Fact, end: Fact, **more: str) -> Fact:
    return measures()[name].compute({name: start, "to": end, **more})


def first(*facts: Fact, **more: str) -> Fact:
    return measures()["first_given"].compute({"first_given": facts, **more})


@pytest.mark.parametrize(
    ("start", "end", "days", "workdays"),
    [
        (date(2022, 9, 30), date(2022, 10, 9), 9, 2),
        (date(2024, 6, 6), date(2024, 6, 25), 19, 12),
        (date(2021, 12, 2), date(2022, 11, 6), 339, 230),
        (date(2022, 10, 9), date(2022, 9, 30), -9, -2),
        (date(2024, 3, 5), date(2024, 3, 5), 0, 0),
        (datetime(2024, 3, 4, 23, 0), datetime(2024, 3, 5, 1, 0), 1, 1),
        (datetime(2024, 3, 5, 23, 0), date(2024, 3, 5), 0, 0),
    ],
)
def test_intervals(start: date, end: date, days: int, workdays: int) -> None:
    for name, expected in (("days", days), ("workdays", workdays)):
        found = compute(name, on(start, 2), on(end, 3))
        assert (found.kind, found.value) == (Kind.NUMBER, Decimal(expected))
        assert [place.line for place in found.locations] == [2, 3]


def test_a_year_without_a_calendar_is_missing_with_the_reason() -> None:
    found = compute("workdays", on(date(2026, 12, 30), 2), on(date(2027, 1, 6), 3))
    assert (found.kind, found.value) == (Kind.MISSING, None)
    assert found.note is not None
    assert "2027" in found.note.zh
    assert "2027" in found.note.en
    assert [place.line for place in found.locations] == [2, 3]
    assert compute("days", on(date(2026, 12, 30)), on(date(2027, 1, 6))).value == 7


unusable = st.sampled_from([Kind.MISSING, Kind.UNREADABLE, Kind.TEXT, Kind.DOUBTFUL]).map(other)
empty = st.sampled_from([Kind.BLANK, Kind.SLASH]).map(other)
dates = st.dates(date(2018, 1, 1), date(2026, 12, 31)).map(on)


@given(st.sampled_from(BETWEEN), unusable, st.one_of(dates, empty), st.booleans(), st.booleans())
def test_what_is_not_known_never_yields_a_value(
    name: str, unknown: Fact, known: Fact, swapped: bool, zero: bool
) -> None:
    ends: tuple[Fact, Fact] = (known, unknown) if swapped else (unknown, known)
    more = {"blank": "zero"} if zero else {}
    found = compute(name, ends[0], ends[1], **more)
    blank_first = known.kind is not Kind.DATE and not zero
    assert found.value is None
    assert found.kind in ((unknown.kind, known.kind) if blank_first else (unknown.kind,))


@given(st.sampled_from(BETWEEN), empty, st.one_of(dates, empty), st.booleans())
def test_a_blank_is_zero_only_on_request(name: str, blank: Fact, known: Fact, swapped: bool) -> None:
    ends = (known, blank) if swapped else (blank, known)
    assert compute(name, *ends).value is None
    assert compute(name, *ends).kind in (Kind.BLANK, Kind.SLASH)
    found = compute(name, *ends, blank="zero")
    assert (found.kind, found.value) == (Kind.NUMBER, Decimal(0))
    assert len(found.locations) == 2


@given(st.sampled_from(BETWEEN), dates, dates)
def test_backwards_is_less_forwards(name: str, start: Fact, end: Fact) -> None:
    forwards, backwards = compute(name, start, end).value, compute(name, end, start).value
    assert isinstance(forwards, Decimal)
    assert backwards == -forwards


@given(dates, st.integers(0, 300))
def test_working_days_are_among_the_days(start: Fact, length: int) -> None:
    assert isinstance(start.value, date)
    end = on(start.value + timedelta(days=length))
    found = compute("workdays", start, end)
    if found.kind is Kind.NUMBER:
        assert isinstance(found.value, Decimal)
        assert 0 <= found.value <= length
    else:
        assert found.kind is Kind.MISSING


BLANK, SLASH, FIVE = other(Kind.BLANK, 2), other(Kind.SLASH, 3), count(5, Location("ledger.csv", 4))


def test_only_blanks_and_slashes_are_passed_over() -> None:
    assert first(BLANK, SLASH, FIVE, count(6)) is FIVE
    assert first(count(0), FIVE).value == 0


@pytest.mark.parametrize("kind", [Kind.UNREADABLE, Kind.MISSING, Kind.DOUBTFUL, Kind.TEXT])
def test_what_is_not_known_ends_the_search(kind: Kind) -> None:
    stop = other(kind)
    assert first(BLANK, stop, FIVE, otherwise="0") is stop


def test_nothing_filled_in() -> None:
    assert first(BLANK, SLASH) is SLASH
    assert first(SLASH, BLANK) is BLANK


@pytest.mark.parametrize(("written", "expected"), [("0", 0), ("12", 12), ("-3", -3)])
def test_otherwise_is_a_whole_number(written: str, expected: int) -> None:
    found = first(BLANK, SLASH, otherwise=written)
    assert (found.kind, found.value) == (Kind.NUMBER, Decimal(expected))
    assert found.locations == SLASH.locations
    assert first(BLANK, FIVE, otherwise=written) is FIVE


@pytest.mark.parametrize("written", ["", "1.5", "零", "１", "1\n", "none"])
def test_otherwise_that_is_no_whole_number_is_not_guessed(written: str) -> None:
    found: Any = first(BLANK, otherwise=written)
    assert (found.kind, found.value) == (Kind.MISSING, None)


def test_the_last_day_of_a_year() -> None:
    year = count(2024, Location("report.md", 1))
    found = measures()["year_end"].compute({"year_end": year})
    assert (found.kind, found.value, found.locations) == (Kind.DATE, date(2024, 12, 31), year.locations)


@pytest.mark.parametrize("kind", [Kind.MISSING, Kind.UNREADABLE, Kind.BLANK, Kind.TEXT, Kind.DOUBTFUL])
def test_a_year_that_is_not_known_has_no_last_day(kind: Kind) -> None:
    found = measures()["year_end"].compute({"year_end": other(kind)})
    assert (found.kind, found.value, found.note) == (kind, None, NOTE)


@pytest.mark.parametrize("year", ["0", "20240", "2024.5", "-1"])
def test_a_number_that_is_no_year_has_no_last_day(year: str) -> None:
    found = measures()["year_end"].compute({"year_end": Fact(Kind.NUMBER, Decimal(year), year)})
    assert (found.kind, found.value) == (Kind.MISSING, None)
    assert found.note is not None
    assert year in found.note.zh
