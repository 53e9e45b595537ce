"""The preamble: what it rests on, the period of its figures, and where a reader may turn.

30号 leaves the preamble to custom; the clauses sought here are those offices customarily write.
"""

import re
from datetime import date

from checker.bilingual import Bilingual
from checker.facts import Extract, Fact, Field, count, day, flag, missing
from checker.location import Location
from checker.outline import NUMERALS, Outline, Span
from checker.patterns import pattern

# A provincial notice of nearly the same title is still in force.
_NOTICE_OF_2019 = r"国务院办公厅[^《》。]{0,20}关于政府信息公开工作年度报告有关事项的通知"
_STATED = {
    "cites_regulation": (
        Bilingual("引言引用《条例》", "preamble cites the Regulations"),
        r"信息公开条例|《条例》",
    ),
    "cites_format": (
        Bilingual("引言引用〔2021〕30号格式", "preamble cites the 2021 format"),
        r"\[2021\]\s*30\s*号|年度报告格式",
    ),
    "cites_superseded": (
        Bilingual("引言引用已失效的文件", "preamble cites a superseded document"),
        r"国办公开办函\s*\[2019\]\s*60\s*号|(?:国令|国务院令)\s*第?\s*492\s*号|" + _NOTICE_OF_2019,
    ),
    "contact_phone": (
        Bilingual("引言载明联系电话", "preamble gives a telephone number"),
        r"(?:电话|传真|热线|联系方式)[^。;]{0,12}?\d[\d() -]{5,}",
    ),
    "contact_address": (
        Bilingual("引言载明联系地址", "preamble gives a postal address"),
        r"(?<!网站)(?<!下载)(?<!网页)地址\s*[:为是]\s*(?!http|www)[^\s,。;]",
    ),
    "contact_postcode": (
        Bilingual("引言载明邮政编码", "preamble gives a postcode"),
        r"(?:邮编|邮政编码)\s*[:为是]?\s*\d{6}(?!\d)",
    ),
    "contact_email": (
        Bilingual("引言载明电子邮箱", "preamble gives an e-mail address"),
        r"[A-Za-z0-9_.-]+\s*@\s*[A-Za-z0-9-]+\.[A-Za-z.]+",
    ),
    "contact_office": (
        Bilingual("引言载明联系机构", "preamble names the office to turn to"),
        (
            r"(?:与|向|同|跟)[^,。;]{3,60}?(?:联系|咨询|反映|反馈)|联系(?:单位|部门|机构|人)\s*:"
            r"|(?:请|可)(?:直接)?(?:联系|咨询)\s*:?[^,。;:]{2,60}(?:室|局|办|处|科|股|委|中心|政府)"
            r"|请(?:直接)?(?:与|向|同|跟)[^,。;()]{2,40}(?:室|局|办|处|科|股|委|中心|政府)\("
        ),
    ),
    "download_address": (
        Bilingual("引言载明下载网站", "preamble says where it is published"),
        (
            r"(?:https?\s*:\s*/\s*/\s*|www\.)[A-Za-z0-9.-]+|[A-Za-z0-9-]+\.gov\.cn"
            r"|(?:政府|管委会|局|委)(?:门户)?(?:网站|信息公开网)[^,。;]{0,24}(?:下载|查阅|查询|浏览|全文公开)"
        ),
    ),
}
DECLARES = (
    Field("preamble.present", "flag", Bilingual("引言", "preamble")),
    Field(
        "preamble.length",
        "count",
        Bilingual("引言字数", "length of the preamble"),
        Bilingual("字", "characters"),
    ),
    *(Field(f"preamble.{name}", "flag", label) for name, (label, _) in _STATED.items()),
    Field("preamble.period_from", "date", Bilingual("统计期限起", "start of the period")),
    Field("preamble.period_to", "date", Bilingual("统计期限止", "end of the period")),
    Field(
        "preamble.parts_announced",
        "count",
        Bilingual("引言所称部分数", "number of parts announced"),
        Bilingual("个部分", "parts"),
    ),
)

_DAY = r"\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?"
_TO = r"\s*起?\s*(?:至|到|-+|~)\s*"
_PERIODS = (
    pattern(rf"(20\d\d)\s*年{_DAY}{_TO}(?:(20\d\d)\s*年)?{_DAY}"),
    pattern(rf"(20\d\d)[./-](\d{{1,2}})[./-](\d{{1,2}}){_TO}(20\d\d)[./-](\d{{1,2}})[./-](\d{{1,2}})"),
)
_PARTS = pattern(rf"([{NUMERALS}]|\d{{1,2}})\s*(?:个|大)*\s*(?:部分|(?:项|方面)内容)")


def extract(outline: Outline, found: Extract) -> Extract:
    """All preamble.* fields."""
    span = outline.preamble
    if span is None:
        return Extract({**_absent(outline), **_period(outline, None)}, {})
    place = outline.locate(span.start, min(span.end, span.start + 20))
    fields = {
        "preamble.present": flag(True, place),
        "preamble.length": count(outline.length(span), place),
        "preamble.parts_announced": _parts(outline, span),
        **{f"preamble.{name}": _stated(outline, span, words) for name, (_, words) in _STATED.items()},
        **_period(outline, span),
    }
    return Extract(fields, {})


def _absent(outline: Outline) -> dict[str, Fact]:
    """Every field but the period: a report without a preamble states nothing in it.

    Where heading 一 was lost, what stands before the next is no evidence either way.
    """
    lost = outline.section(1) is None
    reason = (
        missing(
            "没有找到第一部分的标题，无法辨认引言",
            "heading one was not found, so the preamble cannot be told",
        )
        if lost
        else missing("报告没有引言", "the report has no preamble")
    )
    names = ("present", "length", "parts_announced", *_STATED)
    fields = {f"preamble.{name}": reason for name in names}
    stated = {f"preamble.{name}": flag(False) for name in ("present", *_STATED)}
    return fields if lost else {**fields, **stated}


def _stated(outline: Outline, span: Span, words: str) -> Fact:
    match = re.compile(words).search(outline.view, span.start, span.end)
    return flag(True, outline.locate(match.start(), match.end())) if match else flag(False)


def _parts(outline: Outline, span: Span) -> Fact:
    match = _PARTS.search(outline.view, span.start, span.end)
    if match is None:
        return missing("引言没有说明共几个部分", "the preamble does not say how many parts there are")
    number = NUMERALS.find(match[1]) + 1 or int(match[1])
    return count(
        number, outline.locate(match.start(), match.end()), text=outline.text[match.start(1) : match.end(1)]
    )


def _period(outline: Outline, span: Span | None) -> dict[str, Fact]:
    """The period, in the preamble or, without one, in a sentence of the report that speaks of its figures."""
    spans = (
        [span]
        if span
        else [s for s in outline.sentences(Span(0, len(outline.text))) if _of_figures(outline, s)]
    )
    for part in spans:
        for period in _PERIODS:
            match = period.search(outline.view, part.start, part.end)
            if match:
                return _dated(outline, match)
    absent = missing("没有载明统计期限", "no period of the figures is stated")
    return {"preamble.period_from": absent, "preamble.period_to": absent}


def _of_figures(outline: Outline, span: Span) -> bool:
    return bool(re.search(r"统计(?:期限|时间|时限)|所列数据", outline.view[span.start : span.end]))


def _dated(outline: Outline, match: "re.Match[str]") -> dict[str, Fact]:
    place = outline.locate(match.start(), match.end())
    words = outline.text[match.start() : match.end()]
    year, month, first, end_year, end_month, last = match.groups()
    return {
        "preamble.period_from": _day(year, month, first, words, place),
        "preamble.period_to": _day(end_year or year, end_month, last, words, place),
    }


def _day(year: str, month: str, number: str, words: str, place: Location) -> Fact:
    try:
        return day(date(int(year), int(month), int(number)), place, text=words)
    except ValueError:
        return missing(f"“{words}”不是有效日期", f"{words!r} holds no such day", place)
