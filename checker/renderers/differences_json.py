"""Two rulesets side by side, as JSON."""

from typing import Any

from checker.assessment import Assessment
from checker.differences import Differences, Rescored
from checker.renderers import Page
from checker.renderers._json import change_data, dump
from checker.renderers._numbers import exact
from checker.ruleset import Ruleset


def render(found: Differences, page: Page) -> str:
    """Points and scores are decimal strings, as in an assessment."""
    return dump(
        {
            "schema": "differences/1",
            "old": _ruleset(found.old),
            "new": _ruleset(found.new),
            "changes": [change_data(change) for change in found.changes],
            "submissions": [_rescored(rescored) for rescored in found.rescored],
        }
    )


def _ruleset(ruleset: Ruleset) -> dict[str, Any]:
    return {"id": ruleset.id, "version": ruleset.version, "sha256": ruleset.sha256}


def _rescored(rescored: Rescored) -> dict[str, Any]:
    return {
        "submission": rescored.name,
        "old": _score(rescored.old),
        "new": _score(rescored.new),
    }


def _score(assessment: Assessment) -> dict[str, Any]:
    score = assessment.score
    return {
        "verdict": assessment.verdict.value,
        "earned": exact(score.earned),
        "worst": exact(score.worst),
        "best": exact(score.best),
        "lost": {
            finding.rule: exact(finding.marks.full - finding.marks.worst)
            for finding in assessment.findings
            if finding.marks is not None and finding.marks.full != finding.marks.worst
        },
    }
