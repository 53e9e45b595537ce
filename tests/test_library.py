"""Which rules there are is known without reading them; those asked for are read and checked."""

import re
import shutil
from pathlib import Path

import pytest

from checker import library
from checker.errors import InputError, RulesetError

ONE, TWO, BROKEN = "own/one", "own/two", "own/broken"
RULE = """\
title: {zh: 有标题, en: The report has a title}
why: {zh: 因, en: why}
basis: [{document: 文, clause: 条, grade: practice}]
assert: report.year > 2000
message: {zh: 无, en: none}
remedy: {zh: 补, en: add it}
examples: {pass: {report.year: 2024}, fail: {report.year: 1999}}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a ruleset that uses own/one, and a library with more than that."""
    save(tmp_path, ONE, RULE)
    save(tmp_path, TWO, RULE)
    save(tmp_path, BROKEN, RULE.replace("report.year >", "report.yaer >"))
    text = (library.HOME / "annual-report.yaml").read_text(encoding="utf-8")
    head, points, rest = text.partition("\nindicators:\n")
    assert points and rest
    use = f"rules: [{{rule: {ONE}, points: 100}}]"
    only = f"  - id: all\n    title: {{zh: 甲, en: a}}\n    points: 100\n    {use}\n"
    (tmp_path / "mine.yaml").write_text(head + points + only, encoding="utf-8")
    return tmp_path


def save(home: Path, rule: str, text: str) -> Path:
    path = home / "library" / f"{rule}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_rule_is_read_when_it_is_asked_for(home: Path) -> None:
    rules = library.rules([library.HOME, home])
    shutil.move(home / "library" / "own" / "two.yaml", home / "elsewhere.yaml")
    assert {ONE, TWO, BROKEN} < set(rules)
    assert BROKEN in rules
    assert "own/three" not in rules
    assert len(rules) == len(list(library.HOME.glob("library/*/*.yaml"))) + 3
    assert rules[ONE].id == ONE
    assert rules[ONE] is rules[ONE]
    with pytest.raises(RulesetError, match="cannot be opened"):
        rules[TWO]
    with pytest.raises(KeyError):
        rules["own/three"]


def test_all_that_is_wrong_with_those_asked_for_is_told_at_once(home: Path) -> None:
    save(home, TWO, RULE.replace("practice", "practise"))
    rules = library.rules([home])
    rules.load([ONE, "own/three"])
    with pytest.raises(RulesetError) as caught:
        rules.load([TWO, BROKEN, ONE])
    assert [p.code for p in caught.value.problems] == ["expression.unknown-name", "schema.choice"]
    assert re.findall(r"(\w+)\.yaml", str([p.location for p in caught.value.problems])) == ["broken", "two"]


def test_a_file_that_is_no_rule_is_told_whatever_is_asked_for(home: Path) -> None:
    (home / "library" / "own" / "three.yml").write_text(RULE, encoding="utf-8")
    rules = library.rules([home])
    with pytest.raises(RulesetError) as caught:
        rules.load([ONE])
    assert [p.code for p in caught.value.problems] == ["library.file"]


def test_a_ruleset_reads_the_rules_it_uses_and_no_others(home: Path) -> None:
    assert list(library.load_ruleset(home / "mine.yaml").rules) == [ONE]
    assert [r.id for r in library.find_rules(home / "mine.yaml", [TWO])] == [TWO]
    with pytest.raises(RulesetError):
        library.find_rules(home / "mine.yaml")
    with pytest.raises(InputError) as caught:
        library.find_rules(home / "mine.yaml", ["own/tow"])
    assert caught.value.problems[0].message.en == "there is no rule own/tow; did you mean own/two?"


def test_an_unknown_rule_in_a_ruleset_is_told_with_the_names_of_all_files(home: Path) -> None:
    path = home / "mine.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(ONE, "own/brokn"), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        library.load_ruleset(path)
    assert BROKEN in caught.value.problems[0].message.en
