"""What was imported is written back cell for cell, and stays so; a ruleset of any origin makes a sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import library
from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.location import Location
from checker.ruleset import Basis, Expression, Indicator, Rule, Ruleset
from checker.ruleset_yaml import parse_ruleset
from checker.sheets import Import, exported, imported
from checker.sheets.cells import typed_text, value_of
from checker.sheets.grid import Grid, read_grid
from checker.sheets.layout import fits
from tests.sheets import layouts
from tests.sheets.layouts import LAYOUTS, Sheet, saved

NOWHERE = Location("")


class _Questions(Mapping[str, Rule]):
    """A library that has every rule there can be, as a question."""

    def __getitem__(self, name: str) -> Rule:
        said = Bilingual("问", "ask")
        basis = (Basis("甲", "乙", "national"),)
        never = Expression("false", NOWHERE, ())
        return Rule(name, said, said, basis, said, said, never, judgement=True, question=said)

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def ruleset_of(made: Import) -> Ruleset:
    return parse_ruleset("demo", made.files["demo.yaml"], _Questions())


def grid_of(path: Path) -> Grid:
    return read_grid(path, None, fits)[0]


def round_trip(path: Path) -> Import:
    """Asserts that a workbook comes back as it was; the import of it."""
    made = imported(path, "demo")
    again = path.with_name("again.xlsx")
    again.write_bytes(exported(ruleset_of(made)).data)
    before, after = grid_of(path), grid_of(again)
    assert after.rows == before.rows
    assert (after.merged, after.name) == (before.merged, before.name)
    assert imported(again, "demo").files == made.files
    return made


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_cell_comes_back(tmp_path: Path, layout: str) -> None:
    round_trip(saved(tmp_path / "s.xlsx", LAYOUTS[layout]()))


def test_numbers_stay_numbers_and_texts_texts(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "备注", "日期", "公式样"],
        ["公开", 12.5, "12.5", "2024-01-31", "=1+1"],
        ["解读", 87.5, 0.1, True, "#REF!"],
    ]
    path = saved(tmp_path / "s.xlsx", Sheet(rows))
    round_trip(path)
    page = openpyxl.load_workbook(tmp_path / "again.xlsx").worksheets[0]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == rows
    assert page["E2"].data_type == "s"


def test_the_same_ruleset_gives_the_same_bytes(tmp_path: Path) -> None:
    ruleset = ruleset_of(imported(saved(tmp_path / "s.xlsx", layouts.in_sections()), "demo"))
    assert exported(ruleset).data == exported(ruleset).data


TITLES = st.text(st.sampled_from("公开解读申请互动12 /（）“”#:-\n"), min_size=1, max_size=8).filter(
    lambda text: text.strip(" \n") != ""
)
CELLS = st.one_of(
    st.none(),
    st.integers(-9, 10**6),
    st.decimals(0, 100, places=2).map(float),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12),
    st.sampled_from(
        [
            "10",
            "40%",
            "'甲",
            "2024-01-31",
            "TRUE",
            "=A1",
            " 前后 ",
            "一\n二",
            "_x0041_",
            "甲_x000B_乙",
            "_x000D_",
        ]
    ),
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A tree of up to three levels whose points add up, laid out in one of the ways there are."""
    depth = draw(st.integers(1, 3))
    style = draw(st.sampled_from(["merged", "blank", "repeated"]))
    extra = ["评分标准", "依据", "备注"][: draw(st.integers(1, 3))]
    title = draw(st.lists(st.sampled_from([["考核指标一览"], [None, "2024年"], []]), max_size=2))
    header = [*(f"{'一二三'[n]}级指标" for n in range(depth)), "分值", *extra]
    rows: list[Any] = [*title, header]
    merged: list[str] = []
    total = 0

    def fill(level: int, above: list[Any]) -> None:
        nonlocal total
        for number in range(draw(st.integers(1, 3))):
            name = f"第{number}项{draw(TITLES)}"
            first = len(rows) + 1
            path = [*above, name]
            if level + 1 < depth and draw(st.integers(0, 3)):
                fill(level + 1, path)
            else:
                points = draw(st.integers(1, 40))
                total += points
                kept = [draw(CELLS) for _ in extra]
                rows.append([*path, *[None] * (depth - len(path)), points, *kept])
            cells = range(first + 1, len(rows) + 1)
            if style != "repeated":
                for row in cells:
                    rows[row - 1][level] = None
            if style == "merged" and cells:
                letter = "ABC"[level]
                merged.append(f"{letter}{first}:{letter}{len(rows)}")

    fill(0, [])
    if draw(st.booleans()):
        rows.append(["合计", *[None] * (depth - 1), total])
    return Sheet(rows, merged)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(sheets())
def test_any_tree_comes_back(tmp_path: Path, sheet: Sheet) -> None:
    path = saved(tmp_path / "s.xlsx", sheet)
    ruleset = ruleset_of(round_trip(path))
    assert ruleset.full_marks == sum(i.points for i in ruleset.indicators)


@st.composite
def rated(draw: st.DrawFn) -> Sheet:
    """Two levels with points each, as points or percentages, as numbers or texts; leaves of several rows."""
    percent = draw(st.booleans())
    merges = draw(st.booleans())
    rows: list[Any] = [["一级指标", "权重", "二级指标", "权重", "考察内容", "备注"]]
    merged: list[str] = []
    shown: list[str] = []

    def worth(row: int, letter: str, amount: int) -> Any:
        form = draw(st.sampled_from(["number", "text"]))
        if not percent:
            return amount if form == "number" else f"{amount}分"
        if form == "text":
            return f"{amount}%"
        shown.append(f"{letter}{row}")
        return amount / 100

    for number, share in enumerate(draw(st.sampled_from([(100,), (40, 60), (20, 30, 50)]))):
        first = len(rows) + 1
        inside = draw(st.sampled_from([(50, 50), (10, 20, 70), (100,)]))
        for part, inner in enumerate(inside):
            row = len(rows) + 1
            top = [f"项目{number}", worth(row, "B", share)] if part == 0 else [None, None]
            amount = inner if percent else inner * share // 100
            rows.append([*top, f"子项{part}", worth(row, "D", amount), draw(CELLS), draw(CELLS)])
            more = draw(st.integers(0, 2)) if merges else 0
            rows.extend([None, None, None, None, f"另查{n}", draw(CELLS)] for n in range(more))
            if more:
                merged.extend(f"{letter}{row}:{letter}{row + more}" for letter in "CD")
        if merges and len(rows) > first:
            merged.extend(f"{letter}{first}:{letter}{len(rows)}" for letter in "AB")
    if draw(st.booleans()):
        rows.append(["合计", "100%" if percent else 100])
    return Sheet(rows, merged, shown)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rated())
def test_any_weights_come_back(tmp_path: Path, sheet: Sheet) -> None:
    ruleset = ruleset_of(round_trip(saved(tmp_path / "s.xlsx", sheet)))
    assert ruleset.full_marks == 100 == sum(i.points for i in ruleset.indicators)
    assert all(i.points == sum(c.points for c in i.indicators) for i in ruleset.indicators)


@given(
    st.one_of(st.text(max_size=20), st.sampled_from(["10", "-3.5", "40%", "''", "TRUE", "2024-01-31", "1e5"]))
)
def test_a_text_typed_stays_a_text(text: str) -> None:
    assert value_of(typed_text(text)) == text


def every(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for indicator in indicators:
        yield indicator
        yield from every(indicator.indicators)


def changed(ruleset: Ruleset, name: str, **to: Any) -> Ruleset:
    def walk(indicator: Indicator) -> Indicator:
        inner = tuple(walk(i) for i in indicator.indicators)
        indicator = replace(indicator, indicators=inner)
        return replace(indicator, **to) if indicator.id == name else indicator

    return replace(ruleset, indicators=tuple(walk(i) for i in ruleset.indicators))


def cells(tmp_path: Path, ruleset: Ruleset) -> Any:
    path = tmp_path / "changed.xlsx"
    path.write_bytes(exported(ruleset).data)
    return openpyxl.load_workbook(path).worksheets[0]


def test_points_and_titles_are_those_of_now(tmp_path: Path) -> None:
    ruleset = ruleset_of(imported(saved(tmp_path / "s.xlsx", layouts.deductions()), "demo"))
    ruleset = changed(ruleset, "item-2", points=Decimal(30), title=Bilingual("年报", "Report"))
    page = cells(tmp_path, replace(ruleset, full_marks=Decimal(90)))
    assert (page["A6"].value, page["B6"].value, page["B7"].value) == ("年报", "30分", 90)
    ruleset = ruleset_of(imported(saved(tmp_path / "s.xlsx", layouts.nested()), "demo"))
    page = cells(tmp_path, changed(ruleset, "item-2", points=Decimal(50)))
    assert (page["B6"].value, page["B6"].number_format, page["B2"].value) == (0.5, "0%", 0.4)


def test_indicators_may_go_and_come(tmp_path: Path) -> None:
    ruleset = ruleset_of(imported(saved(tmp_path / "s.xlsx", layouts.by_process()), "demo"))
    first = ruleset.indicators[0]
    added = replace(
        first, id="new", title=Bilingual("监督", "Oversight"), points=Decimal(7), indicators=(), sheet={}
    )
    page = cells(tmp_path, replace(ruleset, indicators=(*ruleset.indicators, added)))
    assert [page.cell(7, c).value for c in (1, 2, 6)] == ["监督", None, 7]
    fewer = changed(
        ruleset, "item-1-1-1-1", indicators=first.indicators[0].indicators[0].indicators[0].indicators[:1]
    )
    page = cells(tmp_path, fewer)
    assert sorted(map(str, page.merged_cells.ranges)) == ["A2:A4", "B2:B4", "C2:C3"]
    assert [page.cell(r, 5).value for r in range(2, 6)] == ["全文", "每季度一次", "征集与反馈", "公布"]


def test_what_a_ruleset_keeps_of_its_sheet_may_be_spoilt(tmp_path: Path) -> None:
    ruleset = ruleset_of(imported(saved(tmp_path / "s.xlsx", layouts.shares()), "demo"))
    with pytest.raises(InputError) as caught:
        exported(replace(ruleset, sheet={**ruleset.sheet, "levels": ["没有这列"]}))
    assert caught.value.problems[0].code == "sheet.plan"


@pytest.mark.parametrize("name", library.shipped())
def test_a_shipped_ruleset_makes_a_sheet_that_can_be_read_again(tmp_path: Path, name: str) -> None:
    ruleset = library.load_ruleset(name)
    made = exported(ruleset)
    assert any("不是由表导入" in remark.zh for remark in made.remarks)
    path = tmp_path / "s.xlsx"
    path.write_bytes(made.data)
    page = openpyxl.load_workbook(path).worksheets[0]
    written = {cell for row in page.iter_rows(min_row=3, values_only=True) for cell in row if cell}
    gates = {i.only_if for i in every(ruleset.indicators)}
    assert set(ruleset.rules) - gates <= written
    assert page.cell(page.max_row, 1).value == "合计"
