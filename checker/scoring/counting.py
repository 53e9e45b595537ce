"""One pass over the tree in one direction: what every node earns at least, or at most.

With the set of applicable rules held fixed, a score never rises when a rule fails more often: so in the worst
direction every undecided rule fails wholly, in the best it passes. Whether a rule applies at all works both
ways (its points leave the denominator too), so for each node all reachable applicable weights are kept, each
with its extreme mark.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from checker.scoring.losses import Amount, extra_gain, gain, loss, shared_loss, whole
from checker.scoring.objects import after_veto, objects_share
from checker.scoring.scheme import Ceiling, Charge, Extra, Node, Scheme, Shared
from checker.scoring.standing import PASSED_ENDING, Direction, Ending, Standing, fires

Frontier = dict[Amount, Amount]
"""For each reachable applicable weight of a node, its extreme mark."""

_A = TypeVar("_A", Fraction, Amount)


class Keep(Protocol):
    """min or max."""

    def __call__(self, amounts: Iterable[_A], /) -> _A: ...


def keep_of(direction: Direction) -> Keep:
    return min if direction == "worst" else max


@dataclass(frozen=True, slots=True)
class Added:
    """What a bonus adds, in units of its node, and whether its gate is open."""

    open: bool
    amount: Amount


@dataclass(frozen=True, slots=True)
class Part:
    """A counted node: as its parent takes it, its marks and those below, and what it was counted from.

    inside: the frontier before anything is closed; added: the bonuses of it and below.
    """

    frontier: Frontier
    inside: Frontier
    marks: Mapping[str, Fraction | None]
    added: Mapping[str, Added]
    counted_from: tuple[Standing, ...]


_Option = tuple[Amount, bool, Amount]  # weight that applies, whether a deduction applies, marks


class Count:
    """raw: what does not apply brings nothing and is treated in no way."""

    def __init__(
        self, plan: Scheme, standings: Mapping[str, Standing], direction: Direction, raw: bool = False
    ) -> None:
        self.plan = plan
        self.standings = standings
        self.direction: Direction = direction
        self.raw = raw
        self.keep = keep_of(direction)

    def part(self, node: Node) -> Part:
        """The node as its parent counts it."""
        used = tuple(self.standings[rule] for rule in node.rules)
        # Identity is quicker than equality; the part keeps its standings alive, so no id is used again.
        key = (node.id, self.direction, self.raw, *map(id, used))
        known = self.plan.memo.get(key)
        if not isinstance(known, Part):
            known = self.plan.memo[key] = self._part(node, used)
        return known

    def _part(self, node: Node, used: tuple[Standing, ...]) -> Part:
        below = [self.part(child) for child in node.children]
        marks = {name: mark for part in below for name, mark in part.marks.items()}
        added = {name: extra for part in below for name, extra in part.added.items()}
        if node.objects is not None:
            inside, share = self._objects(node)
        else:
            inside = self._inside(node, below)
            share = self._share(node, inside, below)
        if share is not None and node.extra is not None:
            added[node.id] = self._added(node.extra, share * node.inside)
            share = self._lifted(node, share, added[node.id])
        if share is not None:
            share = self._vetoed(node, share)
        frontier = self._closed(node, inside, share) if node.closed else inside
        frontier, share = self._gated(node, frontier, share)
        if node.only_if is not None and not self.standings[node.only_if].opens("worst"):
            marks, added = dict.fromkeys(marks), {}
        marks[node.id] = None if share is None else share * Fraction(node.points, self.plan.unit)
        return Part(frontier, inside, marks, added, used)

    # --- what stands in a node ---------------------------------------------------------------------

    def _inside(self, node: Node, below: Iterable[Part]) -> Frontier:
        """The marks of the node for every weight that can apply in it."""
        states: dict[tuple[Amount, bool], Amount] = {(0, False): 0}
        for options in self._options(node, below):
            following: dict[tuple[Amount, bool], Amount] = {}
            for (applies, deducts), marks in states.items():
                for weight, deducting, gained in options:
                    key = (applies + weight, deducts or deducting)
                    new = marks + gained
                    following[key] = self.keep((following[key], new)) if key in following else new
            states = following
        found: Frontier = {}
        for (applies, deducts), marks in states.items():
            base = node.base if deducts or not node.deducting else 0
            self._note(found, applies + base, self._held(node, applies + base, marks + base))
        return found

    def _options(self, node: Node, below: Iterable[Part]) -> Iterable[list[_Option]]:
        for part in below:
            yield [(applies, False, marks) for applies, marks in part.frontier.items()]
        for charge in node.charges:
            yield [self._option(charge, ending) for ending in self._endings(node, charge.rule)]
        for shared in node.shared:
            yield self._shared_options(node, shared)

    @staticmethod
    def _option(charge: Charge, ending: Ending | None) -> _Option:
        if ending is None:
            return (0, False, 0)
        if charge.points is None:
            return (0, True, -loss(charge, ending))
        return (charge.points, False, gain(charge, ending))

    def _shared_options(self, node: Node, shared: Shared) -> list[_Option]:
        each = {charge.rule: self._endings(node, charge.rule) for charge in shared.charges}
        apply = {rule: ending for rule, endings in each.items() for ending in endings[:1] if ending}
        options: list[_Option] = [(0, True, -shared_loss(shared, apply))] if apply else []
        if all(None in endings for endings in each.values()):
            options.append((0, False, 0))
        return options

    def _endings(self, node: Node, rule: str) -> tuple[Ending | None, ...]:
        endings = self.standings[rule].endings(self.direction)
        if node.treatment != "grant" or self.raw:
            return endings
        return tuple(PASSED_ENDING if ending is None else ending for ending in endings)

    def _held(self, node: Node, applies: Amount, marks: Amount) -> Amount:
        """The marks held within the node's cap and what its preconditions leave."""
        marks = max(marks, 0, applies - node.cap)
        for ceiling in self._failing(node):
            marks = marks * ceiling.times
        for ceiling in self._failing(node):
            marks = min(marks, applies * ceiling.at_most)
        return marks

    def _failing(self, node: Node) -> list[Ceiling]:
        return [c for c in node.ceilings if self.standings[c.rule].fails(self.direction)]

    def _note(self, found: Frontier, applies: Amount, marks: Amount) -> None:
        known = found.get(applies)
        if known is None or (marks < known) is (self.direction == "worst"):
            found[applies] = marks

    # --- a node as a share of itself ---------------------------------------------------------------

    def _share(self, node: Node, inside: Frontier, below: Sequence[Part]) -> Fraction | None:
        """The extreme share of its marks, None where nothing can apply."""
        if node.closed and node.treatment == "spread" and not self.raw:
            return self._spread(node, below)
        applying = [(weight, marks) for weight, marks in inside.items() if weight]
        reached = [
            Fraction(marks) / (node.inside if self.raw and node.closed else w) for w, marks in applying
        ]
        return self.keep(reached) if reached else None

    def _spread(self, node: Node, below: Sequence[Part]) -> Fraction | None:
        """With the points of items that do not apply evenly over those that do; deductions come after."""
        items: list[tuple[int, Frontier]] = [
            (child.points, part.frontier) for child, part in zip(node.children, below, strict=True)
        ]
        for charge in node.scoring:
            options = [self._option(charge, ending) for ending in self._endings(node, charge.rule)]
            items.append((charge.points or 0, {weight: marks for weight, _, marks in options}))
        reached = []
        for deducts, lost in self._deductions(node):
            base: list[tuple[int, Frontier]] = []
            if node.base:
                base = [(node.base, {node.base: node.base} if deducts or not node.deducting else {0: 0})]
            share = spread([*items, *base], self.keep)
            if share is not None:
                reached.append(self._held(node, node.inside, share * node.inside - lost))
        return self.keep(Fraction(marks) / node.inside for marks in reached) if reached else None

    def _deductions(self, node: Node) -> Iterator[tuple[bool, Amount]]:
        """Whether any deduction applies, and what the deductions take in the extreme."""
        first = {c.rule: self._endings(node, c.rule)[0] for c in node.deducting}
        apply = {rule: ending for rule, ending in first.items() if ending is not None}
        if apply:
            alone = (loss(c, apply[c.rule]) for c in node.charges if c.points is None and c.rule in apply)
            yield True, sum(alone, 0) + sum((shared_loss(shared, apply) for shared in node.shared), 0)
        if all(None in self._endings(node, rule) for rule in first):
            yield False, 0

    def _objects(self, node: Node) -> tuple[Frontier, Fraction | None]:
        """Where every record is marked alone: the node's frontier and its extreme share."""
        each = {rule: self._endings(node, rule) for rule in node.rules if rule != node.only_if}
        apply = {rule: ending for rule, endings in each.items() for ending in endings[:1] if ending}
        inside: Frontier = {0: 0} if all(None in endings for endings in each.values()) else {}
        if not apply:
            return inside, None
        share = objects_share(node, apply, self.direction)
        share = max(share, 1 - Fraction(node.cap, node.inside)) if node.inside else share
        self._note(inside, node.inside, share * node.inside)
        return inside, share

    def _added(self, extra: Extra, marks: Amount) -> Added:
        gains = [self._extra_gain(charge) for charge in extra.charges]
        total = extra.cap if None in gains else min(extra.cap, sum((g for g in gains if g is not None), 0))
        is_open = extra.opens(marks)
        return Added(is_open, total if is_open else 0)

    def _extra_gain(self, charge: Charge) -> Amount | None:
        found = self.standings[charge.rule]
        ending = found.ending(self.direction)
        if ending is None or self.direction == "worst" and found.may_not_apply:
            return 0
        return extra_gain(charge, ending)

    def _lifted(self, node: Node, share: Fraction, added: Added) -> Fraction:
        share += Fraction(added.amount) / node.inside
        return min([share, *(ceiling.at_most for ceiling in self._failing(node))])

    def _vetoed(self, node: Node, share: Fraction) -> Fraction:
        if node.veto is None or node.objects or not node.inside:
            return share
        if not fires(node.veto.rules, self.standings, self.direction):
            return share
        return Fraction(after_veto(node.veto, share * node.inside)) / node.inside

    @staticmethod
    def _closed(node: Node, inside: Frontier, share: Fraction | None) -> Frontier:
        found: Frontier = {0: 0} if 0 in inside else {}
        if share is not None:
            found[node.points] = whole(share * node.points)
        return found

    def _gated(
        self, node: Node, frontier: Frontier, share: Fraction | None
    ) -> tuple[Frontier, Fraction | None]:
        """The node where it is there only if a rule passes."""
        if node.only_if is None:
            return frontier, share
        gate = self.standings[node.only_if]
        if gate.opens("best"):
            return frontier, share
        granted = node.treatment == "grant" and not self.raw
        points = node.points if granted else 0
        if not gate.opens("worst"):
            return {points: points}, Fraction(1) if granted else None
        both = dict(frontier)
        self._note(both, points, points)
        return both, self.keep([share, Fraction(1)]) if granted and share is not None else share


_Reach = tuple[int, int]  # how many items apply, and the points of those that do not
_Sums = tuple[Fraction, Fraction]  # over the items that apply: sum of share × points, sum of shares


def spread(items: Iterable[tuple[int, Frontier]], keep: Keep) -> Fraction | None:
    """The points of items that do not apply, evenly over those that do; as a share of all.

    Inside an item what applies carries the item's points. With m items left and N points gone the marks
    are sum(share × points) + N/m × sum(share), so for each (m, N) the undominated pairs of sums suffice.
    """
    states: dict[_Reach, list[_Sums]] = {(0, 0): [(Fraction(0), Fraction(0))]}
    full = 0
    for points, item in items:
        full += points
        following: dict[_Reach, list[_Sums]] = {}
        shares = [Fraction(marks) / weight for weight, marks in item.items() if weight]
        for (count, gone), sums in states.items():
            if 0 in item:
                following.setdefault((count, gone + points), []).extend(sums)
            if shares:
                share = keep(shares)
                more = [(marks + share * points, total + share) for marks, total in sums]
                following.setdefault((count + 1, gone), []).extend(more)
        states = {reach: _undominated(sums, keep) for reach, sums in following.items()}
    reached = [
        (marks + total * gone / count) / full
        for (count, gone), sums in states.items()
        for marks, total in sums
        if count and full
    ]
    return keep(reached) if reached else None


def _undominated(sums: list[_Sums], keep: Keep) -> list[_Sums]:
    front: list[_Sums] = []
    for marks, shares in sorted(sums, reverse=keep is max):
        if not front or keep((shares, front[-1][1])) != front[-1][1]:
            front.append((marks, shares))
    return front
