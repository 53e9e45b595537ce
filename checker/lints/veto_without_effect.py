"""A veto that leaves a score which looks like a pass, or that changes nothing."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._losing import inside
from checker.lints._shelf import Shelf, Spot, tree

SEVERITY = "warning"
ABOUT = Bilingual(
    "否决后的分数仍达到合格线，或否决不起作用",
    "after a veto the score still reaches the pass mark, or nothing changes",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        ruleset, points = sheet.ruleset, sheet.ruleset.veto.points
        if points is not None and points >= ruleset.pass_mark:
            zh = f"否决后仍可有 {points} 分，不低于合格线 {ruleset.pass_mark}"
            en = f"a veto leaves up to {points}, which is not below the pass mark, {ruleset.pass_mark}"
            fix = Bilingual(
                "把否决的 points 定在合格线以下", "set the points of the veto below the pass mark"
            )
            yield Spot(sheet.place, ("veto", "points"), Bilingual(zh, en), fix)
        for indicator in sheet.indicators():
            left = indicator.veto.points if indicator.veto else None
            if left is not None and left >= inside(indicator):
                zh, en = f"否决后仍是满分 {left}", f"a veto leaves the full {left} marks"
                fix = Bilingual("把否决的 points 改小", "lower the points of the veto")
                yield Spot(indicator.place, ("veto", "points"), Bilingual(zh, en), fix)
            if indicator.veto is not None and not any(
                use.veto for each in tree(indicator) for use in each.uses
            ):
                zh, en = "这个指标下没有否决项", "there is no veto in this indicator"
                fix = Bilingual(
                    "删去 veto，或补上 veto: true 的规则", "remove it, or add a use with veto: true"
                )
                yield Spot(indicator.place, ("veto",), Bilingual(zh, en), fix)
