"""How one finding can end: the worst way, the best way, and whether it may turn out not to apply."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Level

Direction = Literal["worst", "best"]

_UNDECIDED = (Outcome.UNKNOWN, Outcome.PENDING, Outcome.ERROR)
_FAILED = (Outcome.FAIL, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Fault:
    """One failing record. quantity: by how much, None where there is no telling how much at most."""

    key: str
    quantity: int | None = 1
    repeated: bool = False
    rectified: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """What a ruleset asks of a rule's finding beyond its outcome.

    faults: each failing record is looked at; ranged: its deduction is discretionary; metered: it deducts by
    quantity; counted: the records that pass bring points. each: the rule ranges over records.
    """

    each: bool = False
    faults: bool = False
    ranged: bool = False
    metered: bool = False
    counted: bool = False
    rubric: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """A rule that applies: whether it failed, how many times (None: without limit), what share was met.

    faults: the failing records, where a ruleset looks at each. passing: how many records pass (None:
    without limit). population: how many records it was
    decided on, or there are. partly_seen: there may be more records.
    lenient: a discretionary deduction takes the lower end. award, level: what a person set.
    """

    failed: bool
    times: int | None
    share: Fraction
    faults: tuple[Fault, ...] = ()
    passing: int | None = 0
    population: int | None = None
    partly_seen: bool = False
    lenient: bool = False
    award: Fraction | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """worst and best are None where the rule certainly does not apply."""

    worst: Ending | None
    best: Ending | None
    may_not_apply: bool = False
    broken: bool = False

    @property
    def undecided(self) -> bool:
        return self.may_not_apply or self.worst != self.best

    @property
    def spotless(self) -> bool:
        """Whether nothing can be gained by settling it: it passes whole, or does not apply."""
        if self.worst is None or self.undecided:
            return not self.undecided
        return not self.worst.failed and self.worst.share == 1

    def ending(self, direction: Direction) -> Ending | None:
        return self.worst if direction == "worst" else self.best

    def endings(self, direction: Direction) -> tuple[Ending | None, ...]:
        """The endings among which the extreme in one direction lies."""
        ending = self.ending(direction)
        return (ending, None) if self.may_not_apply else (ending,)

    def fails(self, direction: Direction) -> bool:
        ending = self.ending(direction)
        return ending is not None and ending.failed

    def opens(self, direction: Direction) -> bool:
        """Whether what is there only where the rule passes is there: certainly (best), possibly (worst)."""
        if direction == "worst":
            return self.best is not None and not self.best.failed
        return self.worst is not None and not self.worst.failed and not self.may_not_apply

    def passed(self) -> "Standing":
        """Where it stood if every record passed."""
        if self.best is None or self.worst is None:
            return PASSED
        known, passing = self.worst, self.best.passing
        if passing is not None and self.best.times:
            passing += self.best.times
        ending = replace(PASSED_ENDING, passing=passing, population=known.population)
        return Standing(ending, ending)


Vetoes = Mapping[str, tuple[str, ...]]
"""Rules that veto, each with the gates it stands behind."""


def fires(vetoes: Vetoes, standings: Mapping[str, Standing], direction: Direction) -> bool:
    """Whether any veto fires, certainly (best) or possibly (worst). In a part that is not there none does."""
    return any(
        standings[rule].fails(direction) and all(standings[gate].opens(direction) for gate in gates)
        for rule, gates in vetoes.items()
    )


PASSED_ENDING = Ending(False, 0, Fraction(1))
PASSED = Standing(PASSED_ENDING, PASSED_ENDING)
NOT_APPLICABLE = Standing(None, None)


def standing(finding: Finding, facets: Facets = Facets()) -> Standing:  # noqa: B008 - frozen
    """Outcomes pass, fail and not_applicable are certain; unknown, pending and error may fall either way.

    A rule whose `when` could not be decided (unknown, with a reason, nothing checked) may also turn out
    not to apply, and so may one the engine failed on; of a rule that ranges over records, any number may
    then fail. What a person set (an award, a level) decides.
    """
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if finding.outcome is not Outcome.ERROR and (set_by_person := _set_by_person(finding, facets)):
        return Standing(set_by_person, set_by_person)
    if finding.outcome is Outcome.PASS:
        passing = finding.checked if facets.counted else 0
        ending = replace(PASSED_ENDING, passing=passing, population=finding.checked or finding.population)
        return Standing(ending, ending)
    broken = finding.outcome is Outcome.ERROR
    when_open = finding.outcome is Outcome.UNKNOWN and finding.reason is not None and finding.checked == 0
    open_ended = finding.open_ended or broken or (when_open and facets.each)
    worst, best = _worst(finding, facets, open_ended), _best(finding, facets, open_ended)
    return Standing(worst, best, broken or when_open, broken)


def _set_by_person(finding: Finding, facets: Facets) -> Ending | None:
    for level in facets.rubric:
        if level.id == finding.level:
            return Ending(level.earns < 1, 1 if level.earns < 1 else 0, Fraction(level.earns), level=level.id)
    if facets.ranged and finding.award is not None and finding.outcome is not Outcome.PASS:
        award = Fraction(finding.award)
        return Ending(award > 0, 1 if award else 0, Fraction(0 if award else 1), award=award)
    return None


def _worst(finding: Finding, facets: Facets, open_ended: bool) -> Ending:
    failing = _occurrences(finding, _FAILED + _UNDECIDED) if finding.checked else []
    certain, undecided = _certain_failures(finding), finding.count(Outcome.UNKNOWN)
    undecided += finding.count(Outcome.PENDING) + finding.count(Outcome.ERROR)
    times = max(certain + undecided, 1)
    return Ending(
        True,
        None if open_ended else times,
        Fraction(finding.share[0]) if finding.share else Fraction(0),
        faults=_faults(failing, times, facets, "worst"),
        passing=max(finding.checked - times, 0) if facets.counted else 0,
        population=finding.checked or finding.population,
        partly_seen=open_ended,
    )


def _best(finding: Finding, facets: Facets, open_ended: bool) -> Ending:
    times = _certain_failures(finding)
    passing = max(finding.checked - times, 0) if facets.counted else 0
    otherwise = Fraction(1 if times == 0 else 0)
    return Ending(
        times > 0,
        times,
        Fraction(finding.share[1]) if finding.share else otherwise,
        faults=_faults(_occurrences(finding, _FAILED), times, facets, "best"),
        passing=None if facets.counted and open_ended else passing,
        population=finding.checked or finding.population,
        partly_seen=open_ended,
        lenient=facets.ranged,
    )


def _occurrences(finding: Finding, outcomes: Sequence[Outcome]) -> list[Occurrence]:
    return [o for o in finding.occurrences if o.outcome in outcomes]


def _certain_failures(finding: Finding) -> int:
    listed = finding.count(Outcome.FAIL) + finding.count(Outcome.PARTIAL)
    return listed if finding.outcome in _UNDECIDED else max(listed, 1)


def _faults(
    failing: Iterable[Occurrence], times: int, facets: Facets, direction: Direction
) -> tuple[Fault, ...]:
    """The failing records, as the direction has what is not known of them. Of one not listed nothing is."""
    if not facets.faults:
        return ()
    listed = [_fault(occurrence, facets, direction) for occurrence in failing]
    worst = direction == "worst"
    unseen = Fault("", None if facets.metered and worst else 1, repeated=worst, rectified=not worst)
    return (*listed, *[unseen] * (times - len(listed)))


def _fault(occurrence: Occurrence, facets: Facets, direction: Direction) -> Fault:
    worst = direction == "worst"
    quantity = (occurrence.quantity or (None if worst else 1)) if facets.metered else 1
    if quantity is not None:
        quantity = max(quantity, 1)
    repeated, rectified = occurrence.repeated, occurrence.rectified
    return Fault(
        occurrence.key,
        quantity,
        worst if repeated is None else repeated,
        not worst if rectified is None else rectified,
    )


def settled(found: Standing, unknown: Literal["open", "costs", "left_out"]) -> Standing:
    """The standing once the ruleset's word on the undecided is applied; `open` leaves it as it is."""
    if unknown == "open" or not found.undecided or found.worst is None or found.best is None:
        return found
    if unknown == "costs":
        return replace(found, best=found.worst, may_not_apply=False)
    if not found.best.failed:
        if found.worst.passing:  # records that certainly pass count, where they are counted
            kept = replace(PASSED_ENDING, passing=found.worst.passing)
            return replace(found, worst=kept, best=kept, may_not_apply=False)
        return replace(NOT_APPLICABLE, broken=found.broken)
    # Certain failures stay; the undecided records are taken out of the share on both sides.
    decided = 1 - (found.best.share - found.worst.share)
    share = found.worst.share / decided if decided else Fraction(0)
    ending = replace(found.best, share=share, passing=found.worst.passing, partly_seen=False)
    return replace(found, worst=ending, best=ending, may_not_apply=False)
