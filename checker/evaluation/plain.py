"""What of a fact can be computed with, as a plain value: by measures as stated, by expressions as usable."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from checker.expression import Value
from checker.facts import Fact, Field, Kind

Stated: TypeAlias = Decimal | bool | date | str | int
"""A value as a fact has it; int: a number some measure has come to."""

LARGEST = 10**16
"""More than any count or amount (in fen) of a report; sums and hundredfolds of it still fit 64 bits."""
_VALUES = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.FLAG)
_NUMBERS = ("count", "amount", "number")
_HELD: dict[str, type] = {"text": str, "flag": bool, "date": date, "moment": date}
_HELD.update(dict.fromkeys(_NUMBERS, Decimal))


class Said(Protocol):
    """A fact, or the reading of a cell."""

    @property
    def kind(self) -> Kind: ...
    @property
    def value(self) -> Decimal | bool | date | str | None: ...


def key(said: Said) -> Decimal | bool | date | str | None:
    """What records are joined by, of whatever type; None for what has no value."""
    return said.value if said.kind in _VALUES else None


def stated(declared: Field, said: Said) -> Stated | None:
    """The value if it is one of the declared type; None for anything else."""
    value = key(said)
    held = _HELD.get(declared.type)
    return value if held is not None and isinstance(value, held) else None


def usable(declared: Field, fact: Fact) -> Value | None:
    """The value of a fact if it is one of the declared type; None for anything else."""
    value = fact.value
    if isinstance(value, str) and fact.kind is not Kind.TEXT:
        return None
    return None if value is None else in_use(declared, value)


def in_use(declared: Field, value: Stated) -> Value | None:
    """A value as expressions have it, if it is one of the declared type; None for anything else."""
    if isinstance(value, bool):
        return value if declared.type == "flag" else None
    if isinstance(value, Decimal | int):
        return _whole(value, declared)
    if isinstance(value, str):
        return value if declared.type == "text" else None
    if isinstance(value, datetime) and declared.type == "moment":
        return value.replace(tzinfo=UTC)
    if declared.type in ("date", "moment"):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return None


def _whole(value: Decimal | int, declared: Field) -> int | None:
    """A number as a whole one, money in fen. Never by Decimal arithmetic, which rounds at 28 digits."""
    numerator, denominator = value.as_integer_ratio()
    whole, rest = divmod(numerator * (declared.scale if declared.type == "amount" else 1), denominator)
    fits = not rest and abs(whole) <= LARGEST and declared.type in _NUMBERS
    return whole if fits else None
