"""Cells as facts: names, kinds, reasons and places, with and without the tables."""

from dataclasses import replace

import pytest

from checker.document import Document
from checker.extractors import Extractor, applications, disclosure, proceedings
from checker.facts import Absent, Extract, Field, Kind
from checker.outline import outline
from checker.readers import read
from tests.forms import printing
from tests.forms.printing import Tables
from tests.forms.test_tables import ORDINARY

EXTRACTORS: dict[str, Extractor] = {
    "disclosure": disclosure,
    "applications": applications,
    "proceedings": proceedings,
}
WITHOUT_TABLES = printing.report(ORDINARY, lambda rows, width: "本部分没有需要说明的内容。")


def document(text: str) -> Document:
    return read(text.encode(), "report.txt")


def found(name: str, text: str) -> Extract:
    return EXTRACTORS[name].extract(outline(document(text)), Extract({}, {}))


def printed(tables: Tables = ORDINARY) -> str:
    return printing.report(tables, printing.flattened)


@pytest.mark.parametrize("name", EXTRACTORS)
@pytest.mark.parametrize("text", [printed(), WITHOUT_TABLES])
def test_exactly_the_declared_facts_are_yielded(name: str, text: str) -> None:
    declared = EXTRACTORS[name].DECLARES
    extract = found(name, text)
    assert set(extract.fields) == {d.name for d in declared if isinstance(d, Field)}
    names = {d.name for d in declared if not isinstance(d, Field)}
    assert set(extract.collections) == names
    for collection in (d for d in declared if not isinstance(d, Field)):
        records = extract.collections[collection.name]
        for record in () if isinstance(records, Absent) else records:
            assert set(record.fields) == {field.name for field in collection.fields}


@pytest.mark.parametrize(
    ("name", "scalar", "collection"),
    [
        ("disclosure", "disclosure.fees", "disclosure.documents"),
        ("applications", "applications.new.total", "applications.columns"),
        ("proceedings", "proceedings.review.total", "proceedings.groups"),
    ],
)
def test_a_missing_table_is_missing_with_the_reason(name: str, scalar: str, collection: str) -> None:
    extract = found(name, WITHOUT_TABLES)
    assert extract.fields[f"{name}.present"].value is False
    fact, absent = extract.fields[scalar], extract.collections[collection]
    assert fact.kind is Kind.MISSING and fact.note is not None
    assert isinstance(absent, Absent) and absent.reason == fact.note


def test_a_lost_row_keeps_its_record_and_says_so() -> None:
    rows = {code: row for code, row in ORDINARY.applications.items() if code != "granted"}
    extract = found("applications", printed(replace(ORDINARY, applications=rows)))
    records = extract.collections["applications.rows"]
    assert not isinstance(records, Absent)
    lost = next(r for r in records if r.key == "granted")
    assert {f.kind for n, f in lost.fields.items() if n not in ("leaf", "outcome")} == {Kind.MISSING}
    status = extract.collections["table_rows"]
    assert not isinstance(status, Absent)
    by_key = {r.key: r.fields["found"].value for r in status}
    assert by_key["applications/granted"] is False and by_key["applications/new"] is True
    (table,) = extract.collections["tables"]  # type: ignore[misc]
    assert (table.fields["rows_expected"].value, table.fields["rows_found"].value) == (25, 24)


def test_rows_and_columns_of_table_three_are_the_same_cells() -> None:
    extract = found("applications", printed())
    rows, columns = (extract.collections[f"applications.{n}"] for n in ("rows", "columns"))
    assert not isinstance(rows, Absent) and not isinstance(columns, Absent)
    assert len(rows) == 25 and len(columns) == 7
    for row in rows:
        for column in columns:
            assert column.fields[row.key] == row.fields[column.key]


def test_money_is_declared_in_fen() -> None:
    field = next(d for d in disclosure.DECLARES if d.name == "disclosure.fees")
    assert isinstance(field, Field)
    assert (field.type, field.scale) == ("amount", 1_000_000)
    assert field.unit is not None and field.unit.zh == "万元"


def test_the_trial_form_has_its_own_document_rows() -> None:
    text = printed().replace("本年制发件数", "本年新制作数量").replace("本年废止件数", "本年新公开数量")
    text = text.replace("现行有效件数", "对外公开总数量")
    extract = found("disclosure", text)
    assert extract.fields["disclosure.format"].value == "2019"
    fact = extract.fields["disclosure.normative_documents.made"]
    assert fact.kind is Kind.MISSING and fact.note is not None and "2019" in fact.note.zh
    assert isinstance(extract.collections["disclosure.documents"], Absent)
    trial = extract.collections["disclosure_2019.documents"]
    assert not isinstance(trial, Absent)
    assert [int(str(f.value)) for f in trial[1].fields.values()] == [3, 1, 18]
    headers = extract.collections["old_headers"]
    assert not isinstance(headers, Absent)
    assert [h.key for h in headers] == ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
    assert headers[0].locations[0].line is not None


@pytest.mark.parametrize("name", EXTRACTORS)
def test_the_format_stands_where_the_table_does(name: str) -> None:
    fields = found(name, printed()).fields
    assert fields[f"{name}.format"].locations == fields[f"{name}.present"].locations != ()
