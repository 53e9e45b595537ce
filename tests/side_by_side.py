"""Two reports for the tests of `compare`: the sample of this repository, and what a test makes of it."""

from dataclasses import replace
from pathlib import Path

from checker import extractors, readers
from checker.bilingual import Bilingual
from checker.collation import Collation, Pair, Passage, Relation, Side, collate
from checker.document import Diagnostic

REPORT = Path("reports/alxa-hightech-zone-2024/report.md")
CARRIED_IN = "| 二、上年结转政府信息公开申请数量 |  |  | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
NORMATIVE = "| 行政规范性文件 | 0 | 0 | 13 |"
LOSS = Diagnostic("lost", Bilingual("有一处没有读出", "something was not read"), severity="loss")


def sample(root: Path, *replacements: tuple[str, str]) -> str:
    """The text of the sample with every replacement made; one that finds nothing is a mistake of the test."""
    text = (root / REPORT).read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def side(text: str, name: str = "report.md", lossy: bool = False) -> Side:
    document = readers.read(text.encode(), name)
    if lossy:
        document = replace(document, diagnostics=(*document.diagnostics, LOSS))
    return Side(name, document, extractors.extract(document))


def collated(a: str | Side, b: str | Side) -> Collation:
    sides = [each if isinstance(each, Side) else side(each) for each in (a, b)]
    return collate(sides[0], sides[1], extractors.vocabulary())


def cells(found: Collation) -> dict[str, Pair]:
    return {cell.name: cell for table in found.tables for row in table.rows for cell in row.cells}


def unequal(found: Collation) -> list[str]:
    """The names of all that is not equal, cells first."""
    pairs = [*cells(found).values(), *found.singles, *found.claims, *found.headings]
    return [pair.name for pair in pairs if pair.relation is not Relation.EQUAL]


def told(found: Collation) -> list[Passage]:
    """The passages that differ."""
    return [passage for passage in found.passages if passage.relation.differs]
