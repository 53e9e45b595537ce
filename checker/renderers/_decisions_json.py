"""What people decided, as the record has it."""

from typing import Any

from checker.assessment import Assessment, Judgement, Submission
from checker.decisions import Decided, Decision, Ruling
from checker.renderers._json import places, words
from checker.renderers._numbers import exact
from checker.scoring import Score


def file_of(submission: Submission, decided: Decided | None) -> dict[str, Any] | None:
    """The file among the inputs; by which day waivers were judged, and how many forms are blank in it."""
    if submission.decisions is None or decided is None:
        return None
    return {
        "file": submission.decisions.file,
        "sha256": submission.decisions.sha256,
        "judged_on": None if decided.day is None else decided.day.isoformat(),
        "unfilled": decided.unfilled,
    }


def raw(score: Score | None) -> dict[str, Any] | None:
    """Where the score would stand without any decision."""
    if score is None:
        return None
    return {
        "earned": exact(score.earned),
        "worst": exact(score.worst),
        "best": exact(score.best),
        "verdict": score.verdict.value,
        "bands": [{"name": words(b.name), "at_least": exact(b.at_least)} for b in score.outlook.bands],
    }


def all_of(assessment: Assessment) -> list[dict[str, Any]]:
    """Every decision, in the order of its file, with what became of it."""
    return [_ruling(ruling) for ruling in (assessment.decided.rulings if assessment.decided else ())]


def _ruling(ruling: Ruling) -> dict[str, Any]:
    decision = ruling.decision
    return {
        "rule": decision.rule,
        "record": decision.record,
        "action": decision.action,
        "value": _value(decision),
        "state": ruling.state.value,
        "reason": words(ruling.reason),
        "before": None if ruling.before is None else ruling.before.value,
        "message": words(ruling.message),
        "key": ruling.key,
        "measured": decision.measured,
        "measured_now": ruling.now,
        "by": decision.by,
        "role": decision.role,
        "on": decision.on.isoformat(),
        "why": decision.why,
        "evidence": list(decision.evidence),
        "expires": None if decision.expires is None else decision.expires.isoformat(),
        "locations": places([decision.place]),
    }


def _value(decision: Decision) -> str | None:
    """What was decided: an outcome, a level or an amount; None for a waiver, which says all by its name."""
    if decision.deduct is not None:
        return exact(decision.deduct)
    outcome = decision.settle or decision.override
    return decision.level if outcome is None else outcome.value


def on_finding(finding: Judgement) -> dict[str, Any] | None:
    """What decisions in force did to one finding; None where there are none."""
    if not finding.rulings:
        return None
    waived = [r for r in finding.rulings if r.decision.waive]
    before = next((r.found for r in finding.rulings if r.found is not None), finding.outcome)
    award = next((r.decision.deduct for r in finding.rulings if r.decision.deduct is not None), None)
    return {
        "before": before.value,
        "waived": any(r.decision.record is None for r in waived),
        "waived_records": [r.key for r in waived if r.decision.record is not None],
        "level": next((r.decision.level for r in finding.rulings if r.decision.level is not None), None),
        "deducted": None if award is None else exact(award),
    }
