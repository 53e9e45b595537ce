"""Where each of the three tables stands, also where a section heading was lost."""

import re
from collections.abc import Iterator
from itertools import islice

from checker.outline import Outline, Span
from checker.patterns import pattern

MOST_OPENINGS = 4
"""How many places outside its section are tried for a table."""

_OPENINGS = {
    2: pattern(r"第二十条第\s*[(（]一[)）]\s*项(?=.{0,12}信息内容|\s*\|?\s*$)", re.DOTALL | re.MULTILINE),
    3: pattern(r"\(?本列数据的勾稽关系|申请人情况(?=[^。]{0,12}自然人)", re.DOTALL),
    4: pattern(r"行政复议\s*行政诉讼\s*结果|结果\s*维持\s*结果\s*纠正"),
}


def zones(outline: Outline, number: int) -> Iterator[Span]:
    """Where to look for the table of a section: in the section, then wherever its first words stand.

    A zone ends where the table of a later section opens.
    """
    section = outline.section(number)
    if section is not None:
        yield _before_later_tables(outline, section.body, number)
    for opening in islice(_OPENINGS[number].finditer(outline.view), MOST_OPENINGS):
        starts = (s.heading.start for s in outline.sections if s.heading.start > opening.start())
        span = Span(opening.start(), min(starts, default=len(outline.text)))
        yield _before_later_tables(outline, span, number)


def _before_later_tables(outline: Outline, span: Span, number: int) -> Span:
    later = (_OPENINGS[n].search(outline.view, span.start, span.end) for n in _OPENINGS if n > number)
    return Span(span.start, min((m.start() for m in later if m), default=span.end))
