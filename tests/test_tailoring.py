"""Rulesets that extend others: what they state differently, where it is told, what they may not relax."""

from pathlib import Path

import pytest

from checker import library, pipeline
from checker.errors import InputError, Problem, RulesetError
from checker.ruleset import Ruleset

PARENT = """\
title: {zh: 省版, en: province}
version: "1"
full_marks: 100
pass_mark: {at_least: 60}
bands: [{name: {zh: 合格, en: pass}, at_least: 60}]
veto: {scoring: cap, points: 59}
unknown: open
not_applicable: rescale
firm: [pass_mark]
rules:
  - {rule: annual-report/tables-present, veto: true, firm: true}
indicators:
  - id: report
    title: {zh: 报告, en: report}
    points: 60
    rules:
      - {rule: annual-report/fee-stated, deduct: 4}
      - {rule: annual-report/no-stray-years, deduct: 2, per: occurrence, cap: 6, firm: true}
  - id: tables
    title: {zh: 表格, en: tables}
    points: 40
    firm: true
    floor: 20
    rules:
      - {rule: annual-report/applications-balance, points: 40}
"""
CHILD = """\
title: {zh: 市版, en: city}
version: "1"
extends: province
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "province.yaml").write_text(PARENT, encoding="utf-8")
    return tmp_path


def load(folder: Path, *more: str) -> Ruleset:
    (folder / "city.yaml").write_text(CHILD + "\n".join(more) + "\n", encoding="utf-8")
    return library.load_ruleset(folder / "city.yaml")


def refused(folder: Path, *more: str) -> list[Problem]:
    with pytest.raises(RulesetError) as caught:
        load(folder, *more)
    return list(caught.value.problems)


def differences(ruleset: Ruleset) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(c.what, c.id, c.key, c.before, c.after) for c in ruleset.changes]


def test_without_differences_it_is_its_parent(folder: Path) -> None:
    city, province = load(folder), library.load_ruleset(folder / "province.yaml")
    assert (city.id, city.parent, city.title.en, city.changes) == ("city", "province", "city", ())
    assert (city.indicators, city.uses, city.veto) == (province.indicators, province.uses, province.veto)
    assert city.firm == (), "what is firm is said by each for those that extend it"
    assert city.sha256 != province.sha256


def test_every_difference_is_listed_with_its_place(folder: Path) -> None:
    city = load(
        folder,
        "bands: [{name: {zh: 优, en: good}, at_least: 90}, {name: {zh: 合格, en: pass}, at_least: 60}]",
        "remove: [annual-report/fee-stated]",
        "change:",
        "  - {rule: annual-report/no-stray-years, deduct: 3, without: [cap]}",
        "add:",
        "  - {to: report, rules: [{rule: annual-report/contact-phone, deduct: 1}]}",
        "  - {rules: [{rule: annual-report/title-present, warning: true, as: early}]}"
        if "annual-report/title-present" in library.rules()
        else "  - {rules: [{rule: annual-report/contact-office, warning: true, as: early}]}",
    )
    found = differences(city)
    assert ("use", "annual-report/no-stray-years", "deduct", "2", "3") in found
    assert ("use", "annual-report/no-stray-years", "cap", "6", None) in found
    assert ("use", "annual-report/fee-stated", "", "in report, deduct 4", None) in found
    assert ("use", "annual-report/contact-phone", "", None, "in report, deduct 1") in found
    assert [c.key for c in city.changes if c.what == "ruleset"] == ["bands"]
    places = {c.id: c.place for c in city.changes}
    stray = places["annual-report/no-stray-years"]
    assert stray is not None and stray.file.endswith("province.yaml")
    added = places["annual-report/contact-phone"]
    assert added is not None and (Path(added.file).name, added.line) == ("city.yaml", 9)
    assert any(rule.endswith("#early") for rule in city.rules)


def test_a_grandchild(folder: Path) -> None:
    load(folder, "change:", "  - {rule: annual-report/fee-stated, deduct: 5}")
    (folder / "county.yaml").write_text(
        CHILD.replace("province", "city") + "change: [{rule: annual-report/fee-stated, cap: 5}]\n",
        encoding="utf-8",
    )
    county = library.load_ruleset(folder / "county.yaml")
    assert county.parent == "city"
    assert differences(county) == [("use", "annual-report/fee-stated", "cap", None, "5")]
    assert county.indicators[0].uses[0].deduct == 5


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        ("pass_mark: {at_least: 50}", "pass_mark"),
        ("remove: [annual-report/tables-present]", "annual-report/tables-present"),
        ("remove: [annual-report/no-stray-years]", "annual-report/no-stray-years"),
        ("change: [{rule: annual-report/no-stray-years, deduct: 1}]", "deduct"),
        ("change: [{rule: annual-report/no-stray-years, cap: 5}]", "cap"),
        ("change: [{rule: annual-report/no-stray-years, warning: true, without: [per, cap]}]", "warning"),
        ("change: [{rule: annual-report/no-stray-years, every: 2}]", "every"),
        ("change: [{indicator: tables, without: [floor]}]", "floor"),
        ("change: [{indicator: tables, only_if: annual-report/fee-stated}]", "only_if"),
        ("change: [{indicator: tables, cap: 10}]", "cap"),
        ("change: [{rule: annual-report/applications-balance, deduct: 40}]", "deduct"),
    ],
)
def test_what_is_firm_is_not_relaxed(folder: Path, difference: str, said: str) -> None:
    problems = refused(folder, difference)
    assert {p.code for p in problems} == {"tailoring.firm"}
    assert any(said in p.message.en for p in problems)
    assert all(p.location is not None and p.location.file.endswith("city.yaml") for p in problems)


@pytest.mark.parametrize(
    "difference",
    [
        "change: [{rule: annual-report/no-stray-years, deduct: 3, cap: 9}]",
        "change: [{rule: annual-report/no-stray-years, without: [cap]}]",
        "change: [{indicator: tables, floor: 30}]",
        "change: [{rule: annual-report/fee-stated, deduct: 1}]",
        "veto: {scoring: stop}",
    ],
)
def test_stricter_and_what_is_not_firm_may_change(folder: Path, difference: str) -> None:
    assert load(folder, difference).changes


def test_mistakes_are_told_where_they_stand(folder: Path) -> None:
    problems = refused(
        folder,
        "remove: [annual-report/fee-statd, tabels]",
        "change:",
        "  - {rule: annual-report/fee-stated, deduct: 3, flor: 1}",
        "  - {indicator: report, points: 61, without: [floor]}",
        "add:",
        "  - {to: rapport, rules: [{rule: annual-report/contact-phone, deduct: 1}]}",
        "  - {to: report, rules: [{rule: annual-report/contact-phne, deduct: 1}]}",
    )
    told = [(p.code, Path(p.location.file).name, p.location.line) for p in problems if p.location]
    assert told == [
        ("tailoring.unknown", "city.yaml", 4),
        ("tailoring.unknown", "city.yaml", 4),
        ("schema.unknown-key", "city.yaml", 6),
        ("tailoring.without", "city.yaml", 7),
        ("tailoring.unknown", "city.yaml", 9),
        ("use.unknown-rule", "city.yaml", 10),
        ("ruleset.full-marks", "province.yaml", 3),
    ]


@pytest.mark.parametrize("parent", ["nowhere", "city", "../province", "[province]", "{a: 1}", ""])
def test_a_parent_that_is_not_there(folder: Path, parent: str) -> None:
    (folder / "city.yaml").write_text(CHILD.replace("province", parent), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        library.load_ruleset(folder / "city.yaml")
    assert caught.value.problems


def test_a_ring_of_parents_ends(folder: Path) -> None:
    (folder / "a.yaml").write_text(CHILD.replace("province", "b"), encoding="utf-8")
    (folder / "b.yaml").write_text(CHILD.replace("province", "a"), encoding="utf-8")
    with pytest.raises(RulesetError, match="extends itself"):
        library.load_ruleset(folder / "a.yaml")


def test_a_shipped_ruleset_can_be_extended(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(CHILD.replace("province", "disclosure") + "places: 3\n", encoding="utf-8")
    assert library.load_ruleset(path).parent == "disclosure"


def test_a_ruleset_for_other_kinds_of_units_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "departments.yaml"
    text = CHILD.replace("province", "annual-report") + "applies_to: {years: [2019], kinds: [department]}\n"
    path.write_text(text, encoding="utf-8")
    sample = root / "reports/alxa-hightech-zone-2024"
    with pytest.raises(InputError, match="the manifest says the unit is a zone"):
        pipeline.assess(sample, path)
    bare = pipeline.assess(sample / "report.md", path)
    assert (bare.ruleset.parent, [c.key for c in bare.ruleset.changes]) == ("annual-report", ["applies_to"])
