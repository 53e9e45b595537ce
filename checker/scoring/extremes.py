"""The true minimum and maximum of a score over every way the undecided rules can fall.

With the set of applicable rules held fixed, a score never rises when a rule fails more often: so in the worst
direction every undecided rule fails wholly, in the best it passes. Whether a rule applies at all works both
ways (its points leave the denominator too), so for each indicator all reachable applicable weights are kept,
each with its extreme mark. Rules that may not apply and are used more than once are tried both ways.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Protocol, TypeVar

from checker.ruleset import Indicator, Ruleset, Scale, Use
from checker.scoring.standing import NOT_APPLICABLE, PASSED, Direction, Ending, Standing

Amount = int | Fraction
"""Marks in the scheme's smallest unit: an int until a division makes it a Fraction."""

Frontier = dict[Amount, Amount]
"""For each reachable applicable weight of a node, its extreme mark."""

_A = TypeVar("_A", Fraction, Amount)


class _Keep(Protocol):
    """min or max."""

    def __call__(self, amounts: Iterable[_A], /) -> _A: ...


_Option = tuple[Amount, bool, Amount]  # weight that applies, whether a deduction applies, marks


@dataclass(frozen=True, slots=True)
class Charge:
    """A use with its marks in units. most: the most it can give or cost."""

    rule: str
    points: int | None
    scale: Scale | None
    deduct: int
    per_occurrence: bool
    most: int


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator in units. base: the stated points that no use or child brings, from which is deducted.

    rules: every rule used in it and below.
    """

    id: str
    points: int
    base: int
    deducts: bool
    charges: tuple[Charge, ...]
    children: tuple["Node", ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A ruleset made ready for counting: `unit` units are one mark.

    uses: for every rule of the tree, in tree order, the indicators that use it. memo: nodes already
    counted, for a what-if changes one rule and leaves most nodes as they were.
    """

    ruleset: Ruleset
    unit: int
    nodes: tuple[Node, ...]
    vetoes: tuple[str, ...]
    uses: Mapping[str, tuple[str, ...]]
    charges: Mapping[str, tuple[Charge, ...]]
    memo: dict[tuple[object, ...], "_Part"] = field(default_factory=dict, compare=False, repr=False)

    def without_vetoes(self) -> "Scheme":
        return replace(self, vetoes=())


@dataclass(frozen=True, slots=True)
class _Part:
    """A counted node as its parent takes it, the marks of it and all below, and what it was counted from."""

    frontier: Frontier
    marks: Mapping[str, Fraction | None]
    counted_from: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The score in one direction, each indicator's mark on its own points (None: nothing in it applies)."""

    score: Fraction
    indicators: Mapping[str, Fraction | None]


def scheme(ruleset: Ruleset, finer: int = 1) -> Scheme:
    """Compile the tree of a checked ruleset. finer: into how many parts its smallest unit is cut."""
    indicators = list(walk(ruleset.indicators))
    uses = [(use, indicator) for indicator in indicators for use in indicator.uses]
    amounts = [ruleset.full_marks, *(indicator.points for indicator in indicators)]
    amounts += [a for use, _ in uses for a in (use.points, use.deduct, use.cap) if a is not None]
    unit = lcm(*(amount.as_integer_ratio()[1] for amount in amounts)) * finer
    nodes = tuple(_node(indicator, unit) for indicator in ruleset.indicators)
    homes: dict[str, list[str]] = {}
    for use, indicator in uses:
        homes.setdefault(use.rule, []).append(indicator.id)
    charges: dict[str, list[Charge]] = {rule: [] for rule in homes}
    for node in _all(nodes):
        for charge in node.charges:
            charges[charge.rule].append(charge)
    return Scheme(
        ruleset,
        unit,
        nodes,
        vetoes=tuple(dict.fromkeys(use.rule for use, _ in uses if use.veto)),
        uses={rule: tuple(found) for rule, found in homes.items()},
        charges={rule: tuple(found) for rule, found in charges.items()},
    )


def grain(plan: Scheme, standings: Mapping[str, Standing]) -> int:
    """How fine the unit must be for every rule's marks to be whole: fractions count many times slower."""
    degrees = (
        _degree(charge.scale, ending)
        for rule, charges in plan.charges.items()
        for charge in charges
        if charge.scale is not None
        for ending in (standings[rule].worst, standings[rule].best)
        if ending is not None
    )
    return lcm(*(Fraction(degree).denominator for degree in degrees))


def _all(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def walk(indicators: Iterable[Indicator]) -> Iterable[Indicator]:
    """Every indicator of a tree, parents first."""
    for indicator in indicators:
        yield indicator
        yield from walk(indicator.indicators)


def _node(indicator: Indicator, unit: int) -> Node:
    points = _units(indicator.points, unit)
    charges = tuple(_charge(use, points, unit) for use in indicator.uses if not use.veto)
    children = tuple(_node(child, unit) for child in indicator.indicators)
    brought = sum(charge.points or 0 for charge in charges) + sum(child.points for child in children)
    deducts = any(charge.points is None for charge in charges)
    rules = dict.fromkeys([*(c.rule for c in charges), *(rule for child in children for rule in child.rules)])
    return Node(
        indicator.id, points, max(points - brought, 0), deducts, charges, children, rules=tuple(rules)
    )


def _charge(use: Use, indicator_points: int, unit: int) -> Charge:
    if use.points is not None:
        points = _units(use.points, unit)
        return Charge(use.rule, points, use.scale, 0, False, points)
    deduct = _units(use.deduct or Decimal(0), unit)
    most = indicator_points if use.cap is None else min(_units(use.cap, unit), indicator_points)
    per_occurrence = use.per == "occurrence"
    return Charge(use.rule, None, None, deduct, per_occurrence, most if per_occurrence else min(most, deduct))


def _units(amount: Decimal, unit: int) -> int:
    numerator, denominator = amount.as_integer_ratio()
    return numerator * (unit // denominator)


def loss(charge: Charge, ending: Ending) -> Amount:
    """What the ending costs, out of `most`."""
    if charge.points is not None:
        lost = charge.points - charge.points * _degree(charge.scale, ending)
        return int(lost) if lost.denominator == 1 else lost
    if not ending.failed:
        return 0
    if not charge.per_occurrence or ending.times is None:
        return charge.most
    return min(charge.deduct * ending.times, charge.most)


def _degree(scale: Scale | None, ending: Ending) -> Amount:
    if scale is None:
        return 0 if ending.failed else 1
    full, zero = Fraction(scale.full_at), Fraction(scale.zero_at)
    if full == zero:
        return 1 if ending.share >= full else 0
    degree = (ending.share - zero) / (full - zero)
    return min(max(degree, Fraction(0)), Fraction(1))


def extreme(plan: Scheme, standings: Mapping[str, Standing], direction: Direction) -> Extreme:
    """The least (worst) or greatest (best) score the standings allow, vetoes included."""
    worlds = [_world(plan, standings, direction, chosen) for chosen in _choices(plan, standings)]
    keep = _keep(direction)
    marks: dict[str, Fraction | None] = {}
    for indicator in worlds[0].indicators:
        reached = [m for world in worlds if (m := world.indicators[indicator]) is not None]
        marks[indicator] = keep(reached) if reached else None
    return Extreme(keep(world.score for world in worlds), marks)


def _keep(direction: Direction) -> _Keep:
    return min if direction == "worst" else max


def _choices(plan: Scheme, standings: Mapping[str, Standing]) -> Iterable[Mapping[str, Standing]]:
    if plan.ruleset.not_applicable == "grant":
        return ({},)
    shared = [rule for rule, uses in plan.uses.items() if len(uses) > 1 and standings[rule].may_not_apply]
    ways = [(replace(standings[rule], may_not_apply=False), NOT_APPLICABLE) for rule in shared]
    return (dict(zip(shared, way, strict=True)) for way in product(*ways))


def _world(
    plan: Scheme, standings: Mapping[str, Standing], direction: Direction, chosen: Mapping[str, Standing]
) -> Extreme:
    known = {**standings, **chosen} if chosen else standings
    count = _Count(plan, known, direction)
    score = count.total()
    if any(known[rule].fails(direction) for rule in plan.vetoes):
        score = vetoed(plan.ruleset, score)
    return Extreme(score, count.marks)


def vetoed(ruleset: Ruleset, score: Fraction) -> Fraction:
    """The score once a veto has fired. No treatment lifts a score: a fault never brings marks."""
    if ruleset.veto.scoring == "stop":
        return Fraction(0)
    if ruleset.veto.scoring == "continue":
        return score
    return min(score, Fraction(ruleset.veto.points or Decimal(0)))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """In one node: the rules that do not apply, and the units that hang on them alone."""

    indicator: str
    rules: tuple[str, ...]
    points: int


def shortfalls(plan: Scheme, standings: Mapping[str, Standing]) -> Iterable[Shortfall]:
    """Every indicator some of whose rules certainly do not apply."""
    for node in _all(plan.nodes):
        gone = [charge for charge in node.charges if standings[charge.rule].worst is None]
        if gone:
            points = sum(charge.points or 0 for charge in gone)
            deducting = [charge for charge in node.charges if charge.points is None]
            if deducting and all(charge in gone for charge in deducting):
                points += node.base
            yield Shortfall(node.id, tuple(dict.fromkeys(charge.rule for charge in gone)), points)


def raw_total(plan: Scheme, standings: Mapping[str, Standing]) -> Fraction:
    """The marks earned by what applies, before any treatment of the rest; standings must be decided."""
    count = _Count(plan, standings, "worst", treatment="rescale")
    tops = [count.frontier(node) for node in plan.nodes]
    return Fraction(sum(next(iter(top.values())) for top in tops), plan.unit)


class _Count:
    """One pass over the tree in one direction. marks fills with the marks of every node asked for."""

    def __init__(
        self,
        plan: Scheme,
        standings: Mapping[str, Standing],
        direction: Direction,
        treatment: str | None = None,
    ) -> None:
        self.plan = plan
        self.standings = standings
        self.direction = direction
        self.treatment = treatment or plan.ruleset.not_applicable
        self.keep = _keep(direction)
        self.marks: dict[str, Fraction | None] = {}

    def total(self) -> Fraction:
        """The score before vetoes; 0 in a world where nothing applies."""
        full = Fraction(self.plan.ruleset.full_marks)
        tops = [(node.points, self.frontier(node)) for node in self.plan.nodes]
        if self.treatment == "spread":
            return full * _spread(tops, self.keep)
        states: Frontier = {0: 0}
        for _, top in tops:
            states = self._sum(states, top)
        return full * self.keep(_ratio(earned, applies) for applies, earned in states.items())

    def _sum(self, left: Frontier, right: Frontier) -> Frontier:
        found: Frontier = {}
        for a, m in left.items():
            for b, n in right.items():
                self._note(found, a + b, m + n)
        return found

    def _note(self, found: Frontier, applies: Amount, marks: Amount) -> None:
        known = found.get(applies)
        if known is None or (marks < known) is (self.direction == "worst"):
            found[applies] = marks

    def frontier(self, node: Node) -> Frontier:
        """The node as its parent counts it."""
        used = tuple(self.standings[rule] for rule in node.rules)
        # Identity is quicker than equality; the part keeps its standings alive, so no id is used again.
        key = (node.id, self.direction, self.treatment, *map(id, used))
        part = self.plan.memo.get(key)
        if part is None:
            part = self.plan.memo[key] = self._part(node, used)
        self.marks |= part.marks
        return part.frontier

    def _part(self, node: Node, used: tuple[Standing, ...]) -> _Part:
        inner = _Count(self.plan, self.standings, self.direction, self.treatment)
        found: Frontier = {}
        for (applies, deducts), marks in inner._states(node).items():
            base = node.base if deducts or not node.deducts else 0
            weight = applies + base
            self._note(found, weight, min(max(marks + base, 0), weight))
        share = _share(found, self.keep)
        own = None if share is None else share * Fraction(node.points, self.plan.unit)
        frontier = self._dropped(node, found, share) if self.treatment == "drop" else found
        return _Part(frontier, {**inner.marks, node.id: own}, used)

    @staticmethod
    def _dropped(node: Node, found: Frontier, share: Fraction | None) -> Frontier:
        inside: Frontier = {0: 0} if 0 in found else {}
        if share is not None:
            inside[node.points] = share * node.points
        return inside

    def _states(self, node: Node) -> dict[tuple[Amount, bool], Amount]:
        states: dict[tuple[Amount, bool], Amount] = {(0, False): 0}
        for options in self._parts(node):
            following: dict[tuple[Amount, bool], Amount] = {}
            for (applies, deducts), marks in states.items():
                for weight, deducting, gained in options:
                    key = (applies + weight, deducts or deducting)
                    new = marks + gained
                    following[key] = self.keep((following[key], new)) if key in following else new
            states = following
        return states

    def _parts(self, node: Node) -> Iterable[list[_Option]]:
        for child in node.children:
            yield [(applies, False, marks) for applies, marks in self.frontier(child).items()]
        for charge in node.charges:
            yield [self._option(charge, ending) for ending in self._endings(charge.rule)]

    def _endings(self, rule: str) -> tuple[Ending | None, ...]:
        endings = self.standings[rule].endings(self.direction)
        if self.treatment != "grant":
            return endings
        return tuple(PASSED.worst if ending is None else ending for ending in endings)

    @staticmethod
    def _option(charge: Charge, ending: Ending | None) -> _Option:
        if ending is None:
            return (0, False, 0)
        if charge.points is None:
            return (0, True, -loss(charge, ending))
        return (charge.points, False, charge.points - loss(charge, ending))


def _share(found: Frontier, keep: _Keep) -> Fraction | None:
    """The extreme share of marks where anything applies."""
    reached = [_ratio(earned, applies) for applies, earned in found.items() if applies]
    return keep(reached) if reached else None


def _ratio(earned: Amount, applies: Amount) -> Fraction:
    return Fraction(earned) / applies if applies else Fraction(0)


_Reach = tuple[int, int]  # how many top-level items apply, and the points of those that do not
_Sums = tuple[Fraction, Fraction]  # over the items that apply: sum of share × points, sum of shares


def _spread(tops: list[tuple[int, Frontier]], keep: _Keep) -> Fraction:
    """The points of top-level items that do not apply, evenly over those that do; as a share of all.

    Inside an item what applies carries the item's points. With m items left and N points gone the marks
    are sum(share × points) + N/m × sum(share), so for each (m, N) the undominated pairs of sums suffice.
    """
    states: dict[_Reach, list[_Sums]] = {(0, 0): [(Fraction(0), Fraction(0))]}
    for points, top in tops:
        following: dict[_Reach, list[_Sums]] = {}
        share = _share(top, keep)
        for (items, gone), sums in states.items():
            if 0 in top:
                following.setdefault((items, gone + points), []).extend(sums)
            if share is not None:
                more = [(marks + share * points, shares + share) for marks, shares in sums]
                following.setdefault((items + 1, gone), []).extend(more)
        states = {reach: _undominated(sums, keep) for reach, sums in following.items()}
    full = sum(points for points, _ in tops)
    return keep(
        (marks + shares * gone / items) / full if items else Fraction(0)
        for (items, gone), sums in states.items()
        for marks, shares in sums
    )


def _undominated(sums: list[_Sums], keep: _Keep) -> list[_Sums]:
    front: list[_Sums] = []
    for marks, shares in sorted(sums, reverse=keep is max):
        if not front or keep((shares, front[-1][1])) != front[-1][1]:
            front.append((marks, shares))
    return front
