"""Bytes to Document.

One reader a file in this package, found by listing it; the kind is told by the bytes, never by the name.
"""

import hashlib
import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from checker.bilingual import Bilingual
from checker.document import Document, Source
from checker.errors import InputError, Problem
from checker.location import Location
from checker.readers import _decoding, _kinds

MEGABYTE = 1_000_000


class Reader(Protocol):
    """What a module of this package declares.

    The first reader in the order of `rank`, then of name, that recognises a text reads it.
    """

    KIND: str
    LABEL: Bilingual
    LIMIT: int
    """Bytes a file of this kind may have."""
    RANK: int

    def recognises(self, text: str) -> bool:
        """Whether the text is of this kind."""

    def read(self, text: str, source: Source) -> Document:
        """The blocks of the text; raises InputError where it cannot be read safely."""


def read(data: bytes, file: str) -> Document:
    """Read one file into a Document.

    Raises InputError for an empty or oversized file, a kind no reader knows, and a file without text.
    """
    kind = _kinds.of_bytes(data)
    if kind is not None:
        raise _refusal("unsupported-kind", _unsupported(kind[1]), file)
    _check_size(len(data), max(r.LIMIT for r in _readers()), file)
    decoded = _decoding.decode(data)
    if decoded is None:
        raise _refusal("undecodable", _undecodable(), file)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u3000\xa0\0"):
        raise _refusal("empty-file", Bilingual("文件是空的", "the file is empty"), file)
    return _read_text(decoded, data, file)


def _read_text(decoded: _decoding.Decoded, data: bytes, file: str) -> Document:
    text = decoded.text.replace("\0", " ")
    kind = _kinds.of_text(text)
    if kind is not None:
        raise _refusal("unsupported-kind", _unsupported(kind[1]), file)
    reader = next(r for r in _readers() if r.recognises(text))
    _check_size(len(data), reader.LIMIT, file)
    source = Source(file, hashlib.sha256(data).hexdigest(), len(data), reader.KIND, decoded.encoding)
    document = reader.read(text, source)
    if not any(b.text.strip() or b.table for b in document.blocks):
        raise _refusal("no-text", Bilingual("文件里没有文字", "the file has no text"), file)
    return Document(source, document.blocks, decoded.diagnostics(file) + document.diagnostics)


@cache
def _readers() -> tuple[Reader, ...]:
    names = (m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    readers = (cast("Reader", importlib.import_module(f"{__name__}.{name}")) for name in sorted(names))
    return tuple(sorted(readers, key=lambda r: r.RANK))


def _check_size(size: int, limit: int, file: str) -> None:
    if size > limit:
        found, allowed = f"{size / MEGABYTE:.1f}", f"{limit // MEGABYTE}"
        message = Bilingual(
            f"文件有 {found} MB，超过上限 {allowed} MB",
            f"the file has {found} MB, more than the limit of {allowed} MB",
        )
        raise _refusal("too-large", message, file)


def _unsupported(name: Bilingual) -> Bilingual:
    labels = [r.LABEL for r in _readers()]
    return Bilingual(
        f"这是{name.zh}，本工具不读这种文件；能读的是：{'、'.join(label.zh for label in labels)}",
        f"this is {name.en}; this kind is not read; {', '.join(label.en for label in labels)} are",
    )


def _undecodable() -> Bilingual:
    return Bilingual(
        "不是可读的文本：按 UTF-8、UTF-16、GB 18030 和 Big5 都读不出中文",
        "no readable text: neither UTF-8, UTF-16, GB 18030 nor Big5 gives Chinese",
    )


def _refusal(code: str, message: Bilingual, file: str) -> InputError:
    return InputError([Problem(code, message, Location(file))])
