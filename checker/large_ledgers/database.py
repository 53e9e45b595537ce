"""A DuckDB of our own in memory: filled first, then locked, then asked only what we print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from threading import Timer
from typing import TYPE_CHECKING, Any
from weakref import finalize

from checker.expression.sql import quoted

if TYPE_CHECKING:
    import duckdb

SECONDS = 120
"""Longest that one statement may take; then it is interrupted, and the reference does its work."""
MEMORY = "4GB"
_BATCH = 8_192

_SETTINGS = (
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET python_enable_replacements = false",
)


class NoThread(Exception):  # noqa: N818 - as an error of DuckDB: the reference does the work
    """No statement can be watched over."""


class Database:
    """One connection. Tables are named by us; no text of a ruleset or a ledger is part of a statement.

    errors: what keeps it from answering. odd_texts: by table and column, what typed.odd_texts has found.
    """

    def __init__(self, threads: int | None = None) -> None:
        import duckdb

        self.errors = (duckdb.Error, NoThread)
        self._connection = duckdb.connect(":memory:")
        self._close = finalize(self, self._connection.close)
        self._connection.execute(f"SET memory_limit = '{MEMORY}'")
        self._connection.execute("SET temp_directory = ''")
        if threads is not None:
            self._connection.execute(f"SET threads = {threads:d}")
        self.odd_texts: dict[tuple[str, str], list[str]] = {}
        self._tables = 0
        self._locked = False

    def lock(self) -> None:
        """From here on no file can be read, nothing loaded and no setting changed."""
        if not self._locked:
            for setting in _SETTINGS:
                self._connection.execute(setting)
            self._connection.execute("SET lock_configuration = true")
            self._locked = True

    def close(self) -> None:
        """Free it all. Happens by itself once nobody asks for a cell any more."""
        self._close()

    def new_table(self) -> str:
        """A name no table has yet, quoted."""
        self._tables += 1
        return quoted(f"table {self._tables}")

    def ask(self, statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of the answer. Raises one of `errors`, also where it takes too long."""
        with self._timed():
            return self._connection.execute(statement, dict(values or {})).fetchall()

    def append(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Rows, each a value a column, at the end of a table."""
        pending = iter(rows)
        with self._connection.appender(table.strip('"')) as appender:
            while batch := list(islice(pending, _BATCH)):
                appender.append_rows(batch)

    def fill(self, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> str:
        """A new table with these columns (quoted names, SQL types) and rows; its name."""
        table = self.new_table()
        self.ask(f"CREATE TABLE {table} ({', '.join(f'{n} {t}' for n, t in columns.items())})")
        self.append(table, rows)
        return table

    @contextmanager
    def _timed(self) -> Iterator[None]:
        timer = Timer(SECONDS, self._connection.interrupt)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError as error:  # the machine has none left
            raise NoThread(str(error)) from None
        try:
            yield
        finally:
            timer.cancel()


def connection_of(database: Database) -> "duckdb.DuckDBPyConnection":
    """The connection itself, for tests of the lock."""
    return database._connection
