"""Text that is struck out on a page, as tracked deletions are printed: a rule runs through its middle."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from checker.readers._ruled.page import Glyph, Page, Segment

UNSEEN = "\u200b"
"""Stands for a character struck out, so that what stands around it closes up."""

_MIDDLE = 0.3, 0.7
"""Between which parts of the height of a character, from its top, a rule strikes it out."""
_INKED = 0.35
"""Of the height of a character's box; a dash has less ink, and a rule at its height says nothing."""
_COVERED = 0.6
_GAP, _END = 2.0, 1.0
"""Of the height of the characters: blanks that are struck out with them, between them and at the ends."""
_LEVEL = 0.5
_FLAT, _SHORTEST = 1.5, 3.0
_AT_RULE = 1.0
_ROW = 20.0
"""Points."""
_MOST_RULES, _MOST_CHARACTERS = 3_000, 500

Struck = tuple[Glyph, ...]


def without_struck(page: Page) -> tuple[Page, list[Struck]]:
    """The page with what is struck out unseen, and without the rules that do it; what each strikes out."""
    rules = {_key(s): s for s in page.segments if s.bottom - s.top <= _FLAT and s.right - s.left >= _SHORTEST}
    if not rules or len(rules) > _MOST_RULES:
        return page, []
    standing = _Standing(page.glyphs)
    upright = _Upright(page.segments)
    gone: set[int] = set()
    strikes: set[tuple[int, int, int]] = set()
    found: list[Struck] = []
    for rule in sorted(rules.values(), key=lambda s: (s.top, s.left)):
        numbers = standing.struck_by(rule)
        if not numbers or upright.hold(rule):
            continue
        strikes.add(_key(rule))
        fresh = [n for n in numbers if n not in gone]
        gone.update(fresh)
        if any(not page.glyphs[n].text.isspace() for n in fresh):
            found.append(tuple(page.glyphs[n] for n in fresh))
    if not strikes:
        return page, []
    glyphs = tuple(replace(g, text=UNSEEN) if n in gone else g for n, g in enumerate(page.glyphs))
    segments = tuple(s for s in page.segments if _key(s) not in strikes)
    return replace(page, glyphs=glyphs, segments=segments), found


def _key(segment: Segment) -> tuple[int, int, int]:
    """The same for rules drawn again in one place."""
    y = (segment.top + segment.bottom) / 2
    return round(2 * y), round(segment.left), round(segment.right)


class _Standing:
    """The characters of a page by where their middles are."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, glyph in enumerate(glyphs):
            x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            self._rows[int(y // _ROW)].append((x, number))
        for row in self._rows.values():
            row.sort()

    def struck_by(self, rule: Segment) -> list[int]:
        """The numbers of the characters through whose middle the rule runs from end to end, or none."""
        near = self._near(rule)
        inked = sorted((self._glyphs[n] for n in near if not self._glyphs[n].text.isspace()), key=_left)
        if not inked or not _is_through(rule, inked) or not _is_filled(rule, inked):
            return []
        return sorted(near)

    def _near(self, rule: Segment) -> list[int]:
        """Characters above, on or below which the rule lies, with their middles near to it."""
        y = (rule.top + rule.bottom) / 2
        near: list[int] = []
        for row in range(int(y // _ROW) - 1, int(y // _ROW) + 2):
            standing = self._rows.get(row, [])
            first = bisect_left(standing, (rule.left, -1))
            last = bisect_right(standing, (rule.right, len(self._glyphs)))
            if last - first > _MOST_CHARACTERS:
                return []
            near += [n for _, n in standing[first:last] if _is_level(self._glyphs[n], y)]
        return near


def _is_level(glyph: Glyph, y: float) -> bool:
    middle, height = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
    return abs(middle - y) <= _LEVEL * height


def _left(glyph: Glyph) -> float:
    return glyph.left


def _is_through(rule: Segment, inked: Sequence[Glyph]) -> bool:
    """Whether the rule goes through the middle of all that is drawn high enough to tell."""
    y = (rule.top + rule.bottom) / 2
    inks = [(g.ink or (g.top, g.bottom), g.bottom - g.top) for g in inked]
    telling = [(top, bottom) for (top, bottom), tall in inks if bottom - top >= max(0.1, _INKED * tall)]
    return bool(telling) and all(
        _MIDDLE[0] <= (y - top) / (bottom - top) <= _MIDDLE[1] for top, bottom in telling
    )


def _is_filled(rule: Segment, inked: Sequence[Glyph]) -> bool:
    """Whether the rule begins and ends with the characters, and they fill it."""
    tall = max(g.bottom - g.top for g in inked)
    if rule.left < inked[0].left - _END * tall or rule.right > inked[-1].right + _END * tall:
        return False
    if any(b.left - a.right > _GAP * tall for a, b in pairwise(inked)):
        return False
    return sum(g.right - g.left for g in inked) >= _COVERED * (rule.right - rule.left)


class _Upright:
    """The vertical rules of a page."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._rules = sorted((s for s in segments if s.bottom - s.top > _FLAT), key=_x)
        self._xs = [_x(s) for s in self._rules]

    def hold(self, rule: Segment) -> bool:
        """Whether the rule goes from one vertical rule to another or crosses one, as those of tables do."""
        y = (rule.top + rule.bottom) / 2
        first = bisect_left(self._xs, rule.left - _AT_RULE)
        last = bisect_right(self._xs, rule.right + _AT_RULE)
        met = [_x(s) for s in self._rules[first:last] if s.top - _AT_RULE <= y <= s.bottom + _AT_RULE]
        inside = any(rule.left + _AT_RULE < x < rule.right - _AT_RULE for x in met)
        return inside or (
            any(x <= rule.left + _AT_RULE for x in met) and any(x >= rule.right - _AT_RULE for x in met)
        )


def _x(segment: Segment) -> float:
    return (segment.left + segment.right) / 2
