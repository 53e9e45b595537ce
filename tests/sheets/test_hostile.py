"""Files that are no sheet of indicators, or are made to harm: refused in a sentence, within limits."""

import zipfile
from pathlib import Path

import pytest

from checker.errors import InputError, Problem
from checker.sheets import imported
from checker.sheets.grid import MOST_ROWS
from tests.ledgers.workbooks import crooked, text_cell, texts
from tests.sheets.layouts import Sheet, saved, shares

HEADER = ("一级指标", "分值", "评分标准")


def refused(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        imported(path, "demo")
    return caught.value.problems


def one(path: Path) -> str:
    (problem,) = refused(path)
    return problem.code


def test_what_is_no_workbook(tmp_path: Path) -> None:
    text = tmp_path / "s.xlsx"
    text.write_text("一级指标,分值\n公开,100\n", encoding="utf-8")
    assert one(text) == "sheet.format"
    assert one(tmp_path / "missing.xlsx") == "sheet.unreadable"
    whole = saved(tmp_path / "whole.xlsx", shares()).read_bytes()
    text.write_bytes(whole[: len(whole) // 2])
    assert one(text) == "ledger.xlsx-damaged"
    with zipfile.ZipFile(text, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    (problem,) = refused(text)
    assert problem.code == "sheet.format" and "DOCX" in problem.message.zh


def test_document_types_and_bombs(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    crooked(path, texts(HEADER), prologue="<!DOCTYPE x [<!ENTITY a 'b'>]>")
    assert one(path) == "ledger.xlsx-dtd"
    crooked(path, texts(HEADER, ("公" * 3_000_000, "1", "甲")))
    assert one(path) == "ledger.xlsx-size"


@pytest.mark.parametrize("row", [MOST_ROWS + 1, 10**9])
def test_rows_far_below(tmp_path: Path, row: int) -> None:
    far = text_cell("甲", f"r='A{row}'")
    data = f"{texts(HEADER)}<row r='{row}'>{far}</row>"
    assert one(crooked(tmp_path / "s.xlsx", data)) == "sheet.extent"


def test_columns_far_out(tmp_path: Path) -> None:
    far = text_cell("甲", "r='ZZ2'")
    data = f"{texts(HEADER)}<row r='2'>{far}</row>"
    assert one(crooked(tmp_path / "s.xlsx", data)) == "sheet.extent"


def test_one_text_in_very_many_cells(tmp_path: Path) -> None:
    row = "<row>" + "<c t='s'><v>0</v></c>" * 90 + "</row>"
    data = texts(HEADER) + row * 200
    path = crooked(tmp_path / "s.xlsx", data, f"<si><t>{'甲' * 1000}</t></si>")
    assert one(path) == "sheet.extent"


@pytest.mark.parametrize(
    "areas", [("A2:B4", "B3:C3"), ("A2:CV5000", "B3:C3"), ("A2:XFD9",), ("A2:A9999999",)]
)
def test_merged_cells_that_cannot_be(tmp_path: Path, areas: tuple[str, ...]) -> None:
    merged = "".join(f"<mergeCell ref='{area}'/>" for area in areas)
    sheet = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        f"{texts(HEADER, ('公开', '100', '甲'))}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    )
    path = crooked(tmp_path / "s.xlsx", "", parts={"xl/worksheets/sheet1.xml": sheet})
    assert one(path) == "sheet.merged"


def test_cells_without_a_value_are_all_named(tmp_path: Path) -> None:
    long = "<c r='C2'><v>12345678901234500000</v></c>"
    cells = f"<c r='A2' t='e'><v>#REF!</v></c><c r='B2'><f>SUM(A1)</f></c>{long}"
    path = crooked(tmp_path / "s.xlsx", f"{texts(HEADER)}<row r='2'>{cells}</row>")
    problems = refused(path)
    assert [p.message.zh.partition("：")[0] for p in problems] == ["台账!A2", "台账!B2", "台账!C2"]


def test_nothing_below_the_header(tmp_path: Path) -> None:
    assert one(saved(tmp_path / "s.xlsx", Sheet([HEADER]))) == "sheet.empty"
    assert one(saved(tmp_path / "s.xlsx", Sheet([HEADER, ["公开", 0, "甲"]]))) == "sheet.empty"


def test_absurd_numbers(tmp_path: Path) -> None:
    rows = [HEADER, ["公开", 10**9, "甲"], ["解读", "10%%", "乙"], ["互动", -5, "丙"]]
    assert [p.code for p in refused(saved(tmp_path / "s.xlsx", Sheet(rows)))] == [
        "sheet.points",
        "sheet.points",
    ]
