"""The forms of one report give the same facts and the same assessment; only places and the file differ."""

import json
import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from checker import comparison, evaluation, extractors, pipeline, scoring
from checker.assessment import build
from checker.claims import claims, comparing
from checker.document import Document
from checker.facts import Facts, Kind
from checker.finding import without_passes
from checker.forms import template
from checker.library import load_ruleset, vocabulary
from checker.location import Location
from checker.renderers import FactsView, Page, facts_json
from checker.renderers import json as assessment_json
from tests.forms_of_reports import (
    ADDED,
    FORMS,
    VERSIONS,
    TrueCell,
    document,
    official_cells,
    truth,
    version_of,
)

FILES = [name for names in FORMS.values() for name in names]
PAIRS = [
    pair
    for version in VERSIONS
    for pair in combinations([name for name in FILES if version_of(name) == version], 2)
]
PAGE = Page("zh")

# On a page a blank beside Chinese is no character but a distance, and none at all at the end of a line. The
# OFD samples tell no widths of letters either; only between digits a blank always counts.
NO_BLANK = re.compile(r"(?!)")
BLANK_IN_PDF = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+|[ \u3000]+(?=[\u3400-\u9fff])")
BLANK_IN_OFD = re.compile(r"(?<!\d)[ \u3000]+|[ \u3000]+(?!\d)")

FAULT = "annual-report/applications-balance"
# Undecided in v3, whose cells are left blank or dashed out.
IDENTITIES = {
    f"annual-report/{name}"
    for name in (
        "applications-balance",
        "applicant-total",
        "outcome-sum",
        "outcome-sum-merged-other",
        "review-sum",
        "direct-suit-sum",
        "suit-after-review-sum",
        "in-force-covers-net-increase",
        "sums-add-up",
        "accounts-sum",
    )
}


@cache
def facts_of(corpus: Path, name: str) -> Facts:
    return extractors.extract(document(corpus, name))


@cache
def report_of(corpus: Path, name: str) -> Document:
    """The document without what this file alone adds to the report."""
    read, added = document(corpus, name), ADDED.get(name)
    if added is None:
        return read
    kept = (b for b in read.blocks if b.kind == "note" or comparison.squeeze(b.text) not in added or b.table)
    return replace(read, blocks=tuple(kept))


@cache
def facts_told(corpus: Path, name: str) -> Any:
    """What `checker facts --format json` would print of the report, without places, file and diagnostics."""
    report = report_of(corpus, name)
    view = FactsView(report, extractors.extract(report), extractors.vocabulary())
    told = json.loads(facts_json.render(view, PAGE))
    return {key: placeless(value) for key, value in told.items() if key not in ("source", "diagnostics")}


@cache
def assessment(corpus: Path, name: str) -> Any:
    """What `checker assess --format json` prints of the file."""
    done = pipeline.assess(corpus / "forms" / name, "annual-report")
    return json.loads(assessment_json.render(done, PAGE))


@cache
def judged(corpus: Path, name: str) -> Any:
    """What it would print of the report, without places and file."""
    return faceless(assessed(report_of(corpus, name)))


@cache
def assessed(report: Document) -> Any:
    """The trip of pipeline.assess from a document on."""
    facts, scheme, known = extractors.extract(report), load_ruleset("annual-report"), vocabulary()
    rules = scheme.rules.values()
    found = evaluation.evaluate(rules, facts, known, frozenset(comparing(rules, known)))
    findings = tuple(map(without_passes, found))
    done = build(
        scoring.score(findings, scheme),
        findings,
        scheme,
        report=report.provenance,
        unit=facts.fields["report.issuer"].text,
        year=int(facts.fields["report.year"].text),
        claims=claims(facts, found, scheme.rules, known),
    )
    return json.loads(assessment_json.render(done, PAGE))


def faceless(told: Any) -> Any:
    told = placeless(told)
    told["submission"].pop("report")
    return told


def placeless(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: placeless(value) for key, value in told.items() if key not in ("locations", "evidence")}
    return [placeless(value) for value in told] if isinstance(told, list) else told


def findings(told: Any) -> dict[str, Any]:
    return {finding["rule"]: finding for finding in told["findings"]}


# The facts are those of the truth


def true_grid(corpus: Path, version: str) -> list[TrueCell]:
    """The 200 cells in official order."""
    return truth(corpus, version).numbers


@pytest.mark.parametrize("name", FILES)
def test_official_grids_are_the_truth(corpus: Path, name: str) -> None:
    wanted = [c.number if c.kind is Kind.NUMBER else None for c in true_grid(corpus, version_of(name))]
    assert official_cells(facts_of(corpus, name)) == wanted


@pytest.mark.parametrize("name", FILES)
def test_zero_blank_and_slash_stay_three_statements(corpus: Path, name: str) -> None:
    order = ["disclosure", "applications", "proceedings"]
    cells = sorted(
        facts_of(corpus, name).records("cells"), key=lambda r: order.index(str(r.fields["table"].value))
    )
    told = [r.fields["kind"].value for r in cells]
    assert told == [cell.kind.value for cell in true_grid(corpus, version_of(name))]


@pytest.mark.parametrize("name", FILES)
def test_tables_are_whole(corpus: Path, name: str) -> None:
    for record in facts_of(corpus, name).records("tables"):
        said = {field: fact.value for field, fact in record.fields.items()}
        assert said["present"] is True
        assert said["rows_found"] == said["rows_expected"]
        assert said["columns_found"] == said["columns_expected"]
        assert said["unreadable"] == 0
    assert not facts_of(corpus, name).records("extra_rows")


# The fault


@pytest.mark.parametrize("name", FILES)
def test_only_the_deliberate_fault_is_found(corpus: Path, name: str) -> None:
    found = findings(assessment(corpus, name))
    faults = {
        rule for rule in IDENTITIES if found[rule]["outcome"] not in ("pass", "not_applicable", "unknown")
    }
    assert faults == ({FAULT} if version_of(name) == "v3" else set())
    if version_of(name) != "v3":
        assert not [r for r in IDENTITIES if found[r]["outcome"] == "unknown"]


@pytest.mark.parametrize("name", [name for name in FILES if version_of(name) == "v3"])
def test_the_fault_has_its_place_in_every_form(corpus: Path, name: str) -> None:
    """The figures of one column that ought to balance, each where a person can look it up."""
    occurrences = findings(assessment(corpus, name))[FAULT]["occurrences"]
    failed = [o for o in occurrences if o["outcome"] == "fail"]
    assert [o["key"] for o in failed] == ["natural_person", "total"]
    rows = [
        template.APPLICATIONS.row(c).name.zh for c in ("new", "carried_in", "handled_total", "carried_out")
    ]
    for occurrence, figures in zip(failed, (["668", "2", "666", "3"], None), strict=True):
        places = occurrence["locations"]
        assert [p["row"] for p in places] == rows
        assert {p["table"] for p in places} == {"表三"}
        assert figures is None or [p["quote"].strip() for p in places] == figures
        for place in places:
            assert well_placed(place), place
    assert len({json.dumps(p) for o in failed for p in o["locations"]}) == 8


def well_placed(place: dict[str, Any]) -> bool:
    """Page and box, or table cell, or line: as the form of the file has it."""
    kind = Path(place["file"]).suffix
    if kind in (".pdf", ".ofd"):
        return bool(place["page"] and place.get("box") and place.get("cell"))
    if kind in (".docx", ".doc", ".wps"):
        return bool(place.get("cell")) and place["page"] is None
    if kind == ".html":
        return bool(place["line"] and place["path"])
    return bool(place["line"] and place["character"])


# Pairwise


def alike(ours: Any, theirs: Any, blank: "re.Pattern[str]") -> bool:
    return bool(ours == theirs or _without(blank, ours) == _without(blank, theirs))


def _without(blank: "re.Pattern[str]", told: Any) -> Any:
    return json.loads(blank.sub("", json.dumps(told, ensure_ascii=False, sort_keys=True)))


def differing(ours: Any, theirs: Any, blank: "re.Pattern[str]") -> list[str]:
    """The entries of two mappings that are not alike."""
    assert ours.keys() == theirs.keys()
    return [part for part in ours if not alike(ours[part], theirs[part], blank)]


def blank_in(*names: str) -> "re.Pattern[str]":
    """The blanks that do not count between two files."""
    kinds = {Path(name).suffix for name in names}
    return BLANK_IN_OFD if ".ofd" in kinds else BLANK_IN_PDF if ".pdf" in kinds else NO_BLANK


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_forms_give_the_same_facts(corpus: Path, one: str, other: str) -> None:
    ours, theirs, blank = facts_told(corpus, one), facts_told(corpus, other), blank_in(one, other)
    for part in ("fields", "collections"):
        assert not differing(ours[part], theirs[part], blank)
    assert not differing(ours, theirs, blank)
    assert ours["tables"] == theirs["tables"]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_forms_get_the_same_assessment(corpus: Path, one: str, other: str) -> None:
    ours, theirs, blank = judged(corpus, one), judged(corpus, other), blank_in(one, other)
    assert not differing(findings(ours), findings(theirs), blank)
    assert not differing(ours, theirs, blank)
    assert ours["score"] == theirs["score"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_assessed_as_its_document(corpus: Path, name: str) -> None:
    """So that what is said above of documents holds of `checker assess`, whatever reads the file for it."""
    assert placeless(assessment(corpus, name)) == placeless(assessed(document(corpus, name)))


def test_every_sample_is_read(corpus: Path) -> None:
    there = {p.name for p in (corpus / "forms").iterdir() if p.name.startswith(VERSIONS)}
    assert there == set(FILES)


def test_all_places_name_the_file(corpus: Path) -> None:
    for name in FILES:
        facts = facts_of(corpus, name)
        places: list[Location] = [p for _, fact in facts for p in fact.locations]
        assert places
        assert {p.file for p in places} == {name}
