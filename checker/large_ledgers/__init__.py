"""Ledgers of more than some 20,000 rows: rules decided by SQL in a locked DuckDB, passing rows only.

Optional: without the extra `large-ledgers` everything is decided by the reference, slower and with the same
result.

    store = Store()
    ledger = store.read(kind, path, file)  # as ledgers.read
    ...
    with executor(rules, facts, vocabulary) as large:
        findings = evaluation.evaluate(rules, facts, vocabulary, keep, large)

database.py    a DuckDB in memory, filled, then locked
tables.py      the rows of a collection as typed columns
typed.py       from the texts of a file to typed columns, in SQL
csv_table.py   a large CSV file read by DuckDB, its cells fetched when asked for
aggregates.py  measures over members as aggregates
plan.py        a rule as one query
executor.py    rules to queries, what is left to the reference
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from checker import ledgers
from checker.bilingual import Bilingual
from checker.facts import Facts, Vocabulary
from checker.large_ledgers import csv_table
from checker.large_ledgers.database import Database
from checker.large_ledgers.executor import THRESHOLD, Executor
from checker.ledger import Ledger, LedgerKind
from checker.ledgers.fitting import Fitter
from checker.ledgers.kinds import of_file
from checker.ruleset import Rule

__all__ = ["LARGE_FILE", "NOTICE", "THRESHOLD", "Executor", "Store", "available", "executor"]

LARGE_FILE = 2_000_000
"""Bytes of a file that is worth handing to DuckDB."""

NOTICE = Bilingual(
    "台账较大，逐行检查较慢（结果相同）；可安装附加组件加快：pip install 'governance-checker[large-ledgers]'",
    "These ledgers are large and are checked row by row, which takes longer (the result is the same); to "
    "speed it up: pip install 'governance-checker[large-ledgers]'",
)


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("duckdb") is not None


class Store:
    """Reads the ledgers of one submission, large CSV files by DuckDB."""

    def __init__(self, smallest: int = LARGE_FILE) -> None:
        self._smallest = smallest
        self._database: Database | None = None

    def read(
        self,
        kind: LedgerKind,
        path: Path,
        file: str,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Ledger:
        """As ledgers.read, which reads whatever is small, no CSV or not plainly written."""
        if sheet is None and self._worth(path):
            self._database = self._database or Database()
            found = csv_table.read(Fitter(kind, file, sheet, columns), path, self._database)
            if found is not None:
                return found
        return ledgers.read(kind, path, file, sheet, columns)

    def _worth(self, path: Path) -> bool:
        """Whether DuckDB may try; what keeps a file from being opened at all is told by ledgers.read."""
        try:
            fits = self._smallest <= path.stat().st_size <= ledgers.LARGEST
            return fits and available() and of_file(path) is None
        except OSError:
            return False


@contextmanager
def executor(
    rules: Iterable[Rule], facts: Facts, vocabulary: Vocabulary, threshold: int = THRESHOLD
) -> Iterator[Executor | None]:
    """The executor for a submission with large ledgers; None where there are none or DuckDB is missing."""
    large = any(len(facts.records(name)) >= threshold for name in facts.collections)
    if not large or not available():
        yield None
        return
    with Executor(rules, facts, vocabulary, threshold) as found:
        yield found
