"""The running text of a report as sentences, the same however lines and paragraphs were cut.

A paragraph that breaks off without a full stop is taken on into the next one, unless it is a heading.
Rows of tables beyond the official ones stand among the sentences.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from checker.collation.shape import What
from checker.collation.wording import key
from checker.facts import Facts
from checker.location import Location
from checker.outline import Outline, Piece, Span, cut

SIGNATURE = 7
"""Stands for the signature where sections are counted; 0 for all before the first."""
_ENDS = re.compile(r'[。！？；;!?]+["”』」）)]*')
_ENUMERATED = re.compile(
    r"\s*(?:[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章节部])"
)
_LONGEST_HEADING = 40
_TABLE_SECTIONS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Sentence:
    """key: what it is compared by. paragraph: the block it begins in, counted from 0."""

    what: What
    text: str
    key: str
    section: int
    paragraph: int
    location: Location


def sentences(outline: Outline, facts: Facts) -> tuple[Sentence, ...]:
    """All sentences, headings within sections and rows of further tables, in reading order."""
    reader = _Reader(outline)
    parts: list[tuple[int, Span | list[Span]]] = [(span.start, span) for span in _prose(outline)]
    parts += [(cells[0].start, cells) for cells in _rows(outline, facts)]
    for _, part in sorted(parts, key=lambda each: each[0]):
        if isinstance(part, Span):
            reader.take(part)
        else:
            reader.take_row(part)
    reader.flush()
    return tuple(reader.found)


def _prose(outline: Outline) -> Iterator[Span]:
    """The prose without the title, which is a fact of its own, and with the signature."""
    title = outline.title
    for span in outline.prose:
        if not any(t.start <= span.start and span.end <= t.end for t in title):
            yield span
    if outline.signature is not None:
        for piece in outline.pieces_in(outline.signature):
            yield cut(Span(piece.start, piece.end), outline.signature)


class _Reader:
    """Takes stretches of prose one after another and gives sentences."""

    def __init__(self, outline: Outline) -> None:
        self.found: list[Sentence] = []
        self._outline = outline
        self._pending: list[Span] = []
        self._starts = [piece.start for piece in outline.pieces]
        self._blocks = {id(block): n for n, block in enumerate(outline.document.blocks)}

    def take_row(self, cells: list[Span]) -> None:
        self.flush()
        self._add("row", cells)

    def take(self, span: Span) -> None:
        if self._pending and self._section(self._pending[0]) != self._section(span):
            self.flush()
        start = span.start
        for match in _ENDS.finditer(self._outline.text, span.start, span.end):
            self._pending.append(Span(start, match.end()))
            self.flush()
            start = match.end()
        if self._outline.text[start : span.end].strip():
            self._pending.append(Span(start, span.end))
            if self._is_heading(span, start):
                self.flush("heading")

    def flush(self, what: What = "sentence") -> None:
        if self._pending:
            self._add(what, self._pending)
            self._pending = []

    def _is_heading(self, span: Span, start: int) -> bool:
        """Whether a paragraph without a full stop stands for itself."""
        if start != span.start or len(self._pending) > 1:
            return False
        text = self._outline.text[span.start : span.end].strip()
        marked = self._piece(span).block.kind == "heading" or _ENUMERATED.match(text)
        return bool(marked) and len(text) <= _LONGEST_HEADING

    def _add(self, what: What, spans: list[Span]) -> None:
        parts = [self._outline.text[s.start : s.end] for s in spans]
        # Cells stay apart: 1 | 23 is not 12 | 3.
        text = "".join(parts) if what != "row" else " | ".join(filter(None, map(str.strip, parts)))
        words = text.strip()
        if compared := key(words):
            start = spans[0].start + len(text) - len(text.lstrip())
            place = replace(self._outline.locate(start, start), quote=None)
            block = self._blocks[id(self._piece(spans[0]).block)]
            self.found.append(Sentence(what, words, compared, self._section(spans[0]), block, place))

    def _piece(self, span: Span) -> Piece:
        return self._outline.pieces[max(0, bisect_right(self._starts, span.start) - 1)]

    def _section(self, span: Span) -> int:
        signature = self._outline.signature
        if signature is not None and signature.start <= span.start < signature.end:
            return SIGNATURE
        return _section_at(self._outline, span.start)


def _section_at(outline: Outline, offset: int) -> int:
    bodies = ((s.number, s.body) for s in outline.sections)
    return next((n for n, body in bodies if body.start <= offset < body.end), 0)


def _rows(outline: Outline, facts: Facts) -> Iterator[list[Span]]:
    """The rows of tables that are none of the official ones; in the sections of those nothing else is told
    from them for certain."""
    official = {_bare(place) for record in facts.records("cells") for place in record.locations}
    for _, group in groupby(outline.pieces, key=lambda piece: id(piece.block)):
        pieces = [piece for piece in group if piece.cell is not None]
        if not pieces or _section_at(outline, pieces[0].start) in _TABLE_SECTIONS:
            continue
        if any(_bare(piece.cell.location) in official for piece in pieces if piece.cell):
            continue
        for _, row in groupby(pieces, key=lambda piece: piece.cell.row if piece.cell else 0):
            yield [Span(piece.start, piece.end) for piece in row]


def _bare(place: Location) -> Location:
    """The place without what names and quotes add to it."""
    return replace(place, table=None, row=None, column=None, quote=None, character=None)
