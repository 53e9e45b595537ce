"""Two reports side by side, as a page and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from checker import schemas
from checker.bilingual import Language
from checker.collation import Collation
from checker.renderers import Page, renderer
from tests.side_by_side import CARRIED_IN, NORMATIVE, collated, sample, side


def page(found: Collation, language: Language = "zh", width: int = 100) -> str:
    return renderer("collation", "terminal")(found, Page(language, width))


def as_json(found: Collation) -> Any:
    data = json.loads(renderer("collation", "json")(found, Page("zh")))
    Draft202012Validator(schemas.open_schema("collation")).validate(data)
    return data


@pytest.fixture(scope="module")
def differing(root: Path) -> Collation:
    other = sample(
        root,
        ("| 行政许可 | 3771 |", "| 行政许可 | 3,772 |"),
        ("| 行政处罚 | 6084 |", "| 行政处罚 | / |"),
        (CARRIED_IN, CARRIED_IN.replace(" 0 ", " 0 0 ", 1)),
        ("学习政府信息公开条例2次", "学习政府信息公开条例12次"),
        ("六、其他需要报告的事项", "六、其他事项"),
        ("“", "「"),
    )
    return collated(sample(root), other + "\n[bold]新增[/bold]\x1b[31m一段\u202e话。\n")


@pytest.fixture(scope="module")
def years(root: Path) -> Collation:
    last = sample(root, ("2024", "2023"), (NORMATIVE, "| 行政规范性文件 | 4 |  | / |"))
    return collated(last, sample(root))


@pytest.mark.parametrize("width", [60, 100, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_runs_over(differing: Collation, years: Collation, language: Language, width: int) -> None:
    for found in (differing, years):
        for line in page(found, language, width).splitlines():
            assert cell_len(line) <= width, line


def test_both_places_and_both_sayings(differing: Collation) -> None:
    text = page(differing)
    assert "表二 行政许可·本年处理决定数量  不同\n    A  3771  第 28 行\n    B  3,772  第 28 行\n" in text
    assert "表二 行政处罚·本年处理决定数量  不同\n    A  6084" in text
    assert "表三 二、上年结转政府信息公开申请数量·自然人  无法比较  B 数字之间有空格，可能是几格" in text
    assert "数字：2 → 12" in text
    assert "【2】次" in text
    assert "【12】次" in text
    assert "A  “六、其他需要报告的事项”" in text
    assert "标点字形" in text


def test_what_a_report_says_changes_nothing_of_the_page(differing: Collation) -> None:
    text = page(differing)
    assert "[bold]新增[/bold]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_english(differing: Collation, years: Collation) -> None:
    text = page(differing, "en")
    assert "Table 2 Administrative licences·decisions this year  different" in text
    assert "figures: 2 → 12" in text
    assert "0 in both years" in page(years, "en")
    assert "TWO YEARS 2023 / 2024" in page(years, "en")


def test_of_what_is_equal_only_the_number_is_told(root: Path) -> None:
    lines = page(collated(sample(root), sample(root))).splitlines()
    assert any("【没有差别】" in line for line in lines)
    assert len(lines) < 15


def test_long_lists_are_cut_with_a_count(root: Path) -> None:
    more = "".join(f"第{n}项工作说明在这里，内容各不相同{n * 7919}。\n\n" for n in range(60))
    found = collated(sample(root), sample(root) + more)
    told = page(found).count("  只有 B 有\n")
    assert told == 40
    assert "另有 20 处" in page(found)
    assert len([p for p in as_json(found)["passages"] if p["relation"] == "only_b"]) == 60


def test_a_loss_stands_on_top(root: Path) -> None:
    text = page(collated(sample(root), side(sample(root, (CARRIED_IN, "")), lossy=True)))
    assert "B 有 1 处没有读出，下面的差别可能由此而来" in text
    assert "未读出" in text
    assert "无法比较  B 读取时有内容没有读出，不能认定没有" in text


def test_two_years_side_by_side(years: Collation) -> None:
    text = page(years)
    block = text[text.index("表二") : text.index("行政许可")]
    rows = [line.split() for line in block.splitlines()]
    assert ["2023", "4", "[", "]", "/", "行政规范性文件"] in rows
    assert ["2024", "0", "0", "13"] in rows
    assert ["-4"] in rows
    assert "现行有效·行政规范性文件：2023 / + 本年制发 0 - 本年废止 0，2024 13  无法比较" in text
    assert "除数字外相同" in text


def test_json_has_every_cell(differing: Collation, years: Collation) -> None:
    for found in (differing, years):
        data = as_json(found)
        cells = [c for t in data["tables"] for r in t["rows"] for c in r["cells"]]
        assert len(cells) == sum(data["counts"]["tables"].values()) == 200
        assert len(data["singles"]) == sum(data["counts"]["singles"].values())
    (licences,) = [
        c
        for t in as_json(differing)["tables"]
        for r in t["rows"]
        for c in r["cells"]
        if c["name"] == "disclosure.licences.decisions"
    ]
    assert (licences["a"]["value"], licences["b"]["value"], licences["b"]["text"]) == (
        "3771",
        "3772",
        "3,772",
    )


def test_the_same_data_give_the_same_bytes(differing: Collation, years: Collation) -> None:
    for found in (differing, years):
        rendered = {renderer("collation", "json")(found, Page(language)) for language in ("zh", "en")}
        assert len(rendered) == 1
