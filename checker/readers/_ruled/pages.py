"""One page: which characters stand in which cell of which table, and which lines stand outside."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from checker import comparison
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._cell_text import one_line
from checker.readers._diagnostics import told
from checker.readers._ruled.lattice import NARROWEST, Box, Lattice, Region, lattices
from checker.readers._ruled.lines import Line, cell_lines, page_lines, rows_of
from checker.readers._ruled.mended import mended
from checker.readers._ruled.page import Glyph, Page
from checker.readers._ruled.parts import PADDING, UNREAD, Part, Piece, fullness
from checker.readers._ruled.tables import without_empty_end
from checker.readers._values import VALUE

_LONGEST_CELL = 300
_CROSSING = 0.2
_CLOSE = 0.2
_NEAR = 30.0

_FIGURE = re.compile(r"\d[\d,.]*")
_GROUP = re.compile(r"\d{3}(?:$|[,.])")
_COMMA = re.compile(r"\d,")
_COMPLETE = re.compile(r"\d{1,3}(?:,\d{3})+")

Numbered = tuple[int, Glyph]


@dataclass(slots=True)
class Content:
    """What is on a page. first: for each table, the number of its first character, to tell its order.

    lost: the outlines of tables of which the cells cannot be told.
    """

    page: Page
    lines: list[Line]
    parts: list[Part]
    first: list[int] = field(default_factory=list)
    lost: list[Box] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def place(file: str, page: int, box: Box, quote: str | None = None) -> Location:
    left, top, right, bottom = (round(edge) for edge in box)
    return Location(file, page=page, box=(left, top, right, bottom), quote=quote)


def content(page: Page, file: str) -> Content:
    """The tables and the lines of a page.

    Where something shows that rules are missing, the tables of the page are left as lines.
    """
    page = replace(page, glyphs=tuple(_marked(g, page.cuts) for g in page.glyphs)) if page.cuts else page
    drawn = lattices(page)
    grids = [mended(lattice, page.glyphs) for lattice in drawn.found]
    inside, outside = _sorted_in(page, grids)
    found = Content(page, [], [], lost=[b for b in drawn.lost if _has_text(b, page.glyphs)])
    for n, lattice in enumerate(grids):
        around = any(_is_within(other, lattice) for other in grids if other is not lattice)
        cells = _cells(lattice, inside[n], found, file)
        if around or _is_layout(lattice, cells):
            outside += inside[n]
        elif inside[n]:
            part = _part(lattice, cells, found, file)
            found.parts.append(without_empty_end(part))
            found.first.append(inside[n][0][0])
    found.lines = page_lines(sorted(outside, key=lambda pair: pair[0]))
    if _is_broken(found):
        found.lost += [part.box for part in found.parts]
        found.parts, found.first, found.diagnostics = [], [], []
        found.lines = page_lines(enumerate(page.glyphs))
    return found


def _marked(glyph: Glyph, cuts: Sequence[float]) -> Glyph:
    """A digit next to where the page is cut off, marked: the digits after it may be gone."""
    wide = glyph.right - glyph.left
    cut = glyph.text.isdigit() and any(glyph.left - wide < x < glyph.right + wide for x in cuts)
    return replace(glyph, text=glyph.text + UNREAD) if cut else glyph


def _sorted_in(page: Page, grids: Sequence[Lattice]) -> tuple[dict[int, list[Numbered]], list[Numbered]]:
    """The characters in each grid, in the smallest where one is inside another, and those in none."""
    inside: dict[int, list[Numbered]] = defaultdict(list)
    outside: list[Numbered] = []
    by_size = sorted(range(len(grids)), key=lambda n: grids[n].area)
    for number, glyph in enumerate(page.glyphs):
        table = next((n for n in by_size if _holds(grids[n], glyph)), None)
        (outside if table is None else inside[table]).append((number, glyph))
    return inside, outside


def _is_broken(found: Content) -> bool:
    """Whether tables show signs of missing rules: figures or another table beside them, rows of figures
    right above or below."""
    boxes = [part.box for part in found.parts]
    if any(_are_beside(a, b) for a, b in combinations(boxes, 2)):
        return True
    figures = [line for line in found.lines if _is_value(line)]
    if any(box[1] <= line.middle <= box[3] for line in figures for box in boxes):
        return True
    rows = unruled(found)
    return rows is not None and any(box[1] - _NEAR <= rows[3] and rows[1] <= box[3] + _NEAR for box in boxes)


def _are_beside(a: Box, b: Box) -> bool:
    return min(a[3], b[3]) - max(a[1], b[1]) > NARROWEST


def _holds(lattice: Lattice, glyph: Glyph) -> bool:
    return lattice.region_at(*_middle(glyph)) is not None


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2


def _has_text(box: Box, glyphs: Sequence[Glyph]) -> bool:
    return any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in map(_middle, glyphs))


def _is_within(inner: Lattice, outer: Lattice) -> bool:
    a, b = inner.box, outer.box
    return a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3] and inner.area < outer.area


def _is_layout(lattice: Lattice, cells: dict[int, list[Line]]) -> bool:
    """A frame around whole passages, or with nothing beside anything, is no table."""
    longest = max((sum(len(line.text) for line in lines) for lines in cells.values()), default=0)
    return len(lattice.xs) <= 2 or longest > _LONGEST_CELL


# Cells


def _cells(lattice: Lattice, glyphs: list[Numbered], found: Content, file: str) -> dict[int, list[Line]]:
    """The lines of each region."""
    owners: dict[int, list[Numbered]] = defaultdict(list)
    for run in _close_runs(glyphs):
        regions = [lattice.region_at(*_middle(g)) or 0 for _, g in run]
        if len(set(regions)) > 1 and _is_crossed(run, regions, lattice):
            regions = _whole(run, regions, found, file)
        for region, pair in zip(regions, run, strict=True):
            owners[region].append(pair)
    return {region: cell_lines(sorted(pairs, key=lambda p: p[0])) for region, pairs in owners.items()}


def _close_runs(glyphs: list[Numbered]) -> list[list[Numbered]]:
    """Characters that follow each other on a line without a gap or a blank between them."""
    runs: list[list[Numbered]] = []
    for number, glyph in glyphs:
        if runs and _is_close(runs[-1][-1][1], glyph):
            runs[-1].append((number, glyph))
        else:
            runs.append([(number, glyph)])
    return runs


def _is_close(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands right after another; a blank may lie over a rule and says nothing."""
    if before.text.isspace() or glyph.text.isspace():
        return False
    near = _CLOSE * max(1.0, glyph.bottom - glyph.top)
    return abs(glyph.left - before.right) <= near and before.top <= _middle(glyph)[1] <= before.bottom


def _is_crossed(run: list[Numbered], regions: list[int], lattice: Lattice) -> bool:
    """Whether an edge between two cells goes through a character: then the text runs over it."""
    for (_, glyph), number in zip(run, regions, strict=True):
        left, _, right, _ = lattice.box_of(lattice.regions[number])
        slack = _CROSSING * (glyph.right - glyph.left)
        if glyph.left < left - slack or glyph.right > right + slack:
            return True
    return False


def _whole(run: list[Numbered], regions: list[int], found: Content, file: str) -> list[int]:
    """The run belongs to the cell that has most of it; a figure that may be two is marked unreadable."""
    owner = max(dict.fromkeys(regions), key=regions.count)
    text = "".join(g.text for _, g in run)
    left, top, right, bottom = run[0][1].left, run[0][1].top, run[-1][1].right, run[-1][1].bottom
    where = place(file, found.page.number, (left, top, right, bottom), text)
    if any(c.isdigit() for c in text):
        number, last = run[-1]
        run[-1] = (number, replace(last, text=last.text + UNREAD))
        found.diagnostics.append(told("figure-across-rule", where))
    return [owner] * len(run)


def _part(lattice: Lattice, cells: dict[int, list[Line]], found: Content, file: str) -> Part:
    page, ordinal = found.page.number, len(found.parts) + 1
    in_row: dict[int, int] = defaultdict(int)
    pieces = []
    cut_off = False
    for number, region in enumerate(lattice.regions):
        in_row[region.top] += 1
        lines = cells.get(number, [])
        box = lattice.box_of(region)
        where = replace(place(file, page, box), cell=(ordinal, region.top + 1, in_row[region.top]))
        text = one_line(line.text for line in lines)
        if _is_broken_figure(lines, box):
            text = "".join(line.text for line in lines)
            found.diagnostics.append(told("figure-rejoined", replace(where, quote=text)))
        if _is_cut_off(lattice, region, found.page.cuts):
            text += UNREAD
            cut_off = True
        size = max((line.size for line in lines), default=0.0)
        piece = Piece(
            region.top,
            region.left,
            region.bottom,
            region.right,
            text,
            where,
            region.open_above,
            region.open_below,
            fullness([line.box for line in lines], size, box),
        )
        pieces.append(piece)
    if cut_off:
        found.diagnostics.append(told("table-cut-off", place(file, page, lattice.box)))
    return Part(
        page, lattice.box, list(lattice.xs), len(lattice.ys) - 1, pieces, place(file, page, lattice.box)
    )


def _is_cut_off(lattice: Lattice, region: Region, cuts: Sequence[float]) -> bool:
    left = lattice.xs[0] if region.left == 0 else None
    right = lattice.xs[-1] if region.right == len(lattice.xs) - 1 else None
    return any(edge is not None and abs(edge - x) <= NARROWEST for x in cuts for edge in (left, right))


def _is_broken_figure(lines: Sequence[Line], box: Box) -> bool:
    """Whether the lines of a cell are one figure: each but the last left no room for one more digit, or
    ends in the comma before three digits."""
    texts = [comparison.view(line.text) for line in lines]
    if len(lines) < 2 or not all(_FIGURE.fullmatch(text) for text in texts):
        return False
    whole = _COMPLETE.fullmatch("".join(texts)) is not None
    for number, (line, after) in enumerate(pairwise(lines)):
        text, rest = texts[number], "".join(texts[number + 1 :])
        digit = after.inked[0]
        right = digit.right
        if _COMMA.match(texts[number + 1]) and whole and not _COMPLETE.fullmatch(texts[number + 1]):
            right = after.inked[1].right  # no line begins with the comma: both went over together
        room = (box[2] - box[0]) - (line.right - line.left) - (right - digit.left)
        grouped = text.endswith(",") and _GROUP.match(rest)
        if not rest[0].isdigit() or not (grouped or (text[-1].isdigit() and room <= PADDING)):
            return False
    return True


# Tables without rules


def unruled(found: Content) -> Box | None:
    """The outline of what looks like a table without a grid: figures side by side, line after line."""
    rows = [row for row in rows_of(found.lines) if len(row) > 2]
    figures = [row for row in rows if sum(1 for line in row if _is_value(line)) > 1]
    if len(figures) < 2 and not any(len(row) > 5 for row in figures):
        return None
    boxes = [line.box for row in figures for line in row]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _is_value(line: Line) -> bool:
    return VALUE.fullmatch("".join(line.text.split())) is not None
