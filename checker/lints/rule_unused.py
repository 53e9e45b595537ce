"""A rule that no ruleset of its home draws on."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot

SEVERITY = "warning"
ABOUT = Bilingual("没有指标体系用到的规则", "a rule that no ruleset uses")
_FIX = Bilingual("在指标体系里用它，或删去", "use it in a ruleset, or remove it")


def look(shelf: Shelf) -> Iterator[Spot]:
    for name, rule in shelf.rules.items():
        if shelf.named is not None and name not in shelf.named and rule.place is not None:
            zh, en = "这里没有一个指标体系用到这条规则", "no ruleset here uses this rule"
            yield Spot(rule.place, (), Bilingual(zh, en), _FIX)
