"""Which candidate is which row of the form.

Labels that match are anchors, in the order of the form; rows without a readable label are placed
between them only where as many rows are left over as the form has there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.forms import labels
from checker.forms.candidates import Candidate, candidates, fits, with_columns
from checker.forms.strips import Item, Strip
from checker.forms.template import Form, canonical
from checker.forms.values import MOST_DIGITS
from checker.location import Location

NO_ORDER = Bilingual(
    "标题和数字的先后次序乱了，无法逐行对应",
    "labels and figures are out of order and cannot be paired row by row",
)
NOT_FOLLOWED = Bilingual("行标题后面没有数字", "no figures follow the label of this row")


@dataclass(frozen=True, slots=True)
class Placed:
    """A row found: its items, whether its label is printed as on the form (None: not read whole).

    no items and no reason: the row is printed with all cells blank. reason: why it cannot be read.
    """

    items: tuple[Item, ...]
    official: bool | None
    location: Location | None
    grid: bool = False
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """A row or column the form does not have, as printed (canonical)."""

    label: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Placement:
    """Rows by code, and what is left over."""

    rows: Mapping[str, Placed]
    extra: tuple[Extra, ...] = ()


def place(strips: Sequence[Strip], form: Form) -> Placement:
    """Assign strips to the rows of a form."""
    found = candidates(strips, form)
    anchored = _anchors(found, form)
    anchored |= _first_without_label(found, anchored, form, strips)
    if any(found[i].grid for i in anchored):
        found, anchored = _without_loose_text(found, anchored, form)
    elif _scrambled(found, anchored, form):
        return _by_count(found, anchored, strips, form)
    if form.ordered:
        anchored = anchored | _between(found, anchored, form)
    rows = _placed(found, anchored, form)
    rows |= _labels_alone(strips, rows, form, loose=len(found) > len(anchored))
    return Placement(rows, (*_extra_rows(found, anchored), *_extra_columns(found, anchored, form, strips)))


Anchors = dict[int, int]
"""Candidate (its position) → row (its position)."""


def _anchors(found: Sequence[Candidate], form: Form) -> Anchors:
    return _in_order(found) if form.ordered else _first_of_each(found)


def _first_of_each(found: Sequence[Candidate]) -> Anchors:
    taken: dict[int, int] = {}
    options = [(m, bool(c.filled), c.grid, -i) for i, c in enumerate(found) for m in c.matches]
    for match, _, _, place in sorted(options, key=lambda o: (o[0].fit, *o[1:]), reverse=True):
        if match.row not in taken and -place not in taken.values():
            taken[match.row] = -place
    return {index: row for row, index in taken.items()}


def _in_order(found: Sequence[Candidate]) -> Anchors:
    """The heaviest choice of matches in which rows follow each other as on the form."""
    # best[row]: (weight, anchors) of the heaviest choice that ends at or before this row.
    best: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {-1: (0, ())}
    for index, candidate in enumerate(found):
        additions = {}
        for match in candidate.matches:
            weight, chosen = max((b for row, b in best.items() if row < match.row), key=lambda b: b[0])
            # A row with figures is preferred to the same label without.
            gain = 4 * match.fit + (1 if candidate.filled else 0)
            additions[match.row] = (weight + gain, (*chosen, (index, match.row)))
        for row, option in additions.items():
            if option[0] > best.get(row, (-1, ()))[0]:
                best[row] = option
    return dict(max(best.values(), key=lambda b: b[0])[1])


def _without_loose_text(
    found: Sequence[Candidate], anchored: Anchors, form: Form
) -> tuple[list[Candidate], Anchors]:
    """Beside table rows, running text counts only where it is a complete row with its label."""
    kept = [
        (i, c)
        for i, c in enumerate(found)
        if c.grid or (i in anchored and len(c.items) == len(form.rows[anchored[i]].columns))
    ]
    positions = {old: new for new, (old, _) in enumerate(kept)}
    return [c for _, c in kept], {positions[i]: row for i, row in anchored.items() if i in positions}


# Rows without a readable label ------------------------------------------------------------------------


def _between(found: Sequence[Candidate], anchored: Anchors, form: Form) -> Anchors:
    """Rows placed by position: between two anchors, exactly as many as the form has there."""
    placed: Anchors = {}
    edges = [(-1, -1), *sorted(anchored.items()), (len(found), len(form.rows))]
    for (first, row), (last, next_row) in zip(edges, edges[1:], strict=False):
        rows = range(row + 1, next_row)
        loose = [i for i in range(first + 1, last) if _may_be_any_of(found[i], rows, form)]
        if rows and len(loose) == len(rows) and _agree(found, loose, rows, form):
            placed |= dict(zip(loose, rows, strict=True))
        else:
            placed |= _single_fragments(found, loose, rows, form)
    return placed


def _may_be_any_of(candidate: Candidate, rows: range, form: Form) -> bool:
    """A complete table row whose label is missing or a piece of one of these rows' labels."""
    width = len(form.rows[0].columns)
    if not candidate.grid or not candidate.filled or not fits(candidate, width):
        return False
    return not candidate.label or any(labels.fragment_of(form.rows[r], candidate.label) for r in rows)


def _agree(found: Sequence[Candidate], loose: Sequence[int], rows: range, form: Form) -> bool:
    pairs = zip(loose, rows, strict=True)
    return all(not found[i].label or labels.fragment_of(form.rows[r], found[i].label) for i, r in pairs)


def _single_fragments(found: Sequence[Candidate], loose: Sequence[int], rows: range, form: Form) -> Anchors:
    """Pieces of a label that fit one row only, each row once."""
    options = {
        i: [r for r in rows if labels.fragment_of(form.rows[r], found[i].label)]
        for i in loose
        if found[i].label
    }
    single = {i: fitting[0] for i, fitting in options.items() if len(fitting) == 1}
    in_order = list(single.values()) == sorted(set(single.values()))
    return single if in_order else {}


def _first_without_label(
    found: Sequence[Candidate], anchored: Anchors, form: Form, strips: Sequence[Strip]
) -> Anchors:
    """The first row, where its figures stand right behind the headers and its label nowhere.

    The row after it must have its own: else the figures might be that row's.
    """
    first = form.rows[0]
    last_header = canonical(first.columns[-1].name.zh)
    rows = anchored.values()
    if form.ordered or not found or 0 in anchored or 0 in rows or 1 not in rows:
        return {}
    headed = found[0].label.endswith(last_header) if not found[0].grid else not found[0].label
    named = any(m.row == 0 for s in strips for m in labels.inside(form, s.words))
    return {0: 0} if headed and not named and fits(found[0], len(first.columns)) else {}


# Running text in another order ------------------------------------------------------------------------


def _scrambled(found: Sequence[Candidate], anchored: Anchors, form: Form) -> bool:
    """Whether figures stand away from their labels, so that what follows a label need not be its row."""
    width = len(form.rows[0].columns)
    if not form.ordered:
        headers = tuple(map(canonical, form.headers))
        return any(i not in anchored and c.label.endswith(headers) for i, c in enumerate(found))
    return any(
        len(c.items) >= 2 * width or (i not in anchored and len(c.items) >= width)
        for i, c in enumerate(found)
    )


def _by_count(
    found: Sequence[Candidate], anchored: Anchors, strips: Sequence[Strip], form: Form
) -> Placement:
    """Pair rows and labels by their order alone if every count and every sum agrees; else nothing."""
    rows = _rows_of_figures(found, anchored, form) if form.ordered else None
    named = set(anchored.values()) | {m.row for s in strips for m in labels.inside(form, s.words)}
    if rows is None or len(named) * 10 < len(form.rows) * 8 or not all(map(_adds_up, rows)):
        placed = {
            form.rows[r].code: Placed((), None, _label_place(found, anchored, r), reason=NO_ORDER)
            for r in sorted(named)
        }
        return Placement(placed)
    return Placement(
        {
            row.code: Placed(items, True if index in named else None, None)
            for index, (row, items) in enumerate(zip(form.rows, rows, strict=True))
        }
    )


def _label_place(found: Sequence[Candidate], anchored: Anchors, row: int) -> Location | None:
    return next((found[i].location for i, r in anchored.items() if r == row), None)


def _rows_of_figures(
    found: Sequence[Candidate], anchored: Anchors, form: Form
) -> list[tuple[Item, ...]] | None:
    """All rows of figures in reading order; None where they are not whole or contradict a label."""
    width = len(form.rows[0].columns)
    rows: list[tuple[Item, ...]] = []
    if sum(len(c.items) for c in found) != len(form.rows) * width:
        return None
    for index, candidate in enumerate(found):
        more = _rows_of(candidate.items, width)
        if more is None or (index in anchored and len(more) == 1 and anchored[index] != len(rows)):
            return None
        rows += more
    return rows


def _rows_of(items: Sequence[Item], width: int) -> list[tuple[Item, ...]] | None:
    """Figures as rows: one after the other, or as `width` columns of equal length below each other."""
    columns = list(_columns(items))
    rows: list[tuple[Item, ...]] = []
    while columns:
        block, rest = columns[:width], columns[width:]
        if len({len(c) for c in block}) == 1 and len(block) == width:
            rows += [tuple(row) for row in zip(*block, strict=True)]
            columns = rest
        elif len(columns[0]) % width == 0:
            rows += [tuple(columns[0][i : i + width]) for i in range(0, len(columns[0]), width)]
            columns = columns[1:]
        else:
            return None
    return rows


def _columns(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Figures on directly consecutive lines."""
    column: list[Item] = []
    for item in items:
        line, before = item.location.line, column[-1].location.line if column else None
        if column and (line is None or before is None or line > before + 1):
            yield column
            column = []
        column.append(item)
    if column:
        yield column


def _adds_up(row: Sequence[Item]) -> bool:
    values = [item.text for item in row]
    return all(v.isdecimal() and len(v) <= MOST_DIGITS for v in values) and sum(map(int, values[:-1])) == int(
        values[-1]
    )


# The result -------------------------------------------------------------------------------------------


def _placed(found: Sequence[Candidate], anchored: Anchors, form: Form) -> dict[str, Placed]:
    rows: dict[str, Placed] = {}
    for width in sorted({len(row.columns) for row in form.rows}):
        chosen = {i: r for i, r in sorted(anchored.items()) if len(form.rows[r].columns) == width}
        for (index, r), cut in zip(
            chosen.items(), with_columns([found[i] for i in chosen], width), strict=True
        ):
            official = next((m.official for m in found[index].matches if m.row == r), None)
            items = cut.items if cut.filled else ()
            rows[form.rows[r].code] = Placed(items, official, cut.location, cut.grid)
    return rows


def _labels_alone(
    strips: Sequence[Strip], rows: Mapping[str, Placed], form: Form, loose: bool
) -> dict[str, Placed]:
    """Labels in running text that no figures follow: blank rows, if all figures there are have a label
    and all other rows are whole."""
    if any(p.grid for p in rows.values()) or any(s.cells for s in strips):
        return {}
    widths = {row.code: len(row.columns) for row in form.rows}
    # A single stretch of digits is several cells run together, not a lost one.
    whole = not loose and all(len(p.items) in (1, widths[code]) for code, p in rows.items())
    alone = {}
    for strip in strips:
        for mention in labels.inside(form, strip.words):
            reason = None if whole and mention.alone else NOT_FOLLOWED
            alone[form.rows[mention.row].code] = Placed((), True, strip.location, reason=reason)
    return {code: placed for code, placed in alone.items() if code not in rows}


def _extra_rows(found: Sequence[Candidate], anchored: Anchors) -> Iterator[Extra]:
    tables = {found[i].table for i in anchored if found[i].grid}
    for index, candidate in enumerate(found):
        if index not in anchored and candidate.table in tables and candidate.label and candidate.filled:
            yield Extra(candidate.label, candidate.location)


def _extra_columns(
    found: Sequence[Candidate], anchored: Anchors, form: Form, strips: Sequence[Strip]
) -> Iterator[Extra]:
    """Columns beyond the form's that most rows of a table have."""
    surplus = [
        found[i].filled[len(form.rows[r].columns) :]
        for i, r in anchored.items()
        if found[i].grid and found[i].exact
    ]
    if not surplus or sum(1 for s in surplus if s) * 2 <= len(surplus):
        return
    for item in next(s for s in surplus if s):
        headers = (
            cell for s in strips for cell in s.cells if cell.column == item.column and not _is_figure(cell)
        )
        header = next((cell for cell in headers if not cell.blank), None)
        place = header.location if header else item.location
        named = canonical(header.text) if header else ""
        yield Extra(named or f"第{item.column + 1}列", place)


def _is_figure(item: Item) -> bool:
    return item.text.strip().isdecimal()
