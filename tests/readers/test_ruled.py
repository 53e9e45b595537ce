"""Pages of characters and rules to blocks: grids, merged cells, tables cut by pages, paragraphs."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import Block, Diagnostic, Table
from checker.readers._ruled import Glyph, Page, Segment, recovered
from checker.readers._ruled.lines import Line

SIZE = 10.0
WIDTH, HEIGHT = 500.0, 700.0


def write(text: str, left: float, top: float, size: float = SIZE) -> list[Glyph]:
    """One line; ideographs are as wide as `size`, other characters half of it."""
    glyphs, x = [], left
    for character in text:
        wide = size if character >= "\u2e80" else size / 2
        glyphs.append(Glyph(character, x, top, x + wide, top + size))
        x += wide
    return glyphs


def down(text: str, left: float, top: float) -> list[Glyph]:
    """One character below the other."""
    return [g for n, c in enumerate(text) for g in write(c, left, top + n * SIZE)]


def across(y: float, left: float, right: float) -> Segment:
    return Segment(left, y, right, y)


def upright(x: float, top: float, bottom: float) -> Segment:
    return Segment(x, top, x, bottom)


def grid(xs: list[float], ys: list[float]) -> list[Segment]:
    """All rules of a grid without merged cells."""
    return [across(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def page(number: int, glyphs: Iterable[Glyph], segments: Iterable[Segment] = (), **more: object) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(glyphs), tuple(segments), **more)  # type: ignore[arg-type]


def read(*pages: Page) -> tuple[list[Block], list[Diagnostic]]:
    blocks, diagnostics = recovered(pages, "a.pdf")
    return list(blocks), list(diagnostics)


def table_of(blocks: list[Block]) -> Table:
    (table,) = (b.table for b in blocks if b.table)
    return table


def cells_of(table: Table) -> dict[tuple[int, int, int, int], str]:
    return {(c.row, c.column, c.row_span, c.column_span): c.text for c in table.cells}


def codes(diagnostics: list[Diagnostic]) -> list[str]:
    return [d.code for d in diagnostics]


XS = [50.0, 150.0, 250.0, 350.0]


def filled(rows: list[list[str]], ys: list[float], xs: list[float] = XS) -> list[Glyph]:
    return [
        g
        for words, (top, _) in zip(rows, pairwise(ys), strict=True)
        for text, x in zip(words, xs, strict=False)
        for g in write(text, x + 3, top + 5)
    ]


def test_cells_have_their_text_and_their_place() -> None:
    ys = [100.0, 120.0, 140.0]
    blocks, diagnostics = read(page(1, filled([["一", "二", "3"], ["四", "", "6"]], ys), grid(XS, ys)))
    assert cells_of(table_of(blocks)) == {
        (0, 0, 1, 1): "一",
        (0, 1, 1, 1): "二",
        (0, 2, 1, 1): "3",
        (1, 0, 1, 1): "四",
        (1, 1, 1, 1): "",
        (1, 2, 1, 1): "6",
    }
    last = table_of(blocks).cells[-1].location
    assert (last.page, last.box, last.cell, last.quote) == (1, (250, 120, 350, 140), (1, 2, 3), "6")
    assert table_of(blocks).exact
    assert not diagnostics


def test_merged_cells_are_kept() -> None:
    ys = [100.0, 120.0, 140.0]
    rules = [across(y, 50, 350) for y in (100, 140)] + [upright(x, 100, 140) for x in (50, 150, 350)]
    rules += [across(120, 150, 350), upright(250, 120, 140)]
    blocks, _ = read(page(1, filled([["标签", "总数"], ["", "1", "2"]], ys), rules))
    assert cells_of(table_of(blocks)) == {
        (0, 0, 2, 1): "标签",
        (0, 1, 1, 2): "总数",
        (1, 1, 1, 1): "1",
        (1, 2, 1, 1): "2",
    }


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Rows, columns, and rectangles (row, column, rows, columns) that cover a grid, each edge in use."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = [[True] * columns for _ in range(rows)]
    tiles = []
    for row in range(rows):
        for column in range(columns):
            if not free[row][column]:
                continue
            wide = draw(st.integers(1, 3))
            wide = next((n for n in range(wide) if column + n >= columns or not free[row][column + n]), wide)
            tall = min(draw(st.integers(1, 3)), rows - row)
            tiles.append((row, column, tall, wide))
            for r in range(row, row + tall):
                free[r][column : column + wide] = [False] * wide
    return rows, columns, tiles


@given(tilings())
def test_any_tiling_of_a_grid_is_recovered(tiling: tuple[int, int, list[tuple[int, int, int, int]]]) -> None:
    rows, columns, tiles = tiling
    # Keep only the edges some tile has, as no rule could show the others.
    ys = sorted({t[0] for t in tiles} | {rows})
    xs = sorted({t[1] for t in tiles} | {columns})
    wanted = {
        (ys.index(r), xs.index(c), ys.index(r + h) - ys.index(r), xs.index(c + w) - xs.index(c)): f"甲{n}"
        for n, (r, c, h, w) in enumerate(tiles)
        if r + h in ys and c + w in xs
    }
    if len(wanted) < len(tiles) or len(tiles) < 3 or len(xs) < 3:
        return
    glyphs, rules = [], []
    for n, (r, c, h, w) in enumerate(tiles):
        left, top, right, bottom = 50 + 40 * c, 50 + 30 * r, 50 + 40 * (c + w), 50 + 30 * (r + h)
        rules += [across(top, left, right), across(bottom, left, right)]
        rules += [upright(left, top, bottom), upright(right, top, bottom)]
        glyphs += write(f"甲{n}", left + 3, top + 5)
    blocks, _ = read(page(1, glyphs, rules))
    assert cells_of(table_of(blocks)) == wanted


def test_a_dashed_and_a_double_rule_are_rules() -> None:
    ys = [100.0, 120.0, 140.0]
    dashes = [across(120, x, x + 4) for x in range(50, 350, 8)]
    double = [upright(150, 100, 140), upright(153, 100, 140)]
    outline = [across(y, 50, 350) for y in (100, 140)] + [upright(x, 100, 140) for x in (50, 250, 350)]
    blocks, _ = read(page(1, filled([["一", "2", "3"], ["四", "5", "6"]], ys), outline + dashes + double))
    assert [c.text for c in table_of(blocks).cells] == ["一", "2", "3", "四", "5", "6"]


def test_characters_below_each_other_read_in_the_order_of_the_file() -> None:
    ys = [100.0, 150.0, 170.0]
    header = down("商业", 65, 105) + down("企业", 53, 105)  # columns from right to left
    glyphs = header + filled([["", "科研", "其他"], ["1", "2", "3"]], ys)
    blocks, _ = read(page(1, glyphs, grid(XS, ys)))
    assert table_of(blocks).cells[0].text == "商业企业"


def test_digits_drawn_out_of_order_read_from_left_to_right() -> None:
    ys = [100.0, 120.0, 140.0]
    number = list(reversed(write("1480", 153, 105)))
    blocks, _ = read(page(1, number + filled([["一", "", "3"], ["四", "5", "6"]], ys), grid(XS, ys)))
    assert table_of(blocks).cells[1].text == "1480"


# Tables cut by pages


HEADER = ["项目", "自然人", "总计"]


def test_a_table_cut_by_the_page_is_one_and_its_header_is_dropped() -> None:
    first, second = [600.0, 620.0, 640.0], [50.0, 70.0, 90.0]
    blocks, diagnostics = read(
        page(1, filled([HEADER, ["1.甲", "1", "2"]], first), grid(XS, first)),
        page(2, filled([HEADER, ["2.乙", "3", "4"]], second), grid(XS, second)),
    )
    table = table_of(blocks)
    assert [c.text for c in table.cells] == [*HEADER, "1.甲", "1", "2", "2.乙", "3", "4"]
    assert codes(diagnostics) == ["repeated-header", "table-rejoined"]
    assert (table.cells[-1].location.page, table.cells[-1].location.cell) == (2, (1, 2, 3))


def test_a_header_repeated_inside_a_page_is_dropped() -> None:
    ys = [100.0, 120.0, 140.0, 160.0, 180.0]
    rows = [HEADER, ["1.甲", "1", "2"], HEADER, ["2.乙", "3", "4"]]
    blocks, diagnostics = read(page(1, filled(rows, ys), grid(XS, ys)))
    assert table_of(blocks).rows == 3
    assert codes(diagnostics) == ["repeated-header"]


def test_pages_may_show_different_columns() -> None:
    first, second = [600.0, 620.0, 640.0], [50.0, 70.0, 90.0]
    wide = [50.0, 250.0, 350.0]
    blocks, _ = read(
        page(1, filled([["总标签", "1"], ["下一", "2"]], first, wide), grid(wide, first)),
        page(2, filled([["甲", "乙", "3"], ["丙", "丁", "4"]], second), grid(XS, second)),
    )
    assert table_of(blocks).columns == 3
    assert (0, 0, 1, 2) in cells_of(table_of(blocks))


def test_a_row_the_page_cut_through_is_made_one() -> None:
    ys, above = [600.0, 620.0, 650.0], [30.0, 50.0, 70.0]
    open_below = [across(y, 50, 350) for y in ys[:2]] + [upright(x, 600, 650) for x in XS]
    open_above = [across(y, 50, 350) for y in above[1:]] + [upright(x, 30, 70) for x in XS]
    blocks, diagnostics = read(
        page(1, filled([HEADER, ["3.要求提", "0", "4"]], ys), open_below),
        page(2, filled([["供出版物", "", ""], ["4.丁", "5", "6"]], above), open_above),
    )
    assert [c.text for c in table_of(blocks).cells][3:] == ["3.要求提供出版物", "0", "4", "4.丁", "5", "6"]
    assert "row-rejoined" in codes(diagnostics)


def test_the_rest_of_a_full_cell_belongs_to_the_row_before() -> None:
    """Where the page end closes the row with a rule, only text that had no more room goes on."""
    xs = [50.0, 100.0, 200.0, 300.0]
    first, second = [600.0, 620.0, 640.0], [50.0, 70.0, 90.0]
    blocks, _ = read(
        page(1, filled([HEADER, ["3.要求", "0", "4"]], first, xs), grid(xs, first)),
        page(2, filled([["出版物", "", ""], ["4.丁", "5", "6"]], second, xs), grid(xs, second)),
    )
    assert [c.text for c in table_of(blocks).cells][3:] == ["3.要求出版物", "0", "4", "4.丁", "5", "6"]


def test_a_row_of_blank_cells_after_the_page_end_stays_a_row() -> None:
    first, second = [600.0, 620.0, 640.0], [50.0, 70.0, 90.0]
    blocks, _ = read(
        page(1, filled([HEADER, ["行政处罚", "0", "4"]], first), grid(XS, first)),
        page(2, filled([["行政强制", "", ""], ["收费", "5", "6"]], second), grid(XS, second)),
    )
    assert table_of(blocks).rows == 4
    assert (2, 0, 1, 1) in cells_of(table_of(blocks))


NARROW = [50.0, 140.0, 176.0, 212.0]


def over_the_page_end(
    above: list[str], below: list[str], heights: tuple[float, float] = (20.0, 20.0)
) -> tuple[Table, list[Diagnostic]]:
    """A table of narrow figure columns; the page end closes the row `above` with a rule."""
    first = [600.0, 620.0, 620.0 + heights[0]]
    second = [50.0, 50.0 + heights[1]]
    second.append(second[-1] + 20)
    blocks, diagnostics = read(
        page(1, filled([HEADER, above], first, NARROW), grid(NARROW, first)),
        page(2, filled([below, ["（三）丙", "5", "6"]], second, NARROW), grid(NARROW, second)),
    )
    return table_of(blocks), diagnostics


@pytest.mark.parametrize(
    ("above", "below", "row"),
    [
        (
            ["二乙乙（只计", "0", "７，８"],
            ["其他）", "", "０４"],
            ["二乙乙（只计其他）", "0", "７，８０４"],
        ),
        (["二乙乙（只计", "", ""], ["其他）", "0", "4"], ["二乙乙（只计其他）", "0", "4"]),
        (["（二）只计其他", "0", "7,80"], ["", "", "4"], ["（二）只计其他", "0", "7,804"]),
        (
            ["二乙乙（只计", "0", "12345"],
            ["其他）", "", "67"],
            ["二乙乙（只计其他）", "0", "12345 67\ufffd"],
        ),
        (["（二）乙", "", ""], ["", "3", "4"], ["（二）乙", "3", "4"]),
        (["", "3", "4"], ["部分公开", "", ""], ["部分公开", "3", "4"]),
    ],
)
def test_a_cut_row_is_one_where_its_text_says_so(above: list[str], below: list[str], row: list[str]) -> None:
    table, diagnostics = over_the_page_end(above, below)
    assert [c.text for c in table.cells] == [*HEADER, *row, "（三）丙", "5", "6"]
    assert "row-rejoined" in codes(diagnostics)
    assert ("figure-cut" in codes(diagnostics)) == ("\ufffd" in row[-1])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["行政许可", "", ""], ["行政处罚", "5", "6"]),
        (["行政许可", "1", "2"], ["行政处罚", "", ""]),
        (["（一）甲（乙", "1", "2"], ["（二）丙）", "", ""]),
        (["（一）甲（乙", "1", "2"], ["丙）", "3", "4"]),
        (["行政许可", "1", "7,8"], ["行政处罚", "", "04"]),
        (["（一）只计其他", "1", "7,8"], ["1.甲", "", "04"]),
        (["（一）只计其他", "1", "7,804"], ["", "", "4"]),
        (["", "3", "4"], ["（二）公开", "", ""]),
        (["", "", ""], ["（二）公开", "3", "4"]),
        (["行政许可", "1", "2"], ["行政许可", "1", "2"]),
    ],
)
def test_two_true_rows_at_a_page_end_stay_two(above: list[str], below: list[str]) -> None:
    table, diagnostics = over_the_page_end(above, below)
    assert [c.text for c in table.cells] == [*HEADER, *above, *below, "（三）丙", "5", "6"]
    assert codes(diagnostics) == ["table-rejoined"]


def test_an_empty_sliver_at_the_page_end_is_no_row() -> None:
    blank, row = ["", "", ""], ["（二）乙", "3", "4"]
    for table, diagnostics in (
        over_the_page_end(blank, row, (12.0, 20.0)),
        over_the_page_end(row, blank, (20.0, 12.0)),
    ):
        assert [c.text for c in table.cells] == [*HEADER, *row, "（三）丙", "5", "6"]
        assert codes(diagnostics) == ["table-rejoined", "sliver-dropped"]


def hanging(row: list[str], again: list[str], left: float = 0.0) -> tuple[list[Block], list[Diagnostic]]:
    """A row drawn on both sides of the page end, its line reaching below the rules of the first page."""
    first, second = [600.0, 620.0], [30.0, 50.0, 70.0]
    open_below = [across(y, 50, 350) for y in first] + [upright(x, 600, 632) for x in XS]
    open_above = [across(y, 50, 350) for y in second[1:]] + [upright(x, 30, 70) for x in XS]
    line = [g for text, x in zip(row, XS, strict=True) for g in write(text, x + 3 + left, 628)]
    return read(
        page(1, filled([HEADER], first) + line, open_below),
        page(2, filled([again, ["（三）丙", "5", "6"]], second), open_above),
    )


def test_a_row_drawn_on_both_pages_is_taken_once() -> None:
    blocks, diagnostics = hanging(["（二）乙", "3", "4", ""], ["（二）乙", "3", "4"])
    assert [c.text for c in table_of(blocks).cells] == [*HEADER, "（二）乙", "3", "4", "（三）丙", "5", "6"]
    assert [b.kind for b in blocks] == ["table"]
    assert codes(diagnostics) == ["table-rejoined", "row-rejoined"]


def test_figures_on_both_sides_that_may_be_one_or_two_are_unread() -> None:
    blocks, diagnostics = hanging(["（二）乙", "3", "4", ""], ["（二）乙", "3", "5"])
    texts = [c.text for c in table_of(blocks).cells][3:6]
    assert texts[2] == "4 5\ufffd"
    assert "figure-cut" in codes(diagnostics)


@pytest.mark.parametrize("hanging", [["公开"], ["公", "开", "甲乙"]])
def test_lines_of_a_merged_cell_beyond_the_rule_of_the_cells_beside_it_are_its_own(
    hanging: list[str],
) -> None:
    """The page end goes through the first column; the cells beside it are closed higher."""
    ys = [100.0, 120.0, 140.0]
    rules = [across(100, 50, 350), across(120, 150, 350), across(140, 150, 350)]
    rules += [upright(x, 100, 140) for x in XS]
    words = [*write("不予", 53, 123), *filled([["", "2", "3"], ["", "5", "6"]], ys)]
    words += [g for n, text in enumerate(hanging) for g in write(text, 53, 142 + n * SIZE)]
    rest = [across(80, 150, 350), across(100, 50, 350), *(upright(x, 80, 100) for x in XS)]
    blocks, _ = read(page(1, words, rules), page(2, filled([["", "8", "9"]], [80.0, 100.0]), rest))
    cells = cells_of(table_of(blocks))
    assert [b.kind for b in blocks] == ["table"]
    assert cells[0, 0, 3, 1] == "不予" + "".join(hanging)
    assert [cells[row, column, 1, 1] for row in range(3) for column in (1, 2)] == list("235689")


def test_a_line_below_closed_cells_is_in_none() -> None:
    ys = [100.0, 120.0, 140.0]
    words = [*filled([["一", "2", "3"], ["四", "5", "6"]], ys), *write("注", 53, 142)]
    blocks, _ = read(page(1, words, grid(XS, ys)))
    assert [b.text for b in blocks] == ["", "注"]


def test_text_hanging_over_a_column_edge_is_in_no_cell() -> None:
    blocks, _ = hanging(["（二）乙", "34", "56", ""], ["", "", ""], left=94.0)
    assert not any("34" in c.text for b in blocks if b.table for c in b.table.cells)


def split_cell(low: float, top: float) -> list[list[str]]:
    """A label cell above which a rule parts a blank one, `low` points high; top: of its text."""
    rules = [across(y, 50, 350) for y in (100, 120, 140, 160)] + [across(120 + low, 50, 150)]
    rules += [upright(x, 100, 160) for x in XS]
    glyphs = filled([["甲", "1", "2"]], [100.0, 120.0]) + write("乙", 53, top) + write("3", 153, 125)
    blocks, _ = read(page(1, [*glyphs, *filled([["丙", "5", "6"]], [140.0, 160.0])], rules))
    table = table_of(blocks)
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def test_a_rule_through_the_text_of_a_cell_is_none() -> None:
    assert split_cell(8.5, 125) == [["甲", "1", "2"], ["乙", "3", ""], ["丙", "5", "6"]]


@pytest.mark.parametrize(("low", "top"), [(8.5, 129.0), (10.0, 129.0)])
def test_a_rule_above_the_text_of_a_cell_is_one(low: float, top: float) -> None:
    assert len(split_cell(low, top)) == 4


def test_a_table_of_another_width_is_another_table() -> None:
    first, second = [600.0, 620.0, 640.0], [50.0, 70.0, 90.0]
    other = [50.0, 120.0, 200.0]
    blocks, _ = read(
        page(1, filled([HEADER, ["甲", "1", "2"]], first), grid(XS, first)),
        page(2, filled([["乙", "1"], ["丙", "2"]], second, other), grid(other, second)),
    )
    assert [b.table.columns for b in blocks if b.table] == [3, 2]


# What cannot be told is not guessed


def test_a_table_whose_columns_could_be_either_of_two_is_another_table() -> None:
    ys, narrow = [100.0, 120.0, 140.0], [50.0, 145.0, 155.0, 250.0, 350.0]
    above = page(1, filled([["一", "2", "3"], ["四", "5", "6"]], ys), grid(XS, ys))
    below = page(2, filled([["七", "", "8", "9"], ["十", "", "1", "2"]], ys, narrow), grid(narrow, ys))
    blocks, _ = read(above, below)
    found = [b.table for b in blocks if b.table]
    assert [(t.rows, t.columns) for t in found] == [(2, 3), (2, 4)]
    assert all(c.column_span > 0 for t in found for c in t.cells)


def test_a_figure_over_a_rule_is_marked_unread() -> None:
    ys = [100.0, 120.0, 140.0]
    glyphs = write("123456789012345678901234", 153, 105)  # runs into the third column
    blocks, diagnostics = read(page(1, filled([["一"], ["四", "5", "6"]], ys) + glyphs, grid(XS, ys)))
    assert "\ufffd" in table_of(blocks).cells[1].text
    assert ("figure-across-rule", "loss") in [(d.code, d.severity) for d in diagnostics]


def test_a_blank_over_a_rule_says_nothing_of_the_figure_after_it() -> None:
    ys = [100.0, 120.0, 140.0]
    glyphs = filled([["一", "2"], ["四", "5"]], ys) + [
        Glyph(" ", 246, 105, 253, 117),
        *write("18,579", 253, 105),
    ]
    blocks, diagnostics = read(page(1, glyphs, grid(XS, ys)))
    assert cells_of(table_of(blocks))[0, 2, 1, 1] == "18,579"
    assert not diagnostics


def test_figures_of_a_cell_below_each_other_stay_apart_unless_the_first_was_full() -> None:
    xs, ys = [50.0, 150.0, 180.0, 260.0], [100.0, 130.0, 150.0]
    glyphs = filled([["一"], ["四", "5", "6"]], ys, xs)
    glyphs += write("1480", 153, 102) + write("7", 153, 114) + write("12", 185, 102) + write("34", 185, 114)
    blocks, diagnostics = read(page(1, glyphs, grid(xs, ys)))
    assert [c.text for c in table_of(blocks).cells][:3] == ["一", "14807", "12 34"]
    assert codes(diagnostics) == ["figure-rejoined"]


def test_a_grid_with_a_corner_missing_is_no_table() -> None:
    ys = [100.0, 120.0, 140.0]
    rules = [across(100, 50, 350), across(140, 50, 350), upright(50, 100, 140), upright(350, 100, 140)]
    rules += [across(120, 50, 150), upright(150, 120, 140)]  # what is left is an L
    blocks, diagnostics = read(page(1, filled([["一", "2", "3"], ["四", "5", "6"]], ys), rules))
    assert not any(b.table for b in blocks)
    assert set("".join(b.text for b in blocks)) >= set("一四2356")
    assert [(d.code, d.severity) for d in diagnostics] == [("table-not-recovered", "loss")]


def test_figures_beside_a_table_say_that_rules_are_missing() -> None:
    xs, ys = [50.0, 150.0, 250.0], [100.0, 120.0, 140.0]
    blocks, diagnostics = read(page(1, filled([["一", "2", "3"], ["四", "5", "6"]], ys), grid(xs, ys)))
    assert not any(b.table for b in blocks)
    assert "table-not-recovered" in codes(diagnostics)


def test_columns_without_rules_are_named_not_guessed() -> None:
    rows = [["规章", "0", "1", "2"], ["文件", "3", "4", "5"]]
    glyphs = filled(rows, [100.0, 120.0, 140.0], [50.0, 150.0, 250.0, 350.0])
    blocks, diagnostics = read(page(1, glyphs))
    assert not any(b.table for b in blocks)
    assert [(d.code, d.location and d.location.page) for d in diagnostics] == [("table-not-recovered", 1)]


def test_cells_at_the_cut_edge_of_a_page_are_unread() -> None:
    ys = [100.0, 120.0, 140.0]
    rows = [["一", "2", ""], ["四", "5", "41"]]
    blocks, diagnostics = read(page(1, filled(rows, ys), grid(XS, ys), cuts=(350.0,)))
    assert [c.text for c in table_of(blocks).cells] == ["一", "2", "\ufffd", "四", "5", "41\ufffd"]
    assert "table-cut-off" in codes(diagnostics)


# Characters


def test_radicals_become_ideographs_and_are_counted() -> None:
    blocks, diagnostics = read(page(1, write("⾏政⽂件⻓", 50, 100)))
    assert blocks[0].text == "行政文件长"
    assert [(d.code, "3" in d.message.zh) for d in diagnostics] == [("radicals", True)]


def test_full_width_digits_and_their_separators_stay_as_they_are() -> None:
    ys = [100.0, 120.0, 140.0]
    blocks, _ = read(page(1, filled([["一", "３，７７１", "3\xa0376"], ["四", "①", "㎡"]], ys), grid(XS, ys)))
    assert [c.text for c in table_of(blocks).cells] == ["一", "３，７７１", "3\xa0376", "四", "①", "㎡"]


def test_characters_drawn_twice_are_taken_once() -> None:
    bold = write("总计11", 50, 100)
    twice = bold + [Glyph(g.text, g.left + 0.3, g.top, g.right + 0.3, g.bottom) for g in bold]
    blocks, diagnostics = read(page(1, twice))
    assert blocks[0].text == "总计11"
    assert codes(diagnostics) == ["doubled-characters"]


# Paragraphs


FULL = "本机关严格落实政府信息公开条例要求不断完善工作机制提高公开质量切实保障公众依法获取信息的权利"


def lines(texts: list[str], top: float = 100, left: float = 50) -> list[Glyph]:
    return [g for n, text in enumerate(texts) for g in write(text, left, top + 16 * n)]


def test_lines_without_room_are_one_paragraph_with_the_place_of_each() -> None:
    text = [FULL[:40], FULL[:40], FULL[:20] + "。"]
    blocks, _ = read(page(1, lines([*text, "　　另起一段。"])))
    assert [b.text for b in blocks] == ["".join(text), "另起一段。"]
    assert [(offset, place.page) for offset, place in blocks[0].line_starts] == [(0, 1), (40, 1), (80, 1)]
    assert blocks[0].locate(40, 44).box == (50, 116, 450, 126)


def test_a_short_line_ends_its_paragraph() -> None:
    blocks, _ = read(page(1, lines([FULL[:40], FULL[:10], FULL[:40], FULL[:12]])))
    assert [len(b.text) for b in blocks] == [50, 52]


def test_a_paragraph_goes_on_after_the_page_number() -> None:
    first = lines([FULL[:40]] * 5, 600) + write("- 1 -", 240, 680)
    second = lines([FULL[:15] + "。"], 50) + write("- 2 -", 240, 680)
    blocks, diagnostics = read(page(1, first), page(2, second))
    assert [len(b.text) for b in blocks] == [216]
    assert sorted(codes(diagnostics)) == ["page-number", "page-number", "paragraph-rejoined"]


def test_running_heads_are_notes() -> None:
    head = "某县政府信息公开年度报告"
    pages = [
        page(n, write(head, 180, 30) + lines([f"第{c}段的正文说明情况。"], 200))
        for n, c in enumerate("甲乙丙", 1)
    ]
    blocks, diagnostics = read(*pages)
    assert [b.text for b in blocks if b.kind == "note"] == [head]
    assert [b.kind for b in blocks].count("paragraph") == 3
    assert codes(diagnostics) == ["running-head"]


def test_a_running_head_in_the_words_of_the_title_leaves_the_title_and_parts_no_table() -> None:
    title, ys = "某县政府信息公开年度报告", [80.0, 100.0, 120.0]
    above, below = [["一", "2", "3"], ["四", "5", "6"]], [["七", "8", "9"], ["十", "1", "2"]]
    head = write(title, 180, 10, 8)
    first = page(1, head + write(title, 100, 40, 20) + filled(above, ys), grid(XS, ys))
    rest = [page(n, head + filled(below, ys), grid(XS, ys)) for n in (2, 3)]
    blocks, diagnostics = read(first, *rest)
    assert [(b.kind == "note", b.text) for b in blocks] == [(True, title), (False, title), (False, "")]
    assert table_of(blocks).rows == 6
    assert codes(diagnostics).count("running-head") == 1


def test_headings_and_a_title_in_two_lines() -> None:
    title = write("某县人民政府", 190, 50, 20) + write("2024年政府信息公开工作年度报告", 100, 80, 20)
    glyphs = title + lines(["一、总体情况", FULL[:40], FULL[:10] + "。", "（一）主动公开"], 150)
    blocks, _ = read(page(1, glyphs))
    assert [(b.kind, b.level) for b in blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
    ]
    assert blocks[0].text == "某县人民政府2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("box", "blocks"),
    [
        (["联系电话：0483（文本", "框）"], 1),
        (["联系电话：0483（文本", "（一）框）"], 2),
        (["联系电话：0483（文本）。", "框）"], 2),
        (["联系电话：0483文本", "框）"], 2),
    ],
)
def test_a_narrow_text_box_is_one_paragraph_where_a_bracket_says_so(box: list[str], blocks: int) -> None:
    found, _ = read(page(1, lines([FULL[:40], FULL[:10] + "。"], 100) + lines(box, 300)))
    assert len(found) == 1 + blocks
    assert "".join(b.text for b in found[1:]) == "".join(box)


def test_lines_read_from_top_to_bottom_whatever_the_order_of_the_file() -> None:
    blocks, _ = read(page(1, lines(["二、后写的"], 300) + lines(["一、先写的"], 100)))
    assert [b.text for b in blocks] == ["一、先写的", "二、后写的"]


def test_text_beside_other_text_reads_in_the_order_of_the_file() -> None:
    menu = lines(["导航", "年报"], 100, 10)
    body = lines([FULL[:30], FULL[:30], "完。"], 100, 120)
    blocks, _ = read(page(1, menu + body))
    assert [b.text[:4] for b in blocks] == ["导航", "年报", FULL[:4]]


def test_numbers_and_addresses_broken_at_the_line_end_stay_whole() -> None:
    first = FULL[:38] + "2891"
    blocks, _ = read(page(1, lines([first, "434次，详见政府网站。"])))
    assert "2891434次" in blocks[0].text


def test_masses_of_rules_end_in_time() -> None:
    rules = [across(float(n % 600), n % 300, n % 300 + 20) for n in range(10_000)]
    rules += [upright(float(n % 400), n % 500, n % 500 + 20) for n in range(10_000)]
    _, diagnostics = read(page(1, write("字", 50, 100) * 3, rules))
    assert {d.severity for d in diagnostics} <= {"loss", "repair"}


@pytest.mark.parametrize(
    ("runs", "gap", "text"),
    [
        (["12", "3"], 0.28, "12 3"),
        (["0", "0", "0"], 0.28, "0 0 0"),
        (["3", "376"], 0.28, "3\xa0376"),
        (["12", "345", "678"], 0.25, "12\xa0345\xa0678"),
        (["３", "３７６"], 0.28, "３\xa0３７６"),
        (["1234", "567"], 0.28, "1234 567"),
        (["3", "376", "5"], 0.28, "3 376 5"),
        (["3", "376"], 0.05, "3376"),
        (["3", "376"], 0.8, "3 376"),
    ],
)
def test_digits_apart_are_not_one_number(runs: list[str], gap: float, text: str) -> None:
    """A producer may move the pen instead of writing a blank."""
    glyphs: list[Glyph] = []
    for run in runs:
        left = glyphs[-1].right + gap * SIZE if glyphs else 50.0
        glyphs += write(run, left, 100)
    assert Line(tuple(glyphs), 0).text == text


def test_rows_of_small_print_stay_apart() -> None:
    """A page shrunk to fit the paper, its rows nearer to each other than those of any other."""
    size, step = 4.0, 5.0
    ys = [100 + step * n for n in range(5)]
    glyphs: list[Glyph] = []
    for row in range(4):
        glyphs += write("行政许可", 52, ys[row] + 0.5, size) + write(f"{row}", 122, ys[row] + 0.5, size)
    blocks, _ = read(page(1, glyphs, grid([50, 120, 160], ys)))
    (table,) = [b.table for b in blocks if b.table]
    assert [c.text for c in table.cells] == [t for row in range(4) for t in ("行政许可", f"{row}")]


def test_thousands_broken_twice_in_a_narrow_cell_are_one_number() -> None:
    xs, ys = [50.0, 150.0, 177.0], [100.0, 140.0, 180.0]
    glyphs = write("行政处罚", 55, 105) + write("行政强制", 55, 145)
    for n, line in enumerate(("１，", "６６", "９")):
        glyphs += [replace(g, right=g.left + SIZE) for g in write(line, 153, 102 + 12 * n)]
    blocks, diagnostics = read(page(1, [*glyphs, *write("7", 153, 145)], grid(xs, ys)))
    (table,) = [b.table for b in blocks if b.table]
    assert [c.text for c in table.cells if c.column] == ["１，６６９", "7"]
    assert "figure-rejoined" in {d.code for d in diagnostics}


@pytest.mark.parametrize(
    ("lines", "text"),
    [(["１", "８，００", "９"], "１８，００９"), (["１", "８，００"], "１ ８，００")],
)
def test_a_comma_begins_no_line(lines: list[str], text: str) -> None:
    """The first digit stands alone as the next and its comma had no room together."""
    xs, ys = [50.0, 100.0, 141.5], [100.0, 150.0, 170.0]
    glyphs = [g for n, line in enumerate(lines) for g in write(line, 100.5, 105 + 12 * n)]
    glyphs += write("甲", 53, 105) + write("乙", 53, 155)
    table = table_of(read(page(1, glyphs, grid(xs, ys)))[0])
    assert cells_of(table)[0, 1, 1, 1] == text
