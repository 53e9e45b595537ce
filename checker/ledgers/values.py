"""What the text of one cell says, by the declared type of its column: one function a type.

Every function takes the text as written and the column, and gives a Reading: kind, value and, where the
text does not fit, a note. Equal texts read alike, so a reading may be kept and used again.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from checker.bilingual import Bilingual
from checker.comparison import view
from checker.facts import FieldType, Kind
from checker.ledger import Column, term


class Reading(NamedTuple):
    """What a cell says: the kind, value and note of a Fact."""

    kind: Kind
    value: Decimal | bool | date | str | None = None
    note: Bilingual | None = None


MARK = "\0"
"""Opens a text that the file's reader found to be no value: the sign after it says why. No file's own text
carries it."""
ACROSS = f"{MARK}m"
WHY = {
    "d": Bilingual(
        "单元格只显示到年月，几日可能是表格软件补的；请改为显示年月日的格式并核对",
        "the cell shows no day, which the spreadsheet may have made up; show the whole date and check it",
    ),
    "e": Bilingual("单元格里是公式的出错值", "the cell holds a formula's error value"),
    "h": Bilingual("合并单元格遮住了这一格的内容", "a merged cell hides what this cell holds"),
    "m": Bilingual(
        "左边的单元格并过了这一栏，不能确定这一栏填的是什么",
        "the cell to the left is merged over this column: what it holds cannot be told",
    ),
    "f": Bilingual("公式没有保存计算结果", "the formula was saved without its result"),
    "n": Bilingual("数字过长，表格软件已丢失末位", "the number is longer than a spreadsheet keeps"),
    "y": Bilingual(
        "单元格只显示月日，年份可能是表格软件补的；请改为显示年月日的格式并核对",
        "the cell shows no year, which the spreadsheet may have made up; show the whole date and check it",
    ),
    "s": Bilingual(
        "本行的格数多于表头，各格可能错位", "the row is longer than the header: cells may have shifted"
    ),
}

BLANK = Reading(Kind.BLANK)
SLASH = Reading(Kind.SLASH)

SLASHES = frozenset(("", "/", "\\", "-", "--", "---", "—", "——", "－", "–", "―", "─", "／", "不适用"))
"""What a cell that is deliberately left without a value holds, and the empty text."""
_NOTHING = frozenset(("无", "n/a", "na"))
_YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "合格", "存在"))
_NO = frozenset(("否", "无", "×", "✗", "✘", "n", "no", "false", "0", "不合格", "不存在"))
SPACED = 8
"""Characters of the longest name that may be set wide: 张　三 and 张三 are one person."""
_SET_WIDE = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){1,3}")
_WHOLE = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")
_DECIMAL = re.compile(r"¥?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_MOMENT = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]|(\d{2})(\d{2}))"
    r"(?:(?:T|\s+|(?<=[日号]))(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.0+)?)?|[时点](?:(\d{1,2})分(?:(\d{1,2})秒)?)?))?",
    re.ASCII,
)
YEARS = range(1900, 2200)
"""Years a record may be of; any other is a slip of the pen, and beyond what rules can calculate with."""
_LONGEST = 60
"""Characters of a number or date; what is longer is none."""
_LISTED = 12


def text(written: str, column: Column) -> Reading:
    """A short text; with choices, the term that is meant."""
    stripped = written.strip()
    if stripped[:1] == MARK:
        return marked(stripped)
    if column.choices:
        return _choice(stripped, column)
    if stripped in SLASHES:
        return SLASH if stripped else BLANK
    if len(stripped) <= SPACED and _SET_WIDE.fullmatch(stripped):
        return Reading(Kind.TEXT, "".join(stripped.split()))
    return Reading(Kind.TEXT, stripped)


def flag(written: str, column: Column) -> Reading:
    """Yes or no, in the ways tables put it."""
    if written[:1] == MARK:
        return marked(written)
    bare = term(written)
    if bare in _YES:
        return Reading(Kind.FLAG, True)
    if bare in _NO:
        return Reading(Kind.FLAG, False)
    if not bare:
        return BLANK
    if bare in SLASHES or bare in ("n/a", "na"):
        return SLASH
    return _unfit("须是“是”或“否”", "yes or no (是, 否) is needed here")


def day(written: str, column: Column) -> Reading:
    """A calendar day; a time of day is dropped."""
    found = moment(written, column)
    if isinstance(found.value, datetime):
        return Reading(Kind.DATE, found.value.date())
    return found


def moment(written: str, _: Column) -> Reading:
    """A calendar day from 1900 to 2199, with the time of day where one is given (datetime, no zone)."""
    bare = _bare(written)
    if isinstance(bare, Reading):
        return bare
    parts = _MOMENT.fullmatch(bare)
    if parts is None:
        return _unfit("须是日期，例如 2024-03-05", "a date is needed here, such as 2024-03-05")
    try:
        return Reading(Kind.DATE, _point(parts))
    except ValueError:
        return _unfit("没有这个日期或时刻", "there is no such day or time")


def _point(parts: re.Match[str]) -> date:
    """Raises ValueError if there is no such day or time."""
    year, _, m1, d1, m2, d2, m3, d3, hour, minute, second, minute2, second2 = parts.groups()
    month, dom = int(m1 or m2 or m3), int(d1 or d2 or d3)
    if int(year) not in YEARS:
        raise ValueError(year)
    if hour is None:
        return date(int(year), month, dom)
    clock = int(hour), int(minute or minute2 or 0), int(second or second2 or 0)
    return datetime(int(year), month, dom, *clock)


def count(written: str, column: Column) -> Reading:
    """A whole number, zero or more."""
    found = number(written, column)
    if isinstance(found.value, Decimal) and found.value < 0:
        return _unfit("须是零或正整数", "a whole number, zero or more, is needed here")
    return found


def number(written: str, column: Column) -> Reading:
    """A whole number; thousands may be grouped, and the column's unit may follow."""
    bare = _bare(written, column)
    if isinstance(bare, Reading):
        return bare
    parts = _WHOLE.fullmatch(bare)
    if parts is None:
        return _unfit("须是整数", "a whole number is needed here")
    return Reading(Kind.NUMBER, Decimal(parts[1] + parts[2].replace(",", "")))


def amount(written: str, column: Column) -> Reading:
    """An exact decimal in the written unit."""
    bare = _bare(written, column)
    if isinstance(bare, Reading):
        return bare
    parts = _DECIMAL.fullmatch(bare)
    if parts is None:
        return _unfit("须是数，可以有小数", "a number is needed here, with decimals if need be")
    return Reading(Kind.NUMBER, Decimal(parts[1] + parts[2].replace(",", "") + (parts[3] or "")))


READERS: Mapping[FieldType, Callable[[str, Column], Reading]] = {
    "text": text,
    "flag": flag,
    "date": day,
    "moment": moment,
    "count": count,
    "number": number,
    "amount": amount,
}
"""The function of each type a column may have."""


def marked(written: str) -> Reading:
    """The reading of a text the file's reader has marked as no value."""
    return Reading(Kind.UNREADABLE, None, WHY[written[1]])


def as_written(written: str) -> str:
    """A text without the mark."""
    return written[2:] if written[:1] == MARK else written


def _bare(written: str, column: Column | None = None) -> str | Reading:
    """The text of a number or date in its plain form, or what it is instead."""
    if written[:1] == MARK:
        return marked(written)
    bare = view(written).strip()
    if not bare:
        return BLANK
    if bare in SLASHES or bare.casefold() in _NOTHING:
        return SLASH
    if column is not None and column.unit is not None:
        bare = bare.removesuffix(view(column.unit.zh)).rstrip()
    return bare[:_LONGEST] if len(bare) <= _LONGEST else "?"


def _choice(stripped: str, column: Column) -> Reading:
    found = _terms(tuple(column.choices.items())).get(term(stripped))
    if found is not None:
        return Reading(Kind.TEXT, found)
    if not stripped:
        return BLANK
    if stripped in SLASHES:
        return SLASH
    listed = list(dict.fromkeys(column.choices.values()))
    shown, more = "、".join(listed[:_LISTED]), "……" if len(listed) > _LISTED else ""
    return _unfit(f"须是以下之一：{shown}{more}", f"one of these is needed here: {shown}{more}")


@lru_cache(maxsize=256)
def _terms(choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {term(spelling): canonical for spelling, canonical in choices}


def _unfit(zh: str, en: str) -> Reading:
    return Reading(Kind.UNREADABLE, None, Bilingual(zh, en))
