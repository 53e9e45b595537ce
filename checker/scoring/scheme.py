"""A ruleset made ready for counting: amounts in whole units, every node with what it takes to mark it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from checker.ruleset import Bonus, Group, Indicator, Level, Ruleset, Scale, Treatment, Use
from checker.scoring.result import Role
from checker.scoring.standing import Facets, Vetoes

WHOLE = ""
"""The id of the node that is the whole ruleset."""


@dataclass(frozen=True, slots=True)
class Charge:
    """A use that brings or costs marks, in units of its node. most: the most it can give or cost; mark: how
    many units one mark is."""

    rule: str
    points: int | None
    scale: Scale | None
    rubric: tuple[Level, ...]
    deduct: int
    deduct_to: int | None
    per: Literal["rule", "occurrence", "quantity"]
    every: int
    begun: bool
    restores: Fraction
    repeats: Fraction
    most: int
    mark: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Charges of which a fault takes one only, at most `most` units in all."""

    per: Literal["rule", "record"]
    most: int
    charges: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a failing precondition leaves."""

    rule: str
    times: Fraction
    at_most: Fraction


@dataclass(frozen=True, slots=True)
class Extra:
    """A bonus in units of its node."""

    cap: int
    opens_above: int | None
    opens_at: int | None
    charges: tuple[Charge, ...]

    def opens(self, marks: int | Fraction) -> bool:
        """Whether so many marks open it."""
        above = self.opens_above is None or marks > self.opens_above
        return above and (self.opens_at is None or marks >= self.opens_at)


@dataclass(frozen=True, slots=True)
class LocalVeto:
    """What the vetoes inside a node do to it."""

    scoring: Literal["stop", "continue", "force", "cap"]
    points: int
    rules: Vetoes


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator, or the whole, in units. points: on the scale of its parent; inside: on its own.

    base: the stated points that no use or child brings, from which is deducted. closed: what does not
    apply in it is treated in it. to_whole: what one unit inside is of the whole. rules: every rule that
    bears on its marks, here and below.
    """

    id: str
    points: int
    inside: int
    base: int
    cap: int
    treatment: Treatment
    closed: bool
    charges: tuple[Charge, ...]
    shared: tuple[Shared, ...]
    ceilings: tuple[Ceiling, ...]
    children: tuple["Node", ...]
    extra: Extra | None
    veto: LocalVeto | None
    objects: Literal["pass_rate", "mean", "worst"] | None
    only_if: str | None
    to_whole: Fraction
    rules: tuple[str, ...]

    @property
    def deducting(self) -> tuple[Charge, ...]:
        alone = (charge for charge in self.charges if charge.points is None)
        return (*alone, *(charge for shared in self.shared for charge in shared.charges))

    @property
    def scoring(self) -> tuple[Charge, ...]:
        return tuple(charge for charge in self.charges if charge.points is not None)


@dataclass(frozen=True, slots=True)
class Scheme:
    """`unit` units are one mark. vetoes: those that disqualify; local_vetoes: those that bear on a part.

    uses: for every rule of the ruleset, in the order of the tree, the ids of the nodes that use it.
    memo: nodes already counted, for a what-if changes one rule and leaves most nodes as they were.
    """

    ruleset: Ruleset
    unit: int
    root: Node
    vetoes: Vetoes
    local_vetoes: Vetoes
    uses: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    gates: tuple[str, ...]
    facets: Mapping[str, Facets]
    memo: dict[tuple[object, ...], object] = field(default_factory=dict, compare=False, repr=False)

    def without_vetoes(self) -> "Scheme":
        return replace(self, vetoes={})

    def bears(self, rule: str) -> bool:
        """Whether the marks rest on the rule: no warning, no bonus, and more than a gate."""
        return any(role not in ("warning", "bonus") for role in self.roles[rule])


def scheme(ruleset: Ruleset, finer: int = 1) -> Scheme:
    """Compile the tree of a checked ruleset. finer: into how many parts its smallest unit is cut."""
    unit = lcm(*(amount.denominator for amount in _amounts(ruleset))) * finer
    placed = list(_placed(ruleset))
    uses: dict[str, list[str]] = {}
    roles: dict[str, list[Role]] = {}
    for use, role, node in placed:
        uses.setdefault(use.rule, []).append(node)
        roles.setdefault(use.rule, []).append(role)
    gates = dict.fromkeys(i.only_if for i in walk(ruleset.indicators) if i.only_if is not None)
    for gate in gates:
        uses.setdefault(gate, [])
        roles.setdefault(gate, [])
    parts = [each for each in walk(ruleset.indicators) if each.veto is not None]
    return Scheme(
        ruleset,
        unit,
        _Compiler(ruleset, unit).root(),
        vetoes=dict(_vetoes(ruleset.uses, ruleset.indicators)),
        local_vetoes={r: g for part in parts for r, g in _vetoes(part.uses, part.indicators)},
        uses={rule: tuple(nodes) for rule, nodes in uses.items()},
        roles={rule: tuple(dict.fromkeys(found)) for rule, found in roles.items()},
        gates=tuple(gates),
        facets={rule: Facets(each=_ranges(ruleset, rule)) for rule in gates} | _facets(ruleset),
    )


def walk(indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    """Every indicator of a tree, parents first."""
    for indicator in indicators:
        yield indicator
        yield from walk(indicator.indicators)


def nodes(node: Node) -> Iterator[Node]:
    """The node and every node below, parents first."""
    yield node
    for child in node.children:
        yield from nodes(child)


def role_of(use: Use) -> Role:
    if use.points is not None:
        return "points"
    if use.deduct is not None:
        return "deduct"
    return "veto" if use.veto else "limit" if use.limit else "warning"


def _placed(ruleset: Ruleset) -> Iterator[tuple[Use, Role, str]]:
    """Every use with its role and the id of its node, in the order of the tree."""
    for indicator in walk(ruleset.indicators):
        yield from ((use, role_of(use), indicator.id) for use in indicator.uses)
        yield from ((use, "bonus", indicator.id) for use in (indicator.bonus.uses if indicator.bonus else ()))
    yield from ((use, role_of(use), WHOLE) for use in ruleset.uses)
    yield from ((use, "bonus", WHOLE) for use in (ruleset.bonus.uses if ruleset.bonus else ()))


def _vetoes(
    uses: Iterable[Use], indicators: Iterable[Indicator], gates: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules that veto what these belong to, with the gates they stand behind. Those of parts with a veto
    of their own do not."""
    yield from ((use.rule, gates) for use in uses if use.veto)
    for indicator in indicators:
        if indicator.veto is None:
            behind = gates if indicator.only_if is None else (*gates, indicator.only_if)
            yield from _vetoes(indicator.uses, indicator.indicators, behind)


def _facets(ruleset: Ruleset) -> dict[str, Facets]:
    by_record = {group.id for group in ruleset.groups if group.per == "record"}
    objects = {u.rule for i in walk(ruleset.indicators) if i.objects is not None for u in i.uses}
    found: dict[str, Facets] = {}
    for use, role, _ in _placed(ruleset):
        known = found.get(use.rule) or Facets(each=_ranges(ruleset, use.rule))
        metered = use.per == "quantity" and role == "deduct"
        listed = metered or use.restores != 0 or use.repeats != 1 or use.group in by_record
        found[use.rule] = Facets(
            each=known.each,
            faults=known.faults or listed or use.rule in objects,
            ranged=known.ranged or use.deduct_to is not None,
            metered=known.metered or metered,
            counted=known.counted or (role == "bonus" and use.per == "occurrence"),
            rubric=known.rubric or use.rubric,
        )
    return found


def _ranges(ruleset: Ruleset, rule: str) -> bool:
    return rule in ruleset.rules and ruleset.rules[rule].each is not None


def _amounts(ruleset: Ruleset) -> Iterator[Fraction]:
    """Everything that should be a whole number of units."""
    yield Fraction(ruleset.full_marks)
    for group in ruleset.groups:
        yield Fraction(group.cap or 0)
    for indicator in walk(ruleset.indicators):
        veto = indicator.veto.points if indicator.veto else None
        amounts = (indicator.points, indicator.out_of, indicator.cap, veto)
        yield from (Fraction(amount) for amount in amounts if amount is not None)
    for bonus in (ruleset.bonus, *(i.bonus for i in walk(ruleset.indicators))):
        if bonus is not None:
            yield from (Fraction(amount or 0) for amount in (bonus.cap, bonus.opens_above, bonus.opens_at))
    for use, _, _ in _placed(ruleset):
        for amount in (use.points, use.deduct, use.deduct_to, use.cap):
            yield Fraction(amount or 0)
        deduct, kept, repeats = Fraction(use.deduct or 0), 1 - Fraction(use.restores), Fraction(use.repeats)
        yield from (deduct * kept, deduct * repeats, deduct * kept * repeats)
        yield Fraction(use.deduct_to or 0) * repeats


class _Compiler:
    def __init__(self, ruleset: Ruleset, unit: int) -> None:
        self.ruleset = ruleset
        self.unit = unit
        self.groups = {group.id: group for group in ruleset.groups}

    def units(self, amount: Decimal) -> int:
        numerator, denominator = amount.as_integer_ratio()
        return numerator * (self.unit // denominator)

    def root(self) -> Node:
        whole, treatment = self.ruleset, self.ruleset.not_applicable
        full = self.units(whole.full_marks)
        scope = "rescale" if treatment == "spread" else treatment
        children = tuple(self.node(child, scope, Fraction(1)) for child in whole.indicators)
        parts = self.parts(whole.uses, full)
        extra = self.on_top(whole.bonus, full)
        rules = _bearing(parts, extra, children, (), None)
        return Node(
            WHOLE,
            full,
            full,
            _base(full, parts[0], children),
            cap=full,
            treatment=treatment,
            closed=True,
            charges=parts[0],
            shared=parts[1],
            ceilings=parts[2],
            children=children,
            extra=extra,
            veto=None,
            objects=None,
            only_if=None,
            to_whole=Fraction(1),
            rules=rules,
        )

    def node(self, of: Indicator, scope: Treatment, outer: Fraction) -> Node:
        """An indicator; scope: the treatment around it; outer: what one of its points is of the whole."""
        treatment = of.not_applicable or scope
        inside = self.units(of.points if of.out_of is None else of.out_of)
        inner = outer if of.out_of is None else outer * Fraction(of.points) / Fraction(of.out_of)
        below: Treatment = "rescale" if treatment == "spread" else treatment
        children = tuple(self.node(child, below, inner) for child in of.indicators)
        parts = self.parts(of.uses, inside)
        extra = self.on_top(of.bonus, inside)
        veto = self.local_veto(of)
        own = (of.out_of, of.not_applicable, of.bonus, of.veto, of.objects, of.only_if)
        vetoes = tuple(veto.rules) if veto else ()
        if of.objects is not None:
            vetoes = tuple(use.rule for use in of.uses if use.veto)
        return Node(
            of.id,
            self.units(of.points),
            inside,
            0 if of.objects else _base(inside, parts[0], children),
            cap=inside if of.cap is None else self.units(of.cap),
            treatment=treatment,
            closed=treatment == "drop" or any(each is not None for each in own),
            charges=parts[0],
            shared=parts[1],
            ceilings=parts[2],
            children=children,
            extra=extra,
            veto=veto,
            objects=of.objects,
            only_if=of.only_if,
            to_whole=inner,
            rules=_bearing(parts, extra, children, vetoes, of.only_if),
        )

    def local_veto(self, of: Indicator) -> LocalVeto | None:
        if of.veto is None:
            return None
        rules = dict(_vetoes(of.uses, of.indicators))
        return LocalVeto(of.veto.scoring, self.units(of.veto.points or Decimal(0)), rules)

    def parts(self, uses: Iterable[Use], inside: int) -> "_Parts":
        alone: list[Charge] = []
        grouped: dict[str, list[Charge]] = {}
        for use in uses:
            if role_of(use) not in ("points", "deduct"):
                continue
            charge = self.charge(use, inside)
            if use.group is None:
                alone.append(charge)
            else:
                grouped.setdefault(use.group, []).append(charge)
        shared = tuple(self.shared(self.groups[name], found, inside) for name, found in grouped.items())
        limits = ((use.rule, use.limit) for use in uses if use.limit is not None)
        ceilings = tuple(Ceiling(r, Fraction(limit.times), Fraction(limit.at_most)) for r, limit in limits)
        return tuple(alone), shared, ceilings

    def shared(self, group: Group, charges: Iterable[Charge], inside: int) -> Shared:
        most = inside if group.cap is None else min(self.units(group.cap), inside)
        return Shared(group.per, most, tuple(charges))

    def charge(self, use: Use, inside: int) -> Charge:
        points = None if use.points is None else self.units(use.points)
        deduct = self.units(use.deduct or Decimal(0))
        upper = None if use.deduct_to is None else self.units(use.deduct_to)
        most = inside if use.cap is None else min(self.units(use.cap), inside)
        if points is not None:
            most = points
        elif use.per == "rule":
            most = min(most, int(Fraction(use.repeats) * (upper or deduct)))
        return Charge(
            use.rule,
            points,
            use.scale,
            use.rubric,
            deduct,
            upper,
            use.per,
            use.every,
            use.begun,
            Fraction(use.restores),
            Fraction(use.repeats),
            most,
            self.unit,
        )

    def on_top(self, bonus: Bonus | None, inside: int) -> Extra | None:
        if bonus is None:
            return None
        above, at = (None if g is None else self.units(g) for g in (bonus.opens_above, bonus.opens_at))
        charges = tuple(self.charge(use, inside) for use in bonus.uses)
        return Extra(self.units(bonus.cap), above, at, charges)


_Parts = tuple[tuple[Charge, ...], tuple[Shared, ...], tuple[Ceiling, ...]]


def _base(inside: int, charges: Iterable[Charge], children: Iterable[Node]) -> int:
    brought = sum(charge.points or 0 for charge in charges) + sum(child.points for child in children)
    return max(inside - brought, 0)


def _bearing(
    parts: _Parts, extra: Extra | None, children: Iterable[Node], vetoes: Iterable[str], gate: str | None
) -> tuple[str, ...]:
    charges, shared, ceilings = parts
    found = [charge.rule for charge in charges]
    found += [charge.rule for group in shared for charge in group.charges]
    found += [ceiling.rule for ceiling in ceilings]
    found += [charge.rule for charge in (extra.charges if extra else ())]
    found += [rule for child in children for rule in child.rules]
    return tuple(dict.fromkeys([*found, *vetoes, *([gate] if gate else [])]))
