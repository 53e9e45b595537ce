"""Evidence files at random: who reads them, who decides and beside which other rules changes nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("duckdb")

from checker import evaluation, ledgers
from checker.facts import Absent, Facts, Record
from checker.finding import Finding, Outcome, without_passes
from checker.large_ledgers import Store, executor
from checker.ledger import Ledger
from checker.ruleset import Rule
from tests.large_ledgers import random_files, random_rules
from tests.large_ledgers.some_kinds import VOCABULARY

SEEDS = range(2**32)
quietly = partial(settings, deadline=None, suppress_health_check=list(HealthCheck))


@quietly(max_examples=16)
@given(st.sampled_from(SEEDS))
def test_all_ways_lead_to_one_finding(seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        files, rules = made(random, Path(name))
        facts, told = random_files.read(files, ledgers.read)
        held, also_told = random_files.read(files, Store(smallest=0).read)
        assert list(map(said, also_told)) == list(map(said, told))
        keep = [rule.id for rule in rules if random.random() < 0.1]
        expected = evaluation.evaluate(rules, facts, VOCABULARY, keep)
        assert evaluation.evaluate(rules, held, VOCABULARY, keep) == expected
        assert quickly(rules, facts, keep, 0) == expected
        assert quickly(rules, held, keep, random.choice((0, 10, 30))) == expected


@quietly(max_examples=30)
@given(st.sampled_from(SEEDS))
def test_what_a_rule_finds_is_its_own(seed: int) -> None:
    """Not of the rules beside it, nor of passing records being kept, nor of rows that know they are alike."""
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        files, rules = made(random, Path(name))
        facts, _ = random_files.read(files, ledgers.read)
        expected = evaluation.evaluate(rules, facts, VOCABULARY)
        assert evaluation.evaluate(rules[::-1], facts, VOCABULARY)[::-1] == expected
        assert tuple(evaluation.apply(rule, facts, VOCABULARY) for rule in rules) == expected
        assert evaluation.evaluate(rules, plainly(facts), VOCABULARY) == expected
        every = [rule.id for rule in rules]
        kept = evaluation.evaluate(rules, facts, VOCABULARY, every)
        assert tuple(map(without_passes, kept)) == expected
        for rule, found in zip(rules, kept, strict=True):
            assert_counted(rule, found, facts)


def assert_counted(rule: Rule, found: Finding, facts: Facts) -> None:
    """Every record that was decided is there once, and the counts and the share are theirs."""
    if rule.each is None or found.open_ended or not found.checked:
        return
    records = facts.records(rule.each)
    assert len(found.occurrences) == found.checked <= len(records) == found.population
    if rule.degree == "share" and found.share is not None:
        passed, failed = found.count(Outcome.PASS), found.count(Outcome.FAIL)
        assert found.share == (
            Fraction(passed, found.checked),
            Fraction(found.checked - failed, found.checked),
        )


def made(random: Random, folder: Path) -> tuple[random_files.Files, list[Rule]]:
    files = random_files.written(random, folder)
    return files, rules_of(random, folder, 8)


def plainly(facts: Facts) -> Facts:
    """The same records, each with all its facts at hand."""
    held = {
        name: records
        if isinstance(records, Absent)
        else tuple(Record(r.key, r.label, {n: r.fields[n] for n in r.fields}, r.locations) for r in records)
        for name, records in facts.collections.items()
    }
    return replace(facts, collections=held)


def rules_of(random: Random, folder: Path, number: int) -> list[Rule]:
    made = (random_rules.rule(random, folder, f"r{n}") for n in range(number))
    return [rule for rule in made if rule is not None]


def quickly(rules: Sequence[Rule], facts: Facts, keep: Sequence[str], threshold: int) -> tuple[Finding, ...]:
    """What both executors say together; no statement of ours is wrong."""
    with executor(rules, facts, VOCABULARY, threshold) as large:
        found = evaluation.evaluate(rules, facts, VOCABULARY, keep, large)
        assert large is None or not [why for why in large.left.values() if ": " in why]
    return found


def said(ledger: Ledger) -> tuple[object, ...]:
    records = [(r.key, r.label, r.locations, dict(r.fields)) for r in ledger.records]
    columns = ledger.file, ledger.sheet, ledger.missing, ledger.extra
    return *columns, ledger.left_out, ledger.fault_count, ledger.faults, records
