"""Where something stands: in a file, on a line, in a table cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a submitted file, as far as its format lets us name it.

    line and character count from 1; character is the place within the physical line.
    path is the element path of an HTML block, or the part of a file that is not its body (a footnote).
    page counts from 1; box is left, top, right and bottom on it in whole points from its top left corner.
    paragraph counts the paragraphs with text outside tables from 1, as a word processor would.
    cell is the table, the row and the cell in that row, each from 1 as they stand in the file; in a file
    of pages the tables and rows are counted on that page. table, row and column are the names a reader
    of the official form would use, once the table has been recognised.
    quote is the verbatim text found there, never the folded comparison view.
    """

    file: str
    line: int | None = None
    character: int | None = None
    page: int | None = None
    path: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    quote: str | None = None
    box: tuple[int, int, int, int] | None = None
    paragraph: int | None = None
    cell: tuple[int, int, int] | None = None

    def __hash__(self) -> int:
        """By what tells most places apart, all of it cheap to find; equal places are equal in these."""
        return hash((self.file, self.line, self.page, self.path, self.paragraph, self.cell))

    def counted(self) -> Iterator[Bilingual]:
        """Page, paragraph, table, row and cell as one counts them, as far as they are known."""
        if self.page is not None:
            yield Bilingual(f"第 {self.page} 页", f"page {self.page}")
        if self.paragraph is not None:
            yield Bilingual(f"第 {self.paragraph} 段", f"paragraph {self.paragraph}")
        if self.cell is not None:
            table, row, cell = self.cell
            yield Bilingual(f"第 {table} 个表格", f"table {table}")
            yield Bilingual(f"第 {row} 行", f"row {row}")
            yield Bilingual(f"第 {cell} 格", f"cell {cell}")
