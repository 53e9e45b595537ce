"""The tables of a page: their rows, what only arranges the page, the text of cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.readers._cell_text import one_line
from checker.readers._html.elements import (
    BLOCKS,
    SKIPPED,
    Size,
    all_text,
    collapse,
    is_hidden,
    is_skipped,
    name_of,
    own_text,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_NO_HEIGHT = re.compile(r"(?:^|[;\s])height\s*:\s*0(?:\.0*)?(?:p[tx])?\s*(?:;|$)", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; element is None where the page forgot the row tag."""

    element: "_Element | None"
    cells: "list[_Element]"


def rows_of(table: "_Element") -> "tuple[list[Row], list[_Element]]":
    """The table's own rows, and elements with text that stand outside its cells."""
    rows: list[Row] = []
    stray: list[_Element] = []
    for element, row in _table_parts(table, None):
        if name_of(element) == "tr":
            rows.append(Row(element, []))
        elif name_of(element) not in ("td", "th"):
            stray.append(element)
        elif row is not None or (rows and rows[-1].element is None):
            rows[-1].cells.append(element)
        else:
            rows.append(Row(None, [element]))
    return rows, stray


def _table_parts(element: "_Element", row: "_Element | None") -> "Iterator[tuple[_Element, _Element | None]]":
    """Rows, cells and captions below a table in order, each with its row; not those of a table inside."""
    for child in element:
        name = name_of(child)
        if name in ("td", "th"):
            yield child, row
        elif name == "tr":
            yield child, None
            yield from _table_parts(child, child)
        elif name in ("caption", "table"):
            yield child, row
        elif name not in SKIPPED:
            yield from _table_parts(child, row)


def is_layout(table: "_Element", rows: "Sequence[Row]", sizes: "Mapping[_Element, Size]") -> bool:
    """A table holding tables or whole passages, or with nothing beside anything, arranges the page."""
    if table.get("role") == "presentation":
        return True
    inner = [e for e in table.iterdescendants("table") if sizes[e].text]
    plain = [r for r in rows if sum(1 for c in r.cells if next(c.iter("table"), None) is None) > 1]
    if inner:
        return len(plain) < 3
    longest = max((sizes[c].text for row in rows for c in row.cells), default=0)
    widest = max((len(row.cells) for row in rows), default=0)
    return longest > 300 or widest <= 1


def is_filler(row: Row) -> bool:
    """The row of empty cells without height by which Word fixes column widths."""
    if any(all_text(cell) for cell in row.cells):
        return False
    elements = [row.element] if row.element is not None else []
    return any(
        e.get("height", "").strip() in ("0", "0px", "0pt") or _NO_HEIGHT.search(e.get("style", ""))
        for e in [*elements, *row.cells]
    )


def spans_of(cell: "_Element") -> tuple[int, int]:
    return _number(cell.get("rowspan"), least=0), _number(cell.get("colspan"), least=1)


def _number(value: str | None, least: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", value or "")
    return max(least, int(digits[1])) if digits and digits[1].isascii() else 1


def text_of_cell(cell: "_Element") -> str:
    """The shown text of a cell on one line; see `_cell_text.glue` for its own line breaks."""
    lines: list[list[str]] = [[]]
    _gather(cell, lines)
    return one_line(collapse("".join(line)) for line in lines)


def _gather(element: "_Element", lines: list[list[str]]) -> None:
    name = name_of(element)
    if is_skipped(element) or is_hidden(element):
        return
    breaks = name in BLOCKS or name in ("br", "table")
    if breaks:
        lines.append([])
    lines[-1].append(own_text(element) or "")
    for child in element:
        _gather(child, lines)
        lines[-1].append(child.tail or "")
    if breaks:
        lines.append([])
