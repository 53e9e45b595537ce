"""DOCX as word processors write it: content controls, tracked changes, automatic numbers, merged cells.

The walk over its XML is our own, since ready-made readers lose cells in content controls, tracked
insertions and automatic numbers. Tracked changes are read as if all were accepted. Headers, footers,
footnotes and lines of a table of contents become `note` blocks; hidden text, comments and pictures are
left out and reported. There are no pages in the file: places are paragraphs and table cells.
"""

from checker.bilingual import Bilingual
from checker.document import Document, Source
from checker.location import Location
from checker.readers._content import Content
from checker.readers._refusals import refusal

KIND = "docx"
LABEL = Bilingual("DOCX", "DOCX")
LIMIT = 30_000_000
RANK = 30


def recognises(content: Content) -> bool:
    return content.of_kind("docx")


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs, tables and notes with paragraph, cell and quote.

    Raises InputError for a damaged or encrypted file, one beyond the limits, one that holds only pictures.
    """
    from checker.readers._docx.body import Body  # parses XML: only a DOCX file need pay for it
    from checker.readers._docx.package import Package

    package = Package(content.data, source.file)
    body = Body(package)
    blocks = body.read()
    diagnostics = tuple(body.log.diagnostics())
    if not any(b.text or b.table for b in blocks) and any(d.code == "picture" for d in diagnostics):
        raise refusal("no-text", Location(source.file), _ONLY_PICTURES)
    return Document(source, blocks, diagnostics)


_ONLY_PICTURES = Bilingual(
    "文件里只有图片，没有文字；请提交文字版的报告",
    "the file holds only pictures and no text; hand in the report as text",
)
