"""The parts of an XLSX file, under limits, and their XML without document types or entities.

What a ZIP file declares about itself is checked before anything is unpacked; the standard library never
unpacks more of a part than was declared.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat  # no entity is ever defined: a document type is refused

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location

LARGEST = 100_000_000
"""Bytes of the file."""
MOST_PARTS = 2_000
LARGEST_PART = 150_000_000
"""Bytes of one part, unpacked."""
LARGEST_IN_ALL = 300_000_000
"""Bytes of all parts, unpacked."""
RATIO = 100
"""A part over a megabyte is packed no tighter than this."""
_DIRECTORY = 1_000_000
_CHUNK = 1 << 16
_TAIL = 66_000

_DAMAGE = (
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, LookupError, ValueError),  # encrypted, odd packing or encoding
)

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Archive:
    """An open XLSX file. Every method raises InputError for what is damaged or beyond the limits."""

    def __init__(self, zipped: zipfile.ZipFile, file: str) -> None:
        self._zip = zipped
        self.file = file

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def parts(self) -> list[str]:
        return self._zip.namelist()

    def parse(self, part: str, start: Start, end: End, text: Text) -> None:
        """A whole part, event by event; elements come under their names as written (see `local`)."""
        for _ in self.parsing(part, start, end, text):
            pass

    def parsing(self, part: str, start: Start, end: End, text: Text) -> Iterator[None]:
        """The same, giving way to the caller after each piece of the part."""
        self._check(part)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._no_document_type
        with _sound(self.file, part), self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
        yield

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece."""
        self._check(part)
        with _sound(self.file, part), self._zip.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def _check(self, part: str) -> None:
        if part not in self:
            raise _damaged(self.file, part)
        info = self._zip.getinfo(part)
        size, packed = info.file_size, max(1, info.compress_size)
        if size > LARGEST_PART or (size > 1_000_000 and size > RATIO * packed):
            zh = f"{part} 展开后过大（{size} 字节）；大的台账请存为 CSV"
            en = f"{part} is too large unpacked ({size} bytes); save a large ledger as CSV"
            raise self.refused("ledger.xlsx-size", zh, en)

    def _no_document_type(self, *_: object) -> None:
        zh, en = (
            "工作簿里有文档类型声明（DTD），不读",
            "the workbook declares a document type (DTD) and is not read",
        )
        raise self.refused("ledger.xlsx-dtd", zh, en)

    def refused(self, code: str, zh: str, en: str) -> InputError:
        return _refused(self.file, code, zh, en)


@contextmanager
def _sound(file: str, part: str) -> Iterator[None]:
    """Turns what a damaged file makes the libraries raise into an InputError."""
    try:
        yield
    except _DAMAGE:
        raise _damaged(file, part) from None


def _damaged(file: str, part: str) -> InputError:
    zh, en = f"工作簿已损坏或加密（{part}）", f"the workbook is damaged or encrypted ({part})"
    return _refused(file, "ledger.xlsx-damaged", zh, en)


def _too_large(file: str) -> InputError:
    zh, en = "工作簿过大；大的台账请存为 CSV", "the workbook is too large; save a large ledger as CSV"
    return _refused(file, "ledger.xlsx-size", zh, en)


def _refused(file: str, code: str, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


@contextmanager
def opened(path: Path, file: str) -> Iterator[Archive]:
    """A ZIP file that is no larger and has no more parts than a workbook."""
    if path.stat().st_size > LARGEST or _directory_size(path) > _DIRECTORY:
        raise _too_large(file)
    with _sound(file, "ZIP"):
        zipped = zipfile.ZipFile(path)
    with zipped:
        parts = zipped.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_IN_ALL:
            raise _too_large(file)
        yield Archive(zipped, file)


def _directory_size(path: Path) -> int:
    """Bytes of the list of parts, as the end of the file says: the library loads it whatever its size."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        tail = stream.read()
    sizes = [0]
    for mark, offset, form in ((b"PK\x05\x06", 12, "<L"), (b"PK\x06\x06", 40, "<Q")):
        at = tail.rfind(mark)
        width = struct.calcsize(form)
        if 0 <= at <= len(tail) - offset - width:
            size: int = struct.unpack_from(form, tail, at + offset)[0]
            sizes.append(0 if size == 0xFFFFFFFF else size)
    return max(sizes)
