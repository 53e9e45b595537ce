"""Where the six sections begin.

A heading is told by its wording, and only then by its numeral. It may stand alone, begin a paragraph
or follow a full stop in running text. Not headings: the items of the application table, which bear
the same numerals; a list of the parts in the preamble; a table of contents; an enumeration.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker import comparison
from checker.outline.parts import Piece, Span
from checker.patterns import pattern

NUMERALS = "一二三四五六七八九十"

# Official wording (国办公开办函〔2021〕30号 annex) and the wordings offices customarily use for it.
TITLES: dict[int, str] = {
    1: r"(?:政府信息公开(?:工作)?)?总体情况",
    2: r"(?:行政机关)?主动公开政府信息的?情况",
    3: r"(?:行政机关)?收到和处理政府信息(?:依申请)?公开申请的?情况",
    4: r"因?政府信息公开(?:工作)?(?:申请)?(?:被申请)?行政复议[、和或及与,]*(?:被?提起)?行政诉讼的?情况",
    5: r"(?:政府信息公开)?(?:工作)?存在的?(?:主要)?问题[、及和与]*(?:整改|改进)(?:情况|措施)",
    6: r"其[他它]需要报告的?事项|需要报告的其[他它]事项",
}
# Wordings that name a section without being its title; believed only under the right numeral.
VARIANTS: dict[int, str] = {
    1: r"概述|(?:工作)?(?:基本|整体)情况",
    2: r"(?:政府信息)?主动公开(?:工作)?的?情况",
    3: r"(?:政府信息)?依申请公开(?:政府信息)?(?:工作|办理)?的?情况",
    4: r"因?.{0,12}(?:行政)?复议[、和或及与,]*(?:被?提起)?(?:行政)?诉讼的?情况",
    5: r"(?:存在的?)?(?:主要)?问题[、及和与]*(?:下一步)?(?:整改|改进)(?:情况|措施|打算)",
    6: r"其[他它](?:有关)?事项",
}


def _any_of(titles: dict[int, str], group: str) -> str:
    return "|".join(f"(?P<{group}{n}>{words})" for n, words in titles.items())


_YEAR = r"(?:20\d\d年度?)?"
_TITLE = pattern(f"{_YEAR}(?:{_any_of(TITLES, 't')})")
_VARIANT = pattern(f"{_YEAR}(?:{_any_of(VARIANTS, 'v')})")
_HAN = rf"第?(?P<numeral>[{NUMERALS}])(?:部分)?"
_RUN_ON = pattern(rf"{_HAN}[、.,:]?(?:{_YEAR}(?:{_any_of(TITLES, 't')}|{_any_of(VARIANTS, 'v')}))")
# Without its numeral only a long title is told from plain words.
_BARE = pattern(rf"(?<=[。!?\d元])(?:{_any_of({n: w for n, w in TITLES.items() if n > 1}, 't')})")
_ALONE = pattern(rf"(?:{_HAN}(?P<mark>[、.,:]?)|(?P<arabic>\d)[、.,])?(?P<words>[^。;!?|]{{2,40}})")
_LEADERS = pattern(r"[.…·]+\d*$")
# Items of the application table carry the same numerals as the sections.
_TABLE_ITEM = pattern(r"新收政府信息|上年结转|年度办理结果|结转下年度|第二十条第|信息公开申请数量")
_LISTED_BEFORE = ',、:;(由括含为即及和与《〈"'
_LISTED_AFTER = ",、;)》〉及和与等以\"'"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or words in running text, that may head a section.

    value is what its numeral counts, 0 without one. number is the section its wording names, None if
    it names none. strength orders what else may claim the same section: 3 a numbered line or paragraph
    opening, 2 in running text or a table cell, 1 numbered 1. 2. 3., 0 without a numeral.
    """

    number: int | None
    numeral: str
    value: int
    span: Span
    official: bool
    strength: int


def find(view: str, pieces: Sequence[Piece]) -> tuple[list[Heading], list[Heading]]:
    """The headings of the sections found, one a section, and those beyond or repeated; in reading order."""
    candidates = [h for piece in pieces for h in _in_piece(view, piece)]
    candidates = _without_contents(candidates, view)
    named = _one_each(candidates)
    unnamed = [h for h in candidates if h.number is None]
    own = sorted(named + _claimed(named, unnamed), key=lambda h: h.span.start)
    repeated = [h for h in candidates if h.number and h.strength == 3 and h not in own and h.official]
    return own, sorted(repeated + _beyond(own, unnamed), key=lambda h: h.span.start)


def _in_piece(view: str, piece: Piece) -> Iterator[Heading]:
    words = comparison.squeeze(view[piece.start : piece.end])
    if not piece.is_text:
        # Some pages make the headings rows of one table; a cell is one only in full official wording.
        found = _alone(words, piece) if 6 <= len(words) <= 40 else None
        if found and found.official and found.strength == 3:
            yield replace(found, strength=2)
        return
    alone = _alone(words, piece) if len(words) <= 48 else None
    if alone:
        yield alone
    elif len(words) >= 5:
        yield from _running(view, words, piece)


def _alone(words: str, piece: Piece) -> Heading | None:
    """The whole block as a heading."""
    words = _LEADERS.sub("", words).rstrip(":")
    match = _ALONE.fullmatch(words)
    if match is None or _TABLE_ITEM.search(words):
        return None
    numeral = match["numeral"] or match["arabic"] or ""
    value = _value(numeral)
    span = Span(piece.start, piece.end)
    title = _TITLE.fullmatch(match["words"])
    if title:
        strength = 3 if match["numeral"] else 1 if numeral else 0
        return Heading(_number(title, "t", TITLES), numeral, value, span, True, strength)
    if not match["numeral"] or not match["mark"]:
        return None
    variant = _VARIANT.fullmatch(match["words"])
    number = _number(variant, "v", VARIANTS) if variant else None
    return Heading(number if number == value else None, numeral, value, span, False, 3)


def _running(view: str, words: str, piece: Piece) -> Iterator[Heading]:
    """Headings inside a paragraph: at its start, or after the end of a sentence or a table."""
    numbered = [m for m in _RUN_ON.finditer(words) if not _listed(words, m)]
    bare = [m for m in _BARE.finditer(words) if not _listed(words, m)]
    offsets = comparison.squeeze_offsets(view[piece.start : piece.end]) if numbered or bare else ()
    for match in bare:
        span = _span(piece, offsets, match)
        yield Heading(_number(match, "t", TITLES), "", 0, span, True, 0)
    for match in numbered:
        value = _value(match["numeral"])
        official = _number(match, "t", TITLES)
        number = official or _number(match, "v", VARIANTS)
        if official is None and number != value:
            continue
        strength = 2 if match.start() else 3
        span = _span(piece, offsets, match)
        yield Heading(number, match["numeral"], value, span, official is not None, strength)


def _span(piece: Piece, offsets: Sequence[int], match: "re.Match[str]") -> Span:
    return Span(piece.start + offsets[match.start()], piece.start + offsets[match.end() - 1] + 1)


def _listed(words: str, match: "re.Match[str]") -> bool:
    """Whether the words only name a part of the report within a sentence."""
    start, end = match.span()
    return (start > 0 and words[start - 1] in _LISTED_BEFORE) or words[end : end + 1] in (*_LISTED_AFTER,)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isascii() and numeral else NUMERALS.find(numeral) + 1 if numeral else 0


def _number(match: "re.Match[str]", group: str, titles: dict[int, str]) -> int | None:
    groups = match.groupdict()
    return next((n for n in titles if groups.get(f"{group}{n}")), None)


def _without_contents(candidates: list[Heading], view: str) -> list[Heading]:
    """Drop a table of contents: four or more titles with nothing between, all of which come again."""
    run: list[Heading] = []
    for heading in candidates:
        joined = run and not re.sub(r"[\s\d.…·]", "", view[run[-1].span.end : heading.span.start])
        if run and not joined:
            break
        if heading.number is None or any(h.number == heading.number for h in run):
            break
        run.append(heading)
    rest = candidates[len(run) :]
    again = {h.number for h in rest}
    return rest if len(run) >= 4 and all(h.number in again for h in run) else candidates


def _one_each(candidates: list[Heading]) -> list[Heading]:
    """For each section the strongest of the headings that name it, the first of equals."""
    counted = any(h.strength >= 2 for h in candidates)
    best: dict[int, Heading] = {}
    for heading in candidates:
        if heading.number is None or (counted and heading.strength == 1):
            continue
        rival = best.get(heading.number)
        if rival is None or _rank(heading) > _rank(rival):
            best[heading.number] = heading
    firm = [h for h in best.values() if h.strength > 0]
    loose = [h for h in best.values() if h.strength == 0]
    return firm + [h for h in loose if not firm or _in_place(h, firm)]


def _rank(heading: Heading) -> tuple[int, bool, bool]:
    return heading.strength, heading.official, heading.value == heading.number


def _in_place(heading: Heading, others: Sequence[Heading]) -> bool:
    """Whether it stands after every lower-numbered heading and before every higher-numbered one."""
    number = heading.number or heading.value
    return all(
        (h.number or 0) == number or ((h.number or 0) < number) == (h.span.start < heading.span.start)
        for h in others
    )


def _claimed(named: list[Heading], unnamed: list[Heading]) -> list[Heading]:
    """Headings of unknown wording that stand where the section their numeral names is missing."""
    taken = {h.number for h in named}
    claims: list[Heading] = []
    for heading in unnamed:
        if not 1 <= heading.value <= 6 or heading.value in taken or not _in_place(heading, named):
            continue
        if not _enumerated(heading, named, unnamed, claims):
            taken.add(heading.value)
            claims.append(replace(heading, number=heading.value))
    return claims


def _enumerated(
    heading: Heading, named: Sequence[Heading], unnamed: Sequence[Heading], claims: Sequence[Heading]
) -> bool:
    """Whether an item 一、 of its own precedes it since the last heading: then it goes on counting that."""
    last = max((h.span.start for h in named if h.span.start < heading.span.start), default=-1)
    spans = {c.span for c in claims}
    return any(
        last < h.span.start < heading.span.start and h.value < heading.value and h.span not in spans
        for h in unnamed
    )


def _beyond(own: list[Heading], unnamed: list[Heading]) -> list[Heading]:
    """七、 and further, where they go on from the last section and no enumeration lies between."""
    if not own:
        return []
    last, expected, found = own[-1].span.start, 7, []
    for heading in unnamed:
        if heading.span.start < last:
            continue
        if heading.value != expected:
            break
        found.append(heading)
        expected += 1
    return found
