"""Which outcomes a rule can come to follows from what the rule says."""

from dataclasses import replace
from datetime import date

import pytest

from checker import library
from checker.bilingual import Bilingual
from checker.proving import reachable
from checker.ruleset import Ratio, Rule

RULE = "annual-report/applications-balance"


@pytest.fixture(scope="module")
def plain() -> Rule:
    """A rule of the whole report, without any condition."""
    known = library.rules()
    known.load([RULE])
    return replace(known[RULE], when=None, each=None, where=None, effective_from=None, effective_to=None)


def outcomes(rule: Rule) -> str:
    return " ".join(reachable(rule, library.vocabulary()))


def test_without_a_condition_it_always_applies(plain: Rule) -> None:
    assert outcomes(plain) == "pass fail unknown"


def test_a_dated_rule_may_not_apply(plain: Rule) -> None:
    assert outcomes(replace(plain, effective_from=date(2021, 1, 1))) == "pass fail not_applicable unknown"


def test_a_rule_over_exceptions_always_applies(plain: Rule) -> None:
    assert outcomes(replace(plain, each="applications.columns")) == "pass fail not_applicable unknown"
    assert outcomes(replace(plain, each="extra_rows")) == "pass fail unknown"


def test_only_a_degree_makes_it_partial(plain: Rule) -> None:
    each = replace(plain, each="applications.columns")
    assert "partial" in outcomes(replace(each, degree="share"))
    assert "partial" in outcomes(replace(plain, degree=Ratio("a", "b")))
    assert "partial" not in outcomes(replace(each, degree="share", judgement=True))


def test_what_only_a_person_judges_never_fails_by_itself(plain: Rule) -> None:
    assert outcomes(replace(plain, judgement=True)) == "pass unknown pending"
    asked = replace(plain, judgement=True, question=Bilingual("好吗", "is it good"))
    assert outcomes(asked) == "pending"
