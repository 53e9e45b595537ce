"""The record as JSON (schema `assessment`): `assess --format json`. Language and width play no part."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checker.assessment import Assessment, EvidenceEntry, EvidenceList, InputFile, Judgement
from checker.claims import Claim
from checker.document import Provenance
from checker.errors import Problem
from checker.finding import Occurrence
from checker.renderers import Page, _decisions_json
from checker.renderers._json import change_data, diagnostics, dump, places, source, words
from checker.renderers._numbers import exact
from checker.ruleset import Band
from checker.scoring import (
    Adjustment,
    BonusScore,
    Charged,
    IndicatorScore,
    Marks,
    Outlook,
    Score,
    Step,
    WhatIf,
)


def render(assessment: Assessment, page: Page) -> str:
    """Points and scores are decimal strings, exact where the decimal ends."""
    score = assessment.score
    return dump(
        {
            "schema": "assessment/1",
            "engine": {"name": assessment.engine.name, "version": assessment.engine.version},
            "ruleset": _ruleset(assessment),
            "submission": _submission(assessment),
            "as_of": None if assessment.as_of is None else assessment.as_of.isoformat(),
            "verdict": assessment.verdict.value,
            "band": _band(score.outlook.bands[0]) if len(score.outlook.bands) == 1 else None,
            "bands": _bands(score.outlook.bands),
            "score": _score(score),
            "raw": _decisions_json.raw(assessment.raw),
            "counts": {outcome.value: number for outcome, number in assessment.counts.items()},
            "indicators": [_indicator(indicator) for indicator in score.indicators],
            "findings": [_finding(finding) for finding in assessment.findings],
            "decisions": _decisions_json.all_of(assessment),
            "claims": [_claim(claim) for claim in assessment.claims],
            "waterfall": [_step(step) for step in score.waterfall],
            "what_if": [_what_if(entry) for entry in score.what_if],
            "not_applicable": _adjustment(score.adjustment),
            "charged_elsewhere": [_charged(charged) for charged in score.charged_elsewhere],
        }
    )


def _ruleset(assessment: Assessment) -> dict[str, Any]:
    ruleset = assessment.ruleset
    return {
        "id": ruleset.id,
        "version": ruleset.version,
        "sha256": ruleset.sha256,
        "title": words(ruleset.title),
        "places": ruleset.places,
        "extends": ruleset.parent,
        "changes": [change_data(change) for change in ruleset.changes],
    }


def _submission(assessment: Assessment) -> dict[str, Any]:
    submission = assessment.submission
    return {
        "unit": None if submission.unit is None else {"name": submission.unit},
        "year": submission.year,
        "report": _read(submission.report),
        "previous": None if submission.previous is None else _read(submission.previous),
        **_evidence(submission.evidence),
        "decisions": _decisions_json.file_of(submission, assessment.decided),
    }


def _read(reading: Provenance) -> dict[str, Any]:
    return {**source(reading), "diagnostics": diagnostics(reading)}


def _evidence(evidence: EvidenceList | None) -> dict[str, Any]:
    if evidence is None:
        return {"manifest": None, "evidence": [], "notices": [], "lacking": []}
    return {
        "manifest": _file(evidence.manifest),
        "evidence": [_entry(entry) for entry in evidence.entries],
        "notices": [_problem(notice) for notice in evidence.notices],
        "lacking": [
            {"kind": lack.kind, "title": words(lack.title), "rules": list(lack.rules)}
            for lack in evidence.lacking
        ],
    }


def _entry(entry: EvidenceEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "file": entry.file,
        "sha256": entry.sha256,
        "status": entry.status,
        "reason": words(entry.reason),
        "rows": entry.rows,
        "used": entry.used,
        "fault_count": entry.fault_count,
        "faults": [_problem(fault) for fault in entry.faults],
        "left_out": list(entry.left_out),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    place = () if problem.location is None else (problem.location,)
    return {"code": problem.code, "message": words(problem.message), "locations": places(place)}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.name,
        "label": words(claim.label),
        "text": claim.text,
        "standing": claim.standing.value,
        "found": claim.found,
        "rule": claim.rule,
        "reason": words(claim.reason),
        "locations": places(claim.locations),
        "evidence": places(claim.evidence),
    }


def _file(file: InputFile) -> dict[str, str]:
    return {"file": file.file, "sha256": file.sha256}


def _band(band: Band) -> dict[str, Any]:
    return {"name": words(band.name), "at_least": exact(band.at_least)}


def _bands(bands: Iterable[Band]) -> list[dict[str, Any]]:
    return [_band(band) for band in bands]


def _score(score: Score) -> dict[str, Any]:
    return {
        "full": exact(score.full),
        "pass_mark": exact(score.pass_mark),
        "earned": exact(score.earned),
        "worst": exact(score.worst),
        "best": exact(score.best),
        "veto": score.vetoed,
        "unknown": score.unknown,
        "bonus": _bonus(score.bonus),
    }


def _bonus(bonus: BonusScore | None) -> dict[str, Any] | None:
    if bonus is None:
        return None
    return {
        "cap": exact(bonus.cap),
        "opens_above": _maybe(bonus.opens_above),
        "opens_at": _maybe(bonus.opens_at),
        "gate": bonus.gate,
        "worst": exact(bonus.worst),
        "best": exact(bonus.best),
    }


def _indicator(indicator: IndicatorScore) -> dict[str, Any]:
    floor = None
    if indicator.floor is not None:
        floor = {"at_least": exact(indicator.floor), "state": indicator.floor_state}
    return {
        "id": indicator.id,
        "title": words(indicator.title),
        "points": exact(indicator.points),
        "worst": _maybe(indicator.worst),
        "best": _maybe(indicator.best),
        "floor": floor,
        "bonus": _bonus(indicator.bonus),
        "rules": list(indicator.rules),
        "indicators": [_indicator(child) for child in indicator.indicators],
    }


def _charged(charged: Charged) -> dict[str, Any]:
    return {"rule": charged.rule, "key": charged.key, "by": charged.by}


def _maybe(marks: Fraction | Decimal | None) -> str | None:
    return None if marks is None else exact(marks)


def _finding(finding: Judgement) -> dict[str, Any]:
    marks = finding.marks
    return {
        "rule": finding.rule,
        "indicator": None if marks is None else marks.indicator,
        "outcome": finding.outcome.value,
        "points": None if marks is None else _marks(marks),
        "title": words(finding.title),
        "message": words(finding.message),
        "remedy": words(finding.remedy),
        "basis": [{"document": b.document, "clause": b.clause, "grade": b.grade} for b in finding.basis],
        "checked": finding.checked,
        "open_ended": finding.open_ended,
        "reason": words(finding.reason),
        "decided": _decisions_json.on_finding(finding),
        "occurrences": [_occurrence(occurrence) for occurrence in finding.occurrences],
    }


def _marks(marks: Marks) -> dict[str, Any]:
    return {
        "full": exact(marks.full),
        "worst": exact(marks.worst),
        "best": exact(marks.best),
        "veto": marks.veto,
        "roles": list(marks.roles),
    }


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    return {
        "key": occurrence.key,
        "outcome": occurrence.outcome.value,
        "message": words(occurrence.message),
        "locations": places(occurrence.locations),
        "operands": [
            {
                "name": operand.name,
                "label": words(operand.label),
                "kind": str(operand.kind),
                "text": operand.text,
                "note": words(operand.note),
                "locations": places(operand.locations),
            }
            for operand in occurrence.operands
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "certain": step.certain,
        "lost": exact(step.lost),
        "left": exact(step.left),
    }


def _what_if(entry: WhatIf) -> dict[str, Any]:
    return {
        "rule": entry.rule,
        "gain": exact(entry.gain),
        "veto": entry.veto,
        "alone": _outlook(entry.alone),
        "together": _outlook(entry.together),
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "worst": exact(outlook.worst),
        "best": exact(outlook.best),
        "earned": exact(outlook.earned),
        "verdict": outlook.verdict.value,
        "bands": _bands(outlook.bands),
    }


def _adjustment(adjustment: Adjustment) -> dict[str, Any]:
    return {
        "treatment": adjustment.treatment,
        "points": exact(adjustment.points),
        "factor": _maybe(adjustment.factor),
        "effect": exact(adjustment.effect),
        "items": [
            {"indicator": item.indicator, "rules": list(item.rules), "points": exact(item.points)}
            for item in adjustment.freed
        ],
    }
