"""Which sheet of a workbook is the ledger, and where its header stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from checker.errors import InputError, did_you_mean
from checker.ledgers.fitting import HEAD, Fit, Fitter, Numbered
from checker.ledgers.workbook import Sheet, Workbook

MOST_SHEETS = 50
_LISTED = 20
_DEEPEST = 3
"""Rows below its first that a header may have."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A sheet that fits, and how. below: the last row of its header, which cells merged downwards reach."""

    sheet: Sheet
    fitter: Fitter
    fit: Fit
    below: int


def choose(book: Workbook, fitter: Fitter) -> Fitting:
    """The sheet named, else the only visible one that fits.

    Raises InputError if there is no such sheet, none fits or several do.
    """
    if fitter.sheet is not None:
        return _fitted(book, _named(book, fitter.sheet), fitter)
    visible = [sheet for sheet in book.sheets if not sheet.hidden][:MOST_SHEETS]
    if not visible:
        zh, en = "工作簿里没有可见的工作表", "the workbook has no visible sheet"
        raise book.archive.refused("ledger.no-sheet", zh, en)
    fitting: list[Fitting] = []
    misfits: list[tuple[int, InputError]] = []
    for sheet in visible:
        try:
            fitting.append(_fitted(book, sheet, fitter))
        except InputError as error:
            misfits.append((_score(book, sheet, fitter), error))
    if not fitting:
        raise _none_fits(book, misfits)
    if len(fitting) > 1:
        names = _listed([f.sheet for f in fitting])
        zh = f"有几个工作表都像{fitter.kind.title.zh}：{names}；请在清单里用 sheet 写明"
        en = f"several sheets fit {fitter.kind.title.en}: {names}; name one under `sheet` in the manifest"
        raise book.archive.refused("ledger.several-sheets", zh, en)
    return fitting[0]


def _named(book: Workbook, name: str) -> Sheet:
    for sheet in book.sheets:
        if sheet.name == name:
            return sheet
    names = _listed(book.sheets)
    hint = did_you_mean(name, [sheet.name for sheet in book.sheets])
    zh = f"工作簿里没有名为“{name}”的工作表{hint.zh}；有：{names}"
    en = f"the workbook has no sheet {name}{hint.en}; there are: {names}"
    raise book.archive.refused("ledger.no-sheet", zh, en)


def _head(book: Workbook, sheet: Sheet) -> list[Numbered]:
    return list(islice(book.rows(sheet, merged=False), HEAD))


def _score(book: Workbook, sheet: Sheet, fitter: Fitter) -> int:
    return fitter.best(_head(book, sheet))[1]


def _fitted(book: Workbook, sheet: Sheet, fitter: Fitter) -> Fitting:
    within = Fitter(fitter.kind, fitter.file, sheet.name, fitter.named)
    fit = within.fit(_head(book, sheet))
    return Fitting(sheet, within, fit, _bottom(book, sheet, within, fit))


def _bottom(book: Workbook, sheet: Sheet, fitter: Fitter, fit: Fit) -> int:
    """The header's last row: where the header of a column all records have reaches down, none is a record."""
    required = {c.name for c in fitter.kind.columns if c.required or c.name == fitter.kind.key}
    places = {place for name, place in fit.layouts[0].items() if name in required}
    lowest = fit.line + _DEEPEST
    below = (
        area.bottom
        for area in book.merged(sheet)
        if area.top <= fit.line < area.bottom <= lowest
        and places.intersection(range(area.left, area.right + 1))
    )
    return max(below, default=fit.line)


def _none_fits(book: Workbook, misfits: list[tuple[int, InputError]]) -> InputError:
    """What is wrong with the sheet that comes nearest, and which sheets there are."""
    best = max(misfits, key=lambda misfit: misfit[0])[1]
    if len(misfits) == 1:
        return best
    names = _listed(book.sheets)
    zh, en = f"没有一个工作表合用；有：{names}", f"no sheet fits; there are: {names}"
    return InputError([*best.problems, *book.archive.refused("ledger.no-sheet", zh, en).problems])


def _listed(sheets: Sequence[Sheet]) -> str:
    return "、".join(sheet.name for sheet in sheets[:_LISTED]) + ("……" if len(sheets) > _LISTED else "")
