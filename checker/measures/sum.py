"""The sum of one field over the records of a collection, after `where`."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind
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
    """The exact sum; the first member that is not a number makes it unknown, and is named."""
    members: tuple[Fact, ...] | Absent = arguments["sum"]
    if isinstance(members, Absent):
        return Fact(Kind.MISSING, None, "", members.locations, members.reason)
    places = tuple(place for fact in members for place in fact.locations)
    numbers = []
    for fact in members:
        if fact.kind is not Kind.NUMBER or not isinstance(fact.value, Decimal):
            return Fact(fact.kind, None, fact.text, fact.locations, fact.note)
        numbers.append(fact.value)
    total = _total(numbers)
    return Fact(Kind.NUMBER, total, f"{total:f}", places)


def value(arguments: Mapping[str, Any]) -> Decimal | None:
    """The exact sum; None of what are no numbers."""
    values = arguments["sum"]
    return _total(values) if all(isinstance(each, Decimal) for each in values) else None


def _total(numbers: Iterable[Decimal]) -> Decimal:
    with localcontext(prec=_DIGITS):
        return sum(numbers, Decimal(0))
