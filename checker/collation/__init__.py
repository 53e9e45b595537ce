"""Two reports side by side: the same report in two forms, or two years of one office.

shape.py     what a collation is made of
values.py    how two facts relate
tables.py    the official tables, in their printed order
singles.py   single facts, figures stated in prose, headings
sentences.py the running text as sentences
aligning.py  which sentence of one stands for which of the other
wording.py   what differs within a sentence, and what is only written differently
passages.py  the running text side by side
years.py     what one year hands on to the next, and what it repeats
"""

from checker.collation.passages import passages
from checker.collation.sentences import sentences
from checker.collation.shape import (
    Collation,
    Cut,
    Figure,
    Link,
    Manner,
    Mode,
    Pair,
    Passage,
    Relation,
    Repeated,
    Row,
    Side,
    Table,
)
from checker.collation.singles import claims, headings, singles
from checker.collation.tables import tables
from checker.collation.years import links, repeated
from checker.facts import Vocabulary
from checker.outline import outline

__all__ = [
    "Collation",
    "Cut",
    "Figure",
    "Link",
    "Manner",
    "Mode",
    "Pair",
    "Passage",
    "Relation",
    "Repeated",
    "Row",
    "Side",
    "Table",
    "collate",
]


def collate(a: Side, b: Side, vocabulary: Vocabulary) -> Collation:
    """All that can be said of a and b together; two years that differ are compared as years."""
    outlines = outline(a.document), outline(b.document)
    ours, theirs = sentences(outlines[0], a.facts), sentences(outlines[1], b.facts)
    two_years = a.year is not None and b.year is not None and a.year != b.year
    return Collation(
        a,
        b,
        "two_years" if two_years else "same_report",
        tables(a, b),
        singles(a, b, vocabulary, outlines, lengths=two_years),
        claims(a, b, vocabulary),
        headings(a, b, outlines),
        () if two_years else passages(ours, theirs),
        links(a, b) if two_years else (),
        repeated(a, ours, b, theirs) if two_years else (),
    )
