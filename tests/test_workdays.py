"""Working days: every day against the source, days read off the notices, and the arithmetic."""

import importlib.util
import subprocess
import sys
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import workdays

YEARS = range(2018, 2027)
known_days = st.dates(date(2017, 12, 31), date(2026, 12, 31))
any_days = st.dates(date(2010, 1, 1), date(2035, 12, 31))


def generator(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("workdays_table", root / "scripts" / "workdays_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_its_source_gives(root: Path) -> None:
    pytest.importorskip("chinese_calendar")
    assert generator(root).table() == workdays.TABLE.read_text(encoding="utf-8")


def test_every_day_is_as_in_the_source() -> None:
    calendar = pytest.importorskip("chinese_calendar")
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        assert workdays.is_workday(day) is calendar.is_workday(day), day
        day += timedelta(days=1)


def test_every_year_names_its_notices() -> None:
    lines = [line.split("\t") for line in workdays.TABLE.read_text(encoding="utf-8").splitlines()]
    notices = {int(key): rest for key, *rest in lines if len(key) == 4}
    assert list(notices) == list(YEARS)
    for year, numbers in notices.items():
        assert numbers[0].startswith(f"国办发明电〔{year - 1}〕")


# Read off the notices themselves, not off the table.
WORKED = [
    *("2018-02-11", "2018-02-24", "2018-04-08", "2018-04-28", "2018-09-29", "2018-09-30", "2018-12-29"),
    *("2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12"),
    *("2020-01-19", "2020-02-03", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10"),
    *("2021-02-07", "2021-02-20", "2021-04-25", "2021-05-08", "2021-09-18", "2021-09-26", "2021-10-09"),
    *("2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08", "2022-10-09"),
    *("2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08"),
    *("2024-02-04", "2024-02-09", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14"),
    *("2024-09-29", "2024-10-12"),
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
    *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
]
OFF = [
    *("2018-01-01", "2018-02-15", "2018-04-06", "2018-06-18", "2018-09-24", "2018-12-31"),
    *("2019-01-01", "2019-02-08", "2019-04-05", "2019-05-03", "2019-06-07", "2019-09-13", "2019-10-07"),
    *("2020-01-01", "2020-01-24", "2020-01-31", "2020-02-01", "2020-02-02", "2020-04-06", "2020-05-05"),
    *("2020-06-26", "2020-10-08"),
    *("2021-01-01", "2021-02-17", "2021-04-05", "2021-05-05", "2021-06-14", "2021-09-20", "2021-10-07"),
    *("2022-01-03", "2022-01-31", "2022-04-04", "2022-05-04", "2022-06-03", "2022-09-12", "2022-10-07"),
    *("2023-01-02", "2023-01-27", "2023-04-05", "2023-05-03", "2023-06-22", "2023-09-29", "2023-10-06"),
    *("2024-01-01", "2024-02-16", "2024-04-05", "2024-05-03", "2024-06-10", "2024-09-16", "2024-10-07"),
    *("2025-01-01", "2025-02-04", "2025-04-04", "2025-05-05", "2025-06-02", "2025-10-08"),
    *("2026-01-02", "2026-02-23", "2026-04-06", "2026-05-05", "2026-06-19", "2026-09-25", "2026-10-07"),
]


# As a second calendar counts them, which was made apart from ours.
WORKED_IN = (250, 250, 249, 250, 249, 249, 251, 248, 248)


@pytest.mark.parametrize("day", WORKED)
def test_worked(day: str) -> None:
    assert workdays.is_workday(date.fromisoformat(day)) is True


@pytest.mark.parametrize("day", OFF)
def test_off(day: str) -> None:
    assert workdays.is_workday(date.fromisoformat(day)) is False


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2022-09-30", "2022-10-09", 2),  # National Day; 8 and 9 October were worked
        ("2024-06-06", "2024-06-25", 12),
        ("2021-12-02", "2022-11-06", 230),
        ("2020-01-23", "2020-02-03", 1),
        ("2024-03-04", "2024-03-08", 4),
        ("2024-03-08", "2024-03-04", -4),
        ("2024-03-08", "2024-03-10", 0),
        ("2024-03-10", "2024-03-08", 0),
        ("2024-03-05", "2024-03-05", 0),
        ("2017-12-31", "2018-01-02", 1),  # the first day itself is not counted, so 2017 is not needed
        ("2026-12-30", "2026-12-31", 1),
    ],
)
def test_intervals(start: str, end: str, expected: int) -> None:
    assert workdays.between(date.fromisoformat(start), date.fromisoformat(end)) == expected


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        ("2026-12-31", "2027-01-04", 2027),
        ("2027-01-04", "2026-12-31", 2027),
        ("2024-01-01", "2030-01-01", 2027),
        ("2030-01-01", "2030-01-02", 2030),
        ("2017-12-30", "2018-01-02", 2017),
        ("2016-12-31", "2030-01-02", 2017),
    ],
)
def test_a_year_without_a_calendar_is_not_guessed(start: str, end: str, year: int) -> None:
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert workdays.between(*days) is None
    reason = workdays.why_not(*days)
    assert f"没有{year}年的" in reason.zh
    assert f"for {year} " in reason.en


def test_days_of_other_years_are_neither_worked_nor_off() -> None:
    assert workdays.is_workday(date(2027, 1, 4)) is None
    assert workdays.is_workday(date(2017, 12, 29)) is None
    assert workdays.is_workday(date.max) is None


def test_a_time_of_day_changes_nothing() -> None:
    assert workdays.between(datetime(2024, 3, 4, 23, 59), date(2024, 3, 5)) == 1
    assert workdays.between(date(2024, 3, 4), datetime(2024, 3, 5, 0, 1)) == 1


def test_every_interval_from_and_to_the_ends_counts_its_days() -> None:
    """Intervals add up (below), so these are all: each day of the years from the day before the first, and
    to the last, both ways."""
    first, last = date(YEARS[0] - 1, 12, 31), date(YEARS[-1], 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [0, *accumulate(bool(workdays.is_workday(day)) for day in days[1:])]
    assert [workdays.between(first, day) for day in days] == worked
    assert [workdays.between(day, first) for day in days] == [-n for n in worked]
    assert [workdays.between(day, last) for day in days] == [worked[-1] - n for n in worked]


@pytest.mark.parametrize(("year", "worked"), list(zip(YEARS, WORKED_IN, strict=True)))
def test_working_days_of_a_year(year: int, worked: int) -> None:
    assert workdays.between(date(year - 1, 12, 31), date(year, 12, 31)) == worked


@given(known_days, known_days)
def test_backwards_is_less_forwards(a: date, b: date) -> None:
    forwards, backwards = workdays.between(a, b), workdays.between(b, a)
    assert forwards is not None
    assert backwards == -forwards


@given(known_days, known_days, known_days)
def test_intervals_add_up(a: date, b: date, c: date) -> None:
    parts = workdays.between(a, b), workdays.between(b, c)
    assert parts[0] is not None
    assert parts[1] is not None
    assert workdays.between(a, c) == parts[0] + parts[1]


@given(known_days, st.integers(0, 400))
def test_an_interval_counts_its_worked_days(start: date, length: int) -> None:
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    worked = [workdays.is_workday(day) for day in days]
    expected = None if None in worked else sum(map(bool, worked))
    assert workdays.between(start, start + timedelta(days=length)) == expected


@given(any_days, any_days)
def test_an_answer_or_a_reason(a: date, b: date) -> None:
    low, high = min(a, b), max(a, b)
    known = low == high or (low >= date(2017, 12, 31) and high <= date(2026, 12, 31))
    assert (workdays.between(a, b) is not None) == known
    if not known:
        year = int(workdays.why_not(a, b).zh[2:6])
        assert year not in YEARS
        assert low.year <= year <= high.year


def test_the_source_is_not_needed_at_run_time() -> None:
    code = (
        "import sys; from datetime import date; from checker import workdays as w;"
        "assert w.between(date(2024, 3, 4), date(2024, 3, 5)) == 1; print('chinese_calendar' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "False"
