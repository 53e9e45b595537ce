"""What was handed in: one report file, or a folder with one report file in it.

inside.py  names of files inside the folder
"""

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location
from checker.submission.inside import Folder

REPORT = "report"
SUFFIXES = (".md", ".txt", ".html", ".htm", ".mhtml", ".mht", ".docx", ".doc", ".wps", ".pdf", ".ofd")
LIMIT = 100_000_000
"""Bytes of a report file beyond which it is not even opened; each reader has a lower limit of its own."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The report as handed in.

    name: the folder's or the file's own name, for display. file: the report's name inside the submission
    (with `/`), never a path of this machine. sha256: of data, in hexadecimal.
    """

    name: str
    file: str
    data: bytes
    sha256: str


def open_submission(path: Path, named: str | None = None) -> Submission:
    """Find and load the report of a submission; the file's kind is not looked at here.

    named: the report's name inside the folder, where a manifest gives it; else it is looked for.
    Raises InputError if nothing is there, it cannot be read, or the folder has no report file or several.
    """
    try:
        file, report = report_in(path, named) if path.is_dir() else (path.name, path)
        if not report.is_file():
            raise _refusal("no-such-file", path, "没有这个文件或文件夹", "there is no such file or folder")
        if report.stat().st_size > LIMIT:
            raise _too_large(report)
        data = report.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    name = path.resolve().name if path.is_dir() else path.stem
    return Submission(printable(name), printable(file), data, hashlib.sha256(data).hexdigest())


def report_in(folder: Path, named: str | None = None) -> tuple[str, Path]:
    """The report file of a folder: its name inside, and where it is.

    Raises InputError if there is none or more than one, a link leads out, or it cannot be listed.
    """
    try:
        name = named or _only_report(folder)
    except OSError as error:
        raise _unreadable(folder, error) from error
    try:
        found = Folder(folder).locate(name)
    except InputError as error:
        problem = error.problems[0]
        raise _refusal(problem.code, folder, *problem.message) from None
    if found is None:
        zh, en = f"没有报告文件 {printable(name)}", f"there is no report file {printable(name)}"
        raise _refusal("no-such-file", folder, zh, en)
    return name, found


def _only_report(folder: Path) -> str:
    names = sorted(entry.name for entry in folder.iterdir())
    found = [n for n in names if Path(n).stem.lower() == REPORT and Path(n).suffix.lower() in SUFFIXES]
    if not found:
        raise _no_report(folder, names)
    if len(found) > 1:
        listed = ", ".join(map(printable, found))
        raise _refusal(
            "several-reports",
            folder,
            f"有不止一个报告文件：{listed}；请只留一个，或直接给出文件",
            f"there is more than one report file: {listed}; keep one, or name the file itself",
        )
    return found[0]


def _no_report(folder: Path, names: list[str]) -> InputError:
    wanted = ", ".join(REPORT + suffix for suffix in SUFFIXES)
    others = [n for n in names if Path(n).suffix.lower() in SUFFIXES and not n.upper().startswith("README")]
    listed = ", ".join(map(printable, others[:5]))
    return _refusal(
        "no-report",
        folder,
        f"文件夹里没有报告文件（要找的是 {wanted} 之一）"
        + (f"；如果报告是 {listed}，请直接给出该文件" if listed else ""),
        f"the folder has no report file (looked for one of {wanted})"
        + (f"; if the report is {listed}, name the file itself" if listed else ""),
    )


def _too_large(report: Path) -> InputError:
    size = f"{report.stat().st_size / 1_000_000:.0f}"
    return _refusal(
        "too-large",
        report,
        f"文件有 {size} MB，超过任何报告",
        f"the file has {size} MB, more than any report",
    )


def _unreadable(path: Path, error: OSError) -> InputError:
    reason = error.strerror or type(error).__name__
    return _refusal("unreadable", path, f"无法读取：{reason}", f"cannot be read: {reason}")


def _refusal(code: str, path: Path, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(printable(path.name or str(path))))])


def printable(name: str) -> str:
    """A name as UTF-8 on one line, whatever bytes the file system holds: what cannot be shown is �."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
