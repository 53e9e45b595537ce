"""A rule in words, and the values its messages show."""

from datetime import datetime
from decimal import Decimal

from checker.bilingual import Language
from checker.expression.evaluating import Side, Value
from checker.expression.scope import Scope
from checker.expression.tree import Literal
from checker.expression.words import formula
from checker.facts import Vocabulary
from checker.ruleset import Rule


def when_in_words(rule: Rule, vocabulary: Vocabulary, language: Language) -> str:
    """The condition under which a rule applies; empty where it always does."""
    if rule.when is None:
        return ""
    measures = () if rule.each else rule.measures
    return formula(rule.when, Scope.of(vocabulary, None, measures, rule.parameters), language)


def rule_in_words(rule: Rule, vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """The rule as lines to sign off: when it applies, to which records, and what must hold."""
    zh = language == "zh"
    lines = []
    if rule.when is not None:
        lines.append(("适用：" if zh else "applies if: ") + when_in_words(rule, vocabulary, language))
    scope = Scope.of(vocabulary, rule.each, rule.measures, rule.parameters)
    statement = formula(rule.assertion, scope, language)
    if rule.each is None:
        return (*lines, statement)
    of = vocabulary.collections[rule.each].label.in_language(language)
    if rule.where is not None:
        narrowed = formula(rule.where, scope, language)
        of += f"（其中 {narrowed}）" if zh else f" (where {narrowed})"
    return (*lines, _of_each(rule, of, statement, zh))


def _of_each(rule: Rule, of: str, statement: str, zh: bool) -> str:
    """A rule that no record can meet says that there must be none."""
    if rule.assertion.compiled.root == Literal(False, 0):
        return f"不得有：{of}" if zh else f"there must be none of: {of}"
    return f"{of}逐一：{statement}" if zh else f"each of {of}: {statement}"


def side_in_words(side: Side, value: Value, language: Language) -> str:
    """A side's value as a message shows it: money in the unit it is written in, dates as 2024-01-31."""
    if isinstance(value, bool):
        return (("否", "是") if language == "zh" else ("no", "yes"))[value]
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}"
    field = side.field
    if isinstance(value, int) and field is not None and field.type == "amount":
        return f"{(Decimal(value) / field.scale).normalize():f}"
    return str(value)
