"""DOC and WPS files by way of DOCX: the converter's own work unchanged, and a sentence where it fails."""

import io
import random
import sys
import zipfile
from pathlib import Path

import pytest

from checker import readers, reading
from checker.errors import InputError, Problem
from checker.readers import _msdoc
from tests.readers.looking import refused as refused_file

DOCS = ["v0.doc", "v1.doc", "v2.doc", "v3.doc", "v1.wps"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bytes_of(corpus: Path, name: str) -> bytes:
    return (corpus / "forms" / name).read_bytes()


def refused(data: bytes) -> Problem:
    problem = refused_file(data, "report.doc")
    assert problem.fix is not None
    assert "DOCX" in problem.fix.zh
    return problem


@pytest.mark.parametrize("name", DOCS)
def test_the_conversion_is_the_librarys_own(corpus: Path, name: str, tmp_path: Path) -> None:
    doc2docx = pytest.importorskip("doc2docx")
    given, wanted = tmp_path / "in.doc", tmp_path / "out.docx"
    given.write_bytes(bytes_of(corpus, name))
    doc2docx.convert(given, wanted)
    made = _msdoc.convert(given.read_bytes())
    assert parts(made.data) == parts(wanted.read_bytes())
    assert made.version == doc2docx.__version__


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["v1.doc", "v1.wps"])
def test_where_nothing_may_be_written(corpus: Path, name: str) -> None:
    document, _ = reading.read(bytes_of(corpus, name), name)
    assert document.source.kind == "doc"
    assert (document.source.converter or "").startswith("msdoc2docx 0.")
    assert sum(b.table is not None for b in document.blocks) == 3


def test_it_says_nothing(corpus: Path, capfd: pytest.CaptureFixture[str]) -> None:
    readers.read(bytes_of(corpus, "v3.doc"), "v3.doc")
    assert capfd.readouterr() == ("", "")


def test_one_report_in_doc_and_docx(corpus: Path) -> None:
    one, other = (readers.read(bytes_of(corpus, name), "x") for name in ("v1.doc", "v1.docx"))
    assert [b.text for b in one.blocks] == [b.text for b in other.blocks]
    for ours, theirs in zip(one.blocks, other.blocks, strict=True):
        assert ours.location.paragraph == theirs.location.paragraph
        if ours.table is not None and theirs.table is not None:
            assert [(c.row, c.column, c.text) for c in ours.table.cells] == [
                (c.row, c.column, c.text) for c in theirs.table.cells
            ]


def test_what_the_converter_loses_is_told(corpus: Path) -> None:
    found = readers.read(bytes_of(corpus, "v3.doc"), "v3.doc")
    losses = [d for d in found.diagnostics if d.code == "doc-conversion"]
    assert any("MAIN_TEXTBOX_TABLE_MALFORMED" in d.message.zh for d in losses)
    assert {d.severity for d in losses} == {"loss"}
    (boxes,) = (d for d in found.diagnostics if d.code == "text-box")
    assert boxes.location is not None
    assert "0483-8799980" in (boxes.location.quote or "")
    assert "tracked-changes" in {d.code for d in found.diagnostics}
    assert not any("\ufffc" in b.text for b in found.blocks)
    assert not any(
        d.code == "doc-conversion" for d in readers.read(bytes_of(corpus, "v0.doc"), "x").diagnostics
    )


def test_without_the_converter(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    problem = refused(bytes_of(corpus, "v1.doc"))
    assert problem.code == "converter-missing"
    assert "governance-checker[legacy]" in problem.message.zh


def test_a_password(corpus: Path) -> None:
    data = bytearray(bytes_of(corpus, "v1.doc"))
    data[data.find(b"\xec\xa5") + 11] |= 1  # the flag in the header of the text
    assert refused(bytes(data)).code == "encrypted"


def test_a_docx_with_a_password() -> None:
    problem = _problem(OLE + bytes(2_000) + "EncryptedPackage".encode("utf-16-le") + bytes(2_000))
    assert "密码" in problem.message.zh
    assert problem.fix is not None


def _problem(data: bytes) -> Problem:
    with pytest.raises(InputError) as raised:
        readers.read(data, "report.docx")
    return raised.value.problems[0]


def test_only_the_name_of_a_text_inside() -> None:
    assert refused(OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(4_000)).code == "damaged"


def test_a_file_cut_short(corpus: Path) -> None:
    whole = bytes_of(corpus, "v1.doc")
    for length in range(600, len(whole), len(whole) // 12):
        problem = _problem(whole[:length])
        assert problem.code in ("damaged", "unsupported-kind")


def test_bytes_changed_at_random(corpus: Path) -> None:
    whole, chance = bytes_of(corpus, "v1.doc"), random.Random(5)
    for _ in range(12):
        changed = bytearray(whole)
        for _ in range(40):
            changed[chance.randrange(512, len(whole))] = chance.randrange(256)
        try:
            readers.read(bytes(changed), "report.doc")
        except InputError as error:
            assert error.problems[0].message.zh
