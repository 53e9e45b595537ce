"""Nothing is wrong with what we ship; what is meant to be as it is says why."""

import pytest

from checker import library
from checker.lints import Report, look_at


@pytest.fixture(scope="module")
def report() -> Report:
    return look_at([str(library.HOME)])


def told(report: Report, part: str) -> str:
    problems = (remark.problem for remark in report.remarks)
    return "\n".join(p.in_language("zh") for p in problems if p.location and part in p.location.file)


@pytest.mark.parametrize("ruleset", library.shipped())
def test_nothing_is_wrong_with_a_ruleset(report: Report, ruleset: str) -> None:
    assert ruleset in report.rulesets
    assert told(report, f"rulesets/{ruleset}.yaml") == ""


@pytest.mark.parametrize("family", sorted(p.name for p in (library.HOME / "library").iterdir()))
def test_nothing_is_wrong_with_a_family_of_rules(report: Report, family: str) -> None:
    assert told(report, f"/{family}/") == ""


def test_all_of_it_was_looked_at(report: Report) -> None:
    assert report.rules == len(library.load_rules())
    assert report.cases > 10 * report.rules
    assert report.remarks == ()
