"""What people decided, and what became of it: frozen, doing nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from checker.bilingual import Bilingual
from checker.finding import Outcome
from checker.location import Location
from checker.ruleset import Indicator, Ruleset, Use

NAME = "decisions.yaml"
Action = Literal["settle", "level", "deduct", "override", "waive"]
ACTIONS: tuple[Action, ...] = ("settle", "level", "deduct", "override", "waive")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a person on a rule, or on one record of it.

    rule: its id, `id#use` for a second use. record: the occurrence's key; None for the whole rule.
    measured: the digest (checker.decisions.measured) of what it was decided on.
    Of settle, level, deduct, override and waive exactly one is set: settle answers what the engine left open,
    level picks one of a rubric, deduct is an amount within a discretionary range, override corrects a
    finding, waive lets it stand without costing, until and including `expires`.
    evidence: ids of the manifest, or files of the submission folder.
    """

    rule: str
    measured: str
    by: str
    role: str
    on: date
    why: str
    evidence: tuple[str, ...]
    place: Location
    record: str | None = None
    settle: Outcome | None = None
    level: str | None = None
    deduct: Decimal | None = None
    override: Outcome | None = None
    waive: bool = False
    expires: date | None = None

    @property
    def action(self) -> Action:
        if self.waive:
            return "waive"
        return next(action for action in ACTIONS if getattr(self, action) is not None)


@dataclass(frozen=True, slots=True)
class Decisions:
    """A decisions file as written. unfilled: forms in it that nobody has filled in. sha256: of its bytes."""

    file: str
    sha256: str
    made: tuple[Decision, ...]
    unfilled: int = 0


class State(StrEnum):
    """What became of a decision. Closed. Only what is in force changes the score."""

    IN_FORCE = "in_force"
    REOPENED = "reopened"
    """What was measured, the rule or the evidence is no longer what it was decided on."""
    EXPIRED = "expired"
    UNDATED = "undated"
    """Neither the date of the assessment nor that of the report is known to judge its expiry by."""
    MOOT = "moot"
    """The finding is what the decision would make of it, or is no longer there."""
    UNUSED = "unused"
    """There is nothing it could apply to."""
    LEFT_OUT = "left_out"
    """A waiver that would be in force, where waivers were asked to be left out."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision and what became of it.

    reason: why it is not in force. before: the outcome as the engine found it, None where there is nothing it
    speaks of; message: what the engine said there. key: the record it applies to now, whose number may have
    changed. now: the digest of what is measured now, where that is not what it was decided on. found: the
    outcome of the whole rule as the engine found it. level: what the level chosen is called.
    """

    decision: Decision
    state: State
    reason: Bilingual | None = None
    before: Outcome | None = None
    message: Bilingual | None = None
    key: str | None = None
    now: str | None = None
    found: Outcome | None = None
    level: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decisions file and what became of all that is in it, in its order. day: waivers were judged by it."""

    file: str
    sha256: str
    rulings: tuple[Ruling, ...]
    unfilled: int
    day: date | None


def uses(ruleset: Ruleset) -> dict[str, Use]:
    """Every use of a rule in the ruleset, by its id, those of bonuses last."""
    found: dict[str, Use] = {}
    for use in (*ruleset.uses, *_within(ruleset.indicators), *bonus_uses(ruleset)):
        found.setdefault(use.rule, use)
    return found


def bonus_uses(ruleset: Ruleset) -> tuple[Use, ...]:
    """The uses that only add."""
    bonuses = [ruleset.bonus, *(i.bonus for i in _indicators(ruleset.indicators))]
    return tuple(use for bonus in bonuses if bonus is not None for use in bonus.uses)


def _within(indicators: tuple[Indicator, ...]) -> Iterator[Use]:
    return (use for indicator in _indicators(indicators) for use in indicator.uses)


def _indicators(indicators: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for indicator in indicators:
        yield indicator
        yield from _indicators(indicator.indicators)
