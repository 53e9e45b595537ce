"""Evidence → what the record says of it."""

from collections.abc import Iterator

from checker.assessment import EvidenceEntry, EvidenceList, InputFile, Lacking
from checker.expression import collection_of
from checker.facts import Absent, Facts
from checker.manifest import ATTACHMENT, NAME, Evidence, Exhibit
from checker.ruleset import Rule, Ruleset
from checker.verification.reading import Kinds


def evidence_list(evidence: Evidence, scheme: Ruleset, facts: Facts, kinds: Kinds) -> EvidenceList:
    """Every file of evidence, whether a rule of the ruleset reads it, and what rules miss."""
    read: dict[str, list[str]] = {}
    for rule in scheme.rules.values():
        for name in dict.fromkeys(_collections(rule)):
            if name in kinds:
                read.setdefault(name, []).append(rule.id)
    lacking = tuple(
        Lacking(name, kinds[name].title, tuple(rules))
        for name, rules in read.items()
        if isinstance(facts.collections.get(name), Absent)
    )
    manifest = InputFile(NAME, evidence.manifest.sha256)
    entries = tuple(_entry(exhibit, read) for exhibit in evidence.exhibits)
    return EvidenceList(manifest, entries, evidence.fixity.notices, lacking)


def _entry(exhibit: Exhibit, read: dict[str, list[str]]) -> EvidenceEntry:
    status, ledger = exhibit.status, exhibit.ledger
    item = status.item
    return EvidenceEntry(
        id=item.id if item else None,
        kind=item.kind if item else None,
        title=exhibit.kind.title if exhibit.kind else None,
        file=status.file,
        sha256=status.sha256,
        status=status.state.value,
        reason=status.reason,
        rows=len(ledger.records) if ledger else None,
        fault_count=ledger.fault_count if ledger else 0,
        faults=ledger.faults if ledger else (),
        left_out=ledger.left_out if ledger else (),
        used=item is not None and status.reason is None and item.kind in (*read, ATTACHMENT),
    )


def _collections(rule: Rule) -> Iterator[str]:
    """Everything a rule ranges over or measures."""
    if rule.each is not None:
        yield rule.each
    yield from (name for m in rule.measures if (name := collection_of(m)) is not None)
