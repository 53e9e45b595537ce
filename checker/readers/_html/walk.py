"""The walk over a page: its blocks in order, the text around the report among them as notes."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from checker.document import Block, BlockKind, Cell, Diagnostic, Table
from checker.location import Location
from checker.readers import _grid
from checker.readers._diagnostics import told
from checker.readers._headings import level as heading_level
from checker.readers._html.chrome import LONGEST_CHROME, is_chrome, is_chrome_text
from checker.readers._html.elements import (
    BLOCKS,
    Size,
    all_text,
    collapse,
    is_hidden,
    is_note,
    is_skipped,
    is_unseen,
    line_of,
    name_of,
    own_text,
)
from checker.readers._html.tables import Row, is_filler, is_layout, rows_of, spans_of, text_of_cell
from checker.readers._refusals import beyond

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = {f"h{n}": n for n in range(1, 7)}


@dataclass(slots=True)
class _Context:
    """The block element whose text is being gathered, whether it is a note, its heading level."""

    element: "_Element"
    note: bool = False
    level: int = 0
    preformatted: bool = False


@dataclass(slots=True)
class Walker:
    """sizes, paths and markers are those of the whole page. line and marker: of what is in the buffer."""

    file: str
    sizes: "dict[_Element, Size]"
    paths: "dict[_Element, str]"
    markers: "dict[_Element, str]"
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    line: int | None = None
    marker: str = ""
    numbered: int = 0
    """List items so far that were given their number."""
    pictures: "list[_Element]" = field(default_factory=list)
    """Those that stand in the text."""

    def place(self, element: "_Element", quote: str | None = None) -> Location:
        return Location(self.file, line=line_of(element), path=self.paths[element], quote=quote)

    def walk(self, root: "_Element") -> None:
        context = _Context(root)
        self._visit(root, context)
        self._flush(context)

    def _visit(self, element: "_Element", context: _Context) -> None:
        name = name_of(element)
        if is_skipped(element):
            return
        if name == "img" and not context.note and not is_unseen(element):
            self.pictures.append(element)
        if name == "br":
            self._break(context)
        elif name == "table":
            self._flush(context)
            self._table(element, replace(context, element=element))
        elif name in BLOCKS or (is_hidden(element) and self.sizes[element].text > LONGEST_CHROME):
            self._flush(context)
            self._block(element, name, context)
        elif not is_hidden(element):
            self._children(element, context)

    def _block(self, element: "_Element", name: str, outer: _Context) -> None:
        note = outer.note or is_hidden(element) or is_note(element) or is_chrome(element, self.sizes)
        level = _HEADINGS.get(name, outer.level)
        inner = _Context(element, note, level, outer.preformatted or name == "pre")
        self.marker = self.markers.get(element, self.marker)
        self._children(element, inner)
        self._flush(inner)
        if element in self.markers:
            self.marker = ""

    def _children(self, element: "_Element", context: _Context) -> None:
        self._text(own_text(element), element, context)
        for child in element:
            self._visit(child, context)
            self._text(child.tail, child, context)

    def _text(self, text: str | None, element: "_Element", context: _Context) -> None:
        if not text:
            return
        first, *further = text.split("\n") if context.preformatted else [text]
        self._push(first, element)
        for line in further:
            self._flush(context)
            self._push(line, element)

    def _push(self, text: str, element: "_Element") -> None:
        if self.line is None and text.strip():
            start = line_of(element)
            indent = text[: len(text) - len(text.lstrip())]
            self.line = None if start is None else start + indent.count("\n")
        self.buffer.append(text)

    def _break(self, context: _Context) -> None:
        """A line break ends a paragraph, except in a heading."""
        if context.level:
            self.buffer.append(" ")
        else:
            self._flush(context)

    def _flush(self, context: _Context) -> None:
        text = collapse("".join(self.buffer)).strip()
        line, self.line = self.line, None
        self.buffer.clear()
        if text:
            if self.marker and not context.note:
                text, self.numbered, self.marker = self.marker + text, self.numbered + 1, ""
            location = Location(self.file, line=line, path=self.paths[context.element])
            self.blocks.append(_block(text, location, context))

    # Tables

    def _table(self, table: "_Element", context: _Context) -> None:
        if is_hidden(table):
            context.note = True
        rows, stray = rows_of(table)
        for element in stray:
            self._block(element, "caption", context)
        if is_layout(table, rows, self.sizes):
            for row in rows:
                self._layout_row(row, context)
            return
        kept = [row for row in rows if self._is_kept(row)]
        self._data_table(table, kept, context.note)

    def _layout_row(self, row: "Row", context: _Context) -> None:
        """The cells of a row that arranges the page; a narrow one beside the text is a side column."""
        longest = max((self.sizes[c].text for c in row.cells), default=0)
        for cell in row.cells:
            aside = self.sizes[cell].text * 5 < longest
            self._block(cell, "td", replace(context, note=context.note or aside))

    def _is_kept(self, row: "Row") -> bool:
        if row.element is not None and is_hidden(row.element):
            self._report("hidden-row", row)
            return False
        if is_filler(row):
            self._report("filler-row", row)
            return False
        return bool(row.cells)

    def _report(self, code: str, row: "Row") -> None:
        quote = " ".join(all_text(c) for c in row.cells).strip() or None
        anchor = row.element if row.element is not None else row.cells[0]
        self.diagnostics.append(told(code, self.place(anchor, quote), n=1))

    def _data_table(self, table: "_Element", rows: "list[Row]", note: bool) -> None:
        cells = [[c for c in row.cells if not is_hidden(c)] for row in rows]
        try:
            grid = _grid.place([[spans_of(c) for c in row] for row in cells])
        except _grid.TooManySlotsError:
            place = Location(self.file, line=line_of(table))
            zh, en = f"一张表超过 {_grid.SLOTS} 格", f"a table has more than {_grid.SLOTS} slots"
            raise beyond(place, zh, en) from None
        if not grid.places:
            return
        located = self.place(table)
        if grid.cut:
            self.diagnostics.append(told("span-cut", located, n=grid.cut))
        flat = [c for row in cells for c in row]
        made = tuple(self._cell(c, p) for c, p in zip(flat, grid.places, strict=True))
        kind: BlockKind = "note" if note else "table"
        self.blocks.append(Block(kind, "", located, 0, Table(len(rows), grid.columns, made, exact=True)))

    def _cell(self, element: "_Element", place: _grid.Place) -> Cell:
        text = text_of_cell(element)
        self.pictures += (e for e in element.iter("img") if not is_unseen(e))
        location = self.place(element, text)
        return Cell(place.row, place.column, text, location, place.row_span, place.column_span)


def _block(text: str, location: Location, context: _Context) -> Block:
    if context.note or is_chrome_text(text):
        return Block("note", text, location)
    level = context.level
    if level and len(text) > 60 and "。" in text:
        level = 0
    level = level or heading_level(text)
    return Block("heading" if level else "paragraph", text, location, level)
