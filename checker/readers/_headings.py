"""What makes a short line a heading in any kind of document: its enumerator."""

import re

from checker import comparison

NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS = (
    (2, re.compile(rf"{NUMERAL} ?[、.] *\S")),
    (3, re.compile(rf"\({NUMERAL}\)")),
)
LONGEST = 40


def level(text: str) -> int:
    """2 for `一、…` and 3 for `（一）…` in a short line without a full stop or semicolon inside; else 0."""
    if len(text) > LONGEST:
        return 0
    view = comparison.view(text).rstrip(" 。:")
    if "。" in view or ";" in view:
        return 0
    return next((number for number, pattern in _LEVELS if pattern.match(view)), 0)
