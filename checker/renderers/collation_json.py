"""Two reports side by side, as JSON (schema `collation`)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from checker.collation import Collation, Cut, Link, Pair, Passage, Relation, Repeated, Row, Side, Table
from checker.facts import Fact
from checker.renderers import Page
from checker.renderers._json import diagnostics, dump, places, source, words
from checker.renderers._numbers import plain


def render(found: Collation, page: Page) -> str:
    """Every cell, fact and heading, and of the text all that is not equal word for word; numbers are decimal
    strings, exactly as written."""
    return dump(
        {
            "schema": "collation/1",
            "mode": found.mode,
            "a": _side(found.a),
            "b": _side(found.b),
            "same_bytes": found.same_bytes,
            "other_unit": found.other_unit,
            "counts": {name: _counts(group) for name, group in found.groups().items()},
            "tables": [_table(table) for table in found.tables],
            "singles": [_pair(pair) for pair in found.singles],
            "claims": [_pair(pair) for pair in found.claims],
            "headings": [_pair(pair) for pair in found.headings],
            "passages": list(_passages(found.passages)),
            "links": [_link(link) for link in found.links],
            "repeated": [_repeated(each) for each in found.repeated],
        }
    )


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "unit": side.unit,
        "year": side.year,
        "reader": side.reader,
        "source": source(side.document.provenance),
        "diagnostics": diagnostics(side.document.provenance),
    }


def _counts(relations: Iterable[Relation]) -> dict[str, int]:
    numbers = Counter(relations)
    return {relation.value: numbers[relation] for relation in Relation}


def _table(table: Table) -> dict[str, Any]:
    return {
        "code": table.code,
        "name": words(table.name),
        "relation": None if table.rows else table.relation.value,
        "reason": words(table.reason),
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"code": row.code, "label": words(row.label), "cells": [_pair(cell) for cell in row.cells]}


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "name": pair.name,
        "label": words(pair.label),
        "relation": pair.relation.value,
        "reason": words(pair.reason),
        "a": _fact(pair.a),
        "b": _fact(pair.b),
    }


def _fact(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {
        "kind": fact.kind.value,
        "text": fact.text,
        "value": _value(fact),
        "note": words(fact.note),
        "locations": places(fact.locations),
    }


def _value(fact: Fact) -> bool | str | None:
    if isinstance(fact.value, Decimal):
        return plain(fact.value)
    return fact.value.isoformat() if isinstance(fact.value, date) else fact.value


def _passages(passages: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    for each in passages:
        if each.relation is not Relation.EQUAL:
            yield {
                "what": each.what,
                "relation": each.relation.value,
                "a": _cut(each.a),
                "b": _cut(each.b),
                "figures": [{"a": figure.a, "b": figure.b} for figure in each.figures],
                "manners": list(each.manners),
            }


def _cut(cut: Cut | None) -> dict[str, Any] | None:
    if cut is None:
        return None
    return {
        "text": cut.text,
        "section": cut.section,
        "differing": [list(part) for part in cut.differing],
        "locations": places((cut.location,)),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "name": link.name,
        "label": words(link.label),
        "before": _fact(link.before),
        "steps": [
            {"label": words(label), "sign": sign, "fact": _fact(fact)} for label, sign, fact in link.steps
        ],
        "expected": link.expected,
        "now": _fact(link.now),
        "holds": link.holds,
        "at_least": link.at_least,
    }


def _repeated(each: Repeated) -> dict[str, Any]:
    return {
        "section": each.section,
        "sentences": each.sentences,
        "word_for_word": each.word_for_word,
        "but_for_figures": each.but_for_figures,
    }
