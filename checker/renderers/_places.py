"""Where something stands, in words: as a person would say it who has the file open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.location import Location
from checker.renderers._sheet import Sheet, shortened

_QUOTE = 30
_POINTS_A_CENTIMETRE = 72 / 2.54
_FEW_LINES, _LAST_LINE = 3, 65_535
"""On so few lines a page is found by its elements alone; beyond the last its parser counts none."""


def place(sheet: Sheet, location: Location, report: str) -> str:
    """`第 45 行 表三“三（一）予以公开”自然人：5`; the file's name too unless it is the report itself."""
    cell = _cell(sheet, location)
    quote = shortened(location.quote or "", _QUOTE)
    parts = _whereabouts(sheet, location, report)
    if cell:
        parts.append(cell + sheet.say("：", ": ") + quote if quote else cell)
    elif quote:
        parts.append(f"“{quote}”")
    return " ".join(parts)


def _whereabouts(sheet: Sheet, location: Location, report: str) -> list[str]:
    """File, page or line, and what else leads there: of a named row of a table, its number."""
    parts = [] if location.file == report else [location.file]
    if location.line is not None:
        parts.append(sheet.say(f"第 {location.line} 行", f"line {location.line}"))
    if location.row or location.table:  # the names of the form lead on from the page or the line
        parts += [] if _is_element(location) else [location.path or ""]
        location = replace(location, paragraph=None, cell=None, box=None)
    else:
        parts.append(_element(location))
    counted = map(sheet.of, location.counted())
    return [part for part in (*parts, *counted, _height(sheet, location)) if part]


def _height(sheet: Sheet, location: Location) -> str:
    """How far down a page, of what is in no table."""
    if location.page is None or location.box is None or location.cell is not None:
        return ""
    centimetres = max(round(location.box[1] / _POINTS_A_CENTIMETRE), 0)
    return sheet.say(f"距页顶 {centimetres} 厘米", f"{centimetres} cm from the top")


def _is_element(location: Location) -> bool:
    """Whether the path is that of an HTML element; else it is the name of a note, or there is none."""
    return (location.path or "").startswith("/")


def _element(location: Location) -> str:
    """The path of an element, whole where the line does not lead there, else its end; the name of a note."""
    path = location.path or ""
    if not _is_element(location) or location.line is None:
        return path
    if not _FEW_LINES < location.line < _LAST_LINE:
        return path
    _, table, inside = path.rpartition("/table")
    return f"table{inside}" if table else path.rpartition("/")[2]


def _cell(sheet: Sheet, location: Location) -> str:
    """`表三“三（一）予以公开”自然人`, and in a file without lines `表三 第 5 行“三（一）予以公开”自然人`."""
    row = f"“{location.row}”" if location.row else ""
    table = location.table or ""
    if row and location.cell is not None and location.line is None:
        number = location.cell[1]
        table = f"{table} {sheet.say(f'第 {number} 行', f'row {number}')}".lstrip()
    parts = [table, row, location.column]
    return sheet.say("", " ").join(part for part in parts if part)


def places(sheet: Sheet, locations: Sequence[Location], report: str, most: int = 3) -> str:
    """The first places, and how many more there are. Cells of one row are told together, and a file, a page
    with its table or a line of evidence is not named again until it changes."""
    rows: dict[object, list[Location]] = {}
    for location in dict.fromkeys(locations):
        rows.setdefault(_row_of(location), []).append(location)
    told = list(rows.values())
    shown = sheet.say("；", "; ").join(_one_by_one(sheet, told[:most], report))
    return shown + more(sheet, len(told) - most)


def _one_by_one(sheet: Sheet, rows: Sequence[Sequence[Location]], report: str) -> Iterator[str]:
    before: Location | None = None
    for cells in rows:
        first = cells[0]
        known = before.file if before else report
        if before is not None and _same_line(first, before):
            cells = [replace(cell, line=None) for cell in cells]
        elif before is not None and _same_table(first, before):
            cells = [replace(cell, page=None, table=None) for cell in cells]
        yield _together(sheet, cells, known, report)
        before = first


def _same_line(one: Location, other: Location) -> bool:
    """Whether both are rows read off one line of a file."""
    same = (one.file, one.line, one.table) == (other.file, other.line, other.table)
    return same and one.line is not None and bool(one.row and other.row) and one.path is None


def _same_table(one: Location, other: Location) -> bool:
    """Whether both are rows of one table, which on pages goes on with the page."""
    same = (one.file, one.page, one.path, one.table) == (other.file, other.page, other.path, other.table)
    return same and one.line is None and bool(one.table and one.row and other.row and one.cell)


def _row_of(location: Location) -> object:
    """Equal for cells of one row, of a ledger or of a table of the form; any other place is its own."""
    if location.row is None:
        return location
    element = _is_element(location)  # each cell is one, and often on a line of its own
    if location.column and (element or (location.cell is not None and location.line is None)):
        note = None if element else location.path
        return location.file, location.page, note, location.table, location.row
    if location.line is None or location.path is not None:
        return location
    return location.file, location.line, location.table, location.row


def _together(sheet: Sheet, cells: Sequence[Location], known: str, report: str) -> str:
    if len(cells) == 1 and (cells[0].file == report or not (cells[0].row and cells[0].column)):
        return place(sheet, cells[0], known)
    row = place(sheet, replace(cells[0], column=None, quote=None), known)
    told = list(dict.fromkeys(_value(sheet, cell) for cell in cells if cell.column and not _in_label(cell)))
    return row + sheet.say("，", ", ") + sheet.say("、", ", ").join(told) if told else row


def _value(sheet: Sheet, cell: Location) -> str:
    quote = shortened(cell.quote, _QUOTE) if cell.quote else sheet.say("（空白）", "(blank)")
    return f"{cell.column}{sheet.say('：', ': ')}{quote}" if cell.quote is not None else f"{cell.column}"


def _in_label(cell: Location) -> bool:
    """Whether this is the step of a row, read off the header (初审 of 初审人), which its label ends with."""
    step = cell.quote or ""
    return bool(step) and (cell.column or "").startswith(step) and (cell.row or "").endswith(f" {step}")


def more(sheet: Sheet, number: int) -> str:
    """`；另有 5 处` where something was left out."""
    return sheet.say(f"；另有 {number} 处", f"; {number} more") if number > 0 else ""
