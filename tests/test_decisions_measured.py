"""The digest a decision is keyed to: what changes it, and what does not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from checker.bilingual import Bilingual
from checker.decisions import Measured
from checker.facts import Fact, Facts, Kind, Record, words
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.measures import signatures
from checker.ruleset import Basis, Expression, Measure, Rule, RuleParameter

HERE = Location("rules.yaml", 1)
SOURCES = (("report.md", "1" * 64), ("evidence/fixes.csv", "2" * 64))
LEDGER = Facts({}, {"fixes": ()}, sources={"fixes": (Location("evidence/fixes.csv"),)})


def said(text: str) -> Bilingual:
    return Bilingual(text, text)


def expression(source: str, *reads: str) -> Expression:
    return Expression(source, HERE, reads)


RULE = Rule(
    "local/fixed",
    said("title"),
    said("why"),
    (Basis("通知", "一", "national"),),
    said("message"),
    said("remedy"),
    expression("late <= limit", "late", "limit"),
    where=expression("has_due", "has_due"),
    each="fixes",
    measures=(
        Measure("late", signatures()["days"], {"days": "due", "to": "done"}, "number"),
        Measure("shown", signatures()["days"], {"days": "found", "to": "done"}, "number"),
    ),
    parameters=(RuleParameter("limit", "number", said("limit"), 5),),
    sha256="0" * 64,
)
PLACE = Location("evidence/fixes.csv", 7, row="R1 栏目", column="办结日期", quote="2024-05-09")
LATE = Operand("late", said("days"), Kind.NUMBER, "9", (PLACE,))
FAULT = Occurrence("R1", Outcome.FAIL, said("R1: 9 days"), (LATE,), (PLACE,))
FOUND = Finding("local/fixed", Outcome.FAIL, 3, (FAULT,))


def measured(rule: Rule = RULE, finding: Finding = FOUND, facts: Facts = LEDGER) -> Measured:
    return Measured(rule, finding, facts, SOURCES)


def fault(**changes: Any) -> Measured:
    return measured(finding=replace(FOUND, occurrences=(replace(FAULT, **changes),)))


def operand(**changes: Any) -> Measured:
    return fault(operands=(replace(LATE, **changes),))


def moved(place: Location) -> Measured:
    return fault(operands=(replace(LATE, locations=(place,)),), locations=(place,))


def both(found: Measured) -> tuple[str, str]:
    return found.whole, found.each[0]


TOLD_OTHERWISE: dict[str, Callable[[], Measured]] = {
    "its words": lambda: measured(
        replace(RULE, title=said("x"), why=said("x"), message=said("{shown}"), remedy=said("x"))
    ),
    "its file": lambda: measured(replace(RULE, sha256="9" * 64, place=HERE, basis=())),
    "its examples": lambda: measured(replace(RULE, examples={"pass": ({},)})),
    "spacing": lambda: measured(replace(RULE, assertion=expression("late  <=\n limit", "late", "limit"))),
    "a measure that is only told": lambda: measured(replace(RULE, measures=RULE.measures[:1])),
    "the sentence": lambda: fault(message=said("R1 took 9 days")),
    "the line": lambda: moved(replace(PLACE, line=70, character=3, page=2)),
    "the file's name": lambda: moved(replace(PLACE, file="evidence/late.csv")),
    "the label of an operand": lambda: operand(label=said("late by")),
    "passing records": lambda: measured(finding=replace(FOUND, checked=300, population=400)),
}
ASKED_OTHERWISE: dict[str, Callable[[], Measured]] = {
    "the assertion": lambda: measured(replace(RULE, assertion=expression("late < limit", "late", "limit"))),
    "the condition": lambda: measured(replace(RULE, where=None)),
    "a setting": lambda: measured(replace(RULE, parameters=(replace(RULE.parameters[0], value=6),))),
    "a measure": lambda: measured(
        replace(RULE, measures=(replace(RULE.measures[0], arguments={"days": "found", "to": "done"}),))
    ),
    "the range": lambda: measured(replace(RULE, each="others")),
    "the question": lambda: measured(replace(RULE, question=said("is it well done?"))),
    "another use": lambda: measured(replace(RULE, id="local/fixed#early")),
}
FOUND_OTHERWISE: dict[str, Callable[[], Measured]] = {
    "the outcome": lambda: fault(outcome=Outcome.PENDING),
    "the value": lambda: operand(text="10"),
    "the kind": lambda: operand(kind=Kind.TEXT),
    "the cell a number came from": lambda: moved(replace(PLACE, quote="2024-05-10")),
    "the row a number came from": lambda: moved(replace(PLACE, row="R2 栏目")),
    "by how much": lambda: fault(quantity=4),
    "put right": lambda: fault(rectified=True),
    "repeated": lambda: fault(repeated=None),
    "the record": lambda: fault(key="R2"),
}


@pytest.mark.parametrize("change", TOLD_OTHERWISE)
def test_how_it_is_told_does_not_reopen(change: str) -> None:
    assert both(TOLD_OTHERWISE[change]()) == both(measured())


@pytest.mark.parametrize("change", ASKED_OTHERWISE)
def test_what_the_rule_asks_is_the_first_part(change: str) -> None:
    for now, before in zip(both(ASKED_OTHERWISE[change]()), both(measured()), strict=True):
        assert now.partition("-")[0] != before.partition("-")[0]


@pytest.mark.parametrize("change", FOUND_OTHERWISE)
def test_what_was_found_is_the_second_part(change: str) -> None:
    for now, before in zip(both(FOUND_OTHERWISE[change]()), both(measured()), strict=True):
        assert now.partition("-")[0] == before.partition("-")[0]
        assert now.partition("-")[2] != before.partition("-")[2]


def test_another_fault_reopens_the_whole_but_not_the_record() -> None:
    more = replace(FOUND, occurrences=(FAULT, replace(FAULT, key="R2")))
    assert measured(finding=more).whole != measured().whole
    assert measured(finding=more).each[0] == measured().each[0]
    turned = replace(more, occurrences=more.occurrences[::-1])
    assert measured(finding=turned).whole == measured(finding=more).whole


def test_a_number_is_no_name() -> None:
    """A record that is only counted keeps its digest when others come before it."""
    assert fault(key="4").each == fault(key="5").each == fault(key="6:2").each
    bare = {"operands": (replace(LATE, locations=()),), "locations": ()}
    assert fault(key="4", **bare).each != fault(key="5", **bare).each


def test_what_nobody_could_read_rests_on_its_file() -> None:
    unread = Operand("late", said("days"), Kind.UNREADABLE, "", (PLACE,), said("cannot be read"))
    found = replace(FOUND, occurrences=(replace(FAULT, outcome=Outcome.UNKNOWN, operands=(unread,)),))
    same = (("report.md", "5" * 64), SOURCES[1])
    other = (SOURCES[0], ("evidence/fixes.csv", "5" * 64))
    first = Measured(RULE, found, LEDGER, SOURCES).each
    assert Measured(RULE, found, LEDGER, same).each == first
    assert Measured(RULE, found, LEDGER, other).each != first


def test_a_finding_that_lists_nothing_rests_on_what_the_rule_reads() -> None:
    passed = Finding("local/fixed", Outcome.PASS, 3)
    report, ledger = (("report.md", "5" * 64), SOURCES[1]), (SOURCES[0], ("evidence/fixes.csv", "5" * 64))
    over_ledger = Measured(RULE, passed, LEDGER, SOURCES).whole
    assert Measured(RULE, passed, LEDGER, report).whole == over_ledger
    assert Measured(RULE, passed, LEDGER, ledger).whole != over_ledger
    whole = replace(RULE, each=None, measures=())
    over_report = Measured(whole, passed, LEDGER, SOURCES).whole
    assert Measured(whole, passed, LEDGER, report).whole != over_report
    assert Measured(whole, passed, LEDGER, ledger).whole == over_report


def test_a_question_rests_on_the_record_it_is_asked_of() -> None:
    asked = replace(RULE, question=said("is it well done?"))
    finding = replace(
        FOUND, occurrences=(replace(FAULT, outcome=Outcome.PENDING, operands=(), locations=()),)
    )

    def facts(**fields: Fact) -> Facts:
        return replace(LEDGER, collections={"fixes": (Record("R1", said("R1"), fields),)})

    before = facts(action=words("更正"), owner=words("办公室"))
    same = facts(owner=words("办公室", Location("x", 9)), action=words("更正"))
    other = facts(action=words("更正"), owner=words("信息中心"))
    assert measured(asked, finding, same).each == measured(asked, finding, before).each
    assert measured(asked, finding, other).each != measured(asked, finding, before).each


def test_a_question_on_the_report_rests_on_the_report() -> None:
    asked = replace(RULE, each=None, measures=(), question=said("is it clear?"))
    shown = Operand("report.year", said("year"), Kind.NUMBER, "2024")
    finding = replace(
        FOUND, outcome=Outcome.PENDING, occurrences=(replace(FAULT, operands=(shown,), locations=()),)
    )
    edited = Measured(asked, finding, LEDGER, (("report.md", "5" * 64), SOURCES[1]))
    assert edited.whole != Measured(asked, finding, LEDGER, SOURCES).whole
