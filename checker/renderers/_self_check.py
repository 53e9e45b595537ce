"""A blank self-check form: every rule with room for the unit's own score, the verified one and why."""

import re
from collections.abc import Iterator

from checker.bilingual import Language
from checker.handbook import Handbook, Part, RulePage
from checker.renderers._blocks import Book, Column, Facts, Paragraph, Row, Table, Title, Turn
from checker.renderers._handbook import SIGN, Saying, numbered
from checker.worth import number

_EVIDENCE = re.compile(r"佐证|材料|来源|采样|取证|evidence", re.IGNORECASE)


def self_check(book: Handbook, language: Language) -> Book:
    """The form, on paper that lies."""
    say = Saying(language)
    title = say(book.ruleset.title)
    full = number(book.ruleset.full_marks)
    filled = (
        (say.of("单位", "Unit"), ("",)),
        (say.of("年度", "Year"), ("",)),
        (say.of("填表人、日期", "Filled in by, on"), ("",)),
        (say.of("核定人、日期", "Verified by, on"), ("",)),
    )
    note = say.of(
        "自评分由单位填写，核定分由评估者填写；两者不同的，写明原因。佐证材料按所列台账和文件准备。",
        "The unit fills in its own score, the assessor the verified one; say why where they differ.",
    )
    total = Row(("", say.of("合计", "Total"), "", full, "", "", ""), depth=0)
    table = Table(_columns(say), (*_rows(book, say), total))
    blocks = (Turn(True), Title(title, say.of("自查表", "Self-check")), Facts(filled), Paragraph(note), table)
    return Book(f"{title}  {book.ruleset.version}", blocks)


def _columns(say: Saying) -> tuple[Column, ...]:
    return (
        Column(say.of("序号", "No."), 60, True),
        Column(say.of("检查内容", "What is asked"), 300),
        Column(say.of("佐证材料", "Evidence"), 170),
        Column(say.of("计分办法", "Points"), 190),
        Column(say.of("自评分", "Self score"), 65, True),
        Column(say.of("核定分", "Verified score"), 65, True),
        Column(say.of("原因和说明", "Reasons"), 150),
    )


def _rows(book: Handbook, say: Saying) -> Iterator[Row]:
    pages = {page.rule.id: page for page in book.pages}
    for label, part in numbered(book.parts):
        worth = "" if part.points is None else say.points(part.points)
        special = [text for text in (worth, *map(say, part.special)) if text]
        only = len(part.entries) == 1 and part.entries[0].rule.title == part.title
        if not only:
            yield Row((label, say(part.title), "", say.listed(special), "", "", ""), depth=part.depth)
        for item, entry in enumerate(part.entries, 1):
            page = pages[entry.rule.id]
            asked = say(page.message if entry.rule.question is not None else entry.rule.title)
            how = say.listed([*special, say(entry.how)]) if only else say(entry.how)
            order = label if only else f"{label}-{item}"
            yield Row((order, asked, _evidence(page, part, say), how, "", "", ""))


def _evidence(page: RulePage, part: Part, say: Saying) -> str:
    """The ledgers and documents it is judged by; for a question what the bureau's sheet asks for."""
    kept = [text.removeprefix(SIGN) for key, text in (part.kept or {}).items() if _EVIDENCE.search(key)]
    return say.listed(list(dict.fromkeys([*(say(source.title) for source in page.reads), *kept])))
