"""Cells as facts: the collections all three tables share, and the records and scalars of each."""

from dataclasses import replace
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Fact, Field, Kind, Record, count, flag, missing, words
from checker.forms.reading import Reading
from checker.forms.template import FEN_PER_TEN_THOUSAND_YUAN, PIECES, TEN_THOUSAND_YUAN, Column, Form, Row
from checker.location import Location


def _text(name: str, zh: str, en: str) -> Field:
    return Field(name, "text", Bilingual(zh, en))


def _flag(name: str, zh: str, en: str) -> Field:
    return Field(name, "flag", Bilingual(zh, en))


def _count(name: str, zh: str, en: str, unit: Bilingual | None = None) -> Field:
    return Field(name, "count", Bilingual(zh, en), unit)


_ROWS, _COLUMNS, _CELLS = Bilingual("行", "rows"), Bilingual("列", "columns"), Bilingual("格", "cells")
_TABLE = _text("table", "表", "table")

TABLES = Collection(
    "tables",
    "table",
    Bilingual("表格", "tables"),
    (
        _flag("present", "是否存在", "present"),
        _text("format", "格式", "format"),
        _count("rows_expected", "应有行数", "rows expected", _ROWS),
        _count("rows_found", "实有行数", "rows found", _ROWS),
        _count("columns_expected", "应有列数", "columns expected", _COLUMNS),
        _count("columns_found", "实有列数", "columns found", _COLUMNS),
        _count("unreadable", "无法读出的格数", "cells that cannot be read", _CELLS),
    ),
)
CELLS = Collection(
    "cells",
    "cell",
    Bilingual("表格各格", "cells"),
    (
        _TABLE,
        _text("row", "行", "row"),
        _text("column", "列", "column"),
        _text("kind", "填写内容的种类", "kind of content"),
        _flag("whole", "是否整数或金额", "a whole number, or an amount"),
        _flag("negative", "是否负数", "negative"),
        _flag("amount", "是否金额格", "an amount cell"),
    ),
)
TABLE_ROWS = Collection(
    "table_rows",
    "row",
    Bilingual("表格各行", "rows of the tables"),
    (
        _TABLE,
        _flag("found", "是否找到", "found"),
        _flag("label_official", "行标题与格式一致", "label as on the official form"),
    ),
)
EXTRA_ROWS = Collection(
    "extra_rows",
    "row",
    Bilingual("格式之外的行或列", "rows or columns the form does not have"),
    (_TABLE, _text("label", "标题", "label"), _flag("added", "是自行增加的", "added by the office")),
    exceptions=True,
)
SHARED = (TABLES, CELLS, TABLE_ROWS, EXTRA_ROWS)
_IN_DOUBT = Bilingual(
    "文件中有表格未能按表格读取，无法确定", "a table of the file could not be read as one: it cannot be told"
)


def column_field(name: str, column: Column, label: Bilingual) -> Field:
    """A field that holds the content of one cell."""
    if column.amount:
        return Field(name, "amount", label, TEN_THOUSAND_YUAN, FEN_PER_TEN_THOUSAND_YUAN)
    return Field(name, "count", label, PIECES)


def shared_records(reading: Reading) -> dict[str, tuple[Record, ...] | Absent]:
    """The records one table gives to the shared collections; of a table not found only that it is not."""
    tables = (_table(reading),)
    if not reading.present:
        absent = Absent(no_table_reason(reading.form))
        return {"tables": tables, "cells": absent, "table_rows": absent, "extra_rows": absent}
    return {
        "tables": tables,
        "cells": tuple(
            c for row in reading.form.rows if row.code in reading.rows for c in _cells(reading, row)
        ),
        "table_rows": tuple(_table_row(reading, row) for row in reading.form.rows),
        "extra_rows": tuple(_extra_rows(reading)),
    }


def present(reading: Reading) -> Fact:
    if reading.in_doubt and not reading.present:
        return _in_doubt()
    first = next((place for r in reading.rows.values() for place in r.locations), None)
    return flag(reading.present, *((replace(first, row=None, column=None),) if first else ()))


def _in_doubt(*places: Location) -> Fact:
    return Fact(Kind.UNREADABLE, None, "", places, _IN_DOUBT)


def format_of(reading: Reading) -> Fact:
    places = present(reading).locations
    return words(reading.form.format, *places) if reading.present else no_table(reading.form)


def no_table(form: Form) -> Fact:
    reason = no_table_reason(form)
    return missing(reason.zh, reason.en)


def no_table_reason(form: Form) -> Bilingual:
    return Bilingual(f"没有找到{form.name.zh}", f"{form.name.en} was not found")


def cell_of(reading: Reading, row: Row, index: int) -> Fact:
    """What the cell says; MISSING, with the reason, where the table or its row is."""
    if not reading.present:
        return no_table(reading.form)
    found = reading.rows.get(row.code)
    if found is not None:
        return found.cells[index]
    if all(row.code != r.code for r in reading.form.rows):
        return missing(
            f"所用的{reading.form.name.zh}没有“{row.name.zh}”这一行",
            f"{reading.form.name.en} as printed has no row “{row.name.en}”",
        )
    return missing(
        f"{reading.form.name.zh}中没有找到“{row.name.zh}”这一行",
        f"row “{row.name.en}” was not found in {reading.form.name.en}",
    )


def row_record(reading: Reading, row: Row) -> Record:
    """One row with its columns as fields."""
    found = reading.rows.get(row.code)
    fields = {column.code: cell_of(reading, row, i) for i, column in enumerate(row.columns)}
    return Record(row.code, row.name, fields, found.locations if found else ())


def _table(reading: Reading) -> Record:
    form = reading.form
    unreadable = sum(1 for row in reading.rows.values() for f in row.cells if f.kind is Kind.UNREADABLE)
    fields = {
        "present": present(reading),
        "format": format_of(reading),
        "rows_expected": count(len(form.rows)),
        "rows_found": _found(reading, len(reading.rows), len(form.rows)),
        "columns_expected": count(len(form.rows[0].columns)),
        "columns_found": _found(reading, reading.columns_found, len(form.rows[0].columns)),
        "unreadable": count(unreadable),
    }
    return Record(form.key, form.name, fields, fields["present"].locations)


def _found(reading: Reading, number: int, expected: int) -> Fact:
    return _in_doubt() if reading.in_doubt and number != expected else count(number)


def _cells(reading: Reading, row: Row) -> list[Record]:
    table = reading.form
    records = []
    for column, fact in zip(row.columns, reading.rows[row.code].cells, strict=True):
        number = fact.value if isinstance(fact.value, Decimal) else None
        fields = {
            "table": words(table.key, *fact.locations),
            "row": words(row.code, *fact.locations),
            "column": words(column.code, *fact.locations),
            "kind": words(fact.kind.value, *fact.locations),
            "whole": flag(column.amount or number is None or number % 1 == 0, *fact.locations),
            "negative": flag(number is not None and number < 0, *fact.locations),
            "amount": flag(column.amount, *fact.locations),
        }
        label = Bilingual(
            f"{table.name.zh} {row.name.zh}·{column.name.zh}",
            f"{table.name.en}, {row.name.en}: {column.name.en}",
        )
        records.append(Record(f"{table.key}/{row.code}/{column.code}", label, fields, fact.locations))
    return records


def _table_row(reading: Reading, row: Row) -> Record:
    form, found = reading.form, reading.rows.get(row.code)
    places = found.locations if found else ()
    if found is None:
        official = missing("没有找到这一行", "the row was not found")
    elif found.official is None:
        official = missing("行标题没有完整读出", "the label of the row was not read whole", *places)
    elif reading.in_doubt and not found.official:
        official = _in_doubt(*places)
    else:
        official = flag(found.official, *places)
    fields = {
        "table": words(form.key, *places),
        "found": _in_doubt() if reading.in_doubt and found is None else flag(found is not None, *places),
        "label_official": official,
    }
    label = Bilingual(f"{form.name.zh} {row.name.zh}", f"{form.name.en}, {row.name.en}")
    return Record(f"{form.key}/{row.code}", label, fields, places)


def _extra_rows(reading: Reading) -> list[Record]:
    form = reading.form
    records = []
    for number, extra in enumerate(reading.extra, start=1):
        places = (extra.location,) if extra.location else ()
        added = _in_doubt(*places) if reading.in_doubt else flag(True, *places)
        fields = {
            "table": words(form.key, *places),
            "label": words(extra.label, *places),
            "added": added,
        }
        records.append(Record(f"{form.key}/{number}", Bilingual(extra.label, extra.label), fields, places))
    return records
