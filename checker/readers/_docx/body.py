"""The blocks of a DOCX file in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from checker.document import Block, BlockKind
from checker.errors import InputError
from checker.location import Location
from checker.readers import _grid
from checker.readers._cell_text import one_line
from checker.readers._docx import embedded, tables
from checker.readers._docx.inline import InlineReader, Met
from checker.readers._docx.log import Log
from checker.readers._docx.names import attribute, name
from checker.readers._docx.package import Package
from checker.readers._docx.story import Budget, Paragraph, Stories, TooLongError
from checker.readers._headings import level as heading_level
from checker.readers._refusals import beyond

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 20
"""Tables within tables, and files within files."""
_QUOTE = 40
_NOTES = {"footnote": "脚注", "endnote": "尾注"}

Referred = list[tuple[str, str]]
"""Footnotes and endnotes met, as kind and id."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the walk is: the part of the file, its name (None for the body), the table cell, the depth."""

    reader: InlineReader
    path: str | None = None
    cell: tuple[int, int, int] | None = None
    note: bool = False
    depth: int = 0


class Body:
    """One file, read once. nested: how many files it stands in; budget: what they have used up."""

    def __init__(self, package: Package, nested: int = 0, budget: Budget | None = None) -> None:
        self.log = Log(package.file)
        self._package = package
        self._nested = nested
        self._budget = budget or Budget()
        self._stories = Stories(package, self._budget)
        self._notes = _NoteParts(package)
        self._blocks: list[Block] = []
        self._paragraphs = self._tables = self._boxes = 0

    def read(self) -> tuple[Block, ...]:
        """Raises InputError for what nests too deep, a table too large, a damaged part."""
        try:
            self._margins("header", "页眉")
            self._walk(self._package.root, Scope(self._reader(self._package.root)))
            self._margins("footer", "页脚")
        except TooLongError:
            raise self._refusal("文字过多", "it holds too much text") from None
        comments = self._package.related("comments")
        count = sum(1 for e in comments if name(e) == "w:comment") if comments is not None else 0
        self.log.note("comment", Location(self._package.file), number=count)
        return tuple(self._blocks)

    def _reader(self, root: "_Element") -> InlineReader:
        return InlineReader(root, self._stories.styles)

    def _walk(self, container: "_Element", scope: Scope) -> None:
        for item in self._stories.items(container, scope.reader):
            if isinstance(item, Paragraph):
                self._paragraph(item, scope)
            elif isinstance(item, Met):
                self._met([item], scope)
            elif name(item) == "w:tbl":
                self._table(item, scope)
            else:
                self._embedded(item, scope)

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph, scope: Scope) -> None:
        place = self._place(scope)
        self._met(paragraph.inline.met, scope)
        if paragraph.lines and place.paragraph is not None:
            self._paragraphs += 1
        for line in paragraph.lines:
            self._blocks.append(self._block(line, paragraph, place, scope))
        for box in paragraph.inline.boxes:
            self._boxes += 1
            self._walk(box, replace(scope, path=f"文本框 {self._boxes}", cell=None))
        self._note_texts(paragraph.inline.notes)

    def _block(self, line: str, paragraph: Paragraph, place: Location, scope: Scope) -> Block:
        if paragraph.contents:
            self.log.note("contents", place, line[:_QUOTE])
        if scope.note or paragraph.contents:
            return Block("note", line, place)
        level = paragraph.level or heading_level(line)
        return Block("heading" if level else "paragraph", line, place, level)

    def _met(self, met: Sequence[Met], scope: Scope) -> None:
        for one in met:
            self.log.note(one.code, self._place(scope), one.quote, one.number)

    def _place(self, scope: Scope, quote: str = "") -> Location:
        """Where the walk is; of a paragraph outside tables, the one about to be read."""
        outside = scope.cell is None and scope.path is None
        ordinal = self._paragraphs + 1 if outside else None
        file = self._package.file
        return Location(file, path=scope.path, paragraph=ordinal, cell=scope.cell, quote=quote or None)

    # Tables

    def _table(self, element: "_Element", scope: Scope) -> None:
        self._tables += 1
        number, inner = self._tables, self._deeper(scope)

        def place(row: int, cell: int, quote: str) -> Location:
            return self._place(replace(inner, cell=(number, row, cell)), quote)

        rows = tables.rows(element, self.log, place)
        if tables.is_layout(rows):
            for row in rows:
                for cell in row.cells:
                    self._walk(cell.element, replace(inner, cell=(number, row.number, cell.number)))
            return
        referred: Referred = []
        texts = [
            [
                self._cell_text(c.element, replace(inner, cell=(number, r.number, c.number)), referred)
                for c in r.cells
            ]
            for r in rows
        ]
        shown = [n for n, row in enumerate(rows) if any(texts[n]) or not tables.is_hidden(row)]
        self.log.note("hidden-row", place(1, 1, ""), number=len(rows) - len(shown))
        if not shown:
            return
        rows, texts = [rows[n] for n in shown], [texts[n] for n in shown]
        try:
            made = tables.table(element, rows, texts, self.log, place)
        except _grid.TooManySlotsError:
            raise self._refusal(
                f"一张表超过 {_grid.SLOTS} 格", f"a table has more than {_grid.SLOTS} slots"
            ) from None
        kind: BlockKind = "note" if scope.note else "table"
        self._blocks.append(Block(kind, "", place(1, 1, ""), 0, made))
        self._note_texts(referred)

    def _deeper(self, scope: Scope) -> Scope:
        if scope.depth >= DEEPEST:
            raise self._refusal(f"表格嵌套超过 {DEEPEST} 层", f"tables are nested deeper than {DEEPEST}")
        return replace(scope, depth=scope.depth + 1)

    def _cell_text(self, cell: "_Element", scope: Scope, referred: Referred) -> str:
        return one_line(self._cell_lines(cell, scope, referred))

    def _cell_lines(self, cell: "_Element", scope: Scope, referred: Referred) -> Iterator[str]:
        """The lines of a cell, those of its text boxes and of tables inside it among them."""
        for item in self._stories.items(cell, scope.reader):
            if isinstance(item, Paragraph):
                self._met(item.inline.met, scope)
                referred += item.inline.notes
                yield from item.lines
                for box in item.inline.boxes:
                    yield from self._cell_lines(box, scope, referred)
            elif isinstance(item, Met):
                self._met([item], scope)
            elif name(item) == "w:tbl":
                yield from self._inner_lines(item, self._deeper(scope), referred)
            else:
                self._met([Met("embedded")], scope)

    def _inner_lines(self, element: "_Element", scope: Scope, referred: Referred) -> Iterator[str]:
        place = self._place(scope)
        self.log.note("nested-table", place)
        for row in tables.rows(element, self.log, lambda *_: place):
            for cell in row.cells:
                yield from self._cell_lines(cell.element, scope, referred)

    # Other parts

    def _note_texts(self, referred: Referred) -> None:
        for kind, identity in referred:
            found = self._notes.first_time(kind, identity)
            if found is not None:
                root, note, number = found
                reader = self._notes.readers.setdefault(kind, self._reader(root))
                self._walk(note, Scope(reader, f"{_NOTES[kind]} {number}", note=True))

    def _margins(self, kind: str, called: str) -> None:
        """The headers or footers that the sections name, each once."""
        relations = self._package.main_relations
        named = self._package.root.iter(f"{{*}}{kind}Reference")
        targets = (relations.get(attribute(e, "id", "r") or "") for e in named)
        for part in dict.fromkeys(t.target for t in targets if t is not None and not t.external):
            root = self._package.tree(part)
            if root is not None:
                self._walk(root, Scope(self._reader(root), called, note=True))

    def _embedded(self, element: "_Element", scope: Scope) -> None:
        relation = self._package.main_relations.get(attribute(element, "id", "r") or "")
        part = relation.target if relation is not None and not relation.external else None
        data = self._package.read(part) if part is not None else None
        if part is None or data is None or not self._take_in(part, data):
            self.log.note("embedded", self._place(scope), part or "")

    def _take_in(self, part: str, data: bytes) -> bool:
        """Read a web page, a text or another DOCX file in the place where it is taken in."""
        file = self._package.file
        if not self._budget.allows(page=0 if embedded.is_docx(data) else len(data)):
            return False
        if not embedded.is_docx(data):
            read = embedded.page(data, file)
            self._budget.spend(len(read[0]) if read else 0)
        elif self._nested < DEEPEST:
            body = Body(Package(data, file), self._nested + 1, self._budget)
            blocks = body.read()
            read = blocks, tuple(body.log.diagnostics())
        else:
            read = None
        if read is None:
            return False
        self._blocks += [embedded.within_part(block, part) for block in read[0]]
        for diagnostic in read[1]:
            place = diagnostic.location and embedded.moved(diagnostic.location, part)
            self.log.add(replace(diagnostic, location=place))
        return True

    def _refusal(self, zh: str, en: str) -> InputError:
        return beyond(Location(self._package.file), zh, en)


class _NoteParts:
    """The footnotes and endnotes by id, numbered in the order in which the text refers to them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.readers: dict[str, InlineReader] = {}
        self._parts: dict[str, tuple[_Element | None, dict[str, _Element]]] = {}
        self._numbers: dict[str, dict[str, int]] = {}

    def first_time(self, kind: str, identity: str) -> "tuple[_Element, _Element, int] | None":
        """The part, the note and its number; None for a note told before, and one that is not there."""
        if kind not in self._parts:
            root = self._package.related(f"{kind}s")
            found = () if root is None else root
            self._parts[kind] = root, {attribute(e, "id") or "": e for e in found if name(e) == f"w:{kind}"}
        root, notes = self._parts[kind]
        numbers = self._numbers.setdefault(kind, {})
        if root is None or identity not in notes or identity in numbers:
            return None
        numbers[identity] = len(numbers) + 1
        return root, notes[identity], numbers[identity]
