"""Fields: an instruction that is not shown and a result that is, marked by characters in the text."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.readers._docx.names import DELETED, attribute, child, name, number, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENTS = re.compile(r"\s*TOC\b", re.I)
_DRAWN = re.compile(r"\s*(?:EQ|QUOTE|SYMBOL|=|AUTONUM\w*|LISTNUM)", re.I)


@dataclass(frozen=True, slots=True)
class Shown:
    """text: what a form field shows. unread: the instruction of a field that shows what we cannot tell."""

    text: str = ""
    unread: str | None = None


@dataclass(slots=True)
class _Open:
    """form: what a form field shows where it has no result as text."""

    form: str = ""
    instruction: str = ""
    resulting: bool = False
    filled: bool = False


_NOTHING = Shown()


class Fields:
    """The fields open at the place reached in one part of a file."""

    def __init__(self, root: "_Element") -> None:
        self._whole = _whole(root)
        self._open: list[_Open] = []

    @property
    def shown(self) -> bool:
        """Whether text at this place is shown."""
        return all(field.resulting for field in self._open)

    @property
    def of_contents(self) -> bool:
        """Whether text at this place belongs to a table of contents."""
        return any(_CONTENTS.match(field.instruction) for field in self._open)

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].resulting:
            self._open[-1].instruction += text

    def fill(self) -> None:
        """Text was read at this place."""
        for field in self._open:
            field.filled = True

    def mark(self, element: "_Element") -> Shown:
        """Take in the character that begins, divides or ends a field; what it shows by itself."""
        if element not in self._whole:
            return _NOTHING
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Open(_form_field(child(element, "w:ffData"))))
            return _NOTHING
        if not self._open:  # it began where nothing is read, as in the reading aid of a ruby
            return _NOTHING
        if kind == "separate":
            self._open[-1].resulting = True
            return _NOTHING
        ended = self._open.pop()
        if ended.form and not ended.filled:
            return Shown(ended.form)
        drawn = not ended.resulting and _DRAWN.match(ended.instruction)
        return Shown(unread=ended.instruction.strip()) if drawn else _NOTHING


def _whole(root: "_Element") -> "set[_Element]":
    """The characters of fields that begin and end; a part of one hides no text."""
    whole: set[_Element] = set()
    begun: list[list[_Element]] = []
    for element in root.iter("{*}fldChar"):
        if any(name(e) in DELETED for e in element.iterancestors()):
            continue
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            begun.append([element])
        elif begun and kind == "separate" and len(begun[-1]) == 1:
            begun[-1].append(element)
        elif begun and kind == "end":
            whole.update(*[begun.pop()], [element])
    return whole


def _form_field(data: "_Element | None") -> str:
    """What a check box or a list of a form shows; they have no result as text."""
    box = child(data, "w:checkBox")
    if box is not None:
        checked = switch(box, "w:checked")
        return "☑" if (switch(box, "w:default") if checked is None else checked) else "☐"
    choices = child(data, "w:ddList")
    if choices is None:
        return ""
    entries = [attribute(e, "val") or "" for e in choices if name(e) == "w:listEntry"]
    chosen = number(value(choices, "w:result") or value(choices, "w:default")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""
