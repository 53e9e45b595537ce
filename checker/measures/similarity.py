"""How much of one text stands again in another, in whole percent.

Both texts are reduced to their comparison view without spaces, digits and punctuation and cut
into overlapping runs of five characters; the measure is the share of the shorter text's
runs that the other has too. Figures that changed and clauses that moved do not hide a copy.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="similarity",
    parameters=(Parameter("similarity", "prose"), Parameter("with", "prose")),
    returns="number",
    label=Bilingual("雷同比例（%）", "share repeated (%)"),
)

RUN = 5
SHORTEST = 60
"""Texts shorter than this many characters say too little to be called alike."""


def compute(arguments: Mapping[str, Any]) -> Fact:
    """Whole percent, rounded down; MISSING where a text is missing or too short to judge."""
    texts: tuple[Fact, Fact] = arguments["similarity"], arguments["with"]
    for fact in texts:
        if fact.kind is not Kind.TEXT:
            return fact
    ours, theirs = (_letters(fact.text) for fact in texts)
    if min(len(ours), len(theirs)) < SHORTEST:
        reason = Bilingual("文字过短，无法比较", "too little text to compare")
        return Fact(Kind.MISSING, None, "", texts[0].locations, reason)
    shared = Counter(_runs(ours)) & Counter(_runs(theirs))
    shorter = min(len(ours), len(theirs)) - RUN + 1
    return count(shared.total() * 100 // shorter, *texts[0].locations[:1])


def _letters(text: str) -> str:
    return "".join(c for c in comparison.view(text) if c.isalpha())


def _runs(letters: str) -> list[str]:
    return [letters[i : i + RUN] for i in range(len(letters) - RUN + 1)]
