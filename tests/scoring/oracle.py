"""Scoring by brute force: every world one after the other, each counted straight from the definitions.

Slow and plain on purpose, and written without a look at the engine. A world decides every rule: it does
not apply (None), or it has an Ending. The whole is a node like any other, with the ruleset's own treatment,
bonus and veto.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import Literal

from checker.bilingual import Bilingual
from checker.finding import Finding, Occurrence, Outcome
from checker.location import Location
from checker.ruleset import Bonus, Indicator, Limit, Ruleset, Scale, Treatment, Use, Veto

WITHOUT_LIMIT = 10**9
"""More records, or a greater quantity, than any cap or full marks here leave room for."""

_NOBODY = Bilingual("未列出", "not listed")
_FAILING = (Outcome.FAIL, Outcome.PARTIAL)
_UNDECIDED = (Outcome.UNKNOWN, Outcome.PENDING, Outcome.ERROR)
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Record:
    """A record that fails; times: so many alike."""

    key: str
    quantity: int = 1
    repeated: bool = False
    rectified: bool = False
    times: int = 1


@dataclass(frozen=True)
class Ending:
    """How a rule ends where it applies. It fails if any record does.

    earns: of the level of a rubric, the highest if none was given.
    amount: what a person takes within a discretionary range; award: the same, once it was decided.
    """

    records: tuple[Record, ...] = ()
    passing: int = 0
    share: Fraction = ONE
    earns: Fraction | None = None
    amount: Fraction | None = None
    award: Fraction | None = None

    @property
    def fails(self) -> bool:
        return bool(self.records)


More = Literal["none", "perfect", "faulty"]
"""What the objects are that could not be read."""


@dataclass(frozen=True)
class World:
    """sizes: how many records each rule was decided on; more: by the indicator that marks them."""

    endings: Mapping[str, Ending | None]
    sizes: Mapping[str, int]
    more: Mapping[str, More]


# --- every way a rule can fall -----------------------------------------------------------------------


def falls(finding: Finding, use: Use | None) -> list[Ending | None]:
    """Every way one rule can fall, of those that `use` can tell apart; extremes and a middle of ranges."""
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return [None]
    ways: list[Ending | None] = []
    failing, undecided = _failing(finding), _undecided(finding)
    settled = [_variants(o, use, finding.rule) for o in failing]
    perhaps = [[None, *_variants(o, use, finding.rule)] for o in undecided]
    for choice in product(*settled, *perhaps, _more(finding)):
        records = tuple(r for r in choice if r is not None)
        lost = sum(r is not None for r in choice[len(failing) : len(failing) + len(undecided)])
        part = Fraction(lost, len(undecided)) if undecided else None
        ways += _details(finding, use, records, part)
    if may_not_apply(finding):
        ways.append(None)
    return list(dict.fromkeys(ways))


def may_not_apply(finding: Finding) -> bool:
    unasked = finding.outcome is Outcome.UNKNOWN and finding.reason is not None and finding.checked == 0
    return unasked or finding.outcome is Outcome.ERROR


def is_boundless(finding: Finding) -> bool:
    """Whether there may be any number of records more."""
    return finding.open_ended or finding.outcome is Outcome.ERROR


def _failing(finding: Finding) -> list[Occurrence]:
    listed = [o for o in finding.occurrences if o.outcome in _FAILING]
    return listed or ([_unlisted(finding)] if finding.outcome in _FAILING else [])


def _undecided(finding: Finding) -> list[Occurrence]:
    listed = [o for o in finding.occurrences if o.outcome in _UNDECIDED]
    alone = finding.outcome in _UNDECIDED and not _failing(finding)
    found = listed or ([_unlisted(finding)] if alone else [])
    return found if finding.checked else [_unseen(o) for o in found]


def _unseen(occurrence: Occurrence) -> Occurrence:
    """Of a record nobody looked at nothing is known."""
    return replace(occurrence, quantity=None, repeated=None, rectified=None)


def _unlisted(finding: Finding) -> Occurrence:
    return Occurrence(f"{finding.rule} unlisted", finding.outcome, _NOBODY)


def _variants(occurrence: Occurrence, use: Use | None, rule: str) -> list[Record]:
    """The record as it fails, with everything about it that is not known, either way."""
    quantities: Iterable[int] = [1]
    if use is not None and use.per == "quantity":
        unknown = {1, use.every - 1, use.every, use.every + 1, WITHOUT_LIMIT} - {0}
        quantities = sorted(unknown) if occurrence.quantity is None else [occurrence.quantity]
    repeated = _either(occurrence.repeated, use is not None and use.repeats != 1)
    rectified = _either(occurrence.rectified, use is not None and use.restores != 0)
    return [Record(occurrence.key, *each) for each in product(quantities, repeated, rectified)]


def _either(known: bool | None, matters: bool) -> list[bool]:
    return [False, True] if known is None and matters else [bool(known)]


def _more(finding: Finding) -> list[Record | None]:
    if not is_boundless(finding):
        return [None]
    key = _more_key(finding)
    many = Record(key, WITHOUT_LIMIT, repeated=True, times=WITHOUT_LIMIT)
    return [None, Record(key), Record(key, rectified=True), many]


def _more_key(finding: Finding) -> str:
    return f"{finding.rule} more"


def _details(
    finding: Finding, use: Use | None, records: tuple[Record, ...], part: Fraction | None
) -> Iterator[Ending]:
    """What else may be so or so where these records fail. part: of the undecided ones, how many fail."""
    listed = sum(record.key != _more_key(finding) for record in records)
    count = max(0, finding.checked - listed)
    passing = [count, WITHOUT_LIMIT] if is_boundless(finding) else [count]
    shares = _shares(finding, bool(records), part) if use and use.scale else [ONE]
    earns = _levels(finding, use) if use and use.rubric else [None]
    amounts: list[Fraction | None] = [None]
    award = None if finding.award is None else Fraction(finding.award)
    if use and use.deduct is not None and use.deduct_to is not None and records:
        low, high = Fraction(use.deduct), Fraction(use.deduct_to)
        amounts = [low, (low + high) / 2, high] if award is None else [low]
    for each in product(passing, shares, earns, amounts):
        yield Ending(records, *each, award)


def _shares(finding: Finding, fails: bool, part: Fraction | None) -> list[Fraction]:
    if finding.share is None:
        return [ZERO, ONE / 2] if fails else [ONE]
    low, high = finding.share
    return [high - (high - low) * part] if part is not None else [low, (low + high) / 2, high]


def _levels(finding: Finding, use: Use) -> list[Fraction | None]:
    earns = {level.id: Fraction(level.earns) for level in use.rubric}
    if finding.level is not None:
        return [earns[finding.level]]
    if finding.outcome in _UNDECIDED:
        return list(earns.values())
    return [None if finding.outcome is Outcome.PASS else min(earns.values())]


# --- one node in one world ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Worth:
    """What applies, and the marks of it."""

    applies: Fraction
    marks: Fraction


NOTHING = Worth(ZERO, ZERO)


@dataclass(frozen=True)
class Count:
    """One world, counted: the score, whether anything applies, whether a veto disqualifies, and the marks
    of every indicator that applies, on the scale of its points."""

    score: Fraction
    applies: bool
    vetoed: bool
    marks: Mapping[str, Fraction]

    def qualified(self, tree: Ruleset) -> bool:
        floors = ((self.marks.get(n.id), n.floor) for n in nodes(tree.indicators))
        met = all(m is None or f is None or m >= f for m, f in floors)
        return not self.vetoed and met and self.score >= tree.pass_mark


class Counting:
    """One ruleset in one world. spared: no veto of the whole is to act."""

    def __init__(self, tree: Ruleset, world: World, spared: bool = False) -> None:
        self.tree = tree
        self.world = world
        self.spared = spared
        self.shares: dict[str, Fraction] = {}

    def count(self) -> Count:
        whole = self.worth(whole_of(self.tree), "rescale")
        vetoed = not self.spared and self.vetoed(whole_of(self.tree))
        points = {node.id: node.points for node in nodes(self.tree.indicators)}
        marks = {name: share * Fraction(points[name]) for name, share in self.shares.items() if name}
        return Count(whole.marks, whole.applies > 0, vetoed, marks)

    def ending(self, rule: str, treatment: Treatment) -> Ending | None:
        """How a rule ends; where what does not apply is granted, it counts as passed."""
        found = self.world.endings[rule]
        return Ending() if found is None and treatment == "grant" else found

    def fails(self, rule: str) -> bool:
        found = self.world.endings[rule]
        return found is not None and found.fails

    def absent(self, node: Indicator) -> bool:
        if node.only_if is None:
            return False
        gate = self.world.endings[node.only_if]
        return gate is None or gate.fails

    def worth(self, node: Indicator, around: Treatment) -> Worth:
        """around: the treatment in force where this node stands."""
        treatment = treatment_of(node, around)
        points = Fraction(node.points)
        if self.absent(node):
            granted = treatment == "grant" and points
            if granted:
                self.shares[node.id] = ONE
            return Worth(points, points) if granted else NOTHING
        inside = Fraction(node.points if node.out_of is None else node.out_of)
        if node.objects:
            mark = self.objects(node, inside, treatment)
            found = NOTHING if mark is None else Worth(inside, mark)
        else:
            found = self.limited(node, self.clipped(node, self.inside(node, inside, treatment)))
        if is_closed(node, treatment) and found.applies:
            total = inside * found.marks / found.applies
            total = self.with_bonus(node, total, inside)
            spared = self.spared and not node.id
            if node.veto and not node.objects and not spared and self.vetoed(node):
                total = after_veto(node.veto, total)
            found = Worth(points, points * total / inside)
        if found.applies:
            self.shares[node.id] = found.marks / found.applies
        return found

    def inside(self, node: Indicator, inside: Fraction, treatment: Treatment) -> Worth:
        """Children, points and the stated base, less what is deducted."""
        items = [*self.children(node, treatment), *self.points(node, treatment)]
        base = inside - sum((points for points, _ in items), ZERO)
        deducting = [self.ending(u.rule, treatment) is not None for u in node.uses if u.deduct is not None]
        based = any(deducting) or not deducting
        items.append((base, Worth(base, base) if based else NOTHING))
        found = spread(items) if treatment == "spread" else total_of([worth for _, worth in items])
        return replace(found, marks=found.marks - self.deductions(node, inside, treatment))

    def children(self, node: Indicator, treatment: Treatment) -> Iterator[tuple[Fraction, Worth]]:
        for child in node.indicators:
            yield Fraction(child.points), self.worth(child, treatment)

    def points(self, node: Indicator, treatment: Treatment) -> Iterator[tuple[Fraction, Worth]]:
        for use in node.uses:
            if use.points is None:
                continue
            points, found = Fraction(use.points), self.ending(use.rule, treatment)
            yield points, NOTHING if found is None else Worth(points, points * degree(use, found))

    def clipped(self, node: Indicator, found: Worth) -> Worth:
        least = ZERO if node.cap is None else max(ZERO, found.applies - Fraction(node.cap))
        return replace(found, marks=max(found.marks, least))

    def failing_limits(self, node: Indicator) -> list[Limit]:
        return [u.limit for u in node.uses if u.limit is not None and self.fails(u.rule)]

    def limited(self, node: Indicator, found: Worth) -> Worth:
        limits = self.failing_limits(node)
        marks = found.marks * prod((Fraction(each.times) for each in limits), start=ONE)
        return replace(found, marks=min([marks, *(Fraction(x.at_most) * found.applies for x in limits)]))

    def with_bonus(self, node: Indicator, total: Fraction, inside: Fraction) -> Fraction:
        if node.bonus and is_open(node.bonus, total):
            total += self.bonus(node.bonus)
        bounds = (Fraction(each.at_most) * inside for each in self.failing_limits(node))
        return min([total, *bounds])

    def bonus(self, bonus: Bonus) -> Fraction:
        earned = ZERO
        for use in bonus.uses:
            found = self.world.endings[use.rule]
            if found is not None:
                times = Fraction(found.passing) if use.per == "occurrence" else degree(use, found)
                earned += Fraction(use.points or 0) * times
        return min(Fraction(bonus.cap), earned)

    def vetoed(self, node: Indicator) -> bool:
        """Whether a veto that acts on this node fails."""
        if self.absent(node):
            return False
        if any(use.veto and self.fails(use.rule) for use in node.uses):
            return True
        return any(self.vetoed(child) for child in node.indicators if child.veto is None)

    # deductions

    def deductions(self, node: Indicator, inside: Fraction, treatment: Treatment) -> Fraction:
        lost, grouped = ZERO, dict[str, list[tuple[Use, Ending]]]()
        for use in node.uses:
            found = self.ending(use.rule, treatment)
            if use.deduct is None or found is None or not found.fails:
                continue
            if use.group is None:
                lost += loss(use, found, inside)
            else:
                grouped.setdefault(use.group, []).append((use, found))
        return lost + sum((self.group_loss(g, m, inside) for g, m in grouped.items()), ZERO)

    def group_loss(self, name: str, failing: Sequence[tuple[Use, Ending]], inside: Fraction) -> Fraction:
        group = next(g for g in self.tree.groups if g.id == name)
        most = inside if group.cap is None else Fraction(group.cap)
        if group.per == "rule":
            return min(most, max(loss(use, found, inside) for use, found in failing))
        dearest: dict[str, Fraction] = {}
        for use, found in failing:
            for record in found.records:
                amount = Fraction(use.deduct or 0) * factor(use, record) * record.times
                dearest[record.key] = max(dearest.get(record.key, ZERO), amount)
        return min(most, sum(dearest.values(), ZERO))

    # objects

    def objects(self, node: Indicator, inside: Fraction, treatment: Treatment) -> Fraction | None:
        """The marks of the node out of `inside`; None where nothing applies."""
        asked = {use.rule: self.ending(use.rule, treatment) for use in node.uses if not use.warning}
        endings = {rule: found for rule, found in asked.items() if found is not None}
        if not endings:
            return None
        keys = list(dict.fromkeys(r.key for e in endings.values() for r in e.records))
        faulty = [self.object_marks(node, key, endings, inside) for key in keys]
        more = self.world.more.get(node.id, "none")
        if more == "faulty":
            return ZERO
        if more == "perfect" and node.objects != "worst":
            return inside
        count = max(1, len(keys), *(self.world.sizes.get(rule, 0) for rule in endings))
        perfect = count - len(keys)
        if node.objects == "pass_rate":
            return inside * Fraction(perfect, count)
        if node.objects == "mean":
            return (sum(faulty, ZERO) + inside * perfect) / count
        return min([inside, *faulty])

    def object_marks(
        self, node: Indicator, key: str, endings: Mapping[str, Ending], inside: Fraction
    ) -> Fraction:
        alone = {use.rule: Ending() for use in node.uses}
        for rule, found in endings.items():
            alone[rule] = replace(found, records=tuple(r for r in found.records if r.key == key))
        world = World(alone, {}, {})
        mark = max(ZERO, inside - Counting(self.tree, world).deductions(node, inside, "rescale"))
        vetoed = any(use.veto and alone[use.rule].fails for use in node.uses)
        return after_veto(node.veto, mark) if vetoed and node.veto else mark


def whole_of(tree: Ruleset) -> Indicator:
    """The whole as a node."""
    return Indicator(
        id="",
        title=tree.title,
        points=tree.full_marks,
        place=Location(""),
        uses=tree.uses,
        indicators=tree.indicators,
        veto=tree.veto,
        not_applicable=tree.not_applicable,
        bonus=tree.bonus,
    )


def treatment_of(node: Indicator, around: Treatment) -> Treatment:
    """Its own, or the one around it; who inherits `spread` rescales."""
    return node.not_applicable or ("rescale" if around == "spread" else around)


def is_closed(node: Indicator, treatment: Treatment) -> bool:
    """Whether what does not apply in it is treated inside, and it stands above with its points."""
    own = (node.out_of, node.not_applicable, node.bonus, node.veto, node.objects, node.only_if)
    return treatment == "drop" or any(each is not None for each in own)


def is_open(bonus: Bonus, total: Fraction) -> bool:
    above, at = bonus.opens_above, bonus.opens_at
    return (above is None or total > above) and (at is None or total >= at)


def total_of(worths: Sequence[Worth]) -> Worth:
    return Worth(sum((w.applies for w in worths), ZERO), sum((w.marks for w in worths), ZERO))


def spread(items: Sequence[tuple[Fraction, Worth]]) -> Worth:
    """What does not apply goes evenly to the items that do, of which the stated base is one."""
    alive = [(points, worth.marks / worth.applies) for points, worth in items if worth.applies]
    if not alive:
        return NOTHING
    full = sum((points for points, _ in items), ZERO)
    freed = full - sum((points for points, _ in alive), ZERO)
    return Worth(full, sum((share * (points + freed / len(alive)) for points, share in alive), ZERO))


def degree(use: Use, found: Ending) -> Fraction:
    """The share of its points a use earns."""
    if use.rubric:
        return max(Fraction(level.earns) for level in use.rubric) if found.earns is None else found.earns
    if use.scale is not None:
        return scaled(use.scale, found.share)
    return ZERO if found.fails else ONE


def scaled(scale: Scale, share: Fraction) -> Fraction:
    if scale.steps:
        return max([ZERO, *(Fraction(s.earns) for s in scale.steps if share >= Fraction(s.at_least))])
    along = (share - Fraction(scale.zero_at)) / (Fraction(scale.full_at) - Fraction(scale.zero_at))
    return max(ZERO, min(ONE, along))


def factor(use: Use, record: Record) -> Fraction:
    times = Fraction(use.repeats) if record.repeated else ONE
    return times * (1 - Fraction(use.restores)) if record.rectified else times


def loss(use: Use, found: Ending, inside: Fraction) -> Fraction:
    """What one use takes by itself."""
    most = inside if use.cap is None else Fraction(use.cap)
    if not found.fails:
        return ZERO
    if use.deduct_to is not None and found.award is not None:
        return min(most, found.award)
    once = Fraction(use.deduct or 0) if found.amount is None else found.amount
    return min(most, once * charged(use, found.records))


def charged(use: Use, records: Sequence[Record]) -> Fraction:
    """How many times over a use charges these records."""
    if use.per == "rule":
        return max(factor(use, record) for record in records)
    if use.per == "quantity":
        return sum(
            (steps(Fraction(r.quantity), use) * factor(use, r) * r.times for r in records),
            ZERO,
        )
    total = sum((factor(use, record) * record.times for record in records), ZERO)
    return total if use.every == 1 else steps(total, use)


def steps(amount: Fraction, use: Use) -> Fraction:
    whole = amount / use.every
    return Fraction(ceil(whole) if use.begun else floor(whole))


def after_veto(veto: Veto, marks: Fraction) -> Fraction:
    if veto.scoring == "stop":
        return ZERO
    return marks if veto.scoring == "continue" else min(marks, Fraction(veto.points or 0))


# --- every world -------------------------------------------------------------------------------------


def nodes(indicators: Iterable[Indicator]) -> Iterator[Indicator]:
    for node in indicators:
        yield node
        yield from nodes(node.indicators)


def uses(tree: Ruleset) -> dict[str, Use]:
    """Every use of the ruleset by its id."""
    whole = whole_of(tree)
    found = [u for node in nodes([whole]) for u in (*node.uses, *(node.bonus.uses if node.bonus else ()))]
    return {use.rule: use for use in found}


def gates(tree: Ruleset) -> set[str]:
    return {node.only_if for node in nodes(tree.indicators) if node.only_if is not None}


def ways(tree: Ruleset, findings: Iterable[Finding]) -> dict[str, list[Ending | None]]:
    """Every way each rule of the ruleset can fall."""
    known, shown = uses(tree), gates(tree)
    used = [opened(f, tree) for f in findings if f.rule in known or f.rule in shown]
    return {f.rule: falls(f, known.get(f.rule)) for f in used}


def opened(finding: Finding, tree: Ruleset) -> Finding:
    """A rule over records of which its condition is undecided was never asked of any: they may be many."""
    over_records = tree.rules[finding.rule].each is not None
    return replace(finding, open_ended=True) if over_records and may_not_apply(finding) else finding


def worlds(tree: Ruleset, findings: Sequence[Finding]) -> Iterator[World]:
    """Every way everything can fall together."""
    by_rule = {finding.rule: opened(finding, tree) for finding in findings}
    marked = [node for node in nodes(tree.indicators) if node.objects]
    sizes = _sizes(by_rule)
    fallen = ways(tree, findings)
    for endings in product(*fallen.values()):
        world = dict(zip(fallen, endings, strict=True))
        for more in product(*(_unread(node, by_rule, world) for node in marked)):
            yield World(world, sizes, dict(zip((n.id for n in marked), more, strict=True)))


def _sizes(findings: Mapping[str, Finding]) -> dict[str, int]:
    return {rule: found.checked or found.population or 0 for rule, found in findings.items()}


def _unread(
    node: Indicator, findings: Mapping[str, Finding], world: Mapping[str, Ending | None]
) -> list[More]:
    """What the objects may be that could not be read; none where all could."""
    applying = [u.rule for u in node.uses if not u.warning and world[u.rule] is not None]
    return ["none", "perfect", "faulty"] if any(is_boundless(findings[r]) for r in applying) else ["none"]


def counts(tree: Ruleset, findings: Sequence[Finding]) -> list[Count]:
    return [Counting(tree, world).count() for world in worlds(tree, findings)]


def is_assessable(tree: Ruleset, findings: Sequence[Finding]) -> bool:
    """Whether no rule broke, some rule that is scored applies, and something may or a veto fires for sure."""
    if any(finding.outcome is Outcome.ERROR for finding in findings):
        return False
    extra = {use.rule for node in nodes([whole_of(tree)]) if node.bonus for use in node.bonus.uses}
    scored = {rule for rule, use in uses(tree).items() if not use.warning and rule not in extra}
    applying = any(f.rule in scored and f.outcome is not Outcome.NOT_APPLICABLE for f in findings)
    found = counts(tree, findings)
    return applying and (any(c.applies for c in found) or all(c.vetoed for c in found))


# --- what the ruleset counts the undecided as --------------------------------------------------------


def counted(tree: Ruleset, findings: Sequence[Finding]) -> Count:
    """The world whose score is the one earned, for rulesets that count the undecided as failing or leave it
    out. A veto of the whole acts only if it fires for sure; where the undecided costs, a gate falls as costs
    more."""
    spared = not all(count.vetoed for count in counts(tree, findings))
    open_gates = [f for f in findings if f.rule in gates(tree) and is_undecided(f)]
    if tree.unknown == "left_out" or not open_gates:
        return _counted(tree, findings, spared)
    ways = []
    for outcomes in product((Outcome.PASS, Outcome.FAIL), repeat=len(open_gates)):
        settled = {f.rule: Finding(f.rule, o, 1) for f, o in zip(open_gates, outcomes, strict=True)}
        ways.append(_counted(tree, [settled.get(f.rule, f) for f in findings], spared))
    return min(ways, key=lambda count: count.score)


def _counted(tree: Ruleset, findings: Sequence[Finding], spared: bool) -> Count:
    known, shown = uses(tree), gates(tree)
    pick = _as_failing if tree.unknown == "costs" else _left_out
    used = [opened(f, tree) for f in findings if f.rule in known or f.rule in shown]
    endings = {f.rule: pick(f, known.get(f.rule)) for f in used}
    by_rule = {f.rule: f for f in used}
    more: dict[str, More] = {}
    for node in nodes(tree.indicators):
        unread = tree.unknown == "costs" and node.objects and "faulty" in _unread(node, by_rule, endings)
        more[node.id] = "faulty" if unread else "none"
    return Counting(tree, World(endings, _sizes(by_rule), more), spared).count()


def is_undecided(finding: Finding) -> bool:
    return finding.outcome in _UNDECIDED


def _as_failing(finding: Finding, use: Use | None) -> Ending | None:
    return max(falls(finding, use), key=_dearness)


def _dearness(ending: Ending | None) -> tuple[Fraction, ...]:
    if ending is None:
        return (ZERO,)
    count = Fraction(len(ending.records))
    quantity = Fraction(sum(r.quantity * r.times for r in ending.records))
    weight = Fraction(sum(r.repeated - r.rectified for r in ending.records))
    earns = ZERO if ending.earns is None else -ending.earns
    return (
        ONE,
        count,
        quantity,
        weight,
        -ending.share,
        earns,
        ending.amount or ZERO,
        -Fraction(ending.passing),
    )


def _left_out(finding: Finding, use: Use | None) -> Ending | None:
    undecided = sum(o.outcome in _UNDECIDED for o in finding.occurrences)
    if is_undecided(finding):
        by_record = use is not None and use.points is not None and use.per == "occurrence"
        return Ending(passing=max(0, finding.checked - undecided)) if by_record else None
    certain = [o for o in finding.occurrences if o.outcome not in _UNDECIDED]
    left = finding.checked - undecided
    failing = sum(o.outcome in _FAILING for o in certain)
    share = finding.share and (Fraction(left - failing, left),) * 2
    known = replace(finding, occurrences=tuple(certain), open_ended=False, share=share, checked=left)
    return min(falls(known, use), key=_dearness)
