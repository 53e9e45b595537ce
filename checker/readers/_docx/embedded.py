"""Files that a DOCX file takes in whole (altChunk)."""

from dataclasses import replace

from checker.document import Block, Diagnostic, Table
from checker.errors import InputError
from checker.location import Location

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def is_docx(data: bytes) -> bool:
    return data.startswith(_ZIP)


def page(data: bytes, file: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]] | None:
    """The blocks of a web page or text; None for what cannot be read or might take in files itself."""
    from checker import readers  # which reads this file by way of the caller

    if data.startswith((_ZIP, _OLE)):
        return None
    try:
        document = readers.read(data, file)
    except InputError:
        return None
    return document.blocks, document.diagnostics


def within_part(block: Block, part: str) -> Block:
    """The block with its places told as those of a part of the file."""
    table = block.table and _table(block.table, part)
    starts = tuple((offset, moved(place, part)) for offset, place in block.line_starts)
    return replace(block, location=moved(block.location, part), table=table, line_starts=starts)


def _table(table: Table, part: str) -> Table:
    return replace(table, cells=tuple(replace(c, location=moved(c.location, part)) for c in table.cells))


def moved(place: Location, part: str) -> Location:
    return replace(place, path=f"{part} {place.path or ''}".rstrip())
