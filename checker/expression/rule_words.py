"""A rule in words, and the values its messages show."""

from datetime import datetime
from decimal import Decimal

from checker.bilingual import Language
from checker.expression.evaluating import Side, Value
from checker.expression.messages import fill, holes
from checker.expression.scope import Scope
from checker.expression.tree import Literal
from checker.expression.words import formula
from checker.facts import Vocabulary
from checker.ruleset import Ratio, Rule


def when_in_words(rule: Rule, vocabulary: Vocabulary, language: Language) -> str:
    """The condition under which a rule applies; empty where it always does."""
    if rule.when is None:
        return ""
    measures = () if rule.each else rule.measures
    return formula(rule.when, Scope.of(vocabulary, None, measures, rule.parameters), language)


def rule_in_words(rule: Rule, vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """The rule as lines to sign off: when it applies, to which records, and what must hold or is asked."""
    zh = language == "zh"
    lines = []
    if rule.when is not None:
        lines.append(("适用：" if zh else "applies if: ") + when_in_words(rule, vocabulary, language))
    scope = Scope.of(vocabulary, rule.each, rule.measures, rule.parameters)
    of = _records(rule, scope, language)
    if rule.question is not None:
        return (*lines, _asked(_question(rule, scope, language), of, zh))
    if isinstance(rule.degree, Ratio):
        return (*lines, _ratio(rule.degree, scope, of, language))
    statement = formula(rule.assertion, scope, language)
    return (*lines, _of_each(rule, of, statement, zh) if of else statement)


def faults_in_words(rule: Rule, vocabulary: Vocabulary, language: Language) -> tuple[str, ...]:
    """What is asked of records at fault: by how much, whether put right in time, whether it was repeated."""
    zh = language == "zh"
    scope = Scope.of(vocabulary, rule.each, rule.measures, rule.parameters)
    lines = []
    if rule.quantity is not None:
        lines.append(("按数量计：" if zh else "by how much: ") + _label(rule.quantity, scope, language))
    if rule.rectified is not None:
        lines.append(("算作已整改：" if zh else "put right if: ") + formula(rule.rectified, scope, language))
    if rule.repeated is not None:
        lines.append(("算作重复发生：" if zh else "repeated if: ") + formula(rule.repeated, scope, language))
    return tuple(lines)


def _records(rule: Rule, scope: Scope, language: Language) -> str:
    """The records a rule ranges over, in words; empty for the report as a whole."""
    if scope.collection is None:
        return ""
    of = scope.collection.label.in_language(language)
    if rule.where is None:
        return of
    narrowed = formula(rule.where, scope, language)
    return of + (f"（其中 {narrowed}）" if language == "zh" else f" (where {narrowed})")


def _question(rule: Rule, scope: Scope, language: Language) -> str:
    """The question, each hole in it by what is to be shown there."""
    assert rule.question is not None
    text = rule.question.in_language(language)
    left, right = "〔〕" if language == "zh" else "[]"
    return fill(text, {hole: f"{left}{_label(hole, scope, language)}{right}" for hole in holes(text)})


def _asked(question: str, of: str, zh: bool) -> str:
    if not of:
        return f"由人判断：{question}" if zh else f"a person judges: {question}"
    return f"{of}逐一由人判断：{question}" if zh else f"for each of {of} a person judges: {question}"


def _ratio(degree: Ratio, scope: Scope, of: str, language: Language) -> str:
    part, whole = (_label(name, scope, language) for name in (degree.part, degree.whole))
    if language == "zh":
        ratio = f"{part} ÷ {whole}（后者为 0 的不计）"
        return f"{of}逐一：{ratio}，取平均" if of else ratio
    ratio = f"{part} ÷ {whole} (left out where that is 0)"
    return f"the mean over {of} of: {ratio}" if of else ratio


def _label(name: str, scope: Scope, language: Language) -> str:
    """What readers call a name in scope; the item of the collection by the collection's own label."""
    if scope.collection is not None and name == scope.collection.item:
        return scope.collection.label.in_language(language)
    found = scope.find(name)
    return found.label.in_language(language) if found else name


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
