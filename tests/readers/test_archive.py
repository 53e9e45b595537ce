"""Containers and their XML: whatever they hold or claim, parts within limits or a sentence."""

import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from checker import readers
from checker.errors import InputError, Problem
from checker.readers import _archive, _xml
from checker.readers._archive import Archive
from tests.readers.docx_files import docx, p, packed

SECONDS = 30


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def refused(read: Callable[[], object]) -> Problem:
    with within(), pytest.raises(InputError) as raised:
        read()
    (problem,) = raised.value.problems
    assert problem.message.zh
    assert problem.message.en
    return problem


def opened(data: bytes) -> Archive:
    return Archive(data, "report.docx")


def test_parts_by_name_in_any_case() -> None:
    archive = opened(packed({"word/Document.xml": "甲", "word/": "", "b.bin": "乙"}))
    assert archive.names == ("word/Document.xml", "b.bin")
    assert archive.read("/WORD/document.xml") == "甲".encode()
    assert archive.read("c.bin") is None


def test_a_bomb_that_says_so() -> None:
    data = packed({"word/document.xml": "0" * 30_000_000})
    assert len(data) < 100_000
    assert refused(lambda: opened(data)).code == "too-large"


def test_a_bomb_that_lies() -> None:
    """The directory declares a small part; the bytes are counted all the same."""
    data = packed({"word/document.xml": "0" * 30_000_000})
    lying = _declaring(data, 500_000)
    archive = opened(lying)
    assert refused(lambda: archive.read("word/document.xml")).code in ("damaged", "too-large")


def _declaring(data: bytes, size: int) -> bytes:
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]


def test_many_large_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_archive, "LARGEST_IN_ALL", 3_000)
    assert refused(lambda: opened(packed({f"{n}": "x" * 1_000 for n in range(4)}))).code == "too-large"
    archive = opened(packed({f"{n}": "x" * 1_000 for n in range(3)}))
    for n in range(3):
        archive.read(f"{n}")
    assert refused(lambda: archive.read("0")).code == "too-large"


def test_too_many_parts() -> None:
    assert refused(lambda: opened(packed({f"{n}": "" for n in range(2_001)}))).code == "too-large"
    many = packed({f"word/{n}": "" for n in range(30_000)})
    assert refused(lambda: opened(many)).code == "too-large"
    assert refused(lambda: readers.read(many, "report.docx")).code == "too-large"


@pytest.mark.parametrize("name", ["../x", "word/../../x", "a/..", "word\\document.xml"])
def test_names_that_lead_out(name: str) -> None:
    assert refused(lambda: opened(packed({name: "x"}))).code == "part-name"


@pytest.mark.parametrize("second", ["word/a.xml", "WORD/A.XML", "/word/a.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_used_twice(second: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/a.xml", "1")
        archive.writestr(second, "2")
    assert refused(lambda: opened(data.getvalue())).code == "part-name"


def test_dots_inside_a_name_lead_nowhere() -> None:
    assert opened(packed({"a..b/c...xml": "x"})).names == ("a..b/c...xml",)


def test_an_encrypted_part() -> None:
    data = bytearray(packed({"word/document.xml": "x" * 100}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert refused(lambda: opened(bytes(data))).code == "encrypted"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_no_word_processor_writes(packing: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packing) as archive:
        archive.writestr("word/document.xml", "x" * 1_000)
    assert refused(lambda: opened(data.getvalue())).code == "damaged"


def test_a_file_cut_short_anywhere() -> None:
    """It is still told for what it is, and the sentence says that it is not whole."""
    whole = docx(p("正文" * 400))
    for length in range(whole.find(b"word/") + 20, len(whole), 23):
        problem = refused(lambda: readers.read(whole[:length], "report.docx"))  # noqa: B023
        assert problem.code == "damaged"
        assert "不完整" in problem.message.zh


def test_a_byte_changed_anywhere_is_a_document_or_a_sentence() -> None:
    whole = docx(p("正文" * 100))
    for at in range(4, len(whole), 7):
        changed = whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
        try:
            readers.read(changed, "report.docx")
        except InputError as error:
            assert error.problems[0].message.zh


def test_parts_that_lie_over_one_another() -> None:
    """Many entries of one and the same bytes, as in bombs without nesting."""
    data = packed({"word/document.xml": "0" * 900_000})
    at, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    entry = data[at:end]
    entries = b"".join(entry.replace(b"document.xml", b"docum%03d.xml" % n) for n in range(400))
    tail = data[end:]
    tail = tail[:8] + struct.pack("<HHLL", 400, 400, len(entries), at) + tail[20:]
    assert refused(lambda: opened(data[:at] + entries + tail)).code == "too-large"


# XML


def parsed(data: bytes) -> object:
    return _xml.parse(data, "report.docx", "word/document.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7", "cp037"])
def test_a_document_type_is_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    assert refused(lambda: parsed(text.encode(encoding))).code in ("document-type", "damaged")


def test_a_bomb_of_entities() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE a [<!ENTITY e0 "0">{entities}]><a>&e11;</a>'
    assert refused(lambda: parsed(text.encode())).code == "document-type"


def test_an_entity_from_outside(tmp_path_factory: pytest.TempPathFactory) -> None:
    canary = tmp_path_factory.mktemp("canary") / "secret.txt"
    canary.write_text("CANARY", encoding="utf-8")
    body = docx(p("&x;"))
    typed = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{canary.as_uri()}">]>'
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    files["word/document.xml"] = typed + files["word/document.xml"]
    problem = refused(lambda: readers.read(packed(files), "report.docx"))
    assert problem.code == "document-type"
    assert "CANARY" not in problem.message.zh


@pytest.mark.parametrize("depth", [257, 5_000, 100_000])
def test_tags_nested_too_deep(depth: int) -> None:
    assert refused(lambda: parsed(b"<a>" * depth + b"</a>" * depth)).code == "too-large"


def test_tags_nested_to_the_limit() -> None:
    assert parsed(b"<a>" * 256 + b"</a>" * 256) is not None


def test_too_many_tags() -> None:
    assert refused(lambda: parsed(b"<r>" + b"<a/>" * 2_100_000 + b"</r>")).code == "too-large"


def test_many_attributes_and_spaces_end() -> None:
    attributes = b" ".join(b"a%d='1'" % n for n in range(200_000))
    spaces = b" ".join(b"xmlns:s%d='u'" % n for n in range(100_000))
    with within():
        parsed(b"<r " + attributes + b"/>")
        parsed(b"<r " + spaces + b"/>")


def test_an_error_names_part_and_line() -> None:
    problem = refused(lambda: parsed(b"<r>\n\n<a></b></r>"))
    assert problem.code == "damaged"
    assert "word/document.xml 第 3 行" in problem.message.zh
    assert "on line 3" in problem.message.en


@pytest.mark.parametrize("data", [b"", b"text", b"<?xml version='1.0' encoding='none-such'?><a/>", b"\0\1"])
def test_what_is_no_xml(data: bytes) -> None:
    assert refused(lambda: parsed(data)).code == "damaged"
