"""The document as read: headings, paragraphs and tables, each with its location. Knows nothing of reports."""

from dataclasses import dataclass, replace
from typing import Literal

from checker.bilingual import Bilingual
from checker.location import Location

BlockKind = Literal["heading", "paragraph", "table", "note"]
Severity = Literal["repair", "left_out", "loss"]


@dataclass(frozen=True, slots=True)
class Source:
    """What the bytes were: given name, digest, how they were recognised and decoded.

    encoding: empty for kinds that carry no plain text. converter: name and version of what turned the
    file into a kind we read, None where nothing had to.
    """

    file: str
    sha256: str
    size: int
    kind: str
    encoding: str = ""
    converter: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell at its top-left slot; row and column count from 0, spans are at least 1."""

    row: int
    column: int
    text: str
    location: Location
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order.

    exact: the grid positions and spans come from the file. False where the format only gives
    the order of the cells in each row (flattened text): there `column` is the cell's ordinal.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, table or note, with its verbatim text.

    level is 1 for a document title and 2, 3 … for marked headings, 0 where nothing marks one.
    text of a table is empty. A block's text has no line breaks of its own making: where one
    paragraph was wrapped over several physical lines they are joined and `line_starts` gives,
    for each physical line, its offset in the text and the place where it starts.
    """

    kind: BlockKind
    text: str
    location: Location
    level: int = 0
    table: Table | None = None
    line_starts: tuple[tuple[int, Location], ...] = ()

    def locate(self, start: int, end: int) -> Location:
        """The place of text[start:end], with the quote; no character where the block has none."""
        place, first = self.location, 0
        for offset, begins in self.line_starts:
            if offset <= start:
                place, first = begins, offset
        character = None if place.character is None else place.character + start - first
        return replace(place, character=character, quote=self.text[start:end])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that is not in the document as it stands in the file.

    repair: put right without loss (a span cut to fit, a table cut by pages rejoined); left_out: found and
    not taken as text of the report on purpose (a page number, a deleted passage); loss: could not be read.
    """

    code: str
    message: Bilingual
    location: Location | None = None
    severity: Severity = "repair"


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one file, in reading order."""

    source: Source
    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def provenance(self) -> "Provenance":
        return Provenance(self.source, self.diagnostics)


@dataclass(frozen=True, slots=True)
class Provenance:
    """A document without its text: what the bytes of the file were, and every repair and loss on the way."""

    source: Source
    diagnostics: tuple[Diagnostic, ...] = ()
