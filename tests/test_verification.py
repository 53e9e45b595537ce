"""Evidence beside the report: what of it is used, and what the record and the pages say of the rest."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from checker import ledgers, library
from checker.ledger import Ledger, LedgerKind
from checker.manifest import open_manifest
from checker.verification import load_evidence
from tests.evidence_folders import (
    REPORT,
    Item,
    called,
    findings,
    home,
    item,
    list_evidence,
    record,
    scheme,
    submission,
)

RULES = ("policy-interpretation/coverage", "policy-interpretation/within-limit")
POLICIES = (
    "文件编号,文件标题,发布日期,应当解读\nD1,关于甲的办法,2024-03-05,是\nD2,关于乙的办法,2024-04-08,是\n"
)
READ = "解读编号,所解读文件编号,解读标题,发布日期\nI1,D1,甲的解读,2024-03-06\n"
LAST_YEAR = {"from": "2023-01-01", "to": "2023-12-31"}

Capsys = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("rulesets")


@pytest.fixture
def rulesets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = home(tmp_path / "rulesets", "policy-interpretation")
    for name in ("annual-report", "disclosure"):
        scheme(made / f"{name}.yaml", *RULES)
    monkeypatch.setattr("checker.library.HOME", made)


def handed_in(tmp_path: Path, *items: Item, **files: str) -> Path:
    """Two policies, the first of them interpreted; and what else there is."""
    given = {"p.csv": POLICIES, "i.csv": READ, **{f"{name}.csv": text for name, text in files.items()}}
    listed = (item("policies", "p.csv"), item("interpretations", "i.csv"), *items)
    return submission(tmp_path / "some-county-2024", given, listed)


def entries(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in made["submission"]["evidence"]}


def lacking(made: dict[str, Any]) -> list[str]:
    return [lack["kind"] for lack in made["submission"]["lacking"]]


def test_the_same_content_is_read_once(tmp_path: Path, capsys: Capsys) -> None:
    folder = handed_in(tmp_path, item("interpretations", "again.csv"), again=READ)
    made = record(capsys, folder)
    again = entries(made)["again"]
    assert (again["status"], again["rows"], again["used"]) == ("verified", None, False)
    assert again["reason"]["zh"] == "证据 again 与 i（evidence/i.csv）内容相同，不重复采用"
    assert (entries(made)["i"]["rows"], made["submission"]["notices"], lacking(made)) == (1, [], [])
    assert [o["key"] for o in findings(made)["coverage"]["occurrences"]] == ["D2"]
    for lang, state, reason in (
        ("zh", "未采用", "与 i（evidence/i.csv）内容相同，不重复采用"),
        ("en", "not used", "has the same content as i (evidence/i.csv) and is not used again"),
    ):
        code, out, _ = called(capsys, "assess", folder, "--lang", lang)
        assert code != 2 and state in out and reason in out
        code, out, _ = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert code == 0 and state in out and reason in out


def test_other_rows_of_the_same_kind_are_joined(tmp_path: Path, capsys: Capsys) -> None:
    more = READ.replace("I1,D1,甲", "I2,D2,乙").replace("03-06", "04-09")
    made = record(capsys, handed_in(tmp_path, item("interpretations", "more.csv"), more=more))
    assert {f["outcome"] for f in made["findings"]} == {"pass"}


def test_evidence_of_another_year_is_not_used(tmp_path: Path, capsys: Capsys) -> None:
    folder = handed_in(tmp_path)
    both = [item("policies", "p.csv"), item("interpretations", "i.csv", covers=LAST_YEAR)]
    list_evidence(folder, both, year=2024)
    made = record(capsys, folder)
    told = entries(made)["i"]
    assert (told["status"], told["rows"], told["used"]) == ("verified", None, False)
    assert {f["outcome"] for f in made["findings"]} == {"unknown"}
    said = json.dumps(findings(made)["coverage"], ensure_ascii=False)
    assert "证据 i 所涉期间（2023-01-01 – 2023-12-31）全在 2024 年度之外，没有采用" in said
    assert lacking(made) == ["interpretations"]
    _, out, _ = called(capsys, "assess", folder, "--lang", "zh")
    assert "  未采用  政策解读台账        evidence/i.csv，2 条规则需要\n" in out
    assert "未提供" not in out


def test_evidence_of_another_year_beside_that_of_this(tmp_path: Path, capsys: Capsys) -> None:
    """Neither what it says nor that it is a part, changed or gone bears on this year."""
    before = item("interpretations", "before.csv", covers=LAST_YEAR, complete=False)
    folder = handed_in(tmp_path, before, before=READ.replace("I1,D1", "I0,D2"))
    for _ in range(2):
        made = findings(record(capsys, folder))
        assert [(o["key"], o["outcome"]) for o in made["coverage"]["occurrences"]] == [("D2", "fail")]
        (folder / "evidence" / "before.csv").unlink(missing_ok=True)


@pytest.mark.parametrize("state", ["changed", "missing"])
def test_what_cannot_be_used_is_told_once_and_by_its_title(
    tmp_path: Path, capsys: Capsys, state: str
) -> None:
    folder = handed_in(tmp_path)
    path = folder / "evidence" / "i.csv"
    path.write_text(READ + "\n", encoding="utf-8") if state == "changed" else path.unlink()
    for lang, shown, needed in (
        ("zh", {"changed": "已改动", "missing": "缺失"}[state], "，2 条规则需要"),
        ("en", state, ", 2 rules need it"),
    ):
        title = {"zh": "政策解读台账", "en": "Policy interpretations"}[lang]
        _, out, _ = called(capsys, "assess", folder, "--lang", lang)
        listed = [line for line in out.splitlines() if "evidence/i.csv" + needed in line]
        assert len(listed) == 1 and shown in listed[0] and title in listed[0]
        assert "未提供" not in out and "not given" not in out
        _, out, _ = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert f"i  {title}  evidence/i.csv" in out
        assert shown in out


# The report beside its manifest ----------------------------------------------------------------------


def verified(capsys: Capsys, folder: Path, lang: str = "zh") -> tuple[int, str]:
    code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
    assert err == ""
    return code, out


def test_a_manifest_of_another_year(tmp_path: Path, capsys: Capsys) -> None:
    folder = handed_in(tmp_path)
    assert verified(capsys, folder)[0] == 0
    list_evidence(folder, [item("policies", "p.csv")], year=2023)
    code, out = verified(capsys, folder)
    assert (code, "清单说的是 2023 年度，报告是 2024 年度报告" in out, "须处理" in out) == (2, True, True)
    assert "the manifest is for 2023, the report is of 2024" in verified(capsys, folder, "en")[1]
    code, out, _ = called(capsys, "manifest", "verify", folder, "--format", "json")
    told = json.loads(out)
    assert (code, told["in_order"], [p["code"] for p in told["problems"]]) == (2, False, ["manifest.year"])


def test_a_report_without_a_year_or_that_cannot_be_read(tmp_path: Path, capsys: Capsys) -> None:
    folder = handed_in(tmp_path)
    (folder / "report.md").write_text(REPORT.replace("{year}年", ""), encoding="utf-8")
    whole = [item("policies", "p.csv"), item("interpretations", "i.csv")]
    list_evidence(folder, whole, year=2024)
    code, out = verified(capsys, folder)
    assert (code, "读不出报告的年度" in out) == (0, True)
    list_evidence(folder, whole, year=2024, report={"file": "report.pdf"})
    (folder / "report.md").rename(folder / "report.pdf")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n")
    code, out = verified(capsys, folder)
    assert code == 2
    assert "报告 report.pdf" in out and "读不出" in out and "须处理" in out


def test_rows_that_are_no_records_are_told(tmp_path: Path, capsys: Capsys) -> None:
    sums = "合计,两份,,\n" + "".join(f"第{n}页,,,\n填表人：张三,,,\n" for n in range(1, 11))
    folder = handed_in(tmp_path, item("policies", "q.csv"), q=f"{POLICIES}填表人：张三,,,\n{sums}")
    code, out = verified(capsys, folder)
    assert code == 0
    assert "第4–5、7、9、11、13、15、17、19行等12行是合计、小标题、附注或没有内容的序号，不作记录" in bare(
        out
    )
    told = "lines 4–5, 7, 9, 11, 13, 15, 17, 19 and others, 12 in all, hold a sum, a heading, a note"
    assert bare(told) in bare(verified(capsys, folder, "en")[1])


def bare(text: str) -> str:
    """Without white space, wherever lines are broken."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("青石县", True),
        ("青石县人民政府", True),
        ("青石县人民政府办公室", True),
        ("远山市青石县人民政府", True),
        ("青石县财政局", False),
        ("远山市", False),
        ("白石县人民政府", False),
    ],
)
def test_a_manifest_of_another_unit(tmp_path: Path, capsys: Capsys, name: str, same: bool) -> None:
    folder = handed_in(tmp_path)
    whole = [item("policies", "p.csv"), item("interpretations", "i.csv")]
    list_evidence(folder, whole, year=2024, unit={"name": name})
    code, out = verified(capsys, folder)
    assert code == 0, "it is told, and no fault"
    assert (f"清单的单位是“{name}”，报告的单位是“青石县" in out) is not same


def test_a_file_changed_while_it_is_read_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "submission"
    (folder / "evidence").mkdir(parents=True)
    (folder / "report.md").write_text("# 甲区2024年政府信息公开工作年度报告\n", encoding="utf-8")
    ledger = folder / "evidence" / "trainings.csv"
    ledger.write_text("培训编号,培训形式,举办日期\nT1,讲座,2024-03-05\n", encoding="utf-8")
    sha256 = hashlib.sha256(ledger.read_bytes()).hexdigest()
    (folder / "manifest.yaml").write_text(
        "unit: {name: 甲区}\nyear: 2024\nreport: {file: report.md}\nevidence:\n"
        f"  - {{id: t, kind: trainings, file: evidence/trainings.csv, sha256: {sha256}}}\n",
        encoding="utf-8",
    )
    kinds = library.ledger_kinds()

    def swapping(
        kind: LedgerKind,
        path: Path,
        file: str,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Ledger:
        found = ledgers.read(kind, path, file, sheet, columns)
        path.write_text("培训编号,培训形式,举办日期\nT2,讲座,2024-03-06\n", encoding="utf-8")
        return found

    manifest = open_manifest(folder, kinds)
    assert manifest is not None
    [exhibit] = load_evidence(folder, manifest, kinds, swapping).exhibits
    assert exhibit.ledger is None and exhibit.problems[0].code == "evidence.changed"
