"""The text of one paragraph as it is shown, and what was met on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from checker.comparison import PRIVATE
from checker.readers._docx import symbols
from checker.readers._docx.fields import Fields
from checker.readers._docx.names import DELETED, INSERTED, attribute, child, name, switch, value, within
from checker.readers._docx.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_IN_PARAGRAPH = frozenset({"w:r", "m:t", "m:f", "w:altChunk", "w:txbxContent", "w:subDoc"})
_IN_RUN = frozenset(
    re.findall(
        r"\S+",
        "w:r w:t w:tab w:ptab w:br w:cr w:sym w:noBreakHyphen w:softHyphen w:fldChar w:instrText w:drawing "
        "w:pict w:object w:footnoteReference w:endnoteReference",
    )
)
_DRAWN = {
    "a:blip": "picture",
    "v:imagedata": "picture",
    "c:chart": "chart",
    "dgm:relIds": "chart",
    "o:OLEObject": "object",
    "a:t": "drawn-text",
    "v:textpath": "drawn-text",
}
_IN_DRAWING = frozenset({"w:txbxContent", *_DRAWN})
_ONE_SPACE = str.maketrans("\t\r\n", "   ")
_QUOTE = 40
_ANCHOR = "\ufffc"


@dataclass(frozen=True, slots=True)
class Met:
    """Something met in a paragraph that is no text of it: its code in the log, and words."""

    code: str
    quote: str = ""
    number: int = 1


@dataclass(slots=True)
class Inline:
    """The pieces of a paragraph, a line break being the piece "\\n".

    boxes: the contents of its text boxes. notes: the footnotes and endnotes it refers to, as (kind, id).
    contents: whether it is a line of a table of contents.
    """

    pieces: list[str] = field(default_factory=list)
    boxes: "list[_Element]" = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    contents: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class InlineReader:
    """Reads the paragraphs of one part of a file in their order; a field may reach over several."""

    def __init__(self, root: "_Element", styles: Styles) -> None:
        self._fields = Fields(root)
        self._styles = styles

    def read(self, paragraph: "_Element", style: str | None, into: Inline) -> None:
        hidden = self._styles.hidden(style)
        for element in within(paragraph, _IN_PARAGRAPH):
            called = name(element)
            if called == "w:r":
                self._run(element, hidden, into)
            elif called == "m:t":
                self._add(element.text or "", into)
            elif called == "m:f":
                self._fraction(element, into)
            elif called == "w:txbxContent":
                into.boxes.append(element)
            else:
                self._change(element, into)

    def _change(self, element: "_Element", into: Inline) -> None:
        called = name(element)
        if called in DELETED:
            text = "".join(e.text or "" for e in element.iter() if name(e) in ("w:delText", "w:t"))
            if text:
                into.met.append(Met("moved-from" if called == "w:moveFrom" else "deleted", text[:_QUOTE]))
        elif called in INSERTED:
            text = "".join(e.text or "" for e in element.iter() if name(e) == "w:t")
            if text:
                into.met.append(Met("moved-to" if called == "w:moveTo" else "inserted", text[:_QUOTE]))
        elif called in ("w:altChunk", "w:subDoc"):
            into.met.append(Met("embedded"))

    def _run(self, run: "_Element", hidden: bool, into: Inline) -> None:
        properties = child(run, "w:rPr")
        unread = "hidden-text" if self._is_hidden(properties, hidden) else _struck(properties)
        if unread:
            self._leave_out(run, into, unread)
            return
        for element in within(run, _IN_RUN):
            called = name(element)
            if called == "w:r":
                self._run(element, hidden, into)
            elif called == "w:t":
                self._text(element, properties, into)
            else:
                act = self._acts.get(called)
                if act is None:
                    self._change(element, into)
                else:
                    act(self, element, into)

    def _is_hidden(self, properties: "_Element | None", hidden: bool) -> bool:
        if properties is None:
            return hidden
        direct = switch(properties, "w:vanish")
        if direct is not None:
            return direct
        style = value(properties, "w:rStyle")
        # Being hidden is a toggle: what both the paragraph's and the run's style hide is shown.
        return hidden != (style is not None and self._styles.hidden(style))

    def _leave_out(self, run: "_Element", into: Inline, code: str) -> None:
        """Hidden or struck out text is no text, but a field that begins in it is one."""
        text = ""
        for element in within(run, _IN_RUN):
            if name(element) in ("w:fldChar", "w:instrText"):
                self._acts[name(element)](self, element, into)
            elif name(element) == "w:t" and self._fields.shown:
                text += element.text or ""
        if text.strip():
            into.met.append(Met(code, text[:_QUOTE]))

    def _add(self, text: str, into: Inline) -> None:
        if self._fields.shown and text:
            self._fields.fill()
            into.pieces.append(text)
            into.contents = into.contents or (self._fields.of_contents and text.strip() != "")

    def _text(self, element: "_Element", properties: "_Element | None", into: Inline) -> None:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        text = text.translate(_ONE_SPACE)
        if _ANCHOR in text:  # where a converter found an object that it could not take over
            into.met.append(Met("anchor", number=text.count(_ANCHOR)))
            text = text.replace(_ANCHOR, "")
        if PRIVATE.search(text):
            fonts = child(properties, "w:rFonts")
            font = None if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
            text = _signs(text, font, into)
        self._add(text, into)

    def _symbol(self, element: "_Element", into: Inline) -> None:
        try:
            code = int(attribute(element, "char") or "", 16) & 0xFFFF
        except ValueError:
            code = 0xFFFD
        # Not below the private area: there the character would pass for the letter at its place.
        private = chr(code if code >= 0xE000 else code | 0xF000)
        self._add(_signs(private, attribute(element, "font"), into), into)

    def _field(self, element: "_Element", into: Inline) -> None:
        shown = self._fields.mark(element)
        if shown.unread is not None and self._fields.shown:
            into.met.append(Met("field", shown.unread[:_QUOTE]))
        self._add(shown.text, into)

    def _instruction(self, element: "_Element", into: Inline) -> None:
        self._fields.instruct(element.text or "")

    def _space(self, element: "_Element", into: Inline) -> None:
        self._add(" ", into)

    def _break(self, element: "_Element", into: Inline) -> None:
        self._add("\n", into)

    def _hyphen(self, element: "_Element", into: Inline) -> None:
        self._add("-", into)

    def _nothing(self, element: "_Element", into: Inline) -> None:
        """A hyphen that is only shown at the end of a line."""

    def _note(self, element: "_Element", into: Inline) -> None:
        if self._fields.shown:
            into.notes.append((name(element)[2:].removesuffix("Reference"), attribute(element, "id") or ""))

    def _drawing(self, element: "_Element", into: Inline) -> None:
        """The text boxes of a drawing; what else it shows is only counted."""
        for part in within(element, _IN_DRAWING):
            if name(part) == "w:txbxContent":
                into.boxes.append(part)
            elif name(part) in _DRAWN:
                into.met.append(Met(_DRAWN[name(part)], (part.text or part.get("string") or "")[:_QUOTE]))

    def _fraction(self, element: "_Element", into: Inline) -> None:
        parts = (child(element, "m:num"), child(element, "m:den"))
        text = ["".join(e.text or "" for e in p.iter() if name(e) == "m:t") for p in parts if p is not None]
        self._add("/".join(text), into)

    _acts: ClassVar[dict[str, Callable[["InlineReader", "_Element", Inline], None]]] = {
        "w:tab": _space,
        "w:ptab": _space,
        "w:br": _break,
        "w:cr": _break,
        "w:sym": _symbol,
        "w:noBreakHyphen": _hyphen,
        "w:softHyphen": _nothing,
        "w:fldChar": _field,
        "w:instrText": _instruction,
        "w:drawing": _drawing,
        "w:pict": _drawing,
        "w:object": _drawing,
        "w:footnoteReference": _note,
        "w:endnoteReference": _note,
    }


def _signs(text: str, font: str | None, into: Inline) -> str:
    """The text with the characters of a symbol font as what they show; those not known stay."""
    unknown: list[str] = []

    def shown(match: re.Match[str]) -> str:
        sign = symbols.sign(ord(match[0]), font)
        if sign is None:
            unknown.append(match[0])
        return sign or match[0]

    text = PRIVATE.sub(shown, text)
    if unknown:
        into.met.append(Met("unmapped-characters", f"U+{ord(unknown[0]):04X}", len(unknown)))
    return text


def _struck(properties: "_Element | None") -> str:
    """The code of what is struck out; "" where nothing is."""
    struck = properties is not None and (switch(properties, "w:strike") or switch(properties, "w:dstrike"))
    return "struck-out" if struck else ""
