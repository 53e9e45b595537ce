"""Decisions of people, on the way: forms for what they must decide, and what they decided."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from checker import decisions
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.finding import Finding
from checker.library import homes, rules
from checker.manifest import Evidence, State
from checker.pipeline.finding import findings_of
from checker.pipeline.gathering import Case, open_case
from checker.ruleset import Ruleset


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
    case = open_case(path, ruleset, previous)
    _check_used(named, case.scheme)
    rules_of = case.scheme.rules
    findings, _ = findings_of(case, frozenset(named if records else ()))
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


def decisions_on(case: Case, named: str | Path | None) -> decisions.Decisions | None:
    """What people decided of this submission; None where there is no file of it."""
    path = decisions.decisions_path(case.path, None if named is None else Path(named))
    if path is None:
        return None
    folder = case.path if case.path.is_dir() else case.path.parent
    manifest = case.evidence.manifest if case.evidence else None
    return decisions.read_decisions(
        path, decisions.Ground(case.scheme, folder, manifest, lambda: rules(homes(case.ruleset)))
    )


def adjusted_by(
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
