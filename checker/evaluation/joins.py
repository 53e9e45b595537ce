"""The records of one collection that belong to a record of another, by equal columns."""

from collections.abc import Sequence
from typing import TypeAlias

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Facts, Kind, Record, Vocabulary

Match: TypeAlias = tuple[tuple[str, str], ...]
Key: TypeAlias = tuple[object, ...]

_NOT_GIVEN = Bilingual("没有提供这份台账", "the ledger was not given")


class Joins:
    """Indexes over the collections of one submission, each built when first asked for."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self._indexes: dict[tuple[str, tuple[str, ...]], _Index] = {}

    def collection(self, name: str) -> Sequence[Record] | Absent:
        """All records of a collection. A ledger nobody spoke of was not given, and is not empty."""
        found = self.facts.collections.get(name)
        if found is None:
            return Absent(_NOT_GIVEN) if self.vocabulary.collections[name].ledger else ()
        return found

    def members(self, collection: str, match: Match, record: Record) -> Sequence[Record] | Absent:
        """The whole collection where match is empty, else the records whose columns equal the record's own.

        Absent where the collection is, or the record does not say what it is to be matched by; doubtful
        where a person must say whether a record belongs to it.
        """
        records = self.collection(collection)
        if isinstance(records, Absent) or not match:
            return records
        own = [record.fields[column] for column, _ in match]
        key = tuple(_value(fact) for fact in own)
        if None in key:
            return _unmatched(own[key.index(None)])
        index = self._index(collection, tuple(column for _, column in match), records)
        found = index.members.get(key, ())
        if not found and key in index.doubtful:
            return index.doubtful[key]
        return found

    def _index(self, collection: str, columns: tuple[str, ...], records: Sequence[Record]) -> "_Index":
        name = (collection, columns)
        if name not in self._indexes:
            self._indexes[name] = _Index(records, columns)
        return self._indexes[name]


class _Index:
    def __init__(self, records: Sequence[Record], columns: tuple[str, ...]) -> None:
        self.members: dict[Key, list[Record]] = {}
        self.doubtful: dict[Key, Absent] = {}
        for record in records:
            facts = [record.fields[column] for column in columns]
            key = tuple(_value(fact) for fact in facts)
            if None not in key:
                self.members.setdefault(key, []).append(record)
            elif len(facts) == 1 and facts[0].kind is Kind.DOUBTFUL:
                for candidate in facts[0].text.split("\n"):
                    self.doubtful[(candidate,)] = _unmatched(facts[0])


def _value(fact: Fact) -> object:
    return fact.value if fact.kind in (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG) else None


def _unmatched(fact: Fact) -> Absent:
    reason = fact.note or Bilingual("没有填写据以对应的编号", "it does not say what it belongs to")
    return Absent(reason, fact.locations[:1], fact.kind is Kind.DOUBTFUL)
