"""The characters of a PDF page in the order of its content, and where each stands."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.readers._pdf import limits
from checker.readers._pdf.geometry import Area, Placing, placed
from checker.readers._ruled import Glyph

UNMAPPED = "\ufffd"
_BLANKS = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85})
"""Control characters that a font without a mapping may give; drawn, they are blanks and begin no line."""
_LARGE = 40.0
_ASLANT = 8.0
"""Degrees off a quarter turn."""
_INVISIBLE_MODES = (3, 7)  # neither filled nor stroked
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how pdfium gives a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Character:
    """hidden: it is not painted. aslant: it stands aslant, as those of a watermark do."""

    text: str
    box: Area
    ink: Area
    hidden: bool
    aslant: bool


def characters(text: Any, has_hidden: bool, upright: bool) -> Iterator[Character]:
    """The characters of the content stream in its order, without those pdfium adds of its own.

    upright: the text is not turned; the font's boxes of turned text say nothing true.
    """
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text)
    loose = raw.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    number, high = 0, 0
    for index in range(count):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        number += 1
        limits.check(number, limits.CHARACTERS, "个字符", "characters")
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        tight = (left.value, bottom.value, right.value, top.value)
        box = _box(tight, (loose.left, loose.bottom, loose.right, loose.top)) if upright else tight
        hidden = has_hidden and is_hidden(raw.FPDFText_GetTextObject(text, index))
        yield Character(_letter(code, high), box, tight, hidden, _is_aslant(text, index))
        high = 0


def _letter(code: int, high: int) -> str:
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else UNMAPPED
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code in _BLANKS:
        return " "
    return UNMAPPED if code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF else chr(code)


def _box(tight: Area, loose: Area) -> Area:
    """The box of the font around a character; of the ink alone where the font's says nothing true."""
    middle = (tight[1] + tight[3]) / 2
    wide, tall = loose[2] - loose[0], loose[3] - loose[1]
    if wide <= 0 or tall <= 0 or not loose[1] <= middle <= loose[3]:
        return tight
    inked = max(tight[2] - tight[0], tight[3] - tight[1])
    return tight if max(wide, tall) > max(_LARGE, 4 * inked) else loose  # as in rotated text


def is_hidden(text_object: Any) -> bool:
    from pypdfium2 import raw

    return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) in _INVISIBLE_MODES


def usual_angle(text: Any) -> int | None:
    """How far the page has to be turned clockwise for most of its text to stand upright, in degrees."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text)
    angles: Counter[int] = Counter()
    for index in range(0, count, max(1, count // 200)):
        if raw.FPDFText_IsGenerated(text, index) != 1 and raw.FPDFText_GetUnicode(text, index) != 0x20:
            angles[-round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4 * 90] += 1
    most = max(angles, key=lambda a: angles[a], default=0)
    return most if angles[most] * 2 > sum(angles.values()) else None


def _is_aslant(text: Any, index: int) -> bool:
    """Told by the base line of a character, which letters made to lean keep."""
    from pypdfium2 import raw

    m = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, m):
        return False
    degrees = math.degrees(math.atan2(m.b, m.a))
    return abs(degrees - round(degrees / 90) * 90) > _ASLANT


def glyph_of(character: Character, place: Placing) -> Glyph:
    left, top, right, bottom = placed(character.box, place)
    _, highest, _, lowest = placed(character.ink, place)
    return Glyph(character.text, left, top, right, bottom, (highest, lowest))


def is_inside(glyph: Glyph, width: float, height: float) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= width and 0 <= y <= height
