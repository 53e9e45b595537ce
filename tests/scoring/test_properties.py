"""What must hold of every score, whatever the ruleset and whatever was found."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import Outcome
from checker.ruleset import Group
from checker.ruleset_yaml import parse_ruleset
from checker.scoring import score
from tests.scoring.oracle import counted, counts, is_undecided, uses
from tests.scoring.printing import printed, without_places
from tests.scoring.strategies import Case, cases, examples, faults


@examples(100)
@given(cases())
def test_the_score_is_within_its_interval(case: Case) -> None:
    result = score(case.findings, case.tree)
    assert 0 <= result.worst <= result.best
    if case.tree.unknown != "left_out":
        assert result.worst <= result.earned <= result.best


@examples(200)
@given(cases(), st.data())
def test_a_fault_more_never_raises_a_score(case: Case, data: st.DataObject) -> None:
    found = data.draw(faults(case))
    if found is None:
        return
    before, after = score(case.findings, case.tree), score(found, case.tree)
    assert after.worst <= before.worst
    assert after.best <= before.best
    if case.tree.unknown != "left_out" or is_settled(case, found):
        assert after.earned <= before.earned


def is_settled(case: Case, found: tuple[Any, ...]) -> bool:
    """Whether the rule with one fault more was decided before: left out, it cost nothing."""
    return not any(is_undecided(f) for f in case.findings if f not in found)


@examples(150)
@given(cases())
def test_the_waterfall_adds_up(case: Case) -> None:
    result = score(case.findings, case.tree)
    left = Fraction(result.full)
    for step in result.waterfall:
        left -= step.lost
        assert step.left == left
    if result.waterfall or left == result.earned:
        assert left == result.earned
    else:
        assert result.earned == 0
        assert nothing_may_apply(case)


def nothing_may_apply(case: Case) -> bool:
    """Whether nothing applies as the undecided is counted."""
    if case.tree.unknown == "open":
        return not all(count.applies for count in counts(case.tree, case.findings))
    return not counted(case.tree, case.findings).applies


@examples(50)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(case: Case, random: Any) -> None:
    shuffled = list(case.findings)
    random.shuffle(shuffled)
    assert score(shuffled, case.tree) == score(case.findings, case.tree)


def floats(thing: Any) -> Iterator[float]:
    if isinstance(thing, float):
        yield thing
    elif is_dataclass(thing):
        for f in fields(thing):
            yield from floats(getattr(thing, f.name))
    elif isinstance(thing, Mapping):
        yield from floats(list(thing.items()))
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            yield from floats(part)


@examples(30)
@given(cases())
def test_no_float_anywhere(case: Case) -> None:
    assert list(floats(score(case.findings, case.tree))) == []


def failing(case: Case, group: Group) -> dict[str | None, list[str]]:
    """By record, or None for the rule as a whole: the members of a group that certainly fail."""
    members = [u.rule for u in uses(case.tree).values() if u.group == group.id]
    found: dict[str | None, list[str]] = {}
    for finding in case.findings:
        if finding.rule in members and finding.outcome is Outcome.FAIL:
            certain = [o.key for o in finding.occurrences if o.outcome is Outcome.FAIL]
            for key in certain if group.per == "record" else [None]:
                found.setdefault(key, []).append(finding.rule)
    return found


@examples(120)
@given(cases())
def test_a_fault_is_charged_once(case: Case) -> None:
    result = score(case.findings, case.tree)
    given_way = [(each.key, each.rule) for each in result.charged_elsewhere]
    assert len(given_way) == len(set(given_way))
    group_of = {u.rule: u.group for u in uses(case.tree).values() if u.group}
    for each in result.charged_elsewhere:
        assert group_of[each.rule] == group_of[each.by]
        assert (each.key, each.by) not in given_way
    settled = {f.rule for f in case.findings if f.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)}
    assert settled.isdisjoint(each.rule for each in result.charged_elsewhere)
    for group in case.tree.groups:
        for key, members in failing(case, group).items():
            assert len(members) < 2 or len([m for m in members if (key, m) in given_way]) in (
                len(members) - 1,
                len(members),
            )


@pytest.fixture(scope="module", autouse=True)
def no_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Rulesets read here are not kept in the user's cache."""
    blocked: Path = tmp_path_factory.mktemp("cache") / "file"
    blocked.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(blocked))
        yield


@examples(40)
@given(cases(), st.booleans())
def test_a_ruleset_written_is_read_back(case: Case, by_weight: bool) -> None:
    tree = case.tree
    read = parse_ruleset(tree.id, printed(tree, by_weight), tree.rules)
    assert without_places(read) == without_places(tree)
    assert read.rules == tree.rules
