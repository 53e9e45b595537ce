"""Rules that ask a person, that are met by a ratio, and that say more of what is at fault."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checker import evaluation, measures
from checker.bilingual import Bilingual
from checker.errors import Problem, RulesetError
from checker.expression import faults_in_words, rule_in_words
from checker.facts_yaml import facts_from_yaml
from checker.finding import Finding, Occurrence, Outcome
from checker.library import vocabulary
from checker.ruleset import Ratio, Rule
from checker.ruleset_yaml import load_rule

HEAD = """\
title: {zh: 题, en: title}
why: {zh: 因, en: why}
basis: [{document: 文, clause: 条, grade: law}]
remedy: {zh: 改, en: fix}
"""
REST = """\
message: {zh: 错, en: wrong}
examples: {pass: {report.year: 2024}, fail: {report.year: 2024}}
"""
QUESTION = 'question: {zh: "{title}写得清楚吗？", en: "Is {title} clear?"}\neach: policies\n'
RATIO = """\
each: inspections
degree: {part: objects_checked, whole: objects_total}
"""
TARGET = "parameters: {target: {type: number, value: 4, label: {zh: 应有, en: target}}}\n"
LATE = """\
each: rectifications
parameters:
  limit: {type: number, value: 10, label: {zh: 时限, en: limit}}
measures:
  taken: {workdays: notified_on, to: closed_on}
  late: {days: due_on, to: closed_on}
assert: taken <= limit
quantity: late
rectified: recheck_result == "合格"
repeated: has_repeat_of
"""
MakeRule = Callable[[str], Rule]


@pytest.fixture
def rule(tmp_path: Path) -> MakeRule:
    def make(body: str) -> Rule:
        path = tmp_path / "rule.yaml"
        path.write_text(HEAD + ("" if "question:" in body else REST) + body, encoding="utf-8")
        return load_rule(path, tmp_path, vocabulary(), measures.signatures())

    return make


@pytest.fixture
def refused(rule: MakeRule) -> Callable[[str], tuple[Problem, ...]]:
    def problems(body: str) -> tuple[Problem, ...]:
        with pytest.raises(RulesetError) as caught:
            rule(body)
        return caught.value.problems

    return problems


def applied(rule: Rule, **given: Any) -> Finding:
    named = {name.replace("__", "."): value for name, value in given.items()}
    return evaluation.apply(rule, facts_from_yaml(named, vocabulary()), vocabulary())


def checked(*pairs: tuple[Any, Any]) -> list[dict[str, Any]]:
    return [
        {"inspection_id": f"J{n}", "objects_checked": part, "objects_total": whole}
        for n, (part, whole) in enumerate(pairs, 1)
    ]


def test_a_question_is_pending_for_as_long_as_it_applies(rule: MakeRule) -> None:
    asked = rule("question: {zh: 内容实在吗？, en: Is it substantial?}\nwhen: report.year >= 2020\n")
    assert (asked.question, asked.judgement, asked.examples) == (asked.message, True, {})
    found = applied(asked, report__year=2024)
    assert (found.outcome, found.checked) == (Outcome.PENDING, 1)
    [occurrence] = found.occurrences
    assert occurrence.message == Bilingual("内容实在吗？", "Is it substantial?")
    assert applied(asked, report__year=2019).outcome is Outcome.NOT_APPLICABLE
    undecided = applied(asked)
    assert (undecided.outcome, undecided.checked) == (Outcome.UNKNOWN, 0)


def test_a_question_of_every_record_shows_what_it_names(rule: MakeRule) -> None:
    asked = rule(QUESTION + 'where: status == "现行有效"\n')
    rows = [
        {"doc_id": "A", "title": "甲", "status": "现行有效"},
        {"doc_id": "B", "title": "乙", "status": "已废止"},
        {"doc_id": "C", "title": "", "status": "现行有效"},
        {"doc_id": "D", "title": "丁", "status": "?"},
    ]
    found = applied(asked, policies=rows)
    assert [(o.outcome, o.message.zh) for o in found.occurrences[:2]] == [
        (Outcome.PENDING, "甲写得清楚吗？"),
        (Outcome.PENDING, "空白写得清楚吗？"),
    ]
    assert [o.name for o in found.occurrences[0].operands] == ["title"]
    assert [o.outcome for o in found.occurrences[2:]] == [Outcome.UNKNOWN]
    assert (found.outcome, found.checked, found.population) == (Outcome.PENDING, 3, 4)
    assert applied(asked, policies=[]).outcome is Outcome.NOT_APPLICABLE
    assert applied(rule(QUESTION + "degree: share\n"), policies=rows).share == (Fraction(0), Fraction(1))


def test_a_question_may_show_measures(rule: MakeRule) -> None:
    asked = rule(
        'question: {zh: "{n} 件，是否足够？", en: "{n}: enough?"}\nmeasures: {n: {count: policies}}\n'
    )
    [occurrence] = applied(asked, policies=[{"doc_id": "A"}, {"doc_id": "B"}]).occurrences
    assert (occurrence.message.zh, occurrence.operands[0].text) == ("2 件，是否足够？", "2")
    assert applied(asked, policies="missing").outcome is Outcome.PENDING


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (
            'question: {zh: "{report.year}年好吗？", en: "Was {report.year} good?"}\n',
            "由人判断：〔报告年度〕年好吗？",
            "a person judges: Was [year reported on] good?",
        ),
        (
            QUESTION,
            "政策文件台账逐一由人判断：〔文件标题〕写得清楚吗？",
            "for each of Policy documents a person judges: Is [title] clear?",
        ),
        (
            TARGET + "degree: {part: report.year, whole: target}",
            "报告年度 ÷ 应有（4）（后者为 0 的不计）",
            "year reported on ÷ target (4) (left out where that is 0)",
        ),
        (
            RATIO + 'where: kind == "季度检查"',
            "检查通报台账（其中 记录类型 ＝ “季度检查”）逐一：检查数 ÷ 应查数（后者为 0 的不计），取平均",
            (
                "the mean over Inspections and notices (where kind = “季度检查”) of: "
                "objects checked ÷ objects running (left out where that is 0)"
            ),
        ),
    ],
)
def test_rules_read_in_words(rule: MakeRule, body: str, zh: str, en: str) -> None:
    made = rule(body)
    assert rule_in_words(made, vocabulary(), "zh") == (zh,)
    assert rule_in_words(made, vocabulary(), "en") == (en,)


def test_a_ratio_of_the_whole_report(rule: MakeRule) -> None:
    made = rule(
        'measures:\n  open: {count: policies, where: status == "现行有效"}\n  all: {count: policies}\n'
        "degree: {part: open, whole: all}\n"
    )
    assert made.degree == Ratio("open", "all")

    def found(*statuses: str) -> Finding:
        return applied(made, policies=[{"doc_id": f"{n}", "status": s} for n, s in enumerate(statuses)])

    assert found("现行有效", "现行有效").outcome is Outcome.PASS
    part = found("现行有效", "已废止", "已废止")
    assert (part.outcome, part.share, part.checked) == (Outcome.PARTIAL, (Fraction(1, 3),) * 2, 1)
    assert [o.outcome for o in part.occurrences] == [Outcome.FAIL]
    assert [o.text for o in part.occurrences[0].operands] == ["1", "3"]
    none = found("已废止")
    assert (none.outcome, none.share) == (Outcome.FAIL, (Fraction(0), Fraction(0)))
    empty = found()
    assert (empty.outcome, empty.share) == (Outcome.NOT_APPLICABLE, None)
    assert empty.reason is not None
    assert empty.reason.en.endswith("is 0")


def test_over_records_the_mean_of_their_ratios_counts(rule: MakeRule) -> None:
    made = rule(RATIO)
    found = applied(made, inspections=checked((3, 3), (1, 2), (0, 0), (0, 4)))
    assert (found.outcome, found.checked, found.population) == (Outcome.PARTIAL, 3, 4)
    assert found.share == (Fraction(1, 2), Fraction(1, 2))
    assert [o.key for o in found.occurrences] == ["J2", "J4"]
    full = applied(made, inspections=checked((3, 3), (0, 0)))
    assert (full.outcome, full.share, full.checked) == (Outcome.PASS, (Fraction(1), Fraction(1)), 1)
    nothing = applied(made, inspections=checked((0, 0), (0, 0)))
    assert (nothing.outcome, nothing.population) == (Outcome.NOT_APPLICABLE, 2)


def test_the_mean_is_exact_however_many_records_there_are(rule: MakeRule) -> None:
    pairs = [(n % 7, n) for n in range(7, 60)]
    found = applied(rule(RATIO), inspections=checked(*pairs))
    mean = sum((Fraction(part, whole) for part, whole in pairs), Fraction(0)) / len(pairs)
    assert found.share == (mean, mean)


@pytest.mark.parametrize("pair", [("", 4), ("?", 4), (5, 4), (3, "missing")])
def test_what_is_not_known_of_a_record_may_be_nothing_or_all(rule: MakeRule, pair: tuple[Any, Any]) -> None:
    found = applied(rule(RATIO), inspections=checked((1, 2), (1, 2), pair))
    assert found.share == (Fraction(1, 3), Fraction(2, 3))
    assert [o.outcome for o in found.occurrences] == [Outcome.FAIL, Outcome.FAIL, Outcome.UNKNOWN]


def test_more_than_the_whole_is_no_ratio_and_says_so(rule: MakeRule) -> None:
    found = applied(rule(RATIO), inspections=checked((5, 4)))
    assert (found.outcome, found.share, found.checked) == (Outcome.UNKNOWN, (Fraction(0), Fraction(1)), 1)
    assert "（5）与" in found.occurrences[0].message.zh
    assert "(4)" in found.occurrences[0].message.en
    contrary = applied(rule(RATIO), inspections=checked((5, 0)))
    assert (contrary.outcome, contrary.checked) == (Outcome.UNKNOWN, 0)


def test_a_target_may_be_exceeded(rule: MakeRule) -> None:
    made = rule(TARGET + "measures: {n: {count: trainings}}\ndegree: {part: n, whole: target}\n")

    def held(number: int) -> Finding:
        return applied(made, trainings=[{"held_on": "2024-03-01"}] * number)

    assert held(6).outcome is held(4).outcome is Outcome.PASS
    assert held(1).share == (Fraction(1, 4), Fraction(1, 4))
    assert held(0).outcome is Outcome.FAIL


def test_where_no_record_is_known_to_have_a_whole_the_rule_may_not_apply(rule: MakeRule) -> None:
    made = rule(RATIO)
    open_ = applied(made, inspections=checked((1, "?"), (0, "?"), (0, 0)))
    assert (open_.outcome, open_.checked, open_.share) == (Outcome.UNKNOWN, 0, (Fraction(0), Fraction(1)))
    assert open_.reason is not None
    assert len(open_.occurrences) == 2
    some = applied(made, inspections=checked((1, "?"), ("?", 3)))
    assert (some.outcome, some.checked, some.reason) == (Outcome.UNKNOWN, 2, None)


def test_a_part_of_a_ledger_leaves_every_share_open(rule: MakeRule) -> None:
    part = applied(rule(RATIO), inspections=checked((1, 2)), partial=["inspections"])
    assert (part.outcome, part.open_ended) == (Outcome.PARTIAL, True)
    assert (part.share, part.population) == ((Fraction(0), Fraction(1)), None)
    shared = "each: policies\nassert: has_title\ndegree: share"
    for rows in ([{"doc_id": "A", "title": "甲"}], []):
        found = applied(rule(shared), policies=rows, partial=["policies"])
        assert (found.outcome, found.share) == (Outcome.UNKNOWN, (Fraction(0), Fraction(1)))
    counted = rule(
        "measures:\n  open: {count: policies, where: has_title}\n  all: {count: trainings}\n"
        "degree: {part: open, whole: all}\n"
    )
    held = [{"held_on": "2024-03-01"}] * 2
    given = {"policies": [{"doc_id": "A", "title": "甲"}], "trainings": held, "partial": ["policies"]}
    assert applied(counted, **given).outcome is Outcome.UNKNOWN


def test_money_is_a_ratio_to_money_in_whatever_unit(rule: MakeRule) -> None:
    made = rule("each: applications\ndegree: {part: fee_amount, whole: disclosure.fees}")
    rows = [{"application_id": "1", "fee_amount": "2500"}]
    found = applied(made, applications=rows, disclosure__fees="0.5")  # written in units of 10,000 yuan
    assert found.share == (Fraction(1, 2), Fraction(1, 2))


def test_amounts_with_more_decimals_than_are_counted_with_say_so(rule: MakeRule) -> None:
    made = rule("each: applications\ndegree: {part: fee_amount, whole: disclosure.fees}")
    rows = [{"application_id": "1", "fee_amount": "0.125"}]
    [occurrence] = applied(made, applications=rows, disclosure__fees="1").occurrences
    assert "小数位过多" in occurrence.message.zh


def faulty(**more: Any) -> dict[str, Any]:
    return {
        "rectification_id": "Z1",
        "notified_on": "2024-03-01",
        "due_on": "2024-03-15",
        "closed_on": "2024-03-20",
        **more,
    }


def first(found: Finding) -> Occurrence:
    return found.occurrences[0]


def test_of_a_failing_record_more_is_asked(rule: MakeRule) -> None:
    made = rule(LATE)
    assert (made.quantity, made.rectified is not None, made.repeated is not None) == ("late", True, True)
    told = first(applied(made, rectifications=[faulty(recheck_result="合格", repeat_of="")]))
    assert (told.outcome, told.quantity, told.rectified, told.repeated) == (Outcome.FAIL, 5, True, False)
    told = first(applied(made, rectifications=[faulty(recheck_result="不合格", repeat_of="Z0")]))
    assert (told.quantity, told.rectified, told.repeated) == (5, False, True)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"due_on": ""}, (None, True, False)),
        (
            {"due_on": "2024-04-30"},
            (None, True, False),
        ),  # closed in time by that: not at fault by less than 0
        ({"recheck_result": ""}, (5, None, False)),
        ({"recheck_result": "?", "repeat_of": "missing"}, (5, None, None)),
    ],
)
def test_what_more_is_not_known_is_no_answer(rule: MakeRule, more: dict[str, Any], told: Any) -> None:
    row = faulty(**{"recheck_result": "合格", "repeat_of": "", **more})
    found = first(applied(rule(LATE), rectifications=[row]))
    assert found.outcome is Outcome.FAIL
    assert (found.quantity, found.rectified, found.repeated) == told


def test_of_what_is_undecided_there_is_no_quantity(rule: MakeRule) -> None:
    row = faulty(notified_on="?", recheck_result="合格", repeat_of="Z0")
    told = first(applied(rule(LATE), rectifications=[row]))
    assert (told.outcome, told.quantity, told.rectified, told.repeated) == (Outcome.UNKNOWN, None, True, True)
    lost = first(applied(rule(LATE), rectifications="missing"))
    assert (lost.quantity, lost.rectified, lost.repeated) == (None, None, None)
    rest = applied(rule(LATE), rectifications=[], partial=["rectifications"]).occurrences[-1]
    assert (rest.outcome, rest.rectified, rest.repeated) == (Outcome.UNKNOWN, None, None)


def test_of_what_is_pending_more_is_asked_too(rule: MakeRule) -> None:
    row = faulty(recheck_result="合格", repeat_of="")
    told = first(applied(rule(LATE + "judgement: true\n"), rectifications=[row]))
    assert (told.outcome, told.quantity, told.rectified) == (Outcome.PENDING, 5, True)
    asked = 'question: {zh: "{object}好吗？", en: "Is {object} well?"}\neach: rectifications\n'
    asked += "measures: {late: {days: due_on, to: closed_on}}\nquantity: late\nrepeated: has_repeat_of\n"
    told = first(applied(rule(asked), rectifications=[faulty(repeat_of="Z0")]))
    assert (told.outcome, told.quantity, told.rectified, told.repeated) == (Outcome.PENDING, 5, False, True)


def test_rules_that_ask_nothing_more_say_nothing_more(rule: MakeRule) -> None:
    plain = rule("each: rectifications\nassert: has_evidence")
    told = first(applied(plain, rectifications=[{"rectification_id": "Z1"}]))
    assert (told.outcome, told.quantity, told.rectified, told.repeated) == (Outcome.FAIL, None, False, False)


def test_rows_that_were_not_given_may_change_the_answers(rule: MakeRule) -> None:
    made = rule(
        "each: policies\nmeasures: {n: {count: interpretations}}\n"
        "assert: has_url\nquantity: n\nrepeated: n > 1\nrectified: n >= 1\n"
    )
    rows = {"policies": [{"doc_id": "A"}], "interpretations": [{"doc_id": "A"}]}
    whole = first(applied(made, **rows))
    assert (whole.quantity, whole.rectified, whole.repeated) == (1, True, False)
    part = first(applied(made, **rows, partial=["interpretations"]))
    assert part.outcome is Outcome.FAIL
    assert (part.quantity, part.rectified, part.repeated) == (None, True, None)


def test_the_answers_in_words(rule: MakeRule) -> None:
    assert faults_in_words(rule(LATE), vocabulary(), "en") == (
        "by how much: calendar days (due on, closed on)",
        "put right if: recheck result = “合格”",
        "repeated if: repeats filled in",
    )
    assert faults_in_words(rule(LATE), vocabulary(), "zh")[1] == "算作已整改：复查结果 ＝ “合格”"
    assert faults_in_words(rule(RATIO), vocabulary(), "zh") == ()


MISTAKES = [
    (QUESTION + "assert: has_title", ("rule.alone", 7, 1), "不写 assert", "takes no assert"),
    (QUESTION + REST, ("rule.alone", 7, 1), "不写 message", "takes no message"),
    (QUESTION + "judgement: true", ("rule.alone", 7, 1), "不写 judgement", "takes no judgement"),
    (QUESTION + "degree: {part: a, whole: b}", ("rule.alone", 7, 1), "不写 degree", "takes no degree"),
    ("question: {zh: 好吗？}", ("schema.required", 5, 1), "缺少 en", "en is missing"),
    ('question: {zh: "{a}", en: b}', ("rule.hole", 5, 17), "无处可取", "nothing fills {a}"),
    ('question: {zh: "{left}", en: b}', ("rule.hole", 5, 17), "没有左右两边", "it has no sides"),
    ("each: policies", ("schema.required", 1, 1), "缺少 assert", "assert is missing"),
    (RATIO + "assert: true", ("rule.alone", 9, 1), "不写 assert", "takes no assert"),
    (RATIO + "judgement: true", ("rule.alone", 9, 1), "不写 judgement", "takes no judgement"),
    ("degree: {part: a}", ("schema.required", 7, 1), "缺少 whole", "whole is missing"),
    ("degree: {part: a, hole: b}", ("schema.unknown-key", 7, 19), "写 whole？", "mean whole?"),
    ("degree: half\nassert: true", ("schema.choice", 7, 9), "all, share", "all, share"),
    ("degree: [all]\nassert: true", ("schema.choice", 7, 9), "all, share", "all, share"),
    (
        RATIO.replace("part: objects_checked", "part: objects_cheked"),
        ("rule.number", 8, 16),
        "写 objects_checked？",
        "mean objects_checked?",
    ),
    (RATIO.replace("part: objects_checked", "part: title"), ("rule.number", 8, 16), "不是数", "is no number"),
    (
        RATIO.replace("part: objects_checked", "part: objects_total"),
        ("rule.degree", 8, 38),
        "同一个数",
        "the same number",
    ),
    (
        RATIO.replace("part: objects_checked", "part: disclosure.fees"),
        ("rule.degree", 8, 40),
        "同为金额",
        "both be amounts",
    ),
    (LATE.replace("quantity: late", "quantity: lat"), ("rule.number", 14, 11), "写 late？", "mean late?"),
    (LATE.replace("quantity: late", "quantity: source"), ("rule.number", 14, 11), "不是数", "is no number"),
    (
        "each: applications\nassert: has_archive_ref\nquantity: fee_amount",
        ("rule.quantity", 9, 11),
        "是金额",
        "is an amount",
    ),
    (
        LATE.replace("repeated: has_repeat_of", "repeated: repeat_of"),
        ("expression.not-a-condition", 16, 11),
        "条件",
        "a condition",
    ),
    (
        LATE.replace('"合格"', '"合恪"'),
        ("expression.term", 15, 30),
        "合格",
        "合格",
    ),
    (LATE.replace("quantity: late\n", ""), ("measure.unused", 12, 3), "late 没有用到", "late is not used"),
    (LATE.replace("<= limit", "<= 10"), ("parameter.unused", 9, 3), "limit 没有用到", "limit is not used"),
    (LATE.replace("assert:", "asert:"), ("schema.unknown-key", 13, 1), "写 assert？", "mean assert?"),
]


@pytest.mark.parametrize(("body", "spot", "zh", "en"), MISTAKES)
def test_a_mistake_is_told_at_its_place(
    refused: Callable[[str], tuple[Problem, ...]], body: str, spot: tuple[str, int, int], zh: str, en: str
) -> None:
    told = refused(body)
    spots = [(p.code, p.location.line, p.location.character) for p in told if p.location]
    assert spot in spots, [(s, p.message.en) for s, p in zip(spots, told, strict=True)]
    said = told[spots.index(spot)].message
    assert zh in said.zh
    assert en in said.en


def test_a_broken_measure_is_told_once(refused: Callable[[str], tuple[Problem, ...]]) -> None:
    body = LATE.replace("days: due_on", "dayz: due_on")
    assert [p.code for p in refused(body)] == ["measure.unknown"]
    ratio = RATIO.replace("each: inspections", "each: inspection")
    assert [p.code for p in refused(ratio)] == ["rule.each"]


def test_rules_come_from_the_cache_as_they_were_read(
    rule: MakeRule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for body in (QUESTION, RATIO, LATE):
        fresh = rule(body)
        assert rule(body) == fresh
        assert rule(body).assertion.place == fresh.assertion.place
        assert re.search("rule.yaml$", fresh.assertion.place.file)
