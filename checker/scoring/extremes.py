"""The true minimum and maximum of a score over every way the undecided rules can fall.

Rules that may not apply and bear on more than one place, and gates that open more than one part, are tried
every way: there alone one choice is felt in several places at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm

from checker.ruleset import Ruleset
from checker.scoring.counting import Added, Count, keep_of
from checker.scoring.losses import Amount, degree
from checker.scoring.scheme import WHOLE, Node, Scheme, nodes
from checker.scoring.standing import NOT_APPLICABLE, Direction, Standing, fires


@dataclass(frozen=True, slots=True)
class Extreme:
    """The score in one direction, each indicator's mark on its own points (None: nothing in it applies), and
    what the bonuses add, by the node they stand in. applies: whether anything that brings marks can."""

    score: Fraction
    indicators: Mapping[str, Fraction | None]
    added: Mapping[str, Added]
    applies: bool


def grain(plan: Scheme, standings: Mapping[str, Standing]) -> int:
    """How fine the unit must be for every rule's marks to be whole: fractions count many times slower."""
    degrees = (
        degree(charge, ending)
        for node in nodes(plan.root)
        for charge in node.scoring
        if charge.scale is not None or charge.rubric
        for ending in (standings[charge.rule].worst, standings[charge.rule].best)
        if ending is not None
    )
    return lcm(*(found.denominator for found in degrees))


def extreme(plan: Scheme, standings: Mapping[str, Standing], direction: Direction) -> Extreme:
    """The least (worst) or greatest (best) score the standings allow, vetoes included."""
    worlds = [_world(plan, standings, direction, chosen) for chosen in _choices(plan, standings)]
    if len(worlds) == 1:
        return worlds[0]
    keep = keep_of(direction)
    marks: dict[str, Fraction | None] = {}
    for indicator in worlds[0].indicators:
        reached = [m for world in worlds if (m := world.indicators[indicator]) is not None]
        marks[indicator] = keep(reached) if reached else None
    score = keep(world.score for world in worlds)
    added = next(world.added for world in worlds if world.score == score)
    return Extreme(score, marks, added, any(world.applies for world in worlds))


def _choices(plan: Scheme, standings: Mapping[str, Standing]) -> Iterable[Mapping[str, Standing]]:
    ways: dict[str, list[Standing]] = {}
    felt = _felt(plan)
    for rule, found in standings.items():
        if felt.get(rule, 0) < 2 or not found.undecided:
            continue
        if rule in plan.gates:
            ways[rule] = list(_each_way(found))
        elif found.may_not_apply:
            ways[rule] = [replace(found, may_not_apply=False), NOT_APPLICABLE]
    return (dict(zip(ways, way, strict=True)) for way in product(*ways.values()))


def _felt(plan: Scheme) -> dict[str, int]:
    """In how many places each rule is felt."""
    found = {rule: len(places) for rule, places in plan.uses.items()}
    gates = [node.only_if for node in nodes(plan.root) if node.only_if is not None]
    for vetoes in (plan.vetoes, plan.local_vetoes):
        gates += [gate for behind in vetoes.values() for gate in behind]
    for gate in gates:
        found[gate] = found.get(gate, 0) + 1
    return found


def _each_way(found: Standing) -> Iterator[Standing]:
    for ending in dict.fromkeys((found.worst, found.best)):
        yield replace(found, worst=ending, best=ending, may_not_apply=False)
    if found.may_not_apply:
        yield NOT_APPLICABLE


def _world(
    plan: Scheme, standings: Mapping[str, Standing], direction: Direction, chosen: Mapping[str, Standing]
) -> Extreme:
    known = {**standings, **chosen} if chosen else standings
    part = Count(plan, known, direction).part(plan.root)
    score = part.marks[WHOLE] or Fraction(0)
    if 0 in part.inside:  # nothing at all may apply: then there are no marks
        score = keep_of(direction)([score, Fraction(0)])
    if fires(plan.vetoes, known, direction):
        score = vetoed(plan.ruleset, score)
    marks = {name: mark for name, mark in part.marks.items() if name != WHOLE}
    return Extreme(score, marks, part.added, part.marks[WHOLE] is not None)


def vetoed(ruleset: Ruleset, score: Fraction) -> Fraction:
    """The score once a veto has fired. No treatment lifts a score: a fault never brings marks."""
    if ruleset.veto.scoring == "stop":
        return Fraction(0)
    if ruleset.veto.scoring == "continue":
        return score
    return min(score, Fraction(ruleset.veto.points or 0))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """In one node: the rules that do not apply, and the marks of the whole that hang on them alone."""

    indicator: str
    rules: tuple[str, ...]
    points: Fraction


def shortfalls(plan: Scheme, standings: Mapping[str, Standing]) -> Iterator[Shortfall]:
    """Every indicator some of whose rules certainly do not apply, or that is not there itself."""
    yield from _shortfalls(plan, plan.root, Fraction(1), standings)


def _shortfalls(
    plan: Scheme, node: Node, outer: Fraction, standings: Mapping[str, Standing]
) -> Iterator[Shortfall]:
    gate = standings[node.only_if] if node.only_if else None
    if gate is not None and not gate.opens("worst"):
        yield Shortfall(node.id, (node.only_if or "",), outer * Fraction(node.points, plan.unit))
        return
    charges = (*node.scoring, *node.deducting)
    gone = [charge for charge in charges if standings[charge.rule].worst is None]
    if gone:
        points = sum(charge.points or 0 for charge in gone)
        if node.deducting and all(charge in gone for charge in node.deducting):
            points += node.inside if node.objects else node.base
        rules = tuple(dict.fromkeys(charge.rule for charge in gone))
        yield Shortfall(node.id, rules, node.to_whole * Fraction(points, plan.unit))
    for child in node.children:
        yield from _shortfalls(plan, child, node.to_whole, standings)


def raw_total(plan: Scheme, standings: Mapping[str, Standing]) -> Fraction:
    """The marks earned by what applies, before any treatment of the rest; standings must be decided."""
    return Count(plan, standings, "worst", raw=True).part(plan.root).marks[WHOLE] or Fraction(0)


def applies(plan: Scheme, standings: Mapping[str, Standing]) -> Amount:
    """The units that apply in the whole; standings must be decided."""
    return next(iter(Count(plan, standings, "worst").part(plan.root).inside))
