"""The stretch of a report where a table stands, cut into strips: words, then the cells that follow them.

A table row is one strip. Running text yields a strip wherever figures follow words; text with one
cell a line, with columns set apart by blanks and with cells run together all come out this way.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from checker import comparison
from checker.document import Block
from checker.forms.template import ANY_APPLICATIONS, canonical
from checker.forms.values import looks_like_value
from checker.location import Location
from checker.outline import Outline, Piece, Span
from checker.patterns import pattern

_FIGURE = pattern(
    r"(?P<number>(?<![\w)\]])-?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?)"
    r"|(?<!\S)(?:/|-+|不适用)(?!\S)"
)
# What makes a figure part of a sentence: a unit or a mark after it; a bracket, a letter or such before it.
_PROSE_AFTER = pattern(
    r"\s*(?:[件个条次年月日号人家期名份篇起宗位万亿元%‰场则余多户种届级]|项[^目])"
    r"|[^\w\s(|/-]|-\d|[A-Za-z]"
)
_PROSE_BEFORE = pattern(r"[\[A-Za-z第约近超达共自至于]\s*$|[-.]$")
_MONEY_ALONE = pattern(r"\s*(\d[\d,]*(?:\.\d+)?万?元)\s*")
# The numeral of the next label may stand right after the last cell: 0000000 2.重复申请.
_ITEMS = "|".join(
    rf"{row.mark}\s*[.、]\s*{re.escape(row.wording[:2])}"
    for row in ANY_APPLICATIONS.rows
    if row.mark.isdigit()
)
_NEXT_ITEM = pattern(_ITEMS)
_ENUMERATOR = pattern(r"\d\s*[.、](?!\d)")
_PAGE_MARK = pattern(r"\s*(?:-+\s*\d{1,3}\s*-+|第\s*\d+\s*页)\s*")
_TABLE_WORDS = pattern(
    r"第二十条第|信息内容|本列数据的|申请人情况|结果\s*维持|新收政府信息|予以公开|结转下年度|规范性文件\s*\d"
)
_SENTENCE = pattern(r"[^。;!?]*[。;!?]+|[^。;!?]+$")

Locate = Callable[[int, int], Location]


@dataclass(frozen=True, slots=True)
class Item:
    """One cell, or one stretch of digits in running text.

    line tells lines and table rows apart; apart is False where only one blank, or none, separates the
    item from the one before it: there several cells may have run together.
    """

    text: str
    location: Location
    line: int
    apart: bool = True
    column: int = 0
    span: int = 1

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Strip:
    """words: canonical text since the last figures; items: the figures after it, in running text;
    location: the last stretch of the words, the one that ends in the label.

    A table row has its cells, labels included, in `cells`, the ordinal of its table in `table`, and
    in words the running text above it.
    """

    words: str
    location: Location | None = None
    items: tuple[Item, ...] = ()
    cells: tuple[Item, ...] = ()
    table: int | None = None
    exact: bool = False


def strips(outline: Outline, span: Span) -> tuple[Strip, ...]:
    """All strips between two offsets of the outline, in order; page marks and sentences left out."""
    cutter = _Cutter()
    for number, pieces in enumerate(_blocks(outline, span)):
        if pieces[0].cell is None:
            cutter.text(outline, pieces[0], span)
        else:
            cutter.table(number, pieces[0].block, pieces)
    return cutter.finish()


def _blocks(outline: Outline, span: Span) -> Iterator[list[Piece]]:
    """The pieces of each block that overlap the span."""
    group: list[Piece] = []
    for piece in outline.pieces:
        if (
            piece.start >= span.end
            or piece.end < span.start
            or (piece.cell is None and piece.end == span.start)
        ):
            continue
        if group and piece.block is not group[-1].block:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


class _Cutter:
    """Collects words until figures follow them."""

    def __init__(self) -> None:
        self._strips: list[Strip] = []
        self._words = ""
        self._place: Location | None = None
        self._items: list[Item] = []
        self._line = 0

    def finish(self) -> tuple[Strip, ...]:
        self._close()
        if self._words:
            self._strips.append(Strip(self._words, self._place))
        return tuple(self._strips)

    def table(self, number: int, block: Block, pieces: list[Piece]) -> None:
        rows: dict[int, list[Item]] = {}
        for piece in pieces:
            if piece.cell is not None:
                cell = piece.cell
                item = Item(cell.text, cell.location, cell.row, True, cell.column, cell.column_span)
                rows.setdefault(cell.row, []).append(item)
        for row in rows.values():
            self._row(number, row, block.table is not None and block.table.exact)

    def _row(self, number: int, row: list[Item], exact: bool) -> None:
        filled = [item for item in row if not item.blank]
        if len(filled) == 1 and not looks_like_value(filled[0].text):
            view = comparison.view(filled[0].text)
            if any(_figures(view)):
                self._line += 1
                place = filled[0].location
                self._tokens(filled[0].text, view, lambda start, end: place)
                return
        self._close()
        self._strips.append(Strip(self._words, self._place, (), tuple(row), number, exact))
        if any(looks_like_value(item.text) for item in row):
            self._words, self._place = "", None

    def text(self, outline: Outline, piece: Piece, span: Span) -> None:
        """One paragraph or heading, physical line by physical line."""
        start, end = max(piece.start, span.start), min(piece.end, span.end)
        breaks = [piece.start + offset for offset, _ in piece.block.line_starts]
        edges = [start, *(b for b in breaks if start < b < end), end]
        for first, last in zip(edges, edges[1:], strict=False):
            if not _PAGE_MARK.fullmatch(outline.view[first:last]):
                self._line += 1
                for sentence in _SENTENCE.finditer(outline.view, first, last):
                    self._sentence(outline, sentence)

    def _sentence(self, outline: Outline, sentence: "re.Match[str]") -> None:
        if sentence[0][-1] in "。;!?" and not _TABLE_WORDS.search(sentence[0]):
            # Prose ends whatever label was being collected.
            self._close()
            self._words, self._place = "", None
            return
        start, end = sentence.span()
        self._tokens(outline.text[start:end], sentence[0], lambda s, e: outline.locate(start + s, start + e))

    def _tokens(self, text: str, view: str, locate: Locate) -> None:
        position = 0
        for start, end in _figures(view):
            between = text[position:start]
            if canonical(between):
                self._add_words(between, locate(position, start))
            apart = position == 0 or bool(canonical(between)) or len(between) > 1 or between in ("\t", "|")
            self._items.append(Item(text[start:end], locate(start, end), self._line, apart))
            position = end
        if canonical(text[position:]):
            self._add_words(text[position:], locate(position, len(text)))

    def _add_words(self, text: str, place: Location) -> None:
        if self._items and _PROSE_AFTER.match(comparison.view(text)):
            # The figures before were part of a sentence after all: 行政许可 39 / 件.
            self._words += "".join(canonical(i.text) for i in self._items)
            self._items = []
        self._close()
        self._words += canonical(text)
        self._place = replace(place, quote=text.rstrip())

    def _close(self) -> None:
        if self._items:
            self._strips.append(Strip(self._words, self._place, tuple(self._items)))
            self._items, self._words, self._place = [], "", None


def _figures(view: str) -> Iterator[tuple[int, int]]:
    """Where figures and slashes stand as cells in a line: no units after, no enumerators, no dates."""
    money = _MONEY_ALONE.fullmatch(view)
    if money:
        yield money.span(1)
        return
    for match in _FIGURE.finditer(view):
        start, end = match.span()
        if match["number"] is None:
            yield start, end
            continue
        if _PROSE_BEFORE.search(view[max(0, start - 3) : start]):
            continue
        if _NEXT_ITEM.match(view, end - 1):
            end -= 1
        elif _ENUMERATOR.match(view, end - 1) or _PROSE_AFTER.match(view, end):
            continue
        if end > start:
            yield start, end
