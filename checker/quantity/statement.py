"""Facts made of quantities."""

from decimal import Decimal

from checker.facts import Fact, Kind, missing
from checker.location import Location
from checker.quantity.grammar import Quantity, whole_bounds


def number(value: Decimal | None, written: str, *places: Location) -> Fact:
    """A whole number as a fact; missing for a range and for a fraction, which `written` still shows."""
    if value is None:
        return missing("是一个范围", "a range", *places)
    if value != value.to_integral_value():
        return missing("不是整数，见原文", "not a whole number, see as written", *places)
    return Fact(Kind.NUMBER, value.to_integral_value(), written, places)


def numbers(stated: Quantity, written: str, place: Location, *, fractions: bool = False) -> dict[str, Fact]:
    """value, lowest and highest as whole numbers; all missing where the value is a fraction.

    fractions: exact fractions are kept, for amounts of money.
    """
    if fractions and stated.exact:
        exact = Fact(Kind.NUMBER, stated.value, written, (place,))
        return {"value": exact, "lowest": exact, "highest": exact}
    if not stated.whole_number:
        return dict.fromkeys(("value", "lowest", "highest"), number(stated.value, written, place))
    lowest, highest = whole_bounds(stated.lowest, stated.highest)
    return {
        "value": number(stated.value, written, place),
        "lowest": number(lowest, written, place),
        "highest": number(highest, written, place),
    }
