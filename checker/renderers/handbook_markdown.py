"""A handbook or a self-check form as Markdown."""

import re
from collections.abc import Iterator

from checker.bilingual import Language
from checker.handbook import Handbook
from checker.renderers._blocks import (
    Block,
    Book,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    Title,
    Turn,
)
from checker.renderers._books import Kind, arranged

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def render(made: Handbook, kind: Kind, language: Language) -> str:
    """The whole document, ending in a line feed."""
    book = arranged(made, kind, language)
    return "\n".join(line for block in book.blocks for line in _block(block, book)).strip() + "\n"


def plain(text: str) -> str:
    """A text that Markdown takes for nothing else."""
    return _SPECIAL.sub(r"\\\1", text)


def _block(block: Block, book: Book) -> Iterator[str]:
    match block:
        case Title():
            yield f"# {plain(block.text)}"
            yield from ("", f"**{plain(block.below)}**") if block.below else ()
        case Heading():
            yield from _heading(block)
        case Paragraph():
            yield f"`{block.text}`" if block.small and "`" not in block.text else plain(block.text)
        case Facts():
            yield from _facts(block)
        case Table():
            yield from _table(block)
        case Contents():
            yield from _contents(block, book)
        case Turn():
            return
    yield ""


def _heading(heading: Heading) -> Iterator[str]:
    if heading.fresh:
        yield from ("---", "")
    yield f'<a id="{heading.anchor}"></a>'
    yield ""
    yield f"{'#' * (heading.level + 1)} {plain(heading.text)}"


def _facts(facts: Facts) -> Iterator[str]:
    for label, lines in facts.rows:
        if len(lines) == 1 and "\n" not in lines[0]:
            yield f"- **{plain(label)}** {plain(lines[0])}"
            continue
        yield f"- **{plain(label)}**"
        yield from (f"  - {plain(part)}" for line in lines for part in line.split("\n") if part.strip())


def _table(table: Table) -> Iterator[str]:
    yield _line(column.title for column in table.columns)
    yield "| " + " | ".join(":-:" if column.centred else "---" for column in table.columns) + " |"
    for row in table.rows:
        yield _line(_cells(row, len(table.columns)))


def _cells(row: Row, width: int) -> Iterator[str]:
    for number in range(width):
        text = row.cells[number] if number < len(row.cells) else ""
        said = "<br>".join(plain(part) for part in text.split("\n"))
        if said and row.depth is not None and number < 2:
            said = f"**{said}**"
        yield f"[{said}](#{row.links[number]})" if said and number in row.links else said


def _line(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _contents(contents: Contents, book: Book) -> Iterator[str]:
    yield f"## {plain(contents.title)}"
    yield ""
    for block in book.blocks:
        if isinstance(block, Heading):
            yield f"{'  ' * (block.level - 1)}- [{plain(block.text)}](#{block.anchor})"
