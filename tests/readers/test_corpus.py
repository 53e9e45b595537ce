"""Every text and page of the corpus: nothing is lost, and every place given is where the text stands."""

import re
from collections import Counter
from pathlib import Path

import pytest

from checker import readers
from checker.document import Block, Document
from checker.readers import _decoding

FOLDERS = ("reports", "excerpts", "forms", "normative")
SUFFIXES = (".txt", ".md", ".html")


def files(corpus: Path) -> list[Path]:
    return sorted(
        p
        for folder in FOLDERS
        for p in (corpus / folder).rglob("*")
        if p.suffix in SUFFIXES and not p.name.startswith("ledger")
    )


def read(path: Path) -> tuple[Document, list[str]]:
    """The document and the physical lines of its text."""
    data = path.read_bytes()
    decoded = _decoding.decode(data)
    assert decoded is not None
    return readers.read(data, path.name), re.split(r"\r\n|\n|\r", decoded.text)


def ideographs(text: str) -> Counter[str]:
    return Counter(c for c in text if c >= "\u2e80" and not c.isspace())


def texts(document: Document) -> str:
    cells = (c.text for b in document.blocks if b.table for c in b.table.cells)
    return "".join(b.text for b in document.blocks) + "".join(cells)


def test_no_ideograph_of_a_text_is_lost(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = 0
    for path in files(corpus):
        document, lines = read(path)
        if document.source.kind == "text":
            assert ideographs(texts(document)) == ideographs("".join(lines)), path.name
            seen += 1
    with capsys.disabled():
        print(f"\n{seen} texts read without losing an ideograph")
    assert seen >= 30


def misplaced(block: Block, lines: list[str]) -> list[int]:
    """Offsets whose place does not hold the character; a space added between two lines has none."""
    wrong = []
    for offset, character in enumerate(block.text):
        place = block.locate(offset, offset + 1)
        assert place.line is not None
        assert place.character is not None
        line = lines[place.line - 1]
        if line[place.character - 1 : place.character] != character and (
            character != " " or place.character <= len(line)
        ):
            wrong.append(offset)
    return wrong


def test_every_quote_of_a_text_stands_where_it_says(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    characters = cells = 0
    for path in files(corpus):
        document, lines = read(path)
        if document.source.kind != "text":
            continue
        for block in document.blocks:
            assert misplaced(block, lines) == [], (path.name, block.text[:30])
            characters += len(block.text)
            for cell in block.table.cells if block.table else ():
                place = cell.location
                assert place.line is not None
                assert place.character is not None
                start = place.character - 1
                assert lines[place.line - 1][start : start + len(cell.text)] == cell.text
                assert place.quote == cell.text
                cells += 1
    with capsys.disabled():
        print(f"\n{characters} characters and {cells} cells stand where their location says")


def test_every_block_of_a_page_has_a_path(corpus: Path) -> None:
    from lxml import etree

    for path in files(corpus):
        document, lines = read(path)
        if document.source.kind != "html":
            continue
        root = etree.fromstring("\n".join(lines).encode(), etree.HTMLParser(encoding="utf-8"))
        for block in document.blocks:
            assert block.location.path is not None
            element = root.find("." + block.location.path.removeprefix("/html"))
            assert element is not None
            assert block.location.line is not None
            assert block.locate(0, 2).character is None
            words = "".join(map(str, element.itertext())) + (element.get("content") or "")
            shown = (
                block.text.partition(": ")[2] if block.location.path.startswith("/html/head") else block.text
            )
            assert "".join((shown or block.text).split()) in "".join(words.split()), block.text


TABLES = {
    "000_5ead8cc1c8ee6d6d.txt": [(14, 4), (28, 10), (4, 15)],
    "sample.html": [(14, 4), (28, 10), (4, 15)],
}


@pytest.mark.parametrize("name", TABLES)
def test_the_three_tables_of_a_real_report(corpus: Path, name: str) -> None:
    (path,) = (corpus / "reports").rglob(name)
    tables = [b.table for b in read(path)[0].blocks if b.table]
    assert [(t.rows, t.columns) for t in tables] == TABLES[name]


@pytest.mark.parametrize("folder", ["shanghai-zfbgt-2025", "shuyang-xian-2025"])
def test_rows_of_broken_tables_are_kept(corpus: Path, folder: str) -> None:
    (path,) = (p for p in (corpus / "reports" / folder).iterdir() if p.suffix in SUFFIXES)
    document, lines = read(path)
    found = [b.table for b in document.blocks if b.table]
    printed = [line for line in lines if line.startswith("|") and "---" not in line]
    assert len(found) > 15
    assert all(table.exact for table in found)
    assert sum(table.rows for table in found) == len(printed)


def test_wrapped_reports_are_joined_and_others_are_not(corpus: Path) -> None:
    wrapped = {path.name for path in files(corpus) if any(b.line_starts for b in read(path)[0].blocks)}
    assert wrapped == {
        "shanghai-office-sample-source.md",
        "hzq2024_working.layout.txt",
        "hzq2024_working.reading-order.txt",
    }


def test_a_paragraph_goes_on_across_a_page_number(corpus: Path) -> None:
    path = corpus / "reports" / "hongze-qu-2024" / "hzq2024_working.reading-order.txt"
    document, _ = read(path)
    (paragraph,) = (b for b in document.blocks if "使各行政机关" in b.text)
    assert paragraph.text.endswith("业务工作水平。")
    assert [d.code for d in document.diagnostics] == ["page-number"] * 5


def test_a_report_in_one_physical_line_stays_one_paragraph(corpus: Path) -> None:
    document, _ = read(corpus / "reports" / "pingtan-2019" / "page.txt")
    assert max(len(b.text) for b in document.blocks) > 5000
    assert len(document.blocks) == 10
