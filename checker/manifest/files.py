"""The files of a submission folder and their digests."""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location
from checker.manifest.content import NAME
from checker.submission import printable

EVIDENCE = "evidence"
BLANK = "evidence/blank"
"""Where blank ledgers stand; one that holds no more than its header is no evidence."""
LIMIT = 1_000_000_000
"""Bytes of one evidence file."""
BLOCK = 1_000_000
_BLANK_LIMIT = 100_000
_LEFT_BY_PROGRAMS = ("thumbs.db", "desktop.ini")
_OURS = (NAME, "assessment.json", "decisions.yaml")


class TooLarge(Exception):  # noqa: N818 - a signal inside this package
    """A file beyond LIMIT."""


def digest(path: Path) -> str:
    """SHA-256 of a regular file, read block by block. Raises OSError or TooLarge."""
    # Without waiting: what was a file a moment ago may be a pipe now.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    found, size = hashlib.sha256(), 0
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123 - of a descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "no regular file")
        while block := file.read(BLOCK):
            size += len(block)
            if size > LIMIT:
                raise TooLarge
            found.update(block)
    return found.hexdigest()


def unlisted(folder: Path, beside: Path, listed: Collection[Path]) -> list[str]:
    """What stands beside the report and under evidence/ and is not listed, by name from the folder.

    folder: without links. beside: the report's folder. listed: files without links, or whole folders.
    Left out: hidden files, README, the manifest, decisions, the record and blank ledgers. A folder behind a
    link is not entered; under evidence/ it is named itself unless something listed is in it. Names are those
    stored, whatever their bytes. Raises InputError for a folder that cannot be read.
    """
    known = set(listed)
    within = known.union(*(path.parents for path in known))
    found = []
    for path in sorted({*_beside(beside), *_below(folder / EVIDENCE)}):
        real, file = Path(os.path.realpath(path)), path.relative_to(folder).as_posix()
        if real not in within and known.isdisjoint(real.parents) and not _is_left_out(path, file):
            found.append(file)
    return found


def _is_left_out(path: Path, file: str) -> bool:
    return file in _OURS or file.startswith(f"{BLANK}/") and _is_blank_ledger(path)


def _beside(folder: Path) -> Iterator[Path]:
    return (Path(entry.path) for entry in _entries(folder) if not entry.is_dir())


def _below(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        yield folder
        return
    if not folder.is_dir():
        return
    waiting = [folder]
    while waiting:
        for entry in _entries(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                yield Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not _is_hidden(entry.name)]
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: OSError) -> InputError:
    reason = error.strerror or type(error).__name__
    message = Bilingual(f"文件夹无法读取：{reason}", f"the folder cannot be read: {reason}")
    return InputError([Problem("unreadable", message, Location(printable(folder.name)))])


def _is_hidden(name: str) -> bool:
    lower = name.lower()
    return lower.startswith((".", "~$", "readme")) or lower in _LEFT_BY_PROGRAMS


def _is_blank_ledger(path: Path) -> bool:
    """Nothing but a header; a blank ledger that is filled in where it stands counts."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    try:
        data = path.read_bytes() if path.stat().st_size <= _BLANK_LIMIT else b"\nx"
    except OSError:
        return False
    return not any(line.strip(b" ,;\t\r") for line in data.split(b"\n")[1:])
