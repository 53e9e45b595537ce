"""Facts as JSON and as a page."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from checker import pipeline, schemas
from checker.bilingual import Bilingual
from checker.document import Diagnostic
from checker.extractors import vocabulary
from checker.facts import Absent, Fact, Facts, Kind, Record
from checker.renderers import FactsView, Page, renderer

NOTE = Bilingual("没有找到这一行", "the row was not found")


@pytest.fixture(scope="session")
def view(root: Path) -> FactsView:
    _, document, facts = pipeline.read(root / "reports" / "alxa-hightech-zone-2024")
    return FactsView(document, facts, vocabulary())


def as_json(view: FactsView) -> Any:
    text = renderer("facts", "json")(view, Page("zh"))
    data = json.loads(text, parse_float=lambda digits: pytest.fail(f"a float: {digits}"))
    Draft202012Validator(schemas.open_schema("facts")).validate(data)
    return data


def page(view: FactsView, width: int = 80) -> str:
    return renderer("facts", "terminal")(view, Page("zh", width))


def changed(view: FactsView, **fields: Fact) -> FactsView:
    """The same with cells of the first row of table 3 replaced."""
    rows = view.facts.records("applications.rows")
    first: Record = replace(rows[0], fields={**rows[0].fields, **fields})
    collections = {**view.facts.collections, "applications.rows": (first, *rows[1:])}
    return replace(view, facts=replace(view.facts, collections=collections))


def without_tables(view: FactsView) -> FactsView:
    absent = Absent(Bilingual("没有找到表三", "table 3 was not found"))
    names = ("applications.rows", "proceedings.groups", "disclosure.documents")
    collections = {**view.facts.collections, **dict.fromkeys(names, absent)}
    missing = Fact(Kind.MISSING, note=NOTE)
    fields = {**view.facts.fields, "applications.format": missing}
    return replace(view, facts=Facts(fields, collections))


def test_the_three_tables(view: FactsView) -> None:
    tables = as_json(view)["tables"]
    assert tables["disclosure"] == {
        "format": "2021",
        "grid": {
            "regulations": [0, 0, 0],
            "normative_documents": [0, 0, 13],
            "licences": [3771],
            "penalties": [6084],
            "coercion": [101],
            "fees": ["106.99516"],
        },
    }
    applications = tables["applications"]
    assert (applications["rows"][0], applications["rows"][-1]) == ("new", "carried_out")
    assert applications["columns"][0] == "natural_person"
    assert applications["grid"] == [[0] * 7] * 25
    assert tables["proceedings"]["grid"] == [0] * 15
    assert tables["proceedings"]["groups"] == ["review", "direct_suit", "suit_after_review"]


def test_a_cell_without_a_number_is_null(view: FactsView) -> None:
    odd = changed(
        view,
        natural_person=Fact(Kind.BLANK),
        business=Fact(Kind.SLASH, None, "/"),
        research=Fact(Kind.UNREADABLE, None, "000", note=NOTE),
        public_welfare=Fact(Kind.NUMBER, Decimal("2.50"), "2.50"),
        legal_service=Fact(Kind.NUMBER, Decimal("7"), "7"),
    )
    assert as_json(odd)["tables"]["applications"]["grid"][0] == [None, None, None, "2.50", 7, 0, 0]
    line = next(line for line in page(odd).splitlines() if "一、本年新收" in line)
    assert line.split()[:7] == ["[", "]", "/", "?", "2.50", "7", "0"]


def test_a_table_that_was_not_found(view: FactsView) -> None:
    tables = as_json(without_tables(view))["tables"]
    assert tables["applications"]["grid"] == [[None] * 7] * 25
    assert tables["applications"]["format"] is None
    assert "表三  没有找到表三" in page(without_tables(view))


def test_every_fact_has_kind_value_and_places(view: FactsView) -> None:
    data = as_json(view)
    assert set(data["fields"]) == set(view.facts.fields)
    year = data["fields"]["report.year"]
    assert (year["kind"], year["value"], year["locations"][0]["line"]) == ("number", 2024, 1)
    assert data["fields"]["disclosure.fees"]["value"] == "106.99516"
    assert data["fields"]["preamble.period_from"]["value"] == "2024-01-01"
    assert data["fields"]["preamble.present"]["value"] is True
    assert set(data["collections"]) == set(view.facts.collections)


def test_json_is_the_same_for_every_page(view: FactsView) -> None:
    render = renderer("facts", "json")
    assert render(view, Page("zh")) == render(view, Page("en", 60, True))


def test_the_page(view: FactsView) -> None:
    text = page(view)
    for part in ("行政事业性收费本年收费金额  106.99516 万元", "report.year", "2024-01-01", "单项事实"):
        assert part in text
    assert text.index("表二") < text.index("表三") < text.index("表四") < text.index("单项事实")


def test_what_happened_while_reading_is_in_the_data(view: FactsView) -> None:
    diagnostic = Diagnostic("repaired", Bilingual("已按 GBK 解码", "decoded as GBK"))
    odd = replace(view, document=replace(view.document, diagnostics=(diagnostic,)))
    assert as_json(odd)["diagnostics"][0]["code"] == "repaired"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_runs_over(view: FactsView, width: int) -> None:
    assert [line for line in page(view, width).splitlines() if cell_len(line) > width] == []
