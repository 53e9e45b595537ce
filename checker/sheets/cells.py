"""What stands in one cell, as one would type it: 10 is a number, 40% a share, 2024-03-05 a day, '10 a text.

A grid holds nothing but such texts, so that a ruleset file can keep them and a person can read them.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from checker.ledgers.workbook import Area, column_number

Value: TypeAlias = Decimal | bool | date | time | str


class Share(NamedTuple):
    """A number shown as a percentage: 40% is Share(40)."""

    percent: Decimal


_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_CLOCK = re.compile(r"\d\d:\d\d:\d\d")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_SIGN = "'"


def value_of(typed: str) -> Value | Share:
    """What a spreadsheet would make of it."""
    if typed.startswith(_SIGN):
        return typed.removeprefix(_SIGN)
    if typed in ("TRUE", "FALSE"):
        return typed == "TRUE"
    if _NUMBER.fullmatch(typed):
        return Decimal(typed)
    if typed.endswith("%") and _NUMBER.fullmatch(typed[:-1]):
        return Share(Decimal(typed[:-1]))
    return _dated(typed)


def _dated(typed: str) -> date | time | str:
    try:
        if _DAY.fullmatch(typed):
            return date.fromisoformat(typed)
        if _MOMENT.fullmatch(typed):
            return datetime.fromisoformat(typed)
        if _CLOCK.fullmatch(typed):
            return time.fromisoformat(typed)
    except ValueError:
        pass
    return typed


def typed_text(text: str) -> str:
    """A text as one would type it so that it stays a text."""
    taken = text.startswith(_SIGN) or not isinstance(value_of(text), str)
    return f"{_SIGN}{text}" if taken else text


def shown(typed: str) -> str:
    """The text a reader sees."""
    return typed.removeprefix(_SIGN)


def reference(row: int, column: int) -> str:
    """C5: a row from 1 and a column from 0."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """A, B … AA for 0, 1 … 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area_text(area: Area) -> str:
    """A1:C3"""
    return f"{reference(area.top, area.left)}:{reference(area.bottom, area.right)}"


def area_of(text: str) -> Area:
    """The block of cells A1:C3 names. Raises ValueError if it names none."""
    first, _, last = text.partition(":")
    found = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not found[0] or not found[1]:
        raise ValueError(text)
    area = Area(int(found[0][2]), column_number(found[0][1]), int(found[1][2]), column_number(found[1][1]))
    if area.bottom < area.top or area.right < area.left:
        raise ValueError(text)
    return area
