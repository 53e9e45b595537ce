"""Rule × facts → finding. The reference executor: one record after another.

Operands are looked at before any expression is evaluated: one that is not a value of the type
the rule needs makes the outcome `unknown`, and is named. No expression meets a missing value.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual
from checker.errors import EngineError
from checker.evaluation.joins import Joins
from checker.evaluation.measuring import compute, compute_all, not_known, not_shown
from checker.evaluation.messages import message
from checker.evaluation.operands import (
    HUGE,
    WHOLE_REPORT,
    Computed,
    Trial,
    Undecided,
    holds,
    operands,
    places,
    values,
)
from checker.evaluation.partial import may_change
from checker.facts import Absent, Facts, Record, Vocabulary
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Expression, Rule

_TOO_LARGE = Bilingual("数字过大，无法计算", "a number is too large to compute with")
_PASSED = Occurrence("", Outcome.PASS, Bilingual("", ""))


class Large(Protocol):
    """Whoever decides passing records of large ledgers all at once."""

    @property
    def joins(self) -> Joins: ...

    def undecided(self, trial: Trial) -> tuple[int, Sequence[int]] | None:
        """How many records certainly pass, and the places of those left to decide here, in order.

        A record that `where` certainly leaves out is neither. None: all are left to decide here.
        """


def evaluate(
    rules: Iterable[Rule],
    facts: Facts,
    vocabulary: Vocabulary,
    keep: Container[str] = (),
    large: Large | None = None,
) -> tuple[Finding, ...]:
    """One finding a rule, in the order given. A rule that breaks is `error`; the others go on.

    keep: the rules of which passing records are to be among the occurrences too.
    """
    joins = large.joins if large else Joins(facts, vocabulary)
    return tuple(apply(rule, facts, vocabulary, rule.id in keep, joins, large) for rule in rules)


def apply(
    rule: Rule,
    facts: Facts,
    vocabulary: Vocabulary,
    keep: bool = False,
    joins: Joins | None = None,
    large: Large | None = None,
) -> Finding:
    """One rule on one report. keep: passing records are among the occurrences too, with their operands."""
    try:
        return _apply(Trial(rule, facts, vocabulary, joins or Joins(facts, vocabulary), keep), large)
    except EngineError as error:
        return Finding(rule.id, Outcome.ERROR, reason=error.problems[0].message)
    except Exception as error:  # one broken rule must not take the others with it
        name = type(error).__name__
        reason = Bilingual(f"规则执行出错（{name}: {error}）", f"the rule broke ({name}: {error})")
        return Finding(rule.id, Outcome.ERROR, reason=reason)


def _apply(trial: Trial, large: Large | None) -> Finding:
    rule = trial.rule
    try:
        idle = _not_in_force(trial) or _does_not_apply(trial)
    except Undecided as undecided:
        occurrence = _undecided(WHOLE_REPORT, undecided)
        return Finding(rule.id, undecided.outcome, 0, (occurrence,), reason=undecided.reason)
    if idle is not None:
        return Finding(rule.id, Outcome.NOT_APPLICABLE, reason=idle)
    found = (WHOLE_REPORT,) if rule.each is None else trial.joins.collection(rule.each)
    if isinstance(found, Absent):
        occurrence = Occurrence(rule.each or "", Outcome.UNKNOWN, found.reason, (), found.locations)
        return Finding(rule.id, Outcome.UNKNOWN, 0, (occurrence,), open_ended=True, reason=found.reason)
    left = None if large is None or trial.keep or trial.facts.partial else large.undecided(trial)
    passed, records = (0, found) if left is None else (left[0], (found[place] for place in left[1]))
    decided = [o for record in records if (o := _settle(trial, record)) is not None]
    if rule.each in trial.facts.partial:
        return _of_a_part(trial, decided)
    return _finding(trial, decided, passed) if decided or passed else _none_to_decide(trial)


def _of_a_part(trial: Trial, decided: Sequence[Occurrence]) -> Finding:
    """Where only part of a ledger was given, its rows may fail, but the rule does not pass by them."""
    found = _finding(trial, decided, 0)
    if found.outcome is not Outcome.PASS:
        return replace(found, open_ended=True)
    reason = not_shown(trial, trial.rule.each or "")
    rest = Occurrence(trial.rule.each or "", Outcome.UNKNOWN, reason)
    kept = (*found.occurrences, rest)
    return replace(found, outcome=Outcome.UNKNOWN, occurrences=kept, open_ended=True, reason=reason)


def _not_in_force(trial: Trial) -> Bilingual | None:
    """A dated rule is judged by the year reported on, not by today."""
    rule = trial.rule
    if rule.effective_from is None and rule.effective_to is None:
        return None
    by_year = Expression("report.year", rule.assertion.place, ("report.year",))
    year = values(trial, by_year, WHOLE_REPORT, {}, {})["report.year"]
    if not isinstance(year, int):
        raise TypeError("report.year is declared as something else than a number")
    if rule.effective_from and date(year, 12, 31) < rule.effective_from:
        day = rule.effective_from.isoformat()
        return Bilingual(
            f"{year} 年度早于本规则施行日 {day}", f"{year} is before the rule took effect on {day}"
        )
    if rule.effective_to and date(year, 1, 1) > rule.effective_to:
        day = rule.effective_to.isoformat()
        return Bilingual(f"{year} 年度晚于本规则失效日 {day}", f"{year} is after the rule lapsed on {day}")
    return None


def _does_not_apply(trial: Trial) -> Bilingual | None:
    when = trial.rule.when
    if when is None:
        return None
    computed = {} if trial.rule.each else compute(trial, WHOLE_REPORT)
    if expression.evaluate(when, values(trial, when, WHOLE_REPORT, computed, {})):
        return None
    words = [expression.when_in_words(trial.rule, trial.vocabulary, language) for language in LANGUAGES]
    return Bilingual(f"适用条件不成立：{words[0]}", f"its condition does not hold: {words[1]}")


def _settle(trial: Trial, record: Record) -> Occurrence | None:
    """_decide, not asked again where a record says the same as one that passed or was left out."""
    names = None if trial.keep else trial.own_reads
    alike = None if names is None else record.alike(names)
    if alike is None:
        return _decide(trial, record)
    if alike not in trial.settled:
        occurrence = _decide(trial, record)
        if occurrence is not None and occurrence is not _PASSED:
            return occurrence
        trial.settled[alike] = occurrence
    settled: Occurrence | None = trial.settled[alike]
    return settled


def _decide(trial: Trial, record: Record) -> Occurrence | None:
    """What the rule says of one record; None where `where` leaves the record out."""
    rule, own = trial.rule, trial.own
    try:
        computed = compute(trial, record) if trial.narrows_by_measures else {}
        if rule.where is not None and not holds(trial, rule.where, record, computed, own):
            return _perhaps_narrowed(trial, record, computed)
        computed = computed or compute(trial, record)
        read = values(trial, rule.assertion, record, computed, own)
    except Undecided as undecided:
        return _undecided(record, undecided)
    try:
        passes = expression.evaluate(rule.assertion, read)
    except EngineError:
        if not any(isinstance(value, int) and abs(value) > HUGE for value in read.values()):
            raise
        evidence = operands(trial, rule.assertion, record, computed, own)
        return Occurrence(record.key, Outcome.UNKNOWN, _TOO_LARGE, evidence, record.locations)
    unseen = trial.rests_on_part
    if unseen and may_change(trial, rule.assertion, record, computed, passes):
        evidence = operands(trial, rule.assertion, record, computed, own)
        return Occurrence(record.key, Outcome.UNKNOWN, not_known(trial, unseen), evidence, record.locations)
    if passes and not trial.keep:
        return _PASSED
    evidence = operands(trial, rule.assertion, record, computed, own)
    where = places(evidence) or record.locations
    if trial.ledger:
        where = tuple(dict.fromkeys((*record.locations[:1], *where)))
    if passes:
        return Occurrence(record.key, Outcome.PASS, record.label, evidence, where)
    outcome = Outcome.PENDING if rule.judgement else Outcome.FAIL
    computed = compute_all(trial, record, computed)
    return Occurrence(record.key, outcome, message(trial, record, computed, read), evidence, where)


def _perhaps_narrowed(trial: Trial, record: Record, computed: Computed) -> Occurrence | None:
    """What `where` leaves out stays out, unless rows that were not given might have kept it."""
    where, unseen = trial.rule.where, trial.rests_on_part
    if where is None or not unseen or not any(name in computed for name in where.reads):
        return None
    if not may_change(trial, where, record, computed, holds=False):
        return None
    return Occurrence(record.key, Outcome.UNKNOWN, not_known(trial, unseen), (), record.locations)


def _undecided(record: Record, undecided: Undecided) -> Occurrence:
    where = places(undecided.operands) or record.locations
    return Occurrence(record.key, undecided.outcome, undecided.reason, undecided.operands, where)


def _none_to_decide(trial: Trial) -> Finding:
    """Where members are exceptions, none is what the rule wants; elsewhere it has nothing to judge."""
    collection = trial.vocabulary.collections[trial.rule.each or ""]
    if collection.exceptions:
        return Finding(trial.rule.id, Outcome.PASS)
    zh, en = collection.label
    reason = Bilingual(f"报告中没有可查的“{zh}”", f"the report has none of: {en}")
    if collection.ledger:
        reason = Bilingual(f"“{zh}”中没有适用的记录", f"the ledger “{en}” has no record it applies to")
    return Finding(trial.rule.id, Outcome.NOT_APPLICABLE, reason=reason)


def _finding(trial: Trial, decided: Sequence[Occurrence], passed: int) -> Finding:
    """Fail outweighs pending, pending outweighs unknown; a rule by share may be partial.

    passed: how many records passed besides those decided one by one.
    """
    kept = tuple(o for o in decided if trial.keep or o.outcome is not Outcome.PASS)
    share = _share(decided, passed) if trial.rule.degree == "share" else None
    return Finding(trial.rule.id, _outcome(decided, share), len(decided) + passed, kept, share=share)


def _outcome(decided: Sequence[Occurrence], share: tuple[Fraction, Fraction] | None) -> Outcome:
    outcomes = {o.outcome for o in decided}
    if share is not None and Outcome.FAIL in outcomes and share[0] > 0:
        return Outcome.PARTIAL
    return next((o for o in (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN) if o in outcomes), Outcome.PASS)


def _share(decided: Sequence[Occurrence], passed: int) -> tuple[Fraction, Fraction]:
    total = len(decided) + passed
    passed += sum(1 for o in decided if o.outcome is Outcome.PASS)
    failed = sum(1 for o in decided if o.outcome is Outcome.FAIL)
    return Fraction(passed, total), Fraction(total - failed, total)
