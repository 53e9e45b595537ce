"""Sums, headings, notes and empty numbers in a table are no records, and each is told by its row."""

import re
from pathlib import Path

import openpyxl
import pytest

from checker.ledgers.asides import OPENS
from tests.ledgers.conftest import Read
from tests.ledgers.workbooks import saved

ITEMS = "信息编号,标题,发布时间,栏目编号\n"
SUMS = (
    "合计,,共1条,",
    "合 计：,,2024-03-05,",
    ",总计,,",
    "小计,,,12",
    "合计,5829条,,",
    "本月合计,,,",
    "共计12条,,,",
    "３月合计,,,",
    ",,合计,",
)
NOTES = (
    "填表人：张三,,,",
    "填表人：张三,,填表日期：2024年12月31日,",
    "填报单位：,青石县教育局,联系电话：,0483-1234567",
    "　注：本表由办公室填写；“重要”以上的须附审核单。,,,",
    "审核人(签字):,,,",
    "截至日期：2024-12-31,,,",
)
HEADINGS = ("一、网站,,,", "（二）微信公众号,,,", ",三. 微博,,")
RECORDS = (
    "合计,关于某事的通知,2024-03-05,",
    "A9,合计,2024-03-05,",
    ",关于合计的通知,2024-03-05,",
    "合计数,,,",
    "注,说明：本站栏目调整,2024-03-05,",
    "A9,注：此条已撤,2024-03-05,",
    "一、关于某事的通知,,2024-03-05,",
    "统计局-1,,,",
    "A9,,,",
    "第9号,,,",
)


@pytest.mark.parametrize("row", (*SUMS, *NOTES, *HEADINGS))
def test_what_is_no_record(read: Read, row: str) -> None:
    ledger = read("published_items", f"{ITEMS}A1,甲,2024-03-05,\n{row}\nA2,乙,2024-03-06,\n")
    assert (ledger.left_out, ledger.fault_count) == ((3,), 0)
    assert [r.locations[0].line for r in ledger.records] == [2, 4]
    cells = [cell.lstrip() for cell in row.split(",")]
    assert any(re.match(OPENS, cell) for cell in cells), "large ledgers look for it by this pattern"


@pytest.mark.parametrize("row", RECORDS)
def test_what_is_a_record(read: Read, row: str) -> None:
    ledger = read("published_items", f"{ITEMS}A1,甲,2024-03-05,\n{row}\nA2,乙,2024-03-06,\n")
    assert (len(ledger.records), ledger.left_out) == (3, ())


def test_numbers_without_a_row(read: Read) -> None:
    text = "序号,信息编号,标题,发布时间\n1,A1,甲,2024-03-05\n2,,  ,\n3,,,\n,,,\n4,,乙,\n"
    ledger = read("published_items", text)
    assert (len(ledger.records), ledger.left_out) == (2, (3, 4))


def test_a_header_that_comes_again_on_every_page(read: Read) -> None:
    ledger = read(
        "published_items", f"{ITEMS}A1,甲,2024-03-05,\n信息编号 , 标题,发布时间,栏目编号\nA2,乙,2024-03-06,\n"
    )
    assert (len(ledger.records), ledger.fault_count) == (2, 0)


def test_headings_of_a_list_of_one_column_are_its_records(read: Read) -> None:
    assert len(read("policies", "标题\n一、甲办法\n（二）乙办法\n").records) == 2


def test_sums_in_a_workbook_and_under_a_column_of_numbers(read: Read, tmp_path: Path) -> None:
    rows = [("序号", "信息编号", "标题", "发布时间"), (1, "A1", "甲", "2024-03-05"), ("合计", None, None, 1)]
    ledger = read("published_items", saved(tmp_path / "l.xlsx", 台账=rows))
    assert (len(ledger.records), ledger.left_out) == (1, (3,))


def test_a_row_of_one_merged_cell_is_a_heading(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ("信息编号", "标题", "发布时间"),
        ("微信部分",),
        ("A1", "甲", "2024-03-05"),
        ("以上各条均由办公室审核", None, None, None, "第1页"),
    )
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A4:C4")
    book.save(tmp_path / "l.xlsx")
    ledger = read("published_items", tmp_path / "l.xlsx")
    assert (len(ledger.records), ledger.left_out) == (1, (2, 4))
