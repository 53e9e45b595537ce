"""What is on a page of a PDF or OFD file beside the text that is read, and how that is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.comparison import UNREAD
from checker.document import Diagnostic
from checker.location import Location
from checker.readers._diagnostics import told
from checker.readers._ruled.lines import Line
from checker.readers._ruled.page import Glyph, Page
from checker.readers._ruled.pages import place

_QUOTE = 40


@dataclass(frozen=True, slots=True)
class Beside:
    """What a person who looks at a page sees and its glyphs do not tell, or the other way round.

    hidden: stretches of text that are not shown. aslant: characters set aslant, as of a watermark. outside:
    text beyond the edge of the page. recognised: the page is an image, its text lies unseen over it.
    textless: something is drawn, and no text worth the name. damaged: objects that could not be placed.
    missing: the page could not be read at all.
    """

    hidden: tuple[str, ...] = ()
    aslant: tuple[Glyph, ...] = ()
    outside: str = ""
    recognised: bool = False
    pictures: int = 0
    textless: bool = False
    damaged: int = 0
    missing: bool = False


def about(pages: Sequence[tuple[Page, Beside]], file: str) -> Iterator[Diagnostic]:
    """What is told of the pages, each on its own; of pictures once."""
    for page, beside in pages:
        yield from _of_text(page, beside, file)
        yield from _of_losses(page, beside, file)
    pictured = [(p.number, b.pictures) for p, b in pages if b.pictures and not (b.textless or b.recognised)]
    if pictured:
        yield told("picture", Location(file, page=pictured[0][0]), n=sum(n for _, n in pictured))


def _of_text(page: Page, beside: Beside, file: str) -> Iterator[Diagnostic]:
    here = Location(file, page=page.number)
    if beside.recognised:
        yield told("text-recognised", here)
    if beside.hidden:
        yield told("hidden-text", replace(here, quote=beside.hidden[0][:_QUOTE]), n=len(beside.hidden))
    if any(not g.text.isspace() for g in beside.aslant):
        line = Line(beside.aslant, 0)
        text = "".join(g.text for g in beside.aslant).strip()
        yield told("slanted-text", place(file, page.number, line.box, text[:_QUOTE]))
    if beside.outside:
        yield told("text-beyond-page", replace(here, quote=beside.outside[:_QUOTE]))


def _of_losses(page: Page, beside: Beside, file: str) -> Iterator[Diagnostic]:
    here = Location(file, page=page.number)
    if beside.missing:
        yield told("page-unreadable", here)
    if beside.textless:
        yield told("page-without-text", here)
    if unmapped := sum(1 for g in page.glyphs if UNREAD.search(g.text)):
        yield told("unmapped-characters", here, n=unmapped)
    if beside.damaged:
        yield told("damaged-objects", here, n=beside.damaged)
