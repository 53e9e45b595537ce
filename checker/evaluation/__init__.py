"""Rule × facts → finding. The reference executor: one record after another.

Operands are looked at before any expression is evaluated: one that is not a value of the type
the rule needs makes the outcome `unknown`, and is named. No expression meets a missing value.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date
from fractions import Fraction

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual
from checker.errors import EngineError
from checker.evaluation.joins import Joins
from checker.evaluation.measuring import compute, compute_all
from checker.evaluation.messages import message
from checker.evaluation.operands import WHOLE_REPORT, Trial, Undecided, holds, operands, places, values
from checker.facts import Absent, Facts, Record, Vocabulary
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Expression, Rule

_PASSED = Occurrence("", Outcome.PASS, Bilingual("", ""))


def evaluate(
    rules: Iterable[Rule], facts: Facts, vocabulary: Vocabulary, keep: Container[str] = ()
) -> tuple[Finding, ...]:
    """One finding a rule, in the order given. A rule that breaks is `error`; the others go on.

    keep: the rules of which passing records are to be among the occurrences too.
    """
    joins = Joins(facts, vocabulary)
    return tuple(apply(rule, facts, vocabulary, rule.id in keep, joins) for rule in rules)


def apply(
    rule: Rule, facts: Facts, vocabulary: Vocabulary, keep: bool = False, joins: Joins | None = None
) -> Finding:
    """One rule on one report. keep: passing records are among the occurrences too, with their operands."""
    try:
        return _apply(Trial(rule, facts, vocabulary, joins or Joins(facts, vocabulary), keep))
    except EngineError as error:
        return Finding(rule.id, Outcome.ERROR, reason=error.problems[0].message)
    except Exception as error:  # one broken rule must not take the others with it
        name = type(error).__name__
        reason = Bilingual(f"规则执行出错（{name}: {error}）", f"the rule broke ({name}: {error})")
        return Finding(rule.id, Outcome.ERROR, reason=reason)


def _apply(trial: Trial) -> Finding:
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
    decided = [o for record in found if (o := _decide(trial, record)) is not None]
    return _finding(trial, decided) if decided else _none_to_decide(trial)


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


def _decide(trial: Trial, record: Record) -> Occurrence | None:
    """What the rule says of one record; None where `where` leaves the record out."""
    rule, own = trial.rule, trial.own
    try:
        computed = compute(trial, record) if trial.narrows_by_measures else {}
        if rule.where is not None and not holds(trial, rule.where, record, computed, own):
            return None
        computed = computed or compute(trial, record)
        read = values(trial, rule.assertion, record, computed, own)
    except Undecided as undecided:
        return _undecided(record, undecided)
    passes = expression.evaluate(rule.assertion, read)
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


def _finding(trial: Trial, decided: Sequence[Occurrence]) -> Finding:
    """Fail outweighs pending, pending outweighs unknown; a rule by share may be partial."""
    kept = tuple(o for o in decided if trial.keep or o.outcome is not Outcome.PASS)
    share = _share(decided) if trial.rule.degree == "share" else None
    return Finding(trial.rule.id, _outcome(decided, share), len(decided), kept, share=share)


def _outcome(decided: Sequence[Occurrence], share: tuple[Fraction, Fraction] | None) -> Outcome:
    outcomes = {o.outcome for o in decided}
    if share is not None and Outcome.FAIL in outcomes and share[0] > 0:
        return Outcome.PARTIAL
    return next((o for o in (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN) if o in outcomes), Outcome.PASS)


def _share(decided: Sequence[Occurrence]) -> tuple[Fraction, Fraction]:
    passed = sum(1 for o in decided if o.outcome is Outcome.PASS)
    failed = sum(1 for o in decided if o.outcome is Outcome.FAIL)
    return Fraction(passed, len(decided)), Fraction(len(decided) - failed, len(decided))
