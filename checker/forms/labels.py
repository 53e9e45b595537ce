"""Which row of a form a printed label names: exactly, with a known variant, or nearly."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from checker.forms.template import Form, Row, canonical

SHORTEST_FUZZY = 6
"""Shorter labels differ from one another by too little to allow for misprints."""


class Fit(IntEnum):
    """How well a label names a row."""

    NEAR = 1
    EXACT = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A row a label may name. official: the label is printed as the form has it; None: not seen."""

    row: int
    fit: Fit
    official: bool | None


def of_cell(form: Form, label: str) -> tuple[Match, ...]:
    """Rows named by a whole cell (canonical text), best first."""
    exact = tuple(
        Match(i, Fit.EXACT, row.official(label))
        for i, row in enumerate(form.rows)
        if any(_is(label, row, wording) for wording in row.wordings)
    )
    return exact or _near(form, label)


def _is(label: str, row: Row, wording: str) -> bool:
    # A wrong numeral does not hide which row is meant; official() tells it apart.
    return label == wording or (label.endswith(wording) and len(label) == len(wording) + 1)


def at_end(form: Form, words: str) -> tuple[Match, ...]:
    """Rows named by the end of running text (canonical) right before its figures.

    The longest wording wins; a wording of two characters counts only with its numeral.
    """
    found = [
        (len(wording), Match(i, Fit.EXACT, _official_end(row, words, wording)))
        for i, row in enumerate(form.rows)
        for wording in (*row.wordings, *([canonical(row.stand_in)] if row.stand_in else []))
        if words.endswith(wording if len(wording) > 2 or not row.mark else row.mark + wording)
    ]
    if found:
        longest = max(length for length, _ in found)
        return tuple(match for length, match in found if length == longest)
    return _near_end(form, words)


def _official_end(row: Row, words: str, wording: str) -> bool | None:
    if row.stand_in and wording == canonical(row.stand_in):
        return None
    before = words[: len(words) - len(wording)]
    misnumbered = row.mark.isdigit() and before[-1:].isdigit() and not before.endswith(row.mark)
    return row.official(wording) and not misnumbered


@dataclass(frozen=True, slots=True)
class Mention:
    """A row named inside running text; alone: only other labels, headers or nothing follow."""

    row: int
    alone: bool


def inside(form: Form, words: str) -> tuple[Mention, ...]:
    """Rows named anywhere in running text (canonical), each with its numeral, in order of appearance."""
    found = []
    for index, row in enumerate(form.rows):
        for wording in row.wordings:
            place = words.find(row.mark + wording)
            if place >= 0 and (row.mark or not place or ends_as_printed(form, words[:place])):
                found.append((place, -len(row.mark + wording), index))
                break
    kept: list[Mention] = []
    covered = 0
    for place, length, index in sorted(found):
        if place >= covered:
            covered = place - length
            kept.append(Mention(index, _is_printed_word(form, words[covered:])))
    return tuple(kept)


def ends_as_printed(form: Form, words: str) -> bool:
    """Whether a text ends in words the form prints before a label: a header, a group, another label."""
    printed = (*form.groups, *map(canonical, form.headers), *(w for row in form.rows for w in row.wordings))
    return words.endswith((*printed, *(canonical(r.stand_in) for r in form.rows if r.stand_in), "项"))


def _is_printed_word(form: Form, rest: str) -> bool:
    """Whether a text is at its end or goes on with something printed on the form."""
    labels = (row.mark + wording for row in form.rows for wording in row.wordings)
    return not rest or rest.startswith((*labels, *form.groups, *map(canonical, form.headers), "第二十条第"))


def fragment_of(row: Row, words: str) -> bool:
    """Whether words are a piece of the row's label, as a flattener leaves it."""
    return any(
        (len(words) >= 2 and words in row.mark + wording)
        or any(words.endswith(wording[:n]) or words.startswith(wording[-n:]) for n in range(4, len(wording)))
        for wording in row.wordings
    )


def _near(form: Form, label: str) -> tuple[Match, ...]:
    scores = [(min(_relative(label, row, w) for w in row.wordings), i) for i, row in enumerate(form.rows)]
    return _clearly_best(scores)


def _near_end(form: Form, words: str) -> tuple[Match, ...]:
    scores = []
    for index, row in enumerate(form.rows):
        lengths = {n for w in row.wordings for n in range(len(w) - 3, len(w) + 4) if 0 < n <= len(words)}
        best = min((min(_relative(words[-n:], row, w) for w in row.wordings) for n in lengths), default=1.0)
        scores.append((best, index))
    return _clearly_best(scores)


def _relative(label: str, row: Row, wording: str) -> float:
    """Edits per character of the wording; 1 where the wording is too short to be misprinted."""
    if len(wording) < SHORTEST_FUZZY or abs(len(label) - len(wording)) > 4:
        return 1.0
    if len(set(label) & set(wording)) < 0.6 * len(set(wording)):
        return 1.0
    return min(_distance(label, wording), _distance(label, row.mark + wording)) / len(wording)


def _clearly_best(scores: Sequence[tuple[float, int]]) -> tuple[Match, ...]:
    (best, index), *others = sorted(scores)
    if best > 0.3 or (others and others[0][0] - best < 0.15):
        return ()
    return (Match(index, Fit.NEAR, False),)


@lru_cache(maxsize=4096)
def _distance(one: str, other: str) -> int:
    """Insertions, deletions and replacements between two strings."""
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1]
