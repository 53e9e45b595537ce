"""The cells of a DOCX table to grid positions, by their spans, merges and the columns of the table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from checker.readers import _grid

NEAR = 120
"""Twentieths of a point: edges of columns this close, with no cell between them, are one.

Converters shift them from row to row by a hair, and people who drag the edge of one row by a little more.
"""


Spans = list[list[tuple[int, int]]]
"""For the cells of each row, the columns from and to."""


MOST_COLUMNS = 1_024


@dataclass(frozen=True, slots=True)
class RawCell:
    """What the file says of a cell. down and across: None, or `restart` or `continue` of a merge."""

    span: int = 1
    down: str | None = None
    across: str | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of a row and how many columns stand free before and after them."""

    cells: tuple[RawCell, ...]
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """columns, and for each row the place of each cell, None for one that goes on another cell.

    cut: spans cut to fit. loose: cells said to go on a cell above that does not stand there.
    snapped: edges of columns taken for one. by_width: the spans of the rows did not agree, their widths did.
    """

    columns: int
    places: tuple[tuple[_grid.Place | None, ...], ...]
    cut: int = 0
    loose: int = 0
    snapped: int = 0
    by_width: bool = False


@dataclass(slots=True)
class _Stand:
    """A cell while the rows below it may still lengthen it: grid columns from, to; row and height."""

    start: int
    end: int
    row: int
    height: int = 1


def place(rows: Sequence[RawRow], widths: Sequence[int]) -> Grid:
    """Place the cells of all rows; widths are those of the columns the table declares.

    Raises _grid.TooManySlotsError.
    """
    spans = [list(_spans(row)) for row in rows]
    by_width = _by_width(rows) if len({_reach(s, r) for s, r in zip(spans, rows, strict=True)}) > 1 else None
    snapped = 0
    if by_width is None:
        raw, spans = spans, _snapped(spans, widths)
        snapped = len(_boundaries(raw)) - len(_boundaries(spans))
    else:
        spans = by_width
    spans = _counted(spans)
    reaches = Counter(max((end for _, end in row), default=0) for row in spans)
    starts = max((start + 1 for row in spans for start, _ in row), default=0)
    usual = max(reaches, key=lambda reach: (reaches[reach], reach), default=0)
    columns = max(usual, starts)
    if columns * len(rows) > _grid.SLOTS:
        raise _grid.TooManySlotsError
    cut = sum(end > columns for row in spans for _, end in row)
    stands, loose = _merged(rows, spans)
    places = tuple(tuple(_placed(stand, columns) for stand in row) for row in stands)
    return Grid(columns, places, cut, loose, snapped, by_width is not None)


def _boundaries(spans: Spans) -> list[int]:
    return sorted({edge for row in spans for span in row for edge in span})


def _counted(spans: Spans) -> Spans:
    """The spans in columns that some cell begins or ends; what every cell reaches over is no column."""
    number = {edge: n for n, edge in enumerate(sorted({0, *_boundaries(spans)}))}
    return [[(number[start], number[end]) for start, end in row] for row in spans]


def _placed(stand: _Stand | None, columns: int) -> _grid.Place | None:
    if stand is None:
        return None
    return _grid.Place(stand.row, stand.start, stand.height, min(stand.end, columns) - stand.start)


def _spans(row: RawRow) -> Iterator[tuple[int, int]]:
    """From and to in columns of the file, for each cell of a row; those that go on one beside are empty."""
    start = min(row.before, _grid.WIDEST)
    for cell in row.cells:
        if start > MOST_COLUMNS:
            raise _grid.TooManySlotsError
        end = start + min(max(cell.span, 1), _grid.WIDEST)
        yield start, end
        start = end


def _reach(spans: Sequence[tuple[int, int]], row: RawRow) -> int:
    return (spans[-1][1] if spans else row.before) + row.after


def _by_width(rows: Sequence[RawRow]) -> Spans | None:
    """The spans that the widths of the cells tell, where every cell has one and all rows are as wide.

    Some programs write widths without spans; word processors then go by the widths.
    """
    if any(row.before or row.after for row in rows):
        return None
    edges = [list(accumulate((c.width or 0 for c in row.cells), initial=0)) for row in rows if row.cells]
    if any(not c.width or c.width <= NEAR for row in rows for c in row.cells) or not edges:
        return None
    if max(e[-1] for e in edges) - min(e[-1] for e in edges) > NEAR:
        return None
    found = sorted({edge for row in edges for edge in row})
    column = dict(zip(found, _columns(found, frozenset()), strict=True))
    return [[(column[a], column[b]) for a, b in zip(e, e[1:], strict=False)] for e in edges]


def _snapped(spans: Spans, widths: Sequence[int]) -> Spans:
    """The spans in columns of which none is narrower than NEAR, unless a cell stands in it alone."""
    edges = list(accumulate((max(w, 0) for w in widths), initial=0))
    far = max((end for row in spans for _, end in row), default=0)
    edges += [edges[-1] + (NEAR + 1) * n for n in range(1, far - len(edges) + 2)]
    narrow = frozenset(end for row in spans for start, end in row if edges[end] - edges[start] <= NEAR)
    column = _columns(edges, narrow)
    return [[(column[start], column[end]) for start, end in row] for row in spans]


def _columns(edges: Sequence[int], kept: frozenset[int]) -> list[int]:
    """The column that begins at each edge; edges nearer than NEAR to the first of them are one.

    kept: numbers of edges that begin a column of their own, however near.
    """
    found: list[int] = []
    anchor, column = edges[0], 0
    for number, edge in enumerate(edges):
        if edge - anchor > NEAR or (number and number in kept):
            anchor, column = edge, column + 1
        found.append(column)
    return found


def _merged(
    rows: Sequence[RawRow], spans: Sequence[Sequence[tuple[int, int]]]
) -> tuple[list[list[_Stand | None]], int]:
    """The cells with their heights; None for those that go on another. And how many go on none."""
    stands: list[list[_Stand | None]] = []
    above: dict[int, _Stand] = {}
    loose = 0
    for number, (row, places) in enumerate(zip(rows, spans, strict=True)):
        here: list[_Stand | None] = []
        open_below: dict[int, _Stand] = {}
        for run in _across(row, places):
            cell, start, end, ordinal = run
            over = above.get(start) if cell.down == "continue" else None
            if over is not None and over.end == end:
                over.height = number - over.row + 1
                stand = over
                made: _Stand | None = None
            else:
                loose += cell.down == "continue"
                made = stand = _Stand(start, end, number)
            here += [None] * (ordinal - len(here))
            here.append(made)
            if cell.down is not None:
                open_below[start] = stand
        here += [None] * (len(row.cells) - len(here))
        stands.append(here)
        above = open_below
    return stands, loose


def _across(row: RawRow, places: Sequence[tuple[int, int]]) -> "list[tuple[RawCell, int, int, int]]":
    """The cells that begin something in a row: the cell, from, to (with those that go on it), its number."""
    runs: list[tuple[RawCell, int, int, int]] = []
    for number, (cell, (start, end)) in enumerate(zip(row.cells, places, strict=True)):
        if cell.across == "continue" and runs:
            first, from_, _, ordinal = runs[-1]
            runs[-1] = (first, from_, end, ordinal)
        else:
            runs.append((cell, start, end, number))
    return runs
