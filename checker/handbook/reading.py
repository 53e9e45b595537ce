"""What a rule reads: the fields its expressions and measures name, by the ledger or table they stand in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.facts import Collection, Field, Vocabulary
from checker.manifest import DECLARES
from checker.ruleset import Measure, Rule

_REPORT = Bilingual("年度报告", "the annual report")
_MANIFEST = Bilingual("证据清单", "the manifest")
_LAST_YEAR = Bilingual("上年报告", "last year's report")
_OF_MANIFEST = frozenset(field.name for field in DECLARES)


@dataclass(frozen=True, slots=True)
class Source:
    """One ledger, table or document, and the fields read from it. ledger: it is an evidence file."""

    title: Bilingual
    fields: tuple[Bilingual, ...]
    ledger: bool = False


def sources(rule: Rule, vocabulary: Vocabulary) -> tuple[Source, ...]:
    """Everything a rule reads, in the order it is first named."""
    found: dict[Bilingual, dict[Bilingual, None]] = {}
    ledgers: set[Bilingual] = set()
    each = vocabulary.collections.get(rule.each or "")
    if each is not None:
        found[each.label] = {}
        ledgers |= {each.label} if each.ledger else set()
    for title, label, ledger in _read(rule, each, vocabulary):
        fields = found.setdefault(title, {})
        ledgers |= {title} if ledger else set()
        if label is not None:
            fields[label] = None
    return tuple(Source(title, tuple(fields), title in ledgers) for title, fields in found.items())


Named = tuple[Bilingual, Bilingual | None, bool]
"""A source, a field of it, and whether it is a ledger."""


def _read(rule: Rule, each: Collection | None, vocabulary: Vocabulary) -> Iterator[Named]:
    own = {measure.name for measure in rule.measures} | {parameter.name for parameter in rule.parameters}
    expressions = (rule.when, rule.where, rule.assertion, rule.rectified, rule.repeated)
    names = [name for e in expressions if e is not None for name in e.reads]
    names += [rule.quantity] if rule.quantity else []
    for measure in rule.measures:
        yield from _of_measure(measure, each, vocabulary, own)
    yield from _of_names((n for n in names if n not in own), each, vocabulary)


def _of_names(names: Iterable[str], each: Collection | None, vocabulary: Vocabulary) -> Iterator[Named]:
    for name in names:
        field = _field(each, name) if each is not None else None
        if each is not None and field is not None:
            yield each.label, _bare(field, each), each.ledger
            continue
        source = _MANIFEST if name in _OF_MANIFEST else _REPORT
        bare = name.removeprefix("previous.")
        found = vocabulary.fields.get(bare)
        if found is not None:
            yield _LAST_YEAR if bare != name else source, found.label, False


def _of_measure(
    measure: Measure, each: Collection | None, vocabulary: Vocabulary, own: set[str]
) -> Iterator[Named]:
    gone_over: Collection | None = None
    for parameter in measure.signature.parameters:
        given = measure.arguments.get(parameter.name)
        match parameter.kind:
            case "collection" | "claim":
                gone_over = vocabulary.collections.get(str(given))
                if gone_over is not None:
                    yield gone_over.label, None, gone_over.ledger
            case "member":
                name, _, column = str(given).rpartition(".")
                gone_over = vocabulary.collections.get(name)
                if gone_over is not None:
                    yield from _of_names([column], gone_over, vocabulary)
            case "sibling" if gone_over is not None and given is not None:
                yield from _of_names([str(given)], gone_over, vocabulary)
            case "field" | "fields" | "prose" if given is not None:
                named = [given] if isinstance(given, str) else list(given)
                yield from _of_names((n for n in named if n not in own), each, vocabulary)
            case "previous" if given is not None:
                yield from _of_names([str(given)], each, vocabulary)
                yield _LAST_YEAR, None, False
    if measure.where is not None and gone_over is not None:
        narrowed = (name for name in measure.where.reads if _field(gone_over, name) is not None)
        yield from _of_names(narrowed, gone_over, vocabulary)


def _field(collection: Collection, name: str) -> Field | None:
    return next((field for field in collection.fields if field.name == name), None)


def _bare(field: Field, collection: Collection) -> Bilingual:
    """The column itself, where only is asked whether it is filled in."""
    column = _field(collection, field.name.removeprefix("has_"))
    return column.label if column is not None else field.label
