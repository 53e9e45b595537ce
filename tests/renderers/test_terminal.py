"""The clerk's page: what stands on it, that it fits, and that no report can change how it looks."""

import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from checker.assessment import Assessment
from checker.bilingual import Bilingual, Language
from checker.finding import Occurrence, Outcome
from checker.location import Location
from checker.renderers import Page, renderer
from checker.ruleset import Veto

GOLDEN = Path(__file__).parent
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def page(assessment: Assessment, language: Language = "zh", width: int = 80, colour: bool = False) -> str:
    return renderer("assess", "terminal")(assessment, Page(language, width, colour))


@pytest.mark.parametrize(("language", "width"), [("zh", 80), ("en", 100)])
def test_the_sample_page(assessment: Assessment, language: Language, width: int) -> None:
    """Renew after a wanted change: print the page, look at it, and put it in place of the file."""
    expected = (GOLDEN / f"assessment.{language}.{width}.txt").read_text(encoding="utf-8")
    assert page(assessment, language, width) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_runs_over(assessment: Assessment, language: Language, width: int) -> None:
    lines = page(assessment, language, width).splitlines()
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


def test_colour_adds_nothing_but_colour(assessment: Assessment) -> None:
    plain, coloured = page(assessment), page(assessment, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert ESCAPES.sub("", coloured) == plain


def test_the_order_of_the_page(assessment: Assessment) -> None:
    text = page(assessment)
    headings = ["【未定】", "各项得分", "失分  6", "请人工判断", "无法判定  3", "不适用  1 项", "先改这些"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_costs_on_the_page_add_up_to_the_score(assessment: Assessment) -> None:
    text = page(assessment).partition("请人工判断")[0]
    costs = [float(cost) for cost in re.findall(r"^ +-([\d.]+)  ", text, re.MULTILINE)]
    assert len(costs) == 6
    assert costs == sorted(costs, reverse=True)
    assert round(100 - sum(costs), 2) == 67.19


def test_undecided_rules_are_grouped_by_their_reason(assessment: Assessment) -> None:
    text = page(assessment)
    assert "未提供上年报告（--previous）  2 项，涉及 15.63 分" in text
    assert text.count("未提供上年报告") == 1


def test_long_lists_are_cut_with_a_count(assessment: Assessment) -> None:
    assert "另有 3 处" in page(assessment)
    assert "3 more" in page(assessment, "en")


def exposed(sample: Any, outcome: str) -> Any:
    said = sample.said(outcome, "第 3 段有一个身份证号码。", "Paragraph 3 has an identity number.")
    return sample.found("id-number-exposed", outcome, said)


@pytest.mark.parametrize(
    ("outcome", "what", "zh", "en"),
    [
        ("fail", {}, "【不合格】   0 / 100", "[ NOT QUALIFIED ]   0 / 100"),
        ("fail", {}, "一票否决：不得公开身份证号码", "Vetoed: No identity numbers"),
        ("fail", {}, "          已否决  ···", "   veto fired  ···"),
        ("pending", {}, "一票否决项尚未判定：不得公开身份证号码", "A veto is still open"),
        ("pass", {"unknown": "costs"}, "未判定的按不符合计，现得 35.94", "counted as failed: 35.94"),
        ("pass", {"unknown": "left_out"}, "未判定的不计入，现得 53.68", "left out: 53.68"),
        ("pass", {"veto": Veto("continue")}, "          无否决  ···", "     no veto  ···"),
        ("pass", {"not_applicable": "spread"}, "平均摊到", "spread evenly"),
        ("error", {}, "有 1 条规则执行出错，不能给出结论", "1 rules broke"),
    ],
)
def test_variants(sample: Any, outcome: str, what: dict[str, Any], zh: str, en: str) -> None:
    found = sample.but(exposed(sample, outcome), **what)
    assert zh in page(found)
    assert en in page(found, "en", 100)


def test_nothing_wrong(sample: Any) -> None:
    names = (finding.rule.partition("/")[2] for finding in sample.findings)
    text = page(sample.but(*(sample.found(name, "pass") for name in names)))
    assert "【合格】   100 / 100" in text
    assert "失分  没有" in text
    assert "先改这些" not in text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("[bold red]甲[/] :smile:", "[bold red]甲[/] :smile:"),
        ("\x1b[31m红\x1b[0m", "�[31m红�[0m"),
        ("一行\n两行\t三\r\n", "一行 两行 三"),
        ("\u202e反写\u2066", "反写"),
        ("乱\ud800码", "乱�码"),
    ],
)
def test_what_a_report_says_is_shown_as_it_is(sample: Any, said: str, shown: str) -> None:
    place = (Location("report.md", 3, quote=said),)
    occurrence = Occurrence("report", Outcome.FAIL, Bilingual(said, said), (), place)
    text = page(sample.but(sample.found("aspects", "fail", occurrence)))
    assert f"          {shown}\n" in text
    assert f"第 3 行 “{shown}" in text
    assert "\x1b" not in text
    text.encode("utf-8")


def test_a_page_and_a_path_where_there_is_no_line(sample: Any) -> None:
    places = (Location("last.pdf", page=4, quote="三"), Location("report.md", path="body/p[3]"))
    occurrence = Occurrence("report", Outcome.FAIL, Bilingual("甲", "a"), (), places)
    text = page(sample.but(sample.found("aspects", "fail", occurrence)))
    assert "last.pdf 第 4 页 “三”；body/p[3]" in text
