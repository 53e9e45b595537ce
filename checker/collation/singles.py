"""Single facts, figures stated in prose, and the headings of the sections, side by side."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from checker.bilingual import Bilingual
from checker.collation.shape import Pair, Relation, Side
from checker.collation.values import matched, pair
from checker.collation.wording import key
from checker.facts import Fact, Field, Kind, Record, Vocabulary, missing
from checker.outline import NUMERALS, Outline

_OF_TABLES = ("applications.", "disclosure.", "disclosure_2019.", "proceedings.")
_CLAIMS = "claims."
_DATE = "report.stated_on"
_SIDES = tuple[Side, Side]


def singles(
    a: Side, b: Side, vocabulary: Vocabulary, outlines: tuple[Outline, Outline], lengths: bool
) -> tuple[Pair, ...]:
    """Every fact that stands for itself: no cells of the tables (but their formats), no running text.

    lengths: of texts too, which says nothing more where the texts themselves are compared.
    """
    found = (
        _single(name, vocabulary.fields.get(name), a, b)
        for name in dict.fromkeys((*a.facts.fields, *b.facts.fields))
        if (not name.startswith(_OF_TABLES) or name.endswith(".format"))
        and (lengths or not name.endswith(".length"))
    )
    return tuple(_of_the_report(each, outlines) for each in found if each is not None)


def _of_the_report(found: Pair, outlines: tuple[Outline, Outline]) -> Pair:
    """A date of publication is the page's own: the same report published elsewhere has another, or none."""
    if found.name != _DATE or found.relation in (Relation.EQUAL, Relation.WRITTEN):
        return found
    facts = zip((found.a, found.b), outlines, strict=True)
    if all(fact is None or fact.kind is Kind.MISSING or _signed(fact, outline) for fact, outline in facts):
        return found
    return replace(found, relation=Relation.BESIDE, reason=None)


def _signed(fact: Fact, outline: Outline) -> bool:
    pieces = outline.pieces_in(outline.signature) if outline.signature else ()
    places = {replace(p.block.locate(0, 0), quote=None, character=None) for p in pieces}
    return any(replace(place, quote=None, character=None) in places for place in fact.locations)


def _single(name: str, field: Field | None, a: Side, b: Side) -> Pair | None:
    if field is not None and field.type == "prose":
        return None
    label = field.label if field else Bilingual(name, name)
    found = pair(name, label, a.facts.fields.get(name), b.facts.fields.get(name), (a, b))
    if found is None or field is None or field.type not in ("flag", "count", "number", "date"):
        return found
    # The text of a flag, a date or a count made here is only where it was seen; what it says is the same.
    return replace(found, relation=Relation.EQUAL) if found.relation is Relation.WRITTEN else found


def claims(a: Side, b: Side, vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """What the prose states in figures, by what it is of: those that agree, then those that are left."""
    found = []
    for name, collection in vocabulary.collections.items():
        if name.startswith(_CLAIMS):
            for number, (one, other) in enumerate(_matched(a, b, name, _stated), start=1):
                found.append(_claim(f"{name}.{number}", collection.label, one, other, (a, b)))
    return tuple(each for each in found if each is not None)


_Two = tuple[Record | None, Record | None]


def _matched(a: Side, b: Side, collection: str, same: Callable[[Record], Hashable]) -> list[_Two]:
    return matched(list(a.facts.records(collection)), list(b.facts.records(collection)), same)


def _stated(record: Record) -> Hashable:
    """What a claim states: its value, how near it is, and of what unit."""
    values = tuple(
        record.fields[name].value for name in ("value", "lowest", "highest") if name in record.fields
    )
    unit = record.fields.get("unit")
    return values, key(unit.text) if unit else ""


def _claim(name: str, label: Bilingual, a: Record | None, b: Record | None, sides: _SIDES) -> Pair | None:
    found = pair(name, label, _as_written(a), _as_written(b), sides)
    if found is None or a is None or b is None or found.relation is Relation.INCOMPARABLE:
        return found
    if _stated(a) != _stated(b):
        return replace(found, relation=Relation.DIFFERENT)
    return found


def _as_written(record: Record | None) -> Fact | None:
    if record is None:
        return None
    value = record.fields["value"]
    return replace(value, text=record.label.zh, locations=record.locations)


# Headings


def headings(a: Side, b: Side, outlines: tuple[Outline, Outline]) -> tuple[Pair, ...]:
    """The six sections as headed, their order, labels of the tables that are not as on the form and stand
    there otherwise in the other report, and headings and rows beyond the official ones."""
    found = [*_sections(a, b, outlines), _order(a, b, outlines), *_labels(a, b)]
    for collection, label in _BEYOND.items():
        for number, (one, other) in enumerate(_matched(a, b, collection, _headed), start=1):
            facts = _heading_fact(one), _heading_fact(other)
            found.append(pair(f"{collection}.{number}", label, *facts, (a, b)))
    return tuple(each for each in found if each is not None)


def _headed(record: Record) -> Hashable:
    return key(record.label.zh)


def _labels(a: Side, b: Side) -> Iterator[Pair | None]:
    others = {record.key: record for record in b.facts.records("table_rows")}
    for record in a.facts.records("table_rows"):
        other = others.get(record.key)
        official = {each.fields["label_official"].value for each in (record, other) if each is not None}
        if other is not None and False in official and None not in official:
            found = pair(f"table_rows.{record.key}", record.label, _label(record), _label(other), (a, b))
            if found is not None and found.relation is not Relation.EQUAL:
                yield found


def _label(record: Record) -> Fact | None:
    quotes = [place for place in record.locations if place.quote]
    return Fact(Kind.TEXT, quotes[0].quote, quotes[0].quote or "", tuple(quotes[:1])) if quotes else None


_BEYOND = {
    "extra_sections": Bilingual("六部分之外的标题", "heading beyond the six"),
    "extra_rows": Bilingual("表格格式之外的行或列", "row or column the form does not have"),
}


def _sections(a: Side, b: Side, outlines: tuple[Outline, Outline]) -> Iterator[Pair | None]:
    for number, record in enumerate(a.facts.records("sections"), start=1):
        yield pair(
            f"section.{number}",
            record.label,
            _heading(outlines[0], number),
            _heading(outlines[1], number),
            (a, b),
        )


def _heading(outline: Outline, number: int) -> Fact:
    section = outline.section(number)
    if section is None:
        return missing("没有找到这个标题", "the heading was not found")
    start, end = section.heading.start, section.heading.end
    return _text(outline.text[start:end].strip(), outline, start, end)


def _order(a: Side, b: Side, outlines: tuple[Outline, Outline]) -> Pair | None:
    """The order of those sections both have; a missing one is told by itself."""
    both = {s.number for s in outlines[0].sections} & {s.number for s in outlines[1].sections}
    orders = [[s for s in outline.sections if s.number in both] for outline in outlines]
    if not both:
        return None
    first, second = (
        _text(
            "".join(NUMERALS[s.number - 1] for s in order),
            outline,
            order[0].heading.start,
            order[0].heading.end,
        )
        for order, outline in zip(orders, outlines, strict=True)
    )
    return pair("sections.order", Bilingual("各部分次序", "order of the sections"), first, second, (a, b))


def _text(words: str, outline: Outline, start: int, end: int) -> Fact:
    return Fact(Kind.TEXT, words, words, (outline.locate(start, end),))


def _heading_fact(record: Record | None) -> Fact | None:
    if record is None:
        return None
    return Fact(Kind.TEXT, record.label.zh, record.label.zh, record.locations)
