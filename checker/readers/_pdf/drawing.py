"""The rules and pictures drawn on a PDF page."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from checker.readers._pdf import limits
from checker.readers._pdf.characters import is_hidden
from checker.readers._pdf.geometry import Area, Matrix, Point, clamped, matrix_of, moved, times

_NESTING = 12
_CLIPS = 8
_CORNERS = 8
_THIN = 3.0
"""Points; a filled rectangle no thicker than this is a rule, a thicker one a background."""
_SLANT = 0.5
_STRIDE = 8.0
"""Points from one dot of a dotted rule to the next."""
_SEGMENTS = ("段线条", "path segments")


@dataclass(slots=True)
class Drawing:
    """What is drawn besides characters.

    area: the page. lines: both ends of every axis-parallel line, thin rectangles among them, as far as they
    can be seen, in PDF's coordinates. cuts: from where to where a line goes on unseen.
    pictures: how many images, and pictured: the area of all of them, in square points.
    """

    area: Area
    lines: list[tuple[Point, Point]] = field(default_factory=list)
    cuts: list[tuple[Point, Point]] = field(default_factory=list)
    has_hidden_text: bool = False
    pictures: int = 0
    pictured: float = 0.0
    count: int = 0
    segments: int = 0
    pieces: int = 0
    dot: Point | None = None
    """The last dot drawn, where nothing else was drawn since."""

    def walk(
        self,
        container: Any,
        counted: Callable[[Any], int],
        at: Callable[[Any, int], Any],
        outer: Matrix,
        depth: int,
    ) -> None:
        from pypdfium2 import raw

        for index in range(counted(container)):
            self.count += 1
            limits.check(self.count, limits.OBJECTS, "个对象", "objects")
            drawn_object = at(container, index)
            kind = raw.FPDFPageObj_GetType(drawn_object)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn_object, outer)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self.has_hidden_text = self.has_hidden_text or is_hidden(drawn_object)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, *_ = times(matrix_of(drawn_object), outer)
                self.pictures += 1
                self.pictured += abs(a * d - b * c)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTING:
                inner = times(matrix_of(drawn_object), outer)
                self.walk(
                    drawn_object, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1
                )

    def _path(self, path: Any, outer: Matrix) -> None:
        from pypdfium2 import raw

        count = raw.FPDFPath_CountSegments(path)
        self.pieces += count
        limits.check(self.pieces, limits.PIECES, *_SEGMENTS)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not (fill.value or stroke.value):
            return
        matrix = times(matrix_of(path), outer)
        outlines = list(_outlines(path, count, matrix))
        dots = sum(len(outline) for outline in outlines if self._is_next_dot(outline))
        self.segments += max(0, count - dots)
        limits.check(self.segments, limits.SEGMENTS, *_SEGMENTS)
        for outline in outlines:
            straight = [(a, b) for a, b in pairwise(outline) if _is_straight(a, b)]
            self._add(straight if stroke.value else _thin(outline), _seen(path, outer, self.area))

    def _is_next_dot(self, outline: list[Point]) -> bool:
        """Whether an outline is a dot beside or below the one before it, as browsers draw dotted and dashed
        rules."""
        before, self.dot = self.dot, _dot(outline)
        if before is None or self.dot is None:
            return False
        across, down = abs(self.dot[0] - before[0]), abs(self.dot[1] - before[1])
        return min(across, down) <= _SLANT < max(across, down) <= _STRIDE

    def _add(self, lines: list[tuple[Point, Point]], seen: Area) -> None:
        """Keep of each line what can be seen, and where it is cut off."""
        for a, b in lines:
            start, end = clamped(a, seen), clamped(b, seen)
            along = 0 if abs(a[0] - b[0]) >= abs(a[1] - b[1]) else 1
            if abs(start[1 - along] - a[1 - along]) > _THIN:
                continue
            if start[along] != end[along]:
                self.lines.append((start, end))
            for point, kept in ((a, start), (b, end)):
                if abs(kept[along] - point[along]) > _THIN:
                    self.cuts.append((kept, point))


def _dot(outline: list[Point]) -> Point | None:
    """The middle of an outline that is no larger than a rule is thick."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    if max(max(xs) - min(xs), max(ys) - min(ys)) > _THIN:
        return None
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _seen(path: Any, outer: Matrix, seen: Area) -> Area:
    """The part of an area to which a path is clipped; clips that are no rectangles change nothing."""
    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(_CLIPS, raw.FPDFClipPath_CountPaths(clip) if clip else 0)):
        count = raw.FPDFClipPath_CountPathSegments(clip, index)
        corners = []
        for number in range(count if 4 <= count <= _CORNERS else 0):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, number), x, y)
            corners.append(moved((x.value, y.value), outer))
        if corners:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            seen = max(seen[0], min(xs)), max(seen[1], min(ys)), min(seen[2], max(xs)), min(seen[3], max(ys))
    return seen


def _outlines(path: Any, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The corners of each part of a path; closed parts end where they began. Curves break a part."""
    from pypdfium2 import raw

    corners: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO:
            if len(corners) > 1:
                yield corners
            corners = []
        corners.append(moved((x.value, y.value), matrix))
        if raw.FPDFPathSegment_GetClose(segment) and corners[0] != corners[-1]:
            corners.append(corners[0])
    if len(corners) > 1:
        yield corners


def _is_straight(a: Point, b: Point) -> bool:
    return a != b and (abs(a[0] - b[0]) <= _SLANT or abs(a[1] - b[1]) <= _SLANT)


def _thin(outline: list[Point]) -> list[tuple[Point, Point]]:
    """A filled shape as a rule, if it is a thin rectangle."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    upright = all(_is_straight(a, b) for a, b in pairwise(outline) if a != b)
    if not upright or min(right - left, top - bottom) > _THIN:
        return []
    if right - left >= top - bottom:
        middle = (bottom + top) / 2
        return [((left, middle), (right, middle))]
    middle = (left + right) / 2
    return [((middle, bottom), (middle, top))]
