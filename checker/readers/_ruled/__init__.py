"""Pages of characters and rules to headings, paragraphs and tables with exact grids; for PDF and OFD.

page: what a reader hands over. beside: what else it saw.
lattice: rules to grids. mended: grids by their text.
lines and pages: characters to lines and cells. struck: what is struck out.
furniture: page numbers, running heads. paragraphs: lines to paragraphs.
parts: a table on one page. cuts: rows cut by a page end. tables: parts to whole tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from checker.document import Block, Diagnostic
from checker.location import Location
from checker.readers._diagnostics import told
from checker.readers._headings import level as heading_level
from checker.readers._ruled import furniture, paragraphs, tables
from checker.readers._ruled.beside import Beside, about
from checker.readers._ruled.lines import Line, rows_of, without_doubles
from checker.readers._ruled.page import Glyph, Page, Segment
from checker.readers._ruled.pages import Content, content, place, unruled
from checker.readers._ruled.paragraphs import Placed
from checker.readers._ruled.parts import Part
from checker.readers._ruled.radicals import IDEOGRAPHS
from checker.readers._ruled.struck import Struck, without_struck

__all__ = ["Beside", "Glyph", "Page", "Segment", "about", "recovered"]

_ADJOINING = 30.0
"""Points between two parts of one table on one page."""
_TITLE = 1.15


def recovered(pages: Sequence[Page], file: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks of the pages in reading order, and what was put right, left out or lost."""
    clean, diagnostics = _cleaned(pages, file)
    contents = []
    for page in clean:
        unstruck, struck = without_struck(page)
        diagnostics += _struck_out(struck, page.number, file)
        contents.append(content(unstruck, file))
    notes, left_out = furniture.set_apart(contents, file)
    writer = _Writer(file)
    for found, frame in zip(contents, paragraphs.frames(contents), strict=True):
        for item in _in_order(found):
            if isinstance(item, Part):
                writer.part(item)
            else:
                writer.line(Placed(item, found.page.number, frame))
        diagnostics += [*found.diagnostics, *_lost(found, file)]
    writer.finish()
    return (*notes, *writer.blocks), (*diagnostics, *left_out, *writer.diagnostics)


def _cleaned(pages: Sequence[Page], file: str) -> tuple[list[Page], list[Diagnostic]]:
    """Pages with ideographs for radicals and without characters drawn twice."""
    clean = []
    doubles = radicals = 0
    for page in pages:
        glyphs, double = without_doubles(page.glyphs)
        doubles += double
        folded = tuple(
            replace(g, text=IDEOGRAPHS[ord(g.text)]) if len(g.text) == 1 and ord(g.text) in IDEOGRAPHS else g
            for g in glyphs
        )
        radicals += sum(1 for a, b in zip(glyphs, folded, strict=True) if a is not b)
        clean.append(replace(page, glyphs=folded))
    repairs = [told("doubled-characters", Location(file), n=doubles)] if doubles else []
    repairs += [told("radicals", Location(file), n=radicals)] if radicals else []
    return clean, repairs


def _struck_out(struck: Sequence[Struck], page: int, file: str) -> Iterator[Diagnostic]:
    for glyphs in struck:
        line = Line(glyphs, 0)
        yield told("struck-out", place(file, page, line.box, line.text), n=1)


def _lost(found: Content, file: str) -> Iterator[Diagnostic]:
    outline = unruled(found)
    known = outline is None or any(
        outline[1] <= box[3] and box[1] <= outline[3] and outline[0] <= box[2] and box[0] <= outline[2]
        for box in found.lost
    )
    for box in [*found.lost, *([outline] if outline and not known else [])]:
        yield told("table-not-recovered", place(file, found.page.number, box))


# Reading order


def _in_order(found: Content) -> list[Line | Part]:
    """Lines and tables from top to bottom; in the order of the file where text stands side by side."""
    numbered: list[tuple[int, float, float, Line | Part]] = [
        (line.number, line.middle, line.left, line) for line in found.lines
    ]
    numbered += [
        (first, part.box[1], part.box[0], part) for first, part in zip(found.first, found.parts, strict=True)
    ]
    rows = rows_of(found.lines)
    if any(len(row) > 1 for row in rows):
        by_file = sorted(numbered, key=lambda item: item[0])
        if _is_mostly_downwards(by_file):
            return [item[3] for item in by_file]
    height = {id(line): number for number, row in enumerate(rows) for line in row}
    middle = {id(line): row[0].middle for row in rows for line in row}
    return [
        item[3]
        for item in sorted(
            numbered, key=lambda i: (middle.get(id(i[3]), i[1]), height.get(id(i[3]), -1), i[2])
        )
    ]


def _is_mostly_downwards(items: Sequence[tuple[int, float, float, Line | Part]]) -> bool:
    """Whether the order of the file is one in which a person could read."""
    sizes = [item[3].size for item in items if isinstance(item[3], Line)]
    jump = 3 * max(sizes, default=12.0)
    upwards = sum(1 for a, b in pairwise(items) if b[1] < a[1] - jump)
    return upwards <= 2 + 0.15 * len(items)


# Writing


@dataclass(slots=True)
class _Writer:
    """Collects lines to paragraphs and parts to tables until something else follows."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    paragraph: list[Placed] = field(default_factory=list)
    table: Part | None = None
    headed: bool = False

    def line(self, placed: Placed) -> None:
        self._end_table()
        if self.paragraph and not paragraphs.goes_on(self.paragraph, placed):
            self._end_paragraph()
        if self.paragraph and self.paragraph[-1].page != placed.page:
            self._rejoined(placed)
        self.paragraph.append(placed)

    def part(self, part: Part) -> None:
        self._end_paragraph()
        if self.table is not None and self._is_next(self.table, part):
            parts = tables.split_at_headers(part, self.table.header())
        else:
            self._end_table()
            self.table, *parts = tables.split_at_headers(part, part.header())
        for further in parts:
            tables.join(self.table, further)

    def finish(self) -> None:
        self._end_paragraph()
        self._end_table()

    def _is_next(self, table: Part, part: Part) -> bool:
        if not tables.continues(table, part):
            return False
        if part.page == table.page:
            return part.box[1] - table.box[3] <= _ADJOINING and tables.repeats(table, part)
        return part.page == table.page + 1

    def _end_table(self) -> None:
        if self.table is not None:
            block, diagnostics = tables.block(self.table)
            self.blocks.append(block)
            self.diagnostics += diagnostics
            self.table = None

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self.blocks.append(paragraphs.block(self.paragraph, self.file, self._is_title()))
            self.paragraph = []

    def _is_title(self) -> bool:
        """Large characters before the first heading of a section."""
        first = self.paragraph[0]
        if heading_level(first.line.text):
            self.headed = True
        return not self.headed and first.line.is_ideographic and first.line.size > _TITLE * first.frame.size

    def _rejoined(self, placed: Placed) -> None:
        where = place(self.file, placed.page, placed.line.box, placed.line.text)
        self.diagnostics.append(told("paragraph-rejoined", where))
