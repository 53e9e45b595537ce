"""What holds of every document and of all facts, whatever was read. A breach is an AssertionError."""

from collections.abc import Iterator
from decimal import Decimal

from checker import readers
from checker.document import Block, Document, Table
from checker.errors import InputError
from checker.extractors import extract, vocabulary
from checker.facts import Fact, Kind
from checker.location import Location

FILE = "report"


def read(data: bytes) -> Document | None:
    """The document, or None where the file is refused as it should be."""
    try:
        document = readers.read(data, FILE)
    except InputError as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.message.zh.encode()
            assert problem.message.en.encode()
        return None
    check(document)
    return document


def facts(document: Document) -> None:
    """Extract; what is found is declared, its numbers are numbers and its places are in the file."""
    try:
        found = extract(document)
    except InputError as refused:
        assert refused.problems
        return
    known = vocabulary()
    assert found.fields.keys() <= known.fields.keys()
    assert found.collections.keys() <= known.collections.keys()
    for fact in found.fields.values():
        _fact(fact)
    for name in found.collections:
        declared = {field.name for field in known.collections[name].fields}
        for record in found.records(name):
            assert record.fields.keys() <= declared
            assert record.label.zh.encode()
            for place in record.locations:
                _place(place)
            for fact in record.fields.values():
                _fact(fact)


def _fact(fact: Fact) -> None:
    fact.text.encode()
    assert (fact.kind is Kind.NUMBER) == isinstance(fact.value, Decimal)
    assert not isinstance(fact.value, Decimal) or fact.value.is_finite()
    for place in fact.locations:
        _place(place)


def check(document: Document) -> None:
    assert document.source.file == FILE
    for block in document.blocks:
        _block(block)
    for diagnostic in document.diagnostics:
        assert diagnostic.message.zh.encode()
        assert diagnostic.message.en.encode()
        if diagnostic.location:
            _place(diagnostic.location)


def _block(block: Block) -> None:
    block.text.encode()
    assert block.table or block.kind != "table"
    offsets = [offset for offset, _ in block.line_starts]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(block.text) for offset in offsets)
    for place in (block.location, block.locate(0, len(block.text)), *(p for _, p in block.line_starts)):
        _place(place)
    if block.table:
        _table(block.table)


def _table(table: Table) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        assert "\n" not in cell.text
        cell.text.encode()
        _place(cell.location)
        assert cell.row_span >= 1
        assert cell.column_span >= 1
        assert 0 <= cell.row <= cell.row + cell.row_span <= table.rows
        assert cell.column >= 0
        if table.exact:
            assert cell.column + cell.column_span <= table.columns
            slots = set(_slots(cell.row, cell.column, cell.row_span, cell.column_span))
            assert not slots & taken
            taken |= slots


def _slots(row: int, column: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    return ((r, c) for r in range(row, row + rows) for c in range(column, column + columns))


def _place(place: Location) -> None:
    assert place.file == FILE
    (place.quote or "").encode()
    for ordinal in (place.line, place.character, place.page, place.paragraph, *(place.cell or ())):
        assert ordinal is None or ordinal >= 1
    if place.box:
        left, top, right, bottom = place.box
        assert left <= right
        assert top <= bottom
        assert all(isinstance(edge, int) for edge in place.box)
