"""Everything read before anything is judged: report, evidence, last year's report, ruleset."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from checker import ledgers, reading
from checker.bilingual import Bilingual
from checker.document import Document, Provenance
from checker.errors import InputError, Problem
from checker.facts import Facts, Kind
from checker.isolation import Pending
from checker.library import default_for, homes, ledger_kinds, load_ruleset, shipped
from checker.location import Location
from checker.manifest import NAME, Evidence, Manifest
from checker.ruleset import Ruleset
from checker.submission import Submission, open_submission, printable
from checker.verification import (
    Kinds,
    LedgerReader,
    listed,
    other_year,
    previous_in,
    read_evidence,
    supply,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A submission before a ruleset: everything read, nothing judged.

    path: as given. provenance, last_provenance: how the report and last year's were read.
    """

    path: Path
    ruleset: str | Path
    scheme: Ruleset
    submission: Submission
    facts: Facts
    evidence: Evidence | None
    last_year: Submission | None
    provenance: Provenance
    last_provenance: Provenance | None = None

    @property
    def kinds(self) -> Kinds:
        return ledger_kinds(homes(self.ruleset))

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every file handed in but the manifest, with its SHA-256; the report first."""
        found = [(s.file, s.sha256) for s in (self.submission, self.last_year) if s is not None]
        if self.evidence is not None:
            found += [(s.file, s.sha256) for s in self.evidence.fixity.evidence if s.sha256 is not None]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A report with its facts, those of its evidence and of last year's report among them; see Case."""

    submission: Submission
    facts: Facts
    evidence: Evidence | None
    provenance: Provenance
    last_year: Submission | None = None
    last_provenance: Provenance | None = None


def open_case(path: str | Path, ruleset: str | Path | None, previous: str | Path | None) -> Case:
    """Read everything. Raises InputError."""
    ruleset = ruleset or default_for(Path(path))
    with _begin(Path(path), ledger_kinds(homes(ruleset))) as begun:
        scheme = load_ruleset(ruleset)
        ours = begun.manifest is not None and str(ruleset) in shipped()
        found = _finish(begun, previous, _large() if ours else ledgers.read)
    _check_year(scheme, found.facts, found.submission.file)
    _check_kind(scheme, found.evidence)
    return Case(
        Path(path),
        ruleset,
        scheme,
        found.submission,
        found.facts,
        found.evidence,
        found.last_year,
        found.provenance,
        found.last_provenance,
    )


def _large() -> LedgerReader:
    from checker.large_ledgers import Store  # of use only where there are ledgers

    return Store().read


def read(path: str | Path, named: str | None = None) -> tuple[Submission, Document, Facts]:
    """Open a submission, read its report (the one `named`, where a folder's manifest does) and its facts."""
    submission = open_submission(Path(path), named)
    return submission, *reading.read(submission.data, submission.file)


def gather(
    path: str | Path, kinds: Kinds, previous: str | Path | None = None, reader: LedgerReader = ledgers.read
) -> Gathered:
    """The submission with the facts of its report, its evidence and last year's report. Raises InputError."""
    with _begin(Path(path), kinds) as begun:
        return _finish(begun, previous, reader)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A submission of which the report is being read."""

    path: Path
    kinds: Kinds
    manifest: Manifest | None
    submission: Submission
    report: Pending[tuple[Provenance, Facts]]


@contextmanager
def _begin(path: Path, kinds: Kinds) -> Iterator[_Begun]:
    """Have the report read while other things are done."""
    manifest = listed(path, kinds)
    submission = open_submission(path, manifest.report.file if manifest else None)
    with reading.start(submission.data, submission.file) as report:
        yield _Begun(path, kinds, manifest, submission, report)


def _finish(begun: _Begun, previous: str | Path | None, reader: LedgerReader) -> Gathered:
    how, facts = begun.report.result()
    submission, kinds = begun.submission, begun.kinds
    evidence = read_evidence(begun.path, begun.manifest, submission, kinds, reader)
    _check_same_year(facts, evidence)
    found = Gathered(submission, supply(facts, evidence, kinds), evidence, how)
    if previous is None and evidence is not None:
        previous = previous_in(begun.path, evidence.manifest)
    if previous is None:
        return found
    last_year, facts, last_provenance = with_previous(found.facts, previous, submission.file)
    return replace(found, facts=facts, last_year=last_year, last_provenance=last_provenance)


def with_previous(
    facts: Facts, path: str | Path, beside: str | None = None
) -> tuple[Submission, Facts, Provenance]:
    """Last year's report, the facts with its own beside them, and how it was read.

    beside: the name of this year's, from which it is told apart by its folder where it has the same.
    A report of any other year answers nothing: InputError.
    """
    submission = _told_apart(open_submission(Path(path)), Path(path), beside)
    with reading.start(submission.data, submission.file) as report:
        how, earlier = report.result()
    before, now = earlier.fields["report.year"], facts.fields["report.year"]
    if before.kind is Kind.NUMBER and now.kind is Kind.NUMBER and int(before.text) != int(now.text) - 1:
        message = Bilingual(
            f"{submission.file} 是 {before.text} 年度报告，不是 {now.text} 年度的上一年",
            f"{submission.file} reports on {before.text}, which is not the year before {now.text}",
        )
        raise InputError([Problem("not-last-year", message)])
    return submission, replace(facts, previous=earlier), how


def _told_apart(submission: Submission, path: Path, beside: str | None) -> Submission:
    if submission.file != beside:
        return submission
    whole = path.resolve()
    folder = whole if whole.is_dir() else whole.parent
    return replace(submission, file=printable(f"{folder.name}/{submission.file}"))


def _check_same_year(facts: Facts, evidence: Evidence | None) -> None:
    """Evidence of one year says nothing of another."""
    problem = other_year(evidence.manifest, facts) if evidence else None
    if problem is not None:
        raise InputError([problem])


def _check_year(scheme: Ruleset, facts: Facts, file: str) -> None:
    """A ruleset says nothing of years outside its own: that nothing applies there is no pass."""
    first, last = scheme.years
    year = facts.fields["report.year"]
    if year.kind is not Kind.NUMBER or (first or 0) <= int(year.text) <= (last or int(year.text)):
        return
    years = f"{first}–{last}" if last else f"{first}–"
    message = Bilingual(
        f"这是 {year.text} 年度报告，指标体系 {scheme.id} 只适用于 {years} 年度",
        f"this reports on {year.text}; the ruleset {scheme.id} applies to {years} only",
    )
    raise InputError(
        [Problem("year-not-covered", message, year.locations[0] if year.locations else Location(file))]
    )


def _check_kind(scheme: Ruleset, evidence: Evidence | None) -> None:
    """A ruleset for some kinds of units says nothing of others. Where no manifest says what kind it is, the
    ruleset that was named is taken."""
    kind = evidence.manifest.unit.kind if evidence else None
    if kind is None or not scheme.kinds or kind in scheme.kinds:
        return
    kinds = ", ".join(scheme.kinds)
    zh = f"清单写明单位类型是 {kind}，指标体系 {scheme.id} 只适用于 {kinds}"
    en = f"the manifest says the unit is a {kind}; the ruleset {scheme.id} applies to {kinds} only"
    raise InputError([Problem("kind-not-covered", Bilingual(zh, en), Location(NAME))])
