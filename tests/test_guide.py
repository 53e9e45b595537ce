"""The evaluator's path, walked exactly as the guide writes it: sheet, rules, cases, assessment, handbook."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.test_cli import checker

GUIDES = ("write-a-ruleset.md", "write-a-ruleset.zh-CN.md")
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`\n\n)?^```(?P<kind>console|yaml|diff)\n(?P<text>.*?)^```$", re.M | re.S
)
EXIT_CODES = {"rules lint": (0, 1), "rules mutate": (0, 1), "assess": (0,)}


def steps(guide: Path) -> list[tuple[str, str, str]]:
    """What the guide does, in order: the kind of block, the file it is of, its text."""
    text = guide.read_text(encoding="utf-8")
    return [(m["kind"], m["file"] or "", m["text"]) for m in BLOCK.finditer(text)]


def test_both_languages_take_the_same_steps(root: Path) -> None:
    english, chinese = (steps(root / "docs" / name) for name in GUIDES)
    assert english == chinese
    assert len(english) == 15


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the reader stands: the sheet, and the sample submission."""
    place = tmp_path_factory.mktemp("guide")
    shutil.copy(root / "docs/county-2024.xlsx", place)
    sample = "alxa-hightech-zone-2024"
    shutil.copytree(root / "reports" / sample, place / sample)
    return place


def test_the_guide_works_as_written(root: Path, folder: Path) -> None:
    for kind, file, text in steps(root / "docs" / GUIDES[0]):
        if kind == "console":
            run_all(folder, text)
        elif kind == "yaml":
            assert (folder / file).is_file(), f"{file}: nothing to fill in"
            (folder / file).write_text(text, encoding="utf-8")
        else:
            edit(folder / file, text)
    handbook = (folder / "handbook.md").read_text(encoding="utf-8")
    assert "1月31日前公布" in handbook and "优20分" in handbook
    assert (folder / "self-check.docx").stat().st_size > 5_000
    assert "county-2024/item-3-1" in (folder / "alxa-hightech-zone-2024/decisions.yaml").read_text(
        encoding="utf-8"
    )


def run_all(folder: Path, text: str) -> None:
    """Every command, which must print the lines written below it, in that order."""
    for command, *wanted in (
        part.strip("\n").split("\n") for part in re.split(r"^\$ ", text, flags=re.M)[1:]
    ):
        program, *arguments = shlex.split(command)
        if program == "rm":
            for name in arguments:
                (folder / name).unlink()
            continue
        done = checker(folder, *arguments)
        printed = done.stdout.decode()
        allowed = next(
            (codes for start, codes in EXIT_CODES.items() if command.startswith(f"checker {start}")), (0,)
        )
        assert done.returncode in allowed, done.stderr.decode() or printed
        for line in wanted:
            before, found, printed = printed.partition(line.strip())
            assert found, f"{command} does not print {line!r} after\n{before}"


def edit(path: Path, text: str) -> None:
    """Put the `+` lines where the `-` lines above them stand; without any, at the end."""
    content = path.read_text(encoding="utf-8")
    for change in re.findall(r"((?:^-.*\n)*)((?:^\+.*\n)+)", text, flags=re.M):
        old, new = ("".join(line[1:] + "\n" for line in lines.splitlines()) for lines in change)
        if old:
            assert content.count(old) == 1, old
            content = content.replace(old, new)
        else:
            content += new
    path.write_text(content, encoding="utf-8")
