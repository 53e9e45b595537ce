"""Rows that name no document by its id → the document their title means.

A document's own row without an id takes the name in its title as key, with what tells it from others of
that name (documents.py says which rows are one document, by the columns doc_no, published_on, made_on and
issuer where the kind has them); a row that refers to a document takes the key of the one its title names.
Where several fit, or one only nearly, a person must say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from checker.bilingual import Bilingual
from checker.comparison import squeeze
from checker.facts import Kind, Record
from checker.ledger import Column, Ledger
from checker.ledgers import documents, titles
from checker.ledgers.keys import fold
from checker.ledgers.rows import Body, Found, Rows
from checker.ledgers.values import Reading
from checker.patterns import pattern

_LISTED = 5
_BETWEEN = pattern(r"[\s、,，;；/]+")
_OPEN = (Kind.BLANK, Kind.SLASH, Kind.MISSING)


def link(ledgers: Mapping[str, Sequence[Ledger]]) -> dict[str, list[Ledger]]:
    """The same ledgers by kind, with every column that goes `by_title` filled where its cells are not."""
    linked = {kind: list(given) for kind, given in ledgers.items()}
    registers: dict[str, titles.Register] = {}
    for kind, given in linked.items():
        key = _own_key(given)
        if key is not None:
            linked[kind], registers[kind] = _keyed(given, key)
    for kind, given in linked.items():
        for column in given[0].kind.columns if given else ():
            if column.by_title and column.refers in registers:
                linked[kind] = [
                    _referred(ledger, column, registers[column.refers]) for ledger in linked[kind]
                ]
    return linked


def collections(ledgers: Mapping[str, Sequence[Ledger]]) -> dict[str, Sequence[Record]]:
    """The records of each kind for Facts.collections, linked; the ledgers of one kind become one."""
    return {kind: Rows(*_bodies(given)) for kind, given in link(ledgers).items()}


def _own_key(given: Sequence[Ledger]) -> Column | None:
    """The key column of a kind whose rows may be known by their own title."""
    for column in given[0].kind.columns if given else ():
        if column.name == given[0].kind.key and column.by_title:
            return column
    return None


def _bodies(given: Iterable[Ledger]) -> Iterator[Body]:
    for ledger in given:
        if not isinstance(ledger.records, Rows):
            raise TypeError("only ledgers that read() has made can be linked")
        yield from ledger.records.bodies


def _with(ledger: Ledger, column: str, found: Sequence[Mapping[int, Found]]) -> Ledger:
    bodies = [
        replace(body, found={**body.found, column: new})
        for body, new in zip(_bodies([ledger]), found, strict=True)
    ]
    return replace(ledger, records=Rows(*bodies))


class _Names:
    """The names of all rows of a kind, and the document that each row lists."""

    def __init__(self, given: Iterable[Ledger], key: str, title: str) -> None:
        self.key, self.title = key, title
        self.bodies = list(_bodies(given))
        self.offices: set[str] = set()
        self.keys: dict[str, dict[str, str]] = defaultdict(dict)
        self._names: dict[str, titles.Name] = {}
        self._found: list[dict[int, Found]] = [{} for _ in self.bodies]
        for core, places in self._places().items():
            self._name_documents(core, places)

    def _places(self) -> dict[str, list["_Place"]]:
        """For each name, the rows that bear it."""
        found: dict[str, list[_Place]] = defaultdict(list)
        for place, body in enumerate(self.bodies):
            for number in range(len(body.lines)):
                text = _text(body, number, self.title)
                if text is None:
                    continue
                named = self._names.get(text) or self._names.setdefault(text, titles.name(text))
                found[named.core].append(_Place(place, number, named.issuer, self._row(body, number)))
        return found

    def _row(self, body: Body, number: int) -> documents.Row:
        office = squeeze(_given(body, number, "issuer"))
        self.offices.add(office)
        return documents.Row(
            _given(body, number, self.key),
            documents.doc_no(_given(body, number, "doc_no")),
            _day(body, number, "published_on") or _day(body, number, "made_on"),
            office,
        )

    def _name_documents(self, core: str, places: Sequence["_Place"]) -> None:
        """Gives every row of a name the key of its document: its id, else the name with what tells it apart
        from others of that name: the issuer in the title, the document number or the first date."""
        issuers = {place.issuer for place in places}
        several = len(issuers - {""}) > 1
        for issuer in sorted(issuers) if several else [max(issuers)]:
            rows = [place for place in places if place.issuer == issuer or not several]
            listed = documents.documents(core, [place.row for place in rows])
            base = f"{issuer}：{core}" if several else core
            unnamed = sum(not document.id for document in listed)
            for document in listed:
                key = document.id or (base if unnamed == 1 else f"{base}（{document.mark}）")
                self.keys[core][key] = issuer
                for number in document.rows:
                    self._note(rows[number], key)

    def _note(self, place: "_Place", key: str) -> None:
        body = self.bodies[place.body]
        if body.reading(place.number, self.key).kind in _OPEN:
            text = _text(body, place.number, self.title) or ""
            self._found[place.body][place.number] = Found(Reading(Kind.TEXT, key), text, self.title)

    def found(self, place: int) -> dict[int, Found]:
        """The rows of a body without an id of their own, with the key of their document."""
        return self._found[place]

    def issuers(self) -> set[str]:
        """Every office that a title or a column says has issued a document."""
        return {name.issuer for name in self._names.values()} | self.offices


class _Place(NamedTuple):
    """A row that has a title: its body and number, the issuer in its title, what it says of itself."""

    body: int
    number: int
    issuer: str
    row: documents.Row


def _keyed(given: Sequence[Ledger], key: Column) -> tuple[list[Ledger], titles.Register]:
    """Ledgers whose rows all have a key, and the register of them."""
    names = _Names(given, key.name, key.by_title or "")
    places = count()
    done = [
        _with(ledger, key.name, [names.found(next(places)) for _ in _bodies([ledger])]) for ledger in given
    ]
    return done, titles.Register(names.keys, names.issuers())


def _given(body: Body, number: int, column: str) -> str:
    return (_text(body, number, column) or "") if column in body.columns else ""


def _day(body: Body, number: int, column: str) -> date | None:
    value = body.reading(number, column).value if column in body.columns else None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _text(body: Body, number: int, column: str) -> str | None:
    value = body.reading(number, column).value
    return value if isinstance(value, str) else None


def _referred(ledger: Ledger, column: Column, register: titles.Register) -> Ledger:
    """A ledger whose rows name by its key what their title names, and no two keys as if they were one."""
    title = column.by_title or ""
    known: dict[str, Found] = {}

    def found(body: Body) -> Iterator[tuple[int, Found]]:
        for number in range(len(body.lines)):
            own = body.reading(number, column.name)
            if own.kind is Kind.TEXT and own.value not in register.keys:
                several = _several(body.written(number, column.name), column, register)
                if several is not None:
                    yield number, several
            elif own.kind in _OPEN and (text := _text(body, number, title)) is not None:
                yield number, known.get(text) or known.setdefault(text, _find(register, text, title))

    return _with(ledger, column.name, [dict(found(body)) for body in _bodies([ledger])])


def _several(written: str, column: Column, register: titles.Register) -> Found | None:
    """A cell that names several documents: to which of them the row belongs, a person must say."""
    keys = list(dict.fromkeys(fold(part) for part in _BETWEEN.split(written) if part))
    if len(keys) < 2 or not register.keys.issuperset(keys):
        return None
    note = Bilingual(
        f"一格写了 {len(keys)} 个编号，请每个编号登记一行",
        f"one cell names {len(keys)} ids: give each of them a row",
    )
    return Found(Reading(Kind.DOUBTFUL, None, note), "\n".join(keys), column.name)


def _find(register: titles.Register, text: str, title: str) -> Found:
    match = register.find(text)
    if match is None:
        note = Bilingual("现有台账中没有标题相符的文件", "no document of the ledgers given has such a title")
        return Found(Reading(Kind.BLANK, None, note), "", title)
    if match.sure:
        return Found(Reading(Kind.TEXT, match.keys[0]), text, title)
    listed = "；".join(match.keys[:_LISTED]) + ("……" if len(match.keys) > _LISTED else "")
    note = Bilingual(f"标题可能指：{listed}", f"the title may mean: {listed}")
    return Found(Reading(Kind.DOUBTFUL, None, note), "\n".join(match.keys), title)
