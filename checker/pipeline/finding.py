"""Rules × facts → findings, here or apart."""

from pathlib import Path

from checker import evaluation
from checker.claims import Claim, claims, comparing
from checker.facts import Facts, Vocabulary
from checker.finding import Finding, without_passes
from checker.library import apart, homes, load_ruleset, shipped, vocabulary
from checker.pipeline.gathering import Case
from checker.ruleset import Ruleset


def findings_of(
    case: Case, kept: frozenset[str] = frozenset()
) -> tuple[tuple[Finding, ...], tuple[Claim, ...]]:
    """One finding a rule, and the claims of the prose against the ledgers. kept: the rules of which what
    passes is among the occurrences."""
    known = vocabulary(homes(case.ruleset))
    if str(case.ruleset) in shipped():
        found = _evaluate(case.scheme, case.facts, known, kept)
    else:
        found = apart(case.ruleset, _evaluate_apart, case.facts, kept)
    findings = tuple(f if f.rule in kept else without_passes(f) for f in found)
    return findings, claims(case.facts, found, case.scheme.rules, known)


def _evaluate_apart(ruleset: str | Path, facts: Facts, kept: frozenset[str]) -> tuple[Finding, ...]:
    return _evaluate(load_ruleset(ruleset), facts, vocabulary(homes(ruleset)), kept)


def _evaluate(scheme: Ruleset, facts: Facts, known: Vocabulary, kept: frozenset[str]) -> tuple[Finding, ...]:
    used = scheme.rules.values()
    if not facts.sources:
        return evaluation.evaluate(used, facts, known, kept.union(comparing(used, known)))

    from checker.large_ledgers import executor  # of use only where there are ledgers

    with executor(used, facts, known) as large:
        return evaluation.evaluate(used, facts, known, kept.union(comparing(used, known)), large)
