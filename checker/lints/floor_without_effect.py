"""A floor, or the pass mark, that nobody can miss."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._losing import lost_in_all, most_lost
from checker.lints._shelf import Shelf, Spot

SEVERITY = "error"
ABOUT = Bilingual("谁都达得到的合格线", "a floor or pass mark that nobody can miss")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        ruleset = sheet.ruleset
        least = ruleset.full_marks - lost_in_all(ruleset)
        if ruleset.pass_mark <= least:
            zh, en = (
                f"最低也有 {least} 分，合格线 {ruleset.pass_mark} 谁都达得到",
                f"{least} is the least there is: nobody misses the pass mark, {ruleset.pass_mark}",
            )
            fix = Bilingual("提高合格线，或让分数扣得下来", "raise the pass mark, or let more be lost")
            yield Spot(sheet.place, ("pass_mark", "at_least"), Bilingual(zh, en), fix)
        for indicator in sheet.indicators():
            kept = indicator.points - most_lost(indicator, ruleset)
            if indicator.floor is not None and indicator.floor <= kept:
                zh, en = (
                    f"这里最低也有 {kept} 分，底线 {indicator.floor} 谁都达得到",
                    f"{kept} is the least there is here: nobody misses the floor, {indicator.floor}",
                )
                fix = Bilingual("提高或删去 floor", "raise the floor, or remove it")
                yield Spot(indicator.place, ("floor",), Bilingual(zh, en), fix)
