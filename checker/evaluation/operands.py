"""What an expression may ask for, and what of it can be used."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from checker.bilingual import Bilingual
from checker.evaluation.joins import Joins
from checker.evaluation.plain import LARGEST as LARGEST
from checker.evaluation.plain import usable as usable
from checker.expression import Value, collection_of, evaluate, evaluate_partly, measure_field, parameter_field
from checker.facts import Fact, Facts, Field, Kind, Record, Vocabulary, count, day, missing
from checker.finding import Operand, Outcome
from checker.location import Location
from checker.ruleset import Expression, Measure, Ratio, Rule

Computed = Mapping[str, tuple[Field, Fact]]
"""The values of a rule's measures, by name."""

WHOLE_REPORT = Record("report", Bilingual("全文", "the report"), {})
NOT_FOUND = missing("报告中未找到", "not found in the report")
NO_LAST_YEAR = missing("未提供上年报告（--previous）", "last year's report was not given (--previous)")

HUGE = 10**12
"""Beyond this an expression may run out of range through no fault of the rule."""

_KINDS = {
    Kind.BLANK: Bilingual("空白", "is blank"),
    Kind.SLASH: Bilingual("填“/”或横线，不是数字", "holds a slash or dash, not a number"),
    Kind.TEXT: Bilingual("填的是文字，不是数字", "holds text, not a number"),
    Kind.UNREADABLE: Bilingual("无法辨认", "cannot be read"),
    Kind.MISSING: Bilingual("未找到", "was not found"),
    Kind.DOUBTFUL: Bilingual("须人工认定", "is for a person to judge"),
}


@dataclass(frozen=True)
class Trial:
    """One rule at work on one report. keep: whether what passes is to be shown too."""

    rule: Rule
    facts: Facts
    vocabulary: Vocabulary
    joins: Joins
    keep: bool = False
    measured: dict[str, Fact] = field(default_factory=dict)
    ways: dict[str, Any] = field(default_factory=dict)
    strays: dict[str, Bilingual] = field(default_factory=dict)
    constants: dict[tuple[int, bool], Mapping[str, Value]] = field(default_factory=dict)

    @cached_property
    def own(self) -> Mapping[str, Field]:
        """The fields of the records the rule ranges over."""
        return self.fields_of(self.rule.each)

    @cached_property
    def ledger(self) -> bool:
        """Whether the rule ranges over the rows of a ledger."""
        return self.rule.each is not None and self.vocabulary.collections[self.rule.each].ledger

    @cached_property
    def declared(self) -> Mapping[str, Field]:
        """The rule's measures as fields."""
        known: dict[str, Field] = {}
        for measure in self.rule.measures:
            known[measure.name] = measure_field(measure, self.vocabulary, self.rule.each, known)
        return known

    @cached_property
    def parameters(self) -> Mapping[str, tuple[Field, Fact]]:
        """The rule's parameters, as the ruleset has set them."""
        return {
            p.name: (parameter_field(p), count(p.value) if isinstance(p.value, int) else day(p.value))
            for p in self.rule.parameters
        }

    @cached_property
    def narrows_by_measures(self) -> bool:
        """Whether `where` reads a measure, so that measures come before it."""
        return self.rule.where is not None and not set(self.rule.where.reads).isdisjoint(self.declared)

    @cached_property
    def decided_by(self) -> Expression:
        """What must have a value for a record to be decided: what the assertion reads, or both of a ratio."""
        degree, assertion = self.rule.degree, self.rule.assertion
        if not isinstance(degree, Ratio):
            return assertion
        return Expression("", assertion.place, (degree.part, degree.whole))

    @cached_property
    def dated_by(self) -> Expression:
        """The year a dated rule is judged by."""
        return Expression("report.year", self.rule.assertion.place, ("report.year",))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The measures that decide a record; the others only say more of it."""
        rule = self.rule
        return self.needed(
            n for e in (self.decided_by, rule.where, rule.when) if e is not None for n in e.reads
        )

    def needed(self, names: Iterable[str]) -> frozenset[str]:
        """The measures among these names, and all that they are computed from."""
        wanted = set(names)
        for measure in reversed(self.rule.measures):
            if measure.name in wanted:
                wanted.update(_fields_named(measure))
        return frozenset(m.name for m in self.rule.measures if m.name in wanted)

    def named(self, name: str) -> Field:
        """What a name in scope is declared as."""
        if name in self.own:
            return self.own[name]
        if name in self.declared:
            return self.declared[name]
        return self.parameters[name][0] if name in self.parameters else self.vocabulary.fields[name]

    def is_unseen(self, measure: Measure) -> bool:
        """Whether not all it goes over is known: a part was not given, or a row has no place."""
        return collection_of(measure) in self.facts.partial or measure.name in self.strays

    def reached_from(self, names: set[str]) -> frozenset[str]:
        """These measures and all that are computed from them."""
        reached = set(names)
        for measure in self.rule.measures:
            if not reached.isdisjoint(_fields_named(measure)):
                reached.add(measure.name)
        return frozenset(reached)

    @property
    def rests_on_part(self) -> Measure | None:
        """A measure that decides a record and of whose rows not all are known."""
        asked = (m for m in self.rule.measures if m.name in self.asked)
        return next((m for m in asked if self.is_unseen(m)), None)

    @cached_property
    def of_the_record(self) -> frozenset[str]:
        """The measures that differ from record to record."""
        found: set[str] = set()
        for measure in self.rule.measures:
            if measure.match or any(name in self.own or name in found for name in _fields_named(measure)):
                found.add(measure.name)
        return frozenset(found)

    def fixed(self, condition: Expression, fields: Mapping[str, Field]) -> Mapping[str, Value]:
        """The values a condition reads that are the same for every record: the report's, the parameters'.

        Moments are not among them: their precision is that of what they are compared with.
        """
        name = (id(condition), bool(fields))
        if name not in self.constants:
            self.constants[name] = {
                n: value
                for n in condition.reads
                if n not in fields
                and n not in self.declared
                and (known := look_up(self, n, WHOLE_REPORT, {}, {}))[0].type != "moment"
                and (value := usable(*known)) is not None
            }
        return self.constants[name]

    def fields_of(self, each: str | None) -> Mapping[str, Field]:
        return {} if each is None else {f.name: f for f in self.vocabulary.collections[each].fields}


def _fields_named(measure: Measure) -> Iterable[str]:
    """The fields a measure is given, own ones and others."""
    for parameter in measure.signature.parameters:
        named = measure.arguments.get(parameter.name)
        if parameter.kind == "fields":
            yield from named or ()
        elif parameter.kind in ("field", "previous", "prose") and named is not None:
            yield named


class Undecided(Exception):  # noqa: N818 - a signal inside this package, not an error
    """An operand is not what the rule needs. usable: the values of those that are."""

    def __init__(self, read: Callable[[], Iterable[Operand]], usable: Mapping[str, Value]) -> None:
        super().__init__()
        self._read = read
        self.usable = usable

    @cached_property
    def operands(self) -> tuple[Operand, ...]:
        """What cannot be used, each with its reason. Looked up when told: a condition may do without."""
        return tuple(o for o in self._read() if o.note is not None)

    @property
    def reason(self) -> Bilingual:
        return _why(self.operands)

    @property
    def outcome(self) -> Outcome:
        doubtful = all(o.kind == Kind.DOUBTFUL for o in self.operands)
        return Outcome.PENDING if doubtful else Outcome.UNKNOWN


def values(
    trial: Trial, condition: Expression, record: Record, computed: Computed, fields: Mapping[str, Field]
) -> dict[str, Value]:
    """The values an expression reads. Raises Undecided naming every operand that has none."""
    found = dict(trial.fixed(condition, fields))
    moments: dict[str, bool] = {}
    for name in condition.reads:
        if name in found:
            continue
        declared, fact = look_up(trial, name, record, computed, fields)
        value = usable(declared, fact)
        if value is None:
            continue
        found[name] = value
        if declared.type == "moment":
            moments[name] = isinstance(fact.value, datetime)
    if len(moments) > 1 and not all(moments.values()):
        found.update((name, _midnight(found[name])) for name in moments)
    if len(found) < len(condition.reads):
        raise Undecided(lambda: operands(trial, condition, record, computed, fields), found)
    return found


def holds(
    trial: Trial, condition: Expression, record: Record, computed: Computed, fields: Mapping[str, Field]
) -> bool:
    """Whether a narrowing condition holds. Raises Undecided only if that depends on what has no value."""
    try:
        return evaluate(condition, values(trial, condition, record, computed, fields))
    except Undecided as undecided:
        found = evaluate_partly(condition, undecided.usable)
        if found is None:
            raise
        return found


def _midnight(moment: Value) -> Value:
    assert isinstance(moment, datetime)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def operands(
    trial: Trial, condition: Expression, record: Record, computed: Computed, fields: Mapping[str, Field]
) -> tuple[Operand, ...]:
    """What an expression read, as evidence. One that could not be used carries the reason as its note."""
    return tuple(operand(trial, name, record, computed, fields) for name in condition.reads)


def operand(
    trial: Trial, name: str, record: Record, computed: Computed, fields: Mapping[str, Field]
) -> Operand:
    """One value that was looked at, as evidence."""
    declared, fact = look_up(trial, name, record, computed, fields)
    label = declared.label
    if name in fields:
        label = Bilingual(f"{record.label.zh} {label.zh}", f"{record.label.en}, {label.en}")
    note = None
    if usable(declared, fact) is None:
        note = fact.note or _KINDS.get(fact.kind) or _unusable(declared, fact)
    text = fact.text
    if not text and isinstance(fact.value, bool):
        text = "true" if fact.value else "false"
    return Operand(name, label, fact.kind, text, fact.locations, note)


def look_up(
    trial: Trial, name: str, record: Record, computed: Computed, fields: Mapping[str, Field]
) -> tuple[Field, Fact]:
    """A measure, a field of the record, or a field of the report, with its declaration."""
    if name in fields:
        return fields[name], record.fields.get(name, NOT_FOUND)
    if name in computed:
        return computed[name]
    if name in trial.parameters:
        return trial.parameters[name]
    return trial.vocabulary.fields[name], trial.facts.fields.get(name, NOT_FOUND)


def places(read: Iterable[Operand]) -> tuple[Location, ...]:
    """Every place something was read from, once, in order."""
    return tuple(dict.fromkeys(place for operand in read for place in operand.locations))


def _unusable(declared: Field, fact: Fact) -> Bilingual:
    """Why a number cannot be used as what the field is declared to be."""
    if declared.type == "amount" and isinstance(fact.value, Decimal) and abs(fact.value) < LARGEST:
        zh, en = f"“{fact.text}”的小数位过多", f"{fact.text!r} has more decimals than are counted with"
        return Bilingual(zh, en)
    return Bilingual(f"“{fact.text}”不是可用的整数", f"{fact.text!r} is no usable whole number")


def _why(read: Sequence[Operand]) -> Bilingual:
    noted: dict[Bilingual, Bilingual] = {}
    for operand in read:  # that a column is missing is said once, not again of its being filled in
        if operand.note is not None:
            noted[operand.note] = min(noted.get(operand.note, operand.label), operand.label, key=_length)
    zh = "；".join(f"{label.zh}：{note.zh}" for note, label in noted.items())
    en = "; ".join(f"{label.en}: {note.en}" for note, label in noted.items())
    return Bilingual(zh, en)


def _length(label: Bilingual) -> int:
    return len(label.zh)
