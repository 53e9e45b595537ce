"""The blocks a document is made of, whatever file it becomes."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the whole, and a line below it."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1 or 2. anchor: a name links go to. fresh: it begins a page."""

    level: Literal[1, 2]
    text: str
    anchor: str
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a thing, label by label; a fact may have several lines."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """share: of the width, in thousandths."""

    title: str
    share: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table. depth: of a row that heads others, 0 outermost; None for an ordinary one.

    wide: the last cell reaches over all columns that are left. links: by its number the anchor of a cell.
    """

    cells: tuple[str, ...]
    depth: int | None = None
    wide: bool = False
    links: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of all headings."""

    title: str


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the paper stands upright or lies, and text runs in so many columns."""

    landscape: bool
    columns: int = 1


Block: TypeAlias = Title | Heading | Paragraph | Facts | Table | Contents | Turn


@dataclass(frozen=True, slots=True)
class Book:
    """A document. running: what stands at the head of every page."""

    running: str
    blocks: tuple[Block, ...]
