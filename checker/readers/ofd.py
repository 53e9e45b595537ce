"""OFD (GB/T 33190): characters and rules of every page with their places; `_ruled` makes the rest of them.

A location carries page and box, and as its path the part and the ID of the first object drawn there.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic, Document, Source
from checker.location import Location
from checker.readers import _ruled
from checker.readers._archive import Archive
from checker.readers._content import Content
from checker.readers._diagnostics import told
from checker.readers._ofd.drawing import TooMuchError
from checker.readers._ofd.package import Package
from checker.readers._ofd.pages import Drawn, drawn
from checker.readers._refusals import SCAN, beyond, refusal

KIND = "ofd"
LABEL = Bilingual("OFD", "OFD")
LIMIT = 30_000_000
RANK = 10


def recognises(content: Content) -> bool:
    """A container with the entry part of an OFD file."""
    return content.of_kind(KIND)


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs and tables with page and box.

    Raises InputError for a file that is damaged or encrypted, has no text, or is beyond the limits.
    """
    package = Package(Archive(content.data, source.file), source.file)
    pages = list(_pages(package))
    if not any(glyph.text.strip() for page in pages for glyph in page.page.glyphs):
        scan = SCAN if any(page.beside.textless for page in pages) else None
        raise refusal("no-text", Location(source.file), scan)
    blocks, found = _ruled.recovered([page.page for page in pages], source.file)
    objects = {page.page.number: _Objects(page) for page in pages}
    named = tuple(_named(block, objects) for block in blocks)
    about_pages = _ruled.about([(page.page, page.beside) for page in pages], source.file)
    return Document(source, named, (*_about_file(package, source.file), *about_pages, *found))


def _pages(package: Package) -> Iterator[Drawn]:
    for sheet in package.sheets():
        try:
            yield drawn(package, sheet)
        except TooMuchError as error:
            zh, en = error.args
            place = Location(package.file, page=sheet.number)
            raise beyond(place, f"{zh}过多", f"too many {en}") from None


# Objects by their place


class _Objects:
    """The objects of one page, found by where their characters stand."""

    def __init__(self, page: Drawn) -> None:
        self._part = page.part
        standing = zip(page.page.glyphs, page.identifiers, strict=True)
        centres = (
            ((g.top + g.bottom) / 2, (g.left + g.right) / 2, order, identifier)
            for order, (g, identifier) in enumerate(standing)
            if g.text.strip() and identifier
        )
        self._centres = sorted(centres)

    def first_in(self, box: tuple[int, int, int, int]) -> str | None:
        """The part and the ID of the object whose character is the first of all in the box."""
        left, top, right, bottom = box
        start = bisect_left(self._centres, (top - 0.5,))
        end = bisect_left(self._centres, (bottom + 0.5,))
        inside = [c for c in self._centres[start:end] if left - 0.5 <= c[1] <= right + 0.5]
        first = min(inside, key=lambda c: c[2], default=None)
        return None if first is None else f"/{self._part}#{first[3]}"


def _named(block: Block, objects: dict[int, _Objects]) -> Block:
    """The block with the object of each of its places as its path."""

    def place(location: Location) -> Location:
        if location.page is None or location.box is None or location.page not in objects:
            return location
        return replace(location, path=objects[location.page].first_in(location.box))

    starts = tuple((offset, place(start)) for offset, start in block.line_starts)
    table = block.table
    if table is not None:
        cells = tuple(replace(cell, location=place(cell.location)) for cell in table.cells)
        table = replace(table, cells=cells)
    return replace(block, location=place(block.location), line_starts=starts, table=table)


# What is told


def _about_file(package: Package, file: str) -> Iterator[Diagnostic]:
    place = Location(file)
    if package.documents > 1:
        yield told("several-documents", place, n=package.documents)
    if package.annotations:
        zh = "、".join(f"{kind or '其他'} {number} 个" for kind, number in package.annotations.items())
        en = ", ".join(f"{number} {kind or 'other'}" for kind, number in package.annotations.items())
        yield told("annotations", place, kinds=Bilingual(zh, en))
    if package.seals:
        yield told("seal", place)
    if package.attachments:
        yield told("attachments", place)
