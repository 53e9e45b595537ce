"""The share of the records of a collection whose field is true, or holds one of some terms."""

from collections.abc import Mapping
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count, missing
from checker.measures.min import known
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="share",
    parameters=(Parameter("share", "member"), Parameter("among", "terms", required=False)),
    returns="number",
    label=Bilingual("占比（万分之）", "share (per ten thousand)"),
    filters=True,
    types=("text", "flag"),
)

_NOTHING = missing("没有可计算占比的记录", "there is no record to take a share of")
_NO_TERMS = missing("没有写明计入占比的词（among）", "the terms to take the share of are not given (among)")


def compute(arguments: Mapping[str, Any]) -> Fact:
    """Whole per ten thousand, rounded down, with the places of the first three counted; MISSING of none.

    A text counts if it is one of `among`, a flag if it is true.
    """
    members = known(arguments["share"], Kind.TEXT, Kind.FLAG)
    if isinstance(members, Fact):
        return members
    if not members:
        return _NOTHING
    terms = frozenset(arguments.get("among") or ())
    if not terms and any(fact.kind is Kind.TEXT for fact in members):
        return _NO_TERMS
    counted = [fact for fact in members if fact.value is True or fact.value in terms]
    places = [place for fact in counted or members for place in fact.locations[:1]]
    return count(len(counted) * 10_000 // len(members), *places[:3])


def value(arguments: Mapping[str, Any]) -> int | None:
    """Whole per ten thousand; None of none."""
    values, terms = arguments["share"], frozenset(arguments.get("among") or ())
    if not values or not terms and any(isinstance(each, str) for each in values):
        return None
    return sum(each is True or each in terms for each in values) * 10_000 // len(values)
