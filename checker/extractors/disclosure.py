"""Table 2: documents made, repealed and in force; licences, penalties, coercion and fees.

Source: 国办公开办函〔2021〕30号 annex, section 二; for the 2019 trial form 国办公开办函〔2019〕60号.
"""

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Record, missing, words
from checker.forms import old_headers, read_disclosure
from checker.forms.reading import Reading
from checker.forms.records import (
    SHARED,
    cell_of,
    column_field,
    format_of,
    no_table,
    no_table_reason,
    present,
    row_record,
    shared_records,
)
from checker.forms.template import (
    DISCLOSURE,
    DOCUMENT_COLUMNS,
    TRIAL_DISCLOSURE,
    TRIAL_DOCUMENT_COLUMNS,
    Column,
    Form,
    Row,
)
from checker.outline import Outline

_TRIAL = Bilingual("报告用的是2019年试行格式", "the report uses the 2019 trial form")
_CURRENT = Bilingual("报告没有用2019年试行格式", "the report does not use the 2019 trial form")


def _documents(form: Form) -> tuple[Row, ...]:
    return tuple(row for row in form.rows if row.code in ("regulations", "normative_documents"))


def _single_rows() -> tuple[Row, ...]:
    return tuple(row for row in DISCLOSURE.rows if len(row.columns) == 1)


def _trial_cells() -> tuple[tuple[str, Row, int], ...]:
    """The trial form's cells beside its documents. It gives procurement no unit, hence no amount."""
    return tuple(
        (f"disclosure_2019.{row.code}.{column.code}", row, index)
        for row in TRIAL_DISCLOSURE.rows
        if row not in _documents(TRIAL_DISCLOSURE)
        for index, column in enumerate(row.columns)
        if not column.amount
    )


def _scalar(row: Row, column: Column, name: str) -> Field:
    label = Bilingual(f"{row.name.zh}{column.name.zh}", f"{row.name.en}, {column.name.en}")
    return column_field(name, column, label)


DECLARES: tuple[Field | Collection, ...] = (
    Field("disclosure.present", "flag", Bilingual("表二是否存在", "table 2 is present")),
    Field("disclosure.format", "text", Bilingual("表二格式", "format of table 2")),
    *(
        _scalar(row, column, f"disclosure.{row.code}.{column.code}")
        for row in _documents(DISCLOSURE)
        for column in row.columns
    ),
    *(_scalar(row, row.columns[0], f"disclosure.{row.code}") for row in _single_rows()),
    *(_scalar(row, row.columns[index], name) for name, row, index in _trial_cells()),
    Collection(
        "disclosure.documents",
        "row",
        Bilingual("表二文件两行", "document rows of table 2"),
        tuple(column_field(c.code, c, c.name) for c in DOCUMENT_COLUMNS),
    ),
    Collection(
        "disclosure_2019.documents",
        "row",
        Bilingual("表二文件两行（2019年试行格式）", "document rows of table 2 (2019 trial form)"),
        tuple(column_field(c.code, c, c.name) for c in TRIAL_DOCUMENT_COLUMNS),
    ),
    Collection(
        "old_headers",
        "header",
        Bilingual("2019年试行格式的表头", "column headers of the 2019 trial form"),
        (Field("words", "text", Bilingual("表头", "header")),),
        exceptions=True,
    ),
    *SHARED,
)


def extract(outline: Outline, found: Extract) -> Extract:
    reading = read_disclosure(outline)
    fields = {"disclosure.present": present(reading), "disclosure.format": format_of(reading)}
    collections: dict[str, tuple[Record, ...] | Absent] = {
        "disclosure.documents": _document_records(reading, DISCLOSURE, _TRIAL),
        "disclosure_2019.documents": _document_records(reading, TRIAL_DISCLOSURE, _CURRENT),
        "old_headers": _old_headers(outline),
        **shared_records(reading),
    }
    return Extract(fields | _scalars(reading), collections)


def _scalars(reading: Reading) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for row in _documents(DISCLOSURE):
        for index, column in enumerate(row.columns):
            facts[f"disclosure.{row.code}.{column.code}"] = _current(reading, row, index)
    for row in _single_rows():
        facts[f"disclosure.{row.code}"] = _current(reading, row, 0)
    for name, row, index in _trial_cells():
        facts[name] = _trial(reading, row, index)
    return facts


def _trial(reading: Reading, row: Row, index: int) -> Fact:
    if not reading.present:
        return no_table(reading.form)
    return cell_of(reading, row, index) if reading.form is TRIAL_DISCLOSURE else missing(*_CURRENT)


def _current(reading: Reading, row: Row, index: int) -> Fact:
    """The cell in a table of the 2021 form; the trial form's cells mean other things."""
    if not reading.present:
        return no_table(reading.form)
    if reading.form is TRIAL_DISCLOSURE:
        return missing(_TRIAL.zh, _TRIAL.en)
    return cell_of(reading, row, index)


def _document_records(reading: Reading, form: Form, otherwise: Bilingual) -> tuple[Record, ...] | Absent:
    if not reading.present:
        return Absent(no_table_reason(form))
    if reading.form is not form:
        return Absent(otherwise)
    return tuple(row_record(reading, row) for row in _documents(form))


def _old_headers(outline: Outline) -> tuple[Record, ...]:
    return tuple(
        Record(text, Bilingual(text, text), {"words": words(text, place)}, (place,))
        for text, place in old_headers(outline)
    )
