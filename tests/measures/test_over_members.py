"""Measures over one field of many records: count_distinct, min, max, ordered, share."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind, missing
from checker.location import Location
from checker.measures import measures

OVER_MEMBERS = ("count_distinct", "min", "max", "ordered", "share")
NOTE = Bilingual("看不清", "cannot be read")


def given_value(value: Any, line: int = 1) -> Fact:
    kinds = {bool: Kind.FLAG, int: Kind.NUMBER, str: Kind.TEXT, date: Kind.DATE, datetime: Kind.DATE}
    held = Decimal(value) if type(value) is int else value
    return Fact(kinds[type(value)], held, str(value), (Location("ledger.csv", line),))


def all_given(*values: Any) -> tuple[Fact, ...]:
    return tuple(given_value(value, line) for line, value in enumerate(values, 2))


def other(kind: Kind, line: int = 99) -> Fact:
    return Fact(kind, None, "?", (Location("ledger.csv", line),), NOTE)


def compute(name: str, members: Sequence[Fact] | Absent, **more: Any) -> Fact:
    more = {"by": members, "order": {}} | more if name == "ordered" else more
    return measures()[name].compute({name: members} | more)


def lines(fact: Fact) -> list[int | None]:
    return [place.line for place in fact.locations]


unknowns = st.sampled_from([Kind.BLANK, Kind.SLASH, Kind.UNREADABLE, Kind.MISSING]).map(other)
moments = st.one_of(
    st.dates(date(2024, 2, 27), date(2024, 3, 2)),
    st.datetimes(datetime(2024, 2, 27), datetime(2024, 3, 2)).map(lambda m: m.replace(minute=0, second=0)),
)
numbers = st.integers(-3, 3)
texts = st.sampled_from(["甲", "乙", "丙"])
columns: dict[str, list[st.SearchStrategy[Any]]] = {
    "count_distinct": [texts, numbers, moments, st.booleans()],
    "min": [numbers, moments],
    "max": [numbers, moments],
    "ordered": [numbers, moments],
    "share": [texts, st.booleans()],
}


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Fact], dict[str, Any]]:
    """A measure, members it can take and the rest of its arguments but `by`."""
    name = draw(st.sampled_from(OVER_MEMBERS))
    values = draw(st.lists(draw(st.sampled_from(columns[name])), max_size=6))
    return name, list(all_given(*values)), {"among": ["甲", "乙"]} if name == "share" else {}


@given(cases(), st.randoms(use_true_random=False), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_the_order_of_the_records_changes_nothing(
    case: tuple[str, list[Fact], dict[str, Any]], random: Any, ranks: list[int]
) -> None:
    name, members, more = case
    rows = list(zip(members, all_given(*ranks), strict=False))
    results = []
    for _ in range(3):
        by = {"by": tuple(b for _, b in rows)} if name == "ordered" else {}
        found = compute(name, tuple(m for m, _ in rows), **more, **by)
        results.append((found.kind, found.value))
        random.shuffle(rows)
    assert len(set(results)) == 1


@given(cases(), unknowns, st.integers(0, 6))
def test_what_is_not_known_never_yields_a_value(
    case: tuple[str, list[Fact], dict[str, Any]], unknown: Fact, place: int
) -> None:
    name, members, more = case
    members.insert(place, unknown)
    found = compute(name, tuple(members), **more)
    assert (found.kind, found.value, found.note) == (unknown.kind, None, NOTE)
    assert found.locations == unknown.locations


@pytest.mark.parametrize("name", OVER_MEMBERS)
def test_the_first_offender_is_named_and_a_doubtful_one_last(name: str) -> None:
    whole = given_value("甲" if name == "share" else 1)
    blank, doubtful, unreadable = other(Kind.BLANK, 7), other(Kind.DOUBTFUL, 8), other(Kind.UNREADABLE, 9)
    more = {"among": ["甲"]} if name == "share" else {}
    assert compute(name, (whole, doubtful, unreadable, blank), **more) == unreadable
    assert compute(name, (whole, doubtful), **more) == doubtful


@pytest.mark.parametrize("name", OVER_MEMBERS)
def test_a_ledger_that_is_not_there(name: str) -> None:
    reason = Bilingual("未提供台账", "the ledger was not supplied")
    found = compute(name, Absent(reason))
    assert (found.kind, found.value, found.note) == (Kind.MISSING, None, reason)


@pytest.mark.parametrize("name", ["count_distinct", "min", "max", "ordered"])
def test_words_in_a_column_of_numbers_are_no_value(name: str) -> None:
    found = compute(name, (given_value(1), given_value("详见附件", 5)))
    assert (found.kind, found.value, lines(found)) == (Kind.TEXT, None, [5])


def test_different_values() -> None:
    found = compute("count_distinct", all_given("甲", "乙", "甲", "丙", "丁"))
    assert (found.kind, found.value, lines(found)) == (Kind.NUMBER, Decimal(4), [2, 3, 5])
    assert compute("count_distinct", ()).value == 0


def test_a_moment_is_not_told_apart_from_its_bare_day() -> None:
    ten, eleven, day = datetime(2024, 3, 5, 10), datetime(2024, 3, 5, 11), date(2024, 3, 5)
    assert compute("count_distinct", all_given(ten, eleven)).value == 2
    assert compute("count_distinct", all_given(ten, day, eleven, date(2024, 3, 6))).value == 2


@pytest.mark.parametrize("name", ["min", "max", "share"])
def test_nothing_to_compare_is_missing(name: str) -> None:
    found = compute(name, (), **({"among": ["甲"]} if name == "share" else {}))
    assert (found.kind, found.value) == (Kind.MISSING, None)
    assert found.note is not None


def test_least_and_greatest() -> None:
    members = all_given(5, -2, 7, 7)
    assert compute("min", members) == members[1]
    assert compute("max", members).value == 7
    assert compute("max", members).locations == members[2].locations


def test_days_and_moments_at_the_coarser_precision() -> None:
    day = date(2024, 3, 5)
    values = (
        datetime(2024, 3, 5, 0, 0),
        day,
        datetime(2024, 3, 5, 18, 30),
        date(2024, 3, 1),
        date(2024, 3, 9),
    )
    for order in permutations(values[:3]):
        assert compute("min", all_given(*order)).value is day
        assert compute("max", all_given(*order)).value is day
    assert compute("min", all_given(*values)).value == date(2024, 3, 1)
    assert compute("max", all_given(*values)).value == date(2024, 3, 9)
    timed = values[0], values[2]
    assert compute("min", all_given(*timed)).value == timed[0]
    assert compute("max", all_given(*timed)).value == timed[1]


STEPS = {"初审": 0, "复审": 1, "终审": 2}
NINE, TEN, ELEVEN = (datetime(2024, 3, 5, hour) for hour in (9, 10, 11))
DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], True),
        ([("初审", NINE)], True),
        ([("终审", ELEVEN), ("初审", NINE), ("复审", TEN)], True),
        ([("初审", TEN), ("复审", NINE), ("终审", ELEVEN)], False),
        ([("初审", NINE), ("复审", NINE), ("终审", NINE)], True),
        ([("初审", ELEVEN), ("初审", NINE), ("复审", ELEVEN)], True),
        ([("初审", NINE), ("初审", ELEVEN), ("复审", TEN)], False),
        ([("初审", DAY), ("复审", NINE), ("终审", DAY)], True),
        ([("初审", ELEVEN), ("复审", DAY), ("终审", NINE)], False),
        ([("初审", date(2024, 3, 6)), ("复审", ELEVEN)], False),
        ([("初审", ELEVEN), ("复审", date(2024, 3, 4))], False),
    ],
)
def test_steps_in_order(rows: list[tuple[str, Any]], expected: bool) -> None:
    by = all_given(*(step for step, _ in rows))
    members = all_given(*(moment for _, moment in rows))
    found = compute("ordered", members, by=by, order=STEPS)
    assert (found.kind, found.value) == (Kind.FLAG, expected)
    assert len(found.locations) == (2 if not expected else min(len(rows), 1))


def test_the_two_out_of_order_are_named() -> None:
    members = all_given(1, 2, 9, 3, 10)
    found = compute("ordered", members, by=all_given(1, 2, 3, 4, 5))
    assert (found.value, lines(found)) == (False, [4, 5])


def test_words_without_a_declared_order_rank_by_their_characters() -> None:
    assert compute("ordered", all_given(1, 2), by=all_given("a", "b")).value is True
    assert compute("ordered", all_given(1, 2), by=all_given("b", "a"), order={}).value is False


def test_the_order_must_be_known_too() -> None:
    blank, doubtful = other(Kind.BLANK), other(Kind.DOUBTFUL)
    assert compute("ordered", all_given(1, 2), by=(given_value(1), blank)) == blank
    assert compute("ordered", (given_value(1), doubtful), by=(given_value(1), blank)) == blank
    assert compute("ordered", (given_value(1), doubtful), by=all_given(1, 2)) == doubtful


def before(one: Any, two: Any) -> bool:
    """Strictly earlier at the coarser precision, written down pair by pair."""
    if isinstance(one, datetime) and isinstance(two, datetime):
        return one < two
    if isinstance(one, int):
        return bool(one < two)
    days = [v.date() if isinstance(v, datetime) else v for v in (one, two)]
    return bool(days[0] < days[1])


pairs = st.one_of(
    st.lists(st.tuples(moments, numbers), max_size=7),
    st.lists(st.tuples(numbers, moments), max_size=7),
    st.lists(st.tuples(moments, moments), max_size=7),
)


@given(pairs)
def test_order_is_that_of_every_pair(rows: list[tuple[Any, Any]]) -> None:
    expected = not any(before(a, b) and before(m, n) for a, n in rows for b, m in rows)
    by, members = (all_given(*column) for column in (zip(*rows, strict=True) if rows else ((), ())))
    assert compute("ordered", members, by=by).value is expected


@given(st.lists(moments, min_size=1, max_size=6))
def test_none_is_before_the_earliest_nor_after_the_latest(values: list[Any]) -> None:
    least, greatest = (compute(name, all_given(*values)).value for name in ("min", "max"))
    assert not any(before(value, least) or before(greatest, value) for value in values)


def test_a_long_ledger_is_ordered_in_little_time() -> None:
    days = [date(2000, 1, 1) + timedelta(days=n % 9000) for n in range(40_000)]
    assert compute("ordered", all_given(*days), by=all_given(*days)).value is True


@pytest.mark.parametrize(
    ("values", "among", "expected"),
    [
        (["是", "否", "否"], ["是"], 3333),
        (["予以公开", "部分公开", "不予公开"], ["予以公开", "部分公开"], 6666),
        (["甲"], {"甲": "乙"}, 10000),
        (["丙"], ["甲"], 0),
        ([True, False, True], None, 6666),
        ([True, False], ["True"], 5000),
    ],
)
def test_shares_are_whole_and_rounded_down(values: list[Any], among: Any, expected: int) -> None:
    found = compute("share", all_given(*values), **({} if among is None else {"among": among}))
    assert (found.kind, found.value) == (Kind.NUMBER, Decimal(expected))
    assert 1 <= len(found.locations) <= 3


def test_a_share_of_texts_needs_terms() -> None:
    found = compute("share", all_given("甲", "乙"))
    assert (found.kind, found.value) == (Kind.MISSING, None)


@given(st.lists(st.booleans(), min_size=1, max_size=50))
def test_a_share_is_exact(values: list[bool]) -> None:
    share = compute("share", all_given(*values)).value
    assert isinstance(share, Decimal)
    assert share * len(values) <= sum(values) * 10_000 < (share + 1) * len(values)


def test_missing_is_told_from_blank() -> None:
    gone = missing("台账没有“时间”一栏", "the ledger has no such column")
    assert compute("min", (gone, gone)) == gone


@pytest.mark.parametrize("name", [*OVER_MEMBERS, "sum", "same_minute"])
@given(st.data())
def test_values_alone_come_to_the_same(name: str, data: st.DataObject) -> None:
    kinds = columns.get(name, [numbers] if name == "sum" else [moments])
    values = data.draw(st.lists(data.draw(st.sampled_from(kinds))))
    by = data.draw(st.lists(data.draw(st.sampled_from(kinds)), min_size=len(values), max_size=len(values)))
    more = {"by": (values, by)} if name in ("ordered", "same_minute") else {}
    more |= {"among": (["甲"], ["甲"])} if name == "share" and data.draw(st.booleans()) else {}
    facts = {k: all_given(*b) if k == "by" else b for k, (_, b) in more.items()}
    plain = {k: [f.value for f in facts[k]] if k == "by" else b for k, (_, b) in more.items()}
    members = all_given(*values)
    found = measures()[name].value({name: [fact.value for fact in members]} | plain)  # type: ignore[attr-defined]
    assert found == compute(name, members, **facts).value
