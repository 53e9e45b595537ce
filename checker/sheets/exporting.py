"""A ruleset that came from a sheet → the cells of that sheet, with the titles and points it has now."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from checker.ledgers.workbook import Area
from checker.ruleset import Indicator, Ruleset
from checker.sheets.amounts import Worth, title_of, worth_of
from checker.sheets.cells import Share, shown, typed_text, value_of
from checker.sheets.drafting import ROW, WHOLE
from checker.sheets.grid import Grid
from checker.sheets.plan import Plan, Verbatim
from checker.sheets.sums import plain
from checker.sheets.tree import is_total

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HUNDRED = Decimal(100)


@dataclass(eq=False, slots=True)
class _Placed:
    """An indicator with its place in the sheet. inside: the full marks of what it is a part of."""

    indicator: Indicator
    level: int | None
    above: tuple["_Placed", ...]
    inside: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row to be written: of an indicator, its first or a further one, or as it was. was: its old number."""

    of: _Placed | None
    number: int
    kept: Verbatim | None
    was: int | None


@dataclass(slots=True)
class _Exporting:
    ruleset: Ruleset
    plan: Plan
    placed: list[_Placed] = field(default_factory=list)
    first: dict[_Placed, int] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)


def restored(ruleset: Ruleset, plan: Plan) -> Grid:
    """The cells of the sheet a ruleset was imported from, as the ruleset now is."""
    task = _Exporting(ruleset, plan, counted=Counter(row for row in plan.rows if isinstance(row, str)))
    task.placed = list(_placed(task, _outermost(ruleset), (), _inside(ruleset), 0))
    rows = list(_rows(task))
    top = len(plan.head)
    for number, row in enumerate(rows, top + 1):
        if row.of is not None:
            for node in (*row.of.above, row.of):
                task.first.setdefault(node, number)
    head = {n: _filled(dict(enumerate(cells))) for n, cells in enumerate(plan.head, 1)}
    body = {n: _filled(_cells(task, row, n)) for n, row in enumerate(rows, top + 1)}
    found = {n: cells for n, cells in {**head, **body}.items() if cells}
    return Grid(ruleset.id, plan.name, found, tuple(_merged(plan, rows, top)))


def _outermost(ruleset: Ruleset) -> Sequence[Indicator]:
    only = ruleset.indicators[0] if len(ruleset.indicators) == 1 else None
    return only.indicators if only is not None and only.id == WHOLE else ruleset.indicators


def _inside(ruleset: Ruleset) -> Decimal:
    only = ruleset.indicators[0] if len(ruleset.indicators) == 1 else None
    whole = only.out_of if only is not None and only.id == WHOLE else None
    return ruleset.full_marks if whole is None else whole


def _filled(cells: Mapping[int, str]) -> dict[int, str]:
    return {column: typed for column, typed in cells.items() if typed}


def _placed(
    task: _Exporting, indicators: Sequence[Indicator], above: tuple[_Placed, ...], inside: Decimal, level: int
) -> Iterator[_Placed]:
    for indicator in indicators:
        here = task.plan.placed.get(indicator.id, level if level < len(task.plan.levels) else None)
        counted = task.counted[indicator.id]
        fresh = not counted and not indicator.indicators
        node = _Placed(indicator, here, above, inside, 1 if fresh else counted)
        yield node
        within = indicator.points if indicator.out_of is None else indicator.out_of
        below = 0 if here is None else here + 1
        yield from _placed(task, indicator.indicators, (*above, node), within, below)


def _rows(task: _Exporting) -> Iterator[_Row]:
    """The rows in the order of the tree, each row that is no indicator's after the one it followed."""
    numbers = _numbers(task.plan)
    there = {(node.indicator.id, n) for node in task.placed for n in range(1, node.rows + 1)}
    after: dict[tuple[str, int] | None, list[_Row]] = {}
    anchor: tuple[str, int] | None = None
    last = max((n for n, key in numbers.items() if key in there), default=0)
    for was, row in enumerate(task.plan.rows, 1):
        if isinstance(row, Verbatim):
            after.setdefault(("", 0) if was > last else anchor, []).append(_Row(None, 0, row, was))
        elif numbers[was] in there:
            anchor = numbers[was]
    old = {key: was for was, key in numbers.items()}
    yield from after.get(None, ())
    for node in task.placed:
        for number in range(1, node.rows + 1):
            key = (node.indicator.id, number)
            yield _Row(node, number, None, old.get(key))
            yield from after.get(key, ())
    yield from after.get(("", 0), ())


def _numbers(plan: Plan) -> dict[int, tuple[str, int]]:
    """For each row of an indicator, from 1, which of its rows it is."""
    counted: dict[str, int] = {}
    found = {}
    for number, row in enumerate(plan.rows, 1):
        if isinstance(row, str):
            counted[row] = counted.get(row, 0) + 1
            found[number] = (row, counted[row])
    return found


def _cells(task: _Exporting, row: _Row, number: int) -> dict[int, str]:
    if row.of is None:
        return _as_it_was(task, row.kept or Verbatim({}))
    cells = dict(_stored(task.plan, row.of.indicator, row.number))
    fresh = row.was is None
    for node in (*row.of.above, row.of):
        if node.level is not None:
            column = task.plan.levels[node.level]
            if task.first[node] == number:
                cells[column] = _title(cells[column], node) if column in cells else _fresh(task.plan, node)
            elif cells.get(column):
                cells[column] = _title(cells[column], node)
        if task.first[node] == number:
            _set_points(task.plan, node, cells, node is row.of, fresh)
    return cells


def _stored(plan: Plan, indicator: Indicator, number: int) -> Iterator[tuple[int, str]]:
    for column, name in enumerate(plan.columns):
        key = name if number == 1 else f"{name}{ROW}{number}"
        if key in indicator.sheet:
            yield column, indicator.sheet[key]


def _fresh(plan: Plan, node: _Placed) -> str:
    """The title alone; where titles have their points in them, with its points if the indicator is new."""
    title = node.indicator.title.zh
    if any(column is not None for column in plan.points) or node.indicator.id in plan.rows:
        return typed_text(title)
    return typed_text(title) if node.indicator.indicators else f"{title}（{plain(node.indicator.points)}分）"


def _title(typed: str, node: _Placed) -> str:
    """The cell as it was if it says the title, or was left blank on purpose; else the title."""
    title = node.indicator.title.zh
    said, worth = title_of(typed, embedded=True, cut=True)
    if typed and said != title:
        return typed_text(title)
    if worth is not None and not _agrees(worth, node):
        return _renumbered(typed, worth, node)
    return typed


def _set_points(plan: Plan, node: _Placed, cells: dict[int, str], own: bool, fresh: bool) -> None:
    """The points of an indicator where they stand; a new one gets them where they would."""
    level = 0 if node.level is None else node.level
    columns = [c for c in (plan.points[level:] if own else plan.points[level : level + 1]) if c is not None]
    if own and not columns:
        columns = [c for c in plan.points if c is not None][-1:]
    for column in columns:
        worth = worth_of(cells.get(column, ""), "%" in plan.columns[column])
        if worth is not None and cells.get(column) and not _agrees(worth, node):
            cells[column] = _renumbered(cells[column], worth, node)
    if fresh and own and columns and not any(cells.get(c) for c in columns):
        cells[columns[0]] = plain(node.indicator.points)


def _agrees(worth: Worth, node: _Placed) -> bool:
    points = node.indicator.points
    return (
        worth.amount == points or worth.kind == "percent" and worth.amount * node.inside == points * _HUNDRED
    )


def _renumbered(typed: str, worth: Worth, node: _Placed) -> str:
    """The same cell with the number there is now: 10分 becomes 12分."""
    points = node.indicator.points
    now = plain(points * _HUNDRED / node.inside) if worth.kind == "percent" else plain(points)
    value = value_of(typed)
    if not isinstance(value, str):
        return f"{now}%" if isinstance(value, Share) else now
    text = shown(typed)
    numbers = [m for m in _NUMBER.finditer(text) if Decimal(m[0]) == worth.amount]
    if not numbers:
        return now
    return typed_text(f"{text[: numbers[-1].start()]}{now}{text[numbers[-1].end() :]}")


def _as_it_was(task: _Exporting, kept: Verbatim) -> dict[int, str]:
    """A row that is no indicator's; a total has the sum there is now."""
    cells = dict(kept.cells)
    ruleset = task.ruleset
    if is_total(shown(cells[min(cells)])) if cells else False:
        bonus = ruleset.bonus.cap if ruleset.bonus else Decimal(0)
        for column in (c for c in task.plan.points if c in cells):
            worth = worth_of(cells[column])
            if (
                worth is not None
                and worth.kind == "points"
                and worth.amount
                not in (
                    ruleset.full_marks,
                    ruleset.full_marks + bonus,
                )
            ):
                cells[column] = plain(ruleset.full_marks)
    return cells


def _merged(plan: Plan, rows: Sequence[_Row], top: int) -> Iterator[Area]:
    """The merged cells, each over the rows it had that are still there, if they still stand together."""
    now = {row.was: number for number, row in enumerate(rows, top + 1) if row.was is not None}
    for area in plan.merged:
        if area.bottom <= top:
            yield area
            continue
        kept = [now[was] for was in range(area.top - top, area.bottom - top + 1) if was in now]
        if not kept:
            continue
        first, last = min(area.top, *kept) if area.top <= top else min(kept), max(kept)
        strangers = set(range(first, last + 1)) & set(now.values()) - set(kept)
        if not strangers and (last > first or area.right > area.left):
            yield Area(first, area.left, last, area.right)
