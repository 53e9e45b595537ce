"""How many different exact figures the report gives for one claim.

More than one means that the report contradicts itself, wherever the figures stand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Kind, Record, count
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="mentions",
    parameters=(Parameter("mentions", "claim"),),
    returns="count",
    label=Bilingual("不同说法的个数", "different figures given"),
    filters=True,
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """The number of distinct exact values, with every place; approximations decide nothing."""
    claims: Sequence[Record] | Absent = arguments["mentions"]
    if isinstance(claims, Absent):
        return Fact(Kind.MISSING, None, "", claims.locations, claims.reason)
    exact = [c for c in claims if c.fields["lowest"].value == c.fields["highest"].value]
    figures = {c.fields["value"].value for c in exact if c.fields["value"].kind is Kind.NUMBER}
    return count(len(figures), *(place for c in exact for place in c.locations))
