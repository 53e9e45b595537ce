"""An XLSX workbook: its sheets, and their rows as text.

Read here and not by a library: texts shared by many cells stay shared (43 KB of file can hold 6 GB of
cells otherwise, and the native readers abort on it), long numbers keep their digits, and error values and
formulas without a result are told from blanks.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple, NoReturn

from checker.ledgers.archive import Archive, local
from checker.ledgers.fitting import Numbered
from checker.ledgers.values import ACROSS, MARK, as_written
from checker.patterns import pattern

MOST_COLUMNS = 1_000
MOST_STRINGS = 2_000_000
MOST_MERGED = 300_000
MOST_COVERED = 100
"""Columns over which one merged cell, and downwards all together, are followed."""
_FORMATS = {
    **dict.fromkeys((14, 15, *range(18, 23), 30, 31, 32, 33, 34, 35, 45, 46, 47, 55, 56), "date"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "month"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "yearless"),
    **dict.fromkeys((9, 10), "percent"),
}
"""Of those without a code, as a Chinese spreadsheet has them: what a number is shown as."""
_LITERAL = pattern(
    r'"([^"]*)"|\\(.)|([-/ ])|(0)|_.|\*.|\[(?:Red|Black|Blue|Green|White|Yellow|Color\d+)\]',
    re.IGNORECASE,
)
_QUOTED = pattern(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = pattern(r"\[[hms]+\]", re.IGNORECASE)
_ESCAPE = pattern(r"_x([0-9A-Fa-f]{4})_")
_INTEGER = pattern(r"-?\d+")
_NUMBER = pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_LETTERS = pattern(r"[A-Z]{1,3}")
_MERGED = re.compile(
    rb"""mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
_OVERLAP = 100
_DAYS = ("date", "month", "yearless")
_NO_DAY = 60
_LAST_DAY = 2_900_000
_EXACT = 2**53
_KEPT_DIGITS = 15
_SECONDS = 86_400


class Area(NamedTuple):
    """A block of cells: rows from 1 and columns from 0, first and last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its part, and whether the workbook hides it."""

    name: str
    part: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What all sheets share.

    formats: what a number is shown as in each cell style: `date`, `month` (without a day), `yearless`,
    `percent`, digits between other characters (a row of marked zeros), or nothing.
    """

    archive: Archive
    sheets: tuple[Sheet, ...]
    strings: Sequence[str]
    formats: Sequence[str]
    epoch_1904: bool

    def rows(self, sheet: Sheet, merged: bool = True) -> Iterator[Numbered]:
        """The rows that hold anything, by number, as text; what is no value is marked.

        merged: a cell merged downwards speaks for every row it reaches; over the columns it reaches to the
        right it is marked.
        """
        return _Reading(self, sheet).rows(merged)

    def cells(self, sheet: Sheet) -> Iterator[Numbered]:
        """The same rows cell by cell: what is no text is marked as a value, and no cell speaks for others."""
        return _Cells(self, sheet).rows(False)

    def merged(self, sheet: Sheet) -> list[Area]:
        """Every area merged into one cell, at most MOST_MERGED."""
        return list(dict.fromkeys(islice(_areas(self.archive, sheet.part), MOST_MERGED)))


def open_workbook(archive: Archive) -> Workbook:
    """Sheets, texts and styles. Raises InputError for a file that is no sound workbook."""
    main = _target(_relations(archive, "_rels/.rels"), "officeDocument", "") or "xl/workbook.xml"
    folder, name = posixpath.split(main)
    relations = _relations(archive, f"{folder}/_rels/{name}.rels")
    book = _Book(relations, folder)
    archive.parse(main, book.start, _ignore, _ignore)
    strings = _target(relations, "sharedStrings", folder)
    styles = _target(relations, "styles", folder)
    return Workbook(
        archive,
        tuple(book.sheets),
        _strings(archive, strings) if strings else (),
        _formats(archive, styles) if styles else (),
        book.epoch_1904,
    )


def _ignore(_: str) -> None:
    pass


Relation = tuple[str, str, str]
"""Id, the last word of the type, and target as written."""


def _relations(archive: Archive, part: str) -> list[Relation]:
    found: list[Relation] = []

    def start(name: str, given: Mapping[str, str]) -> None:
        if local(name) == "Relationship" and given.get("TargetMode") != "External":
            kind = given.get("Type", "").rpartition("/")[2]
            found.append((given.get("Id", ""), kind, given.get("Target", "")))

    if part in archive:
        archive.parse(part, start, _ignore, _ignore)
    return found


def _target(relations: Sequence[Relation], kind: str, folder: str) -> str | None:
    return next((_resolved(target, folder) for _, k, target in relations if k == kind), None)


def _resolved(target: str, folder: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


class _Book:
    def __init__(self, relations: Sequence[Relation], folder: str) -> None:
        self.sheets: list[Sheet] = []
        self.epoch_1904 = False
        self._parts = {i: _resolved(target, folder) for i, kind, target in relations if kind == "worksheet"}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if local(name) == "workbookPr":
            self.epoch_1904 = given.get("date1904") in ("1", "true", "on")
        elif local(name) == "sheet":
            identity = next((value for key, value in given.items() if local(key) == "id"), "")
            if identity in self._parts:
                hidden = given.get("state", "visible") != "visible"
                self.sheets.append(Sheet(given.get("name", ""), self._parts[identity], hidden))


def _strings(archive: Archive, part: str) -> list[str]:
    """The texts cells share; runs of one text are joined, readings of characters (phonetic) left out."""
    found: list[str] = []
    pieces: list[str] = []
    taking, aside = False, 0

    def start(name: str, _: Mapping[str, str]) -> None:
        nonlocal taking, aside
        if local(name) == "rPh":
            aside += 1
        taking = local(name) == "t" and not aside

    def end(name: str) -> None:
        nonlocal taking, aside
        taking = False
        if local(name) == "rPh":
            aside -= 1
        elif local(name) == "si":
            found.append(unescaped("".join(pieces)))
            pieces.clear()
            if len(found) > MOST_STRINGS:
                raise archive.refused(
                    "ledger.xlsx-size", "工作簿里的文字过多", "the workbook holds too many texts"
                )

    def text(data: str) -> None:
        if taking:
            pieces.append(data)

    archive.parse(part, start, end, text)
    return found


def unescaped(text: str) -> str:
    """A text with _x000D_ and its like as the characters they stand for; a NUL is dropped."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if 0 < int(m[1], 16) < 0xD800 else "", text)


def _formats(archive: Archive, part: str) -> list[str]:
    codes: dict[str, str] = {}
    ids: list[str] = []
    within = False

    def start(name: str, given: Mapping[str, str]) -> None:
        nonlocal within
        if local(name) == "numFmt":
            codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif local(name) == "cellXfs":
            within = True
        elif local(name) == "xf" and within:
            ids.append(given.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal within
        within = within and local(name) != "cellXfs"

    archive.parse(part, start, end, _ignore)
    return [_format(i, codes.get(i)) for i in ids]


def _format(identity: str, code: str | None) -> str:
    if code is None:
        return _FORMATS.get(int(identity) if identity.isdecimal() else 0, "")
    first = code.partition(";")[0]
    if _ELAPSED.search(first):
        return ""
    bare = _QUOTED.sub("", first).casefold()
    if "%" in bare:
        return "percent"
    letters = set(bare) & set("ymdh")
    if bare in ("general", "g/通用格式") or not letters:
        return _digits(first)
    if "y" in letters and not letters & set("dh"):
        return "month"
    return "yearless" if letters >= set("md") and "y" not in letters else "date"


def _digits(code: str) -> str:
    """The code as a row of zeros between other characters, if it shows more than the number (0001, A-001)."""
    parts = list(_LITERAL.finditer(code))
    if "".join(part[0] for part in parts) != code:
        return ""
    shown = "".join(f"{MARK}0" if part[4] else part[1] or part[2] or part[3] or "" for part in parts)
    return shown if shown.count(f"{MARK}0") > 1 else ""


class _Reading:
    """One sheet, read row by row. Cells without a value are passed over, wherever they stand.

    Three methods are called for every cell by the XML parser, so they do little and call little.
    """

    __slots__ = (
        *("_workbook", "_sheet", "_ready", "_letters", "_merged", "_covered"),
        *("_line", "_row", "_column", "_given", "_formula", "_pieces", "_taking", "_aside"),
    )

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._ready: list[Numbered] = []
        self._letters: dict[str, int] = {}
        self._merged: dict[int, list[Area]] = {}
        self._covered: dict[int, tuple[int, str]] = {}
        self._line = "0"
        self._row: dict[int, str] = {}
        self._column = -1
        self._given: Mapping[str, str] = {}
        self._formula = False
        self._pieces: list[str] = []
        self._taking = False
        self._aside = False

    def rows(self, merged: bool) -> Iterator[Numbered]:
        archive, part = self._workbook.archive, self._sheet.part
        self._merged = _merged(archive, part) if merged else {}
        for _ in archive.parsing(part, self._start, self._end, self._text):
            yield from self._ready
            self._ready.clear()

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "v" or name == "t":
            self._taking = not self._aside
        elif name == "c":
            self._given = given
            self._pieces = []
            self._formula = False
            reference = given.get("r")
            if reference is None:
                self._column += 1
            else:  # the row's own number must follow the letters
                letters = reference.removesuffix(self._line)
                place = self._letters.get(letters)
                self._column = self._place(letters) if place is None else place
        elif name == "row":
            self._line = given.get("r") or str(int(self._line) + 1)
            self._row = {}
            self._column = -1
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif ":" in name:
            self._start(local(name), given)

    def _end(self, name: str) -> None:
        self._taking = False
        if name == "c":
            if self._pieces or self._formula:
                self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aside = False
        elif ":" in name:
            self._end(local(name))

    def _text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)

    def _place(self, letters: str) -> int:
        return self._letters.setdefault(letters, column_number(letters))

    def _end_cell(self) -> None:
        pieces = self._pieces
        value = self._value(pieces[0] if len(pieces) == 1 else "".join(pieces))
        if value:
            if self._column >= MOST_COLUMNS:
                self._too_wide()
            self._row[self._column] = value

    def _end_row(self) -> None:
        row, number = self._row, int(self._line)
        if row and self._covered:
            self._cover(row, number)
        for area in self._merged.get(number, ()):
            self._merge(row, area)
        if row:
            cells = [""] * (max(row) + 1)
            for column, value in row.items():
                cells[column] = value
            self._ready.append((number, cells))

    def _cover(self, row: dict[int, str], number: int) -> None:
        """Puts what cells merged downwards say of a row they reach."""
        for column, (last, value) in list(self._covered.items()):
            if number > last:
                del self._covered[column]
            else:
                self._hide(row, column, value)

    def _merge(self, row: dict[int, str], area: Area) -> None:
        """A cell merged to the right says nothing certain of the columns it reaches."""
        value = row.get(area.left, "")
        across = f"{ACROSS}{as_written(value)}" if value else ""
        for column in range(area.left, min(area.right + 1, area.left + MOST_COVERED)):
            said = value if column == area.left else across
            self._hide(row, column, said)
            if area.bottom > area.top and (column in self._covered or len(self._covered) < MOST_COVERED):
                self._covered[column] = (area.bottom, said)

    def _hide(self, row: dict[int, str], column: int, said: str) -> None:
        """Puts what a merged cell says of a column; what the file keeps beneath it nobody sees."""
        own = row.get(column, said)
        if own != said:
            row[column] = f"{MARK}h{as_written(own)}"
        elif said:
            row[column] = said

    def _value(self, written: str) -> str:
        match self._given.get("t", "n"):
            case "s":
                if not written.isdecimal():  # a negative one would count from the end
                    raise ValueError(written)
                return self._workbook.strings[int(written)]
            case "inlineStr" | "str":
                return unescaped(written)
            case "b":
                return "TRUE" if written.strip() == "1" else "FALSE"
            case "e":
                return f"{MARK}e{written}"
            case "d":
                return written
        if not written.strip():
            return f"{MARK}f"
        formats, style = self._workbook.formats, int(self._given.get("s", "0"))
        return number_text(
            written.strip(), formats[style] if style < len(formats) else "", self._workbook.epoch_1904
        )

    def _too_wide(self) -> NoReturn:
        zh = f"“{self._sheet.name}”第 {self._line} 行在第 {MOST_COLUMNS} 列之外还有内容"
        en = f"row {self._line} of {self._sheet.name} has content beyond column {MOST_COLUMNS}"
        raise self._workbook.archive.refused("ledger.wide", zh, en)


def column_number(letters: str) -> int:
    """A (0), B (1) … AA (26). Raises ValueError for anything else."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Cells(_Reading):
    """A sheet whose numbers, dates and truth values stay apart from texts that look like them."""

    __slots__ = ()

    def _value(self, written: str) -> str:
        value = super()._value(written)
        is_text = self._given.get("t", "n") in ("s", "inlineStr", "str")
        return value if is_text or value.startswith(MARK) else f"{MARK}v{value}"


def _merged(archive: Archive, part: str) -> dict[int, list[Area]]:
    """The merged areas by their first row. Raises InputError if there are more than any table has."""
    found: dict[int, list[Area]] = {}
    for number, area in enumerate(_areas(archive, part)):
        if number >= MOST_MERGED:
            zh = "合并单元格过多；请取消合并并填满各格，或存为 CSV"
            en = "there are too many merged cells; unmerge and fill them, or save the ledger as CSV"
            raise archive.refused("ledger.xlsx-size", zh, en)
        found.setdefault(area.top, []).append(area)
    return found


def _areas(archive: Archive, part: str) -> Iterator[Area]:
    """The merged areas, which stand after all rows, without the rows being parsed."""
    rest = b""
    for chunk in archive.chunks(part):
        piece = rest + chunk
        rest = piece[-_OVERLAP:]
        if b"mergeCell" not in piece:
            continue
        for match in _MERGED.finditer(piece):
            left, top, right, bottom = (group.decode() for group in match.groups())
            yield Area(int(top), column_number(left), int(bottom), column_number(right))


def number_text(written: str, form: str, epoch_1904: bool = False) -> str:
    """A stored number as the text a person would type: whole numbers without a point, days as dates.

    A whole number too long for a spreadsheet to have kept is marked; so is what is no number.
    """
    if not _NUMBER.fullmatch(written):
        return f"{MARK}e{written}"
    if form in _DAYS:
        return _shown_day(_date_text(Decimal(repr(float(written))), epoch_1904), form)
    if _INTEGER.fullmatch(written) and form != "percent":
        if not _is_kept(written.lstrip("-")):
            return f"{MARK}n{written}"
        return _filled(form, written) if form and written.isdecimal() else written
    number = Decimal(repr(float(written)))
    if not number.is_finite() or abs(number) >= _EXACT:
        return f"{MARK}n{written}"
    return f"{_plain(number * 100)}%" if form == "percent" else _plain(number)


def _shown_day(text: str, form: str) -> str:
    """A date as its format shows it: a day or a year that is not shown may be the spreadsheet's own."""
    if form == "yearless" and text[4:5] == "-":
        return f"{MARK}y{text}"
    return f"{MARK}d{text}" if form == "month" and text[7:] == "-01" else text


def _filled(form: str, digits: str) -> str:
    """A whole number in a form of zeros, from its end; more digits than zeros stand before the first."""
    zero = f"{MARK}0"
    places = form.count(zero)
    digits = digits.zfill(places)
    head, *tails = form.split(zero)
    own = [digits[: len(digits) - places + 1], *digits[len(digits) - places + 1 :]]
    return head + "".join(digit + tail for digit, tail in zip(own, tails, strict=True))


def _is_kept(digits: str) -> bool:
    """Whether a spreadsheet may have kept all digits: it keeps fifteen and writes zeros for the rest."""
    return len(digits) <= _KEPT_DIGITS or digits[_KEPT_DIGITS:].strip("0") != ""


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _date_text(serial: Decimal, epoch_1904: bool) -> str:
    """A day number as a date, with the time of day where it has one. Times without a day stay times."""
    if not serial.is_finite():
        return f"{MARK}e{serial}"
    days, seconds = divmod(int((serial * _SECONDS).to_integral_value()), _SECONDS)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if not epoch_1904 and not 1 <= days < _LAST_DAY or epoch_1904 and not 0 <= days < _LAST_DAY:
        return clock if days == 0 else f"{MARK}e{_plain(serial)}"
    if epoch_1904:
        day = date(1904, 1, 1) + timedelta(days)
    elif days == _NO_DAY:  # 1900-02-29, which spreadsheets count and the calendar does not
        return f"{MARK}e1900-02-29"
    else:
        day = date(1899, 12, 30 if days > _NO_DAY else 31) + timedelta(days)
    return f"{day.isoformat()} {clock}" if seconds else day.isoformat()
