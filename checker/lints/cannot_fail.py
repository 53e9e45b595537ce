"""A rule that no report can fail, as the ruleset sets it."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.expression import Range, foregone
from checker.lints._shelf import Shelf, Spot
from checker.lints._years import parameters
from checker.ruleset import Rule

SEVERITY = "error"
ABOUT = Bilingual("怎么也不会不通过的规则", "a rule that no report can fail")
_FIX = Bilingual("检查断言和 settings 里的界限", "check the assertion, and the limits under settings")
_WITHIN = {"share": Range(0, 10_000), "similarity": Range(0, 100)}
"""Measures that have an end above as well; every measure that yields a count begins at 0."""


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        rules = sheet.ruleset.rules
        for use, _ in sheet.uses():
            if cannot_fail(rules[use.rule]):
                zh, en = (
                    f"{use.rule} 在这里怎么也不会不通过",
                    f"nothing can fail {use.rule} as it is set here",
                )
                yield Spot(use.place, ("settings",) if use.settings else ("rule",), Bilingual(zh, en), _FIX)
        for indicator in sheet.indicators():
            if indicator.only_if and cannot_fail(rules[indicator.only_if]):
                zh, en = (
                    "这条规则怎么也不会不通过，本指标总是适用",
                    "nothing can fail this rule: the indicator always applies",
                )
                yield Spot(indicator.place, ("only_if",), Bilingual(zh, en), _FIX)


def cannot_fail(rule: Rule) -> bool:
    """Whether what it asserts holds whatever is found."""
    ranges = parameters(rule)
    for measure in rule.measures:
        if measure.signature.returns == "count":
            ranges[measure.name] = Range(0, None)
        elif measure.signature.name in _WITHIN:
            ranges[measure.name] = _WITHIN[measure.signature.name]
    return rule.question is None and foregone(rule.assertion, ranges) is True
