"""The parts of a ZIP container (DOCX, OFD), under limits.

What the container declares of itself is checked before anything is unpacked, and the bytes are counted
while they are, since what is declared may be a lie. Part names are matched without regard to case, as
both formats ask.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from itertools import islice

from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.location import Location
from checker.readers._refusals import beyond, refusal

MOST_ENTRIES = 2_000
LARGEST_IN_ALL = 200_000_000
"""Bytes of all parts, unpacked."""
LARGEST_PART = 64_000_000
"""Bytes of one part, unpacked."""
RATIO = 100
"""A part of more than SMALL bytes is packed no tighter than this."""
SMALL = 1_000_000

_ENTRY = b"PK\x01\x02"
_HEADER = re.compile(rb"PK\x03\x04")
_CHUNK = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, LookupError, ValueError, OverflowError),
)


def names(data: bytes) -> list[str]:
    """The names of the parts, to tell what a container is; also of one cut short or beyond the limits."""
    if data.count(_ENTRY) <= 10 * MOST_ENTRIES:
        try:
            return zipfile.ZipFile(io.BytesIO(data)).namelist()
        except _DAMAGE:
            pass
    # Without the directory at the end the parts still name themselves, at a fixed place of their headers.
    return [_name(data, match.start()) for match in islice(_HEADER.finditer(data), MOST_ENTRIES)]


def _name(data: bytes, start: int) -> str:
    length = int.from_bytes(data[start + 26 : start + 28], "little")
    return data[start + 30 : start + 30 + length].decode("utf-8", errors="replace")


class Archive:
    """An opened container. Raises InputError for what is damaged, encrypted or beyond the limits."""

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        self._unpacked = 0
        # The library makes an object of every entry, however many there are; a packed package inside
        # this one has entries of its own.
        if data.count(_ENTRY) > 10 * MOST_ENTRIES:
            raise self._too_many()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE:
            raise self._damaged() from None
        self._entries = self._sound(len(data))
        self.names = tuple(info.filename for info in self._entries.values())

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is no such part."""
        info = self._entries.get(_key(name))
        if info is None:
            return None
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    self._check(info, size)
                    pieces.append(chunk)
        except _DAMAGE:
            raise self._damaged(info.filename) from None
        if self._unpacked > LARGEST_IN_ALL:
            raise self._too_large("")
        return b"".join(pieces)

    def _sound(self, size: int) -> dict[str, zipfile.ZipInfo]:
        """The parts by their folded names, once all the container declares of them is within the limits."""
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise self._too_many()
        if sum(info.file_size for info in entries) > LARGEST_IN_ALL:
            raise self._too_large("")
        found: dict[str, zipfile.ZipInfo] = {}
        for info in entries:
            self._check_entry(info, size)
            if _key(info.filename) in found:
                raise self._unsafe_name(info.filename)
            found[_key(info.filename)] = info
        return {key: info for key, info in found.items() if not info.filename.endswith("/")}

    def _check_entry(self, info: zipfile.ZipInfo, size: int) -> None:
        if info.flag_bits & 0x41:
            raise refusal("encrypted", Location(self._file))
        if "\\" in info.orig_filename or ".." in info.filename.split("/"):
            raise self._unsafe_name(info.orig_filename)
        if info.compress_type not in _PACKINGS or info.compress_size > size:
            raise self._damaged(info.filename)
        self._check(info, info.file_size)

    def _check(self, info: zipfile.ZipInfo, size: int) -> None:
        packed = max(1, info.compress_size)
        if size > LARGEST_PART or (size > SMALL and size > RATIO * packed):
            raise self._too_large(info.filename)

    def _too_many(self) -> InputError:
        place = Location(self._file)
        return beyond(place, f"内部的部件超过 {MOST_ENTRIES} 个", f"more than {MOST_ENTRIES} parts inside")

    def _too_large(self, part: str) -> InputError:
        zh, en = (f"部件 {part} ", f"the part {part}") if part else ("内部各部件", "its parts together")
        return beyond(Location(self._file), f"{zh}展开后过大", f"{en} would be too large unpacked")

    def _unsafe_name(self, name: str) -> InputError:
        shown = name[:80]
        message = Bilingual(
            f"文件内部有重名或不合规的部件名（{shown}），不读；请用文字处理软件打开后另存",
            f"a part inside has a name used twice or not allowed ({shown}); the file is not read: "
            "open and save it again with a word processor",
        )
        return refusal("part-name", Location(self._file), message)

    def _damaged(self, part: str = "") -> InputError:
        place = Location(self._file)
        if not part:
            return refusal("damaged", place)
        message = Bilingual(
            f"文件已损坏或不完整（{part}）；请重新取得文件，或打开后另存",
            f"the file is damaged or cut short ({part}); fetch it again, or open it and save it again",
        )
        return refusal("damaged", place, message)


def _key(name: str) -> str:
    return name.lstrip("/").casefold()
