"""Bytes to Document.

One reader a file in this package, found by listing it; the kind is told by the bytes, never by the name.
A module that offers `convert` in the place of `read` turns its kind into one that is read.
"""

import hashlib
import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import Protocol, cast, runtime_checkable

from checker.bilingual import Bilingual
from checker.document import Document, Source
from checker.errors import InputError
from checker.location import Location
from checker.readers import _decoding, _joining, _kinds
from checker.readers._content import Content, Converted
from checker.readers._refusals import refusal

MEGABYTE = 1_000_000


class Reader(Protocol):
    """What every module of this package declares, beside what one of the two below asks for.

    The first reader in the order of `rank`, then of name, that recognises a file reads it.
    """

    KIND: str
    LABEL: Bilingual
    LIMIT: int
    """Bytes a file of this kind may have."""
    RANK: int

    def recognises(self, content: Content) -> bool:
        """Whether the file is of this kind."""


class Direct(Reader, Protocol):
    """What a module declares whose kind is read as it is."""

    def read(self, content: Content, source: Source) -> Document:
        """The blocks of the file; raises InputError where it cannot be read safely."""


@runtime_checkable
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
        raise _not_read(content, file)
    _check_size(len(data), reader.LIMIT, file)
    source = Source(file, hashlib.sha256(data).hexdigest(), len(data), reader.KIND, content.encoding)
    if isinstance(reader, Converter):
        return _read_converted(reader, content, source)
    document = _joining.joined(reader.read(content, source))
    if not any(b.text.strip() or b.table for b in document.blocks):
        raise refusal("no-text", Location(file))
    return replace(document, diagnostics=content.diagnostics + document.diagnostics)


def _content(data: bytes, file: str) -> Content:
    kind = _kinds.of_bytes(data)
    if kind is not None:
        return Content(data, kind)
    decoded = _decoding.decode(data)
    if decoded is None:
        raise refusal("undecodable", Location(file))
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u3000\xa0\0"):
        raise refusal("empty-file", Location(file))
    text = decoded.text.replace("\0", " ")
    return Content(data, _kinds.of_text(text), text, decoded.encoding, decoded.diagnostics(file))


def _read_converted(converter: Converter, content: Content, source: Source) -> Document:
    """The document of the converted bytes, told as what was handed in."""
    converted = converter.convert(content, source.file)
    document = read(converted.data, source.file)
    told = replace(source, converter=converted.converter, encoding=document.source.encoding)
    return Document(told, document.blocks, converted.diagnostics + document.diagnostics)


@cache
def readers() -> tuple[Direct | Converter, ...]:
    """All readers, in the order in which they are asked."""
    names = (m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    found = (
        cast("Direct | Converter", importlib.import_module(f"{__name__}.{name}")) for name in sorted(names)
    )
    return tuple(sorted(found, key=lambda r: r.RANK))


def _check_size(size: int, limit: int, file: str) -> None:
    if size > limit:
        found, allowed = f"{size / MEGABYTE:.1f}", f"{limit // MEGABYTE}"
        message = Bilingual(
            f"文件有 {found} MB，超过上限 {allowed} MB",
            f"the file has {found} MB, more than the limit of {allowed} MB",
        )
        raise refusal("too-large", Location(file), message)


def _not_read(content: Content, file: str) -> InputError:
    """No reader wants the file: it is locked, or of a kind that is not read."""
    kind, name = content.kind or ("text", Bilingual("文本", "text"))
    advice = _kinds.ADVICE.get(kind)
    if kind == "encrypted":
        return refusal("encrypted", Location(file), fix=advice)
    labels = [r.LABEL for r in readers()]
    message = Bilingual(
        f"这是{name.zh}，本工具不读这种文件；能读的是：{'、'.join(label.zh for label in labels)}",
        f"this is {name.en}; this kind is not read; {', '.join(label.en for label in labels)} are",
    )
    return refusal("unsupported-kind", Location(file), message, advice)
