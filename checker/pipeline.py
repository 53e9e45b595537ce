"""The whole trip: submission → document → facts → findings → score → assessment."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from checker import evaluation, expression, extractors, readers, scoring
from checker.assessment import Assessment, InputFile, build
from checker.bilingual import LANGUAGES, Bilingual
from checker.document import Document
from checker.errors import InputError, Problem
from checker.facts import Facts, Kind, Vocabulary
from checker.finding import Finding
from checker.library import DEFAULT, apart, decide, find_rules, homes, load_ruleset, shipped, vocabulary
from checker.location import Location
from checker.renderers import Explanation, Formulas
from checker.ruleset import Rule, Ruleset
from checker.submission import Submission, open_submission


def assess(
    path: str | Path,
    ruleset: str | Path = DEFAULT,
    previous: str | Path | None = None,
    as_of: date | None = None,
) -> Assessment:
    """Assess one submission.

    path and previous are a report file or a submission folder; ruleset is the name of a shipped
    ruleset or a YAML file. Raises InputError (RulesetError) with every problem found.
    """
    scheme = load_ruleset(ruleset)
    submission, _, facts = read(path)
    _check_year(scheme, facts, submission.file)
    last_year = None
    if previous is not None:
        last_year, facts = with_previous(facts, previous)
    findings = _findings(scheme, facts, ruleset)
    unit, year = facts.fields["report.issuer"], facts.fields["report.year"]
    return build(
        scoring.score(findings, scheme),
        findings,
        scheme,
        report=InputFile(submission.file, submission.sha256),
        unit=unit.text if unit.kind is Kind.TEXT else None,
        year=int(year.text) if year.kind is Kind.NUMBER else None,
        previous=InputFile(last_year.file, last_year.sha256) if last_year else None,
        as_of=as_of,
    )


def explain(
    rule: str,
    path: str | Path | None = None,
    ruleset: str | Path = DEFAULT,
    previous: str | Path | None = None,
) -> Explanation:
    """A rule in words and, with a submission, what it read there. Raises InputError."""
    [found] = find_rules(ruleset, [rule])
    finding = None
    if path is not None:
        _, _, facts = read(path)
        if previous is not None:
            _, facts = with_previous(facts, previous)
        finding = apart(ruleset, decide, rule, facts)
    return Explanation(found, _formulas(found, vocabulary(homes(ruleset))), finding)


def _formulas(rule: Rule, known: Vocabulary) -> Formulas:
    said = [expression.rule_in_words(rule, known, language)[-1] for language in LANGUAGES]
    applies = [expression.when_in_words(rule, known, language) for language in LANGUAGES]
    labels = ((m.name, m.label or m.signature.label) for m in rule.measures)
    return Formulas(Bilingual(*said), Bilingual(*applies) if rule.when else None, tuple(labels))


def read(path: str | Path) -> tuple[Submission, Document, Facts]:
    """Open a submission, read its report and extract its facts."""
    submission = open_submission(Path(path))
    document = readers.read(submission.data, submission.file)
    return submission, document, extractors.extract(document)


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


def _findings(scheme: Ruleset, facts: Facts, ruleset: str | Path) -> tuple[Finding, ...]:
    if str(ruleset) in shipped():
        return evaluation.evaluate(scheme.rules.values(), facts, vocabulary(homes(ruleset)))
    return apart(ruleset, _evaluate_apart, facts)


def _evaluate_apart(ruleset: str | Path, facts: Facts) -> tuple[Finding, ...]:
    rules = load_ruleset(ruleset).rules.values()
    return evaluation.evaluate(rules, facts, vocabulary(homes(ruleset)))
