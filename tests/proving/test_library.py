"""Of rules we ship: no change of them goes unnoticed by their cases. `make mutate` tries them all."""

import pytest

from checker import proving

RULES = (
    "annual-report/applications-one-figure",
    "annual-report/cells-legible",
    "annual-report/cells-not-text",
    "annual-report/cells-whole-counts",
    "annual-report/fee-stated",
    "annual-report/issuer-consistent",
    "annual-report/no-stray-years",
    "annual-report/section-five-not-copied",
    "annual-report/section-one-not-copied",
    "annual-report/suits-one-figure",
    "new-media/app-closing-reported",
    "new-media/app-filed",
    "new-media/menus-updated",
    "new-media/no-check-in-account",
    "new-media/no-clock-in-chain-group",
    "new-media/no-inspection-carrier-app",
    "new-media/no-likes-kpi-app",
    "new-media/no-online-time-account",
    "new-media/no-online-time-app",
    "new-media/no-points-ranking-account",
    "new-media/no-points-ranking-app",
    "rectification/action-stated",
    "rectification/rechecked",
    "release-review/corrections-fixed",
    "release-review/reviews-belong",
)


@pytest.mark.parametrize("rule", RULES)
def test_every_change_of_the_rule_is_noticed(rule: str) -> None:
    [proof] = proving.mutate("annual-report", [rule])
    assert proof.wrong == ()
    assert proof.mutants > 0
    assert [name for name, _ in proof.survivors] == []
