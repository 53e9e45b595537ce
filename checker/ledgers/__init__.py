"""Evidence files → ledgers, by the declared columns of their kind.

read() tells CSV from XLSX by the bytes, finds the header row and looks at every cell once; records and
facts are made when a rule asks for them.

values.py    one cell's text, by type
fitting.py   header row and columns
csv_file.py  encoding, separator, rows with line numbers
loading.py   rows → columns of text, faults
rows.py      records and facts, made on demand
"""

from collections.abc import Mapping
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledger import Ledger, LedgerKind
from checker.ledgers import csv_file
from checker.ledgers.fitting import Fitter
from checker.ledgers.loading import load
from checker.location import Location

LARGEST = 1_000_000_000
"""Bytes in one file."""

__all__ = ["LARGEST", "read"]


def read(
    kind: LedgerKind,
    path: Path,
    file: str,
    sheet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Ledger:
    """The ledger in a file.

    file: its name inside the submission, for messages. sheet: which sheet of a workbook (None: the only
    one that fits). columns: from a declared column to the header that stands for it, over all aliases.
    Raises InputError with every problem that keeps the file from being used. Values that do not fit are no
    such problem: they are the ledger's `faults`.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(
                "ledger.too-large", f"文件超过 {LARGEST} 字节", f"the file has over {LARGEST} bytes", file
            )
        fitter = Fitter(kind, file, sheet, columns)
        dialect = csv_file.sniff(path, fitter)
        return load(kind, file, None, dialect.fit, csv_file.rows(path, dialect, file), shifts=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refused(
            "ledger.unreadable", f"无法读取：{reason}", f"cannot be read: {reason}", file
        ) from None


def _refused(code: str, zh: str, en: str, file: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])
