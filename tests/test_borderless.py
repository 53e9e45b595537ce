"""Tables without rules, pages that are pictures, fonts without a map to characters: nothing wrong is read.

The reports in corpus/forms/borderless are v1 of the forms, whose truth they share.
"""

from pathlib import Path

import pytest

from checker import extractors, pipeline, readers
from checker.document import Document
from checker.errors import InputError
from tests.forms_of_reports import official_cells, truth
from tests.test_forms_agree import IDENTITIES

UNRULED = ("none.pdf", "hrules.pdf")
PAGES_WITH_TABLES = {2, 3, 4}
LEAST_RIGHT = 185
"""Of 200. What has its label and its sum beside it is read from the text; the other cells are left open."""


def path_of(corpus: Path, name: str) -> Path:
    return corpus / "forms" / "borderless" / name


def read(corpus: Path, name: str) -> Document:
    return readers.read(path_of(corpus, name).read_bytes(), name)


@pytest.mark.parametrize("name", UNRULED)
def test_the_loss_of_every_table_is_named_with_its_page(corpus: Path, name: str) -> None:
    document = read(corpus, name)
    lost = [d for d in document.diagnostics if d.severity == "loss"]
    assert {d.code for d in lost} == {"table-not-recovered"}
    assert {d.location.page for d in lost if d.location} == PAGES_WITH_TABLES
    assert not any(b.table for b in document.blocks)


@pytest.mark.parametrize("name", [*UNRULED, "none.html", "hrules.html"])
def test_no_cell_is_wrong(corpus: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = official_cells(extractors.extract(read(corpus, name)))
    wanted = [cell.number for cell in truth(corpus, "v1").numbers]
    pairs = list(zip(told, wanted, strict=True))
    wrong = [(n, one, other) for n, (one, other) in enumerate(pairs) if one not in (None, other)]
    right = sum(1 for one, other in pairs if one == other)
    with capsys.disabled():
        print(
            f"\nborderless/{name}: {right} right, {len(pairs) - right - len(wrong)} open, {len(wrong)} wrong"
        )
    assert not wrong
    assert right >= (LEAST_RIGHT if name in UNRULED else len(pairs))


@pytest.mark.parametrize("name", UNRULED)
def test_what_is_left_open_is_no_finding(corpus: Path, name: str) -> None:
    done = pipeline.assess(path_of(corpus, name), "annual-report")
    found = {f.rule: f.outcome.value for f in done.findings}
    assert not [rule for rule in IDENTITIES if found[rule] in ("fail", "partial", "pending")]
    assert found["annual-report/suit-after-review-sum"] == "unknown"


def test_a_scanned_page_says_that_it_has_no_text(corpus: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(corpus, "scanned.pdf")
    (problem,) = caught.value.problems
    assert problem.code == "no-text"
    assert "扫描" in problem.message.zh


@pytest.mark.parametrize("name", ["cid_gbk.pdf", "cid_unigb.pdf"])
def test_fonts_known_by_their_character_set_alone_are_read(corpus: Path, name: str) -> None:
    texts = [b.text for b in read(corpus, name).blocks]
    assert texts == ["主动公开政府信息3089条，行政许可（一）"]
