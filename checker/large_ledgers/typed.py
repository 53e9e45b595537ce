"""From the texts of a file to typed columns, in SQL.

What stands in its plain form (a text without white space around it, 2024-03-05 10:00, 1200) is read by
DuckDB; every different text that does not is read once by checker.ledgers.values and looked up. So all rows
say exactly what the reference would read in them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.evaluation.operands import LARGEST
from checker.expression.sql import quoted, sql_type
from checker.facts import Fact, Field
from checker.large_ledgers.database import Database
from checker.large_ledgers.tables import (
    ROW,
    Table,
    cells,
    columns_of,
    given_column,
    measured,
    ranks_of,
    timed_column,
    value_column,
)
from checker.ledger import Column, LedgerKind
from checker.ledgers.rows import HAS, Body, Found
from checker.ledgers.values import MARK, READERS, SLASHES, SPACED, YEARS, Reading

BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What str.strip() takes away."""
_VALUES: Mapping[str, Any] = {"blanks": BLANKS, "mark": MARK, "slashes": sorted(SLASHES)}
_TEXT = quoted("text")


def text_column(name: str) -> str:
    return quoted(f"x.{name}")


@dataclass(frozen=True, slots=True)
class Texts:
    """A table with the texts of a ledger: "row" and for each of the kind's columns that the file has "x." and
    its name, NULL where a row's layout lacks it. found: cells filled by other means."""

    name: str
    kind: LedgerKind
    columns: frozenset[str]
    found: Mapping[str, Mapping[int, Found]]


def from_bodies(database: Database, bodies: Sequence[Body], columns: Iterable[str]) -> Texts:
    """The texts of files held in memory, one after another; only the columns asked for."""
    kind = bodies[0].kind
    names = [
        c.name for c in kind.columns if c.name in set(columns) and any(c.name in b.cells for b in bodies)
    ]
    table = database.fill({ROW: "BIGINT", **{text_column(n): "VARCHAR" for n in names}}, ())
    first = 0
    found: dict[str, dict[int, Found]] = {}
    for body in bodies:
        size = len(body.lines)
        texts = [_texts(body, name) for name in names]
        database.append(table, zip(range(first, first + size), *texts, strict=True))
        for name, cells_found in body.found.items():
            found.setdefault(name, {}).update((first + n, f) for n, f in cells_found.items())
        first += size
    return Texts(table, kind, frozenset(names), found)


def _texts(body: Body, name: str) -> Iterable[str | None]:
    texts = body.cells.get(name)
    if texts is None:
        return [None] * len(body.lines)
    if not body.which:
        return texts if name in body.layouts[0] else [None] * len(body.lines)
    has = [name in layout for layout in body.layouts]
    return (text if has[n] else None for text, n in zip(texts, body.which, strict=True))


def typed(database: Database, texts: Texts, fields: Iterable[Field]) -> Table:
    """The fields asked for, of all rows."""
    wanted = tuple(fields)
    declared = {c.name: c for c in texts.kind.columns}
    reader = _Typing(database, texts)
    selected = [f"texts.{ROW}"]
    for field in wanted:
        column = declared.get(field.name)
        if column is not None:
            selected += reader.columns(field, column)
        else:
            selected += reader.presence(field, declared[field.name.removeprefix(HAS)])
    name = database.new_table()
    database.ask(
        f"CREATE TABLE {name} AS SELECT {', '.join(selected)} FROM {texts.name} AS texts {reader.joins}"
    )
    return measured(database, name, wanted)


def odd_texts(database: Database, texts: Texts, column: Column) -> list[str]:
    """Every different text of a column that is not in plain form; looked for once."""
    known = database.odd_texts.get((texts.name, column.name))
    if known is not None:
        return known
    text = f"texts.{text_column(column.name)}"
    plain = _plain(column, text)
    found = database.ask(
        f"SELECT DISTINCT {text} FROM {texts.name} AS texts "
        f"WHERE {text} IS NOT NULL AND ({plain.holds}) IS NOT TRUE",
        _VALUES if "$" in plain.holds else None,
    )
    database.odd_texts[texts.name, column.name] = [text for (text,) in found]
    return database.odd_texts[texts.name, column.name]


class _Typing:
    """Gathers the pieces of one statement."""

    def __init__(self, database: Database, texts: Texts) -> None:
        self.database = database
        self.texts = texts
        self.joins = ""
        self._sources: dict[str, _Source] = {}

    def columns(self, field: Field, column: Column) -> Iterator[str]:
        """All columns of a field, in the order of columns_of."""
        source = self._source(column)
        for name in columns_of(field):
            yield f"{source.column(name, field)} AS {name}"

    def presence(self, field: Field, column: Column) -> Iterator[str]:
        """The columns of has_x: what x says of being filled in."""
        filled = self._source(column).given()
        yield f"{filled} AS {value_column(field.name)}"
        yield f"CASE WHEN ({filled}) IS NOT NULL THEN TRUE END AS {given_column(field.name)}"

    def _source(self, column: Column) -> "_Source":
        if column.name not in self._sources:
            self._sources[column.name] = self._made(column)
        return self._sources[column.name]

    def _made(self, column: Column) -> "_Source":
        terms = tuple(dict.fromkeys(column.choices.values()))
        field = Field(column.name, column.type, column.label, column.unit, column.scale, terms)
        source = _Source(field, None, None, None)
        if column.name in self.texts.columns:
            text = f"texts.{text_column(column.name)}"
            plain = _plain(column, text)
            source = _Source(field, text, plain, self._odd(field, column, text))
        found = self.texts.found.get(column.name)
        if found:
            source.found = self._found(field, found)
        return source

    def _odd(self, field: Field, column: Column, text: str) -> str | None:
        """A table of the texts not in plain form and what they say; None if there are none."""
        odd = odd_texts(self.database, self.texts, column)
        if not odd:
            return None
        read, ranks = READERS[column.type], ranks_of(field)
        rows = ((odd_text, *cells(field, _fact(read(odd_text, column)), ranks)) for odd_text in odd)
        table = self.database.fill({_TEXT: "VARCHAR", **columns_of(field)}, rows)
        name = f"odd{len(self._sources)}"
        self.joins += f" LEFT JOIN {table} AS {name} ON {name}.{_TEXT} = {text}"
        return name

    def _found(self, field: Field, found: Mapping[int, Found]) -> str:
        ranks = ranks_of(field)
        rows = ((n, *cells(field, _fact(f.reading), ranks)) for n, f in found.items())
        table = self.database.fill({ROW: "BIGINT", **columns_of(field)}, rows)
        name = f"found{len(self._sources)}"
        self.joins += f" LEFT JOIN {table} AS {name} ON {name}.{ROW} = texts.{ROW}"
        return name


def _fact(reading: Reading) -> Fact:
    return Fact(reading.kind, reading.value)


@dataclass(slots=True)
class _Source:
    """Where a column's values come from: the text in plain form, odd texts, cells filled by other means."""

    field: Field
    text: str | None
    plain: "_Plain | None"
    odd: str | None
    found: str | None = None

    def given(self) -> str:
        return self._chosen("TRUE", given_column(self.field.name), "BOOLEAN")

    def column(self, name: str, field: Field) -> str:
        """One of the field's columns."""
        kind = columns_of(field)[name]
        if self.plain is None:
            return self._chosen(f"CAST(NULL AS {kind})", name, kind)
        if name == value_column(field.name):
            return self._chosen(self.plain.value, name, kind)
        if field.type == "moment" and name == timed_column(field.name):
            return self._chosen(f"length({self.text}) > 10", name, kind)
        return self._chosen("TRUE" if name == given_column(field.name) else "NULL", name, kind)

    def _chosen(self, plain: str, name: str, kind: str) -> str:
        if self.plain is None:
            text = f"CAST(NULL AS {kind})"
        elif self.odd is None:
            text = f"CASE WHEN {self.text} IS NOT NULL THEN {plain} END"
        else:
            text = f"CASE WHEN {self.odd}.{_TEXT} IS NOT NULL THEN {self.odd}.{name} "
            text += f"WHEN {self.text} IS NOT NULL THEN {plain} END"
        if self.found is not None:
            text = f"CASE WHEN {self.found}.{ROW} IS NOT NULL THEN {self.found}.{name} ELSE {text} END"
        return f"CAST({text} AS {kind})"


@dataclass(frozen=True, slots=True)
class _Plain:
    """SQL: whether a text is in the plain form of its type, and the value it then has."""

    holds: str
    value: str


def _plain(column: Column, text: str) -> _Plain:
    kind = column.type
    if kind == "flag" or column.choices:
        return _Plain("FALSE", f"CAST(NULL AS {sql_type(kind)})")
    if kind == "text":
        return _Plain(_plain_text(text), text)
    if kind == "date":
        cast = f"TRY_CAST({text} AS DATE)"
        return _Plain(f"length({text}) = 10 AND CAST({cast} AS VARCHAR) = {text} AND {_in_years(text)}", cast)
    if kind == "moment":
        cast = f"TRY_CAST({text} AS TIMESTAMP)"
        whole = f"CASE length({text}) WHEN 10 THEN {text} || ' 00:00:00' WHEN 16 THEN {text} || ':00' "
        whole += f"WHEN 19 THEN {text} END"
        return _Plain(f"CAST({cast} AS VARCHAR) = {whole} AND {_in_years(text)}", cast)
    cast = f"TRY_CAST({text} AS BIGINT)"
    scale = column.scale if kind == "amount" else 1
    most = LARGEST // scale
    spelt = f"length({text}) < 18 AND CAST({cast} AS VARCHAR) = {text}"
    least = 0 if kind == "count" else -most
    return _Plain(f"{spelt} AND {cast} BETWEEN {least} AND {most}", f"{cast} * {scale}")


def _in_years(text: str) -> str:
    """Whether a date in its plain form is of a year that a record may be of."""
    return f"{text} >= '{YEARS.start}' AND {text} < '{YEARS.stop}'"


def _plain_text(text: str) -> str:
    """Most texts begin and end with a letter, a digit or an ideograph; the others are looked at closely."""
    ends = " AND ".join(
        f"({end} BETWEEN 48 AND 57 OR {end} BETWEEN 65 AND 90 OR {end} BETWEEN 97 AND 122 "
        f"OR {end} BETWEEN 19968 AND 40959)"
        for end in (f"unicode({text})", f"unicode(right({text}, 1))")
    )
    clean = f"{text} = trim({text}, $blanks) AND NOT starts_with({text}, $mark)"
    refused = f"list_contains(CAST($slashes AS VARCHAR[]), {text})"
    spaced = f"length({text}) <= {SPACED} AND (contains({text}, ' ') OR contains({text}, '\u3000'))"
    return f"CASE WHEN {ends} AND {text} <> '不适用' THEN NOT ({spaced}) ELSE {clean} AND NOT {refused} END"
