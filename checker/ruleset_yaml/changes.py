"""Every difference between two rulesets, and which of them relax what must not be relaxed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any, Literal

from checker.bilingual import Bilingual
from checker.location import Location
from checker.ruleset import (
    Basis,
    Bonus,
    Change,
    Expression,
    Indicator,
    Measure,
    Rule,
    RuleParameter,
    Ruleset,
    Use,
)

_STRICTER_UP = ("points", "floor", "deduct", "deduct_to", "cap", "repeats")
"""What may be raised where a part must not be relaxed. Everything else there stays as it is."""
_TOP = ("full_marks", "pass_mark", "bands", "veto", "unknown", "not_applicable", "places", "groups")
_APART = ("uses", "indicators", "place", "sheet", "source", "title", "why", "bonus")
_OF_A_RULE = (
    "each",
    "when",
    "where",
    "measures",
    "parameters",
    "assertion",
    "effective_from",
    "effective_to",
    "degree",
    "judgement",
    "quantity",
    "rectified",
    "repeated",
    "basis",
)

What = Literal["ruleset", "indicator", "use", "rule"]


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing to compare: what it says by key, where it stands, and whether it must not be relaxed."""

    said: Mapping[str, str]
    place: Location | None
    firm: bool = False


def changes(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """From old to new: the whole, its indicators, its uses, and the rules themselves."""
    return tuple(change for change, _ in _all(old, new))


def relaxations(parent: Ruleset, child: Ruleset) -> Iterator[Change]:
    """The changes that relax what the parent says must stand."""
    for change, firm in _all(parent, child):
        whole = change.what == "ruleset" and change.key.partition(".")[0] in parent.firm
        if whole or firm and change.what != "rule" and not _is_stricter(change):
            yield change


def _is_stricter(change: Change) -> bool:
    if change.before is None and change.key == "floor" or change.after is None and change.key == "cap":
        return True
    if change.key not in _STRICTER_UP or change.before is None or change.after is None:
        return change.key == "unconfirmed"
    return Decimal(change.after) >= Decimal(change.before)


def _all(old: Ruleset, new: Ruleset) -> Iterator[tuple[Change, bool]]:
    yield from _compared("ruleset", {"": _whole(old)}, {"": _whole(new)})
    yield from _compared("indicator", dict(_indicators(old)), dict(_indicators(new)))
    yield from _compared("use", dict(_uses(old)), dict(_uses(new)))
    both = [rule for rule in new.rules if rule in old.rules]
    yield from _compared(
        "rule", {r: _rule(old.rules[r]) for r in both}, {r: _rule(new.rules[r]) for r in both}
    )


def _compared(
    what: What, old: Mapping[str, _Item], new: Mapping[str, _Item]
) -> Iterator[tuple[Change, bool]]:
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            yield Change(what, name, "", None, _summary(after), after.place), False
        elif after is None and before is not None:
            yield Change(what, name, "", _summary(before), None, None), before.firm
        elif before is not None and after is not None:
            for key in dict.fromkeys([*before.said, *after.said]):
                was, now = before.said.get(key), after.said.get(key)
                if was != now:
                    yield Change(what, name, key, was, now, after.place), before.firm


def _summary(item: _Item) -> str:
    return ", ".join(f"{key} {value}" for key, value in item.said.items())


def _whole(ruleset: Ruleset) -> _Item:
    said = {key: text for key in _TOP if (text := written(getattr(ruleset, key)))}
    said["applies_to"] = f"{written(ruleset.years)} {written(ruleset.kinds)}".strip()
    if ruleset.bonus is not None:
        said |= _bonus(ruleset.bonus)
    return _Item(said, None)


def _bonus(bonus: Bonus) -> dict[str, str]:
    said = {key: written(getattr(bonus, key)) for key in ("cap", "opens_above", "opens_at")}
    return {f"bonus.{key}": text for key, text in said.items() if text}


def _indicators(ruleset: Ruleset) -> Iterator[tuple[str, _Item]]:
    def below(indicators: tuple[Indicator, ...], above: str, firm: bool) -> Iterator[tuple[str, _Item]]:
        for each in indicators:
            said = {"in": above} if above else {}
            said |= _said(each)
            if each.bonus is not None:
                said |= _bonus(each.bonus)
            yield each.id, _Item(said, each.place, firm or each.firm)
            yield from below(each.indicators, each.id, firm or each.firm)

    return below(ruleset.indicators, "", False)


def _uses(ruleset: Ruleset) -> Iterator[tuple[str, _Item]]:
    def below(indicators: tuple[Indicator, ...], firm: bool) -> Iterator[tuple[str, _Item]]:
        for each in indicators:
            held = firm or each.firm
            for use in each.uses:
                yield use.rule, _use(use, each.id, held)
            for use in each.bonus.uses if each.bonus else ():
                yield use.rule, _use(use, f"{each.id} bonus", held)
            yield from below(each.indicators, held)

    yield from below(ruleset.indicators, False)
    for use in ruleset.uses:
        yield use.rule, _use(use, "", False)
    for use in ruleset.bonus.uses if ruleset.bonus else ():
        yield use.rule, _use(use, "bonus", "bonus" in ruleset.firm)


def _use(use: Use, above: str, firm: bool) -> _Item:
    said = {"in": above} if above else {}
    return _Item({**said, **_said(use, "rule")}, use.place, firm or use.firm)


def _rule(rule: Rule) -> _Item:
    said = {key: text for key in _OF_A_RULE if (text := written(getattr(rule, key)))}
    return _Item(said, rule.place)


def _said(thing: Any, *apart: str) -> dict[str, str]:
    """What a use or an indicator states, by key; what is left at its default is not said."""
    found = {}
    for each in fields(thing):
        value = getattr(thing, each.name)
        if each.name in (*_APART, *apart, "id", "firm") or value == each.default or value in ({}, ()):
            continue
        found[each.name] = written(value)
    return found


def written(value: Any) -> str:
    """A value as a reader sees it; empty for nothing."""
    if value is None or value is False or value == ():
        return ""
    for kind, say in _SAID.items():
        if isinstance(value, kind):
            return say(value)
    if is_dataclass(value):
        said = ((f.name, written(getattr(value, f.name))) for f in fields(value) if f.name != "place")
        return ", ".join(f"{name} {text}" for name, text in said if text)
    return "true" if value is True else str(value)


def _measure(measure: Measure) -> str:
    given = " ".join(each for each in (written(dict(measure.arguments)), written(measure.where)) if each)
    return f"{measure.name}: {measure.signature.name} {given}"


_SAID: Mapping[type, Callable[[Any], str]] = {
    Decimal: lambda value: format(value.normalize(), "f"),
    Bilingual: lambda value: value.zh,
    Expression: lambda value: value.source,
    Basis: lambda value: f"{value.document} {value.clause} ({value.grade})",
    RuleParameter: lambda value: f"{value.name}={value.value}",
    Measure: _measure,
    Mapping: lambda value: ", ".join(f"{key}={written(each)}" for key, each in value.items()),
    tuple: lambda value: ", ".join(written(each) or "-" for each in value),
    list: lambda value: ", ".join(written(each) or "-" for each in value),
}
