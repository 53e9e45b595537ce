"""What a ruleset keeps of the sheet it came from: its key `sheet`, read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledgers.workbook import Area
from checker.location import Location
from checker.ruleset import Ruleset
from checker.sheets.cells import area_of


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A row that is no indicator's: a total, a note, a bonus. rule: the rule it stands for."""

    cells: Mapping[int, str]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The sheet's name, the rows above and of its header, its columns and the order of its rows.

    levels, points: as in Layout. placed: the level of an indicator whose title does not stand one level
    below that of its parent; None: it stands in no column of levels. rows: ids of indicators, one for every
    row each has, and the rows that are no indicator's.
    """

    name: str
    head: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    levels: tuple[int, ...]
    points: tuple[int | None, ...]
    placed: Mapping[str, int | None]
    merged: tuple[Area, ...]
    rows: tuple[str | Verbatim, ...]


def plan_of(ruleset: Ruleset) -> Plan | None:
    """The plan a ruleset keeps, None if it came from no sheet. Raises InputError if it was spoilt."""
    if not ruleset.sheet:
        return None
    try:
        return _plan(ruleset.sheet)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        what = error.args[0] if error.args else ""
        said = Bilingual(f"末尾的 sheet 已不完整（{what}）", f"its `sheet` is damaged ({what})")
        fix = Bilingual(
            "改回导入时的样子，或者删去它，按通用格式导出", "restore it, or remove it for a plain sheet"
        )
        raise InputError([Problem("sheet.plan", said, Location(ruleset.id), fix=fix)]) from None


def _plan(kept: Mapping[str, Any]) -> Plan:
    columns = tuple(map(str, kept["columns"]))
    at = {name: number for number, name in enumerate(columns)}
    levels = tuple(at[name] for name in kept["levels"])
    return Plan(
        str(kept["name"]),
        tuple(tuple(map(str, row)) for row in kept["head"]),
        columns,
        levels,
        tuple(at[name] if name else None for name in kept["points"]),
        {i: levels.index(at[name]) if name else None for i, name in dict(kept.get("placed") or {}).items()},
        tuple(area_of(text) for text in kept["merged"] or ()),
        tuple(row if isinstance(row, str) else _verbatim(row, at) for row in kept["rows"]),
    )


def _verbatim(row: Mapping[str, Any], at: Mapping[str, int]) -> Verbatim:
    return Verbatim({at[name]: str(text) for name, text in dict(row["cells"] or {}).items()}, row.get("rule"))
