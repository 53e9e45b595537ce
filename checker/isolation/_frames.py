"""What crosses between the two processes: a length in eight bytes, then so many bytes."""

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any, BinaryIO

LARGEST = 256 * 1024**2
"""Bytes of an answer; more than any document within the limits of its kind comes to."""

_PLAIN = frozenset(
    [
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
    ]
)


Reduce = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The result, or what was raised, or the audit event that was refused.

    fault: what guarded work should never have raised, in words, and where it did. spent: the process has
    grown too large for another task.
    """

    result: object = None
    error: Exception | None = None
    refused: str | None = None
    fault: tuple[str, str] | None = None
    spent: bool = False


def send(stream: BinaryIO, content: bytes) -> None:
    """Raises OSError where nobody reads any more."""
    for part in (len(content).to_bytes(8, "big"), content):
        view = memoryview(part)
        while view:
            view = view[stream.write(view) :]


def receive(stream: BinaryIO) -> bytes | None:
    """None where the other side is gone, or says more than may be said."""
    header = _exactly(stream, 8)
    size = LARGEST + 1 if header is None else int.from_bytes(header, "big")
    return None if size > LARGEST else _exactly(stream, size)


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    parts, wanted = [], size
    while wanted:
        part = stream.read(min(wanted, 1 << 20))
        if not part:
            return None
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def pack(answer: Answer) -> bytes:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _Reducers()
    pickler.dump(answer)
    return stream.getvalue()


def unpack(answer: bytes) -> Answer:
    """The nouns of this package and plain values; a parser taken over cannot make the caller run more."""
    unpacked: Answer = _Nouns(io.BytesIO(answer)).load()
    return unpacked


class _Reducers(dict[type, Reduce]):
    """Frozen dataclasses are made anew by a call, which takes half the time of setting field by field."""

    def __missing__(self, kind: type) -> Reduce:
        if kind in copyreg.dispatch_table:
            return copyreg.dispatch_table[kind]
        names = kind.__match_args__ if _is_plain(kind) else ()  # type: ignore[attr-defined]
        if len(names) < 2:
            raise KeyError(kind)
        values = attrgetter(*names)
        self[kind] = reducer = lambda noun: (kind, values(noun))
        return reducer


def _is_plain(kind: type) -> bool:
    """Whether a call with its fields makes an equal one."""
    if not is_dataclass(kind) or "__reduce__" in kind.__dict__ or hasattr(kind, "__post_init__"):
        return False
    return kind.__dataclass_params__.frozen and all(f.init and not f.kw_only for f in fields(kind))  # type: ignore[attr-defined]


class _Nouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("checker.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not an answer")
