"""Bytes to Document.

One reader a file in this package, found by listing it; the kind is told by the bytes, never by the name.
A module that offers `convert` in the place of `read` turns its kind into one that is read.
"""

import hashlib
import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import Protocol, cast

from checker.bilingual import Bilingual
from checker.document import Document, Source
from checker.errors import InputError, Problem
from checker.location import Location
from checker.readers import _decoding, _joining, _kinds
from checker.readers._content import Content, Converted

MEGABYTE = 1_000_000


class Reader(Protocol):
    """What a module of this package declares.

    The first reader in the order of `rank`, then of name, that recognises a file reads it.
    """

    KIND: str
    LABEL: Bilingual
    LIMIT: int
    """Bytes a file of this kind may have."""
    RANK: int

    def recognises(self, content: Content) -> bool:
        """Whether the file is of this kind."""

    def read(self, content: Content, source: Source) -> Document:
        """The blocks of the file; raises InputError where it cannot be read safely."""


class Converter(Reader, Protocol):
    """What a module declares whose kind is read by way of another."""

    def convert(self, content: Content, file: str) -> Converted:
        """The file as another kind; raises InputError where that cannot be done."""


def read(data: bytes, file: str) -> Document:
    """Read one file into a Document.

    Raises InputError for an empty or oversized file, a kind no reader knows, and a file without text.
    """
    _check_size(len(data), max(r.LIMIT for r in readers()), file)
    content = _content(data, file)
    reader = next((r for r in readers() if r.recognises(content)), None)
    if reader is None:
        advice = _kinds.ADVICE.get(content.kind[0]) if content.kind else None
        raise InputError([Problem("unsupported-kind", _unsupported(content), Location(file), fix=advice)])
    _check_size(len(data), reader.LIMIT, file)
    source = Source(file, hashlib.sha256(data).hexdigest(), len(data), reader.KIND, content.encoding)
    if hasattr(reader, "convert"):
        return _read_converted(cast("Converter", reader), content, source)
    document = _joining.joined(reader.read(content, source))
    if not any(b.text.strip() or b.table for b in document.blocks):
        raise _refusal("no-text", Bilingual("文件里没有文字", "the file has no text"), file)
    return replace(document, diagnostics=content.diagnostics + document.diagnostics)


def _content(data: bytes, file: str) -> Content:
    kind = _kinds.of_bytes(data)
    if kind is not None:
        return Content(data, kind)
    decoded = _decoding.decode(data)
    if decoded is None:
        raise _refusal("undecodable", _undecodable(), file)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u3000\xa0\0"):
        raise _refusal("empty-file", Bilingual("文件是空的", "the file is empty"), file)
    text = decoded.text.replace("\0", " ")
    return Content(data, _kinds.of_text(text), text, decoded.encoding, decoded.diagnostics(file))


def _read_converted(converter: Converter, content: Content, source: Source) -> Document:
    """The document of the converted bytes, told as what was handed in."""
    converted = converter.convert(content, source.file)
    document = read(converted.data, source.file)
    told = replace(source, converter=converted.converter, encoding=document.source.encoding)
    return Document(told, document.blocks, converted.diagnostics + document.diagnostics)


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, in the order in which they are asked."""
    names = (m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    found = (cast("Reader", importlib.import_module(f"{__name__}.{name}")) for name in sorted(names))
    return tuple(sorted(found, key=lambda r: r.RANK))


def _check_size(size: int, limit: int, file: str) -> None:
    if size > limit:
        found, allowed = f"{size / MEGABYTE:.1f}", f"{limit // MEGABYTE}"
        message = Bilingual(
            f"文件有 {found} MB，超过上限 {allowed} MB",
            f"the file has {found} MB, more than the limit of {allowed} MB",
        )
        raise _refusal("too-large", message, file)


def _unsupported(content: Content) -> Bilingual:
    name = content.kind[1] if content.kind else Bilingual("文本", "text")
    labels = [r.LABEL for r in readers()]
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
