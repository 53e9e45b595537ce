"""Rule × facts → finding. The reference executor: one record after another.

Operands are looked at before any expression is evaluated: one that is not a value of the type
the rule needs makes the outcome `unknown`, and is named. No expression meets a missing value.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual
from checker.errors import EngineError
from checker.evaluation.deciding import decide, open_
from checker.evaluation.faults import not_asked
from checker.evaluation.joins import Joins
from checker.evaluation.measuring import compute, not_shown
from checker.evaluation.operands import WHOLE_REPORT, Trial, Undecided, values
from checker.evaluation.summing import NOTHING_KNOWN, PASSED, Decided, finding, none_to_decide
from checker.evaluation.together import settled
from checker.facts import Absent, Facts, Record, Vocabulary
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Rule


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
        occurrence = not_asked(trial, open_(WHOLE_REPORT, undecided))
        return Finding(rule.id, undecided.outcome, 0, (occurrence,), reason=undecided.reason)
    if idle is not None:
        return Finding(rule.id, Outcome.NOT_APPLICABLE, reason=idle)
    if rule.each is None:
        return _over(trial, (WHOLE_REPORT,), large)
    found = trial.joins.collection(rule.each)
    if isinstance(found, Absent):
        unseen = Occurrence(rule.each, Outcome.UNKNOWN, found.reason, (), found.locations)
        kept = (not_asked(trial, unseen),)
        return Finding(rule.id, Outcome.UNKNOWN, 0, kept, open_ended=True, reason=found.reason)
    if rule.each in trial.facts.partial:
        return _of_a_part(trial, _decided(trial, found))
    return replace(_over(trial, found, large), population=len(found))


def _over(trial: Trial, found: Sequence[Record], large: Large | None) -> Finding:
    """The rule on these records, which are all there are."""
    left = None if large is None or trial.keep or trial.facts.partial else large.undecided(trial)
    if left is None:
        passed, decided = 0, _decided(trial, found)
    else:
        passed, decided = left[0], [d for n in left[1] if (d := decide(trial, found[n])) is not None]
    return finding(trial, decided, passed) if decided or passed else none_to_decide(trial)


def _decided(trial: Trial, found: Sequence[Record]) -> list[Decided]:
    """What the rule says of every record that it does not leave out."""
    decided: list[Decided] = []
    for place, passes in enumerate(settled(trial, len(found))):
        one = PASSED if passes else decide(trial, found[place]) if passes is None else None
        if one is not None:
            decided.append(one)
    return decided


def _of_a_part(trial: Trial, decided: Sequence[Decided]) -> Finding:
    """Where only part of a ledger was given, its rows may fail, but the rule does not pass by them."""
    found = finding(trial, decided, 0) if decided else Finding(trial.rule.id, Outcome.PASS)
    share = None if trial.rule.degree == "all" else NOTHING_KNOWN
    if found.outcome is not Outcome.PASS:
        return replace(found, open_ended=True, share=share)
    reason = not_shown(trial, trial.rule.each or "")
    rest = not_asked(trial, Occurrence(trial.rule.each or "", Outcome.UNKNOWN, reason))
    kept = (*found.occurrences, rest)
    return replace(
        found, outcome=Outcome.UNKNOWN, occurrences=kept, open_ended=True, reason=reason, share=share
    )


def _not_in_force(trial: Trial) -> Bilingual | None:
    """A dated rule is judged by the year reported on, not by today."""
    rule = trial.rule
    if rule.effective_from is None and rule.effective_to is None:
        return None
    year = values(trial, trial.dated_by, WHOLE_REPORT, {}, {})["report.year"]
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
