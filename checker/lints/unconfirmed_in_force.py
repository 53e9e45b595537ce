"""A number that was not confirmed, or a rule whose every basis is unconfirmed, and that carries points."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot

SEVERITY = "warning"
ABOUT = Bilingual("未经核实的数字或依据在计分", "an unconfirmed number or basis carries points")
_FIX = Bilingual(
    "核实出处后去掉标记，或在 lint 下写明为什么照用",
    "confirm it and remove the mark, or say under `lint` why it is used",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for indicator in sheet.indicators():
            if indicator.unconfirmed:
                zh, en = (
                    f"这里的 {indicator.points} 分未经核实",
                    f"the {indicator.points} points here are not confirmed",
                )
                yield Spot(indicator.place, ("unconfirmed",), Bilingual(zh, en), _FIX)
        for use, _ in sheet.uses():
            if use.unconfirmed and not use.warning:
                zh, en = "这里的数字未经核实", "the figures here are not confirmed"
                yield Spot(use.place, ("unconfirmed",), Bilingual(zh, en), _FIX)
            grades = {basis.grade for basis in sheet.ruleset.rules[use.rule].basis}
            if grades == {"unconfirmed"} and not use.warning:
                zh, en = (
                    "这条规则的依据都未核实，却在计分",
                    "no basis of this rule is confirmed, and it carries points",
                )
                yield Spot(use.place, ("rule",), Bilingual(zh, en), _FIX)
