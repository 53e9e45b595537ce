"""What is named on the command line, and what is looked at where part of it does not load."""

from pathlib import Path

import pytest

from checker import lints
from checker.errors import InputError
from checker.lints import Report
from tests.lints.homes import QUESTION, RULE, RULES, RULESET, changed, write

KIND = """\
title: {zh: 走访, en: visits}
item: visit
shown: [place]
columns:
  place: {type: text, label: {zh: 地点, en: place}}
"""
OVER_KIND = changed(
    RULE,
    {
        "parameters:\n  limit: {type: number, value: 3000, label: {zh: 下限, en: least number}}\n": "",
        "each: claims.site_items": "each: visits",
        "lowest >= limit": "has_place",
        "{claim}：只有 {value}": "{visit}",
        "{claim}: only {value}": "{visit}",
        "claims.site_items: [{value: 3089, lowest: 3089, highest: 3089}]": "visits: [{place: A}]",
        "claims.site_items: [{value: 12, lowest: 12, highest: 12}]": "visits: [{}]",
    },
)


def files(found: Report) -> set[str]:
    return {Path(r.problem.location.file).stem for r in found.remarks if r.problem.location}


def codes(found: Report) -> set[str]:
    return {remark.problem.code for remark in found.remarks}


def test_a_ruleset_is_looked_at_with_the_rules_it_names(tmp_path: Path) -> None:
    write(tmp_path, rules={"idle": RULE})
    assert lints.look_at([str(tmp_path / "scheme.yaml")]).remarks == ()
    assert codes(lints.look_at([str(tmp_path)])) == {"no-case", "rule-unused"}


def test_one_rule_is_looked_at_by_itself(tmp_path: Path) -> None:
    write(tmp_path, changed(RULESET, {"points: 60\n": "points: 61\n"}), {"idle": RULE})
    found = lints.look_at([str(tmp_path / "library" / "local" / "many-items.yaml")])
    assert (found.rules, found.cases, found.remarks) == (1, 4, ())
    found = lints.look_at([str(tmp_path / "library" / "local" / "idle.yaml")])
    assert codes(found) == {"no-case", "rule-unused"}


def test_shipped_rulesets_go_by_name_and_several_homes_together(tmp_path: Path) -> None:
    write(tmp_path, changed(RULESET, {"points: 59": "points: 60"}))
    found = lints.look_at(["annual-report", str(tmp_path), str(tmp_path / "scheme.yaml")])
    assert found.rulesets == ("annual-report", "scheme")
    assert [r.problem.code for r in found.remarks if "scheme" in str(r.problem.location)] == [
        "veto-without-effect"
    ]


def test_what_is_no_ruleset_is_refused_with_what_there_is(tmp_path: Path) -> None:
    for name in ("no-such", str(tmp_path)):
        with pytest.raises(InputError) as caught:
            lints.look_at([name])
        assert "annual-report" in caught.value.problems[0].message.en


def test_a_rule_that_does_not_load_leaves_the_others_to_be_looked_at(tmp_path: Path) -> None:
    spoilt = changed(RULE, {"lowest >= limit": "lowst >= limit"})
    other = changed(RULES["mostly-many"], {"only {value}": "too few"})
    found = lints.look_at([str(write(tmp_path, rules={"many-items": spoilt, "mostly-many": other}))])
    assert codes(found) == {"expression.unknown-name", "figures-differ"}


def test_of_a_ruleset_whose_rules_do_not_load_its_own_mistakes_are_told(tmp_path: Path) -> None:
    ruleset = changed(RULESET, {"points: 60\n": "points: 61\n", "cap: 60}": "cap: 1}"})
    found = lints.look_at([str(write(tmp_path, ruleset, {"easy-to-find": QUESTION + "odd: 1\n"}))])
    assert codes(found) == {"schema.unknown-key", "ruleset.full-marks", "use.cap"}


def test_of_a_broken_ledger_kind_the_rules_over_it_are_not_blamed(tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound", tmp_path / "broken"
    spoilt = changed(RULE, {"lowest >= limit": "lowst >= limit"})
    for home, kind in ((sound, KIND), (broken, changed(KIND, {"type: text": "type: words"}))):
        (home / "ledgers").mkdir(parents=True)
        (home / "ledgers" / "visits.yaml").write_text(kind, encoding="utf-8")
    write(sound, rules={"visited": OVER_KIND})
    write(broken, rules={"visited": OVER_KIND, "many-items": spoilt})
    assert codes(lints.look_at([str(sound)])) == {"no-case", "rule-unused"}
    found = lints.look_at([str(broken)])
    assert files(found) == {"visits", "many-items"}
    assert codes(found) == {"schema.choice", "expression.unknown-name"}


def test_a_file_of_another_ending_does_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, changed(RULESET, {"points: 60\n": "points: 61\n"}))
    (tmp_path / "library" / "local" / "stray.yml").write_text(RULE, encoding="utf-8")
    found = lints.look_at([str(tmp_path)])
    assert codes(found) == {"library.file", "ruleset.full-marks"}
    assert found.rules == len(RULES)


def test_a_ledger_kind_is_read_for_its_words(tmp_path: Path) -> None:
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "visits.yaml").write_text(
        changed(KIND, {"zh: 地点, en: place": "zh: 地点, en: 地点"})
    )
    write(tmp_path)
    assert codes(lints.look_at([str(tmp_path)])) == {"not-translated"}


def test_what_a_scaffold_leaves_to_be_filled_in_is_found_in_rule_and_cases(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from checker.cli.rules.new import command

    done = CliRunner().invoke(command, ["local/thing", "--in", str(tmp_path), "--each", "claims.site_items"])
    assert done.exit_code == 0, done.output
    found = lints.look_at([str(tmp_path / "library" / "local" / "thing.yaml")])
    assert codes(found) == {"to-do"}
    folders = [Path(r.problem.location.file).parts[-3] for r in found.remarks if r.problem.location]
    assert folders.count("library") >= 10
    assert folders.count("cases") == 4
