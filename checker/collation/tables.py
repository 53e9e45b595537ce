"""The official tables side by side: every cell, by row and column of the printed form."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from checker.bilingual import Bilingual
from checker.collation.shape import Pair, Relation, Row, Side, Table
from checker.collation.values import lost, pair
from checker.facts import Fact, Facts, Kind, Record
from checker.forms import template

TRIAL = "2019"
_DOCUMENTS = ("regulations", "normative_documents")
_COMMON = "decisions"
"""The one column that means the same in both forms of table 2."""
OTHER_FORM = Bilingual(
    "两份报告的表二格式不同（2019 年试行格式与 2021 年格式），口径不同",
    "the two reports use different forms of table 2 (2019 and 2021), which count differently",
)


def tables(a: Side, b: Side) -> tuple[Table, ...]:
    """Tables 2, 3 and 4; none that neither report has."""
    found = (_table(code, a, b) for code in ("disclosure", "applications", "proceedings"))
    return tuple(table for table in found if table is not None)


def _table(code: str, a: Side, b: Side) -> Table | None:
    ours, theirs = form_of(code, a.facts), form_of(code, b.facts)
    if ours is None or theirs is None:
        there = ours or theirs
        return None if there is None else _one_sided(there, a, b, ours is None)
    if ours.format != theirs.format and code == "disclosure":
        rows = _of_two_forms(ours, theirs, a, b)
    else:
        rows = tuple(_row(ours, row, a, b) for row in _rows(ours, theirs))
    return Table(code, ours.name, tuple(row for row in rows if row.cells))


def _one_sided(form: template.Form, a: Side, b: Side, missing_in_a: bool) -> Table:
    letter, side = ("A", a) if missing_in_a else ("B", b)
    if side.losses:
        return Table(form.key, form.name, (), Relation.INCOMPARABLE, lost(letter))
    reason = Bilingual(f"{letter} 没有找到{form.name.zh}", f"{form.name.en} was not found in {letter}")
    return Table(form.key, form.name, (), Relation.ONLY_B if missing_in_a else Relation.ONLY_A, reason)


def form_of(code: str, facts: Facts) -> template.Form | None:
    """The form of this table the report prints; None where the table was not found."""
    present, format = facts.fields[f"{code}.present"], facts.fields[f"{code}.format"]
    if not present.value or format.kind is not Kind.TEXT:
        return None
    trial = format.text == TRIAL
    if code == "disclosure":
        return template.TRIAL_DISCLOSURE if trial else template.DISCLOSURE
    if code == "proceedings":
        return template.PROCEEDINGS
    if trial:
        return template.TRIAL_APPLICATIONS
    printed_once = any(record.key == "other_handling" for record in facts.records("applications.rows"))
    return template.APPLICATIONS_ONE_OTHER_ROW if printed_once else template.APPLICATIONS


def _rows(ours: template.Form, theirs: template.Form) -> list[template.Row]:
    """The rows of A's form, and those only B's has after the row they follow there."""
    rows, before = list(ours.rows), -1
    for row in theirs.rows:
        codes = [known.code for known in rows]
        if row.code in codes:
            before = codes.index(row.code)
        else:
            before += 1
            rows.insert(before, row)
    return rows


def _row(form: template.Form, row: template.Row, a: Side, b: Side) -> Row:
    cells = cells_of(form, row, a.facts), cells_of(form, row, b.facts)
    names = ((column.code, column.name) for column in row.columns)
    return Row(row.code, row.name, tuple(_pairs(f"{form.key}.{row.code}", names, cells, (a, b))))


def _pairs(
    stem: str,
    columns: Iterable[tuple[str, Bilingual]],
    cells: tuple[Mapping[str, Fact], Mapping[str, Fact]],
    sides: tuple[Side, Side],
) -> Iterator[Pair]:
    for code, name in columns:
        found = pair(f"{stem}.{code}", name, cells[0].get(code), cells[1].get(code), sides)
        if found is not None:
            yield found


def cells_of(form: template.Form, row: template.Row, facts: Facts) -> Mapping[str, Fact]:
    """The facts of one row by column."""
    if form.key == "applications":
        return _record(facts, "applications.rows", row.code)
    if form.key == "proceedings":
        return _record(facts, "proceedings.groups", row.code)
    trial = form.format == TRIAL
    prefix = "disclosure_2019" if trial else "disclosure"
    if row.code in _DOCUMENTS:
        return _record(facts, f"{prefix}.documents", row.code)
    names = {c.code: f"{prefix}.{row.code}" + (f".{c.code}" if trial else "") for c in row.columns}
    return {code: facts.fields[name] for code, name in names.items() if name in facts.fields}


def _record(facts: Facts, collection: str, key: str) -> Mapping[str, Fact]:
    records: Iterator[Record] = (r for r in facts.records(collection) if r.key == key)
    return next((record.fields for record in records), {})


def _of_two_forms(ours: template.Form, theirs: template.Form, a: Side, b: Side) -> tuple[Row, ...]:
    """Table 2 in two forms: only decisions are counted alike; the rest stands there without a verdict."""
    rows = []
    for row in _rows(ours, theirs):
        forms = [next((r for r in form.rows if r.code == row.code), None) for form in (ours, theirs)]
        mine = cells_of(ours, forms[0], a.facts) if forms[0] else {}
        yours = cells_of(theirs, forms[1], b.facts) if forms[1] else {}
        pairs = _pairs(f"{ours.key}.{row.code}", _names(forms).items(), (mine, yours), (a, b))
        rows.append(Row(row.code, row.name, tuple(map(_without_verdict, pairs))))
    return tuple(rows)


def _names(rows: Iterable[template.Row | None]) -> dict[str, Bilingual]:
    """The columns of one row in two forms; where they are called otherwise, both names."""
    names: dict[str, Bilingual] = {}
    for column in chain(*(row.columns for row in rows if row)):
        known = names.setdefault(column.code, column.name)
        if known != column.name:
            both = (f"{one} / {other}" for one, other in zip(known, column.name, strict=True))
            names[column.code] = Bilingual(*both)
    return names


def _without_verdict(found: Pair) -> Pair:
    if found.name.endswith(f".{_COMMON}"):
        return found
    return Pair(found.name, found.label, Relation.INCOMPARABLE, found.a, found.b, OTHER_FORM)
