"""How many of its marks an indicator can lose at most, whatever is found.

Only to say what is out of reach: nothing is scored here.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from checker.ruleset import Group, Indicator, Ruleset, Use

ENDLESS = Decimal("Infinity")


def most_deducted(use: Use) -> Decimal:
    """What a use can deduct; without end where it deducts for every record or unit and has no cap."""
    if use.deduct is None:
        return Decimal(0)
    once = (use.deduct_to or use.deduct) * use.repeats if use.per == "rule" else ENDLESS
    return once if use.cap is None else min(once, use.cap)


def least_earned(use: Use) -> Decimal:
    """The least a use with points leaves of them."""
    if use.points is None or use.rubric:
        return (use.points or Decimal(0)) * min((level.earns for level in use.rubric), default=Decimal(0))
    steps = use.scale.steps if use.scale else ()
    lowest = steps[-1] if steps else None
    return use.points * lowest.earns if lowest and lowest.at_least == 0 else Decimal(0)


def all_deducted(uses: Iterable[Use], groups: Mapping[str, Group]) -> Decimal:
    """What uses of one indicator can deduct together; of a group charged once, its dearest."""
    alone, grouped = Decimal(0), dict[str, list[Decimal]]()
    for use in uses:
        if use.group is None:
            alone += most_deducted(use)
        else:
            grouped.setdefault(use.group, []).append(most_deducted(use))
    for name, amounts in grouped.items():
        cap = groups[name].cap
        most = max(amounts) if groups[name].per == "rule" else ENDLESS
        alone += most if cap is None else min(most, cap)
    return alone


def inside(indicator: Indicator) -> Decimal:
    """The full marks inside an indicator."""
    return indicator.out_of if indicator.out_of is not None else indicator.points


def base(indicator: Indicator) -> Decimal:
    """The marks that stand until they are deducted: what neither its uses nor its parts bring."""
    brought = [u.points for u in indicator.uses if u.points is not None]
    return inside(indicator) - sum([*brought, *(part.points for part in indicator.indicators)], Decimal(0))


def lost_inside(indicator: Indicator, ruleset: Ruleset) -> Decimal:
    """What can be lost of the marks inside an indicator, its own cap left aside."""
    full = inside(indicator)
    if any(u.limit for u in indicator.uses) or indicator.veto or indicator.only_if or indicator.objects:
        return full
    parts = sum((most_lost(part, ruleset) for part in indicator.indicators), Decimal(0))
    earned = sum((u.points - least_earned(u) for u in indicator.uses if u.points is not None), Decimal(0))
    return min(parts + earned + all_deducted(indicator.uses, groups(ruleset)), full)


def most_lost(indicator: Indicator, ruleset: Ruleset) -> Decimal:
    """What can be lost of the points of an indicator."""
    full, lost = inside(indicator), lost_inside(indicator, ruleset)
    if indicator.cap is not None:
        lost = min(lost, indicator.cap)
    return lost if full == indicator.points else lost * indicator.points / full


def lost_in_all(ruleset: Ruleset) -> Decimal:
    """What can be lost of the full marks, vetoes left aside."""
    if any(use.limit for use in ruleset.uses):
        return ruleset.full_marks
    parts = sum((most_lost(part, ruleset) for part in ruleset.indicators), Decimal(0))
    return min(parts + all_deducted(ruleset.uses, groups(ruleset)), ruleset.full_marks)


def groups(ruleset: Ruleset) -> Mapping[str, Group]:
    return {group.id: group for group in ruleset.groups}
