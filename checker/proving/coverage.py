"""Which outcomes a rule can come to, and which of them have a case."""

from collections.abc import Iterable, Iterator

from checker.facts import Vocabulary
from checker.finding import Outcome
from checker.proving.cases import Case
from checker.ruleset import Rule


def reachable(rule: Rule, vocabulary: Vocabulary) -> tuple[Outcome, ...]:
    """The outcomes the rule comes to on some facts, in the order of Outcome.

    `error` is never one. That an operand is doubtful makes any rule pending; only what the rule itself leaves
    to a person counts here.
    """
    found = set(_reachable(rule, vocabulary))
    return tuple(outcome for outcome in Outcome if outcome in found)


def unreached(rule: Rule, cases: Iterable[Case], vocabulary: Vocabulary) -> tuple[Outcome, ...]:
    """The outcomes the rule can come to that no case states. A rule's own examples are not cases."""
    stated = {outcome for case in cases if not case.example for outcome in case.outcomes}
    return tuple(outcome for outcome in reachable(rule, vocabulary) if outcome not in stated)


def _reachable(rule: Rule, vocabulary: Vocabulary) -> Iterator[Outcome]:
    if rule.question is None:
        yield Outcome.PASS
    if rule.judgement or rule.question is not None:
        yield Outcome.PENDING
    else:
        yield Outcome.FAIL
        if rule.degree != "all":
            yield Outcome.PARTIAL
    if _may_not_apply(rule, vocabulary):
        yield Outcome.NOT_APPLICABLE
    if _reads(rule):
        yield Outcome.UNKNOWN


def _may_not_apply(rule: Rule, vocabulary: Vocabulary) -> bool:
    """A rule over exceptions passes where there are none; over other records it then has nothing to judge."""
    if rule.when is not None or rule.effective_from is not None or rule.effective_to is not None:
        return True
    if rule.degree not in ("all", "share"):
        return True
    return rule.each is not None and not vocabulary.collections[rule.each].exceptions


def _reads(rule: Rule) -> bool:
    """Whether it rests on anything that may be missing: all but its own parameters may be."""
    if rule.each is not None or rule.effective_from is not None or rule.effective_to is not None:
        return True
    own = {parameter.name for parameter in rule.parameters}
    asked = [e for e in (rule.when, None if rule.question else rule.assertion) if e is not None]
    return any(name not in own for expression in asked for name in expression.reads)
