"""The sentence a failing record is reported with."""

from collections.abc import Mapping
from functools import cache

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual, Language
from checker.evaluation.operands import Computed, Trial, look_up
from checker.expression import Value
from checker.facts import Fact, Kind, Record
from checker.ruleset import Expression

_ODD = {
    Kind.MISSING: Bilingual("未载明", "not stated"),
    Kind.BLANK: Bilingual("空白", "blank"),
}


def message(trial: Trial, record: Record, computed: Computed, read: Mapping[str, Value]) -> Bilingual:
    """The rule's message with its holes filled, in both languages."""
    return Bilingual(*(_sentence(trial, record, computed, read, language) for language in LANGUAGES))


def _sentence(
    trial: Trial, record: Record, computed: Computed, read: Mapping[str, Value], language: Language
) -> str:
    rule = trial.rule
    template = rule.message.in_language(language)
    filled: dict[str, str] = {}
    for hole in _holes(template):
        if rule.each and hole == trial.vocabulary.collections[rule.each].item:
            filled[hole] = record.label.in_language(language)
        elif hole in ("left", "right"):
            filled[hole] = _side(rule.assertion, hole, read, language)
        else:
            filled[hole] = _shown(look_up(trial, hole, record, computed, trial.own)[1], language)
    return expression.fill(template, filled)


@cache
def _holes(template: str) -> tuple[str, ...]:
    return expression.holes(template)


def _side(assertion: Expression, hole: str, read: Mapping[str, Value], language: Language) -> str:
    both = expression.sides(assertion)
    if both is None:
        raise ValueError(f"{{{hole}}} in a message whose rule is not one comparison")
    side = both[0 if hole == "left" else 1]
    return expression.side_in_words(side, expression.evaluate_side(assertion, hole, read), language)


def _shown(fact: Fact, language: Language) -> str:
    if fact.kind is Kind.FLAG:
        return (Bilingual("是", "yes") if fact.value else Bilingual("否", "no")).in_language(language)
    return _ODD[fact.kind].in_language(language) if fact.kind in _ODD else fact.text
