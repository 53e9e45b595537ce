"""The numbers a browser puts before the items of a list."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.I)
_WHOLE = re.compile(r"\s*-?\d{1,6}\s*")
_NUMBERED = re.compile(r"[\s(（]*(?:[\d０-９]{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}[、)）])")
_CHINESE = ("cjk-ideographic", "chinese-informal", "chinese-formal")
_DIGITS = "〇一二三四五六七八九"


def markers(root: "_Element") -> "dict[_Element, str]":
    """What stands before each item of the numbered lists that does not bring a number of its own."""
    return {item: marker for each in root.iter("ol") for item, marker in _of_list(each)}


def _of_list(numbered: "_Element") -> "Iterator[tuple[_Element, str]]":
    style = _STYLE.search(numbered.get("style") or "")
    kind = style[1].lower() if style else numbered.get("type") or "1"
    number = _number(numbered.get("start"), 1)
    for item in numbered.iterchildren("li"):
        number = _number(item.get("value"), number)
        marker = _marker(kind, number)
        if marker and not _NUMBERED.match(_start_of(item)):
            yield item, marker
        number += 1


def _number(value: str | None, default: int) -> int:
    return int(value) if value and _WHOLE.fullmatch(value) else default


def _marker(kind: str, number: int) -> str:
    """Nothing where the page shows no number, or one of a kind not known here."""
    if any(name in kind for name in _CHINESE):
        return f"{_chinese(number)}、" if 0 < number < 100 else ""
    return f"{number}. " if kind in ("1", "decimal") else ""


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return before + (_DIGITS[ones] if ones else "")


def _start_of(item: "_Element") -> str:
    start = ""
    for text in item.itertext():
        start += str(text).lstrip()
        if len(start) > 8:
            break
    return start
