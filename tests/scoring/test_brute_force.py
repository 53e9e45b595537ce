"""Scoring against brute force: what is handed on is what counting every world gives."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hypothesis import given

from checker.finding import Outcome
from checker.ruleset import Ruleset
from checker.scoring import IndicatorScore, Outlook, Score, score
from tests.scoring.oracle import Count, counted, counts, gates, is_assessable, nodes
from tests.scoring.strategies import Case, cases, examples, passed

SETTLED = (Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.ERROR)


def interval(found: Sequence[Count]) -> tuple[Fraction, Fraction]:
    scores = [count.score for count in found]
    return min(scores), max(scores)


def bounds(outlook: Outlook | Score) -> tuple[Fraction, Fraction]:
    return outlook.worst, outlook.best


def scored(parts: Sequence[IndicatorScore]) -> Iterator[IndicatorScore]:
    for part in parts:
        yield part
        yield from scored(part.indicators)


def gated_by_its_own(tree: Ruleset) -> set[str]:
    """Indicators in which a rule is used that also decides whether they, or parts of them, are there."""
    inside = {node.id: list(nodes([node])) for node in nodes(tree.indicators)}
    asked = gates(tree)
    return {name for name, parts in inside.items() if any(u.rule in asked for n in parts for u in n.uses)}


@examples(200)
@given(cases())
def test_the_interval_is_the_true_one(case: Case) -> None:
    result, found = score(case.findings, case.tree), counts(case.tree, case.findings)
    assert bounds(result) == interval(found)
    left_alone = gated_by_its_own(case.tree)
    for part in scored(result.indicators):
        marks = [count.marks[part.id] for count in found if part.id in count.marks]
        true = (min(marks), max(marks)) if marks else (None, None)
        assert part.id in left_alone or (part.worst, part.best) == true, part.id


def true_verdict(tree: Ruleset, found: Sequence[Count]) -> str:
    """What every world says, or open."""
    ways = {count.qualified(tree) for count in found}
    return "open" if len(ways) == 2 else "qualified" if True in ways else "not_qualified"


def counted_verdict(tree: Ruleset, count: Count, vetoed: str) -> str:
    """As the undecided is counted; a veto that may yet fire leaves it open, and so does nothing at all."""
    if vetoed != "fired" and tree.unknown == "left_out" and not count.applies:
        return "open"
    if not count.qualified(tree):
        return "not_qualified"
    return "open" if vetoed == "open" else "qualified"


@examples(150)
@given(cases(60))
def test_what_is_earned_and_the_verdict(case: Case) -> None:
    tree, result = case.tree, score(case.findings, case.tree)
    if tree.unknown == "open":
        assert result.earned == result.worst
        expected = true_verdict(tree, counts(tree, case.findings))
    else:
        count = counted(tree, case.findings)
        assert result.earned == count.score
        expected = counted_verdict(tree, count, result.vetoed)
    if not is_assessable(tree, case.findings):
        expected = "not_assessable"
    vague = result.verdict == "open" and gates(tree)
    assert vague or result.verdict == expected


@examples(60)
@given(cases(20))
def test_what_settling_a_rule_brings_is_recounted(case: Case) -> None:
    tree, result = case.tree, score(case.findings, case.tree)
    together = case
    for entry in result.what_if:
        finding = next(f for f in case.findings if f.rule == entry.rule)
        alone = interval(counts(tree, case.replacing(passed(finding))))
        assert (bounds(entry.alone), entry.gain) == (alone, alone[0] - result.worst), entry.rule
        together = Case(tree, together.replacing(passed(finding)))
        assert bounds(entry.together) == interval(counts(tree, together.findings)), entry.rule
    listed = {entry.rule for entry in result.what_if}
    for finding in case.findings:
        if finding.rule in gates(tree):  # that a part is not there is no fault to be settled
            continue
        if finding.rule not in listed and finding.outcome not in SETTLED:
            alone = interval(counts(tree, case.replacing(passed(finding))))
            assert alone[0] <= result.worst, finding.rule
