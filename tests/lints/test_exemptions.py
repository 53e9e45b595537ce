"""What is meant to be as it is says so in the file, with why; what exempts nothing is told."""

from pathlib import Path

from checker import lints
from checker.lints import Report
from tests.lints.homes import RULE, RULESET, changed, write

WHY = "{zh: 表里就是这样, en: so the sheet has it}"
SHORT = {"deduct: 20, per: occurrence, cap: 60": "deduct: 20"}


def report(folder: Path, *changes: dict[str, str], rule: str = RULE) -> Report:
    ruleset = RULESET
    for each in changes:
        ruleset = changed(ruleset, each)
    return lints.look_at([str(write(folder, ruleset, {"many-items": rule}))])


def codes(found: Report) -> list[str]:
    return [remark.problem.code for remark in found.remarks]


def exempting(code: str) -> str:
    return f"lint: {{{code}: {WHY}}}"


def test_what_is_exempted_is_counted_with_its_reason_and_not_told(tmp_path: Path) -> None:
    found = report(tmp_path, SHORT, {"points: 60\n": f"points: 60\n    {exempting('points-out-of-reach')}\n"})
    assert codes(found) == []
    [exemption] = found.exemptions
    assert (exemption.code, exemption.covers) == ("points-out-of-reach", 1)
    assert exemption.why.zh == "表里就是这样"
    assert exemption.place.line == 21


def test_an_exemption_covers_what_is_below_it(tmp_path: Path) -> None:
    top = {"indicators:": f"{exempting('unconfirmed-in-force')}\nindicators:"}
    marked = {
        "points: 60\n": "points: 60\n    unconfirmed: true\n",
        "cap: 60}": "cap: 60, unconfirmed: true}",
    }
    found = report(tmp_path, top, marked)
    assert codes(found) == []
    assert [exemption.covers for exemption in found.exemptions] == [2]


def test_an_exemption_of_one_place_leaves_the_others(tmp_path: Path) -> None:
    here = {"cap: 60}": f"cap: 60, unconfirmed: true, {exempting('unconfirmed-in-force')}}}"}
    there = {"points: 40\n": "points: 40\n    unconfirmed: true\n"}
    assert codes(report(tmp_path, here, there)) == ["unconfirmed-in-force"]


def test_a_rule_exempts_too(tmp_path: Path) -> None:
    rule = changed(RULE, {"only {value}": "too few"}) + exempting("figures-differ") + "\n"
    found = report(tmp_path, rule=rule)
    assert codes(found) == []
    assert [exemption.code for exemption in found.exemptions] == ["figures-differ"]


def test_an_exemption_that_covers_nothing_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, {"points: 60\n": f"points: 60\n    {exempting('points-out-of-reach')}\n"})
    assert codes(found) == ["exemption.unused"]
    assert found.exemptions == ()


def test_but_not_where_something_does_not_load(tmp_path: Path) -> None:
    change = {
        "points: 60\n": f"points: 60\n    {exempting('points-out-of-reach')}\n",
        "unknown: open": "unknown: no",
    }
    assert codes(report(tmp_path, change)) == ["schema.choice"]


def test_an_exemption_from_no_lint_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = report(tmp_path, {"points: 60\n": f"points: 60\n    {exempting('points-out-of-rech')}\n"})
    [remark] = found.remarks
    assert (remark.severity, remark.problem.code) == ("error", "exemption.unknown")
    assert remark.problem.fix is not None
    assert remark.problem.fix.zh == "改为 points-out-of-reach"


def test_an_exemption_gives_its_reason_in_both_languages(tmp_path: Path) -> None:
    found = report(tmp_path, {"cap: 60}": "cap: 60, lint: {no-case: 就是这样}}"})
    assert codes(found) == ["schema"]
    assert found.count("refused") == 1
