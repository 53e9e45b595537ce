"""What a test looks at in what was read."""

import pytest

from checker import readers
from checker.document import Document, Table
from checker.errors import InputError, Problem


def shape(document: Document) -> list[tuple[str, str]]:
    """Kind and text of every block."""
    return [(b.kind, b.text) for b in document.blocks]


def prose(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind in ("heading", "paragraph")]


def the_table(document: Document) -> Table:
    """The only table there is."""
    (found,) = (b.table for b in document.blocks if b.kind == "table")
    assert found is not None
    return found


def grid(found: Table) -> list[tuple[int, int, int, int, str]]:
    """Row, column, spans and text of every cell."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found.cells]


def codes(document: Document) -> list[str]:
    return [d.code for d in document.diagnostics]


def told(document: Document) -> list[tuple[str, str]]:
    """Code and severity of every diagnostic."""
    return [(d.code, d.severity) for d in document.diagnostics]


def refused(data: bytes, file: str) -> Problem:
    """The one reason for which a file is not read, in both languages and with the file."""
    with pytest.raises(InputError) as caught:
        readers.read(data, file)
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert problem.location.file == file
    assert problem.message.zh != problem.message.en
    return problem
