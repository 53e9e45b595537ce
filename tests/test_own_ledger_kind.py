"""A kind of ledger of one's own: a folder with a ruleset, a rule, a kind and no Python."""

import json
from pathlib import Path

import pytest

from tests.evidence_folders import called, findings, item, list_evidence, record, scheme, submission

KIND = """\
title: {zh: 听证会台账, en: Hearings}
item: hearing
key: hearing_id
shown: [hearing_id, topic]
columns:
  hearing_id: {type: text, required: true, label: {zh: 听证编号, en: hearing id}, aliases: [编号]}
  doc_id: {type: text, refers: policies, label: {zh: 文件编号, en: document id}, aliases: [文件]}
  topic: {type: text, label: {zh: 议题, en: topic}}
  held_on: {type: date, required: true, label: {zh: 召开日期, en: held on}, aliases: [日期]}
  attendants: {type: count, label: {zh: 参加人数, en: attendants}, aliases: [人数]}
"""
HEAD = """\
why: {zh: 本地要求。, en: A local requirement.}
basis:
  - {document: 某办发〔2024〕1号, clause: 第三条, grade: local}
remedy: {zh: 补开。, en: Hold one.}
"""
BEFORE = """\
title: {zh: 先听证后发布, en: Heard before it is published}
each: hearings
measures:
  first: {min: policies.published_on}
where: has_doc_id
assert: held_on <= first
message: {zh: "{hearing}：{held_on} 召开，{first} 已发布。", en: "{hearing}: {held_on}, out on {first}."}
examples:
  pass:
    hearings: [{hearing_id: T1, doc_id: D1, held_on: 2024-03-01}]
    policies: [{doc_id: D1, title: 甲, published_on: 2024-03-05}]
  fail:
    hearings: [{hearing_id: T1, doc_id: D1, held_on: 2024-03-09}]
    policies: [{doc_id: D1, title: 甲, published_on: 2024-03-05}]
"""
HEARD = """\
title: {zh: 文件开过听证会, en: Each document was heard}
each: policies
measures:
  heard: {count: hearings, where: attendants >= 10}
assert: heard > 0
message: {zh: "{policy}：没有十人以上的听证会。", en: "{policy}: no hearing of ten people or more."}
examples:
  pass:
    hearings: [{hearing_id: T1, doc_id: D1, held_on: 2024-03-01, attendants: 12}]
    policies: [{doc_id: D1, title: 甲, published_on: 2024-03-05}]
  fail:
    hearings: [{hearing_id: T1, doc_id: D1, held_on: 2024-03-09, attendants: 9}]
    policies: [{doc_id: D1, title: 甲, published_on: 2024-03-05}]
"""
POLICIES = "文件编号,文件标题,发布日期\nD1,甲办法,2024-03-05\nD2,乙办法,2024-03-06\nD3,丙办法,2024-03-07\n"
HEARINGS = "编号,文件,议题,日期,人数\n" + "\n".join(
    ["T1,D1,甲,2024年3月1日,12", "T2,D2,乙,2024-03-09,9", "T3,,丁,2024/3/9,30", "T4,D3,丙,2024-03-01,二十"]
)

Capsys = pytest.CaptureFixture[str]


def own(folder: Path, kind: str = KIND, file: str = "hearings.yaml", rule: str = BEFORE) -> Path:
    """A folder of one's own; returns its ruleset."""
    for name in ("ledgers", "library/own"):
        (folder / name).mkdir(parents=True)
    (folder / "ledgers" / file).write_text(kind, encoding="utf-8")
    (folder / "library" / "own" / "heard-before.yaml").write_text(rule + HEAD, encoding="utf-8")
    (folder / "library" / "own" / "heard.yaml").write_text(HEARD + HEAD, encoding="utf-8")
    return scheme(folder / "ruleset.yaml", "own/heard-before", "own/heard")


@pytest.fixture
def ruleset(tmp_path: Path) -> Path:
    return own(tmp_path / "own")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return submission(
        tmp_path / "some-county-2024",
        {"p.csv": POLICIES, "h.csv": HEARINGS},
        [item("policies", "p.csv"), item("hearings", "h.csv")],
    )


def test_it_is_read_joined_and_judged(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    made = record(capsys, folder, "--ruleset", ruleset)
    found = findings(made)
    before, heard = found["heard-before"], found["heard"]
    assert (before["outcome"], before["checked"]) == ("fail", 3)
    (late,) = before["occurrences"]
    assert (late["key"], late["message"]["zh"]) == ("T2", "T2 乙：2024-03-09 召开，2024-03-06 已发布。")
    assert {(p["file"], p["line"], p["column"]) for p in late["locations"]} >= {
        ("evidence/h.csv", 3, "日期"),
        ("evidence/p.csv", 3, "发布日期"),
    }
    outcomes = {o["key"]: o["outcome"] for o in heard["occurrences"]}
    assert outcomes == {"D2": "fail", "D3": "unknown"}, "二十 is no number of people"
    kinds = {entry["kind"]: entry["rows"] for entry in made["submission"]["evidence"]}
    assert kinds == {"policies": 3, "hearings": 4}


def test_its_rules_are_tried_and_explained(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    names = ("own/heard", "own/heard-before")
    code, out, err = called(capsys, "rules", "test", *names, "--ruleset", ruleset, "--lang", "zh")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "own/heard  用例覆盖 —；没有用例：pass fail not_applicable unknown",
        "own/heard-before  用例覆盖 —；没有用例：pass fail not_applicable unknown",
        "2 条规则，4 个正反例，0 个用例，0 处不符；结果覆盖 0/8",
    ]
    spoken = {
        "zh": ("听证会台账", "参加人数 ≥ 10", "符合", "D2 乙办法：没有十人以上的听证会。"),
        "en": ("Hearings", "attendants ≥ 10", "passed", "D2 乙办法: no hearing of ten people or more."),
    }
    for lang, words in spoken.items():
        code, out, err = called(capsys, "explain", "own/heard", folder, "--ruleset", ruleset, "--lang", lang)
        assert (code, err) == (0, "")
        assert all(word in out for word in words), out
        assert "evidence/h.csv" in out


def test_a_manifest_of_it_is_written_and_verified(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    (folder / "manifest.yaml").unlink()
    code, out, _ = called(capsys, "manifest", "new", folder, "--ruleset", ruleset, "--lang", "zh")
    assert code == 0
    assert "列入 evidence/h.csv  hearings" in out
    assert not (folder / "evidence" / "blank" / "hearings.csv").exists()
    code, out, _ = called(capsys, "manifest", "verify", folder, "--ruleset", ruleset, "--lang", "zh")
    assert code == 2
    assert "听证会台账  evidence/h.csv" in out
    assert "第 5 行 “参加人数”栏的“二十”：须是整数" in out
    (folder / "evidence" / "h.csv").write_text(HEARINGS.replace("二十", "20"), encoding="utf-8")
    assert called(capsys, "manifest", "new", folder, "--update", "--ruleset", ruleset)[0] == 0
    assert called(capsys, "manifest", "verify", folder, "--ruleset", ruleset)[0] == 0
    code, _, err = called(capsys, "manifest", "verify", folder, "--lang", "zh")
    assert code == 2
    assert "没有 hearings 这种证据" in err
    assert "--ruleset" in err


def test_a_blank_ledger_of_it_has_its_headers(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    (folder / "manifest.yaml").unlink()
    (folder / "evidence" / "h.csv").unlink()
    assert called(capsys, "manifest", "new", folder, "--ruleset", ruleset)[0] == 0
    blank = (folder / "evidence" / "blank" / "hearings.csv").read_text(encoding="utf-8-sig")
    assert blank.strip() == "听证编号,文件编号,议题,召开日期,参加人数"


def test_it_is_named_where_it_is_lacking(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    list_evidence(folder, [item("policies", "p.csv")], year=2024)
    found = findings(record(capsys, folder, "--ruleset", ruleset))
    assert {f["outcome"] for f in found.values()} == {"unknown"}
    code, out, _ = called(capsys, "assess", folder, "--ruleset", ruleset, "--lang", "zh")
    assert code == 3
    assert "证据中没有“听证会台账”" in out
    assert ["未提供", "听证会台账", "2", "条规则需要"] in [line.split() for line in out.splitlines()]


MISTAKES = {
    "type": (
        "hearings.yaml",
        "type: count",
        "type: conut",
        "ledgers/hearings.yaml:10:22: ",
        "是否想写 count",
    ),
    "refers": (
        "hearings.yaml",
        "refers: polic",
        "refers: pollic",
        "ledgers/hearings.yaml:7:32: ",
        "policies",
    ),
    "key": ("hearings.yaml", "key: hearing_id", "key: hearing", "ledgers/hearings.yaml:3:6: ", "hearing_id"),
    "header": ("hearings.yaml", "aliases: [人数]", "aliases: [日期]", "ledgers/hearings.yaml:10:", "held_on"),
    "column": ("hearings.yaml", "topic: {", "has_topic: {", "ledgers/hearings.yaml:8:3: ", "has_"),
    "yaml": ("hearings.yaml", "item: hearing", "item: [hearing", "ledgers/hearings.yaml:3:", "YAML"),
    "shipped": ("policies.yaml", "", "", "ledgers/policies.yaml: ", "台账种类 policies 已在"),
    "attachment": ("attachment.yaml", "", "", "", "attachment"),
    "of the report": ("quantities.yaml", "", "", "", "quantities"),
    "name": ("Hearings.yaml", "", "", "ledgers/Hearings.yaml: ", "小写英文字母"),
    "suffix": ("hearings.yml", "", "", "ledgers/hearings.yml: ", ".yaml"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_are_told_with_file_and_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys, mistake: str
) -> None:
    file, right, wrong, place, said = MISTAKES[mistake]
    home = tmp_path / "home"  # a mistake is found before any rule is: our rules need not be loaded
    home.mkdir()
    (home / "ledgers").symlink_to(root / "rulesets" / "ledgers")
    monkeypatch.setattr("checker.library.HOME", home)
    ruleset = own(tmp_path / "own", KIND.replace(right, wrong) if right else KIND, file)
    folder = submission(tmp_path / "some-county-2024", {"p.csv": POLICIES}, [item("policies", "p.csv")])
    code, out, err = called(capsys, "assess", folder, "--ruleset", ruleset, "--lang", "zh")
    assert (code, out) == (2, "")
    assert err.startswith("checker: "), err
    assert place in err.splitlines()[0]
    assert said in err


def test_a_rule_that_misuses_it_is_told_with_its_line(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "ledgers").symlink_to(root / "rulesets" / "ledgers")
    monkeypatch.setattr("checker.library.HOME", home)
    wrong = {
        "each: hearing\n": ("each: hearings\n", ":2:7: ", "是否想写 hearings"),
        "attendants <= first": ("held_on <= first", ":6:20: ", "不能用于整数和日期"),
        "{min: policies.published}": ("{min: policies.published_on}", ":4:", "published_on"),
    }
    for number, (new, (old, place, said)) in enumerate(wrong.items()):
        ruleset = own(tmp_path / f"own-{number}", rule=BEFORE.replace(old, new))
        code, _, err = called(
            capsys, "rules", "test", "own/heard-before", "--ruleset", ruleset, "--lang", "zh"
        )
        assert code == 2
        assert f"heard-before.yaml{place}" in err
        assert said in err


def test_the_same_record_every_time(folder: Path, ruleset: Path, capsys: Capsys) -> None:
    first = record(capsys, folder, "--ruleset", ruleset)
    list_evidence(folder, [item("hearings", "h.csv"), item("policies", "p.csv")], year=2024)
    again = record(capsys, folder, "--ruleset", ruleset)
    assert json.dumps(first["findings"]) == json.dumps(again["findings"])
    assert first["score"] == again["score"]
