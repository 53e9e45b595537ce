"""Tables without rules, pages that are pictures, fonts without a map to characters: nothing wrong is read.

The reports in corpus/forms/borderless are v1 of the forms, whose truth they share.
"""

from pathlib import Path

import pytest

from checker import extractors, pipeline, readers
from checker.bilingual import Bilingual
from checker.document import Block, Diagnostic, Document, Source
from checker.errors import InputError
from checker.facts import Kind
from checker.location import Location
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


FRAME_OF_TABLES = (
    "table-rows-complete",
    "table-row-labels",
    "table-shape",
    "no-extra-rows",
    "tables-present",
)


@pytest.mark.parametrize("name", UNRULED)
def test_what_a_lost_table_does_not_show_is_not_held_against_the_report(corpus: Path, name: str) -> None:
    done = pipeline.assess(path_of(corpus, name), "annual-report")
    found = {f.rule: f.outcome.value for f in done.findings}
    assert {found[f"annual-report/{rule}"] for rule in FRAME_OF_TABLES} <= {"pass", "unknown"}
    assert found["annual-report/table-rows-complete"] == "unknown"


def _document(*lines: str, lost: bool) -> Document:
    said = Diagnostic("table-not-recovered", Bilingual("未读", "not read"), Location("r.pdf", page=1), "loss")
    blocks = tuple(Block("paragraph", line, Location("r.pdf", page=1)) for line in lines)
    return Document(Source("r.pdf", "0", 1, "pdf"), blocks, (said,) if lost else ())


HALF_A_TABLE = (
    "某局2024年政府信息公开工作年度报告",
    "一、总体情况",
    "没有数字。",
    "二、主动公开政府信息情况",
    "规章 1 2 3",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


@pytest.mark.parametrize(("lost", "kind"), [(True, Kind.UNREADABLE), (False, Kind.FLAG)])
def test_a_row_or_table_not_found_is_open_only_where_a_table_was_lost(lost: bool, kind: Kind) -> None:
    facts = extractors.extract(_document(*HALF_A_TABLE, lost=lost))
    rows = {r.key: r for r in facts.records("table_rows")}
    tables = {r.key: r for r in facts.records("tables")}
    assert rows["disclosure/regulations"].fields["found"].value is True
    assert rows["disclosure/licences"].fields["found"].kind is kind
    assert tables["applications"].fields["present"].kind is kind


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
