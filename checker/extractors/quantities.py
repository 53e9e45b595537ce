"""Every quantity stated in the prose, with what it counts. Tables are left to their own extractors."""

from collections.abc import Iterator

from checker import quantity
from checker.bilingual import Bilingual
from checker.facts import Collection, Extract, Field, Record, count, missing, words
from checker.outline import Outline, Span
from checker.patterns import pattern
from checker.quantity import Quantity

DECLARES = (
    Collection(
        "quantities",
        "quantity",
        Bilingual("正文中的数量", "Quantities in the prose"),
        (
            Field("value", "number", Bilingual("数值", "value")),
            Field("written", "text", Bilingual("原文写法", "as written")),
            Field("unit", "text", Bilingual("量词", "unit")),
            Field("lowest", "number", Bilingual("至少", "at least")),
            Field("highest", "number", Bilingual("至多", "at most")),
            Field("subject", "text", Bilingual("所计事物", "what is counted")),
            Field("section", "number", Bilingual("所在部分（0 为引言）", "section (0: before the first)")),
        ),
    ),
)

_EDGE = pattern(r"[,;。:!?()\n、]")
_VERB = (
    "主动公开|(?<!信息)(?<!申请)(?<!决算)公开|公布|发布(?!会)|推送|推出|刊发|刊登|编发|印发|制发|发出|收到|受理|办理(?!结果)|办结|答复|召开|举办|开展|组织"
    "|制作|拍摄|编制|编辑|配备|设立|设置(?!许可)|开设|删除|整改|清理|下线|关停|注销|完成|收取|新增|排查出|梳理出|废止|进行|提出|整合|含|包括"
)
_UP_TO_VERB = pattern(rf".*(?:{_VERB})(?:了|出)?")
_OPENING = pattern(r"^(?:其中|并且|此外|同时|全年|本年度?|今年|年内|累计|先后|已|还|均|共|对|将|由)+")
_CLOSING = pattern(r"(?:共计|总计|合计|累计|总数|数量|达到|多达|高达|共有|共|达|为|有|是|等|计)+$")
_LIST_CUT = pattern(r"[等对将把]$")
_NOUN_AFTER = pattern(r'\s*[\u4e00-\u9fff"]{2,14}')


def extract(outline: Outline, found: Extract) -> Extract:
    """One record a quantity, in reading order."""
    records = tuple(
        _record(outline, span, stated, before, number)
        for number, (span, stated, before) in enumerate(_stated(outline), start=1)
    )
    return Extract({}, {"quantities": records})


def _stated(outline: Outline) -> Iterator[tuple[Span, Quantity, int]]:
    """Each quantity with its span of prose and where the one before it ends."""
    for span in outline.prose:
        before = 0
        for stated in quantity.quantities(outline.view[span.start : span.end]):
            yield span, stated, before
            before = stated.end


def _record(outline: Outline, span: Span, stated: Quantity, before: int, number: int) -> Record:
    start, end = span.start + stated.opening, span.start + stated.end
    place = outline.locate(start, end)
    written = outline.text[start:end]
    subject = _subject(outline, span, stated, before)
    return Record(
        key=str(number),
        label=Bilingual(subject or written, subject or written),
        fields=quantity.numbers(stated, written, place)
        | {
            "written": words(written, place),
            "unit": words(stated.unit, place),
            "subject": words(subject, place) if subject else missing("没有写明", "not stated", place),
            "section": count(_section(outline, span), place),
        },
        locations=(place,),
    )


def _subject(outline: Outline, span: Span, stated: Quantity, before: int) -> str:
    """What is counted, verbatim: the words between verb and number, else those after the classifier."""
    view = outline.view[span.start : span.end]
    lead = max([before, *(m.end() for m in _EDGE.finditer(view, before, stated.opening))])
    opening = _OPENING.match(view[lead : stated.opening])
    lead += opening.end() if opening else 0
    verb = _UP_TO_VERB.match(view[lead : stated.opening])
    first = lead + (verb.end() if verb else 0)
    after = _NOUN_AFTER.match(view, stated.end)
    if after and (_LIST_CUT.search(view[lead : stated.opening]) or first == stated.opening):
        return outline.text[span.start + after.start() : span.start + after.end()].strip()
    if not view[first : stated.opening].strip():
        first = lead
    closing = _CLOSING.search(view, first, stated.opening)
    return outline.text[
        span.start + first : span.start + (closing.start() if closing else stated.opening)
    ].strip()


def _section(outline: Outline, span: Span) -> int:
    return next((s.number for s in outline.sections if s.body.start <= span.start < s.body.end), 0)
