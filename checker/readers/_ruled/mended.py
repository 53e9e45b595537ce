"""Grids put right by the text in them: text that hangs over an open end, a rule drawn through text."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from checker.readers._ruled.lattice import Lattice, Region, slots_of
from checker.readers._ruled.page import Glyph

_BEYOND = 0.5
"""Of a character's height, from the edge to its line."""
_MOST_HANGING = 20
"""Lines of a narrow cell."""
_THROUGH = 0.2
_SLACK = 0.2


def mended(lattice: Lattice, glyphs: Sequence[Glyph]) -> Lattice:
    """The grid, reaching over what hangs out of it, without edges that only a stray rule shows."""
    visible = [g for g in glyphs if not g.text.isspace()]
    stretched = lattice
    for _ in range(_MOST_HANGING):
        before, stretched = stretched, _stretched(stretched, visible)
        if stretched.ys == before.ys:
            break
    return _unsplit(stretched, visible)


# Text that hangs over an end no rule closes


def _stretched(lattice: Lattice, glyphs: Sequence[Glyph]) -> Lattice:
    """Where a page end goes through a row, its line may hang over the ends of the upright rules; through a
    merged cell, its line may stand wholly beyond the rule that closes the cells beside it."""
    top, bottom = lattice.ys[0], lattice.ys[-1]
    rows = len(lattice.ys) - 1
    above = {r: r.open_above for r in lattice.regions if r.top == 0}
    below = {r: r.open_below for r in lattice.regions if r.bottom == rows}
    over = _hanging(lattice, 0, above, [(top - g.bottom, g) for g in glyphs if _middle(g)[1] < top])
    under = _hanging(
        lattice, rows - 1, below, [(g.top - bottom, g) for g in glyphs if _middle(g)[1] > bottom]
    )
    top, bottom = min([top, *(g.top for g in over)]), max([bottom, *(g.bottom for g in under)])
    return replace(lattice, ys=(top, *lattice.ys[1:-1], bottom))


def _hanging(
    lattice: Lattice, row: int, opened: Mapping[Region, bool], beyond: Sequence[tuple[float, Glyph]]
) -> list[Glyph]:
    """Characters beyond the edge, each with how far, that hang out of the row between the sides of the grid.

    None where nothing is open, and none unless each is clearly inside one column of the row that is open.
    """
    if not any(opened.values()):
        return []
    wholly = not all(opened.values())
    near = [g for gap, g in beyond if gap < (_BEYOND * (g.bottom - g.top) if wholly else 0)]
    between = [g for g in near if lattice.xs[0] <= _middle(g)[0] <= lattice.xs[-1]]
    return between if all(_is_inside(g, lattice, row, opened) for g in between) else []


def _is_inside(glyph: Glyph, lattice: Lattice, row: int, opened: Mapping[Region, bool]) -> bool:
    number = lattice.region_at(_middle(glyph)[0], (lattice.ys[row] + lattice.ys[row + 1]) / 2)
    if number is None or not opened.get(lattice.regions[number]):
        return False
    left, _, right, _ = lattice.box_of(lattice.regions[number])
    slack = _SLACK * (glyph.right - glyph.left)
    return glyph.left >= left - slack and glyph.right <= right + slack


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2


# Rules drawn through text


def _unsplit(lattice: Lattice, glyphs: Sequence[Glyph]) -> Lattice:
    """Browsers draw the edge of a merged cell also where it is none, through the text of a cell."""
    stray = _stray_edges(lattice, glyphs)
    if not stray:
        return lattice
    new = [n - sum(1 for edge in stray if edge < n) for n in range(len(lattice.ys))]
    ends = {(r.top, r.left): r for r in lattice.regions}
    regions = []
    for region in lattice.regions:
        if region.top in stray and (region.left, region.right) in stray[region.top]:
            continue
        while (region.left, region.right) in stray.get(region.bottom, ()):
            lower = ends[region.bottom, region.left]
            region = replace(region, bottom=lower.bottom, open_below=lower.open_below)
        regions.append(replace(region, top=new[region.top], bottom=new[region.bottom]))
    ys = tuple(y for n, y in enumerate(lattice.ys) if n not in stray)
    regions.sort(key=lambda r: (r.top, r.left))
    return Lattice(lattice.xs, ys, tuple(regions), slots_of(regions, len(ys) - 1, len(lattice.xs) - 1))


def _stray_edges(lattice: Lattice, glyphs: Sequence[Glyph]) -> dict[int, set[tuple[int, int]]]:
    """Edges between rows that part nothing but blank slivers from the text next to them, and the columns
    from where to where they do."""
    held: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        number = lattice.region_at(*_middle(glyph))
        if number is not None:
            held[number].append(glyph)
    touching: dict[int, list[int]] = defaultdict(list)
    for number, region in enumerate(lattice.regions):
        for edge in {region.top, region.bottom} - {0, len(lattice.ys) - 1}:
            touching[edge].append(number)
    found = {edge: _split_at(edge, numbers, lattice, held) for edge, numbers in touching.items()}
    return {edge: columns for edge, columns in found.items() if columns}


def _split_at(
    edge: int, numbers: Sequence[int], lattice: Lattice, held: dict[int, list[Glyph]]
) -> set[tuple[int, int]]:
    """The columns in which the edge goes through text; none unless it does so wherever it parts cells."""
    regions = lattice.regions
    above = {(regions[n].left, regions[n].right): n for n in numbers if regions[n].bottom == edge}
    below = {(regions[n].left, regions[n].right): n for n in numbers if regions[n].top == edge}
    if above.keys() != below.keys():
        return set()
    y = lattice.ys[edge]
    for columns, upper in above.items():
        texts = [held.get(upper, []), held.get(below[columns], [])]
        blank = upper if not texts[0] else below[columns]
        if all(texts) or not _is_sliver(regions[blank], lattice, texts[0] or texts[1], y):
            return set()
    return set(above)


def _is_sliver(blank: Region, lattice: Lattice, text: Sequence[Glyph], y: float) -> bool:
    """Whether a blank cell is lower than a line of the text beside it, and the edge goes through the text."""
    low = lattice.ys[blank.bottom] - lattice.ys[blank.top]
    for glyph in text:
        tall = glyph.bottom - glyph.top
        if low < tall and glyph.top + _THROUGH * tall < y < glyph.bottom - _THROUGH * tall:
            return True
    return False
