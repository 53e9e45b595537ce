"""The characters of an OFD text object, and how far apart the file sets them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median_low
from typing import TYPE_CHECKING

from checker.readers._ofd.geometry import Matrix, quarter
from checker.readers._ofd.package import children, numbers

if TYPE_CHECKING:
    from lxml.etree import _Element

UNKNOWN = "\ufffd"
"""Stands for a shape to which the file gives no character."""

_ASCENT, _DESCENT = 0.85, 0.15
"""Of the size, above and below the line characters stand on."""
_SPREAD, _NARROW_SPREAD, _MARK_SPREAD = 1.6, 0.95, 5.0
"""Of the size: how much room an ideograph, a letter or digit, and a lone punctuation mark may take at most;
some makers measure the size of a mark by its ink."""
_LEAST = 0.2
"""Of the size; no character has less room, whatever the boundary of its object says."""
_EVEN_SPREAD = 1.1
"""Of the size: digits set so far apart at most, and evenly, are one number."""
_BLANK = 1.2
"""Of its usual room: with more a character stands before a blank."""
_GAP, _GROUP_GAP, _APART = 0.2, 0.6, 2.0
"""Of the size: the least room between digits that are not one number, the most between groups of three, and
what is no blank but another place."""
_GROUPED = re.compile(r"(?<!\d[=_])(?<![,.]=)(?:\d=){0,2}\d_(?:\d=\d=\d_)*\d=\d=\d(?![=_]\d)")
"""A number whose thousands are set apart, each character followed by its sign; see `Run._sign`."""
_DELTA = re.compile(r"g\s+(\d{1,9})\s+([-+.\deE]+)|([-+.\deE]+)")


Step = tuple[float, float]
"""How far the next character stands to the right and below."""
_Sort = tuple[str, float]
"""The category of a character and its width: those of one sort have the same room."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A character, its matrix in the object, and left, top, right and bottom in that."""

    text: str
    matrix: Matrix
    box: tuple[float, float, float, float]


class Run:
    """The characters of a text object, in its own coordinates."""

    def __init__(self, element: "_Element", size: float) -> None:
        self._element = element
        self._size = size
        self._scale = _one(element, "HScale", 1.0) or 1.0
        self._turn = quarter(_one(element, "CharDirection", 0.0))
        boundary = numbers(element.get("Boundary"))
        self._end = boundary[2] if len(boundary) == 4 and element.get("CTM") is None else 0.0
        self._reads_down = _one(element, "ReadDirection", 0.0) % 180 == 90
        self._x = self._y = 0.0

    def characters(self) -> Iterator[Placing]:
        """All characters; where a TextCode gives no place, that of the one before it holds."""
        codes = list(children(self._element, "TextCode"))
        shapes = 0
        if not any(code.text for code in codes):
            shapes = sum(len(numbers(e.text)) for e in self._element.iter("{*}Glyphs"))
        for code in codes:
            text = _text_of(code) or UNKNOWN * shapes
            shapes = 0
            yield from self._placings(code, text)

    def _placings(self, code: "_Element", text: str) -> Iterator[Placing]:
        self._x, self._y = _one(code, "X", self._x), _one(code, "Y", self._y)
        x, y = self._x, self._y
        steps = self._steps(code, text)
        widths = list(self._widths(text, steps, x))
        blanks = self._blanks(text, steps, widths)
        for number, (character, (dx, dy), width) in enumerate(zip(text, steps, widths, strict=True)):
            yield self._placing(character, x, y, width)
            if number in blanks:
                yield self._placing(blanks[number], x + width, y, dx - width)
            x, y = x + dx, y + dy

    def _placing(self, character: str, x: float, y: float, width: float) -> Placing:
        box = (0.0, -_ASCENT * self._size, width, _DESCENT * self._size)
        return Placing(character, Matrix(e=x, f=y).of(self._turn), box)

    def _widths(self, text: str, steps: Sequence[Step], x: float) -> Iterator[float]:
        """The own width of each character of a run that starts at x."""
        usual, before = _usual(text, steps, _SPREAD * self._size * self._scale), 0.0
        for number, (character, (dx, dy)) in enumerate(zip(text, steps, strict=True), start=1):
            room = dx if number < len(text) else self._end - x
            level = abs(dy) < self._size / 2
            width = self._width_in(room, character, before, usual) if level else self._natural(character)
            before = width if level else 0.0
            yield width
            x += dx

    def _blanks(self, text: str, steps: Sequence[Step], widths: Sequence[float]) -> dict[int, str]:
        """The blanks between digits that the file sets apart, by the number of the digit before each.

        One that does not break where it stands between groups of three, as the sign for thousands.
        """
        unit = self._size * self._scale
        gaps = [dx - width for (dx, _), width in zip(steps, widths, strict=True)]
        signs = [self._sign(text[n : n + 2], gaps[n], dy) for n, (_, dy) in enumerate(steps)]
        pairs = "".join(f"{character}{sign}" for character, sign in zip(text, signs, strict=True))
        grouped = {n // 2 for m in _GROUPED.finditer(pairs) for n in range(m.start(), m.end())}
        return {
            n: "\xa0" if n in grouped and gaps[n] <= _GROUP_GAP * unit else " "
            for n, sign in enumerate(signs)
            if sign == "_"
        }

    def _sign(self, pair: str, gap: float, down: float) -> str:
        """`=` for nothing between two characters, `_` for a blank between digits, `|` for another place."""
        unit = self._size * self._scale
        if down or gap > _APART * unit:
            return "|"
        return "_" if len(pair) == 2 and pair.isdecimal() and gap >= _GAP * unit else "="

    def _width_in(self, room: float, character: str, before: float, usual: dict[_Sort, float]) -> float:
        """What of the room up to the next character, or to the end of the object, is the character's own.

        A digit or an ideograph with more room than others of its kind stands before a blank.
        """
        unit = self._size * self._scale
        if unicodedata.category(character)[0] == "P" and not before:
            most = _MARK_SPREAD * unit
        else:
            most = (_SPREAD if _width(character) == 1 else _NARROW_SPREAD) * unit
        own = usual.get(_sort(character), 0.0)
        if 0 < own <= max(most, _EVEN_SPREAD * unit):
            return room if _LEAST * unit < room <= _BLANK * own else own
        return room if _LEAST * unit < room <= most else self._natural(character)

    def _natural(self, character: str) -> float:
        return _width(character) * self._size * self._scale

    def _steps(self, code: "_Element", text: str) -> list[Step]:
        """How far the next character stands from each; nothing after the last."""
        count = max(len(text) - 1, 0)
        across, down = _deltas(code.get("DeltaX"), count), _deltas(code.get("DeltaY"), count)
        if not across and not down:
            natural = [_width(c) * self._size for c in text[:-1]]
            across = [] if self._reads_down else [width * self._scale for width in natural]
            down = natural if self._reads_down else []
        nothing = [0.0] * count
        return [*zip(across or nothing, down or nothing, strict=True), (0.0, 0.0)][: len(text)]


def _usual(text: str, steps: Sequence[Step], most: float) -> dict[_Sort, float]:
    """How much room digits and ideographs of a run usually have, leaps beyond the most left aside."""
    found: dict[_Sort, list[float]] = {}
    for character, (dx, _) in zip(text, steps, strict=True):
        if 0 < dx <= most and _sort(character)[0] in ("Nd", "Lo"):
            found.setdefault(_sort(character), []).append(dx)
    return {sort: median_low(rooms) for sort, rooms in found.items() if len(rooms) > 1}


def _sort(character: str) -> _Sort:
    return unicodedata.category(character), _width(character)


def _deltas(value: str | None, count: int) -> list[float]:
    """So many distances, `g 3 2.5` standing for 2.5 three times; the last goes on where there are too few."""
    found: list[float] = []
    for match in _DELTA.finditer(value or ""):
        distance = numbers(match[2] or match[3])[:1]
        times = int(match[1]) if match[1] else 1
        found += islice(distance * min(times, count), count - len(found))
        if len(found) >= count:
            break
    return found + found[-1:] * (count - len(found))


def _one(element: "_Element", name: str, default: float) -> float:
    return next(iter(numbers(element.get(name))), default)


def _text_of(code: "_Element") -> str:
    """The characters as they are drawn; an indented file puts line breaks around them."""
    text = code.text or ""
    if "\n" in text:
        text = "".join(line.strip() for line in text.splitlines())
    return text.replace("\t", " ")


def _width(character: str) -> float:
    """Of the size."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
