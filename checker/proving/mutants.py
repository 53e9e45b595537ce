"""A rule with one change: every mutant of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from checker.expression import Compiler, Scope, collection_of
from checker.expression.tree import Node
from checker.expression.writing import written
from checker.facts import Collection, Field, Vocabulary
from checker.proving.conditions import changes, negated
from checker.proving.equivalence import Known, canonical, same
from checker.ruleset import Expression, Measure, Parameter, Ratio, Rule

Way: TypeAlias = tuple[str, ...]
"""Where in the rule's file: the keys that lead there."""

DROPPED = "×"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one change.

    name: the change as it is printed, unlike that of any other mutant of the rule. way: what was changed.
    line: on which line after the first of a text of several lines. same: proves, where it can, that the
    change makes no difference.
    """

    name: str
    rule: Rule
    way: Way
    line: int
    same: Callable[[], bool]


def mutants(rule: Rule, vocabulary: Vocabulary, compiler: Compiler) -> Iterator[Mutant]:
    """Every mutant of a rule, each once."""
    names: dict[str, int] = {}
    for mutant in _Mutator(rule, vocabulary, compiler).all():
        number = names[mutant.name] = names.get(mutant.name, 0) + 1
        yield mutant if number == 1 else replace(mutant, name=f"{mutant.name} #{number}")


def scopes(rule: Rule) -> Iterator[Scope]:
    """The scopes of a rule's expressions, for a compiler that is to know them beforehand."""
    for expression in _expressions(rule):
        yield expression.compiled.scope


def _expressions(rule: Rule) -> Iterator[Expression]:
    own = (rule.when, rule.where, rule.assertion, rule.rectified, rule.repeated)
    yield from (e for e in (*own, *(m.where for m in rule.measures)) if e is not None)


def _never() -> bool:
    return False


class _Mutator:
    def __init__(self, rule: Rule, vocabulary: Vocabulary, compiler: Compiler) -> None:
        self.rule = rule
        self.vocabulary = vocabulary
        self.compiler = compiler

    def all(self) -> Iterator[Mutant]:
        yield from self._effective()
        yield from self._conditions()
        yield from self._parameters()
        for number, measure in enumerate(self.rule.measures):
            yield from self._measure(measure, number)
        yield from self._kind()

    def _mutant(self, way: Way, before: object, after: object, **changed: Any) -> Mutant:
        name = f"{'.'.join(way)}: {before} -> {after}"
        return Mutant(name, replace(self.rule, **changed), way, 0, _never)

    # When the rule is in force

    def _effective(self) -> Iterator[Mutant]:
        """A year decides, so that a day more or less is tried where it is of another year."""
        rule = self.rule
        for key, name in (("from", "effective_from"), ("to", "effective_to")):
            day: date | None = getattr(rule, name)
            years: set[int] = {day.year} if day else set()
            for other in _dates_beside(day) if day else ():
                if other.year not in years:
                    years.add(other.year)
                    yield self._mutant(("effective", key), day, other, **{name: other})

    # Conditions

    def _conditions(self) -> Iterator[Mutant]:
        rule = self.rule
        for key in ("when", "where", "rectified", "repeated"):
            expression: Expression | None = getattr(rule, key)
            if expression is not None:
                yield from self._condition(key, expression, expression.source, None)
        if rule.question is None and not isinstance(rule.degree, Ratio):  # theirs is not what decides
            given = rule.where or (rule.when if rule.each is None else None)
            yield from self._changed("assertion", ("assert",), rule.assertion, given, False)

    def _condition(
        self, key: str, expression: Expression, source: str, given: Expression | None
    ) -> Iterator[Mutant]:
        text = _one_line(source)
        yield self._mutant((key,), text, DROPPED, **{key: None})
        opposite = self._compiled(negated(expression.compiled.root), expression)
        yield self._mutant((key,), text, opposite.source, **{key: opposite})
        yield from self._changed(key, (key,), expression, given, key == "where")

    def _changed(
        self, name: str, way: Way, expression: Expression, given: Expression | None, partly: bool
    ) -> Iterator[Mutant]:
        for label, line, changed, alike in self._changes(expression, given, partly):
            fields: dict[str, Any] = {name: changed}
            yield Mutant(f"{'.'.join(way)}: {label}", replace(self.rule, **fields), way, line, alike)

    def _changes(
        self, expression: Expression, given: Expression | None, partly: bool
    ) -> Iterator[tuple[str, int, Expression, Callable[[], bool]]]:
        """What changed, on which line of the text, the changed expression, and whether it is the same."""
        scope: Scope = expression.compiled.scope
        root: Node = expression.compiled.placed_root()
        told = {canonical(root, scope)}
        for change in changes(root, scope):
            form = canonical(change.root, scope)
            if form in told:
                continue
            told.add(form)
            label = f"{change.before} -> {change.after or DROPPED}"
            line = expression.source.count("\n", 0, change.position)
            alike = _never  # what can be dropped unnoticed is redundant, and that is worth telling
            if change.after:
                alike = _proof(root, change.root, self._known(scope), given, partly)
            yield label, line, self._compiled(change.root, expression), alike

    def _known(self, scope: Scope) -> Known:
        """Counts are not negative: a ledger's reader refuses one, a rule of its own one in a table."""
        fields = (*scope.vocabulary.fields.values(), *scope.own.values())
        least = {f.name: 0 for f in fields if f.type == "count"}
        least.update({m.name: 1 for m in self.rule.measures if m.name in scope.own and self._has_itself(m)})
        claim = scope.collection is not None and scope.collection.name.startswith("claims.")
        return Known(scope, least, frozenset([("lowest", "highest")] if claim else ()))

    def _has_itself(self, measure: Measure) -> bool:
        """Whether it counts records among which the one at hand always is."""
        own = self.rule.each is not None and collection_of(measure) == self.rule.each
        whole = measure.where is None and all(ours == theirs for ours, theirs in measure.match)
        return own and whole and measure.signature.name == "count"

    def _compiled(self, root: Node, like: Expression) -> Expression:
        return self.compiler.check(written(root), like.compiled.scope, like.place)

    # Parameters

    def _parameters(self) -> Iterator[Mutant]:
        for number, parameter in enumerate(self.rule.parameters):
            for step in (-1, 1):
                value = parameter.value
                other = value + step if isinstance(value, int) else value + timedelta(days=step)
                parameters = list(self.rule.parameters)
                parameters[number] = replace(parameter, value=other)
                way = ("parameters", parameter.name, "value")
                yield self._mutant(way, value, other, parameters=tuple(parameters))

    # Measures

    def _measure(self, measure: Measure, number: int) -> Iterator[Mutant]:
        way = ("measures", measure.name)

        def put(changed: Measure) -> dict[str, Any]:
            measures = list(self.rule.measures)
            measures[number] = changed
            return {"measures": tuple(measures)}

        for parameter in measure.signature.parameters:
            written_there = measure.arguments.get(parameter.name)
            for before, after, value in self._arguments(measure, number, parameter, written_there):
                changed = replace(measure, arguments={**measure.arguments, parameter.name: value})
                yield self._mutant((*way, parameter.name), before, after, **put(changed))
        for pair in measure.match:
            kept = tuple(p for p in measure.match if p != pair)
            yield self._mutant((*way, "match"), "=".join(pair), DROPPED, **put(replace(measure, match=kept)))
        if measure.where is not None:
            yield from self._narrowed(measure, measure.where, way, put)

    def _narrowed(
        self, measure: Measure, where: Expression, way: Way, put: Callable[[Measure], dict[str, Any]]
    ) -> Iterator[Mutant]:
        way, text = (*way, "where"), _one_line(where.source)
        yield self._mutant(way, text, DROPPED, **put(replace(measure, where=None)))
        opposite = self._compiled(negated(where.compiled.root), where)
        yield self._mutant(way, text, opposite.source, **put(replace(measure, where=opposite)))
        for label, line, changed, alike in self._changes(where, None, True):
            made = replace(self.rule, **put(replace(measure, where=changed)))
            yield Mutant(f"{'.'.join(way)}: {label}", made, way, line, alike)

    def _arguments(
        self, measure: Measure, number: int, parameter: Parameter, value: Any
    ) -> Iterator[tuple[object, object, Any]]:
        """Other values an argument may have: what is shown before and after, and the value."""
        if value is None:
            return
        if parameter.kind == "terms":
            yield from _fewer(value)
        elif parameter.kind == "fields":
            yield from _fewer(value)
            for at in range(len(value) - 1):
                turned = (*value[:at], value[at + 1], value[at], *value[at + 2 :])
                yield f"{value[at]}, {value[at + 1]}", f"{value[at + 1]}, {value[at]}", turned
        elif parameter.kind == "words":
            for word in parameter.choices:
                if word != value:
                    yield value, word, word
        else:
            other = self._other_name(measure, number, parameter, value)
            if other is not None:
                yield value, other, other

    def _other_name(self, measure: Measure, number: int, parameter: Parameter, value: str) -> str | None:
        """The next of the names of the same type in the same place."""
        match parameter.kind:
            case "member":
                collection, _, name = value.rpartition(".")
                other = _next(self.vocabulary.collections[collection], name)
                return other and f"{collection}.{other}"
            case "sibling":
                return _next(self.vocabulary.collections[collection_of(measure) or ""], value)
            case "field" | "previous" | "prose":
                return self._other_field(number, value)
        return None

    def _other_field(self, number: int, value: str) -> str | None:
        """Another field of the record, of the report, or an earlier measure: whatever this one is."""
        last_year = "previous." if value.startswith("previous.") else ""
        name = value.removeprefix("previous.")
        own = self.vocabulary.collections[self.rule.each] if self.rule.each else None
        if own is not None and any(f.name == name for f in own.fields):
            return _next(own, name)
        scope: Scope = self.rule.assertion.compiled.scope
        earlier = [scope.own[m.name] for m in self.rule.measures[:number]]
        fields = earlier if any(f.name == name for f in earlier) else self.vocabulary.fields.values()
        other = _beside(fields, name)
        return other and f"{last_year}{other}"

    # What kind of rule it is

    def _kind(self) -> Iterator[Mutant]:
        rule = self.rule
        if isinstance(rule.degree, Ratio):
            degree = rule.degree
            yield self._mutant(("degree",), "part, whole", "all", degree="all")
            turned = Ratio(degree.whole, degree.part)
            yield self._mutant(
                ("degree",),
                f"{degree.part} / {degree.whole}",
                f"{degree.whole} / {degree.part}",
                degree=turned,
            )
        elif rule.each is not None and not (rule.judgement and rule.degree == "all"):
            other = "share" if rule.degree == "all" else "all"
            yield self._mutant(("degree",), rule.degree, other, degree=other)
        if rule.question is None:
            flipped = not rule.judgement
            yield self._mutant(("judgement",), _flag(rule.judgement), _flag(flipped), judgement=flipped)
        if rule.quantity is not None:
            scope: Scope = rule.assertion.compiled.scope
            yield self._mutant(("quantity",), rule.quantity, DROPPED, quantity=None)
            numbers = [f for f in scope.own.values() if f.type in ("count", "number")]
            other_quantity = _beside(numbers, rule.quantity)
            if other_quantity is not None:
                yield self._mutant(("quantity",), rule.quantity, other_quantity, quantity=other_quantity)


def _proof(
    before: Node, after: Node, known: Known, given: Expression | None, partly: bool
) -> Callable[[], bool]:
    holding = given.compiled.root if given is not None else None
    return lambda: same(before, after, known, holding, partly)


def _dates_beside(day: date) -> Iterator[date]:
    yield day - timedelta(days=1)
    yield day + timedelta(days=1)
    for step in (-1, 1):
        yield date(day.year + step, day.month, min(day.day, 28))


def _fewer(value: Any) -> Iterator[tuple[object, object, Any]]:
    """A list or mapping without each of its members."""
    if len(value) < 2:
        return
    for one in value:
        if isinstance(value, Mapping):
            yield one, DROPPED, {k: v for k, v in value.items() if k != one}
        else:
            yield one, DROPPED, type(value)(other for other in value if other != one)


def _next(collection: Collection, name: str) -> str | None:
    return _beside(collection.fields, name)


def _beside(fields: Iterable[Field], name: str) -> str | None:
    """The field of the same type that follows this one; after the last, the first."""
    known = list(fields)
    wanted = next(f for f in known if f.name == name)
    alike = [f.name for f in known if f.type == wanted.type]
    other = alike[(alike.index(name) + 1) % len(alike)]
    return None if other == name else other


def _flag(value: bool) -> str:
    return str(value).lower()


def _one_line(text: str) -> str:
    return " ".join(text.split())
