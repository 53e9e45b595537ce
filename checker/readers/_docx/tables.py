"""The tables of a DOCX file: their rows and cells, and whether they hold data or arrange the page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.document import Cell, Table
from checker.location import Location
from checker.readers._docx import grid
from checker.readers._docx.log import Log
from checker.readers._docx.names import attribute, child, name, number, switch, value, within

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_CELL = 300
_NO_HEIGHT, _TINY = 20, 4
"""Twentieths of a point; half points of type."""
_ROWS, _CELLS = frozenset({"w:tr"}), frozenset({"w:tc"})
_MERGES = {"cont": "continue", "rest": "restart"}

Place = Callable[[int, int, str], Location]
"""The location of row, cell and quote."""


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell and its number in the row, from 1 as it stands in the file."""

    element: "_Element"
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the table, from 1 as it stands in the file."""

    element: "_Element"
    number: int
    cells: tuple[RowCell, ...]


def rows(table: "_Element", log: Log, place: Place) -> list[Row]:
    """The rows and cells that are neither deleted nor hidden."""
    found = (e for e in within(table, _ROWS) if name(e) == "w:tr")
    kept: list[Row] = []
    for ordinal, element in enumerate(found, 1):
        gone = _gone(element, log, place(ordinal, 1, ""))
        cells = () if gone else tuple(_cells(element, ordinal, log, place))
        if cells:
            kept.append(Row(element, ordinal, cells))
    return kept


def _gone(row: "_Element", log: Log, where: Location) -> bool:
    properties = child(row, "w:trPr")
    if child(properties, "w:del") is not None:
        log.note("deleted-row", where)
        return True
    if switch(properties, "w:hidden"):
        log.note("hidden-row", where)
        return True
    if _is_filler(row, properties):
        log.note("filler-row", where)
        return True
    if child(properties, "w:ins") is not None:
        log.note("inserted-row", where)
    return False


def is_hidden(row: Row) -> bool:
    """Whether not even the ends of its paragraphs are shown: then the row is not there for a reader."""
    found = [p for p in row.element.iterdescendants("{*}p") if name(p) == "w:p"]
    return bool(found) and all(switch(child(child(p, "w:pPr"), "w:rPr"), "w:vanish") for p in found)


def _is_filler(row: "_Element", properties: "_Element | None") -> bool:
    """The row of empty cells without height by which pages fix column widths, taken over from one."""
    if _length(row):
        return False
    height = child(properties, "w:trHeight")
    if height is not None and attribute(height, "hRule") == "exact":
        return (number(attribute(height, "val")) or 0) <= _NO_HEIGHT
    marks = [child(child(p, "w:pPr"), "w:rPr") for p in row.iterdescendants("{*}p") if name(p) == "w:p"]
    sizes = [number(value(mark, "w:sz")) for mark in marks]
    return bool(sizes) and all(size is not None and size <= _TINY for size in sizes)


def _cells(row: "_Element", ordinal: int, log: Log, place: Place) -> Iterator[RowCell]:
    found = (e for e in within(row, _CELLS) if name(e) == "w:tc")
    for number_, element in enumerate(found, 1):
        if child(child(element, "w:tcPr"), "w:cellDel") is not None:
            log.note("deleted-cell", place(ordinal, number_, ""))
        else:
            yield RowCell(element, number_)


def is_layout(rows: Sequence[Row]) -> bool:
    """A table holding tables or whole passages, or with nothing beside anything, arranges the page."""
    plain = sum(1 for row in rows if len([c for c in row.cells if not _inner(c.element)]) > 1)
    widest = max((len(row.cells) for row in rows), default=0)
    if widest <= 1:
        return True
    if plain >= 3:
        return False
    return any(_inner(c.element) or _length(c.element) > LONGEST_CELL for row in rows for c in row.cells)


def _inner(cell: "_Element") -> bool:
    return any(name(e) == "w:tbl" and _length(e) for e in cell.iterdescendants("{*}tbl"))


def _length(element: "_Element") -> int:
    return sum(len((e.text or "").strip()) for e in element.iterdescendants("{*}t") if name(e) == "w:t")


def table(
    element: "_Element", kept: Sequence[Row], texts: Sequence[Sequence[str]], log: Log, place: Place
) -> Table:
    """The table of rows whose cells have these texts. Raises _grid.TooManySlotsError."""
    raw = [_raw(row) for row in kept]
    placed = grid.place(raw, _widths(element))
    where = place(1, 1, "")
    log.note("span-cut", where, number=placed.cut)
    log.note("loose-merge", where, number=placed.loose)
    log.note("near-edges", where, number=placed.snapped)
    log.note("column-widths", where, number=int(placed.by_width))
    cells: list[Cell] = []
    for row, places, written in zip(kept, placed.places, texts, strict=True):
        for cell, at, text in zip(row.cells, places, written, strict=True):
            location = place(row.number, cell.number, text)
            if at is not None:
                cells.append(Cell(at.row, at.column, text, location, at.row_span, at.column_span))
            elif text:
                log.note("merged-text", location, text)
    return Table(len(kept), placed.columns, tuple(cells), exact=True)


def _widths(element: "_Element") -> list[int]:
    declared = child(element, "w:tblGrid")
    columns = () if declared is None else declared
    return [number(attribute(c, "w")) or 0 for c in columns if name(c) == "w:gridCol"]


def _raw(row: Row) -> grid.RawRow:
    properties = child(row.element, "w:trPr")
    before, after = (number(value(properties, f"w:{side}")) or 0 for side in ("gridBefore", "gridAfter"))
    return grid.RawRow(tuple(_raw_cell(c.element) for c in row.cells), max(before, 0), max(after, 0))


def _raw_cell(cell: "_Element") -> grid.RawCell:
    properties = child(cell, "w:tcPr")
    span = number(value(properties, "w:gridSpan")) or 1
    width = child(properties, "w:tcW")
    dxa = width is not None and attribute(width, "type") in (None, "dxa")
    twips = number(attribute(width, "w")) if width is not None and dxa else None
    return grid.RawCell(span, _down(properties), _merge(properties, "w:hMerge"), twips)


def _down(properties: "_Element | None") -> str | None:
    """A merge with the cells above or below; a tracked one says what it will be."""
    tracked = child(properties, "w:cellMerge")
    if tracked is not None:
        return _MERGES.get(attribute(tracked, "vMerge") or "")
    return _merge(properties, "w:vMerge")


def _merge(properties: "_Element | None", kind: str) -> str | None:
    said = value(properties, kind)
    return None if said is None else "restart" if said == "restart" else "continue"
