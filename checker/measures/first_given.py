"""The first of several fields that is filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact, Kind, count, missing
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="first_given",
    parameters=(Parameter("first_given", "fields"), Parameter("otherwise", "words", required=False)),
    returns=None,
    label=Bilingual("首个已填的值", "the first filled in"),
)

_NOT_WHOLE = missing("otherwise 写的不是整数", "what is written as otherwise is no whole number")


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The first fact that is neither blank nor a slash, whatever it is; else `otherwise`, else the last."""
    facts: Sequence[Fact] = arguments["first_given"]
    for fact in facts:
        if fact.kind not in (Kind.BLANK, Kind.SLASH):
            return fact
    otherwise: str | None = arguments.get("otherwise")
    if otherwise is None:
        return facts[-1]
    if not re.fullmatch(r"-?[0-9]+", otherwise):
        return _NOT_WHOLE
    return count(int(otherwise), *facts[-1].locations[:1])


def value(arguments: Mapping[str, Any]) -> Any:
    """The first value, where the first fact has one: else the others may count."""
    return arguments["first_given"][0]
