"""The same field of the same record in last year's report."""

from collections.abc import Mapping
from typing import Any

from checker.bilingual import Bilingual
from checker.facts import Fact
from checker.ruleset import Parameter, Signature

SIGNATURE = Signature(
    name="carried_over",
    parameters=(Parameter("carried_over", "previous"),),
    returns=None,
    label=Bilingual("上年报告所载", "in last year's report"),
)


def compute(arguments: Mapping[str, Any]) -> Fact:
    """Last year's fact as it stands there, of whatever kind."""
    fact: Fact = arguments["carried_over"]
    return fact
