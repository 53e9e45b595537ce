"""The clerk's page: what stands on it, that it fits, and that no report can change how it looks."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from checker.assessment import Assessment, EvidenceEntry, EvidenceList, InputFile, Lacking
from checker.bilingual import Bilingual, Language
from checker.claims import Claim, Standing
from checker.finding import Occurrence, Operand, Outcome
from checker.location import Location
from checker.renderers import Page, renderer
from checker.ruleset import Indicator, Veto
from tests.renderers.conftest import TREE, use

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
        ("error", {}, "有 1 条规则执行出错，不能给出结论", "1 rule broke, so"),
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
    assert "last.pdf 第 4 页 “三”；report.md body/p[3]" in text


# Places ----------------------------------------------------------------------------------------------


def placed(sample: Any, *places: Location, language: Language = "zh") -> str:
    """What stands behind 位置 of a finding with these places, on one line."""
    occurrence = Occurrence("report", Outcome.FAIL, Bilingual("甲", "a"), (), places)
    text = page(sample.but(sample.found("aspects", "fail", occurrence)), language, 120)
    label, end = ("位置  ", "改法") if language == "zh" else ("place  ", "fix")
    said = text.partition(label)[2].partition(end)[0]
    return "".join(line.strip() + (" " if language == "en" else "") for line in said.splitlines()).strip()


def step(name: str, column: str, quote: str | None, line: int = 4) -> Location:
    return Location("evidence/r.csv", line, row=f"W1 {name}", column=column, quote=quote)


def test_a_file_and_a_line_are_named_once(sample: Any) -> None:
    said = placed(
        sample, step("初审", "初审人", "甲"), step("终审", "终审人", "乙"), step("终审", "终审人", "丙", 5)
    )
    rows = (
        "evidence/r.csv 第 4 行 “W1 初审”，初审人：甲",
        "“W1 终审”，终审人：乙",
        "第 5 行 “W1 终审”，终审人：丙",
    )
    assert said == "；".join(rows)


def test_the_report_is_named_behind_a_place_in_evidence(sample: Any) -> None:
    said = placed(sample, Location("report.md", 3), Location("evidence/r.csv", 4), Location("report.md", 9))
    assert said == "第 3 行；evidence/r.csv 第 4 行；report.md 第 9 行"


def test_a_step_read_off_the_header_is_said_by_the_row(sample: Any) -> None:
    assert placed(sample, step("初审", "初审人", "初审")) == "evidence/r.csv 第 4 行 “W1 初审”"
    both = (step("初审", "初审人", "甲"), step("初审", "初审人", "初审"))
    assert placed(sample, *both) == "evidence/r.csv 第 4 行 “W1 初审”，初审人：甲"


def test_an_empty_cell_is_said_to_be_empty(sample: Any) -> None:
    assert placed(sample, step("初审", "佐证", "")) == "evidence/r.csv 第 4 行 “W1 初审”，佐证：（空白）"
    assert placed(sample, step("初审", "佐证", ""), language="en").endswith(", 佐证: (blank)")
    assert placed(sample, step("初审", "佐证", None)) == "evidence/r.csv 第 4 行 “W1 初审”，佐证"


def test_what_could_not_be_read_is_named_with_its_column(sample: Any) -> None:
    note = Bilingual("没有这个日期或时刻", "there is no such day or time")

    def unread(*labels: str) -> str:
        operands = tuple(Operand("x", Bilingual(n, n), "unreadable", "2-30", (), note) for n in labels)
        occurrence = Occurrence("1", Outcome.UNKNOWN, note, operands)
        return page(sample.but(sample.found("fee-stated", "unknown", occurrence)), "zh", 120)

    assert "  发布日期：没有这个日期或时刻  1 项，" in unread("发布日期")
    assert "  发布日期等 2 项：没有这个日期或时刻  1 项，" in unread("发布日期", "开设日期")


# The tree of a large ruleset -------------------------------------------------------------------------


def tree(sample: Any, leaves: int) -> str:
    """The sample with an indicator of so many leaves that lost nothing, and three that do not apply."""
    rules = ["six-sections"] * leaves + ["old-form"] * 3
    inside = tuple(
        Indicator(
            f"l{n}", Bilingual(f"小项{n}", f"Leaf {n}"), Decimal(1), TREE[0].place, (use(rule, points=1),)
        )
        for n, rule in enumerate(rules)
    )
    whole = replace(TREE[0], id="many", points=Decimal(len(rules)), uses=(), indicators=inside, floor=None)
    return page(sample.but(indicators=(*TREE, whole), full_marks=Decimal(100 + len(rules))), "zh", 100)


def test_what_does_not_apply_stands_on_one_line(sample: Any) -> None:
    text = tree(sample, 2)
    assert re.search(r"不适用 / 3  ·{20}    小项2 1；小项3 1；小项4 1\n", text)
    assert re.search(r" 1 / 1  █{20}    小项0\n", text)


def test_a_long_tree_is_told_by_what_was_lost(sample: Any) -> None:
    text = tree(sample, 30)
    assert re.search(r" 30 / 30  █{20}    小项0 1；小项1 1；", text)
    assert re.search(r"  勾稽关系\n", text)


# Evidence --------------------------------------------------------------------------------------------


def entry(id: str | None, kind: str | None, status: str = "verified", **what: Any) -> EvidenceEntry:
    given: dict[str, Any] = {"title": Bilingual(f"{kind}台账", f"{kind}"), "file": f"evidence/{id}.csv"}
    given |= {"sha256": "c" * 64, "reason": None, "rows": None, "fault_count": 0, "faults": (), "used": True}
    return EvidenceEntry(id=id, kind=kind, status=status, **{**given, **what})


OTHER_YEAR = Bilingual("证据 d 全在 2024 年度之外，没有采用", "the evidence d is wholly outside 2024")
ENTRIES = (
    entry("a", "甲", rows=1),
    entry("b", "乙", rows=40_802),
    entry("c", "丙", "changed", reason=Bilingual("改了", "changed"), used=False),
    entry("d", "丁", reason=OTHER_YEAR, used=False),
    entry("shot", "attachment", title=None, file="evidence/shot.png"),
)


def lacking(kind: str, *rules: str) -> Lacking:
    return Lacking(kind, Bilingual(f"{kind}台账", kind), rules)


def with_evidence(assessment: Assessment, *claims: Claim) -> Assessment:
    lacks = (lacking("丙", "x/a"), lacking("丁", "x/a", "x/b"), lacking("戊", "x/c"))
    found = EvidenceList(InputFile("manifest.yaml", "d" * 64), ENTRIES, (), lacks)
    return replace(assessment, submission=replace(assessment.submission, evidence=found), claims=claims)


def test_the_table_of_evidence(assessment: Assessment) -> None:
    text = page(with_evidence(assessment), "zh", 100)
    assert text.partition("\n证据  ")[2].partition("\n\n")[0].splitlines() == [
        "相符 3，已改动 1，未采用 1，未提供 1",
        "-" * 100,
        "  状态    种类         行数  文件",
        "  相符    甲台账          1  evidence/a.csv",
        "  相符    乙台账     40,802  evidence/b.csv",
        "  已改动  丙台账             evidence/c.csv，1 条规则需要",
        "  未采用  丁台账             evidence/d.csv，2 条规则需要",
        "      证据 d 全在 2024 年度之外，没有采用",
        "  相符    附件 shot          evidence/shot.png",
        "  未提供  戊台账             1 条规则需要",
    ]
    english = page(with_evidence(assessment), "en", 100)
    assert "evidence/c.csv, 1 rule needs it" in english
    assert "evidence/d.csv, 2 rules need it" in english


def claim(text: str, found: str | None, *evidence: Location, standing: Standing = Standing.BACKED) -> Claim:
    label, reason = Bilingual("发布信息", "items"), Bilingual("没有台账", "no ledger")
    place = (Location("report.md", 9, quote=text),)
    return Claim("claims.items", label, text, standing, place, found, None, evidence, reason)


def test_the_table_of_claims(assessment: Assessment) -> None:
    found = (
        claim("974条", "974", Location("evidence/a.csv")),
        claim(
            "没有收到任何一件关于公开信息的申请", "0", Location("evidence/b.csv", 2, row="B1", column="数量")
        ),
        claim("3期", None, standing=Standing.UNBACKED),
    )
    text = page(with_evidence(assessment, *found), "zh", 100)
    assert text.partition("正文数字与证据  ")[2].partition("\n\n")[0].splitlines() == [
        "无据 1，有据 2",
        "-" * 100,
        "        正文                                  位置     证据  台账",
        "  无据  发布信息 3期                          第 9 行        没有台账",
        "  有据  发布信息 974条                        第 9 行   974  甲台账",
        "  有据  发布信息 没有收到任何一件关于公开...  第 9 行     0  乙台账 第 2 行",
    ]
    long = replace(found[0], label=Bilingual("信息", "items on all the websites and accounts there are"))
    assert "  items on all the websites a... 974条  " in page(with_evidence(assessment, long), "en", 100)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Location("report.pdf", page=3, box=(70, 340, 520, 352), quote="3期"), "第 3 页"),
        (Location("report.docx", paragraph=12, cell=(2, 5, 3)), "第 12 段"),
        (Location("report.docx", cell=(2, 5, 3)), "第 2 个表格"),
        (Location("report.docx", path="脚注 2"), "脚注 2"),
        (Location("report.html", 1, path="/html/body/div[2]/div[1]/div[7]/p[14]"), "第 1 行"),
    ],
)
def test_the_place_of_a_claim_fits_its_column(assessment: Assessment, place: Location, said: str) -> None:
    found = replace(claim("3期", "3", Location("evidence/a.csv")), locations=(place,))
    assert f"  有据  发布信息 3期  {said}" in page(with_evidence(assessment, found), "zh", 60)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_of_evidence_runs_over(assessment: Assessment, language: Language, width: int) -> None:
    found = claim("974条", "974", Location("evidence/a.csv", 9), Location("evidence/b.csv", 9))
    lines = page(with_evidence(assessment, found), language, width).splitlines()
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


def test_one_is_no_plural(sample: Any) -> None:
    names = [f.rule.partition("/")[2] for f in sample.findings]
    passing = [sample.found(name, "pass") for name in names if name != "fee-stated"]
    doubt = sample.found("fee-stated", "unknown", sample.said("unknown", "没有写明", "not stated"))
    text = page(sample.but(*passing, doubt), "en", 100)
    assert "1 rule is undecided; even if it fails, 97 remain" in text
    assert "With this one done: " in text
