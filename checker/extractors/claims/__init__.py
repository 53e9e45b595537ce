"""Named figures the prose claims: applications received, reviews, accounts, items published …

A claim is taken only where verb, subject and classifier leave no doubt what is counted. Several claims
of one name are several statements; `whole` says which speak for all that the report's tables count.
A prose figure of applications received may or may not include those carried in: only `new_only` is sure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checker import facts, quantity
from checker.bilingual import Bilingual
from checker.extractors.claims import context, zero
from checker.extractors.claims.context import Sentence
from checker.extractors.claims.kinds import CHANNELS, KINDS
from checker.extractors.claims.narrow import is_narrow
from checker.extractors.claims.reading import figure, is_new_only
from checker.extractors.claims.scope import Issuer, whole
from checker.facts import Collection, Extract, Fact, Field, FieldType, Record
from checker.outline import Outline
from checker.quantity import OMITTED, Quantity

NEEDS = ("title",)

_YUAN = Bilingual("元", "yuan")


def _collection(name: str, label: Bilingual) -> Collection:
    kind: FieldType = "amount" if name == "fees_charged" else "number"
    unit, scale = (_YUAN, 100) if kind == "amount" else (None, 1)
    fields = [
        Field("value", kind, Bilingual("数值", "value"), unit, scale),
        Field("lowest", kind, Bilingual("至少", "at least"), unit, scale),
        Field("highest", kind, Bilingual("至多", "at most"), unit, scale),
        Field("unit", "text", Bilingual("量词", "unit")),
        Field("whole", "flag", Bilingual("指全部", "speaks for the whole")),
        Field("zero_statement", "flag", Bilingual("以文字声明为零", "states in words that there was none")),
    ]
    if name == "applications_received":
        fields.append(Field("new_only", "flag", Bilingual("只指新收", "of new applications alone")))
    return Collection(f"claims.{name}", "claim", label, tuple(fields))


DECLARES = tuple(
    _collection(name, label)
    for name, label in {**{k.name: k.label for k in KINDS}, **{c.name: c.label for c in CHANNELS}}.items()
)
_UNITS = {k.name: k.units.split()[0] for k in KINDS}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure of one name at text[start:end]; stated is None where words say there was none."""

    name: str
    start: int
    end: int
    whole: bool
    stated: Quantity | None
    new_only: bool = False


def extract(outline: Outline, found: Extract) -> Extract:
    """All claims.* collections, in reading order; those without a claim are empty."""
    issuer, year = _issuer(found), _year(found)
    records: dict[str, list[Record]] = {c.name: [] for c in DECLARES}
    for sentence in context.sentences(outline):
        for claim in sorted(_claims(sentence, issuer, year), key=lambda c: c.start):
            listed = records[f"claims.{claim.name}"]
            listed.append(_record(outline, claim, str(len(listed) + 1)))
    return Extract({}, {name: tuple(listed) for name, listed in records.items()})


def _issuer(found: Extract) -> Issuer:
    name = found.fields["report.issuer"]
    return Issuer.named(name.value if isinstance(name.value, str) else "")


def _year(found: Extract) -> int | None:
    year = found.fields["report.year"]
    return int(year.value) if isinstance(year.value, Decimal) else None


def _claims(sentence: Sentence, issuer: Issuer, year: int | None) -> Iterator[_Claim]:
    start = sentence.span.start
    for stated in context.stated(sentence):
        name = figure(stated)
        if name is not None:
            found = stated.quantity
            scope = context.tight(sentence.previous) + stated.before if sentence.continued else stated.before
            speaks = not is_narrow(name, stated) and whole(scope, stated.tail, issuer, year)
            yield _Claim(
                name, start + found.opening, start + found.end, speaks, found, is_new_only(name, stated)
            )
    for nothing in zero.zeros(sentence):
        before = context.tight(sentence.view[: nothing.start])
        speaks = not nothing.narrow and whole(before, "", issuer, year)
        yield _Claim(nothing.name, start + nothing.start, start + nothing.end, speaks, None)


def _record(outline: Outline, claim: _Claim, key: str) -> Record:
    place = outline.locate(claim.start, claim.end)
    written = outline.text[claim.start : claim.end]
    fields = {
        **_values(claim, written, outline),
        "unit": _unit(claim, outline),
        "whole": facts.flag(claim.whole, place),
        "zero_statement": facts.flag(claim.stated is None, place),
    }
    if claim.name == "applications_received":
        fields["new_only"] = facts.flag(claim.new_only, place)
    return Record(key, Bilingual(written, written), fields, (place,), claim.start)


def _values(claim: _Claim, written: str, outline: Outline) -> dict[str, Fact]:
    place = outline.locate(claim.start, claim.end)
    if claim.stated is None:
        return dict.fromkeys(("value", "lowest", "highest"), quantity.number(Decimal(0), written, place))
    return quantity.numbers(claim.stated, written, place, fractions=claim.name == "fees_charged")


def _unit(claim: _Claim, outline: Outline) -> Fact:
    place = outline.locate(claim.start, claim.end)
    if claim.stated is None:
        return facts.words(_UNITS[claim.name], place)
    if claim.stated.unit in ("", OMITTED):
        return facts.missing("没有写量词", "no classifier", place)
    return facts.words(claim.stated.unit, place)
