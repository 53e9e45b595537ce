"""A cap of an indicator or a group that not even one deduction fits under."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.location import Location
from checker.ruleset import Use
from checker.yaml_text import Way

SEVERITY = "error"
ABOUT = Bilingual("指标或组的扣分上限低于一次扣分", "the cap of an indicator or group is below one deduction")
_FIX = Bilingual("提高上限，或降低扣分", "raise the cap, or lower the deduction")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for indicator in sheet.indicators():
            yield from _dearer(indicator.cap, indicator.uses, indicator.place, ("cap",))
        for number, group in enumerate(sheet.ruleset.groups):
            members = [use for use, _ in sheet.uses() if use.group == group.id]
            yield from _dearer(group.cap, members, sheet.place, ("groups", number, "cap"))


def _dearer(cap: Decimal | None, uses: Iterable[Use], node: Location, keys: Way) -> Iterator[Spot]:
    """A use may reach over the cap in the sum of its records, but not by one of them."""
    once = max((use.deduct for use in uses if use.deduct is not None), default=Decimal(0))
    if cap is not None and once > cap:
        zh, en = f"上限 {cap} 低于一次扣分 {once}", f"the cap, {cap}, is below one deduction, {once}"
        yield Spot(node, keys, Bilingual(zh, en), _FIX)
