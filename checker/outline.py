"""The report's text in reading order, cut at its six section headings.

One string for everything that is not chrome, its comparison view of the same length, and the
spans of front matter, sections and prose, so that extractors share offsets and locations.
A heading is found where it stands alone and also inside running text: some sites publish
the whole report as one physical line.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from checker import comparison
from checker.bilingual import Bilingual
from checker.document import Block, Cell, Document
from checker.errors import InputError, Problem
from checker.location import Location

NUMERALS = "一二三四五六七八九十"

# Official wording (国办公开办函〔2021〕30号 annex) and the wordings offices customarily use for it.
TITLES: dict[int, str] = {
    1: r"总体情况|概述",
    2: r"(?:行政机关)?主动公开政府信息(?:的)?情况",
    3: r"(?:行政机关)?收到和处理政府信息(?:依申请)?公开申请(?:的)?情况",
    4: r"因?政府信息公开(?:工作)?(?:申请)?(?:被申请)?行政复议[、和或及,]?(?:被?提起)?行政诉讼(?:的)?情况",
    5: r"(?:政府信息公开工作)?存在的?(?:主要)?问题[及和](?:整改|改进)(?:情况|措施)",
    6: r"其[他它]需要报告的?事项",
}
_ANY_TITLE = "|".join(f"(?P<t{n}>{words})" for n, words in TITLES.items())
_RUN_ON = re.compile(rf"(?P<numeral>[{NUMERALS}])\s*[、.]\s*(?:{_ANY_TITLE})")
_ALONE = re.compile(rf"\s*(?P<numeral>[{NUMERALS}])\s*[、.]\s*(?P<words>[^。;!?|]{{2,40}}?)[:\s]*$")
_UNNUMBERED = re.compile(rf"\s*(?:{_ANY_TITLE})[:\s]*$")
# Items of the application table carry the same numerals as the sections.
_TABLE_ITEM = re.compile(r"新收政府信息|上年结转|年度办理结果|结转下年度|第二十条第|信息公开申请数量")
_TABLE_TEXT = re.compile(
    r"第二十条第|信息内容|本列数据的|申请人情况|行政复议\s*\|?\s*行政诉讼\s*\|?\s*(?:结果|未经)|表[一二三四]:"
)
_FLAT_ROW = re.compile(r"[\d\s,.%|/—-]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of offsets in Outline.text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections: the numeral as printed, its heading and what follows up to the next."""

    number: int
    numeral: str
    official: bool
    heading: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """The block (or table cell) whose text stands at text[start:end]."""

    start: int
    end: int
    block: Block
    cell: Cell | None = None


@dataclass(frozen=True)
class Outline:
    """Verbatim text, its comparison view, and where everything in it came from.

    front is all that stands before the first section; extra holds top-level headings beyond
    the six, or a repeated one. Cells of a table are joined by tabs and rows by line breaks.
    """

    document: Document
    text: str
    view: str
    pieces: tuple[Piece, ...]
    front: Span
    sections: tuple[Section, ...]
    extra: tuple[Span, ...]

    def section(self, number: int) -> Section | None:
        """The section with this number, if its heading was found."""
        return next((s for s in self.sections if s.number == number), None)

    def pieces_in(self, span: Span) -> tuple[Piece, ...]:
        """Pieces that begin inside the span."""
        return tuple(p for p in self.pieces if span.start <= p.start < span.end)

    def locate(self, start: int, end: int) -> Location:
        """The place of text[start:end]; a range over several pieces is placed at its first."""
        piece = self.pieces[max(0, bisect_right(self._starts, start) - 1)]
        first, last = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
        if piece.cell is not None:
            return piece.cell.location
        return piece.block.locate(first, max(first, last))

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.pieces]

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """Spans of running text: everything but tables, also tables flattened into text."""
        spans: list[Span] = [*self._prose_of(self.front)]
        for section in self.sections:
            found = self._prose_of(section.body)
            spans += found if section.number not in (2, 3, 4) else self._outside_flat_tables(found)
        return tuple(s for s in spans if s.end > s.start)

    def prose_in(self, span: Span) -> tuple[Span, ...]:
        """The prose inside a span."""
        cut = (Span(max(p.start, span.start), min(p.end, span.end)) for p in self.prose)
        return tuple(s for s in cut if s.end > s.start)

    def _prose_of(self, span: Span) -> list[Span]:
        return [
            Span(max(p.start, span.start), min(p.end, span.end))
            for p in self.pieces
            if p.cell is None and p.block.kind != "table" and p.end > span.start and p.start < span.end
        ]

    def _outside_flat_tables(self, spans: list[Span]) -> list[Span]:
        kept = []
        for span in spans:
            view = self.view[span.start : span.end]
            table = _TABLE_TEXT.search(view) or _TABLE_ITEM.search(view)
            if table is not None:
                kept.append(Span(span.start, span.start + table.start()))
            elif "。" in view and not _FLAT_ROW.match(view):
                kept.append(span)
        return kept


@dataclass(frozen=True, slots=True)
class _Heading:
    number: int | None
    numeral: str
    span: Span
    official: bool


def outline(document: Document) -> Outline:
    """Cut a document at its section headings.

    Raises InputError if it is no annual report on government information disclosure.
    """
    text, pieces = _stream(document)
    view = comparison.view(text)
    headings = _resolve(_headings(view, pieces))
    _refuse_other_documents(document, view, headings)
    sections, extra = _cut(headings, len(text))
    front = Span(0, min((h.span.start for h in headings), default=len(text)))
    return Outline(document, text, view, pieces, front, sections, extra)


def _stream(document: Document) -> tuple[str, tuple[Piece, ...]]:
    parts: list[str] = []
    pieces: list[Piece] = []
    position = 0
    for block in document.blocks:
        if block.kind == "note":
            continue
        units = [(block.text, None, "\n")] if block.table is None else _cells(block)
        for words, cell, separator in units:
            pieces.append(Piece(position, position + len(words), block, cell))
            parts += [words, separator]
            position += len(words) + len(separator)
    return "".join(parts), tuple(pieces)


def _cells(block: Block) -> list[tuple[str, Cell | None, str]]:
    cells = block.table.cells if block.table else ()
    following = [*cells[1:], None]
    return [
        (cell.text, cell, "\t" if after is not None and after.row == cell.row else "\n")
        for cell, after in zip(cells, following, strict=True)
    ]


def _headings(view: str, pieces: tuple[Piece, ...]) -> list[_Heading]:
    found: list[_Heading] = []
    for piece in pieces:
        if piece.cell is None and piece.block.kind in ("heading", "paragraph"):
            found += _headings_in(view[piece.start : piece.end], piece)
    return found


def _headings_in(view: str, piece: Piece) -> list[_Heading]:
    alone = _ALONE.match(view) if len(view) <= 60 else None
    if alone and not _TABLE_ITEM.search(view):
        title = re.fullmatch(_ANY_TITLE, re.sub(r"\s", "", alone["words"]))
        return [_Heading(_number(title), alone["numeral"], Span(piece.start, piece.end), title is not None)]
    bare = _UNNUMBERED.match(view) if len(view) <= 40 else None
    if bare:
        return [_Heading(_number(bare), "", Span(piece.start, piece.end), True)]
    return [
        _Heading(_number(m), m["numeral"], Span(piece.start + m.start(), piece.start + m.end()), True)
        for m in _RUN_ON.finditer(view)
        if not _inside_sentence(view, m.start())
    ]


def _inside_sentence(view: str, start: int) -> bool:
    """A heading in running text follows the end of a sentence, a table or nothing."""
    before = view[:start].rstrip()
    return bool(before) and before[-1] in ",、:("


def _number(match: "re.Match[str] | None") -> int | None:
    if match is None:
        return None
    return next((n for n in TITLES if match[f"t{n}"]), None)


def _resolve(headings: list[_Heading]) -> list[_Heading]:
    """Give a heading of unknown wording the number its numeral claims, if no other has it."""
    taken = {h.number for h in headings if h.number}
    resolved = []
    for heading in headings:
        claimed = NUMERALS.find(heading.numeral) + 1 if heading.numeral else 0
        if heading.number is None and 1 <= claimed <= 6 and claimed not in taken:
            taken.add(claimed)
            heading = _Heading(claimed, heading.numeral, heading.span, False)
        resolved.append(heading)
    return resolved


def _cut(headings: list[_Heading], length: int) -> tuple[tuple[Section, ...], tuple[Span, ...]]:
    numbers = [h.number for h in headings]
    own = [h for i, h in enumerate(headings) if h.number and h.number not in numbers[:i]]
    extra = tuple(h.span for h in headings if h not in own)
    # An enumerated line inside a section does not end it; 七、 and beyond do.
    beyond = [h.span.start for h in headings if h.numeral in NUMERALS[6:] and h.numeral]
    starts = sorted([h.span.start for h in own] + beyond + [length])
    sections = (
        Section(
            h.number or 0,
            h.numeral,
            h.official,
            h.span,
            Span(h.span.end, next(s for s in starts if s > h.span.start)),
        )
        for h in own
    )
    return tuple(sorted(sections, key=lambda s: s.heading.start)), extra


def _refuse_other_documents(document: Document, view: str, headings: list[_Heading]) -> None:
    opening = re.sub(r"\s", "", view[:3000])
    known = sum(1 for h in headings if h.number and h.official)
    titled = re.search(r"政府信息公开(?:工作)?年度报告|政府信息公开年报", opening)
    of_school = re.search(r"学年(?:度)?信息公开(?:工作)?(?:年度)?报告", opening)
    if not of_school and (known >= 2 or (titled and known >= 1)):
        return
    reason = (
        Bilingual(
            "这是高等学校的信息公开年度报告，适用另一种格式，不在本工具范围内",
            "this is a university's disclosure report; it follows another format and is not assessed here",
        )
        if of_school
        else Bilingual(
            "这不是政府信息公开工作年度报告：没有找到“一、总体情况”等六部分标题",
            "this is not an annual report on government information disclosure: none of the six section "
            "headings (一、总体情况 …) was found",
        )
    )
    raise InputError([Problem("not-an-annual-report", reason, Location(document.source.file))])
