"""Where something stands, in words."""

from collections.abc import Sequence
from dataclasses import replace

from checker.location import Location
from checker.renderers._sheet import Sheet, shortened

_QUOTE = 30


def place(sheet: Sheet, location: Location, report: str) -> str:
    """`第 45 行 表三“三（一）予以公开”自然人：5`; the file's name too unless it is the report itself."""
    parts = [] if location.file == report else [location.file]
    if location.page is not None:
        parts.append(sheet.say(f"第 {location.page} 页", f"page {location.page}"))
    if location.line is not None:
        parts.append(sheet.say(f"第 {location.line} 行", f"line {location.line}"))
    elif location.page is None and location.path is not None:
        parts.append(location.path)
    cell = _cell(sheet, location)
    quote = shortened(location.quote or "", _QUOTE)
    if cell:
        parts.append(cell + sheet.say("：", ": ") + quote if quote else cell)
    elif quote:
        parts.append(f"“{quote}”")
    return " ".join(parts)


def _cell(sheet: Sheet, location: Location) -> str:
    row = f"“{location.row}”" if location.row else ""
    parts = [location.table, row, location.column]
    return sheet.say("", " ").join(part for part in parts if part)


def places(sheet: Sheet, locations: Sequence[Location], report: str, most: int = 3) -> str:
    """The first places, and how many more there are. Cells of one row are told together."""
    rows: dict[object, list[Location]] = {}
    for location in locations:
        rows.setdefault(_row_of(location), []).append(location)
    told = list(rows.values())
    shown = sheet.say("；", "; ").join(_together(sheet, cells, report) for cells in told[:most])
    return shown + more(sheet, len(told) - most)


def _row_of(location: Location) -> object:
    """Equal for cells of one row of a ledger; every other place stands for itself."""
    if location.line is None or location.row is None or location.path is not None:
        return location
    return location.file, location.line, location.table, location.row


def _together(sheet: Sheet, cells: Sequence[Location], report: str) -> str:
    if len(cells) == 1:
        return place(sheet, cells[0], report)
    told = [f"{c.column}{sheet.say('：', ': ')}{shortened(c.quote or '', _QUOTE)}" for c in cells if c.column]
    row = place(sheet, replace(cells[0], column=None, quote=None), report)
    return row + sheet.say("，", ", ") + sheet.say("、", ", ").join(told)


def more(sheet: Sheet, number: int) -> str:
    """`；另有 5 处` where something was left out."""
    return sheet.say(f"；另有 {number} 处", f"; {number} more") if number > 0 else ""
