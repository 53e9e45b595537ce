"""The whole trip: submission → document → facts → findings → score → assessment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checker import decisions, evaluation, expression, extractors, ledgers, readers, scoring
from checker.assessment import Assessment, InputFile, build
from checker.bilingual import LANGUAGES, Bilingual
from checker.claims import Claim, claims, comparing
from checker.document import Document
from checker.errors import InputError, Problem, did_you_mean
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
    rules,
    shipped,
    vocabulary,
)
from checker.location import Location
from checker.manifest import NAME, Evidence, State
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


@dataclass(frozen=True, slots=True)
class Case:
    """A submission before a ruleset: everything read, nothing judged. path: as given."""

    path: Path
    ruleset: str | Path
    scheme: Ruleset
    submission: Submission
    facts: Facts
    evidence: Evidence | None
    last_year: Submission | None

    @property
    def kinds(self) -> Kinds:
        return ledger_kinds(homes(self.ruleset))

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every file handed in but the manifest, with its SHA-256; the report first."""
        found = [(s.file, s.sha256) for s in (self.submission, self.last_year) if s is not None]
        if self.evidence is not None:
            found += [(s.file, s.sha256) for s in self.evidence.fixity.evidence if s.sha256 is not None]
        return tuple(found)


def assess(
    path: str | Path,
    ruleset: str | Path | None = None,
    previous: str | Path | None = None,
    as_of: date | None = None,
    decided: str | Path | None = None,
    waivers: bool = True,
) -> Assessment:
    """Assess one submission.

    path and previous are a report file or a submission folder; ruleset is the name of a shipped
    ruleset or a YAML file, None for `disclosure` where there is evidence, else `annual-report`.
    decided: a file of decisions, None for the decisions.yaml of the folder. waivers: whether its waivers
    count.
    Raises InputError (RulesetError) with every problem found.
    """
    case = _open(path, ruleset, previous)
    made = _decisions(case, decided)
    kept, claimed = _findings(case, decisions.kept_by(made) if made else frozenset())
    findings = tuple(map(without_passes, kept))
    raw = scoring.score(findings, case.scheme)
    adjusted = None if made is None else _adjusted(case, made, kept, as_of, waivers)
    unit, year = case.facts.fields["report.issuer"], case.facts.fields["report.year"]
    return build(
        raw if adjusted is None else scoring.score(adjusted.counted, case.scheme),
        findings if adjusted is None else adjusted.shown,
        case.scheme,
        report=InputFile(case.submission.file, case.submission.sha256),
        unit=unit.text if unit.kind is Kind.TEXT else None,
        year=int(year.text) if year.kind is Kind.NUMBER else None,
        previous=InputFile(case.last_year.file, case.last_year.sha256) if case.last_year else None,
        evidence=evidence_list(case.evidence, case.scheme, case.facts, case.kinds) if case.evidence else None,
        claims=claimed,
        as_of=as_of,
        raw=None if adjusted is None else raw,
        decided=None if adjusted is None else adjusted.decided,
    )


def _open(path: str | Path, ruleset: str | Path | None, previous: str | Path | None) -> Case:
    """Read everything. Raises InputError."""
    ruleset = ruleset or default_for(Path(path))
    scheme = load_ruleset(ruleset)
    reader = Store().read if str(ruleset) in shipped() else ledgers.read
    submission, facts, evidence, last_year = gather(path, ledger_kinds(homes(ruleset)), previous, reader)
    _check_year(scheme, facts, submission.file)
    _check_kind(scheme, evidence)
    return Case(Path(path), ruleset, scheme, submission, facts, evidence, last_year)


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


def _check_kind(scheme: Ruleset, evidence: Evidence | None) -> None:
    """A ruleset for some kinds of units says nothing of others. Where no manifest says what kind it is, the
    ruleset that was named is taken."""
    kind = evidence.manifest.unit.kind if evidence else None
    if kind is None or not scheme.kinds or kind in scheme.kinds:
        return
    kinds = ", ".join(scheme.kinds)
    zh = f"清单写明单位类型是 {kind}，指标体系 {scheme.id} 只适用于 {kinds}"
    en = f"the manifest says the unit is a {kind}; the ruleset {scheme.id} applies to {kinds} only"
    raise InputError([Problem("kind-not-covered", Bilingual(zh, en), Location(NAME))])


def _findings(
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
    with executor(used, facts, known) as large:
        return evaluation.evaluate(used, facts, known, kept.union(comparing(used, known)), large)


# Decisions of people --------------------------------------------------------------------------------


def forms(
    path: str | Path,
    ruleset: str | Path | None = None,
    previous: str | Path | None = None,
    named: Sequence[str] = (),
    records: Sequence[str] = (),
) -> tuple[decisions.Form, ...]:
    """A form for every item of a submission that only a person can decide, or for all found of these rules,
    or of these records of theirs, whether they pass or not.

    Raises InputError, also for a rule the ruleset does not use and for records the rules do not look at.
    """
    case = _open(path, ruleset, previous)
    _check_used(named, case.scheme)
    rules_of = case.scheme.rules
    findings, _ = _findings(case, frozenset(named if records else ()))
    found = (decisions.Measured(rules_of[f.rule], f, case.facts, case.inputs) for f in findings)
    made = decisions.forms(found, case.scheme, named, records)
    _check_found(records, made)
    return made


def _check_found(records: Sequence[str], made: Sequence[decisions.Form]) -> None:
    missing = sorted(set(records) - {form.record for form in made})
    problems = []
    for key in missing:
        zh, en = f"规则没有判断 {key} 这条记录", f"the rules named look at no record {key}"
        problems.append(Problem("no-such-record", Bilingual(zh, en)))
    if problems:
        raise InputError(problems)


def _check_used(named: Sequence[str], scheme: Ruleset) -> None:
    problems = []
    for name in named:
        if name not in scheme.rules:
            hint = did_you_mean(name, scheme.rules)
            zh, en = (
                f"指标体系 {scheme.id} 没有用到规则 {name}",
                f"the ruleset {scheme.id} has no rule {name}",
            )
            problems.append(Problem("no-such-rule", Bilingual(zh + hint.zh, en + hint.en)))
    if problems:
        raise InputError(problems)


def _decisions(case: Case, named: str | Path | None) -> decisions.Decisions | None:
    """What people decided of this submission; None where there is no file of it."""
    path = decisions.decisions_path(case.path, None if named is None else Path(named))
    if path is None:
        return None
    folder = case.path if case.path.is_dir() else case.path.parent
    manifest = case.evidence.manifest if case.evidence else None
    return decisions.read_decisions(
        path, decisions.Ground(case.scheme, folder, manifest, lambda: rules(homes(case.ruleset)))
    )


def _adjusted(
    case: Case,
    made: decisions.Decisions,
    findings: tuple[Finding, ...],
    as_of: date | None,
    waivers: bool,
) -> decisions.Adjusted:
    terms = decisions.Terms(dict(_not_as_it_was(case.evidence)), as_of or _dated(case.evidence), waivers)
    return decisions.apply(made, findings, case.scheme, case.facts, case.inputs, terms)


def _not_as_it_was(evidence: Evidence | None) -> Iterator[tuple[str, Bilingual]]:
    """Evidence the manifest lists that is gone or changed, by its id and by its file, with the reason."""
    for status in evidence.fixity.evidence if evidence else ():
        if status.item is not None and status.reason is not None and status.state is not State.VERIFIED:
            yield status.item.id, status.reason
            yield status.file, status.reason


def _dated(evidence: Evidence | None) -> date | None:
    """The last day the manifest gives of the report: waivers are judged by it where no day is given."""
    report = evidence.manifest.report if evidence else None
    days = [day for day in (report.submitted_on, report.published_on) if day is not None] if report else []
    return max(days, default=None)
