"""A rule used twice under one setting, so that one fault is charged twice."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Sheet, Shelf, Spot
from checker.ruleset import Use

SEVERITY = "error"
ABOUT = Bilingual("同一条规则用两次，一处差错计两次", "a rule is used twice, and one fault counts twice")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        yield from _of(sheet)


def _of(sheet: Sheet) -> Iterator[Spot]:
    seen: dict[tuple[str, str], Use] = {}
    bonus = set(sheet.bonus_uses())
    for use, _ in sheet.uses():
        if use.warning or use.veto or use.limit or use.place in bonus:
            continue
        asked = use.rule.partition("#")[0], str(sheet.ruleset.rules[use.rule].parameters)
        first = seen.setdefault(asked, use)
        if first is use or use.group is not None and use.group == first.group:
            continue
        line = first.place.line
        zh = f"与第 {line} 行是同一条规则、同样的参数，一处差错会计两次"
        en = f"the same rule under the same settings as on line {line}: one fault counts twice"
        fix = Bilingual(
            "留一处；确要分档的，用 settings 区分，或放进同一个 group",
            "keep one; where steps are meant tell them apart by settings, or put both into one group",
        )
        yield Spot(use.place, ("rule",), Bilingual(zh, en), fix)
