"""A cap that is never reached, or lies above what there is to lose."""

from collections.abc import Iterator
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.lints._losing import inside, lost_inside, most_deducted
from checker.lints._shelf import Sheet, Shelf, Spot
from checker.ruleset import Group, Use

SEVERITY = "warning"
ABOUT = Bilingual("扣分上限不起作用", "a cap on deductions has no effect")
_FIX = Bilingual("去掉 cap，或改到真正想要的上限", "remove the cap, or set it to the limit that is meant")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for use, indicator in sheet.uses():
            if use.cap is not None and use.deduct is not None:
                yield from _of_use(use, inside(indicator) if indicator else sheet.ruleset.full_marks)
        for indicator in sheet.indicators():
            lost = lost_inside(indicator, sheet.ruleset)
            if indicator.cap is not None and indicator.cap >= lost:
                zh = f"这里最多也只失 {lost} 分，上限 {indicator.cap} 不起作用"
                en = f"no more than {lost} can be lost here: the cap, {indicator.cap}, has no effect"
                yield Spot(indicator.place, ("cap",), Bilingual(zh, en), _FIX)
        for number, group in enumerate(sheet.ruleset.groups):
            yield from _of_group(number, group, sheet)


def _of_use(use: Use, full: Decimal) -> Iterator[Spot]:
    once = (use.deduct_to or use.deduct or Decimal(0)) * use.repeats
    if use.per == "rule" and use.cap is not None and use.cap >= once:
        zh, en = (
            f"一共只扣 {once}，上限 {use.cap} 不起作用",
            f"only {once} is deducted: the cap, {use.cap}, has no effect",
        )
        yield Spot(use.place, ("cap",), Bilingual(zh, en), _FIX)
    elif use.cap is not None and use.cap > full:
        zh, en = (
            f"上限 {use.cap} 超过这里的分值 {full}",
            f"the cap, {use.cap}, is above the {full} marks there are here",
        )
        yield Spot(use.place, ("cap",), Bilingual(zh, en), _FIX)


def _of_group(number: int, group: Group, sheet: Sheet) -> Iterator[Spot]:
    members = [use for use, _ in sheet.uses() if use.group == group.id]
    dearest = max(map(most_deducted, members))
    if group.cap is not None and group.per == "rule" and group.cap >= dearest:
        zh = f"同组只扣最重的一条，最多 {dearest}，上限 {group.cap} 不起作用"
        en = f"only the dearest is charged, {dearest} at most: the cap, {group.cap}, has no effect"
        yield Spot(sheet.place, ("groups", number, "cap"), Bilingual(zh, en), _FIX)
