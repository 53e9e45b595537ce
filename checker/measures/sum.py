"""The sum of one field over the records of a collection, after `where`."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind
from checker.measures.min import weight
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="sum",
    parameters=(Parameter("sum", "member"),),
    returns=None,
    label=Bilingual("合计", "sum"),
    filters=True,
)

_DIGITS = 1000
"""A Decimal sum is rounded to 28 digits unless told otherwise."""


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The exact sum; the first member that is not a number makes it unknown, and is named, a blank last."""
    members: tuple[Fact, ...] | Absent = arguments["sum"]
    if isinstance(members, Absent):
        return Fact(Kind.MISSING, None, "", members.locations, members.reason)
    places = tuple(place for fact in members for place in fact.locations)
    numbers = [fact.value for fact in members if isinstance(fact.value, Decimal)]
    if len(numbers) < len(members):
        first = min((fact for fact in members if not isinstance(fact.value, Decimal)), key=weight)
        return Fact(first.kind, None, first.text, first.locations, first.note)
    total = _total(numbers)
    return Fact(Kind.NUMBER, total, f"{total:f}", places)


def value(arguments: Mapping[str, Any]) -> Decimal | None:
    """The exact sum; None of what are no numbers."""
    values = arguments["sum"]
    return _total(values) if all(isinstance(each, Decimal) for each in values) else None


def _total(numbers: Iterable[Decimal]) -> Decimal:
    with localcontext(prec=_DIGITS):
        return sum(numbers, Decimal(0))
