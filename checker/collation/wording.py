"""What differs within a sentence, and what is only written differently.

Two texts are the same where their keys are: the comparison view without white space, but for one blank
between two numbers, and without the separators of grouped thousands.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from checker import comparison
from checker.collation.shape import Figure, Manner

_THIN = "\u00a0\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_GROUPED = re.compile(rf"(?<![\d,.])\d{{1,3}}(?:(?:,\d{{3}})+|(?:[{_THIN}]\d{{3}})+)(?![\d,])")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.", re.DOTALL)
_LONGEST = 1500
"""Tokens on either side within which differences are looked for one by one; a longer stretch that
differs is told as a whole."""
_JOINED = 1
"""So many equal characters between two differences do not part them."""


def key(text: str) -> str:
    """What two texts are compared by."""
    return _keyed(text).key


@dataclass(frozen=True, slots=True)
class _Keyed:
    """A key and, for each of its characters, the offset in the text."""

    key: str
    offsets: tuple[int, ...]


def _keyed(text: str) -> _Keyed:
    view = comparison.view(text)
    # Thin blanks may group thousands; in the view they are blanks like any other.
    folded = "".join(c if c in _THIN else v for c, v in zip(text, view, strict=True))
    dropped = {
        offset
        for match in _GROUPED.finditer(folded)
        for offset in range(match.start(), match.end())
        if not folded[offset].isdecimal()
    }
    kept = [i for i, character in enumerate(view) if i not in dropped and not character.isspace()]
    parting = {i + 1 for i, j in zip(kept, kept[1:], strict=False) if _parts(view, i, j, dropped)}
    offsets = sorted({*kept, *parting})
    return _Keyed("".join(" " if i in parting else view[i] for i in offsets), tuple(offsets))


def _parts(view: str, i: int, j: int, dropped: set[int]) -> bool:
    """Whether only a blank keeps two numbers apart: without it 1 23 were 12 3."""
    return j > i + 1 and view[i].isdecimal() and view[j].isdecimal() and i + 1 not in dropped


@dataclass(frozen=True, slots=True)
class Differing:
    """The parts of two texts that differ, as offsets, and the figures in them."""

    a: tuple[tuple[int, int], ...]
    b: tuple[tuple[int, int], ...]
    figures: tuple[Figure, ...]


def differing(a: str, b: str) -> Differing:
    """What of two texts with different keys differs."""
    ours, theirs = _tokens(a), _tokens(b)
    changes = _changes([t[0] for t in ours], [t[0] for t in theirs])
    figures = [f for i1, i2, j1, j2 in changes for f in _figures(a, ours[i1:i2], b, theirs[j1:j2])]
    return Differing(
        tuple((ours[i1][1], ours[i2 - 1][2]) for i1, i2, _, _ in changes if i2 > i1),
        tuple((theirs[j1][1], theirs[j2 - 1][2]) for _, _, j1, j2 in changes if j2 > j1),
        tuple(figures),
    )


_Token = tuple[str, int, int]
"""Its key, and the offsets in the text where it starts and ends."""


def _tokens(text: str) -> list[_Token]:
    keyed = _keyed(text)
    return [
        (m.group(), keyed.offsets[m.start()], keyed.offsets[m.end() - 1] + 1)
        for m in _TOKEN.finditer(keyed.key)
    ]


_Change = tuple[int, int, int, int]


def _changes(ours: list[str], theirs: list[str]) -> list[_Change]:
    first = _common(ours, theirs)
    last = _common(ours[first:][::-1], theirs[first:][::-1])
    mine, yours = ours[first : len(ours) - last], theirs[first : len(theirs) - last]
    if max(len(mine), len(yours)) > _LONGEST:
        return [(first, first + len(mine), first, first + len(yours))]
    found: list[_Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i1 + first - found[-1][1] <= _JOINED:
            found[-1] = (found[-1][0], i2 + first, found[-1][2], j2 + first)
        else:
            found.append((i1 + first, i2 + first, j1 + first, j2 + first))
    return found


def _common(ours: list[str], theirs: list[str]) -> int:
    return next(
        (n for n, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
        min(len(ours), len(theirs)),
    )


def _figures(a: str, ours: list[_Token], b: str, theirs: list[_Token]) -> list[Figure]:
    mine = [a[start:end] for token, start, end in ours if token[0].isdecimal()]
    yours = [b[start:end] for token, start, end in theirs if token[0].isdecimal()]
    if len(mine) == len(yours):
        return [Figure(*both) for both in zip(mine, yours, strict=True) if key(both[0]) != key(both[1])]
    return [Figure(one, None) for one in mine] + [Figure(None, other) for other in yours]


def manners(a: str, b: str) -> tuple[Manner, ...]:
    """How two texts of the same key differ in writing; none where they do not."""
    found: set[Manner] = set()
    one, other = _keyed(a), _keyed(b)
    if _spaces(a, one) != _spaces(b, other):
        found.add("space")
    if _separators(a, one) != _separators(b, other):
        found.add("grouping")
    for i, j in zip(one.offsets, other.offsets, strict=True):
        if a[i] != b[j]:
            found.add(_manner(a[i], b[j]))
    return tuple(m for m in _MANNERS if m in found)


_MANNERS: tuple[Manner, ...] = ("script", "width", "space", "punctuation", "grouping")


def _separators(text: str, keyed: _Keyed) -> int:
    """How many characters that are no blanks the key leaves out."""
    return len(comparison.squeeze(text)) - len(keyed.key.replace(" ", ""))


def _spaces(text: str, keyed: _Keyed) -> list[int]:
    """How much blank stands before each character but the first; at the ends it counts for nothing."""
    view = comparison.view(text)
    return [
        sum(character.isspace() for character in view[before:after]) if after - before > 1 else 0
        for before, after in zip(keyed.offsets, keyed.offsets[1:], strict=False)
    ]


def _manner(one: str, other: str) -> Manner:
    if any("\uff01" <= character <= "\uff5e" for character in (one, other)):
        return "width"
    return "script" if one.isalpha() or other.isalpha() else "punctuation"
