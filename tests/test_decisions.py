"""Decisions beside a submission, from the command line: what they do, and when they no longer do it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker import schemas
from tests.deciding import ROWS, SCHEME, decide, digests, folder, ruleset
from tests.evidence_folders import ROOT, called, record

ALL = ("local/evidence", "local/owner", "local/plan", "local/quality")
Digests = dict[tuple[str, str | None], str]


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    return folder(tmp_path / "submission")


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    return ruleset(tmp_path / "rulesets")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """What is measured of the submission; where it stands plays no part."""
    path = tmp_path_factory.mktemp("measured")
    return digests(folder(path / "submission"), ruleset(path / "rulesets"), *ALL)


def on(measured: Digests, name: str, key: str | None = None, **decided: Any) -> dict[str, Any]:
    """A decision on what is measured."""
    about = {} if key is None else {"record": key}
    return {"rule": f"local/{name}", "measured": measured[f"local/{name}", key], **about, **decided}


def five(measured: Digests) -> tuple[dict[str, Any], ...]:
    """One decision of each kind."""
    return (
        on(measured, "owner", "R3", settle="pass"),
        on(measured, "quality", level="fair"),
        on(measured, "plan", deduct="1.5"),
        on(measured, "evidence", "R2", override="pass"),
        on(measured, "evidence", "R3", waive=True, expires="2025-06-30"),
    )


def became(made: dict[str, Any]) -> dict[str, str]:
    return {f"{d['rule']} {d['record'] or ''}".strip(): d["state"] for d in made["decisions"]}


def test_raw_and_adjusted_side_by_side(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    """Raw: 8 × 2/4, 5 × 0 to 1, 7 less 0 to 2 less 1 to 4. Adjusted: 8 + 3, 7 less 0 to 1 less 1.5."""
    target = decide(submitted, *five(measured))
    made = record(capsys, submitted, "--ruleset", scheme)
    Draft202012Validator(schemas.open_schema("assessment")).validate(made)
    assert {k: made["raw"][k] for k in ("worst", "best", "verdict")} == {
        "worst": "5",
        "best": "15",
        "verdict": "open",
    }
    assert {k: made["score"][k] for k in ("worst", "best")} == {"worst": "15.5", "best": "16.5"}
    assert made["verdict"] == "qualified"
    assert set(became(made).values()) == {"in_force"}
    assert made["submission"]["decisions"] == {
        "file": "decisions.yaml",
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "judged_on": "2025-01-20",
        "unfilled": 0,
    }
    assert [e["file"] for e in made["submission"]["evidence"]] == ["evidence/fixes.csv"]
    findings = {f["rule"]: f for f in made["findings"]}
    assert findings["local/evidence"]["decided"] == {
        "before": "partial",
        "waived": False,
        "waived_records": ["R3"],
        "level": None,
        "deducted": None,
    }
    assert [o["key"] for o in findings["local/evidence"]["occurrences"]] == ["R3"]
    assert findings["local/quality"]["decided"]["level"] == "fair"
    assert findings["local/plan"]["decided"]["deducted"] == "1.5"


def test_without_decisions_nothing_is_adjusted(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path
) -> None:
    made = record(capsys, submitted, "--ruleset", scheme)
    assert (made["raw"], made["decisions"], made["submission"]["decisions"]) == (None, [], None)
    assert {f["decided"] for f in made["findings"]} == {None}
    assert "人工决定" not in called(capsys, "assess", submitted, "--ruleset", scheme)[1]
    decide(submitted)
    empty = record(capsys, submitted, "--ruleset", scheme)
    assert empty["raw"]["worst"] == empty["score"]["worst"] == made["score"]["worst"]


def test_the_exit_code_is_that_of_the_adjusted(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    assert called(capsys, "assess", submitted, "--ruleset", scheme)[0] == 3
    decide(submitted, *five(measured))
    assert called(capsys, "assess", submitted, "--ruleset", scheme)[0] == 0
    assert called(capsys, "assess", submitted, "--ruleset", scheme, "--fail-under", "19")[0] == 1


def test_the_page_names_every_decision(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    stale = on(measured, "owner", "R4", settle="fail") | {"measured": "0" * 8 + "-" + "0" * 16}
    decide(submitted, *five(measured), stale)
    _, page, _ = called(capsys, "assess", submitted, "--ruleset", scheme)
    assert "人工决定前 5 至 15（未定，不合格或合格）   人工决定后 15.5 至 16.5（合格）" in page
    assert "1 项人工决定没有计入：重新打开 1。" in page
    assert "人工决定  重新打开 1，生效 5   decisions.yaml" in page
    assert "第 7 行：判为不符合" in page
    assert "评为“一般”" in page
    assert f"现在的 measured  {measured['local/owner', 'R4']}" in page
    assert "已豁免：R3 政策解读 没有佐证" in page
    assert "决定  R3 豁免，到 2025-06-30 为止（张三 2025-02-10）：已经核对" in page
    _, page, _ = called(capsys, "assess", submitted, "--ruleset", scheme, "--lang", "en")
    assert "without decisions 5 to 15 (open, not qualified or qualified)" in page
    assert "1 decision does not count: reopened 1." in page
    assert "waived until 2025-06-30" in page


def test_it_survives_edits_elsewhere(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    decide(submitted, *five(measured)[:1], *five(measured)[3:])
    report = submitted / "report.md"
    text = report.read_text(encoding="utf-8").replace("工作还不够细致", "一些工作\n\n还不够细致")
    more = ("R0,网站监测,要闻,栏目超期,2024-04-06,2024-04-07,10,2024-04-15,办公室,截图0", *ROWS[::-1])
    folder(submitted, more)
    report.write_text(text, encoding="utf-8")
    assert set(became(record(capsys, submitted, "--ruleset", scheme)).values()) == {"in_force"}


def test_it_is_open_again_when_its_row_changes(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    decide(submitted, *five(measured))
    folder(submitted, (*ROWS[:2], ROWS[2].replace("信息中心", "技术中心"), ROWS[3]))
    made = record(capsys, submitted, "--ruleset", scheme)
    assert became(made)["local/owner R3"] == "reopened"
    [reopened] = [d for d in made["decisions"] if d["state"] == "reopened"]
    assert "量到的内容" in reopened["reason"]["zh"]
    assert "技术中心" in reopened["reason"]["zh"]
    assert reopened["measured_now"] not in (None, reopened["measured"])
    assert digests(submitted, scheme)["local/owner", "R3"] == reopened["measured_now"]


def test_it_is_open_again_when_the_ruleset_changes_a_setting(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    decide(submitted, *five(measured))
    stricter = SCHEME.replace("local/plan, deduct", "local/plan, settings: {least: 2}, deduct")
    made = record(capsys, submitted, "--ruleset", ruleset(scheme.parent, stricter))
    [reopened] = [d for d in made["decisions"] if d["state"] == "reopened"]
    assert reopened["rule"] == "local/plan"
    assert "规则的条件或参数" in reopened["reason"]["zh"]


def test_a_record_that_passes_is_corrected(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path
) -> None:
    target = submitted / "decisions.yaml"
    command = ("decisions", "new", submitted, "local/evidence", "--record", "R1", "--ruleset", scheme)
    assert called(capsys, *command)[0] == 0
    measured = target.read_text(encoding="utf-8").partition("measured: ")[2][:25]
    on_r1 = {"rule": "local/evidence", "record": "R1", "measured": measured, "override": "fail"}
    decide(submitted, on_r1)
    made = record(capsys, submitted, "--ruleset", scheme)
    assert (made["decisions"][0]["state"], made["decisions"][0]["before"]) == ("in_force", "pass")
    assert float(made["score"]["worst"]) == float(made["raw"]["worst"]) - 2
    [found] = [f for f in made["findings"] if f["rule"] == "local/evidence"]
    assert [o["key"] for o in found["occurrences"]] == ["R1", "R2", "R3"]
    folder(submitted, (ROWS[0].replace("截图1", "截图9"), *ROWS[1:]))
    assert became(record(capsys, submitted, "--ruleset", scheme)) == {"local/evidence R1": "reopened"}
    code, _, err = called(capsys, *command[:5], "R99", *command[6:])
    assert code == 2
    assert "规则没有判断 R99 这条记录" in err
    assert called(capsys, "decisions", "new", submitted, "--record", "R1", "--ruleset", scheme)[0] == 2


def test_what_is_put_right_is_moot_and_what_is_not_there_unused(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    lost = on(measured, "owner", "R3", settle="pass") | {"record": "R9"}
    other = on(measured, "plan", settle="pass") | {"rule": "annual-report/contact-address"}
    decide(submitted, *five(measured), lost, other)
    folder(submitted, (*ROWS[:2], ROWS[2] + "截图3", ROWS[3]))
    states = became(record(capsys, submitted, "--ruleset", scheme))
    assert states["local/evidence R3"] == "moot"
    assert states["local/owner R9"] == "unused"
    assert states["annual-report/contact-address"] == "unused"


def test_waivers_end_and_may_be_left_out(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    decide(submitted, *five(measured))
    with_it = record(capsys, submitted, "--ruleset", scheme, "--as-of", "2025-06-30")
    ended = record(capsys, submitted, "--ruleset", scheme, "--as-of", "2025-07-01")
    left_out = record(capsys, submitted, "--ruleset", scheme, "--no-waivers")
    assert became(with_it)["local/evidence R3"] == "in_force"
    assert became(ended)["local/evidence R3"] == "expired"
    assert became(left_out)["local/evidence R3"] == "left_out"
    assert ended["score"] == left_out["score"]
    assert float(with_it["score"]["worst"]) - float(ended["score"]["worst"]) == 2
    assert {s for k, s in became(left_out).items() if k != "local/evidence R3"} == {"in_force"}


def test_a_waiver_nobody_can_date_does_not_count(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    folder(submitted, report={"file": "report.md"})
    decide(submitted, *five(measured))
    made = record(capsys, submitted, "--ruleset", scheme)
    assert became(made)["local/evidence R3"] == "undated"
    assert made["submission"]["decisions"]["judged_on"] is None


def test_evidence_that_is_not_what_was_listed_reopens(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, scheme: Path, measured: Digests
) -> None:
    submitted = folder(tmp_path / "submission")
    minutes = submitted / "evidence" / "minutes.txt"
    minutes.write_text("x", encoding="utf-8")
    line = '  - {"id": "minutes", "kind": "attachment", "file": "evidence/minutes.txt", "sha256": "%s"}\n'
    with (submitted / "manifest.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(line % hashlib.sha256(b"x").hexdigest())
    decide(submitted, on(measured, "owner", "R3", settle="pass", evidence=["minutes"]))
    assert became(record(capsys, submitted, "--ruleset", scheme)) == {"local/owner R3": "in_force"}
    minutes.write_text("y", encoding="utf-8")
    made = record(capsys, submitted, "--ruleset", scheme)
    assert became(made) == {"local/owner R3": "reopened"}
    assert "minutes" in made["decisions"][0]["reason"]["zh"]


def test_a_faulty_file_assesses_nothing(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path, measured: Digests
) -> None:
    good = on(measured, "plan", deduct="1.5")
    decide(submitted, good, {**good, "deduct": "4.5", "why": ""}, {**good, "rule": "local/plann"})
    output = submitted.parent / "out.json"
    code, out, err = called(capsys, "assess", submitted, "--ruleset", scheme, "-o", output)
    assert (code, out, output.exists()) == (2, "", False)
    for place in ("decisions.yaml:3:", "decisions.yaml:4:"):
        assert place in err
    assert "是否想写 local/plan？" in err
    assert "1 至 4" in err


def test_a_bare_report_takes_decisions_by_name(
    capsys: pytest.CaptureFixture[str], submitted: Path, tmp_path: Path
) -> None:
    report, target = submitted / "report.md", tmp_path / "decided.yaml"
    rule = "annual-report/title-canonical"
    code, _, err = called(capsys, "decisions", "new", report, rule)
    assert code == 2
    assert "--output" in err
    assert called(capsys, "decisions", "new", report, rule, "-o", target)[0] == 0
    measured = target.read_text(encoding="utf-8").partition("measured: ")[2][:25]
    decided = {"rule": rule, "measured": measured, "override": "fail"}
    decide(tmp_path, decided).replace(target)
    made = record(capsys, report, "--decisions", target)
    assert (made["decisions"][0]["state"], made["decisions"][0]["before"]) == ("in_force", "pass")
    assert float(made["score"]["worst"]) < float(made["raw"]["worst"])
    report.write_text(report.read_text(encoding="utf-8") + "\n又及。\n", encoding="utf-8")
    assert became(record(capsys, report, "--decisions", target)) == {rule: "reopened"}


def test_the_same_bytes_whatever_the_hash_seed(submitted: Path, scheme: Path, measured: Digests) -> None:
    decide(submitted, *five(measured))
    command = [sys.executable, "-m", "checker", "assess", str(submitted), "--ruleset", str(scheme)]
    for form in ("json", "terminal"):
        outputs = {
            subprocess.run(
                [*command, "--format", form, "--lang", "zh"],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(outputs) == 1


def test_forms_stay_as_they_are_when_more_are_added(
    capsys: pytest.CaptureFixture[str], submitted: Path, scheme: Path
) -> None:
    target = submitted / "decisions.yaml"
    code, said, _ = called(capsys, "decisions", "new", submitted, "--ruleset", scheme)
    assert (code, said.startswith(f"{target}：4 项待填")) == (0, True)
    before = target.read_text(encoding="utf-8")
    assert called(capsys, "decisions", "new", submitted, "--ruleset", scheme)[1] == "没有待添加的事项\n"
    named = called(capsys, "decisions", "new", submitted, "local/evidence", "--ruleset", scheme)[1]
    assert named.startswith(f"{target}：2 项待填")
    assert target.read_text(encoding="utf-8").startswith(before)
    made = record(capsys, submitted, "--ruleset", scheme)
    assert (made["decisions"], made["submission"]["decisions"]["unfilled"]) == ([], 6)
    code, _, err = called(capsys, "decisions", "new", submitted, "local/evidenc", "--ruleset", scheme)
    assert code == 2
    assert "是否想写 local/evidence？" in err


def test_a_shipped_ruleset_is_decided_upon_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The report of the sample alone: the same under a ruleset that is not evaluated apart."""
    report, target = tmp_path / "report.md", tmp_path / "decisions.yaml"
    report.write_bytes((ROOT / "reports" / "alxa-hightech-zone-2024" / "report.md").read_bytes())
    assert called(capsys, "decisions", "new", report, "-o", target)[0] == 0
    forms = target.read_text(encoding="utf-8")
    rules = [line.partition("rule: ")[2] for line in forms.split("\n") if "rule: " in line]
    assert "annual-report/contact-address" in rules
    blank = "  by:\n  role:\n  on:\n  why:\n  evidence: []"
    who = "  by: 张三\n  role: 办公室\n  on: 2025-02-10\n  why: 指南中有\n  evidence: [report.md]"
    filled = forms.replace("  settle:  #", "  settle: pass  #").replace(blank, who)
    target.write_text(filled, encoding="utf-8")
    made = record(capsys, report, "--decisions", target)
    assert became(made) == dict.fromkeys(rules, "in_force")
    assert made["raw"]["worst"] != made["score"]["worst"]
    assert made["counts"]["pending"] == 0
    again = json.dumps(record(capsys, report, "--decisions", target), sort_keys=True)
    assert again == json.dumps(made, sort_keys=True)
