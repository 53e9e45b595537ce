"""Web archives as browsers, Word and WPS write them, whole and broken."""

import base64
import quopri

import pytest

from checker import readers
from checker.document import Document
from checker.errors import InputError, Problem
from checker.readers import mhtml
from tests.readers.looking import refused as refused_file
from tests.readers.looking import told

SENTENCE = "全年主动公开政府信息一百条，办结依申请公开件三件。"
TABLE = "<table><tr><td rowspan=2>规章<td>1<tr><td>2</table>"
HEAD = "<html><head><title>某县年报</title></head><body>"
PAGE = f"{HEAD}\n<p>一、总体情况</p>\n<p>{SENTENCE * 5}</p>{TABLE}</body></html>"
PICTURE = ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def part(media: str, body: bytes, encoding: str = "quoted-printable", **headers: str) -> bytes:
    lines = [f"Content-Type: {media}", f"Content-Transfer-Encoding: {encoding}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(
        body
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + packed


def archive(*parts: bytes, head: str = "", boundary: str = "x-1", end: bytes = b"--") -> bytes:
    head = head or (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.invalid/a\r\n"
        "Subject: =?utf-8?Q?=E6=9F=90?=\r\n =?utf-8?Q?=E5=8E=BF?=\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"'
    )
    mark = b"\r\n--" + boundary.encode()
    return (
        head.encode()
        + b"\r\n\r\n"
        + b"".join(mark + b"\r\n" + p for p in parts)
        + (mark + end if end else b"")
    )


def read(data: bytes) -> Document:
    return readers.read(data, "report.mht")


def refused(data: bytes) -> Problem:
    return refused_file(data, "report.mht")


def shape(document: Document) -> list[tuple[str, str, object]]:
    return [(b.kind, b.text, b.table and [c.text for c in b.table.cells]) for b in document.blocks]


WANTED = shape(readers.read(PAGE.encode(), "page.html"))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_the_page_inside_is_read(encoding: str, charset: str) -> None:
    text = PAGE if charset != "big5" else PAGE.replace("总", "總").replace("条", "條")
    body = text.encode(charset, errors="xmlcharrefreplace")
    document = read(archive(part("text/html", body, encoding), part(PICTURE[0], PICTURE[1], "base64")))
    assert shape(document) == shape(readers.read(text.encode(), "page.html"))
    assert (document.source.kind, document.source.encoding) == ("mhtml", charset)
    assert told(document) == []


HEADS = {
    "Chrome": "",
    "Word": 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x-1"\n\n此文档为“单个文件网页”。',
    "IE": "From: <由 Microsoft Internet Explorer 5 保存>\r\nSubject: =?gb2312?B?xOqxqA==?=\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x-1";\r\n\ttype="text/html"\r\n'
    "X-MimeOLE: Produced By Microsoft MimeOLE",
    "no quotes": "Content-Type: Multipart/Related; boundary=x-1; type=text/html",
    "blank lines before": "\r\n\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x-1",
    "folded at once": "MIME-Version: 1.0\r\nContent-Type:\r\n multipart/related;\r\n boundary=x-1",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_the_headers_of_many_makers(head: str, charset: str) -> None:
    data = archive(
        part("text/html", PAGE.encode(charset), "8bit"), part(*PICTURE, "binary"), head=HEADS[head]
    )
    assert shape(read(data)) == WANTED


def test_a_page_alone_with_mail_headers() -> None:
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n\tcharset="gb2312"\r\n'
    body = b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(PAGE.encode("gbk"))
    assert shape(read(head.encode() + body)) == WANTED


@pytest.mark.parametrize(("charset", "codec"), [("unicode", "utf-16-le"), ("UTF-16BE", "utf-16-be")])
def test_a_declared_utf16_without_a_mark(charset: str, codec: str) -> None:
    assert (
        shape(read(archive(part(f'text/html; charset="{charset}"', PAGE.encode(codec), "base64")))) == WANTED
    )


def test_lines_and_paths_are_those_of_the_page() -> None:
    heading = read(archive(part("text/html", PAGE.encode()))).blocks[1]
    assert (heading.location.file, heading.location.line) == ("report.mht", 2)
    assert heading.location.path == "/html/body/p[1]"


def test_a_page_in_a_multipart_inside() -> None:
    inner = b"\r\n".join(
        [b"--in", part("text/plain", b"x"), b"--in", part("text/html", PAGE.encode()), b"--in--"]
    )
    outer = b"Content-Type: multipart/alternative; boundary=in\r\n\r\n" + inner
    assert shape(read(archive(outer, part("text/html", "<p>附件".encode())))) == WANTED


def test_the_start_is_the_page_the_archive_names() -> None:
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; start="<b@x>"; boundary=x-1'
    header = part("text/html", "<p>页眉</p>".encode(), Content_ID="<a@x>")
    document = read(archive(header, part("text/html", PAGE.encode(), Content_ID="<b@x>"), head=head))
    assert shape(document) == WANTED
    assert told(document) == [("other-page", "left_out")]


@pytest.mark.parametrize(
    "outer",
    [
        "<html><frameset cols='20%,80%'><frame src='cid:f@x'></frameset></html>",
        "<html><body><div>首页</div><IFRAME src='cid:f@x'></IFRAME></body></html>",
    ],
)
def test_the_page_in_a_frame_is_read_and_the_outer_one_named(outer: str) -> None:
    document = read(
        archive(
            part("text/html", outer.encode(), Content_Location="https://example.invalid/outer"),
            part("text/html", PAGE.encode(), Content_ID="<f@x>"),
        )
    )
    assert shape(document) == WANTED
    assert told(document) == ([("other-page", "left_out")] if "首页" in outer else [])


def test_a_frame_beside_much_text_is_a_loss() -> None:
    outer = PAGE.replace("</body>", "<iframe src='cid:f@x'></iframe></body>")
    document = read(
        archive(part("text/html", outer.encode()), part("text/html", PAGE.replace("3", "").encode()))
    )
    assert shape(document) == WANTED
    assert told(document)[0] == ("page-not-read", "loss")


def test_script_and_style_are_no_text_of_a_page() -> None:
    frame = (
        f"<html><body><script>var a='{SENTENCE * 50}'</script><style>{SENTENCE * 50}</style></body></html>"
    )
    outer = PAGE.replace("</body>", "<iframe></iframe></body>")
    document = read(archive(part("text/html", outer.encode()), part("text/html", frame.encode())))
    assert shape(document) == WANTED
    assert told(document)[:1] != [("page-not-read", "loss")]


# Broken


@pytest.mark.parametrize("end", [b"", b"-"])
def test_a_page_without_its_end_is_a_loss(end: bytes) -> None:
    half = PAGE[: PAGE.index("<table")].encode()
    data = archive(part("text/html", half), end=b"")
    document = read(data + (b"\r\n--x-1"[:5] if end else b""))
    assert shape(document) == WANTED[:3]
    assert ("truncated", "loss") in told(document)


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_half_an_archive_never_passes_for_a_whole_one(share: int) -> None:
    data = archive(part("text/html", PAGE.encode("gbk")), part(*PICTURE, "base64"))
    try:
        document = read(data[: len(data) * share // 100])
    except InputError as error:
        assert error.problems[0].code in (
            "damaged",
            "no-text",
            "empty-file",
            "undecodable",
            "unsupported-kind",
        )
    else:
        assert document.diagnostics
        if shape(document) != WANTED:
            assert any(d.severity == "loss" for d in document.diagnostics)


def test_a_whole_page_in_a_broken_archive() -> None:
    data = archive(part("text/html", PAGE.encode()), part(*PICTURE, "base64"))
    document = read(data[:-30])
    assert shape(document) == WANTED
    assert told(document) == [("archive-cut", "left_out")]


NO_PAGE = {
    "no parts": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--y\r\n",
    "no boundary": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x\r\n\r\n<p>x",
    "pictures only": archive(part(*PICTURE, "base64")),
    "an empty page": archive(part("text/html", b"  ")),
    "no page but a program": archive(part("text/html", b"%PDF-1.7 " + b"x" * 900, "8bit")),
    "an archive in the archive": archive(
        part("text/html", archive(part("text/html", PAGE.encode())), "8bit")
    ),
    "an unknown way": archive(part("text/html", PAGE.encode(), "x-uuencode")),
    "headers only": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x",
}


@pytest.mark.parametrize("name", NO_PAGE)
def test_an_archive_without_a_page_is_refused(name: str) -> None:
    problem = refused(NO_PAGE[name])
    assert problem.code == "damaged"
    assert "重新保存" in problem.message.zh


def nested(depth: int) -> bytes:
    body = b"Content-Type: text/html\r\n\r\n" + PAGE.encode()
    for n in range(depth):
        mark = b"n%d" % n
        head = b"Content-Type: multipart/related; boundary=%s\r\n\r\n--%s\r\n" % (mark, mark)
        body = head + body + b"\r\n--%s--" % mark
    return body


def test_archives_beyond_the_limits() -> None:
    assert shape(read(nested(mhtml.DEPTH))) == WANTED
    assert str(mhtml.DEPTH) in refused(nested(mhtml.DEPTH + 1)).message.en
    assert str(mhtml.DEPTH) in refused(nested(20_000)).message.en
    many = archive(part("text/html", PAGE.encode()), *[b"\r\nx"] * mhtml.PARTS)
    assert str(mhtml.PARTS) in refused(many).message.en
    assert refused(archive(part("text/html", PAGE.encode())) + b" " * mhtml.LIMIT).code == "too-large"


@pytest.mark.parametrize(
    "filling", [b"--x-1\r\n", b"\r\n\r\n", b'A: b;;;"""\r\n', b"=", b"<script><title>", b"<iframe"]
)
def test_odd_archives_are_read_or_refused_in_time(filling: bytes) -> None:
    body = PAGE.encode() + filling * (4_000_000 // len(filling))
    for data in (archive(part("text/html", body, "8bit")), archive(filling * (4_000_000 // len(filling)))):
        try:
            assert read(data).source.kind == "mhtml"
        except InputError as error:
            assert error.problems[0].message.zh


# What is no web archive


@pytest.mark.parametrize("media", ["multipart/mixed; boundary=x-1", "multipart/alternative; boundary=x-1"])
def test_a_mail_is_named(media: str) -> None:
    problem = refused(f"From: a@example.invalid\r\nTo: b\r\nContent-Type: {media}\r\n\r\n--x-1".encode())
    assert problem.code == "unsupported-kind"
    assert "电子邮件" in problem.message.zh
    assert problem.fix is not None


def test_a_safari_archive_is_named() -> None:
    problem = refused(b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource" + b"\0" * 40)
    assert "Safari" in problem.message.zh
    assert problem.fix is not None
    assert "Chrome" in problem.fix.en


@pytest.mark.parametrize(
    "text", ["Subject: 年报\n" + SENTENCE, "Content-Type: text/html\n\n" + SENTENCE, SENTENCE]
)
def test_a_text_that_begins_like_a_mail_stays_a_text(text: str) -> None:
    assert readers.read(text.encode(), "report.txt").source.kind == "text"


@pytest.mark.parametrize("version", ["v0", "v1", "v3"])
def test_an_archived_sample_reads_as_its_page(corpus: object, version: str) -> None:
    from pathlib import Path

    page = (Path(str(corpus)) / "forms" / f"{version}.html").read_bytes()
    assert shape(read(archive(part("text/html", page)))) == shape(readers.read(page, "page.html"))
