"""The three tables in the official row and column order, as plain data."""

from checker.facts import Fact, Facts, Kind, Record
from checker.forms import template

Cell = int | str | None


def grids(facts: Facts) -> dict[str, object]:
    """`{"tables": …}`: null where a cell is not a number; counts are ints, amounts decimal strings.

    The applications table has the rows of the form the report prints. Where a table is missing, or is
    in a format this order does not fit, all its cells are null.
    """
    return {
        "tables": {
            "disclosure": {"grid": _disclosure(facts)},
            "applications": _applications(facts),
            "proceedings": {"grid": _proceedings(facts)},
        }
    }


def _disclosure(facts: Facts) -> dict[str, list[Cell]]:
    records = {r.key: r for r in facts.records("disclosure.documents")}
    grid = {}
    for row in template.DISCLOSURE.rows:
        if len(row.columns) > 1:
            grid[row.code] = _cells(records.get(row.code), row)
        else:
            grid[row.code] = [_cell(facts.fields.get(f"disclosure.{row.code}"), row.columns[0].amount)]
    return grid


def _applications(facts: Facts) -> dict[str, object]:
    records = {r.key: r for r in facts.records("applications.rows")}
    format = facts.fields.get("applications.format")
    form = template.APPLICATIONS
    if "other_handling" in records:
        form = template.APPLICATIONS_ONE_OTHER_ROW
    return {
        "format": format.value if format is not None else None,
        "rows": [row.code for row in form.rows],
        "columns": [column.code for column in template.APPLICANTS],
        "grid": [_cells(records.get(row.code), row) for row in form.rows],
    }


def _proceedings(facts: Facts) -> list[Cell]:
    records = {r.key: r for r in facts.records("proceedings.groups")}
    return [cell for row in template.PROCEEDINGS.rows for cell in _cells(records.get(row.code), row)]


def _cells(record: Record | None, row: template.Row) -> list[Cell]:
    fields = record.fields if record else {}
    return [_cell(fields.get(column.code), column.amount) for column in row.columns]


def _cell(fact: Fact | None, amount: bool) -> Cell:
    if fact is None or fact.kind is not Kind.NUMBER:
        return None
    value = str(fact.value)
    return value if amount or not value.lstrip("-").isdecimal() else int(value)
