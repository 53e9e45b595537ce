"""What each rule is worth in a ruleset, and what is left of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checker.scoring.losses import extra_gain, loss
from checker.scoring.objects import objects_share
from checker.scoring.result import Marks, VetoState
from checker.scoring.scheme import WHOLE, Charge, Node, Scheme, nodes
from checker.scoring.standing import Direction, Ending, Standing, fires


@dataclass(frozen=True, slots=True)
class _Stake:
    """One use of a rule that brings or costs marks."""

    node: Node
    charge: Charge
    extra: bool = False

    def full(self) -> Fraction:
        """The most it can give or cost, in units of the whole."""
        if self.extra and self.node.extra is not None:
            most = self.node.extra.cap if self.charge.per == "occurrence" else self.charge.most
        else:
            most = self.node.inside if self.node.objects else self.charge.most
        return most * self.node.to_whole

    def left(self, ending: Ending | None, direction: Direction) -> Fraction:
        """What the ending leaves of it. What does not apply costs nothing, and adds nothing."""
        if self.extra:
            gained = extra_gain(self.charge, ending) if ending is not None else 0
            return self.full() if gained is None else min(self.full(), gained * self.node.to_whole)
        if ending is None:
            return self.full()
        if self.node.objects:
            return self.full() * objects_share(self.node, {self.charge.rule: ending}, direction)
        return self.full() - loss(self.charge, ending) * self.node.to_whole


def all_marks(plan: Scheme, standings: Mapping[str, Standing]) -> dict[str, Marks]:
    """Every rule's marks, in the order of the tree."""
    stakes: dict[str, list[_Stake]] = {rule: [] for rule in plan.uses}
    for stake in _stakes(plan):
        stakes[stake.charge.rule].append(stake)
    return {rule: _marks(plan, rule, standings, found) for rule, found in stakes.items()}


def _stakes(plan: Scheme) -> Iterator[_Stake]:
    for node in nodes(plan.root):
        yield from (_Stake(node, charge) for charge in (*node.scoring, *node.deducting))
        yield from (_Stake(node, charge, True) for charge in (node.extra.charges if node.extra else ()))


def _marks(plan: Scheme, rule: str, standings: Mapping[str, Standing], stakes: list[_Stake]) -> Marks:
    found = standings[rule]
    worst = sum((stake.left(found.worst, "worst") for stake in stakes), Fraction(0))
    best = sum((stake.left(found.best, "best") for stake in stakes), Fraction(0))
    if found.may_not_apply:
        worst = min(worst, sum((stake.left(None, "worst") for stake in stakes), Fraction(0)))
    return Marks(
        indicator=plan.uses[rule][0] if plan.uses[rule] else WHOLE,
        full=sum((stake.full() for stake in stakes), Fraction(0)) / plan.unit,
        worst=worst / plan.unit,
        best=best / plan.unit,
        veto=veto_of(plan, rule, standings),
        roles=plan.roles[rule],
    )


def veto_of(plan: Scheme, rule: str, standings: Mapping[str, Standing]) -> VetoState:
    """Whether the rule vetoes the whole or a part, could, or neither."""
    alone = {
        r: gates for vetoes in (plan.vetoes, plan.local_vetoes) for r, gates in vetoes.items() if r == rule
    }
    if not fires(alone, standings, "worst"):
        return "none"
    return "fired" if fires(alone, standings, "best") else "open"
