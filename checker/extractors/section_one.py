"""Section one: its five aspects, the three results it must state, and how many figures it gives.

30号, part 一（一）; the last aspect includes 工作考核、社会评议和责任追究结果情况 (条例 Art. 50).
An aspect is present with a sub-heading of its own, on a line or run into the paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Record, count, flag, missing, words
from checker.outline import Outline, Section, Span
from checker.patterns import pattern

NEEDS = ("quantities",)
DECLARES = (
    Collection(
        "aspects",
        "aspect",
        Bilingual("总体情况五方面", "the five aspects of section one"),
        (
            Field("present", "flag", Bilingual("有小标题", "has its sub-heading")),
            Field("heading", "text", Bilingual("小标题", "sub-heading")),
            Field("length", "count", Bilingual("字数", "length"), Bilingual("字", "characters")),
            Field("mentioned", "flag", Bilingual("无小标题而提及", "mentioned without a sub-heading")),
        ),
    ),
    Field("supervision.assessment", "flag", Bilingual("载明工作考核", "states the assessment of the work")),
    Field("supervision.social_review", "flag", Bilingual("载明社会评议", "states the public's appraisal")),
    Field("supervision.accountability", "flag", Bilingual("载明责任追究", "states who was held to account")),
    Field(
        "section_one.figures",
        "count",
        Bilingual("总体情况中的数据个数", "figures in section one"),
        Bilingual("个", "figures"),
    ),
)
LABELS = {
    "proactive": Bilingual("主动公开", "proactive disclosure"),
    "on_request": Bilingual("依申请公开", "disclosure on request"),
    "management": Bilingual("政府信息管理", "management of information"),
    "platform": Bilingual("政府信息公开平台建设", "disclosure platforms"),
    "supervision": Bilingual("监督保障", "supervision and support"),
}
_TERMS = {
    "proactive": pattern(r"主动公开"),
    "on_request": pattern(r"依申请|公开申请|申请公开"),
    "management": pattern(r"信息(?:资源)?(?:公开)?(?:规范|日常)?化?管理"),
    "platform": pattern(r"平台|公开载体"),
    "supervision": pattern(r"监督|(?:组织|工作|制度)保障|保障(?:情况|方面|措施|机制)"),
}
_AFTER = r"(?:^|(?<=[。!?;:\s\"')]))"
_STYLES = (
    pattern(rf"{_AFTER}\(\s*[一二三四五六七八九十]\s*\)"),
    pattern(rf"{_AFTER}\d{{1,2}}\s*[.、](?!\s*\d)"),
    pattern(rf"{_AFTER}[一二三四五六七八九十]是"),
)
# A sub-heading without a number is believed only in these words.
_BARE = pattern(
    r"(?:政府信息)?(?:主动公开|依申请公开|政府信息管理|信息管理|(?:政府)?(?:信息)?公开?平台(?:建设)?|监督保障)"
    r"(?:政府信息)?(?:工作)?(?:情况|方面)?\s*(?:[。:]|$)"
)
_PHRASE = pattern(r"[^。;:,\n]{1,40}")
_RUN_IN = pattern(r"[^。;:,\n]{1,24}(?:[。:]|$)")
# Said of the disclosure work wherever section one says it; in the part on supervision fewer words are enough.
_STATED = {
    "assessment": (
        r"考核|考评|绩效(?:管理|评价|评估)",
        r"纳入[^。]{0,20}(?:考核|考评|绩效)|(?<!业绩)考核(?:机制|体系|指标|办法|细则|标准|评估|结果|方案|内容|范围|工作)",
    ),
    "social_review": (
        r"社会评[议价]|(?:公众|群众|民主|行风|社会满意度)评[议价]|满意度(?:测评|调查|评[议价])",
        r"社会评[议价]|(?:公众|群众|民主|行风|社会满意度)评[议价]|满意度(?:测评|调查|评[议价])",
    ),
    "accountability": (r"责任追究|问责|追责|追究[^。,]{0,8}责任", r"责任追究|问责|追责|追究[^。,]{0,8}责任"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One sub-heading: where its item starts and the words of the heading itself."""

    start: int
    heading: Span


def extract(outline: Outline, found: Extract) -> Extract:
    """aspects (always five records where section one was found), supervision.* and section_one.figures."""
    section = outline.section(1)
    if section is None:
        reason = Bilingual("没有找到第一部分的标题", "the heading of section one was not found")
        absent = missing(*reason)
        names = (*(f"supervision.{name}" for name in _STATED), "section_one.figures")
        return Extract(dict.fromkeys(names, absent), {"aspects": Absent(reason)})
    items = _items(outline, section)
    parts = {aspect: _part(outline, section, items, aspect) for aspect in LABELS}
    fields = {
        f"supervision.{name}": _stated(outline, section, parts["supervision"], name) for name in _STATED
    }
    fields["section_one.figures"] = _figures(found)
    records = tuple(_record(outline, section, aspect, part) for aspect, part in parts.items())
    return Extract(fields, {"aspects": records})


# The five aspects


def _items(outline: Outline, section: Section) -> list[Item]:
    """Sub-headings in the one style of numbering that names most aspects, and those without a number."""
    styles = [list(_numbered(outline, section.body, style)) for style in _STYLES]
    best = max(styles, key=lambda items: len({a for i in items for a in _aspects_of(outline, i)}))
    return sorted([*best, *_unnumbered(outline, section.body)], key=lambda item: item.start)


def _numbered(outline: Outline, body: Span, style: "re.Pattern[str]") -> Iterator[Item]:
    for part in outline.prose_in(body):
        view = outline.view[part.start : part.end]
        for mark in style.finditer(view):
            # 一是 also opens plain sentences: there only a short phrase with a full stop is a heading.
            heading = _RUN_IN if mark.group().endswith("是") else _PHRASE
            phrase = heading.match(view, mark.end())
            end = phrase.end() if phrase else mark.end()
            yield Item(part.start + mark.start(), Span(part.start + mark.start(), part.start + end))


def _unnumbered(outline: Outline, body: Span) -> Iterator[Item]:
    for part in outline.prose_in(body):
        match = _BARE.match(outline.view, part.start, part.end)
        if match:
            yield Item(match.start(), Span(match.start(), match.end()))


def _aspects_of(outline: Outline, item: Item) -> list[str]:
    heading = outline.view[item.heading.start : item.heading.end]
    return [aspect for aspect, term in _TERMS.items() if term.search(heading)]


def _part(outline: Outline, section: Section, items: list[Item], aspect: str) -> tuple[Item, Span] | None:
    """The aspect's sub-heading and what stands from there to the next."""
    for number, item in enumerate(items):
        if aspect in _aspects_of(outline, item):
            following = items[number + 1].start if number + 1 < len(items) else section.body.end
            return item, Span(item.start, following)
    return None


def _record(outline: Outline, section: Section, aspect: str, part: tuple[Item, Span] | None) -> Record:
    if part:
        item, span = part
        place = outline.locate(item.heading.start, item.heading.end)
        heading = outline.text[item.heading.start : item.heading.end].strip(" \u3000。：:")
        fields = {
            "present": flag(True, place),
            "heading": words(heading, place),
            "length": count(outline.length(span), place),
            "mentioned": flag(False, place),
        }
        return Record(aspect, LABELS[aspect], fields, (place,))
    none = missing("没有这一方面的小标题", "there is no such sub-heading")
    # An office that reports one aspect alone may make it the heading of the section.
    titled = _TERMS[aspect].search(outline.view, section.heading.start, section.heading.end)
    mention = (
        flag(True, outline.locate(titled.start(), titled.end()))
        if titled
        else _search(outline, section.body, _TERMS[aspect].pattern)
    )
    fields = {"present": flag(False), "heading": none, "length": none, "mentioned": mention}
    return Record(aspect, LABELS[aspect], fields, mention.locations)


# What must be stated


def _search(outline: Outline, span: Span, words: str) -> Fact:
    for part in outline.prose_in(span):
        match = re.compile(words).search(outline.view, part.start, part.end)
        if match:
            return flag(True, outline.locate(match.start(), match.end()))
    return flag(False)


def _stated(outline: Outline, section: Section, part: tuple[Item, Span] | None, name: str) -> Fact:
    there, elsewhere = _STATED[name]
    stated = _search(outline, part[1], there) if part else flag(False)
    return stated if stated.value else _search(outline, section.body, elsewhere)


def _figures(found: Extract) -> Fact:
    quantities = found.collections["quantities"]
    records = () if isinstance(quantities, Absent) else quantities
    places = [p for r in records if r.fields["section"].value == 1 for p in r.locations]
    return count(len(places), *places)
