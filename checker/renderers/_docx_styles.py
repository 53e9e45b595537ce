"""Styles, paper and running heads of a DOCX, with fonts for both scripts."""

from typing import Any

from checker.bilingual import Language
from checker.renderers._blocks import Book

_BODY, _HEAD = "宋体", "黑体"
_LATIN, _LATIN_HEAD = "Times New Roman", "Arial"
SHORT, LONG, EDGE = 21.0, 29.7, 2.0
"""Centimetres of the paper and of its margins."""
_HALF = 7.8
"""Centimetres of one of two columns."""


def prepare(document: Any, book: Book, language: Language) -> None:
    """Fonts of every style used, document properties without a date, head and foot of every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    _font(_style(document, "Normal"), 10.5, _BODY, _LATIN, after=4)
    _font(_style(document, "Title"), 22, _HEAD, _LATIN_HEAD, before=18, after=10, align=ALIGN.CENTER)
    _font(_style(document, "Subtitle"), 15, _HEAD, _LATIN_HEAD, after=24, align=ALIGN.CENTER)
    _font(_style(document, "Heading 1"), 16, _HEAD, _LATIN_HEAD, before=6, after=8)
    _font(_style(document, "Heading 2"), 13, _HEAD, _LATIN_HEAD, before=6, after=4)
    _font(_style(document, "Caption"), 9, _BODY, "Consolas", after=6, grey=True)
    _font(_added(document, "Contents Title"), 14, _HEAD, _LATIN_HEAD, before=18, after=6)
    _font(_added(document, "Cell"), 9, _BODY, _LATIN, after=1)
    _font(_added(document, "Cell Head"), 9, _HEAD, _LATIN_HEAD, after=1)
    document.styles["Cell Head"].paragraph_format.keep_with_next = True  # no head at the foot of a page
    _font(_added(document, "Fact"), 10, _BODY, _LATIN, before=1, after=2)
    _font(_added(document, "Label"), 10, _HEAD, _LATIN_HEAD, before=1, after=2)
    _font(_added(document, "Running"), 9, _BODY, _LATIN, grey=True)
    _font(_added(document, "Head"), 9, _HEAD, _LATIN_HEAD, after=1, align=ALIGN.CENTER)
    _contents_styles(document)
    _properties(document, book, language)
    _running(document.sections[0], book)


def paper(section: Any, landscape: bool, columns: int = 1) -> None:
    """A4, upright or lying, its text in so many columns."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    width, height = (LONG, SHORT) if landscape else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = Cm(EDGE)
    section.top_margin = section.bottom_margin = Cm(EDGE)
    section.header_distance = section.footer_distance = Cm(1)
    for kept in section._sectPr.findall(_w("cols")):
        kept.set(_w("num"), str(columns))


def _style(document: Any, name: str) -> Any:
    return document.styles[name]


def _added(document: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.element.set(_w("styleId"), name.replace(" ", ""))
    return style


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _font(
    style: Any,
    size: float,
    chinese: str,
    latin: str,
    before: float = 0,
    after: float = 0,
    align: Any = None,
    grey: bool = False,
) -> None:
    from docx.shared import Pt, RGBColor

    font, paragraph = style.font, style.paragraph_format
    font.size, font.name = Pt(size), latin
    font.color.rgb = RGBColor(0x59, 0x59, 0x59) if grey else RGBColor(0, 0, 0)
    font.bold, font.italic = False, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(theme), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(_w(script), latin)
    fonts.set(_w("eastAsia"), chinese)
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing = 1.15
    if align is not None:
        paragraph.alignment = align
    borders = style.element.get_or_add_pPr().find(_w("pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _contents_styles(document: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    for level in (1, 2):
        style = _added(document, f"toc {level}")
        style.element.set(_w("styleId"), f"TOC{level}")
        _font(style, 10.5 if level == 1 else 9, _HEAD if level == 1 else _BODY, _LATIN, after=1)
        style.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        stops = style.paragraph_format.tab_stops
        stops.add_tab_stop(Cm(_HALF), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _properties(document: Any, book: Book, language: Language) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = book.running, "checker", ""
    properties.last_modified_by, properties.revision = "checker", 1
    properties.language = "zh-CN" if language == "zh" else "en"
    defaults = document.styles.element.find(_w("docDefaults"))
    for tag in defaults.iter(_w("lang")):
        tag.set(_w("val"), "en-US")
        tag.set(_w("eastAsia"), "zh-CN")


def _running(section: Any, book: Book) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.style = "Running"
        paragraph.alignment = ALIGN.CENTER
    head.add_run(book.running)
    for part in ("PAGE", " / ", "NUMPAGES"):
        if part.isupper():
            _field(foot, part)
        else:
            foot.add_run(part)


def _field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    for kind, text in (("begin", ""), ("", f" {name} "), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(_w("fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
