"""An indicator that marks every record alone: what share of its points they earn together."""

from collections.abc import Mapping
from fractions import Fraction

from checker.scoring.losses import Amount, factor, steps
from checker.scoring.scheme import Charge, LocalVeto, Node
from checker.scoring.standing import Direction, Ending, Fault

_Record = tuple[str, int]


def objects_share(node: Node, endings: Mapping[str, Ending], direction: Direction) -> Fraction:
    """The extreme share; endings: those of the rules that apply, in that direction.

    How many records there are is the most that any one of the rules was decided on. Where that is not known,
    or more may come, the worst is as if there were no others, the best as if there were any number.
    """
    failing = {rule: ending for rule, ending in endings.items() if ending.failed}
    more = any(ending.partly_seen for ending in endings.values())
    if direction == "worst" and (more or any(ending.times is None for ending in failing.values())):
        return Fraction(0)
    marks = _marks(node, failing)
    known = [e.population for e in endings.values() if e.population is not None]
    if node.objects == "worst":
        return min(marks.values(), default=Fraction(1))
    if not marks or direction == "best" and (more or not known):
        return Fraction(1)
    count = max([*known, len(marks)])
    lost = sum((1 - mark for mark in marks.values()), Fraction(0))
    return (count - (len(marks) if node.objects == "pass_rate" else lost)) / Fraction(count)


def _marks(node: Node, failing: Mapping[str, Ending]) -> dict[_Record, Fraction]:
    """The share of its marks that is left to every record some rule fails."""
    charges = {charge.rule: charge for charge in node.deducting}
    lost: dict[_Record, Amount] = {}
    vetoed: set[_Record] = set()
    unseen = 0
    together = {c.rule: n for n, shared in enumerate(node.shared) for c in shared.charges}
    dearest: dict[tuple[int, _Record], Amount] = {}
    for rule, ending in failing.items():
        for fault in ending.faults:
            unseen += not fault.key
            record = (fault.key, 0 if fault.key else unseen)
            lost.setdefault(record, 0)
            if rule not in charges:
                vetoed.add(record)
                continue
            amount = _loss(charges[rule], fault)
            if rule in together:
                at = (together[rule], record)
                amount = min(amount, node.shared[at[0]].most)
                amount, dearest[at] = max(amount - dearest.get(at, 0), 0), max(amount, dearest.get(at, 0))
            lost[record] += amount
    return {record: _left(node, amount, record in vetoed) for record, amount in lost.items()}


def _loss(charge: Charge, fault: Fault) -> Amount:
    if charge.per != "quantity":
        return min(charge.most, charge.deduct * factor(charge, fault))
    if fault.quantity is None:
        return charge.most
    return min(charge.most, charge.deduct * steps(charge, fault.quantity) * factor(charge, fault))


def _left(node: Node, lost: Amount, vetoed: bool) -> Fraction:
    if not node.inside:
        return Fraction(0)
    left: Amount = max(node.inside - lost, 0)
    if vetoed and node.veto is not None:
        left = after_veto(node.veto, left)
    return Fraction(left) / node.inside


def after_veto(veto: LocalVeto, marks: Amount) -> Amount:
    """The marks once a veto has fired. No treatment lifts them: a fault never brings marks."""
    if veto.scoring == "stop":
        return 0
    return marks if veto.scoring == "continue" else min(marks, veto.points)
