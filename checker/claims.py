"""Every figure the prose claims, set against the ledger that should carry it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.bilingual import Bilingual
from checker.expression import collection_of
from checker.facts import Absent, Facts, Record, Vocabulary
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.ruleset import Rule

PREFIX = "claims."


class Standing(StrEnum):
    """What the evidence says of a claim. Closed."""

    BACKED = "backed"
    CONTRADICTED = "contradicted"
    OPEN = "open"
    """There is evidence, and it does not decide."""
    UNBACKED = "unbacked"
    """No evidence carries it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose. text: as it stands there. found: what the evidence has, None where nothing.

    rule: what compared the two. locations: in the report; evidence: in the ledgers.
    """

    name: str
    label: Bilingual
    text: str
    standing: Standing
    locations: tuple[Location, ...]
    found: str | None = None
    rule: str | None = None
    evidence: tuple[Location, ...] = ()
    reason: Bilingual | None = None


_NO_RULE = Bilingual("没有哪种台账记载它", "no kind of ledger carries it")
_PART = Bilingual(
    "说的只是其中一部分，没有可比的台账口径", "it speaks of a part only, which no ledger sets apart"
)


def comparing(rules: Iterable[Rule], vocabulary: Vocabulary) -> Mapping[str, str]:
    """The rules that set a claim against a ledger, each with the claims it ranges over."""
    return {
        rule.id: rule.each
        for rule in rules
        if rule.each is not None and rule.each.startswith(PREFIX) and _ledgers(rule, vocabulary)
    }


def claims(
    facts: Facts, findings: Iterable[Finding], rules: Mapping[str, Rule], vocabulary: Vocabulary
) -> tuple[Claim, ...]:
    """All claims in the order of the report. findings must have kept what passed of the rules `comparing`."""
    compared = comparing(rules.values(), vocabulary)
    by_claim: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule in compared:
            by_claim.setdefault(compared[finding.rule], []).append(finding)
    found = [
        _claim(name, record, by_claim.get(name, ()), rules, facts, vocabulary)
        for name in vocabulary.collections
        if name.startswith(PREFIX)
        for record in facts.records(name)
    ]
    return tuple(sorted(found, key=_place))


def _claim(
    name: str,
    record: Record,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    facts: Facts,
    vocabulary: Vocabulary,
) -> Claim:
    label = vocabulary.collections[name].label
    text = record.label.zh
    decided = [(f, o) for f in findings for o in f.occurrences if o.key == record.key]
    if not decided:
        applies = any(f.outcome is not Outcome.NOT_APPLICABLE for f in findings)
        reason = _PART if applies else _why_not(findings)
        return Claim(name, label, text, Standing.UNBACKED, record.locations, reason=reason)
    finding, occurrence = min(decided, key=lambda pair: _ORDER.index(pair[1].outcome))
    rule = rules[finding.rule]
    ledgers = _ledgers(rule, vocabulary)
    carried = next((o for o in occurrence.operands if o.name in ledgers), None)
    standing = _standing(occurrence, [facts.collections.get(c) for c in ledgers.values()])
    undecided = standing in (Standing.OPEN, Standing.UNBACKED)
    return Claim(
        name=name,
        label=label,
        text=text,
        standing=standing,
        locations=record.locations,
        found=carried.text if carried and carried.note is None else None,
        rule=rule.id,
        evidence=carried.locations if carried else (),
        reason=_reason(occurrence, carried) if undecided else None,
    )


_ORDER = (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN, Outcome.PASS)


def _standing(occurrence: Occurrence, ledgers: Iterable[object]) -> Standing:
    if occurrence.outcome is Outcome.PASS:
        return Standing.BACKED
    if occurrence.outcome is Outcome.FAIL:
        return Standing.CONTRADICTED
    return Standing.UNBACKED if any(isinstance(rows, Absent) for rows in ledgers) else Standing.OPEN


def _reason(occurrence: Occurrence, carried: Operand | None) -> Bilingual:
    return carried.note if carried and carried.note else occurrence.message


def _why_not(findings: Sequence[Finding]) -> Bilingual:
    return next((f.reason for f in findings if f.reason is not None), _NO_RULE)


def _ledgers(rule: Rule, vocabulary: Vocabulary) -> dict[str, str]:
    """The rule's measures that go over a ledger, and which."""
    over = {m.name: collection_of(m) for m in rule.measures}
    return {name: c for name, c in over.items() if c is not None and vocabulary.collections[c].ledger}


def _place(claim: Claim) -> tuple[str, int, int]:
    place = claim.locations[0] if claim.locations else Location("")
    return place.file, place.line or 0, place.character or 0
