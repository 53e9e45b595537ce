"""The three tables in the official row and column order, as plain data."""

from checker.facts import Fact, Facts, Kind, Record
from checker.forms import template

Cell = int | str | None


def grids(facts: Facts) -> dict[str, object]:
    """`{"tables": …}`: null where a cell is not a number; counts are ints, amounts decimal strings.

    Rows and columns are those of the form the report prints; the 2019 trial form's amount of
    procurement, which has no unit there, is left out.
    """
    return {
        "tables": {
            "disclosure": {"format": _format(facts, "disclosure"), "grid": _disclosure(facts)},
            "applications": _applications(facts),
            "proceedings": {
                "groups": [row.code for row in template.PROCEEDINGS.rows],
                "columns": [column.code for column in template.PROCEEDINGS.rows[0].columns],
                "grid": _proceedings(facts),
            },
        }
    }


def _disclosure(facts: Facts) -> dict[str, list[Cell]]:
    current, trial = facts.records("disclosure.documents"), facts.records("disclosure_2019.documents")
    records = {r.key: r for r in (*current, *trial)}
    form = template.TRIAL_DISCLOSURE if trial else template.DISCLOSURE
    documents = ("regulations", "normative_documents")
    return {
        row.code: _cells(records.get(row.code), row)
        if row.code in documents
        else _own(facts, row, bool(trial))
        for row in form.rows
    }


def _own(facts: Facts, row: template.Row, trial: bool) -> list[Cell]:
    """A row whose cells are facts of their own."""
    if not trial:
        return [_cell(facts.fields.get(f"disclosure.{row.code}"), row.columns[0].amount)]
    cells = [(facts.fields.get(f"disclosure_2019.{row.code}.{c.code}"), c.amount) for c in row.columns]
    return [_cell(fact, amount) for fact, amount in cells if not amount]


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
