"""Decisions × findings → the findings as they stand and as they count.

A decision on a record goes before one on its whole rule, which is then about the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from checker.bilingual import Bilingual
from checker.decisions.content import Decided, Decision, Decisions, Ruling, State, bonus_uses, uses
from checker.decisions.measured import Measured
from checker.decisions.ruling import OPEN, Terms, corrects_unlisted, rule_on, unused
from checker.facts import Facts
from checker.finding import Finding, Occurrence, Outcome, without_passes
from checker.ruleset import Ratio, Rule, Ruleset, Use

_ORDER = (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN)
_GONE = (Outcome.PASS, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What decisions make of findings. shown: a waived finding stands; counted: it passes."""

    shown: tuple[Finding, ...]
    counted: tuple[Finding, ...]
    decided: Decided


def apply(
    decisions: Decisions,
    findings: Sequence[Finding],
    ruleset: Ruleset,
    facts: Facts,
    sources: tuple[tuple[str, str], ...],
    terms: Terms,
) -> Adjusted:
    """The findings with every decision that is in force, and a ruling on each decision.

    findings: with what passes where a decision may correct that (kept_by). sources: every file handed in
    but the manifest, with its SHA-256, the report first.
    """
    by_rule: dict[str, list[Decision]] = {}
    for decision in decisions.made:
        by_rule.setdefault(decision.rule, []).append(decision)
    used, adding = uses(ruleset), {use.rule for use in bonus_uses(ruleset)}
    rulings: dict[Decision, Ruling] = {}
    shown, counted = [], []
    for finding in findings:
        made, rule, use = by_rule.get(finding.rule, []), ruleset.rules[finding.rule], used.get(finding.rule)
        found = Measured(rule, finding, facts, sources)
        on_this = rule_on(made, found, use, finding.rule in adding, terms) if made else ()
        rulings |= zip(made, on_this, strict=True)
        force = _Force.of(on_this, found)
        shown.append(_adjusted(finding, rule, use, force.without_waivers()))
        counted.append(_adjusted(finding, rule, use, force))
    told = tuple(rulings.get(decision) or unused(decision) for decision in decisions.made)
    decided = Decided(decisions.file, decisions.sha256, told, decisions.unfilled, terms.day)
    return Adjusted(tuple(shown), tuple(counted), decided)


@dataclass(frozen=True, slots=True)
class _Force:
    """The decisions in force on one finding: by the place of the occurrence, and on the rest."""

    records: Mapping[int, Decision]
    whole: Decision | None

    @classmethod
    def of(cls, rulings: Iterable[Ruling], found: Measured) -> "_Force":
        records: dict[int, Decision] = {}
        whole = None
        for ruling in rulings:
            decision = ruling.decision
            if ruling.state is not State.IN_FORCE:
                continue
            if decision.record is None:
                whole = decision
                continue
            for place, occurrence in enumerate(found.finding.occurrences):
                if occurrence.key == ruling.key and found.each[place] == decision.measured:
                    records[place] = decision
        return cls(records, whole)

    def without_waivers(self) -> "_Force":
        records = {place: d for place, d in self.records.items() if not d.waive}
        return _Force(records, None if self.whole is None or self.whole.waive else self.whole)

    def on(self, place: int, outcome: Outcome) -> Decision | None:
        """The decision on one record. What is decided of a whole rule is so of what it found amiss."""
        return self.records.get(place, None if outcome is Outcome.PASS else self.whole)


def kept_by(decisions: Decisions) -> frozenset[str]:
    """The rules of which records that pass must be among the occurrences, for a decision may be on one."""
    return frozenset(d.rule for d in decisions.made if corrects_unlisted(d))


def _adjusted(finding: Finding, rule: Rule, use: Use | None, force: _Force) -> Finding:
    """The finding with these decisions, as it goes on record."""
    if not force.records and force.whole is None:
        return without_passes(finding)
    whole = force.whole
    if whole is not None and not force.records and (outcome := _of_all(whole)) is not None:
        return _replaced(without_passes(finding), rule, whole, outcome)
    after = [
        replace(o, outcome=_after(o.outcome, force.on(place, o.outcome), use))
        for place, o in enumerate(finding.occurrences)
    ]
    left_out = sum(1 for o in after if o.outcome is Outcome.NOT_APPLICABLE)
    open_ended = finding.open_ended and not _closes(whole)
    known = finding.share is None or open_ended
    changed = replace(
        finding,
        checked=max(finding.checked - left_out, 0),
        occurrences=tuple(o for o in after if o.outcome not in _GONE),
        open_ended=open_ended,
        reason=None if whole is not None else finding.reason,
        share=finding.share if known else _share(finding, rule, after),
        award=whole.deduct if whole is not None else None,
        level=whole.level if whole is not None else None,
    )
    return _with_outcome(changed, bool(after) and left_out == len(after), force, use)


def _closes(whole: Decision | None) -> bool:
    """Whether a decision speaks for records that could not be read, too."""
    return whole is not None and whole.action != "deduct"


def _after(outcome: Outcome, decision: Decision | None, use: Use | None) -> Outcome:
    """What one record comes to."""
    if decision is None:
        return outcome
    if decision.waive:
        return Outcome.PASS
    if decision.override is not None:
        return decision.override
    if outcome not in OPEN:
        return outcome
    if decision.level is not None:
        return _of_level(decision.level, use)
    return decision.settle or Outcome.FAIL  # an amount taken off says that it fails


def _of_level(level: str, use: Use | None) -> Outcome:
    """What a level comes to: the highest passes, one that earns nothing fails."""
    earns = next(found.earns for found in (use.rubric if use else ()) if found.id == level)
    return Outcome.PASS if earns == 1 else Outcome.PARTIAL if earns else Outcome.FAIL


def _with_outcome(finding: Finding, all_left_out: bool, force: _Force, use: Use | None) -> Finding:
    """The outcome its occurrences now come to."""
    outcomes = {o.outcome for o in finding.occurrences}
    if finding.open_ended and not outcomes:
        return replace(finding, outcome=Outcome.UNKNOWN)
    if not outcomes and all_left_out and not finding.checked:
        decision = force.whole or next(iter(force.records.values()))
        return replace(finding, outcome=Outcome.NOT_APPLICABLE, reason=_said(decision), share=None)
    if finding.level is not None and Outcome.FAIL not in outcomes:
        return replace(finding, outcome=_of_level(finding.level, use))
    partly = finding.share is not None and Outcome.FAIL in outcomes and finding.share[0] > 0
    outcome = next((o for o in _ORDER if o in outcomes), Outcome.PASS)
    reason = finding.reason if outcome is Outcome.UNKNOWN else None
    return replace(finding, outcome=Outcome.PARTIAL if partly else outcome, reason=reason)


def _of_all(whole: Decision) -> Outcome | None:
    """What a decision makes of a finding and all its records; None where it is about some of them."""
    return Outcome.PASS if whole.waive else whole.override


def _replaced(finding: Finding, rule: Rule, decision: Decision, outcome: Outcome) -> Finding:
    """The finding corrected as a whole. Where it lists no record the only fault is what the person says."""
    said = _said(decision)
    gone = outcome is Outcome.NOT_APPLICABLE
    share = Fraction(1 if outcome is Outcome.PASS else 0)
    faults: tuple[Occurrence, ...] = ()
    if outcome is Outcome.FAIL:
        listed = tuple(replace(o, outcome=outcome) for o in finding.occurrences)
        faults = listed or (Occurrence(rule.each or "report", outcome, said),)
    return Finding(
        finding.rule,
        outcome,
        0 if gone else finding.checked,
        faults,
        reason=said if gone else None,
        share=None if gone or rule.degree == "all" else (share, share),
        population=finding.population,
    )


def _said(decision: Decision) -> Bilingual:
    return Bilingual(
        f"{decision.by}（{decision.role}）认定：{decision.why}",
        f"decided by {decision.by} ({decision.role}): {decision.why}",
    )


# The share that passes --------------------------------------------------------------------------------

Share = tuple[Fraction, Fraction]
_NONE: Share = (Fraction(0), Fraction(0))
_ALL: Share = (Fraction(1), Fraction(1))
_EITHER: Share = (Fraction(0), Fraction(1))


def _share(finding: Finding, rule: Rule, after: Sequence[Occurrence]) -> Share | None:
    """The mean over all records after decisions, from worst to best.

    Records nobody has seen stand in the list as one that is not counted.
    """
    listed = [
        (before, now)
        for before, now in zip(finding.occurrences, after, strict=True)
        if before.key != rule.each or before.operands
    ]
    passed = max(finding.checked - len(listed), 0)
    worths = [_worth(b, now.outcome, rule) for b, now in listed if now.outcome is not Outcome.NOT_APPLICABLE]
    total = passed + len(worths)
    if not total:
        return None
    worst, best = (sum((worth[end] for worth in worths), Fraction(passed)) for end in (0, 1))
    return worst / total, best / total


def _worth(before: Occurrence, now: Outcome, rule: Rule) -> Share:
    """How far one record is met; of one that fails by a ratio, as far as it was measured."""
    if now is Outcome.PASS:
        return _ALL
    if now is not Outcome.FAIL:
        return _EITHER
    met = _ratio(before, rule.degree) if isinstance(rule.degree, Ratio) else Fraction(0)
    if met is None:
        return _EITHER if before.outcome is Outcome.FAIL else _NONE
    return (met, met) if met < 1 else _NONE


def _ratio(occurrence: Occurrence, degree: Ratio) -> Fraction | None:
    """The record's own ratio; None where its numbers are not known."""
    texts = {o.name: o.text for o in occurrence.operands if o.note is None}
    try:
        part, whole = (Fraction(Decimal(texts[name])) for name in (degree.part, degree.whole))
        return min(max(part / whole, Fraction(0)), Fraction(1))
    except (KeyError, ArithmeticError, ValueError):
        return None
