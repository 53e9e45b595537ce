"""One table as one page shows it, or as far as it has been put together: its cells and their text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from checker import comparison
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._ruled.lattice import Box
from checker.readers._values import VALUE

UNREAD = "\ufffd"
"""Stands in a text where something could not be read."""

PADDING = 12.0
"""Points left free on both sides of a cell's text together."""

_DEEPEST_HEADER = 8


@dataclass(slots=True)
class Piece:
    """One cell: its slots as in lattice.Region, its text and where it stands.

    full: its last line broke off only because there was no more room.
    """

    top: int
    left: int
    bottom: int
    right: int
    text: str
    location: Location
    open_above: bool = False
    open_below: bool = False
    full: bool = False

    @property
    def is_value(self) -> bool:
        words = "".join(self.text.split())
        return bool(words) and VALUE.fullmatch(words) is not None

    @property
    def tall(self) -> bool:
        return self.bottom - self.top > 1

    @property
    def columns(self) -> tuple[int, int]:
        return self.left, self.right


@dataclass(slots=True)
class Part:
    """What one page shows of a table, or all that has been put together so far.

    headed: a repeated header was dropped below the last row.
    """

    page: int
    box: Box
    xs: list[float]
    rows: int
    pieces: list[Piece]
    location: Location
    diagnostics: list[Diagnostic] = field(default_factory=list)
    headed: bool = False

    def words(self, row: int) -> tuple[str, ...]:
        """The text of the cells that begin in a row, for comparison; empty ones left out."""
        return self.all_words([row])[0]

    def all_words(self, rows: Iterable[int]) -> list[tuple[str, ...]]:
        """`words` of several rows."""
        cells: dict[int, list[Piece]] = {row: [] for row in rows}
        for piece in sorted(self.pieces, key=lambda p: p.left):
            if piece.top in cells:
                cells[piece.top].append(piece)
        return [
            tuple(words for words in (comparison.squeeze(p.text) for p in row) if words)
            for row in cells.values()
        ]

    def header(self) -> list[tuple[str, ...]]:
        """The rows above the first that has a figure in it."""
        with_figures = min((p.top for p in self.pieces if p.is_value), default=self.rows)
        return self.all_words(range(min(with_figures, _DEEPEST_HEADER)))

    def is_seam(self, row: int) -> bool:
        """Whether no cell reaches across the upper edge of a row."""
        return not any(p.top < row < p.bottom for p in self.pieces)

    def rows_from(self, first: int, last: int) -> "Part":
        """These rows as a part of their own."""
        kept = [
            replace(p, top=p.top - first, bottom=p.bottom - first)
            for p in self.pieces
            if first <= p.top < last
        ]
        return replace(self, rows=last - first, pieces=kept, diagnostics=[])


def fullness(lines: Sequence[Box], size: float, box: Box) -> bool:
    """Whether the last of the lines in a cell left no room for one more character."""
    if not lines:
        return False
    left, _, right, _ = lines[-1]
    return (box[2] - box[0]) - (right - left) <= 1.3 * size + PADDING
