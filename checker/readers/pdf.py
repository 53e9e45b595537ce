"""PDF with a text layer: pdfium gives every character and every rule with its place, `_ruled` the rest.

pdfium is not thread-safe: reading runs in processes only.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.document import Diagnostic, Document, Severity, Source
from checker.errors import InputError, Problem
from checker.location import Location
from checker.readers import _ruled
from checker.readers._content import Content

if TYPE_CHECKING:
    import pypdfium2

    from checker.readers._pdfium import Drawn

KIND = "pdf"
LABEL = Bilingual("PDF", "PDF")
LIMIT = 50_000_000
RANK = 10

PAGES = 300

_END = 1_024
"""Bytes at the end of a file in which its end mark stands, as Acrobat has it."""
_FEW = 30
"""Characters that a page of nothing but an image may carry: a page number, the mark of a scanning program."""
_PICTURE = 0.1
_WHOLE = 0.5
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def recognises(content: Content) -> bool:
    return content.of_kind("pdf")


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs and tables with page and box.

    Raises InputError for a file that is damaged, asks for a password, has no text or exceeds a limit.
    """
    import pypdfium2

    if b"%%EOF" not in content.data.rstrip(b"\0\r\n\t ")[-_END:]:
        raise _damaged(source.file)
    try:
        document = pypdfium2.PdfDocument(content.data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, source.file) from error
    try:
        pages, lost = _pages(document, source.file)
    finally:
        document.close()
    _refuse_images(pages, source.file)
    blocks, diagnostics = _ruled.recovered([p.page for p in pages], source.file)
    told = [d for p in pages for d in _told(p, source.file)]
    return Document(source, blocks, (*lost, *told, *diagnostics))


def _pages(document: "pypdfium2.PdfDocument", file: str) -> tuple[list["Drawn"], list[Diagnostic]]:
    """All pages that can be read, and a loss for each that cannot."""
    import pypdfium2

    from checker.readers import _pdfium

    count = len(document)
    if count > PAGES:
        raise _refusal(
            "too-large",
            f"有 {count} 页，超过上限 {PAGES} 页",
            f"it has {count} pages, more than {PAGES}",
            file,
        )
    pages, lost = [], []
    for index in range(count):
        try:
            pages.append(_pdfium.drawn(document, index))
        except pypdfium2.PdfiumError:
            lost.append(_note("page-unreadable", "loss", index + 1, file, "读不出", "could not be read"))
        except _pdfium.PageLimitError as error:
            zh, en = error.args
            where = Location(file, page=index + 1)
            raise _refusal(
                "too-large", f"第 {index + 1} 页{zh}", f"page {index + 1} has {en}", file, where
            ) from None
    if not pages:
        raise _damaged(file)
    return pages, lost


# What cannot be read


def _unopened(error: "pypdfium2.PdfiumError", file: str) -> InputError:
    from pypdfium2 import raw

    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return _refusal(
            "encrypted",
            "要密码才能打开；请交一份不加密的文件",
            "it takes a password to open; hand in a file without one",
            file,
        )
    return _damaged(file)


def _damaged(file: str) -> InputError:
    return _refusal(
        "damaged",
        "文件不完整或已损坏；请重新下载或重新导出",
        "it is incomplete or damaged; download or export it again",
        file,
    )


def _refuse_images(pages: Sequence["Drawn"], file: str) -> None:
    """Refuse a file in which every page that shows anything is an image."""
    shown = [p for p in pages if not p.empty]
    if shown and all(_is_image(p) for p in shown):
        raise _refusal(
            "no-text",
            "是扫描件，没有文字层，读不出文字；请交 Word 文件，或经文字识别（OCR）并校对过的文件",
            "it is a scan without a text layer; hand in the Word file, or one put through text recognition",
            file,
        )


def _is_image(drawn: "Drawn") -> bool:
    letters = sum(1 for g in drawn.page.glyphs if not g.text.isspace())
    return letters == 0 or (drawn.pictured > _WHOLE and letters < _FEW and not drawn.recognised)


def _refusal(code: str, zh: str, en: str, file: str, where: Location | None = None) -> InputError:
    message = Bilingual(f"这份 PDF {zh}", f"the PDF cannot be read: {en}")
    return InputError([Problem(code, message, where or Location(file))])


# What is not in the text


def _told(drawn: "Drawn", file: str) -> list[Diagnostic]:
    """What a reader of the page sees and the text does not have, or the other way round."""
    number = drawn.page.number
    told = []
    if drawn.recognised:
        zh, en = "是图像，文字取自识别层，可能有误", "is an image; its text was recognised and may be wrong"
        told.append(_note("text-recognised", "repair", number, file, zh, en))
    elif drawn.hidden:
        zh = f"有 {drawn.hidden} 个不显示或斜着印的字符（如水印），未当作正文"
        en = f"has {drawn.hidden} characters not shown or set aslant (a watermark), not taken as text"
        told.append(_note("hidden-text", "left_out", number, file, zh, en))
    if drawn.outside:
        zh = f"有 {drawn.outside} 个字符在页面边缘之外，看不到，未读取"
        en = f"has {drawn.outside} characters beyond its edge, which nobody sees; they were not read"
        told.append(_note("outside-page", "loss", number, file, zh, en))
    if not drawn.empty and _is_image(drawn):
        zh, en = "是图像，没有文字层，未读取", "is an image without a text layer and was not read"
        told.append(_note("page-without-text", "loss", number, file, zh, en))
    elif drawn.pictured > _PICTURE and not drawn.recognised:
        zh, en = "有图片，图中文字未读取", "has an image; text in it was not read"
        told.append(_note("image", "loss", number, file, zh, en))
    unread = [g for g in drawn.page.glyphs if "\ufffd" in g.text or _PRIVATE.search(g.text)]
    if unread:
        zh = f"有 {len(unread)} 个字符的字体没有编码信息，读不出"
        en = f"has {len(unread)} characters whose font does not tell what they are"
        told.append(_note("unmapped-characters", "loss", number, file, zh, en))
    return told


def _note(code: str, severity: Severity, page: int, file: str, zh: str, en: str) -> Diagnostic:
    return Diagnostic(
        code, Bilingual(f"第 {page} 页{zh}", f"page {page} {en}"), Location(file, page=page), severity
    )
