"""Rows that name no document by its id → the document their title means.

A document's own row without an id takes the name in its title as key; a row that refers to a document
takes the key of the one its title names. Where several fit, or one only nearly, a person must say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from checker.bilingual import Bilingual
from checker.facts import Kind, Record
from checker.ledger import Column, Ledger
from checker.ledgers import titles
from checker.ledgers.rows import Body, Found, Rows
from checker.ledgers.values import Reading

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
    """The names of all rows of a kind: who issued a document of each name, and under which ids."""

    def __init__(self, given: Iterable[Ledger], key: str, title: str) -> None:
        self.key, self.title = key, title
        self._names: dict[str, titles.Name] = {}
        self._issuers: dict[str, set[str]] = defaultdict(set)
        self._ids: dict[str, set[str]] = defaultdict(set)
        for body in _bodies(given):
            for number in range(len(body.lines)):
                self._note(body, number)

    def _note(self, body: Body, number: int) -> None:
        text = _text(body, number, self.title)
        if text is None:
            return
        known = self.name(text)
        self._issuers[known.core].add(known.issuer)
        given = _text(body, number, self.key)
        if given is not None:
            self._ids[known.core].add(given)

    def name(self, text: str) -> titles.Name:
        return self._names.get(text) or self._names.setdefault(text, titles.name(text))

    def key_of(self, text: str) -> str:
        """The one id given for the name, else the name, with the issuer where several issued such a one."""
        known = self.name(text)
        ids = self._ids.get(known.core, set())
        if len(ids) == 1:
            return min(ids)
        return known.core if len(self._issuers[known.core] - {""}) < 2 else f"{known.issuer}：{known.core}"

    def found(self, body: Body) -> dict[int, Found]:
        """The rows without an id of their own, with the key their title gives."""
        found = {}
        for number in range(len(body.lines)):
            text = _text(body, number, self.title)
            if text is not None and body.reading(number, self.key).kind in _OPEN:
                found[number] = Found(Reading(Kind.TEXT, self.key_of(text)), text, self.title)
        return found


def _keyed(given: Sequence[Ledger], key: Column) -> tuple[list[Ledger], titles.Register]:
    """Ledgers whose rows all have a key, and the register of them."""
    names = _Names(given, key.name, key.by_title or "")
    done = [_with(ledger, key.name, [names.found(body) for body in _bodies([ledger])]) for ledger in given]
    keys: dict[str, dict[str, None]] = defaultdict(dict)
    for body in _bodies(done):
        for number in range(len(body.lines)):
            text, value = _text(body, number, names.title), _text(body, number, key.name)
            if text is not None and value is not None:
                keys[names.name(text).core][value] = None
    return done, titles.Register(keys)


def _text(body: Body, number: int, column: str) -> str | None:
    value = body.reading(number, column).value
    return value if isinstance(value, str) else None


def _referred(ledger: Ledger, column: Column, register: titles.Register) -> Ledger:
    """A ledger whose rows name by its key what their title names."""
    title = column.by_title or ""
    known: dict[str, Found] = {}

    def found(body: Body) -> Iterator[tuple[int, Found]]:
        for number in range(len(body.lines)):
            text = _text(body, number, title)
            if text is not None and body.reading(number, column.name).kind in _OPEN:
                yield number, known.get(text) or known.setdefault(text, _find(register, text, title))

    return _with(ledger, column.name, [dict(found(body)) for body in _bodies([ledger])])


def _find(register: titles.Register, text: str, title: str) -> Found:
    match = register.find(text)
    if match is None:
        note = Bilingual("现有台账中没有标题相符的文件", "no document of the ledgers given has such a title")
        return Found(Reading(Kind.BLANK, None, note), "", title)
    if match.sure:
        return Found(Reading(Kind.TEXT, match.keys[0]), text, title)
    listed = "；".join(match.keys)
    note = Bilingual(f"标题可能指：{listed}", f"the title may mean: {listed}")
    return Found(Reading(Kind.DOUBTFUL, None, note), "\n".join(match.keys), title)
