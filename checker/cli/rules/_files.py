"""New files of a ruleset: all of them or none, and never over one that is there."""

from collections.abc import Mapping
from pathlib import Path

from checker.bilingual import Bilingual
from checker.cli._output import write
from checker.errors import InputError, Problem
from checker.location import Location


def check_vacant(folder: Path, names: Mapping[str, str]) -> None:
    """Raises InputError with every file that is there already."""
    there = [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        said = Bilingual("已有这个文件，不覆盖", "this file is there already and is not overwritten")
        raise InputError([Problem("file.there", said, Location(str(folder / name))) for name in there])


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Writes these files below a folder; where one cannot be written, none is left. Raises InputError."""
    check_vacant(folder, files)
    done: list[Path] = []
    try:
        for name, text in files.items():
            write(folder / name, text.encode(), parents=True)
            done.append(folder / name)
    except InputError:
        for path in done:
            path.unlink(missing_ok=True)
        raise
