"""Whether one field never goes back when the records are taken in the order of another.

Records equal in that order are not compared with one another. Days and moments compare at the coarser
precision of the two, in both fields.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, flag
from checker.measures.min import alike, known, span, weight
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="ordered",
    parameters=(Parameter("ordered", "member"), Parameter("by", "sibling")),
    returns="flag",
    label=Bilingual("次序不倒", "never goes back"),
    filters=True,
    types=("date", "moment", "number", "count"),
)


class _Step(NamedTuple):
    """One record: the span of its place in the order, the span of its value, and the fact it stands in."""

    place: tuple[Any, Any]
    value: tuple[Any, Any]
    fact: Fact | None


def compute(arguments: Mapping[str, Any]) -> Fact:
    """False with the places of two members that stand the wrong way round; true for fewer than two.

    `order`, where given, maps the words of `by` to their rank; other words rank by their characters.
    """
    members = known(arguments["ordered"], Kind.DATE, Kind.NUMBER)
    by = known(arguments["by"], Kind.DATE, Kind.NUMBER, Kind.TEXT)
    if isinstance(members, Fact) or isinstance(by, Fact):
        gaps = [gap for gap in (members, by) if isinstance(gap, Fact)]
        return min(gaps, key=weight)
    ranks: Mapping[str, int] = arguments.get("order") or {}
    steps = [_Step(_place(b.value, ranks), span(m.value), m) for m, b in zip(members, by, strict=True)]
    back = _back(steps)
    shown = [step.fact for step in back if step.fact] if back else members[:1]
    return flag(not back, *(place for fact in shown for place in fact.locations[:1]))


def value(arguments: Mapping[str, Any]) -> bool | None:
    """Whether it never goes back; None where `by` is no order."""
    values, by = arguments["ordered"], arguments["by"]
    if bool in set(map(type, by)):
        return None
    ranks: Mapping[str, int] = arguments.get("order") or {}
    places = [ranks[str(b)] for b in by] if ranks else by
    if alike(values) and alike(places):
        steps = sorted(zip(places, values, strict=True))
        return not any(late < early and one != other for (one, early), (other, late) in pairwise(steps))
    return not _back([_Step(span(p), span(v), None) for v, p in zip(values, places, strict=True)])


def _place(value: Any, ranks: Mapping[str, int]) -> tuple[Any, Any]:
    if not ranks:
        return span(value)
    rank = ranks[str(value)]
    return rank, rank


def _back(steps: Sequence[_Step]) -> tuple[_Step, _Step] | None:
    """A member and a lesser one that is certainly later in the order; None where there is no such pair.

    Two sorted passes rather than neighbours compared: at mixed precision being equal is not transitive.
    """
    ended = iter(sorted(steps, key=lambda step: step.place[1]))
    before = next(ended, None)
    latest: _Step | None = None
    for step in sorted(steps, key=lambda step: step.place[0]):
        while before is not None and before.place[1] < step.place[0]:
            if latest is None or before.value[0] > latest.value[0]:
                latest = before
            before = next(ended, None)
        if latest is not None and step.value[1] < latest.value[0]:
            return latest, step
    return None
