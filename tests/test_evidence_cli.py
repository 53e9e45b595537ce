"""Evidence that is wrong, as a user meets it: exit code, a sentence with its place, in time and memory."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence_folders import (
    Item,
    called,
    findings,
    home,
    item,
    list_evidence,
    process,
    record,
    scheme,
    snapshot,
    submission,
)
from tests.ledgers.workbooks import crooked, saved, text_cell, texts

LINE = "培训编号,培训主题,培训形式,日期,人数\n"
HEADER = ("培训编号", "培训主题", "培训形式", "日期", "人数")
GOOD = LINE + "P1,学习条例,讲座,2024-03-05,12\n"
RULES = ("policy-interpretation/coverage", "policy-interpretation/within-limit")
POLICIES = "文件编号,文件标题,发布日期,应当解读\n" + "".join(
    f"D{n},关于第{n}件事的办法,2024-03-{n:02},是\n" for n in range(1, 10)
)
INTERPRETATIONS = "解读编号,所解读文件编号,解读标题,发布日期\n" + "".join(
    f"I{n},D{n},第{n}件事解读,2024-03-{n + (12 if n == 3 else 1):02}\n" for n in range(1, 9)
)

Capsys = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("rulesets")


def listing(tmp_path: Path, content: str | bytes | None, file: str = "t.csv", **more: object) -> Path:
    """A submission whose one piece of evidence is a list of trainings with this content."""
    files = {} if content is None else {file: content}
    return submission(tmp_path / "some-county-2024", files, [item("trainings", file, **more)])


def policies(tmp_path: Path, *items: Item) -> Path:
    """A submission with nine policies, of which D3 was interpreted late and D9 not at all."""
    return submission(
        tmp_path / "some-county-2024",
        {"p.csv": POLICIES, "i.csv": INTERPRETATIONS},
        items or (item("policies", "p.csv"), item("interpretations", "i.csv")),
    )


@pytest.fixture
def rulesets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rulesets of one family of rules and one scheme, `local`, as the shipped ones."""
    made = home(tmp_path / "rulesets", "policy-interpretation")
    for name in ("annual-report", "disclosure", "local"):
        scheme(made / f"{name}.yaml", *RULES)
    monkeypatch.setattr("checker.library.HOME", made)
    return made


# What keeps a ledger from being used ------------------------------------------------------------------


def far_cell(path: Path) -> None:
    far = f"<row r='1048576'>{text_cell('x', 'r=' + repr('XFD1048576'))}</row>"
    crooked(path, texts(HEADER) + far)
    assert path.stat().st_size < 2_500


def bomb(path: Path) -> None:
    crooked(path, texts(HEADER) + "<row/>" * 20_000_000)
    assert path.stat().st_size < 400_000


def written(content: str | bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


UNUSABLE = {
    "far-cell.xlsx": (far_cell, "", "第 1048576 行在第 1000 列之外", "row 1048576 of 台账"),
    "bomb.xlsx": (bomb, "", "展开后过大", "too large unpacked"),
    "columns.csv": (written("列," * 1_000_000 + "\n"), ":1", "一行超过 1000000 个字符", "over 1000000 char"),
    "cells.csv": (written(GOOD + "," * 5_000 + "\n"), ":3", "一行超过 1000 列", "over 1000 columns"),
    "header.csv": (written("甲,乙,丙\n1,2,3\n"), ":1", "举办日期、日期、培训日期", "needed: 培训编号"),
    "no-date.csv": (written("编号,主题,形式\nP1,a,讲座\n"), ":1", "缺少“举办日期”一栏", "held on is missing"),
    "quote.csv": (written(GOOD + '"P2,题,讲座,2024-03-05,1\n'), ":3", "引号没有闭合", "does not close"),
    "nul.csv": (written(GOOD + "\0"), ":3", "NUL", "NUL"),
    "empty.csv": (written(""), ":1", "没有培训台账的表头", "is a header of Trainings"),
    "old.xls": (
        written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096),
        "",
        "存为 XLSX",
        "save a ledger",
    ),
    "word.docx": (written(b"PK\x03\x04" + b"\0" * 64), "", "已损坏或加密", "damaged or encrypted"),
}


@pytest.mark.parametrize("file", UNUSABLE)
def test_a_ledger_that_cannot_be_read(rulesets: Path, tmp_path: Path, capsys: Capsys, file: str) -> None:
    make, line, zh, en = UNUSABLE[file]
    folder = listing(tmp_path, b"", file)
    make(folder / "evidence" / file)
    list_evidence(folder, [item("trainings", file)], year=2024)
    before = snapshot(folder)
    code, out, err = process(rulesets, "assess", folder, "--ruleset", "local", "--lang", "zh")
    assert (code, out) == (2, "")
    assert err.startswith(f"checker: evidence/{file}{line}: "), err
    assert zh in err
    code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", "en")
    assert (code, out) == (2, "")
    assert en in err
    for lang, said, state in (("zh", zh, "不能用"), ("en", en, "unusable")):
        code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert (code, err) == (2, "")
        assert said in "".join(part.strip() for part in out.splitlines()) or said in out
        assert state in out
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("file", "zh", "en"),
    [
        ("../secret.csv", "中不能有 ..", "no path may climb out"),
        ("evidence/../../secret.csv", "中不能有 ..", "no path may climb out"),
        ("/etc/hostname", "是绝对路径", "is an absolute path"),
        ("evidence/link.csv", "经链接指向报送文件夹之外", "leads out of the submission folder"),
        ("evidence/far/secret.csv", "经链接指向报送文件夹之外", "leads out of the submission folder"),
    ],
)
def test_a_name_that_leads_out(tmp_path: Path, capsys: Capsys, file: str, zh: str, en: str) -> None:
    (tmp_path / "secret.csv").write_text(GOOD, encoding="utf-8")
    folder = listing(tmp_path, GOOD)
    (folder / "evidence" / "link.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "evidence" / "far").symlink_to(tmp_path)
    list_evidence(folder, [{**item("trainings", "t.csv"), "file": file}], year=2024)
    before = snapshot(folder)
    for lang, said in (("zh", zh), ("en", en)):
        for command in (("assess", "--ruleset", "local"), ("manifest", "verify")):
            code, out, err = called(capsys, *command, folder, "--lang", lang)
            assert (code, out) == (2, "")
            assert err.startswith("checker: manifest.yaml:5:"), err
            assert said in err
    assert snapshot(folder) == before


# A file that is not the one vouched for: the rest goes on ------------------------------------------------


def state(made: dict[str, object], id: str) -> str:
    listed: list[dict[str, str]] = made["submission"]["evidence"]  # type: ignore[index]
    return next(entry["status"] for entry in listed if entry["id"] == id)


def test_all_is_in_order_to_begin_with(tmp_path: Path, capsys: Capsys) -> None:
    folder = policies(tmp_path)
    assert called(capsys, "manifest", "verify", folder)[0] == 0
    made = findings(record(capsys, folder, "--ruleset", "local"))
    missing, late = made["coverage"], made["within-limit"]
    assert [o["key"] for o in missing["occurrences"]] == ["D9"]
    assert [(o["key"], o["outcome"]) for o in late["occurrences"]] == [("D3", "fail")]


@pytest.mark.parametrize("gone", [False, True])
def test_a_digest_that_does_not_match_or_a_file_that_is_missing(
    tmp_path: Path, capsys: Capsys, gone: bool
) -> None:
    folder = policies(tmp_path)
    path = folder / "evidence" / "i.csv"
    if gone:
        path.unlink()
    else:
        path.write_text(INTERPRETATIONS + "I9,D9,补上的解读,2024-03-10\n", encoding="utf-8")
    before = snapshot(folder)
    code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", "zh")
    assert (code, err) == (3, "")
    assert "共 2 条规则  无法判定 2" in out
    assert ("证据 i（evidence/i.csv）不在报送文件夹中" if gone else "与清单所记的 SHA-256 不符") in out
    made = record(capsys, folder, "--ruleset", "local")
    assert state(made, "i") == ("missing" if gone else "changed")
    assert state(made, "p") == "verified"
    assert {f["outcome"] for f in made["findings"]} == {"unknown"}
    assert len(findings(made)["coverage"]["occurrences"]) == 9
    for lang, told in (("zh", "须处理"), ("en", "NOT IN ORDER")):
        code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert (code, err) == (2, "")
        assert told in out
    code, out, _ = called(capsys, "manifest", "verify", folder, "--format", "json")
    assert code == 2
    assert snapshot(folder) == before


def test_one_of_two_files_of_a_kind_changed_takes_the_kind_away(tmp_path: Path, capsys: Capsys) -> None:
    """What the changed one says, the other does not: half the interpretations prove no lack."""
    head, *rows = INTERPRETATIONS.splitlines(keepends=True)
    folder = policies(tmp_path)
    for name, part in (("i.csv", rows[:4]), ("j.csv", rows[4:])):
        (folder / "evidence" / name).write_text(head + "".join(part), encoding="utf-8")
    both = [item("policies", "p.csv"), item("interpretations", "i.csv"), item("interpretations", "j.csv")]
    list_evidence(folder, both, year=2024)
    made = findings(record(capsys, folder, "--ruleset", "local"))
    assert [o["key"] for o in made["coverage"]["occurrences"]] == ["D9"], "two files of a kind are one ledger"
    (folder / "evidence" / "j.csv").write_text(head, encoding="utf-8")
    made = findings(record(capsys, folder, "--ruleset", "local"))
    assert {f["outcome"] for f in made.values()} == {"unknown"}


def test_a_report_that_is_not_the_one_vouched_for(tmp_path: Path, capsys: Capsys) -> None:
    folder = listing(tmp_path, GOOD)
    with (folder / "report.md").open("a", encoding="utf-8") as report:
        report.write("又及。\n")
    for lang, said in (("zh", "不是列入清单的那一份"), ("en", "is not the one the manifest vouches for")):
        code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", lang)
        assert (code, out) == (2, "")
        assert err.startswith("checker: manifest.yaml:2:")
        assert said in err
        code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert (code, err) == (2, "")
        assert said in " ".join(out.split())


def test_a_manifest_of_another_year_and_a_kind_there_is_not(tmp_path: Path, capsys: Capsys) -> None:
    folder = listing(tmp_path, GOOD)
    list_evidence(folder, [item("trainings", "t.csv")], year=2023)
    for lang, said in (
        ("zh", "清单说的是 2023 年度，报告是 2024"),
        ("en", "for 2023, the report is of 2024"),
    ):
        code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", lang)
        assert (code, out) == (2, "")
        assert said in err
        code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert code == 2
        assert said in " ".join((out + err).split())
    list_evidence(folder, [item("trainning", "t.csv"), item("x", "t.csv", id="u")], year=2024)
    for command in (("assess", "--ruleset", "local"), ("manifest", "verify")):
        code, out, err = called(capsys, *command, folder, "--lang", "zh")
        assert (code, out) == (2, "")
        assert "manifest.yaml:5:" in err
        assert "是否想写 trainings？" in err
        assert "manifest.yaml:6:" in err
        assert "可用的有：" in err


# Values that do not fit are counted, and the rest is read ------------------------------------------------


def test_ten_thousand_bad_cells(rulesets: Path, tmp_path: Path, capsys: Capsys) -> None:
    rows = "".join(f"P{n},题,讲座,2024-02-30,{n}个\n" for n in range(5_000))
    folder = listing(tmp_path, LINE + rows)
    code, out, err = process(rulesets, "assess", folder, "--ruleset", "local", "--lang", "zh")
    assert (code, err) == (3, "")
    assert "evidence/t.csv:2: “举办日期”栏的“2024-02-30”：没有这个日期或时刻" in out
    assert "还有 9997 格读不出" in out
    for lang, told in (("zh", "另有 9,980 处"), ("en", "9,980 more")):
        code, out, err = called(capsys, "manifest", "verify", folder, "--lang", lang)
        assert (code, err) == (2, "")
        assert told in out
        assert out.count("2024-02-30") == 10
    code, out, _ = called(capsys, "manifest", "verify", folder, "--format", "json")
    (entry,) = json.loads(out)["evidence"]
    assert (code, entry["rows"], entry["faults"], len(entry["problems"])) == (2, 5_000, 10_000, 20)


def test_a_day_there_is_not_decides_nothing_about_its_row(tmp_path: Path, capsys: Capsys) -> None:
    folder = policies(tmp_path)
    text = POLICIES.replace("2024-03-05", "2024-02-30")
    (folder / "evidence" / "p.csv").write_text(text, encoding="utf-8")
    list_evidence(folder, [item("policies", "p.csv"), item("interpretations", "i.csv")], year=2024)
    made = findings(record(capsys, folder, "--ruleset", "local"))
    undecided = [o for o in made["coverage"]["occurrences"] if o["outcome"] == "unknown"]
    assert [(o["key"], o["locations"][0]["line"]) for o in undecided] == [("D5", 6)]
    code, out, _ = called(capsys, "assess", folder, "--ruleset", "local", "--lang", "en")
    assert "evidence/p.csv:6: “2024-02-30” under published on: there is no such day or time" in out


def test_formulas_are_not_computed_and_what_they_hold_is_text(tmp_path: Path, capsys: Capsys) -> None:
    rows = '=HYPERLINK("x"),"=cmd|\' /C calc\'!A0",讲座,=TODAY(),=1+1\n'
    rows = rows.replace('=HYPERLINK("x")', '"=HYPERLINK(""x"")"')
    folder = listing(tmp_path, LINE + rows)
    code, out, _ = called(capsys, "manifest", "verify", folder, "--lang", "zh")
    assert code == 2
    assert "第 2 行 “举办日期”栏的“=TODAY()”：须是日期" in out
    assert "第 2 行 “参加人次”栏的“=1+1”：须是整数" in out
    saved(folder / "evidence" / "t.xlsx", 台账=[HEADER, ("P1", "=A1", "讲座", "=TODAY()", "=1+1")])
    list_evidence(folder, [item("trainings", "t.xlsx")], year=2024)
    code, out, _ = called(capsys, "manifest", "verify", folder, "--format", "json")
    (entry,) = (e for e in json.loads(out)["evidence"] if e["item"])
    assert (code, entry["state"], entry["rows"]) == (2, "verified", 1)
    assert entry["faults"] == 3, "a formula whose value was not saved is no value, in a text column either"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_encodings_and_separators(tmp_path: Path, capsys: Capsys, encoding: str, separator: str) -> None:
    folder = listing(tmp_path, GOOD.replace(",", separator).encode(encoding))
    code, out, _ = called(capsys, "manifest", "verify", folder, "--format", "json")
    (entry,) = json.loads(out)["evidence"]
    assert (code, entry["rows"], entry["faults"]) == (0, 1, 0)


def test_what_a_cell_holds_does_not_reach_the_terminal_as_a_command(tmp_path: Path, capsys: Capsys) -> None:
    folder = policies(tmp_path)
    text = POLICIES.replace("关于第9件事", "甲\x1b[31m\x1b]0;x\x07").replace("2024-03-05", "2024\x1b[2J")
    (folder / "evidence" / "p.csv").write_text(text, encoding="utf-8")
    (folder / "evidence" / "odd\x1b[31m.csv").write_text(GOOD, encoding="utf-8")
    list_evidence(folder, [item("policies", "p.csv"), item("interpretations", "i.csv")], year=2024)
    for command in (("assess",), ("manifest", "verify"), ("explain", RULES[0])):
        _, out, err = called(capsys, *command, folder, "--ruleset", "local")
        assert "31m" in out
        assert "\x1b" not in out + err
        assert "\x07" not in out + err


# What is no fault and yet told -----------------------------------------------------------------------------


def test_the_same_content_twice_another_year_and_what_is_in_no_list(tmp_path: Path, capsys: Capsys) -> None:
    folder = listing(tmp_path, GOOD)
    (folder / "evidence" / "again.csv").write_text(GOOD, encoding="utf-8")
    (folder / "evidence" / "stray.csv").write_text("x", encoding="utf-8")
    last = {"from": "2023-01-01", "to": "2023-12-31"}
    items = [item("trainings", "t.csv"), item("trainings", "again.csv", covers=last)]
    list_evidence(folder, items, year=2024)
    expected = {
        "zh": ("内容相同", "2023-12-31）全在 2024 年度之外", "stray.csv"),
        "en": ("has the same content as", "wholly outside 2024", "stray.csv"),
    }
    for lang, sentences in expected.items():
        for command in (("assess", "--ruleset", "local"), ("manifest", "verify")):
            code, out, err = called(capsys, *command, folder, "--lang", lang)
            assert err == ""
            assert code == (3 if command[0] == "assess" else 2)
            assert all(said in out for said in sentences), out


def test_the_same_rows_count_once_and_those_of_another_year_not_at_all(
    tmp_path: Path, capsys: Capsys
) -> None:
    folder = policies(tmp_path)
    (folder / "evidence" / "again.csv").write_text(POLICIES, encoding="utf-8")
    both = [item("policies", "p.csv"), item("policies", "again.csv"), item("interpretations", "i.csv")]
    for items in (both, both[::-1]):
        list_evidence(folder, items, year=2024)
        made = findings(record(capsys, folder, "--ruleset", "local"))
        assert (made["coverage"]["checked"], len(made["coverage"]["occurrences"])) == (9, 1)
    last = {"from": "2023-01-01", "to": "2023-12-31"}
    (folder / "evidence" / "again.csv").unlink()
    list_evidence(
        folder, [item("policies", "p.csv"), item("interpretations", "i.csv", covers=last)], year=2024
    )
    made = findings(record(capsys, folder, "--ruleset", "local"))
    assert {f["outcome"] for f in made.values()} == {"unknown"}
    assert all("2024" in o["message"]["zh"] for o in made["coverage"]["occurrences"])


def test_part_of_a_ledger_makes_no_row_fail(tmp_path: Path, capsys: Capsys) -> None:
    """D9 may have been interpreted, and D3 in time, by a row that was not handed in."""
    part = item("interpretations", "i.csv", complete=False)
    folder = policies(tmp_path, item("policies", "p.csv"), part)
    made = findings(record(capsys, folder, "--ruleset", "local"))
    missing, late = made["coverage"]["occurrences"], made["within-limit"]["occurrences"]
    assert [(o["key"], o["outcome"]) for o in missing] == [("D9", "unknown")]
    assert [(o["key"], o["outcome"]) for o in late] == [("D3", "unknown"), ("D9", "unknown")]
    for o in (*missing, *late):
        assert "本证据未显示" in o["message"]["zh"]
        assert "not shown by this evidence" in o["message"]["en"]


def test_a_title_that_may_mean_two_documents_fails_neither(tmp_path: Path, capsys: Capsys) -> None:
    rows = "".join(
        f"青石县{office}关于印发青石县会议费管理办法的通知,青石县{office},2024-03-05,是\n"
        for office in ("财政局", "教育局")
    )
    folder = submission(
        tmp_path / "some-county-2024",
        {
            "p.csv": "文件标题,发布机构,发布日期,应当解读\n" + rows,
            "i.csv": "解读标题,发布日期\n《青石县会议费管理办法》政策解读,2024-03-20\n",
        },
        [item("policies", "p.csv"), item("interpretations", "i.csv")],
    )
    made = findings(record(capsys, folder, "--ruleset", "local"))
    for name in ("coverage", "within-limit"):
        told = made[name]["occurrences"]
        assert [o["outcome"] for o in told] == ["pending", "pending"]
        assert all("财政局" in o["message"]["zh"] and "教育局" in o["message"]["zh"] for o in told)


MIXED = (
    (GOOD.encode() + "P2,一个主题,讲座,2024-03-05,12\n".encode("gb18030"), (1, 2, 3)),
    (GOOD.encode("gb18030") + "P2,另一个主题,讲座,2024-03-05,12\n".encode(), (3,)),
)


@pytest.mark.parametrize(("content", "lines"), MIXED, ids=["utf-8 first", "gbk first"])
def test_half_of_it_in_another_encoding(
    tmp_path: Path, capsys: Capsys, content: bytes, lines: tuple[int, ...]
) -> None:
    folder = listing(tmp_path, content)
    for lang in ("zh", "en"):
        code, out, err = called(capsys, "assess", folder, "--ruleset", "local", "--lang", lang)
        assert (code, out) == (2, "")
        assert any(err.startswith(f"checker: evidence/t.csv:{line}: ") for line in lines)
        assert "UTF-8" in err
        assert "GB" in err


# The same evidence, the same result --------------------------------------------------------------------

Told = list[tuple[str, str, list[tuple[str, str, str, list[tuple[str, str]]]]]]


def told(made: dict[str, object]) -> tuple[object, Told]:
    """The score and what was found, without places and in no order."""
    found: list[dict[str, object]] = made["findings"]  # type: ignore[assignment]
    return made["score"], sorted(
        (
            str(f["rule"]),
            str(f["outcome"]),
            sorted(
                (
                    o["key"],
                    o["outcome"],
                    o["message"]["zh"],
                    sorted((p["name"], p["text"]) for p in o["operands"]),
                )
                for o in f["occurrences"]  # type: ignore[attr-defined]
            ),
        )
        for f in found
    )


SAMPLE = Path("reports/alxa-hightech-zone-2024")


def test_the_order_of_items_and_rows_changes_nothing(tmp_path: Path, capsys: Capsys) -> None:
    folder = policies(tmp_path)
    expected = told(record(capsys, folder, "--ruleset", "local"))
    chance = random.Random(7)
    for _ in range(3):
        for name, text in (("p.csv", POLICIES), ("i.csv", INTERPRETATIONS)):
            head, *rows = text.splitlines(keepends=True)
            shuffled = head + "".join(chance.sample(rows, len(rows)))
            (folder / "evidence" / name).write_text(shuffled, encoding="utf-8")
        items = [item("policies", "p.csv"), item("interpretations", "i.csv")]
        list_evidence(folder, chance.sample(items, 2), year=2024)
        assert told(record(capsys, folder, "--ruleset", "local")) == expected


def test_the_same_bytes_in_other_places_and_times(rulesets: Path, tmp_path: Path) -> None:
    folder = policies(tmp_path)
    environments = (
        {"PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "America/New_York"},
        {"PYTHONHASHSEED": "3", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati"},
    )
    for format_ in ("json", "terminal"):
        given = ("assess", folder, "--ruleset", "local", "--lang", "zh", "--format", format_)
        outputs = {process(rulesets, *given, environment=e)[1] for e in environments}
        assert len(outputs) == 1
        assert outputs != {""}
