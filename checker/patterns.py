"""Regular expressions, each compiled when it is first used: of the many there are one run needs few."""

import re
from typing import Any, cast


def pattern(text: str, flags: int = 0) -> "re.Pattern[str]":
    """As re.compile, but a mistake in the text is raised by the first use."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


class _Pattern:
    """What was asked of the expression once is an attribute from then on."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found
