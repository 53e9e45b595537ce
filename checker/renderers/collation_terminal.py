"""Two reports side by side, for people: what differs, what cannot be compared, and how much is the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checker.bilingual import Bilingual
from checker.collation import Collation, Cut, Pair, Passage, Relation, Side
from checker.renderers import Page
from checker.renderers._collation import (
    MANNERS,
    RELATIONS,
    SECTIONS,
    STYLES,
    counted,
    pair,
    side,
    sides_of,
    where,
)
from checker.renderers._collation_years import two_years
from checker.renderers._places import more
from checker.renderers._reading import in_short, section
from checker.renderers._sheet import Sheet, Span, padded, shortened

_PAIRS, _PASSAGES, _EXAMPLES, _BRIEF = 60, 40, 5, 40
_AROUND, _WHOLE, _MOVED = 14, 160, 40
"""Characters shown around what differs in a sentence, and of a passage that stands on one side only or
elsewhere."""
_QUIET = (Relation.EQUAL, Relation.WRITTEN)


def render(found: Collation, page: Page) -> str:
    """The whole page. Long lists are cut, with a count of what is left out; JSON has everything."""
    sheet = Sheet(page)
    _head(sheet, found)
    read = [
        (Bilingual(letter, letter), one.document.provenance)
        for letter, one in zip("AB", sides_of(found), strict=True)
    ]
    section(sheet, read)
    if found.mode == "two_years":
        two_years(sheet, found)
    else:
        _tables(sheet, found)
    _pairs(sheet, found, sheet.say("正文所述数字", "Figures stated in prose"), found.claims)
    _pairs(sheet, found, sheet.say("标题", "Headings"), found.headings)
    _passages(sheet, found)
    _pairs(sheet, found, sheet.say("单项事实", "Single facts"), found.singles)
    sheet.blank()
    in_short(sheet, read)
    return sheet.finish()


# What is compared, and what came of it


def _head(sheet: Sheet, found: Collation) -> None:
    side(sheet, "A", found.a)
    side(sheet, "B", found.b)
    for notice in _notices(found):
        sheet.paragraph((sheet.of(notice), "yellow"), indent=3)
    sheet.blank()
    name, style = _verdict(sheet, found)
    sheet.line("  ", (sheet.say(f"【{name}】", f"[ {name} ]"), style))
    for group, relations in found.groups().items():
        if relations:
            label = padded(sheet.of(_GROUPS[group]), _GROUP)
            sheet.paragraph(counted(sheet, relations), lead=["  ", label])


_GROUPS = {
    "tables": Bilingual("表格", "tables"),
    "singles": Bilingual("单项事实", "single facts"),
    "claims": Bilingual("正文所述数字", "figures in prose"),
    "headings": Bilingual("标题", "headings"),
    "passages": Bilingual("正文", "text"),
}
_GROUP = 18


def _notices(found: Collation) -> Iterator[Bilingual]:
    if found.second_reading:
        zh = f"同一个文件读了两遍：A 是本工具的，B 是经 {found.b.reader} 转换的"
        yield Bilingual(zh, f"one file read twice: A by this tool, B by way of {found.b.reader}")
    elif found.same_bytes:
        yield Bilingual("两个文件的字节完全相同", "the bytes of the two files are the same")
    if found.other_unit:
        yield Bilingual("两份报告的单位名称不同", "the two reports are of offices with different names")
    if None in (found.a.year, found.b.year):
        zh = "两份报告的年度未能全部读出，按同一份报告的两种形式对照"
        yield Bilingual(zh, "not both years were read; compared as one report in two forms")
    kinds = {one.document.source.kind for one in sides_of(found)}
    if len(kinds) > 1:
        zh = "两个文件种类不同，位置各按所在文件的方式表示"
        yield Bilingual(zh, "files of different kinds: each place is told in the terms of its own file")
    for letter, one in zip("AB", sides_of(found), strict=True):
        if one.losses:
            number = len(one.losses)
            yield Bilingual(
                f"{letter} 有 {number} 处没有读出，下面的差别可能由此而来",
                f"{letter}: {number} losses in reading, which may explain differences below",
            )


def _verdict(sheet: Sheet, found: Collation) -> Span:
    if found.mode == "two_years":
        years = f"{found.a.year} / {found.b.year}"
        return sheet.say(f"两年对照 {years}", f"TWO YEARS {years}"), "bold white on blue"
    if any(relation.differs for relation in found.counts):
        return sheet.say("有差别", "DIFFERENT"), "bold white on red"
    if found.counts[Relation.INCOMPARABLE]:
        open_ = sheet.say("未发现差别，但未能全部比较", "NO DIFFERENCE SEEN, NOT ALL COMPARED")
        return open_, "bold black on yellow"
    return sheet.say("没有差别", "NO DIFFERENCE"), "bold white on green"


# Tables, single facts, figures, headings


def _tables(sheet: Sheet, found: Collation) -> None:
    relations = found.groups()["tables"]
    if _all_equal(relations):
        return
    sheet.heading(sheet.say("表格", "Tables"), counted(sheet, relations))
    told: list[tuple[str, Pair]] = []
    for table in found.tables:
        if not table.rows:
            reason = sheet.of(table.reason) if table.reason else ""
            sheet.paragraph((reason, STYLES[table.relation]), indent=2)
        for row in table.rows:
            name = f"{sheet.of(table.name)} {sheet.of(row.label)}·"
            told += [(name + sheet.of(cell.label), cell) for cell in row.cells if cell.relation not in _QUIET]
    _listed(sheet, told, sides_of(found))
    _written(sheet, [cell for table in found.tables for row in table.rows for cell in row.cells])


def _pairs(sheet: Sheet, found: Collation, title: str, pairs: Sequence[Pair]) -> None:
    if _all_equal([each.relation for each in pairs]):
        return
    sheet.heading(title, counted(sheet, (each.relation for each in pairs)))
    told = [(sheet.of(each.label), each) for each in pairs if each.relation not in _QUIET]
    _listed(sheet, told, sides_of(found))
    _written(sheet, pairs)


def _all_equal(relations: Iterable[Relation]) -> bool:
    """Whether there is nothing to tell but their number, which stands on top."""
    return all(relation is Relation.EQUAL for relation in relations)


def _listed(sheet: Sheet, told: Sequence[tuple[str, Pair]], sides: tuple[Side, Side]) -> None:
    for name, each in told[:_PAIRS]:
        pair(sheet, each, name, sides)
    _left(sheet, len(told) - _PAIRS)


def _written(sheet: Sheet, pairs: Iterable[Pair]) -> None:
    """The first of what is only written differently, in one line; long texts by what they are."""
    shown = []
    for each in pairs:
        if each.relation is Relation.WRITTEN and each.a and each.b:
            texts = each.a.text, each.b.text
            shown.append(sheet.of(each.label) if len("".join(texts)) > _BRIEF else " / ".join(texts))
    if shown:
        name, listed = sheet.of(RELATIONS[Relation.WRITTEN]), sheet.say("；", "; ").join(shown[:_EXAMPLES])
        sheet.labelled(name, (listed + more(sheet, len(shown) - _EXAMPLES), "dim"), indent=2)


def _left(sheet: Sheet, number: int) -> None:
    if number > 0:
        sheet.paragraph((sheet.say(f"另有 {number} 处", f"{number} more"), "dim"), indent=2)


# Running text

_WHATS = {
    "heading": Bilingual("标题", "heading"),
    "paragraph": Bilingual("段落", "paragraph"),
    "sentence": Bilingual("句子", "sentence"),
    "row": Bilingual("表格行", "row of a table"),
}


def _passages(sheet: Sheet, found: Collation) -> None:
    if _all_equal([each.relation for each in found.passages]):
        return
    sheet.heading(sheet.say("正文", "Text"), counted(sheet, found.groups()["passages"]))
    told = [each for each in found.passages if each.relation not in _QUIET]
    for each in told[:_PASSAGES]:
        _passage(sheet, each, found)
    _left(sheet, len(told) - _PASSAGES)
    manners = Counter(manner for each in found.passages for manner in each.manners)
    if manners:
        listed = (f"{sheet.of(MANNERS[manner])} {number}" for manner, number in manners.most_common())
        name = sheet.of(RELATIONS[Relation.WRITTEN])
        sheet.labelled(name, (sheet.say("，", ", ").join(listed), "dim"), indent=2)


def _passage(sheet: Sheet, passage: Passage, found: Collation) -> None:
    here = passage.a or passage.b
    part = sheet.of(SECTIONS[here.section]) if here else ""
    relation = (sheet.of(RELATIONS[passage.relation]), STYLES[passage.relation])
    figures = sheet.say("；", "; ").join(f"{f.a or '–'} → {f.b or '–'}" for f in passage.figures)
    changed = f"  {sheet.say('数字：', 'figures: ')}{figures}" if figures else ""
    if passage.relation is Relation.MOVED and any(cut and cut.differing for cut in (passage.a, passage.b)):
        changed = f"  {sheet.say('文字也有改动', 'and changed')}{changed}"
    sheet.paragraph(
        f"{part} {sheet.of(_WHATS[passage.what])}  ", relation, (changed, "bold"), indent=2, hang=4
    )
    for letter, cut, one in zip("AB", (passage.a, passage.b), sides_of(found), strict=True):
        if cut is not None:
            place = where(sheet, (cut.location,), one.file, False)
            sheet.labelled(
                letter,
                (place, "cyan"),
                "  " if place else "",
                *_marked(cut, _MOVED if passage.relation is Relation.MOVED else _WHOLE),
                indent=4,
            )


def _marked(cut: Cut, most: int) -> list[Span | str]:
    """The text around what differs, which stands in 【 】; without any, its beginning."""
    if not cut.differing:
        return [shortened(cut.text, most)]
    spans: list[Span | str] = []
    shown = 0
    for start, end in cut.differing:
        opens = max(start - _AROUND, shown)
        spans += ["…" if opens > shown else "", cut.text[opens:start]]
        spans.append((f"【{shortened(cut.text[start:end], _WHOLE)}】", "bold red"))
        shown = min(end + _AROUND, _next(cut, end))
        spans.append(cut.text[end:shown])
    return [*spans, "…" if shown < len(cut.text) else ""]


def _next(cut: Cut, offset: int) -> int:
    """Where the next part that differs begins, or the text ends."""
    return min((start for start, _ in cut.differing if start >= offset), default=len(cut.text))
