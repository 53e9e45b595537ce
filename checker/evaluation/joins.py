"""The records of one collection that belong to a record of another, by equal columns."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Facts, Kind, Record, Vocabulary

Match: TypeAlias = tuple[tuple[str, str], ...]
Key: TypeAlias = tuple[object, ...]

_NOT_GIVEN = Bilingual("没有提供这份台账", "the ledger was not given")


class Narrowing(NamedTuple):
    """Which records a measure takes. name: equal for narrowings that say the same of a collection.

    keeps: True or False, or why that cannot be said of a record.
    """

    name: object
    keeps: Callable[[Record], bool | Absent]


class Joins:
    """Indexes over the collections of one submission, each built when first asked for."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self._indexes: dict[tuple[str, Match, object], _Index] = {}

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
        key = tuple([_value(fact) for fact in own])
        if None in key:
            return _unmatched(own[key.index(None)])
        index = self._index(collection, match, records, narrowing)
        unsure = index.unsure.get(key)
        return index.members.get(key, ()) if unsure is None else unsure

    def stray(self, collection: str, match: Match, narrowing: Narrowing | None) -> Bilingual | None:
        """What is wrong with a row that may belong to any record, since it does not say so legibly."""
        records = self.collection(collection)
        if isinstance(records, Absent) or not match:
            return None
        found = self._index(collection, match, records, narrowing).stray
        return None if found is None else found.reason

    def _index(
        self,
        collection: str,
        match: Match,
        records: Sequence[Record],
        narrowing: Narrowing | None,
    ) -> "_Index":
        name = (collection, match, narrowing.name if narrowing else None)
        found = self._indexes.get(name)
        if found is None:
            columns = tuple(column for _, column in match)
            found = self._indexes[name] = _Index(records, columns, narrowing)
        return found


class _Index:
    """Members by key.

    unsure: keys of which a person must say, or nobody can say, whether a member belongs to them. stray: a
    member whose own key cannot be read: it may belong to any.
    """

    def __init__(
        self, records: Sequence[Record], columns: tuple[str, ...], narrowing: Narrowing | None
    ) -> None:
        self.members: dict[Key, list[Record]] = {}
        self.unsure: dict[Key, Absent] = {}
        self.stray: Absent | None = None
        for record in records:
            self._add(record, columns, narrowing)

    def _add(self, record: Record, columns: tuple[str, ...], narrowing: Narrowing | None) -> None:
        kept = True if narrowing is None else narrowing.keeps(record)
        if kept is False:
            return
        facts = [record.fields[column] for column in columns]
        key = tuple([_value(fact) for fact in facts])
        if None not in key:
            self.members.setdefault(key, []).append(record)
            if isinstance(kept, Absent):
                self.unsure.setdefault(key, kept)
            return
        lost = next(fact for fact, value in zip(facts, key, strict=True) if value is None)
        if lost.kind is Kind.DOUBTFUL and len(facts) == 1:
            for candidate in lost.text.split("\n"):
                self.unsure.setdefault((candidate,), _unmatched(lost))
        elif lost.kind not in _BELONG_NOWHERE:
            self.stray = self.stray or _unmatched(lost)


_BELONG_NOWHERE = (Kind.BLANK, Kind.SLASH)
"""A row that says it belongs to nothing is no member; one that cannot be read may be anyone's."""
_VALUES = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG)


def _value(fact: Fact) -> object:
    return fact.value if fact.kind in _VALUES else None


def _unmatched(fact: Fact) -> Absent:
    reason = fact.note or Bilingual("没有填写据以对应的编号", "it does not say what it belongs to")
    return Absent(reason, fact.locations[:1], fact.kind is Kind.DOUBTFUL)
