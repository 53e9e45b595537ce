"""One rule on one report: what is decided, what is left undecided and why, and what a broken rule does."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checker import evaluation, measures
from checker.bilingual import Bilingual
from checker.facts import Absent, Facts
from checker.facts_yaml import facts_from_yaml
from checker.finding import Finding, Outcome
from checker.library import vocabulary
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule

HEAD = """\
title: {zh: 题, en: title}
why: {zh: 因, en: why}
basis: [{document: 文, clause: 条, grade: law}]
message: {zh: "错", en: "wrong"}
remedy: {zh: 改, en: fix}
examples: {pass: {report.year: 2024}, fail: {report.year: 2024}}
"""
BALANCE = "each: applications.columns\nassert: new + carried_in == handled_total + carried_out"
GOOD = {"new": "3", "carried_in": "1", "handled_total": "4", "carried_out": "0"}
MakeRule = Callable[..., Rule]


@pytest.fixture
def rule(tmp_path: Path) -> MakeRule:
    def make(body: str, name: str = "rule") -> Rule:
        path = tmp_path / f"{name}.yaml"
        path.write_text(HEAD + body, encoding="utf-8")
        return load_rule(path, tmp_path, vocabulary(), measures.signatures())

    return make


def facts(**given: Any) -> Facts:
    return facts_from_yaml({name.replace("__", "."): value for name, value in given.items()}, vocabulary())


def applied(rule: Rule, **given: Any) -> Finding:
    return evaluation.apply(rule, facts(**given), vocabulary())


@pytest.mark.parametrize("cell", ["", "/", "—", "?", "见附件", "1.5", "10000000000000001", "9" * 40])
def test_an_operand_that_is_no_usable_number_decides_nothing(rule: MakeRule, cell: str) -> None:
    found = applied(rule(BALANCE), applications__columns=[GOOD, {**GOOD, "new": cell}])
    assert (found.outcome, found.checked) == (Outcome.UNKNOWN, 2)
    [occurrence] = found.occurrences
    assert [o.name for o in occurrence.operands] == ["new"]


def test_the_largest_number_that_still_counts(rule: MakeRule) -> None:
    most = {**GOOD, "new": str(10**16), "handled_total": str(10**16), "carried_out": "1"}
    assert applied(rule(BALANCE), applications__columns=[most]).outcome is Outcome.PASS


def test_no_rounding_makes_a_number_whole(rule: MakeRule) -> None:
    tiny = "5." + "0" * 40 + "1"
    assert applied(rule("assert: disclosure.fees >= 0"), disclosure__fees=tiny).outcome is Outcome.UNKNOWN
    total = "measures: {n: {sum: applications.columns.new}}\nassert: n == 8"
    columns = [GOOD, {**GOOD, "new": tiny}]
    assert applied(rule(total), applications__columns=columns).outcome is Outcome.UNKNOWN
    assert applied(rule(total), applications__columns=[GOOD, {**GOOD, "new": "5"}]).outcome is Outcome.PASS


def test_zero_blank_and_missing_differ(rule: MakeRule) -> None:
    zero = rule("assert: applications.new.total == 0")
    assert applied(zero, applications__new__total="0").outcome is Outcome.PASS
    assert applied(zero, applications__new__total="").outcome is Outcome.UNKNOWN
    assert applied(zero).outcome is Outcome.UNKNOWN


def test_a_condition_that_cannot_be_read_is_unknown_and_one_that_fails_says_so(rule: MakeRule) -> None:
    found = rule("when: report.year >= 2021\n" + BALANCE)
    undecided = applied(found, applications__columns=[GOOD])
    assert (undecided.outcome, undecided.checked) == (Outcome.UNKNOWN, 0)
    assert undecided.reason is not None
    idle = applied(found, report__year="2020", applications__columns=[GOOD])
    assert idle.outcome is Outcome.NOT_APPLICABLE
    assert idle.reason is not None
    assert "2021" in idle.reason.zh


def test_a_dated_rule_without_a_year_is_unknown(rule: MakeRule) -> None:
    found = rule("effective: {from: 2021-09-26}\n" + BALANCE)
    assert applied(found, applications__columns=[GOOD]).outcome is Outcome.UNKNOWN
    assert applied(found, report__year="2020").outcome is Outcome.NOT_APPLICABLE
    assert applied(found, report__year="2021", applications__columns=[GOOD]).outcome is Outcome.PASS


def test_records_that_cannot_be_read_and_records_that_are_not_there(rule: MakeRule) -> None:
    absent = applied(rule(BALANCE), applications__columns="missing")
    assert (absent.outcome, absent.open_ended) == (Outcome.UNKNOWN, True)
    assert applied(rule(BALANCE)).outcome is Outcome.NOT_APPLICABLE
    assert vocabulary().collections["stray_years"].exceptions
    none_amiss = rule("each: stray_years\nassert: false", "stray")
    assert applied(none_amiss).outcome is Outcome.PASS


def test_a_record_whose_filter_cannot_be_read_is_not_left_out(rule: MakeRule) -> None:
    narrowed = rule(BALANCE + "\nwhere: new > 0")
    assert applied(narrowed, applications__columns=[GOOD, {**GOOD, "new": "?"}]).outcome is Outcome.UNKNOWN
    counted = rule("measures: {n: {count: applications.columns, where: new > 0}}\nassert: n == 1")
    assert applied(counted, applications__columns=[GOOD, {**GOOD, "new": "0"}]).outcome is Outcome.PASS
    assert applied(counted, applications__columns=[GOOD, {**GOOD, "new": "?"}]).outcome is Outcome.UNKNOWN


def test_a_fault_outweighs_what_is_undecided_and_a_share_counts_both(rule: MakeRule) -> None:
    bad, blank = {**GOOD, "new": "9"}, {**GOOD, "new": ""}
    found = applied(rule(BALANCE), applications__columns=[GOOD, bad, blank, GOOD])
    assert found.outcome is Outcome.FAIL
    assert [o.outcome for o in found.occurrences] == [Outcome.FAIL, Outcome.UNKNOWN]
    share = applied(rule(BALANCE + "\ndegree: share"), applications__columns=[GOOD, bad, blank, GOOD])
    assert share.outcome is Outcome.PARTIAL
    assert share.share == (Fraction(1, 2), Fraction(3, 4))
    judged = applied(rule(BALANCE + "\njudgement: true"), applications__columns=[GOOD, bad, blank])
    assert judged.outcome is Outcome.PENDING


def test_a_broken_rule_is_an_error_and_the_others_go_on(
    rule: MakeRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    overflow = rule("assert: applications.new.total * 9000000000000000000 > 0", "overflow")
    day = rule("assert: date(report.year, 13, 1) == date(2024, 1, 1)", "day")
    counting = rule("measures: {n: {count: applications.columns}}\nassert: n == 1", "counting")
    fine = rule(BALANCE, "fine")

    def planted(arguments: Any) -> Any:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("checker.measures.count.compute", planted)
    given = facts(report__year="2024", applications__new__total="5", applications__columns=[GOOD])
    found = evaluation.evaluate([overflow, day, counting, fine], given, vocabulary())
    assert [f.outcome for f in found] == [Outcome.ERROR, Outcome.ERROR, Outcome.ERROR, Outcome.PASS]
    assert all(f.reason is not None and f.occurrences == () for f in found[:3])
    assert found[2].reason is not None
    assert "planted" in found[2].reason.en


def test_a_number_too_large_to_compute_with_is_unknown(rule: MakeRule) -> None:
    times = rule("assert: applications.new.total * 4000 > 0")
    assert applied(times, applications__new__total="6222021234567890").outcome is Outcome.UNKNOWN


def test_last_year_is_the_same_record_or_unknown(rule: MakeRule) -> None:
    carried = rule(
        "each: applications.columns\nmeasures: {before: {carried_over: carried_out}}\n"
        "assert: carried_in == before"
    )
    column = {**GOOD, "key": "total"}
    assert applied(carried, applications__columns=[column]).outcome is Outcome.UNKNOWN
    for then, outcome in (("1", Outcome.PASS), ("2", Outcome.FAIL), ("/", Outcome.UNKNOWN)):
        previous = {"applications.columns": [{**column, "carried_out": then}]}
        assert applied(carried, applications__columns=[column], previous=previous).outcome is outcome
    other = {"applications.columns": [{**column, "key": "companies", "carried_out": "1"}]}
    assert applied(carried, applications__columns=[column], previous=other).outcome is Outcome.UNKNOWN


def test_a_measure_over_what_could_not_be_read_is_unknown(rule: MakeRule) -> None:
    given = facts(report__year="2024")
    reason = Bilingual("读不出", "not readable")
    for measure in ("count: applications.columns", "sum: applications.columns.new"):
        none = rule(f"measures: {{n: {{{measure}}}}}\nassert: n == 0")
        lost = Facts(given.fields, {**given.collections, "applications.columns": Absent(reason)})
        assert evaluation.apply(none, lost, vocabulary()).outcome is Outcome.UNKNOWN
