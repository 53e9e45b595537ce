"""Where something stands, in words."""

from collections.abc import Sequence

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
    """The first places, and how many more there are."""
    shown = sheet.say("；", "; ").join(place(sheet, location, report) for location in locations[:most])
    return shown + more(sheet, len(locations) - most)


def more(sheet: Sheet, number: int) -> str:
    """`；另有 5 处` where something was left out."""
    return sheet.say(f"；另有 {number} 处", f"; {number} more") if number > 0 else ""
