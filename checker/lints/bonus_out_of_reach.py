"""A bonus whose cap is above what its rules can bring."""

from collections.abc import Iterator
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.location import Location
from checker.ruleset import Bonus
from checker.yaml_text import Way

SEVERITY = "error"
ABOUT = Bilingual("加分到不了上限", "the cap of a bonus is above what its rules bring")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        yield from _of(sheet.ruleset.bonus, sheet.place, ("bonus",))
        for indicator in sheet.indicators():
            yield from _of(indicator.bonus, indicator.place, ("bonus",))


def _of(bonus: Bonus | None, node: Location, keys: Way) -> Iterator[Spot]:
    if bonus is None or any(use.per != "rule" for use in bonus.uses):
        return
    brought = sum((use.points or Decimal(0) for use in bonus.uses), Decimal(0))
    if brought < bonus.cap:
        zh = f"加分上限 {bonus.cap}，各条合计只有 {brought}，谁也加不到上限"
        en = f"the cap of the bonus is {bonus.cap}, its rules bring {brought} together: nobody reaches it"
        fix = Bilingual(
            f"把 cap 改为 {brought}，或补上加分的规则",
            f"set the cap to {brought}, or add rules that bring points",
        )
        yield Spot(node, (*keys, "cap"), Bilingual(zh, en), fix)
