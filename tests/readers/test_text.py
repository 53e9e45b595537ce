"""Plain text and Markdown, one hazard at a time."""

import pytest

from checker import readers
from checker.document import Block, Document, Table


def read(text: str) -> Document:
    return readers.read(text.encode(), "report.txt")


def shape(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, b.text) for b in document.blocks]


def table(text: str) -> Table:
    (block,) = read(text).blocks
    assert block.table is not None
    return block.table


def rows(found: Table) -> list[list[str]]:
    return [[c.text for c in found.cells if c.row == row] for row in range(found.rows)]


def test_headings_and_paragraphs() -> None:
    document = read(
        "# 某县年度报告\n\n##二、情况\n一、总体情况\n  (一)主动公开\n（一）主动公开。全年很好。\n正文\n"
    )
    assert shape(document) == [
        ("heading", 1, "某县年度报告"),
        ("heading", 2, "二、情况"),
        ("heading", 2, "一、总体情况"),
        ("heading", 3, "(一)主动公开"),
        ("paragraph", 0, "（一）主动公开。全年很好。"),
        ("paragraph", 0, "正文"),
    ]
    places = [(b.location.line, b.location.character) for b in document.blocks]
    assert places == [(1, 3), (3, 3), (4, 1), (5, 3), (6, 1), (7, 1)]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体情况", 2),
        ("十二、其他", 2),
        ("四．复议情况", 2),
        ("（三）平台建设：", 3),
        ("(二)依申请公开。", 3),
        ("（一）甲；（二）乙", 0),
        ("一是加强领导", 0),
        ("1.属于国家秘密", 0),
        ("一、" + "长" * 40, 0),
    ],
)
def test_an_enumerator_makes_a_short_line_a_heading(line: str, level: int) -> None:
    (block,) = read(line).blocks
    assert (block.kind, block.level) == ("heading" if level else "paragraph", level)


def test_emphasis_marks_are_no_text_and_places_stay_exact() -> None:
    (block,) = read("**一是**公开信息**27**条。").blocks
    assert block.text == "一是公开信息27条。"
    place = block.locate(block.text.index("27"), block.text.index("条"))
    assert (place.line, place.character, place.quote) == (1, 13, "27")


def test_invisible_characters_do_not_part_a_number() -> None:
    heading, paragraph, rows_ = read("\u200b一、情况\n公开12\u200b34条\n1\ufeff2 | 3 |\n\u200b\n").blocks
    assert (heading.kind, heading.text, heading.location.character) == ("heading", "一、情况", 2)
    assert paragraph.text == "公开1234条"
    assert paragraph.locate(4, 6).character == 6
    assert rows_.table is not None
    assert rows_.table.cells[0].text == "12"


def test_an_unpaired_mark_is_text() -> None:
    assert read("约**条").blocks[0].text == "约**条"


FLATTENED = """第二十条第一项 | |||
信息内容 | 制发 | 废止 | 有效 |
规章 | 2 |  | 7 |
许可 | 95 | ||
"""


def test_padding_is_no_cell_and_a_blank_is_one() -> None:
    found = table(FLATTENED)
    assert rows(found) == [
        ["第二十条第一项"],
        ["信息内容", "制发", "废止", "有效"],
        ["规章", "2", "", "7"],
        ["许可", "95"],
    ]
    assert (found.rows, found.columns, found.exact) == (4, 4, False)
    blank = next(c for c in found.cells if not c.text)
    assert (blank.row, blank.column, blank.location.line) == (2, 2, 3)


def test_blanks_at_the_end_of_a_row_are_cells_too() -> None:
    assert rows(table("甲 | 1 |  |  | |\n乙 | 1 | 2 | 3 | |\n"))[0] == ["甲", "1", "", ""]


def test_rows_between_pipes_without_a_rule() -> None:
    found = table("| 第二十条 | |||\n| 规章 | 2 | | 7 |\n")
    assert rows(found) == [["第二十条"], ["规章", "2", "", "7"]]
    assert not found.exact


def test_a_markdown_table_keeps_its_grid() -> None:
    found = table("| 甲 | 乙 | 丙 |\n|:--|---:|---|\n| 1 |  | - |\n| **2** | 3 | |\n")
    assert found.exact
    assert rows(found) == [["甲", "乙", "丙"], ["1", "", "-"], ["2", "3", ""]]


def test_a_markdown_table_with_uneven_rows_has_no_exact_grid() -> None:
    found = table("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 3 |\n")
    assert not found.exact
    assert rows(found) == [["甲", "乙"], ["1", "2", "3"]]


def test_a_rule_opens_a_new_table() -> None:
    first, second = (
        b.table for b in read("| 1 | 2 |\n|---|---|\n| 甲 | 3 | 4 |\n|---|---|---|\n| 乙 | 5 | 6 |\n").blocks
    )
    assert first is not None
    assert second is not None
    assert (first.exact, second.exact) == (True, True)
    assert (rows(first), rows(second)) == ([["1", "2"]], [["甲", "3", "4"], ["乙", "5", "6"]])


def test_rows_of_dashes_are_data() -> None:
    assert rows(table("| 甲 | 乙 |\n|---|---|\n| - | - |\n"))[1] == ["-", "-"]


@pytest.mark.parametrize("line", ["登录 | 注册", "首页 | 公开 | 互动 | 服务", "甲|乙"])
def test_a_menu_is_no_table(line: str) -> None:
    assert shape(read(line)) == [("paragraph", 0, line)]


@pytest.mark.parametrize("line", ["| 1 | 2 |", "第二十条 |||", "0 | 0 | 1 | 1"])
def test_one_row_alone(line: str) -> None:
    assert table(line).rows == 1


STACKED = """第一项 |
|||
信息
内容 |
制发 |
废止 |
有效 |
规章 |
2 |
|
7 |
许可 |
95 |
||
"""
OPENED = """|
第一项 | |||
|
信息内容 |
制发 |
废止 |
有效 |
|
规章 |
2 |
|
7 |
|
许可 |

95 | ||
"""


@pytest.mark.parametrize("text", [STACKED, OPENED])
def test_a_cell_a_line_with_pipes_keeps_its_rows(text: str) -> None:
    found = table(text)
    assert rows(found) == [
        ["第一项"],
        ["信息内容", "制发", "废止", "有效"],
        ["规章", "2", "", "7"],
        ["许可", "95"],
    ]
    assert not found.exact
    lines = text.split("\n")
    for cell in found.cells:
        written = lines[(cell.location.line or 0) - 1]
        assert written[(cell.location.character or 0) - 1 :].startswith(cell.text[:2])


def test_a_stack_of_uneven_rows_is_read_cell_by_cell() -> None:
    document = read(STACKED.replace("许可 |\n95 |", "许可 |\n95 |\n96 |"))
    assert [b.text for b in document.blocks][-5:] == ["2", "7", "许可", "95", "96"]
    assert all(b.table is None for b in document.blocks)


def test_bars_between_the_cells_are_none() -> None:
    assert [b.text for b in read("规章\n|\n0\n|\n0\n|\n").blocks] == ["规章", "0", "0"]


def test_many_labels_without_figures_are_read_in_time() -> None:
    assert len(read("甲\n乙 |\n" * 40_000).blocks) > 40_000


def test_tab_separated_rows() -> None:
    found = table("规章\t0\t\t0\n文件\t3\t1\t8\n")
    assert rows(found) == [["规章", "0", "", "0"], ["文件", "3", "1", "8"]]
    assert [c.location.character for c in found.cells] == [1, 4, 6, 7, 1, 4, 6, 8]


def test_one_cell_a_line_stays_as_it_is() -> None:
    assert [b.text for b in read("规章\n\n0\n\n/\n\n—\n").blocks] == ["规章", "0", "/", "—"]


def test_columns_laid_out_by_spaces_keep_them() -> None:
    assert [b.text for b in read("规章      0     13\n文件      3      8\n").blocks] == [
        "规章      0     13",
        "文件      3      8",
    ]


WRAPPED = """一、总体情况
去年本机关围绕中心工作推进各项公开任务并且细化
各项要求，全年召开会议 3 次，印发通知 2 件，公
开各类信息 1295 条，比上年增加许多，群众普遍反
映良好，办理时间明显缩短，答复质量稳步提高，有
— 1 —

关做法在全市推广。
（一）主动公开
制定方案并且分解任务，逐项明确责任单位和完成时
限，按月通报进展情况，年底统一组织验收和考核评
价，结果与绩效挂钩，推动工作落到实处，取得了较
好的社会反响，有关经验多次在会议上作了交流和推
广，进一步增强了各单位做好公开工作的责任感和较
好成效，得到上级肯定。
表格标题不满一行
1.属于国家秘密
0
"""


def test_a_wrapped_text_is_joined_also_across_a_page_number() -> None:
    document = read(WRAPPED)
    assert [b.text[-9:] for b in document.blocks] == [
        "一、总体情况",
        "关做法在全市推广。",
        "（一）主动公开",
        "效，得到上级肯定。",
        "表格标题不满一行",
        "1.属于国家秘密",
        "0",
    ]
    report = document.blocks[1]
    assert "公开各类信息 1295 条" in report.text
    assert "有关做法在全市推广" in report.text
    assert [place.line for _, place in report.line_starts] == [2, 3, 4, 5, 8]
    start = report.text.index("公开各类")
    assert report.locate(start + 1, start + 5).line == 4
    (mark,) = document.diagnostics
    assert (mark.code, mark.location and mark.location.quote) == ("page-number", "— 1 —")


def test_a_text_with_full_paragraphs_is_not_joined() -> None:
    lines = [
        "本年度公开工作平稳有序推进，各项任务如期完成，群众满意" + "好" * n + "，" for n in range(0, 60, 5)
    ]
    assert len(read("\n".join(lines)).blocks) == len(lines)


@pytest.mark.parametrize("mark", ["— 1 —", "-12-", "  － 3 －", "第 2 页 共 9 页", "第3页"])
def test_page_numbers_are_left_out_and_reported(mark: str) -> None:
    document = read(f"正文\n{mark}\n正文")
    assert [b.text for b in document.blocks] == ["正文", "正文"]
    assert [d.code for d in document.diagnostics] == ["page-number"]


@pytest.mark.parametrize("line", ["-1", "1", "—", "-", "第3页表格"])
def test_what_only_looks_like_a_page_number_stays(line: str) -> None:
    assert [b.text for b in read(f"正文\n{line}").blocks] == ["正文", line]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(end: str) -> None:
    blocks: tuple[Block, ...] = read(end.join(["甲", "", "乙", "丙 | 1 |", "丁 | 2 |"])).blocks
    assert [b.location.line for b in blocks] == [1, 3, 4]
