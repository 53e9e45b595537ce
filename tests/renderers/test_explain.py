"""A rule as a page."""

from dataclasses import replace
from datetime import date

import pytest

from checker.bilingual import Bilingual, Language
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.renderers import Explanation, Formulas, Page, renderer
from checker.ruleset import Basis, Expression, Ratio, Rule

HERE = Location("rule.yaml", 1)
RULE = Rule(
    id="annual-report/balance",
    title=Bilingual("收办平衡", "In equals out"),
    why=Bilingual("不平衡就有申请没有下文。", "Otherwise applications have vanished."),
    basis=(Basis("30号", "表三", "national"), Basis("本工具", "算法", "proposed")),
    message=Bilingual("不等", "differs"),
    remedy=Bilingual("核对登记簿。", "Check the register."),
    assertion=Expression("a == b", HERE, ("a", "b")),
    effective_from=date(2021, 9, 26),
    effective_to=date(2030, 1, 1),
)
FORMULAS = Formulas(
    assertion=Bilingual("新收 ＝ 办结", "new = handled"),
    when=Bilingual("年度不早于 2021", "the year is 2021 or later"),
    measures=(("n", Bilingual("记录数", "number of records")),),
)


def operand(text: str, kind: str, note: Bilingual | None = None) -> Operand:
    place = Location("r.md", 45, table="表三", row="一", column="总计", quote=text)
    return Operand("new", Bilingual("新收", "new"), kind, text, (place,), note)


def page(finding: Finding | None, language: Language = "zh", rule: Rule = RULE) -> str:
    return renderer("explain", "terminal")(Explanation(rule, FORMULAS, finding), Page(language, 80))


def test_a_rule_alone() -> None:
    lines = [line.strip() for line in page(None).splitlines()]
    assert lines[:2] == ["收办平衡  annual-report/balance", "不平衡就有申请没有下文。"]
    for line in (
        "适用条件  年度不早于 2021",
        "先算 n  记录数",
        "应当成立  新收 ＝ 办结",
        "依据  30号 表三（全国性文件）",
        "依据  本工具 算法（本工具建议）",
        "施行  自 2021-09-26 起 至 2030-01-01 止",
        "改法  核对登记簿。",
    ):
        assert line in lines
    assert "在这份报告上" not in lines


def test_in_english() -> None:
    text = page(None, "en", replace(RULE, judgement=True))
    assert "must hold  new = handled" in text
    assert "basis  30号 表三 (national notice)" in text
    assert "in force  from 2021-09-26 until 2030-01-01" in text
    assert "a person decides" in text


def test_what_is_no_assertion_is_not_called_one() -> None:
    asked = page(None, rule=replace(RULE, question=RULE.message, judgement=True))
    assert "怎样判断  新收 ＝ 办结" in asked
    assert "不成立时由人工判断" not in asked
    assert "how far met  new = handled" in page(None, "en", replace(RULE, degree=Ratio("a", "b")))


def test_what_more_is_asked_of_a_fault() -> None:
    faults = (Bilingual("按数量计：逾期天数", "by how much: days late"),)
    told = Explanation(RULE, replace(FORMULAS, faults=faults))
    assert "不成立时  按数量计：逾期天数" in renderer("explain", "terminal")(told, Page("zh", 80))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (operand("12", "number"), "新收：12  第 45 行 表三“一”总计：12"),
        (operand("", "blank"), "新收：空白  第 45 行 表三“一”总计"),
        (operand("", "missing", Bilingual("没有这一行", "no such row")), "新收：没有这一行"),
        (operand("约三", "text", Bilingual("不是数字", "no number")), "新收：约三（不是数字）"),
    ],
)
def test_what_was_read_and_where(given: Operand, shown: str) -> None:
    occurrence = Occurrence("total", Outcome.UNKNOWN, Bilingual("缺数", "missing"), (given,))
    text = page(Finding(RULE.id, Outcome.UNKNOWN, 1, (occurrence,)))
    assert "  无法判定  检查 1 处\n" in text
    assert "  无法判定  缺数\n" in text
    assert shown in text


def test_a_record_that_passed_shows_its_operands_only() -> None:
    passed = Occurrence("total", Outcome.PASS, RULE.title, (operand("3", "number"),))
    text = page(Finding(RULE.id, Outcome.PASS, 1, (passed,)))
    assert text.count("收办平衡") == 1
    assert "新收：3" in text


def test_why_it_does_not_apply() -> None:
    reason = Bilingual("年度早于 2021", "before 2021")
    assert "  不适用\n  年度早于 2021\n" in page(Finding(RULE.id, Outcome.NOT_APPLICABLE, reason=reason))


def test_many_records_are_cut_with_a_count() -> None:
    failed = Occurrence("x", Outcome.FAIL, Bilingual("不等", "differs"), (), (Location("r.md", 3),))
    text = page(Finding(RULE.id, Outcome.FAIL, 12, (failed,) * 12))
    assert text.count("第 3 行") == 10
    assert "另有 2 处" in text
