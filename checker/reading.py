"""One report's bytes → its document and facts, in a process of its own.

Nothing is imported here that only the process needs: the caller goes on with other work meanwhile.
"""

from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.isolation import Limits, Pending, Pool, Subject
from checker.location import Location

if TYPE_CHECKING:
    from checker.document import Document, Provenance
    from checker.facts import Facts

LIMITS = Limits(seconds=60, memory=1024**3)
CONVERTED = Limits(seconds=90, memory=2 * 1024**3)
"""For files another program's format has to be converted from."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WHAT = Bilingual("读取", "reading")
_ADVICE = Bilingual(
    "用制作它的软件打开，确认内容完好，另存一份后再试",
    "open it in the program it was made with, see that it is whole, save it anew and try that",
)


def prepare() -> None:
    """Start the process ahead, where it is known that a report will be read."""
    _POOL.prepare()


def read(data: bytes, file: str) -> "tuple[Document, Facts]":
    """The document and its facts. Raises InputError, also where reading crashed or exceeded its limits."""
    with _POOL.start(_subject(file), limits(data), _read, data, file) as pending:
        return pending.result()


def start(data: bytes, file: str) -> "Pending[tuple[Provenance, Facts]]":
    """Begin to read: its result is the facts and how they were read, and raises as read()."""
    return _POOL.start(_subject(file), limits(data), _read_facts, data, file)


def limits(data: bytes) -> Limits:
    return CONVERTED if data.startswith(_OLE) else LIMITS


def _subject(file: str) -> Subject:
    return Subject(_WHAT, Location(file), _ADVICE)


def _read(data: bytes, file: str) -> "tuple[Document, Facts]":
    from checker import extractors, readers

    document = readers.read(data, file)
    return document, extractors.extract(document)


def _read_facts(data: bytes, file: str) -> "tuple[Provenance, Facts]":
    document, facts = _read(data, file)
    return document.provenance, facts


def _warm() -> None:
    from checker import extractors, readers

    extractors.extractors()
    readers.readers()


_POOL = Pool(_warm, guarded=True, uses=32)
