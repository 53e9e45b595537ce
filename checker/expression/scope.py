"""Which names an expression may read, and what each of them is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.bilingual import Bilingual
from checker.expression.words import formula
from checker.facts import Collection, Field, Vocabulary
from checker.ruleset import Measure, RuleParameter

TERMS_SHOWN = 8
"""More terms than these are only counted in a measure's label."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The scalars of the vocabulary under their dotted names, and `own`: the fields of one collection
    and a rule's measures and parameters under their bare names. An own name hides a scalar of the
    same name."""

    vocabulary: Vocabulary
    collection: Collection | None = None
    own: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        vocabulary: Vocabulary,
        collection: str | None = None,
        measures: Iterable[Measure] = (),
        parameters: Iterable[RuleParameter] = (),
    ) -> "Scope":
        """The scope of a rule that ranges over `collection` (None: the report as a whole)."""
        records = vocabulary.collections[collection] if collection is not None else None
        own = {f.name: f for f in records.fields} if records else {}
        own.update((p.name, parameter_field(p)) for p in parameters)
        told: dict[str, Field] = {}
        for measure in measures:
            told[measure.name] = measure_field(measure, vocabulary, collection, told)
        own.update(told)
        return cls(vocabulary, records, own)

    def find(self, name: str) -> Field | None:
        return self.own.get(name) or self.vocabulary.fields.get(name)

    def names(self) -> Iterator[str]:
        """Every name in scope, own names first."""
        yield from self.own
        yield from self.vocabulary.fields


def parameter_field(parameter: RuleParameter) -> Field:
    """A parameter as a field; its value is part of its label, so that a formula says it."""
    zh, en = parameter.label
    label = Bilingual(f"{zh}（{parameter.value}）", f"{en} ({parameter.value})")
    return Field(parameter.name, parameter.type, label)


def measure_field(
    measure: Measure, vocabulary: Vocabulary, each: str | None, others: Mapping[str, Field] | None = None
) -> Field:
    """A measure as a field: its type, its label in words, and the unit of what it is computed from.

    others: the measures before it, which it may be computed from.
    """
    names = _Names(vocabulary, each, others or {})
    source = names.source(measure)
    inherits = source is not None and source.type == measure.returns
    return Field(
        name=measure.name,
        type=measure.returns,  # type: ignore[arg-type]  # one of the field types: the loader has seen to it
        label=measure.label or measure.signature.label,
        unit=source.unit if source and inherits else None,
        scale=source.scale if source and inherits else 1,
    )


def measure_label(
    measure: Measure,
    vocabulary: Vocabulary,
    each: str | None,
    others: Mapping[str, Field] | None = None,
    parameters: Iterable[RuleParameter] = (),
) -> Bilingual:
    """A measure in words: what it computes, of what, and where."""
    names = _Names(vocabulary, each, others or {})
    told = list(names.arguments(measure))
    if measure.match:
        told.extend(names.joins(measure))
    if measure.where is not None:
        records = Scope.of(vocabulary, collection_of(measure), (), parameters)
        zh, en = formula(measure.where, records, "zh"), formula(measure.where, records, "en")
        told.append(Bilingual(f"其中 {zh}", f"where {en}"))
    label = measure.signature.label
    if not told:
        return label
    zh, en = "，".join(t.zh for t in told), ", ".join(t.en for t in told)
    return Bilingual(f"{label.zh}（{zh}）", f"{label.en} ({en})")


def collection_of(measure: Measure) -> str | None:
    """The collection a measure goes over, if it goes over one."""
    for parameter in measure.signature.parameters:
        named = measure.arguments.get(parameter.name)
        if parameter.kind in ("collection", "claim") and named is not None:
            return str(named)
        if parameter.kind == "member" and named is not None:
            return str(named).rpartition(".")[0]
    return None


def field_of(vocabulary: Vocabulary, member: str) -> Field | None:
    """The field that `collection.field` names."""
    collection, _, name = member.rpartition(".")
    found = vocabulary.collections.get(collection)
    return next((f for f in found.fields if f.name == name), None) if found else None


class _Names:
    """What the arguments of a measure name, and what readers call it."""

    def __init__(self, vocabulary: Vocabulary, each: str | None, others: Mapping[str, Field]) -> None:
        self.vocabulary = vocabulary
        self.each = each
        self.others = others

    def field(self, name: str) -> Field | None:
        if name in self.others:
            return self.others[name]
        own = field_of(self.vocabulary, f"{self.each}.{name}") if self.each else None
        return own or self.vocabulary.fields.get(name)

    def source(self, measure: Measure) -> Field | None:
        """The field a measure's first argument names, if it names one."""
        parameter = measure.signature.parameters[0]
        named = measure.arguments.get(parameter.name)
        if parameter.kind == "fields" and named:
            named = named[0]
        if not isinstance(named, str):
            return None
        if parameter.kind == "claim":
            return field_of(self.vocabulary, f"{named}.value")
        return field_of(self.vocabulary, named) if parameter.kind == "member" else self.field(named)

    def joins(self, measure: Measure) -> Iterator[Bilingual]:
        """By what the records belong to the one at hand."""
        pairs = [
            (ours.label, theirs.label)
            for left, right in measure.match
            if (ours := self.field(left))
            and (theirs := field_of(self.vocabulary, f"{collection_of(measure)}.{right}"))
        ]
        same = [own for own, their in pairs if own == their]
        if same:
            zh, en = "、".join(s.zh for s in same), " and ".join(s.en for s in same)
            yield Bilingual(f"{zh}与本行相同", f"with the same {en}")
        for own, their in pairs:
            if own != their:
                yield Bilingual(f"{their.zh}为本行的{own.zh}", f"whose {their.en} is this one's {own.en}")

    def arguments(self, measure: Measure) -> Iterator[Bilingual]:
        """What the arguments name, in words; the terms looked for come last."""
        given = [(p.kind, measure.arguments.get(p.name)) for p in measure.signature.parameters]
        for kind, written in sorted(given, key=lambda pair: pair[0] == "terms"):
            if kind == "fields":
                yield from filter(None, (self._argument("field", name) for name in written or ()))
                continue
            told = _terms(written) if kind == "terms" else self._argument(kind, written)
            if told is not None:
                yield told

    def _argument(self, kind: str, written: Any) -> Bilingual | None:
        if not isinstance(written, str) or kind in ("words", "sibling"):
            return None
        if kind in ("collection", "claim"):
            return self.vocabulary.collections[written].label
        if kind == "member":
            collection = self.vocabulary.collections[written.rpartition(".")[0]].label
            member = field_of(self.vocabulary, written)
            assert member is not None
            return Bilingual(f"{collection.zh}的{member.label.zh}", f"{member.label.en} of {collection.en}")
        named = self.field(written.removeprefix("previous."))
        if named is None or not written.startswith("previous."):
            return named.label if named else None
        return Bilingual(f"上年{named.label.zh}", f"last year's {named.label.en}")


def _terms(written: Any) -> Bilingual | None:
    """The terms looked for: the first few, and how many there are."""
    terms = list(written or ())
    if not terms:
        return None
    shown = "、".join(f"“{term}”" for term in terms[:TERMS_SHOWN])
    if len(terms) <= TERMS_SHOWN:
        return Bilingual(shown, shown)
    return Bilingual(f"{shown} 等 {len(terms)} 个", f"{shown} and {len(terms) - TERMS_SHOWN} more")
