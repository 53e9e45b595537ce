"""Years that look left over from another year's report (雷同, 不准确: 30号, part 三).

Sought where a year can only be the reporting year: the title, a section heading, the period of the
figures, the report's own name in the preamble, and the subject of a statement of this year's work.
File numbers, document titles, months, comparisons, earlier problems and plans are none of these.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Kind, Record, words
from checker.location import Location
from checker.outline import Outline, Span
from checker.patterns import pattern

NEEDS = ("title", "preamble")
DECLARES = (
    Collection(
        "stray_years",
        "year",
        Bilingual("疑似残留的其他年份", "years that look left over"),
        (
            Field("year", "number", Bilingual("年份", "year")),
            Field("context", "text", Bilingual("上下文", "context")),
        ),
        exceptions=True,
    ),
)

_YEAR = pattern(r"(?<!\d)20\d\d(?!\d)")
_OWN_REPORT = pattern(r"(20\d\d)\s*年?度?\s*政府信息公开(?:工作)?(?:年度报告|年报|总体情况|工作情况)")
_CITED = pattern(r"[^。;,]{0,30}(?:通知|意见|办法|要点|格式|方案)")
_STATEMENT = pattern(
    r"(?:\s|[(\d一二三四五六七八九十)、.]|是)*(?:[^,。;:]{0,24}(?:情况|方面|公开|管理|建设|保障):)?\s*(?:截至|截止)?\s*"
    r"(?P<year>(?<!\d)20\d\d)\s*年度?(?:\s*12\s*月\s*31\s*日|底|末)?\s*(?:,|全[年省市区县旗镇乡街系]"
    r"|我[省市区县旗州盟镇乡街局厅委办院]|本[机年级地单部]|各|共|累计|按|通过|主动公开|未|无|没有|收到|受理)"
)
_OF_THAT_YEAR = pattern(r"相比|以来|以后|之后|整改|遗留|历史")
_WORK = pattern(
    r"收到|受理|办理|办结|答复|公开|发布|制发|废止|开展|召开|组织|举办|培训|收取|印发|推进|坚持|贯彻|落实|取得|未发生|完成"
)
_CONTEXT = 30


def extract(outline: Outline, found: Extract) -> Extract:
    """stray_years; absent where the reporting year is unknown."""
    year = found.fields["report.year"]
    if not isinstance(year.value, Decimal):
        reason = Bilingual("报告年度不明，无从判断", "the reporting year is unknown")
        return Extract({}, {"stray_years": Absent(reason)})
    strays = dict.fromkeys(_strays(outline, found, int(year.value)))
    records = (_record(place, stated, number) for number, (stated, place) in enumerate(strays, start=1))
    return Extract({}, {"stray_years": tuple(records)})


def _record(place: Location, year: int, number: int) -> Record:
    context = " ".join((place.quote or "").split())
    fields = {"year": Fact(Kind.NUMBER, Decimal(year), str(year), (place,)), "context": words(context, place)}
    return Record(str(number), Bilingual(f"{year}年：{context}", f"{year}: {context}"), fields, (place,))


def _strays(outline: Outline, found: Extract, year: int) -> Iterator[tuple[int, Location]]:
    for span in (*outline.title, *(s.heading for s in outline.sections)):
        for match in _YEAR.finditer(outline.view, span.start, span.end):
            if int(match.group()) != year:
                yield int(match.group()), outline.locate(span.start, span.end)
    for field in ("preamble.period_from", "preamble.period_to"):
        period = found.fields[field]
        if isinstance(period.value, date) and period.value.year != year:
            yield period.value.year, period.locations[0]
    yield from _in_preamble(outline, year)
    for section in outline.sections:
        for sentence in outline.sentences(section.body):
            yield from _in_sentence(outline, sentence, year)


def _in_preamble(outline: Outline, year: int) -> Iterator[tuple[int, Location]]:
    """The report's own name under another year; the name of a notice about such reports is not its own."""
    if outline.preamble is None:
        return
    for match in _OWN_REPORT.finditer(outline.view, outline.preamble.start, outline.preamble.end):
        if int(match[1]) != year and not _CITED.match(outline.view, match.end()):
            yield int(match[1]), outline.locate(match.start(), match.end())


def _in_sentence(outline: Outline, sentence: Span, year: int) -> Iterator[tuple[int, Location]]:
    """A past year as the subject of a statement of work, in a sentence that speaks of no other time."""
    words_of = outline.view[sentence.start : sentence.end]
    if str(year) in words_of or _OF_THAT_YEAR.search(words_of) or not _WORK.search(words_of):
        return
    start = sentence.start
    for clause in words_of.split(";"):
        match = _STATEMENT.match(clause)
        if match and int(match["year"]) < year:
            first = start + match.start("year")
            yield int(match["year"]), outline.locate(first, min(first + _CONTEXT, sentence.end))
        start += len(clause) + 1
