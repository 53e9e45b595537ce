"""The holes of a message: `{name}`; `{{` and `}}` are literal braces."""

import re
from collections.abc import Mapping

from checker.patterns import pattern

_PARTS = pattern(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def holes(message: str) -> tuple[str, ...]:
    """The names in braces, in order; a lone brace counts as a hole with an empty name."""
    return tuple(name for name, _ in placed_holes(message))


def placed_holes(message: str) -> tuple[tuple[str, int], ...]:
    """The holes, each with the offset of its opening brace."""
    if "{" not in message and "}" not in message:
        return ()
    found = (m for m in _PARTS.finditer(message) if m.group() not in ("{{", "}}"))
    return tuple(((m.group(1) or "").strip(), m.start()) for m in found)


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with every hole filled."""

    def part(match: re.Match[str]) -> str:
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        return values[(match.group(1) or "").strip()]

    return _PARTS.sub(part, message)
