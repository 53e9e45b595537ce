"""How often any term of a lexicon occurs in a text.

The lexicon is a list of terms, or a mapping of a wrong form to the right one. Terms are sought
in the comparison view, so one spelling finds Traditional and full-width forms too, and a
line break inside a paragraph hides nothing. A wrong form inside its right form does not count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
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
    verbatim = text.text.replace("\n", "")
    view = _view(verbatim)
    written: Mapping[str, str] | Sequence[str] = arguments["terms"]
    lexicon = written if isinstance(written, Mapping) else dict.fromkeys(written, "")
    hits = [(a, b) for a, b, term in _matches(tuple(lexicon), view) if not _right(view, a, lexicon[term])]
    found = "、".join(dict.fromkeys(verbatim[start:end] for start, end in hits))
    return count(len(hits), *(p for hit in hits for p in _places(text, *hit)), text=found or "0")


@lru_cache(maxsize=8)
def _view(text: str) -> str:
    """Several rules scan the same text."""
    return comparison.view(text)


def _matches(terms: tuple[str, ...], view: str) -> list[tuple[int, int, str]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    patterns = comparison.view("\n".join(terms)).split("\n")
    finder = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return [(start, end, terms[index]) for index, start, end in finder.find_matches_as_indexes(view)]


def _right(view: str, start: int, correct: str) -> bool:
    """Whether the hit is only a part of the correct form standing there."""
    if not correct:
        return False
    window = view[max(0, start - len(correct) + 1) : start + len(correct)]
    return comparison.view(correct) in window


def _places(text: Fact, start: int, end: int) -> Iterator[Location]:
    """The physical line on which text[start:end] begins, with its quote."""
    ends = accumulate(len(p.quote or "") for p in text.locations)
    for place, last in zip(text.locations, ends, strict=True):
        if start < last:
            offset = start - (last - len(place.quote or ""))
            character = None if place.character is None else place.character + offset
            yield replace(place, character=character, quote=text.text.replace("\n", "")[start:end])
            return
