"""Automatic numbers: what Word shows before a paragraph and the text of the file does not hold."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.readers._docx import numerals
from checker.readers._docx.names import attribute, child, name, number, switch, value
from checker.readers._docx.styles import Applied, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 8
_PLACE = re.compile(r"%([1-9])")
_CHAIN = 10
_LONGEST = 100


class UnknownFormError(Exception):
    """A number is shown in a form that is not known here; its text cannot be told."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. restart: the level (from 1) after which it begins anew, 0 for never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A list of a document: which numbers it shares with others, its own levels, where it begins anew."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document, which must be given in their order."""

    def __init__(self, root: "_Element | None", styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, _Element] = {}
        self._numbers: dict[str, _Element] = {}
        for element in () if root is None else root:
            if name(element) == "w:abstractNum":
                self._abstract[attribute(element, "abstractNumId") or ""] = element
            elif name(element) == "w:num":
                self._numbers[attribute(element, "numId") or ""] = element
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: Applied | None, style: str | None) -> str:
        """What stands before the next paragraph; empty for none. Raises UnknownFormError."""
        found = self._place(own, style)
        if found is None:
            return ""
        identity, depth = found
        listed = self._list(identity)
        level = None if listed is None else listed.levels.get(depth)
        if listed is None or level is None:
            return ""
        self._count(identity, listed, depth)
        if level.form == "bullet":
            return ""
        if len(level.text) > _LONGEST:
            raise UnknownFormError(level.text[:_LONGEST])
        return _PLACE.sub(lambda m: self._shown(listed, level, int(m[1]) - 1), level.text)

    def _place(self, own: Applied | None, style: str | None) -> tuple[str, int] | None:
        """The list and the level from 0 that hold for a paragraph."""
        if own is not None and own.list is not None:
            return None if own.list == "0" else (own.list, _bounded(own.level))
        said = self._styles.applied(style)
        if said is None or said[1].list in (None, "0"):
            return None
        holder, given = said
        identity = given.list or ""
        if own is not None and own.level is not None:
            return identity, _bounded(own.level)
        listed = self._list(identity)
        linked = (d for d, level in listed.levels.items() if level.style == holder) if listed else ()
        return identity, next(iter(linked), _bounded(given.level))

    def _count(self, identity: str, listed: _List, depth: int) -> None:
        counts = self._counts.setdefault(listed.shared, {})
        if depth in listed.starts and (identity, depth) not in self._begun:
            counts[depth] = listed.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = listed.starts.get(depth, _start(listed, depth))
        self._begun.add((identity, depth))
        for deeper in [d for d in counts if d > depth]:
            restart = listed.levels[deeper].restart if deeper in listed.levels else None
            if restart is None or 0 < depth + 1 <= restart:
                del counts[deeper]

    def _shown(self, listed: _List, level: Level, depth: int) -> str:
        counts = self._counts[listed.shared]
        form = "decimal" if level.legal else listed.levels.get(depth, Level()).form
        # A level above that no paragraph has used yet is shown with its first number.
        shown = numerals.shown(counts.get(depth, _start(listed, depth)), form)
        if shown is None:
            raise UnknownFormError(form)
        return shown

    def _list(self, identity: str) -> _List | None:
        if identity not in self._lists:
            self._lists[identity] = self._made(identity)
        return self._lists[identity]

    def _made(self, identity: str) -> _List | None:
        element = self._numbers.get(identity)
        shared = value(element, "w:abstractNumId")
        if element is None or shared is None:
            return None
        shared = self._linked(shared)
        levels = _levels(self._abstract.get(shared))
        made = _List(shared, levels)
        for override in element:
            depth = number(attribute(override, "ilvl"))
            if name(override) == "w:lvlOverride" and depth is not None and 0 <= depth <= DEEPEST:
                own = child(override, "w:lvl")
                if own is not None:
                    levels[depth] = _level(own)
                start = number(value(override, "w:startOverride"))
                if start is not None:
                    made.starts[depth] = start
        return made

    def _linked(self, shared: str) -> str:
        """A list may be defined by a list style, which names the list that holds the levels."""
        for _ in range(_CHAIN):
            style = value(self._abstract.get(shared), "w:numStyleLink")
            said = self._styles.applied(style) if style else None
            through = self._numbers.get(said[1].list or "") if said else None
            further = value(through, "w:abstractNumId")
            if further is None or further == shared:
                break
            shared = further
        return shared


def _bounded(level: int | None) -> int:
    return min(max(level or 0, 0), DEEPEST)


def _start(listed: _List, depth: int) -> int:
    return listed.levels[depth].start if depth in listed.levels else 1


def _levels(abstract: "_Element | None") -> dict[int, Level]:
    found: dict[int, Level] = {}
    for element in () if abstract is None else abstract:
        depth = number(attribute(element, "ilvl"))
        if name(element) == "w:lvl" and depth is not None and 0 <= depth <= DEEPEST:
            found[depth] = _level(element)
    return found


def _level(element: "_Element") -> Level:
    start = number(value(element, "w:start"))
    return Level(
        0 if start is None else start,
        _form(element),
        value(element, "w:lvlText") or "",
        number(value(element, "w:lvlRestart")),
        switch(element, "w:isLgl") or False,
        value(element, "w:pStyle"),
    )


def _form(level: "_Element") -> str:
    """The number form; a newer one stands in a choice beside an older one, which is taken."""
    direct = value(level, "w:numFmt")
    if direct is not None:
        return direct
    return next((value(e, "w:numFmt") or "" for e in level.iter() if name(e) == "mc:Fallback"), "decimal")
