"""The rule language: what it accepts, what it says of mistakes, how it decides and how it reads in words."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import expression
from checker.bilingual import Bilingual
from checker.errors import EngineError, Problem, RulesetError
from checker.expression import Compiler, Scope, Value, evaluate, formula
from checker.expression.tree import Call, Listing, Literal, Name, Node
from checker.facts import Collection, Field, FieldType, Vocabulary
from checker.location import Location
from checker.ruleset import Expression, Measure, Parameter, Signature


def field(name: str, type: FieldType, zh: str, en: str, scale: int = 1) -> Field:
    return Field(name, type, Bilingual(zh, en), None, scale)


VOCABULARY = Vocabulary(
    {
        f.name: f
        for f in (
            field("report.year", "number", "报告年度", "year reported on"),
            field("report.title", "text", "标题", "title"),
            field("report.text", "prose", "正文", "the prose"),
            field("report.stated_on", "date", "公布日期", "date stated"),
            field("applications.present", "flag", "有表三", "table 3 is there"),
            field("applications.new.total", "count", "新收总计", "new, total"),
            field("fees", "amount", "收费金额", "fees charged", 1_000_000),
            field("fees_last_year", "amount", "上年收费", "last year's fees", 1_000_000),
        )
    },
    {
        "applications.columns": Collection(
            "applications.columns",
            "column",
            Bilingual("列", "column"),
            (
                field("new", "count", "本年新收", "new"),
                field("carried_in", "count", "上年结转", "carried in"),
                field("handled", "count", "办结", "handled"),
                field("carried_out", "count", "结转下年", "carried out"),
                field("type", "text", "类型", "kind"),
                field("note", "prose", "备注", "note"),
            ),
        ),
        "accounts": Collection(
            "accounts",
            "account",
            Bilingual("账号", "account"),
            (field("new", "flag", "新开", "newly opened"), field("followers", "count", "粉丝", "followers")),
        ),
    },
)
COLUMNS = Scope.of(VOCABULARY, "applications.columns")
PLACE = Location("rule.yaml", 7, 9)


def compiled(source: str, scope: Scope = COLUMNS) -> Expression:
    return expression.check(source, scope, PLACE)


def recalled(found: Expression, scope: Scope = COLUMNS) -> Expression:
    """As another process makes it of its note."""
    kept = json.loads(json.dumps(expression.note(found)))
    again = Compiler([scope]).recall(kept, found.source, scope, PLACE)
    assert again is not None
    return again


def refused(source: str, scope: Scope = COLUMNS) -> tuple[Problem, ...]:
    with pytest.raises(RulesetError) as caught:
        compiled(source, scope)
    return caught.value.problems


def spot(problem: Problem) -> tuple[int | None, int | None]:
    assert problem.location is not None
    return problem.location.line, problem.location.character


VALUES: Mapping[str, Value] = {
    "new": 10,
    "carried_in": 2,
    "handled": 11,
    "carried_out": 1,
    "type": "business",
    "report.year": 2024,
    "report.title": "某区2024年政府信息公开工作年度报告",
    "report.stated_on": datetime(2025, 1, 31, tzinfo=UTC),
    "applications.present": True,
    "applications.new.total": 10,
    "fees": 10_699_516_00,
    "fees_last_year": 0,
}


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("new + carried_in == handled + carried_out", True),
        ("new - carried_in * 2 != 6", False),
        ("-new < 0 && !(new > 10)", True),
        ("report.year >= 2021", True),
        ('type in ["business", "research"]', True),
        ('!(type in ["business"]) || new == 10', True),
        ("[new, handled, carried_in].all(x, x > 2)", False),
        ("[new, handled].exists(x, x == report.year - 2014)", True),
        ("applications.present ? new == 10 : new == 0", True),
        ("sum([new, carried_in, 1]) == 13", True),
        ("abs(carried_in - new) == 8", True),
        ("report.stated_on <= date(report.year + 1, 1, 31)", True),
        ("report.stated_on == date(2025, 2, 1)", False),
        ("fees > yuan(10699515) && fees < wan_yuan(1070) && fees_last_year == 0", True),
        ("fees * 2 == fees + fees - fees_last_year", True),
        ("sum([fees, fees_last_year]) == fees", True),
        ('report.title.startsWith("某区") && report.title.endsWith("报告")', True),
        ('report.title.contains("2023")', False),
        ("applications.present == true", True),
        ("type == 'business' // why not", True),
    ],
)
def test_decides(source: str, holds: bool) -> None:
    found = compiled(source)
    assert evaluate(found, VALUES) is holds
    again = recalled(found)
    assert again == found
    assert again.compiled.placed_root() == found.compiled.placed_root()
    assert evaluate(again, VALUES) is holds


def test_reads_names_in_order_of_first_use() -> None:
    found = compiled("handled > report.year && [new, handled].all(x, x > carried_in) && fees == 0")
    assert found.reads == ("handled", "report.year", "new", "carried_in", "fees")


def test_a_field_may_have_a_name_cel_keeps_for_itself() -> None:
    found = compiled('type == "business"')
    assert found.reads == ("type",)
    assert evaluate(found, {"type": "business"}) is True


# Each shape of cel-cpp's messages, and each of our own checks: code, character, words in both languages.
MISTAKES = [
    ("neww == 1", "expression.unknown-name", 9, "是否想写 new？", "did you mean new?"),
    ("report.yeer == 1", "expression.unknown-name", 9, "是否想写 report.year？", "did you mean report.year?"),
    (
        "1 == qqq",
        "expression.unknown-name",
        14,
        "字段有：new, carried_in",
        "the fields of applications.columns",
    ),
    ('"中文" == type && 新收 == 1', "expression.syntax", 25, "只能用英文半角", "plain ASCII"),
    ('"表三“总计”" == typo', "expression.unknown-name", 21, "是否想写 type？", "did you mean type?"),
    ("report.text == ''", "expression.prose", 9, "只能由 measures 使用", "open to measures only"),
    ("note == ''", "expression.prose", 9, "长文本", "long text"),
    ("applications.columns == 1", "expression.collection", 9, "请用 each", "range over it with each"),
    ("foo(new) == 1", "expression.unknown-function", 9, "没有名为 foo 的函数", "no function foo"),
    ("summ([new]) == 1", "expression.unknown-function", 9, "是否想写 sum？", "did you mean sum?"),
    ("type.matches('a')", "expression.unknown-function", 21, "没有名为 matches", "no function matches"),
    ("size(type) == 1", "expression.unknown-function", 13, "没有名为 size", "no function size"),
    ("sum(new) == 1", "expression.call", 9, "sum 的写法是", "sum is called as"),
    ("date(2024, 1) == report.stated_on", "expression.call", 9, "date 的写法是", "date is called as"),
    ("sum == 1", "expression.call", 9, "sum 的写法是", "sum is called as"),
    (
        "type > 3",
        "expression.types",
        14,
        "“>”不能用于文字和整数",
        "'>' does not go with text and a whole number",
    ),
    (
        "new && applications.present",
        "expression.types",
        13,
        "整数和是非值",
        "a whole number and a truth value",
    ),
    ("new in ['a']", "expression.types", 13, "整数和一列文字", "a whole number and a list of text"),
    ("report.stated_on > 3", "expression.types", 26, "日期和整数", "a date and a whole number"),
    ("new == null", "expression.types", 13, "null", "null"),
    ("new * 0.9 > 1", "expression.decimal", 13, "a * 100 >= b * 90", "a * 100 >= b * 90"),
    ("1.5 < 2.5", "expression.decimal", 9, "不用小数", "no decimals"),
    ("new ==", "expression.syntax", 15, "没有写完", "breaks off here"),
    ("", "expression.syntax", 9, "没有写完", "breaks off here"),
    ("new == (1", "expression.syntax", 18, "右括号", "closing bracket"),
    ("new == 1)", "expression.syntax", 17, "不该出现“)”", "')' cannot stand here"),
    ("new = 1", "expression.syntax", 13, "相等请写 ==", "write =="),
    ("new <> 1", "expression.syntax", 14, "不等请写 !=", "write !="),
    ("new == 1 and handled == 1", "expression.syntax", 18, "请用 && 代替 and", "write && instead of and"),
    ("type == 'abc", "expression.syntax", 17, "引号没有闭合", "quotation mark is not closed"),
    ("if == 1", "expression.reserved", 9, "保留字", "reserved word"),
    ("new == 99999999999999999999", "expression.number-too-large", 16, "超出范围", "too large"),
    ("new.old == 1", "expression.select", 12, "不能再接", "after a dot"),
    ("new.all(x, x == 1)", "expression.range", 9, "方括号", "listed in brackets"),
    ("[new].all(1, true)", "expression.variable", 19, "变量名", "a variable name"),
    ("+".join(["new"] * 40) + " == 1", "expression.limit", 9, "sum([…])", "sum([…])"),
    ("has(new) && new == 1", "expression.has", 9, "不用 has()", "has() is not used"),
    ("new + 1", "expression.not-a-condition", 9, "须是一个条件", "a condition is needed"),
    ("new / 2 == 1", "expression.refused", 13, "没有“/”运算", "no '/'"),
    ("new % 2 == 1", "expression.refused", 13, "没有“%”运算", "no '%'"),
    ("[new][0] == 1", "expression.refused", 14, "没有“[ ]”运算", "no '[ ]'"),
    ("[new].map(x, x) == [1]", "expression.refused", 18, "没有这种写法", "no map"),
    ("[new].exists_one(x, x == 1)", "expression.refused", 25, "没有这种写法", "no map"),
    ("[handled].all(new, new == 1)", "expression.refused", 22, "已是字段名", "is a field"),
    ("new in []", "expression.refused", 16, "列表是空的", "the list is empty"),
    (
        "[new].all(x, [1].all(y, y == x))",
        "expression.refused",
        29,
        "不能互相嵌套",
        "do not nest",
    ),
    ("type in ['a', new]", "expression.mixed", 23, "混有不同种类", "different kinds"),
    ("[1, 'a'].exists(x, x == 1)", "expression.mixed", 13, "混有不同种类", "different kinds"),
    ("type > 'a'", "expression.order", 14, "只能用 == 或 !=", "== and != only"),
    ("type + 'a' == 'b'", "expression.types", 14, "只用于数字和金额", "only numbers and money"),
    ("fees == 3", "expression.money", 14, "yuan(400)", "yuan(400)"),
    ("fees > new", "expression.money", 14, "金额不能与件数", "money does not compare"),
    ("fees + 1 == fees", "expression.money", 14, "金额不能与件数", "money does not compare"),
    ("sum([fees, new]) == fees", "expression.money", 20, "金额不能与件数", "money does not compare"),
    ("fees * fees == fees", "expression.money", 14, "不能与金额相乘", "multiplied by money"),
    ("yuan(fees) == fees", "expression.money", 13, "已经是金额", "already"),
    ("fees in [1, 2]", "expression.money", 14, "金额不能与件数", "money does not compare"),
    ("date(2023, 2, 30) == report.stated_on", "expression.date", 13, "没有这一天", "no such day"),
    ("dyn(new) == 'a'", "expression.unknown-function", 12, "没有名为 dyn", "no function dyn"),
]


@pytest.mark.parametrize(("source", "code", "character", "zh", "en"), MISTAKES)
def test_tells_a_mistake(source: str, code: str, character: int, zh: str, en: str) -> None:
    problem = refused(source)[0]
    assert (problem.code, spot(problem)) == (code, (7, character))
    assert zh in problem.message.zh
    assert en in problem.message.en


def test_tells_all_unknown_names_at_once() -> None:
    assert [spot(p) for p in refused("neww == 1 &&\n   carried_inn == 2 && handledd == 3")] == [
        (7, 9),
        (8, 4),
        (8, 24),
    ]


def test_has_inside_a_text_is_only_text() -> None:
    assert evaluate(compiled("type == 'has(new)' || new == 10"), VALUES) is True


def test_too_long_an_expression_is_refused() -> None:
    assert refused("new == 1" + " " * 100_001)[0].code == "expression.limit"


def test_scopes_that_share_an_environment_do_not_share_names() -> None:
    followers = Scope.of(VOCABULARY, "accounts")
    several = Compiler([COLUMNS, followers, Scope.of(VOCABULARY)])
    assert evaluate(several.check("followers > 1", followers, PLACE), {"followers": 2}) is True
    assert evaluate(several.check("new", followers, PLACE), {"new": True}) is True
    assert evaluate(several.check("new == 1", COLUMNS, PLACE), {"new": 1}) is True
    with pytest.raises(RulesetError) as caught:
        several.check("carried_in == 1 && folowers == 2", followers, PLACE)
    assert [p.code for p in caught.value.problems] == ["expression.unknown-name"] * 2
    with pytest.raises(RulesetError) as caught:
        several.check("new == 1", Scope.of(VOCABULARY), PLACE)
    assert caught.value.problems[0].code == "expression.unknown-name"


# Traps of the binding: errors come back as values whose content is a non-empty text.
@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("new > 1", {}),
        ("new > 1", {"new": "many"}),
        ("new > 1", {"new": 2**70}),
        ("new * 9000000000000000000 > 1", {"new": 9}),
        ("sum([new, new]) > 1", {"new": 2**62}),
        (
            "report.stated_on == date(new, 13, 1)",
            {"new": 2024, "report.stated_on": datetime(2024, 1, 1, tzinfo=UTC)},
        ),
        ("report.stated_on == date(2024, 1, 1)", {"report.stated_on": date(2024, 1, 1)}),
        ("new == 1", {"new": None}),
    ],
)
def test_anything_but_true_or_false_is_an_engine_error(source: str, values: dict[str, Value]) -> None:
    with pytest.raises(EngineError) as caught:
        evaluate(compiled(source), values)
    assert caught.value.problems[0].location == PLACE


def test_a_false_side_decides_beside_an_overflow() -> None:
    assert evaluate(compiled("new > 10 && new * 9000000000000000000 > 1"), {"new": 10}) is False


def test_values_that_are_not_read_do_not_matter() -> None:
    assert evaluate(compiled("new == 10"), {"new": 10, "other": object()}) is True  # type: ignore[dict-item]


FORMULAS = [
    (
        "new + carried_in == handled + carried_out",
        "本年新收 ＋ 上年结转 ＝ 办结 ＋ 结转下年",
        "new + carried in = handled + carried out",
    ),
    ("new - (carried_in - 1) != 0", "本年新收 － （上年结转 － 1） ≠ 0", "new − (carried in − 1) ≠ 0"),
    ("(new - carried_in) - 1 >= 0", "本年新收 － 上年结转 － 1 ≥ 0", "new − carried in − 1 ≥ 0"),
    ("new + (carried_in + 1) > 0", "本年新收 ＋ 上年结转 ＋ 1 ＞ 0", "new + carried in + 1 > 0"),
    ("(new + 1) * 100 <= -1", "（本年新收 ＋ 1） × 100 ≤ －1", "(new + 1) × 100 ≤ −1"),
    (
        "new == 1 || new == 2 && handled < 3",
        "本年新收 ＝ 1 或 （本年新收 ＝ 2 且 办结 ＜ 3）",
        "new = 1 or (new = 2 and handled < 3)",
    ),
    (
        "(new == 1 || new == 2) && !applications.present",
        "（本年新收 ＝ 1 或 本年新收 ＝ 2） 且 非 有表三",
        "(new = 1 or new = 2) and not table 3 is there",
    ),
    ("!(new == 1 && handled == 2)", "非 （本年新收 ＝ 1 且 办结 ＝ 2）", "not (new = 1 and handled = 2)"),
    ("!applications.present || new > 0", "若 有表三，则 本年新收 ＞ 0", "if table 3 is there, then new > 0"),
    (
        "new == 1 && (!applications.present || new > 0)",
        "本年新收 ＝ 1 且 （若 有表三，则 本年新收 ＞ 0）",
        "new = 1 and (if table 3 is there, then new > 0)",
    ),
    (
        "applications.present ? new > 0 : new == 0",
        "若 有表三，则 本年新收 ＞ 0，否则 本年新收 ＝ 0",
        "if table 3 is there, then new > 0, otherwise new = 0",
    ),
    ('type in ["a", "b"]', "类型 属于 “a”、“b”", "kind is one of “a”, “b”"),
    ('!(type in ["a"])', "类型 不属于 “a”", "kind is none of “a”"),
    (
        "[new, handled].all(x, x == 0)",
        "本年新收、办结中每一项都满足：该项 ＝ 0",
        "each of new, handled satisfies: it = 0",
    ),
    (
        "[new, handled].exists(x, x > 0) && new > 0",
        "（本年新收、办结中至少有一项满足：该项 ＞ 0） 且 本年新收 ＞ 0",
        "(at least one of new, handled satisfies: it > 0) and new > 0",
    ),
    ("sum([new, handled]) * 2 == 4", "（本年新收 ＋ 办结） × 2 ＝ 4", "(new + handled) × 2 = 4"),
    ("sum([new, handled]) == 4", "本年新收 ＋ 办结 ＝ 4", "new + handled = 4"),
    ("abs(new - handled) <= 1", "|本年新收 － 办结| ≤ 1", "|new − handled| ≤ 1"),
    ("report.stated_on <= date(2025, 1, 31)", "公布日期 ≤ 2025年1月31日", "date stated ≤ 31 January 2025"),
    (
        "report.stated_on <= date(report.year + 1, 3, 31)",
        "公布日期 ≤ （报告年度 ＋ 1）年3月31日",
        "date stated ≤ 31 March of (year reported on + 1)",
    ),
    (
        "report.stated_on > date(report.year, 12, 31)",
        "公布日期 ＞ 报告年度12月31日",
        "date stated > 31 December of year reported on",
    ),
    (
        "fees < wan_yuan(12) && fees > yuan(400)",
        "收费金额 ＜ 12万元 且 收费金额 ＞ 400元",
        "fees charged < 12 × 10,000 yuan and fees charged > 400 yuan",
    ),
    ('report.title.contains("年")', "标题含有“年”", "title contains “年”"),
]


@pytest.mark.parametrize(("source", "zh", "en"), FORMULAS)
def test_reads_as_a_formula(source: str, zh: str, en: str) -> None:
    found = compiled(source)
    assert formula(found, COLUMNS, "zh") == zh
    assert formula(found, COLUMNS, "en") == en


@pytest.mark.parametrize(
    ("source", "left", "right"),
    [
        ("new + carried_in == handled", 12, 11),
        ("( new  >= (handled + 1) )", 10, 12),
        ("((new) + (1) != (2))", 11, 2),
        ("type == 'a ) == ( b'", "business", "a ) == ( b"),
        ("fees > yuan(400)", 10_699_516_00, 40_000),
        ("report.stated_on < date(2024, 1, 1)", VALUES["report.stated_on"], datetime(2024, 1, 1, tzinfo=UTC)),
    ],
)
def test_sides_of_a_comparison(source: str, left: Value, right: Value) -> None:
    found = compiled(source)
    assert expression.sides(found) is not None
    assert expression.evaluate_side(found, "left", VALUES) == left
    assert expression.evaluate_side(found, "right", VALUES) == right


@pytest.mark.parametrize("source", ["new == 1 && handled == 2", "applications.present", "new in [1, 2]"])
def test_other_expressions_have_no_sides(source: str) -> None:
    assert expression.sides(compiled(source)) is None


def test_a_side_that_fails_is_an_engine_error() -> None:
    with pytest.raises(EngineError):
        expression.evaluate_side(compiled("new * 9000000000000000000 == 1"), "left", VALUES)


def test_money_is_shown_in_the_unit_it_is_written_in() -> None:
    both = expression.sides(compiled("fees_last_year == fees"))
    assert both is not None
    assert expression.side_in_words(both[1], 1_069_951_600, "zh") == "1069.9516"
    assert expression.side_in_words(both[1], 0, "zh") == "0"
    assert expression.side_in_words(both[0], True, "en") == "yes"
    assert expression.side_in_words(both[0], datetime(2025, 1, 31, tzinfo=UTC), "zh") == "2025-01-31"


@pytest.mark.parametrize(
    ("source", "left", "right"),
    [
        ("yuan(new * 5) > yuan(400)", "50", "400"),
        ("new + 2 > abs(handled - 1)", "12", "7"),
        ("fees >= wan_yuan(12)", "1069.9516", "12"),
        ("wan_yuan(new) <= fees", "10", "1069.9516"),
        ("yuan(new) * 3 == fees_last_year - fees", "0.003", "-1069.9516"),
        ("(fees > yuan(1) ? new : 0) == 3", "10", "3"),
    ],
)
def test_money_beside_no_field_of_its_own_is_shown_as_money(source: str, left: str, right: str) -> None:
    values = {**VALUES, "new": 10, "handled": 8, "fees": 1_069_951_600, "fees_last_year": 0}
    found = compiled(source)
    both = expression.sides(found)
    assert both is not None
    shown = [
        expression.side_in_words(side, expression.evaluate_side(found, name, values), "zh")
        for side, name in zip(both, ("left", "right"), strict=True)
    ]
    assert shown == [left, right]


@pytest.mark.parametrize(
    ("source", "sums"),
    [
        ("handled <= new && new <= 9", (("new",),)),
        (
            "handled <= new || handled <= new + carried_in && new + carried_in <= 9",
            (("new",), ("new", "carried_in")),
        ),
        ("handled <= new * 2 || handled >= new || 0 <= new || handled <= new + 1", ()),
    ],
)
def test_sums_a_name_is_at_most(source: str, sums: tuple[tuple[str, ...], ...]) -> None:
    assert expression.sums_above(compiled(source), "handled") == sums


SUM = Signature("sum", (Parameter("sum", "member"),), None, Bilingual("合计", "sum"), True)
TERMS = Signature(
    "terms",
    (Parameter("terms", "terms"), Parameter("in", "prose")),
    "count",
    Bilingual("出现次数", "occurrences"),
)


@pytest.mark.parametrize(
    ("measure", "zh", "en"),
    [
        (
            Measure("n", SUM, {"sum": "accounts.followers"}, "count"),
            "合计（账号的粉丝）",
            "sum (followers of account)",
        ),
        (
            Measure(
                "n",
                SUM,
                {"sum": "accounts.followers"},
                "count",
                expression.check("new && followers > 1", Scope.of(VOCABULARY, "accounts"), PLACE),
            ),
            "合计（账号的粉丝，其中 新开 且 粉丝 ＞ 1）",
            "sum (followers of account, where newly opened and followers > 1)",
        ),
        (
            Measure(
                "n", TERMS, {"terms": {"帐号": "账号", "登陆": "登录"}, "in": "previous.report.text"}, "count"
            ),
            "出现次数（上年正文，“帐号”、“登陆”）",
            "occurrences (last year's the prose, “帐号”、“登陆”)",
        ),
        (
            Measure("n", TERMS, {"terms": list("甲乙丙丁戊己庚辛壬癸"), "in": "report.text"}, "count"),
            "出现次数（正文，“甲”、“乙”、“丙”、“丁”、“戊”、“己”、“庚”、“辛” 等 10 个）",
            "occurrences (the prose, “甲”、“乙”、“丙”、“丁”、“戊”、“己”、“庚”、“辛” and 2 more)",
        ),
    ],
)
def test_a_measure_says_what_it_computes(measure: Measure, zh: str, en: str) -> None:
    label = expression.measure_label(measure, VOCABULARY, None)
    assert label == Bilingual(zh, en)
    scope = Scope.of(VOCABULARY, None, [replace(measure, label=label)])
    assert formula(compiled("n == 1", scope), scope, "zh") == f"{zh} ＝ 1"


def test_a_measure_has_the_unit_of_what_it_is_computed_from() -> None:
    carried = Signature(
        "last_year", (Parameter("last_year", "previous"),), None, Bilingual("上年", "last year")
    )
    measure = Measure("n", carried, {"last_year": "fees"}, "amount")
    assert expression.measure_field(measure, VOCABULARY, None).scale == 1_000_000


def test_a_flag_reads_as_a_statement() -> None:
    found = field("found", "flag", "是否找到", "found")
    rows = Collection("rows", "row", Bilingual("各行", "rows"), (found,))
    scope = Scope.of(Vocabulary({}, {"rows": rows}), "rows")
    assert formula(compiled("!found", scope), scope, "zh") == "非 找到"
    there = Scope.of(Vocabulary({"there": field("there", "flag", "表三是否存在", "table 3 is there")}, {}))
    assert formula(compiled("there", there), there, "zh") == "表三存在"


def test_holes_of_a_message() -> None:
    assert expression.holes("{column}：{{原文}} {left}、{ right }") == ("column", "left", "right")
    assert expression.holes("没有 }") == ("",)
    assert expression.fill("{a} {{b}} { c }", {"a": "1", "c": "3"}) == "1 {b} 3"


# A decoded tree means what cel-cpp computes: random expressions, interpreted from the tree in Python.
_NAMES = ("new", "carried_in", "handled")
_NUMBERS: st.SearchStrategy[str] = st.recursive(
    st.sampled_from([*_NAMES, "0", "1", "7", "-3"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.lists(inner, min_size=1, max_size=4).map(lambda p: f"sum([{', '.join(p)}])"),
        inner.map(lambda p: f"abs({p})"),
    ),
    max_leaves=6,
)
_CONDITIONS: st.SearchStrategy[str] = st.recursive(
    st.tuples(_NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), _NUMBERS).map(" ".join),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda p: f"!({p})"),
    ),
    max_leaves=5,
)
_COMPILER = Compiler([COLUMNS])


def interpreted(node: Node, values: Mapping[str, int]) -> int:
    match node:
        case Literal(value=int() as value):
            return value
        case Name():
            return values[node.name]
        case Call("sum", (listing,)):
            assert isinstance(listing, Listing)
            return sum([interpreted(e, values) for e in listing.elements])
        case Call(function, arguments):
            met = [interpreted(a, values) for a in arguments]
            operations = {
                "_+_": lambda a, b: a + b,
                "_-_": lambda a, b: a - b,
                "_*_": lambda a, b: a * b,
                "_==_": lambda a, b: a == b,
                "_!=_": lambda a, b: a != b,
                "_<_": lambda a, b: a < b,
                "_<=_": lambda a, b: a <= b,
                "_>_": lambda a, b: a > b,
                "_>=_": lambda a, b: a >= b,
                "_&&_": lambda a, b: a and b,
                "_||_": lambda a, b: a or b,
                "!_": lambda a: not a,
                "-_": lambda a: -a,
                "abs": abs,
            }
            return operations[function](*met)  # type: ignore[no-any-return,operator]
    raise AssertionError(node)


@given(_CONDITIONS, st.tuples(*[st.integers(-5, 20)] * 3))
def test_the_decoded_tree_means_what_cel_computes(source: str, numbers: tuple[int, ...]) -> None:
    values = dict(zip(_NAMES, numbers, strict=True))
    found = _COMPILER.check(source, COLUMNS, PLACE)
    assert evaluate(found, values) is bool(interpreted(found.compiled.root, values))
    assert formula(found, COLUMNS, "zh")
