"""A scale or rubric that never earns nothing, or never earns everything."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.ruleset import Use

SEVERITY = "warning"
ABOUT = Bilingual("量表到不了零分或满分", "a scale or rubric never reaches nothing, or the full points")


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for use, _ in sheet.uses():
            if use.rubric:
                yield from _of_rubric(use)
            elif use.scale is not None and use.scale.steps:
                yield from _of_steps(use)


def _of_rubric(use: Use) -> Iterator[Spot]:
    best, worst = use.rubric[0].earns, use.rubric[-1].earns
    if best < 1:
        zh, en = f"最高一级只得 {best}，拿不到满分", f"the best level earns {best}: nobody has full points"
        fix = Bilingual(
            "把最高一级的 earns 改为 1，或调低分值", "let the best level earn 1, or lower the points"
        )
        yield Spot(use.place, ("rubric",), Bilingual(zh, en), fix)
    if worst > 0:
        zh, en = f"最低一级也得 {worst}，没有零分", f"the worst level still earns {worst}"
        fix = Bilingual(
            "补一级 earns: 0，或写明为什么没有", "add a level that earns 0, or say why there is none"
        )
        yield Spot(use.place, ("rubric",), Bilingual(zh, en), fix)


def _of_steps(use: Use) -> Iterator[Spot]:
    steps = use.scale.steps if use.scale else ()
    best, worst = steps[0], steps[-1]
    if best.earns < 1:
        zh, en = (
            f"最高一档只得 {best.earns}，拿不到满分",
            f"the best step earns {best.earns}: nobody has full points",
        )
        fix = Bilingual(
            "把最高一档的 earns 改为 1，或调低分值", "let the best step earn 1, or lower the points"
        )
        yield Spot(use.place, ("scale", "steps", 0, "earns"), Bilingual(zh, en), fix)
    if worst.at_least == 0 and worst.earns > 0:
        zh, en = (
            f"一条也没有达到仍得 {worst.earns}，没有零分",
            f"where nothing is met {worst.earns} is earned still",
        )
        fix = Bilingual(
            "去掉 at_least: 0 这一档，或写明为什么", "remove the step at 0, or say why it is there"
        )
        yield Spot(use.place, ("scale", "steps", len(steps) - 1, "earns"), Bilingual(zh, en), fix)
