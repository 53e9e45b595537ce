"""Kinds, encodings and limits: what is refused, how it is said, and how soon."""

import io
import random
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checker import readers
from checker.document import Document
from checker.errors import InputError, Problem
from tests.readers.looking import refused as refused_file

PROSE = "一、总体情况\n全年主动公开政府信息一百条，办结依申请公开件三件，均按时答复。\n" * 5
PAGE = f"<html><head><meta charset='gb2312'></head><body><p>{PROSE}</p></body></html>"


def refused(data: bytes, file: str = "report.txt") -> Problem:
    return refused_file(data, file)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

KINDS = {
    "XLSX": archive("[Content_Types].xml", "xl/workbook.xml"),
    "ZIP": archive("a.txt"),
    "XLS 或 ET": OLE + "Workbook".encode("utf-16-le"),
    "PNG": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
    "JPEG": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "RTF": rb"{\rtf1\ansi",
    "RAR": b"Rar!\x1a\x07\x00",
    "可执行": b"MZ\x90\x00" + b"\0" * 50,
    "JSON": '\ufeff{"title": "报告"}'.encode(),
    "XML": b'<?xml version="1.0"?><report/>',
    "二进制": PROSE.encode() + b"\0" * 200,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", ["report.txt", "report.html"])
def test_a_kind_not_read_is_named_whatever_the_file_is_called(kind: str, file: str) -> None:
    problem = refused(KINDS[kind], file)
    assert problem.code == "unsupported-kind"
    assert kind in problem.message.zh
    read = problem.message.zh.partition("能读的是：")[2].split("、")
    assert {"DOCX", "HTML", "MHTML", "OFD", "PDF", "文本"} <= set(read)
    assert "text and Markdown are" in problem.message.en


def test_broken_archives_are_still_archives() -> None:
    assert refused(KINDS["XLSX"][:60]).code == "unsupported-kind"


READ = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "ofd": archive("OFD.xml", "Doc_0/Document.xml"),
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
}


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("file", ["report.txt", "report.html"])
def test_a_broken_file_is_refused_as_what_it_is(kind: str, file: str) -> None:
    problem = refused(READ[kind], file)
    assert problem.code not in ("unsupported-kind", "undecodable", "no-text")
    assert problem.message.zh


@pytest.mark.parametrize("name", ["ledger.xls", "ledger.xlsx"])
def test_real_files_of_other_kinds(corpus: Path, name: str) -> None:
    assert refused((corpus / "forms" / name).read_bytes(), name).code == "unsupported-kind"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", "\u3000\xa0\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(data: bytes) -> None:
    assert refused(data).code == "empty-file"


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<p>&nbsp;</p>", "<!-- -->\n<html>", "— 1 —\n"]
)
def test_a_file_without_text(page: str) -> None:
    assert refused(page.encode()).code == "no-text"


def test_noise_is_not_text() -> None:
    noise = random.Random(1).randbytes(50_000).replace(b"\0", b"\x81")
    assert refused(noise).code == "undecodable"


def test_a_text_of_50_megabytes_is_refused_at_once() -> None:
    data = PROSE.encode() * (50_000_000 // len(PROSE.encode()))
    with within(30):
        problem = refused(data)
    assert problem.code == "too-large"
    assert "20 MB" in problem.message.en


def test_a_page_has_a_lower_limit_than_a_text() -> None:
    data = PAGE.encode() + b" " * 10_000_000
    assert "10 MB" in refused(data, "page.html").message.en
    assert readers.read(PROSE.encode() + b" " * 10_000_000, "report.txt").source.kind == "text"


@pytest.mark.parametrize(
    "filling", ["\n" * 15_000_000, "| 1 " * 5_000_000, "1\t" * 9_000_000, "| 1 |\n" * 3_000_000]
)
def test_a_text_of_too_many_lines_or_cells(filling: str) -> None:
    data = PROSE.encode() + filling.encode()
    with within(30):
        problem = refused(data)
    assert problem.code == "too-large"


@pytest.mark.parametrize("line", ["全年主动公开政府信息一百条" * 5, "| 1 | 2 | 3 |\n", "一、总体情况"])
def test_the_largest_text_is_read_in_time(line: str) -> None:
    data = f"{line}\n".encode() * (99_000 // (line.count("\n") + 1))
    with within(30):
        assert readers.read(data, "report.txt").blocks


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<html>", "\n <div>", "<?xml version='1.0'?>\n<html>", "<P CLASS=a>"]
)
def test_a_page_is_a_page_by_its_content(start: str) -> None:
    assert readers.read(f"{start}<p>{PROSE}</p>".encode(), "report.md").source.kind == "html"


@pytest.mark.parametrize("start", ["", "# ", "a < b\n", "<摘要>", "《条例》"])
def test_a_text_is_a_text_by_its_content(start: str) -> None:
    assert readers.read(f"{start}{PROSE}".encode(), "report.html").source.kind == "text"


def words(document: Document) -> str:
    return "".join(b.text for b in document.blocks)


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("gb2312", b"", "gb18030"),
        ("gb18030", b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("text", [PROSE, PAGE])
def test_declared_encodings_are_not_believed(text: str, encoding: str, mark: bytes, found: str) -> None:
    document = readers.read(mark + text.encode(encoding), "report")
    assert document.source.encoding == found
    assert words(document) == words(readers.read(text.encode(), "report"))


@pytest.mark.parametrize("text", ["政府資訊公開工作年度報告", "本府全年主動公開政府信息，並依法辦理申請。"])
def test_traditional_encodings_are_told_apart(text: str) -> None:
    assert readers.read(text.encode("big5"), "report").source.encoding == "big5"
    assert readers.read(text.encode("gb18030"), "report").source.encoding == "gb18030"


@pytest.mark.parametrize("text", ["政府信息公开", "序号,数量\n1,条\n", "年度报告"])
def test_a_few_characters_are_enough(text: str) -> None:
    assert words(readers.read(text.encode("gbk"), "report")).startswith(text[:4])


def test_a_few_bad_bytes_do_not_turn_the_page() -> None:
    footer = "版权所有".encode("gbk")
    data = (PAGE * 20).encode() + footer
    document = readers.read(data, "page.html")
    assert document.source.encoding == "utf-8"
    (diagnostic,) = (d for d in document.diagnostics if d.code == "bad-bytes")
    assert "不是 utf-8 编码" in diagnostic.message.zh
    assert "主动公开政府信息" in words(document)


def test_little_gbk_in_much_markup_is_gbk() -> None:
    page = b"<html><body>" + b"<div class='box'></div>" * 500 + "<p>政府信息公开</p>".encode("gbk")
    document = readers.read(page, "page.html")
    assert (document.source.encoding, words(document)) == ("gb18030", "政府信息公开")


def test_a_text_cut_in_the_middle_of_a_character() -> None:
    document = readers.read((PROSE * 5).encode()[:-2], "report.txt")
    assert [d.code for d in document.diagnostics] == ["bad-bytes"]


def test_a_stray_nul_is_a_space() -> None:
    document = readers.read((PROSE * 20).encode() + b"\0" + "完".encode(), "report.txt")
    assert document.blocks[-1].text == "完"


def test_the_source_says_what_was_read() -> None:
    source = readers.read(PROSE.encode(), "report.txt").source
    assert (source.file, source.size, source.kind) == ("report.txt", len(PROSE.encode()), "text")
    assert len(source.sha256) == 64


def test_reading_a_text_does_not_load_the_html_parser() -> None:
    import subprocess
    import sys

    program = (
        "import sys; from checker import readers; readers.read('一、总体情况'.encode(), 'a.txt');"
        "sys.exit('lxml' in sys.modules or 'lxml.etree' in sys.modules)"
    )
    root = Path(readers.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


# Hostile pages


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "font"])
def test_a_hundred_thousand_nested_tags(tag: str) -> None:
    page = "<html>" + f"<{tag}>" * 100_000 + "文"
    with within(30):
        problem = refused(page.encode(), "page.html")
    assert problem.code == "too-large"
    assert "256" in problem.message.en


def test_as_deep_as_allowed_is_read() -> None:
    page = "<div>" * 250 + "深" + "</div>" * 250 + "<p>后</p>"
    assert words(readers.read(page.encode(), "page.html")) == "深后"


HOSTILE = {
    "many elements": "<p>" * 1_000_000 + "文",
    "many attributes": "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">文",
    "many quoted attributes": "<p " + "".join(f"a{n}='>'" for n in range(200_000)) + ">文",
    "many slots": "<table>" + "<tr><td rowspan=65534 colspan=1000>1<td>2" * 2_000 + "</table>",
    "wide rows": "<table>" + "<tr>" + "<td colspan=256>1" * 1_000 + "</table>",
    "a very long text": "<p>" + "文" * 3_400_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_beyond_the_limits(name: str) -> None:
    page = f"<html><body>{HOSTILE[name]}".encode()
    with within(30):
        problem = refused(page, "page.html")
    assert problem.code == "too-large"


@pytest.mark.parametrize(
    "page",
    [
        "<p a='" + "<p a='" * 200_000,
        "<" * 1_000_000 + "文",
        "<!--" * 500_000 + "文",
        "<p>" + "&" * 1_000_000 + "文",
        "</div>" * 300_000 + "<p>文",
        "<table>" + "<tr>" * 100_000 + "<td>文</table>",
        "<table><tr><td rowspan=65534 colspan=1000>文<td>1<tr><td>2</table>",
    ],
)
def test_odd_pages_are_read_or_refused_in_time(page: str) -> None:
    with within(30):
        try:
            assert readers.read(f"<html><body>{page}".encode(), "page.html").source.kind == "html"
        except InputError as error:
            assert error.problems[0].code in ("too-large", "no-text")
