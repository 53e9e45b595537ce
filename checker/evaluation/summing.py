"""What is decided of its records, summed up to the finding of a rule."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from checker.bilingual import Bilingual
from checker.evaluation.operands import Trial
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Ratio

Share = tuple[Fraction, Fraction]
NOTHING_KNOWN: Share = (Fraction(0), Fraction(1))
"""The share of a rule of which further records may decide."""


class Decided(NamedTuple):
    """One record: what came of it and, for a ratio, how far it is met where that is known.

    applies: whether it certainly is one of the records the rule is about.
    """

    occurrence: Occurrence
    met: Fraction | None = None
    applies: bool = True

    @property
    def worth(self) -> Fraction | None:
        """How far the record is met, from 0 to 1; None where it may be anything between."""
        if self.met is not None:
            return self.met
        return _WORTH.get(self.occurrence.outcome)


_WORTH = {Outcome.PASS: Fraction(1), Outcome.FAIL: Fraction(0)}
PASSED = Decided(Occurrence("", Outcome.PASS, Bilingual("", "")))
"""A record that passes and is not to be shown."""


def finding(trial: Trial, decided: Sequence[Decided], passed: int) -> Finding:
    """Fail outweighs pending, pending outweighs unknown; a rule by share or ratio may be partial.

    passed: how many records passed besides those decided one by one.
    """
    rule = trial.rule
    occurrences = [d.occurrence for d in decided]
    kept = tuple(o for o in occurrences if trial.keep or o.outcome is not Outcome.PASS)
    if isinstance(rule.degree, Ratio) and not passed and not any(d.applies for d in decided):
        # Not one record is known to have anything to meet: the rule itself may not apply.
        reason = occurrences[0].message
        return Finding(rule.id, Outcome.UNKNOWN, 0, kept, reason=reason, share=NOTHING_KNOWN)
    share = None if rule.degree == "all" else _share(decided, passed)
    return Finding(rule.id, _outcome(occurrences, share), len(decided) + passed, kept, share=share)


def none_to_decide(trial: Trial) -> Finding:
    """Where members are exceptions, none is what the rule wants; elsewhere it has nothing to judge."""
    rule = trial.rule
    if isinstance(rule.degree, Ratio):
        return Finding(rule.id, Outcome.NOT_APPLICABLE, reason=_no_ratio(trial, rule.degree))
    collection = trial.vocabulary.collections[rule.each or ""]
    if collection.exceptions:
        return Finding(rule.id, Outcome.PASS)
    zh, en = collection.label
    reason = Bilingual(f"报告中没有可查的“{zh}”", f"the report has none of: {en}")
    if collection.ledger:
        reason = Bilingual(f"“{zh}”中没有适用的记录", f"the ledger “{en}” has no record it applies to")
    return Finding(rule.id, Outcome.NOT_APPLICABLE, reason=reason)


def _no_ratio(trial: Trial, degree: Ratio) -> Bilingual:
    zh, en = trial.named(degree.whole).label
    if trial.rule.each is None:
        return Bilingual(f"{zh}为 0，没有比例可算", f"there is no ratio to take: {en} is 0")
    return Bilingual(f"没有{zh}不为 0 的记录", f"there is no record of which the following is not 0: {en}")


def _outcome(occurrences: Sequence[Occurrence], share: Share | None) -> Outcome:
    outcomes = {o.outcome for o in occurrences}
    if share is not None and Outcome.FAIL in outcomes and share[0] > 0:
        return Outcome.PARTIAL
    return next((o for o in (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN) if o in outcomes), Outcome.PASS)


def _share(decided: Sequence[Decided], passed: int) -> Share:
    """The mean over all records, from worst to best: what is not known of a record may be 0 or 1."""
    total = len(decided) + passed
    met = Counter(d.worth for d in decided)
    open_ = met.pop(None, 0)
    certain = passed + _sum([worth * times for worth, times in met.items() if worth])
    return Fraction(certain, total), Fraction(certain + open_, total)


def _sum(parts: list[Fraction]) -> Fraction:
    """Added up in pairs: one after another, ever longer fractions would be reduced every time."""
    while len(parts) > 1:
        parts = [a + b for a, b in zip(parts[::2], parts[1::2], strict=False)] + parts[len(parts) & ~1 :]
    return parts[0] if parts else Fraction(0)
