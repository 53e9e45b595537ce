"""From lines to paragraphs: a line goes on with the one before if that one had no room left."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from checker import comparison
from checker.document import Block
from checker.location import Location
from checker.readers._headings import NUMERAL
from checker.readers._headings import level as heading_level
from checker.readers._ruled.lines import Line
from checker.readers._ruled.page import Glyph
from checker.readers._ruled.pages import Content, place

_NARROWEST = 0.7
"""The share of a page's width that its text reaches at least; lines of short paragraphs do not tell."""

MOST_LINES = 200
"""No paragraph of a report is longer."""

_OPENING = "（(《「『【〔〈["
_CLOSING = "）)》」』】〕〉]，。、；：！？,.;:!?%％…—/-"
_QUOTES = "“”‘’"
"""No line is broken before or after them."""
_STOP = re.compile(r"[。！？!?；;：:][”’）)》」』]*$")
_NEW = re.compile(rf"{NUMERAL}[、.]|\({NUMERAL}\)|\(?\d{{1,2}}(?:[.、](?!\d)|\))|第{NUMERAL}[条章部]")


@dataclass(frozen=True, slots=True)
class Frame:
    """How the text of a page is set, in points: its edges, the usual size of its characters and the
    usual distance between lines of one paragraph."""

    left: float
    right: float
    size: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, its page, and the frame of that page."""

    line: Line
    page: int
    frame: Frame

    @property
    def indent(self) -> float:
        return self.line.left - self.frame.left


def frames(contents: Sequence[Content]) -> list[Frame]:
    """The frame of each page."""
    sizes = Counter(round(line.size, 1) for c in contents for line in c.lines for _ in line.glyphs)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    rights = [max([line.right for line in c.lines] + [_NARROWEST * c.page.width]) for c in contents]
    usual = median([r for r, c in zip(rights, contents, strict=True) if len(c.lines) > 2] or rights or [0.0])
    pitch = _pitch(contents, size)
    return [
        Frame(_left(c), right if len(c.lines) > 2 and right > usual - 3 * size else usual, size, pitch)
        for c, right in zip(contents, rights, strict=True)
    ]


def _left(content: Content) -> float:
    lefts = Counter(round(line.left) for line in content.lines)
    if not lefts:
        return 0.0
    most = max(lefts.values())
    return float(min(left for left, count in lefts.items() if count * 2 >= most))


def _pitch(contents: Sequence[Content], size: float) -> float:
    """The usual distance between lines: the smallest that is common."""
    steps = Counter(
        round(after.middle - before.middle)
        for c in contents
        for before, after in pairwise(sorted(c.lines, key=lambda line: line.middle))
        if 0.8 * size < after.middle - before.middle < 4 * size
        and after.right - after.left > 10 * size < before.right - before.left
    )
    if not steps:
        return 2.0 * size
    most = max(steps.values())
    return float(min(step for step, count in steps.items() if count * 3 >= most))


def goes_on(paragraph: Sequence[Placed], following: Placed) -> bool:
    """Whether a line belongs to the paragraph above it, on the same page or across the page end."""
    last = paragraph[-1]
    if len(paragraph) >= MOST_LINES or not _alike(last.line, following.line):
        return False
    if _is_title(last, following):
        return _near(paragraph, following)
    if last.page == following.page and not _near(paragraph, following):
        return False
    if _closes(paragraph, following):
        return True
    if not _had_no_room(last, following.line):
        return False
    stopped = _STOP.search(last.line.text) is not None
    if stopped and (_NEW.match(comparison.view(following.line.text)) or heading_level(following.line.text)):
        return False
    if stopped and last.page != following.page and not _is_indented(paragraph[0]):
        # Paragraphs that are told by the space between them: only a line set to the very edge goes on.
        return last.frame.right - last.line.right <= 0.5 * last.line.size and _is_aligned(
            paragraph, following
        )
    return _is_aligned(paragraph, following)


def _closes(paragraph: Sequence[Placed], following: Placed) -> bool:
    """Whether a line right below the last, as in a narrow text box, closes a bracket left open above it."""
    last, words = paragraph[-1], comparison.view(following.line.text)
    if last.page != following.page or abs(last.indent - following.indent) > 0.8 * following.line.size:
        return False
    if _STOP.search(last.line.text) or _NEW.match(words) or heading_level(following.line.text):
        return False
    before = "".join(comparison.view(placed.line.text) for placed in paragraph)
    left_open = before.count("(") - before.count(")")
    return left_open > 0 and left_open + words.count("(") - words.count(")") == 0


def _alike(one: Line, other: Line) -> bool:
    """Set in characters of about one size."""
    told = one.is_ideographic and other.is_ideographic
    return not told or abs(one.size - other.size) <= 0.2 * max(one.size, other.size)


def _near(paragraph: Sequence[Placed], following: Placed) -> bool:
    last = paragraph[-1]
    step = following.line.middle - last.line.middle
    before = [b.line.middle - a.line.middle for a, b in pairwise(paragraph) if a.page == b.page]
    usual = before[-1] if before else (2.0 * last.line.size if _is_large(last) else last.frame.pitch)
    return 0 < step <= 1.3 * usual


def _had_no_room(last: Placed, following: Line) -> bool:
    room = last.frame.right - last.line.right
    return room < _first_unit(following) + 0.5 * last.line.size


def _first_unit(line: Line) -> float:
    """The width of what a line cannot be broken in: a word or one ideograph, with the marks around it."""
    glyphs = line.glyphs
    end, last = 0, len(glyphs) - 1
    while end < last and (
        glyphs[end].text in _OPENING + _QUOTES
        or glyphs[end + 1].text in _CLOSING + _QUOTES
        or (_is_latin(glyphs[end]) and _is_latin(glyphs[end + 1]))
    ):
        end += 1
    return glyphs[end].right - glyphs[0].left


def _is_latin(glyph: Glyph) -> bool:
    return glyph.text.isascii() and not glyph.text.isspace()


def _is_indented(placed: Placed) -> bool:
    return placed.indent > 1.2 * placed.line.size


def _is_aligned(paragraph: Sequence[Placed], following: Placed) -> bool:
    last, size = paragraph[-1], following.line.size
    step = following.indent - last.indent
    if _is_indented(last) and _is_indented(following) and _is_centred(last, following):
        return True
    if len(paragraph) > 1:
        return abs(step) <= 0.8 * size
    if _NEW.match(comparison.view(last.line.text)) and 0 < step <= 3 * size:
        return not _STOP.search(last.line.text)  # a hanging indent
    if _is_indented(last) and _is_indented(following):
        return False
    return -4.5 * size <= step <= 0.8 * size


def _is_title(one: Placed, other: Placed) -> bool:
    """Two lines of a title: large, and both in the middle or both at the left."""
    if not (_is_large(one) and _is_large(other)) or _is_opening(one) or _is_opening(other):
        return False
    return _is_centred(one, other) or abs(one.indent - other.indent) <= 0.5 * other.line.size


def _is_opening(placed: Placed) -> bool:
    text = placed.line.text
    return heading_level(text) > 0 or _NEW.match(comparison.view(text)) is not None


def _is_large(placed: Placed) -> bool:
    return placed.line.is_ideographic and placed.line.size > 1.15 * placed.frame.size


def _is_centred(one: Placed, other: Placed) -> bool:
    a, b = one.line, other.line
    return one.page == other.page and abs(a.left + a.right - b.left - b.right) <= 2 * b.size


def block(paragraph: Sequence[Placed], file: str, title: bool) -> Block:
    """The lines as one heading or paragraph, with the place of each."""
    text = ""
    starts: list[tuple[int, Location]] = []
    for index, placed in enumerate(paragraph):
        if index:
            text += _between(paragraph[index - 1].line, placed.line)
        starts.append((len(text), place(file, placed.page, placed.line.box)))
        text += placed.line.text
    level = 1 if title else heading_level(text)
    kept = tuple(starts) if len(starts) > 1 else ()
    return Block("heading" if level else "paragraph", text, starts[0][1], level, None, kept)


def _between(before: Line, after: Line) -> str:
    """What the end of a line stands for: a blank between two words, nothing inside a number or an address."""
    last, first = before.text[-1:], after.text[:1]
    if before.ended and last.isascii() and first.isascii():
        return " "
    return " " if last.isascii() and first.isascii() and last.isalpha() and first.isalpha() else ""
