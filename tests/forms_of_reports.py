"""One report in many file forms (corpus/forms): its truth, and how much of it a reading gives."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from checker import comparison, readers
from checker.document import Block, Document, Table
from checker.facts import Facts, Kind
from checker.forms import grids

VERSIONS = ("v0", "v1", "v2", "v3")
FORMS: dict[str, tuple[str, ...]] = {
    "HTML": tuple(f"{v}.html" for v in VERSIONS),
    "DOCX": tuple(f"{v}.docx" for v in VERSIONS),
    "DOC": tuple(f"{v}.doc" for v in VERSIONS),
    "WPS": ("v1.wps",),
    "PDF (LibreOffice)": tuple(f"{v}_lo.pdf" for v in VERSIONS),
    "PDF (Chromium)": tuple(f"{v}_cr.pdf" for v in VERSIONS),
    "OFD": tuple(f"{v}.ofd" for v in VERSIONS),
    "text": ("v0.txt", "v1_utf16.txt", "v2.txt", "v3.txt"),
    "Markdown": ("v1.md",),
}
FLATTENED = ("v0.txt", "v1_utf16.txt", "v2.txt", "v3.txt")
"""Files that tell the order of the cells in a row but not their columns and spans."""

_KINDS = ("第二十条第", "申请人情况", "行政复议")
"""What the first row of each of the three tables says."""

_NAVIGATION = ("首页", "政务公开", "互动交流12345", "当前位置:首页>政府信息公开>年报")
_FOOTER = (
    "分享到:微信微博",
    "主办:管理委员会承办:办公室电话:0483-0000000",
    "蒙ICP备00000000号-1政府网站标识码:1529000000",
)
_PUBLISHED = "发布时间:2025-01-2416:10来源:政务公开办浏览次数:1024"
_STAMP = "2025/1/249:00:00"
_TEXT_BOX = "联系电话:0483-8799980(文本框)"
ADDED: dict[str, tuple[str, ...]] = {
    "v0.html": (_PUBLISHED,),
    "v2.html": (_STAMP,),
    "v3.docx": (_TEXT_BOX,),
    "v3_lo.pdf": (_TEXT_BOX,),
    "v3.ofd": (_TEXT_BOX,),
    "v0_cr.pdf": (*_NAVIGATION, _PUBLISHED, *_FOOTER),
    "v1_cr.pdf": (*_NAVIGATION, *_FOOTER),
    "v2_cr.pdf": (*_NAVIGATION, "栏目导航", "2023年", "2024年", _STAMP, *_FOOTER),
    "v3_cr.pdf": (*_NAVIGATION, *_FOOTER),
}
"""Paragraphs of a file, squeezed, that are none of the report's: what a page has around it, a text box."""

Slots = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell at its top-left slot; number is None for labels, and 0 where blank or slash stand for it."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    number: Decimal | None

    @property
    def kind(self) -> Kind:
        """What a cell that should hold a number says."""
        words = self.text.strip()
        return Kind.SLASH if words in ("/", "—") else Kind.NUMBER if words else Kind.BLANK


@dataclass(frozen=True, slots=True)
class Truth:
    """tables in official order; prose: headings and paragraphs; levels: of the headings, by squeezed text."""

    tables: tuple[tuple[TrueCell, ...], ...]
    prose: tuple[str, ...]
    levels: dict[str, int]

    @property
    def numbers(self) -> list[TrueCell]:
        return [cell for table in self.tables for cell in table if cell.number is not None]


@dataclass(slots=True)
class Score:
    """How much of one file, or of several together, is as in the truth.

    unreadable: cells without a table, or below the end of one. wrong: everything else that is not right. A
    label that the file itself lost counts as wrong in `labels` only.
    """

    right: int = 0
    unreadable: int = 0
    wrong: int = 0
    labels: int = 0
    slots: int = 0
    prose: int = 0
    headings: int = 0
    faults: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in Score.__slots__))

    def __str__(self) -> str:
        return (
            f"{self.right:5} right {self.unreadable:4} unreadable {self.wrong:4} wrong;"
            f" labels {self.labels:4}, slots {self.slots:5}, prose {self.prose:3}, headings {self.headings:3}"
        )


@cache
def truth(corpus: Path, version: str) -> Truth:
    blocks: list[dict[str, Any]] = json.loads(
        (corpus / "forms" / "truth" / f"{version}.json").read_text(encoding="utf-8")
    )
    words = [b for b in blocks if b["k"] in "hp"]
    return Truth(
        tuple(tuple(map(_true_cell, b["table"]["cells"])) for b in blocks if b["k"] == "t"),
        tuple(comparison.squeeze(b["text"]) for b in words),
        {comparison.squeeze(b["text"]): b["level"] for b in words if b["k"] == "h"},
    )


def _true_cell(cell: dict[str, Any]) -> TrueCell:
    number = None if cell["num"] is None else Decimal(str(cell["num"]))
    return TrueCell(cell["r"], cell["c"], cell["rs"], cell["cs"], cell["text"], number)


@cache
def document(corpus: Path, name: str) -> Document:
    return readers.read((corpus / "forms" / name).read_bytes(), name)


def official_cells(facts: Facts) -> list[Decimal | None]:
    """The cells of the three tables in official order by the facts; None where there is no number."""
    tables: Any = grids(facts)["tables"]
    cells = [
        *(cell for row in tables["disclosure"]["grid"].values() for cell in row),
        *(cell for row in tables["applications"]["grid"] for cell in row),
        *tables["proceedings"]["grid"],
    ]
    return [None if cell is None else Decimal(cell) for cell in cells]


def tables_of(read: Document) -> list[Table]:
    return [b.table for b in read.blocks if b.kind == "table" and b.table is not None]


def prose_of(read: Document) -> list[Block]:
    return [b for b in read.blocks if b.kind in ("heading", "paragraph")]


def version_of(name: str) -> str:
    return Path(name).name[:2]


def beyond_the_report(corpus: Path, name: str) -> list[str]:
    """Paragraphs and headings, squeezed, that are none of the report's."""
    ours = [comparison.squeeze(b.text) for b in prose_of(document(corpus, name))]
    wanted = truth(corpus, version_of(name)).prose
    matched = {i for a, _, size in _matching(ours, wanted) for i in range(a, a + size)}
    return [words for i, words in enumerate(ours) if i not in matched]


def score(corpus: Path, name: str) -> Score:
    """One file against the truth of its version."""
    return score_of(document(corpus, name), truth(corpus, version_of(name)), name)


def score_of(read: Document, true: Truth, name: str) -> Score:
    result = Score()
    for number, cells in enumerate(true.tables):
        found = _table_like(tables_of(read), _KINDS[number])
        if found is None:
            result.unreadable += sum(1 for c in cells if c.number is not None)
        else:
            _score_table(result, f"{name}, table {number + 1}", found, cells)
    ours = [comparison.squeeze(b.text) for b in prose_of(read)]
    result.prose = sum(size for _, _, size in _matching(ours, true.prose))
    levels = {comparison.squeeze(b.text): b.level for b in read.blocks if b.kind == "heading"}
    below = {words: level for words, level in true.levels.items() if level > 1}
    result.headings = sum(1 for words, level in below.items() if levels.get(words) == level)
    return result


def _matching(ours: list[str], wanted: Iterable[str]) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, ours, list(wanted), autojunk=False)
    return [(a, b, size) for a, b, size in matcher.get_matching_blocks() if size]


def _table_like(tables: list[Table], opening: str) -> Table | None:
    """The first table whose first row says so; the later parts of a table in pieces are not looked for."""
    for table in tables:
        if any(opening in comparison.squeeze(c.text) for c in table.cells if c.row == 0):
            return table
    return None


def _score_table(result: Score, name: str, table: Table, cells: tuple[TrueCell, ...]) -> None:
    ours = dict(_covered(table) if table.exact else _in_order(table, cells))
    for cell in cells:
        found = ours.get((cell.row, cell.column))
        if cell.number is None:
            result.labels += _alike(found, cell)
        elif found is None and cell.row >= table.rows:
            result.unreadable += 1
        elif found is not None and _same_figure(found, cell.text):
            result.right += 1
        else:
            result.wrong += 1
            result.faults.append(f"{name} {cell.row, cell.column}: {found!r} for {cell.text!r}")
        spans = ((r, c) for r in range(cell.row_span) for c in range(cell.column_span))
        result.slots += sum(_alike(ours.get((cell.row + r, cell.column + c)), cell) for r, c in spans)


def _alike(found: str | None, cell: TrueCell) -> bool:
    return found is not None and comparison.squeeze(found) == comparison.squeeze(cell.text)


def _same_figure(found: str, true: str) -> bool:
    """Verbatim but for blanks around it: a thousands separator of any kind must come through."""
    return found.strip() == true.strip()


def _covered(table: Table) -> Iterator[tuple[tuple[int, int], str]]:
    """Every slot with the text of the cell that covers it."""
    for cell in table.cells:
        for row in range(cell.row_span):
            for column in range(cell.column_span):
                yield (cell.row + row, cell.column + column), cell.text


def _in_order(table: Table, cells: tuple[TrueCell, ...]) -> Iterator[tuple[tuple[int, int], str]]:
    """A flattened table laid on the official form: the n-th cell of a row is the n-th that begins there."""
    for row in range(table.rows):
        texts = [c.text for c in table.cells if c.row == row]
        places = sorted((c for c in cells if c.row == row), key=lambda c: c.column)
        if len(texts) != len(places):
            continue
        for text, place in zip(texts, places, strict=True):
            for r in range(place.row_span):
                for c in range(place.column_span):
                    yield (row + r, place.column + c), text
