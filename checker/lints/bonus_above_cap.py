"""A rule of a bonus that alone brings more than the bonus may."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.ruleset import Bonus

SEVERITY = "warning"
ABOUT = Bilingual("一条规则的加分超过加分上限", "a rule of a bonus brings more than the bonus may")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        yield from _of(sheet.ruleset.bonus)
        for indicator in sheet.indicators():
            yield from _of(indicator.bonus)


def _of(bonus: Bonus | None) -> Iterator[Spot]:
    for use in bonus.uses if bonus else ():
        if bonus is not None and use.points is not None and use.points > bonus.cap:
            zh = f"加 {use.points} 分，而加分合计不超过 {bonus.cap}"
            en = f"it brings {use.points}, and the bonus is {bonus.cap} at most"
            fix = Bilingual("改小加分，或提高 cap", "lower the points, or raise the cap")
            yield Spot(use.place, ("points",), Bilingual(zh, en), fix)
