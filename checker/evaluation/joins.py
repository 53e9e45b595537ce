"""The records of one collection that belong to a record of another, by equal columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from checker.bilingual import Bilingual
from checker.evaluation.columns import Answers, Columns, joined
from checker.evaluation.plain import key
from checker.facts import Absent, Fact, Facts, Kind, Record, Vocabulary

Match: TypeAlias = tuple[tuple[str, str], ...]

_NOT_GIVEN = Bilingual("没有提供这份台账", "the ledger was not given")


class Narrowing(NamedTuple):
    """Which records a measure takes. name: equal for narrowings that say the same of a collection.

    answers: True, False, or None where that cannot be said, for every record. unsure: why it cannot be said
    of a record.
    """

    name: object
    answers: Callable[[Columns], Answers]
    unsure: Callable[[Record], Absent]


class Kept(NamedTuple):
    """Which records a narrowing keeps: one byte a record, 0 where it does not. sure: none is UNSURE."""

    marks: bytearray
    sure: bool


class Unsure(NamedTuple):
    """The numbers of records of which it cannot be said whether they are members of one."""

    numbers: Sequence[int]


UNSURE = 2
_MARKS = {True: 1, False: 0, None: UNSURE}


class Index:
    """The numbers of records by key.

    doubtful: by key, those of which a person must say whether they belong to it. astray: those whose own
    key cannot be read: they may belong to any.
    """

    def __init__(self, columns: Columns, names: Sequence[str]) -> None:
        self.groups: dict[Any, list[int]] = {}
        self.doubtful: dict[Any, list[int]] = {}
        self.astray: list[int] = []
        self.names = names
        for number, said in enumerate(columns.keys(names)):
            if said is None:
                self._lost(columns.records[number], number)
            elif said in self.groups:
                self.groups[said].append(number)
            else:
                self.groups[said] = [number]

    def _lost(self, record: Record, number: int) -> None:
        lost = self.lost(record)
        assert lost is not None
        if lost.kind is Kind.DOUBTFUL and len(self.names) == 1:
            for candidate in lost.text.split("\n"):
                self.doubtful.setdefault(candidate, []).append(number)
        elif lost.kind not in _BELONG_NOWHERE:
            self.astray.append(number)

    def lost(self, record: Record) -> Fact | None:
        """What keeps a record from having a key, if anything does."""
        return next((fact for name in self.names if key(fact := record.fields[name]) is None), None)

    def members(self, said: object, kept: Kept | None) -> Sequence[int] | Unsure:
        """The numbers of the records of a key; of those that may be some, where there are any."""
        found: Sequence[int] = self.groups.get(said, ())
        if kept is None:
            return found if said not in self.doubtful else Unsure(self.doubtful[said])
        marks = kept.marks
        if kept.sure and said not in self.doubtful:
            return [number for number in found if marks[number]]
        unsure = [n for n in found if marks[n] == UNSURE] + [
            n for n in self.doubtful.get(said, ()) if marks[n]
        ]
        return Unsure(sorted(unsure)) if unsure else [number for number in found if marks[number]]


class Joins:
    """What the collections of one submission say, as columns and indexes, each built when first asked for."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self._columns: dict[str, Columns] = {}
        self._indexes: dict[tuple[str, tuple[str, ...]], Index] = {}
        self._kept: dict[tuple[str, object], Kept] = {}

    def collection(self, name: str) -> Sequence[Record] | Absent:
        """All records of a collection. A ledger nobody spoke of was not given, and is not empty."""
        found = self.facts.collections.get(name)
        if found is None:
            return Absent(_NOT_GIVEN) if self.vocabulary.collections[name].ledger else ()
        return found

    def members(
        self, collection: str, match: Match, record: Record, narrowing: Narrowing | None
    ) -> Sequence[Record] | Absent:
        """The records whose columns equal the record's own, narrowed; all of them where match is empty.

        Absent where the collection is, where the record does not say what it is to be matched by, or where
        it cannot be said of a member whether it is to be taken; doubtful where a person must say whether a
        member belongs to the record.
        """
        records = self.collection(collection)
        if isinstance(records, Absent) or not match and narrowing is None:
            return records
        own = [record.fields[column] for column, _ in match]
        said = [key(fact) for fact in own]
        if None in said:
            return _unmatched(own[said.index(None)])
        index = self.index(collection, match)
        [known] = joined([[value] for value in said], 1)
        found = index.members(known, self.kept(collection, narrowing))
        if isinstance(found, Unsure):
            return _first(_why(index, records[number], narrowing) for number in found.numbers)
        return [records[number] for number in found]

    def stray(self, collection: str, match: Match, narrowing: Narrowing | None) -> Bilingual | None:
        """What is wrong with a row that may belong to any record, since it does not say so legibly."""
        records = self.collection(collection)
        if isinstance(records, Absent) or not match:
            return None
        index, kept = self.index(collection, match), self.kept(collection, narrowing)
        astray = (number for number in index.astray if kept is None or kept.marks[number])
        first = next(astray, None)
        lost = None if first is None else index.lost(records[first])
        return None if lost is None else _unmatched(lost).reason

    def columns(self, collection: str) -> Columns:
        """What the records of a collection say, where it could be read."""
        if collection not in self._columns:
            fields = self.vocabulary.collections[collection].fields
            self._columns[collection] = Columns(self.facts.records(collection), fields)
        return self._columns[collection]

    def index(self, collection: str, match: Match) -> Index:
        """The records of a collection by the columns they are matched by."""
        names = tuple(theirs for _, theirs in match)
        if (collection, names) not in self._indexes:
            self._indexes[collection, names] = Index(self.columns(collection), names)
        return self._indexes[collection, names]

    def kept(self, collection: str, narrowing: Narrowing | None) -> Kept | None:
        """The records of a collection that a narrowing keeps; None where there is none."""
        if narrowing is None:
            return None
        name = (collection, narrowing.name)
        if name not in self._kept:
            marks = bytearray(map(_MARKS.__getitem__, narrowing.answers(self.columns(collection))))
            self._kept[name] = Kept(marks, UNSURE not in marks)
        return self._kept[name]


_BELONG_NOWHERE = (Kind.BLANK, Kind.SLASH)
"""A row that says it belongs to nothing is no member; one that cannot be read may be anyone's."""


def _why(index: Index, record: Record, narrowing: Narrowing | None) -> Absent:
    """What keeps it from being said whether a record is a member."""
    lost = index.lost(record)
    if lost is not None:
        return _unmatched(lost)
    assert narrowing is not None
    return narrowing.unsure(record)


def _first(reasons: Iterable[Absent]) -> Absent:
    """The first; what a person may say last, since it settles nothing as long as something else is wrong."""
    doubtful = None
    for reason in reasons:
        if not reason.doubtful:
            return reason
        doubtful = doubtful or reason
    assert doubtful is not None
    return doubtful


def _unmatched(fact: Fact) -> Absent:
    reason = fact.note or Bilingual("没有填写据以对应的编号", "it does not say what it belongs to")
    return Absent(reason, fact.locations[:1], fact.kind is Kind.DOUBTFUL)
