"""`checker compare` as a user meets it, and the second reading of a DOC file by LibreOffice."""

import json
import os
import shutil
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker import schemas, second_opinion
from checker.errors import InputError
from tests.side_by_side import CARRIED_IN, REPORT, sample
from tests.test_cli import checker, refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def as_json(root: Path, *reports: Path) -> Any:
    done = checker(root, "compare", *reports, "--format", "json")
    assert done.stderr == b""
    again = checker(root, "compare", *reports, "--format", "json", environment={"PYTHONHASHSEED": "7"})
    assert done.stdout == again.stdout
    found = json.loads(done.stdout, parse_float=lambda digits: pytest.fail(f"a float: {digits}"))
    Draft202012Validator(schemas.open_schema("collation")).validate(found)
    return found


def test_the_same_file_twice(root: Path) -> None:
    done = checker(root, "compare", REPORT, REPORT.parent)
    assert done.returncode == 0, done.stderr.decode()
    page = done.stdout.decode()
    assert "【没有差别】" in page
    assert "字节完全相同" in page


def test_differences_are_told_with_both_places(root: Path, tmp_path: Path) -> None:
    other = written(tmp_path, "b.md", sample(root, ("| 行政许可 | 3771 |", "| 行政许可 | 3772 |")))
    done = checker(root, "compare", REPORT, other)
    assert done.returncode == 1
    page = done.stdout.decode()
    assert "【有差别】" in page
    assert "表二 行政许可·本年处理决定数量  不同" in page
    assert "A  3771  第 28 行" in page
    assert "B  3772  第 28 行" in page
    english = checker(root, "compare", REPORT, other, "--lang", "en").stdout.decode()
    assert "[ DIFFERENT ]" in english
    assert "A  3771  line 28" in english


def test_the_order_is_a_then_b(root: Path, tmp_path: Path) -> None:
    other = written(tmp_path, "b.md", sample(root, ("| 行政许可 | 3771 |", "| 行政许可 | 3772 |")))
    found, turned = as_json(root, root / REPORT, other), as_json(root, other, root / REPORT)
    assert (found["a"], found["b"]) == (turned["b"], turned["a"])
    texts = [
        [(c["a"]["text"], c["b"]["text"]) for t in each["tables"] for r in t["rows"] for c in r["cells"]]
        for each in (found, turned)
    ]
    assert ("3771", "3772") in texts[0]
    assert texts[0] == [(b, a) for a, b in texts[1]]


def test_what_could_not_be_compared_is_no_agreement(root: Path, tmp_path: Path) -> None:
    """A cell unreadable in both, and nothing else: neither the same nor different."""
    text = sample(root, ("| 行政许可 | 3771 |", "| 行政许可 | 37 71 |"))
    reports = [written(tmp_path, name, text) for name in ("a.md", "b.md")]
    done = checker(root, "compare", *reports)
    assert done.returncode == 3, done.stdout.decode()
    assert "未能全部比较" in done.stdout.decode()


def test_two_years(root: Path, tmp_path: Path) -> None:
    last = written(
        tmp_path, "last.md", sample(root, ("2024", "2023"), (CARRIED_IN, CARRIED_IN.replace("0", "1")))
    )
    done = checker(root, "compare", last, REPORT)
    assert done.returncode == 1
    page = done.stdout.decode()
    assert "【两年对照 2023 / 2024】" in page
    assert "衔接 2023 → 2024  12 项中 12 项衔接上" in page
    found = as_json(root, last, root / REPORT)
    assert found["mode"] == "two_years"
    assert found["passages"] == []
    assert found["repeated"][0]["sentences"] > 20


def test_another_office_is_said_so(root: Path, tmp_path: Path) -> None:
    other = written(tmp_path, "b.md", sample(root, ("乌兰布和生态沙产业示范区", "某某县")))
    assert "单位名称不同" in checker(root, "compare", REPORT, other).stdout.decode()


def test_written_to_a_file(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    done = checker(root, "compare", REPORT, REPORT, "--format", "json", "-o", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(target.read_text(encoding="utf-8"))["same_bytes"] is True


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", OLE, "这不是年度报告。".encode()])
def test_what_is_no_report_is_refused(root: Path, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(content)
    for pair in ((bad, REPORT), (REPORT, bad), (bad,)):
        assert "bad.docx" in refused(root, "compare", *pair)


def test_one_report_that_is_no_doc_is_refused(root: Path) -> None:
    assert "DOC 或 WPS" in refused(root, "compare", REPORT)
    assert "report.md" in refused(root, "compare", REPORT)


# The second reading


def test_without_libreoffice_a_plain_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(InputError) as caught:
        second_opinion.reread(OLE, "report.doc")
    (problem,) = caught.value.problems
    assert problem.code == "no-libreoffice"
    assert problem.in_language("zh").startswith("report.doc: 没有安装 LibreOffice")


@libreoffice
@pytest.mark.parametrize("cut", [0, 3000])
def test_a_broken_file_gives_no_second_reading(cut: int) -> None:
    with pytest.raises(InputError) as caught:
        second_opinion.reread(OLE + os.urandom(cut), "report.doc")
    assert caught.value.problems[0].code == "nothing-converted"


def test_a_program_that_does_not_end_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "children"
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 300 &\necho $! > "{trace}"\nwait\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(InputError) as caught:
        second_opinion.reread(OLE, "report.doc", seconds=2)
    assert caught.value.problems[0].code == "time-limit"
    child = int(trace.read_text(encoding="utf-8"))
    until = time.monotonic() + 30
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.1)  # a killed process takes its time to end
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether a process is there and no zombie waiting for its parent."""
    status = Path(f"/proc/{process}/stat")
    return status.is_file() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def test_a_program_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(InputError) as caught:
        second_opinion.reread(OLE, "report.doc")
    assert caught.value.problems[0].code == "nothing-converted"


def test_what_libreoffice_made_of_it_is_at_fault_and_not_the_file(
    root: Path, corpus: Path, tmp_path: Path
) -> None:
    """A program in its place that writes a text which is no report."""
    pytest.importorskip("doc2docx")
    program = tmp_path / "soffice"
    made = 'while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done; mkdir -p "$out"'
    program.write_text(f'#!/bin/sh\n{made}\necho 不是报告 > "$out/report.docx"\n', encoding="utf-8")
    program.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = checker(root, "compare", corpus / "forms" / "v1.doc", environment=path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "LibreOffice 转换出的文件不能用：" in done.stderr.decode()


LINKED = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>x<draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="5cm"><draw:image
 xlink:href="{link}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document>
"""


@libreoffice
def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A DOC with a picture behind a link: LibreOffice left to itself asks for it."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name http.server calls
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        linked = tmp_path / "linked.fodt"
        linked.write_text(
            LINKED.format(link=f"http://127.0.0.1:{server.server_port}/canary.png"), encoding="utf-8"
        )
        plain = f"-env:UserInstallation={(tmp_path / 'plain').as_uri()}"
        for source, kind in ((linked, "doc"), (tmp_path / "linked.doc", "docx")):
            command = [
                "soffice",
                "--headless",
                plain,
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path),
                str(source),
            ]
            subprocess.run(command, capture_output=True, check=True, timeout=90)
        assert asked, "the link is not followed even without our profile: the test shows nothing"
        asked.clear()
        assert second_opinion.reread((tmp_path / "linked.doc").read_bytes(), "linked.doc").data
        assert asked == []
    finally:
        server.shutdown()
        server.server_close()


@libreoffice
@pytest.mark.parametrize("name", ["v1.doc", "v1.wps"])
def test_two_readings_of_a_doc_agree(root: Path, corpus: Path, name: str) -> None:
    pytest.importorskip("doc2docx")
    found = as_json(root, corpus / "forms" / name)
    assert found["b"]["reader"].startswith("LibreOffice ")
    assert found["a"]["source"]["sha256"] == found["b"]["source"]["sha256"]
    assert found["counts"]["tables"]["equal"] == 200
    assert [c for group in found["counts"].values() for r, c in group.items() if r != "equal" and c] == []


# Real forms


@pytest.mark.parametrize(
    ("a", "b"),
    [("v0.docx", "v0.txt"), ("v1.docx", "v1.html"), ("v2.txt", "v2_lo.pdf"), ("v3.html", "v3_cr.pdf")],
)
def test_forms_of_one_report_do_not_differ(root: Path, corpus: Path, a: str, b: str) -> None:
    found = as_json(root, corpus / "forms" / a, corpus / "forms" / b)
    assert found["counts"]["tables"]["equal"] + found["counts"]["tables"]["written"] == 200
    for group in found["counts"].values():
        assert not any(group[r] for r in ("different", "only_a", "only_b", "moved", "incomparable"))


def test_the_text_box_only_the_word_file_has(root: Path, corpus: Path) -> None:
    found = as_json(root, corpus / "forms" / "v3.docx", corpus / "forms" / "v3.html")
    assert [(p["relation"], p["b"]) for p in found["passages"] if p["relation"] != "written"] == [
        ("only_a", None)
    ]


def test_hongze_agrees_with_its_two_texts(root: Path, corpus: Path) -> None:
    folder = corpus / "reports" / "hongze-qu-2024"
    for text in ("layout", "reading-order"):
        pair = folder / "hzq2024_working.pdf", folder / f"hzq2024_working.{text}.txt"
        done = checker(root, "compare", *pair)
        assert done.returncode == 0, done.stdout.decode()
