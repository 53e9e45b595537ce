"""From rules to grids: which rules belong together, where their columns and rows are, which cells are merged.

A rule missing at the outline, as where a page cuts a table, is no hole: the outline is what all rules
together reach.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from checker.readers._ruled.page import IDEOGRAPH, Page, Segment

TOUCH = 3.0
"""Points between two rules that are meant to touch, or between the two lines of a double rule."""

NARROWEST = 6.0
"""Points; between rules nearer than this no text finds room, so they are one edge."""

_LOWEST = 2.0
"""Points; pages shrunk to fit are printed that small."""

MOST_RULES = 3_000
MOST_LATTICES = 50
MOST_SLOTS = 20_000
_DOT = 1.5
_LONGEST_DASH = 6.0
_COVERED = 0.6

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """One cell, merged or not: its first row and column, and the row and column after its last.

    open_above and open_below: no rule closes it there.
    """

    top: int
    left: int
    bottom: int
    right: int
    open_above: bool = False
    open_below: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid on one page: the edges of its columns and rows in points, its regions in reading order.

    slots gives for each row and column the number of the region that covers it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    slots: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def region_at(self, x: float, y: float) -> int | None:
        """The number of the region around a point, None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.slots[row][column]
        return None

    def box_of(self, region: Region) -> Box:
        return (
            self.xs[region.left],
            self.ys[region.top],
            self.xs[region.right],
            self.ys[region.bottom],
        )


@dataclass(frozen=True, slots=True)
class Lattices:
    """The grids of a page from top to bottom, and the outlines of what looked like one and is none."""

    found: tuple[Lattice, ...]
    lost: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """A horizontal rule at y = at from x = start to end; or a vertical one at x = at."""

    at: float
    start: float
    end: float


def lattices(page: Page) -> Lattices:
    """The grids drawn on a page."""
    across, down = _rules(page.segments)
    if len(across) + len(down) > MOST_RULES:
        return Lattices((), ((0.0, 0.0, page.width, page.height),))
    lowest = _lowest_row(page)
    found: list[Lattice] = []
    lost: list[Box] = []
    for horizontal, vertical in _components(across, down):
        columns, rows = _edges(vertical, horizontal, NARROWEST), _edges(horizontal, vertical, lowest)
        if len(columns) < 2 or len(rows) < 2 or (len(columns) - 1) * (len(rows) - 1) < 2:
            continue
        lattice = _lattice(columns, rows) if len(columns) * len(rows) <= MOST_SLOTS else None
        if lattice is None:
            lost.append((columns[0].at, rows[0].at, columns[-1].at, rows[-1].at))
        else:
            found.append(lattice)
    if len(found) > MOST_LATTICES:
        return Lattices((), ((0.0, 0.0, page.width, page.height),))
    return Lattices(tuple(sorted(found, key=lambda g: (g.ys[0], g.xs[0]))), tuple(lost))


# Rules


def _rules(segments: Iterable[Segment]) -> tuple[list[_Rule], list[_Rule]]:
    """Horizontal and vertical rules, the fragments of each joined; a dot may be part of either."""
    across, down = [], []
    for s in segments:
        wide, tall = s.right - s.left, s.bottom - s.top
        dot = wide <= _DOT and tall <= _DOT
        if dot or wide >= tall:
            across.append(_Rule((s.top + s.bottom) / 2, s.left, s.right))
        if dot or tall > wide:
            down.append(_Rule((s.left + s.right) / 2, s.top, s.bottom))
    return _joined(across), _joined(down)


def _joined(rules: list[_Rule]) -> list[_Rule]:
    """Fragments on one line, joined where they touch; what stays no longer than a dot is dropped."""
    joined: list[_Rule] = []
    for level in _levels(rules):
        start, end = level[0].start, level[0].end
        at = sum(r.at for r in level) / len(level)
        for before, rule in pairwise(level):
            if rule.start > end + _room(before, rule):
                joined.append(_Rule(at, start, end))
                start = rule.start
            end = max(end, rule.end)
        joined.append(_Rule(at, start, end))
    return [r for r in joined if r.end - r.start > 2 * _DOT]


def _room(before: _Rule, after: _Rule) -> float:
    """The gap over which two fragments are one rule: wider between the dashes of a dashed one."""
    dash = max(before.end - before.start, after.end - after.start)
    return max(TOUCH, 1.5 * dash) if dash <= _LONGEST_DASH else TOUCH


def _levels(rules: list[_Rule]) -> Iterable[list[_Rule]]:
    """Rules at one height (within a third of TOUCH), each group sorted by where they start."""
    group: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if group and rule.at - group[0].at > TOUCH / 3:
            yield sorted(group, key=lambda r: r.start)
            group = []
        group.append(rule)
    if group:
        yield sorted(group, key=lambda r: r.start)


@dataclass(slots=True)
class _Sets:
    """Which numbers belong together."""

    parents: list[int] = field(default_factory=list)

    def root(self, number: int) -> int:
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        self.parents[self.root(one)] = self.root(other)


def _components(across: Sequence[_Rule], down: Sequence[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that hang together, by crossing or touching; only where there are both kinds."""
    sets = _Sets(list(range(len(across) + len(down))))
    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if _meet(h, v):
                sets.join(i, len(across) + j)
    grouped: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, h in enumerate(across):
        grouped.setdefault(sets.root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        grouped.setdefault(sets.root(len(across) + j), ([], []))[1].append(v)
    grids = [g for g in grouped.values() if g[0] and g[1]]
    for alone in (g[1][0] for g in grouped.values() if not g[0]):
        reached = next((g for g in grids if _as_tall(alone, g[1])), None)
        if reached is not None:
            reached[1].append(alone)
    return grids


def _as_tall(rule: _Rule, others: list[_Rule]) -> bool:
    """Whether a rule that touches nothing reaches exactly as far up and down as those of a grid.

    So it does where a merged cell fills a column from page edge to page edge.
    """
    return (
        abs(rule.start - min(r.start for r in others)) <= TOUCH
        and abs(rule.end - max(r.end for r in others)) <= TOUCH
    )


def _meet(h: _Rule, v: _Rule) -> bool:
    return h.start - TOUCH <= v.at <= h.end + TOUCH and v.start - TOUCH <= h.at <= v.end + TOUCH


# Grids


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge of columns or rows and the rules that lie on it; none where nothing closes the outline."""

    at: float
    rules: tuple[_Rule, ...] = ()

    def is_wall(self, start: float, end: float) -> bool:
        """Whether rules cover most of the way from start to end."""
        covered, reached = 0.0, start
        for rule in self.rules:
            first, last = max(rule.start, reached), min(rule.end, end)
            if last > first:
                covered += last - first
                reached = last
        return covered >= _COVERED * (end - start)


def _lowest_row(page: Page) -> float:
    """The height in points below which no row holds a line of the page's text."""
    sizes = sorted(g.right - g.left for g in page.glyphs if g.text >= IDEOGRAPH)
    return min(10.0, max(_LOWEST, 0.8 * sizes[len(sizes) // 10])) if sizes else NARROWEST


def _edges(rules: Sequence[_Rule], others: Sequence[_Rule], narrowest: float) -> list[_Edge]:
    """The edges on which the rules lie, and how far the others reach where no rule closes the outline.

    Rules nearer to each other than `narrowest` points lie on one edge.
    """
    groups: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - _middle(groups[-1]) <= narrowest:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    edges = [_Edge(_middle(g), tuple(sorted(g, key=lambda r: r.start))) for g in groups]
    first, last = min(r.start for r in others), max(r.end for r in others)
    before = [_Edge(first)] if first < edges[0].at - narrowest else []
    after = [_Edge(last)] if last > edges[-1].at + narrowest else []
    return [*before, *edges, *after]


def _middle(rules: Sequence[_Rule]) -> float:
    return (rules[0].at + rules[-1].at) / 2


def _lattice(columns: Sequence[_Edge], rows: Sequence[_Edge]) -> Lattice | None:
    """The regions between walls; None where one is no rectangle."""
    xs, ys = tuple(e.at for e in columns), tuple(e.at for e in rows)
    beside = [[e.is_wall(top, bottom) for e in columns] for top, bottom in pairwise(ys)]
    above = [[e.is_wall(left, right) for left, right in pairwise(xs)] for e in rows]
    regions = [_region(slots, above) for slots in _joined_slots(beside, above)]
    if any(r is None for r in regions):
        return None
    ordered = sorted((r for r in regions if r is not None), key=lambda r: (r.top, r.left))
    return Lattice(xs, ys, tuple(ordered), slots_of(ordered, len(ys) - 1, len(xs) - 1))


def slots_of(regions: Sequence[Region], rows: int, columns: int) -> tuple[tuple[int, ...], ...]:
    """For each row and column the number of the region that covers it."""
    covering = [[0] * columns for _ in range(rows)]
    for number, region in enumerate(regions):
        for row in range(region.top, region.bottom):
            covering[row][region.left : region.right] = [number] * (region.right - region.left)
    return tuple(map(tuple, covering))


def _joined_slots(beside: list[list[bool]], above: list[list[bool]]) -> list[list[tuple[int, int]]]:
    """Slots (row, column) between which no wall stands, together."""
    rows, columns = len(beside), len(above[0])
    sets = _Sets(list(range(rows * columns)))
    for row, column in product(range(rows), range(columns)):
        if column and not beside[row][column]:
            sets.join(row * columns + column, row * columns + column - 1)
        if row and not above[row][column]:
            sets.join(row * columns + column, (row - 1) * columns + column)
    members: dict[int, list[tuple[int, int]]] = {}
    for row, column in product(range(rows), range(columns)):
        members.setdefault(sets.root(row * columns + column), []).append((row, column))
    return list(members.values())


def _region(slots: list[tuple[int, int]], above: list[list[bool]]) -> Region | None:
    """The rectangle the slots fill, None where they fill none."""
    top, bottom = min(r for r, _ in slots), max(r for r, _ in slots) + 1
    left, right = min(c for _, c in slots), max(c for _, c in slots) + 1
    if len(slots) != (bottom - top) * (right - left):
        return None
    open_above, open_below = not any(above[top][left:right]), not any(above[bottom][left:right])
    return Region(top, left, bottom, right, open_above, open_below)
