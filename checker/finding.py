"""One rule applied to one submission."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from checker.bilingual import Bilingual
from checker.location import Location


class Outcome(StrEnum):
    """Closed. Nothing matched, nothing read or anything broken is never `pass`."""

    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    PENDING = "pending"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Operand:
    """One field an expression read: its name, its label, the kind and text of what was there, and where.

    note says why it could not be used, if it could not.
    """

    name: str
    label: Bilingual
    kind: str
    text: str
    locations: tuple[Location, ...] = ()
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One record a rule was decided on (or the whole report): outcome, sentence, operands and places.

    quantity: by how much it is at fault, where the rule says how that is measured; None: not known.
    rectified, repeated: whether it was put right in time, has happened before; None: not known.
    """

    key: str
    outcome: Outcome
    message: Bilingual
    operands: tuple[Operand, ...] = ()
    locations: tuple[Location, ...] = ()
    quantity: int | None = None
    rectified: bool | None = False
    repeated: bool | None = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule on one submission.

    occurrences holds what did not pass; checked counts all records the rule was decided on.
    open_ended: it is unknown how many records there would have been (the table could not be read).
    share: the exact share that passes, from worst to best, for rules whose degree is `share`.
    reason: why it does not apply, could not be decided, or broke.
    population: how many records there are to range over, before `where`; None: not known, or the report.
    award: the points a person took off within a discretionary range; level: the level of a rubric a person
    chose. Only decisions set them.
    """

    rule: str
    outcome: Outcome
    checked: int = 0
    occurrences: tuple[Occurrence, ...] = ()
    open_ended: bool = False
    reason: Bilingual | None = None
    share: tuple[Fraction, Fraction] | None = None
    population: int | None = None
    award: Decimal | None = None
    level: str | None = None

    def count(self, outcome: Outcome) -> int:
        """How many of its occurrences had this outcome."""
        return sum(1 for o in self.occurrences if o.outcome is outcome)


def without_passes(finding: Finding) -> Finding:
    """The finding as it goes on record: what passed is counted, not listed."""
    kept = tuple(o for o in finding.occurrences if o.outcome is not Outcome.PASS)
    return finding if len(kept) == len(finding.occurrences) else replace(finding, occurrences=kept)
