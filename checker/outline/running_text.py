"""Which stretches are running text, where tables were flattened into text.

A flattened table has no full stop in it; its rows, headers and digits run on or stand one a line.
Inside sections that hold a table only whole sentences are taken for running text.
"""

from checker.outline.parts import Span
from checker.patterns import pattern

_TABLE_SECTIONS = (2, 3, 4)
_HINT = pattern(
    r"第二十条第\(|信息内容|本列数据|申请人情况|法人或其他组织|未经复议直接起诉|结果\s*维持"
    r"|行政复议\s*\|?\s*行政诉讼(?=\s|结果|未经|$)|本年新收政府信息公开申请数量|结转下年度继续办理|^\s*表[一二三四]\s*:"
)
_START = pattern(
    r"第二十条第\([一二三四五六七八九]\)项\s*(?:信息内容|$)|信息内容\s*(?:本年|上一年|采购|$)|本列数据的?勾稽"
    r"|申请人情况\s*(?:自然人|$)|行政复议\s*行政诉讼\s*(?:结果|未经|$)|一、本年新收政府信息公开申请数量"
)
_BODY = pattern(r"第二十条第\(.\)项\s*信息|信息内容\s*本年|本列数据|结果维持\s*结果纠正|\d{9}")
_SENTENCE = pattern(r"[^。]*。")


def is_table_text(view: str, number: int) -> bool:
    """Whether a stretch of the section's comparison view holds one of the three forms, flattened.

    Outside sections two to four one word of a form is not enough: prose uses them too.
    """
    return (_HINT if number in _TABLE_SECTIONS else _START).search(view) is not None


def running_text(view: str, spans: list[Span], number: int) -> list[Span]:
    """Those parts of the spans of one section that are running text.

    number is the section's, 0 elsewhere: there a flattened table can stand only because a heading was lost.
    """
    inside = number in _TABLE_SECTIONS and any(is_table_text(view[s.start : s.end], number) for s in spans)
    kept: list[Span] = []
    for span in spans:
        start = None if inside else _START.search(view, span.start, span.end)
        if start is not None:
            inside = True
            kept.append(Span(span.start, start.start()))
            span = Span(start.start(), span.end)
        kept += _sentences(view, span) if inside else [span]
    return [s for s in kept if s.end > s.start]


def _sentences(view: str, span: Span) -> list[Span]:
    """Neighbouring whole sentences without table text in them, joined."""
    found: list[Span] = []
    for match in _SENTENCE.finditer(view, span.start, span.end):
        if _BODY.search(match.group()):
            continue
        if found and found[-1].end == match.start():
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(match.start(), match.end()))
    return found
