"""Places on an OFD page: every object has its own coordinates, brought to those of the page by its matrix
(CTM) and the corner of its boundary; millimetres become points on the way."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from checker.readers._ofd.package import MILLIMETRE, numbers
from checker.readers._ruled import Segment

if TYPE_CHECKING:
    from lxml.etree import _Element

Point = tuple[float, float]

FARTHEST = 100_000.0
"""Points; nothing on a page is farther away."""
_THIN = 3.0
"""Points; a filled surface no thicker is a rule, a thicker one a background."""
_SHORTEST = 0.5
_OBLIQUE = 0.7
"""Points by which a rule may miss being parallel to the edge."""
_MARGIN = MILLIMETRE


@dataclass(frozen=True, slots=True)
class Matrix:
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def of(self, inner: "Matrix") -> "Matrix":
        """First the inner one, then this."""
        e, f = self.at(inner.e, inner.f)
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )

    def box(self, left: float, top: float, right: float, bottom: float) -> Segment | None:
        """The upright box around a box; None where it lies beyond everything."""
        across = sorted((self.a * left, self.a * right)), sorted((self.c * top, self.c * bottom))
        down = sorted((self.b * left, self.b * right)), sorted((self.d * top, self.d * bottom))
        start = (across[0][0] + across[1][0] + self.e, down[0][0] + down[1][0] + self.f)
        end = (across[0][1] + across[1][1] + self.e, down[0][1] + down[1][1] + self.f)
        return Segment(*start, *end) if all(abs(v) < FARTHEST for v in (*start, *end)) else None

    def turn(self) -> int | None:
        """Quarter turns clockwise from upright, None where it stands askew."""
        degrees = math.degrees(math.atan2(self.b, self.a))
        quarters = round(degrees / 90)
        return quarters % 4 if abs(degrees - quarters * 90) < 8 else None


PAGE = Matrix(MILLIMETRE, 0, 0, MILLIMETRE)


def quarter(degrees: float) -> Matrix:
    """A turn about the origin, clockwise, to the nearest right angle."""
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[round(degrees / 90) % 4]
    return Matrix(cosine, sine, -sine, cosine)


def around(points: list[Point]) -> Segment | None:
    """The upright box around points; None where one lies beyond everything."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not points or not all(abs(v) < FARTHEST for v in (*xs, *ys)):
        return None
    return Segment(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Placed:
    """An object on the page: the matrix of its coordinates, and the boundary beyond which it is not drawn."""

    matrix: Matrix
    clip: Segment | None


def placed(element: "_Element", outer: Matrix) -> Placed | None:
    """Where an object stands; None where its attributes are no place."""
    boundary, own = numbers(element.get("Boundary")), numbers(element.get("CTM"))
    if len(boundary) != 4 or len(own) not in (0, 6):
        return None
    left, top, width, height = boundary
    matrix = outer.of(Matrix(e=left, f=top)).of(Matrix(*own))
    bounds = outer.box(left, top, left + width, top + height)
    if bounds is None or not all(abs(v) < FARTHEST for v in (matrix.a, matrix.b, matrix.c, matrix.d)):
        return None
    return Placed(matrix, bounds if width or height else None)


@dataclass(slots=True)
class Outline:
    """The corners of one part of a path on the page; curved: the ordinals of those a curve leads to."""

    points: list[Point]
    curved: set[int]

    def rules(self, *, stroked: bool, filled: bool) -> Iterator[Segment]:
        """The lines of the outline parallel to an edge; a thin surface is one line."""
        box = around(self.points)
        if box is None:
            return
        if stroked:
            yield from self._lines()
        elif filled and min(box.right - box.left, box.bottom - box.top) <= _THIN and not self.curved:
            yield _middle(box)

    def _lines(self) -> Iterator[Segment]:
        for number, ((x, y), (right, bottom)) in enumerate(pairwise(self.points), start=1):
            oblique, length = sorted((abs(right - x), abs(bottom - y)))
            if number not in self.curved and oblique <= _OBLIQUE and length >= _SHORTEST:
                yield Segment(min(x, right), min(y, bottom), max(x, right), max(y, bottom))


def _middle(box: Segment) -> Segment:
    """The line through a thin box."""
    if box.right - box.left >= box.bottom - box.top:
        y = (box.top + box.bottom) / 2
        return Segment(box.left, y, box.right, y)
    x = (box.left + box.right) / 2
    return Segment(x, box.top, x, box.bottom)


def within(segment: Segment, clip: Segment | None) -> Segment | None:
    """The part of a rule inside a boundary, with a margin for the thickness of lines."""
    if clip is None:
        return segment
    left, right = max(segment.left, clip.left - _MARGIN), min(segment.right, clip.right + _MARGIN)
    top, bottom = max(segment.top, clip.top - _MARGIN), min(segment.bottom, clip.bottom + _MARGIN)
    return Segment(left, top, right, bottom) if left <= right and top <= bottom else None


def turned(segment: Segment, quarters: int, width: float, height: float) -> Segment:
    """A box on a page of that size after so many quarter turns of the page against the clock."""
    for _ in range(quarters % 4):
        segment = Segment(segment.top, width - segment.right, segment.bottom, width - segment.left)
        width, height = height, width
    return segment
