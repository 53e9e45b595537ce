"""checker rules new: what is scaffolded loads, passes its own tests, and says what is left to fill in."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import library, lints, proving
from checker.cli import group
from checker.errors import InputError
from checker.scaffold import drafted


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["rules", *map(str, arguments)])


def put(home: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")


def test_every_collection_gives_a_rule_that_holds(tmp_path: Path) -> None:
    """One home for all of them: loading is what takes time."""
    named = library.vocabulary().collections
    alike = [each for each in named if each.startswith("claims.")][1:]
    chosen = [None, *(each for each in named if each not in alike)]
    for number, each in enumerate(chosen):
        put(tmp_path, drafted(f"mine/rule-{number}", tmp_path, each))
    put(tmp_path, drafted("mine/question", tmp_path, "policies", question=True))
    report = lints.look_at([str(tmp_path)])
    assert [r for r in report.remarks if r.severity == "refused"] == []
    places = [r.problem.location for r in report.remarks if r.problem.code == "to-do"]
    marked = {place.file for place in places if place}
    files = list(tmp_path.rglob("*.yaml"))
    assert len(files) == 2 * (len(chosen) + 1)
    assert {Path(file).name for file in marked} >= {path.name for path in files}


def test_its_examples_and_cases_hold_and_reach_every_outcome(tmp_path: Path) -> None:
    for name, each, question in (
        ("mine/whole", None, False),
        ("mine/ledger", "policies", False),
        ("mine/table", "applications.columns", False),
        ("mine/asked", "accounts", True),
    ):
        put(tmp_path, drafted(name, tmp_path, each, question))
    uses = "".join(f"      - {{rule: mine/{n}, deduct: 1}}\n" for n in ("whole", "ledger", "table", "asked"))
    ruleset = tmp_path / "mine.yaml"
    ruleset.write_text(
        "title: {zh: 甲, en: A}\nversion: '1'\nfull_marks: 10\npass_mark: {at_least: 6}\n"
        "bands: [{name: {zh: 乙, en: B}, at_least: 0}]\nveto: {scoring: stop}\nunknown: open\n"
        "not_applicable: rescale\nindicators:\n  - id: one\n    title: {zh: 甲, en: A}\n    points: 10\n"
        f"    rules:\n{uses}",
        encoding="utf-8",
    )
    names = [f"mine/{n}" for n in ("whole", "ledger", "table", "asked")]
    for tested in proving.test(str(ruleset), names):
        assert tested.failures == () and tested.unreached == (), tested
        assert tested.cases >= 3


def test_the_command_writes_both_files_and_never_over_others(tmp_path: Path) -> None:
    result = run("new", "mine/first", "--in", tmp_path, "--each", "policies", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "- {rule: mine/first, deduct: 1}" in result.output
    rule = tmp_path / "library" / "mine" / "first.yaml"
    before = rule.read_bytes()
    result = run("new", "mine/first", "--in", tmp_path)
    assert isinstance(result.exception, InputError) and rule.read_bytes() == before
    rule.unlink()
    result = run("new", "mine/first", "--in", tmp_path)
    assert isinstance(result.exception, InputError) and not rule.exists()


@pytest.mark.parametrize(
    "name", ["first", "Mine/first", "mine/../first", "mine/第一", "/mine/first", "mine/a/b"]
)
def test_names_that_cannot_be(tmp_path: Path, name: str) -> None:
    result = run("new", name, "--in", tmp_path)
    assert isinstance(result.exception, InputError)
    assert list(tmp_path.iterdir()) == []


def test_rules_and_collections_that_are_not_there_or_there_already(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="policies"):
        drafted("mine/first", tmp_path, "policy")
    with pytest.raises(InputError, match="already"):
        drafted("annual-report/tables-present", tmp_path)
