"""What an ending brings or costs: one charge, and charges of which a fault takes one only."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from checker.ruleset import Scale
from checker.scoring.scheme import Charge, Shared
from checker.scoring.standing import Ending, Fault

Amount = int | Fraction
"""Marks in the scheme's smallest unit: an int until a division makes it a Fraction."""


def gain(charge: Charge, ending: Ending) -> Amount:
    """What a charge with points earns."""
    return whole((charge.points or 0) * degree(charge, ending))


def extra_gain(charge: Charge, ending: Ending) -> Amount | None:
    """What a use of a bonus adds; None where there is no telling how much at most."""
    if charge.per == "rule":
        return gain(charge, ending)
    return None if ending.passing is None else (charge.points or 0) * ending.passing


def degree(charge: Charge, ending: Ending) -> Amount:
    """The share of its points a charge earns."""
    if charge.rubric:
        levels = {level.id: level.earns for level in charge.rubric}
        otherwise = charge.rubric[-1 if ending.failed else 0].earns
        return Fraction(levels.get(ending.level or "", otherwise))
    if charge.scale is not None:
        return _on_scale(charge.scale, ending.share)
    return 0 if ending.failed else 1


def _on_scale(scale: Scale, share: Fraction) -> Amount:
    if scale.steps:
        return max((Fraction(s.earns) for s in scale.steps if s.at_least <= share), default=0)
    full, zero = Fraction(scale.full_at), Fraction(scale.zero_at)
    if full == zero:
        return 1 if share >= full else 0
    return min(max((share - zero) / (full - zero), Fraction(0)), Fraction(1))


def loss(charge: Charge, ending: Ending) -> Amount:
    """What the ending costs, out of `most`; for a charge with points, what it does not earn."""
    if charge.points is not None:
        return charge.points - gain(charge, ending)
    if not ending.failed:
        return 0
    amount = _amount(charge, ending)
    return charge.most if amount is None else min(charge.most, whole(amount))


def _amount(charge: Charge, ending: Ending) -> Amount | None:
    """What the failing records cost together; None where there is no telling how much at most."""
    if ending.award is not None:
        return ending.award * charge.mark
    if charge.per == "rule":
        upper = charge.deduct_to if charge.deduct_to is not None and not ending.lenient else charge.deduct
        return upper * max((factor(charge, fault) for fault in ending.faults), default=1)
    if ending.times is None:
        return None
    if charge.per == "quantity":
        return _by_quantity(charge, ending)
    if charge.every == 1:
        counted = sum((factor(charge, fault) for fault in ending.faults), 0)
        return charge.deduct * (counted if ending.faults else ending.times)
    factors = [factor(charge, fault) for fault in ending.faults] or [1] * ending.times
    return charge.deduct * steps(charge, sum(factors, 0))


def _by_quantity(charge: Charge, ending: Ending) -> Amount | None:
    total: Amount = 0
    for fault in ending.faults:
        if fault.quantity is None:
            return None
        total += steps(charge, fault.quantity) * factor(charge, fault)
    return charge.deduct * total


def steps(charge: Charge, count: Amount) -> int:
    """How many times `every` goes into a count, a begun one counted where the use says so."""
    return -(-count // charge.every) if charge.begun else int(count // charge.every)


def factor(charge: Charge, fault: Fault) -> Amount:
    """How many times over a fault counts: more where repeated, less where put right in time."""
    found: Amount = charge.repeats if fault.repeated else 1
    return found * (1 - charge.restores) if fault.rectified else found


def shared_loss(shared: Shared, endings: Mapping[str, Ending]) -> Amount:
    """What the charges of a group cost together; endings: of those that apply."""
    failing = [(c, endings[c.rule]) for c in shared.charges if c.rule in endings and endings[c.rule].failed]
    if shared.per == "rule":
        return min(shared.most, max((loss(c, ending) for c, ending in failing), default=0))
    if any(ending.times is None for _, ending in failing):
        return shared.most
    dearest: dict[tuple[str, int], Amount] = {}
    for _, key, amount in _by_record(failing):
        dearest[key] = max(dearest.get(key, 0), amount)
    return min(shared.most, whole(sum(dearest.values(), 0)))


def taken(shared: Shared, endings: Mapping[str, Ending]) -> Iterator[tuple[str, str | None, str]]:
    """Every fault charged elsewhere: its rule, its record (None: the whole rule), the rule that takes it."""
    failing = [(c, endings[c.rule]) for c in shared.charges if c.rule in endings and endings[c.rule].failed]
    if shared.per == "rule":
        dearest = max(failing, key=lambda each: loss(*each), default=None)
        yield from ((c.rule, None, dearest[0].rule) for c, _ in failing if dearest and c is not dearest[0])
        return
    takers: dict[tuple[str, int], tuple[Amount, str]] = {}
    listed = [each for each in _by_record(failing) if each[1][0]]
    for charge, key, amount in listed:
        if key not in takers or amount > takers[key][0]:
            takers[key] = (amount, charge.rule)
    for charge, key, _ in listed:
        if takers[key][1] != charge.rule:
            yield charge.rule, key[0], takers[key][1]


def _by_record(
    failing: list[tuple[Charge, Ending]],
) -> Iterator[tuple[Charge, tuple[str, int], Amount]]:
    """Every fault with its record and what it costs. Records that are not listed differ from all others."""
    unseen = 0
    for charge, ending in failing:
        for fault in ending.faults:
            unseen += not fault.key
            yield charge, (fault.key, 0 if fault.key else unseen), charge.deduct * factor(charge, fault)


def whole(amount: Amount) -> Amount:
    """The amount as an int where it is one: fractions count many times slower."""
    return int(amount) if amount.denominator == 1 else amount
