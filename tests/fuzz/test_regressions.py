"""What fuzzing has found, as small as it could be made: each input is read or refused, and soundly."""

import zipfile
from io import BytesIO

import pytest

from tests.fuzz import soundness


def archive_of(names: dict[str, bytes], renamed: tuple[bytes, bytes]) -> bytes:
    """A zip in whose directory one name is overwritten by bytes that no writer gives."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return stream.getvalue().replace(*renamed)


FOUND = {
    "a member of an archive without a name": archive_of(
        {"word/document.xml": b"<a/>", "xxxx": b""}, (b"xxxx", b"\0xxx")
    ),
}


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_read_or_refused(data: bytes) -> None:
    document = soundness.read(data)
    if document:
        soundness.facts(document)
