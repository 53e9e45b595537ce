"""What an outline is made of: spans of its text, the blocks they came from, and the six sections."""

from dataclasses import dataclass

from checker.document import Block, Cell


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of offsets in Outline.text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: the numeral as printed, its heading and what follows up to the next."""

    number: int
    numeral: str
    official: bool
    heading: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """The block (or table cell) whose text stands at text[start:end]."""

    start: int
    end: int
    block: Block
    cell: Cell | None = None

    @property
    def is_text(self) -> bool:
        return self.cell is None and self.block.kind != "table"


def cut(span: Span, bounds: Span) -> Span:
    """The part of a span inside the bounds; empty where they do not meet."""
    start, end = max(span.start, bounds.start), min(span.end, bounds.end)
    return Span(start, max(start, end))


def without(spans: list[Span], removed: list[Span]) -> list[Span]:
    """The spans minus what is removed from them, empty ones dropped."""
    for hole in removed:
        spans = [
            part
            for span in spans
            for part in (
                (span,)
                if hole.end <= span.start or hole.start >= span.end
                else (Span(span.start, hole.start), Span(hole.end, span.end))
            )
        ]
    return [s for s in spans if s.end > s.start]
