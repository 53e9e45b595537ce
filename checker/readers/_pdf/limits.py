"""How much a page may have on it; no report needs as much."""

SEGMENTS = 20_000
"""The dots of one dotted rule count as one."""
PIECES = 200_000
"""Segments of which every dot counts."""
CHARACTERS = 50_000
OBJECTS = 200_000


class PageLimitError(Exception):
    """A page has more on it than any report needs; the arguments say how much of what, in both languages."""


def check(count: int, most: int, zh: str, en: str) -> None:
    """Raises PageLimitError where there is more of something than there may be."""
    if count > most:
        raise PageLimitError(f"超过 {most} {zh}", f"more than {most} {en}")
