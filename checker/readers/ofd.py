"""OFD (GB/T 33190): characters and rules of every page with their places; `_ruled` makes the rest of them.

A location carries page and box, and as its path the part and the ID of the first object drawn there.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic, Document, Severity, Source
from checker.errors import InputError
from checker.location import Location
from checker.readers import _ruled
from checker.readers._archive import Archive
from checker.readers._content import Content
from checker.readers._ofd.drawing import TooMuchError
from checker.readers._ofd.package import Package, refusal
from checker.readers._ofd.pages import Drawn, drawn

KIND = "ofd"
LABEL = Bilingual("OFD", "OFD")
LIMIT = 30_000_000
RANK = 10

_QUOTE = 40


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
        raise _no_text(pages, source.file)
    blocks, found = _ruled.recovered([page.page for page in pages], source.file)
    objects = {page.page.number: _Objects(page) for page in pages}
    named = tuple(_named(block, objects) for block in blocks)
    told = (*_about_file(package, source.file), *_about_pages(pages, source.file), *found)
    return Document(source, named, told)


def _pages(package: Package) -> Iterator[Drawn]:
    for sheet in package.sheets():
        try:
            yield drawn(package, sheet)
        except TooMuchError as error:
            zh, en = error.args
            raise refusal(
                package.file,
                "ofd-limit",
                f"OFD 文件第 {sheet.number} 页的{zh}过多，不读",
                f"page {sheet.number} of the OFD file has too many {en}; it is not read",
            ) from None


def _no_text(pages: Sequence[Drawn], file: str) -> InputError:
    if any(page.images for page in pages):
        return refusal(
            file,
            "no-text",
            "OFD 文件的页面是图片（扫描件），没有文字；请提交原来的 Word 文件，或经过文字识别的版本",
            "the pages of the OFD file are pictures (a scan) without text; hand in the Word file it was made "
            "from, or a version with recognised text",
        )
    return refusal(file, "no-text", "OFD 文件里没有文字", "the OFD file has no text")


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
        yield Diagnostic(
            "several-documents",
            Bilingual(
                f"OFD 文件内有 {package.documents} 个文档，只读了第一个",
                f"the OFD file holds {package.documents} documents; only the first is read",
            ),
            place,
            "loss",
        )
    if package.annotations:
        zh = "、".join(f"{kind or '其他'} {number} 个" for kind, number in package.annotations.items())
        en = ", ".join(f"{number} {kind or 'other'}" for kind, number in package.annotations.items())
        message = Bilingual(f"注释、水印等未当作正文：{zh}", f"annotations are not taken as text: {en}")
        yield Diagnostic("annotations", message, place, "left_out")
    if package.seals:
        message = Bilingual("电子签章未读，也未验证", "the electronic seal is neither read nor verified")
        yield Diagnostic("seal", message, place, "left_out")
    if package.attachments:
        message = Bilingual("OFD 文件内的附件未读", "attachments inside the OFD file are not read")
        yield Diagnostic("attachments", message, place, "left_out")


def _about_pages(pages: Sequence[Drawn], file: str) -> Iterator[Diagnostic]:
    for page in pages:
        place = Location(file, page=page.page.number)
        for code, severity, message, quote in _told_of(page):
            yield Diagnostic(code, message, replace(place, quote=quote[:_QUOTE] or None), severity)


def _told_of(page: Drawn) -> Iterator[tuple[str, Severity, Bilingual, str]]:
    if page.missing:
        yield "page-missing", "loss", Bilingual("文件缺少这一页的内容", "the file lacks this page"), ""
    if page.images and not page.page.glyphs:
        message = Bilingual("这一页是图片，没有文字", "this page is a picture without text")
        yield "page-without-text", "loss", message, ""
    if page.unmapped:
        message = Bilingual(
            f"{page.unmapped} 个字只有字形，没有字符，读不出", f"{page.unmapped} characters have a shape only"
        )
        yield "unmapped-characters", "loss", message, ""
    if page.damaged:
        message = Bilingual(
            f"{page.damaged} 个图元有错，未读", f"{page.damaged} damaged objects are not read"
        )
        yield "damaged-objects", "loss", message, ""
    if page.recognised:
        message = Bilingual(
            "这一页是图片，文字取自看不见的识别层，可能有错字",
            "this page is a picture; its text is that of an unseen recognition layer and may be wrong",
        )
        yield "recognised-text", "repair", message, ""
    if page.hidden:
        message = Bilingual(
            f"{len(page.hidden)} 处不显示的文字未当作正文",
            f"{len(page.hidden)} stretches of hidden text not taken as text",
        )
        yield "hidden-text", "left_out", message, page.hidden[0]
    if page.askew:
        message = Bilingual(
            "斜放的文字（如水印）未当作正文", "text across the page, as of a watermark, left out"
        )
        yield "slanted-text", "left_out", message, page.askew
    if page.beyond:
        message = Bilingual("页面以外的文字未当作正文", "text beyond the edge of the page left out")
        yield "text-beyond-page", "left_out", message, page.beyond
