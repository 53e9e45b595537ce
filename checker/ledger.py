"""What a ledger is: the declared columns of its kind, and one evidence file read by them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from checker.bilingual import Bilingual
from checker.comparison import squeeze
from checker.errors import Problem
from checker.facts import Collection, Field, FieldType, Record

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ORNAMENT = re.compile(r"[\s*:_#-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of ledger.

    aliases: headers it goes by, the official ones first. choices: from every spelling accepted to the term
    rules use, whose order is the order of first mention (steps of a review come in this order); a
    spelling that is none of them does not fit. refers: the kind of ledger whose key it holds.
    by_title: where the cell is blank or the file lacks the column, this other column's title decides which
    row is meant; on a key column: the row's own title is its key.
    scale: for an amount, how many fen one written unit is worth.
    """

    name: str
    type: FieldType
    label: Bilingual
    aliases: tuple[str, ...]
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    refers: str | None = None
    by_title: str | None = None
    unit: Bilingual | None = None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Unfold:
    """A kind whose rows are steps may come as one sheet row for all steps of an item.

    column: the column that names the step. steps: from its term to the words a header begins with
    (初审: 初审人, 初审时间). columns: from a column to the words such a header ends with.
    """

    column: str
    steps: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """One kind of ledger. item: what a message calls a row. key: the column others refer to.

    shown: the columns whose values name a row to a reader.
    """

    id: str
    title: Bilingual
    item: str
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    key: str | None = None
    unfold: Unfold | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One evidence file as read. records may be built as they are asked for.

    missing: declared columns the file does not have. extra: headers of the file that are no declared column.
    faults: the first values that do not fit, each at its cell; fault_count: all of them.
    left_out: the physical numbers of rows that hold something and are no records: sums (合计), headings,
    notes, numbers without a row.
    """

    kind: LedgerKind
    file: str
    sheet: str | None
    records: Sequence[Record]
    missing: tuple[str, ...]
    faults: tuple[Problem, ...]
    fault_count: int
    extra: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()


@lru_cache(maxsize=8192)
def heading(text: str) -> str:
    """A header for matching: width, case and white space aside, without what stands in brackets (units)."""
    whole = squeeze(text).casefold()
    return _ORNAMENT.sub("", _BRACKETED.sub("", whole)) or whole


def term(text: str) -> str:
    """A term of `choices` for matching: width, case and white space aside."""
    return squeeze(text).casefold()


def collection(kind: LedgerKind) -> Collection:
    """The collection a rule ranges over: every column, and for each whether it is filled in (has_…)."""
    fields = [
        Field(c.name, c.type, c.label, c.unit, c.scale, tuple(dict.fromkeys(c.choices.values())))
        for c in kind.columns
    ]
    fields += [
        Field(f"has_{c.name}", "flag", Bilingual(f"填有{c.label.zh}", f"{c.label.en} filled in"))
        for c in kind.columns
    ]
    refers = {c.name: c.refers for c in kind.columns if c.refers}
    return Collection(kind.id, kind.item, kind.title, tuple(fields), ledger=True, key=kind.key, refers=refers)
