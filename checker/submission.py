"""What was handed in: one report file, or a folder with one report file in it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location

REPORT = "report"
SUFFIXES = (".md", ".txt", ".html", ".htm", ".docx", ".doc", ".wps", ".pdf", ".ofd")
LIMIT = 100_000_000
"""Bytes of a report file beyond which it is not even opened; each reader has a lower limit of its own."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The report as handed in.

    name: the folder's or the file's own name, for display. file: the report's name inside the submission,
    never a path of this machine. sha256: of data, in hexadecimal.
    """

    name: str
    file: str
    data: bytes
    sha256: str


def open_submission(path: Path) -> Submission:
    """Find and load the report of a submission; the file's kind is not looked at here.

    Raises InputError if nothing is there, it cannot be read, or the folder has no report file or several.
    """
    try:
        report = _report_in(path) if path.is_dir() else path
        if not report.is_file():
            raise _refusal("no-such-file", path, "没有这个文件或文件夹", "there is no such file or folder")
        if report.stat().st_size > LIMIT:
            raise _too_large(report)
        data = report.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    name = path.resolve().name if path.is_dir() else path.stem
    return Submission(_printable(name), _printable(report.name), data, hashlib.sha256(data).hexdigest())


def _report_in(folder: Path) -> Path:
    """The one report file of a folder; a link may not lead out of the folder."""
    names = sorted(entry.name for entry in folder.iterdir())
    found = [n for n in names if Path(n).stem.lower() == REPORT and Path(n).suffix.lower() in SUFFIXES]
    if not found:
        raise _no_report(folder, names)
    if len(found) > 1:
        listed = ", ".join(map(_printable, found))
        raise _refusal(
            "several-reports",
            folder,
            f"有不止一个报告文件：{listed}；请只留一个，或直接给出文件",
            f"there is more than one report file: {listed}; keep one, or name the file itself",
        )
    report = folder / found[0]
    if not report.resolve().is_relative_to(folder.resolve()):
        raise _refusal(
            "link-leaves-folder",
            folder,
            f"{found[0]} 是指向文件夹之外的链接",
            f"{found[0]} is a link that leads out of the folder",
        )
    return report


def _no_report(folder: Path, names: list[str]) -> InputError:
    wanted = ", ".join(REPORT + suffix for suffix in SUFFIXES)
    others = [n for n in names if Path(n).suffix.lower() in SUFFIXES and not n.upper().startswith("README")]
    listed = ", ".join(map(_printable, others[:5]))
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
    return InputError([Problem(code, Bilingual(zh, en), Location(_printable(path.name or str(path))))])


def _printable(name: str) -> str:
    """A name as UTF-8, whatever bytes the file system holds."""
    return os.fsencode(name).decode("utf-8", errors="replace")
