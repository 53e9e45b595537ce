"""One deduction that takes more than there is."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._losing import inside
from checker.lints._shelf import Shelf, Spot

SEVERITY = "warning"
ABOUT = Bilingual("一次扣分超过指标的分值", "one deduction is above the points of its indicator")
_FIX = Bilingual("改小扣分，或提高指标的分值", "lower the deduction, or raise the points of the indicator")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for use, indicator in sheet.uses():
            full = inside(indicator) if indicator else sheet.ruleset.full_marks
            if use.deduct is not None and use.deduct > full:
                zh = f"一次扣 {use.deduct}，这里的分值只有 {full}"
                en = f"{use.deduct} is deducted at a time, and there are only {full} marks here"
                yield Spot(use.place, ("deduct",), Bilingual(zh, en), _FIX)
