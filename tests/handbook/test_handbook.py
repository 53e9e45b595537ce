"""The handbook and the self-check form of what we ship, and of an imported sheet."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from checker import handbook, library
from checker.bilingual import LANGUAGES, Language
from checker.cli import group
from checker.errors import InputError
from checker.handbook import Handbook
from checker.renderers import handbook_docx, handbook_markdown
from checker.sheets import imported
from tests.sheets import layouts
from tests.sheets.layouts import saved

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALL = "national-website-2019"


@cache
def book(name: str) -> Handbook:
    told = handbook.told_of_examples(name)
    return handbook.build(library.load_ruleset(name), library.vocabulary(library.homes(name)), told)


@cache
def markdown(name: str, language: Language = "zh") -> str:
    return handbook_markdown.render(book(name), "handbook", language)


def page(text: str, rule: str) -> str:
    """The page of one rule, from its anchor to the next."""
    return text.partition(f'<a id="rule-{rule.replace("/", "-")}"></a>')[2].partition("<a id=")[0]


@pytest.mark.parametrize("name", library.shipped())
def test_every_rule_has_its_page_and_its_place_on_the_sheet(name: str) -> None:
    made = book(name)
    assert [p.rule.id for p in made.pages] == list(dict.fromkeys(p.rule.id for p in made.pages))
    assert {p.rule.id for p in made.pages} == set(library.load_ruleset(name).rules)
    assert all(p.worth for p in made.pages)
    for language in LANGUAGES:
        text = markdown(name, language)
        anchors = re.findall(r'<a id="([^"]+)">', text)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(anchors)


def test_english_pages_have_no_chinese_labels() -> None:
    text = markdown("annual-report", "en")
    labels = re.findall(r"^- \*\*(.*?)\*\*", text, re.MULTILINE)
    assert labels and not [label for label in labels if re.search(r"[\u3400-\u9fff]", label)]


def test_a_rule_page_says_everything() -> None:
    text = page(markdown("disclosure"), "annual-report/applications-balance")
    for said in (
        "表三各列逐一：一、本年新收政府信息公开申请数量 ＋ 二、上年结转政府信息公开申请数量 ＝",
        "国办公开办函〔2021〕30号 附件：表三勾稽关系",
        "（全国性文件）",
        "自 2019-05-15 起",
        "年度报告 › 表内勾稽（2分）：每处扣0.2分，最多扣0.5分",
        "〔表三各列〕：新收 〔一、本年新收政府信息公开申请数量〕 件",
        "对照申请登记台账核对本列四个数",
        "总计：新收 10 件加上年结转 2 件为 12 件",
    ):
        assert said in text, said


def test_what_is_read_names_ledgers_and_their_columns() -> None:
    text = page(markdown("disclosure"), "release-review/three-reviewers-differ")
    reads = text.partition("**读取**")[2].partition("**提示**")[0]
    assert "- 发布台账：发布时间" in reads and "三审三校记录（台账）：审校人、环节" in reads
    assert "填有" not in reads


def test_long_formulas_name_their_parts() -> None:
    text = page(markdown("disclosure"), "release-review/three-reviewers-differ")
    assert "逐一：甲 ＋ 乙 ＋ 丙 ＝ 丁" in text and "甲：不同值的个数（三审三校记录的审校人" in text
    assert "分别由 〔甲〕、〔乙〕、〔丙〕 人署名" in text


def test_questions_parameters_and_gates() -> None:
    text = page(markdown(SMALL), "observation/overview-accurate")
    assert "由人判断：" in text and "由人酌定，扣1至5分，未经核实" in text
    assert "**符合的例子**" not in text and "**提示**" not in text
    gate = page(markdown(SMALL), "observation/outward-services")
    assert "办事服务（25分）：符合才适用本项" in gate


def test_the_front_page_says_how_it_is_scored() -> None:
    front = markdown(SMALL).partition("<a id=")[0]
    for said in (
        "基础分高于80分才计，最多加30分",
        "否决即不合格，不再计分",
        "不足60分",
        "2019年度起",
        "合格线；否决的后果",
        "未经核实",
    ):
        assert said in front, said
    assert "国办秘函〔2019〕19号" in front


def test_the_form_has_room_to_be_filled_in() -> None:
    text = handbook_markdown.render(book(SMALL), "self-check", "zh")
    header = "| 序号 | 检查内容 | 佐证材料 | 计分办法 | 自评分 | 核定分 | 原因和说明 |"
    assert header in text
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    assert all(line.endswith("|  |  |  |") for line in rows)
    assert "合计" in rows[-1] and "100" in rows[-1]
    asked = "概况信息是否齐全"
    assert any(asked in line for line in rows)


def test_an_imported_sheet_is_one_row_an_item(tmp_path: Path) -> None:
    for name, text in imported(saved(tmp_path / "s.xlsx", layouts.shares()), "demo").files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    output = tmp_path / "form.md"
    arguments = [
        "rules",
        "docs",
        str(tmp_path / "demo.yaml"),
        "--kind",
        "self-check",
        "-o",
        str(output),
        "--lang",
        "zh",
    ]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    lines = [line for line in output.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(lines) == 2 + 4 + 1
    assert "年度报告：及时、完整" in lines[2] and "由人酌定，扣0至10分" in lines[2]


def test_markdown_is_not_broken_by_what_a_ruleset_says() -> None:
    text = handbook_markdown.plain("a|b*c_d[e]<f>`g`")
    assert text == r"a\|b\*c\_d\[e\]\<f\>\`g\`"
    for line in markdown("disclosure").splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line


@cache
def docx(name: str, language: Language = "zh", form: bool = False) -> bytes:
    return handbook_docx.render(book(name), "self-check" if form else "handbook", language)


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(BytesIO(data)).read(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_has_headings_contents_and_repeated_headers(language: Language) -> None:
    body = part(docx(SMALL, language))
    styles = [p.get(f"{W}val") for p in body.iter(f"{W}pStyle")]
    pages = len(book(SMALL).pages)
    assert styles.count("Heading2") == pages and styles.count("TOC2") == pages
    groups = styles.count("Heading1") - 1
    assert styles.count("TOC1") == groups + 1
    breaks = sum(1 for _ in body.iter(f"{W}pageBreakBefore"))
    assert breaks == pages  # every rule but the first of a group, and every group
    tables = [table for table in body.iter(f"{W}tbl") if next(table.iter(f"{W}tblHeader"), None) is not None]
    assert len(tables) == 1
    assert " TOC " in "".join(str(t) for t in body.itertext(f"{W}instrText"))
    anchors = {b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")}
    links = {h.get(f"{W}anchor") for h in body.iter(f"{W}hyperlink")}
    assert links <= anchors and all(len(str(anchor)) <= 40 for anchor in anchors)
    assert [s.get(f"{W}orient") for s in body.iter(f"{W}pgSz")] == [None, None, "landscape", None]


def test_docx_tables_fill_the_paper() -> None:
    for form in (False, True):
        for table in part(docx(SMALL, form=form)).iter(f"{W}tbl"):
            widths = [int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol")]
            for row in table.iter(f"{W}tr"):
                cells = [int(cell.get(f"{W}w", "0")) for cell in row.iter(f"{W}tcW")]
                assert sum(cells) == sum(widths)


def test_docx_has_fonts_for_chinese() -> None:
    styles = part(docx(SMALL), "word/styles.xml")
    for name in ("Normal", "Title", "Heading1", "Heading2", "Cell", "Fact", "TOC1"):
        [style] = [s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == name]
        fonts = next(style.iter(f"{W}rFonts"))
        assert fonts.get(f"{W}eastAsia") in ("宋体", "黑体")
        assert fonts.get(f"{W}eastAsiaTheme") is None


def test_docx_is_the_same_bytes_each_time_and_opens() -> None:
    from docx import Document

    data = docx(SMALL)
    again = handbook_docx.render(book(SMALL), "handbook", "zh")
    assert data == again
    opened = Document(BytesIO(data))
    assert opened.core_properties.title == "政府网站检查指标（2019）  2019.4"
    assert {p.style.name for p in opened.paragraphs if p.style} >= {"Title", "Heading 1", "Heading 2"}
    times = {info.date_time for info in zipfile.ZipFile(BytesIO(data)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_without_the_extra_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(InputError) as caught:
        handbook_docx.render(book(SMALL), "handbook", "zh")
    assert "governance-checker[docs]" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "asked", "start"),
    [
        ("book", [], b"# Na"),
        ("book.docx", [], b"PK\x03\x04"),
        ("book", ["--format", "docx"], b"PK\x03\x04"),
        ("book.docx", ["--format", "markdown"], b"# Na"),
    ],
)
def test_the_command_writes_a_file(tmp_path: Path, name: str, asked: list[str], start: bytes) -> None:
    output = tmp_path / name
    arguments = ["rules", "docs", SMALL, *asked, "--output", str(output), "--lang", "en"]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    assert output.read_bytes()[:4] == start
