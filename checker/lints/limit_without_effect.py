"""A precondition whose failing leaves everything as it was."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.ruleset import Limit

SEVERITY = "error"
ABOUT = Bilingual("前提不成立也不影响得分", "a precondition that changes nothing where it fails")
_FIX = Bilingual("把 times 或 at_most 改到小于 1", "set times or at_most below 1")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for use, _ in sheet.uses():
            if use.limit == Limit():
                zh = "times 为 1、at_most 为 1，这条前提不成立也不减分"
                en = "with times 1 and at_most 1 nothing is lost where this fails"
                yield Spot(use.place, ("limit",), Bilingual(zh, en), _FIX)
