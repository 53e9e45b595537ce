"""PDF with a text layer: pdfium gives every character and every rule with its place, `_ruled` the rest.

pdfium is not thread-safe: reading runs in processes only.
"""

from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.document import Diagnostic, Document, Source
from checker.errors import InputError
from checker.location import Location
from checker.readers import _ruled
from checker.readers._content import Content
from checker.readers._diagnostics import told
from checker.readers._refusals import SCAN, beyond, refusal

if TYPE_CHECKING:
    import pypdfium2

KIND = "pdf"
LABEL = Bilingual("PDF", "PDF")
LIMIT = 50_000_000
RANK = 10

PAGES = 300

_END = 1_024
"""Bytes at the end of a file in which its end mark stands, as Acrobat has it."""

_DAMAGED = Bilingual(
    "这份 PDF 已损坏或不完整，读不出；请重新下载或重新导出",
    "the PDF is damaged or cut short and cannot be read; download or export it again",
)


def recognises(content: Content) -> bool:
    return content.of_kind("pdf")


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs and tables with page and box.

    Raises InputError for a file that is damaged, asks for a password, has no text or exceeds a limit.
    """
    import pypdfium2

    if b"%%EOF" not in content.data.rstrip(b"\0\r\n\t ")[-_END:]:
        raise refusal("damaged", Location(source.file), _DAMAGED)
    try:
        document = pypdfium2.PdfDocument(content.data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, source.file) from error
    try:
        pages, lost = _pages(document, source.file)
    finally:
        document.close()
    _refuse_images(pages, source.file)
    blocks, found = _ruled.recovered([page for page, _ in pages], source.file)
    return Document(source, blocks, (*lost, *_ruled.about(pages, source.file), *found))


def _pages(
    document: "pypdfium2.PdfDocument", file: str
) -> tuple[list[tuple[_ruled.Page, _ruled.Beside]], list[Diagnostic]]:
    """All pages that can be read, and a loss for each that cannot."""
    import pypdfium2

    from checker.readers._pdf.limits import PageLimitError
    from checker.readers._pdf.pages import drawn

    count = len(document)
    if count > PAGES:
        raise beyond(
            Location(file), f"有 {count} 页，超过上限 {PAGES} 页", f"{count} pages, more than {PAGES}"
        )
    pages, lost = [], []
    for index in range(count):
        place = Location(file, page=index + 1)
        try:
            pages.append(drawn(document, index))
        except pypdfium2.PdfiumError:
            lost.append(told("page-unreadable", place))
        except PageLimitError as error:
            raise beyond(place, *error.args) from None
    if not pages:
        raise refusal("damaged", Location(file), _DAMAGED)
    return pages, lost


def _unopened(error: "pypdfium2.PdfiumError", file: str) -> InputError:
    from pypdfium2 import raw

    locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
    return refusal("encrypted", Location(file)) if locked else refusal("damaged", Location(file), _DAMAGED)


def _refuse_images(pages: list[tuple[_ruled.Page, _ruled.Beside]], file: str) -> None:
    """Refuse a file in which every page that shows anything is an image."""
    read = (page for page, beside in pages if not beside.textless)
    blank = all(g.text.isspace() for page in read for g in page.glyphs)
    if blank and any(beside.textless for _, beside in pages):
        raise refusal("no-text", Location(file), SCAN)
