"""One sheet row for all steps of an item becomes one record for each step that was done."""

from datetime import datetime
from pathlib import Path

from checker.facts import Kind
from checker.ledgers.rows import RowRecord
from tests.ledgers.conftest import Read, Refused
from tests.ledgers.workbooks import saved

WIDE = """\
审校登记,,,,,,,
稿件编号,初审人,初审日期,二审人,二审时间,二审意见,签发人,档案号
A1,甲,2024-03-01,乙,2024-03-02 09:30,同意,丙,D1
A2,甲,2024-03-04,,/,,,D2
A3,,,,,,,D3
"""


def test_a_step_with_no_cell_filled_gives_no_record(read: Read) -> None:
    ledger = read("reviews", WIDE)
    found = [
        (r.fields["item_id"].value, r.fields["step"].value, r.fields["reviewer"].value)
        for r in ledger.records
    ]
    assert found == [("A1", "初审", "甲"), ("A1", "复审", "乙"), ("A1", "终审", "丙"), ("A2", "初审", "甲")]
    assert [r.fields["archive_ref"].value for r in ledger.records] == ["D1", "D1", "D1", "D2"]
    assert len({r.key for r in ledger.records}) == 4
    assert ledger.missing == ("role", "result", "referral")


def test_every_cell_keeps_its_own_place(read: Read) -> None:
    second = read("reviews", WIDE).records[1]
    assert isinstance(second, RowRecord)
    when = second.fields["done_at"]
    assert when.value == datetime(2024, 3, 2, 9, 30)
    (place,) = when.locations
    assert (place.line, place.column, place.row, place.quote) == (
        3,
        "二审时间",
        "A1 复审",
        "2024-03-02 09:30",
    )
    (place,) = second.fields["item_id"].locations
    assert (place.column, place.quote) == ("稿件编号", "A1")


def test_a_column_of_another_step_is_missing(read: Read) -> None:
    first, second, third, _ = (record.fields for record in read("reviews", WIDE).records)
    assert [f["opinion"].kind for f in (first, second, third)] == [Kind.MISSING, Kind.TEXT, Kind.MISSING]
    assert third["done_at"].kind is Kind.MISSING


def test_headers_of_two_rows(read: Read, tmp_path: Path) -> None:
    rows: list[list[str | None]] = [
        ["审校登记表"],
        ["稿件编号", "初审", None, "复审", None, "档案号"],
        [None, "审核人", "时间", "审核人", "时间", None],
        ["A1", "甲", "2024-03-01", "乙", "2024-03-02", "D1"],
    ]
    text = "\n".join(",".join(cell or "" for cell in row) for row in rows)
    for content in (text, saved(tmp_path / "two.xlsx", 登记=rows)):
        ledger = read("reviews", content)
        found = [(r.fields["step"].value, r.fields["reviewer"].value) for r in ledger.records]
        assert found == [("初审", "甲"), ("复审", "乙")]
        assert ledger.records[0].fields["archive_ref"].value == "D1"


def test_a_long_file_is_read_as_it_is(read: Read) -> None:
    text = "稿件编号,环节,审核人,审核时间,初审人\nA1,一审,甲,2024-03-01 09:00,丁\nA1,复核,乙,,\n"
    ledger = read("reviews", text)
    assert [r.fields["step"].value for r in ledger.records] == ["初审", None]
    assert (ledger.extra, ledger.fault_count) == (("初审人",), 1)
    assert [r.key for r in ledger.records] == ["2", "3"]


def test_two_headers_for_one_step(refused: Refused) -> None:
    (problem,) = refused("reviews", "稿件编号,初审人,一审人\nA1,甲,乙\n")
    assert problem.code == "ledger.two-headers"


def test_a_header_for_no_step_in_particular_is_left_out(read: Read) -> None:
    ledger = read("reviews", "稿件编号,初审人,终审人,时间\nA1,甲,乙,2024-03-01\n")
    assert ledger.extra == ("时间",)
    assert [r.fields["done_at"].kind for r in ledger.records] == [Kind.MISSING, Kind.MISSING]
