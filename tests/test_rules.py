"""Every rule's examples and case files do what they say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from checker import evaluation, library, yaml_text
from checker.facts_yaml import facts_from_yaml
from checker.finding import Finding
from checker.library import vocabulary
from checker.ruleset import Rule

CASES = library.HOME / "cases"


@cache
def rules() -> dict[str, Rule]:
    return library.load_rules()


def decide(rule: str, given: Any, settings: Any = None) -> Finding:
    facts = facts_from_yaml(given, vocabulary())
    return evaluation.apply(with_settings(rules()[rule], settings or {}), facts, vocabulary())


def with_settings(rule: Rule, settings: dict[str, str]) -> Rule:
    """The rule as a ruleset that sets these parameters has it."""
    assert settings.keys() <= {p.name for p in rule.parameters}
    changed = tuple(
        replace(p, value=date.fromisoformat(s) if p.type == "date" else int(s))
        if (s := settings.get(p.name))
        else p
        for p in rule.parameters
    )
    return replace(rule, parameters=changed)


def cases() -> Iterator[Any]:
    for path in sorted(CASES.rglob("*.yaml")):
        rule = path.relative_to(CASES).with_suffix("").as_posix()
        for case in yaml_text.parse(path.read_text(encoding="utf-8"), path.name).data:
            yield pytest.param(rule, case, id=f"{rule}-{case['name']}")


def sentences(finding: Finding) -> str:
    said = [o.message.zh for o in finding.occurrences]
    return "\n".join([*said, finding.reason.zh if finding.reason else ""])


def explain(finding: Finding) -> str:
    return f"{finding.outcome}: {sentences(finding)}"


@pytest.mark.parametrize("rule", sorted(rules()))
def test_examples(rule: str) -> None:
    assert library.failing_examples(rules()[rule], vocabulary()) == []


def test_an_example_that_is_wrong_is_named() -> None:
    rule = rules()["annual-report/applications-balance"]
    odd = replace(rule, examples={"pass": ({"no.such.fact": "1"}, {}), "fail": rule.examples["pass"]})
    first, second, third = library.failing_examples(odd, vocabulary())
    assert first.en == f"{rule.id}: pass example 1 is at fault: no.such.fact: there is no such fact"
    assert second.zh.startswith(f"{rule.id}：pass 第 2 例得到 unknown")
    assert third.en.startswith(f"{rule.id}: fail example 1 gives pass")


@pytest.mark.parametrize("rule", sorted(rules()))
def test_has_cases(rule: str) -> None:
    assert (CASES / f"{rule}.yaml").is_file(), "every rule has a case file"


@pytest.mark.parametrize(("rule", "case"), list(cases()))
def test_cases(rule: str, case: dict[str, Any]) -> None:
    found = decide(rule, case["given"], case.get("settings"))
    assert found.outcome == case["outcome"], explain(found)
    if "occurrences" in case:
        assert len(found.occurrences) == int(case["occurrences"])
    if "says" in case:
        assert case["says"] in sentences(found), sentences(found)
