"""The whole trip: submission → document → facts → findings → score → assessment.

gathering.py   everything read before anything is judged
finding.py     rules × facts → findings, here or apart
deciding.py    decisions of people
explaining.py  one rule in words, and what it read
"""

from datetime import date
from pathlib import Path

from checker import decisions, scoring
from checker.assessment import Assessment, build
from checker.facts import Kind
from checker.finding import without_passes
from checker.pipeline.deciding import adjusted_by, decisions_on, forms
from checker.pipeline.explaining import explain
from checker.pipeline.finding import findings_of
from checker.pipeline.gathering import gather, open_case, read, with_previous
from checker.verification import evidence_list

__all__ = ["assess", "explain", "forms", "gather", "read", "with_previous"]


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
    case = open_case(path, ruleset, previous)
    made = decisions_on(case, decided)
    kept, claimed = findings_of(case, decisions.kept_by(made) if made else frozenset())
    findings = tuple(map(without_passes, kept))
    raw = scoring.score(findings, case.scheme)
    adjusted = None if made is None else adjusted_by(case, made, kept, as_of, waivers)
    unit, year = case.facts.fields["report.issuer"], case.facts.fields["report.year"]
    return build(
        raw if adjusted is None else scoring.score(adjusted.counted, case.scheme),
        findings if adjusted is None else adjusted.shown,
        case.scheme,
        report=case.provenance,
        unit=unit.text if unit.kind is Kind.TEXT else None,
        year=int(year.text) if year.kind is Kind.NUMBER else None,
        previous=case.last_provenance,
        evidence=evidence_list(case.evidence, case.scheme, case.facts, case.kinds) if case.evidence else None,
        claims=claimed,
        as_of=as_of,
        raw=None if adjusted is None else raw,
        decided=None if adjusted is None else adjusted.decided,
    )
