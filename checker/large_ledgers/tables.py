"""The rows of a collection as typed columns of a table.

For a field x: "v.x" its usable value, NULL where it has none (an amount in fen; a moment without a time of
day as its midnight); "t.x" for a moment whether the time of day is known; "g.x" whether anything is filled
in, NULL where that is not known; "r.x" the rank of a term among the field's choices. "row" counts from 0.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from checker.evaluation.operands import LARGEST, usable
from checker.expression.sql import FIRST_YEAR, Operand, quoted, sql_type
from checker.facts import Fact, Field, Kind, Record
from checker.large_ledgers.database import Database

ROW = quoted("row")
RANKS = 32
"""Most terms a field may have for its ranks to be kept."""
_EMPTY = (Kind.BLANK, Kind.SLASH)


def value_column(name: str) -> str:
    return quoted(f"v.{name}")


def timed_column(name: str) -> str:
    return quoted(f"t.{name}")


def given_column(name: str) -> str:
    return quoted(f"g.{name}")


def rank_column(name: str) -> str:
    return quoted(f"r.{name}")


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a field's values: whether each row has one, and of moments whether all or none have
    a time of day. stray: a row has none without saying that it has none."""

    field: Field
    sure: bool
    timed: bool | None = None
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns, by the fields they hold."""

    name: str
    rows: int
    columns: Mapping[str, Column]

    def operand(self, name: str, of: str) -> Operand:
        """A field of one row, which the query knows as `of`."""
        column = self.columns[name]
        timed = f"{of}.{timed_column(name)}" if column.timed is not True else None
        whole = column.field.type in ("count", "number", "amount")
        return Operand(
            type=column.field.type,
            value=f"{of}.{value_column(name)}",
            timed=timed if column.field.type == "moment" else None,
            given=f"{of}.{given_column(name)}",
            sure=column.sure,
            **({"span": (-LARGEST, LARGEST)} if whole else {}),
        )


def columns_of(field: Field) -> dict[str, str]:
    """The columns a field takes, with their types."""
    found = {value_column(field.name): sql_type(field.type)}
    if field.type == "moment":
        found[timed_column(field.name)] = "BOOLEAN"
    found[given_column(field.name)] = "BOOLEAN"
    if ranked(field):
        found[rank_column(field.name)] = "UTINYINT"
    return found


def ranked(field: Field) -> bool:
    return 0 < len(field.choices) <= RANKS


def cells(field: Field, fact: Fact, ranks: Mapping[str, int]) -> tuple[Any, ...]:
    """What stands in a field's columns for one fact."""
    value = _usable(field, fact)
    found: list[Any] = [value]
    if field.type == "moment":
        found.append(None if value is None else isinstance(fact.value, datetime))
    found.append(None if fact.kind in (Kind.MISSING, Kind.DOUBTFUL) else fact.kind not in _EMPTY)
    if ranked(field):
        found.append(ranks.get(value) if isinstance(value, str) else None)
    return tuple(found)


def _usable(field: Field, fact: Fact) -> Any:
    """The usable value, without time zone; a time of day in a date is left to the reference."""
    value = usable(field, fact)
    if not isinstance(value, datetime):
        return value
    if value.year < FIRST_YEAR:
        return None
    if field.type == "moment":
        return value.replace(tzinfo=None)
    return None if isinstance(fact.value, datetime) else value.date()


def ranks_of(field: Field) -> Mapping[str, int]:
    return {term: place for place, term in enumerate(field.choices)}


def from_records(database: Database, records: Sequence[Record], fields: Iterable[Field]) -> Table:
    """A table of any records, fact by fact: for few records, or such as come from no file."""
    wanted = tuple(fields)
    columns = {ROW: "BIGINT"}
    for field in wanted:
        columns.update(columns_of(field))
    return measured(database, database.fill(columns, _rows(records, wanted)), wanted)


def _rows(records: Iterable[Record], fields: Sequence[Field]) -> Iterator[list[Any]]:
    ranks = {field.name: ranks_of(field) for field in fields}
    for number, record in enumerate(records):
        row: list[Any] = [number]
        for field in fields:
            row.extend(cells(field, record.fields.get(field.name, _ABSENT), ranks[field.name]))
        yield row


_ABSENT = Fact(Kind.MISSING)


def measured(database: Database, name: str, fields: Sequence[Field]) -> Table:
    """The table with what its columns turn out to hold."""
    asked = ["count(*)"]
    for field in fields:
        value = value_column(field.name)
        with_time = f"count(*) FILTER (WHERE {timed_column(field.name)})"
        asked.append(f"count({value})")
        asked.append(with_time if field.type == "moment" else "0")
        asked.append(f"count(*) FILTER (WHERE {value} IS NULL AND {given_column(field.name)} IS NOT FALSE)")
    [(rows, *counts)] = database.ask(f"SELECT {', '.join(asked)} FROM {name}")
    columns = {}
    for place, field in enumerate(fields):
        filled, precise, unsaid = counts[3 * place : 3 * place + 3]
        timed = None if 0 < precise < filled else precise == filled
        columns[field.name] = Column(field, filled == rows, timed, unsaid > 0)
    return Table(name, rows, columns)
