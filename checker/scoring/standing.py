"""How one finding can end: the worst way, the best way, and whether it may turn out not to apply."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from checker.finding import Finding, Outcome

Direction = Literal["worst", "best"]

_UNDECIDED = (Outcome.UNKNOWN, Outcome.PENDING, Outcome.ERROR)


@dataclass(frozen=True, slots=True)
class Ending:
    """A rule that applies: whether it failed, how many times (None: without limit), what share passed."""

    failed: bool
    times: int | None
    share: Fraction


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

    def endings(self, direction: Direction) -> tuple[Ending | None, ...]:
        """The endings among which the extreme in one direction lies."""
        ending = self.worst if direction == "worst" else self.best
        return (ending, None) if self.may_not_apply else (ending,)

    def fails(self, direction: Direction) -> bool:
        ending = self.worst if direction == "worst" else self.best
        return ending is not None and ending.failed


PASSED_ENDING = Ending(False, 0, Fraction(1))
PASSED = Standing(PASSED_ENDING, PASSED_ENDING)
NOT_APPLICABLE = Standing(None, None)


def standing(finding: Finding, each: bool = False) -> Standing:
    """Outcomes pass, fail and not_applicable are certain; unknown, pending and error may fall either way.

    A rule whose `when` could not be decided (unknown, with a reason, nothing checked) may also turn out
    not to apply, and so may one the engine failed on. each: the rule ranges over records, so that, with
    nothing checked, any number of them may fail.
    """
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if finding.outcome is Outcome.PASS:
        return PASSED
    broken = finding.outcome is Outcome.ERROR
    when_open = finding.outcome is Outcome.UNKNOWN and finding.reason is not None and finding.checked == 0
    open_ended = finding.open_ended or broken or (when_open and each)
    return Standing(_worst(finding, open_ended), _best(finding), broken or when_open, broken)


def _certain_failures(finding: Finding) -> int:
    listed = finding.count(Outcome.FAIL) + finding.count(Outcome.PARTIAL)
    return listed if finding.outcome in _UNDECIDED else max(listed, 1)


def _worst(finding: Finding, open_ended: bool) -> Ending:
    undecided = sum(finding.count(outcome) for outcome in _UNDECIDED)
    times = None if open_ended else max(_certain_failures(finding) + undecided, 1)
    return Ending(True, times, Fraction(finding.share[0]) if finding.share else Fraction(0))


def _best(finding: Finding) -> Ending:
    times = _certain_failures(finding)
    otherwise = Fraction(1 if times == 0 else 0)
    return Ending(times > 0, times, Fraction(finding.share[1]) if finding.share else otherwise)


def settled(found: Standing, unknown: Literal["open", "costs", "left_out"]) -> Standing:
    """The standing once the ruleset's word on the undecided is applied; `open` leaves it as it is."""
    if unknown == "open" or not found.undecided or found.worst is None or found.best is None:
        return found
    if unknown == "costs":
        return replace(found, best=found.worst, may_not_apply=False)
    if not found.best.failed:
        return replace(NOT_APPLICABLE, broken=found.broken)
    # Certain failures stay; the undecided records are taken out of the share on both sides.
    decided = 1 - (found.best.share - found.worst.share)
    share = found.worst.share / decided if decided else Fraction(0)
    ending = Ending(True, found.best.times, share)
    return replace(found, worst=ending, best=ending, may_not_apply=False)
