"""Where a score stands for given standings: interval, verdict, bands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from checker.ruleset import Band
from checker.scoring.extremes import Extreme, extreme, vetoed
from checker.scoring.result import FloorState, Outlook, Verdict, VetoState
from checker.scoring.scheme import Scheme, walk
from checker.scoring.standing import Standing, fires, settled


@dataclass(frozen=True, slots=True)
class Look:
    """An outlook with what it was drawn from. counted: the standings after the ruleset's `unknown`."""

    outlook: Outlook
    worst: Extreme
    best: Extreme
    floors: Mapping[str, FloorState]
    vetoed: VetoState
    counted: Mapping[str, Standing]


def look(plan: Scheme, standings: Mapping[str, Standing]) -> Look:
    worst, best = extreme(plan, standings, "worst"), extreme(plan, standings, "best")
    counted, low, high = dict(standings), worst, best
    if plan.ruleset.unknown != "open":
        counted = _counted(plan, standings)
        low = high = _counted_extreme(plan, counted, standings)
    floors = _floors(plan, low, high)
    veto = veto_state(plan, standings)
    broken = any(found.broken for found in standings.values())
    idle = broken or veto != "fired" and not (best.applies and _anything_applies(plan, standings))
    verdict = _verdict(plan, low, high, (*floors.values(), veto), idle)
    bands = _bands(plan, (low.score, high.score), verdict, {*floors.values(), veto})
    return Look(
        Outlook(worst.score, best.score, low.score, verdict, bands), worst, best, floors, veto, counted
    )


def _counted_extreme(
    plan: Scheme, counted: Mapping[str, Standing], standings: Mapping[str, Standing]
) -> Extreme:
    """The settled score. What `unknown` says of points settles no veto: only a certain one counts here."""
    certain = fires(plan.vetoes, standings, "best")
    unvetoed = extreme(plan.without_vetoes(), counted, "worst")
    score = vetoed(plan.ruleset, unvetoed.score) if certain else unvetoed.score
    return replace(unvetoed, score=score)


def earned(plan: Scheme, standings: Mapping[str, Standing]) -> Fraction:
    """The score with the undecided counted as the ruleset says."""
    if plan.ruleset.unknown == "open":
        return extreme(plan, standings, "worst").score
    return _counted_extreme(plan, _counted(plan, standings), standings).score


def _counted(plan: Scheme, standings: Mapping[str, Standing]) -> dict[str, Standing]:
    """The standings as the ruleset counts the undecided. That a part is not there costs nobody anything:
    where the undecided costs, a gate stays undecided and the worse way counts."""
    unknown = plan.ruleset.unknown
    kept = plan.gates if unknown == "costs" else ()
    return {rule: f if rule in kept else settled(f, unknown) for rule, f in standings.items()}


def veto_state(plan: Scheme, standings: Mapping[str, Standing]) -> VetoState:
    """Whether any veto has fired, could still fire, or neither."""
    if fires(plan.vetoes, standings, "best"):
        return "fired"
    return "open" if fires(plan.vetoes, standings, "worst") else "none"


def _floors(plan: Scheme, low: Extreme, high: Extreme) -> dict[str, FloorState]:
    return {
        node.id: _floor(node.floor, low.indicators[node.id], high.indicators[node.id])
        for node in walk(plan.ruleset.indicators)
    }


def _floor(floor: Decimal | None, worst: Fraction | None, best: Fraction | None) -> FloorState:
    if floor is None or worst is None or best is None:
        return "none"
    if worst >= floor:
        return "met"
    return "missed" if best < floor else "open"


def _verdict(
    plan: Scheme,
    low: Extreme,
    high: Extreme,
    conditions: tuple[FloorState | VetoState, ...],
    not_assessable: bool,
) -> Verdict:
    if not_assessable:
        return Verdict.NOT_ASSESSABLE
    if "fired" in conditions or "missed" in conditions or high.score < plan.ruleset.pass_mark:
        # Where everything is left out nothing has been judged, so nothing is decided either.
        decided = "fired" in conditions or low.applies
        return Verdict.NOT_QUALIFIED if decided else Verdict.OPEN
    if "open" in conditions or low.score < plan.ruleset.pass_mark:
        return Verdict.OPEN
    return Verdict.QUALIFIED


def _anything_applies(plan: Scheme, standings: Mapping[str, Standing]) -> bool:
    return any(standings[rule].worst is not None for rule in plan.uses if plan.bears(rule))


def _bands(
    plan: Scheme, interval: tuple[Fraction, Fraction], verdict: Verdict, conditions: set[str]
) -> tuple[Band, ...]:
    """Every band the score may end in. Who is disqualified cannot be in a band of those who pass."""
    if verdict is Verdict.NOT_ASSESSABLE:
        return ()
    ascending = sorted(plan.ruleset.bands, key=lambda band: band.at_least)
    out = bool({"fired", "missed"} & conditions)
    low = _band(ascending, interval[0], plan.ruleset.pass_mark, out or "open" in conditions)
    high = _band(ascending, interval[1], plan.ruleset.pass_mark, out)
    return tuple(ascending[max(low, 0) : high + 1])


def _band(ascending: list[Band], score: Fraction, pass_mark: Decimal, disqualified: bool) -> int:
    reached = [
        index
        for index, band in enumerate(ascending)
        if band.at_least <= score and not (disqualified and band.at_least >= pass_mark)
    ]
    return reached[-1] if reached else -1
