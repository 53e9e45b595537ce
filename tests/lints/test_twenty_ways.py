"""A ruleset, with its rules, cases and ledgers, that is wrong in more than twenty ways: all told at once."""

import json
from pathlib import Path

import pytest

from checker.lints import Report, look_at
from tests.lints.homes import CASES, RULE, RULESET, changed, write
from tests.test_cli import SAMPLE, checker, refused

WRONG = changed(
    RULESET,
    {
        "title: {zh: 本地考核, en: Local scheme}": "title: {zh: 本地考核}",  # no translation
        "years: [2021, 2025]": "years: [2025, 2021]",  # years the wrong way round
        "pass_mark: {at_least: 60}": "pass_mark: {at_least: 160}",  # above the full marks
        "en: qualified}, at_least: 60": "en: qualified}, at_least: 95",  # bands out of order
        "veto: {scoring: cap, points: 59}": "veto: {scoring: force}",  # force without points
        "unknown: open": "unknown: maybe",  # no such choice
        "earns: 0}": "earns: 2}",  # more than all
        "points: 60\n": "points: 55\n",  # does not add up
        "id: ease\n": "id: items\n",  # an id twice
        "cap: 60}": "cap: 10}",  # below one deduction
        "points: 10, rubric: ease": "points: 10, deduct: 3",  # two worths
        "zero_at: 0.5": "zero_at: 1",  # upside down
    },
)
USES = """\
      - {rule: local/many-itmes, deduct: 1}
      - {rule: local/many-items, deduct: 1}
      - {rule: local/weak, veto: true}
      - {rule: local/easy-to-find, as: a, points: 1, rubric: none}
      - {rule: local/easy-to-find, as: b, deduct: {from: 5, to: 2}}
      - {rule: local/easy-to-find, as: c, deduct: 1, per: quantity}
      - {rule: local/mostly-many, as: d, deduct: 1, settings: {limits: 3}}
      - {rule: local/mostly-many, as: e, deduct: 1, group: none}
      - {rule: local/mostly-many, as: f, deduct: 1, bonus: 2}
"""
RULES = {
    "weak": changed(RULE, {"grade: national": "grade: local"}),
    "typed": changed(RULE, {"lowest >= limit": 'lowest >= "3000"'}),
    "misspelt": changed(RULE, {"lowest >= limit": "lowst >= limit"}),
    "unclosed": changed(RULE, {"lowest >= limit": "(lowest >= limit"}),
    "called": changed(RULE, {"lowest >= limit": "abz(lowest) >= limit"}),
    "hollow": changed(RULE, {"只有 {value}": "只有 {valeu}"}),
    "nowhere": changed(RULE, {"claims.site_items\nassert": "claims.site_itmes\nassert"}),
    "untitled": changed(RULE, {", en: At least three thousand items": ""}),
    "twice": RULE + "remedy: {zh: 补发, en: Publish}\n",
    "dated": changed(RULE, {"{from: 2021-09-26}": "{from: 2021-02-30}"}),
}
DISTINCT = 20


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(tmp_path, WRONG + USES, RULES)
    (tmp_path / "cases" / "local" / "many-items.yaml").write_text(CASES.replace("fail}", "fails}"))
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "visits.yaml").write_text("title: {zh: 走访, en: visits}\nitem: visit\n")
    return tmp_path


@pytest.fixture
def report(home: Path) -> Report:
    return look_at([str(home)])


def test_every_mistake_is_told_at_once(report: Report) -> None:
    told = [r.problem for r in report.remarks if r.severity == "refused"]
    assert len({p.location for p in told}) >= 12 + 9 + len(RULES)
    assert len({p.code for p in told}) >= DISTINCT
    files = {Path(p.location.file).name for p in told if p.location}
    faulty = {f"{name}.yaml" for name in RULES if name != "weak"}
    assert files == faulty | {"scheme.yaml", "many-items.yaml", "visits.yaml"}


def test_each_has_its_place_its_line_and_its_fix(report: Report) -> None:
    for problem in (remark.problem for remark in report.remarks):
        assert problem.location is not None
        assert problem.fix is not None
        if problem.location.line is not None:
            assert problem.excerpt is not None
        assert "按提示改正" not in problem.fix.zh, problem.code


def test_they_come_in_the_order_of_files_and_lines(report: Report) -> None:
    places = [remark.problem.location for remark in report.remarks]
    order = [(p.file, p.line or 0, p.character or 0) for p in places if p is not None]
    assert order == sorted(order)


def test_no_mistake_is_told_twice_for_the_same_cause(report: Report) -> None:
    """That a rule does not load is told of the rule, not of the rulesets and cases that name it."""
    unknown = [r.problem for r in report.remarks if r.problem.code == "use.unknown-rule"]
    assert [p.excerpt.strip() for p in unknown if p.excerpt] == [USES.splitlines()[0].strip()]
    assert not [r for r in report.remarks if r.problem.code in ("cases.no-such-rule", "rule-unused")]


def test_the_command_prints_them_all_and_ends_with_2(root: Path, home: Path) -> None:
    done = checker(root, "rules", "lint", home, "--format", "json")
    assert done.returncode == 2, done.stderr.decode()
    record = json.loads(done.stdout)
    assert record["counts"]["refused"] >= 12 + 9 + len(RULES)
    page = checker(root, "rules", "lint", home, "--lang", "zh")
    assert page.returncode == 2
    assert page.stdout.decode().count("改法  ") == len(record["findings"])


def test_nothing_is_assessed_and_nothing_written(root: Path, home: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    said = refused(root, "assess", SAMPLE, "--ruleset", home / "scheme.yaml", "--output", output)
    assert not output.exists()
    assert said.count("checker: ") >= 1


def test_a_ruleset_alone_that_is_wrong_in_twenty_ways_is_refused_with_twenty_places(
    root: Path, tmp_path: Path
) -> None:
    write(tmp_path, WRONG + USES, {"weak": RULES["weak"]})
    said = refused(root, "assess", SAMPLE, "--ruleset", tmp_path / "scheme.yaml")
    places = {line.split(": ")[1] for line in said.splitlines() if line.startswith("checker: ")}
    assert len(places) >= DISTINCT, said
