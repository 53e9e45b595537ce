"""What scoring hands on. Every mark is an exact Fraction; nothing here is rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from checker.bilingual import Bilingual
from checker.ruleset import Band

FloorState = Literal["none", "met", "missed", "open"]
VetoState = Literal["none", "fired", "open"]
GateState = Literal["open", "closed", "undecided"]
Role = Literal["points", "deduct", "veto", "limit", "bonus", "warning"]


class Verdict(StrEnum):
    """Closed. `open`: what is undecided could still turn it; `not_assessable`: the engine failed on a rule,
    or no rule of the ruleset applies."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    OPEN = "open"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the score stands.

    worst and best are the true minimum and maximum over every way the undecided can fall.
    earned counts the undecided as the ruleset's `unknown` says: open → as in worst; costs → as failing;
    left_out → as not applicable. bands: every band still possible, lowest first.
    """

    worst: Fraction
    best: Fraction
    earned: Fraction
    verdict: Verdict
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class BonusScore:
    """What a bonus adds, from worst to best, on the scale it is stated in. gate: whether the marks before
    it are above `opens_above`, or reach `opens_at`."""

    cap: Decimal
    opens_above: Decimal | None
    opens_at: Decimal | None
    gate: GateState
    worst: Fraction
    best: Fraction


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One node of the tree, on the scale of its own points: its marks as a share of what applies in it.

    worst and best are None where nothing in it applies. A bonus inside may lift them above the points.
    """

    id: str
    title: Bilingual
    points: Decimal
    worst: Fraction | None
    best: Fraction | None
    floor: Decimal | None
    floor_state: FloorState
    rules: tuple[str, ...]
    indicators: tuple["IndicatorScore", ...]
    bonus: BonusScore | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What one rule is worth in the ruleset, before any treatment of what does not apply.

    full is the most it can give or cost, worst and best are what is left of it. full is 0 for a rule
    that is only a veto, a precondition or a warning. indicator is the first that uses it, empty for the
    whole. roles: what the ruleset uses it for.
    """

    indicator: str
    full: Fraction
    worst: Fraction
    best: Fraction
    veto: VetoState
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step down from full marks: what the rule takes and what is left after it.

    certain: a fault that stands; otherwise what the undecided is counted as. One rule may have both.
    """

    rule: str
    certain: bool
    lost: Fraction
    left: Fraction


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What settling one rule as passed would bring.

    gain: exact rise of the worst score. alone: where the score then stands.
    together: where it stands once this and every rule before it in the list are settled.
    """

    rule: str
    gain: Fraction
    veto: VetoState
    alone: Outlook
    together: Outlook


@dataclass(frozen=True, slots=True)
class Freed:
    """Points of one indicator that do not apply, and the rules they hang on (points 0: nothing is freed)."""

    indicator: str
    rules: tuple[str, ...]
    points: Fraction


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the treatment of the not-applicable did.

    factor is full / remaining marks, for `rescale` only. effect is the points it adds to the score
    (before any veto, the undecided counted as costing unless left out).
    """

    treatment: str
    freed: tuple[Freed, ...]
    points: Fraction
    factor: Fraction | None
    effect: Fraction


@dataclass(frozen=True, slots=True)
class Charged:
    """A fault that costs nothing here because another rule of its group has taken it.

    key: the record, or None where the whole rule gave way. by: the rule that is charged.
    """

    rule: str
    key: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of scoring: where the score stands, why, and what would change it."""

    full: Decimal
    pass_mark: Decimal
    unknown: Literal["open", "costs", "left_out"]
    outlook: Outlook
    vetoed: VetoState
    indicators: tuple[IndicatorScore, ...]
    marks: Mapping[str, Marks]
    waterfall: tuple[Step, ...]
    what_if: tuple[WhatIf, ...]
    adjustment: Adjustment
    bonus: BonusScore | None = None
    charged_elsewhere: tuple[Charged, ...] = ()

    @property
    def worst(self) -> Fraction:
        return self.outlook.worst

    @property
    def best(self) -> Fraction:
        return self.outlook.best

    @property
    def earned(self) -> Fraction:
        return self.outlook.earned

    @property
    def verdict(self) -> Verdict:
        return self.outlook.verdict
