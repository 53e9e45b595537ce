"""What a condition comes to whatever the values are; checked against trying them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.expression import Range, Scope, check, evaluate, foregone
from checker.facts import Field, FieldType, Vocabulary
from checker.location import Location

TYPES: dict[str, FieldType] = {
    "a": "count",
    "b": "number",
    "c": "number",
    "on": "date",
    "at": "moment",
    "yes": "flag",
}
SCOPE = Scope.of(Vocabulary({n: Field(n, t, Bilingual(n, n)) for n, t in TYPES.items()}, {}))
DAY = 738000  # an ordinal


def come_to(text: str, **ranges: Range) -> bool | None:
    return foregone(check(text, SCOPE, Location("x.yaml")), ranges)


@pytest.mark.parametrize(
    ("text", "ranges", "result"),
    [
        ("a >= 0", {"a": Range(0)}, True),
        ("a >= 0", {}, None),
        ("a > 0", {"a": Range(0)}, None),
        ("a < 0", {"a": Range(0)}, False),
        ("a + b >= 1", {"a": Range(0), "b": Range(1)}, True),
        ("a - b <= 10", {"a": Range(0, 10), "b": Range(0)}, True),
        ("a * 100 >= b * 0", {"a": Range(0), "b": Range(0)}, True),
        ("a * b >= 0", {"a": Range(0), "b": Range(-1)}, None),
        ("sum([a, b, 1]) > 0", {"a": Range(0), "b": Range(0)}, True),
        ("-a <= 0", {"a": Range(0)}, True),
        ("a == 3", {"a": Range(3, 3)}, True),
        ("a == 3", {"a": Range(4)}, False),
        ("a != 3", {"a": Range(4)}, True),
        ("a != 3", {"a": Range(3, 3)}, False),
        ("yes || a >= 0", {"a": Range(0)}, True),
        ("yes && a < 0", {"a": Range(0)}, False),
        ("yes || a < 0", {"a": Range(0)}, None),
        ("!(a < 0)", {"a": Range(0)}, True),
        ("yes", {}, None),
        ("true", {}, True),
        ("on >= date(2026, 1, 25)", {"on": Range(None, 739000)}, False),
        ("day(at) >= date(2020, 1, 25)", {"at": Range(739000)}, True),
        ("abs(a) >= 0", {"a": Range(0)}, None),
        ("[a, b].all(x, x >= 0)", {"a": Range(0), "b": Range(0)}, None),
        ("(yes ? a : b) >= 0", {"a": Range(0), "b": Range(0)}, None),
    ],
)
def test_what_is_foregone(text: str, ranges: dict[str, Range], result: bool | None) -> None:
    assert come_to(text, **ranges) is result


NUMBERS = st.recursive(
    st.sampled_from(["a", "b", "c", "0", "1", "2", "5"]),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=4,
)
COMPARISONS = st.tuples(NUMBERS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), NUMBERS).map(" ".join)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(
        lambda t: f"({t[0]}) {t[1]} !({t[2]})"
    ),
    max_leaves=3,
)
LIMITS = st.tuples(st.integers(-3, 3), st.integers(0, 3)).map(lambda t: Range(t[0], t[0] + t[1]))


@given(CONDITIONS, LIMITS, LIMITS, LIMITS)
def test_what_is_foregone_is_so_for_every_value(text: str, a: Range, b: Range, c: Range) -> None:
    expression = check(text, SCOPE, Location("x.yaml"))
    ranges = {"a": a, "b": b, "c": c}
    result = foregone(expression, ranges)
    if result is None:
        return
    spans = [range(r.least or 0, (r.most or 0) + 1) for r in ranges.values()]
    for values in product(*spans):
        assert evaluate(expression, dict(zip(ranges, values, strict=True))) is result
