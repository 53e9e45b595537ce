"""The measures of 2026 cover apps, mini-programs and quick-apps: they judge no account and no group."""

from typing import Any

import pytest

from checker import evaluation, library
from checker.facts_yaml import facts_from_yaml
from checker.finding import Outcome
from checker.ruleset import Rule

MEASURES = "国办函〔2026〕12号"
RESTING_ON_THEM = [r for r in library.load_rules().values() if any(MEASURES in b.document for b in r.basis)]


def test_there_are_such_rules() -> None:
    assert {"new-media/no-check-in-app", "new-media/app-filed"} <= {rule.id for rule in RESTING_ON_THEM}


@pytest.mark.parametrize("carrier", ["公众账号", "工作群"])
@pytest.mark.parametrize("rule", RESTING_ON_THEM, ids=lambda rule: rule.id)
def test_accounts_and_groups_are_outside(rule: Rule, carrier: str) -> None:
    """What fails as an app is nothing to the rule as an account or a group."""
    assert rule.each is not None
    for example in rule.examples["fail"]:
        rows: Any = example[rule.each]
        given = {**example, rule.each: [{**row, "carrier_type": carrier} for row in rows]}
        facts = facts_from_yaml(given, library.vocabulary())
        found = evaluation.apply(rule, facts, library.vocabulary())
        assert found.outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("feature", ["check-in", "points-ranking", "online-time"])
def test_features_of_accounts_rest_on_local_practice(feature: str) -> None:
    """No veto may rest on them: the national norms on these features leave accounts out."""
    rule = library.load_rules()[f"new-media/no-{feature}-account"]
    assert {b.grade for b in rule.basis} == {"local", "practice"}
