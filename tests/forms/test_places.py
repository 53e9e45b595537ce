"""What a report says does not depend on how its form names places, nor on where a page breaks its lines."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from checker import extractors, readers
from checker.document import Block, Document, Table
from checker.facts import Absent, Fact, Facts
from checker.location import Location
from tests.forms import printing
from tests.forms.printing import Tables
from tests.forms.test_layouts import anything

LAYOUTS = [
    printing.flattened,
    printing.markdown,
    printing.html,
    printing.stacked,
    printing.aligned,
    printing.one_cell_a_line,
]
LINE = 17
"""Characters on a line of the pages below."""


def as_pages(document: Document) -> Document:
    """The same document with the places of a PDF: pages and boxes, no lines; its prose broken anew."""
    return replace(document, blocks=tuple(_as_page(b, n) for n, b in enumerate(document.blocks)))


def _as_page(block: Block, number: int) -> Block:
    if block.table is not None:
        return replace(block, location=_box(number, 0), table=_table(block.table, number))
    return replace(block, location=_box(number, 0), line_starts=_starts(block, number))


def _starts(block: Block, number: int) -> tuple[tuple[int, Location], ...]:
    """Prose is broken anew; where lines may be rows of figures they stay as they are."""
    offsets = [offset for offset, _ in block.line_starts]
    if "。" in block.text:
        offsets = list(range(0, len(block.text), LINE))
    return tuple((offset, _box(number, offset)) for offset in offsets)


def _table(table: Table, number: int) -> Table:
    cells = tuple(
        replace(c, location=replace(_box(number, c.row), cell=(1, c.row + 1, c.column + 1), quote=c.text))
        for c in table.cells
    )
    return replace(table, cells=cells)


def _box(number: int, offset: int) -> Location:
    return Location("report.pdf", page=1 + number // 7, box=(70, 20 * number + offset, 500, 20 * number + 99))


def as_paragraphs(document: Document) -> Document:
    """The same document with the places of a DOCX: ordinals only."""
    return replace(document, blocks=tuple(_as_paragraph(b, n) for n, b in enumerate(document.blocks)))


def _as_paragraph(block: Block, number: int) -> Block:
    if block.table is None:
        place = Location("report.docx", paragraph=number + 1)
        return replace(block, location=place, line_starts=tuple((o, place) for o, _ in block.line_starts))
    cells = tuple(
        replace(c, location=Location("report.docx", cell=(number, c.row + 1, c.column + 1), quote=c.text))
        for c in block.table.cells
    )
    return replace(block, location=Location("report.docx"), table=replace(block.table, cells=cells))


def said(facts: Facts) -> Mapping[str, Any]:
    """Everything but the places."""
    told: dict[str, Any] = {name: _said(fact) for name, fact in facts.fields.items()}
    for name, found in facts.collections.items():
        if isinstance(found, Absent):
            told[name] = found.reason
        else:
            told[name] = [(r.key, r.label, {n: _said(f) for n, f in r.fields.items()}) for r in found]
    return told


def _said(fact: Fact) -> object:
    return fact.kind, fact.value, fact.text, fact.note


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=anything())
def test_places_play_no_part_in_what_is_read(layout: Any, tables: Tables) -> None:
    text = printing.report(tables, layout)
    page = f"<html><body>{text}</body></html>" if layout is printing.html else text
    document = readers.read(page.encode(), "report")
    wanted = said(extractors.extract(document))
    assert said(extractors.extract(as_pages(document))) == wanted
    assert said(extractors.extract(as_paragraphs(document))) == wanted
