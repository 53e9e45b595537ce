"""The text of a table cell, or of a paragraph, that stands on several lines, on one."""

from collections.abc import Iterable


def one_line(lines: Iterable[str]) -> str:
    """The lines without their blank ends, joined; see `glue`."""
    text = ""
    for line in (line.strip() for line in lines):
        text += (glue(text, line) if text and line else "") + line
    return text


def glue(before: str, after: str) -> str:
    """What stands between two lines: nothing where a Chinese character ends or begins one.

    Two runs of Latin letters or digits, of whatever width, stay apart: 1 and 2 below each other are not 12.
    """
    return " " if _is_latin(before[-1:]) and _is_latin(after[:1]) else ""


def _is_latin(character: str) -> bool:
    return character.isascii() or ("０" <= character <= "ｚ" and character.isalnum())
