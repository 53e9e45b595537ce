"""Tables that were split are one again; two tables that look alike stay two."""

import pytest

from checker import readers
from checker.document import Document, Table
from tests.readers.docx_files import docx, p, tbl, tc, tr

HEADER = (tr(tc("栏", down="restart"), tc("人", span=2)), tr(tc("", down="continue"), "甲", "乙"))
Rows = list[list[str]]


def html(body: str) -> Document:
    return readers.read(f"<html><body>{body}</body></html>".encode(), "page.html")


def page(*parts: Rows, between: str = "") -> Document:
    tables = ["".join(f"<tr><td>{'<td>'.join(row)}" for row in rows) for rows in parts]
    return html(between.join(f"<table>{rows}</table>" for rows in tables))


def tables(document: Document) -> list[Table]:
    return [b.table for b in document.blocks if b.table is not None]


def joins(document: Document) -> int:
    return sum(d.code == "table-joined" for d in document.diagnostics)


HEAD = ["项", "数", "额"]
UPPER: Rows = [HEAD, ["许可", "1", "2"], ["处罚", "3", "4"]]
LOWER: Rows = [HEAD, ["强制", "5", "6"], ["收费", "7", "8"]]


def test_a_repeated_header_joins() -> None:
    found = page(UPPER, LOWER)
    (table,) = tables(found)
    assert (table.rows, table.columns) == (5, 3)
    assert [(c.row, c.column, c.text) for c in table.cells if c.row > 2] == [
        (3, 0, "强制"),
        (3, 1, "5"),
        (3, 2, "6"),
        (4, 0, "收费"),
        (4, 1, "7"),
        (4, 2, "8"),
    ]
    (join,) = (d for d in found.diagnostics if d.code == "table-joined")
    assert join.severity == "repair"
    assert "1 行表头" in join.message.zh
    assert join.location is not None


def test_three_parts() -> None:
    found = page(UPPER, LOWER, [HEAD, ["征收", "9", "10"], ["其他", "0", "0"]])
    assert [t.rows for t in tables(found)] == [7]
    assert joins(found) == 2


def test_places_stay_those_of_the_parts() -> None:
    body = tbl(*HEADER, tr("许可", "1", "2")) + tbl(*HEADER, tr("处罚", "3", "4"))
    (table,) = tables(readers.read(docx(body), "x.docx"))
    assert table.rows == 4
    assert {c.text: c.location.cell for c in table.cells}["4"] == (2, 3, 3)


def test_a_label_over_the_seam() -> None:
    upper = tbl(
        *HEADER,
        tr("一", "1", "2"),
        tr(tc("二", down="restart"), "3", "4"),
        tr(tc("", down="continue"), "5", "6"),
    )
    lower = tbl(
        *HEADER,
        tr(tc("二", down="restart"), "7", "8"),
        tr(tc("", down="continue"), "9", "0"),
        tr("三", "0", "0"),
    )
    (table,) = tables(readers.read(docx(upper + lower), "x.docx"))
    assert [(c.row, c.row_span, c.text) for c in table.cells if c.column == 0] == [
        (0, 2, "栏"),
        (2, 1, "一"),
        (3, 4, "二"),
        (7, 1, "三"),
    ]
    assert table.rows == 8


def test_figures_never_merge_over_the_seam() -> None:
    lower: Rows = [HEAD, ["收费", "3", "4"], ["征收", "3", "4"]]
    (table,) = tables(page(UPPER, lower))
    assert all(c.row_span == 1 for c in table.cells)
    assert len(table.cells) == 15


@pytest.mark.parametrize(
    "between", ["", "<p>（续表）</p>", "<p>续表</p>", "<p>接上表</p>", "<p style='display:none'>藏</p>"]
)
def test_what_may_stand_between(between: str) -> None:
    assert len(tables(page(UPPER, LOWER, between=between))) == 1


@pytest.mark.parametrize(
    "between", ["<p>（二）行政诉讼</p>", "<h2>四、其他</h2>", "<p>续表中的说明如下。</p>", "<p>表三</p>"]
)
def test_text_between_keeps_tables_apart(between: str) -> None:
    assert len(tables(page(UPPER, LOWER, between=between))) == 2


def test_the_same_table_for_another_year_is_another_table() -> None:
    other: Rows = [HEAD, ["许可", "7", "2"], ["处罚", "3", "9"]]
    assert len(tables(page(UPPER, other))) == 2


@pytest.mark.parametrize(
    "other",
    [
        UPPER,
        [HEAD],
        [HEAD, ["许可", "1", "2"]],
        [["项", "数", "金额"], ["强制", "5", "6"], ["收费", "7", "8"]],
        [[*HEAD, "注"], ["强制", "5", "6", "无"], ["收费", "7", "8", "无"]],
        [["强制", "5", "6"], ["收费", "7", "8"]],
    ],
)
def test_tables_that_are_no_continuation(other: Rows) -> None:
    assert len(tables(page(UPPER, other))) == 2


def test_a_header_that_reaches_into_the_rows_is_no_header() -> None:
    upper = "<table><tr><td rowspan=2>项<td>数<tr><td>1<tr><td>乙<td>2</table>"
    lower = "<table><tr><td rowspan=2>项<td>数<tr><td>3<tr><td>丁<td>4</table>"
    assert len(tables(html(upper + lower))) == 2


def test_writing_does_not_matter() -> None:
    lower: Rows = [["項", "數 ", "额"], ["强制", "5", "6"], ["收费", "7", "8"]]
    assert len(tables(page(UPPER, lower))) == 1


def test_flattened_tables_are_left_as_they_are() -> None:
    text = "一、总体情况\n正文。\n项 | 数\n许可 | 1\n\n项 | 数\n处罚 | 2\n"
    found = readers.read(text.encode(), "report.txt")
    assert joins(found) == 0


def test_notes_between_stay_behind_the_table() -> None:
    found = page(UPPER, LOWER, between="<div class='footer'>主办：办公室</div>")
    assert [b.kind for b in found.blocks] == ["table", "note"]


def test_paragraphs_are_counted_as_before() -> None:
    body = p("前") + tbl(*HEADER, tr("许可", "1", "2")) + tbl(*HEADER, tr("处罚", "3", "4")) + p("后")
    found = readers.read(docx(body), "x.docx")
    assert [(b.kind, b.location.paragraph) for b in found.blocks] == [
        ("paragraph", 1),
        ("table", None),
        ("paragraph", 2),
    ]
