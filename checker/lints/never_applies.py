"""A rule that has nothing to say in any year of the ruleset."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.lints._years import years_asked

SEVERITY = "error"
ABOUT = Bilingual("规则在本体系的年度里从不适用", "a rule that never applies in the years of the ruleset")
_FIX = Bilingual(
    "换用这些年度适用的规则，或调整 applies_to",
    "use a rule that applies in these years, or change applies_to",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        ruleset = sheet.ruleset
        named = [(use.place, ("rule",), use.rule) for use, _ in sheet.uses()]
        named += [(i.place, ("only_if",), i.only_if) for i in sheet.indicators() if i.only_if]
        for node, keys, rule in named:
            if not years_asked(ruleset.rules[rule], shelf.vocabulary, *ruleset.years):
                zh, en = (
                    f"{rule} 在本体系的年度里从不适用",
                    f"{rule} applies in none of the years of this ruleset",
                )
                yield Spot(node, keys, Bilingual(zh, en), _FIX)
