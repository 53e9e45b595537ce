"""Names of files inside a submission folder: which file one means, and what no name may do.

A name is counted from the folder, with `/`. It may not be absolute, climb, or lead out by a link. A name
written in one Unicode normal form finds a file stored in another, as archives from a Mac store them.
"""

import errno
import os
from pathlib import Path
from unicodedata import category, normalize

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.patterns import pattern

_DRIVE = pattern(r"[A-Za-z]:")


class Folder:
    """A submission folder. What is found out about its directories is kept, for thousands of names."""

    def __init__(self, path: Path) -> None:
        self.root = Path(os.path.realpath(path))
        self._stored: dict[str, dict[str, str]] = {}

    def locate(self, name: str) -> Path | None:
        """The file or folder a name means, links followed; None if nothing is there.

        Raises InputError with one Problem, without a place, for a name that may not be used.
        """
        real = os.path.realpath(self._followed(_parts(name)))
        if not Path(real).is_relative_to(self.root):
            raise refused(
                "link-leaves-folder",
                f"{name} 经链接指向报送文件夹之外",
                f"{name} leads out of the submission folder by a link",
            )
        try:
            os.stat(real)  # noqa: PTH116 - of a text that may be no path at all
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise refused("link-loop", f"{name} 是循环的链接", f"{name} is a link to itself") from error
            if error.errno != errno.EACCES:
                return None
        return Path(real)

    def _followed(self, parts: list[str]) -> str:
        found = str(self.root)
        for part in parts:
            found = str(Path(found) / self._as_stored(found, part))
        return found

    def _as_stored(self, folder: str, name: str) -> str:
        if name.isascii() or os.path.lexists(Path(folder) / name):
            return name
        if folder not in self._stored:
            self._stored[folder] = _by_normal_form(folder)
        return self._stored[folder].get(normalize("NFC", name), name)


def _by_normal_form(folder: str) -> dict[str, str]:
    """From the composed form of a name to the name as stored, for those that are no other file's too."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names as stored, by the thousand
    except OSError:
        return {}
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(normalize("NFC", name), name)
    return found


def _parts(name: str) -> list[str]:
    """The steps of a name. Raises InputError for a name that is none of a file inside."""
    if "\\" in name:
        raise refused(
            "backslash",
            f"文件名 {name} 中请用 / 分隔，不用 \\",
            f"write the file name {name} with / and not with \\",
        )
    if name.startswith("/") or _DRIVE.match(name):
        raise refused(
            "absolute-path",
            f"{name} 是绝对路径；文件名须从报送文件夹算起",
            f"{name} is an absolute path; names are counted from the submission folder",
        )
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise refused(
            "path-climbs",
            f"{name} 中不能有 ..",
            f"{name}: no path may climb out of the submission folder (..)",
        )
    if not parts or any(category(c) in ("Cc", "Cs") for c in name):
        raise refused("bad-name", "这不是可用的文件名", "this is no usable file name")
    return parts


def refused(code: str, zh: str, en: str) -> InputError:
    """One problem whose place the caller knows."""
    return InputError([Problem(code, Bilingual(zh, en))])
