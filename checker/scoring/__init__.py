"""Findings × ruleset → score. Exact throughout: Decimals and Fractions, nothing is rounded.

An indicator's marks are those of its rules and parts, plus the points only deductions hang on, less the
deductions, never below 0 or what its cap leaves; then its preconditions are looked at. Stated points apply
as long as one deducting rule does. What does not apply:

- rescale: the marks are multiplied by full / remaining points
- spread: within a top-level item the rest carries its points; a whole item's go evenly to the others
- drop: within each indicator the rest carries its points, at every level
- grant: counted as fully earned

A part with a scale, treatment, bonus, veto or gate of its own, or whose records are marked alone, is settled
inside and taken as a share. A bonus comes after the treatment and counts strictly above its gate. A veto
disqualifies. It also sets the score to 0 (`stop`), leaves it (`continue`) or holds it at the given points at
most (`force`, `cap`): no fault ever raises a score. An open veto leaves the verdict open whatever `unknown`
says, for that speaks of points. Where no rule applies the score is 0 and the verdict `not_assessable`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from checker.finding import Finding, Outcome
from checker.ruleset import Bonus, Indicator, Ruleset
from checker.scoring.counting import Added
from checker.scoring.extremes import applies, extreme, grain, raw_total, shortfalls
from checker.scoring.losses import taken
from checker.scoring.marks import all_marks, veto_of
from checker.scoring.outlook import Look, earned, look
from checker.scoring.result import (
    Adjustment,
    BonusScore,
    Charged,
    Freed,
    IndicatorScore,
    Marks,
    Outlook,
    Score,
    Step,
    Verdict,
    VetoState,
    WhatIf,
)
from checker.scoring.scheme import WHOLE, Scheme, nodes, scheme
from checker.scoring.standing import NOT_APPLICABLE, Standing, standing

__all__ = [
    "Adjustment",
    "BonusScore",
    "Charged",
    "Freed",
    "IndicatorScore",
    "Marks",
    "Outlook",
    "Score",
    "Step",
    "Verdict",
    "WhatIf",
    "score",
]

_VETO_RISK: Mapping[VetoState, int] = {"fired": 0, "open": 1, "none": 2}


def score(findings: Sequence[Finding], ruleset: Ruleset) -> Score:
    """Score the findings by the ruleset; their order does not matter.

    Raises ValueError unless there is exactly one finding for every rule the tree uses: a missing one would
    otherwise count in somebody's favour.
    """
    plan = scheme(ruleset)
    outcomes = _by_rule(findings, plan)
    standings = {rule: standing(outcomes[rule], plan.facets[rule]) for rule in plan.uses}
    broken = [f.rule for f in findings if f.outcome is Outcome.ERROR and f.rule not in plan.uses]
    standings |= {rule: standing(outcomes[rule]) for rule in broken}
    plan = scheme(ruleset, grain(plan, standings))
    now = look(plan, standings)
    return Score(
        full=ruleset.full_marks,
        pass_mark=ruleset.pass_mark,
        unknown=ruleset.unknown,
        outlook=now.outlook,
        vetoed=now.vetoed,
        indicators=tuple(_indicator(i, plan, now) for i in ruleset.indicators),
        marks=all_marks(plan, standings),
        waterfall=_waterfall(plan, now, standings),
        what_if=_what_if(plan, now, standings),
        adjustment=_adjustment(plan, now),
        bonus=_bonus(ruleset.bonus, WHOLE, plan, now),
        charged_elsewhere=tuple(_charged_elsewhere(plan, now)),
    )


def _by_rule(findings: Iterable[Finding], plan: Scheme) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for finding in findings:
        if finding.rule in found:
            raise ValueError(f"two findings for the rule {finding.rule}")
        found[finding.rule] = finding
    missing = [rule for rule in plan.uses if rule not in found]
    if missing:
        raise ValueError(f"no finding for the rules {', '.join(missing)}")
    return found


def _indicator(indicator: Indicator, plan: Scheme, now: Look) -> IndicatorScore:
    uses = (*indicator.uses, *(indicator.bonus.uses if indicator.bonus else ()))
    return IndicatorScore(
        id=indicator.id,
        title=indicator.title,
        points=indicator.points,
        worst=now.worst.indicators[indicator.id],
        best=now.best.indicators[indicator.id],
        floor=indicator.floor,
        floor_state=now.floors[indicator.id],
        rules=tuple(dict.fromkeys(use.rule for use in uses)),
        indicators=tuple(_indicator(child, plan, now) for child in indicator.indicators),
        bonus=_bonus(indicator.bonus, indicator.id, plan, now),
    )


def _bonus(bonus: Bonus | None, name: str, plan: Scheme, now: Look) -> BonusScore | None:
    if bonus is None:
        return None
    none = Added(False, 0)
    worst, best = now.worst.added.get(name, none), now.best.added.get(name, none)
    gate = "open" if worst.open else "undecided" if best.open else "closed"
    amounts = (Fraction(worst.amount) / plan.unit, Fraction(best.amount) / plan.unit)
    return BonusScore(bonus.cap, bonus.opens_above, bonus.opens_at, gate, *amounts)  # type: ignore[arg-type]


def _waterfall(plan: Scheme, now: Look, standings: Mapping[str, Standing]) -> tuple[Step, ...]:
    """From full marks to the earned score: certain faults in tree order (vetoes last), the undecided, and
    last what a bonus adds, which is a loss below nothing.

    Each step is a recount, so the steps add up whatever caps, floors and treatments do. Empty where
    nothing applies: there are no marks to lose.
    """
    if not now.worst.applies:
        return ()
    extra = [rule for rule in plan.uses if plan.roles[rule] == ("bonus",)]
    kept = {*extra, *(gate for gate in plan.gates if not plan.roles[gate])}
    lossy = [rule for rule in plan.uses if rule not in kept and not now.counted[rule].spotless]
    lossy.sort(key=lambda rule: rule in plan.vetoes)
    so_far = {rule: found.passed() if rule in lossy else found for rule, found in standings.items()}
    so_far |= dict.fromkeys(extra, NOT_APPLICABLE)
    certain = [(r, True, Standing(f.best, f.best)) for r in lossy if (f := standings[r]).fails("best")]
    undecided = [(rule, False, standings[rule]) for rule in lossy if standings[rule].undecided]
    gained = [(rule, not standings[rule].undecided, standings[rule]) for rule in extra]
    left, steps = Fraction(plan.ruleset.full_marks), []
    for rule, stands, found in (*certain, *undecided, *gained):
        so_far[rule] = found
        after = earned(plan, so_far)
        if after != left:
            steps.append(Step(rule, stands, left - after, after))
        left = after
    return tuple(steps)


def _what_if(plan: Scheme, now: Look, standings: Mapping[str, Standing]) -> tuple[WhatIf, ...]:
    """Every rule that is failed or undecided, by the gain of settling it as passed, then by veto risk."""
    candidates = []
    for rule, roles in plan.roles.items():
        found = standings[rule]
        if found.spotless or found.broken or set(roles) <= {"warning"}:
            continue
        alone = look(plan, {**standings, rule: found.passed()}).outlook
        candidates.append((alone.worst - now.outlook.worst, veto_of(plan, rule, standings), rule, alone))
    candidates.sort(key=lambda candidate: (-candidate[0], _VETO_RISK[candidate[1]]))
    together, entries = dict(standings), []
    for gain, veto, rule, alone in candidates:
        together[rule] = standings[rule].passed()
        entries.append(WhatIf(rule, gain, veto, alone, look(plan, together).outlook))
    return tuple(entries)


def _charged_elsewhere(plan: Scheme, now: Look) -> Iterator[Charged]:
    """The certain faults that cost nothing, since another rule of their group has taken them."""
    for node in nodes(plan.root):
        for shared in node.shared:
            endings = {charge.rule: now.counted[charge.rule].best for charge in shared.charges}
            apply = {rule: ending for rule, ending in endings.items() if ending is not None}
            yield from (Charged(*each) for each in taken(shared, apply))


def _adjustment(plan: Scheme, now: Look) -> Adjustment:
    treatment = plan.ruleset.not_applicable
    freed = tuple(Freed(gone.indicator, gone.rules, gone.points) for gone in shortfalls(plan, now.counted))
    points = sum((gone.points for gone in freed), Fraction(0))
    if not points:
        return Adjustment(treatment, freed, points, None, Fraction(0))
    decided = {rule: Standing(found.worst, found.worst) for rule, found in now.counted.items()}
    total = extreme(plan.without_vetoes(), decided, "worst").score
    weight = applies(plan, decided)
    factor = Fraction(plan.root.inside) / weight if treatment == "rescale" and weight else None
    return Adjustment(treatment, freed, points, factor, total - raw_total(plan, decided))
