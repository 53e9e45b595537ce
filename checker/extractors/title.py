"""The title, whose report it is and of which year, when it was published, and its text as a whole."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Extract, Fact, Field, Kind, count, day, flag, missing, words
from checker.location import Location
from checker.outline import Outline, Span
from checker.patterns import pattern

NEEDS = ("preamble",)
DECLARES = (
    Field("report.title", "text", Bilingual("标题", "title")),
    Field("report.issuer", "text", Bilingual("报告单位", "issuer")),
    Field("report.year", "number", Bilingual("报告年度", "year reported on")),
    Field("report.title_canonical", "flag", Bilingual("标题规范", "canonical title")),
    Field("report.title_year", "number", Bilingual("标题年份", "year in the title")),
    Field(
        "report.length", "count", Bilingual("正文字数", "length of the prose"), Bilingual("字", "characters")
    ),
    Field("report.stated_on", "date", Bilingual("公布或落款日期", "date of publication or signature")),
    Field("report.text", "prose", Bilingual("正文", "prose of the report")),
)

_SUBJECT = pattern(r"(?:(?:政府|政务)?信息|政务)(?:主动)?公开")
_YEAR = pattern(r"(?<!\d)20\d\d(?!\d)\s*年?\s*度?")
_OPENING = pattern(r"\s*(20\d\d)\s*年")
_NAMED_YEAR = pattern(r"(?<!\d)(20\d\d)\s*年")
_NO_NAME = pattern(r"(?:各级)?(?:人民)?政府|机关|单位|本\S?")
# The preamble announces the report under its office's name, or says who wrote it.
_ANNOUNCED = pattern(
    r"(?P<words>[\u4e00-\u9fff()《 ]{3,60}?)20\d\d\s*年?\s*度?\s*政府信息公开(?:工作)?年度(?:工作)?报告"
    r"(?![^。,;]{0,10}(?:通知|格式|要求))"
)
_ANNOUNCING = pattern(r"(?:编制|形成|公布|发布|公开|将)了?\s*《?")
_WRITTEN_BY = pattern(
    r"(?:由|(?<=[,。、]))\s*(?:.{0,4}由)?(?P<name>[\u4e00-\u9fff()]{4,30}?)\s*(?:根据[^。]{0,40},\s*)?(?:负责)?"
    r"编制(?:完成)?了?本(?:年度)?(?:报告|年报)"
)
_PLACE = pattern("[省市县区旗州盟镇乡]|街道|苏木")
_OFFICE_END = pattern("(?:[省市县区旗州盟镇乡局厅委院]|街道|苏木|政府|办事处|委员会|管委会|办公[室厅]|中心)$")
_NO_OFFICE = pattern("^[我本全各该两贵]|有关|关于|单位|部门|机关|根据|依据|按照|结合|的")
# A site may add in which form it shows the report.
_CANONICAL = pattern(
    r"(?:\D+20\d\d年度?|20\d\d年度?\D+)政府信息公开工作年度报告(?:\((?:文字|图文|图解|网页|正式)[版稿]?\))?"
)


def extract(outline: Outline, found: Extract) -> Extract:
    """All report.* fields."""
    whole = Span(0, len(outline.text))
    lines = outline.lines(whole)
    fields = _title(outline)
    fields["report.year"] = _year(outline, fields["report.title_year"], found)
    fields["report.length"] = count(outline.length(whole), *lines[:1])
    fields["report.stated_on"] = _stated_on(outline)
    text = outline.wording(whole)
    fields["report.text"] = Fact(Kind.TEXT, text, text, lines)
    return Extract(fields, {})


# Title, issuer and year


def _title(outline: Outline) -> dict[str, Fact]:
    if not outline.title:
        none = missing("报告没有标题", "the report has no title")
        fields = {f"report.{name}": none for name in ("title", "title_canonical", "title_year")}
        return fields | {"report.issuer": _issuer_in_preamble(outline)}
    verbatim = "".join(outline.text[s.start : s.end].strip() for s in outline.title)
    places = tuple(outline.locate(s.start, s.end) for s in outline.title)
    squeezed = comparison.squeeze(verbatim)
    issuer = _issuer(verbatim)
    year = re.search(r"(?<!\d)20\d\d(?!\d)", squeezed)
    return {
        "report.title": words(verbatim, *places),
        "report.issuer": words(issuer, *places) if issuer else _issuer_in_preamble(outline),
        "report.title_canonical": flag(bool(issuer and _CANONICAL.fullmatch(squeezed)), *places),
        "report.title_year": _number(int(year.group()), *places)
        if year
        else missing("标题没有年份", "the title has no year", *places),
    }


def _number(value: int, *places: Location) -> Fact:
    return Fact(Kind.NUMBER, Decimal(value), str(value), places)


def _issuer(title: str) -> str:
    """What stands before the subject, without the year; two issuers joined by a blank stay one name."""
    squeezed, offsets = comparison.squeeze(title), (*comparison.squeeze_offsets(title), len(title))
    subject = _SUBJECT.search(squeezed)
    if subject is None:
        return ""
    # X县人民政府信息公开…: there the word 政府 serves twice.
    twice = squeezed.startswith("人民政府", max(0, subject.start() - 2))
    lead = title[: offsets[subject.start() + (2 if twice else 0)]]
    year = _YEAR.search(comparison.view(lead))
    named = f"{lead[: year.start()]} {lead[year.end() :]}" if year else lead
    parts = re.sub(r"^\s*(?:关于|關於|關于)|(?:关于|關於)\s*$|[〔〕\[\]()（）]", "", named).split()
    name = "".join(parts) if any(len(p) == 1 for p in parts) else " ".join(parts)
    return "" if _NO_NAME.fullmatch(name) else name


def _issuer_in_preamble(outline: Outline) -> Fact:
    """The one office under whose full name the preamble announces the report, or that it says wrote it."""
    found: dict[str, Location] = {}
    for start, end in _names_in_preamble(outline):
        name = "".join(outline.text[start:end].split())
        if _is_full_name(comparison.view(name)):
            found.setdefault(name, outline.locate(start, end))
    if len(found) != 1:
        return missing("标题和引言都没有写明单位", "neither title nor preamble names one office")
    return next(words(name, place) for name, place in found.items())


def _names_in_preamble(outline: Outline) -> Iterator[tuple[int, int]]:
    span = outline.preamble or Span(0, 0)
    for match in _ANNOUNCED.finditer(outline.view, span.start, span.end):
        announcing = [m.end() for m in _ANNOUNCING.finditer(match["words"])]
        if announcing:
            yield match.start() + announcing[-1], match.end("words")
    for match in _WRITTEN_BY.finditer(outline.view, span.start, span.end):
        yield match.span("name")


def _is_full_name(name: str) -> bool:
    """Whether a name says which place the office is of: 某县财政局, but neither 县财政局 nor 我局."""
    return bool(_PLACE.search(name, 1) and _OFFICE_END.search(name)) and not _NO_OFFICE.search(name)


def _year(outline: Outline, title_year: Fact, found: Extract) -> Fact:
    """The title's year, unless the period and the body agree on another: then it is a leftover."""
    period = _year_of_period(found)
    body = _year_of_body(outline)
    sources = [f for f in (title_year, period, body) if f is not None and f.kind is Kind.NUMBER]
    if not sources:
        return missing("标题、统计期限和正文都没有写明年度", "neither title, period nor text states a year")
    agreed = Counter(f.value for f in sources).most_common(1)[0]
    return next(f for f in sources if agreed[1] == 1 or f.value == agreed[0])


def _year_of_period(found: Extract) -> Fact | None:
    period = found.fields.get("preamble.period_to")
    return (
        _number(period.value.year, *period.locations) if period and isinstance(period.value, date) else None
    )


def _year_of_body(outline: Outline) -> Fact | None:
    """The year that most sentences of the sections open with."""
    sentences = (s for section in outline.sections for s in outline.sentences(section.body))
    openings = [m for s in sentences if (m := _OPENING.match(outline.view, s.start, s.end))]
    if not openings:
        return _only_year(outline)
    year = Counter(m[1] for m in openings).most_common(1)[0][0]
    first = next(m for m in openings if m[1] == year)
    return _number(int(year), outline.locate(first.start(1), first.end(1)))


def _only_year(outline: Outline) -> Fact | None:
    """The one year that preamble and section one speak of, titles of documents apart."""
    section = outline.section(1)
    spans = [s for s in (outline.preamble, section.body if section else None) if s is not None]
    found = [
        (s.start, m) for s in spans for m in _NAMED_YEAR.finditer(_untitled(outline.view[s.start : s.end]))
    ]
    if len({match[1] for _, match in found}) != 1:
        return None
    start, first = found[0]
    return _number(int(first[1]), outline.locate(start + first.start(1), start + first.end(1)))


def _untitled(view: str) -> str:
    """The same with blanks for the titles of documents."""
    return re.sub(r"《[^《》]*》", lambda m: " " * len(m[0]), view)


# The date


_LABELLED = pattern(r"(?:时间|日期)\s*:\s*(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_DATE = pattern(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HAN_DATE = pattern(
    r"(二[〇零]二[〇零一二三四五六七八九])年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
# As a page prints it by itself; elsewhere such figures can be anything.
_STAMP = pattern(r"^(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?=$|\s+\d{1,2}:\d\d)", re.MULTILINE)


def _stated_on(outline: Outline) -> Fact:
    """The date the page gives, else the signature, else a header of key and value lines."""
    end = outline.preamble.start if outline.preamble else outline.front.end
    labelled = [_dated(outline, m) for m in _LABELLED.finditer(outline.view, 0, min(end, outline.front.end))]
    header = outline.view.find("标题:", 0, outline.front.end) >= 0
    divider = outline.view.find("===", 0, outline.front.end) if header else -1
    in_body = [f for f, start in labelled if start > divider]
    signed = [f for f, _ in _signed(outline)]
    in_header = [f for f, start in labelled if start <= divider]
    dates = [f for f in (*in_body, *signed, *in_header, *_noted(outline)) if f is not None]
    return (
        dates[0]
        if dates
        else missing("报告没有公布日期或落款日期", "no date of publication or signature is stated")
    )


def _dated(outline: Outline, match: "re.Match[str]") -> tuple[Fact | None, int]:
    place = outline.locate(match.start(), match.end())
    return _day(match.groups(), outline.text[match.start() : match.end()], place), match.start()


def _signed(outline: Outline) -> Iterator[tuple[Fact | None, int]]:
    """The signature after the last section, or a date alone on a line below the title."""
    lines = [(outline.signature.start, outline.signature.end)] if outline.signature else []
    lines += [
        (p.start, p.end)
        for p in outline.pieces_in(outline.front)
        if p.is_text and p.end - p.start <= 20 and p.end <= outline.front.end
    ]
    for start, end in lines:
        for form in (_DATE, _HAN_DATE, _STAMP):
            for match in form.finditer(outline.view, start, end):
                yield _dated(outline, match)


def _noted(outline: Outline) -> Iterator[Fact | None]:
    """Dates in what the reader set aside as page chrome."""
    for block in outline.document.blocks:
        match = _LABELLED.search(comparison.view(block.text)) if block.kind == "note" else None
        if match and re.search(r"发布|公布|发文|成文", block.text[max(0, match.start() - 4) : match.start()]):
            yield _day(match.groups(), block.text[match.start() : match.end()], block.locate(*match.span()))


_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0}


def _day(parts: tuple[str, ...], text: str, place: Location) -> Fact | None:
    year, month, number = (int(p) if p.isdecimal() else _han_number(p) for p in parts)
    try:
        return day(date(year, month, number), place, text=text)
    except ValueError:
        return None


def _han_number(numeral: str) -> int:
    """二〇二五 digit by digit, 十二 and 二十一 by tens."""
    if len(numeral) == 4:
        return int("".join(str(_HAN_DIGITS[c]) for c in numeral))
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _HAN_DIGITS[numeral]
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)
