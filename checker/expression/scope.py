"""Which names an expression may read, and what each of them is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Collection, Field, Vocabulary
from checker.ruleset import Measure


@dataclass(frozen=True, slots=True)
class Scope:
    """The scalars of the vocabulary under their dotted names, and `own`: the fields of one collection
    and a rule's measures under their bare names. An own name hides a scalar of the same name."""

    vocabulary: Vocabulary
    collection: Collection | None = None
    own: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(
        cls, vocabulary: Vocabulary, collection: str | None = None, measures: Iterable[Measure] = ()
    ) -> "Scope":
        """The scope of a rule that ranges over `collection` (None: the report as a whole)."""
        records = vocabulary.collections[collection] if collection is not None else None
        own = {f.name: f for f in records.fields} if records else {}
        own.update((m.name, measure_field(m, vocabulary, collection)) for m in measures)
        return cls(vocabulary, records, own)

    def find(self, name: str) -> Field | None:
        return self.own.get(name) or self.vocabulary.fields.get(name)

    def names(self) -> Iterator[str]:
        """Every name in scope, own names first."""
        yield from self.own
        yield from self.vocabulary.fields


def measure_field(measure: Measure, vocabulary: Vocabulary, each: str | None) -> Field:
    """A measure as a field: its type, its label in words, and the unit of what it is computed from."""
    names = _Names(vocabulary, each)
    source = names.source(measure)
    inherits = source is not None and source.type == measure.returns
    return Field(
        name=measure.name,
        type=measure.returns,  # type: ignore[arg-type]  # one of the field types: the loader has seen to it
        label=names.label(measure),
        unit=source.unit if source and inherits else None,
        scale=source.scale if source and inherits else 1,
    )


def field_of(vocabulary: Vocabulary, member: str) -> Field | None:
    """The field that `collection.field` names."""
    collection, _, name = member.rpartition(".")
    found = vocabulary.collections.get(collection)
    return next((f for f in found.fields if f.name == name), None) if found else None


class _Names:
    """What the arguments of a measure name, and what readers call it."""

    def __init__(self, vocabulary: Vocabulary, each: str | None) -> None:
        self.vocabulary = vocabulary
        self.each = each

    def field(self, name: str) -> Field | None:
        own = field_of(self.vocabulary, f"{self.each}.{name}") if self.each else None
        return own or self.vocabulary.fields.get(name)

    def source(self, measure: Measure) -> Field | None:
        """The field a measure's first argument names, if it names one."""
        parameter = measure.signature.parameters[0]
        named = measure.arguments.get(parameter.name)
        if not isinstance(named, str):
            return None
        if parameter.kind == "claim":
            return field_of(self.vocabulary, f"{named}.value")
        return field_of(self.vocabulary, named) if parameter.kind == "member" else self.field(named)

    def label(self, measure: Measure) -> Bilingual:
        """What it computes, of what."""
        parameters = measure.signature.parameters
        told = [t for p in parameters if (t := self._argument(p.kind, measure.arguments.get(p.name)))]
        label = measure.signature.label
        if not told:
            return label
        zh, en = "，".join(t.zh for t in told), ", ".join(t.en for t in told)
        return Bilingual(f"{label.zh}（{zh}）", f"{label.en} ({en})")

    def _argument(self, kind: str, written: Any) -> Bilingual | None:
        if not isinstance(written, str) or kind in ("terms", "words"):
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
