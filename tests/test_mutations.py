"""Every planted fault is caught by the rule meant for it, and nothing else changes without cause."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from checker.facts import Facts
from checker.finding import Finding
from tests.mutations import MUTATIONS, Mutation, year_before
from tests.real_reports import FAULT, facts_of, findings, path_of, rules

UNDECIDED = ("not_applicable", "unknown")
# What no edit of these reports can show, and why.
NOT_PLANTED = {
    "accountability-stated": "found in hongze and shuyang as they are",
    "social-review-stated": "found in hongze and shuyang as they are",
    "normative-counts-stated": "found in shuyang, undecided in the other reports it applies to",
    "platform-counts": "found in every report it applies to",
    "table-format-2019": "the one report of those years follows it, and its tables stand in one line",
}


@cache
def text_of(corpus: Path, report: str) -> str:
    return path_of(corpus, report).read_text(encoding="utf-8")


def facts(corpus: Path, report: str, text: str) -> Facts:
    return facts_of(text.encode(), path_of(corpus, report).name)


@cache
def unedited(corpus: Path, report: str, with_last_year: bool) -> dict[str, Finding]:
    text = text_of(corpus, report)
    found = facts(corpus, report, text)
    if with_last_year:
        found = replace(found, previous=facts(corpus, report, year_before()(text)))
    return findings(found)


def edited(corpus: Path, mutation: Mutation) -> dict[str, Finding]:
    text = text_of(corpus, mutation.report)
    found = facts(corpus, mutation.report, mutation.edit(text))
    if mutation.previous is not None:
        found = replace(found, previous=facts(corpus, mutation.report, mutation.previous(text)))
    return findings(found)


def faults(finding: Finding) -> set[tuple[str, str]]:
    return {(o.key, o.message.zh) for o in finding.occurrences if o.outcome in FAULT}


def touched(before: dict[str, Finding], after: dict[str, Finding], mutation: Mutation) -> dict[str, str]:
    """The rules whose outcome changed, but for the one meant and for those left with nothing to decide."""
    changed = {
        r: f"{before[r].outcome} → {f.outcome}" for r, f in after.items() if f.outcome != before[r].outcome
    }
    idle = [
        r for r in changed if mutation.removes and r not in mutation.also and after[r].outcome in UNDECIDED
    ]
    return {r: change for r, change in changed.items() if r != mutation.rule and r not in idle}


_CAUGHT: Counter[str] = Counter()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.fault)
def test_planted_fault(corpus: Path, mutation: Mutation) -> None:
    before = unedited(corpus, mutation.report, mutation.previous is not None)
    after = edited(corpus, mutation)
    _CAUGHT["tried"] += 1
    assert after[mutation.rule].outcome in FAULT
    assert faults(after[mutation.rule]) - faults(before[mutation.rule]), "nothing new is said"
    _CAUGHT["caught"] += 1
    changes = touched(before, after, mutation)
    assert changes.keys() == set(mutation.also), changes


def test_all_are_caught(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not _CAUGHT:
        pytest.skip("counts what the planted faults of this run came to")
    with capsys.disabled():
        targets = {m.rule for m in MUTATIONS}
        print(
            f"\nplanted faults: {_CAUGHT['caught']} / {_CAUGHT['tried']} caught by {len(targets)} rules",
            end="",
        )
    assert _CAUGHT["caught"] == _CAUGHT["tried"]


def test_last_years_report_as_made_agrees_with_this_years(corpus: Path) -> None:
    alone = unedited(corpus, "shuyang-2025", False)
    compared = unedited(corpus, "shuyang-2025", True)
    changed = {r for r in alone if alone[r].outcome != compared[r].outcome}
    assert {alone[r].outcome for r in changed} == {"unknown"}
    assert {compared[r].outcome for r in changed} == {"pass"}


def test_every_rule_is_meant_for_a_fault() -> None:
    targets = {m.rule for m in MUTATIONS}
    assert rules_without(targets) == NOT_PLANTED.keys()


def rules_without(targets: set[str]) -> set[str]:
    return {name.partition("/")[2] for name in rules()} - targets
