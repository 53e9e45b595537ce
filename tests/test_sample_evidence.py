"""The sample's evidence: what its script writes, and whether it carries the published figures."""

import csv
import importlib.util
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from checker import evaluation, library, pipeline
from checker.finding import Outcome
from checker.workdays import between, is_workday

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "reports" / "alxa-hightech-zone-2024"

Row = dict[str, Any]


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_evidence", ROOT / "reports" / "sample_evidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def written() -> dict[str, bytes]:
    files: dict[str, bytes] = script().sample((SAMPLE / "report.md").read_bytes())
    return files


@cache
def ledgers() -> tuple[dict[str, list[Row]], list[Row]]:
    found: tuple[dict[str, list[Row]], list[Row]] = script().ledgers()
    return found


@pytest.fixture
def rows() -> dict[str, list[Row]]:
    return ledgers()[0]


def test_the_files_here_are_what_the_script_writes() -> None:
    here = {str(path.relative_to(SAMPLE)) for path in (SAMPLE / "evidence").iterdir()}
    assert here | {"manifest.yaml", "planted.yaml"} == set(written())
    changed = [name for name, data in written().items() if (SAMPLE / name).read_bytes() != data]
    assert changed == [], "run python reports/sample_evidence.py"


def test_twice_the_same_bytes() -> None:
    assert script().sample((SAMPLE / "report.md").read_bytes()) == written()


def test_the_evidence_stays_small() -> None:
    assert sum(len(data) for data in written().values()) < 3_200_000


def test_published_figures_of_items(rows: dict[str, list[Row]]) -> None:
    items = rows["published_items"]
    assert Counter(item["channel"] for item in items) == {"网站": 3089, "微信": 2740}
    assert Counter(item["channel"] for item in items if item["key_field"]) == {"网站": 974}
    assert {item["published_at"].year for item in items} == {2024}
    assert len({item["item_id"] for item in items}) == len({item["title"] for item in items}) == 5829
    assert [row["信息编号"] for row in rows["reviews"]] == [item["item_id"] for item in items]


def test_published_figures_of_policies(rows: dict[str, list[Row]]) -> None:
    normative = [row for row in rows["policies"] if row["type"] == "行政规范性文件"]
    assert len(normative) == 13
    assert all(row["status"] == "现行有效" and row["made_on"].year < 2024 for row in normative)
    interpretations = rows["interpretations"]
    assert len(interpretations) == 116
    assert {row["published_on"].year for row in interpretations} == {2024}
    forms = Counter(row["form"] for row in interpretations)
    assert forms["图解"] + forms["音视频"] >= 0.7 * 116
    assert forms["负责人解读"] > 0


def test_published_figures_of_accounts(rows: dict[str, list[Row]]) -> None:
    running = [row for row in rows["accounts"] if row["status"] == "正常运行"]
    assert Counter(row["platform"] for row in running) == {"微信公众号": 22, "微博": 4, "抖音": 1}
    assert [row["followers"] for row in running if row["account_id"] == "Z01"] == [25376]
    checks = rows["feature_checks"]
    assert {row["account_id"] for row in checks} == {row["account_id"] for row in running}
    assert {"打卡签到", "积分排名", "在线时长"} <= {row["feature"] for row in checks}
    assert not any(row["present"] for row in checks)


def test_published_figures_of_columns_and_problems(rows: dict[str, list[Row]]) -> None:
    columns = Counter((row["carrier"], row["state"], row["action"]) for row in rows["website_columns"])
    site = columns.pop(("网站", "正常", "无"))
    assert 110 < site < 120
    assert columns == {("政务新媒体", "过期", "删除"): 11, ("政务新媒体", "睡眠", "整改"): 3}
    problems = Counter((row["object_kind"], row["action"]) for row in rows["rectifications"])
    expected = {("账号", "清理"): 3, ("账号", "备案"): 3, ("栏目", "删除"): 11, ("栏目", "更新"): 3}
    assert {key: problems[key] for key in expected} == expected


def test_published_figures_of_the_work(rows: dict[str, list[Row]]) -> None:
    kinds = Counter(row["kind"] for row in rows["trainings"])
    assert kinds["教学视频"] == 12
    assert sum(row["participants"] for row in rows["trainings"] if row["kind"] == "一对一培训") == 18
    assert sum(row["topic_regulations"] for row in rows["trainings"] if row["kind"] == "集中学习") == 2
    done = Counter(row["kind"] for row in rows["inspections"])
    assert (done["工作通报"], done["工作总结会"], done["月度检查"], done["保密审查月报"]) == (4, 1, 12, 12)
    assert sum(row["quantity"] for row in rows["inspections"] if row["kind"] == "信息清理") == 9263
    assert rows["applications"] == rows["disputes"] == []


def test_reviews_run_in_order_in_working_hours_and_nobody_signs_twice_a_minute(
    rows: dict[str, list[Row]],
) -> None:
    faulty = {told["key"] for told in ledgers()[1] if told["ledger"] == "reviews"}
    steps = ("一校", "初审", "二校", "复审", "三校", "保密审查", "终审")
    signed: Counter[tuple[str, datetime]] = Counter()
    for row, item in zip(rows["reviews"], rows["published_items"], strict=True):
        if row["信息编号"] in faulty:
            continue
        times = [item["drafted_at"], *(row[f"{step}时间"] for step in steps), item["published_at"]]
        assert times == sorted(set(times)), row
        assert all(is_workday(when) and 8 <= when.hour < 18 for when in times), row
        assert len({row[f"{step}人"] for step in steps}) == 7
        assert row["终审职务"] == ("主要负责人" if item["importance"] == "重大" else "分管领导")
        signed.update((row[f"{step}人"], row[f"{step}时间"]) for step in steps)
    assert signed.most_common(1)[0][1] == 1


def test_every_fault_is_at_its_row_and_is_the_one_described(rows: dict[str, list[Row]]) -> None:
    def row(ledger: str, key: str) -> Row:
        (found,) = (r for r in rows[ledger] if key in (r.get(script().KEYS[ledger]), r.get("信息编号")))
        return found

    same, unread, late, secret = (row("reviews", key) for key in ("W0412", "X0988", "W1493", "X2011"))
    assert same["初审人"] == same["复审人"]
    assert (unread["三校人"], unread["三校时间"]) == (None, None)
    assert (late["终审时间"].date() - row("published_items", "W1493")["published_at"].date()).days == 1
    assert late["终审时间"] > row("published_items", "W1493")["published_at"]
    assert secret["终审时间"] < secret["保密审查时间"] < row("published_items", "X2011")["published_at"]
    item, policy, account = row("published_items", "W2207"), row("policies", "Z053"), row("accounts", "Z14")
    assert between(item["formed_on"], item["published_at"].date()) == 24
    assert policy["needs_interpretation"]
    assert policy["exempt_reason"] is None
    assert policy["doc_id"] not in {r["doc_id"] for r in rows["interpretations"]}
    interpretation = row("interpretations", "J040")
    document = row("policies", interpretation["doc_id"])
    assert between(document["published_on"], interpretation["published_on"]) == 6
    assert [r["doc_id"] for r in rows["interpretations"]].count(document["doc_id"]) == 1
    assert between(account["opened_on"], account["opening_filed_on"]) == 9
    (column,) = (r for r in rows["website_columns"] if r["name"] == "标准目录")
    correction = row("corrections", "C17")
    assert (column["checked_on"] - column["last_updated_on"]).days == 52 > column["required_days"]
    assert between(correction["notified_at"].date(), correction["fixed_at"].date()) == 5
    (check,) = (r for r in rows["inspections"] if r["title"] == "2024年第三季度政务新媒体检查")
    assert (check["objects_total"], check["objects_checked"]) == (27, 8)
    assert len(ledgers()[1]) == 14


def cells(name: str, encoding: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(written()[f"evidence/{name}"].decode(encoding)))


def test_the_files_can_be_read_as_they_say() -> None:
    assert next(cells("published_items.csv", "utf-8-sig"))[0] == "信息编号"
    assert next(cells("reviews.csv", "gb18030"))[:4] == ["信息编号", "初审人", "初审职务", "初审时间"]
    with pytest.raises(UnicodeDecodeError):
        written()["evidence/corrections.csv"].decode()
    with zipfile.ZipFile(io.BytesIO(written()["evidence/policies.xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<mergeCell ref="A1:U1"/>' in sheet
    assert f'<c r="F3" s="1"><v>{(date(2019, 3, 1) - date(1899, 12, 30)).days}</v></c>' in sheet
    assert len(list(cells("applications.csv", "utf-8"))) == 1


def test_the_manifest_lists_every_file_and_says_that_rows_are_illustrative() -> None:
    manifest = yaml.safe_load((SAMPLE / "manifest.yaml").read_text(encoding="utf-8"))
    listed = [item["file"] for item in manifest["evidence"]]
    assert {*listed, "manifest.yaml"} == set(written())
    assert all("示意" in item["note"] and "Illustrative" in item["note"] for item in manifest["evidence"])


def test_the_rules_find_each_fault_at_its_row_and_nothing_else() -> None:
    # they rest on the report, on scores, on a person
    elsewhere = ("annual-report/", "composites/", "observation/")
    rules = [rule for name, rule in library.load_rules().items() if not name.startswith(elsewhere)]
    read = pipeline.gather(SAMPLE, library.ledger_kinds())
    assert read.evidence is not None
    findings = evaluation.evaluate(rules, read.facts, library.vocabulary())
    settled = (Outcome.PASS, Outcome.NOT_APPLICABLE)
    found = {(f.rule, o.key) for f in findings for o in f.occurrences if o.outcome not in settled}
    undecided = {f.rule for f in findings if f.outcome not in settled and not f.occurrences}
    planted = {(rule, told.get("found_at", told["key"])) for told in ledgers()[1] for rule in told["rules"]}
    assert (found, undecided) == (planted, set())
    assert all(told["rules"] for told in ledgers()[1])
