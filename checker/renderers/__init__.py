"""What is printed. One file a format; renderers decide nothing.

A module `terminal` or `json` renders an assessment; `facts_terminal` renders facts and
`explain_terminal` a rule, `manifest_terminal` evidence. Each offers `render(thing, page) -> str`, ending
in a line feed. Modules whose name begins with an underscore are shared by them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from os import environ as _environ
from pkgutil import iter_modules
from typing import Any, TextIO

from checker.bilingual import Bilingual, Language
from checker.document import Document
from checker.facts import Facts, Vocabulary
from checker.finding import Finding
from checker.ruleset import Rule

_NARROWEST, _WIDEST, _USUAL = 60, 120, 100


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is printed for. width counts terminal cells; a Chinese character takes two. places: the
    decimals marks are shown with. repairs: whether everything is told that reading put right or left out."""

    language: Language
    width: int = _USUAL
    colour: bool = False
    places: int = 2
    repairs: bool = False


@dataclass(frozen=True, slots=True)
class FactsView:
    """What `facts` prints."""

    document: Document
    facts: Facts
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class Formulas:
    """A rule's expressions in words, as printed from the checked tree.

    faults: what more is asked of records at fault.
    """

    assertion: Bilingual
    when: Bilingual | None = None
    measures: tuple[tuple[str, Bilingual], ...] = ()
    faults: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` prints: a rule, its formulas and, with a submission, what came of it."""

    rule: Rule
    formulas: Formulas
    finding: Finding | None = None


def page_for(stream: TextIO | None, language: Language, environ: Mapping[str, str] = _environ) -> Page:
    """The page for a stream; None (a file) and whatever is no terminal get no colour and a set width.

    NO_COLOR, FORCE_COLOR, TERM=dumb and COLUMNS mean what they usually mean.
    """
    terminal = stream is not None and stream.isatty()
    return Page(language, _width(terminal, environ), _colour(terminal, environ))


def _colour(terminal: bool, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or (terminal and environ.get("TERM") != "dumb")


def _width(terminal: bool, environ: Mapping[str, str]) -> int:
    from shutil import get_terminal_size

    columns = environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else None
    if width is None:
        width = get_terminal_size((_USUAL, 24)).columns if terminal else _USUAL
    return min(max(width, _NARROWEST), _WIDEST)


def formats(subject: str) -> tuple[str, ...]:
    """The formats there are for `assess`, `facts`, `explain` or `manifest`, sorted by name."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    if subject == "assess":
        return tuple(name for name in names if "_" not in name)
    return tuple(name.removeprefix(f"{subject}_") for name in names if name.startswith(f"{subject}_"))


def renderer(subject: str, format: str) -> Callable[[Any, Page], str]:
    """The `render` of one format. Raises KeyError if there is none."""
    if format not in formats(subject):
        raise KeyError(f"{subject}: {format}")
    name = format if subject == "assess" else f"{subject}_{format}"
    render: Callable[[Any, Page], str] = import_module(f"{__name__}.{name}").render
    return render
