"""Shares: every one of the corpus recomputed, the rounding bounds, and what is no share of a stated total."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from checker.facts import Absent, Extract, Kind, Record

Extracting = Callable[..., Extract]


def members(found: Extract, name: str) -> tuple[Record, ...]:
    records = found.collections[name]
    assert not isinstance(records, Absent)
    return records


QU = "excerpts/qu-yishenqing-2022.txt"
SHANGHAI = "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md"


def report(text: str) -> str:
    head = "东河县人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n"
    return f"{head}{text}\n\n二、主动公开政府信息情况\n"


def listed(found: Extract) -> list[tuple[object, ...]]:
    names = ("part", "whole", "stated", "places")
    return [tuple(r.fields[n].value for n in names) for r in members(found, "shares")]


def number(record: Record, name: str) -> Decimal:
    value = record.fields[name].value
    assert isinstance(value, Decimal)
    return value


def holds(found: Extract) -> list[bool]:
    return [
        number(r, "lowest") * number(r, "whole")
        <= number(r, "part") * 10000
        <= number(r, "highest") * number(r, "whole")
        for r in members(found, "shares")
    ]


def test_the_five_shares_of_one_report_are_of_the_applications_handled(
    extracted: Extracting, corpus: Path
) -> None:
    found = extracted(corpus / SHANGHAI, "shares")
    assert listed(found) == [
        (208, 1191, 1746, 2),
        (20, 1191, 168, 2),
        (564, 1191, 4736, 2),
        (80, 1191, 672, 2),
        (319, 1191, 2678, 2),
    ]
    assert holds(found) == [True] * 5


def test_nine_shares_of_a_page_on_applications(extracted: Extracting, corpus: Path) -> None:
    text = "\n".join(line.strip() for line in (corpus / QU).read_text(encoding="utf-8").splitlines()[3:])
    found = extracted(report(text.replace("一、", "").replace("二、", "")), "shares")
    assert [row[:3] for row in listed(found)] == [
        (1303, 1499, 8692),
        (172, 1499, 1147),
        (24, 1499, 160),
        (966, 1453, 6648),
        (67, 1453, 461),
        (81, 1453, 557),
        (182, 1453, 1253),
        (61, 1453, 420),
        (96, 1453, 661),
    ]
    assert holds(found) == [True] * 9
    print(f"\n{len(holds(found)) + 5} shares of the corpus recomputed, none wrong")


@pytest.mark.parametrize(
    ("text", "stated", "bounds", "right"),
    [
        ("办结40件，其中予以公开7件（17.50%），不予公开33件。", 1750, (1749, 1751), True),
        ("办结40件，其中予以公开7件（17.5%），不予公开33件。", 1750, (1745, 1755), True),
        ("办结40件，其中予以公开7件，占18%，不予公开33件。", 1800, (1750, 1850), True),
        ("办结40件，其中予以公开7件，占比为17%，不予公开33件。", 1700, (1650, 1750), True),
        ("办结40件，其中予以公开7件，占18.5%，不予公开33件。", 1850, (1845, 1855), False),
        ("办结40件，其中予以公开40件，占百分之百。", 10000, (9950, 10050), True),
    ],
)
def test_bounds_of_rounding(
    extracted: Extracting, text: str, stated: int, bounds: tuple[int, int], right: bool
) -> None:
    found = extracted(report(text), "shares")
    (record,) = members(found, "shares")
    assert record.fields["stated"].value == stated
    assert (record.fields["lowest"].value, record.fields["highest"].value) == bounds
    assert holds(found) == [right]
    assert (record.locations[0].quote or "").startswith(("7件", "40件"))


@pytest.mark.parametrize(
    "text",
    [
        "总浏览量536万，同比增长82%，其中47%来自海外。",
        "办结率100%，满意率98%。",
        "办结40件，其中予以公开7件，同比增长20%。",
        "办结约40件，其中予以公开7件，占17.5%。",
        "办结40件，其中予以公开7件，占比约两成。",
        "公开信息7条，占全市的17.5%。",
    ],
)
def test_what_is_no_share_of_a_stated_total(extracted: Extracting, text: str) -> None:
    assert listed(extracted(report(text), "shares")) == []


def test_a_third_decimal_is_kept_in_the_bounds(extracted: Extracting) -> None:
    (record,) = members(extracted(report("办结1191件，其中予以公开208件（17.464%）。"), "shares"), "shares")
    assert record.fields["stated"].kind is Kind.MISSING
    assert (record.fields["lowest"].value, record.fields["highest"].value) == (1746, 1747)
