"""Totals and the parts the prose names for them: accounts by platform, applications by channel."""

from collections.abc import Iterator

from checker import quantity
from checker.bilingual import Bilingual
from checker.facts import Collection, Extract, Field, Record, count, flag, words
from checker.outline import Outline, Span
from checker.patterns import pattern
from checker.quantity import Breakdown

_FIELDS = (
    Field("total", "number", Bilingual("总数", "total")),
    Field("parts_total", "number", Bilingual("各项之和", "sum of the parts")),
    Field("parts", "count", Bilingual("项数", "number of parts")),
    Field("complete", "flag", Bilingual("已列全", "names every part")),
    Field("unit", "text", Bilingual("量词", "unit")),
)
DECLARES = (
    Collection(
        "sums", "sum", Bilingual("正文中的总数与分项", "Totals with their parts in the prose"), _FIELDS
    ),
    Collection("channel_sums", "sum", Bilingual("按渠道分列的申请", "Applications by channel"), _FIELDS),
)

_CHANNEL = pattern(
    "网络|网上|互联网|线上|在线|平台|网站|当面|现场|窗口|线下|信函|邮寄|邮政|邮件|邮箱|传真|来信|快递"
)
_APPLICATIONS = pattern(r"申请|依申请公开")


def extract(outline: Outline, found: Extract) -> Extract:
    """One record a total; a breakdown by channel of applications received stands in channel_sums alone."""
    records: dict[str, list[Record]] = {"sums": [], "channel_sums": []}
    for span, listed in _listed(outline):
        name = "channel_sums" if _by_channel(outline, span, listed) else "sums"
        records[name].append(_record(outline, span, listed, str(len(records[name]) + 1)))
    return Extract({}, {name: tuple(found) for name, found in records.items()})


def _listed(outline: Outline) -> Iterator[tuple[Span, Breakdown]]:
    for span in outline.prose:
        for listed in quantity.breakdowns(outline.view[span.start : span.end]):
            yield span, listed


def _by_channel(outline: Outline, span: Span, listed: Breakdown) -> bool:
    end = span.start + listed.total.start
    start = max(outline.view.rfind(mark, span.start, end) for mark in "。;") + 1
    lead = outline.view[max(start, span.start) : end]
    return bool(_APPLICATIONS.search(lead)) and all(_CHANNEL.search(label) for label in listed.labels)


def _record(outline: Outline, span: Span, listed: Breakdown, key: str) -> Record:
    total, parts = listed.total, listed.parts
    place = outline.locate(span.start + total.opening, span.start + total.end)
    places = tuple(outline.locate(span.start + p.opening, span.start + p.end) for p in parts)
    quote = outline.text[span.start + listed.start : span.start + listed.end]
    written = outline.text[span.start + total.opening : span.start + total.end]
    return Record(
        key=key,
        label=Bilingual(quote, quote),
        fields={
            "total": quantity.number(total.value, written, place),
            "parts_total": quantity.number(listed.parts_total, quote, *places),
            "parts": count(len(parts), *places),
            "complete": flag(listed.complete, place, *places),
            "unit": words(total.unit, place),
        },
        locations=(place, *places),
    )
