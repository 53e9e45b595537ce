"""Weighted parts of one level that are marked on different scales."""

from collections.abc import Iterator, Sequence

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.ruleset import Indicator

SEVERITY = "warning"
ABOUT = Bilingual("按权重合成的各部分满分不一致", "weighted parts are marked on different scales")
_FIX = Bilingual(
    "各部分写同样的 out_of，或写明为什么不同", "give the parts the same out_of, or say why they differ"
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for siblings in (sheet.ruleset.indicators, *(i.indicators for i in sheet.indicators())):
            weighted = [i for i in siblings if "weight" in shelf.texts.written(i.place)]
            yield from _apart(weighted)


def _apart(siblings: Sequence[Indicator]) -> Iterator[Spot]:
    scales = {sibling.out_of for sibling in siblings}
    if len(scales) < 2:
        return
    for sibling in siblings:
        if sibling.out_of != siblings[0].out_of:
            own, first = (str(i.out_of or "—") for i in (sibling, siblings[0]))
            zh = f"同级的 {siblings[0].id} 内部满分是 {first}，这里是 {own}"
            en = f"{siblings[0].id} beside it is marked out of {first}, this one out of {own}"
            yield Spot(sibling.place, ("out_of",), Bilingual(zh, en), _FIX)
