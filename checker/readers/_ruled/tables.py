"""From grids page by page to whole tables: parts rejoined, repeated headers dropped."""

from collections.abc import Sequence
from dataclasses import replace

from checker.document import Block, Cell, Diagnostic, Table
from checker.readers._diagnostics import told
from checker.readers._ruled import cuts
from checker.readers._ruled.lattice import NARROWEST
from checker.readers._ruled.parts import Part, Piece


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
    shift = table.xs[0] - part.xs[0]
    ours, theirs = table.xs, [x + shift for x in part.xs]
    if abs(theirs[-1] - ours[-1]) > NARROWEST or _is_ambiguous(ours, theirs) or _is_ambiguous(theirs, ours):
        return False
    fewer, more = sorted((ours[1:-1], theirs[1:-1]), key=len)
    return 2 * sum(1 for x in fewer if _near(x, more)) >= len(fewer)


def _is_ambiguous(some: Sequence[float], others: Sequence[float]) -> bool:
    """Whether an edge could be either of two others."""
    return any(len(_near(x, others)) > 1 for x in some)


def _near(x: float, others: Sequence[float]) -> list[float]:
    return [other for other in others if abs(x - other) <= NARROWEST]


def join(table: Part, part: Part) -> None:
    """Put a part below the table; both get the columns of both."""
    place = part.location
    header = table.header()
    _align(table, part)
    dropped = _repeated(header, part)
    if dropped:
        quote = " ".join(w for row in range(dropped) for w in part.words(row))
        table.diagnostics.append(told("repeated-header", replace(place, quote=quote), n=dropped))
        part.pieces = [
            replace(p, top=p.top - dropped, bottom=p.bottom - dropped)
            for p in part.pieces
            if p.top >= dropped
        ]
        part.rows -= dropped
        table.headed = True
    across = part.page != table.page
    if across:
        table.diagnostics.append(told("table-rejoined", place))
    table.page, table.box = part.page, part.box
    if part.rows:
        cuts.append(table, part, across)


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
