"""Rules over ledgers, row by row: joins, what is missing, partial ledgers, moments, parameters."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker import evaluation, measures
from checker.bilingual import Bilingual
from checker.errors import RulesetError
from checker.expression import rule_in_words
from checker.facts import Absent, Fact, Facts, Kind
from checker.facts_yaml import facts_from_yaml
from checker.finding import Finding, Outcome
from checker.library import vocabulary
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule

HEAD = """\
title: {zh: 题, en: title}
why: {zh: 因, en: why}
basis: [{document: 文, clause: 条, grade: law}]
remedy: {zh: 改, en: fix}
examples: {pass: {report.year: 2024}, fail: {report.year: 2024}}
"""
PLAIN = 'message: {zh: "错", en: "wrong"}\n'
THREE = """\
message: {zh: "{item}：{n} 审", en: "{item}: {n} reviews"}
each: published_items
where: status == "已发布"
measures:
  n: {count: reviews, where: 'step in ["初审", "复审", "终审"]'}
assert: n == 3
"""
SINCE = "has_closed_on && closed_on >= date(2024, 1, 1)"
MakeRule = Callable[[str], Rule]


@pytest.fixture
def rule(tmp_path: Path) -> MakeRule:
    def make(body: str) -> Rule:
        path = tmp_path / "rule.yaml"
        path.write_text(HEAD + ("" if "message:" in body else PLAIN) + body, encoding="utf-8")
        return load_rule(path, tmp_path, vocabulary(), measures.signatures())

    return make


def facts(**given: Any) -> Facts:
    return facts_from_yaml(given, vocabulary())


def applied(rule: Rule, **given: Any) -> Finding:
    return evaluation.apply(rule, facts(**given), vocabulary())


def items(*numbers: int, **more: Any) -> list[dict[str, Any]]:
    return [{"item_id": f"A{n}", "title": "甲", "status": "已发布", **more} for n in numbers]


def steps(item: int, *names: str) -> list[dict[str, Any]]:
    return [{"item_id": f"A{item}", "step": name} for name in names]


def test_a_measure_joins_by_the_keys_the_kinds_declare(rule: MakeRule) -> None:
    reviews = [*steps(1, "初审", "复审", "终审", "一校"), *steps(2, "初审", "终审")]
    found = applied(rule(THREE), published_items=items(1, 2, 3), reviews=reviews)
    assert (found.outcome, found.checked) == (Outcome.FAIL, 3)
    assert [(o.key, o.message.zh) for o in found.occurrences] == [("A2", "A2：2 审"), ("A3", "A3：0 审")]


def test_the_other_way_round_and_by_named_columns(rule: MakeRule) -> None:
    known = rule("each: reviews\nmeasures: {n: {count: published_items}}\nassert: n == 1")
    found = applied(known, published_items=items(1), reviews=[*steps(1, "初审"), *steps(9, "初审")])
    assert [o.outcome for o in found.occurrences] == [Outcome.FAIL]
    one = rule("each: accounts\nmeasures: {n: {count: accounts, match: [platform, owner]}}\nassert: n == 1")
    same = {"platform": "微博", "owner": "甲局"}
    accounts = [
        {"account_id": "1", **same},
        {"account_id": "2", **same},
        {"account_id": "3", "platform": "微博", "owner": "乙局"},
    ]
    assert [o.key for o in applied(one, accounts=accounts).occurrences] == ["1", "2"]


def test_a_ledger_that_was_not_given_or_has_no_rows(rule: MakeRule) -> None:
    assert applied(rule(THREE), published_items=items(1), reviews="missing").outcome is Outcome.UNKNOWN
    lost = applied(rule(THREE), published_items="missing")
    assert (lost.outcome, lost.open_ended) == (Outcome.UNKNOWN, True)
    assert applied(rule(THREE), published_items=[]).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("cell", ["", "/", "?", "missing"])
def test_a_blank_operand_decides_nothing(rule: MakeRule, cell: str) -> None:
    late = rule("each: rectifications\nassert: closed_on <= due_on")
    rows = [{"rectification_id": "1", "closed_on": "2024-05-01", "due_on": cell}]
    assert applied(late, rectifications=rows).outcome is Outcome.UNKNOWN


def test_presence_is_asked_for_by_its_own_name(rule: MakeRule) -> None:
    filled = rule("each: rectifications\nassert: has_evidence")
    rows: list[dict[str, Any]] = [
        {"evidence": "图1"},
        {"evidence": ""},
        {"evidence": "/"},
        {"evidence": "missing"},
    ]
    outcomes = [o.outcome for o in applied(filled, rectifications=rows).occurrences]
    assert outcomes == [Outcome.FAIL, Outcome.FAIL, Outcome.UNKNOWN]


def test_a_narrowing_condition_is_undecided_only_where_it_depends_on_what_is_missing(rule: MakeRule) -> None:
    closed = rule(f'each: rectifications\nwhere: {SINCE}\nassert: action == "删除"')
    rows: list[dict[str, Any]] = [
        {"closed_on": ""},
        {"closed_on": "2024-02-01", "action": "删除"},
        {"closed_on": "?", "action": "删除"},
    ]
    found = applied(closed, rectifications=rows)
    assert (found.checked, [o.key for o in found.occurrences]) == (2, ["3"])
    assert found.outcome is Outcome.UNKNOWN
    total = rule(f"measures: {{n: {{count: rectifications, where: '{SINCE}'}}}}\nassert: n == 1")
    assert applied(total, rectifications=rows[:2]).outcome is Outcome.PASS
    assert applied(total, rectifications=rows).outcome is Outcome.UNKNOWN


def test_where_may_read_a_measure(rule: MakeRule) -> None:
    body = THREE.replace('status == "已发布"', "n > 0")
    found = applied(rule(body), published_items=items(1, 2), reviews=steps(2, "初审"))
    assert (found.checked, [o.key for o in found.occurrences]) == (1, ["A2"])


def test_part_of_a_ledger_proves_no_absence(rule: MakeRule) -> None:
    some = rule("each: policies\nmeasures: {n: {count: interpretations}}\nassert: n >= 1")
    rows = [{"doc_id": "1", "title": "甲"}, {"doc_id": "2", "title": "乙"}]
    given = {"policies": rows, "interpretations": [{"doc_id": "1"}], "partial": ["interpretations"]}
    [occurrence] = applied(some, **given).occurrences
    assert occurrence.outcome is Outcome.UNKNOWN and "本证据未显示" in occurrence.message.zh
    total = rule("measures: {n: {count: interpretations}}\nassert: n == 1")
    assert applied(total, **given).outcome is Outcome.UNKNOWN


def test_a_doubtful_match_is_for_a_person(rule: MakeRule) -> None:
    some = rule("each: policies\nmeasures: {n: {count: interpretations}}\nassert: n >= 1")
    given = facts(policies=[{"doc_id": "1"}, {"doc_id": "2"}], interpretations=[{"title": "解读"}])
    [row] = given.records("interpretations")
    doubt = Fact(Kind.DOUBTFUL, None, "1", (), Bilingual("可能是《甲》", "it may be 甲"))
    rows = (replace(row, fields={**row.fields, "doc_id": doubt}),)
    found = evaluation.apply(
        some, replace(given, collections={**given.collections, "interpretations": rows}), vocabulary()
    )
    assert [(o.key, o.outcome) for o in found.occurrences] == [("1", Outcome.PENDING), ("2", Outcome.FAIL)]
    assert found.occurrences[0].message.zh.endswith("可能是《甲》")


@pytest.mark.parametrize(
    ("done", "published", "outcome"),
    [
        ("2024-03-05 10:00", "2024-03-05 09:59", "fail"),
        ("2024-03-05 10:00", "2024-03-05", "pass"),
        ("2024-03-05", "2024-03-05 09:00", "pass"),
        ("2024-03-06", "2024-03-05 23:59", "fail"),
    ],
)
def test_moments_compare_at_the_coarser_precision(
    rule: MakeRule, done: str, published: str, outcome: str
) -> None:
    late = rule("each: published_items\nassert: drafted_at <= published_at")
    rows = items(1, drafted_at=done, published_at=published)
    assert applied(late, published_items=rows).outcome == outcome


def test_a_moment_and_a_date_do_not_mix(rule: MakeRule) -> None:
    with pytest.raises(RulesetError) as caught:
        rule("each: published_items\nassert: formed_on <= published_at")
    assert "day(" in caught.value.problems[0].message.en
    assert (
        applied(
            rule("each: published_items\nassert: formed_on <= day(published_at)"),
            published_items=items(1, formed_on="2024-03-05", published_at="2024-03-05 08:00"),
        ).outcome
        is Outcome.PASS
    )


def test_a_term_that_a_column_never_holds_is_refused(rule: MakeRule) -> None:
    with pytest.raises(RulesetError) as caught:
        rule('each: published_items\nassert: status == "已发部" || status in ["已下线", "下线了"]')
    assert [p.code for p in caught.value.problems] == ["expression.term", "expression.term"]


LIMITED = """\
message: {zh: "限 {limit} 日", en: "within {limit}"}
parameters: {limit: {type: number, value: 3, label: {zh: 时限, en: limit}}}
each: rectifications
measures: {taken: {days: notified_on, to: closed_on}}
assert: taken <= limit
"""


def test_a_parameter_has_a_value_of_its_own_that_may_be_set(rule: MakeRule) -> None:
    own = rule(LIMITED)
    rows = [{"notified_on": "2024-03-01", "closed_on": "2024-03-06"}]
    assert applied(own, rectifications=rows).occurrences[0].message.zh == "限 3 日"
    wider = replace(own, parameters=(replace(own.parameters[0], value=5),))
    assert applied(wider, rectifications=rows).outcome is Outcome.PASS
    assert "时限（3）" in rule_in_words(own, vocabulary(), "zh")[-1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("value: 3", "value: 三"), "parameter.value"),
        (("to: closed_on", "to: closed"), "measure.argument"),
        (("taken <= limit", "taken <= 3"), "parameter.unused"),
        (("{days: notified_on, to: closed_on}", "{count: reviews, match: [object]}"), "measure.match"),
        (("{days: notified_on, to: closed_on}", "{min: reviews.reviewer}"), "measure.type"),
        (("{days: notified_on, to: closed_on}", "{ordered: reviews.done_at, by: stp}"), "measure.argument"),
        (("{days: notified_on, to: closed_on}", "{first_given: [found_on, source]}"), "measure.type"),
    ],
)
def test_what_is_wrong_is_told_at_load(rule: MakeRule, change: tuple[str, str], code: str) -> None:
    body = LIMITED.replace("限 {limit} 日", "限").replace("within {limit}", "within").replace(*change)
    with pytest.raises(RulesetError) as caught:
        rule(body)
    assert code in [p.code for p in caught.value.problems]


def test_a_value_from_many_places_names_their_file(rule: MakeRule) -> None:
    total = rule("measures: {n: {count: published_items}}\nassert: n == 0")
    [occurrence] = applied(total, published_items=items(*range(30))).occurrences
    assert len(occurrence.locations) == 1 and occurrence.locations[0].line is None


def test_an_absent_ledger_says_why(rule: MakeRule) -> None:
    given = facts(published_items=items(1))
    absent = Absent(Bilingual("摘要不符", "the digest differs"))
    changed = replace(given, collections={**given.collections, "reviews": absent})
    found = evaluation.apply(rule(THREE), changed, vocabulary())
    assert "摘要不符" in found.occurrences[0].message.zh


def test_a_missing_column_is_told_once(rule: MakeRule) -> None:
    both = rule("each: rectifications\nassert: has_evidence && evidence != owner")
    rows = [{"evidence": "missing", "owner": "甲局"}]
    [occurrence] = applied(both, rectifications=rows).occurrences
    assert occurrence.message.zh.count("没有这一栏") == 1


def test_words_say_what_a_measure_is_joined_by(rule: MakeRule) -> None:
    own = rule("each: published_items\nmeasures: {n: {count: reviews}}\nassert: n == 3")
    assert own.measures[0].label == Bilingual(
        "数量（三审三校记录，信息编号与本行相同）", "number (Release reviews, with the same item id)"
    )
    other = rule("each: interpretations\nmeasures: {n: {count: policies}}\nassert: n == 1")
    label = other.measures[0].label
    assert label is not None and "文件编号为本行的所解读文件编号" in label.zh


def test_a_late_row_of_part_of_a_ledger_is_not_shown_to_be_late(rule: MakeRule) -> None:
    late = rule(
        "each: policies\nmeasures: {first: {min: interpretations.published_on}}\n"
        "assert: first <= published_on"
    )
    given = {
        "policies": [{"doc_id": "1", "published_on": "2024-03-01"}],
        "interpretations": [{"doc_id": "1", "published_on": "2024-05-01"}],
    }
    assert applied(late, **given).outcome is Outcome.FAIL
    [occurrence] = applied(late, **given, partial=["interpretations"]).occurrences
    assert occurrence.outcome is Outcome.UNKNOWN and "本证据未显示" in occurrence.message.zh


@pytest.mark.parametrize(("held", "outcome"), [("n == 3", "unknown"), ("n <= 1", "fail"), ("n == 1", "fail")])
def test_part_of_a_ledger_may_prove_too_many_but_not_too_few(rule: MakeRule, held: str, outcome: str) -> None:
    some = rule(f"each: published_items\nmeasures: {{n: {{count: reviews}}}}\nassert: {held}")
    given = {"published_items": items(1), "reviews": steps(1, "初审", "复审"), "partial": ["reviews"]}
    assert applied(some, **given).outcome == outcome


def test_a_row_that_cannot_be_placed_may_belong_to_any(rule: MakeRule) -> None:
    some = rule("each: published_items\nmeasures: {n: {count: reviews}}\nassert: n >= 2")
    lost = {"item_id": "?", "step": "终审"}
    found = applied(
        some, published_items=items(1, 2), reviews=[*steps(1, "初审", "复审"), *steps(2, "初审"), lost]
    )
    assert [(o.key, o.outcome) for o in found.occurrences] == [("A2", Outcome.UNKNOWN)]
    assert "读不出属于哪一条" in found.occurrences[0].message.zh
    exact = rule("each: published_items\nmeasures: {n: {count: reviews}}\nassert: n == 2")
    given = {"published_items": items(1), "reviews": [*steps(1, "初审", "复审"), lost]}
    assert applied(exact, **given).outcome is Outcome.UNKNOWN
    nowhere = {"item_id": "", "step": "终审"}
    assert (
        applied(exact, **{**given, "reviews": [*steps(1, "初审", "复审"), nowhere]}).outcome is Outcome.PASS
    )


def test_a_sure_member_does_not_hide_a_doubtful_one(rule: MakeRule) -> None:
    first = rule(
        "each: policies\nmeasures: {first: {min: interpretations.published_on}}\n"
        "assert: first <= published_on"
    )
    given = facts(
        policies=[{"doc_id": "1", "published_on": "2024-03-01"}],
        interpretations=[
            {"doc_id": "1", "published_on": "2024-06-01"},
            {"title": "解读", "published_on": "2024-03-01"},
        ],
    )
    sure, row = given.records("interpretations")
    doubt = Fact(Kind.DOUBTFUL, None, "1\n2", (), Bilingual("可能是 1 或 2", "it may be 1 or 2"))
    rows = (sure, replace(row, fields={**row.fields, "doc_id": doubt}))
    given = replace(given, collections={**given.collections, "interpretations": rows})
    assert evaluation.apply(first, given, vocabulary()).outcome is Outcome.PENDING


def test_rows_of_part_of_a_ledger_fail_but_do_not_pass_the_rule(rule: MakeRule) -> None:
    closed = rule("each: rectifications\nassert: has_evidence")
    good, bad = {"evidence": "图1"}, {"evidence": ""}
    part = ["rectifications"]
    found = applied(closed, rectifications=[good], partial=part)
    assert (found.outcome, found.open_ended) == (Outcome.UNKNOWN, True)
    assert applied(closed, rectifications=[good, bad], partial=part).outcome is Outcome.FAIL
    assert applied(closed, rectifications=[], partial=part).outcome is Outcome.UNKNOWN


def test_where_on_a_part_is_undecided_if_more_rows_might_keep_it(rule: MakeRule) -> None:
    body = "each: published_items\nwhere: n > 1\nmeasures: {n: {count: reviews}}\nassert: n == 3"
    given = {"published_items": items(1), "reviews": steps(1, "初审")}
    assert applied(rule(body), **given).outcome is Outcome.NOT_APPLICABLE
    assert applied(rule(body), **given, partial=["reviews"]).outcome is Outcome.UNKNOWN


def test_three_moments_in_one_expression_are_refused(rule: MakeRule) -> None:
    with pytest.raises(RulesetError) as caught:
        rule(
            "each: published_items\nmeasures: {last: {max: reviews.done_at}}\n"
            "assert: drafted_at <= last && last <= published_at"
        )
    assert [p.code for p in caught.value.problems] == ["expression.moments"]


@pytest.mark.parametrize(
    ("held", "reviews", "outcome"),
    [
        ("audits == 3 && proofs == 3", ["初审", "复审", "一校"], "unknown"),
        ("audits == 20", ["初审"], "unknown"),
        ("audits >= 1", ["初审"], "pass"),
        ("audits <= 1", ["初审", "复审"], "fail"),
        ("audits <= 1", ["初审"], "unknown"),
    ],
)
def test_counts_over_part_of_a_ledger(rule: MakeRule, held: str, reviews: list[str], outcome: str) -> None:
    body = (
        "each: published_items\nmeasures:\n  audits: {count: reviews, where: \"step in ['初审', '复审']\"}\n"
    )
    if "proofs" in held:
        body += '  proofs: {count: reviews, where: step == "一校"}\n'
    given = {"published_items": items(1), "reviews": steps(1, *reviews), "partial": ["reviews"]}
    assert applied(rule(f"{body}assert: {held}"), **given).outcome == outcome


@pytest.mark.parametrize(("day", "outcome"), [("2024-03-05", "pass"), ("2024-05-05", "unknown")])
def test_an_earliest_date_over_part_of_a_ledger_can_only_be_earlier(
    rule: MakeRule, day: str, outcome: str
) -> None:
    soon = rule(
        "each: policies\nmeasures:\n  first: {min: interpretations.published_on}\n"
        "  taken: {workdays: published_on, to: first}\nassert: taken <= 3"
    )
    given = {
        "policies": [{"doc_id": "1", "published_on": "2024-03-01"}],
        "interpretations": [{"doc_id": "1", "published_on": day}],
        "partial": ["interpretations"],
    }
    assert applied(soon, **given).outcome == outcome


def test_what_is_found_does_not_depend_on_the_rules_before(rule: MakeRule) -> None:
    final = rule(
        "each: published_items\nmeasures: {n: {count: reviews, where: step == '终审'}}\nassert: n == 1"
    )
    every = rule("each: published_items\nmeasures: {n: {count: reviews}}\nassert: n >= 1")
    given = facts(published_items=items(1), reviews=[*steps(1, "终审"), {"item_id": "?", "step": "初审"}])
    alone = evaluation.evaluate([final], given, vocabulary())
    assert alone[0].outcome is Outcome.PASS
    assert evaluation.evaluate([every, final], given, vocabulary())[1:] == alone


def test_of_what_is_unsure_in_two_ways_the_order_of_rows_decides_nothing(rule: MakeRule) -> None:
    some = rule(
        "each: policies\n"
        "measures: {n: {count: interpretations, where: 'has_form && form == \"图解\"'}}\n"
        "assert: n >= 1"
    )
    given = facts(policies=[{"doc_id": "1"}], interpretations=[{"title": "甲"}, {"doc_id": "1", "form": "?"}])
    first, second = given.records("interpretations")
    doubt = Fact(Kind.DOUBTFUL, None, "1", (), Bilingual("可能是《甲》", "it may be 甲"))
    sure = Fact(Kind.FLAG, True)
    form = Fact(Kind.TEXT, "图解", "图解")
    first = replace(first, fields={**first.fields, "doc_id": doubt, "has_form": sure, "form": form})
    second = replace(second, fields={**second.fields, "has_form": sure})
    for rows in ((first, second), (second, first)):
        known = replace(given, collections={**given.collections, "interpretations": rows})
        [occurrence] = evaluation.apply(some, known, vocabulary()).occurrences
        assert occurrence.outcome is Outcome.UNKNOWN
