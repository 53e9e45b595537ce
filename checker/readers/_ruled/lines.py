"""From characters to lines of text, in a cell or on a page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from checker.comparison import INVISIBLE
from checker.readers._ruled.page import IDEOGRAPH, Glyph

Box = tuple[float, float, float, float]

_WORD_GAP = 0.3
_COLUMN_GAP = 1.8
_RUN_GAP = 0.6
_DOUBLED = 0.15
_MOST_NEAR = 20
_DIGIT_GAP, _GROUP_GAP = 0.15, 0.6
_APART = "\0"
_GROUPED = re.compile(rf"(?<![\d,.{_APART}])\d{{1,3}}(?:{_APART}\d{{3}})+(?![\d,{_APART}])")
"""Thousands that a small gap sets apart, as a blank that does not break does."""


@dataclass(frozen=True)
class Line:
    """Characters that stand on one line, from left to right.

    number: the place of its first character in the order of the file. ended: white space follows its
    last character in the file.
    """

    glyphs: tuple[Glyph, ...]
    number: int
    ended: bool = False

    @cached_property
    def inked(self) -> tuple[Glyph, ...]:
        """The characters without white space, whose boxes say nothing."""
        return tuple(g for g in self.glyphs if not g.text.isspace())

    @cached_property
    def box(self) -> Box:
        inked = self.inked
        return (
            min(g.left for g in inked),
            min(g.top for g in inked),
            max(g.right for g in inked),
            max(g.bottom for g in inked),
        )

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]

    @cached_property
    def middle(self) -> float:
        """Where the line stands on the page: a median, as single characters may have odd boxes."""
        return median((g.top + g.bottom) / 2 for g in self.inked)

    @cached_property
    def size(self) -> float:
        """The width of an ideograph of this line in points, or an estimate of it."""
        wide = [g.right - g.left for g in self.inked if g.text >= IDEOGRAPH and g.right > g.left]
        return median(wide or [max(1.0, g.bottom - g.top) for g in self.inked])

    @property
    def is_ideographic(self) -> bool:
        """Whether its size is that of an ideograph and no estimate."""
        return any(g.text >= IDEOGRAPH for g in self.inked)

    @cached_property
    def text(self) -> str:
        parts = [self.glyphs[0].text]
        for before, after in pairwise(self.glyphs):
            parts += [_between(before, after, self.size), after.text]
        grouped = _GROUPED.sub(lambda found: found[0].replace(_APART, "\xa0"), "".join(parts))
        return INVISIBLE.sub("", grouped.replace(_APART, " ")).strip()


def _between(before: Glyph, after: Glyph, size: float) -> str:
    """The blank a gap stands for: none beside an ideograph unless it is wide, none beside a real one.

    Between digits the least gap is one: better two numbers that cannot be read than one that is not there.
    """
    if before.text.isspace() or after.text.isspace():
        return ""
    gap = after.left - before.right
    if before.text.isdigit() and after.text.isdigit() and gap <= _GROUP_GAP * size:
        return _APART if gap > _DIGIT_GAP * size else ""
    narrow = before.text < IDEOGRAPH and after.text < IDEOGRAPH
    return " " if gap > (_WORD_GAP if narrow else 1.0) * size else ""


def without_doubles(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], int]:
    """The glyphs without those drawn again a hair's breadth beside themselves to look bold, and how many."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        x, y = int(glyph.left // 4), int(glyph.top // 4)
        if not glyph.text.isspace() and any(
            _is_double(glyph, other)
            for column in (x - 1, x, x + 1)
            for row in (y - 1, y, y + 1)
            for other in seen.get((glyph.text, column, row), [])[:_MOST_NEAR]
        ):
            continue
        seen.setdefault((glyph.text, x, y), []).append(glyph)
        kept.append(glyph)
    return kept, len(glyphs) - len(kept)


def _is_double(glyph: Glyph, other: Glyph) -> bool:
    near = _DOUBLED * min(glyph.right - glyph.left, glyph.bottom - glyph.top)
    return abs(glyph.left - other.left) <= near and abs(glyph.top - other.top) <= near


# Lines of a page


def page_lines(glyphs: Iterable[tuple[int, Glyph]]) -> list[Line]:
    """The lines of characters numbered in the order of the file; a wide gap parts a line in two."""
    rows = _rows(_runs(glyphs))
    return [line for row in rows for line in _parted(row)]


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side, together, from top to bottom and left to right."""
    return _rows(lines)


def _runs(glyphs: Iterable[tuple[int, Glyph]]) -> list[Line]:
    """Neighbours in the order of the file that follow each other on a line."""
    runs: list[Line] = []
    current: list[Glyph] = []
    first = 0
    for number, glyph in glyphs:
        if glyph.text.isspace() or not INVISIBLE.sub("", glyph.text):
            if current:
                current.append(glyph)
            continue
        if current and not _follows(current, glyph):
            runs.append(_line(current, first))
            current = []
        if not current:
            first = number
        current.append(glyph)
    if current:
        runs.append(_line(current, first))
    return runs


def _line(glyphs: list[Glyph], number: int) -> Line:
    kept = list(glyphs)
    while kept[-1].text.isspace():
        kept.pop()
    return Line(tuple(kept), number, len(kept) < len(glyphs))


def _follows(run: list[Glyph], glyph: Glyph) -> bool:
    before = next(g for g in reversed(run) if not g.text.isspace())
    size = max(glyph.bottom - glyph.top, before.bottom - before.top, 1.0)
    level = _level(before, glyph)
    return level and -0.5 * size <= glyph.left - before.right <= _COLUMN_GAP * size


def _level(one: Glyph, other: Glyph) -> bool:
    """Whether two characters stand on one line: the middle of one is within the height of the other."""
    middle, height = (other.top + other.bottom) / 2, other.bottom - other.top
    if height < (one.bottom - one.top):
        return one.top <= middle <= one.bottom
    return other.top <= (one.top + one.bottom) / 2 <= other.bottom


def _rows(runs: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for run in sorted(runs, key=lambda r: r.middle):
        near = 0.5 * min(run.size, rows[-1][0].size) if rows else 0.0
        if rows and run.middle - rows[-1][0].middle <= near:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda r: r.left) for row in rows]


def _parted(row: list[Line]) -> list[Line]:
    """The runs of a row as lines: those with little room between them are one."""
    groups = [[row[0]]]
    for run in row[1:]:
        last = groups[-1][-1]
        together = 0 <= run.number - last.number - len(last.glyphs) <= 3
        room = (_COLUMN_GAP if together else _RUN_GAP) * max(last.size, run.size)
        if run.left - last.right <= room:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_merged(group) for group in groups]


def _blank(before: Line, after: Line) -> Glyph:
    return Glyph(" ", before.right, before.box[1], max(before.right, after.left), before.box[3])


# The text of a cell


def cell_lines(glyphs: Sequence[tuple[int, Glyph]]) -> list[Line]:
    """The lines of a cell: upright text from top to bottom, vertical text in the order of the file."""
    runs = _runs(glyphs)
    if _is_vertical(runs):
        return runs
    return [_merged(row) for row in _rows(runs)]


def _merged(row: list[Line]) -> Line:
    glyphs = list(row[0].glyphs)
    for before, after in pairwise(row):
        glyphs += [_blank(before, after)] if before.ended else []
        glyphs += after.glyphs
    return Line(tuple(glyphs), min(r.number for r in row), row[-1].ended)


def _is_vertical(runs: list[Line]) -> bool:
    """Whether characters stand below each other one by one, as in narrow columns."""
    if len(runs) < 2 or any(sum(1 for g in r.glyphs if not g.text.isspace()) > 2 for r in runs):
        return False
    steps = [
        after.middle > before.middle and min(after.right, before.right) > max(after.left, before.left)
        for before, after in pairwise(runs)
    ]
    return sum(steps) * 2 >= len(steps) and any(r.text >= IDEOGRAPH for r in runs)
