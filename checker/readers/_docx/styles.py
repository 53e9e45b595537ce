"""What a paragraph or a run owes to its style: outline level, numbering, being hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from checker.readers._docx.names import attribute, child, name, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHAIN = 50
"""Styles based on one another."""
BODY = 9
"""The outline level of text that is no heading."""
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.I)


@dataclass(frozen=True, slots=True)
class Applied:
    """A place in a list: the list, None where only the level is said; level from 0, None where not said."""

    list: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself; None where it leaves that to the style it is based on."""

    name: str
    based_on: str | None
    outline: int | None
    applied: Applied | None
    hidden: bool | None


_NONE = Style("", None, None, None, None)


class Styles:
    """The styles of a file; a style that is not there says nothing."""

    def __init__(self, root: "_Element | None") -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root:
            if name(element) == "w:style":
                self._add(element)
        self.outline = cache(self._outline)
        self.hidden = cache(self._hidden)

    def _add(self, element: "_Element") -> None:
        identity = attribute(element, "styleId") or ""
        self._styles[identity] = _style(element)
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            self._default = identity

    def name(self, style: str | None) -> str:
        return self._styles.get(style or self._default or "", _NONE).name

    def _outline(self, style: str | None) -> int | None:
        """0 to 8 for headings; None where nothing says so."""
        return next((s.outline for s in self._chain(style) if s.outline is not None), None)

    def _hidden(self, style: str | None) -> bool:
        return next((s.hidden for s in self._chain(style) if s.hidden is not None), False)

    def applied(self, style: str | None) -> tuple[str, Applied] | None:
        """The numbering of a paragraph style, and the style that says so."""
        for identity, said in self._chain_with_ids(style):
            if said.applied is not None and said.applied.list is not None:
                return identity, said.applied
        return None

    def _chain(self, style: str | None) -> Iterator[Style]:
        return (said for _, said in self._chain_with_ids(style))

    def _chain_with_ids(self, style: str | None) -> Iterator[tuple[str, Style]]:
        seen: set[str] = set()
        identity = style or self._default
        while (
            identity is not None and identity in self._styles and identity not in seen and len(seen) < _CHAIN
        ):
            seen.add(identity)
            yield identity, self._styles[identity]
            identity = self._styles[identity].based_on


def _style(element: "_Element") -> Style:
    paragraph, run = child(element, "w:pPr"), child(element, "w:rPr")
    called = value(element, "w:name") or ""
    outline = number(value(paragraph, "w:outlineLvl"))
    heading = _HEADING.fullmatch(called)
    if outline is None and heading:
        outline = int(heading[1]) - 1
    return Style(
        called.lower(), value(element, "w:basedOn"), outline, applied(paragraph), switch(run, "w:vanish")
    )


def applied(properties: "_Element | None") -> Applied | None:
    """The place in a list that the properties of a paragraph or a style give."""
    said = child(properties, "w:numPr")
    return None if said is None else Applied(value(said, "w:numId"), number(value(said, "w:ilvl")))
