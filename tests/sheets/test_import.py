"""Sheets as bureaus lay them out, read into rulesets; what does not add up is told, all at once."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from checker import library
from checker.errors import InputError, Problem
from checker.facts_yaml import facts_from_yaml
from checker.ruleset import Indicator, Ruleset
from checker.sheets import Import, imported
from checker.sheets.basis import NO_CLAUSE, bases_of
from tests.sheets import layouts
from tests.sheets.layouts import LAYOUTS, Sheet, saved

D = Decimal


def put(folder: Path, made: Import) -> Ruleset:
    """The ruleset of an import, written to a folder and loaded from it."""
    for name, text in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return library.load_ruleset(folder / "demo.yaml")


def load(tmp_path: Path, sheet: Sheet, **options: Any) -> Ruleset:
    return put(tmp_path / "made", imported(saved(tmp_path / "s.xlsx", sheet), "demo", **options))


def refused(tmp_path: Path, sheet: Sheet, **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        imported(saved(tmp_path / "s.xlsx", sheet), "demo", **options)
    return caught.value.problems


def leaves(indicators: tuple[Indicator, ...]) -> list[Indicator]:
    return [leaf for i in indicators for leaf in (leaves(i.indicators) if i.indicators else [i])]


def worths(ruleset: Ruleset) -> dict[str, Decimal]:
    return {leaf.id: leaf.points for leaf in leaves(ruleset.indicators)}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_is_written_loads_and_is_a_question_for_every_leaf(tmp_path: Path, layout: str) -> None:
    ruleset = load(tmp_path, LAYOUTS[layout]())
    assert ruleset.full_marks == 100
    assert all(rule.question is not None and rule.basis for rule in ruleset.rules.values())
    used = [use for leaf in leaves(ruleset.indicators) for use in leaf.uses]
    assert all(
        use.deduct == 0 and use.deduct_to == leaf.points
        for leaf in leaves(ruleset.indicators)
        for use in leaf.uses
    )
    bonus = ruleset.bonus.uses if ruleset.bonus else ()
    assert {use.rule for use in (*used, *bonus, *ruleset.uses)} == set(ruleset.rules)


def test_every_rule_has_a_case_that_holds(tmp_path: Path) -> None:
    load(tmp_path, layouts.deductions())
    names = [p.stem for p in sorted((tmp_path / "made" / "cases" / "demo").glob("*.yaml"))]
    assert names == ["item-1-row-1", "item-1-row-2", "item-2"]
    home = tmp_path / "made" / "demo.yaml"
    facts = facts_from_yaml({"report.year": 2024}, library.vocabulary())
    for name in names:
        assert library.decide(home, f"demo/{name}", facts).outcome == "pending"


def test_rows_without_points_of_their_own_are_questions_of_the_title_above(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.deductions())
    first, second = ruleset.indicators
    assert (first.points, [u.rule for u in first.uses]) == (D(60), ["demo/item-1-row-1", "demo/item-1-row-2"])
    assert first.sheet["扣分办法 #2"] == "缺标题每件扣1分" and second.sheet["分值"] == "40分"
    question = ruleset.rules["demo/item-1-row-2"].question
    assert question is not None and question.zh == "主动公开：缺标题每件扣1分"
    assert question.en.startswith("TODO")
    assert ruleset.title.zh == "某区政务公开考评标准表"


def test_contents_with_points_are_parts_of_the_title_they_stand_beside(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.by_process())
    assert worths(ruleset) == {
        "item-1-1-1-1-1": 2,
        "item-1-1-1-1-2": 3,
        "item-1-1-1-2": 5,
        "item-1-1-2": 10,
        "item-2-1": 80,
    }
    assert [i.title.zh for i in leaves(ruleset.indicators)] == ["全文", "格式", "清理", "意见", "公开"]


def test_percentages_of_percentages(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.nested())
    assert worths(ruleset)["item-1-1-1-1-1"] == Decimal("0.84")
    assert sum(worths(ruleset).values()) == 100


def test_percentages_of_the_whole(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "权重", "二级指标", "权重", "评分标准"],
        ["公开", "40%", "目录", "28%", "甲"],
        [None, None, "申请", "12%", "乙"],
        ["解读", "60%", "形式", "60%", "丙"],
    ]
    ruleset = load(tmp_path, Sheet(rows, ["A2:A3", "B2:B3"]))
    assert worths(ruleset) == {"item-1-1": 28, "item-1-2": 12, "item-2-1": 60}


def test_parts_on_a_scale_of_their_own(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.mixed_scales())
    assert [(i.points, i.out_of) for i in ruleset.indicators] == [(D(70), D(100)), (D(30), D(100))]


def test_bonus_and_deductions_stand_apart(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.repeated())
    assert ruleset.bonus is not None
    assert (ruleset.bonus.cap, [u.points for u in ruleset.bonus.uses]) == (D(8), [D(5), D(3)])
    assert [(u.deduct, u.deduct_to) for u in ruleset.uses] == [(D(0), D(5))]
    assert worths(ruleset) == {"item-1-1": 20, "item-1-2": 40, "item-2-1": 40}


def test_a_veto_needs_a_basis_that_binds(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "评分标准", "依据"],
        ["公开", 100, "甲", None],
        ["泄密", "一票否决", "乙", "国办秘函〔2019〕19号"],
        ["其他", "否决", "丙", "本局规定"],
    ]
    ruleset = load(tmp_path, Sheet(rows))
    assert [(u.veto, u.warning) for u in ruleset.uses] == [(True, False), (False, True)]


def test_rows_across_the_table_are_parts(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.in_sections())
    assert [(i.id, i.title.zh, i.points) for i in ruleset.indicators] == [
        ("item-1", "一、网站", D(70)),
        ("item-2", "二、新媒体", D(30)),
    ]


def test_points_may_stand_in_the_titles(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.points_in_titles())
    assert worths(ruleset) == {"item-1-1": 20, "item-1-2": 40, "item-2-1": 40}
    assert [i.title.zh for i in leaves(ruleset.indicators)] == ["目录", "内容", "渠道"]


def test_contents_before_the_indicators_are_the_level_above(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.contents_first())
    assert [(i.title.zh, i.points) for i in ruleset.indicators] == [("公开", D(60)), ("申请", D(40))]


def test_codes_are_ids_where_every_leaf_has_its_own(tmp_path: Path) -> None:
    sheet = layouts.blanks_below()
    assert set(worths(load(tmp_path, sheet))) == {"a-1", "a-2", "b-1"}
    rows = [list(row) for row in sheet.rows]
    rows[3][0] = "A-1"
    assert set(worths(load(tmp_path, Sheet(rows)))) == {"item-1-1-1", "item-1-1-2", "item-2-1"}


def test_bases_keep_their_words_and_get_the_grade_that_can_be_seen(tmp_path: Path) -> None:
    ruleset = load(tmp_path, layouts.shares())
    found = {rule.id: rule.basis for rule in ruleset.rules.values()}
    (first,) = found["demo/item-1"]
    assert (first.document, first.clause, first.grade) == (
        "《中华人民共和国政府信息公开条例》",
        "第五十条",
        "law",
    )
    (second,) = found["demo/item-2"]
    assert (second.document, second.clause, second.grade) == ("国办发〔2016〕80号", NO_CLAUSE, "national")
    assert found["demo/item-3"][0].grade == "local"
    (none,) = found["demo/item-4"]
    assert (none.document, none.clause, none.grade) == ("指标表", "工作表“指标表”第 5 行", "unconfirmed")


def test_several_bases_in_a_cell() -> None:
    found = bases_of("《政府信息公开条例》第三十三条；国办函〔2020〕109号\n县里的要求")
    assert [(b.document, b.clause, b.grade) for b in found] == [
        ("《政府信息公开条例》", "第三十三条", "law"),
        ("国办函〔2020〕109号", NO_CLAUSE, "national"),
        ("县里的要求", NO_CLAUSE, "unconfirmed"),
    ]


WRONG = Sheet(
    [
        ["一级指标", "分值", "二级指标", "分值", "考核内容", "分值"],
        ["公开", 40, "目录", 8, "全文", 4],
        [None, None, None, None, "格式", 6],
        [None, None, "申请", 30, "渠道", "若干"],
        ["解读", 70, "形式", 70, "图表", 70],
        ["合计", 100],
    ],
    ["A2:A4", "B2:B4", "C2:C3", "D2:D3"],
)


def test_everything_that_cannot_be_read_is_told_at_its_cell(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, WRONG)
    assert problem.code == "sheet.points" and "指标表!F4：“若干”" in problem.message.zh
    rows = [list(row) for row in WRONG.rows]
    rows[3][5] = 30
    problems = refused(tmp_path, Sheet(rows, WRONG.merged))
    assert [p.code for p in problems] == ["sheet.sum"] * 3 and all(p.fix for p in problems)
    assert problems[2].message.zh == "指标表!B6：各项合计 110（B2、B5），应为 100"
    assert problems[0].message.zh == "指标表!D2：“目录”的下级合计 10（F2、F3），应为 8"
    assert problems[1].message.zh == "指标表!B2：“公开”的下级合计 38（D2、D4），应为 40"


def test_what_is_stated_may_be_kept(tmp_path: Path) -> None:
    rows = [list(row) for row in WRONG.rows]
    rows[3][5] = 30
    ruleset = load(tmp_path, Sheet(rows, WRONG.merged), keep_stated=True)
    (whole,) = ruleset.indicators
    assert (whole.id, whole.points, whole.out_of, whole.unconfirmed) == ("whole", D(100), D(110), True)
    public = whole.indicators[0]
    assert (public.points, public.out_of) == (D(40), D(38))
    assert (public.indicators[0].points, public.indicators[0].out_of) == (D(8), D(10))


def test_a_total_or_subtotal_that_is_not_the_sum_is_told(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "评分标准"],
        ["公开", 40, "甲"],
        ["小计", 41],
        ["解读", 60, "乙"],
        ["合计", 90],
    ]
    assert [p.message.zh for p in refused(tmp_path, Sheet(rows))] == [
        "指标表!B5：各项合计 100（B2、B4），应为 90",
        "指标表!B3：小计写 41，以上各项合计 40（B2）",
    ]


def test_missing_points_are_told_for_every_row(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "评分标准"],
        ["公开", 40, "甲"],
        ["解读", "/", "乙"],
        ["互动", None, "丙"],
        ["申请", 60, ""],
    ]
    problems = refused(tmp_path, Sheet(rows))
    assert [p.message.zh for p in problems] == ["指标表!A3：“解读”没有分值", "指标表!A4：“互动”没有分值"]


def test_parts_in_a_text_that_are_not_the_points_are_remarked_upon(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "考察点"],
        ["征集", 8, "草案（2分）、依据（2分）、期限（6分）"],
        ["其他", 92, "甲"],
    ]
    made = imported(saved(tmp_path / "s.xlsx", Sheet(rows)), "demo")
    assert "C2：文中各部分合计 10 分，“征集”是 8 分，请核对" in [r.zh for r in made.remarks]


def test_columns_may_be_named(tmp_path: Path) -> None:
    rows = [["甲栏", "乙栏", "丙栏"], ["公开", "写了什么", 40], ["解读", "写了什么", 60]]
    (problem,) = refused(tmp_path, Sheet(rows))
    assert problem.code == "sheet.no-header"
    ruleset = load(tmp_path, Sheet(rows), levels=["甲栏"], points=["C"])
    assert worths(ruleset) == {"item-1": 40, "item-2": 60}
    (problem,) = refused(tmp_path, Sheet(rows), levels=["甲兰"], points=["C"])
    assert problem.code == "sheet.no-header"


def test_which_sheet(tmp_path: Path) -> None:
    path = saved(tmp_path / "s.xlsx", layouts.shares(), others=["填表说明"])
    assert [r.zh for r in imported(path, "demo").remarks] == ["没有导入其他工作表：填表说明"]
    with pytest.raises(InputError) as caught:
        imported(path, "demo", sheet="指标")
    assert "指标表、填表说明" in caught.value.problems[0].message.zh


def test_braces_in_a_cell_are_no_holes(tmp_path: Path) -> None:
    text = "写作 {item} 的格式\n  # 不是注释\n- 也不是列表"
    rows = [["一级指标", "分值", "评分标准"], ["公开", 100, text]]
    ruleset = load(tmp_path, Sheet(rows))
    question = ruleset.rules["demo/item-1"].question
    assert question is not None and "｛item｝" in question.zh
    assert ruleset.indicators[0].sheet["评分标准"] == text
