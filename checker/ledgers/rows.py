"""The rows of an evidence file, kept as columns of text; records and facts are made when asked for.

A ledger may have a million rows, of which a rule reads three columns: nothing is built before it is read.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, overload

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, Record
from checker.ledger import Column, LedgerKind
from checker.ledgers.values import READERS, Reading, as_written
from checker.ledgers.values import text as read_text
from checker.location import Location

HAS = "has_"
T = TypeVar("T")
_EMPTY = (Kind.BLANK, Kind.SLASH)


class Found(NamedTuple):
    """What a cell says that is filled by other means: the reading, the text for it, and the column it is
    found by."""

    reading: Reading
    text: str
    by: str


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """All records of one file, column by column.

    lines: the physical row of each record. cells: the text of each record under each column the file has.
    layouts: from a column to its header in the file; one for each step of an unfolded sheet, else one
    for all. which: the layout of each record.
    readings: what the texts of a typed column say, by text. found: for a column, the records whose value
    was found by other means than its cell. originals: texts as written, of keys that `cells` has as they
    are compared.
    """

    kind: LedgerKind
    file: str
    sheet: str | None
    lines: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    layouts: tuple[Mapping[str, str], ...]
    which: bytes = b""
    readings: Mapping[str, Mapping[str, Reading]] = field(default_factory=dict)
    found: Mapping[str, Mapping[int, Found]] = field(default_factory=dict)
    originals: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    columns: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", {c.name: c for c in self.kind.columns})

    def each(self, name: str, of: Callable[[Reading], T]) -> list[T]:
        """What a function makes of every record's reading under a column, or of its being filled in (has_).

        It is asked once for each different text.
        """
        column = self.columns.get(name) or self.columns[name.removeprefix(HAS)]
        says = of if column.name == name else (lambda reading: of(presence(reading)))
        lacking = says(_missing(column))
        if column.name in self.cells:
            known = _Texts(column, self.readings.get(column.name), says)
            found = list(map(known.__getitem__, self.cells[column.name]))
            if any(column.name not in layout for layout in self.layouts):
                has = [column.name in self.layout(number) for number in range(len(found))]
                found = [value if there else lacking for value, there in zip(found, has, strict=True)]
        else:
            found = [lacking] * len(self.lines)
        for number, other in self.found.get(column.name, {}).items():
            found[number] = says(other.reading)
        return found

    def layout(self, number: int) -> Mapping[str, str]:
        return self.layouts[self.which[number]] if self.which else self.layouts[0]

    def reading(self, number: int, name: str) -> Reading:
        """What one record says under one declared column."""
        if self.found and (found := self._found(number, name)) is not None:
            return found.reading
        if name not in self.layout(number):
            return _missing(self.columns[name])
        written = self.cells[name][number]
        known = self.readings.get(name)
        return read_text(written, self.columns[name]) if known is None else known[written]

    def written(self, number: int, name: str) -> str:
        """A cell's text as in the file; of a value found by other means, the text for it."""
        found = self._found(number, name)
        if found is not None:
            return found.text
        return self._cell(number, name)

    def place(self, number: int, name: str | None = None) -> Location:
        """A record's row, or one cell of it. Most places are never shown."""
        return Place(self, number, name)

    def located(self, number: int, name: str | None) -> Location:
        found = self._found(number, name) if name else None
        source = found.by if found else name
        header = self.layout(number).get(source) if source else None
        return Location(
            self.file,
            line=self.lines[number],
            table=self.sheet,
            row=self.label(number),
            column=header,
            quote=self._cell(number, source) if source and header else None,
        )

    def label(self, number: int) -> str:
        """The shown columns' texts, joined; the key where they are all blank."""
        shown = (self._cell(number, name).strip() for name in self.kind.shown)
        return " ".join(text for text in shown if text) or self.key(number)

    def key(self, number: int) -> str:
        """The key column's value where it is filled, else the row's number (and step)."""
        name = self.kind.key
        if name is not None:
            value = self.reading(number, name).value
            if value is not None:
                return str(value)
        line = str(self.lines[number])
        return f"{line}:{self.which[number]}" if self.which else line

    def _cell(self, number: int, name: str) -> str:
        if name not in self.layout(number):
            return ""
        if name in self.originals and number in self.originals[name]:
            return self.originals[name][number]
        return as_written(self.cells[name][number])

    def _found(self, number: int, name: str) -> Found | None:
        return self.found[name].get(number) if name in self.found else None


class _Texts(dict[str, T]):
    """What a function makes of the reading of each text of a column."""

    def __init__(
        self, column: Column, readings: Mapping[str, Reading] | None, of: Callable[[Reading], T]
    ) -> None:
        super().__init__()
        self._column, self._readings, self._of = column, readings, of

    def __missing__(self, written: str) -> T:
        known = self._readings
        reading = read_text(written, self._column) if known is None else known[written]
        found = self[written] = self._of(reading)
        return found


def _missing(column: Column) -> Reading:
    zh, en = column.label
    return Reading(Kind.MISSING, None, Bilingual(f"台账没有“{zh}”一栏", f"the ledger has no column {en}"))


class Place(Location):
    """A Location that finds its words when first asked. It equals, pickles and copies as the plain one."""

    __slots__ = ("_cell", "_known")
    __setattr__ = object.__setattr__

    def __new__(cls, *cell: Any, **plain: Any) -> "Location":  # type: ignore[misc]  # of a copy, the plain one
        return Location(**plain) if plain else super().__new__(cls)

    def __init__(self, *cell: Any) -> None:
        self._cell: tuple[Body, int, str | None] = cell
        self._known: Location | None = None

    def _plain(self) -> Location:
        if self._known is None:
            body, number, name = self._cell
            self._known = body.located(number, name)
        return self._known

    file = property(lambda self: self._cell[0].file)
    line = property(lambda self: self._cell[0].lines[self._cell[1]])
    character = page = path = box = paragraph = cell = property(lambda self: None)
    table = property(lambda self: self._cell[0].sheet)
    row = property(lambda self: self._plain().row)
    column = property(lambda self: self._plain().column)
    quote = property(lambda self: self._plain().quote)

    def __reduce__(self) -> tuple[Any, ...]:
        place = self._plain()
        return Location, tuple(getattr(place, each.name) for each in fields(Location))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Place):
            return self._cell == other._cell or self._plain() == other._plain()
        return self._plain() == other

    __hash__ = Location.__hash__


class CellFact(Fact):
    """A Fact that finds its text and place only when asked: most facts a rule reads are never shown.

    All it holds stands in one slot, which a frozen dataclass fills fastest: body, record, column, reading,
    and whether the fact is that the column is filled in. It equals, and pickles as, the plain Fact.
    """

    __slots__ = ("_cell",)
    __setattr__ = object.__setattr__

    def __init__(self, *cell: Any) -> None:
        self._cell: tuple[Body, int, str, Reading, bool] = cell

    @property
    def kind(self) -> Kind:
        return self._cell[3][0]

    @property
    def value(self) -> Decimal | bool | date | str | None:
        return self._cell[3][1]

    @property
    def note(self) -> Bilingual | None:
        return self._cell[3][2]

    @property
    def text(self) -> str:
        body, number, column, _, presence = self._cell
        return "" if presence else body.written(number, column)

    @property
    def locations(self) -> tuple[Location, ...]:
        body, number, column, *_ = self._cell
        return (body.place(number, column),)

    def __reduce__(self) -> tuple[Any, ...]:
        return Fact, (self.kind, self.value, self.text, self.locations, self.note)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and self.__reduce__()[1] == (
            other.kind,
            other.value,
            other.text,
            other.locations,
            other.note,
        )

    def __hash__(self) -> int:
        return hash(self.__reduce__()[1])


class Row(Mapping[str, Fact]):
    """The fields of one record: every column, and for each whether it is filled in."""

    __slots__ = ("_body", "_known", "_number")

    def __init__(self, body: Body, number: int) -> None:
        self._body = body
        self._number = number
        self._known: dict[str, Fact] = {}

    def __getitem__(self, name: str) -> Fact:
        fact = self._known.get(name)
        if fact is None:
            fact = self._known[name] = self._fact(name)
        return fact

    def _fact(self, name: str) -> Fact:
        body, number = self._body, self._number
        if name in body.columns:
            return CellFact(body, number, name, body.reading(number, name), False)
        column = name.removeprefix(HAS)
        if column == name or column not in body.columns:
            raise KeyError(name)
        return CellFact(body, number, column, presence(body.reading(number, column)), True)

    def __iter__(self) -> Iterator[str]:
        yield from self._body.columns
        for name in self._body.columns:
            yield HAS + name

    def __len__(self) -> int:
        return 2 * len(self._body.columns)


_PRESENT, _NOT_PRESENT = Reading(Kind.FLAG, True), Reading(Kind.FLAG, False)


def presence(reading: Reading) -> Reading:
    """Whether a cell is filled in. A column the file lacks says nothing, and what is doubtful stays so."""
    if reading.kind in (Kind.MISSING, Kind.DOUBTFUL):
        return Reading(reading.kind, None, reading.note)
    return _NOT_PRESENT if reading.kind in _EMPTY else _PRESENT


class RowRecord(Record):
    """A Record whose key, label, fields and place are made when asked for. It pickles as it is."""

    __slots__ = ("_fields", "_row")
    __setattr__ = object.__setattr__
    position = 0

    def __init__(self, *row: Any) -> None:
        self._row: tuple[Body, int] = row
        self._fields = Row(*row)

    @property
    def key(self) -> str:
        body, number = self._row
        return body.key(number)

    @property
    def label(self) -> Bilingual:
        body, number = self._row
        label = body.label(number)
        return Bilingual(label, label)

    @property
    def fields(self) -> Mapping[str, Fact]:
        return self._fields

    @property
    def locations(self) -> tuple[Location, ...]:
        body, number = self._row
        return (body.place(number),)

    def __reduce__(self) -> tuple[Any, ...]:
        return RowRecord, self._row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowRecord) and self._row == other._row

    def __hash__(self) -> int:
        return hash(self._row)


class Rows(Sequence[Record]):
    """The records of one file, or of several of one kind, in order."""

    __slots__ = ("bodies",)

    def __init__(self, *bodies: Body) -> None:
        self.bodies = bodies

    def __len__(self) -> int:
        return sum(len(body.lines) for body in self.bodies)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        for body in self.bodies:
            if 0 <= number < len(body.lines):
                return RowRecord(body, number)
            number -= len(body.lines)
        raise IndexError(index)

    def __iter__(self) -> Iterator[Record]:
        for body in self.bodies:
            for number in range(len(body.lines)):
                yield RowRecord(body, number)

    def each(self, name: str, of: Callable[[Reading], T]) -> list[T]:
        """See Body.each."""
        first, *more = [body.each(name, of) for body in self.bodies] or [[]]
        for found in more:
            first.extend(found)
        return first

    def __reduce__(self) -> tuple[Any, ...]:
        return Rows, self.bodies


def readings(column: Column, cells: Sequence[str]) -> Mapping[str, Reading] | None:
    """What every different text of a column says; None for plain text, which always fits."""
    if column.type == "text" and not column.choices:
        return None
    read = READERS[column.type]
    return {written: read(written, column) for written in set(cells)}


def numbers(lines: Sequence[int]) -> Sequence[int]:
    """Row numbers in little space."""
    return array("I", lines)
