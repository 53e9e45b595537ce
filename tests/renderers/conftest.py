"""One realistic assessment for all renderers. Unit, figures and sentences are invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from checker.assessment import Assessment, build
from checker.bilingual import Bilingual
from checker.document import Provenance, Source
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.ruleset import Band, Basis, Expression, Indicator, Rule, Ruleset, Use, Veto
from checker.scoring import score

REPORT = "report.md"
HERE = Location("annual-report.yaml", 1)
FORM = Basis("国办公开办函〔2021〕30号", "表三勾稽关系", "national")
LAW = Basis("《中华人民共和国政府信息公开条例》（国令第711号）", "第五十条", "law")
OWN = Basis("本规则集", "文字与表格一致", "proposed")


def rule(name: str, zh: str, en: str, remedy: tuple[str, str], *basis: Basis) -> Rule:
    title = Bilingual(zh, en)
    expression = Expression("new + carried_in == handled_total + carried_out", HERE, ())
    why = Bilingual(
        "数字对不上，读者无法相信这张表。", "Where figures disagree no reader can trust the table."
    )
    return Rule(f"annual-report/{name}", title, why, basis, title, Bilingual(*remedy), expression)


CHECK = ("对照登记簿核对后更正，并重新公布。", "Check against the register, correct it and publish again.")
WRITE = ("补写这一部分，写明数量和结果。", "Write this part, with figures and results.")
RULES = (
    rule(
        "id-number-exposed",
        "不得公开身份证号码",
        "No identity numbers are published",
        ("立即撤下并遮盖后重新公布。", "Take it down at once and publish it again with the number hidden."),
        LAW,
    ),
    rule("six-sections", "六个部分齐全", "All six sections are there", WRITE, LAW),
    rule("aspects", "总体情况写到五个方面", "Section one covers the five aspects", WRITE, FORM),
    rule(
        "supervision",
        "写明考核、评议和追责结果",
        "Assessment, review and accountability are stated",
        WRITE,
        LAW,
    ),
    rule(
        "applications-balance",
        "申请收办平衡",
        "Applications received equal applications handled",
        CHECK,
        FORM,
    ),
    rule("row-total", "表三各行合计等于分项之和", "Each row of table 3 adds up", CHECK, FORM),
    rule(
        "applications-one-figure",
        "文字与表三的申请数一致",
        "Text and table 3 give one number of applications",
        CHECK,
        OWN,
    ),
    rule(
        "cells-not-blank",
        "表格各格都有数字",
        "Every cell holds a figure",
        ("没有发生的填 0。", "Write 0 where nothing happened."),
        FORM,
    ),
    rule(
        "carried-over",
        "上年结转与上年报告衔接",
        "Carried-over figures follow last year's report",
        CHECK,
        FORM,
    ),
    rule("in-force", "现行有效件数与上年衔接", "Documents in force follow last year's report", CHECK, FORM),
    rule("specific-problems", "存在的问题写得具体", "Problems are specific", WRITE, LAW),
    rule("fee-stated", "写明信息处理费", "The information-processing fee is stated", WRITE, FORM),
    rule("old-form", "不用旧表头", "No headers of the old form", WRITE, FORM),
    rule("published-in-time", "按时公布", "Published in time", WRITE, LAW),
)


def use(name: str, **what: Any) -> Use:
    amounts: dict[str, Any] = {
        k: Decimal(v) if k in ("points", "deduct", "cap") else v for k, v in what.items()
    }
    return Use(f"annual-report/{name}", HERE, **amounts)


def indicator(
    name: str,
    zh: str,
    en: str,
    points: int,
    *uses: Use,
    inside: Sequence[Indicator] = (),
    floor: int | None = None,
) -> Indicator:
    marks = None if floor is None else Decimal(floor)
    return Indicator(name, Bilingual(zh, en), Decimal(points), HERE, uses, tuple(inside), marks)


TREE = (
    indicator("form", "结构与格式", "Structure and form", 30,
              use("six-sections", points=12), use("aspects", points=10), use("old-form", points=4),
              use("published-in-time", points=4), floor=15),
    indicator("tables", "“三张表”数据", "Figures of the three tables", 45, inside=[
        indicator("balance", "勾稽关系", "Identities", 30,
                  use("applications-balance", deduct="1.5", per="occurrence", cap=6),
                  use("row-total", deduct=2, per="occurrence"),
                  use("cells-not-blank", deduct="0.5", per="occurrence", cap=5)),
        indicator("years", "跨年衔接", "From year to year", 15,
                  use("carried-over", points=9), use("in-force", points=6)),
    ]),
    indicator("text", "文字质量", "Quality of the text", 25,
              use("applications-one-figure", points=8), use("specific-problems", points=9),
              use("supervision", points=5), use("fee-stated", points=3)),
    indicator("safety", "个人信息保护", "Personal data", 0, use("id-number-exposed", veto=True)),
)  # fmt: skip

BANDS = tuple(
    Band(Bilingual(zh, en), Decimal(mark))
    for zh, en, mark in (
        ("优秀", "excellent", 90),
        ("良好", "good", 80),
        ("合格", "pass", 60),
        ("不合格", "fail", 0),
    )
)

RULESET = Ruleset(
    id="annual-report",
    title=Bilingual("政府信息公开工作年度报告", "Annual report on government information disclosure"),
    version="1.0",
    sha256="a" * 64,
    full_marks=Decimal(100),
    pass_mark=Decimal(60),
    bands=BANDS,
    veto=Veto("stop"),
    unknown="open",
    not_applicable="rescale",
    indicators=TREE,
    rules={r.id: r for r in RULES},
)


def cell(line: int, row: str, column: str, quote: str) -> Location:
    return Location(REPORT, line, 9, table="表三", row=row, column=column, quote=quote)


def balance(column: str, en: str, left: int, right: int, line: int) -> Occurrence:
    places = (
        cell(line, "一、本年新收政府信息公开申请数量", column, str(left)),
        cell(line + 23, "三（七）总计", column, str(right)),
        cell(line + 24, "四、结转下年度继续办理", column, "0"),
    )
    message = Bilingual(
        f"{column}：收到和上年结转 {left} 件，办理和结转下年 {right} 件，相差 {left - right} 件。",
        f"{en}: {left} received or carried in, {right} handled or carried out, {left - right} apart.",
    )
    return Occurrence(column, Outcome.FAIL, message, (), places)


def blank(row: str, column: str, line: int) -> Occurrence:
    note = Bilingual("空白", "is blank")
    where = (cell(line, row, column, ""),)
    operand = Operand("total", Bilingual(f"{row}{column}", f"{row}, {column}"), "blank", "", where, note)
    return Occurrence(
        row,
        Outcome.UNKNOWN,
        Bilingual(f"{row}{column}：空白", f"{row}, {column}: is blank"),
        (operand,),
        where,
    )


def no_last_year(name: str) -> Finding:
    note = Bilingual("未提供上年报告（--previous）", "last year's report was not given (--previous)")
    operand = Operand("previous", Bilingual("上年数", "last year"), "missing", "", (), note)
    return found(name, "unknown", Occurrence("report", Outcome.UNKNOWN, note, (operand,)))


def found(
    name: str, outcome: str, *occurrences: Occurrence, checked: int = 7, reason: Bilingual | None = None
) -> Finding:
    return Finding(f"annual-report/{name}", Outcome(outcome), checked, occurrences, reason=reason)


def said(outcome: str, zh: str, en: str, *places: Location) -> Occurrence:
    return Occurrence("report", Outcome(outcome), Bilingual(zh, en), (), places)


def in_text(line: int, quote: str) -> Location:
    return Location(REPORT, line, 1, quote=quote)


FINDINGS = (
    found("id-number-exposed", "pass"),
    found("six-sections", "pass"),
    found(
        "aspects",
        "fail",
        said(
            "fail",
            "第一部分没有“监督保障”方面的内容。",
            "Section one says nothing on supervision.",
            in_text(7, "一、总体情况"),
        ),
    ),
    found(
        "supervision",
        "fail",
        said(
            "fail",
            "没有写社会评议和责任追究结果。",
            "Neither social review nor accountability is stated.",
            in_text(15, "（五）监督情况。年内开展检查两次"),
        ),
    ),
    found(
        "applications-balance",
        "fail",
        balance("自然人", "Natural persons", 27, 25, 43),
        balance("商业企业", "Businesses", 4, 3, 43),
        balance("科研机构", "Research", 2, 1, 43),
        balance("法律服务机构", "Legal services", 2, 1, 43),
        balance("其他", "Others", 3, 2, 43),
        balance("总计", "Total", 38, 32, 43),
    ),
    found(
        "row-total",
        "fail",
        said(
            "fail",
            "“三（一）予以公开”各列之和 21，总计填 20。",
            "Granted: the columns add up to 21, the total says 20.",
            cell(45, "三（一）予以公开", "总计", "20"),
        ),
        blank("三（二）部分公开", "总计", 46),
    ),
    found(
        "applications-one-figure",
        "fail",
        said(
            "fail",
            "文中写收到申请 39 件，表三总计 38 件。",
            "The text says 39 applications, table 3 says 38.",
            in_text(11, "共收到政府信息公开申请39件"),
            cell(43, "一、本年新收政府信息公开申请数量", "总计", "38"),
        ),
    ),
    found(
        "cells-not-blank",
        "fail",
        said(
            "fail",
            "“三（二）部分公开”总计没有填写。",
            "Partly granted: the total is empty.",
            cell(46, "三（二）部分公开", "总计", ""),
        ),
        checked=190,
    ),
    no_last_year("carried-over"),
    no_last_year("in-force"),
    found(
        "specific-problems",
        "pending",
        said(
            "pending",
            "第五部分没有数字、日期或文件名，可能写得笼统。",
            "Section five has no figure, date or document; it may be too general.",
            in_text(90, "公开内容还不够全面，队伍能力有待提升"),
        ),
    ),
    found("fee-stated", "pass"),
    found(
        "old-form",
        "not_applicable",
        checked=0,
        reason=Bilingual(
            "适用条件不成立：报告年度早于 2021", "its condition does not hold: the year is before 2021"
        ),
    ),
    found(
        "published-in-time",
        "unknown",
        said("unknown", "报告日期：没有写明", "the date: not stated"),
        checked=1,
    ),
)


def assessed(findings: Sequence[Finding] = FINDINGS, **what: Any) -> Assessment:
    ruleset = replace(RULESET, **what)
    return build(
        score(findings, ruleset),
        findings,
        ruleset,
        report=Provenance(Source(REPORT, "b" * 64, 11_300, "text", "utf-8")),
        unit="清溪县水务局",
        year=2024,
        as_of=date(2025, 2, 1),
    )


class Sample:
    """Variants of the sample."""

    found = staticmethod(found)
    said = staticmethod(said)
    findings = FINDINGS

    def but(self, *changed: Finding, **what: Any) -> Assessment:
        """The sample with some findings and parts of the ruleset changed."""
        by_rule = {finding.rule: finding for finding in changed}
        return assessed([by_rule.get(finding.rule, finding) for finding in FINDINGS], **what)

    def shuffled(self) -> Assessment:
        return assessed(FINDINGS[::-1])


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample()


@pytest.fixture(scope="session")
def assessment() -> Assessment:
    return assessed()
