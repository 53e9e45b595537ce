"""Places on a PDF page: points, areas and matrices as PDF has them, and the page as it is shown."""

from collections.abc import Callable
from typing import Any

from checker.readers._ruled import Segment

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, bottom, right, top, as PDF has them."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Placing = Callable[[float, float], Point]
"""From PDF's coordinates to points from the top left corner of the page as it is shown."""


def placing(turn: int, box: Area) -> Placing:
    """From PDF's coordinates to points from the top left corner of the page as it is shown."""
    left, bottom, right, top = box
    if turn == 90:
        return lambda x, y: (y - bottom, x - left)
    if turn == 180:
        return lambda x, y: (right - x, y - bottom)
    if turn == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def placed(area: Area, place: Placing) -> Area:
    """Left, top, right, bottom on the page as it is shown."""
    (x1, y1), (x2, y2) = place(area[0], area[1]), place(area[2], area[3])
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def segment(a: Point, b: Point, place: Placing) -> Segment:
    (x1, y1), (x2, y2) = place(*a), place(*b)
    return Segment(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def is_across(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) > abs(a[1] - b[1])


def clamped(point: Point, area: Area) -> Point:
    return min(max(point[0], area[0]), area[2]), min(max(point[1], area[1]), area[3])


def matrix_of(drawn_object: Any) -> Matrix:
    from pypdfium2 import raw

    m = raw.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(drawn_object, m) else IDENTITY


def times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    o, p, q, r, s, t = outer
    return (a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r, e * o + f * q + s, e * p + f * r + t)


def moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
