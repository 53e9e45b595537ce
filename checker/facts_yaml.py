"""Facts written as YAML: the examples of a rule, and its case files.

Scalars stand under dotted keys or in nested maps, collections as lists of records. For numbers,
12 is a number, "" a blank, "/" "-" "—" a slash, "?" unreadable, other words text; what is left
out is missing, in a ledger's row blank (`missing` there: a column the file lacks). `partial` lists the
ledgers of which only a part is given. `collection: missing` says that it could not be read; one not
named has no records.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.facts import Absent, Collection, Fact, Facts, Field, Kind, Record, Vocabulary
from checker.ledger import Column
from checker.ledgers.values import BLANK, READERS, Reading
from checker.location import Location

Way: TypeAlias = tuple[str | int, ...]
Locate: TypeAlias = Callable[[Way], Location]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SLASHES = ("/", "／", "-", "－", "—", "–", "——")
_NOT_GIVEN = Fact(Kind.MISSING, note=Bilingual("例中没有给出", "not given in the example"))
_ODD = Bilingual("这个值读不出", "this value cannot be read")
_NO_COLUMN = Bilingual("例中注明台账没有这一栏", "given as a column the ledger lacks")
_ABSENT = Bilingual("例中注明读不出", "given as unreadable in the example")


def facts_from_yaml(data: Any, vocabulary: Vocabulary, locate: Locate | None = None) -> Facts:
    """The facts `data` states, in the terms of the vocabulary.

    data: dict, list and str as checker.yaml_text.parse gives them; int, bool, Decimal and date are
    taken too, float is not. locate gives the place of a value by the way to it.
    Raises InputError with every unknown name and every value of the wrong kind.
    """
    reader = _Reader(vocabulary, locate or (lambda way: Location("facts", path=_dotted(way))))
    facts = reader.facts(data, ())
    if reader.problems:
        raise InputError(reader.problems)
    return facts


def _dotted(way: Way) -> str:
    return ".".join(map(str, way))


class _Reader:
    def __init__(self, vocabulary: Vocabulary, locate: Locate) -> None:
        self.vocabulary = vocabulary
        self.locate = locate
        self.problems: list[Problem] = []

    def _tell(self, code: str, zh: str, en: str, way: Way) -> None:
        where = _dotted(way)
        text = Bilingual(f"{where}：{zh}" if where else zh, f"{where}: {en}" if where else en)
        self.problems.append(Problem(code, text, self.locate(way)))

    def facts(self, data: Any, way: Way) -> Facts:
        if not isinstance(data, Mapping):
            self._tell("facts.shape", "事实须写成“名称: 值”", "facts are written as name: value", way)
            return Facts({}, {})
        given = {n: v for n, v in data.items() if n not in ("previous", "partial")}
        fields = dict.fromkeys(self.vocabulary.fields, _NOT_GIVEN)
        collections: dict[str, tuple[Record, ...] | Absent] = dict.fromkeys(self.vocabulary.collections, ())
        for name, value, at in self._named(given, way, ""):
            if name in self.vocabulary.fields:
                fields[name] = self._fact(self.vocabulary.fields[name], value, at)
            else:
                collections[name] = self._records(self.vocabulary.collections[name], value, at)
        previous = self.facts(data["previous"], (*way, "previous")) if "previous" in data else None
        return Facts(fields, collections, previous, self._partial(data.get("partial", ()), way))

    def _partial(self, named: Any, way: Way) -> frozenset[str]:
        ledgers = [n for n, c in self.vocabulary.collections.items() if c.ledger]
        for name in named:
            if name not in ledgers:
                hint = did_you_mean(str(name), ledgers)
                zh, en = f"没有这种台账：{name}{hint.zh}", f"there is no ledger {name}{hint.en}"
                self._tell("facts.unknown", zh, en, (*way, "partial"))
        return frozenset(map(str, named))

    def _named(self, data: Mapping[Any, Any], way: Way, prefix: str) -> Iterator[tuple[str, Any, Way]]:
        """Every field and collection named, through nested maps."""
        for key, value in data.items():
            name, at = f"{prefix}{key}", (*way, str(key))
            known = name in self.vocabulary.collections and not isinstance(value, Mapping)
            if name in self.vocabulary.fields or known:
                yield name, value, at
            elif isinstance(value, Mapping):
                yield from self._named(value, at, f"{name}.")
            else:
                hint = did_you_mean(name, [*self.vocabulary.fields, *self.vocabulary.collections])
                self._tell("facts.unknown", f"没有这个事实{hint.zh}", f"there is no such fact{hint.en}", at)

    def _records(self, collection: Collection, value: Any, way: Way) -> tuple[Record, ...] | Absent:
        if value == "missing":
            return Absent(_ABSENT, (self.locate(way),))
        if not isinstance(value, list):
            zh, en = "须是记录的列表，或 missing", "a list of records is needed here, or missing"
            self._tell("facts.shape", zh, en, way)
            return ()
        return tuple(self._record(collection, r, (*way, n)) for n, r in enumerate(value))

    def _record(self, collection: Collection, value: Any, way: Way) -> Record:
        given = dict(value) if isinstance(value, Mapping) else {}
        if not isinstance(value, Mapping):
            self._tell("facts.shape", "记录须写成“字段: 值”", "a record is written as field: value", way)
        declared = {f.name: f for f in collection.fields}
        fields = dict.fromkeys(declared, _NOT_GIVEN)
        key = str(given.pop("key", "") if "key" not in declared else given.get("key", ""))
        if collection.ledger:
            fields.update(self._row(declared, given, way))
            own = fields[collection.key].value if collection.key else None
            key = own if isinstance(own, str) else ""
        key = key or str(int(way[-1]) + 1)
        label = str(given.pop("label", "") if "label" not in declared else "") or key
        for name, content in given.items():
            if name in declared:
                if not collection.ledger:
                    fields[name] = self._fact(declared[name], content, (*way, name))
                continue
            hint = did_you_mean(name, declared)
            zh, en = (
                f"{collection.name} 没有这个字段{hint.zh}",
                f"{collection.name} has no such field{hint.en}",
            )
            self._tell("facts.unknown", zh, en, (*way, name))
        return Record(key, Bilingual(label, label), fields, (self.locate(way),))

    def _row(
        self, declared: Mapping[str, Field], given: Mapping[Any, Any], way: Way
    ) -> Iterator[tuple[str, Fact]]:
        """A ledger's row: a column left out is a blank cell, `missing` one that the file lacks."""
        for name in [n for n in declared if f"has_{n}" in declared]:
            at = (*way, name)
            if given.get(name) == "missing":
                yield name, _missing(_NO_COLUMN)
                yield f"has_{name}", _missing(_NO_COLUMN)
                continue
            text, places = self._text(given.get(name), at), (self.locate(at),)
            reading = self._cell(declared[name], text, at) if text else BLANK
            yield name, Fact(reading.kind, reading.value, text, places, reading.note)
            filled = reading.kind not in (Kind.BLANK, Kind.SLASH)
            yield f"has_{name}", Fact(Kind.FLAG, filled, "", places)

    def _cell(self, field: Field, text: str, way: Way) -> Reading:
        """What a ledger's reader makes of the cell; words where a number belongs are a case worth having,
        any other value that does not fit is a mistake in the example."""
        if text.strip() == "?":
            return Reading(Kind.UNREADABLE)
        column = Column(field.name, field.type, field.label, (), choices={c: c for c in field.choices})
        reading = READERS[field.type](text, column)
        if reading.kind is Kind.UNREADABLE and field.type not in ("count", "number", "amount"):
            self._tell("facts.cell", *(reading.note or _ODD), way)
        return reading

    def _fact(self, field: Field, value: Any, way: Way) -> Fact:
        text, places = self._text(value, way), (self.locate(way),)
        if text == "?" and field.type != "prose":
            return Fact(Kind.UNREADABLE, None, text, places)
        match field.type:
            case "text" | "prose":
                return Fact(Kind.TEXT, text, text, places)
            case "flag":
                return self._flag(text, places, way)
            case "date":
                return self._date(text, places, way)
        return _number(text, places)

    def _text(self, value: Any, way: Way) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if value is None:
            return ""
        if isinstance(value, str | int | Decimal | date):
            return str(value)
        zh, en = "这里须是一个值（小数请加引号）", "a single value is needed here (quote decimals)"
        self._tell("facts.value", zh, en, way)
        return "?"

    def _flag(self, text: str, places: tuple[Location, ...], way: Way) -> Fact:
        if text not in ("true", "false"):
            self._tell("facts.flag", "须是 true 或 false", "true or false is needed here", way)
        return Fact(Kind.FLAG, text == "true", text, places)

    def _date(self, text: str, places: tuple[Location, ...], way: Way) -> Fact:
        try:
            return Fact(Kind.DATE, date.fromisoformat(text), text, places)
        except ValueError:
            zh, en = "须是日期，例如 2024-01-31", "a date is needed here, such as 2024-01-31"
            self._tell("facts.date", zh, en, way)
            return Fact(Kind.UNREADABLE, None, text, places)


def _number(text: str, places: tuple[Location, ...]) -> Fact:
    bare = text.strip()
    if _NUMBER.fullmatch(bare):
        return Fact(Kind.NUMBER, Decimal(bare), text, places)
    if not bare:
        return Fact(Kind.BLANK, None, text, places)
    return Fact(
        Kind.SLASH if bare in _SLASHES else Kind.TEXT, None if bare in _SLASHES else text, text, places
    )


def _missing(note: Bilingual) -> Fact:
    return Fact(Kind.MISSING, note=note)
