"""One OFD page as it is looked at: upright, with what of its text is not taken for text of the report."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from checker.readers._ofd import geometry
from checker.readers._ofd.drawing import Character, Drawing
from checker.readers._ofd.package import MILLIMETRE, Package, Sheet
from checker.readers._ruled import Beside, Glyph, Page, Segment

_EDGE = 2.0
"""Points by which a character may stand beyond the page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page, and what its glyphs do not tell.

    part: the name of its content part. identifiers: the ID of the object of each glyph. Hidden is the text
    of objects that are not shown, and what is drawn without colour.
    """

    page: Page
    beside: Beside
    part: str
    identifiers: tuple[str, ...] = ()


def drawn(package: Package, sheet: Sheet) -> Drawn:
    """What is seen on a page. Raises TooMuchError."""
    width, height = sheet.width * MILLIMETRE, sheet.height * MILLIMETRE
    if sheet.contents is None:
        return Drawn(Page(sheet.number, width, height, (), ()), Beside(missing=True), sheet.part)
    drawing = Drawing(partial(package.composite, sheet))
    for content in sheet.contents:
        drawing.add(content)
    visible, unseen, recognised = _visible(drawing)
    level = [c for c in visible if c.turn is not None]
    quarters, size = _usual_turn(level), (width, height)
    upright = [_turned(c, quarters, width, height) for c in level]
    segments = tuple(geometry.turned(s, quarters, width, height) for s in drawing.segments)
    if quarters % 2:
        width, height = height, width
    kept = [c for c in upright if _is_on_page(c.glyph, width, height)]
    beside = Beside(
        hidden=(*drawing.hidden, *([unseen] if unseen else [])),
        aslant=tuple(_turned(c, quarters, *size).glyph for c in visible if c.turn is None),
        outside=_text(c for c in upright if not _is_on_page(c.glyph, width, height)),
        recognised=recognised,
        pictures=drawing.images,
        textless=drawing.images > 0 and not kept,
        damaged=drawing.damaged,
    )
    page = Page(sheet.number, width, height, tuple(c.glyph for c in kept), segments)
    return Drawn(page, beside, sheet.part, tuple(c.identifier for c in kept))


def _visible(drawing: Drawing) -> tuple[list[Character], str, bool]:
    """The characters to read, the text of those that are not, and whether they lie unseen over a picture."""
    seen = [c for c in drawing.characters if c.seen]
    unseen = _text(c for c in drawing.characters if not c.seen)
    if drawing.images and len(seen) < len(unseen):
        return drawing.characters, "", True
    return seen, unseen, False


def _text(characters: Iterable[Character]) -> str:
    return "".join(c.glyph.text for c in characters).strip()


def _usual_turn(characters: Sequence[Character]) -> int:
    """How most of the characters stand, in quarter turns clockwise."""
    turns = Counter(c.turn for c in characters if c.glyph.text.strip())
    most = max(turns, key=lambda turn: turns[turn], default=0)
    return most or 0 if turns[most] * 2 > turns.total() else 0


def _turned(character: Character, quarters: int, width: float, height: float) -> Character:
    if not quarters:
        return character
    g = character.glyph
    box = geometry.turned(Segment(g.left, g.top, g.right, g.bottom), quarters, width, height)
    glyph = Glyph(g.text, box.left, box.top, box.right, box.bottom)
    return Character(glyph, character.identifier, character.turn, character.seen)


def _is_on_page(glyph: Glyph, width: float, height: float) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return -_EDGE <= x <= width + _EDGE and -_EDGE <= y <= height + _EDGE
