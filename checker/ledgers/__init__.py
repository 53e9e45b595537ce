"""Evidence files → ledgers, by the declared columns of their kind.

read() tells CSV from XLSX by the bytes, finds the header row and looks at every cell once; records and
facts are made when a rule asks for them. link() joins rows that name a document by its title only;
collections() gives what Facts takes.

values.py    one cell's text, by type
fitting.py   header row and columns
csv_file.py  encoding, separator, rows with line numbers
asides.py    rows that are no records
loading.py   rows → columns of text, faults
rows.py      records and facts, made on demand
kinds.py     what a file is, by its bytes
archive.py   the parts of an XLSX file, under limits
workbook.py  sheets, and rows as text
sheets.py    which sheet is the ledger
titles.py    which document a title means
documents.py which rows of one title are one document
linking.py   rows that name a document by its title
"""

from collections.abc import Mapping
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledger import Ledger, LedgerKind
from checker.ledgers import csv_file, kinds
from checker.ledgers.fitting import Fitter
from checker.ledgers.linking import collections, link
from checker.ledgers.loading import load
from checker.location import Location

LARGEST = 1_000_000_000
"""Bytes in one file."""

__all__ = ["LARGEST", "collections", "link", "read", "sheets_of"]


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
        found = kinds.of_file(path)
        if found is not None and found.name != "zip":
            raise _refused("ledger.format", *_wrong_format(found.label), file)
        if path.stat().st_size > LARGEST:
            zh, en = f"文件超过 {LARGEST} 字节", f"the file has over {LARGEST} bytes"
            raise _refused("ledger.too-large", zh, en, file)
        fitter = Fitter(kind, file, sheet, columns)
        return _workbook(fitter, path) if found is not None else _csv(fitter, path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refused(
            "ledger.unreadable", f"无法读取：{reason}", f"cannot be read: {reason}", file
        ) from None


def sheets_of(path: Path, file: str) -> tuple[str, ...]:
    """The visible sheets of a workbook; none for a file of another format.

    Raises InputError for a workbook that is damaged or beyond the limits.
    """
    from checker.ledgers import archive, sheets, workbook

    try:
        found = kinds.of_file(path)
        if found is None or found.name != "zip":
            return ()
        with archive.opened(path, file) as zipped:
            if kinds.of_parts(zipped.parts()).name != "xlsx":
                return ()
            visible = [sheet.name for sheet in workbook.open_workbook(zipped).sheets if not sheet.hidden]
            return tuple(visible[: sheets.MOST_SHEETS])
    except OSError:
        return ()


def _csv(fitter: Fitter, path: Path) -> Ledger:
    if fitter.sheet is not None:
        zh, en = (
            "这是文本表格，没有工作表；请去掉 sheet",
            "this is a text table without sheets; leave `sheet` out",
        )
        raise _refused("ledger.no-sheet", zh, en, fitter.file)
    dialect = csv_file.sniff(path, fitter)
    rows = csv_file.rows(path, dialect, fitter.file)
    return load(fitter, dialect.fit, rows, shifts=True)


def _workbook(fitter: Fitter, path: Path) -> Ledger:
    from checker.ledgers import archive, sheets, workbook  # only a workbook needs ZIP and XML

    with archive.opened(path, fitter.file) as zipped:
        found = kinds.of_parts(zipped.parts())
        if found.name != "xlsx":
            raise _refused("ledger.format", *_wrong_format(found.label), fitter.file)
        book = workbook.open_workbook(zipped)
        fitting = sheets.choose(book, fitter)
        below = (row for row in book.rows(fitting.sheet) if row[0] > fitting.below)
        return load(fitting.fitter, fitting.fit, below, shifts=False)


def _wrong_format(label: Bilingual) -> tuple[str, str]:
    space = " " if label.zh[0].isascii() else ""
    return (
        f"这是{space}{label.zh}，台账请存为 XLSX 或 CSV",
        f"this is {label.en}; save a ledger as XLSX or CSV",
    )


def _refused(code: str, zh: str, en: str, file: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])
