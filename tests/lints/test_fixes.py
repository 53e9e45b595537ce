"""Every problem a loader can tell of has a fix of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.lints._fixes import fixes, with_fix

ROOMS = (
    "ruleset_yaml",
    "yaml_text",
    "expression",
    "facts_yaml.py",
    "library.py",
    "proving/cases.py",
    "lints/__init__.py",
)
FAMILIES = (
    "yaml|schema|library|rule|measure|parameter|expression|use|ruleset|indicator|group|bonus|kind"
    "|ledger-kind|facts|cases|exemption|tailoring"
)
PUT_TOGETHER = {"schema", "use.veto", "use.warning"}
"""Codes that no source has in one piece."""
NEVER_AT_LOAD = {"expression.failed"}


def codes(root: Path) -> Iterator[str]:
    """Every code that stands in the source of the loaders."""
    for room in ROOMS:
        path = root / "checker" / room
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            yield from re.findall(rf'"((?:{FAMILIES})\.[a-z-]+)"', file.read_text(encoding="utf-8"))


def test_every_code_has_a_fix(root: Path) -> None:
    assert set(codes(root)) - NEVER_AT_LOAD - set(fixes()) == set()


def test_every_fix_is_of_a_code(root: Path) -> None:
    assert set(fixes()) - set(codes(root)) == PUT_TOGETHER


def test_fixes_are_in_both_languages() -> None:
    for fix in fixes().values():
        assert re.search("[\u4e00-\u9fff]", fix.zh)
        assert not re.search("[\u4e00-\u9fff]", fix.en)


def test_the_name_that_was_meant_is_the_fix() -> None:
    message = Bilingual("没有这个字段；是否想写 lowest？", "there is no such field; did you mean lowest?")
    assert with_fix(Problem("x", message)).fix == Bilingual("改为 lowest", "write lowest")


def test_a_fix_that_is_there_stays() -> None:
    own = Bilingual("这样改", "do this")
    assert with_fix(Problem("schema", own, fix=own)).fix == own
