"""Keys as they are compared.

Two ledgers written by two people name one item A1 and Ａ１ or "A1 "; what is no part of a number is folded.
Case, leading zeros and punctuation stay: A1 and a1 may be two items.
"""

from collections.abc import Sequence

from checker.ledger import Column, LedgerKind
from checker.ledgers.values import MARK
from checker.patterns import pattern

FOLDED = (
    "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\uff01-\uff5e]"
)
"""The characters that folding changes, as a pattern: white space, what has no width, full-width ASCII."""
_PLAIN = 40
_CHANGED = pattern(FOLDED)
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def fold(text: str) -> str:
    """A key without white space and characters that have no width, full-width ASCII as half-width."""
    return _CHANGED.sub(lambda found: _WIDE.get(found[0], ""), text)


def columns(kind: LedgerKind) -> tuple[Column, ...]:
    """The columns that hold keys: the kind's own, and those that refer to another's."""
    found = (c for c in kind.columns if c.name == kind.key or c.refers)
    return tuple(c for c in found if c.type == "text" and not c.choices)


def folded(texts: Sequence[str]) -> dict[int, str]:
    """The keys among the texts of a column that are not written as they are compared, by their place."""
    known: dict[str, str] = {}
    found = {}
    for place, text in enumerate(texts):
        if len(text) <= _PLAIN and text.isascii() and text.isalnum() or text[:1] == MARK:
            continue
        if text not in known:  # a workbook's cells may share one long text
            known[text] = fold(text)
        if known[text] != text:
            found[place] = known[text]
    return found
