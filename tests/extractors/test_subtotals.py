"""Subtotals of the tables: what the prose counts in one figure."""

from collections.abc import Mapping

from checker.bilingual import Bilingual
from checker.extractors import subtotals
from checker.facts import Absent, Extract, Fact, Kind, Record, count, flag, missing
from checker.forms import template
from checker.location import Location
from checker.outline import Outline

NO_OUTLINE: Outline = None  # type: ignore[assignment]  # subtotals look at cells only
PLACE = Location("report.txt", line=7)


def cells(**changed: Fact) -> Extract:
    """Both tables with 1 in every cell, table 3 with its three rows of （六）."""
    fields: dict[str, Fact] = {"applications.present": flag(True)}
    for row in template.APPLICATIONS.rows:
        fields[f"applications.{row.code}.total"] = count(1, PLACE)
    fields["applications.other_handling.total"] = missing("没有这一行", "no such row")
    for row in template.PROCEEDINGS.rows:
        for column in row.columns:
            fields[f"proceedings.{row.code}.{column.code}"] = count(1, PLACE)
    rows = tuple(
        Record(code, Bilingual(code, code), {c.code: count(1, PLACE) for c in template.APPLICANTS})
        for code in ("new", "carried_in")
    )
    return Extract(fields | changed, {"applications.rows": rows})


def derived(found: Extract) -> Mapping[str, Fact]:
    return subtotals.extract(NO_OUTLINE, found).fields


def number(fact: Fact) -> int:
    assert fact.kind is Kind.NUMBER, fact
    return int(fact.text)


def test_every_declared_field_is_given() -> None:
    assert set(derived(cells())) == {f.name for f in subtotals.DECLARES}


def test_groups_of_rows() -> None:
    facts = derived(cells())
    sums = {
        code: number(facts[f"applications.{code}.total"])
        for code in ("refused", "not_available", "not_processed", "otherwise")
    }
    assert sums == {"refused": 8, "not_available": 3, "not_processed": 5, "otherwise": 3}
    assert facts["applications.refused.total"].locations == (PLACE,)
    assert facts["applications.other_in_one_row"].value is False


def test_other_handling_printed_as_one_row() -> None:
    one: dict[str, Fact] = {
        f"applications.{r.code}.total": missing("无", "none") for r in template.OTHER_ITEMS
    }
    facts = derived(cells(**one, **{"applications.other_handling.total": count(9, PLACE)}))
    assert facts["applications.other_in_one_row"].value is True
    assert number(facts["applications.otherwise.total"]) == 9


def test_organisations_are_the_five_columns_without_persons() -> None:
    facts = derived(cells())
    assert number(facts["applications.new.organisations"]) == 5
    assert number(facts["applications.new.natural_person"]) == 1


def test_lawsuits_of_both_kinds() -> None:
    assert number(derived(cells())["proceedings.suits.total"]) == 2


def test_a_blank_cell_is_not_zero() -> None:
    facts = derived(cells(**{"applications.refused_process.total": Fact(Kind.BLANK, locations=(PLACE,))}))
    assert facts["applications.refused.total"].kind is Kind.BLANK
    assert number(facts["applications.not_available.total"]) == 3


def test_without_table_three_nothing_is_counted() -> None:
    found = cells(**{"applications.present": flag(False)})
    gone = Absent(Bilingual("没有找到表三", "table 3 was not found"))
    facts = derived(Extract(found.fields, {"applications.rows": gone}))
    assert facts["applications.other_in_one_row"].kind is Kind.MISSING
    assert facts["applications.carried_in.organisations"].kind is Kind.MISSING
