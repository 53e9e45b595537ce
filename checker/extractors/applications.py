"""Table 3: applications received, carried in, answered in each way, and carried out, by applicant.

Source: 国办公开办函〔2021〕30号 annex, section 三; for reports up to 2020 国办公开办函〔2019〕60号.
"""

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Record
from checker.forms import read_applications
from checker.forms.reading import Reading
from checker.forms.records import (
    SHARED,
    cell_of,
    column_field,
    format_of,
    no_table_reason,
    present,
    row_record,
    shared_records,
)
from checker.forms.template import (
    APPLICANTS,
    APPLICATIONS,
    OTHER_HANDLING,
    Column,
    Row,
)
from checker.outline import Outline

_ROWS = (*APPLICATIONS.rows, OTHER_HANDLING)
_TOTAL = len(APPLICANTS) - 1


def _total_field(row: Row) -> Field:
    label = Bilingual(f"{row.name.zh}（总计）", f"{row.name.en} (total)")
    return column_field(f"applications.{row.code}.total", APPLICANTS[_TOTAL], label)


DECLARES: tuple[Field | Collection, ...] = (
    Field("applications.present", "flag", Bilingual("表三是否存在", "table 3 is present")),
    Field("applications.format", "text", Bilingual("表三格式", "format of table 3")),
    *map(_total_field, _ROWS),
    Collection(
        "applications.columns",
        "column",
        Bilingual("表三各列", "columns of table 3"),
        tuple(column_field(row.code, APPLICANTS[_TOTAL], row.name) for row in _ROWS),
    ),
    Collection(
        "applications.rows",
        "row",
        Bilingual("表三各行", "rows of table 3"),
        tuple(column_field(column.code, column, column.name) for column in APPLICANTS),
    ),
    *SHARED,
)


def extract(outline: Outline, found: Extract) -> Extract:
    reading = read_applications(outline)
    fields = {
        "applications.present": present(reading),
        "applications.format": format_of(reading),
        **{f"applications.{row.code}.total": cell_of(reading, row, _TOTAL) for row in _ROWS},
    }
    collections: dict[str, tuple[Record, ...] | Absent] = {
        "applications.columns": _columns(reading),
        "applications.rows": _rows(reading),
        **shared_records(reading),
    }
    return Extract(fields, collections)


def _columns(reading: Reading) -> tuple[Record, ...] | Absent:
    if not reading.present:
        return Absent(no_table_reason(reading.form))
    return tuple(_column(reading, index, column) for index, column in enumerate(APPLICANTS))


def _column(reading: Reading, index: int, column: Column) -> Record:
    fields: dict[str, Fact] = {row.code: cell_of(reading, row, index) for row in _ROWS}
    return Record(column.code, column.name, fields)


def _rows(reading: Reading) -> tuple[Record, ...] | Absent:
    if not reading.present:
        return Absent(no_table_reason(reading.form))
    return tuple(row_record(reading, row) for row in reading.form.rows)
