"""A bureau's sheet of indicators (XLSX) → a ruleset to be filled in, and a ruleset → a sheet.

imported() reads the sheet, finds its header, makes a tree of its titles, checks every sum and writes the
files of a ruleset: an indicator for every title, a question for every leaf, every other cell under `sheet`.
exported() writes the sheet back: what was imported comes out cell for cell, with the points and titles the
ruleset has now.

cells.py        what stands in a cell, as one would type it
grid.py         XLSX → the cells of one sheet, under limits
layout.py       header and columns
amounts.py      a cell of points, a title with points in it
tree.py         rows → titles
sums.py         what each title is worth
basis.py        a cell of bases
understood.py   all of that together
questions.py    a row → a rule and its case
drafting.py     → the files of a ruleset
writing_yaml.py texts as YAML
plan.py         a ruleset's `sheet` → rows and columns
exporting.py    a ruleset → the cells of the sheet it came from
plain.py        a ruleset → the cells of a plain sheet
lacking.py      what a sheet cannot hold
writing_xlsx.py the cells → XLSX
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.ruleset import Ruleset
from checker.sheets.drafting import drafted, remarks
from checker.sheets.exporting import restored
from checker.sheets.grid import read_grid
from checker.sheets.lacking import not_held
from checker.sheets.layout import fits, layout_of
from checker.sheets.plain import HEAD, plain_sheet
from checker.sheets.plan import plan_of
from checker.sheets.sums import sums_of
from checker.sheets.tree import tree_of
from checker.sheets.understood import Understood
from checker.sheets.writing_xlsx import written


@dataclass(frozen=True, slots=True)
class Import:
    """The files of a ruleset, by their names below a folder, and what a reader should know of them."""

    files: dict[str, str]
    remarks: tuple[Bilingual, ...]


def imported(
    path: Path,
    name: str,
    sheet: str | None = None,
    levels: Sequence[str] = (),
    points: Sequence[str] = (),
    keep_stated: bool = False,
) -> Import:
    """A sheet of indicators as a ruleset of this name.

    sheet: which one of the workbook. levels, points: columns, by header or letter, over our guess.
    keep_stated: see sums_of. Raises InputError with every problem, each at its cell.
    """
    named = (*levels, *points) if levels and points else ()
    grid, others = read_grid(path, sheet, lambda found: fits(found, named))
    layout = layout_of(grid, levels, points)
    tree = tree_of(grid, layout)
    if tree.problems:
        raise InputError(tree.problems)
    understood = Understood(name, grid, layout, tree, sums_of(grid, tree, keep_stated))
    if understood.sums.problems:
        raise InputError(understood.sums.problems)
    files = drafted(understood)
    told = remarks(understood)
    if others:
        listed = "、".join(others)
        told.append(Bilingual(f"没有导入其他工作表：{listed}", f"sheets left out: {listed}"))
    return Import(files, tuple(told))


@dataclass(frozen=True, slots=True)
class Export:
    """An XLSX file, and what of the ruleset it cannot hold."""

    data: bytes
    remarks: tuple[Bilingual, ...]


def exported(ruleset: Ruleset) -> Export:
    """A ruleset as a sheet: the one it was imported from, or a plain one.

    Raises InputError if what it keeps of its sheet was spoilt, or the extra `sheets` is not there.
    """
    plan = plan_of(ruleset)
    if plan is None:
        grid, head = plain_sheet(ruleset), HEAD
    else:
        grid, head = restored(ruleset, plan), len(plan.head)
    return Export(written(grid, head), tuple(not_held(ruleset, plan)))
