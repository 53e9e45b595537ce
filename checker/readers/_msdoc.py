"""msdoc2docx without files: a report is read where nothing may be written, and the library knows only paths.

Its functions are run as they are, with stand-ins for what they take from the file system. That rests on
how the library is written inside, which is why its version is pinned and this is tried against it.
"""

import io
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from types import FunctionType, SimpleNamespace
from typing import Any

LARGEST_STREAM = 64_000_000
"""Bytes of one stream inside the file."""
MOST_ENTRIES = 10_000
_NO_BOXES = "MAIN_TEXTBOX_TABLE_MALFORMED"
_CONTROLS = re.compile("[\x00-\x1f\ufffc\ufffd]")


class EncryptedError(Exception):
    """The file asks for a password."""


@dataclass(frozen=True, slots=True)
class Made:
    """A DOCX file, what the converter warned of as code and message, and its version.

    boxes: the text of the text boxes, where the converter left them out.
    """

    data: bytes
    warned: Sequence[tuple[str, str]]
    version: str
    boxes: str = ""


class _Path:
    """What the library asks of a path before it writes."""

    name = "report.docx"
    suffix = ".docx"

    @property
    def parent(self) -> "_Path":
        return self

    def resolve(self) -> "_Path":
        return self

    def exists(self) -> bool:
        return False

    def mkdir(self, **_: bool) -> None: ...

    def unlink(self) -> None: ...


def convert(data: bytes) -> Made:
    """Raises ImportError without the library, EncryptedError, and whatever it raises for a damaged file."""
    import doc2docx
    from doc2docx import converter, errors
    from doc2docx.cfb.container import CompoundFile, CompoundFileLimits
    from doc2docx.msdoc import formatting, sprm
    from doc2docx.ooxml import package

    def opened(_: object, *, limits: Any) -> Any:
        return CompoundFile(data, limits=limits)

    read: list[Any] = []

    def pieces(*given: object, **named: object) -> Any:
        read.append(converter.read_piece_table(*given, **named))
        return read[-1]

    def parts(*given: object, **named: object) -> Any:
        read.append(load(*given, **named))
        return read[-1]

    load = _with(converter._load_word_parts, CompoundFile=SimpleNamespace(from_path=opened))
    made = io.BytesIO()
    write = _with(package.write_docx, Path=lambda _: made)
    run = _with(
        converter.convert,
        Path=lambda path: path,
        _load_word_parts=parts,
        read_piece_table=pieces,
        read_formatting=_with(
            formatting.read_formatting,
            apply_character_modifiers=_with(sprm.apply_character_modifiers, replace=_changed),
            apply_paragraph_modifiers=_with(sprm.apply_paragraph_modifiers, replace=_changed),
        ),
        write_docx=write,
        validate_docx=lambda _: None,  # we read it at once
        tempfile=SimpleNamespace(NamedTemporaryFile=lambda **_: nullcontext(SimpleNamespace(name=_Path()))),
        os=SimpleNamespace(chmod=lambda *_: None, replace=lambda *_: None),
    )
    limits = CompoundFileLimits(max(len(data), 1), LARGEST_STREAM, MOST_ENTRIES)
    try:
        result = run(_Path(), _Path(), limits=limits)
    except errors.EncryptedDocumentError:
        raise EncryptedError from None
    warned = [(w.code, w.message) for w in result.report.warnings]
    lost = any(code == _NO_BOXES for code, _ in warned)
    boxes = _box_text(read[0][2], read[1], result.report) if lost else ""
    return Made(made.getvalue(), warned, doc2docx.__version__, boxes)


def _box_text(header: Any, pieces: Any, report: Any) -> str:
    """All text boxes as one text: where each begins could not be told, what they say still can."""
    start = header.textbox_story_cp_start
    text: str = pieces.extract(start, start + header.ccp_textboxes, report, story="textboxes")
    return " ".join(_CONTROLS.sub(" ", text).split())


def _with(function: Any, **names: object) -> Callable[..., Any]:
    """The function with other meanings for some of the names it uses; the library itself is left alone."""
    run = FunctionType(
        function.__code__, {**function.__globals__, **names}, function.__name__, function.__defaults__
    )
    run.__kwdefaults__ = function.__kwdefaults__
    return run


def _changed(noun: Any, **changes: object) -> Any:
    """`dataclasses.replace` for plain dataclasses, where a third of all time went."""
    kind: Any = type(noun)
    values, places = _fields(kind)
    made = list(values(noun))
    for name, value in changes.items():
        made[places[name]] = value
    return kind(*made)


@cache
def _fields(kind: Any) -> tuple[Callable[[object], tuple[object, ...]], dict[str, int]]:
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), {name: place for place, name in enumerate(names)}
