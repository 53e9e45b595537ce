"""Facts as JSON (schema `facts`): the tables as grids in official order, then every fact with its places.

In a grid a cell is null unless it holds a number.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from checker.facts import Absent, Fact, Field, Record, Vocabulary
from checker.forms import grids
from checker.renderers import FactsView, Page
from checker.renderers._json import diagnostics, dump, places, source, words
from checker.renderers._numbers import plain


def render(view: FactsView, page: Page) -> str:
    """Counts are integers; amounts are decimal strings exactly as the number is written."""
    return dump(
        {
            "schema": "facts/1",
            "source": source(view.document.provenance),
            "diagnostics": diagnostics(view.document.provenance),
            **grids(view.facts),
            "fields": {name: _single(view, name, fact) for name, fact in view.facts},
            "collections": {
                name: _collection(found, name, view.vocabulary)
                for name, found in view.facts.collections.items()
            },
        }
    )


def _single(view: FactsView, name: str, fact: Fact) -> dict[str, Any]:
    field = view.vocabulary.fields.get(name)
    return _declared(field) | _fact(fact, field)


def _declared(field: Field | None) -> dict[str, Any]:
    return {"label": words(field.label) if field else None, "type": field.type if field else None}


def _fact(fact: Fact, field: Field | None) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "text": fact.text,
        "value": _value(fact, field),
        "note": words(fact.note),
        "locations": places(fact.locations),
    }


def _value(fact: Fact, field: Field | None) -> Any:
    if isinstance(fact.value, Decimal):
        return _number(fact.value, field)
    return fact.value.isoformat() if isinstance(fact.value, date) else fact.value


def _number(value: Decimal, field: Field | None) -> int | str:
    amount = field is not None and field.type == "amount"
    return plain(value) if amount or value != value.to_integral_value() else int(value)


def _collection(found: Sequence[Record] | Absent, name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    declared = vocabulary.collections.get(name)
    fields = {field.name: field for field in declared.fields} if declared else {}
    absent = found.reason if isinstance(found, Absent) else None
    records = () if isinstance(found, Absent) else found
    return {
        "label": words(declared.label) if declared else None,
        "absent": words(absent),
        "fields": {name: _declared(field) for name, field in fields.items()},
        "records": [_record(record, fields) for record in records],
    }


def _record(record: Record, fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "key": record.key,
        "label": words(record.label),
        "fields": {name: _fact(fact, fields.get(name)) for name, fact in record.fields.items()},
        "locations": places(record.locations),
    }
