"""Named values a rule computes before it asserts: one file, one measure.

Each module offers

    SIGNATURE: Signature
    def compute(arguments: Mapping[str, Any]) -> Fact

The engine resolves the arguments first, by the kind each parameter declares: a collection
arrives as a tuple of records already narrowed by `where` (or as Absent), a member as a tuple
of facts, a field, a prose field and last year's field as one Fact, terms as a mapping.
What cannot be computed comes back as a MISSING fact with the reason, never as a number.

A module may also offer

    def value(arguments: Mapping[str, Any]) -> Any

for records by the thousand: the value of what compute() gives where every fact it is given has its value.
It is given these values (a Decimal or an int, bool, date, datetime or str) instead of the facts, and a
collection as a sequence of as many members. None: compute() gives no value, or has to be asked.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from checker.facts import Fact
from checker.ruleset import Signature


class MeasureModule(Protocol):
    """What every module of this package offers."""

    SIGNATURE: Signature

    def compute(self, arguments: Mapping[str, Any]) -> Fact: ...


@cache
def measures() -> Mapping[str, MeasureModule]:
    """All measures by name."""
    modules = (import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__))
    return {m.SIGNATURE.name: m for m in (cast(MeasureModule, module) for module in modules)}


@cache
def signatures() -> Mapping[str, Signature]:
    """What each measure takes and yields."""
    return {name: module.SIGNATURE for name, module in measures().items()}
