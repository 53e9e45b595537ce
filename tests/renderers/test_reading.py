"""How a report was read, on the pages and in the records."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from checker import schemas
from checker.assessment import Assessment
from checker.bilingual import Bilingual, Language
from checker.document import Diagnostic, Document, Provenance, Severity, Source
from checker.extractors import vocabulary
from checker.facts import Facts
from checker.location import Location
from checker.renderers import FactsView, Page, renderer

SOURCE = Source("report.doc", "e" * 64, 75_264, "doc", converter="msdoc2docx 0.36.6")


def noted(code: str, severity: Severity, zh: str, en: str, page: int | None = None) -> Diagnostic:
    place = None if page is None else Location("report.doc", page=page)
    return Diagnostic(code, Bilingual(zh, en), place, severity)


LOST = [noted("cell-lost", "loss", "一个单元格读不出", "a cell cannot be read", page) for page in range(3, 8)]
REPAIRED = [
    noted("table-joined", "repair", "跨页的表格已拼接", "a table cut by pages was joined", 2),
    noted("span-cut", "repair", "2 个单元格的跨度超出表格，已截短", "2 cell spans cut to fit", 2),
    noted("span-cut", "repair", "3 个单元格的跨度超出表格，已截短", "3 cell spans cut to fit", 4),
]
LEFT_OUT = [noted("page-number", "left_out", "页码不作正文", "a page number is no text")]
HARMLESS, ALL = [*LEFT_OUT, *REPAIRED], [*LEFT_OUT, *REPAIRED, *LOST]


def read(assessment: Assessment, found: Sequence[Diagnostic], last: Sequence[Diagnostic] = ()) -> Assessment:
    previous = Provenance(replace(SOURCE, file="last.html", kind="html", encoding="gb18030"), tuple(last))
    submission = replace(assessment.submission, report=Provenance(SOURCE, tuple(found)))
    return replace(assessment, submission=replace(submission, previous=previous if last else None))


def page(assessment: Assessment, repairs: bool = False, language: Language = "zh", width: int = 100) -> str:
    return renderer("assess", "terminal")(assessment, Page(language, width, repairs=repairs))


def part(text: str) -> list[str]:
    """The section on reading, without its rule."""
    title, _, *lines = text.partition("\n读取情况")[2].partition("\n\n")[0].splitlines()
    return [title.strip(), *lines]


def test_a_report_read_as_it_stands_needs_no_words(assessment: Assessment) -> None:
    assert "读取" not in page(read(assessment, []))
    assert part(page(read(assessment, []), repairs=True)) == [
        "没有修复或略去",
        "  报告  report.doc  DOC  经 msdoc2docx 0.36.6 转换",
    ]


def test_what_was_put_right_takes_one_line(assessment: Assessment) -> None:
    text = page(read(assessment, HARMLESS))
    assert text.count("读取情况") == 1
    assert "\n读取情况  修复 3 项，略去 1 项；加 --show-repairs 逐项列出\n" in text
    assert "没有完整读出" not in text
    english = page(read(assessment, HARMLESS), language="en")
    assert "\nreading  3 repaired, 1 left out; --show-repairs lists all of it\n" in english


def test_a_loss_is_said_beside_the_verdict_and_listed(assessment: Assessment) -> None:
    text = page(read(assessment, ALL))
    before, said, _ = text.partition("报告有 5 处没有完整读出，结论可能受影响，见“读取情况”。")
    assert said
    assert "各项得分" not in before
    assert part(text) == [
        "未读出 5 项，修复 3 项，略去 1 项",
        "  报告  report.doc  DOC  经 msdoc2docx 0.36.6 转换",
        "    未读出  一个单元格读不出（5 处）  cell-lost",
        "            位置  第 3 页；第 4 页；第 5 页；另有 2 处",
        "  加 --show-repairs 逐项列出",
    ]
    one = page(read(assessment, LOST[:1]), language="en")
    assert "The report could not be read in full in 1 place, which may change the result: see Reading." in one


def test_on_request_everything_is_listed_the_worst_first(assessment: Assessment) -> None:
    assert part(page(read(assessment, ALL), repairs=True))[2:] == [
        "    未读出  一个单元格读不出（5 处）  cell-lost",
        "            位置  第 3 页；第 4 页；第 5 页；第 6 页；第 7 页",
        "    修复    跨页的表格已拼接  table-joined",
        "            位置  第 2 页",
        "    修复    2 个单元格的跨度超出表格，已截短  span-cut",
        "            位置  第 2 页",
        "    修复    3 个单元格的跨度超出表格，已截短  span-cut",
        "            位置  第 4 页",
        "    略去    页码不作正文  page-number",
    ]


def test_many_sentences_of_one_code_are_cut_with_a_count(assessment: Assessment) -> None:
    lost = [noted("cell-lost", "loss", f"第 {n} 格读不出", f"cell {n}", 1) for n in range(1, 8)]
    told = part(page(read(assessment, lost)))
    assert [line.strip() for line in told if "读不出" in line or "另有" in line] == [
        "未读出  第 1 格读不出  cell-lost",
        "未读出  第 2 格读不出  cell-lost",
        "未读出  第 3 格读不出  cell-lost",
        "另有 4 处",
    ]
    assert told[-1].strip() == "加 --show-repairs 逐项列出"
    assert "--show-repairs" not in page(read(assessment, lost[:3]))
    assert page(read(assessment, lost), repairs=True).count("格读不出") == 7


def test_last_year_s_report_is_told_of_too(assessment: Assessment) -> None:
    found = read(assessment, LEFT_OUT, LOST[:2])
    text = page(found)
    assert "上年报告有 2 处没有完整读出" in text
    assert "\n  报告有" not in text
    assert part(text)[:2] == [
        "未读出 2 项，略去 1 项",
        "  上年报告  last.html  HTML  编码 gb18030  经 msdoc2docx 0.36.6 转换",
    ]
    assert "  报告  report.doc" in page(found, repairs=True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_no_line_runs_over(assessment: Assessment, language: Language, width: int) -> None:
    lines = page(read(assessment, ALL, ALL), True, language, width).splitlines()
    assert [line for line in lines if cell_len(line) > width or line != line.rstrip()] == []


def test_the_record_has_all_of_it(assessment: Assessment) -> None:
    render = renderer("assess", "json")
    found = read(assessment, ALL, LOST[:1])
    text = render(found, Page("zh"))
    assert text == render(found, Page("en", repairs=True))
    data: Any = json.loads(text)
    Draft202012Validator(schemas.open_schema("assessment")).validate(data)
    report, previous = data["submission"]["report"], data["submission"]["previous"]
    assert (report["kind"], report["encoding"], report["converter"]) == ("doc", "", "msdoc2docx 0.36.6")
    assert [d["code"] for d in report["diagnostics"]] == [d.code for d in ALL]
    first, lost = report["diagnostics"][0], report["diagnostics"][-1]
    assert (first["severity"], first["locations"]) == ("left_out", [])
    assert (lost["severity"], lost["locations"][0]["page"]) == ("loss", 7)
    assert lost["message"] == {"zh": "一个单元格读不出", "en": "a cell cannot be read"}
    assert [d["code"] for d in previous["diagnostics"]] == ["cell-lost"]


def test_the_page_of_facts_tells_it_the_same_way() -> None:
    def facts(found: Sequence[Diagnostic], repairs: bool = False) -> str:
        view = FactsView(Document(SOURCE, (), tuple(found)), Facts({}, {}), vocabulary())
        return renderer("facts", "terminal")(view, Page("zh", repairs=repairs))

    first = "report.doc  DOC  经 msdoc2docx 0.36.6 转换  SHA-256 eeeeeeeeeeeeeeee\n"
    assert facts(HARMLESS).startswith(f"{first}读取情况  修复 3 项，略去 1 项；加 --show-repairs 逐项列出\n")
    assert part(facts(ALL))[:2] == [
        "未读出 5 项，修复 3 项，略去 1 项",
        "    未读出  一个单元格读不出（5 处）  cell-lost",
    ]
    assert "页码不作正文" not in facts(ALL)
    assert "页码不作正文" in facts(ALL, repairs=True)


@pytest.mark.parametrize("command", ["assess", "facts"])
def test_the_command_line(root: Path, tmp_path: Path, command: str) -> None:
    text = (root / "reports/alxa-hightech-zone-2024/report.md").read_text(encoding="utf-8")
    report = tmp_path / "printed.md"
    report.write_text(f"{text}\n\n- 3 -\n", encoding="utf-8")

    def ran(*options: str) -> str:
        line = [sys.executable, "-m", "checker", command, str(report), "--lang", "zh", *options]
        done = subprocess.run(line, cwd=root, capture_output=True, check=False, timeout=60)
        assert done.stderr == b""
        return done.stdout.decode()

    assert "读取情况  略去 1 项；加 --show-repairs 逐项列出" in ran()
    assert "略去    略去页码  page-number" in ran("--show-repairs")
    assert ran("--format", "json") == ran("--format", "json", "--show-repairs")
