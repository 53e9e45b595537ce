"""checker rules import and export from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli import group
from checker.errors import InputError
from tests.sheets import layouts
from tests.sheets.layouts import saved


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["rules", *map(str, arguments)], catch_exceptions=True)


def test_there_and_back(tmp_path: Path) -> None:
    sheet = saved(tmp_path / "district.xlsx", layouts.deductions())
    result = run("import", sheet, "--output", tmp_path / "home", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "rules to be filled in: 3" in result.output
    ruleset = tmp_path / "home" / "district.yaml"
    assert sorted(p.name for p in (tmp_path / "home" / "library" / "district").iterdir()) == [
        "item-1-row-1.yaml",
        "item-1-row-2.yaml",
        "item-2.yaml",
    ]
    result = run("export", ruleset, "--output", tmp_path / "back.xlsx", "--lang", "en")
    assert result.exit_code == 0 and (tmp_path / "back.xlsx").is_file()
    assert "does it hold the pass mark" in result.output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    sheet = saved(tmp_path / "district.xlsx", layouts.deductions())
    kept = tmp_path / "home" / "library" / "district" / "item-2.yaml"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine", encoding="utf-8")
    result = run("import", sheet, "--output", tmp_path / "home")
    assert isinstance(result.exception, InputError)
    assert [p.location.file for p in result.exception.problems if p.location] == [str(kept)]
    assert [p for p in (tmp_path / "home").rglob("*") if p.is_file()] == [kept]


@pytest.mark.parametrize("name", ["指标表", "Demo", "disclosure", "applications"])
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    sheet = saved(tmp_path / "指标表.xlsx", layouts.deductions())
    result = run("import", sheet, "--output", tmp_path / "home", "--id", name)
    assert isinstance(result.exception, InputError) and "--id" in str(result.exception)
    assert not (tmp_path / "home").exists()


def test_without_the_extra_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    result = run("export", "annual-report", "--output", tmp_path / "s.xlsx")
    assert isinstance(result.exception, InputError) and "governance-checker[sheets]" in str(result.exception)
    assert not (tmp_path / "s.xlsx").exists()
