"""Rule × facts → finding. The reference executor: one record after another.

Operands are looked at before any expression is evaluated: one that is not a value of the type
the rule needs makes the outcome `unknown`, and is named. No expression meets a missing value.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual, Language
from checker.errors import EngineError
from checker.expression import Value
from checker.facts import Absent, Fact, Facts, Field, Kind, Record, Vocabulary, missing
from checker.finding import Finding, Occurrence, Operand, Outcome
from checker.location import Location
from checker.measures import measures
from checker.ruleset import Expression, Measure, Rule

WHOLE_REPORT = Record("report", Bilingual("全文", "the report"), {})

Computed = Mapping[str, tuple[Field, Fact]]
"""The values of a rule's measures, by name."""

_KINDS = {
    Kind.BLANK: Bilingual("空白", "is blank"),
    Kind.SLASH: Bilingual("填“/”或横线，不是数字", "holds a slash or dash, not a number"),
    Kind.TEXT: Bilingual("填的是文字，不是数字", "holds text, not a number"),
    Kind.UNREADABLE: Bilingual("无法辨认", "cannot be read"),
    Kind.MISSING: Bilingual("未找到", "was not found"),
}


@dataclass(frozen=True, slots=True)
class _Trial:
    """One rule at work on one report: everything an expression may ask for."""

    rule: Rule
    facts: Facts
    vocabulary: Vocabulary

    def fields(self, each: str | None) -> Mapping[str, Field]:
        return {} if each is None else {f.name: f for f in self.vocabulary.collections[each].fields}


class _Undecided(Exception):  # noqa: N818 - a signal inside this module, not an error
    """An operand is not what the rule needs."""

    def __init__(self, operands: Sequence[Operand]) -> None:
        super().__init__()
        self.operands = tuple(operands)
        self.reason = _why_undecided(operands)


def evaluate(rules: Iterable[Rule], facts: Facts, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """One finding a rule, in the order given. A rule that breaks is `error`; the others go on."""
    return tuple(apply(rule, facts, vocabulary) for rule in rules)


def apply(rule: Rule, facts: Facts, vocabulary: Vocabulary) -> Finding:
    """One rule on one report."""
    try:
        return _apply(_Trial(rule, facts, vocabulary))
    except EngineError as error:
        return Finding(rule.id, Outcome.ERROR, reason=error.problems[0].message)
    except Exception as error:  # one broken rule must not take the others with it
        name = type(error).__name__
        reason = Bilingual(f"规则执行出错（{name}: {error}）", f"the rule broke ({name}: {error})")
        return Finding(rule.id, Outcome.ERROR, reason=reason)


def _apply(trial: _Trial) -> Finding:
    rule = trial.rule
    try:
        idle = _not_in_force(trial) or _does_not_apply(trial)
    except _Undecided as undecided:
        return _whole_rule(rule, Outcome.UNKNOWN, undecided.reason, undecided.operands)
    if idle is not None:
        return Finding(rule.id, Outcome.NOT_APPLICABLE, reason=idle)
    found = (WHOLE_REPORT,) if rule.each is None else trial.facts.collections.get(rule.each, ())
    if isinstance(found, Absent):
        occurrence = Occurrence(rule.each or "", Outcome.UNKNOWN, found.reason, (), found.locations)
        return Finding(rule.id, Outcome.UNKNOWN, 0, (occurrence,), open_ended=True, reason=found.reason)
    decided = [o for record in found if (o := _decide(trial, record)) is not None]
    if not decided:
        return _none_to_decide(trial)
    return _finding(rule, decided)


def _whole_rule(rule: Rule, outcome: Outcome, reason: Bilingual, operands: tuple[Operand, ...]) -> Finding:
    occurrence = Occurrence(WHOLE_REPORT.key, outcome, reason, operands, _places(operands))
    return Finding(rule.id, outcome, 0, (occurrence,), reason=reason)


def _none_to_decide(trial: _Trial) -> Finding:
    """Where members are exceptions, none is what the rule wants; elsewhere it has nothing to judge."""
    collection = trial.vocabulary.collections[trial.rule.each or ""]
    if collection.exceptions:
        return Finding(trial.rule.id, Outcome.PASS)
    zh, en = collection.label
    reason = Bilingual(f"报告中没有可查的“{zh}”", f"the report has none of: {en}")
    return Finding(trial.rule.id, Outcome.NOT_APPLICABLE, reason=reason)


def _not_in_force(trial: _Trial) -> Bilingual | None:
    """A dated rule is judged by the year reported on, not by today."""
    rule = trial.rule
    if rule.effective_from is None and rule.effective_to is None:
        return None
    field = trial.vocabulary.fields["report.year"]
    operand, year = _operand("report.year", field, trial.facts.fields.get("report.year"), field.label)
    if not isinstance(year, int):
        raise _Undecided([operand])
    if rule.effective_from and date(year, 12, 31) < rule.effective_from:
        day = rule.effective_from.isoformat()
        return Bilingual(
            f"{year} 年度早于本规则施行日 {day}", f"{year} is before the rule took effect on {day}"
        )
    if rule.effective_to and date(year, 1, 1) > rule.effective_to:
        day = rule.effective_to.isoformat()
        return Bilingual(f"{year} 年度晚于本规则失效日 {day}", f"{year} is after the rule lapsed on {day}")
    return None


def _does_not_apply(trial: _Trial) -> Bilingual | None:
    if trial.rule.when is None:
        return None
    computed = {} if trial.rule.each else dict(_measured(trial, WHOLE_REPORT))
    if _holds(trial, trial.rule.when, WHOLE_REPORT, computed, None)[0]:
        return None
    words = [expression.when_in_words(trial.rule, trial.vocabulary, language) for language in LANGUAGES]
    return Bilingual(f"适用条件不成立：{words[0]}", f"its condition does not hold: {words[1]}")


def _decide(trial: _Trial, record: Record) -> Occurrence | None:
    """What the rule says of one record; None where `where` leaves the record out."""
    rule = trial.rule
    try:
        if rule.where is not None and not _holds(trial, rule.where, record, {}, rule.each)[0]:
            return None
        computed = dict(_measured(trial, record))
        holds, operands, values = _holds(trial, rule.assertion, record, computed, rule.each)
    except _Undecided as undecided:
        places = _places(undecided.operands) or record.locations
        return Occurrence(record.key, Outcome.UNKNOWN, undecided.reason, undecided.operands, places)
    if holds:
        return Occurrence(record.key, Outcome.PASS, rule.title, operands, ())
    outcome = Outcome.PENDING if rule.judgement else Outcome.FAIL
    message = _message(trial, record, computed, values)
    return Occurrence(record.key, outcome, message, operands, _places(operands) or record.locations)


def _holds(
    trial: _Trial, condition: Expression, record: Record, computed: Computed, each: str | None
) -> tuple[bool, tuple[Operand, ...], Mapping[str, Value]]:
    """Whether an expression holds, with what it read. Raises _Undecided naming every unusable operand."""
    fields = trial.fields(each)
    operands, values, unusable = [], {}, []
    for name in condition.reads:
        operand, value = _operand(name, *_look_up(trial, name, fields, record, computed))
        operands.append(operand)
        if value is None:
            unusable.append(operand)
        else:
            values[name] = value
    if unusable:
        raise _Undecided(unusable)
    return expression.evaluate(condition, values), tuple(operands), values


def _look_up(
    trial: _Trial,
    name: str,
    fields: Mapping[str, Field],
    record: Record,
    computed: Computed,
) -> tuple[Field, Fact | None, Bilingual]:
    if name in computed:
        field, fact = computed[name]
        return field, fact, field.label
    if name in fields:
        label = fields[name].label
        of = Bilingual(f"{record.label.zh} {label.zh}", f"{record.label.en}, {label.en}")
        return fields[name], record.fields.get(name), of
    field = trial.vocabulary.fields[name]
    return field, trial.facts.fields.get(name), field.label


def _operand(name: str, field: Field, fact: Fact | None, label: Bilingual) -> tuple[Operand, Value | None]:
    """The operand as evidence, and its value if it is one of the declared type."""
    if fact is None:
        fact = missing("报告中未找到", "not found in the report")
    note = fact.note or _KINDS.get(fact.kind)
    return Operand(name, label, fact.kind, fact.text, fact.locations, note), _value(field, fact)


def _value(field: Field, fact: Fact) -> Value | None:
    if isinstance(fact.value, Decimal) and field.type in ("count", "amount", "number"):
        scaled = fact.value * field.scale if field.type == "amount" else fact.value
        return int(scaled) if scaled == scaled.to_integral_value() else None
    if fact.kind is Kind.FLAG and field.type == "flag" or fact.kind is Kind.TEXT and field.type == "text":
        return fact.value  # type: ignore[return-value]
    if field.type == "date" and isinstance(fact.value, date):
        return datetime(fact.value.year, fact.value.month, fact.value.day, tzinfo=UTC)
    return None


def _why_undecided(operands: Sequence[Operand]) -> Bilingual:
    notes = [
        o.note or Bilingual(f"“{o.text}”不是可用的数值", f"{o.text!r} is not a usable value")
        for o in operands
    ]
    zh = "；".join(f"{o.label.zh}：{n.zh}" for o, n in zip(operands, notes, strict=True))
    en = "; ".join(f"{o.label.en}: {n.en}" for o, n in zip(operands, notes, strict=True))
    return Bilingual(zh, en)


def _measured(trial: _Trial, record: Record) -> Iterator[tuple[str, tuple[Field, Fact]]]:
    for measure in trial.rule.measures:
        arguments = {
            p.name: _argument(trial, measure, p.kind, measure.arguments[p.name], record)
            for p in measure.signature.parameters
            if p.name in measure.arguments
        }
        fact = measures()[measure.signature.name].compute(arguments)
        yield measure.name, (_measure_field(trial, measure), fact)


def _measure_field(trial: _Trial, measure: Measure) -> Field:
    return expression.measure_field(measure, trial.vocabulary, trial.rule.each)


def _argument(trial: _Trial, measure: Measure, kind: str, written: Any, record: Record) -> Any:
    if kind in ("terms", "words"):
        return written
    if kind in ("collection", "claim"):
        return _narrowed(trial, measure, written)
    if kind == "member":
        collection, _, field = written.rpartition(".")
        records = _narrowed(trial, measure, collection)
        return records if isinstance(records, Absent) else tuple(r.fields[field] for r in records)
    if kind == "previous":
        return _last_year(trial, record, written)
    return _fact(trial, record, written)


def _narrowed(trial: _Trial, measure: Measure, collection: str) -> tuple[Record, ...] | Absent:
    records = trial.facts.collections.get(collection, ())
    if isinstance(records, Absent) or measure.where is None:
        return records
    try:
        return tuple(r for r in records if _holds(trial, measure.where, r, {}, collection)[0])
    except _Undecided as undecided:
        return Absent(undecided.reason, _places(undecided.operands))


def _fact(trial: _Trial, record: Record, name: str) -> Fact:
    if name in record.fields:
        return record.fields[name]
    if name.startswith("previous."):
        if trial.facts.previous is None:
            return _no_last_year()
        return trial.facts.previous.fields.get(name.removeprefix("previous."), _not_found())
    return trial.facts.fields.get(name, _not_found())


def _last_year(trial: _Trial, record: Record, name: str) -> Fact:
    previous = trial.facts.previous
    if previous is None:
        return _no_last_year()
    if trial.rule.each is None or name not in trial.fields(trial.rule.each):
        return previous.fields.get(name, _not_found())
    same = next((r for r in previous.records(trial.rule.each) if r.key == record.key), None)
    return same.fields.get(name, _not_found()) if same else _not_found()


def _no_last_year() -> Fact:
    return missing("未提供上年报告（--previous）", "last year's report was not given (--previous)")


def _not_found() -> Fact:
    return missing("报告中未找到", "not found in the report")


def _message(trial: _Trial, record: Record, computed: Computed, values: Mapping[str, Value]) -> Bilingual:
    """The rule's message with its holes filled, in both languages."""
    rule = trial.rule
    sentences = []
    for language in LANGUAGES:
        sentence = rule.message.in_language(language)
        filled: dict[str, str] = {}
        for hole in expression.holes(sentence):
            if rule.each and hole == trial.vocabulary.collections[rule.each].item:
                filled[hole] = record.label.in_language(language)
            elif hole in ("left", "right"):
                filled[hole] = _side(rule.assertion, hole, values, language)
            else:
                fact = _look_up(trial, hole, trial.fields(rule.each), record, computed)[1]
                filled[hole] = _text_of(fact, language)
        sentences.append(expression.fill(sentence, filled))
    return Bilingual(*sentences)


def _side(assertion: Expression, hole: str, values: Mapping[str, Value], language: Language) -> str:
    both = expression.sides(assertion)
    if both is None:
        raise ValueError(f"{{{hole}}} in a message whose rule is not one comparison")
    side = both[0 if hole == "left" else 1]
    return expression.side_in_words(side, expression.evaluate_side(assertion, hole, values), language)


def _text_of(fact: Fact | None, language: Language) -> str:
    if fact is None or fact.kind is Kind.MISSING:
        return Bilingual("未载明", "not stated").in_language(language)
    if fact.kind is Kind.FLAG:
        return (Bilingual("是", "yes") if fact.value else Bilingual("否", "no")).in_language(language)
    if fact.kind is Kind.BLANK:
        return Bilingual("空白", "blank").in_language(language)
    return fact.text


def _places(operands: Iterable[Operand]) -> tuple[Location, ...]:
    return tuple(dict.fromkeys(place for o in operands for place in o.locations))


def _finding(rule: Rule, decided: Sequence[Occurrence]) -> Finding:
    """Fail outweighs unknown, unknown outweighs pass; a rule by share may be partial."""
    notable = tuple(o for o in decided if o.outcome is not Outcome.PASS)
    share = _share(decided) if rule.degree == "share" else None
    return Finding(rule.id, _outcome(decided, share), len(decided), notable, share=share)


def _outcome(decided: Sequence[Occurrence], share: tuple[Fraction, Fraction] | None) -> Outcome:
    outcomes = {o.outcome for o in decided}
    if share is not None and Outcome.FAIL in outcomes and share[0] > 0:
        return Outcome.PARTIAL
    return next((o for o in (Outcome.FAIL, Outcome.PENDING, Outcome.UNKNOWN) if o in outcomes), Outcome.PASS)


def _share(decided: Sequence[Occurrence]) -> tuple[Fraction, Fraction]:
    passed = sum(1 for o in decided if o.outcome is Outcome.PASS)
    failed = sum(1 for o in decided if o.outcome is Outcome.FAIL)
    return Fraction(passed, len(decided)), Fraction(len(decided) - failed, len(decided))
