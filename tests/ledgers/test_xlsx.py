"""Workbooks: sheets, headers, dates, numbers, formulas, merged cells, and odd ways of writing them."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from checker.facts import Kind
from checker.ledgers.values import MARK
from checker.ledgers.workbook import column_number, number_text
from tests.ledgers.conftest import Read, Refused
from tests.ledgers.workbooks import crooked, saved, text_cell, texts

HEADER = ("培训编号", "培训主题", "培训形式", "日期", "人数")
ROW = ("P1", "学习条例", "讲座", date(2024, 3, 5), 12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def test_title_rows_dates_and_numbers(read: Read, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "培训"
    sheet["A1"] = "2024年培训台账"
    sheet.merge_cells("A1:E1")
    rows = [
        HEADER,
        ROW,
        (1002, "甲", "讲座", "2024年3月6日", "1,200"),
        (1003.0, "乙", "讲座", datetime(2024, 3, 7, 14, 5), 3.5),
        ("123456789012345678", "丙", "讲座", "2024-02-30", None),
        (123456789012345, None, "讲座", 45357, "/"),
    ]
    for row in rows:
        sheet.append(list[Any](row))
    sheet["D7"].number_format = 'yyyy"年"m"月"d"日"'
    book.save(path)
    ledger = read("trainings", path)
    assert ledger.sheet == "培训"
    days = [record.fields["held_on"] for record in ledger.records]
    assert [d.value for d in days] == [
        date(2024, 3, 5),
        date(2024, 3, 6),
        date(2024, 3, 7),
        None,
        date(2024, 3, 6),
    ]
    assert [r.key for r in ledger.records] == ["P1", "1002", "1003", "123456789012345678", "123456789012345"]
    numbers = [record.fields["participants"] for record in ledger.records]
    assert [n.kind for n in numbers] == [Kind.NUMBER, Kind.NUMBER, Kind.UNREADABLE, Kind.BLANK, Kind.SLASH]
    assert [n.value for n in numbers[:2]] == [12, 1200] and numbers[2].text == "3.5"
    assert ledger.fault_count == 2
    place = ledger.faults[1].location
    assert place is not None
    assert (place.line, place.table, place.row, place.column) == (6, "培训", "123456789012345678 丙", "日期")


def test_which_sheet(read: Read, refused: Refused, path: Path) -> None:
    notes = [["说明"], ["本表由办公室填写"]]
    saved(path, 说明=notes, 上半年=[HEADER, ROW], 下半年=[HEADER, ("P2", *ROW[1:])])
    (problem,) = refused("trainings", path)
    assert problem.code == "ledger.several-sheets" and "上半年、下半年" in problem.message.zh
    (record,) = read("trainings", path, sheet="下半年").records
    assert record.key == "P2"
    (problem,) = refused("trainings", path, sheet="全年")
    assert "说明、上半年、下半年" in problem.message.zh
    book = openpyxl.load_workbook(path)
    book["下半年"].sheet_state = "hidden"
    book.save(path)
    assert read("trainings", path).sheet == "上半年"
    assert read("trainings", path, sheet="下半年").records[0].key == "P2"
    problems = refused("trainings", saved(path, 甲=notes, 乙=[["培训编号", "姓名"], ["1", "某"]]))
    assert [p.code for p in problems] == ["ledger.missing-column"] * 2 + ["ledger.no-sheet"]
    assert problems[0].location is not None and problems[0].location.table == "乙"


def test_formulas_without_results_and_error_values(read: Read, path: Path) -> None:
    cells = (
        "<c r='A2' t='str'><f>X</f><v>P1</v></c><c r='B2' t='e'><v>#REF!</v></c>",
        text_cell("讲座", "r='C2'"),
        "<c r='D2'><f>TODAY()</f></c><c r='E2'><f>6*7</f><v>42</v></c></row><row r='3'>",
        "<c r='A3' t='str'><f>X</f><v></v></c><c r='C3' t='s'><v>0</v></c>",
        "<c r='D3' t='d'><v>2024-03-05</v></c>",
    )
    data = f"{texts(HEADER)}<row r='2'>{''.join(cells)}</row>"
    strings = "<si><r><t>讲</t></r><r><t>座</t></r><rPh><t>x</t></rPh></si>"
    ledger = read("trainings", crooked(path, data, strings))
    first, second = (record.fields for record in ledger.records)
    assert first["training_id"].value == "P1" and first["participants"].value == 42
    assert (first["title"].kind, first["title"].text) == (Kind.UNREADABLE, "#REF!")
    assert first["held_on"].kind is Kind.UNREADABLE and first["has_held_on"].value is True
    assert second["training_id"].kind is Kind.BLANK
    assert (second["kind"].value, second["held_on"].value) == ("专题讲座", date(2024, 3, 5))
    assert [f.message.zh for f in ledger.faults] == [
        "“培训主题”栏的“#REF!”：单元格里是公式的出错值",
        "“举办日期”栏的“”：公式没有保存计算结果",
    ]


def test_cells_merged_downwards_speak_for_every_row_that_holds_anything(read: Read, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("信息编号", "环节", "审校人"),
        *(("X1", "初审", "甲"), (None, "复审", "乙"), (None, "终审", "丙")),
        *(("X2", "初审", "甲"), (None, None, None)),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("A5:A6")
    sheet["C6"].font = Font(bold=True)
    book.save(path)
    records = read("reviews", path).records
    assert [r.fields["item_id"].value for r in records] == ["X1", "X1", "X1", "X2"]


def test_cells_merged_to_the_right_or_over_others_leave_doubt(read: Read, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("信息编号", "环节", "审校人", "职务"),
        *(("X1", "初审", "甲", None), ("X1", "复审", "乙", None), ("X1", "终审", None, None)),
        ("X2", "初审", "丙", "编辑"),
    ):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("C4:D4")
    sheet.merged_cells.add("D3:D5")
    book.save(path)
    ledger = read("reviews", path)
    roles = [r.fields["role"].kind for r in ledger.records]
    assert roles == [Kind.UNREADABLE, Kind.BLANK, Kind.BLANK, Kind.UNREADABLE]
    assert [f.message.zh for f in ledger.faults] == [
        "“职务”栏的“甲”：左边的单元格并过了这一栏，不能确定这一栏填的是什么",
        "“职务”栏的“编辑”：合并单元格遮住了这一格的内容",
    ]


@pytest.mark.parametrize("second", [(None, None, "年-月-日"), (None, None, "时间"), ("", "", "发布时间")])
def test_a_header_merged_downwards(read: Read, path: Path, second: tuple[str | None, ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    third = "发布时间" if second[2] == "年-月-日" else "发布"
    for row in (("台账",), ("信息编号", "标题", third), second, ("A1", "甲", "2024-03-05"), ("A2", "乙", "")):
        sheet.append(row)
    for area in ("A1:C1", "A2:A3", "B2:B3"):
        sheet.merge_cells(area)
    book.save(path)
    ledger = read("published_items", path)
    assert [r.key for r in ledger.records] == ["A1", "A2"]
    assert (ledger.records[0].fields["published_at"].value, ledger.fault_count) == (date(2024, 3, 5), 0)


def test_a_column_of_remarks_merged_from_its_header_hides_no_records(read: Read, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("信息编号", "标题", "发布时间", "发布人"),
        ("A1", "甲", "2024-03-05"),
        ("A2", "乙", "2024-03-06"),
    ):
        sheet.append(row)
    sheet.merge_cells("D1:D3")
    book.save(path)
    assert len(read("published_items", path).records) == 2


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("0000", "0012"),
        ("&quot;A-&quot;000", "A-012"),
        ("[Red]000&quot;号&quot;", "012号"),
        ("00\\.0", "01.2"),
        ("0", "12"),
        ("0&quot;条&quot;", "12"),
        ("#,##0", "12"),
        ("[&gt;5]000", "12"),
    ],
)
def test_a_number_shown_with_zeros_before_it(read: Read, path: Path, code: str, shown: str) -> None:
    styles = (
        f"<numFmts><numFmt numFmtId='170' formatCode='{code}'/></numFmts>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='170'/></cellXfs>"
    )
    data = texts(("信息编号", "标题", "发布时间")) + "<row><c s='1'><v>12</v></c></row>"
    (record,) = read("published_items", crooked(path, data, styles=styles)).records
    assert record.key == shown


@pytest.mark.parametrize(
    ("form", "number", "value"),
    [
        (14, 45352, date(2024, 3, 1)),
        (31, 45352, date(2024, 3, 1)),
        (57, 45352, "单元格只显示到年月"),
        (57, 45353, date(2024, 3, 2)),
        (58, 45352, "单元格只显示月日"),
        (16, 45353, "单元格只显示月日"),
    ],
)
def test_what_a_date_does_not_show_may_be_made_up(
    read: Read, path: Path, form: int, number: int, value: object
) -> None:
    styles = f"<cellXfs><xf numFmtId='0'/><xf numFmtId='{form}'/></cellXfs>"
    cells = f"{text_cell('A1')}{text_cell('甲')}<c s='1'><v>{number}</v></c>"
    data = texts(("信息编号", "标题", "发布时间")) + f"<row>{cells}</row>"
    (record,) = read("published_items", crooked(path, data, styles=styles)).records
    fact = record.fields["published_at"]
    if isinstance(value, str):
        assert fact.kind is Kind.UNREADABLE and fact.note is not None and fact.note.zh.startswith(value)
        assert fact.text == ("2024-03-01" if number == 45352 else "2024-03-02")
    else:
        assert fact.value == value


def test_odd_ways_of_writing_a_sheet(read: Read, path: Path) -> None:
    plain = texts(HEADER, ("P1", "甲 &amp; 乙", "讲座", "2024-03-05", "12"))
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:")
    whole = {
        "xl/worksheets/sheet1.xml": "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        f"<x:sheetData>{prefixed}</x:sheetData></x:worksheet>"
    }
    commented = plain.replace("<t>讲座", "<t><!-- x -->讲<![CDATA[座]]>")
    spread = plain.replace("</c>", "</c>\n  ").replace("<row>", "\n<row>")
    styled = (
        plain.replace("</row>", "<c/><c s='0'/></row>") + "<row r='1048576'><c r='XFD1048576' s='0'/></row>"
    )
    for data, parts in ((plain, {}), (plain, whole), (commented, {}), (spread, {}), (styled, {})):
        (record,) = read("trainings", crooked(path, data, parts=parts)).records
        assert record.fields["title"].value == "甲 & 乙"
        assert record.fields["kind"].value == "专题讲座"


def test_escaped_characters_and_strings_of_many_runs(read: Read, path: Path) -> None:
    cells = text_cell("P_x0041_1") + "<c/><c t='s'><v>0</v></c><c t='s'><v>1</v></c>"
    data = f"{texts(HEADER)}<row>{cells}</row>"
    strings = "<si><t>讲座</t></si><si><r><t>2024</t></r><r><t>-03-05_x000D_</t></r></si>"
    (record,) = read("trainings", crooked(path, data, strings)).records
    assert (record.key, record.fields["held_on"].value) == ("PA1", date(2024, 3, 5))


FORMATS = {164: "[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@", 165: "0.00&quot; days&quot;", 166: "0.0%"}
NUMBER_FORMAT = "<numFmt numFmtId='{}' formatCode='{}'/>"
CELL_FORMAT = "<xf numFmtId='{}'/>"
STYLES = (
    f"<numFmts>{''.join(NUMBER_FORMAT.format(*both) for both in FORMATS.items())}</numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    f"<cellXfs>{''.join(CELL_FORMAT.format(n) for n in (0, 14, *FORMATS))}</cellXfs>"
)


def test_formats_tell_dates_and_percentages(read: Read, path: Path) -> None:
    header = texts(("标题", "发布日期", "起草日期", "要素数量", "重复率"))
    data = header + (
        "<row><c t='inlineStr'><is><t>解读</t></is></c><c s='1'><v>45356</v></c><c s='2'><v>45355.25</v></c>"
        "<c s='3'><v>7</v></c><c s='4'><v>0.28999999999999998</v></c></row>"
    )
    (record,) = read("interpretations", crooked(path, data, styles=STYLES)).records
    assert record.fields["published_on"].value == date(2024, 3, 5)
    assert record.fields["drafted_on"].value == date(2024, 3, 4)
    assert (record.fields["elements"].value, record.fields["copied_share"].value) == (7, 29)


@pytest.mark.parametrize(
    ("written", "form", "text"),
    [
        ("5", "", "5"),
        ("5.0", "", "5"),
        ("-0", "", "-0"),
        ("1.1000000000000001", "", "1.1"),
        ("1E-3", "", "0.001"),
        ("1.5E+3", "", "1500"),
        ("1234567890123456", "", "1234567890123456"),
        ("123456789012345678", "", "123456789012345678"),
        ("1.23456789012346E+17", "", f"{MARK}n1.23456789012346E+17"),
        ("123456789012345000", "", f"{MARK}n123456789012345000"),
        ("1e999", "", f"{MARK}n1e999"),
        ("abc", "", f"{MARK}eabc"),
        ("nan", "", f"{MARK}enan"),
        ("0.5", "percent", "50%"),
        ("1", "percent", "100%"),
        ("1", "date", "1900-01-01"),
        ("59", "date", "1900-02-28"),
        ("60", "date", f"{MARK}e1900-02-29"),
        ("61", "date", "1900-03-01"),
        ("45356.5868055556", "date", "2024-03-05 14:05:00"),
        ("45356.9999999", "date", "2024-03-06"),
        ("0.5", "date", "12:00:00"),
        ("-1", "date", f"{MARK}e-1"),
        ("99999999", "date", f"{MARK}e99999999"),
        ("1e999", "date", f"{MARK}eInfinity"),
        ("-1e999", "date", f"{MARK}e-Infinity"),
        ("1e999", "", f"{MARK}n1e999"),
    ],
)
def test_stored_numbers_as_text(written: str, form: str, text: str) -> None:
    assert number_text(written, form) == text


def test_the_other_epoch() -> None:
    assert number_text("43894", "date", epoch_1904=True) == "2024-03-05"
    assert number_text("0", "date", epoch_1904=True) == "1904-01-01"


@given(st.floats(-(2.0**53) + 1, 2.0**53 - 1).filter(lambda n: n == 0 or abs(n) > 1e-12))
def test_a_float_is_written_out_exactly(number: float) -> None:
    text = number_text(repr(number), "")
    assert float(text) == number and "e" not in text
    assert Decimal(text) == Decimal(repr(number))


@given(st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)))
def test_a_moment_stored_as_a_number_reads_back(when: datetime) -> None:
    whole = when.replace(microsecond=0)
    serial = (whole - datetime(1899, 12, 30)).total_seconds() / 86400
    text = whole.isoformat(sep=" ")
    assert number_text(repr(serial), "date") == text.removesuffix(" 00:00:00")


def test_column_letters() -> None:
    assert [column_number(c) for c in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]
    for wrong in ("", "a", "A1", "ABCD", "Ä"):
        with pytest.raises(ValueError, match=f"^{wrong}$"):
            column_number(wrong)


def test_what_is_damaged_is_refused(refused: Refused, path: Path) -> None:
    plain = texts(HEADER, ("P1", "甲", "讲座", "2024-03-05", "12"))
    for data in (
        plain.replace("</row>", "", 1),
        plain.replace("<row>", "<row r='x'>"),
        plain.replace("<c ", "<c r='A9' ", 1),
        plain.replace("<c ", "<c r='1A' ", 1),
        plain + "<row><c t='s'><v>7</v></c></row>",
        plain + "<row><c t='s'><v>-1</v></c></row>",
    ):
        (problem,) = refused("trainings", crooked(path, data))
        assert problem.code == "ledger.xlsx-damaged"
    whole = crooked(path, plain).read_bytes()
    (problem,) = refused("trainings", whole[: len(whole) // 2])
    assert problem.code == "ledger.xlsx-damaged"
    parts = {"xl/_rels/workbook.xml.rels": ""}
    (problem,) = refused("trainings", crooked(path, plain, parts=parts))
    assert problem.code == "ledger.xlsx-damaged"


@pytest.mark.parametrize(
    ("part", "said"),
    [("word/document.xml", "DOCX"), ("content.xml", "ODS"), ("xl/workbook.bin", "XLSB"), ("a.txt", "ZIP")],
)
def test_other_packages(refused: Refused, path: Path, part: str, said: str) -> None:
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    (problem,) = refused("trainings", path)
    assert problem.code == "ledger.format" and said in problem.message.zh
