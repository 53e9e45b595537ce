"""A rubric that no use names."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Sheet, Shelf, Spot, scalars

SEVERITY = "warning"
ABOUT = Bilingual("没有规则用到的等级量表", "a rubric that nothing uses")
_FIX = Bilingual("删去，或在用它的规则上写 rubric", "remove it, or name it as the rubric of a use")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        yield from _of(sheet)


def _of(sheet: Sheet) -> Iterator[Spot]:
    named = {value for way, value in scalars(sheet.source) if way[-1] == "rubric"}
    for name in sheet.source.data.get("rubrics", {}):
        if name not in named:
            zh, en = f"等级量表 {name} 没有用到", f"the rubric {name} is not used"
            yield Spot(sheet.place, ("rubrics", name), Bilingual(zh, en), _FIX)
