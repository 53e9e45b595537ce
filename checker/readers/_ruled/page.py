"""What a page of a laid-out file is made of: characters and rules with their places.

Coordinates are points (1/72 inch) from the top left corner of the page; y grows downwards.
"""

from dataclasses import dataclass

IDEOGRAPH = "\u2e80"
"""From here on characters are as wide as they are high."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, or a ligature, with the box it is drawn in.

    ink: from where to where (y) there is something to be seen of it, where the file tells.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    ink: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A rule parallel to an edge of the page; a thin filled rectangle is one too."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, numbered from 1; its glyphs in the order of the file, white space among them.

    cuts: where (x) horizontal rules go on beyond what can be seen of the page: a table is cut off there.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    segments: tuple[Segment, ...]
    cuts: tuple[float, ...] = ()
