"""Rows below a header → Body, each typed cell looked at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.facts import Kind
from checker.ledger import Ledger, LedgerKind
from checker.ledgers import keys
from checker.ledgers.asides import aside
from checker.ledgers.fitting import Fit, Fitter, Numbered, shown
from checker.ledgers.rows import Body, Rows, numbers, readings
from checker.ledgers.values import MARK, SLASHES, as_written
from checker.location import Location

MOST_ROWS = 2_000_000
NAMED = 20
"""Faults that are named one by one; the rest are counted."""
_BATCH = 4_096


def load(fitter: Fitter, fit: Fit, rows: Iterable[Numbered], shifts: bool) -> Ledger:
    """A ledger of the rows below the header that are not blank.

    shifts: cells beyond the header mean that those before them may stand in the wrong column.
    Raises InputError if there are too many rows.
    """
    kind, file, sheet = fitter.kind, fitter.file, fitter.sheet
    columns = [c.name for c in kind.columns if c.name in fit.columns]
    cells: dict[str, list[str]] = {name: [] for name in columns}
    lines: list[int] = []
    which = bytearray()
    left_out: list[int] = []
    for batch in _batches(_records(kind, fit, _kept(rows, fit, shifts), left_out)):
        if len(lines) + len(batch) > MOST_ROWS:
            raise _too_many(file, sheet)
        if fit.steps:
            _unfold(kind, fit, batch, lines, which, cells)
            continue
        lines.extend(line for line, _ in batch)
        across = list(zip(*(row for _, row in batch), strict=True))
        for name in columns:
            cells[name].extend(across[fit.layouts[0][name]])
    originals = _fold(kind, cells)
    body = Body(
        kind=kind,
        file=file,
        sheet=sheet,
        lines=numbers(lines),
        cells=cells,
        layouts=tuple({n: fit.headers[p] for n, p in layout.items()} for layout in fit.layouts),
        which=bytes(which),
        originals=originals,
        readings={c.name: r for c in kind.columns if c.name in cells and (r := readings(c, cells[c.name]))},
    )
    faults, count = _faults(body)
    missing = tuple(c.name for c in kind.columns if c.name not in cells)
    extra = tuple(map(shown, fit.extra))
    return Ledger(kind, file, sheet, Rows(body), missing, faults, count, extra, tuple(left_out))


def _kept(rows: Iterable[Numbered], fit: Fit, shifts: bool) -> Iterator[Numbered]:
    """Rows that hold anything and do not repeat the header, each as wide as the header."""
    width, headers = len(fit.headers), [header.strip() for header in fit.headers]
    for line, row in rows:
        if not any(map(str.strip, row)) or _is_header(row, headers):
            continue
        if len(row) != width:
            yield line, _fitted(row, width, shifts)
        else:
            yield line, row


def _is_header(row: Sequence[str], headers: Sequence[str]) -> bool:
    return row[0].strip() == headers[0] and [cell.strip() for cell in row[: len(headers)]] == headers


def _records(kind: LedgerKind, fit: Fit, rows: Iterable[Numbered], left_out: list[int]) -> Iterator[Numbered]:
    """The rows that are records; the numbers of the others are noted."""
    is_aside = aside(kind, fit)
    for line, row in rows:
        if is_aside(row):
            left_out.append(line)
        else:
            yield line, row


def _fold(kind: LedgerKind, cells: Mapping[str, list[str]]) -> dict[str, dict[int, str]]:
    """Writes keys as they are compared; the texts as written, where they differ."""
    originals = {}
    for column in keys.columns(kind):
        texts = cells.get(column.name, [])
        changed = keys.folded(texts)
        if changed:
            originals[column.name] = {place: texts[place] for place in changed}
        for place, text in changed.items():
            texts[place] = text
    return originals


def _fitted(row: Sequence[str], width: int, shifts: bool) -> Sequence[str]:
    if len(row) < width:
        return [*row, *[""] * (width - len(row))]
    within = row[:width]
    if shifts and any(map(str.strip, row[width:])):
        return [f"{MARK}s{as_written(cell)}" for cell in within]
    return within


def _batches(rows: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _unfold(
    kind: LedgerKind,
    fit: Fit,
    batch: Iterable[Numbered],
    lines: list[int],
    which: bytearray,
    cells: Mapping[str, list[str]],
) -> None:
    """One record for every step that has any cell filled in."""
    column = kind.unfold.column if kind.unfold else ""
    own = [[p for n, p in layout.items() if n in fit.own] for layout in fit.layouts]
    for line, row in batch:
        for number, layout in enumerate(fit.layouts):
            if all(row[position].strip() in SLASHES for position in own[number]):
                continue
            lines.append(line)
            which.append(number)
            for name, texts in cells.items():
                position = layout.get(name)
                texts.append("" if position is None else row[position])
            cells[column][-1] = fit.steps[number]


def _faults(body: Body) -> tuple[tuple[Problem, ...], int]:
    """The first values that do not fit, in the order of the file, and how many there are."""
    found: list[tuple[int, int, str]] = []
    total = 0
    for place, (name, texts) in enumerate(body.cells.items()):
        bad = _bad(body, name)
        if bad:
            at = [number for number, written in enumerate(texts) if written in bad]
            total += len(at)
            found.extend((number, place, name) for number in at[:NAMED])
    return tuple(fault(body, number, name) for number, _, name in nsmallest(NAMED, found)), total


def _bad(body: Body, name: str) -> set[str]:
    known = body.readings.get(name)
    if known is not None:
        return {written for written, reading in known.items() if reading.kind is Kind.UNREADABLE}
    return {written for written in body.cells[name] if written[:1] == MARK}


def fault(body: Body, number: int, name: str) -> Problem:
    """A value that does not fit, as it is told."""
    label, place, note = body.columns[name].label, body.place(number, name), body.reading(number, name).note
    why = note or Bilingual("", "")
    quote = shown(place.quote or "")
    message = Bilingual(f"“{label.zh}”栏的“{quote}”：{why.zh}", f"“{quote}” under {label.en}: {why.en}")
    return Problem("ledger.value", message, place)


def _too_many(file: str, sheet: str | None) -> InputError:
    message = Bilingual(f"超过 {MOST_ROWS} 行", f"there are over {MOST_ROWS} rows")
    return InputError([Problem("ledger.rows", message, Location(file, table=sheet))])
