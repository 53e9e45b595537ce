"""What a collation is made of. Of two things the first is always A's and the second B's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from checker import comparison
from checker.bilingual import Bilingual
from checker.document import Diagnostic, Document
from checker.facts import Fact, Facts, Kind
from checker.location import Location

Mode = Literal["same_report", "two_years"]
Manner = Literal["script", "width", "space", "punctuation", "grouping", "division"]
"""In what a text is only written differently: Traditional or Simplified characters, full-width or not,
spaces, the shape of punctuation, grouped thousands, where paragraphs or sentences are divided."""
What = Literal["heading", "paragraph", "sentence", "row"]


class Relation(StrEnum):
    """How what A says stands to what B says.

    written: the same, written differently. incomparable: one of them could not be read for certain, so
    that neither equal nor different can be said. beside: what a page says around the report, no part of it.
    """

    EQUAL = "equal"
    WRITTEN = "written"
    DIFFERENT = "different"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    MOVED = "moved"
    INCOMPARABLE = "incomparable"
    BESIDE = "beside"

    @property
    def differs(self) -> bool:
        return self in (Relation.DIFFERENT, Relation.ONLY_A, Relation.ONLY_B, Relation.MOVED)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports. name: of the submission. reader: who read it, where that is not this tool."""

    name: str
    document: Document
    facts: Facts
    reader: str | None = None

    @property
    def file(self) -> str:
        return self.document.source.file

    @property
    def year(self) -> int | None:
        fact = self.facts.fields["report.year"]
        return int(fact.text) if fact.kind is Kind.NUMBER else None

    @property
    def unit(self) -> str | None:
        fact = self.facts.fields["report.issuer"]
        return fact.text if fact.kind is Kind.TEXT else None

    @property
    def losses(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.document.diagnostics if d.severity == "loss")


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing both could say. A side that has no such thing at all is None; reason: why incomparable."""

    name: str
    label: Bilingual
    relation: Relation
    a: Fact | None
    b: Fact | None
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an official table; the label of a cell is its column."""

    code: str
    label: Bilingual
    cells: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One official table. Where one report has none there are no rows, and relation and reason say so."""

    code: str
    name: Bilingual
    rows: tuple[Row, ...]
    relation: Relation = Relation.EQUAL
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Running text of one report: verbatim, where it stands, and the parts of it (offsets) that differ."""

    text: str
    section: int
    location: Location
    differing: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure within a changed sentence, as written; None where it is new or gone."""

    a: str | None
    b: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text. manners: how it is only written differently, of EQUAL none."""

    what: What
    relation: Relation
    a: Cut | None
    b: Cut | None
    figures: tuple[Figure, ...] = ()
    manners: tuple[Manner, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What the earlier year hands on to the later. steps: what is added (or, negative, taken off) on the way.

    holds: None where a figure is lacking. at_least: the later figure may be more.
    """

    name: str
    label: Bilingual
    before: Fact
    steps: tuple[tuple[Bilingual, int, Fact], ...]
    expected: int | None
    now: Fact
    holds: bool | None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """Of the sentences of one part of the later report, how many stand word for word in the earlier one,
    and how many do but for their figures. section: None for the whole."""

    section: int | None
    sentences: int
    word_for_word: int
    but_for_figures: int


@dataclass(frozen=True, slots=True)
class Collation:
    """Two reports side by side."""

    a: Side
    b: Side
    mode: Mode
    tables: tuple[Table, ...]
    singles: tuple[Pair, ...]
    claims: tuple[Pair, ...]
    headings: tuple[Pair, ...]
    passages: tuple[Passage, ...]
    links: tuple[Link, ...]
    repeated: tuple[Repeated, ...]

    @property
    def same_bytes(self) -> bool:
        return self.a.document.source.sha256 == self.b.document.source.sha256

    @property
    def second_reading(self) -> bool:
        """Whether B is A read once more by another program."""
        return self.b.reader is not None

    @property
    def other_unit(self) -> bool:
        units = (self.a.unit, self.b.unit)
        return None not in units and len({comparison.squeeze(unit or "") for unit in units}) > 1

    @property
    def counts(self) -> Counter[Relation]:
        return Counter(relation for group in self.groups().values() for relation in group)

    def groups(self) -> dict[str, tuple[Relation, ...]]:
        """The relations of everything compared, by what it is."""
        return {
            "tables": tuple(self._of_tables()),
            "singles": tuple(pair.relation for pair in self.singles),
            "claims": tuple(pair.relation for pair in self.claims),
            "headings": tuple(pair.relation for pair in self.headings),
            "passages": tuple(passage.relation for passage in self.passages),
        }

    def _of_tables(self) -> Iterator[Relation]:
        for table in self.tables:
            if not table.rows:
                yield table.relation
            for row in table.rows:
                yield from (cell.relation for cell in row.cells)
