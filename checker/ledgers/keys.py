"""Keys as they are compared, and the rows that sum up others and so are no records.

Two ledgers written by two people name one item A1 and Ａ１ or "A1 "; what is no part of a number is folded.
Case, leading zeros and punctuation stay: A1 and a1 may be two items.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from checker.ledger import Column, LedgerKind
from checker.ledgers.values import MARK, SLASHES

FOLDED = (
    "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\uff01-\uff5e]"
)
"""The characters that folding changes, as a pattern: white space, what has no width, full-width ASCII."""
TOTALS = ("合计", "总计", "小计")
LONGEST_TOTAL = 20
"""Characters of a cell that may say that its row is a sum."""
_PLAIN = 40
_CHANGED = re.compile(FOLDED)
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


def sums_up(kind: LedgerKind, layout: Mapping[str, int]) -> Callable[[Sequence[str]], bool]:
    """Whether a row is a sum: its key or first filled cell says so, and no other cell names a record."""
    naming = {kind.key, *kind.shown, *(c.name for c in columns(kind))}
    places = sorted(place for name, place in layout.items() if name in naming)
    key = layout.get(kind.key or "")

    def test(row: Sequence[str]) -> bool:
        if not any(len(cell) <= LONGEST_TOTAL and "计" in cell for cell in row):
            return False
        first = next((cell for cell in row if cell.strip()), "")
        if not (is_total(first) or key is not None and is_total(row[key])):
            return False
        return all(is_total(row[place]) or row[place].strip() in SLASHES for place in places)

    return test


def is_total(cell: str) -> bool:
    return len(cell) <= LONGEST_TOTAL and fold(cell).rstrip(":") in TOTALS
