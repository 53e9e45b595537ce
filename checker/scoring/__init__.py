"""Findings × ruleset → score. Exact throughout: Decimals and Fractions, nothing is rounded.

An indicator's marks are those of its rules and parts, plus the points only deductions hang on, less the
deductions, never below 0. Those points apply as long as one deducting rule does. What does not apply:

- rescale: the marks are multiplied by full / remaining points
- spread: within a top-level item the rest carries its points; a whole item's go evenly to the others
- drop: within each indicator the rest carries its points, at every level
- grant: counted as fully earned

A veto disqualifies. It also sets the score to 0 (`stop`), leaves it (`continue`) or holds it at the given
points at most (`force`, `cap`): no fault ever raises a score. An open veto leaves the verdict open whatever
`unknown` says, for that speaks of points. Where no rule applies the score is 0 and the verdict
`not_assessable`.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from checker.finding import Finding, Outcome
from checker.ruleset import Indicator, Ruleset
from checker.scoring.extremes import Scheme, extreme, grain, loss, raw_total, scheme, shortfalls
from checker.scoring.outlook import Look, earned, look
from checker.scoring.result import (
    Adjustment,
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
from checker.scoring.standing import NOT_APPLICABLE, PASSED, Standing, standing

__all__ = [
    "Adjustment",
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
    each = {rule.id for rule in ruleset.rules.values() if rule.each is not None}
    standings = {rule: standing(outcomes[rule], rule in each) for rule in plan.uses}
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
        indicators=tuple(_indicator(i, now) for i in ruleset.indicators),
        marks={rule: _marks(plan, rule, standings[rule]) for rule in plan.uses},
        waterfall=_waterfall(plan, now, standings),
        what_if=_what_if(plan, now, standings),
        adjustment=_adjustment(plan, now),
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


def _indicator(indicator: Indicator, now: Look) -> IndicatorScore:
    return IndicatorScore(
        id=indicator.id,
        title=indicator.title,
        points=indicator.points,
        worst=now.worst.indicators[indicator.id],
        best=now.best.indicators[indicator.id],
        floor=indicator.floor,
        floor_state=now.floors[indicator.id],
        rules=tuple(dict.fromkeys(use.rule for use in indicator.uses)),
        indicators=tuple(_indicator(child, now) for child in indicator.indicators),
    )


def _marks(plan: Scheme, rule: str, found: Standing) -> Marks:
    charges = plan.charges[rule]
    full = sum(charge.most for charge in charges)
    lost = [sum(loss(c, end) for c in charges) if end else 0 for end in (found.worst, found.best)]
    return Marks(
        indicator=plan.uses[rule][0],
        full=Fraction(full, plan.unit),
        worst=Fraction(full - lost[0]) / plan.unit,
        best=Fraction(full - lost[1]) / plan.unit,
        veto=_veto(plan, rule, found),
    )


def _veto(plan: Scheme, rule: str, found: Standing) -> VetoState:
    if rule not in plan.vetoes or not found.fails("worst"):
        return "none"
    return "fired" if found.fails("best") else "open"


def _waterfall(plan: Scheme, now: Look, standings: Mapping[str, Standing]) -> tuple[Step, ...]:
    """From full marks to the earned score: certain faults in tree order (vetoes last), then the undecided.

    Each step is a recount, so the steps add up whatever caps, floors and treatments do. Empty where
    nothing applies: there are no marks to lose.
    """
    lossy = [rule for rule in plan.uses if now.counted[rule] not in (PASSED, NOT_APPLICABLE)]
    lossy.sort(key=lambda rule: rule in plan.vetoes)
    so_far = {rule: found if rule not in lossy else PASSED for rule, found in standings.items()}
    certain = {r: Standing(found.best, found.best) for r in lossy if (found := standings[r]).fails("best")}
    undecided = {rule: standings[rule] for rule in lossy if standings[rule].undecided}
    left, steps = Fraction(plan.ruleset.full_marks), []
    for stands, group in ((True, certain), (False, undecided)):
        for rule, found in group.items():
            so_far[rule] = found
            after = earned(plan, so_far)
            if after != left:
                steps.append(Step(rule, stands, left - after, after))
            left = after
    return tuple(steps)


def _what_if(plan: Scheme, now: Look, standings: Mapping[str, Standing]) -> tuple[WhatIf, ...]:
    """Every rule that is failed or undecided, by the gain of settling it as passed, then by veto risk."""
    candidates = []
    for rule in plan.uses:
        found = standings[rule]
        if found in (PASSED, NOT_APPLICABLE) or found.broken:
            continue
        alone = look(plan, {**standings, rule: PASSED}).outlook
        candidates.append((alone.worst - now.outlook.worst, _veto(plan, rule, found), rule, alone))
    candidates.sort(key=lambda candidate: (-candidate[0], _VETO_RISK[candidate[1]]))
    together, entries = dict(standings), []
    for gain, veto, rule, alone in candidates:
        together[rule] = PASSED
        entries.append(WhatIf(rule, gain, veto, alone, look(plan, together).outlook))
    return tuple(entries)


def _adjustment(plan: Scheme, now: Look) -> Adjustment:
    treatment = plan.ruleset.not_applicable
    freed = tuple(
        Freed(gone.indicator, gone.rules, Fraction(gone.points, plan.unit))
        for gone in shortfalls(plan, now.counted)
    )
    points = sum((gone.points for gone in freed), Fraction(0))
    if not points:
        return Adjustment(treatment, freed, points, None, Fraction(0))
    decided = {rule: Standing(found.worst, found.worst) for rule, found in now.counted.items()}
    total = extreme(plan.without_vetoes(), decided, "worst").score
    remaining = Fraction(plan.ruleset.full_marks) - points
    factor = Fraction(plan.ruleset.full_marks) / remaining if treatment == "rescale" and remaining else None
    return Adjustment(treatment, freed, points, factor, total - raw_total(plan, decided))
