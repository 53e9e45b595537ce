"""The paragraphs and tables of one part of a DOCX file in order: the body, a cell, a text box, a note."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker import comparison
from checker.readers._cell_text import glue
from checker.readers._docx.inline import Inline, InlineReader, Met
from checker.readers._docx.names import DELETED, child, name, number, switch, value, within
from checker.readers._docx.numbering import Numbering, UnknownFormError
from checker.readers._docx.package import Package
from checker.readers._docx.styles import BODY, Styles, applied
from checker.readers._headings import level as heading_level

if TYPE_CHECKING:
    from lxml.etree import _Element

_EMBEDDED = frozenset({"w:altChunk", "w:subDoc"})
_BLOCKS = frozenset({"w:p", "w:tbl"}) | _EMBEDDED
_TITLE = "title"
PARAGRAPHS = 100_000
CHARACTERS = 2_000_000
"""In all, those of cells and notes among them; reports have a few hundred and some ten thousand."""
FILES = 30
PAGES = 10_000_000
"""Files taken in, and bytes of the web pages among them."""
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as shown, its automatic number included.

    lines: its text at its line breaks, without blank ones. contents: a line of a table of contents.
    """

    lines: tuple[str, ...]
    level: int
    inline: Inline
    contents: bool


class TooLongError(Exception):
    """The file holds more text than any report."""


@dataclass(slots=True)
class Budget:
    """What has been read so far of a file and of those it takes in."""

    paragraphs: int = 0
    characters: int = 0
    files: int = 0
    pages: int = 0
    """Bytes of the web pages among them."""

    def spend(self, paragraphs: int = 0, characters: int = 0) -> None:
        self.paragraphs += paragraphs
        self.characters += characters
        if self.paragraphs > PARAGRAPHS or self.characters > CHARACTERS:
            raise TooLongError

    def allows(self, page: int) -> bool:
        """Count one more file taken in, a page of so many bytes or none; whether it may still be read."""
        self.files += 1
        self.pages += page
        return self.files <= FILES and self.pages <= PAGES


@dataclass(slots=True)
class _Open:
    """A paragraph that may go on with the next one, its mark being deleted or hidden."""

    inline: Inline = field(default_factory=Inline)
    properties: "_Element | None" = None
    begun: bool = False


class Stories:
    """Reads the parts of one file. Paragraphs are numbered as they are read: each once, in order."""

    def __init__(self, package: Package, budget: Budget) -> None:
        self.styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self.styles)
        self._budget = budget

    def items(self, container: "_Element", reader: InlineReader) -> "Iterator[Paragraph | Met | _Element]":
        """Paragraphs; tables and embedded files as elements; what was deleted between them.

        Raises TooLongError.
        """
        waiting: _Open | None = None
        for element in within(container, _BLOCKS):
            called = name(element)
            if called == "w:p":
                waiting = waiting or _Open()
                if self._goes_on(element, waiting, reader):
                    continue
            if waiting is not None:
                yield self._finished(waiting)
                waiting = None
            if called == "w:tbl" or called in _EMBEDDED:
                yield element
            elif called in DELETED:
                yield Met("deleted")
        if waiting is not None:
            yield self._finished(waiting)

    def _goes_on(self, element: "_Element", waiting: _Open, reader: InlineReader) -> bool:
        """Take in one paragraph of the file; whether the next one goes on from it."""
        properties = child(element, "w:pPr")
        if not waiting.begun:
            waiting.properties = properties
        before = len(waiting.inline.pieces)
        reader.read(element, value(properties, "w:pStyle"), waiting.inline)
        added = "".join(waiting.inline.pieces[before:])
        waiting.begun = waiting.begun or added.strip() != ""
        self._budget.spend(1, len(added))
        mark = child(properties, "w:rPr")
        if mark is None:
            return False
        if any(child(mark, deleted) is not None for deleted in DELETED):
            waiting.inline.met.append(Met("deleted-mark"))
            return True
        return bool(switch(mark, "w:vanish") or switch(mark, "w:specVanish"))

    def _finished(self, waiting: _Open) -> Paragraph:
        properties, inline = waiting.properties, waiting.inline
        style = value(properties, "w:pStyle")
        text = comparison.INVISIBLE.sub("", inline.text).strip()
        label = self._label(properties, style, inline)
        if label and text:
            text = label + glue(label, text) + text
        called = self.styles.name(style)
        level = self._level(text, properties, style, called)
        lines = tuple(line for line in (part.strip() for part in text.split("\n")) if line)
        if level:
            lines = (" ".join(lines),) if lines else ()
        return Paragraph(lines, level, inline, inline.contents or called.startswith("toc "))

    def _label(self, properties: "_Element | None", style: str | None, inline: Inline) -> str:
        """The automatic number; every paragraph counts, even one without text, unless it was deleted."""
        try:
            return self._numbering.label(applied(properties), style).strip()
        except UnknownFormError:
            inline.met.append(Met("numbering-form"))
            return ""

    def _level(self, text: str, properties: "_Element | None", style: str | None, called: str) -> int:
        """By the enumerator as in any kind of document, else by the style."""
        enumerated = heading_level(text)
        if enumerated or (len(text) > _LONGEST_HEADING and "。" in text):
            return enumerated
        if called == _TITLE:
            return 1
        outline = number(value(properties, "w:outlineLvl"))
        outline = self.styles.outline(style) if outline is None else outline
        return outline + 1 if outline is not None and 0 <= outline < BODY else 0
