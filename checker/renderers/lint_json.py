"""What `rules lint` found, as JSON."""

from typing import Any

from checker.errors import Problem
from checker.lints import Report
from checker.renderers import Page
from checker.renderers._json import dump, words


def render(report: Report, page: Page) -> str:
    """Every finding with its place, the line it stands on and its fix; and what is exempted, with why."""
    return dump(
        {
            "schema": "lint/1",
            "rulesets": list(report.rulesets),
            "rules": report.rules,
            "cases": report.cases,
            "counts": {severity: report.count(severity) for severity in ("refused", "error", "warning")},
            "findings": [{"severity": r.severity, **_problem(r.problem)} for r in report.remarks],
            "exemptions": [
                {
                    "code": exemption.code,
                    "why": words(exemption.why),
                    "file": exemption.place.file,
                    "line": exemption.place.line,
                    "covers": exemption.covers,
                }
                for exemption in report.exemptions
            ],
        }
    )


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.location
    return {
        "code": problem.code,
        "message": words(problem.message),
        "fix": words(problem.fix),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "character": place.character if place else None,
        "excerpt": problem.excerpt,
    }
