"""Table 4: fifteen cells in one row under three groups of headers, or one row of five a group."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind
from checker.forms.candidates import Candidate, with_columns
from checker.forms.division import Budget, Division, Run, TooMany, summed_divisions
from checker.forms.reading import (
    NO_DIVISION,
    SEVERAL_DIVISIONS,
    TOO_MANY,
    Reading,
    RowReading,
    read,
)
from checker.forms.strips import Item, Strip
from checker.forms.template import PROCEEDINGS, PROCEEDINGS_WORDS, RESULTS, Column, Row, canonical
from checker.forms.values import looks_like_value, read_cell
from checker.location import Location

WIDTH = len(RESULTS)
CELLS = WIDTH * len(PROCEEDINGS.rows)
_HEADERS = tuple(sorted({canonical(w) for w in PROCEEDINGS_WORDS}, key=len, reverse=True))

OUT_OF_ORDER = Bilingual(
    "数字夹在表头之间，且合计对不上，无法确定次序",
    "figures stand between header words and do not add up, so their order cannot be told",
)


def read_proceedings(strips: Sequence[Strip]) -> Reading:
    """Table 4 from the strips of section four."""
    one_row = _grid_row(strips)
    if one_row:
        return _reading(_separate(one_row), one_row)
    by_group = read(strips, PROCEEDINGS)
    if _has_figures(by_group) and not _has_unreadable(by_group):
        return by_group
    stretches = _text_row(strips)
    items = tuple(item for strip in stretches for item in strip.items)
    if items:
        return _reading(_in_text(items, interrupted=len(stretches) > 1), items)
    return by_group if _has_figures(by_group) else _unfilled(strips)


def _has_figures(reading: Reading) -> bool:
    return any(fact.kind is not Kind.BLANK for row in reading.rows.values() for fact in row.cells)


def _has_unreadable(reading: Reading) -> bool:
    return any(fact.kind is Kind.UNREADABLE for row in reading.rows.values() for fact in row.cells)


def _reading(cells: Sequence[Fact], items: Sequence[Item]) -> Reading:
    rows = {}
    for index, row in enumerate(PROCEEDINGS.rows):
        own = tuple(cells[index * WIDTH : (index + 1) * WIDTH])
        rows[row.code] = RowReading(own, True, own[0].locations)
    told_apart = len(items) == CELLS or any(fact.kind is Kind.NUMBER for fact in cells)
    return Reading(PROCEEDINGS, rows, (), WIDTH if told_apart else 0)


def _slots() -> list[tuple[Row, Column]]:
    return [(row, column) for row in PROCEEDINGS.rows for column in row.columns]


def _at(place: Location, row: Row, column: Column, quote: str) -> Location:
    table = PROCEEDINGS.name.zh
    return replace(place, table=table, row=row.name.zh, column=column.name.zh, quote=quote)


def _separate(items: Sequence[Item]) -> list[Fact]:
    return [
        read_cell(item.text, column, _at(item.location, row, column, item.text))
        for item, (row, column) in zip(items, _slots(), strict=True)
    ]


# One table row of fifteen -----------------------------------------------------------------------------


def _grid_row(strips: Sequence[Strip]) -> tuple[Item, ...]:
    """The table row with fifteen cells and figures in it; a blank one only if no row has figures."""
    for wanted in (True, False):
        for strip in strips:
            figures = any(looks_like_value(cell.text) for cell in strip.cells)
            if strip.cells and figures == wanted and (items := _fifteen(strip)):
                return items
    return ()


def _fifteen(strip: Strip) -> tuple[Item, ...]:
    cells = strip.cells
    while cells and not cells[0].blank and not looks_like_value(cells[0].text):
        cells = cells[1:]
    if any(_is_header(cell.text) for cell in cells):
        return ()
    (row,) = with_columns([Candidate("", (), cells, strip.table, strip.exact)], CELLS)
    return row.items if len(row.items) == CELLS else ()


def _is_header(text: str) -> bool:
    return canonical(text) in _HEADERS


# Fifteen figures in running text ----------------------------------------------------------------------


def _text_row(strips: Sequence[Strip]) -> list[Strip]:
    """The stretch of figures behind the header words, and further ones that only header words part."""
    found: list[Strip] = []
    for strip in strips:
        if strip.cells or not strip.items:
            if found:
                break
            continue
        if _only_headers(strip.words) if found else _ends_in_headers(strip.words):
            found.append(strip)
        elif found:
            break
    return found


def _ends_in_headers(words: str) -> bool:
    return len(words) - len(_without_headers(words)) >= len("尚未审结总计")


def _only_headers(words: str) -> bool:
    return not _without_headers(words)


def _without_headers(words: str) -> str:
    while tail := next((h for h in _HEADERS if words.endswith(h)), ""):
        words = words.removesuffix(tail)
    return words


def _in_text(items: Sequence[Item], interrupted: bool) -> list[Fact]:
    if len(items) == CELLS:
        cells = _separate(items)
        return cells if not interrupted or _adds_up(cells) else _unreadable(items, OUT_OF_ORDER)
    groups = tuple(comparison.view(item.text) for item in items)
    if interrupted or any(i.apart for i in items[1:]) or not all(g.isdecimal() for g in groups):
        return _unreadable(items, _miscounted(items))
    return _divided(items, groups)


def _miscounted(items: Sequence[Item]) -> Bilingual:
    return Bilingual(
        f"表四应有 {CELLS} 格，读到 {len(items)} 格，无法确定哪格属于哪一列",
        f"table 4 should have {CELLS} cells but {len(items)} were read; which is which cannot be told",
    )


def _adds_up(cells: Sequence[Fact]) -> bool:
    values = [fact.value for fact in cells if isinstance(fact.value, Decimal)]
    groups = [values[start : start + WIDTH] for start in range(0, CELLS, WIDTH)]
    return len(values) == CELLS and all(sum(g[:-1]) == g[-1] for g in groups)


def _unreadable(items: Sequence[Item], note: Bilingual) -> list[Fact]:
    text = " ".join(item.text for item in items)
    return [
        Fact(Kind.UNREADABLE, None, text, (_at(items[0].location, row, column, text),), note)
        for row, column in _slots()
    ]


def _divided(items: Sequence[Item], groups: tuple[str, ...]) -> list[Fact]:
    run = " ".join(item.text for item in items)
    divisions: list[Division] = []
    try:
        divisions = summed_divisions(Run.of(groups), WIDTH, Budget(), groups=len(PROCEEDINGS.rows))
    except TooMany:
        return _unreadable(items, TOO_MANY)
    if not divisions:
        return _unreadable(items, NO_DIVISION)
    unsure = _unreadable(items, SEVERAL_DIVISIONS)
    facts = []
    for index, (row, column) in enumerate(_slots()):
        values = {division[index] for division in divisions}
        place = _at(items[0].location, row, column, run)
        facts.append(read_cell(values.pop(), column, place) if len(values) == 1 else unsure[index])
    return facts


# Header words without a row of figures ----------------------------------------------------------------

NOT_FITTING = Bilingual(
    "表四的数字与格式对不上，无法确定哪格属于哪一列",
    "the figures of table 4 do not fit the form; which is which cannot be told",
)


def _unfilled(strips: Sequence[Strip]) -> Reading:
    """A printed table with nothing filled in; none at all where its header words are missing."""
    words = "".join(s.words for s in strips if not s.cells)
    words += "".join(canonical(cell.text) for s in strips for cell in s.cells)
    if sum(words.count(canonical(c.name.zh)) for c in RESULTS) < WIDTH:
        return Reading(PROCEEDINGS, {})
    figures = any(s.items or any(looks_like_value(c.text) for c in s.cells) for s in strips)
    kind, note = (Kind.UNREADABLE, NOT_FITTING) if figures else (Kind.BLANK, None)
    first = next(s for s in strips if s.location or s.cells)
    place = first.location or first.cells[0].location
    rows = {}
    for row in PROCEEDINGS.rows:
        cells = (Fact(kind, None, "", (_at(place, row, c, place.quote or ""),), note) for c in row.columns)
        rows[row.code] = RowReading(tuple(cells), True, (replace(place, row=row.name.zh),))
    return Reading(PROCEEDINGS, rows, (), 0 if figures else WIDTH)
