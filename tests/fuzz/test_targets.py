"""Every target of `make fuzz` runs on what it starts from, and notices what it is there to notice."""

import random

import pytest

from checker import extractors, readers
from checker.document import Block, Document
from checker.location import Location
from tests.fuzz import bundles, seeds_docx, shrinking, soundness, tables, trees
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read_or_refused(name: str) -> None:
    inputs = list(TARGETS[name].seeds())
    assert inputs
    for data in inputs:
        assert len(data) <= TARGETS[name].longest
        TARGETS[name].run(data)


@pytest.mark.parametrize("name", [n for n in TARGETS if TARGETS[n].changed])
def test_changes_leave_something_to_read(name: str) -> None:
    change, chance = TARGETS[name].changed, random.Random(5)
    assert change
    made = {change(data, chance) for data in TARGETS[name].seeds() for _ in range(3)}
    assert len(made - {None}) > 5
    assert change(b"", chance) is None


def test_what_a_bundle_holds_comes_back() -> None:
    parts = {"a/b.xml": b"<a/>\n", "c": "\u4e00".encode()}
    assert dict(bundles.parts_of(bundles.packed(parts))) == parts
    assert bundles.of_zip(bundles.zipped(list(parts.items()))) == bundles.packed({"a/b.xml": b"<a/>\n"})
    assert bundles.parts_of(b"no part") == []


def test_a_changed_part_stays_well_formed() -> None:
    chance = random.Random(1)
    for bundle in list(seeds_docx.docx())[:2]:
        changed = trees.changed_bundle(bundle, chance)
        assert changed
        assert len(bundles.parts_of(changed)) == len(bundles.parts_of(bundle))


def test_a_reader_that_fails_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, file: str) -> Document:
        raise IndexError

    monkeypatch.setattr(readers, "read", fail)
    with pytest.raises(IndexError):
        TARGETS["text"].run(b"x")


def test_an_extractor_that_fails_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractors, "outline", lambda document: document.blocks[10**6])
    with pytest.raises(IndexError):
        TARGETS["facts"].run(bytes(8))


def test_places_of_another_file_are_noticed() -> None:
    there = Block("paragraph", "x", Location("elsewhere"))
    with pytest.raises(AssertionError):
        soundness.check(Document(tables.SOURCE, (there,)))


def test_cells_that_lie_on_one_another_are_noticed() -> None:
    document = tables.document(b"\1" + bytes(7))
    soundness.check(document)
    block = next(b for b in document.blocks if b.table)
    assert block.table
    cells = (*block.table.cells, block.table.cells[0])
    doubled = Block("table", "", block.location, table=type(block.table)(99, 99, cells, exact=True))
    with pytest.raises(AssertionError):
        soundness.check(Document(tables.SOURCE, (doubled,)))


def test_shrinking_keeps_the_failure() -> None:
    def fails(data: bytes) -> None:
        assert b"<bad>" not in data
        if b"x" in data:
            raise ValueError

    assert shrinking.shrunk(fails, b"some <bad> text with x in it") == b"<bad>"
    with pytest.raises(SystemExit):
        shrinking.shrunk(fails, b"fine")
