"""From grids page by page to whole tables: parts rejoined, repeated headers dropped, cut rows glued."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from checker import comparison
from checker.bilingual import Bilingual
from checker.document import Block, Cell, Diagnostic, Table
from checker.location import Location
from checker.readers._cell_text import one_line
from checker.readers._ruled.lattice import NARROWEST, Box
from checker.readers._values import VALUE

_ENUMERATOR = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[.、)]")
_DEEPEST_HEADER = 8
PADDING = 12.0
"""Points left free on both sides of a cell's text together."""


@dataclass(slots=True)
class Piece:
    """One cell: its slots as in lattice.Region, its text and where it stands.

    full: its last line broke off only because there was no more room.
    """

    top: int
    left: int
    bottom: int
    right: int
    text: str
    location: Location
    open_above: bool = False
    open_below: bool = False
    full: bool = False

    @property
    def is_value(self) -> bool:
        words = "".join(self.text.split())
        return bool(words) and VALUE.fullmatch(words) is not None

    @property
    def tall(self) -> bool:
        return self.bottom - self.top > 1

    @property
    def columns(self) -> tuple[int, int]:
        return self.left, self.right


@dataclass(slots=True)
class Part:
    """What one page shows of a table, or all that has been put together so far.

    headed: a repeated header was dropped below the last row.
    """

    page: int
    box: Box
    xs: list[float]
    rows: int
    pieces: list[Piece]
    location: Location
    diagnostics: list[Diagnostic] = field(default_factory=list)
    headed: bool = False

    def words(self, row: int) -> tuple[str, ...]:
        """The text of the cells that begin in a row, for comparison; empty ones left out."""
        return self.all_words([row])[0]

    def all_words(self, rows: Iterable[int]) -> list[tuple[str, ...]]:
        """`words` of several rows."""
        cells: dict[int, list[Piece]] = {row: [] for row in rows}
        for piece in sorted(self.pieces, key=lambda p: p.left):
            if piece.top in cells:
                cells[piece.top].append(piece)
        return [
            tuple(words for words in (comparison.squeeze(p.text) for p in row) if words)
            for row in cells.values()
        ]

    def header(self) -> list[tuple[str, ...]]:
        """The rows above the first that has a figure in it."""
        with_figures = min((p.top for p in self.pieces if p.is_value), default=self.rows)
        return self.all_words(range(min(with_figures, _DEEPEST_HEADER)))

    def is_seam(self, row: int) -> bool:
        """Whether no cell reaches across the upper edge of a row."""
        return not any(p.top < row < p.bottom for p in self.pieces)

    def rows_from(self, first: int, last: int) -> "Part":
        """These rows as a part of their own."""
        kept = [
            replace(p, top=p.top - first, bottom=p.bottom - first)
            for p in self.pieces
            if first <= p.top < last
        ]
        return replace(self, rows=last - first, pieces=kept, diagnostics=[])


def fullness(lines: Sequence[Box], size: float, box: Box) -> bool:
    """Whether the last of the lines in a cell left no room for one more character."""
    if not lines:
        return False
    left, _, right, _ = lines[-1]
    return (box[2] - box[0]) - (right - left) <= 1.3 * size + PADDING


def without_empty_end(part: Part) -> Part:
    """The part without a last row that is only room left below the last rule, beside a cell that goes on."""
    last = [p for p in part.pieces if p.top == part.rows - 1]
    ends = [p for p in part.pieces if p.bottom == part.rows and p.top < part.rows - 1]
    if (
        len(last) != 1
        or not ends
        or last[0].text
        or not last[0].open_below
        or last[0].right - last[0].left < 2
    ):
        return part
    for piece in ends:
        piece.bottom -= 1
    return replace(part, rows=part.rows - 1, pieces=[p for p in part.pieces if p is not last[0]])


def split_at_headers(part: Part, header: list[tuple[str, ...]]) -> list[Part]:
    """The part, cut wherever the header of its table is printed again."""
    depth = len(header)
    if not depth or not any(header):
        return [part]
    rows = part.all_words(range(part.rows))
    starts = [0]
    for row in range(1, part.rows - depth + 1):
        again = rows[row : row + depth] == header
        if again and row - starts[-1] >= depth and part.is_seam(row):
            starts.append(row)
    return [part.rows_from(a, b) for a, b in zip(starts, [*starts[1:], part.rows], strict=True)]


# Rejoining


def continues(table: Part, part: Part) -> bool:
    """Whether a part may go on with the table before it: as wide, and with columns in common."""
    if abs((part.xs[-1] - part.xs[0]) - (table.xs[-1] - table.xs[0])) > NARROWEST:
        return False
    shift = table.xs[0] - part.xs[0]
    ours, theirs = table.xs[1:-1], [x + shift for x in part.xs[1:-1]]
    fewer, more = sorted((ours, theirs), key=len)
    common = sum(1 for x in fewer if any(abs(x - other) <= NARROWEST for other in more))
    return common * 2 >= len(fewer)


def join(table: Part, part: Part) -> None:
    """Put a part below the table; both get the columns of both."""
    place = part.location
    header = table.header()
    _align(table, part)
    dropped = _repeated(header, part)
    if dropped:
        quote = " ".join(w for row in range(dropped) for w in part.words(row))
        table.diagnostics.append(_header_dropped(replace(place, quote=quote), dropped))
        part.pieces = [
            replace(p, top=p.top - dropped, bottom=p.bottom - dropped)
            for p in part.pieces
            if p.top >= dropped
        ]
        part.rows -= dropped
        table.headed = True
    if part.page != table.page:
        table.diagnostics.append(_parts_joined(place))
    table.page, table.box = part.page, part.box
    if part.rows:
        _append(table, part)


def repeats(table: Part, part: Part) -> bool:
    """Whether the part begins with the header of the table."""
    return _repeated(table.header(), part) > 0


def _align(table: Part, part: Part) -> None:
    shift = table.xs[0] - part.xs[0]
    theirs = [x + shift for x in part.xs]
    new = [x for x in theirs if all(abs(x - ours) > NARROWEST for ours in table.xs)]
    union = sorted(table.xs + new)
    _renumber(table.pieces, table.xs, union)
    _renumber(part.pieces, theirs, union)
    table.xs = part.xs = union


def _renumber(pieces: list[Piece], before: Sequence[float], after: Sequence[float]) -> None:
    where = [min(range(len(after)), key=lambda n: abs(after[n] - x)) for x in before]
    for piece in pieces:
        piece.left, piece.right = where[piece.left], where[piece.right]


def _repeated(header: list[tuple[str, ...]], part: Part) -> int:
    """How many rows at the top of the part are those of the header again."""
    rows = 0
    for number, words in enumerate(header[: part.rows]):
        if part.words(number) != words:
            break
        rows = number + 1
    while rows and not part.is_seam(rows):
        rows -= 1
    return rows if any(header[:rows]) else 0


def _append(table: Part, part: Part) -> None:
    above = {p.columns: p for p in table.pieces if p.bottom == table.rows}
    below = [p for p in part.pieces if p.top == 0]
    pairs = [(above[p.columns], p) for p in below if p.columns in above]
    cut = len(pairs) == len(below) and (_is_cut(pairs) or _is_fragment(pairs))
    offset = table.rows - (1 if cut else 0)
    for p in part.pieces:
        p.top, p.bottom = p.top + offset, p.bottom + offset
    gone = [(a, b) for a, b in pairs if cut or _is_one(a, b, below, table.headed)]
    for a, b in gone:
        _glue(a, b)
    if cut and any(a.text for a, _ in gone):
        table.diagnostics.append(_row_glued(gone))
    taken = {id(b) for _, b in gone}
    table.pieces += [p for p in part.pieces if id(p) not in taken]
    table.rows = offset + part.rows
    table.headed = False


def _is_cut(pairs: list[tuple[Piece, Piece]]) -> bool:
    """Whether the page cut through a row: no rule closes it, none opens the part."""
    return bool(pairs) and all(a.open_below and b.open_above for a, b in pairs)


def _is_fragment(pairs: list[tuple[Piece, Piece]]) -> bool:
    """Whether the first row only goes on with the text of the last: no figure in it, no enumerator,
    and every text goes on from a line that was full."""
    low = [(a, b) for a, b in pairs if not b.tall]
    with_text = [(a, b) for a, b in low if b.text]
    if any(b.is_value for _, b in pairs) or not with_text:
        return False
    return all(
        a.text and a.full and not a.is_value and not _ENUMERATOR.match(comparison.squeeze(b.text))
        for a, b in with_text
    )


def _is_one(a: Piece, b: Piece, below: list[Piece], repeated: bool) -> bool:
    """Whether two cells at a seam are one that reaches over it."""
    if a.is_value or b.is_value:
        return False
    tall = a.tall or b.tall
    if not b.text:
        label_beside = any(p.left >= b.right and p.text and not p.is_value for p in below)
        return bool(a.text) and (tall or label_beside)
    if not a.text:
        return tall
    same = comparison.squeeze(a.text) == comparison.squeeze(b.text)
    return tall and ((repeated and same) or (a.open_below and b.open_above))


def _glue(a: Piece, b: Piece) -> None:
    if comparison.squeeze(a.text) != comparison.squeeze(b.text) or not a.tall:
        if not a.text:
            a.location = b.location
        a.text = one_line([a.text, b.text])
    a.bottom, a.open_below, a.full = b.bottom, b.open_below, b.full if b.text else a.full


# What is handed on


def block(part: Part) -> tuple[Block, tuple[Diagnostic, ...]]:
    """The table as a block, its cells in reading order."""
    ordered = sorted(part.pieces, key=lambda p: (p.top, p.left))
    cells = tuple(
        Cell(p.top, p.left, p.text, replace(p.location, quote=p.text), p.bottom - p.top, p.right - p.left)
        for p in ordered
    )
    table = Table(part.rows, len(part.xs) - 1, cells, exact=True)
    return Block("table", "", part.location, 0, table), tuple(part.diagnostics)


def uncertain(part: Part) -> Iterator[Piece]:
    """Cells that overlap another: there the grid is not certain."""
    taken: set[tuple[int, int]] = set()
    for p in part.pieces:
        slots = {(r, c) for r in range(p.top, p.bottom) for c in range(p.left, p.right)}
        if slots & taken:
            yield p
        taken |= slots


def _header_dropped(place: Location, rows: int) -> Diagnostic:
    message = Bilingual(f"略去重复的表头 {rows} 行", f"{rows} repeated header row{'s' * (rows > 1)} left out")
    return Diagnostic("repeated-header", message, place, "left_out")


def _parts_joined(place: Location) -> Diagnostic:
    message = Bilingual("表格被分页切断，已与上一页接上", "a table cut by the page end was rejoined")
    return Diagnostic("table-rejoined", message, place)


def _row_glued(pairs: list[tuple[Piece, Piece]]) -> Diagnostic:
    message = Bilingual("一行被分页切成两段，已合为一行", "a row cut in two by the page end was made one")
    a, b = next(((a, b) for a, b in pairs if a.text and b.text), pairs[0])
    return Diagnostic("row-rejoined", message, replace(b.location, quote=a.text))
