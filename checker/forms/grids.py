"""The three tables in the official row and column order, as plain data."""

from checker.facts import Fact, Facts, Kind, Record
from checker.forms import template

Cell = int | str | None


def grids(facts: Facts) -> dict[str, object]:
    """`{"tables": …}`: null where a cell is not a number; counts are ints, amounts decimal strings.

    Rows are those of the form the report prints. In the 2019 trial form the two document rows of table 2
    have their own three columns (made, published, total), and its other rows are null.
    """
    return {
        "tables": {
            "disclosure": {"format": _format(facts, "disclosure"), "grid": _disclosure(facts)},
            "applications": _applications(facts),
            "proceedings": {"grid": _proceedings(facts)},
        }
    }


def _disclosure(facts: Facts) -> dict[str, list[Cell]]:
    current, trial = facts.records("disclosure.documents"), facts.records("disclosure_2019.documents")
    records = {r.key: r for r in (*current, *trial)}
    grid = {}
    for row in template.DISCLOSURE.rows:
        if len(row.columns) > 1:
            form = template.TRIAL_DISCLOSURE if trial else template.DISCLOSURE
            grid[row.code] = _cells(records.get(row.code), form.row(row.code))
        else:
            grid[row.code] = [_cell(facts.fields.get(f"disclosure.{row.code}"), row.columns[0].amount)]
    return grid


def _applications(facts: Facts) -> dict[str, object]:
    records = {r.key: r for r in facts.records("applications.rows")}
    form = template.APPLICATIONS
    if "other_handling" in records:
        form = template.APPLICATIONS_ONE_OTHER_ROW
    return {
        "format": _format(facts, "applications"),
        "rows": [row.code for row in form.rows],
        "columns": [column.code for column in template.APPLICANTS],
        "grid": [_cells(records.get(row.code), row) for row in form.rows],
    }


def _proceedings(facts: Facts) -> list[Cell]:
    records = {r.key: r for r in facts.records("proceedings.groups")}
    return [cell for row in template.PROCEEDINGS.rows for cell in _cells(records.get(row.code), row)]


def _format(facts: Facts, table: str) -> str | None:
    fact = facts.fields.get(f"{table}.format")
    return fact.text if fact is not None and fact.kind is Kind.TEXT else None


def _cells(record: Record | None, row: template.Row) -> list[Cell]:
    fields = record.fields if record else {}
    return [_cell(fields.get(column.code), column.amount) for column in row.columns]


def _cell(fact: Fact | None, amount: bool) -> Cell:
    if fact is None or fact.kind is not Kind.NUMBER:
        return None
    value = str(fact.value)
    return value if amount or not value.lstrip("-").isdecimal() else int(value)
