"""Telling an annual report in the formats assessed here from everything else."""

import re
from collections.abc import Sequence

from checker.bilingual import Bilingual
from checker.document import Document
from checker.errors import InputError, Problem
from checker.location import Location
from checker.outline.headings import Heading
from checker.patterns import pattern

_TITLED = pattern(r"(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_ANNOUNCED = pattern(r"所列数据的?统计(?:期限|时间|时限)|政府信息公开条例.{0,80}编制")
_OF_SCHOOL = pattern(r"学年度?.{0,20}信息公开(?:工作)?(?:年度)?报告|高等学校信息公开(?:办法|事项清单)")
_OLD_TABLE = pattern(r"政府信息公开情况统计表|指标名称\|?(?:计量)?单位")
_OLD_YEAR = pattern(r"20(?:0\d|1[0-8])年度?政府信息公开(?:工作)?(?:年度)?报告")
_NOTICE = pattern(r"(?:标题:)?[^。]{4,80}(?:年度报告|年报).{0,20}(?:通知|办法|的函|格式|解读|模板)")

SCHOOL = Bilingual(
    "这是高等学校的信息公开年度报告，适用另一种格式，不在本工具范围内",
    "this is a university's disclosure report; it follows another format and is not assessed here",
)
OLD = Bilingual(
    "这是2019年以前的旧格式年度报告（概述、统计表等部分），本工具只评估2019年试行格式和2021年格式的报告",
    "this is an annual report in the old format used before 2019 (概述, 统计表 …); only the trial format "
    "of 2019 and the format of 2021 are assessed",
)
NOTICE = Bilingual(
    "这是关于年度报告的通知或格式文件，不是一份年度报告",
    "this is a notice about annual reports or their format, not an annual report",
)
OTHER = Bilingual(
    "这不是政府信息公开工作年度报告：没有找到“一、总体情况”等六部分标题",
    "this is not an annual report on government information disclosure: none of the six section headings "
    "(一、总体情况 …) was found",
)

LONGEST = 120_000
"""Characters; the longest reports known, of whole cities, stay below 30,000."""


def refuse_other_documents(document: Document, view: str, headings: Sequence[Heading]) -> None:
    """Raise InputError, saying what the document is instead, unless it is an annual report."""
    reason = _other_kind(document, re.sub(r"\s", "", view), headings)
    if reason:
        raise InputError([Problem("not-an-annual-report", reason, Location(document.source.file))])


def refuse_too_long(document: Document, length: int) -> None:
    """Raise InputError for a text no office would publish as one report."""
    if length > LONGEST:
        reason = Bilingual(
            f"正文有 {length} 字，超过 {LONGEST} 字的上限；一份年度报告不会这样长",
            f"the text has {length} characters, over the limit of {LONGEST}; no annual report is that long",
        )
        raise InputError([Problem("too-long", reason, Location(document.source.file))])


def _other_kind(document: Document, words: str, headings: Sequence[Heading]) -> Bilingual | None:
    named = {h.number for h in headings if h.official}
    opening = words[:2000]
    if _OF_SCHOOL.search(opening) and len(named & {2, 3, 4}) < 2:
        return SCHOOL
    if 3 not in named and (_OLD_TABLE.search(words) or _OLD_YEAR.search(opening[:600])):
        return OLD
    if any(_NOTICE.fullmatch(re.sub(r"\s", "", b.text)) for b in document.blocks[:3]):
        return NOTICE
    announced = bool(_TITLED.search(opening)) + bool(_ANNOUNCED.search(opening))
    return None if len(named) >= 2 or (headings and announced + len(named) >= 2) else OTHER
