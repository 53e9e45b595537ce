"""The holes of a message: `{name}`; `{{` and `}}` are literal braces."""

import re
from collections.abc import Mapping

_PARTS = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def holes(message: str) -> tuple[str, ...]:
    """The names in braces, in order; a lone brace counts as a hole with an empty name."""
    found = _PARTS.finditer(message)
    return tuple((m.group(1) or "").strip() for m in found if m.group() not in ("{{", "}}"))


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with every hole filled."""

    def part(match: re.Match[str]) -> str:
        if match.group() in ("{{", "}}"):
            return match.group()[0]
        return values[(match.group(1) or "").strip()]

    return _PARTS.sub(part, message)
