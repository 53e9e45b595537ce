"""What was read from a report, for people: the three tables, every single fact, every collection."""

from collections.abc import Iterable, Sequence
from datetime import date

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Field, Kind, Record
from checker.renderers import FactsView, Page
from checker.renderers._places import places
from checker.renderers._reading import in_short, section, told
from checker.renderers._sheet import Sheet, Span, padded, shortened
from checker.renderers._words import KINDS

_TABLES = {
    "disclosure.documents": Bilingual("表二", "Table 2"),
    "disclosure_2019.documents": Bilingual("表二（2019 年试行格式）", "Table 2 (2019 trial form)"),
    "applications.rows": Bilingual("表三", "Table 3"),
    "proceedings.groups": Bilingual("表四", "Table 4"),
}
_SHOWN_AS_TABLES = ("disclosure.", "applications.", "proceedings.")
_NOT_LISTED = ("cells", "table_rows", "applications.columns")
_RECORDS, _TEXT = 12, 40
_MARKS = {Kind.SLASH: "/", Kind.UNREADABLE: "?", Kind.BLANK: "[ ]", Kind.MISSING: "-", Kind.TEXT: "T"}


def render(view: FactsView, page: Page) -> str:
    """Every value as written, with its place. Long collections are cut, with a count; JSON has everything."""
    sheet = Sheet(page)
    source = view.document.source
    sheet.paragraph((source.file, "bold"), f"  {told(sheet, source)}  SHA-256 {source.sha256[:16]}")
    in_short(sheet, [(None, view.document.provenance)])
    section(sheet, [(None, view.document.provenance)])
    for name, title in _TABLES.items():
        _table(sheet, view, name, title)
    _legend(sheet)
    _fields(sheet, view)
    for name in view.facts.collections:
        if name not in _TABLES and name not in _NOT_LISTED:
            _collection(sheet, view, name)
    return sheet.finish()


def _table(sheet: Sheet, view: FactsView, name: str, title: Bilingual) -> None:
    records = view.facts.records(name)
    if not records:
        absent = view.facts.collections.get(name)
        if isinstance(absent, Absent) and not name.startswith("disclosure"):
            sheet.heading(sheet.of(title), sheet.of(absent.reason))
        return
    sheet.heading(sheet.of(title))
    fields = [f for f in view.vocabulary.collections[name].fields if f.type in ("count", "number", "amount")]
    legend = (f"{number} {sheet.of(field.label)}" for number, field in enumerate(fields, 1))
    sheet.paragraph(("   ".join(legend), "dim"), indent=2)
    rows = [[_mark(record.fields.get(field.name)) for field in fields] for record in records]
    heads = [str(number) for number in range(1, len(fields) + 1)]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    sheet.line(("  " + _aligned(heads, widths), "dim"))
    for record, row in zip(records, rows, strict=True):
        sheet.paragraph(sheet.of(record.label), lead=["  " + _aligned(row, widths), "  "])
    if name == "disclosure.documents":
        _single_rows(sheet, view)


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(padded(cell, width, True) for cell, width in zip(cells, widths, strict=True))


def _single_rows(sheet: Sheet, view: FactsView) -> None:
    for row in ("licences", "penalties", "coercion", "fees"):
        name = f"disclosure.{row}"
        field = view.vocabulary.fields[name]
        unit = sheet.of(field.unit) if field.unit else ""
        sheet.paragraph(f"{sheet.of(field.label)}  {_mark(view.facts.fields.get(name))} {unit}", indent=2)


def _mark(fact: Fact | None) -> str:
    if fact is None:
        return _MARKS[Kind.MISSING]
    return fact.text if fact.kind is Kind.NUMBER else _MARKS.get(fact.kind, fact.text)


def _legend(sheet: Sheet) -> None:
    signs = (f"{sign} {sheet.of(KINDS[kind])}" for kind, sign in _MARKS.items())
    sheet.blank()
    sheet.paragraph((sheet.say("格中：", "in cells: ") + "   ".join(signs), "dim"))


def _fields(sheet: Sheet, view: FactsView) -> None:
    sheet.heading(sheet.say("单项事实", "Single facts"))
    for name, fact in view.facts:
        if name.startswith(_SHOWN_AS_TABLES) and not name.endswith(".format"):
            continue
        field = view.vocabulary.fields.get(name)
        label = sheet.of(field.label) if field else name
        where = places(sheet, fact.locations, view.document.source.file, most=1)
        sheet.paragraph(
            label,
            sheet.say("：", ": "),
            *_said(sheet, fact, field),
            (f"  {where}" if where else "", "cyan"),
            (f"  {name}", "dim"),
            indent=2,
            hang=4,
        )


def _said(sheet: Sheet, fact: Fact, field: Field | None) -> list[Span]:
    if fact.kind is Kind.FLAG:
        return [(sheet.say("是", "yes") if fact.value else sheet.say("否", "no"), "bold")]
    if isinstance(fact.value, date):
        return [(fact.value.isoformat(), "bold")]
    if fact.kind is Kind.TEXT and not fact.text:
        return [(sheet.say("没有文字", "no text"), "yellow")]
    if fact.kind in (Kind.NUMBER, Kind.TEXT):
        unit = f" {sheet.of(field.unit)}" if field and field.unit else ""
        return [(shortened(fact.text, _TEXT) + unit, "bold")]
    note = f" {shortened(fact.text, _TEXT)}" if fact.text else ""
    return [((sheet.of(fact.note) if fact.note else sheet.of(KINDS[fact.kind])) + note, "yellow")]


def _collection(sheet: Sheet, view: FactsView, name: str) -> None:
    declared = view.vocabulary.collections[name]
    found = view.facts.collections[name]
    if isinstance(found, Absent):
        sheet.heading(f"{sheet.of(declared.label)}  {name}", sheet.of(found.reason))
        return
    if not found:
        return
    sheet.heading(f"{sheet.of(declared.label)}  {name}", str(len(found)))
    fields = {field.name: field for field in declared.fields}
    for record in found[:_RECORDS]:
        _record(sheet, view, record, fields.values())
    left = len(found) - _RECORDS
    if left > 0:
        sheet.paragraph((sheet.say(f"另有 {left} 条", f"{left} more"), "dim"), indent=2)


def _record(sheet: Sheet, view: FactsView, record: Record, fields: Iterable[Field]) -> None:
    spans: list[Span | str] = [(shortened(sheet.of(record.label), _TEXT), "bold")]
    for field in fields:
        fact = record.fields.get(field.name)
        if fact is None or fact.kind is Kind.MISSING:
            continue
        spans += ["  ", (f"{sheet.of(field.label)} ", "dim"), *_said(sheet, fact, field)]
    where = places(sheet, record.locations, view.document.source.file, most=1)
    spans.append((f"  {where}" if where else "", "cyan"))
    sheet.paragraph(*spans, indent=2, hang=4)
