"""Named, typed, located values read from a report, and the vocabulary that declares them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from checker.bilingual import Bilingual
from checker.location import Location

FieldType = Literal["count", "amount", "number", "text", "flag", "date", "moment", "prose"]
"""count: an integer. amount: money, an integer number of fen. number: any other integer.
text: a short string. flag: a truth value. date: a calendar day.
moment: a day with, where it was recorded, the time of day; moments compare at the coarser precision.
prose: long text, open to measures only; expressions never see it."""


class Kind(StrEnum):
    """What a cell or field says. Zero is a number; blank is not zero; missing was never there."""

    NUMBER = "number"
    BLANK = "blank"
    SLASH = "slash"
    TEXT = "text"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    FLAG = "flag"
    DATE = "date"
    DOUBTFUL = "doubtful"
    """Something was found, and only a person can say whether it counts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its kind, its text as written and every place it was read from.

    value is a Decimal for NUMBER (exact, as written, in the unit as written), bool for FLAG,
    date for DATE (datetime where the time of day was recorded too), str for TEXT, and None for
    every other kind. note says why a value is unreadable, missing or doubtful.
    """

    kind: Kind
    value: Decimal | bool | date | str | None = None
    text: str = ""
    locations: tuple[Location, ...] = ()
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """The declaration of one field.

    scale: for an amount, how many fen one written unit is worth (万元: 1,000,000).
    choices: for a text, the only terms it can hold, in their order.
    """

    name: str
    type: FieldType
    label: Bilingual
    unit: Bilingual | None = None
    scale: int = 1
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """The declaration of a set of like records a rule may range over with `each`.

    item is the name by which a message calls a record's label: {column}, {row}, {section} …
    exceptions: members exist only where something is amiss, so that none at all means that the
    extractor looked and found nothing wrong.
    ledger: its records are rows of an evidence file. key: the field by which other ledgers refer to
    a row. refers: from a field to the ledger whose key it holds.
    """

    name: str
    item: str
    label: Bilingual
    fields: tuple[Field, ...]
    exceptions: bool = False
    ledger: bool = False
    key: str | None = None
    refers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One member of a collection: a stable key, a label for readers, its fields and its place.

    position: where it begins in the text of the report, for what has to follow its order; a location
    need not tell that.
    """

    key: str
    label: Bilingual
    fields: Mapping[str, Fact]
    locations: tuple[Location, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Absent:
    """A collection that could not be read at all, and why. Not the same as one with no members.

    doubtful: only a person can say which records belong to it.
    """

    reason: Bilingual
    locations: tuple[Location, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every field and collection a rule may name. Keys of `fields` are dotted: applications.new.total."""

    fields: Mapping[str, Field]
    collections: Mapping[str, Collection]


@dataclass(frozen=True, slots=True)
class Facts:
    """What one report and its evidence say. `previous` holds last year's facts where they were given.

    partial: ledgers of which only a part was handed in, so that what they lack is not thereby absent.
    sources: the files a ledger was read from, also where they have no rows.
    """

    fields: Mapping[str, Fact]
    collections: Mapping[str, Sequence[Record] | Absent]
    previous: "Facts | None" = None
    partial: frozenset[str] = frozenset()
    sources: Mapping[str, tuple[Location, ...]] = field(default_factory=dict)

    def records(self, name: str) -> Sequence[Record]:
        """The members of a collection; none where it is absent."""
        found = self.collections.get(name, ())
        return () if isinstance(found, Absent) else found

    def __iter__(self) -> Iterator[tuple[str, Fact]]:
        return iter(self.fields.items())


@dataclass(frozen=True, slots=True)
class Extract:
    """What one extractor found. A collection several extractors yield is joined in their order."""

    fields: Mapping[str, Fact]
    collections: Mapping[str, tuple[Record, ...] | Absent]


def count(number: int, *locations: Location, text: str = "") -> Fact:
    """A whole number."""
    return Fact(Kind.NUMBER, Decimal(number), text or str(number), locations)


def flag(holds: bool, *locations: Location) -> Fact:
    """A truth value the extractor established by looking."""
    return Fact(Kind.FLAG, holds, "", locations)


def words(text: str, *locations: Location) -> Fact:
    """A text value."""
    return Fact(Kind.TEXT, text, text, locations)


def day(value: date, *locations: Location, text: str = "") -> Fact:
    """A calendar day."""
    return Fact(Kind.DATE, value, text or value.isoformat(), locations)


def missing(zh: str, en: str, *locations: Location) -> Fact:
    """A value that is not there, and why."""
    return Fact(Kind.MISSING, None, "", locations, Bilingual(zh, en))
