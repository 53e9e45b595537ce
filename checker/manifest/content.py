"""What a manifest says, and what became of it: frozen, doing nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.ledger import Ledger, LedgerKind
from checker.location import Location

NAME = "manifest.yaml"
ATTACHMENT = "attachment"
"""The kind of evidence that is no ledger: screenshots, documents."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Who reports. kind: government, department, township, zone, vertical; level: national … township.

    services: whether it offers services to the public; None where the manifest does not say.
    """

    name: str
    kind: str | None = None
    level: str | None = None
    region: str | None = None
    services: bool | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From one day up to and including another."""

    first: date
    last: date

    def outside(self, year: int) -> bool:
        """Whether no day of it is in this year."""
        return self.last.year < year or self.first.year > year


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """What the manifest says of the report. file is None where the folder's own report file is meant."""

    file: str | None = None
    sha256: str | None = None
    submitted_on: date | None = None
    published_on: date | None = None
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence. kind: a kind of ledger, or `attachment`. sha256 in lower case.

    columns: from a column of the kind to the header it has in this file. complete: False where the file
    is only a part of the ledger. place: the item's first line in the manifest.
    """

    id: str
    kind: str
    file: str
    sha256: str
    covers: Period | None = None
    obtained_on: date | None = None
    custodian: str | None = None
    note: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str] | None = None
    complete: bool = True
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as written. sha256: of its own bytes. previous: a name inside the folder."""

    unit: Unit
    year: int
    report: ReportEntry
    evidence: tuple[EvidenceItem, ...]
    previous: str | None
    sha256: str


class State(StrEnum):
    """Closed. Only what is verified is used."""

    VERIFIED = "verified"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    """It is there and cannot be read, or is larger than any evidence."""
    UNEXPECTED = "unexpected"
    """It is in the folder and in no item."""
    NOT_VOUCHED = "not_vouched"
    """The report, where the manifest gives no digest of it."""


@dataclass(frozen=True, slots=True)
class EvidenceStatus:
    """What became of one item; item is None for the report and for a file no item names.

    sha256: of the bytes found, None where none were read. reason: why it is not used, None if it is; what
    is verified may have one too (it says nothing of the year, or what another item says already).
    """

    state: State
    file: str
    item: EvidenceItem | None = None
    sha256: str | None = None
    reason: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Fixity:
    """Whether the files are those the manifest vouches for.

    evidence: the items in the manifest's order, then what is in no item, by name. notices: what is no
    fault and yet to be known.
    """

    report: EvidenceStatus
    evidence: tuple[EvidenceStatus, ...]
    notices: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One item of evidence as far as it could be used.

    ledger: None for an attachment, for what is not used, and for a file its kind cannot read, whose
    problems say why. kind: None for what is no ledger.
    """

    status: EvidenceStatus
    ledger: Ledger | None = None
    problems: tuple[Problem, ...] = ()
    kind: LedgerKind | None = None

    @property
    def in_order(self) -> bool:
        """Whether it is the file vouched for and, if a ledger, fits its kind in every value."""
        faults = self.ledger.fault_count if self.ledger else 0
        return self.status.state is State.VERIFIED and not self.problems and not faults


@dataclass(frozen=True, slots=True)
class Evidence:
    """All evidence of one submission, checked and read; exhibits in the order of fixity.evidence.

    problems: why the evidence and the report cannot be used together.
    """

    manifest: Manifest
    fixity: Fixity
    exhibits: tuple[Exhibit, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def in_order(self) -> bool:
        """Whether every file is the one vouched for, every ledger fits its kind and all fits the report."""
        report = self.fixity.report.state in (State.VERIFIED, State.NOT_VOUCHED) and not self.problems
        return report and all(exhibit.in_order for exhibit in self.exhibits)
