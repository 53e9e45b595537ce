"""What fuzzing has found, as small as it could be made: each input is read or refused, and soundly."""

import zipfile
from io import BytesIO

import pytest

from tests.fuzz import bundles, seeds_docx, soundness, tables


def archive_of(names: dict[str, bytes], renamed: tuple[bytes, bytes]) -> bytes:
    """A zip in whose directory one name is overwritten by bytes that no writer gives."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue().replace(*renamed)


def document_with(body: str) -> bytes:
    bundle = seeds_docx.FRAME.replace("{body}", body).encode()
    return bundles.zipped(bundles.parts_of(bundle))


FIELD = '<w:fldChar w:fldCharType="{}"/>'
"""One of the three characters of a field."""
PDF = b"""%PDF-
1 0 obj<</Pages 2 0 R>>endobj
2 0 obj<</Contents 3 0 R>>
3 0 obj<<>>stream
9 Tf
1 0 0 1 2 7<5e0af0>Tj
0 714 m 540 714 l S
490 742 m 490. l S
endobj
trailer<</Root 1 0 R>>%%EOF"""
FOUND = {
    "a member of an archive without a name": archive_of(
        {"word/document.xml": b"<a/>", "xxxx": b""}, (b"xxxx", b"\0xxx")
    ),
    "a field whose beginning is in a passage that is not read": document_with(
        f"<w:p><w:r><w:ruby><w:rt><w:r>{FIELD.format('begin')}</w:r></w:rt></w:ruby></w:r><w:r><w:t>1</w:t>"
        f"{FIELD.format('separate')}<w:t>2</w:t>{FIELD.format('end')}</w:r></w:p>"
    ),
    "a control character drawn in a cell": PDF,
}
PROGRAMS = {
    "a column without a name": bytes.fromhex(
        "d507b6928cce670243db025d3ad4770bcdcf6c74efbe682bbeec4a92c1b0db101db8777044ad797af826c697"
    ),
}
"""Of tables.py."""


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_read_or_refused(data: bytes) -> None:
    document = soundness.read(data)
    if document:
        soundness.facts(document)


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_extracted(program: bytes) -> None:
    soundness.facts(tables.document(program))
