"""A large CSV file read by DuckDB itself: the ledger is as csv_file.rows would have made it, only sooner.

DuckDB reads what is plain: UTF-8, one record a line or quoted as it should be, every row as wide as the
header. Whatever is not, it refuses or we do, and checker.ledgers reads the file. The cells stay in
DuckDB; those of a record are fetched when asked for.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, overload

from checker.expression.sql import quoted
from checker.facts import Kind
from checker.large_ledgers.database import Database
from checker.large_ledgers.tables import ROW
from checker.large_ledgers.typed import BLANKS, Texts, odd_texts, text_column
from checker.ledger import Column, Ledger
from checker.ledgers import csv_file, keys
from checker.ledgers.asides import OPENS
from checker.ledgers.csv_file import LONGEST_LINE, Dialect
from checker.ledgers.fitting import Fit, Fitter, shown
from checker.ledgers.loading import MOST_ROWS, NAMED, fault
from checker.ledgers.rows import Body, Rows
from checker.ledgers.values import READERS, Reading

_CHUNK = 1 << 20
_BLOCK = 4_096
_BLOCKS = 64
_LINE = quoted("line")
_UTF8 = ("utf-8", "utf-8-sig")
NARROW = "".join(map(chr, range(0x21, 0x7F)))
WIDE = (
    "".join(map(chr, range(0xFF01, 0xFF5F)))
    + BLANKS
    + "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
"""What keys.fold makes NARROW of, and after it what it takes away."""


def read(fitter: Fitter, path: Path, database: Database) -> Ledger | None:
    """The ledger in a CSV file; None if it is not plain enough. Raises InputError as csv_file.sniff does."""
    kind = fitter.kind
    if any(column.by_title for column in kind.columns):
        return None
    dialect = csv_file.sniff(path, fitter)
    if (
        dialect.encoding not in _UTF8
        or dialect.wrapped
        or dialect.fit.steps
        or any("\n" in h for h in dialect.fit.headers)
    ):
        return None
    try:
        cells = _load(fitter, path, dialect, database)
        return None if cells is None else _ledger(fitter, dialect, cells)
    except database.errors:
        return None


def _ledger(fitter: Fitter, dialect: Dialect, cells: "StoredCells") -> Ledger:
    kind = fitter.kind
    layout = {name: dialect.fit.headers[place] for name, place in dialect.fit.layouts[0].items()}
    known = {
        c.name: _Readings(c) for c in kind.columns if c.name in cells and (c.type != "text" or c.choices)
    }
    body = Body(
        kind=kind,
        file=fitter.file,
        sheet=None,
        lines=cells.lines,
        cells=cells,
        layouts=(layout,),
        readings=known,
    )
    faults, count = _faults(body, cells)
    missing = tuple(c.name for c in kind.columns if c.name not in cells)
    return Ledger(
        kind, fitter.file, None, Rows(body), missing, faults, count, tuple(map(shown, dialect.fit.extra))
    )


def _load(fitter: Fitter, path: Path, dialect: Dialect, database: Database) -> "StoredCells | None":
    physical = _lines(path)
    if physical is None:
        return None
    fit = dialect.fit
    names = [f"c{place}" for place in range(len(fit.headers))]
    everything = database.new_table()
    declared = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    cells = ", ".join(f"coalesce({name}, '') AS {name}" for name in names)
    database.ask(
        f"CREATE TABLE {everything} AS SELECT {cells} FROM read_csv($path, header = false, "
        f"skip = {fit.line:d}, auto_detect = false, columns = {declared}, delim = $separator, quote = '\"', "
        f"escape = '\"', strict_mode = true, null_padding = false, ignore_errors = false, "
        f"max_line_size = {LONGEST_LINE:d})",
        {"path": str(path), "separator": dialect.separator},
    )
    [(rows,)] = database.ask(f"SELECT count(*) FROM {everything}")
    begins = None if rows == physical - fit.line else _begins(path, dialect, fitter.file)
    if rows > MOST_ROWS or begins is not None and len(begins) != rows:
        return None
    view, left = _kept(database, everything, names, fit.headers)
    if _is_odd(fitter, database, view, names, fit):
        return None
    layout = {c.name: fit.layouts[0][c.name] for c in fitter.kind.columns if c.name in fit.layouts[0]}
    selected = ", ".join(f"c{place:d} AS {text_column(name)}" for name, place in layout.items())
    table = database.new_table()
    database.ask(f"CREATE VIEW {table} AS SELECT {ROW}, {_LINE}, {selected} FROM {view}")
    return StoredCells(database, table, left, tuple(layout), fit.line + 1, begins)


def _kept(database: Database, table: str, names: Sequence[str], headers: Sequence[str]) -> tuple[str, int]:
    """The rows that hold anything and do not repeat the header, with their places; and how many."""
    first = f"unicode({names[0]})"
    filled = f"trim(concat({', '.join(names)}), $blanks) <> ''"
    repeated = " AND ".join(f"trim({name}, $blanks) = $h{place:d}" for place, name in enumerate(names))
    plain = f"{first} BETWEEN 48 AND 57 OR {first} BETWEEN 65 AND 90"
    keep = (
        f"CASE WHEN contains({names[0]}, $h0) THEN {filled} AND NOT ({repeated}) "
        f"WHEN {plain} THEN TRUE ELSE {filled} END"
    )
    values = {"blanks": BLANKS, **{f"h{place:d}": header.strip() for place, header in enumerate(headers)}}
    [(rows, kept)] = database.ask(f"SELECT count(*), count(*) FILTER (WHERE {keep}) FROM {table}", values)
    if rows == kept:
        view = database.new_table()
        database.ask(f"CREATE VIEW {view} AS SELECT rowid AS {ROW}, rowid AS {_LINE}, * FROM {table}")
        return view, kept
    found = database.new_table()
    database.ask(
        f"CREATE TABLE {found} AS SELECT row_number() OVER (ORDER BY rowid) - 1 AS {ROW}, "
        f"rowid AS {_LINE}, * FROM {table} WHERE {keep}",
        values,
    )
    return found, kept


def _is_odd(fitter: Fitter, database: Database, view: str, names: Sequence[str], fit: Fit) -> bool:
    """Whether a key is not written as it is compared, or a row may be no record: both are for us."""
    layout = fit.layouts[0]
    places = [layout[column.name] for column in keys.columns(fitter.kind) if column.name in layout]
    odd = [f"regexp_matches(c{place:d}, $folded)" for place in places]
    key = f"c{layout.get(fitter.kind.key or '', min(layout.values())):d}"
    row = f"concat({', '.join(names)})"
    declared = f"trim(concat({', '.join(f'c{place:d}' for place in layout.values())}), $blanks)"
    aside = (
        f"{declared} = '' OR regexp_matches(translate({row}, $wide, $narrow), $opens) "
        f"OR regexp_matches(translate({key}, $wide, $narrow), $opens)"
    )
    plain = " AND ".join(f"unicode({cell}) BETWEEN 34 AND 126" for cell in dict.fromkeys((names[0], key)))
    odd.append(f"(CASE WHEN {plain} THEN FALSE ELSE {aside} END)")
    values = {"folded": keys.FOLDED, "opens": OPENS, "blanks": BLANKS, "wide": WIDE, "narrow": NARROW}
    [(found,)] = database.ask(f"SELECT count(*) FROM {view} WHERE {' OR '.join(odd)}", values)
    return bool(found)


def _lines(path: Path) -> int | None:
    """How many physical lines the file has; None where they do not end as plain lines do."""
    feeds = 0
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if b"\0" in chunk:
                return None
            if b"\r" in chunk or last == b"\r":
                joined = last[-1:] + chunk
                if joined.rstrip(b"\r").count(b"\r") != joined.count(b"\r\n"):
                    return None
            feeds += chunk.count(b"\n")
            last = chunk[-1:]
    return None if last == b"\r" else feeds + (last not in (b"", b"\n"))


def _begins(path: Path, dialect: Dialect, file: str) -> Sequence[int]:
    """The line each row begins on, where rows and lines do not go together; empty lines are no rows."""
    return array("I", (line for line, cells in csv_file.rows(path, dialect, file) if cells))


class StoredCells(Mapping[str, Sequence[str]]):
    """The columns of a table as a Body keeps them. It pickles as the texts themselves."""

    def __init__(
        self,
        database: Database,
        table: str,
        rows: int,
        names: tuple[str, ...],
        first: int,
        begins: Sequence[int] | None,
    ) -> None:
        self.database = database
        self.table = table
        self.rows = rows
        self.names = names
        self.fetched: dict[int, Sequence[Any]] = {}
        self._columns = {name: _StoredColumn(self, place + 1) for place, name in enumerate(names)}
        self._first = first
        self._begins = begins
        self._blocks: dict[int, list[tuple[Any, ...]]] = {}

    @property
    def lines(self) -> "Sequence[int]":
        return _Lines(self)

    def texts(self, body: Body) -> Texts:
        return Texts(self.table, body.kind, frozenset(self.names), body.found)

    def prefetch(self, rows: Iterable[int]) -> None:
        """Have these rows ready, for good: what is said of a record may be read long after."""
        wanted = [row for row in rows if row not in self.fetched]
        if wanted:
            self.fetched.update((row, cells) for row, *cells in self._some(wanted))

    def few(self, body: Body, rows: Sequence[int]) -> Rows:
        """The records of these rows, in order, as a ledger of their own whose cells are in memory."""
        columns = [*zip(*self._some(rows), strict=True)] or [()] * (2 + len(self.names))
        numbers = {row: number for number, row in enumerate(columns[0])}
        found = {
            name: {numbers[row]: cell for row, cell in cells.items() if row in numbers}
            for name, cells in body.found.items()
        }
        lines = array("I", map(self._physical, columns[1]))
        cells = dict(zip(self.names, columns[2:], strict=True))
        return Rows(replace(body, lines=lines, cells=cells, found=found))

    def _some(self, rows: Sequence[int]) -> list[tuple[Any, ...]]:
        where = f"WHERE {ROW} IN (SELECT unnest(CAST($rows AS BIGINT[]))) ORDER BY {ROW}"
        return self.database.ask(f"SELECT {ROW}, {self._selected} FROM {self.table} {where}", {"rows": rows})

    def cells(self, row: int) -> Sequence[Any]:
        """The line index and the texts of one row."""
        known = self.fetched.get(row)
        if known is not None:
            return known
        block, place = divmod(row, _BLOCK)
        if block not in self._blocks:
            if len(self._blocks) >= _BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
            self._blocks[block] = self._block(block)
        return self._blocks[block][place]

    def line(self, row: int) -> int:
        return self._physical(self.cells(row)[0])

    def _physical(self, index: int) -> int:
        return self._first + index if self._begins is None else self._begins[index]

    def column(self, place: int) -> Iterator[Any]:
        for block in range(-(-self.rows // _BLOCK)):
            for cells in self._block(block):
                yield cells[place]

    @cached_property
    def _selected(self) -> str:
        return ", ".join([_LINE, *map(text_column, self.names)])

    def _block(self, block: int) -> list[tuple[Any, ...]]:
        low = block * _BLOCK
        where = f"WHERE {ROW} >= {low:d} AND {ROW} < {low + _BLOCK:d} ORDER BY {ROW}"
        return self.database.ask(f"SELECT {self._selected} FROM {self.table} {where}")

    def __getitem__(self, name: str) -> "Sequence[str]":
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, ({name: list(column) for name, column in self._columns.items()},)


class _Stored(Sequence[Any]):
    """One value of every row."""

    def __init__(self, cells: StoredCells) -> None:
        self.cells = cells

    def value(self, row: int) -> Any:
        raise NotImplementedError

    def __len__(self) -> int:
        return self.cells.rows

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self.value(row) for row in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.value(index % len(self))


class _StoredColumn(_Stored):
    def __init__(self, cells: StoredCells, place: int) -> None:
        super().__init__(cells)
        self.place = place
        self._fetched = cells.fetched

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int) and index in self._fetched:  # what is asked for again and again
            return self._fetched[index][self.place]
        return super().__getitem__(index)

    def value(self, row: int) -> Any:
        return self.cells.cells(row)[self.place]

    def __iter__(self) -> Iterator[Any]:
        return self.cells.column(self.place)


class _Lines(_Stored):
    """The physical line of every row."""

    def value(self, row: int) -> Any:
        return self.cells.line(row)

    def __reduce__(self) -> tuple[Any, ...]:
        return array, ("I", list(self))


class _Readings(dict[str, Reading]):
    """What the texts of a column say, each read when first asked for."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, written: str) -> Reading:
        found = self[written] = READERS[self.column.type](written, self.column)
        return found

    def get(self, written: str, default: Any = None) -> Any:
        return self[written]


def _faults(body: Body, cells: StoredCells) -> tuple[tuple[Any, ...], int]:
    """The first values that do not fit, in the order of the file, and how many there are."""
    total = 0
    found: list[tuple[int, int, str]] = []
    for place, name in enumerate(cells.names):
        column = body.columns[name]
        if column.type == "text" and not column.choices:
            continue
        odd = odd_texts(cells.database, cells.texts(body), column)
        bad = [text for text in odd if READERS[column.type](text, column).kind is Kind.UNREADABLE]
        if not bad:
            continue
        where = f"WHERE {text_column(name)} IN (SELECT unnest(CAST($bad AS VARCHAR[])))"
        counted = f"SELECT count(*), min({ROW}, {NAMED:d}) FROM {cells.table} {where}"
        [(count, rows)] = cells.database.ask(counted, {"bad": bad})
        total += count
        found.extend((row, place, name) for row in rows)
    named = sorted(found)[:NAMED]
    cells.prefetch(row for row, _, _ in named)
    return tuple(fault(body, row, name) for row, _, name in named), total


def stored(records: object) -> StoredCells | None:
    """The cells of a ledger that DuckDB holds, if it is one such file."""
    if isinstance(records, Rows) and len(records.bodies) == 1:
        cells = records.bodies[0].cells
        return cells if isinstance(cells, StoredCells) else None
    return None
