"""Of a ruleset that extends another, what it changes is looked at as it then stands, and where it says so."""

from pathlib import Path

from checker import lints
from checker.lints import Report
from tests.lints.homes import write

CHILD = """\
title: {zh: 本县考核, en: County scheme}
version: "1"
extends: scheme
"""
WHY = "{zh: 表里就是这样, en: so the sheet has it}"


def found(folder: Path, child: str) -> Report:
    path = write(folder) / "county.yaml"
    path.write_text(CHILD + child, encoding="utf-8")
    return lints.look_at([str(path)])


def places(report: Report) -> list[tuple[str, str, str]]:
    told = []
    for problem in (remark.problem for remark in report.remarks):
        place, excerpt = problem.location, problem.excerpt
        assert place is not None and place.character is not None and excerpt is not None
        told.append((problem.code, Path(place.file).stem, excerpt[place.character - 1 :]))
    return told


def test_one_that_changes_nothing_amiss_is_in_order(tmp_path: Path) -> None:
    report = found(tmp_path, "change: [{indicator: items, cap: 40}]\n")
    assert (report.rulesets, report.remarks) == (("county",), ())


def test_a_change_is_told_where_it_is_made(tmp_path: Path) -> None:
    report = found(tmp_path, "change: [{indicator: items, floor: 0}, {rule: local/many-items, cap: 50}]\n")
    assert places(report) == [
        ("floor-without-effect", "county", "0}, {rule: local/many-items, cap: 50}]"),
        ("points-out-of-reach", "scheme", "60"),
    ]


def test_a_change_may_be_exempted_there_and_what_is_inherited_at_the_top(tmp_path: Path) -> None:
    change = f"change: [{{indicator: items, floor: 0, lint: {{floor-without-effect: {WHY}}}}}, "
    change += "{rule: local/many-items, cap: 50}]\n"
    report = found(tmp_path, f"{change}lint: {{points-out-of-reach: {WHY}}}\n")
    assert places(report) == []
    assert [(e.code, e.covers) for e in report.exemptions] == [
        ("floor-without-effect", 1),
        ("points-out-of-reach", 1),
    ]


def test_of_the_parent_nothing_is_told_for_a_child_that_does_not_share_it(tmp_path: Path) -> None:
    report = found(tmp_path, "change: [{rule: local/many-items, cap: 50}]\n")
    parent = lints.look_at([str(tmp_path / "scheme.yaml")])
    assert [place[0] for place in places(report)] == ["points-out-of-reach"]
    assert places(parent) == []


def test_a_shipped_ruleset_may_be_extended(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CHILD.replace("extends: scheme", "extends: annual-report"), encoding="utf-8")
    report = lints.look_at([str(path)])
    assert (report.rulesets, report.rules, report.remarks) == (("own",), 0, ())


def test_what_there_is_not_to_extend_is_told_with_a_fix(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CHILD.replace("extends: scheme", "extends: scheem"), encoding="utf-8")
    [remark] = lints.look_at([str(path)]).remarks
    assert (remark.severity, remark.problem.code) == ("refused", "tailoring.parent")
    assert remark.problem.fix is not None
