"""A ruleset of the user's own: used with its own library, evaluated apart, every mistake shown at once."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import SAMPLE, checker, refused

RULE = """\
title: {zh: 公开数量不少于三千, en: At least three thousand items}
why: {zh: 本地要求。, en: A local requirement.}
basis:
  - {document: 某办发〔2024〕1号, clause: 第三条, grade: local}
each: claims.site_items
assert: lowest >= 3000
message: {zh: "只有 {value}。", en: "only {value}."}
remedy: {zh: 补发。, en: Publish more.}
examples:
  pass: {claims.site_items: [{value: 3089, lowest: 3089, highest: 3089}]}
  fail: {claims.site_items: [{value: 12, lowest: 12, highest: 12}]}
"""
RULESET = """\
title: {zh: 本地考核, en: Local scheme}
version: "1"
full_marks: 10
pass_mark: {at_least: 6}
bands:
  - {name: {zh: 合格, en: qualified}, at_least: 6}
  - {name: {zh: 不合格, en: not qualified}, at_least: 0}
veto: {scoring: stop}
unknown: open
not_applicable: rescale
indicators:
  - id: all
    title: {zh: 全部, en: All}
    points: 10
    rules:
      - {rule: local/many-items, deduct: 4}
      - {rule: annual-report/applications-balance, deduct: 1, per: occurrence, cap: 6}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    (tmp_path / "library" / "local").mkdir(parents=True)
    (tmp_path / "library" / "local" / "many-items.yaml").write_text(RULE, encoding="utf-8")
    path = tmp_path / "scheme.yaml"
    path.write_text(RULESET, encoding="utf-8")
    return path


def test_own_rules_beside_shipped_ones(root: Path, scheme: Path) -> None:
    done = checker(root, "assess", SAMPLE, "--ruleset", scheme, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert {f["rule"]: f["outcome"] for f in record["findings"]} == {
        "local/many-items": "pass",
        "annual-report/applications-balance": "pass",
    }
    assert record["score"]["earned"] == "10"


def test_twelve_mistakes_are_shown_at_once(root: Path, scheme: Path) -> None:
    rule = scheme.parent / "library" / "local" / "many-items.yaml"
    wrong = (
        RULE.replace("title: {zh: 公开数量不少于三千, en", "title: {en")  # 1 a missing translation
        .replace("grade: local", "grade: locale")  # 2 a grade there is not
        .replace("each: claims.site_items", "each: claims.site_itmes")  # 3 a misspelt collection
        .replace("remedy:", "remdy:")  # 4 a misspelt key, 5 and the key it should be
    )
    rule.write_text(wrong, encoding="utf-8")
    typed = RULE.replace("lowest >= 3000", 'lowest >= "3000" && unit = 1')  # 7 a syntax error
    (rule.parent / "typed.yaml").write_text(typed, encoding="utf-8")
    compared = RULE.replace("lowest >= 3000", 'lowest >= "3000"')  # 8 a number against a text
    (rule.parent / "compared.yaml").write_text(compared, encoding="utf-8")
    twice = RULE.replace("assert: lowest >= 3000", "assert: lowest >= 3000\nassert: lowest >= 1")  # 9
    (rule.parent / "twice.yaml").write_text(twice, encoding="utf-8")
    dated = RULE.replace("each:", "effective: {from: 2024-02-30}\neach:")  # 10 a day there is not
    dated = dated.replace("{value}。", "{valeu}。")  # 6 a hole nothing fills
    (rule.parent / "dated.yaml").write_text(dated, encoding="utf-8")
    called = RULE.replace("lowest >= 3000", "lowest >= abz(3000)")  # 11 an unknown function
    (rule.parent / "called.yaml").write_text(called, encoding="utf-8")
    folded = RULE.replace("assert: lowest >= 3000", "assert: >\n  lowest >= 3000")  # 12 a folded expression
    (rule.parent / "folded.yaml").write_text(folded, encoding="utf-8")
    others = ("typed", "compared", "twice", "dated", "called", "folded")
    used = "".join(f"      - {{rule: local/{name}, deduct: 1}}\n" for name in others)
    scheme.write_text(RULESET + used, encoding="utf-8")
    said = refused(root, "assess", SAMPLE, "--ruleset", scheme)
    places = [line for line in said.splitlines() if line.startswith("checker: ")]
    assert len(places) >= 12, said
    for file in ("many-items", *others):
        assert any(f"{file}.yaml:" in line for line in places), (file, said)
    assert "site_items" in said  # did you mean


def test_a_rule_it_does_not_use_is_not_looked_at(root: Path, scheme: Path) -> None:
    (scheme.parent / "library" / "local" / "draft.yaml").write_text("title: [", encoding="utf-8")
    assert checker(root, "assess", SAMPLE, "--ruleset", scheme).returncode == 0
    assert "draft.yaml" in refused(root, "rules", "list", "--ruleset", scheme)


def test_a_mistake_in_the_ruleset_names_its_line(root: Path, scheme: Path) -> None:
    scheme.write_text(RULESET.replace("points: 10", "points: 11").replace("unknown: open", "unknown: maybe"))
    said = refused(root, "assess", SAMPLE, "--ruleset", scheme)
    assert "scheme.yaml:9:" in said
    assert "scheme.yaml" in said
    shutil.rmtree(scheme.parent / "library")
    assert "local/many-items" in refused(root, "assess", SAMPLE, "--ruleset", scheme)


def test_same_rules_same_digest_wherever_the_files_lie(root: Path, scheme: Path) -> None:
    copy = scheme.parent / "elsewhere 二"
    shutil.copytree(scheme.parent / "library", copy / "library")
    shutil.copy(scheme, copy / scheme.name)
    first, second = (
        checker(root, "assess", SAMPLE, "--ruleset", path, "--format", "json").stdout
        for path in (scheme, copy / scheme.name)
    )
    assert first == second
    rule = copy / "library" / "local" / "many-items.yaml"
    rule.write_text(RULE.replace("补发。", "尽快补发。"), encoding="utf-8")
    changed = checker(root, "assess", SAMPLE, "--ruleset", copy / scheme.name, "--format", "json").stdout
    assert json.loads(changed)["ruleset"]["sha256"] != json.loads(first)["ruleset"]["sha256"]


def test_a_rule_of_a_shipped_name_is_refused(root: Path, scheme: Path) -> None:
    folder = scheme.parent / "library" / "annual-report"
    folder.mkdir()
    (folder / "applications-balance.yaml").write_text(RULE, encoding="utf-8")
    assert "annual-report/applications-balance" in refused(root, "assess", SAMPLE, "--ruleset", scheme)


@pytest.mark.parametrize(
    "bomb",
    [
        "[lowest].map(a, [lowest].map(b, [a, b])).size() > 0",
        "[lowest].all(a, [lowest].all(b, [lowest].all(c, a == c)))",
        '(("a" + "b") + "c").contains("a")',
        "lowest in [" + ", ".join(["lowest"] * 20_000) + "]",
        "(" * 5_000 + "lowest" + ")" * 5_000 + " > 0",
        '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")',
    ],
    ids=["map", "nested", "text", "long", "deep", "pattern"],
)
def test_what_could_grow_is_refused_when_it_is_loaded(root: Path, scheme: Path, bomb: str) -> None:
    rule = scheme.parent / "library" / "local" / "many-items.yaml"
    rule.write_text(RULE.replace("assert: lowest >= 3000", f"assert: |\n  {bomb}"), encoding="utf-8")
    assert "many-items.yaml:7" in refused(root, "assess", SAMPLE, "--ruleset", scheme)


def test_a_rule_of_ones_own_that_breaks_is_an_error_of_that_rule(root: Path, scheme: Path) -> None:
    rule = scheme.parent / "library" / "local" / "many-items.yaml"
    rule.write_text(RULE.replace("lowest >= 3000", "lowest * 9000000000000000000 > 0"), encoding="utf-8")
    done = checker(root, "assess", SAMPLE, "--ruleset", scheme, "--format", "json")
    assert done.returncode == 4
    outcomes = {f["rule"]: f["outcome"] for f in json.loads(done.stdout)["findings"]}
    assert outcomes == {"local/many-items": "error", "annual-report/applications-balance": "pass"}


def test_its_rules_are_listed_tried_and_explained(root: Path, scheme: Path) -> None:
    listed = checker(root, "rules", "list", "--ruleset", scheme).stdout.decode()
    assert "local/many-items" in listed
    assert "annual-report/applications-balance" in listed
    tried = checker(root, "rules", "test", "local/many-items", "--ruleset", scheme)
    assert tried.returncode == 0
    assert "1 条规则，2 个正反例，0 个用例，0 处不符；结果覆盖 0/4\n" in tried.stdout.decode()
    told = checker(root, "explain", "local/many-items", SAMPLE, "--ruleset", scheme).stdout.decode()
    assert "3089" in told
    assert "local/many-items" in refused(root, "explain", "local/many-item", "--ruleset", scheme)


def test_last_year_without_this_year_is_a_usage_error(root: Path) -> None:
    assert "--previous" in refused(
        root, "explain", "annual-report/applications-balance", "--previous", SAMPLE
    )
