"""Bands that leave scores without a name, that nobody is in, or that hold both sides of the pass mark."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._losing import lost_in_all
from checker.lints._shelf import Sheet, Shelf, Spot
from checker.yaml_text import Way

SEVERITY = "warning"
ABOUT = Bilingual(
    "等次有空档、到不了、重名或跨合格线",
    "bands leave a gap, are out of reach, share a name or straddle the pass mark",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for keys, zh, en, fix in _found(sheet):
            yield Spot(sheet.place, ("bands", *keys), Bilingual(zh, en), fix)


def _found(sheet: Sheet) -> Iterator[tuple[Way, str, str, Bilingual]]:
    ruleset = sheet.ruleset
    bands, least = ruleset.bands, ruleset.full_marks - lost_in_all(ruleset)
    lowest = bands[-1].at_least
    if lowest > least:
        zh, en = f"低于 {lowest} 分的没有等次", f"scores below {lowest} have no band"
        yield (
            (len(bands) - 1, "at_least"),
            zh,
            en,
            Bilingual("补一个 at_least: 0 的等次", "add a band at_least: 0"),
        )
    if ruleset.pass_mark not in [band.at_least for band in bands]:
        across = next((n for n, b in enumerate(bands) if b.at_least < ruleset.pass_mark), None)
        if across is not None:
            zh = f"合格线 {ruleset.pass_mark} 落在“{bands[across].name.zh}”中间，同一等次里有合格也有不合格"
            en = f"the pass mark, {ruleset.pass_mark}, falls inside “{bands[across].name.en}”"
            fix = Bilingual("以合格线分开这个等次", "let a band begin at the pass mark")
            yield (across, "at_least"), zh, en, fix
    for n, band in enumerate(bands[1:], 1):
        if bands[n - 1].at_least <= least:
            zh, en = (
                f"最低也有 {least} 分，到不了这个等次",
                f"{least} is the least there is: nobody is in this band",
            )
            yield (
                (n, "at_least"),
                zh,
                en,
                Bilingual("删去，或让分数扣得下来", "remove it, or let more be lost"),
            )
        if any(band.name.zh == other.name.zh or band.name.en == other.name.en for other in bands[:n]):
            zh, en = "等次重名", "there is a band of this name already"
            yield (n, "name"), zh, en, Bilingual("换一个名称", "give it another name")
