"""Pages of characters and rules to headings, paragraphs and tables with exact grids; for PDF and OFD."""

from collections.abc import Sequence

from checker.document import Block, Diagnostic
from checker.readers._ruled.page import Glyph, Page, Segment

__all__ = ["Glyph", "Page", "Segment", "recovered"]


def recovered(pages: Sequence[Page], file: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks of the pages in reading order, and what was put right, left out or lost."""
    raise NotImplementedError
