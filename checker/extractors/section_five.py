"""Section five: the problems and the measures it names, and how specific it is.

30号: 查找问题要有针对性，改进举措要有实效性. Items are counted only where their enumeration leaves no
doubt; otherwise the number is missing and says why.
"""

import re
from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.facts import Extract, Fact, Field, count, flag, missing
from checker.outline import NUMERALS, Outline, Span
from checker.patterns import pattern

_ITEMS = Bilingual("项", "items")
DECLARES = (
    Field("section_five.problems", "count", Bilingual("列出的问题数", "problems listed"), _ITEMS),
    Field("section_five.measures", "count", Bilingual("列出的改进措施数", "measures listed"), _ITEMS),
    Field("section_five.has_problems", "flag", Bilingual("写明存在的问题", "states problems")),
    Field("section_five.has_measures", "flag", Bilingual("写明改进措施", "states measures")),
    Field(
        "section_five.figures",
        "count",
        Bilingual("第五部分中的数字和文件名", "figures and documents named in section five"),
        Bilingual("处", "places"),
    ),
)

_STARTS = r"(?:^|(?<=[。;:\s]))"
_SUB_HEADING = pattern(
    rf"{_STARTS}\s*(?:\([{NUMERALS}]\)|[{NUMERALS}]、|\d[.、])?\s*(?P<words>[^。;:,\n]{{2,25}})(?:[:。\n]|$)"
)
_OF_MEASURES = pattern(
    r"(?:改进|整改|下一步).{0,6}(?:情况|措施|举措|打算|方向|落实|安排)|^(?:主要|具体)?(?:措施|举措)$|工作打算"
)
_OF_PROBLEMS = pattern(r"(?:问题|不足|短板|薄弱环节)(?:和不足|与不足|和困难)?$")
_TURN = pattern(
    rf"{_STARTS}(?:针对(?:上述|以上|存在|这些|此|前述|发现|这一)|(?:下一?步|今后|接下来|为此|下一阶段)|20\d\d\s*年,?[^。;,]{{0,8}}将"
    r"|改进(?:措施|情况|举措)\s*:|[^。;]{0,12}(?:整改|改进)措施\s*:)"
)
_PROBLEM = pattern(r"问题|不足|短板|薄弱|差距|欠缺|有待|尚需|仍需|还需|不够|需要?进一步|困难")
_NO_PROBLEM = pattern(r"(?:不|未|没有?)存在[^,。;]{0,12}问题|无存在的?问题")
_MEASURE = pattern(
    r"改进了|整改|改进(?:措施|情况|举措)|下一步|今后|我们将|将(?:进一步|持续|继续|重点|加强|不断|着力|采取)|采取[^。]{0,12}措施"
)
_ENUMERATORS = (
    pattern(rf"(?:^|(?<=[。;:,\s)\"]))([{NUMERALS}])是"),
    pattern(rf"{_STARTS}\(([{NUMERALS}])\)"),
    pattern(rf"(?:^|(?<=[。;:\s]))([{NUMERALS}])、"),
    pattern(r"(?:^|(?<=[。;:\s]))\(?(\d)\)"),
    pattern(r"(?:^|(?<=[。;:\s]))(\d{1,2})[.、](?!\d)"),
)
_LISTED = pattern(
    r"(?:如|主要(?:是|有|表现为|表现在|体现在)|(?:不足|问题|短板))\s*[:,]?\s*(?P<items>[^。:]*;[^。:]*)。"
)


@dataclass(frozen=True, slots=True)
class Halves:
    """What of the section speaks of problems and what of measures; mixed where the two alternate."""

    problems: Span | None
    measures: Span | None
    mixed: bool = False


def extract(outline: Outline, found: Extract) -> Extract:
    """All section_five.* fields but those every section has."""
    section = outline.section(5)
    if section is None:
        absent = missing("没有找到第五部分的标题", "the heading of section five was not found")
        return Extract({field.name: absent for field in DECLARES}, {})
    body = section.body
    halves = _halves(outline, body)
    fields = {
        "section_five.problems": _counted(outline, halves, halves.problems, problems=True),
        "section_five.measures": _counted(outline, halves, halves.measures, problems=False),
        "section_five.has_problems": _has_problems(outline, halves.problems or body),
        "section_five.has_measures": _has_measures(outline, halves, body),
        "section_five.figures": _figures(outline, body),
    }
    return Extract(fields, {})


# Problems here, measures there


def _halves(outline: Outline, body: Span) -> Halves:
    """By sub-headings where these say which is which, else by the sentence that turns to the measures."""
    heads = _heads(outline, body)
    kinds = [of_measures for _, of_measures in heads]
    if kinds.count(True) > 1 or kinds.count(False) > 1:
        return Halves(None, None, mixed=True)
    if True in kinds:
        return _by_heads(heads, body)
    start = heads[0][0].end if heads else body.start
    turn = _TURN.search(outline.view[start : body.end])
    if turn is None:
        return Halves(Span(start, body.end), None)
    return Halves(Span(start, start + turn.start()), Span(start + turn.start(), body.end))


def _heads(outline: Outline, body: Span) -> list[tuple[Span, bool]]:
    """Sub-headings that announce problems (False) or measures (True)."""
    found = []
    for match in _SUB_HEADING.finditer(outline.view[body.start : body.end]):
        words = match["words"].strip()
        span = Span(body.start + match.start(), body.start + match.end())
        if words.startswith("针对") or "是" in words[:2]:
            continue
        if _OF_MEASURES.search(words):
            found.append((span, True))
        elif _OF_PROBLEMS.search(words) and len(words) <= 18 and not re.search("取得|但|仍|还", words):
            found.append((span, False))
    return found


def _by_heads(heads: list[tuple[Span, bool]], body: Span) -> Halves:
    parts: dict[bool, Span] = {}
    for number, (span, of_measures) in enumerate(heads):
        end = heads[number + 1][0].start if number + 1 < len(heads) else body.end
        parts[of_measures] = Span(span.end, end)
    return Halves(parts.get(False, Span(body.start, heads[0][0].start)), parts[True])


# Counting


def _counted(outline: Outline, halves: Halves, span: Span | None, *, problems: bool) -> Fact:
    if halves.mixed:
        return missing(
            "问题与措施交错书写，无法分别计数", "problems and measures alternate and cannot be counted apart"
        )
    if span is None:
        return missing("没有写明改进措施", "no measures are stated")
    view = outline.view[span.start : span.end]
    marks = _enumeration(view)
    if marks is not None:
        return count(
            len(marks), *(outline.locate(span.start + m.start(), span.start + m.end()) for m in marks)
        )
    listed = _LISTED.search(view) if problems else None
    if listed:
        start, end = (span.start + offset for offset in listed.span("items"))
        return count(listed["items"].count(";") + 1, outline.locate(start, end))
    return missing("没有逐项列出，无法计数", "not enumerated, so they cannot be counted")


def _enumeration(view: str) -> list["re.Match[str]"] | None:
    """The outermost enumeration if it runs 1, 2, 3 … without a gap or a fresh start; else None."""
    styles = [list(style.finditer(view)) for style in _ENUMERATORS]
    begun = [marks for marks in styles if marks]
    if not begun:
        return None
    outermost = min(begun, key=lambda marks: marks[0].start())
    values = [int(m[1]) if m[1].isdigit() else NUMERALS.index(m[1]) + 1 for m in outermost]
    return outermost if values == list(range(1, len(values) + 1)) else None


# Stated at all


def _has_problems(outline: Outline, span: Span) -> Fact:
    for sentence in outline.sentences(span):
        words = _NO_PROBLEM.sub("", outline.view[sentence.start : sentence.end])
        if _PROBLEM.search(words):
            return flag(True, outline.locate(sentence.start, sentence.end))
    return flag(False)


def _has_measures(outline: Outline, halves: Halves, body: Span) -> Fact:
    if halves.measures and outline.length(halves.measures):
        first = next(outline.sentences(halves.measures))
        return flag(True, outline.locate(first.start, first.end))
    match = _MEASURE.search(outline.view, body.start, body.end)
    return flag(True, outline.locate(match.start(), match.end())) if match else flag(False)


def _figures(outline: Outline, span: Span) -> Fact:
    places = [
        outline.locate(m.start(), m.end())
        for part in outline.prose_in(span)
        for m in re.compile(r"\d[\d,.]*|《[^》]+》").finditer(outline.view, part.start, part.end)
    ]
    return count(len(places), *places)
