"""Every figure of a shipped scheme matters to a score sheet worked out by hand.

One figure at a time is changed by a small step: some case of tests/schemes must then come out otherwise than
it states. A scheme that extends another may leave what it takes over to the other's sheet.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from checker import library, scoring
from checker.ruleset import Bonus, Group, Indicator, Level, Limit, Ruleset, Scale, Step, Use, Veto
from tests.test_schemes import OTHERWISE_TESTED, SHEETS, finding, made_of, ruleset, sheet, stated

POINTS, SHARE, THRESHOLD = Decimal("0.1"), Decimal("0.05"), Decimal(1)
FIGURES: dict[type, dict[str, Decimal]] = {
    Ruleset: {"pass_mark": THRESHOLD},
    Indicator: {"cap": POINTS, "floor": THRESHOLD},
    Use: {"cap": POINTS, "deduct_to": POINTS, "restores": SHARE, "repeats": POINTS},
    Group: {"cap": POINTS},
    Bonus: {"cap": POINTS, "opens_above": THRESHOLD, "opens_at": THRESHOLD},
    Veto: {"points": POINTS},
    Limit: {"times": SHARE, "at_most": SHARE},
    Scale: {"full_at": SHARE, "zero_at": SHARE},
    Step: {"at_least": SHARE, "earns": SHARE},
}
PARTS: dict[type, tuple[str, ...]] = {
    Ruleset: ("indicators", "uses", "bonus", "groups", "veto"),
    Indicator: ("indicators", "uses", "bonus", "veto"),
    Use: ("limit", "scale"),
    Bonus: ("uses",),
    Scale: ("steps",),
}
# What a use or a limit is silent about stands at its default, and no pass mark as one of 0: no figures.
SILENT = {("pass_mark", 0), ("restores", 0), ("repeats", 1), ("times", 1), ("at_most", 1)}
# Figures no score can show, and why they stay.
WITHOUT_EFFECT = {
    "ten-questions": {
        "whole: pass_mark 70 -> 69": "ten, eight, six or nothing for each question: no marks lie between",
    },
    "zhaoqing-2019": {
        "whole: pass_mark 60 -> 59": "who has less than 60 has less than 30 in a part: its floor is missed",
    },
}


def name_of(noun: Any) -> str:
    if isinstance(noun, Ruleset):
        return "whole"
    if isinstance(noun, Step):
        return f"step {noun.at_least}"
    found: str = getattr(noun, "rule", None) or getattr(noun, "id", None) or type(noun).__name__.lower()
    return found


def all_there_is(noun: Any, around: Decimal) -> Decimal:
    """What a node holds, to its parts; or what the uses of a bonus bring."""
    if isinstance(noun, Bonus):
        return sum((use.points or Decimal(0) for use in noun.uses), Decimal(0))
    if isinstance(noun, Indicator):
        return noun.points if noun.out_of is None else noun.out_of
    return noun.full_marks if isinstance(noun, Ruleset) else around


def other_values(noun: Any, key: str, step: Decimal, most: Decimal) -> Iterator[Decimal | None]:
    value = getattr(noun, key)
    if value is None or (key, value) in SILENT or (isinstance(noun, Scale) and noun.steps):
        return
    if value >= step:
        yield value - step
    # As the sources state them: up to all there is to lose, a bonus of all it names. No more is possible.
    if value == most and (key == "deduct_to" or isinstance(noun, Bonus)):
        return
    if step is not SHARE or value + step <= 1:
        yield value + step
    if key == "cap" and not isinstance(noun, Bonus):
        yield None


def changes(noun: Any, above: str = "", around: Decimal = Decimal(0)) -> Iterator[tuple[str, Any]]:
    """The noun with one figure of it, or of a part of it, changed; and which."""
    named = isinstance(noun, Ruleset | Indicator | Group)
    where, most = name_of(noun) if named else f"{above}/{name_of(noun)}", all_there_is(noun, around)
    for key, step in FIGURES.get(type(noun), {}).items():
        for other in other_values(noun, key, step, most):
            label = f"{where}: {key} {getattr(noun, key)} -> {'none' if other is None else other}"
            yield label, replace(noun, **{key: other})
    for part in PARTS.get(type(noun), ()):
        parts = getattr(noun, part)
        members = parts if isinstance(parts, tuple) else (parts,) if parts is not None else ()
        for n, member in enumerate(members):
            for label, changed in changes(member, where, most):
                whole = (*members[:n], changed, *members[n + 1 :])
                yield label, replace(noun, **{part: whole if isinstance(parts, tuple) else changed})


def uses_of(noun: Ruleset | Indicator) -> Iterator[Use]:
    yield from noun.uses
    yield from noun.bonus.uses if noun.bonus else ()
    for indicator in noun.indicators:
        yield from uses_of(indicator)


def with_rubric(noun: Any, old: tuple[Level, ...], new: tuple[Level, ...]) -> Any:
    """The noun with one rubric put for another wherever it is used: a scheme states it once."""
    if isinstance(noun, Use):
        return replace(noun, rubric=new) if noun.rubric == old else noun
    changed: dict[str, Any] = {"uses": tuple(with_rubric(use, old, new) for use in noun.uses)}
    if isinstance(noun, Ruleset | Indicator):
        changed["indicators"] = tuple(with_rubric(each, old, new) for each in noun.indicators)
        changed["bonus"] = with_rubric(noun.bonus, old, new) if noun.bonus else None
    return replace(noun, **changed)


def rubric_changes(scheme: Ruleset) -> Iterator[tuple[str, Ruleset]]:
    for rubric in dict.fromkeys(use.rubric for use in uses_of(scheme) if use.rubric):
        for n, level in enumerate(rubric):
            for earns in (level.earns - SHARE, level.earns + SHARE):
                if 0 <= earns <= 1:
                    new = (*rubric[:n], replace(level, earns=earns), *rubric[n + 1 :])
                    label = f"rubric/{level.id}: earns {level.earns} -> {earns}"
                    yield label, with_rubric(scheme, rubric, new)


def notices(case: dict[str, Any], scheme: Ruleset) -> bool:
    given, population = case["findings"], case.get("population", {})
    found = [finding(rule, given.get(rule_id, {}), population) for rule_id, rule in scheme.rules.items()]
    expected = case["expected"]
    return made_of(scoring.score(found, scheme), expected) != stated(expected)


@cache
def survivors(name: str) -> tuple[str, ...]:
    """The changes no case of the scheme's own sheet notices."""
    cases, scheme = sheet(SHEETS / f"{name}.yaml"), ruleset(name)
    left = []
    for label, other in (*changes(scheme), *rubric_changes(scheme)):
        first = next((case for case in cases if notices(case, other)), None)
        if first is None:
            left.append(label)
        else:  # What noticed one figure is the likeliest to notice the next.
            cases.remove(first)
            cases.insert(0, first)
    return tuple(left)


def noticed_above(name: str) -> set[str]:
    """The changes the sheet of the scheme it extends notices: of the same figures, at the same place."""
    parent = ruleset(name).parent
    if parent is None:
        return set()
    scheme = ruleset(parent)
    return {label for label, _ in (*changes(scheme), *rubric_changes(scheme))} - set(survivors(parent))


@pytest.mark.parametrize("name", sorted(set(library.shipped()) - OTHERWISE_TESTED))
def test_every_figure_is_noticed(name: str) -> None:
    left = set(survivors(name))
    without = set(WITHOUT_EFFECT.get(name, {}))
    assert without <= left, f"noticed after all: {without - left}"
    unnoticed = sorted(left - without - noticed_above(name))
    assert not unnoticed, "\n".join(unnoticed)
