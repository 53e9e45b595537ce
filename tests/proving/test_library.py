"""Of rules we ship: no change of them goes unnoticed by their cases. `make mutate` tries them all."""

import pytest

from checker import library, proving

RULES = sorted(library.rules())
SAMPLE = proving.sampled(RULES, 60, 2024)


@pytest.mark.parametrize("rule", SAMPLE)
def test_every_change_of_the_rule_is_noticed(rule: str) -> None:
    [proof] = proving.mutate("annual-report", [rule])
    assert proof.wrong == ()
    assert [name for name, _ in proof.survivors] == []


def test_the_sample_is_of_every_kind() -> None:
    assert len({rule.partition("/")[0] for rule in SAMPLE}) >= 8
