"""Bytes as a program that draws pages: lattices of rules, runs of characters, and what does not fit them."""

from collections.abc import Iterator

from checker.readers._ruled import Glyph, Page, Segment

STEP = 6
"""Bytes of one instruction."""
WIDTH, HEIGHT = 595.0, 842.0
_MOST = 800
"""Characters and rules a page may have; the readers have limits of their own."""
WORDS = (
    "0",
    "12",
    "1,234",
    "３，７７１",
    "—",
    "/",
    "",
    "自然人",
    "总计",
    "（一）予以公开",
    "三、本年度办理结果",
    "一、总体情况",
    "信息内容",
    "行政复议",
    "第1页",
    "- 2 -",
    "本机关全年公开信息，回应了公众。",
    "⾏政⼆⼗",
    "\u3000",
    "\xa0",
)
ODD = (
    "\0",
    "\ufffd",
    "\ue000",
    "\u2f06",
    "\u200b",
    "\u0301",
    "ﬁ",
    "\U00020000",
    "\n",
    "\r",
    "\u00ad",
    "\ufeff",
)


def pages(program: bytes) -> list[Page]:
    """The pages a program draws; never none."""
    glyphs: list[Glyph] = []
    segments: list[Segment] = []
    found: list[Page] = []
    for start in range(0, len(program) - STEP + 1, STEP):
        what, *by = program[start : start + STEP]
        if what % 8 == 0 and what:
            found.append(_page(len(found) + 1, glyphs, segments))
            glyphs, segments = [], []
        if len(glyphs) < _MOST and len(segments) < _MOST:
            segments += _rules(what % 8, by)
            glyphs += _characters(what % 8, by)
    return [*found, _page(len(found) + 1, glyphs, segments)]


def _page(number: int, glyphs: list[Glyph], segments: list[Segment]) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(glyphs), tuple(segments))


def _rules(what: int, by: list[int]) -> Iterator[Segment]:
    x, y, a, b, c = by
    left, top = x * 2.5, y * 3.3
    if what in (1, 2):  # a lattice, the latter with words in it
        width, height = 8.0 + c % 5 * 12, 10.0 + c // 5 % 6 * 6
        columns, rows = a % 16 + 1, b % 30 + 1
        for row in range(rows + 1):
            yield Segment(left, top + row * height, left + columns * width, top + row * height)
        for column in range(columns + 1):
            yield Segment(left + column * width, top, left + column * width, top + rows * height)
    if what == 3:
        yield Segment(left, top, left + a * 2.5, top + (b % 3) / 2)
    if what == 4:
        yield Segment(left, top, left + (b % 3) / 2, top + a * 3.3)
    if what == 7 and c % 2:  # a rule that is none: a point, a slope, one drawn backwards
        yield Segment(left, top, left + (a - 128) * 3.0, top + (b - 128) * 3.0)


def _characters(what: int, by: list[int]) -> Iterator[Glyph]:
    x, y, a, b, c = by
    left, top = x * 2.5, y * 3.3
    if what == 2:
        width, height = 8.0 + c % 5 * 12, 10.0 + c // 5 % 6 * 6
        for n in range((a % 16 + 1) * (b % 30 + 1)):
            row, column = divmod(n, a % 16 + 1)
            word = WORDS[(n * (c // 30 + 1) + b) % len(WORDS)]
            yield from _run(word, left + column * width + 1, top + row * height + 1, min(5, width / 3))
    if what == 5:
        yield from _run(WORDS[a % len(WORDS)], left, top, 3.0 + b % 12, down=c % 4 == 0)
    if what == 6:
        yield Glyph(ODD[a % len(ODD)], left, top, left + b / 2, top + c / 2)


def _run(word: str, left: float, top: float, size: float, down: bool = False) -> Iterator[Glyph]:
    for n, character in enumerate(word):
        x, y = (left, top + n * size) if down else (left + n * size, top)
        yield Glyph(character, x, y, x + size, y + size)
