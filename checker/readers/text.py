"""Plain text and Markdown: one paragraph a line, headings, and tables in pipe or tab rows.

Tables: see _pipes. Text with one cell a line, and tables laid out by spaces, stay paragraphs.
Where the whole text was wrapped at one width (PDF to text), the lines of a paragraph are joined.
"""

import re
from collections.abc import Iterator, Sequence

from checker import comparison
from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic, Document, Source
from checker.location import Location
from checker.readers import _pipes
from checker.readers._content import Content
from checker.readers._diagnostics import told
from checker.readers._headings import NUMERAL
from checker.readers._headings import level as heading_level
from checker.readers._lines import Line, Segment
from checker.readers._refusals import beyond
from checker.readers._values import VALUE

KIND = "text"
LABEL = Bilingual("文本", "text and Markdown")
LIMIT = 20_000_000
RANK = 100

LINES = 100_000
CELLS = 500_000
PARAGRAPH = 200
"""Physical lines; no wrapped paragraph of a report is longer."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_PAGE_MARK = re.compile(
    r"\s*(?:[-—–－―─]+\s*\d{1,3}\s*[-—–－―─]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)\s*"
)
_HASHES = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?<=##)(?=[^#\s]))(.*?)[\s#]*$")
_ENUMERATOR = re.compile(
    rf"{NUMERAL}[、.]|\({NUMERAL}\)|\(?\d{{1,2}}(?:[.、](?!\d)|\))|第{NUMERAL}[条章部]|#"
)
_MARKS = re.compile(rf"\*\*|{comparison.INVISIBLE.pattern}")
_LAYOUT_GAP = re.compile(r"\S {3,}\S")


def recognises(content: Content) -> bool:
    """Whatever no other reader wants and no machine wrote for machines is text."""
    return content.kind is None


def read(content: Content, source: Source) -> Document:
    """Paragraphs, headings and tables with line and character.

    Raises InputError for more lines or cells than a report could need.
    """
    text = content.text
    _refuse_masses(text, source.file)
    lines = [Line(n, words) for n, words in enumerate(_LINE_END.split(text), start=1)]
    marks = {line.number for line in lines if _PAGE_MARK.fullmatch(line.text)}
    blocks = tuple(_blocks(lines, marks, source.file))
    dropped = tuple(_page_mark(line, source.file) for line in lines if line.number in marks)
    return Document(source, blocks, dropped)


def _refuse_masses(text: str, file: str) -> None:
    if text.count("\n") + text.count("\r") <= LINES and text.count("|") + text.count("\t") <= CELLS:
        return
    zh, en = f"超过 {LINES} 行或 {CELLS} 个单元格", f"more than {LINES} lines or {CELLS} cells"
    raise beyond(Location(file), zh, en)


def _page_mark(line: Line, file: str) -> Diagnostic:
    return told("page-number", Location(file, line=line.number, quote=line.text.strip()))


def _blocks(lines: Sequence[Line], marks: set[int], file: str) -> Iterator[Block]:
    width = _wrapping_width(lines)
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.blank or line.number in marks:
            position += 1
            continue
        rows = _pipes.table_lines(lines, position)
        if rows:
            yield from _pipes.blocks(rows, file)
            position += len(rows)
        else:
            paragraph, position = _paragraph(lines, position, marks, width)
            yield _text_block(paragraph, file)


# Paragraphs and headings


def _paragraph(lines: Sequence[Line], position: int, marks: set[int], width: int) -> tuple[list[Line], int]:
    """The physical lines of the paragraph at `position`, and the position after it."""
    paragraph = [lines[position]]
    after = position + 1
    while width and len(paragraph) < PARAGRAPH:
        candidate = _next_candidate(lines, after, marks)
        if candidate is None or not _continues(paragraph[-1], lines[candidate], width):
            break
        paragraph.append(lines[candidate])
        after = candidate + 1
    return paragraph, after


def _next_candidate(lines: Sequence[Line], after: int, marks: set[int]) -> int | None:
    """The next line a paragraph could go on with: the very next, or the first after a page number."""
    passed_mark = False
    for position in range(after, len(lines)):
        line = lines[position]
        if line.number in marks:
            passed_mark = True
        elif not line.blank:
            return position if position == after or passed_mark else None
        elif position - after > 8:
            return None
    return None


def _continues(line: Line, following: Line, width: int) -> bool:
    """Whether a line broke off only because the next word had no room left."""
    if line.text.rstrip()[-1] in "。！？!?" or "|" in line.text + following.text:
        return False
    if _LAYOUT_GAP.search(line.text) or _LAYOUT_GAP.search(following.text) or VALUE.fullmatch(following.text):
        return False
    opening = following.text.strip()
    if _ENUMERATOR.match(comparison.view(opening[:8])):
        return False
    word = re.match(r"[!-~]+|.", opening)
    return _width(line.text.strip()) + _width(word.group() if word else "") >= width - 5


def _wrapping_width(lines: Sequence[Line]) -> int:
    """The width, in columns, at which the whole text was wrapped; 0 if it was not.

    Told by the lines that end in mid-sentence: in a wrapped text they are many and as good as equally wide.
    """
    long = sum(1 for line in lines if len(line.text) > 70 and not _LAYOUT_GAP.search(line.text))
    open_ended = [
        _width(words)
        for words in (line.text.strip() for line in lines)
        if 15 <= len(words) <= 70 and words[-1] not in "。！？：；!?:;|" and not _LAYOUT_GAP.search(words)
    ]
    if len(open_ended) < 8 or long * 10 > len(open_ended):
        return 0
    usual = sorted(open_ended)[len(open_ended) // 2]
    near = sum(1 for width in open_ended if abs(width - usual) <= 6)
    return usual if near * 10 >= len(open_ended) * 7 else 0


def _width(words: str) -> int:
    """Columns, two for a Chinese character or punctuation mark; GB 18030 happens to spend as many bytes."""
    return len(words.encode("gb18030", errors="replace"))


def _text_block(lines: Sequence[Line], file: str) -> Block:
    hashes = _HASHES.match(lines[0].text) if len(lines) == 1 else None
    first = hashes.start(2) if hashes else 0
    segments = [s for line in lines for s in _segments(line, first, hashes)]
    text, starts = _joined(segments, file)
    level = len(hashes[1]) if hashes else heading_level(text)
    location = Location(file, line=segments[0].line, character=segments[0].character)
    line_starts = starts if len(segments) > 1 else ()
    return Block("heading" if level else "paragraph", text, location, level, None, line_starts)


def _segments(line: Line, first: int, hashes: "re.Match[str] | None") -> list[Segment]:
    """The line without its indent, heading marks, paired ** marks and invisible characters."""
    words = line.text[first : hashes.end(2)] if hashes else line.text
    marks = _MARKS if words.count("**") % 2 == 0 else comparison.INVISIBLE
    segments: list[Segment] = []
    start = 0
    for end, after in [*(m.span() for m in marks.finditer(words)), (len(words), len(words))]:
        piece = words[start:end] if end < len(words) else words[start:end].rstrip()
        body = piece if segments else piece.lstrip()
        if body:
            segments.append(Segment(body, line.number, first + start + len(piece) - len(body) + 1))
        start = after
    return segments or [Segment("", line.number, first + 1)]


def _joined(segments: Sequence[Segment], file: str) -> tuple[str, tuple[tuple[int, Location], ...]]:
    text = ""
    starts: list[tuple[int, Location]] = []
    for segment in segments:
        apart = starts and starts[-1][1].line != segment.line and _both_latin(text[-1:], segment.text[:1])
        text += " " if apart else ""
        starts.append((len(text), Location(file, line=segment.line, character=segment.character)))
        text += segment.text
    return text, tuple(starts)


def _both_latin(before: str, after: str) -> bool:
    return (before + after).isascii() and before.isalnum() and after.isalnum()
