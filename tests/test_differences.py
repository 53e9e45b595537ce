"""Two rulesets side by side: what changed, and what it does to scores."""

import json
from decimal import Decimal
from pathlib import Path

from tests.test_cli import checker

OLD = """\
title: {zh: 旧, en: old}
version: "1"
full_marks: 100
pass_mark: {at_least: 60}
bands: [{name: {zh: 合格, en: pass}, at_least: 60}]
veto: {scoring: cap, points: 59}
unknown: costs
not_applicable: rescale
indicators:
  - id: report
    title: {zh: 报告, en: report}
    points: 100
    rules:
      - {rule: annual-report/social-review-stated, deduct: 5}
      - {rule: annual-report/contact-address, deduct: 10}
"""


def write(folder: Path) -> tuple[Path, Path]:
    old, new = folder / "old.yaml", folder / "new.yaml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(OLD.replace("旧", "新").replace("deduct: 10", "deduct: 50"), encoding="utf-8")
    return old, new


def test_changes_and_what_they_do_to_a_score(root: Path, tmp_path: Path) -> None:
    old, new = write(tmp_path)
    report = root / "reports/alxa-hightech-zone-2024/report.md"
    done = checker(root, "rules", "diff", old, new, report, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert [(c["what"], c["id"], c["key"], c["before"], c["after"]) for c in found["changes"]] == [
        ("use", "annual-report/contact-address", "deduct", "10", "50")
    ]
    (submission,) = found["submissions"]
    lost = [submission[side]["lost"]["annual-report/contact-address"] for side in ("old", "new")]
    earned = [Decimal(submission[side]["earned"]) for side in ("old", "new")]
    assert lost == ["10", "50"]
    assert earned[0] - earned[1] == 40


def test_the_page_in_both_languages(root: Path, tmp_path: Path) -> None:
    old, new = write(tmp_path)
    chinese = checker(root, "rules", "diff", old, new).stdout.decode()
    assert "改 annual-report/contact-address  deduct  10 → 50" in chinese
    english = checker(root, "rules", "diff", old, new, "--lang", "en").stdout.decode()
    assert "changed annual-report/contact-address  deduct  10 → 50" in english


def test_no_difference(root: Path, tmp_path: Path) -> None:
    old, _ = write(tmp_path)
    assert "没有差别" in checker(root, "rules", "diff", old, old).stdout.decode()


def test_a_ruleset_at_fault_is_refused(root: Path, tmp_path: Path) -> None:
    old, new = write(tmp_path)
    new.write_text("title: {}\n", encoding="utf-8")
    done = checker(root, "rules", "diff", old, new)
    assert (done.returncode, done.stdout) == (2, b"")
