"""How exact numbers are written."""

from decimal import Decimal
from fractions import Fraction

PLACES_WHERE_ENDLESS = 6


def exact(value: Fraction | Decimal) -> str:
    """A decimal string without exponent or trailing zeros; a fraction that does not terminate is rounded
    half up to six places."""
    fraction = Fraction(value)
    rest, places = fraction.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    return rounded(fraction, places if rest == 1 else PLACES_WHERE_ENDLESS)


def rounded(value: Fraction | Decimal, places: int = 2) -> str:
    """Half up, away from zero, to so many places; trailing zeros are left out."""
    fraction = Fraction(value)
    scaled = (2 * abs(fraction.numerator) * 10**places + fraction.denominator) // (2 * fraction.denominator)
    digits = str(scaled).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    text = f"{whole}.{part}" if part else whole
    return f"-{text}" if fraction < 0 and scaled else text


def counted(number: int, one: str, many: str) -> str:
    """`1 row`, `2,000 rows`: a number with its English noun."""
    return f"{number:,} {one if number == 1 else many}"


def plain(value: Decimal) -> str:
    """A number as it was written, without exponent."""
    return format(value, "f")
