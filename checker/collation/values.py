"""How two facts relate. 0, a blank, a slash and what could not be read are four different statements."""

from collections.abc import Callable, Hashable, Sequence
from itertools import zip_longest
from typing import TypeVar

from checker.bilingual import Bilingual
from checker.collation.shape import Pair, Relation, Side
from checker.collation.wording import key
from checker.facts import Fact, Kind

_T = TypeVar("_T")
_UNCERTAIN = (Kind.UNREADABLE, Kind.DOUBTFUL)
_LOST = Bilingual(
    "读取时有内容没有读出，不能认定没有这一项", "something was lost in reading, so that it may be there"
)


def pair(
    name: str, label: Bilingual, a: Fact | None, b: Fact | None, sides: tuple[Side, Side]
) -> Pair | None:
    """The two facts together; None where neither report says anything."""
    if _missing(a) and _missing(b) and not any(fact is not None and _uncertain(fact) for fact in (a, b)):
        return None
    reason = _reason(a, b, sides)
    relation = Relation.INCOMPARABLE if reason else _relation(a, b)
    return Pair(name, label, relation, a, b, reason)


def _reason(a: Fact | None, b: Fact | None, sides: tuple[Side, Side]) -> Bilingual | None:
    """Why nothing can be said of the two."""
    for letter, fact, side in zip("AB", (a, b), sides, strict=True):
        if fact is not None and _uncertain(fact):
            note = fact.note or Bilingual("无法辨认", "unreadable")
            return Bilingual(f"{letter} {note.zh}", f"{letter}: {note.en}")
        if _missing(fact) and side.losses:
            return lost(letter)
    return None


def lost(letter: str) -> Bilingual:
    """Why the absence of something on a side that was not read whole says nothing."""
    return Bilingual(f"{letter} {_LOST.zh}", f"{letter}: {_LOST.en}")


def _relation(a: Fact | None, b: Fact | None) -> Relation:
    if _missing(b):
        return Relation.ONLY_A
    if _missing(a):
        return Relation.ONLY_B
    assert a is not None and b is not None
    if a.kind is not b.kind:
        return Relation.DIFFERENT
    if a.kind in (Kind.NUMBER, Kind.FLAG, Kind.DATE) and a.value != b.value:
        return Relation.DIFFERENT
    if a.kind is Kind.TEXT and key(a.text) != key(b.text):
        return Relation.DIFFERENT
    return Relation.EQUAL if a.text == b.text else Relation.WRITTEN


def _missing(fact: Fact | None) -> bool:
    return fact is None or fact.kind is Kind.MISSING


def _uncertain(fact: Fact) -> bool:
    return fact.kind in _UNCERTAIN


def matched(
    ours: Sequence[_T], theirs: Sequence[_T], same: Callable[[_T], Hashable]
) -> list[tuple[_T | None, _T | None]]:
    """Members of two lists in pairs: those that are the same, then what is left in order."""
    places: dict[Hashable, list[int]] = {}
    for index in reversed(range(len(theirs))):
        places.setdefault(same(theirs[index]), []).append(index)
    twins = [found.pop() if (found := places.get(same(one))) else None for one in ours]
    taken = set(twins)
    rest = [other for index, other in enumerate(theirs) if index not in taken]
    left = [one for one, twin in zip(ours, twins, strict=True) if twin is None]
    pairs: list[tuple[_T | None, _T | None]] = [
        (one, theirs[twin]) for one, twin in zip(ours, twins, strict=True) if twin is not None
    ]
    return pairs + list(zip_longest(left, rest))
