"""Where something stands, in words: as a person would say it who has the file open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.bilingual import Bilingual
from checker.location import Location
from checker.renderers._sheet import Sheet, shortened

_QUOTE = 30
_POINTS_A_CENTIMETRE = 72 / 2.54
_FEW_LINES, _LAST_LINE = 3, 65_535
"""On so few lines a page is found by its elements alone; beyond the last its parser counts none."""

_PARTS = (
    Bilingual("脚注", "footnote"),
    Bilingual("尾注", "endnote"),
    Bilingual("文本框", "text box"),
    Bilingual("页眉", "header"),
    Bilingual("页脚", "footer"),
)


def place(sheet: Sheet, location: Location, report: str) -> str:
    """`第 45 行 表三“三（一）予以公开”自然人：5`; the file's name too unless it is the report itself."""
    cell = _cell(sheet, location)
    said = location.quote or ""
    quote = "" if said.strip() == location.row and not location.column else shortened(said, _QUOTE)
    parts = _whereabouts(sheet, location, report)
    if cell:
        parts.append(cell + sheet.say("：", ": ") + quote if quote else cell)
    elif quote:
        parts.append(f"“{quote}”")
    return " ".join(parts)


def brief(sheet: Sheet, location: Location) -> str:
    """Line, page, paragraph, table or note alone, for a narrow column."""
    if location.line is not None:
        return sheet.say(f"第 {location.line} 行", f"line {location.line}")
    return next(map(sheet.of, location.counted()), _part(sheet, location))


def _whereabouts(sheet: Sheet, location: Location, report: str) -> list[str]:
    """File, part, line, page and so on, as far as they lead somewhere."""
    parts = ["" if location.file == report else location.file, _part(sheet, location)]
    if location.line is not None:
        parts.append(sheet.say(f"第 {location.line} 行", f"line {location.line}"))
    if location.row or location.table:  # the names of the form lead on from there
        location = replace(location, paragraph=None, cell=None, box=None, path=None)
    parts += [_element(location), *map(sheet.of, location.counted())]
    height = _height(sheet, location)
    if height:
        parts[-1] += height
    return [part for part in parts if part]


def _part(sheet: Sheet, location: Location) -> str:
    """The name of a note or a text box, which the body of the file does not hold; empty for an element."""
    path = location.path or ""
    if path.startswith("/"):
        return ""
    for part in _PARTS:
        path = path.replace(part.zh, sheet.of(part))
    return path


def _element(location: Location) -> str:
    """The path of an element, whole where the line does not lead there, else its end. None on pages: what
    draws them is nowhere to be seen."""
    path = location.path or ""
    if not path.startswith("/") or location.page is not None:
        return ""
    if location.line is None or not _FEW_LINES < location.line < _LAST_LINE:
        return path
    _, table, inside = path.rpartition("/table")
    return f"table{inside}" if table else path.rpartition("/")[2]


def _height(sheet: Sheet, location: Location) -> str:
    """How far down its page, of what is in no table; it follows the page."""
    if location.page is None or location.box is None or location.cell is not None:
        return ""
    centimetres = max(round(location.box[1] / _POINTS_A_CENTIMETRE), 0)
    return sheet.say(f" 距页顶 {centimetres} 厘米", f", {centimetres} cm from the top")


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
    most += len(told) == most + 1  # to say that there is one more takes as much room
    shown = sheet.say("；", "; ").join(_one_by_one(sheet, told[:most], report))
    return shown + more(sheet, len(told) - most)


def _one_by_one(sheet: Sheet, rows: Sequence[Sequence[Location]], report: str) -> Iterator[str]:
    before: Location | None = None
    for cells in rows:
        first = cells[0]
        known = before.file if before else report
        if before is not None and _same_line(first, before):
            cells = [replace(cell, line=None, table=None) for cell in cells]
        elif before is not None and _same_table(first, before):
            cells = [replace(cell, page=None, table=None) for cell in cells]
        yield _together(sheet, cells, known, report)
        before = first


def _same_line(one: Location, other: Location) -> bool:
    """Whether both are rows read off one line of a file."""
    return one.line is not None and one.line == other.line and _are_of_one(one, other)


def _same_table(one: Location, other: Location) -> bool:
    """Whether both are rows of one table, which on pages goes on with the page."""
    return one.line is None and bool(one.table and one.cell) and _are_of_one(one, other)


def _are_of_one(one: Location, other: Location) -> bool:
    return bool(one.row and other.row) and _of(one) == _of(other)


def _of(location: Location) -> object:
    """The table on its page or in its part; the elements its cells are made of tell nothing."""
    path = location.path if location.page is None else None
    part = None if (path or "").startswith("/") else path
    return location.file, location.page, part, location.table


def _row_of(location: Location) -> object:
    """Equal for cells of one row, of a ledger or of a table of the form; any other place is its own."""
    if location.row is None:
        return location
    element = (location.path or "").startswith("/")  # each cell is one, and often on a line of its own
    if location.column and (element or (location.cell is not None and location.line is None)):
        return _of(location), location.row
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
