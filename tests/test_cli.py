"""The command line as a user meets it: exit codes, clear errors, nothing half-written, same bytes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.library import load_rules

SAMPLE = Path("reports/alxa-hightech-zone-2024/report.md")


def checker(
    root: Path, *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "checker", *map(str, arguments)],
        cwd=root,
        env={**clean, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )


def refused(root: Path, *arguments: str | Path) -> str:
    """The message of a refused command: exit 2, no traceback, nothing on standard output, in time."""
    start = time.monotonic()
    done = checker(root, *arguments)
    seconds = time.monotonic() - start
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert "Traceback" not in said
    assert seconds < 30, f"{seconds:.1f} s"
    return said


def test_sample_is_as_expected(root: Path) -> None:
    done = checker(root, "assess", SAMPLE.parent, "--format", "json")
    expected = (root / SAMPLE.parent / "assessment.json").read_bytes()
    assert done.stdout == expected, "if the change is right: make sample"


def test_same_bytes_whatever_the_locale_and_the_hash_seed(root: Path) -> None:
    environments = (
        {"PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "America/New_York"},
        {"PYTHONHASHSEED": "3", "LANG": "de_DE.UTF-8", "PYTHONUTF8": "0"},
    )
    outputs = {
        checker(root, "assess", SAMPLE, "--format", "json", environment=e).stdout for e in environments
    }
    assert len(outputs) == 1
    pages = {
        checker(root, "assess", SAMPLE, "--lang", "zh", environment=e | {"COLUMNS": "100"}).stdout
        for e in environments
    }
    assert len(pages) == 1


def test_language_follows_the_locale_and_is_chinese_if_unset(root: Path) -> None:
    assert "合格" in checker(root, "assess", SAMPLE).stdout.decode()
    english = checker(root, "assess", SAMPLE, environment={"LANG": "en_US.UTF-8"}).stdout.decode()
    assert "qualified" in english.lower()
    assert (
        "合格"
        in checker(root, "assess", SAMPLE, "--lang", "zh", environment={"LANG": "en_US"}).stdout.decode()
    )


def test_output_is_written_whole_or_not_at_all(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = checker(root, "assess", SAMPLE, "--format", "json", "--output", target)
    assert done.stdout == b""
    assert json.loads(target.read_bytes())["schema"] == "assessment/1"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]
    said = refused(root, "assess", SAMPLE, "--output", tmp_path / "nowhere" / "out.json")
    assert "nowhere" in said


def test_where_nothing_can_be_written_nothing_is_left_behind(root: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "folder" in refused(root, "assess", SAMPLE, "--output", tmp_path / "folder")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
    assert list((tmp_path / "folder").iterdir()) == []


def test_output_follows_links_and_keeps_devices(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    checker(root, "assess", SAMPLE, "--output", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert "合格" in (tmp_path / "real.txt").read_text(encoding="utf-8")
    assert checker(root, "assess", SAMPLE, "--output", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_a_reader_that_stops_early_does_not_change_the_exit_code(root: Path, tmp_path: Path) -> None:
    text = (root / SAMPLE).read_text(encoding="utf-8")
    (tmp_path / "tableless.md").write_text("".join(text.partition("| ")[:1]), encoding="utf-8")
    for report, code in ((SAMPLE, 0), (tmp_path / "tableless.md", None)):
        expected = checker(root, "assess", report).returncode
        assert code in (expected, None)
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [sys.executable, "-m", "checker", "assess", str(report)],
            cwd=root,
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(write)
        assert (done.returncode, done.stderr) == (expected, b"")
    assert expected == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_no_internal_fault(root: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "checker", "assess", str(SAMPLE)],
            cwd=root,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("checker: 不能写入标准输出")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_names_that_are_no_utf_8(root: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(b"\xff")
    (tmp_path / f"{odd}.md").write_bytes((root / SAMPLE).read_bytes())
    assert checker(root, "assess", tmp_path / f"{odd}.md").returncode == 0
    refused(root, "assess", SAMPLE, "--ruleset", odd)
    refused(root, "assess", SAMPLE, "--output", f"nowhere/{odd}")
    refused(root, "explain", odd)
    refused(root, "schema", odd)


def test_odd_names_and_another_folder(root: Path, tmp_path: Path) -> None:
    for name in ("年 报.md", "-x.md", "报告（终稿）.txt"):
        (tmp_path / name).write_bytes((root / SAMPLE).read_bytes())
        done = checker(tmp_path, "assess", "--", name, environment={"PYTHONPATH": str(root)})
        assert done.returncode == 0, done.stderr.decode()
        assert name in done.stdout.decode()


def test_a_year_the_ruleset_does_not_cover(root: Path, tmp_path: Path) -> None:
    text = (root / SAMPLE).read_text(encoding="utf-8")
    old = tmp_path / "old.md"
    old.write_text(text.replace("2025", "2016").replace("2024", "2015"), encoding="utf-8")
    assert "2015" in refused(root, "assess", old)


def test_fail_under(root: Path) -> None:
    assert checker(root, "assess", SAMPLE, "--fail-under", "90").returncode == 0
    assert checker(root, "assess", SAMPLE, "--fail-under", "100").returncode == 3, "what is open may reach it"
    assert checker(root, "assess", SAMPLE, "--fail-under", "100.5").returncode == 1
    for odd in ("many", "NaN", "Infinity"):
        assert "--fail-under" in refused(root, "assess", SAMPLE, "--fail-under", odd)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\t\n", "空"),
        ("binary.txt", bytes(range(256)) * 64, "empty.txt"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        ("report.docx", b"PK\x03\x04" + b"\0" * 64, "text"),
        ("letter.txt", "关于召开会议的通知\n各科室：\n请于明天上午参加会议。\n".encode(), "年度报告"),
    ],
)
def test_what_is_no_report(root: Path, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    said = refused(root, "assess", path)
    assert name in said
    if name not in ("binary.txt", "report.docx"):
        assert says in said


def test_too_large_too_deep(root: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes("政府信息公开".encode() * (50 * 1024 * 1024 // 18))
    assert "large.txt" in refused(root, "assess", large)
    deep = tmp_path / "deep.html"
    deep.write_text("<html><body>" + "<div>" * 100_000 + "一、总体情况", encoding="utf-8")
    assert "deep.html" in refused(root, "assess", deep)


def test_folders_and_paths(root: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    assert str(tmp_path.name) in refused(root, "assess", tmp_path)
    assert "missing.txt" in refused(root, "assess", tmp_path / "missing.txt")
    assert "disclosuer" in refused(root, "assess", SAMPLE, "--ruleset", "disclosuer")
    assert "no-such-rule" in refused(root, "explain", "annual-report/no-such-rule")


def test_last_year_must_be_last_year(root: Path) -> None:
    assert "2024" in refused(root, "assess", SAMPLE, "--previous", SAMPLE)


def test_usage(root: Path) -> None:
    assert "--format" in refused(root, "assess", SAMPLE, "--format", "xml")
    assert "缺少 'SUBMISSION'" in refused(root, "assess")
    assert "Missing argument" in refused(root, "assess", "--lang", "en")
    assert "没有选项 --formt" in refused(root, "assess", SAMPLE, "--formt", "json")
    assert "用法有误" in refused(root, "asess")
    assert "annual-report/fee-stated" in refused(root, "rules", "test", "annual-report/fee-statd")
    assert "没有名为 rulez 的模式；可用的有：" in refused(root, "schema", "rulez")


def test_broken_rule_is_an_error_of_that_rule_alone(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from checker import measures; from checker.measures import terms\n"
        "def broken(arguments): raise ZeroDivisionError('planted')\n"
        "terms.compute = broken\n"
        f"sys.argv = ['checker', 'assess', {str(SAMPLE)!r}, '--format', 'json']\n"
        "from checker.cli import main; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=False)
    assert done.returncode == 4, done.stderr
    record = json.loads(done.stdout)
    assert record["verdict"] == "not_assessable"
    broken = [f for f in record["findings"] if f["outcome"] == "error"]
    using = {r.id for r in load_rules().values() if any(m.signature.name == "terms" for m in r.measures)}
    assert broken
    assert {f["rule"] for f in broken} <= using
    assert all("planted" in f["reason"]["en"] for f in broken)
    assert record["counts"]["pass"] > 50


def test_importing_the_command_line_is_light(root: Path) -> None:
    heavy = ("lxml", "cel_expr_python", "jsonschema", "ahocorasick_rs", "rich")
    program = f"import checker.cli, sys; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
