"""Two years of one office: the tables side by side, what is handed on, what is repeated."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from rich.cells import cell_len

from checker.collation import Collation, Link, Pair, Relation, Repeated, Row, Table
from checker.facts import Fact, Kind
from checker.renderers._collation import SECTIONS, STYLES, counted, said
from checker.renderers._numbers import plain
from checker.renderers._sheet import Sheet, Span, padded
from checker.renderers._words import KINDS

_MARKS = {Kind.SLASH: "/", Kind.UNREADABLE: "?", Kind.BLANK: "[ ]", Kind.MISSING: "-", Kind.TEXT: "T"}


def two_years(sheet: Sheet, found: Collation) -> None:
    """What one year hands on, the three tables, and what the later year repeats."""
    _links(sheet, found)
    years = [str(found.a.year), str(found.b.year)]
    for table in found.tables:
        _table(sheet, table, years)
    if found.tables:
        signs = (f"{sign} {sheet.of(KINDS[kind])}" for kind, sign in _MARKS.items())
        sheet.blank()
        sheet.paragraph((sheet.say("格中：", "in cells: ") + "   ".join(signs), "dim"))
    _repeated(sheet, found)


# Tables


def _table(sheet: Sheet, table: Table, years: Sequence[str]) -> None:
    cells = [cell.relation for row in table.rows for cell in row.cells]
    sheet.heading(sheet.of(table.name), counted(sheet, cells or [table.relation]))
    if not table.rows and table.reason:
        sheet.paragraph((sheet.of(table.reason), STYLES[table.relation]), indent=2)
    for _, group in groupby(table.rows, key=lambda row: tuple(cell.label for cell in row.cells)):
        _like_rows(sheet, list(group), years)


def _like_rows(sheet: Sheet, rows: Sequence[Row], years: Sequence[str]) -> None:
    """Rows with the same columns, under one head; those that are 0 throughout in both years by name only."""
    told = [row for row in rows if not all(map(_nought, row.cells))]
    if told:
        names = [sheet.of(cell.label) for cell in rows[0].cells]
        legend = names if len(names) == 1 else [f"{n} {name}" for n, name in enumerate(names, start=1)]
        sheet.paragraph(("   ".join(legend), "dim"), indent=2)
        lines = [_lines(row) for row in told]
        heads = [str(n) for n in range(1, len(names) + 1)] if len(names) > 1 else [""]
        every = [heads, *(line for row in lines for line in row)]
        widths = [max(map(cell_len, column)) for column in zip(*every, strict=True)]
        lead = max(map(len, years))
        if len(names) > 1:
            sheet.line((f"  {' ' * lead}  {_aligned(heads, widths)}", "dim"))
        for row, (first, second, change) in zip(told, lines, strict=True):
            sheet.paragraph(
                sheet.of(row.label), lead=[f"  {padded(years[0], lead)}  {_aligned(first, widths)}", "  "]
            )
            sheet.line(f"  {padded(years[1], lead)}  {_aligned(second, widths)}")
            if any(change):
                sheet.line(("  " + " " * lead + f"  {_aligned(change, widths)}", "bold"))
    quiet = [sheet.of(row.label) for row in rows if row not in told]
    if quiet:
        name = sheet.say("两年都是 0", "0 in both years")
        sheet.labelled(name, (sheet.say("、", ", ").join(quiet), "dim"), indent=2)


def _nought(cell: Pair) -> bool:
    return all(fact is not None and fact.kind is Kind.NUMBER and not fact.value for fact in (cell.a, cell.b))


def _lines(row: Row) -> tuple[list[str], list[str], list[str]]:
    """What A says, what B says, and the change."""
    cells = row.cells
    return [_mark(c.a) for c in cells], [_mark(c.b) for c in cells], [_change(c) for c in cells]


def _mark(fact: Fact | None) -> str:
    if fact is None:
        return _MARKS[Kind.MISSING]
    return fact.text if fact.kind is Kind.NUMBER else _MARKS.get(fact.kind, fact.text)


def _change(cell: Pair) -> str:
    values = [
        fact.value if fact is not None and fact.kind is Kind.NUMBER else None for fact in (cell.a, cell.b)
    ]
    before, now = values
    if cell.relation is Relation.INCOMPARABLE or not (
        isinstance(before, Decimal) and isinstance(now, Decimal)
    ):
        return ""
    change = now - before
    return f"{'+' if change > 0 else ''}{plain(change)}" if change else ""


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(padded(cell, width, True) for cell, width in zip(cells, widths, strict=True))


# What one year hands on


def _links(sheet: Sheet, found: Collation) -> None:
    if not found.links:
        return
    years = sorted(year for year in (found.a.year, found.b.year) if year is not None)
    fits = sum(link.holds is True for link in found.links)
    note = sheet.say(f"{len(found.links)} 项中 {fits} 项衔接上", f"{fits} of {len(found.links)} follow")
    sheet.heading(sheet.say(f"衔接 {years[0]} → {years[1]}", f"From {years[0]} to {years[1]}"), note)
    for link in found.links:
        sheet.paragraph(*_link(sheet, link, years), indent=2, hang=4)


def _link(sheet: Sheet, link: Link, years: Sequence[int]) -> Iterator[Span | str]:
    yield sheet.of(link.label) + sheet.say("：", ": ")
    yield f"{years[0]} "
    yield said(sheet, link.before)
    for label, sign, fact in link.steps:
        yield f" {'+' if sign > 0 else '-'} {sheet.of(label)} "
        yield said(sheet, fact)
    if link.steps and link.expected is not None:
        yield f" = {link.expected}"
    yield sheet.say("，", ", ") + f"{years[1]} "
    yield said(sheet, link.now)
    yield "  "
    yield _holds(sheet, link)


def _holds(sheet: Sheet, link: Link) -> Span:
    if link.holds is None:
        return sheet.say("无法比较", "not comparable"), "yellow"
    if link.at_least:
        words = ("已计入", "taken up") if link.holds else ("少于上年未审结数", "fewer than were pending")
    else:
        words = ("相等", "equal") if link.holds else ("不等", "not equal")
    return sheet.say(*words), "green" if link.holds else "red"


# What the later repeats


def _repeated(sheet: Sheet, found: Collation) -> None:
    if not found.repeated:
        return
    years = sorted(year for year in (found.a.year, found.b.year) if year is not None)
    title = sheet.say(
        f"{years[1]} 年报告与 {years[0]} 年相同的句子", f"Sentences of {years[1]} that stand in {years[0]}"
    )
    sheet.heading(title)
    for each in found.repeated:
        name = sheet.say("全文", "whole") if each.section is None else sheet.of(SECTIONS[each.section])
        sheet.paragraph(
            _share(sheet, each), lead=["  ", padded(name, 20 if sheet.page.language == "en" else 8), "  "]
        )


def _share(sheet: Sheet, each: Repeated) -> str:
    whole, same, near = each.sentences, each.word_for_word, each.but_for_figures
    percent, nearly = same * 100 // whole, near * 100 // whole
    return sheet.say(
        f"{whole} 句，逐字相同 {same} 句（{percent}%），除数字外相同 {near} 句（{nearly}%）",
        f"{whole} sentences, {same} word for word ({percent}%), {near} but for figures ({nearly}%)",
    )
