"""Table 3: applications received, carried in, answered in each way, and carried out, by applicant.

Source: 国办公开办函〔2021〕30号 annex, section 三; for reports up to 2020 国办公开办函〔2019〕60号.
"""

from dataclasses import replace

from checker.bilingual import Bilingual
from checker.facts import Absent, Collection, Extract, Fact, Field, Record, flag, missing, words
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

OUTCOMES = {
    "granted": "予以公开",
    "partly_granted": "部分公开",
    "refused_state_secret": "国家秘密",
    "refused_other_law": "其他法律行政法规禁止公开",
    "refused_three_securities": "危及三安全一稳定",
    "refused_third_party": "保护第三方合法权益",
    "refused_internal_affairs": "三类内部事务信息",
    "refused_process": "四类过程性信息",
    "refused_enforcement_file": "行政执法案卷",
    "refused_administrative_query": "行政查询事项",
    "unable_not_held": "本机关不掌握",
    "unable_not_ready_made": "没有现成信息",
    "unable_still_unclear": "补正后仍不明确",
    "rejected_petition": "信访举报投诉",
    "rejected_repeat": "重复申请",
    "rejected_publication": "要求提供公开出版物",
    "rejected_excessive": "大量反复申请",
    "rejected_confirmation": "要求确认已获取信息",
    "other_not_corrected": "逾期不补正",
    "other_fee_unpaid": "逾期不缴费",
    "other_other": "其他处理",
}
"""What the register of applications calls the outcome that a row counts."""

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
        (
            Field("applicant_type", "text", Bilingual("申请人类型", "applicant type")),
            *(column_field(row.code, APPLICANTS[_TOTAL], row.name) for row in _ROWS),
        ),
    ),
    Collection(
        "applications.rows",
        "row",
        Bilingual("表三各行", "rows of table 3"),
        (
            Field("leaf", "flag", Bilingual("是办理结果细项", "is a single outcome")),
            Field("outcome", "text", Bilingual("办理结果", "outcome")),
            *(column_field(column.code, column, column.name) for column in APPLICANTS),
        ),
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
    fields["applicant_type"] = words(column.name.zh)
    return Record(column.code, column.name, fields)


def _rows(reading: Reading) -> tuple[Record, ...] | Absent:
    if not reading.present:
        return Absent(no_table_reason(reading.form))
    return tuple(_row(reading, row) for row in reading.form.rows)


def _row(reading: Reading, row: Row) -> Record:
    record = row_record(reading, row)
    term = OUTCOMES.get(row.code)
    outcome = words(term) if term else missing("这一行不是办理结果细项", "this row is no single outcome")
    return replace(record, fields={**record.fields, "leaf": flag(term is not None), "outcome": outcome})
