"""A real report as its office published it in PDF: cells, places, and the same facts as its two texts.

The texts were made from this PDF by others. They set blanks between Chinese and figures, as a converter does;
one of them lost the order of labels and figures, so that two labels were not read whole.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from checker import extractors, readers
from checker.document import Document
from checker.facts import Absent, Fact, Facts, Kind, Record
from checker.location import Location
from tests.real_reports import facts_of_report, path_of

PDF = "hongze-2024-pdf"
TEXTS = ("hongze-2024", "hongze-2024-in-reading-order")
PAGES = 5


@pytest.fixture(scope="module")
def document(corpus: Path) -> Document:
    path = path_of(corpus, PDF)
    return readers.read(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def facts(document: Document) -> Facts:
    return extractors.extract(document)


def said(facts: Facts) -> dict[str, Any]:
    """All facts without places and blanks."""
    told: dict[str, Any] = {name: _said(fact) for name, fact in facts}
    for name, found in facts.collections.items():
        told[name] = (
            found.reason
            if isinstance(found, Absent)
            else {r.key: (_tight(r.label.zh), {n: _said(f) for n, f in r.fields.items()}) for r in found}
        )
    return told


def _said(fact: Fact) -> object:
    value = _tight(fact.value) if isinstance(fact.value, str) else fact.value
    return fact.kind, value, _tight(fact.text), fact.note


def _tight(text: str) -> str:
    return "".join(text.split())


def test_the_same_facts_as_the_text_in_page_layout(corpus: Path, facts: Facts) -> None:
    ours, theirs = said(facts), said(facts_of_report(corpus, TEXTS[0]))
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} == set()


def test_the_same_facts_as_the_text_in_reading_order_but_for_labels_it_tore(
    corpus: Path, facts: Facts
) -> None:
    ours, theirs = said(facts), said(facts_of_report(corpus, TEXTS[1]))
    assert {name for name in ours if ours[name] != theirs[name]} == {"table_rows"}
    rows = {k for k, row in ours["table_rows"].items() if row != theirs["table_rows"][k]}
    assert rows == {"applications/refused_other_law", "disclosure/fees"}
    assert {theirs["table_rows"][k][1]["label_official"][0] for k in rows} == {Kind.MISSING}


def test_the_prose_of_one_office_stands_beside_the_table_of_the_district(facts: Facts) -> None:
    (claim,) = facts.records("claims.applications_received")
    assert (claim.fields["value"].value, claim.fields["whole"].value) == (17, False)
    assert facts.fields["applications.new.total"].value == 95


def test_every_cell_names_its_page_its_box_and_its_cell(facts: Facts) -> None:
    cells = facts.records("cells")
    places = [place for record in cells for place in record.locations]
    assert len(places) == len(cells) == 186
    for place in places:
        assert place.page is not None and 1 <= place.page <= PAGES
        assert place.box is not None and place.box[0] < place.box[2] and place.box[1] < place.box[3]
        assert place.cell is not None
    assert len({(p.page, p.cell) for p in places}) == len(cells)
    assert len({(p.page, p.box) for p in places}) == len(cells)


def test_rows_follow_each_other_down_the_page(facts: Facts) -> None:
    """A person who opens the page finds the rows below each other in the order of the form."""
    tops = [_top(record) for record in facts.records("applications.rows")]
    assert tops == sorted(tops)
    assert len({page for page, _ in tops}) > 1


def _top(record: Record) -> tuple[int, int]:
    place: Location = record.fields["total"].locations[0]
    assert place.page is not None and place.box is not None
    return place.page, place.box[1]


def test_page_numbers_are_no_text_of_the_report_and_said_so(document: Document) -> None:
    texts = [b.text.strip() for b in document.blocks if b.kind in ("heading", "paragraph")]
    assert not any(text.strip("-－—– ").isdecimal() for text in texts)


def test_what_was_put_together_is_recorded(document: Document) -> None:
    kinds = {d.severity for d in document.diagnostics}
    assert "loss" not in kinds, json.dumps([d.message.zh for d in document.diagnostics], ensure_ascii=False)
    assert "repair" in kinds
    for diagnostic in document.diagnostics:
        assert diagnostic.location is not None
        assert diagnostic.location.page in range(1, PAGES + 1)
