"""Evidence → facts: the rows of every ledger that can be used, and why the others cannot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checker import ledgers
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.facts import Absent, Facts, Kind, Record
from checker.ledger import Ledger, LedgerKind
from checker.location import Location
from checker.manifest import (
    NAME,
    Evidence,
    EvidenceItem,
    Manifest,
    State,
    open_manifest,
    report_changed,
    stated,
)
from checker.submission import Submission
from checker.submission.inside import Folder
from checker.verification.reading import Kinds, LedgerReader, load_evidence

_NO_MANIFEST = Bilingual("没有提供证据（没有证据清单）", "no evidence was given (there is no manifest)")


def listed(path: Path, kinds: Kinds) -> Manifest | None:
    """The manifest of a submission; None for a bare report or a folder without one. Raises InputError."""
    return open_manifest(path, kinds) if path.is_dir() else None


def read_evidence(
    path: Path,
    manifest: Manifest | None,
    submission: Submission,
    kinds: Kinds,
    reader: LedgerReader = ledgers.read,
) -> Evidence | None:
    """The evidence a manifest lists.

    Raises InputError for a report that is not the one it vouches for, and for every ledger that its kind
    cannot read.
    """
    if manifest is None:
        return None
    changed = report_changed(manifest, submission.file, submission.sha256)
    if changed is not None:
        raise InputError([Problem("manifest.report", changed, manifest.report.place or Location(NAME))])
    evidence = load_evidence(path, manifest, kinds, reader)
    problems = [problem for exhibit in evidence.exhibits for problem in exhibit.problems]
    if problems:
        raise InputError(problems)
    return evidence


def supply(facts: Facts, evidence: Evidence | None, kinds: Kinds) -> Facts:
    """The facts with every kind of ledger among their collections, and what the manifest states.

    A kind of which one file cannot be used is absent as a whole: what the others lack may be in it. That
    does not hold for files of another year, and for what another file says already.
    """
    read = [] if evidence is None else [e.ledger for e in evidence.exhibits if e.ledger is not None]
    by_kind: dict[str, list[Ledger]] = {}
    for ledger in read:
        by_kind.setdefault(ledger.kind.id, []).append(ledger)
    supplied = ledgers.collections(by_kind)
    rows = {name: _rows(kind, evidence, supplied) for name, kind in kinds.items()}
    fields = {**facts.fields, **stated(evidence.manifest if evidence else None)}
    published = fields["manifest.published_on"]
    if fields["report.stated_on"].kind is Kind.MISSING and published.kind is Kind.DATE:
        fields["report.stated_on"] = published
    partial = () if evidence is None else (i.kind for i in _of_the_year(evidence.manifest) if not i.complete)
    collections = {**facts.collections, **rows}
    sources = {n: tuple(Location(e.file, table=e.sheet) for e in given) for n, given in by_kind.items()}
    return replace(facts, fields=fields, collections=collections, partial=frozenset(partial), sources=sources)


def _rows(
    kind: LedgerKind, evidence: Evidence | None, supplied: Mapping[str, Sequence[Record]]
) -> Sequence[Record] | Absent:
    if evidence is None:
        return Absent(_NO_MANIFEST)
    unusable = [
        e.status for e in evidence.exhibits if e.kind and e.kind.id == kind.id and e.status.reason is not None
    ]
    here = {item.id for item in _of_the_year(evidence.manifest)}
    spoilt = [s for s in unusable if s.state is not State.VERIFIED and s.item and s.item.id in here]
    if kind.id in supplied and not spoilt:
        return supplied[kind.id]
    for status in (*spoilt, *unusable):
        if status.reason is not None:
            return Absent(status.reason)
    zh, en = kind.title
    return Absent(Bilingual(f"证据中没有“{zh}”", f"the evidence has no “{en}”"), (Location(NAME),))


def _of_the_year(manifest: Manifest) -> Iterator[EvidenceItem]:
    """What covers at least a day of the year reported on, or does not say what it covers."""
    return (i for i in manifest.evidence if i.covers is None or not i.covers.outside(manifest.year))


def previous_in(folder: Path, manifest: Manifest) -> Path | None:
    """Last year's report or submission, where the manifest names one.

    Raises InputError if it is not there.
    """
    if manifest.previous is None:
        return None
    found = Folder(folder).locate(manifest.previous)
    if found is None:
        zh, en = (
            f"没有上年报告 {manifest.previous}",
            f"there is no report of last year at {manifest.previous}",
        )
        raise InputError([Problem("manifest.previous", Bilingual(zh, en), Location(NAME))])
    return found
