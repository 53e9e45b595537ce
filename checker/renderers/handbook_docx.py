"""A handbook or a self-check form as DOCX: headings, contents, repeated headers of tables, Chinese fonts.

Tables are written as XML: the library's own cells take minutes for a book of this size.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from checker.bilingual import Bilingual, Language
from checker.errors import InputError, Problem
from checker.handbook import Handbook
from checker.packing import settled
from checker.renderers import _docx_styles as styles
from checker.renderers._blocks import (
    Block,
    Book,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    Title,
    Turn,
)
from checker.renderers._books import Kind, arranged

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TWIPS = 56.7
_SHADES = ("D6E1EE", "E6EDF5", "F2F5F9")
_LINE = "A6A6A6"
_LABELS = 150
"""Thousandths of the width for the labels of facts."""


def render(made: Handbook, kind: Kind, language: Language) -> bytes:
    """The file, the same bytes for the same handbook. Raises InputError without the extra `docs`."""
    try:
        from docx import Document
    except ImportError:
        zh = "写 DOCX 要用 python-docx：pip install 'governance-checker[docs]'；也可以用 --format markdown"
        en = (
            "writing DOCX needs python-docx: pip install 'governance-checker[docs]'; or use --format markdown"
        )
        raise InputError([Problem("no-python-docx", Bilingual(zh, en))]) from None
    document = Document()
    _Writer(document, arranged(made, kind, language), language).write()
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _run(text: str, style: str = "") -> str:
    return f'<w:r>{style}<w:t xml:space="preserve">{_text(text)}</w:t></w:r>'


def _bold() -> str:
    return "<w:rPr><w:b/></w:rPr>"


class _Writer:
    """Writes the blocks of one book into one document."""

    def __init__(self, document: Any, book: Book, language: Language) -> None:
        self.document, self.book, self.language = document, book, language
        self.landscape = bool(book.blocks) and book.blocks[0] == Turn(True)
        self._ids = count(1)

    def write(self) -> None:
        styles.prepare(self.document, self.book, self.language)
        styles.paper(self.document.sections[0], self.landscape)
        blocks = self.book.blocks[1:] if self.landscape else self.book.blocks
        for block in blocks:
            self._block(block)
        if isinstance(blocks[-1], Table | Facts):
            self._append("<w:p/>")  # Word wants a paragraph after a table

    def _append(self, xml: str) -> None:
        from docx.oxml import parse_xml

        body = self.document.element.body
        opened, _, rest = xml.partition(">")
        closed = opened.endswith("/")
        opened = opened.rstrip("/")
        body.insert(len(body) - 1, parse_xml(f"{opened} {_SPACE}{'/' if closed else ''}>{rest}"))

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self._append(_styled("Title", _run(block.text)))
                if block.below:
                    self._append(_styled("Subtitle", _run(block.below)))
            case Heading():
                self._append(self._heading(block))
            case Paragraph():
                self._append(_styled("Caption" if block.small else "Normal", _run(block.text)))
            case Facts():
                self._append(self._facts(block))
            case Table():
                self._append(self._table(block))
            case Contents():
                self._contents(block)
            case Turn():
                self._turn(block)

    def _turn(self, turn: Turn) -> None:
        from docx.enum.section import WD_SECTION

        self.landscape = turn.landscape
        styles.paper(self.document.add_section(WD_SECTION.NEW_PAGE), turn.landscape, turn.columns)

    def _heading(self, heading: Heading) -> str:
        number = next(self._ids)
        start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(_bookmark(heading.anchor))}/>'
        fresh = "<w:pageBreakBefore/>" if heading.fresh else ""
        inner = f'{start}{_run(heading.text)}<w:bookmarkEnd w:id="{number}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="Heading{heading.level}"/>{fresh}</w:pPr>{inner}</w:p>'

    def _contents(self, contents: Contents) -> None:
        """A field Word renews, filled with links so that other readers have them too."""
        headings = [block for block in self.book.blocks if isinstance(block, Heading)]
        self._append(_styled("ContentsTitle", _run(contents.title)))
        for number, heading in enumerate(headings):
            begin = _TOC if number == 0 else ""
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if number == len(headings) - 1 else ""
            to = quoteattr(_bookmark(heading.anchor))
            link = f'<w:hyperlink w:anchor={to} w:history="1">{_run(heading.text)}</w:hyperlink>'
            self._append(_styled(f"TOC{heading.level}", f"{begin}{link}{end}"))

    def _facts(self, facts: Facts) -> str:
        widths = _widths((_LABELS, 1000 - _LABELS), self.landscape)
        rows = "".join(
            f"<w:tr>{_cell(_paragraphs((label,), 'Label'), widths[0], 'F2F5F9')}"
            f"{_cell(_paragraphs(lines, 'Fact'), widths[1])}</w:tr>"
            for label, lines in facts.rows
        )
        return f"{_table_start(widths)}{rows}</w:tbl>"

    def _table(self, table: Table) -> str:
        widths = _widths(tuple(column.share for column in table.columns), self.landscape)
        header = "".join(
            _cell(_paragraphs((column.title,), "Head"), width, "B9CCE0")
            for column, width in zip(table.columns, widths, strict=True)
        )
        repeated = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{header}</w:tr>"
        rows = "".join(_row(row, table, widths) for row in table.rows)
        return f"{_table_start(widths)}{repeated}{rows}</w:tbl>"


_TOC = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


def _bookmark(anchor: str) -> str:
    """Names of bookmarks have at most 40 characters, none of them a hyphen; long ones keep head and tail."""
    from hashlib import sha256

    name = re.sub(r"\W", "_", anchor)
    return name if len(name) <= 40 else f"{name[:29]}_{sha256(anchor.encode()).hexdigest()[:10]}"


def _styled(style: str, inner: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def _paragraphs(lines: tuple[str, ...], style: str, link: str = "", centred: bool = False) -> str:
    parts = [part for line in lines for part in line.split("\n")] or [""]
    return "".join(_paragraph(part, style, link, centred) for part in parts)


def _paragraph(text: str, style: str, link: str, centred: bool) -> str:
    inner = _run(text) if text else ""
    if link and text:
        coloured = '<w:rPr><w:color w:val="1F4E79"/></w:rPr>'
        inner = f"<w:hyperlink w:anchor={quoteattr(_bookmark(link))}>{_run(text, coloured)}</w:hyperlink>"
    middle = '<w:jc w:val="center"/>' if centred else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{middle}</w:pPr>{inner}</w:p>'


def _widths(shares: tuple[int, ...], landscape: bool) -> tuple[int, ...]:
    whole = ((styles.LONG if landscape else styles.SHORT) - 2 * styles.EDGE) * 10 * _TWIPS
    return tuple(round(whole * share / sum(shares)) for share in shares)


def _table_start(widths: tuple[int, ...]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>{margins}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _cell(inner: str, width: int, shade: str = "", span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    filled = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{filled}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{inner}</w:tc>"
    )


def _row(row: Row, table: Table, widths: tuple[int, ...]) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(_row_cells(row, table, widths))}</w:tr>"


def _row_cells(row: Row, table: Table, widths: tuple[int, ...]) -> Iterator[str]:
    heads = row.depth is not None
    shade = _SHADES[min(row.depth, len(_SHADES) - 1)] if row.depth is not None else ""
    last = len(row.cells) - 1
    for number, text in enumerate(row.cells):
        span = len(widths) - last if row.wide and number == last else 1
        style = "CellHead" if heads and number < 2 else "Cell"
        inner = _paragraphs((text,), style, row.links.get(number, ""), table.columns[number].centred)
        yield _cell(inner, sum(widths[number : number + span]), shade, span)
