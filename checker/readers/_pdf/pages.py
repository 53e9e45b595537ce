"""One PDF page as pdfium sees it: characters and rules with their places, and what else is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from checker.readers._pdf.characters import (
    Character,
    characters,
    glyph_of,
    is_inside,
    usual_angle,
)
from checker.readers._pdf.drawing import Drawing
from checker.readers._pdf.geometry import IDENTITY, Placing, is_across, placing, segment
from checker.readers._ruled import Beside, Page

if TYPE_CHECKING:
    import pypdfium2

_FEW = 30
"""Characters that a page of nothing but an image may carry: a page number, the mark of a scanning program."""
_WHOLE = 0.5
"""Of a page; an image that covers more is the page."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The characters of a page that are taken as its text, and what is said of the others."""

    kept: Sequence[Character]
    hidden: tuple[str, ...]
    aslant: Sequence[Character]
    recognised: bool


def drawn(document: "pypdfium2.PdfDocument", index: int) -> tuple[Page, Beside]:
    """The page at `index` (from 0). Raises PageLimitError, and PdfiumError for a page that cannot be read."""
    from pypdfium2 import raw

    page = document[index]
    text = page.get_textpage()
    try:
        drawing = Drawing(page.get_bbox())
        drawing.walk(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, IDENTITY, 0)
        angle = usual_angle(text.raw)
        found = list(characters(text.raw, drawing.has_hidden_text, upright=not angle))
        turn = page.get_rotation() if angle is None else angle
    finally:
        text.close()
        page.close()
    return _seen(drawing, found, turn, index + 1)


def _seen(drawing: Drawing, found: Sequence[Character], turn: int, number: int) -> tuple[Page, Beside]:
    """The page turned so that its text stands upright."""
    left, bottom, right, top = drawing.area
    width, height = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    place = placing(turn, drawing.area)
    pictured = drawing.pictured / max(1.0, width * height)
    read = _read(found, pictured)
    placed = [glyph_of(c, place) for c in read.kept]
    glyphs = tuple(g for g in placed if is_inside(g, width, height))
    outside = "".join(g.text for g in placed if not is_inside(g, width, height)).strip()
    segments = tuple(segment(a, b, place) for a, b in drawing.lines)
    cuts = _cuts(drawing, place) | ({0.0, width} if outside else set())
    page = Page(number, width, height, glyphs, segments, tuple(sorted(cuts)))
    letters = sum(1 for g in glyphs if not g.text.isspace())
    image = not letters or (pictured > _WHOLE and letters < _FEW and not read.recognised)
    beside = Beside(
        hidden=read.hidden,
        aslant=tuple(glyph_of(c, place) for c in read.aslant),
        outside=outside,
        recognised=read.recognised,
        pictures=drawing.pictures,
        textless=image and drawing.count > 0,
    )
    return page, beside


def _read(found: Sequence[Character], pictured: float) -> _Read:
    """Text that lies unseen over an image, as text recognition leaves it, is that of the page."""
    upright = [c for c in found if not c.aslant]
    shown = [c for c in upright if not c.hidden]
    recognised = pictured > _WHOLE and 2 * len(shown) < len(upright)
    stretches = ("".join(c.text for c in run) for hidden, run in groupby(upright, _is_hidden) if hidden)
    return _Read(
        upright if recognised else shown,
        () if recognised else tuple(text for text in stretches if text.strip()),
        [c for c in found if c.aslant],
        recognised,
    )


def _is_hidden(character: Character) -> bool:
    return character.hidden


def _cuts(drawing: Drawing, place: Placing) -> set[float]:
    return {place(*a)[0] for a, b in drawing.cuts if is_across(place(*a), place(*b))}
