"""The measures of 2026 cover apps, mini-programs and quick-apps: they judge no account and no group."""

from itertools import product
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


def test_what_is_to_be_put_right_is_what_some_rule_forbids() -> None:
    """On every carrier, before and from the days on which the rules take effect."""
    vocabulary = library.vocabulary()
    fields = {field.name: field for field in vocabulary.collections["feature_checks"].fields}
    features, carriers = fields["feature"].choices, fields["carrier_type"].choices
    assert features and carriers
    days = ("2023-12-31", "2024-01-01", "2026-01-24", "2026-01-25")
    rows = [
        {
            "feature": f,
            "carrier_type": c,
            "checked_on": d,
            "present": True,
            "scene": "一般",
            "necessary": False,
        }
        for f, c, d in product(features, carriers, days)
    ]
    facts = facts_from_yaml({"report.year": 2024, "feature_checks": rows}, vocabulary)

    def named(rule: Rule) -> set[str]:
        return {o.key for o in evaluation.apply(rule, facts, vocabulary).occurrences}

    rules = library.load_rules()
    forbidding = [r for i, r in rules.items() if i.startswith("new-media/no-") and r.each == "feature_checks"]
    forbidden = set().union(*(named(rule) for rule in forbidding))
    assert forbidden == named(rules["new-media/found-features-fixed"])
    assert 0 < len(forbidden) < len(rows)
