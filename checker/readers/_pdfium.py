"""One PDF page as pdfium sees it: characters and rules with their places, and what else is on it."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from checker.readers._ruled import Glyph, Page, Segment

if TYPE_CHECKING:
    import pypdfium2

SEGMENTS = 20_000
CHARACTERS = 50_000
OBJECTS = 200_000
PIECES = 200_000
"""All of one page. Segments: the dots of one rule count as one; pieces: every one of them counts."""

UNMAPPED = "\ufffd"
_BLANKS = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85})
"""Control characters that a font without a mapping may give; drawn, they are blanks and begin no line."""

_NESTING = 12
_CLIPS = 8
_CORNERS = 8
_THIN = 3.0
"""Points; a filled rectangle no thicker than this is a rule, a thicker one a background."""
_SLANT = 0.5
_STRIDE = 8.0
"""Points from one dot of a dotted rule to the next."""
_LARGE = 40.0
_ASLANT = 8.0
"""Degrees off a quarter turn."""
_INVISIBLE_MODES = (3, 7)  # neither filled nor stroked
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # how pdfium gives a hyphen at the end of a line

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, bottom, right, top, as PDF has them."""
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageLimitError(Exception):
    """A page has more on it than any report needs; the argument says how much of what, in both languages."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, and what its text does not tell.

    hidden: characters in the file that are not drawn, or stand aslant as a watermark does; no part of the
    page's glyphs unless `recognised`.
    outside: characters beyond the edge of the page, no part of its glyphs either.
    recognised: the text lies unseen over an image, as text recognition leaves it.
    pictured: the part of the page that images cover, 0 to 1. empty: nothing at all is drawn.
    """

    page: Page
    hidden: int = 0
    outside: int = 0
    recognised: bool = False
    pictured: float = 0.0
    empty: bool = False


def drawn(document: "pypdfium2.PdfDocument", index: int) -> Drawn:
    """The page at `index` (from 0). Raises PageLimitError, and PdfiumError for a page that cannot be read."""
    from pypdfium2 import raw

    page = document[index]
    text = page.get_textpage()
    try:
        found = _Objects(page.get_bbox())
        found.walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _IDENTITY, 0)
        angle = _usual_angle(text.raw)
        characters = list(_characters(text.raw, found.has_hidden_text, upright=not angle))
        left, bottom, right, top = found.area
        turn = page.get_rotation() if angle is None else angle
    finally:
        text.close()
        page.close()
    width, height = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    place = _placing(turn, (left, bottom, right, top))
    pictured = min(1.0, found.pictured / max(1.0, width * height))
    shown = [c for c in characters if not c.hidden]
    recognised = pictured > 0.5 and len(shown) < len(characters) - len(shown)
    kept = characters if recognised else shown
    placed = [_glyph(c, place) for c in kept]
    glyphs = tuple(g for g in placed if _inside(g, width, height))
    outside = sum(1 for g in placed if not g.text.isspace()) - sum(1 for g in glyphs if not g.text.isspace())
    segments = tuple(_segment(a, b, place) for a, b in found.lines)
    hidden = len(characters) - len(shown)
    cuts = {place(*a)[0] for a, b in found.cuts if _is_across(place(*a), place(*b))}
    cuts |= {0.0, width} if outside else set()
    made = Page(index + 1, width, height, glyphs, segments, tuple(sorted(cuts)))
    return Drawn(made, hidden, outside, recognised, pictured, empty=not found.count)


# Characters


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Area
    ink: Area
    hidden: bool


def _characters(text: Any, has_hidden: bool, upright: bool) -> Iterator[_Character]:
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
        if number > CHARACTERS:
            raise PageLimitError(f"超过 {CHARACTERS} 个字符", f"more than {CHARACTERS} characters")
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        tight = (left.value, bottom.value, right.value, top.value)
        box = _box(tight, (loose.left, loose.bottom, loose.right, loose.top)) if upright else tight
        hidden = _is_aslant(text, index) or (
            has_hidden and _is_hidden(raw.FPDFText_GetTextObject(text, index))
        )
        yield _Character(_letter(code, high), box, tight, hidden)
        high = 0


def _letter(code: int, high: int) -> str:
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else UNMAPPED
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code in _BLANKS:
        return " "
    return UNMAPPED if code < 0x20 or 0x7F <= code < 0xA0 or code > 0x10FFFF else chr(code)


def _box(
    tight: tuple[float, float, float, float], loose: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The box of the font around a character; of the ink alone where the font's says nothing true."""
    middle = (tight[1] + tight[3]) / 2
    wide, tall = loose[2] - loose[0], loose[3] - loose[1]
    if wide <= 0 or tall <= 0 or not loose[1] <= middle <= loose[3]:
        return tight
    inked = max(tight[2] - tight[0], tight[3] - tight[1])
    return tight if max(wide, tall) > max(_LARGE, 4 * inked) else loose  # as in rotated text


def _is_hidden(text_object: Any) -> bool:
    from pypdfium2 import raw

    return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) in _INVISIBLE_MODES


def _usual_angle(text: Any) -> int | None:
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
    """Whether a character stands aslant, as those of a watermark do; told by its base line, which letters
    made to lean keep."""
    from pypdfium2 import raw

    m = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, m):
        return False
    degrees = math.degrees(math.atan2(m.b, m.a))
    return abs(degrees - round(degrees / 90) * 90) > _ASLANT


# Places


def _placing(turn: int, box: tuple[float, float, float, float]) -> Callable[[float, float], Point]:
    """From PDF's coordinates to points from the top left corner of the page as it is shown."""
    left, bottom, right, top = box
    if turn == 90:
        return lambda x, y: (y - bottom, x - left)
    if turn == 180:
        return lambda x, y: (right - x, y - bottom)
    if turn == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _glyph(character: _Character, place: Callable[[float, float], Point]) -> Glyph:
    left, top, right, bottom = _placed(character.box, place)
    _, highest, _, lowest = _placed(character.ink, place)
    return Glyph(character.text, left, top, right, bottom, (highest, lowest))


def _placed(area: Area, place: Callable[[float, float], Point]) -> Area:
    """Left, top, right, bottom on the page as it is shown."""
    (x1, y1), (x2, y2) = place(area[0], area[1]), place(area[2], area[3])
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _segment(a: Point, b: Point, place: Callable[[float, float], Point]) -> Segment:
    (x1, y1), (x2, y2) = place(*a), place(*b)
    return Segment(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _is_across(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) > abs(a[1] - b[1])


def _inside(glyph: Glyph, width: float, height: float) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= x <= width and 0 <= y <= height


# Rules and images


@dataclass(slots=True)
class _Objects:
    """What is drawn besides characters.

    area: the page. lines: both ends of every axis-parallel line, thin rectangles among them, as far as they
    can be seen, in PDF's coordinates. cuts: from where to where a line goes on unseen.
    pictured: the area of all images, in square points.
    """

    area: Area
    lines: list[tuple[Point, Point]] = field(default_factory=list)
    cuts: list[tuple[Point, Point]] = field(default_factory=list)
    has_hidden_text: bool = False
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
            if self.count > OBJECTS:
                raise PageLimitError(f"超过 {OBJECTS} 个对象", f"more than {OBJECTS} objects")
            drawn_object = at(container, index)
            kind = raw.FPDFPageObj_GetType(drawn_object)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(drawn_object, outer)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self.has_hidden_text = self.has_hidden_text or _is_hidden(drawn_object)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, *_ = _times(_matrix(drawn_object), outer)
                self.pictured += abs(a * d - b * c)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTING:
                inner = _times(_matrix(drawn_object), outer)
                self.walk(
                    drawn_object, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inner, depth + 1
                )

    def _path(self, path: Any, outer: Matrix) -> None:
        from pypdfium2 import raw

        count = raw.FPDFPath_CountSegments(path)
        self.pieces += count
        _limit(self.pieces, PIECES)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        if not (fill.value or stroke.value):
            return
        matrix = _times(_matrix(path), outer)
        outlines = list(_outlines(path, count, matrix))
        self.segments += 0 if self._is_next_dot(outlines) else count
        _limit(self.segments, SEGMENTS)
        for outline in outlines:
            straight = [(a, b) for a, b in pairwise(outline) if _is_straight(a, b)]
            self._add(straight if stroke.value else _thin(outline), _seen(path, outer, self.area))

    def _is_next_dot(self, outlines: list[list[Point]]) -> bool:
        """Whether a path is a dot beside or below the one before it, as browsers draw dotted rules."""
        before, self.dot = self.dot, _dot(outlines)
        if before is None or self.dot is None:
            return False
        across, down = abs(self.dot[0] - before[0]), abs(self.dot[1] - before[1])
        return min(across, down) <= _SLANT < max(across, down) <= _STRIDE

    def _add(self, lines: list[tuple[Point, Point]], seen: Area) -> None:
        """Keep of each line what can be seen, and where it is cut off."""
        for a, b in lines:
            start, end = _clamped(a, seen), _clamped(b, seen)
            along = 0 if abs(a[0] - b[0]) >= abs(a[1] - b[1]) else 1
            if abs(start[1 - along] - a[1 - along]) > _THIN:
                continue
            if start[along] != end[along]:
                self.lines.append((start, end))
            for point, clamped in ((a, start), (b, end)):
                if abs(clamped[along] - point[along]) > _THIN:
                    self.cuts.append((clamped, point))


def _limit(count: int, most: int) -> None:
    if count > most:
        raise PageLimitError(f"超过 {most} 段线条", f"more than {most} path segments")


def _dot(outlines: list[list[Point]]) -> Point | None:
    """The middle of a path that is no larger than a rule is thick."""
    if len(outlines) != 1:
        return None
    xs, ys = [x for x, _ in outlines[0]], [y for _, y in outlines[0]]
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
            corners.append(_moved((x.value, y.value), outer))
        if corners:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            seen = max(seen[0], min(xs)), max(seen[1], min(ys)), min(seen[2], max(xs)), min(seen[3], max(ys))
    return seen


def _clamped(point: Point, area: Area) -> Point:
    return min(max(point[0], area[0]), area[2]), min(max(point[1], area[1]), area[3])


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
        corners.append(_moved((x.value, y.value), matrix))
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


def _matrix(drawn_object: Any) -> Matrix:
    from pypdfium2 import raw

    m = raw.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if raw.FPDFPageObj_GetMatrix(drawn_object, m) else _IDENTITY


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    o, p, q, r, s, t = outer
    return (a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r, e * o + f * q + s, e * p + f * r + t)


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
