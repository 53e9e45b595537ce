"""Exact numbers as text."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.renderers._numbers import exact, plain, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(100), "100"),
        (Decimal("92.50"), "92.5"),
        (Decimal("1E+2"), "100"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-3, 2), "-1.5"),
        (Fraction(1, 1280), "0.00078125"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(-1, 3 * 10**9), "0"),
    ],
)
def test_exact(value: Fraction | Decimal, text: str) -> None:
    assert exact(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0"), ("99.995", "100")]
)
def test_rounding_is_half_up(value: str, text: str) -> None:
    assert rounded(Fraction(value)) == text


def test_plain_keeps_what_was_written() -> None:
    assert [plain(Decimal(text)) for text in ("106.99516", "0.50", "1E+3")] == ["106.99516", "0.50", "1000"]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-1000, max_value=1000))
def test_every_decimal_comes_back(value: Decimal) -> None:
    assert Decimal(exact(value)) == value


@given(st.fractions(min_value=-1000, max_value=1000))
def test_no_fraction_moves_by_more_than_half_a_millionth(value: Fraction) -> None:
    assert abs(Fraction(exact(value)) - value) * 2 * 10**6 <= 1
