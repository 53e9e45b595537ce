"""Which sheet of a workbook is the ledger, and where its header stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from checker.errors import InputError, did_you_mean
from checker.ledgers.fitting import HEAD, Fit, Fitter, Numbered
from checker.ledgers.workbook import Sheet, Workbook

MOST_SHEETS = 50
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Fitting:
    """A sheet that fits, and how."""

    sheet: Sheet
    fitter: Fitter
    fit: Fit


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
    return Fitting(sheet, within, within.fit(_head(book, sheet)))


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
