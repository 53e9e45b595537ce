"""Table 4: administrative reviews and suits over disclosure, by result.

Source: 国办公开办函〔2021〕30号 annex, section 四; the same in 国办公开办函〔2019〕60号.
"""

from dataclasses import replace

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Field, Record, words
from checker.forms import read_proceedings
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
from checker.forms.template import PROCEEDINGS, RESULTS, Column, Row
from checker.outline import Outline

_CELLS = tuple((row, index, column) for row in PROCEEDINGS.rows for index, column in enumerate(row.columns))


def _name(row: Row, column: Column) -> str:
    return f"proceedings.{row.code}.{column.code}"


def _scalar(row: Row, column: Column) -> Field:
    label = Bilingual(f"{row.name.zh}{column.name.zh}", f"{row.name.en}: {column.name.en}")
    return column_field(_name(row, column), column, label)


DECLARES: tuple[Field | Collection, ...] = (
    Field("proceedings.present", "flag", Bilingual("表四是否存在", "table 4 is present")),
    Field("proceedings.format", "text", Bilingual("表四格式", "format of table 4")),
    *(_scalar(row, column) for row, _, column in _CELLS),
    Collection(
        "proceedings.groups",
        "group",
        Bilingual("表四各组", "groups of table 4"),
        (
            Field("kind", "text", Bilingual("案件类型", "kind of case")),
            *(column_field(c.code, c, c.name) for c in RESULTS),
        ),
    ),
    *SHARED,
)


def extract(outline: Outline, found: Extract) -> Extract:
    reading = read_proceedings(outline)
    fields = {
        "proceedings.present": present(reading),
        "proceedings.format": format_of(reading),
        **{_name(row, column): cell_of(reading, row, index) for row, index, column in _CELLS},
    }
    collections: dict[str, tuple[Record, ...] | Absent] = {
        "proceedings.groups": tuple(_group(reading, row) for row in PROCEEDINGS.rows)
        if reading.present
        else Absent(no_table_reason(PROCEEDINGS)),
        **shared_records(reading),
    }
    return Extract(fields, collections)


def _group(reading: Reading, row: Row) -> Record:
    record = row_record(reading, row)
    return replace(record, fields={**record.fields, "kind": words(row.name.zh)})
