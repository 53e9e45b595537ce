"""An XLSX file → the cells of one of its sheets, under limits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.ledgers import archive, kinds, workbook
from checker.ledgers.values import MARK, WHY
from checker.ledgers.workbook import Area
from checker.location import Location
from checker.sheets.cells import reference, typed_text

LARGEST = 20_000_000
"""Bytes of the file."""
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_AREAS = 20_000
MOST_SHEETS = 30
MOST_TEXT = 1_000_000
"""Characters in all cells."""
_TOLD = 200
LONGEST = 32_767
"""Characters of a cell, as spreadsheets have it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet, as typed, by row (from 1) and column (from 0); blank ones are left out."""

    file: str
    name: str
    rows: Mapping[int, Mapping[int, str]]
    merged: tuple[Area, ...] = ()

    def cell(self, row: int, column: int) -> str:
        return self.rows.get(row, {}).get(column, "")

    @property
    def bottom(self) -> int:
        return max(self.rows, default=0)

    @property
    def width(self) -> int:
        return max((column + 1 for row in self.rows.values() for column in row), default=0)

    def problem(self, code: str, zh: str, en: str, row: int, column: int) -> Problem:
        """A problem at one cell."""
        cell = reference(row, column)
        said = Bilingual(f"{self.name}!{cell}：{zh}", f"{self.name}!{cell}: {en}")
        return Problem(code, said, Location(self.file, table=self.name, row=str(row), column=cell))


def read_grid(path: Path, sheet: str | None, fits: Callable[[Grid], bool]) -> tuple[Grid, tuple[str, ...]]:
    """The sheet named, else the only visible one that fits, and the names of those left out.

    Raises InputError for what is no XLSX file, is beyond the limits, or has cells without a value.
    """
    file = path.name
    try:
        found = kinds.of_file(path)
        if found is None or found.name != "zip":
            raise _no_workbook(found.label if found else Bilingual("文本文件", "a text file"), file)
        if path.stat().st_size > LARGEST:
            raise _refused(
                "sheet.too-large", f"文件超过 {LARGEST} 字节", f"the file has over {LARGEST} bytes", file
            )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refused("sheet.unreadable", f"无法读取：{reason}", f"cannot be read: {reason}", file) from None
    with archive.opened(path, file) as zipped:
        kind = kinds.of_parts(zipped.parts())
        if kind.name != "xlsx":
            raise _no_workbook(kind.label, file)
        return _chosen(workbook.open_workbook(zipped), sheet, fits)


def _chosen(
    book: workbook.Workbook, named: str | None, fits: Callable[[Grid], bool]
) -> tuple[Grid, tuple[str, ...]]:
    names = [sheet.name for sheet in book.sheets]
    listed = "、".join(names[:20])
    if named is not None:
        for sheet in book.sheets:
            if sheet.name == named:
                return _grid(book, sheet), tuple(name for name in names if name != named)
        hint = did_you_mean(named, names)
        zh, en = (
            f"没有名为“{named}”的工作表{hint.zh}；有：{listed}",
            f"no sheet {named}{hint.en}; there are: {listed}",
        )
        raise _refused("sheet.no-sheet", zh, en, book.archive.file)
    visible = [sheet for sheet in book.sheets if not sheet.hidden][:MOST_SHEETS]
    fitting = [grid for grid in (_grid(book, sheet) for sheet in visible) if fits(grid)]
    if len(fitting) == 1:
        return fitting[0], tuple(name for name in names if name != fitting[0].name)
    if fitting:
        several = "、".join(grid.name for grid in fitting)
        zh = f"有几个工作表都像指标表：{several}；请用 --sheet 指定一个"
        en = f"several sheets look like a sheet of indicators: {several}; name one by --sheet"
    else:
        zh = f"没有找到指标表的表头（要有指标和分值两类列）；工作表有：{listed}"
        en = f"no header of a sheet of indicators (columns of indicators and of points) in: {listed}"
    raise _refused("sheet.no-header" if not fitting else "sheet.several", zh, en, book.archive.file)


def _grid(book: workbook.Workbook, sheet: workbook.Sheet) -> Grid:
    grid = Grid(book.archive.file, sheet.name, {})
    rows: dict[int, Mapping[int, str]] = {}
    problems: list[Problem] = []
    characters = 0
    for number, cells in book.cells(sheet):
        found = {c: text for c, text in enumerate(cells) if text}
        characters += sum(map(len, found.values()))
        if number > MOST_ROWS or max(found) >= MOST_COLUMNS or characters > MOST_TEXT:
            zh = f"指标表不应超过 {MOST_ROWS} 行、{MOST_COLUMNS} 列、{MOST_TEXT} 字"
            en = f"a sheet has at most {MOST_ROWS} rows, {MOST_COLUMNS} columns and {MOST_TEXT} characters"
            raise InputError([grid.problem("sheet.extent", zh, en, number, max(found))])
        rows[number] = {c: _typed(grid, number, c, text, problems) for c, text in found.items()}
    if problems:
        raise InputError(problems[:_TOLD])
    areas = book.merged(sheet)
    if len(areas) > MOST_AREAS or any(a.bottom > MOST_ROWS or a.right >= MOST_COLUMNS for a in areas):
        zh, en = "合并的单元格过多，或者超出表格", "too many merged cells, or merged beyond the sheet"
        raise _refused("sheet.merged", zh, en, grid.file)
    return _covered(Grid(grid.file, grid.name, rows, tuple(sorted(areas))))


def _typed(grid: Grid, row: int, column: int, text: str, problems: list[Problem]) -> str:
    if text.startswith(f"{MARK}v"):
        return text.removeprefix(f"{MARK}v")
    if text.startswith(MARK):
        why = WHY[text[1]]
        problems.append(grid.problem("sheet.no-value", why.zh, why.en, row, column))
    elif len(text) > LONGEST:
        zh, en = f"一格超过 {LONGEST} 个字符", f"a cell has over {LONGEST} characters"
        problems.append(grid.problem("sheet.long", zh, en, row, column))
    return typed_text(text)


def _covered(grid: Grid) -> Grid:
    """Refuses merged areas that overlap; what stands under the first cell of one is not seen, nor kept."""
    owner: dict[tuple[int, int], Area] = {}
    for area in grid.merged:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) in owner:
                    zh, en = "合并的单元格互相重叠", "merged cells overlap here"
                    raise InputError([grid.problem("sheet.merged", zh, en, row, column)])
                owner[row, column] = area
    hidden = {place for place, area in owner.items() if place != (area.top, area.left)}
    rows = {r: {c: t for c, t in cells.items() if (r, c) not in hidden} for r, cells in grid.rows.items()}
    return Grid(grid.file, grid.name, {r: cells for r, cells in rows.items() if cells}, grid.merged)


def _no_workbook(label: Bilingual, file: str) -> InputError:
    zh = f"这是{label.zh}，指标表请存为 XLSX"
    return _refused("sheet.format", zh, f"this is {label.en}; save a sheet of indicators as XLSX", file)


def _refused(code: str, zh: str, en: str, file: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])
