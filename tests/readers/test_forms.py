"""One report in many file forms, read against its hand-written truth; prints a line of figures a form.

Numbers, labels and slots are counted in v1 to v3, as in the measurements the least figures come from: in v0
every number is 0, and a misplaced one looks right. Prose and headings are counted in v0 to v3.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checker import comparison
from checker.document import Document, Table
from tests.forms_of_reports import (
    ADDED,
    FLATTENED,
    FORMS,
    Score,
    beyond_the_report,
    document,
    prose_of,
    score,
    score_of,
    tables_of,
    truth,
    version_of,
)

FILES = [name for names in FORMS.values() for name in names]
COUNTED = ("v1", "v2", "v3")

# labels of 237, slots of 1,188, prose of 96, headings below the title of 32. A form with fewer files than
# four has its share. Markdown has no merged cells: what a span covers there is empty.
LEAST = {
    "HTML": (237, 1188, 96, 32),
    "DOCX": (237, 1188, 96, 32),
    "DOC": (236, 1184, 96, 32),
    "WPS": (79, 396, 24, 8),
    "PDF (LibreOffice)": (237, 1188, 95, 32),
    "PDF (Chromium)": (237, 1188, 96, 32),
    "OFD": (237, 1188, 95, 32),
    "text": (237, 1188, 96, 32),
    "Markdown": (79, 279, 24, 8),
}
# Labels and slots: a text without the second line of its header cells, a title doubled in the DOC itself,
# a header note cut by the end of a page, and no merged cells in Markdown.
LOST_IN_THE_FILE = {
    "v0.txt": (68, 382),
    "v2.doc": (78, 392),
    "v0_lo.pdf": (78, 387),
    "v0.ofd": (78, 387),
    "v1.md": (79, 279),
}


@pytest.fixture(scope="module")
def tally(request: pytest.FixtureRequest) -> Iterator[dict[str, Score]]:
    """Scores by form, printed at the end."""
    scores: dict[str, Score] = {}
    yield scores
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\ncells, labels and slots of v1 to v3, prose and headings of v0 to v3:")
        for form, found in scores.items():
            print(f"  {form:18}{found}")


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_where_the_truth_has_it(corpus: Path, name: str) -> None:
    found, true = score(corpus, name), truth(corpus, version_of(name))
    assert not found.faults
    assert (found.right, found.unreadable) == (len(true.numbers), 0)
    assert (found.labels, found.slots) == LOST_IN_THE_FILE.get(name, (79, 396))
    tables = tables_of(document(corpus, name))
    assert [(t.rows, t.columns) for t in tables] == [(14, 4), (28, 10), (4, 15)]
    assert {t.exact for t in tables} == {name not in FLATTENED}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_the_measurements_recovered_is_lost(corpus: Path, form: str, tally: dict[str, Score]) -> None:
    total = Score()
    for name in FORMS[form]:
        found = score(corpus, name)
        if version_of(name) not in COUNTED:
            found = Score(prose=found.prose, headings=found.headings)
        total += found
    tally[form] = total
    counted = sum(1 for name in FORMS[form] if version_of(name) in COUNTED)
    assert (total.right, total.unreadable, total.wrong) == (200 * counted, 0, 0)
    reached = (total.labels, total.slots, total.prose, total.headings)
    assert all(n >= least for n, least in zip(reached, LEAST[form], strict=True)), reached


@pytest.mark.parametrize("name", FILES)
def test_prose_is_complete_and_in_order(corpus: Path, name: str) -> None:
    own = ADDED.get(name, ())
    assert beyond_the_report(corpus, name) == list(own)
    read = [comparison.squeeze(b.text) for b in prose_of(document(corpus, name))]
    assert [words for words in read if words not in own] == list(truth(corpus, version_of(name)).prose)


@pytest.mark.parametrize("name", FILES)
def test_headings_have_their_levels(corpus: Path, name: str) -> None:
    """The title is a heading where the file marks it; the others are told by their numerals in any form."""
    wanted = truth(corpus, version_of(name)).levels
    found = {
        comparison.squeeze(b.text): b.level for b in document(corpus, name).blocks if b.kind == "heading"
    }
    assert {t: n for t, n in found.items() if n > 1} == {t: n for t, n in wanted.items() if n > 1}
    assert found.items() <= wanted.items()


# What the figures above are worth


def with_table(read: Document, number: int, change: Callable[[Table], Table | None]) -> Document:
    """The document with its n-th table changed, or left out."""
    place = [i for i, b in enumerate(read.blocks) if b.table][number]
    block, blocks = read.blocks[place], list(read.blocks)
    assert block.table is not None
    changed = change(block.table)
    blocks[place : place + 1] = [] if changed is None else [replace(block, table=changed)]
    return replace(read, blocks=tuple(blocks))


def shifted(table: Table) -> Table:
    """The figures of one row moved by one column, as a lost merged cell moves them."""
    cells = (
        replace(c, column=c.column - 1) if c.row == 3 and c.column > 3 else c
        for c in table.cells
        if (c.row, c.column) != (3, 3)
    )
    return replace(table, cells=tuple(cells))


def ungrouped(table: Table) -> Table:
    return replace(table, cells=tuple(replace(c, text=c.text.replace(",", "")) for c in table.cells))


@pytest.mark.parametrize(
    ("change", "right", "unreadable", "wrong"),
    [
        (shifted, 193, 0, 7),
        (ungrouped, 190, 0, 10),
        (
            lambda table: replace(table, rows=10, cells=tuple(c for c in table.cells if c.row < 10)),
            74,
            126,
            0,
        ),
        (lambda table: None, 25, 175, 0),
    ],
    ids=["shifted", "ungrouped", "cut off", "lost"],
)
def test_the_count_tells_wrong_from_lost(
    corpus: Path, change: Callable[[Table], Table | None], right: int, unreadable: int, wrong: int
) -> None:
    damaged = with_table(document(corpus, "v1.html"), 1, change)
    found = score_of(damaged, truth(corpus, "v1"), "v1.html")
    assert (found.right, found.unreadable, found.wrong) == (right, unreadable, wrong)
    assert len(found.faults) == wrong
