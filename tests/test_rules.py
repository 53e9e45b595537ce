"""Every rule's examples and case files do what they say, and state every outcome the rule can come to."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from checker import library, proving, yaml_text
from checker.errors import InputError
from checker.proving.cases import examples
from checker.ruleset import Rule

CASES = library.HOME / "cases"
RULES = sorted(library.rules())


@cache
def suite() -> proving.Suite:
    return proving.suite()


def rule(name: str) -> Rule:
    return next(r for r in suite().rules if r.id == name)


def named_cases() -> Iterator[Any]:
    for path in sorted(CASES.rglob("*.yaml")):
        name = path.relative_to(CASES).with_suffix("").as_posix()
        for case in yaml_text.parse(path.read_text(encoding="utf-8"), path.name).data:
            if "name" in case:
                yield pytest.param(name, case["name"], id=f"{name}-{case['name']}")


def failures(name: str, cases: Any) -> list[str]:
    return [p.in_language("en") for p in proving.failures(rule(name), cases, suite().vocabulary)]


@pytest.mark.parametrize("name", RULES)
def test_examples(name: str) -> None:
    own = examples(rule(name), suite().vocabulary)
    assert failures(name, own) == []


def test_an_example_that_is_wrong_is_named() -> None:
    known = rule("annual-report/applications-balance")
    odd = replace(known, examples={"pass": ({"no.such.fact": "1"},), "fail": known.examples["pass"]})
    with pytest.raises(InputError, match="pass example 1: no.such.fact: there is no such fact"):
        examples(odd, suite().vocabulary)
    empty = replace(known, examples={"pass": ({},), "fail": known.examples["pass"]})
    said = [
        p.message.en for p in proving.failures(empty, examples(empty, suite().vocabulary), suite().vocabulary)
    ]
    assert [text.partition(" (")[0] for text in said] == [
        f"{known.id}, example “pass 1”: pass was expected, unknown came out",
        f"{known.id}, example “fail 1”: fail was expected, pass came out",
    ]


@pytest.mark.parametrize("name", RULES)
def test_has_cases(name: str) -> None:
    assert suite().files[name].cases, "every rule has a case file"


@pytest.mark.parametrize(("name", "case"), list(named_cases()))
def test_cases(name: str, case: str) -> None:
    assert failures(name, [c for c in suite().files[name].cases if c.name == case]) == []
