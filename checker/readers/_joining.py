"""One table that its author or a converter split into several, put together again, whatever the form.

Only where nothing stands between the parts and the later one begins with the header of the first: two
tables of their own that look alike, row for row, are left apart.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from checker import comparison
from checker.document import Block, Cell, Diagnostic, Document, Table
from checker.readers._diagnostics import told

_LONGEST = 1_000
"""Rows of what is still joined; each join looks at all of them."""
_FIGURE = re.compile(r"[-+]?[\d,. /%‰—–一-]*")
_CONTINUED = re.compile(r"\(?[续接]上?表?[一二三四\d]{0,2}\)?|表[一二三四\d]{1,2}\(?续\)?")


def joined(document: Document) -> Document:
    """The document with split tables as one; each join is a repair in its diagnostics."""
    blocks: list[Block] = []
    repairs: list[Diagnostic] = []
    last: int | None = None
    for block in document.blocks:
        if block.kind == "table" and block.table is not None:
            whole = last is not None and _whole(blocks[last].table, block.table)
            if last is not None and whole:
                header, blocks[last] = whole[0], replace(blocks[last], table=whole[1])
                repairs.append(told("table-joined", block.location, n=header))
                continue
            last = len(blocks)
        elif block.kind != "note" and not _CONTINUED.fullmatch(comparison.squeeze(block.text)):
            last = None
        blocks.append(block)
    if not repairs:
        return document
    return replace(document, blocks=tuple(blocks), diagnostics=(*document.diagnostics, *repairs))


def _whole(first: Table | None, second: Table) -> tuple[int, Table] | None:
    """The rows of the repeated header and both parts as one table; None where they are two tables."""
    if (
        first is None
        or first.rows > _LONGEST
        or first.columns != second.columns
        or not (first.exact and second.exact)
    ):
        return None
    header = _header(first, second)
    if header == 0 or header == second.rows or _begins_alike(first, second, header):
        return None
    lower = {(c.row, c.column): c for c in second.cells if c.row >= header}
    longer = _over_the_seam(first, lower, header)
    upper_cells = (
        replace(c, row_span=c.row_span + longer[c.column])
        if c.column in longer and c.row + c.row_span == first.rows
        else c
        for c in first.cells
    )
    moved = (
        replace(c, row=c.row - header + first.rows)
        for c in lower.values()
        if not (c.row == header and c.column in longer)
    )
    return header, replace(first, rows=first.rows + second.rows - header, cells=(*upper_cells, *moved))


def _header(first: Table, second: Table) -> int:
    """How many rows the tables begin with in common, up to a row no cell of which reaches below."""
    alike = 0
    rows = min(first.rows, second.rows)
    ours, theirs = _by_row(first.cells, rows), _by_row(second.cells, rows)
    reach = 0
    for row in range(rows):
        if [_shape(c) for c in ours[row]] != [_shape(c) for c in theirs[row]]:
            break
        reach = max([reach, *(c.row + c.row_span for c in ours[row])])
        if reach <= row + 1:
            alike = row + 1
    return alike


def _by_row(cells: Iterable[Cell], rows: int) -> list[list[Cell]]:
    found: list[list[Cell]] = [[] for _ in range(rows)]
    for cell in cells:
        if cell.row < rows:
            found[cell.row].append(cell)
    return found


def _shape(cell: Cell) -> tuple[int, int, int, str]:
    return cell.column, cell.row_span, cell.column_span, comparison.squeeze(cell.text)


def _begins_alike(first: Table, second: Table, header: int) -> bool:
    """Whether below the header both begin with the same labels: then the second is a table of its own."""
    labels = [
        [_shape(c) for c in table.cells if c.row == header and not _is_figure(c)] for table in (first, second)
    ]
    return header >= first.rows or (labels[0] == labels[1] and labels[0] != [])


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.fullmatch(comparison.squeeze(cell.text)) is not None


def _over_the_seam(first: Table, lower: dict[tuple[int, int], Cell], header: int) -> dict[int, int]:
    """The columns in which the second part repeats a label of the last row, and how many rows it adds.

    From the left, as labels are nested, as far as one of the two is known to span rows.
    """
    found: dict[int, int] = {}
    last_row = sorted((c for c in first.cells if c.row + c.row_span == first.rows), key=lambda c: c.column)
    for upper in last_row:
        below = lower.get((header, upper.column))
        if below is None or _is_figure(upper) or below.column_span != upper.column_span:
            break
        if comparison.squeeze(below.text) != comparison.squeeze(upper.text):
            break
        if upper.row_span == below.row_span == 1:
            break
        found[upper.column] = below.row_span
    return found
