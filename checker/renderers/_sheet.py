"""Lines of text for a terminal: cleaned of controls, wrapped as Chinese is set, styled with rich.

Only rich Text objects are used, never markup: what a report says cannot change how the page looks.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from unicodedata import category, east_asian_width

from rich.cells import cell_len
from rich.text import Text

from checker.bilingual import Bilingual
from checker.renderers import Page
from checker.renderers._numbers import rounded

Span = tuple[str, str]
"""Text and its style."""

_NOT_FIRST = frozenset("，。、；：！？）》」』】〕”’…％·,.;:!?)]}%")
_NOT_LAST = frozenset("（《「『【〔“‘([{")


def clean(text: str) -> str:
    """The text on one line, without control, formatting or unpaired surrogate characters."""
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    kind = category(character)
    if character in "\n\r\t" or kind in ("Zl", "Zp"):
        return " "
    return "\ufffd" if kind in ("Cc", "Cs") else "" if kind == "Cf" else character


def shortened(text: str, length: int) -> str:
    """At most so many characters, an ellipsis where something was left out."""
    return text if len(text) <= length else text[: length - 1] + "…"


def padded(text: str, width: int, right: bool = False) -> str:
    """Filled up with spaces to so many cells."""
    space = " " * max(width - cell_len(text), 0)
    return space + text if right else text + space


def breaks(text: str, first: int, rest: int) -> list[int]:
    """Where to break: `first` cells on the first line, `rest` on the others.

    Chinese breaks between any two characters, save before closing and after opening punctuation.
    Characters that some terminals draw wide count as wide, so that no line runs over on any of them.
    """
    found: list[int] = []
    start, used, room, possible = 0, 0, first, 0
    for index, character in enumerate(text):
        if index > start and _may_break(text[index - 1], character):
            possible = index
        used += _cells(character)
        if used > room and character != " " and index > start:
            cut = possible if possible > start else index
            found.append(cut)
            start, room = cut, rest
            used = sum(map(_cells, text[cut : index + 1]))
    return found


def _cells(character: str) -> int:
    return 2 if east_asian_width(character) == "A" else cell_len(character)


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return _cells(before) == 2 or _cells(after) == 2


class Sheet:
    """A page in the making."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._lines: list[Text] = []

    def say(self, zh: str, en: str) -> str:
        return zh if self.page.language == "zh" else en

    def marks(self, value: Fraction | Decimal) -> str:
        """Marks, rounded half up as the ruleset shows them."""
        return rounded(value, self.page.places)

    def points(self, value: Fraction | Decimal) -> str:
        """`1 point`, `0.5 points`: marks with their English noun."""
        text = self.marks(value)
        return f"{text} {'point' if text == '1' else 'points'}"

    def of(self, text: Bilingual) -> str:
        return text.in_language(self.page.language)

    def blank(self) -> None:
        if self._lines and self._lines[-1].plain:
            self._lines.append(Text())

    def line(self, *spans: Span | str) -> None:
        """One line as it is; it must fit."""
        self._lines.append(_assembled(spans))

    def paragraph(
        self, *spans: Span | str, indent: int = 0, hang: int | None = None, lead: Sequence[Span | str] = ()
    ) -> None:
        """Wrapped text. lead: what stands before it on the first line, as it is.

        indent: cells before the first line; hang: before the others (by default, below the text's start).
        """
        text, before = _assembled(spans), _assembled(lead)
        start = indent + cell_len(before.plain)
        hang = start if hang is None else hang
        for number, part in enumerate(
            text.divide(breaks(text.plain, self.page.width - start, self.page.width - hang))
        ):
            part.rstrip()
            line = Text(" " * hang) if number else Text(" " * indent).append_text(before)
            self._lines.append(line.append_text(part))

    def labelled(self, label: str, *spans: Span | str, indent: int = 0, style: str = "dim") -> None:
        """A paragraph hanging behind its label."""
        self.paragraph(*spans, indent=indent, lead=[(label, style), "  "])

    def heading(self, title: str, note: str = "") -> None:
        """A title with what it adds up to, underlined so that it stands out without colour."""
        self.blank()
        self.paragraph((title, "bold"), f"  {note}" if note else "")
        self.line(("-" * self.page.width, "dim"))

    def finish(self) -> str:
        """The page as text, with colour codes if the page has colour."""
        for line in self._lines:
            line.rstrip()
        if not self.page.colour:
            return "\n".join(line.plain for line in self._lines).rstrip("\n") + "\n"
        return _coloured(self._lines)


def _coloured(lines: Iterable[Text]) -> str:
    from rich.console import Console  # half of what rich costs to import, and only colour needs it

    buffer = StringIO()
    console = Console(
        file=buffer,
        width=10_000,
        color_system="standard",
        force_terminal=True,
        no_color=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for line in lines:
        console.print(line, soft_wrap=True, no_wrap=True, overflow="ignore", crop=False)
    return buffer.getvalue().rstrip("\n") + "\n"


def _assembled(spans: Iterable[Span | str]) -> Text:
    text = Text()
    for span in spans:
        words, style = (span, "") if isinstance(span, str) else span
        text.append(clean(words), style or None)
    return text
