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
    contents: bool = False


_NOTHING = Shown()


class Fields:
    """The fields open at the place reached in one part of a file."""

    def __init__(self, root: "_Element") -> None:
        self._whole = _whole(root)
        self._open: list[_Open] = []
        # Counted, since fields may be nested as deep as the file likes.
        self._instructing = self._contents = 0

    @property
    def shown(self) -> bool:
        """Whether text at this place is shown."""
        return self._instructing == 0

    @property
    def of_contents(self) -> bool:
        """Whether text at this place belongs to a table of contents."""
        return self._contents > 0

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].resulting:
            self._open[-1].instruction += text

    def fill(self) -> None:
        """Text was read at this place."""
        if self._open:
            self._open[-1].filled = True

    def mark(self, element: "_Element") -> Shown:
        """Take in the character that begins, divides or ends a field; what it shows by itself."""
        if element not in self._whole:
            return _NOTHING
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Open(_form_field(child(element, "w:ffData"))))
            self._instructing += 1
            return _NOTHING
        if not self._open:  # it began where nothing is read, as in the reading aid of a ruby
            return _NOTHING
        if kind == "separate":
            self._separate(self._open[-1])
            return _NOTHING
        return self._end(self._open.pop())

    def _separate(self, field: _Open) -> None:
        if not field.resulting:
            field.resulting = True
            field.contents = _CONTENTS.match(field.instruction) is not None
            self._instructing -= 1
            self._contents += field.contents

    def _end(self, ended: _Open) -> Shown:
        self._instructing -= not ended.resulting
        self._contents -= ended.contents
        if ended.filled:
            self.fill()
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
