"""Checked evidence as JSON."""

from typing import Any

from checker.errors import Problem
from checker.manifest import Evidence, EvidenceItem, EvidenceStatus, Exhibit
from checker.renderers import Page
from checker.renderers._json import dump, places, words


def render(evidence: Evidence, page: Page) -> str:
    """Every item with its state, rows and faults; of the faults the first are given one by one."""
    manifest, report = evidence.manifest, evidence.fixity.report
    unit = manifest.unit
    return dump(
        {
            "schema": "verification/1",
            "in_order": evidence.in_order,
            "manifest": {"sha256": manifest.sha256},
            "unit": {"name": unit.name, "kind": unit.kind, "level": unit.level, "region": unit.region},
            "year": manifest.year,
            "report": _status(report),
            "evidence": [_exhibit(exhibit) for exhibit in evidence.exhibits],
            "problems": [_problem(problem) for problem in evidence.problems],
            "notices": [_problem(notice) for notice in evidence.fixity.notices],
        }
    )


def _status(status: EvidenceStatus) -> dict[str, Any]:
    return {
        "file": status.file,
        "state": status.state.value,
        "sha256": status.sha256,
        "reason": words(status.reason),
    }


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    ledger = exhibit.ledger
    return {
        **_status(exhibit.status),
        "item": _item(exhibit.status.item) if exhibit.status.item else None,
        "rows": len(ledger.records) if ledger else None,
        "missing_columns": list(ledger.missing) if ledger else [],
        "unknown_headers": list(ledger.extra) if ledger else [],
        "faults": ledger.fault_count if ledger else None,
        "problems": [_problem(p) for p in (*exhibit.problems, *(ledger.faults if ledger else ()))],
    }


def _item(item: EvidenceItem) -> dict[str, Any]:
    covers = item.covers
    return {
        "id": item.id,
        "kind": item.kind,
        "sheet": item.sheet,
        "sha256": item.sha256,
        "complete": item.complete,
        "covers": {"from": str(covers.first), "to": str(covers.last)} if covers else None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "message": words(problem.message),
        "locations": places((problem.location,) if problem.location else ()),
    }
