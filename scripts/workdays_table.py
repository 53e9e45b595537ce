"""Writes checker/workdays.tsv: the weekdays off and the weekend days worked in China, year by year.

Source: chinesecalendar (MIT), which follows the yearly notices of the State Council General Office. A year
goes in with the numbers of every notice that settled its days: add it to NOTICES once its notice is out.

    python scripts/workdays_table.py           writes the table
    python scripts/workdays_table.py --check   exit code 1 if the table in place differs
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar import Holiday, is_workday
from chinese_calendar.constants import holidays, workdays

TABLE = Path(__file__).resolve().parent.parent / "checker" / "workdays.tsv"

# Consecutive years only: an interval is counted through all that lies between its ends.
NOTICES = {
    2018: ("国办发明电〔2017〕12号", "国办发明电〔2018〕15号"),  # the second: 29 and 31 December
    2019: ("国办发明电〔2018〕15号", "国办发明电〔2019〕3号"),  # the second: Labour Day
    2020: ("国办发明电〔2019〕16号", "国办发明电〔2020〕1号"),  # the second: Spring Festival prolonged
    2021: ("国办发明电〔2020〕27号",),
    2022: ("国办发明电〔2021〕11号",),
    2023: ("国办发明电〔2022〕16号",),
    2024: ("国办发明电〔2023〕7号",),
    2025: ("国办发明电〔2024〕12号",),
    2026: ("国办发明电〔2025〕7号",),
}


def table() -> str:
    return "".join("\t".join(line) + "\n" for line in lines())


def lines() -> Iterator[tuple[str, ...]]:
    names = {holiday.value: holiday.chinese for holiday in Holiday}
    for year, notices in NOTICES.items():
        yield str(year), *notices
        for day in days(year):
            if is_workday(day) != (day.weekday() < 5):
                occasion = names[workdays.get(day) or holidays[day]]
                yield day.isoformat(), "班" if is_workday(day) else "休", occasion


def days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(n) for n in range((date(year, 12, 31) - first).days + 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the table in place")
    text = table()
    if parser.parse_args().check:
        return int(TABLE.read_text(encoding="utf-8") != text)
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
