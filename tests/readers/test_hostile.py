"""Files that attack, made here and never stored, through the real command line.

Each ends within the limits with exit code 2, a sentence that helps, nothing on standard output and no
traceback. Those that carry what must not be read (a canary) may be read otherwise.
"""

import ctypes
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from checker import reading
from checker.errors import InputError
from checker.isolation import Pool
from tests.hostile import containers, pdf
from tests.hostile.containers import docx, docx_parts, ofd, ofd_parts, ofd_text, ole, paragraph

SECONDS = 30
GUARD = 100
PROSE = "一、总体情况。全年主动公开政府信息一百条。"
PAGE = f"<html><body><p>{PROSE}</p>"
CANARY = "杜鹃不该出现在这里"


def run(root: Path, *arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the real command, in Chinese."""
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8"}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "checker", *map(str, arguments)],
        cwd=root,
        env=environment,
        capture_output=True,
        check=False,
        timeout=GUARD,
    )
    assert time.monotonic() - started < SECONDS
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "内部错误" not in said
    return done.returncode, done.stdout.decode(), said


def refused(root: Path, file: Path, *options: str | Path) -> str:
    """What is said of a file that is refused."""
    code, shown, said = run(root, "assess", file, *options)
    assert (code, shown) == (2, ""), said
    assert said.startswith(f"checker: {file.name}"), said
    return said


def plain_zip(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


# Containers

BOMB = 300_000_000


@pytest.fixture(scope="module")
def word_bomb() -> bytes:
    return containers.bomb(docx_parts(""), "word/document.xml", BOMB)


def test_zip_bombs(root: Path, tmp_path: Path, word_bomb: bytes) -> None:
    page = "Doc_0/Pages/Page_0/Content.xml"
    for name, data in {
        "bomb.docx": word_bomb,
        "bomb.ofd": containers.bomb(ofd_parts(""), page, BOMB),
        "lying.docx": containers.lying(word_bomb, "word/document.xml", 1000),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert "展开后过大" in (said := refused(root, tmp_path / name)) or "损坏" in said


CONTAINERS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "nested": lambda: ("不读这种文件", plain_zip(a=plain_zip(b=plain_zip(c=b"\0" * 1_000_000)))),
    "overlapping": lambda: (
        "展开后过大",
        containers.overlapping(docx_parts(paragraph("一")), 500, 60_000_000),
    ),
    "many parts": lambda: ("部件超过 2000 个", containers.many_parts(docx_parts(paragraph("一")), 5_000)),
    "very many parts": lambda: ("部件超过 2000 个", containers.many_parts(ofd_parts(ofd_text("一")), 70_000)),
    "encrypted parts": lambda: ("加密", containers.encrypted(ofd(ofd_text("一")))),
    "encrypted document": lambda: (
        "打开密码",
        ole({"EncryptionInfo": bytes(5000), "EncryptedPackage": bytes(50_000)}),
    ),
    "no document": lambda: ("读不出", containers.packed({**docx_parts(""), "word/document.xml": b""})),
    "noise": lambda: ("损坏", docx(paragraph("一"))[:-300] + bytes(range(256)) * 4),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers(root: Path, tmp_path: Path, name: str) -> None:
    expected, data = CONTAINERS[name]()
    file = tmp_path / "report.docx"
    file.write_bytes(data)
    said = refused(root, file)
    assert expected in said or ("损坏" in said and expected in ("损坏", "展开后过大")), said


OLE: dict[str, Callable[[], bytes]] = {
    "a ring of sectors": lambda: ole(_word(), _ring),
    "sectors beyond the end": lambda: ole(_word(), _beyond),
    "nothing in the streams": lambda: ole({"WordDocument": bytes(5000), "1Table": bytes(5000)}),
    "ones in the streams": lambda: ole({"WordDocument": b"\xff" * 5000, "1Table": b"\xff" * 5000}),
    "only a header": lambda: ole(_word())[:512] + "WordDocument".encode("utf-16-le"),
}


def _word() -> dict[str, bytes]:
    return {"WordDocument": b"\xec\xa5\xc1\x00" + bytes(50_000), "1Table": bytes(50_000)}


def _ring(table: list[int]) -> None:
    table[-60:] = [len(table) - 60] * 60


def _beyond(table: list[int]) -> None:
    table[-60:] = [0x00FFFFFF] * 60


@pytest.mark.parametrize("name", OLE)
def test_old_word_files(root: Path, tmp_path: Path, name: str) -> None:
    pytest.importorskip("doc2docx")
    file = tmp_path / "report.doc"
    file.write_bytes(OLE[name]())
    refused(root, file)


# Markup

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))
BILLION = f"<!DOCTYPE w [{ENTITIES}]>"
DEEP = 100_000


def nested(tag: str, inside: str = "") -> str:
    return f"<{tag}>" * DEEP + inside + f"</{tag}>" * DEEP


def web_archive(page: bytes, inside: int = 0) -> bytes:
    """inside: how many archives stand inside one another."""
    head, tail = b"MIME-Version: 1.0\r\n", b""
    for n in range(inside):
        head += b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        tail = b"\r\n--b%d--\r\n" % n + tail
    head += b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    return head + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + page + b"\r\n--x--\r\n" + tail


MARKUP: dict[str, Callable[[], bytes]] = {
    "entities.docx": lambda: docx(paragraph("&e9;"), BILLION),
    "entities.ofd": lambda: ofd(ofd_text("&e9;"), BILLION),
    "entities.html": lambda: f"{BILLION}<html><body><p>&e9;</p><p>{PROSE}".encode(),
    "entities.mht": lambda: web_archive(f"{BILLION}<html><body><p>&e9;</p><p>{PROSE}".encode()),
    "spans.html": lambda: (
        PAGE + "<table>" + "<tr><td rowspan=65534 colspan=1000>1<td>2" * 2_000 + "</table>"
    ).encode(),
    "spans.docx": lambda: docx(f"<w:tbl>{_spanning_row() * 1_000}</w:tbl>"),
    "wide.docx": lambda: docx(f"<w:tbl><w:tr>{_cell(WIDE) * 1_000}</w:tr></w:tbl>"),
    "cells.docx": lambda: docx(f"<w:tbl>{('<w:tr>' + _cell() * 150 + '</w:tr>') * 900}</w:tbl>"),
    "deep.html": lambda: f"<html>{nested('div', PROSE)}".encode(),
    "deep.mht": lambda: web_archive(f"<html>{nested('div', PROSE)}".encode()),
    "deep.docx": lambda: docx(nested("w:sdt")),
    "deep-tables.docx": lambda: docx(_tables(60)),
    "deep.ofd": lambda: ofd(nested("ofd:PageBlock")),
    "archives.mht": lambda: web_archive(PAGE.encode(), inside=10_000),
    "parts.mht": lambda: web_archive(PAGE.encode() + b"\r\n--x\r\n\r\n" * 300_000),
    "headers.mht": lambda: b"X-A: b\r\n" * 300_000 + web_archive(PAGE.encode()),
    "paragraphs.docx": lambda: docx(paragraph("一") * 300_000),
    "objects.ofd": lambda: ofd(ofd_text("一") * 100_000),
    "characters.ofd": lambda: ofd(ofd_text("一" * 1_000_000)),
}


WIDE = '<w:gridSpan w:val="65534"/>'


def _cell(more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph('1')}</w:tc>"


def _spanning_row() -> str:
    return "<w:tr>" + _cell(f'{WIDE}<w:vMerge w:val="restart"/>') + _cell() + "</w:tr>"


def _tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("一") + "</w:tc></w:tr></w:tbl>" * depth


@pytest.mark.parametrize("name", MARKUP)
def test_markup(root: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(MARKUP[name]())
    said = refused(root, file)
    assert "哈哈" not in said


# PDF

PDF: dict[str, Callable[[], tuple[str, bytes]]] = {
    "pages": lambda: ("300 页", pdf.pages(2_000)),
    "pages it says it has": lambda: ("", pdf.pages(2).replace(b"/Count 2", b"/Count 2000000000")),
    "pages in a ring": lambda: (
        "",
        pdf.packed({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"}),
    ),
    "a password": lambda: ("要密码才能打开", pdf.locked(b"secret")),
    "paths": lambda: ("20000 段线条", pdf.document(b"0 0 m 1 1 l S\n" * 1_000_000, squeeze=True)),
    "characters": lambda: ("50000 个字符", pdf.document(_full_page(), squeeze=True)),
    "a bomb": lambda: ("", pdf.document(b" " * 500_000_000, squeeze=True)),
    "arrays": lambda: ("", pdf.document(b"", page=b"/A" + b"[" * DEEP + b"]" * DEEP)),
    "dictionaries": lambda: ("", pdf.document(b"", page=b"/A" + b"<</A" * DEEP + b" 1" + b">>" * DEEP)),
    "arrays in the content": lambda: ("", pdf.document(b"[" * DEEP + b"]" * DEEP + b" TJ", squeeze=True)),
    "forms": lambda: ("", pdf.document(b"/X Do", more=pdf.nested_forms(2_000))),
    "states": lambda: ("", pdf.document(b"q " * 1_000_000 + b"Q " * 1_000_000, squeeze=True)),
    "no page": lambda: ("", pdf.packed({1: b"<</Type/Catalog>>"})),
    "a page without size": lambda: ("", pdf.document(b"").replace(b"0 0 595 842", b"nan 0 1e99 -9")),
    "nothing else": lambda: ("损坏", pdf.broken([b"%%EOF"])),
    "a table of places in a ring": lambda: (
        "",
        pdf.broken([b"xref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"]),
    ),
}


def _full_page() -> bytes:
    """Half a million characters, none upon another."""
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 590)))
    return b"".join(pdf.said(words[n % 97 :] + words[: n % 97], 1, n, 1) for n in range(1, 840))


@pytest.mark.parametrize("name", PDF)
def test_pdf(root: Path, tmp_path: Path, name: str) -> None:
    expected, data = PDF[name]()
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    assert expected in refused(root, file)


# Size, kind, name

SIZES: dict[str, Callable[[], bytes]] = {
    "text.txt": lambda: f"{PROSE}\n".encode() * (50_000_000 // len(f"{PROSE}\n".encode())),
    "page.html": lambda: (PAGE + f"<p>{PROSE}</p>" * 700_000).encode(),
    "larger.html": lambda: (PAGE + f"<p>{PROSE}</p>" * 800_000).encode(),
    "page.mht": lambda: web_archive((PAGE + f"<p>{PROSE}</p>" * 700_000).encode()),
    "line.txt": lambda: (PROSE * 300_000).encode(),
    "image.pdf": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000_000),
    "photo.docx": lambda: b"\xff\xd8\xff\xe0" + bytes(1_000_000),
    "empty.txt": lambda: b"",
    "blank.html": lambda: b" \r\n" * 1_000_000,
    "zero.doc": lambda: bytes(1_000_000),
}


@pytest.mark.parametrize("name", SIZES)
def test_sizes_and_kinds(root: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(SIZES[name]())
    refused(root, file)


def test_a_workbook_of_one_far_cell_is_no_report(root: Path, tmp_path: Path) -> None:
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    file = tmp_path / "report.docx"
    file.write_bytes(containers.packed({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}))
    said = refused(root, file)
    assert "XLSX 工作簿" in said
    assert "台账放在提交文件夹里" in said


def test_what_is_no_file(root: Path, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    assert "没有报告文件" in refused(root, tmp_path / "report.pdf")
    assert "没有这个文件" in refused(root, tmp_path / "nothing.pdf")
    (tmp_path / "report.docx").symlink_to("/dev/zero")
    assert "没有这个文件" in refused(root, tmp_path / "report.docx")


def test_last_years_report_is_read_under_the_same_limits(
    root: Path, tmp_path: Path, word_bomb: bytes
) -> None:
    good = root / "reports" / "alxa-hightech-zone-2024" / "report.md"
    for name, data in {"bomb.docx": word_bomb, "locked.pdf": pdf.locked(b"secret")}.items():
        file = tmp_path / name
        file.write_bytes(data)
        for arguments in (("assess", good, "--previous", file), ("compare", good, file), ("facts", file)):
            code, shown, said = run(root, *arguments)
            assert (code, shown) == (2, "")
            assert said.startswith(f"checker: {name}")


# Canaries: files and addresses a report names, which must not be looked at


@contextmanager
def untouched(canary: Path) -> Iterator[None]:
    """Nobody opens the file meanwhile, as far as the system can tell."""
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "inotify_init1"):
        yield
        return
    watch = libc.inotify_init1(os.O_NONBLOCK)
    libc.inotify_add_watch(watch, os.fsencode(canary), 0x20 | 0x1)  # opened, read
    try:
        yield
        with pytest.raises(BlockingIOError):
            os.read(watch, 1024)
    finally:
        os.close(watch)


@contextmanager
def uncalled() -> Iterator[int]:
    """A port nobody connects to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1]
        with pytest.raises(BlockingIOError):
            server.accept()


def _external(address: str) -> str:
    return f'<!DOCTYPE w [<!ENTITY c SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;]>'


def _linking(address: str) -> dict[str, str | bytes]:
    kinds = {"r2": "attachedTemplate", "r3": "aFChunk", "r4": "image", "r5": "subDocument", "r6": "header"}
    relations = "".join(
        f'<Relationship Id="{n}" Type="{containers.OFFICE}/{kind}" Target="{address}" TargetMode="External"/>'
        for n, kind in kinds.items()
    )
    body = '<w:altChunk r:id="r3"/><w:subDoc r:id="r5"/>' + paragraph(PROSE)
    around = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {
        **docx_parts(body),
        "word/_rels/document.xml.rels": f"{around}{relations}</Relationships>",
        "word/_rels/settings.xml.rels": f"{around}{relations}</Relationships>",
    }


def _page_with(address: str) -> bytes:
    return (
        f"{_external(address)}<html xmlns:xi='http://www.w3.org/2001/XInclude'><head>"
        f"<base href='{address}'><link rel=stylesheet href='{address}'><script src='{address}'></script>"
        f"<meta http-equiv=refresh content='0;url={address}'></head><body><p>&c;</p>"
        f"<xi:include href='{address}' parse='text'/><iframe src='{address}'></iframe><img src='{address}'>"
        f"<object data='{address}'></object><embed src='{address}'><p>{PROSE}</p></body></html>"
    ).encode()


CANARIES: dict[str, Callable[[str], bytes]] = {
    "entity.docx": lambda address: docx(paragraph("&c;"), _external(address)),
    "links.docx": lambda address: containers.packed(_linking(address)),
    "entity.ofd": lambda address: ofd(ofd_text("&c;"), _external(address)),
    "place.ofd": lambda address: containers.packed(
        {
            **ofd_parts(""),
            "Doc_0/Document.xml": str(ofd_parts("")["Doc_0/Document.xml"]).replace(
                "Pages/Page_0/Content.xml", address
            ),
        }
    ),
    "page.html": _page_with,
    "page.xhtml": lambda address: b'<?xml version="1.0"?>' + _page_with(address),
    "page.mht": lambda address: web_archive(_page_with(address)),
    "stream.pdf": lambda address: pdf.document(
        b"", page=b"/AA<</O<</S/URI/URI(%s)>>>>" % address.encode()
    ).replace(b"<</Length 0>>", b"<</Length 0/F(%s)>>" % address.encode()),
}


@pytest.mark.parametrize("name", CANARIES)
def test_nothing_a_report_names_is_looked_at(root: Path, tmp_path: Path, name: str) -> None:
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    file = tmp_path / name
    with untouched(canary), uncalled() as port:
        for address in (canary.as_uri(), str(canary), f"http://127.0.0.1:{port}/canary.dtd"):
            file.write_bytes(CANARIES[name](address))
            code, shown, said = run(root, "facts", file)
            assert code in (0, 2)
            assert CANARY not in shown + said


def test_the_watch_on_the_canary_notices(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    if not sys.platform.startswith("linux"):
        pytest.skip("no inotify")
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    with pytest.raises(pytest.fail.Exception), untouched(canary):
        canary.read_text(encoding="utf-8")


# Parsers that fail

DRIVER = """
import sys
sys.path.insert(0, {root!r})
from checker import cli, reading
from checker.isolation import Limits
from tests import misbehaving
reading.LIMITS = Limits(2, 700 * 1024**2)
{instead}
sys.argv = ["checker", "assess", *sys.argv[1:]]
cli.main()
"""


def test_a_form_that_draws_itself_twice_ends_at_a_limit(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf.document(b"/X Do", more=pdf.form_in_itself()))
    driver = DRIVER.format(root=str(root), instead="")
    done = subprocess.run(
        [sys.executable, "-c", driver, str(file)], cwd=root, capture_output=True, check=False, timeout=GUARD
    )
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b""), said
    assert said.startswith("checker: report.pdf")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        ("abort", "解析程序崩溃（SIGABRT）"),
        ("segfault", "解析程序崩溃（SIGSEGV）"),
        ("loop", "超过 2 秒的时间上限"),
        ("fill", "超过 700 MB 的内存上限"),
        ("connect", "试图连接网络"),
        ("shell", "试图启动程序"),
    ],
)
def test_a_parser_that_fails_is_an_error_about_the_file(
    root: Path, tmp_path: Path, work: str, sentence: str
) -> None:
    pytest.importorskip("resource")
    file = tmp_path / "report.txt"
    file.write_text(PROSE, encoding="utf-8")
    good = root / "reports" / "alxa-hightech-zone-2024" / "report.md"
    driver = DRIVER.format(root=str(root), instead=f"reading._read_facts = misbehaving.{work}")
    for arguments in ((file,), (file, "--previous", good)):
        done = subprocess.run(
            [sys.executable, "-c", driver, *map(str, arguments)],
            env={**os.environ, "LC_ALL": "zh_CN.UTF-8"},
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
        said = done.stderr.decode()
        assert (done.returncode, done.stdout) == (2, b""), said
        assert said.startswith("checker: report.txt: 读取")
        assert sentence in said
        assert "另存一份后再试" in said
        assert len(said.splitlines()) == 2


# Files cut short, at many places: in the process that reads, as the command does it

KINDS = ("v1.docx", "v1.ofd", "v1_lo.pdf", "v1_cr.pdf", "v1.doc", "v1.html", "v2.txt")
OWN: dict[str, Callable[[], bytes]] = {
    "own.docx": lambda: docx(paragraph(PROSE) * 200),
    "own.ofd": lambda: ofd("".join(ofd_text(PROSE, y) for y in range(20, 280, 6))),
    "own.pdf": lambda: pdf.document(b"".join(pdf.said(PROSE, y=y) for y in range(60, 800, 20))),
    "own.mht": lambda: web_archive((PAGE + f"<p>{PROSE}</p>" * 200).encode()),
    "own.html": lambda: (PAGE + f"<p>{PROSE}</p>" * 200).encode(),
    "own.txt": lambda: f"{PROSE}\n".encode() * 200,
}


def cuts(size: int) -> Iterator[int]:
    """Places all over a file, more of them at both ends."""
    yield from (1, 7, 30, 300)
    yield from (size * n // 6 for n in range(1, 6))
    yield from (size - n for n in (1, 2, 23, 200, 2000) if size > n)


def read_or_refused(pool: Pool, data: bytes, file: str) -> None:
    try:
        with pool.start(reading._subject(file), reading.limits(data), reading._read, data, file) as pending:
            document, _ = pending.result()
    except InputError as error:
        assert all(p.location is not None and p.location.file == file for p in error.problems)
        assert not {p.code for p in error.problems} & {"crashed", "time-limit", "memory-limit", "not-allowed"}
    else:
        assert document.blocks


@pytest.mark.parametrize("name", OWN)
def test_files_of_ours_cut_short(name: str) -> None:
    data = OWN[name]()
    for cut in cuts(len(data)):
        read_or_refused(POOL, data[:cut], name)


@pytest.mark.parametrize("name", KINDS)
def test_real_files_cut_short(corpus: Path, name: str) -> None:
    data = (corpus / "forms" / name).read_bytes()
    for cut in cuts(len(data)):
        read_or_refused(POOL, data[:cut], name)


POOL = reading._POOL


def test_truncated_files_on_the_command_line(root: Path, tmp_path: Path, corpus: Path) -> None:
    for name in ("v1.docx", "v1.ofd", "v1_lo.pdf", "v1.doc"):
        data = (corpus / "forms" / name).read_bytes()
        file = tmp_path / name
        file.write_bytes(data[: len(data) // 2])
        refused(root, file)


# Names that do not fit


@pytest.mark.parametrize("name", ["v1.docx", "v1.ofd", "v1_lo.pdf", "v1.doc", "v1.html", "v1.md"])
def test_a_wrong_extension_changes_nothing(corpus: Path, name: str) -> None:
    data = (corpus / "forms" / name).read_bytes()
    _, facts = reading.read(data, "report")
    for wrong in (
        "report.txt",
        "report.html",
        "report.docx",
        "report.pdf",
        "report.doc",
        "report.ofd",
        "报告",
    ):
        _, others = reading.read(data, wrong)
        assert {n: (f.kind, f.value, f.text) for n, f in others} == {
            n: (f.kind, f.value, f.text) for n, f in facts
        }


# Many reports in one process

MANY = """
import sys
from pathlib import Path
from checker import InputError, assess

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

def assess_all():
    for file in sys.argv[1:]:
        try:
            assess(file)
        except InputError:
            assert "broken" in file

assess_all()
before = resident()
for _ in range(4):
    assess_all()
print((resident() - before) // 1_000_000)
"""


def test_memory_is_flat_over_many_reports(root: Path, tmp_path: Path) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("no /proc")
    text = (root / "reports" / "alxa-hightech-zone-2024" / "report.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines)
    files = {
        "report.md": text.encode(),
        "report.docx": docx("".join(map(paragraph, lines))),
        "report.html": page.encode(),
        "report.mht": web_archive(page.encode()),
        "report.txt": text.encode("gb18030"),
        "broken.docx": docx(paragraph("一"))[:400],
        "broken.pdf": pdf.locked(b"secret"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MANY, *(str(tmp_path / name) for name in files)],
        cwd=root,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stdout) < 30
