"""Submission folders with evidence, rulesets of one's own beside them, and the command line on both."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from checker.cli import main

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 30, 150
REPORT = """\
# 青石县{year}年政府信息公开工作年度报告

本报告统计期限为{year}年1月1日至{year}年12月31日。

一、总体情况

全年按要求公开政府信息。

二、主动公开政府信息情况

三、收到和处理政府信息公开申请情况

四、政府信息公开行政复议、行政诉讼情况

五、存在的主要问题及改进情况

工作还不够细致，下一年改进。

六、其他需要报告的事项

无。
"""
SCHEME = """\
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
"""

Item = dict[str, Any]
Files = Mapping[str, str | bytes]


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def item(kind: str, file: str, **more: Any) -> Item:
    """One item of evidence; its id is the file's own name unless given."""
    return {"id": Path(file).stem, "kind": kind, "file": f"evidence/{file}", **more}


def submission(path: Path, files: Files, items: Sequence[Item], year: int = 2024, **head: Any) -> Path:
    """A folder with a small report, these evidence files and a manifest of these items with their digests."""
    (path / "evidence").mkdir(parents=True, exist_ok=True)
    (path / "report.md").write_text(REPORT.format(year=year), encoding="utf-8")
    for name, content in files.items():
        (path / "evidence" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    list_evidence(path, items, year=year, **head)
    return path


def list_evidence(path: Path, items: Sequence[Item], **head: Any) -> None:
    """Write the manifest, one item a line. A digest that is not given is that of the file there."""
    whole = {"unit": {"name": "青石县人民政府"}, "report": {"sha256": sha(path / "report.md")}, **head}
    lines = [f"{key}: {_flow(value)}" for key, value in whole.items()]
    lines += ["evidence:"] + [f"  - {_flow(_vouched(path, i))}" for i in items]
    (path / "manifest.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _vouched(path: Path, given: Item) -> Item:
    found = path / given["file"]
    return {"sha256": sha(found) if found.is_file() else "0" * 64, **given}


def _flow(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def scheme(path: Path, *rules: str) -> Path:
    """A ruleset of one indicator over these rules."""
    path.parent.mkdir(parents=True, exist_ok=True)
    used = "".join(f"      - {{rule: {rule}, deduct: 1, per: occurrence, cap: 5}}\n" for rule in rules)
    path.write_text(SCHEME + used, encoding="utf-8")
    return path


def home(path: Path, *families: str) -> Path:
    """A rulesets folder with our kinds of ledger and only these families of rules: quick to load."""
    ours = ROOT / "rulesets"
    shutil.copytree(ours / "ledgers", path / "ledgers")
    for family in families:
        shutil.copytree(ours / "library" / family, path / "library" / family)
    return path


PROGRAM = """\
import atexit, sys, time
from pathlib import Path
from checker import library
library.HOME, used = Path(sys.argv.pop(1)), Path(sys.argv.pop(1))
def tell():
    status = Path("/proc/self/status")  # where there is none, memory is not looked at
    lines = status.read_text().splitlines() if status.exists() else []
    peak = [line.split()[1] for line in lines if "VmHWM" in line] or ["0"]
    used.write_text(f"{time.process_time()} {peak[0]}")
atexit.register(tell)
from checker.cli import main
main()
"""


def process(
    rulesets: Path, *arguments: str | Path, environment: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """The command line in a process of its own, with these rulesets as the shipped ones, in bounds."""
    used = rulesets.parent / "used"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(rulesets), str(used), *map(str, arguments)],
        cwd=ROOT,
        env={**clean, "COLUMNS": "100", **(environment or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err, err
    seconds, kilobytes = used.read_text().split()
    assert float(seconds) < SECONDS
    assert int(kilobytes) < MEGABYTES * 1024
    return done.returncode, out, err


def called(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """The command line in this process: exit code, standard output, standard error."""
    before = sys.argv, os.environ.get("COLUMNS")
    sys.argv = ["checker", *map(str, arguments)]
    os.environ["COLUMNS"] = "100"
    try:
        with pytest.raises(SystemExit) as caught:
            main()
    finally:
        sys.argv = before[0]
        os.environ.pop("COLUMNS") if before[1] is None else os.environ.update(COLUMNS=before[1])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return int(caught.value.code or 0), said.out, said.err


def record(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    """The record of an assessment that could be made."""
    code, out, err = called(capsys, "assess", *arguments, "--format", "json")
    assert code in (0, 1, 3, 4), err
    made: dict[str, Any] = json.loads(out)
    return made


def findings(made: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The findings of a record by the rule's own name, without its family."""
    return {finding["rule"].partition("/")[2]: finding for finding in made["findings"]}


def snapshot(folder: Path) -> dict[str, str]:
    """Every file under a folder with its digest, links as where they lead."""
    return {
        str(p.relative_to(folder)): str(p.readlink()) if p.is_symlink() else sha(p)
        for p in sorted(folder.rglob("*"))
        if p.is_symlink() or p.is_file()
    }
