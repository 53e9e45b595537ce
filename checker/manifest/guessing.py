"""Which kind of ledger a file is, by its name and its headers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from checker.ledger import LedgerKind, heading

_FEWEST, _LEAD = 3, 2
_TITLE_ENDS = ("台账", "记录", "登记簿")


@dataclass(frozen=True, slots=True)
class Guess:
    """kind: the kind if it is beyond doubt. perhaps: what it might be where it is not."""

    kind: str | None = None
    perhaps: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """How many headers of a file are columns of a kind, and how many are not."""

    known: int
    strange: int


Matching = Callable[[LedgerKind], Match | None]
"""How a file matches a kind; None where it lacks what the kind requires."""


def guess(name: str, kinds: Mapping[str, LedgerKind], match: Matching) -> Guess:
    """The kind of a file of this name (without folder and suffix).

    A kind is beyond doubt if the file has its required columns, and is named after it or has headers of
    which no other kind knows nearly as many.
    """
    named = [kind.id for kind in kinds.values() if _is_named(name, kind)]
    found = {id: fit for id in named or kinds if (fit := match(kinds[id])) is not None}
    if not found:
        return Guess(perhaps=named[0] if named else None)
    first, *others = sorted(found, key=lambda kind: (-found[kind].known, kind))
    lead = found[first].known - max((found[id].known for id in others), default=0)
    if named:
        return Guess(first) if lead else Guess(perhaps=first)
    told = found[first].known >= max(_FEWEST, found[first].strange)
    return Guess(first) if told and lead >= _LEAD else Guess(perhaps=first)


def _is_named(name: str, kind: LedgerKind) -> bool:
    title = kind.title.zh
    for end in _TITLE_ENDS:
        title = title.removesuffix(end)
    folded = heading(name)
    return any(heading(word) in folded for word in (kind.id, title, kind.title.en))
