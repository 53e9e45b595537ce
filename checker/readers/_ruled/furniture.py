"""What stands at the edge of every page and is no text of the report: page numbers, running heads."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from checker import comparison
from checker.document import Block, Diagnostic
from checker.readers._diagnostics import told
from checker.readers._ruled.lines import Line, rows_of
from checker.readers._ruled.pages import Content, place

_ZONE = 0.13
"""The share of a page's height at its top and at its bottom."""
_SAME_HEIGHT = 6.0
_SHARE = 0.4
_PAGE_MARK = re.compile(
    r"-+ *\d{1,3} *-+|第 *\d{1,3} *页(?: *[,/]? *共 *\d+ *页)?|\d{1,3} */ *\d{1,3}"
    r"|[Pp]age *\d{1,3}(?: *of *\d+)?"
)
_BARE = re.compile(r"\d{1,3}")


def set_apart(contents: Sequence[Content], file: str) -> tuple[list[Block], list[Diagnostic]]:
    """Take page numbers, running heads and feet out of the lines of all pages; heads and feet come back
    as notes, once each."""
    notes: list[Block] = []
    diagnostics: list[Diagnostic] = []
    edges = [(c, line) for c in contents for line in _edge(c)]
    marks = [(c, line) for c, line in edges if _PAGE_MARK.fullmatch(comparison.view(line.text))]
    marks += _bare_numbers([pair for pair in edges if pair not in marks], len(contents))
    for found, line in marks:
        found.lines.remove(line)
        diagnostics.append(told("page-number", place(file, found.page.number, line.box, line.text)))
    for group in _repeated([pair for pair in edges if pair not in marks], len(contents)):
        first, line = group[0]
        where = place(file, first.page.number, line.box, line.text)
        for found, again in group:
            found.lines.remove(again)
        diagnostics.append(told("running-head", where, n=len(group)))
        notes.append(Block("note", line.text, where))
    return notes, diagnostics


def _edge(content: Content) -> Iterator[Line]:
    """Lines that stand alone, near the upper or lower edge and beyond every table."""
    height = content.page.height
    top = min((p.box[1] for p in content.parts), default=height)
    bottom = max((p.box[3] for p in content.parts), default=0.0)
    for row in rows_of(content.lines):
        for line in row:
            beyond = line.middle < min(top, _ZONE * height) or line.middle > max(bottom, (1 - _ZONE) * height)
            if beyond and len(row) <= 3:
                yield line


def _bare_numbers(edges: Sequence[tuple[Content, Line]], pages: int) -> list[tuple[Content, Line]]:
    """Numbers alone at one height that count the pages."""
    found = [
        (c, line, int(comparison.view(line.text)) - c.page.number)
        for c, line in edges
        if _BARE.fullmatch(comparison.view(line.text)) and line.middle > 0.9 * c.page.height
    ]
    by_offset: dict[int, list[tuple[Content, Line]]] = defaultdict(list)
    for content, line, offset in found:
        by_offset[offset].append((content, line))
    largest = max(by_offset.values(), key=len, default=[])
    return largest if len(largest) >= max(2, _SHARE * pages) else []


def _repeated(edges: Sequence[tuple[Content, Line]], pages: int) -> Iterator[list[tuple[Content, Line]]]:
    """The same words at the same height on many pages, digits apart."""
    by_words: dict[str, list[tuple[Content, Line]]] = defaultdict(list)
    for content, line in edges:
        words = re.sub(r"\d+", "0", comparison.squeeze(line.text))
        if re.search(r"[^\W\d]", words):
            by_words[words].append((content, line))
    for group in by_words.values():
        for level in _levels(group):
            on_pages = {content.page.number for content, _ in level}
            if len(on_pages) == len(level) and len(level) >= max(2, _SHARE * pages):
                yield level


def _levels(group: Sequence[tuple[Content, Line]]) -> Iterator[list[tuple[Content, Line]]]:
    """Lines at one height of their pages together: a report's title below a running head is another line."""
    level: list[tuple[Content, Line]] = []
    for content, line in sorted(group, key=_height):
        if level and (_height((content, line)) - _height(level[0])) * content.page.height > _SAME_HEIGHT:
            yield sorted(level, key=_number)
            level = []
        level.append((content, line))
    yield sorted(level, key=_number)


def _height(pair: tuple[Content, Line]) -> float:
    """Of the page's height, from its top."""
    return pair[1].middle / pair[0].page.height


def _number(pair: tuple[Content, Line]) -> int:
    return pair[0].page.number
