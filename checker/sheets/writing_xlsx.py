"""The cells of a sheet → an XLSX file, the same bytes for the same cells."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledgers.workbook import Area
from checker.packing import settled
from checker.sheets.cells import Share, Value, column_letters, value_of
from checker.sheets.grid import Grid

WIDEST, NARROWEST = 48, 8
LINE, TALLEST = 15, 400
"""Points of one line, and of the tallest row a spreadsheet can show."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NAME = re.compile(r"[\[\]:*?/\\]")
_FORMATS: tuple[tuple[type, str], ...] = (
    (datetime, "yyyy-mm-dd hh:mm:ss"),
    (date, "yyyy-mm-dd"),
    (time, "hh:mm:ss"),
)


def written(grid: Grid, head: int) -> bytes:
    """The file. head: so many rows are titles and header. Raises InputError without the extra `sheets`."""
    try:
        from openpyxl import Workbook
    except ImportError:
        zh = "写 XLSX 要用 openpyxl：pip install 'governance-checker[sheets]'"
        en = "writing XLSX needs openpyxl: pip install 'governance-checker[sheets]'"
        raise InputError([Problem("no-openpyxl", Bilingual(zh, en))]) from None
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_NAME.sub("_", grid.name)[:31] or "Sheet")
    _fill(sheet, grid)
    _dress(sheet, grid, head)
    buffer = BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue())


def _fill(sheet: Any, grid: Grid) -> None:
    for row, cells in grid.rows.items():
        for column, typed in cells.items():
            _set(sheet.cell(row, column + 1), value_of(typed))
    for area in grid.merged:
        sheet.merge_cells(
            start_row=area.top, start_column=area.left + 1, end_row=area.bottom, end_column=area.right + 1
        )


def _set(cell: Any, value: Value | Share) -> None:
    if isinstance(value, str):
        cell.value = _escaped(value)
        cell.data_type = "s"  # a text that begins with = is no formula
    elif isinstance(value, Share):
        cell.value = _number(value.percent / 100)
        cell.number_format = "0%" if value.percent == value.percent.to_integral_value() else "0.##%"
    elif isinstance(value, Decimal):
        cell.value = _number(value)
    else:
        cell.value = value
        cell.number_format = next((form for kind, form in _FORMATS if isinstance(value, kind)), "General")


def _number(value: Decimal) -> int | float:
    """As a spreadsheet keeps numbers; the reader finds the same decimal again."""
    return int(value) if value == value.to_integral_value() else float(value)


def _escaped(text: str) -> str:
    """Characters XML cannot hold, and a carriage return, as spreadsheets write them."""
    return _NOT_IN_XML.sub(lambda m: f"_x{ord(m[0]):04X}_", _LIKE_ESCAPED.sub("_x005F_", text))


def _dress(sheet: Any, grid: Grid, head: int) -> None:
    """Wrapped lines, borders, widths by content, the header repeated on every printed page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side(style="thin", color="FF999999")
    border, wrap = Border(line, line, line, line), Alignment(wrap_text=True, vertical="center")
    middle = Alignment(wrap_text=True, vertical="center", horizontal="center")
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="FFE8EEF4")
    height, width = grid.bottom, grid.width
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            cell = sheet.cell(row, column)
            short = isinstance(cell.value, int | float) or row <= head
            cell.alignment = middle if short else wrap
            if row >= head:
                cell.border = border
            if row <= head:
                cell.font = bold
            if row == head:
                cell.fill = shade
    widths = _widths(grid, head)
    for column, wide in widths.items():
        sheet.column_dimensions[column_letters(column)].width = wide
    for row, lines in _lines(grid, widths).items():
        sheet.row_dimensions[row].height = lines * LINE + 4
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}" if head else None
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _widths(grid: Grid, head: int) -> Mapping[int, int]:
    """For each column the width of its longest line within bounds; wide ones wrap."""
    found: dict[int, int] = {}
    for row, cells in grid.rows.items():
        for column, typed in cells.items() if row >= head else ():
            longest = max(map(_cells_wide, typed.split("\n")))
            found[column] = max(found.get(column, NARROWEST), min(longest + 2, WIDEST))
    return found


def _lines(grid: Grid, widths: Mapping[int, int]) -> Mapping[int, int]:
    """For each row the lines its longest cell takes; a cell merged over rows has them all to itself."""
    areas = {(area.top, area.left): area for area in grid.merged}
    found: dict[int, int] = {}
    for row, cells in grid.rows.items():
        for column, typed in cells.items():
            area = areas.get((row, column), Area(row, column, row, column))
            room = sum(widths.get(c, NARROWEST) for c in range(area.left, area.right + 1)) - 1
            needed = sum(max(1, -(-_cells_wide(line) // room)) for line in typed.split("\n"))
            share = -(-needed // (area.bottom - area.top + 1))
            most = int(TALLEST // LINE)
            for below in range(area.top, area.bottom + 1):
                found[below] = min(most, max(found.get(below, 1), share))
    return found


def _cells_wide(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
