"""What one table cell says: a number, a blank, a slash, text, or nothing that can be told."""

import re
from decimal import Decimal

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind
from checker.forms.template import Column
from checker.location import Location

# Kept apart from the comparison view, where these are plain spaces: a plain space separates nothing.
_THIN = "\u00a0\u2007\u2008\u2009\u200a\u202f\u2005\u2006"
_GROUPED = re.compile(rf"-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|-?\d{{1,3}}(?:[{_THIN}]\d{{3}})+(?:\.\d+)?")
_PLAIN = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?")
_SLASH = re.compile(r"[/\\∕⁄|-]+|不适用|[Nn]/[Aa]")
_DIGITS = re.compile(r"[-\d.,\s]*\d[-\d.,\s]*")

YUAN_TO_TEN_THOUSAND = 4
"""Powers of ten."""

MOST_DIGITS = 12
"""Before the decimal point; no office counts further, and sums stay within 64 bits."""

TOO_LONG = Bilingual(
    "数字太长，可能是几格连在一起", "the number is too long; several cells may have run together"
)
LEADING_ZERO = Bilingual(
    "数字以 0 开头，可能是几格连在一起", "begins with 0; several cells may have run together"
)
UNREAD = Bilingual("有字符读不出，数字无法确定", "a character could not be read; the number cannot be told")
SEPARATED = Bilingual("数字之间有空格，可能是几格", "blanks between the digits; there may be several cells")


def read_cell(text: str, column: Column, location: Location) -> Fact:
    """One separate cell, read as it stands; `location` is kept as the only place."""
    words = comparison.view(text).strip()
    if not words:
        return Fact(Kind.BLANK, None, "", (location,))
    if comparison.UNREAD.search(text):
        return Fact(Kind.UNREADABLE, None, text.strip(), (location,), UNREAD)
    if _SLASH.fullmatch("".join(words.split())):
        return Fact(Kind.SLASH, None, text.strip(), (location,))
    number = plain_number(text, column)
    if number is not None and number.adjusted() >= MOST_DIGITS:
        return Fact(Kind.UNREADABLE, None, text.strip(), (location,), TOO_LONG)
    if number is not None:
        return Fact(Kind.NUMBER, number, text.strip(), (location,))
    if _DIGITS.fullmatch(words):
        note = SEPARATED if len(words.split()) > 1 else LEADING_ZERO
        return Fact(Kind.UNREADABLE, None, text.strip(), (location,), note)
    return Fact(Kind.TEXT, text.strip(), text.strip(), (location,), _gloss(words))


def plain_number(text: str, column: Column) -> Decimal | None:
    """The number a cell consists of; its own unit after it (件; 万元 for money) changes nothing."""
    folded = "".join(c if c in _THIN else v for c, v in zip(text, comparison.view(text), strict=True))
    words = folded.strip(" \n" + _THIN)
    unit = "万元" if column.amount else "件"
    words, scale = words.removesuffix(unit).rstrip(), 0
    if column.any_unit and words.endswith("元"):
        words, scale = words.removesuffix("元").rstrip(), -YUAN_TO_TEN_THOUSAND
    if _GROUPED.fullmatch(words):
        return Decimal(re.sub(f"[,{_THIN}]", "", words)).scaleb(scale)
    return Decimal(words).scaleb(scale) if _PLAIN.fullmatch(words) else None


def _gloss(words: str) -> Bilingual | None:
    opening = re.match(r"(-?\d+(?:\.\d+)?)\s*[(\[]", words)
    if opening is None:
        return None
    number = opening[1]
    return Bilingual(f"数字 {number} 后面带有说明", f"the number {number} is followed by a remark")


def looks_like_value(text: str) -> bool:
    """Whether a cell holds a figure, a slash or a figure with a remark rather than a label."""
    words = comparison.view(text).strip()
    if not words:
        return False
    if _SLASH.fullmatch("".join(words.split())):
        return True
    if comparison.UNREAD.search(words):
        return not re.search(r"[^\W\d]", comparison.UNREAD.sub("", words))
    return bool(re.match(r"[-+]?\d[\d,.\s]*(?:$|[(\[%‰件个条次项万元])", words))
