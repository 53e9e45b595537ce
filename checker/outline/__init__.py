"""The report's text in reading order, cut at its six section headings.

One string for everything in the file, its comparison view of the same length, and the spans of
title, preamble, sections, prose and signature, so that extractors share offsets and locations.
A heading is found where it stands alone and also inside running text: some sites publish
the whole report as one physical line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checker import comparison
from checker.document import Block, Cell, Document
from checker.location import Location
from checker.outline.front import Frame, frame
from checker.outline.headings import NUMERALS, TITLES, Heading, find
from checker.outline.kinds import refuse_other_documents, refuse_too_long
from checker.outline.parts import Piece, Section, Span, cut, without
from checker.outline.running_text import is_table_text, running_text
from checker.patterns import pattern

__all__ = ["NUMERALS", "TITLES", "Outline", "Piece", "Section", "Span", "cut", "outline"]

_SENTENCE = pattern(r"[^。!?\n]+[。!?]?")


@dataclass(frozen=True)
class Outline:
    """Verbatim text, its comparison view, and where everything in it came from.

    front is all that stands before the first section; extra holds top-level headings beyond
    the six, or a repeated one. Cells of a table are joined by tabs and rows by line breaks.
    """

    document: Document
    text: str
    view: str
    pieces: tuple[Piece, ...]
    front: Span
    sections: tuple[Section, ...]
    extra: tuple[Span, ...]

    def section(self, number: int) -> Section | None:
        """The section with this number, if its heading was found."""
        return next((s for s in self.sections if s.number == number), None)

    @property
    def title(self) -> tuple[Span, ...]:
        """The lines of the title, none if there is none."""
        return self._frame.title

    @property
    def preamble(self) -> Span | None:
        """The preamble; in some reports it stands inside section one."""
        return self._frame.preamble

    @property
    def signature(self) -> Span | None:
        """Office and date below the last section; no part of its prose."""
        return self._frame.signature

    def pieces_in(self, span: Span) -> tuple[Piece, ...]:
        """Pieces that begin inside the span."""
        return tuple(p for p in self.pieces if span.start <= p.start < span.end)

    def has_table(self, section: Section) -> bool:
        """Whether a table, or one flattened into text, stands in the section."""
        words = self.view[section.body.start : section.body.end]
        return any(p.cell for p in self.pieces_in(section.body)) or is_table_text(words, section.number)

    def locate(self, start: int, end: int) -> Location:
        """The place of text[start:end]; a range over several pieces is placed at its first."""
        piece = self.pieces[max(0, bisect_right(self._starts, start) - 1)]
        first, last = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
        if piece.cell is not None:
            return piece.cell.location
        return piece.block.locate(first, max(first, last))

    def lines(self, span: Span) -> tuple[Location, ...]:
        """The prose inside a span, a location for each physical line; the quotes joined are its text."""
        return tuple(
            self.locate(s.start, s.end) for part in self.prose_in(span) for s in self._lines_of(part)
        )

    def wording(self, span: Span) -> str:
        """The prose inside a span, a line for each paragraph, however the file wrapped it."""
        return "\n".join(self.text[p.start : p.end] for p in self.prose_in(span))

    def length(self, span: Span) -> int:
        """Characters of the prose inside a span, white space not counted."""
        return sum(len("".join(self.text[p.start : p.end].split())) for p in self.prose_in(span))

    def sentences(self, span: Span) -> Iterator[Span]:
        """The sentences of the prose inside a span; the end of a paragraph ends one too."""
        for part in self.prose_in(span):
            for match in _SENTENCE.finditer(self.view, part.start, part.end):
                yield Span(match.start(), match.end())

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """Spans of running text: no headings of sections, no tables (even flattened), no page chrome."""
        removed = [*self._frame.chrome, *([self.signature] if self.signature else [])]
        spans = without(self._text_of(self.front), removed)
        spans = running_text(self.view, spans, 0)
        for section, region in self._regions():
            number = section.number if section else 0
            spans += running_text(self.view, without(self._text_of(region), removed), number)
        return tuple(spans)

    def prose_in(self, span: Span) -> tuple[Span, ...]:
        """The prose inside a span."""
        first = max(0, bisect_right(self._prose_starts, span.start) - 1)
        last = bisect_left(self._prose_starts, span.end)
        parts = (cut(p, span) for p in self.prose[first:last])
        return tuple(p for p in parts if p.end > p.start)

    @cached_property
    def _prose_starts(self) -> list[int]:
        return [p.start for p in self.prose]

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.pieces]

    @cached_property
    def _frame(self) -> Frame:
        return frame(self.view, self.pieces, self.front, self.sections)

    def _regions(self) -> Iterator[tuple[Section | None, Span]]:
        """What follows each heading, in reading order; the section is None for a heading beyond the six."""
        ends = {s.body.end for s in self.sections}
        for section in self.sections:
            yield section, section.body
        for span in self.extra:
            if span.start in ends:
                following = [s.start for s in self.extra if s.start > span.start]
                yield None, Span(span.end, min(following, default=len(self.text)))

    def _text_of(self, span: Span) -> list[Span]:
        parts = (cut(Span(p.start, p.end), span) for p in self.pieces if p.is_text)
        return [p for p in parts if p.end > p.start]

    def _lines_of(self, span: Span) -> Iterator[Span]:
        piece = self.pieces[bisect_right(self._starts, span.start) - 1]
        breaks = [piece.start + offset for offset, _ in piece.block.line_starts]
        edges = [span.start, *(b for b in breaks if span.start < b < span.end), span.end]
        yield from (Span(a, b) for a, b in zip(edges, edges[1:], strict=False))


def outline(document: Document) -> Outline:
    """Cut a document at its section headings.

    Raises InputError if it is no annual report on government information disclosure, or one of
    a university or in the format used before 2019, or longer than any report can be.
    """
    text, pieces = _stream(document)
    refuse_too_long(document, len(text))
    view = comparison.view(text)
    headings, further = find(view, pieces)
    refuse_other_documents(document, view, headings)
    sections = _sections(headings, further, len(text))
    front = Span(0, min((h.span.start for h in headings), default=len(text)))
    return Outline(document, text, view, pieces, front, sections, tuple(h.span for h in further))


def _stream(document: Document) -> tuple[str, tuple[Piece, ...]]:
    parts: list[str] = []
    pieces: list[Piece] = []
    position = 0
    for block in document.blocks:
        if block.kind == "note":
            continue
        units = [(block.text, None, "\n")] if block.table is None else _cells(block)
        for words, cell, separator in units:
            pieces.append(Piece(position, position + len(words), block, cell))
            parts += [words, separator]
            position += len(words) + len(separator)
    return "".join(parts), tuple(pieces)


def _cells(block: Block) -> list[tuple[str, Cell | None, str]]:
    cells = block.table.cells if block.table else ()
    following = [*cells[1:], None][: len(cells)]
    return [
        (cell.text, cell, "\t" if after is not None and after.row == cell.row else "\n")
        for cell, after in zip(cells, following, strict=True)
    ]


def _sections(headings: list[Heading], further: list[Heading], length: int) -> tuple[Section, ...]:
    # A repeated heading does not end a section; 七、 and beyond do.
    starts = [h.span.start for h in headings] + [h.span.start for h in further if h.value > 6] + [length]
    return tuple(
        Section(
            h.number or 0,
            h.numeral,
            h.official,
            h.span,
            Span(h.span.end, min(s for s in starts if s > h.span.start)),
        )
        for h in headings
    )
