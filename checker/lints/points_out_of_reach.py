"""Marks that nobody can lose, because the deductions together do not take them all."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._losing import all_deducted, base, groups
from checker.lints._shelf import Shelf, Spot

SEVERITY = "warning"
ABOUT = Bilingual("有的分怎么也扣不掉", "there are marks that nothing can take away")
_FIX = Bilingual(
    "提高扣分或上限，补上扣分的规则，或调低分值",
    "raise the deductions or caps, add rules, or lower the points",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for indicator in sheet.indicators():
            if indicator.objects or any(use.limit or use.veto for use in indicator.uses):
                continue
            stated, taken = base(indicator), all_deducted(indicator.uses, groups(sheet.ruleset))
            if taken < stated:
                zh = f"{stated} 分里各条最多扣掉 {taken}，余下的 {stated - taken} 分人人都有"
                en = f"of {stated} marks its rules take {taken}: everybody has the other {stated - taken}"
                key = "points" if indicator.out_of is None else "out_of"
                yield Spot(indicator.place, (key,), Bilingual(zh, en), _FIX)
