"""Every figure the prose claims, set against the ledger that should carry it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from checker.bilingual import Bilingual
from checker.expression import collection_of, sums_above
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
    """One figure of the prose. text: as it stands there. found: what the evidence has, None where nothing:
    what backs it, else every reading that does not.

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


_NO_RULE = Bilingual("没有规则把它与台账比对", "no rule sets it against a ledger")
_PART = Bilingual(
    "说的只是其中一部分，没有可比的台账口径", "it speaks of a part only, which no ledger sets apart"
)
_ORDER = (Outcome.FAIL, Outcome.PENDING, Outcome.PASS, Outcome.UNKNOWN)
"""Of several rules on one claim the first of these speaks: what one ledger carries is backed, though
another was not given."""


class _Reading(NamedTuple):
    """One way to count in the ledgers what a claim says."""

    text: str
    number: Decimal | None
    locations: tuple[Location, ...]


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
    named = (name for name in vocabulary.collections if name.startswith(PREFIX))
    records = [(name, record) for name in named for record in facts.records(name)]
    return tuple(
        _claim(name, record, by_claim.get(name, ()), rules, facts, vocabulary)
        for name, record in sorted(records, key=lambda pair: _place(pair[1]))
    )


def _claim(
    name: str,
    record: Record,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    facts: Facts,
    vocabulary: Vocabulary,
) -> Claim:
    claim = Claim(
        name, vocabulary.collections[name].label, record.label.zh, Standing.UNBACKED, record.locations
    )
    decided = [(f, o) for f in findings for o in f.occurrences if o.key == record.key]
    if not decided:
        return _undecided(claim, record, findings, rules, facts, vocabulary)
    finding, occurrence = min(decided, key=lambda pair: _ORDER.index(pair[1].outcome))
    rule = rules[finding.rule]
    ledgers = _ledgers(rule, vocabulary)
    standing = _standing(occurrence.outcome, ledgers.values(), facts)
    told = _told(occurrence, record, _readings(rule, occurrence, record, ledgers))
    undecided = standing in (Standing.OPEN, Standing.UNBACKED)
    return replace(
        claim,
        standing=standing,
        found=" / ".join(dict.fromkeys(reading.text for reading in told)) or None,
        rule=rule.id,
        evidence=tuple(dict.fromkeys(place for reading in told for place in reading.locations)),
        reason=_reason(occurrence, ledgers) if undecided else None,
    )


def _undecided(
    claim: Claim,
    record: Record,
    findings: Sequence[Finding],
    rules: Mapping[str, Rule],
    facts: Facts,
    vocabulary: Vocabulary,
) -> Claim:
    """A claim no rule was decided on: none is there, it is a part only, or the rule itself does not know."""
    open_ = next((f for f in findings if f.outcome is not Outcome.NOT_APPLICABLE), None)
    whole = record.fields.get("whole")
    if findings and whole is not None and whole.value is False:
        return replace(claim, reason=_PART)
    if open_ is None or open_.reason is None:
        return replace(claim, reason=next((f.reason for f in findings if f.reason is not None), _NO_RULE))
    ledgers = _ledgers(rules[open_.rule], vocabulary)
    standing = _standing(open_.outcome, ledgers.values(), facts)
    return replace(claim, standing=standing, rule=open_.rule, reason=open_.reason)


def _standing(outcome: Outcome, ledgers: Iterable[str], facts: Facts) -> Standing:
    if outcome is Outcome.PASS:
        return Standing.BACKED
    if outcome is Outcome.FAIL:
        return Standing.CONTRADICTED
    lacking = all(isinstance(facts.collections.get(name), Absent | None) for name in ledgers)
    return Standing.UNBACKED if lacking else Standing.OPEN


def _reason(occurrence: Occurrence, ledgers: Mapping[str, str]) -> Bilingual:
    noted = (o.note for o in occurrence.operands if o.name in ledgers and o.note is not None)
    return next(noted, occurrence.message)


def _readings(
    rule: Rule, occurrence: Occurrence, record: Record, ledgers: Mapping[str, str]
) -> Iterator[_Reading]:
    """What the rule sets the claim against, as far as it is known, in the rule's order."""
    carried = {o.name: o for o in occurrence.operands if o.name in ledgers and o.note is None}
    for measure in rule.measures:
        if measure.name in carried and any(own == "value" for own, _ in measure.match):
            operand = carried.pop(measure.name)
            if _number(operand.text):  # rows with this very figure
                number = record.fields["value"].value
                if isinstance(number, Decimal):
                    yield _Reading(f"{number:f}", number, operand.locations)
    sums = sums_above(rule.assertion, "lowest") or tuple((name,) for name in carried)
    for names in sums:
        if all(name in carried for name in names):
            yield _sum([carried[name] for name in names])


def _sum(operands: Sequence[Operand]) -> _Reading:
    places = tuple(place for operand in operands for place in operand.locations)
    numbers = [_number(operand.text) for operand in operands]
    if len(operands) == 1:
        return _Reading(operands[0].text, numbers[0], places)
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return _Reading(" + ".join(operand.text for operand in operands), None, places)
    total = sum(known, Decimal(0))
    return _Reading(f"{total:f}", total, places)


def _told(occurrence: Occurrence, record: Record, readings: Iterable[_Reading]) -> Sequence[_Reading]:
    """The nearest reading that backs the claim; where none does, all that do not agree with it."""
    found = tuple(readings)
    agreeing = [reading for reading in found if _agrees(reading, record)]
    if occurrence.outcome is Outcome.PASS:
        value = record.fields["value"].value
        if isinstance(value, Decimal):
            agreeing.sort(key=lambda reading: abs((reading.number or 0) - value))
        return (agreeing or found)[:1]
    return tuple(reading for reading in found if reading not in agreeing) or found


def _agrees(reading: _Reading, record: Record) -> bool:
    lowest, highest = (record.fields[name].value for name in ("lowest", "highest"))
    if reading.number is None or not isinstance(lowest, Decimal) or not isinstance(highest, Decimal):
        return False
    return lowest <= reading.number <= highest


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal("".join(text.split()).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _ledgers(rule: Rule, vocabulary: Vocabulary) -> dict[str, str]:
    """The rule's measures that go over a ledger, and which."""
    over = {m.name: collection_of(m) for m in rule.measures}
    return {name: c for name, c in over.items() if c is not None and vocabulary.collections[c].ledger}


def _place(record: Record) -> tuple[int, int, int]:
    place = record.locations[0] if record.locations else Location("")
    return record.position, place.line or 0, place.character or 0
