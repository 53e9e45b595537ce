"""HTML as government sites write it: unclosed tags, layout tables, Word paste, merged cells, page chrome.

lxml is fed the text as UTF-8, whatever the page declares; the walk over its tree is our own, since
ready-made readers lose merged cells. Menus, breadcrumbs, footers, share buttons and hidden stretches
become `note` blocks. A data table keeps its grid; a table that only arranges the page is walked through.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.comparison import INVISIBLE
from checker.document import Block, BlockKind, Cell, Diagnostic, Document, Source, Table
from checker.location import Location
from checker.readers import _cell_text as cell_text
from checker.readers import _grid, _html_lists, _html_saved
from checker.readers._content import Content
from checker.readers._diagnostics import told
from checker.readers._headings import level as heading_level
from checker.readers._refusals import beyond

if TYPE_CHECKING:
    from lxml.etree import _Element

KIND = "html"
LABEL = Bilingual("HTML", "HTML")
LIMIT = 10_000_000
RANK = 10

ELEMENTS = 300_000
ATTRIBUTES = 2_000
LAST_LINE = 65_535
"""libxml2 counts lines no further."""

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|/?[a-z][a-z0-9:]*[\s/>])", re.I | re.S
)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_LONG_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?=[^"'])|\Z))*+""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"?|'[^']*'?)""")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NO_HEIGHT = re.compile(r"(?:^|[;\s])height\s*:\s*0(?:\.0*)?(?:p[tx])?\s*(?:;|$)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")

_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "head script style noscript template iframe object embed svg math select option button input "
        "textarea audio video canvas map del",
    )
)
_MARKS = frozenset({"msocomanchor", "MsoCommentReference", "MsoFootnoteReference", "MsoEndnoteReference"})
"""What Word calls the marks that lead to its comments and notes."""
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_COMMENT = re.compile(r"mso-element\s*:\s*comment\b", re.I)
_NOTE = re.compile(r"mso-element\s*:\s*(?:footnote|endnote|header|footer)\b", re.I)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd section article main header footer nav aside "
        "blockquote pre center form fieldset legend address figure figcaption details summary hr "
        "caption thead tbody tfoot tr td th",
    )
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}

_CHROME_TAGS = frozenset({"nav", "footer", "aside"})
_CHROME_WORDS = frozenset(
    re.findall(
        r"\w+",
        "header head top nav navbar menu crumb crumbs breadcrumb breadcrumbs position location dqwz wz "
        "weizhi footer foot bottom copyright share bdshare fenxiang related relative xgxw xgxx xglj sidebar "
        "side toolbar tools search pagination page pager qrcode ewm links friendlink yqlj hot login",
    )
)
_CONTENT_WORDS = frozenset(
    re.findall(
        r"\w+",
        "title bt biaoti article content con main zoom editor detail text info body ucap trs",
    )
)
_HEAD_WORDS = frozenset({"header", "head", "top"})  # of the page, unless inside its content
_CHROME_TEXT = re.compile(
    r"(?:您(?:现在|当前)?(?:的|所在的?)?位置|(?:您)?当前(?:的)?位置|首页\s*[>»›＞]|【?\s*字[体号]|[【\[]?打印(?:本页|[\s】\]]|$)|分享到|扫一扫|"
    r"上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|网站标识码|政府网站标识码|"
    r"\S{0,3}ICP备|\S{1,2}公网安备|网站地图|联系我们|相关(?:阅读|链接|信息|文章|新闻)|浏览次数|责任编辑|Copyright)",
    re.I,
)
_LONGEST_CHROME = 120
_METADATA = ("ArticleTitle", "PubDate", "ContentSource")


def recognises(content: Content) -> bool:
    """A text that opens with a tag, or carries the frame of an HTML document near its beginning."""
    text = content.text
    marked = _MARKUP.match(text[:20_000]) is not None or _DOCUMENT.search(text[:4_096]) is not None
    return content.kind is None and marked


def read(content: Content, source: Source) -> Document:
    """Headings, paragraphs, tables and notes with element path and line.

    Raises InputError for a page nested too deep, with too many elements, or with an oversized table.
    """
    root = _parse(content.text, source.file)
    if root is None:
        return Document(source, ())
    sizes = _sizes(root)
    walker = _Walker(source.file, sizes, _paths(root), _html_lists.markers(root))
    walker.walk(root)
    blocks = tuple(_with_title((*_metadata(root, walker), *walker.blocks), root, walker))
    _html_saved.refuse_without_report(root, blocks, source.file)
    told = (*walker.diagnostics, *_about_page(content.text, root, walker))
    return Document(source, blocks, told)


def _about_page(text: str, root: "_Element", page: "_Walker") -> Iterator[Diagnostic]:
    """What is told of the page beside its text: hidden and deleted text, frames, a missing end."""
    hidden = [e for e in root.iter() if _is_hidden(e) and page.sizes[e].text]
    if hidden:
        yield told("hidden-text", page.place(hidden[0]), n=len(hidden))
    yield from _unsettled(root, page)
    if page.numbered:
        yield told("list-number", Location(page.file), n=page.numbered)
    yield from _html_saved.frames_not_read(root, Location(page.file))
    if page.blocks:
        yield from _html_saved.end_missing(text, page.blocks[-1].location)


def _unsettled(root: "_Element", page: "_Walker") -> Iterator[Diagnostic]:
    """Text marked as deleted or inserted, text struck out, and comments."""
    deleted = [e for e in root.iter("del") if _all_text(e)]
    if deleted:
        inserted = sum(1 for e in root.iter("ins") if _all_text(e))
        place = page.place(deleted[0], _all_text(deleted[0]))
        zh = f"插入 {inserted} 处、删除 {len(deleted)} 处"
        en = f"{inserted} insertions, {len(deleted)} deletions"
        yield told("tracked-changes", place, changes=Bilingual(zh, en))
    struck = [e for e in root.iter() if _is_struck(e) and _all_text(e)]
    if struck:
        yield told("struck-out", page.place(struck[0], _all_text(struck[0])), n=len(struck))
    comments = [e for e in root.iter("div", "p") if _is_comment(e) and _all_text(e)]
    if comments:
        yield told("comment", page.place(comments[0], _all_text(comments[0])), n=len(comments))


# Parsing, within limits


def _parse(text: str, file: str) -> "_Element | None":
    from lxml import etree

    for tag in _LONG_TAG.finditer(text):
        # libxml2 compares every attribute of a tag with every other.
        if tag.end() - tag.start() > 2 * ATTRIBUTES and _attributes(tag.group()) > ATTRIBUTES:
            raise beyond(Location(file), "一个标签的属性太多", "a tag has too many attributes")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    root = etree.fromstring(lines.encode("utf-8", errors="replace"), parser)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        zh, en = "标签嵌套超过 256 层或文字过长", "tags are nested deeper than 256, or a text is too long"
        raise beyond(Location(file), zh, en)
    if root is not None and next(islice(root.iter(), ELEMENTS, None), None) is not None:
        raise beyond(Location(file), f"标签超过 {ELEMENTS} 个", f"more than {ELEMENTS} elements")
    return root


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub(" ", tag).split())


@dataclass(slots=True)
class _Size:
    """Characters of text in an element, those inside links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0


def _sizes(root: "_Element") -> "dict[_Element, _Size]":
    from lxml import etree

    sizes: dict[_Element, _Size] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        size = sizes.setdefault(element, _Size())
        if not _is_skipped(element):
            size.text += _length(element.text)
        else:
            size.text = size.linked = size.links = 0
        if _name(element) == "a":
            size.linked, size.links = size.text, 1
        parent = element.getparent()
        if parent is not None:
            above = sizes.setdefault(parent, _Size())
            above.text += size.text + _length(element.tail)
            above.linked += size.linked
            above.links += size.links
    return sizes


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _name(element: "_Element") -> str:
    return element.tag.lower() if isinstance(element.tag, str) else "#"


def _all_text(element: "_Element") -> str:
    return "".join(map(str, element.itertext())).strip()


def _words(element: "_Element") -> set[str]:
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return set(re.split(r"[^a-z0-9]+", named)) - {""}


def _is_content(element: "_Element") -> bool:
    return _name(element) in ("article", "main") or bool(_words(element) & {"article", "content", "detail"})


def _is_hidden(element: "_Element") -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or (style is not None and _HIDDEN.search(style) is not None)


def _is_skipped(element: "_Element") -> bool:
    """What is no text of the page, deleted or struck out, a comment of Word's, or a mark that leads to a note
    of its."""
    unread = _is_comment(element) or _is_struck(element) or element.get("class") in _MARKS
    return unread or _name(element) in _SKIPPED


def _is_struck(element: "_Element") -> bool:
    return _name(element) in ("s", "strike") or _STRUCK.search(element.get("style") or "") is not None


def _is_comment(element: "_Element") -> bool:
    style = element.get("style")
    return style is not None and _COMMENT.search(style) is not None


def _is_note(element: "_Element") -> bool:
    return _NOTE.search(element.get("style") or "") is not None


def _own_text(element: "_Element") -> str | None:
    """The text before the first child; raised digits stay raised, as 12 and a raised 1 are not 121."""
    text = element.text
    return text.translate(_RAISED) if text and _name(element) == "sup" else text


def _line(element: "_Element") -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) and line < LAST_LINE else None


def _paths(root: "_Element") -> "dict[_Element, str]":
    """The path of every element, as lxml's getpath writes it, which counts all siblings for each anew."""
    paths = {root: f"/{root.tag}"}
    for element in root.iter():
        alike = Counter(child.tag for child in element)
        seen: Counter[object] = Counter()
        for child in element:
            seen[child.tag] += 1
            number = f"[{seen[child.tag]}]" if alike[child.tag] > 1 else ""
            paths[child] = f"{paths[element]}/{child.tag}{number}"
    return paths


def _collapse(text: str) -> str:
    """White space as a browser shows it; a line break between two Chinese characters is none."""
    return _SPACE.sub(_one_space, INVISIBLE.sub("", text))


def _one_space(match: "re.Match[str]") -> str:
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    broken = "\n" in match.group() or "\r" in match.group()
    return "" if broken and before > "\u2e80" and after > "\u2e80" else " "


# The walk


@dataclass(slots=True)
class _Context:
    """The block element whose text is being gathered, whether it is a note, its heading level."""

    element: "_Element"
    note: bool = False
    level: int = 0
    preformatted: bool = False


@dataclass(slots=True)
class _Walker:
    file: str
    sizes: "dict[_Element, _Size]"
    paths: "dict[_Element, str]"
    markers: "dict[_Element, str]"
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    line: int | None = None
    marker: str = ""
    numbered: int = 0
    """List items so far that were given their number."""

    def place(self, element: "_Element", quote: str | None = None) -> Location:
        return Location(self.file, line=_line(element), path=self.paths[element], quote=quote)

    def walk(self, root: "_Element") -> None:
        context = _Context(root)
        self._visit(root, context)
        self._flush(context)

    def _visit(self, element: "_Element", context: _Context) -> None:
        name = _name(element)
        if _is_skipped(element):
            return
        if name == "br":
            self._break(context)
        elif name == "table":
            self._flush(context)
            self._table(element, replace(context, element=element))
        elif name in _BLOCKS or (_is_hidden(element) and self.sizes[element].text > _LONGEST_CHROME):
            self._flush(context)
            self._block(element, name, context)
        elif not _is_hidden(element):
            self._children(element, context)

    def _block(self, element: "_Element", name: str, outer: _Context) -> None:
        note = outer.note or _is_hidden(element) or _is_note(element) or self._is_chrome(element, name)
        level = _HEADINGS.get(name, outer.level)
        inner = _Context(element, note, level, outer.preformatted or name == "pre")
        self.marker = self.markers.get(element, self.marker)
        self._children(element, inner)
        self._flush(inner)
        if element in self.markers:
            self.marker = ""

    def _children(self, element: "_Element", context: _Context) -> None:
        self._text(_own_text(element), element, context)
        for child in element:
            self._visit(child, context)
            self._text(child.tail, child, context)

    def _text(self, text: str | None, element: "_Element", context: _Context) -> None:
        if not text:
            return
        first, *further = text.split("\n") if context.preformatted else [text]
        self._push(first, element)
        for line in further:
            self._flush(context)
            self._push(line, element)

    def _push(self, text: str, element: "_Element") -> None:
        if self.line is None and text.strip():
            start = _line(element)
            indent = text[: len(text) - len(text.lstrip())]
            self.line = None if start is None else start + indent.count("\n")
        self.buffer.append(text)

    def _break(self, context: _Context) -> None:
        """A line break ends a paragraph, except in a heading."""
        if context.level:
            self.buffer.append(" ")
        else:
            self._flush(context)

    def _flush(self, context: _Context) -> None:
        text = _collapse("".join(self.buffer)).strip()
        line, self.line = self.line, None
        self.buffer.clear()
        if text:
            if self.marker and not context.note:
                text, self.numbered, self.marker = self.marker + text, self.numbered + 1, ""
            location = Location(self.file, line=line, path=self.paths[context.element])
            self.blocks.append(_block(text, location, context))

    def _is_chrome(self, element: "_Element", name: str) -> bool:
        """Menus, breadcrumbs, footers and the like: by what they are called, or by being mostly links.

        Never what holds a good part of the page's text, whatever it is called.
        """
        size = self.sizes[element]
        whole = self.sizes[element.getroottree().getroot()].text
        if size.text > max(200, whole * 3 // 10):
            return False
        if size.links >= 3 and size.linked * 10 >= size.text * 6:
            return True
        words = _words(element)
        if words & _CONTENT_WORDS:
            return False
        if words & _HEAD_WORDS and any(_is_content(above) for above in element.iterancestors()):
            return False
        return name in _CHROME_TAGS or bool(words & _CHROME_WORDS)

    # Tables

    def _table(self, table: "_Element", context: _Context) -> None:
        if _is_hidden(table):
            context.note = True
        rows, stray = _rows(table)
        for element in stray:
            self._block(element, "caption", context)
        if self._is_layout(table, rows):
            for row in rows:
                self._layout_row(row, context)
            return
        kept = [row for row in rows if self._is_kept(row)]
        self._data_table(table, kept, context.note)

    def _layout_row(self, row: "_Row", context: _Context) -> None:
        """The cells of a row that arranges the page; a narrow one beside the text is a side column."""
        longest = max((self.sizes[c].text for c in row.cells), default=0)
        for cell in row.cells:
            aside = self.sizes[cell].text * 5 < longest
            self._block(cell, "td", replace(context, note=context.note or aside))

    def _is_layout(self, table: "_Element", rows: "list[_Row]") -> bool:
        """A table holding tables or whole passages, or with nothing beside anything, arranges the page."""
        if table.get("role") == "presentation":
            return True
        inner = [e for e in table.iterdescendants("table") if self.sizes[e].text]
        plain = [r for r in rows if sum(1 for c in r.cells if next(c.iter("table"), None) is None) > 1]
        if inner:
            return len(plain) < 3
        longest = max((self.sizes[c].text for row in rows for c in row.cells), default=0)
        widest = max((len(row.cells) for row in rows), default=0)
        return longest > 300 or widest <= 1

    def _is_kept(self, row: "_Row") -> bool:
        if row.element is not None and _is_hidden(row.element):
            self._report("hidden-row", row)
            return False
        if _is_filler(row):
            self._report("filler-row", row)
            return False
        return bool(row.cells)

    def _report(self, code: str, row: "_Row") -> None:
        quote = " ".join(_all_text(c) for c in row.cells).strip() or None
        anchor = row.element if row.element is not None else row.cells[0]
        self.diagnostics.append(told(code, self.place(anchor, quote), n=1))

    def _data_table(self, table: "_Element", rows: "list[_Row]", note: bool) -> None:
        cells = [[c for c in row.cells if not _is_hidden(c)] for row in rows]
        try:
            grid = _grid.place([[_spans(c) for c in row] for row in cells])
        except _grid.TooManySlotsError:
            place = Location(self.file, line=_line(table))
            zh, en = f"一张表超过 {_grid.SLOTS} 格", f"a table has more than {_grid.SLOTS} slots"
            raise beyond(place, zh, en) from None
        if not grid.places:
            return
        located = self.place(table)
        if grid.cut:
            self.diagnostics.append(told("span-cut", located, n=grid.cut))
        flat = [c for row in cells for c in row]
        made = tuple(self._cell(c, p) for c, p in zip(flat, grid.places, strict=True))
        kind: BlockKind = "note" if note else "table"
        self.blocks.append(Block(kind, "", located, 0, Table(len(rows), grid.columns, made, exact=True)))

    def _cell(self, element: "_Element", place: _grid.Place) -> Cell:
        text = _cell_text(element)
        location = self.place(element, text)
        return Cell(place.row, place.column, text, location, place.row_span, place.column_span)


def _block(text: str, location: Location, context: _Context) -> Block:
    if context.note or (len(text) <= _LONGEST_CHROME and _CHROME_TEXT.match(text)):
        return Block("note", text, location)
    level = context.level
    if level and len(text) > 60 and "。" in text:
        level = 0
    level = level or heading_level(text)
    return Block("heading" if level else "paragraph", text, location, level)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row; element is None where the page forgot the row tag."""

    element: "_Element | None"
    cells: "list[_Element]"


def _rows(table: "_Element") -> "tuple[list[_Row], list[_Element]]":
    """The table's own rows, and elements with text that stand outside its cells."""
    rows: list[_Row] = []
    stray: list[_Element] = []
    for element, row in _table_parts(table, None):
        if _name(element) == "tr":
            rows.append(_Row(element, []))
        elif _name(element) not in ("td", "th"):
            stray.append(element)
        elif row is not None or (rows and rows[-1].element is None):
            rows[-1].cells.append(element)
        else:
            rows.append(_Row(None, [element]))
    return rows, stray


def _table_parts(element: "_Element", row: "_Element | None") -> "Iterator[tuple[_Element, _Element | None]]":
    """Rows, cells and captions below a table in order, each with its row; not those of a table inside."""
    for child in element:
        name = _name(child)
        if name in ("td", "th"):
            yield child, row
        elif name == "tr":
            yield child, None
            yield from _table_parts(child, child)
        elif name in ("caption", "table"):
            yield child, row
        elif name not in _SKIPPED:
            yield from _table_parts(child, row)


def _is_filler(row: _Row) -> bool:
    """The row of empty cells without height by which Word fixes column widths."""
    if any(_all_text(cell) for cell in row.cells):
        return False
    elements = [row.element] if row.element is not None else []
    return any(
        e.get("height", "").strip() in ("0", "0px", "0pt") or _NO_HEIGHT.search(e.get("style", ""))
        for e in [*elements, *row.cells]
    )


def _spans(cell: "_Element") -> tuple[int, int]:
    return _number(cell.get("rowspan"), least=0), _number(cell.get("colspan"), least=1)


def _number(value: str | None, least: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", value or "")
    return max(least, int(digits[1])) if digits and digits[1].isascii() else 1


def _cell_text(cell: "_Element") -> str:
    """The shown text of a cell on one line; see `cell_text.glue` for its own line breaks."""
    lines: list[list[str]] = [[]]
    _gather(cell, lines)
    return cell_text.one_line(_collapse("".join(line)) for line in lines)


def _gather(element: "_Element", lines: list[list[str]]) -> None:
    name = _name(element)
    if _is_skipped(element) or _is_hidden(element):
        return
    breaks = name in _BLOCKS or name in ("br", "table")
    if breaks:
        lines.append([])
    lines[-1].append(_own_text(element) or "")
    for child in element:
        _gather(child, lines)
        lines[-1].append(child.tail or "")
    if breaks:
        lines.append([])


# What the page says about itself


def _metadata(root: "_Element", page: _Walker) -> Iterator[Block]:
    """The publication data that government sites put into the head, as notes `PubDate: …`."""
    for meta in root.iterfind(".//head//meta"):
        name, content = meta.get("name", ""), (meta.get("content") or "").strip()
        if name in _METADATA and content:
            yield Block("note", f"{name}: {content}", page.place(meta))


def _with_title(blocks: tuple[Block, ...], root: "_Element", page: _Walker) -> Iterator[Block]:
    """The blocks, led by the page's title where the page itself shows none."""
    title = root.find(".//head/title")
    declared = _collapse(_all_text(title)) if title is not None else ""
    name = max(re.split(r"\s*[_|]\s*|\s+[-–—]\s+", declared), key=len)
    shown = "".join("".join(b.text.split()) for b in blocks if not b.text.startswith(_METADATA))
    headed = any(b.kind == "heading" and b.level == 1 for b in blocks)
    if title is not None and name and not headed and "".join(name.split()) not in shown:
        yield Block("heading", name, page.place(title), 1)
    yield from blocks
