"""The whole trip: submission → document → facts → findings → score → assessment."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from checker import evaluation, expression, extractors, ledgers, readers, scoring
from checker.assessment import Assessment, InputFile, build
from checker.bilingual import LANGUAGES, Bilingual
from checker.claims import Claim, claims, comparing
from checker.document import Document
from checker.errors import InputError, Problem
from checker.facts import Facts, Kind, Vocabulary
from checker.finding import Finding, without_passes
from checker.large_ledgers import Store, executor
from checker.library import (
    DEFAULT,
    apart,
    decide,
    default_for,
    find_rules,
    homes,
    ledger_kinds,
    load_ruleset,
    shipped,
    vocabulary,
)
from checker.location import Location
from checker.manifest import Evidence
from checker.renderers import Explanation, Formulas
from checker.ruleset import Rule, Ruleset
from checker.submission import Submission, open_submission
from checker.verification import (
    Kinds,
    LedgerReader,
    evidence_list,
    listed,
    other_year,
    previous_in,
    read_evidence,
    supply,
)


def assess(
    path: str | Path,
    ruleset: str | Path | None = None,
    previous: str | Path | None = None,
    as_of: date | None = None,
) -> Assessment:
    """Assess one submission.

    path and previous are a report file or a submission folder; ruleset is the name of a shipped
    ruleset or a YAML file, None for `disclosure` where there is evidence, else `annual-report`.
    Raises InputError (RulesetError) with every problem found.
    """
    ruleset = ruleset or default_for(Path(path))
    scheme = load_ruleset(ruleset)
    kinds = ledger_kinds(homes(ruleset))
    reader = Store().read if str(ruleset) in shipped() else ledgers.read
    submission, facts, evidence, last_year = gather(path, kinds, previous, reader)
    _check_year(scheme, facts, submission.file)
    known = vocabulary(homes(ruleset))
    findings, claimed = _findings(scheme, facts, ruleset, known)
    unit, year = facts.fields["report.issuer"], facts.fields["report.year"]
    return build(
        scoring.score(findings, scheme),
        findings,
        scheme,
        report=InputFile(submission.file, submission.sha256),
        unit=unit.text if unit.kind is Kind.TEXT else None,
        year=int(year.text) if year.kind is Kind.NUMBER else None,
        previous=InputFile(last_year.file, last_year.sha256) if last_year else None,
        evidence=evidence_list(evidence, scheme, facts, kinds) if evidence else None,
        claims=claimed,
        as_of=as_of,
    )


def explain(
    rule: str,
    path: str | Path | None = None,
    ruleset: str | Path | None = None,
    previous: str | Path | None = None,
) -> Explanation:
    """A rule in words and, with a submission, what it read there; ruleset as in assess().

    Raises InputError.
    """
    ruleset = ruleset or (default_for(Path(path)) if path else DEFAULT)
    [found] = find_rules(ruleset, [rule])
    finding = None
    if path is not None:
        facts = gather(path, ledger_kinds(homes(ruleset)), previous)[1]
        finding = apart(ruleset, decide, rule, facts)
    return Explanation(found, _formulas(found, vocabulary(homes(ruleset))), finding)


def _formulas(rule: Rule, known: Vocabulary) -> Formulas:
    said = [expression.rule_in_words(rule, known, language)[-1] for language in LANGUAGES]
    applies = [expression.when_in_words(rule, known, language) for language in LANGUAGES]
    labels = ((m.name, m.label or m.signature.label) for m in rule.measures)
    faults = zip(*(expression.faults_in_words(rule, known, language) for language in LANGUAGES), strict=True)
    more = tuple(Bilingual(*both) for both in faults)
    return Formulas(Bilingual(*said), Bilingual(*applies) if rule.when else None, tuple(labels), more)


def read(path: str | Path, named: str | None = None) -> tuple[Submission, Document, Facts]:
    """Open a submission, read its report (the one `named`, where a folder's manifest does) and its facts."""
    submission = open_submission(Path(path), named)
    document = readers.read(submission.data, submission.file)
    return submission, document, extractors.extract(document)


def gather(
    path: str | Path, kinds: Kinds, previous: str | Path | None = None, reader: LedgerReader = ledgers.read
) -> tuple[Submission, Facts, Evidence | None, Submission | None]:
    """The submission with the facts of its report, its evidence and last year's report, and those two."""
    manifest = listed(Path(path), kinds)
    submission, _, facts = read(path, manifest.report.file if manifest else None)
    evidence = read_evidence(Path(path), manifest, submission, kinds, reader)
    _check_same_year(facts, evidence)
    facts = supply(facts, evidence, kinds)
    if previous is None and evidence is not None:
        previous = previous_in(Path(path), evidence.manifest)
    if previous is None:
        return submission, facts, evidence, None
    last_year, facts = with_previous(facts, previous)
    return submission, facts, evidence, last_year


def with_previous(facts: Facts, path: str | Path) -> tuple[Submission, Facts]:
    """The facts with last year's beside them. A report of any other year answers nothing: InputError."""
    submission, _, earlier = read(path)
    before, now = earlier.fields["report.year"], facts.fields["report.year"]
    if before.kind is Kind.NUMBER and now.kind is Kind.NUMBER and int(before.text) != int(now.text) - 1:
        message = Bilingual(
            f"{submission.file} 是 {before.text} 年度报告，不是 {now.text} 年度的上一年",
            f"{submission.file} reports on {before.text}, which is not the year before {now.text}",
        )
        raise InputError([Problem("not-last-year", message)])
    return submission, replace(facts, previous=earlier)


def _check_same_year(facts: Facts, evidence: Evidence | None) -> None:
    """Evidence of one year says nothing of another."""
    problem = other_year(evidence.manifest, facts) if evidence else None
    if problem is not None:
        raise InputError([problem])


def _check_year(scheme: Ruleset, facts: Facts, file: str) -> None:
    """A ruleset says nothing of years outside its own: that nothing applies there is no pass."""
    first, last = scheme.years
    year = facts.fields["report.year"]
    if year.kind is not Kind.NUMBER or (first or 0) <= int(year.text) <= (last or int(year.text)):
        return
    years = f"{first}–{last}" if last else f"{first}–"
    message = Bilingual(
        f"这是 {year.text} 年度报告，指标体系 {scheme.id} 只适用于 {years} 年度",
        f"this reports on {year.text}; the ruleset {scheme.id} applies to {years} only",
    )
    raise InputError(
        [Problem("year-not-covered", message, year.locations[0] if year.locations else Location(file))]
    )


def _findings(
    scheme: Ruleset, facts: Facts, ruleset: str | Path, known: Vocabulary
) -> tuple[tuple[Finding, ...], tuple[Claim, ...]]:
    """One finding a rule, and the claims of the prose against the ledgers."""
    if str(ruleset) in shipped():
        found = _evaluate(scheme, facts, known)
    else:
        found = apart(ruleset, _evaluate_apart, facts)
    return tuple(map(without_passes, found)), claims(facts, found, scheme.rules, known)


def _evaluate_apart(ruleset: str | Path, facts: Facts) -> tuple[Finding, ...]:
    return _evaluate(load_ruleset(ruleset), facts, vocabulary(homes(ruleset)))


def _evaluate(scheme: Ruleset, facts: Facts, known: Vocabulary) -> tuple[Finding, ...]:
    rules = scheme.rules.values()
    with executor(rules, facts, known) as large:
        return evaluation.evaluate(rules, facts, known, comparing(rules, known), large)
