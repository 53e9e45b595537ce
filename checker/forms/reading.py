"""A table as read: which rows of the form were found, and what each of their cells says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind
from checker.forms.alignment import Extra, Placed, place
from checker.forms.division import (
    Balance,
    Budget,
    Division,
    Run,
    TooMany,
    free_divisions,
    jointly,
    summed_divisions,
)
from checker.forms.strips import Item, Strip
from checker.forms.template import Column, Form, Row
from checker.forms.values import read_cell
from checker.location import Location

NO_DIVISION = Bilingual(
    "数字连在一起，没有一种分法能满足合计关系",
    "the digits ran together, and no division of them satisfies the sums",
)
SEVERAL_DIVISIONS = Bilingual(
    "数字连在一起，有不止一种分法", "the digits ran together and can be divided in more than one way"
)
TOO_MANY = Bilingual("数字连在一起，可能的分法太多", "the digits ran together; there are too many divisions")


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row found: its cells in column order, how its label is printed (None: not read whole)."""

    cells: tuple[Fact, ...]
    official: bool | None
    locations: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One table: the form it follows and its rows by code. No rows: the table is missing.

    in_doubt: the file has a table that could not be read as one, so that what is not found may yet be there.
    """

    form: Form
    rows: Mapping[str, RowReading]
    extra: tuple[Extra, ...] = ()
    columns_found: int = 0
    in_doubt: bool = False

    @property
    def present(self) -> bool:
        return bool(self.rows)


def read(strips: Sequence[Strip], form: Form, balances: Sequence[Balance] = ()) -> Reading:
    """Read the strips of one table by its form.

    balances: the sums over rows. With them the last column is the total of the row; without, no sum
    helps to take apart what ran together.
    """
    placement = place(strips, form)
    found = {code: _groups(p, len(form.row(code).columns)) for code, p in placement.rows.items()}
    runs = {code: groups for code, groups in found.items() if groups}
    separate = {c: _separate(form, form.row(c), p) for c, p in placement.rows.items() if c not in runs}
    divided = _divide(separate, runs, form, balances)
    rows = {}
    for row in form.rows:
        code, placed = row.code, placement.rows.get(row.code)
        if placed is None:
            continue
        cells = separate.get(code) or _from_divisions(form, row, placed.items, divided[code])
        rows[code] = RowReading(cells, placed.official, _label_place(form, row, placed))
    return Reading(form, rows, placement.extra, _columns_found(form, placement.rows, set(runs)))


def _label_place(form: Form, row: Row, placed: Placed) -> tuple[Location, ...]:
    found = placed.location or (placed.items[0].location if placed.items else None)
    return (replace(found, table=form.name.zh, row=row.name.zh),) if found else ()


def _columns_found(form: Form, rows: Mapping[str, Placed], runs: set[str]) -> int:
    """The number of cells most rows have; those of the form where cells ran together or are blank."""
    width = len(form.rows[0].columns)
    counts = Counter(
        width
        if code in runs or not p.items or len(p.items) == width
        else sum(1 for i in p.items if not i.blank)
        for code, p in rows.items()
        if len(form.row(code).columns) == width
    )
    return max(counts, key=lambda n: (counts[n], n)) if counts else 0


# Cells that stand apart -------------------------------------------------------------------------------


def _separate(form: Form, row: Row, placed: Placed) -> tuple[Fact, ...]:
    """The cells of a row where they are told apart by the file, read as they stand."""
    columns, items = row.columns, placed.items
    if not items:
        return tuple(_empty(form, row, c, placed) for c in columns)
    if len(items) != len(columns):
        return tuple(_unplaced(form, row, c, items) for c in columns)
    return tuple(
        read_cell(item.text, column, _at(form, row, column, item))
        for item, column in zip(items, columns, strict=True)
    )


def _empty(form: Form, row: Row, column: Column, placed: Placed) -> Fact:
    place = placed.location
    where = (
        () if place is None else (replace(place, table=form.name.zh, row=row.name.zh, column=column.name.zh),)
    )
    kind = Kind.BLANK if placed.reason is None else Kind.UNREADABLE
    return Fact(kind, None, "", where, placed.reason)


def _unplaced(form: Form, row: Row, column: Column, items: Sequence[Item]) -> Fact:
    filled = [item.text.strip() for item in items if not item.blank]
    note = Bilingual(
        f"这一行应有 {len(row.columns)} 格，读到 {len(filled)} 格，无法确定哪格属于哪一列",
        f"this row should have {len(row.columns)} cells but {len(filled)} were read; "
        "which belongs to which column cannot be told",
    )
    place = _at(form, row, column, items[0], " ".join(filled))
    return Fact(Kind.UNREADABLE, None, " ".join(filled), (place,), note)


def _at(form: Form, row: Row, column: Column, item: Item, quote: str | None = None) -> Location:
    return replace(
        item.location,
        table=form.name.zh,
        row=row.name.zh,
        column=column.name.zh,
        quote=item.text if quote is None else quote,
    )


# Cells that ran together ------------------------------------------------------------------------------


def _groups(placed: Placed, width: int) -> tuple[str, ...] | None:
    """The digits of a row whose cells may have run together; None where the file keeps cells apart.

    In running text a blank between digits parts two cells, but a missing one joins nothing for sure.
    """
    items = [item for item in placed.items if not item.blank]
    if not items or width == 1 or len(placed.items) == width:
        return None
    if len(items) > 1 if placed.grid else any(item.apart for item in items[1:]):
        return None
    groups = tuple(g for item in items for g in comparison.view(item.text).split())
    digits = "".join(groups)
    return groups if digits.isdecimal() and len(groups) <= width <= len(digits) else None


def _divide(
    separate: Mapping[str, tuple[Fact, ...]],
    runs: Mapping[str, tuple[str, ...]],
    form: Form,
    balances: Sequence[Balance],
) -> dict[str, list[Division] | None]:
    """The divisions of each run that satisfy the sums; None where there are too many to tell."""
    known = {code: [numbers] for code, cells in separate.items() if (numbers := _counts(cells))}
    found: dict[str, list[Division] | None] = {}
    budget = Budget()
    for code, groups in runs.items():
        width = len(form.row(code).columns)
        try:
            found[code] = _divisions(groups, width, budget, bool(balances))
        except TooMany:
            found[code] = None
    if not balances:
        return found
    # As many digits, or groups of them, as cells: no sum is needed to tell them apart.
    widths = {code: len(form.row(code).columns) for code in runs}
    certain = {c for c, groups in runs.items() if widths[c] in (len(groups), len("".join(groups)))}
    divided = {code: divisions for code, divisions in found.items() if divisions}
    return found | jointly({**known, **divided}, balances, certain | set(known))


def _divisions(groups: tuple[str, ...], width: int, budget: Budget, summed: bool) -> list[Division]:
    if len(groups) == width:
        return [groups]
    run = Run.of(groups)
    return summed_divisions(run, width, budget) if summed else _without_sums(run, width, budget)


def _without_sums(run: Run, width: int, budget: Budget) -> list[Division]:
    """All divisions, also those with blank cells: no sum excludes them, and blanks leave no trace."""
    fewer = [d for cells in range(1, width) for d in free_divisions(run, cells, budget)]
    return free_divisions(run, width, budget) + [(*d, *[""] * (width - len(d))) for d in fewer]


def _counts(cells: Sequence[Fact]) -> Division | None:
    """A row of separate cells as digits, if all are whole numbers."""
    numbers = [str(fact.value) for fact in cells if fact.kind is Kind.NUMBER]
    return tuple(numbers) if len(numbers) == len(cells) and all(map(str.isdecimal, numbers)) else None


def _from_divisions(
    form: Form, row: Row, items: Sequence[Item], divisions: list[Division] | None
) -> tuple[Fact, ...]:
    """A cell is certain where all divisions left agree on it."""
    filled = [item for item in items if not item.blank]
    run = " ".join(item.text for item in filled)
    note = TOO_MANY if divisions is None else SEVERAL_DIVISIONS if divisions else NO_DIVISION
    facts = []
    for index, column in enumerate(row.columns):
        place = (_at(form, row, column, filled[0], run),)
        values = {d[index] for d in divisions or ()}
        if len(values) == 1:
            text = values.pop()
            facts.append(read_cell(text, column, place[0]))
        else:
            facts.append(Fact(Kind.UNREADABLE, None, run, place, note))
    return tuple(facts)
