"""checker rules lint: what it prints and the code it ends with."""

import json
from pathlib import Path

from checker import lints
from checker.lints import look_at
from checker.renderers import Page, renderer
from tests.lints.homes import RULESET, changed, write
from tests.test_cli import checker

SHORT = {"deduct: 20, per: occurrence, cap: 60": "deduct: 20"}
"""A warning."""
LAME = {"cap: 60}": "cap: 60}\n      - {rule: local/mostly-many, as: gate, limit: {times: 1}}"}
"""An error."""


def test_a_home_in_good_order_ends_with_0(root: Path, tmp_path: Path) -> None:
    done = checker(root, "rules", "lint", write(tmp_path), "--lang", "zh")
    assert done.returncode == 0
    assert done.stdout.decode() == "没有发现问题  检查了 1 个指标体系、3 条规则、10 个用例\n"


def test_findings_end_with_1_and_warnings_need_not(root: Path, tmp_path: Path) -> None:
    warned = write(tmp_path, changed(RULESET, SHORT))
    assert checker(root, "rules", "lint", warned).returncode == 1
    assert checker(root, "rules", "lint", warned, "--warnings-ok").returncode == 0
    write(tmp_path, changed(RULESET, LAME))
    assert checker(root, "rules", "lint", tmp_path, "--warnings-ok").returncode == 1


def test_what_is_no_ruleset_ends_with_2(root: Path, tmp_path: Path) -> None:
    done = checker(root, "rules", "lint", tmp_path / "none.yaml", "--lang", "en")
    assert done.returncode == 2
    assert "is no ruleset or rule" in done.stderr.decode()


def test_the_page_shows_place_line_mark_and_fix(root: Path, tmp_path: Path) -> None:
    write(tmp_path, changed(RULESET, SHORT))
    done = checker(root, "rules", "lint", tmp_path / "scheme.yaml", "--lang", "zh")
    lines = done.stdout.decode().splitlines()
    assert (
        lines
        == [
            f"{tmp_path}/scheme.yaml:20:13  警告  points-out-of-reach",
            "    60 分里各条最多扣掉 20，余下的 40 分人人都有",
            "    points: 60",
            "            ^",
            "    改法  提高扣分或上限，补上扣分的规则，或调低分值",
            "",
            "警告 1  检查了 1 个指标体系、3 条规则、10 个用例",
        ]
        or len(str(tmp_path)) > 60
    )


def test_a_page_is_no_wider_than_asked_for(tmp_path: Path) -> None:
    long = changed(
        RULESET, {"cap: 60}": f"cap: 61}} # {'很长的说明' * 30}", "zh: 数量": f"zh: {'数量' * 30}"}
    )
    report = look_at([str(write(tmp_path, long))])
    for language in ("zh", "en"):
        for width in (60, 100):
            page = Page("zh" if language == "zh" else "en", width)
            for line in renderer("lint", "terminal")(report, page).splitlines():
                if str(tmp_path) not in line:
                    assert sum(2 if ord(c) > 0x2E7F else 1 for c in line) <= width, line


def test_the_mark_stands_below_its_place_in_a_line_that_was_cut(tmp_path: Path) -> None:
    wide = {
        "{rule: local/many-items, ": f"{{as: {'x' * 70}, rule: local/many-items, ",
        "cap: 60}": "cap: 61}",
    }
    report = look_at([str(write(tmp_path, changed(RULESET, wide)))])
    shown = renderer("lint", "terminal")(report, Page("en", 60)).splitlines()
    [at] = [n for n, line in enumerate(shown) if line.strip() == "^"]
    assert shown[at - 1][shown[at].index("^") :].startswith("61}")


def test_json_has_every_finding_and_exemption(root: Path, tmp_path: Path) -> None:
    why = "lint: {unconfirmed-in-force: {zh: 表里就是, en: so it is}}"
    mine = {"points: 40\n": f"points: 40\n    unconfirmed: true\n    {why}\n"}
    write(tmp_path, changed(changed(RULESET, SHORT), mine))
    record = json.loads(checker(root, "rules", "lint", tmp_path, "--format", "json").stdout)
    assert record["schema"] == "lint/1"
    assert (record["rulesets"], record["rules"], record["cases"]) == (["scheme"], 3, 10)
    assert record["counts"] == {"refused": 0, "error": 0, "warning": 1}
    [finding] = record["findings"]
    assert (finding["code"], finding["line"], finding["character"]) == ("points-out-of-reach", 20, 13)
    assert finding["excerpt"] == "    points: 60"
    assert set(finding["fix"]) == {"zh", "en"}
    assert [(e["code"], e["line"], e["covers"], e["why"]["en"]) for e in record["exemptions"]] == [
        ("unconfirmed-in-force", 27, 1, "so it is")
    ]


def test_list_names_every_lint(root: Path) -> None:
    said = checker(root, "rules", "lint", "--list", "--lang", "en").stdout.decode().splitlines()
    assert [line.split()[:2] for line in said] == [[n.code, n.severity] for n in lints.catalogue()]
    assert all(lint.about.zh != lint.about.en for lint in lints.catalogue())
