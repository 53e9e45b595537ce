"""How often any term of a lexicon occurs in a text.

The lexicon is a list of terms, or a mapping of a wrong form to the right one. Terms are sought
in the comparison view, so one spelling finds Traditional and full-width forms too, and a
line break inside a paragraph hides nothing. A wrong form inside its right form does not count.
"""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from checker import comparison
from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count
from checker.location import Location
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="terms",
    parameters=(Parameter("terms", "terms"), Parameter("in", "prose")),
    returns="count",
    label=Bilingual("用语出现次数", "occurrences of the terms"),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number of occurrences, each with its place; MISSING where the text is."""
    text: Fact = arguments["in"]
    if text.kind is not Kind.TEXT:
        return text
    view = comparison.view(text.text.replace("\n", ""))
    lexicon: Mapping[str, str] = arguments["terms"]
    hits = [(start, end) for start, end, term in _matches(lexicon, view) if not _right(view, start, lexicon[term])]
    places = [_place(text, start, end) for start, end in hits]
    quotes = "、".join(dict.fromkeys(p.quote or "" for p in places))
    return count(len(hits), *places, text=quotes if hits else "0")


def _matches(lexicon: Mapping[str, str], view: str) -> list[tuple[int, int, str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    terms = list(lexicon)
    finder = AhoCorasick([comparison.view(t) for t in terms], matchkind=MatchKind.LeftmostLongest)
    return [(start, end, terms[index]) for index, start, end in finder.find_matches_as_indexes(view)]


def _right(view: str, start: int, correct: str) -> bool:
    """Whether the hit is only a part of the correct form standing there."""
    if not correct:
        return False
    window = view[max(0, start - len(correct) + 1) : start + len(correct)]
    return comparison.view(correct) in window


def _place(text: Fact, start: int, end: int) -> Location:
    ends = list(accumulate(len(p.quote or "") for p in text.locations))
    for place, last in zip(text.locations, ends, strict=True):
        if start < last:
            offset = start - (last - len(place.quote or ""))
            quote = text.text.replace("\n", "")[start:end]
            return Location(
                file=place.file,
                line=place.line,
                character=(place.character or 1) + offset if place.line is not None else None,
                page=place.page,
                path=place.path,
                quote=quote,
            )
    return text.locations[-1]
