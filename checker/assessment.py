"""The record of one assessment: what was handed in, by which ruleset it was judged, and what came of it.

Marks stay exact Fractions here; how they are written is for the renderers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checker.bilingual import Bilingual
from checker.claims import Claim
from checker.decisions import Decided, Ruling, State
from checker.document import Provenance
from checker.errors import Problem
from checker.finding import Finding, Occurrence, Outcome
from checker.ruleset import Basis, Change, Ruleset
from checker.scoring import Marks, Score, Verdict


@dataclass(frozen=True, slots=True)
class Engine:
    """What did the judging."""

    name: str
    version: str


ENGINE = Engine("checker", "0.1.0")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was handed in: its name as given and the SHA-256 of its bytes, in hexadecimal."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RulesetReference:
    """Which ruleset, to the byte. parent, changes: what it extends and every difference from it. places: the
    decimals it shows."""

    id: str
    version: str
    sha256: str
    title: Bilingual
    parent: str | None = None
    changes: tuple[Change, ...] = ()
    places: int = 2


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One file of evidence and what became of it.

    id, kind and title are None for a file the manifest does not name. reason: why it could not be used,
    which what is verified may have too. rows and the faults of cells are those of a ledger that was read;
    used: whether it could be used and a rule of the ruleset reads its kind. left_out: rows that are no
    records.
    """

    id: str | None
    kind: str | None
    title: Bilingual | None
    file: str
    sha256: str | None
    status: str
    reason: Bilingual | None
    rows: int | None
    fault_count: int
    faults: tuple[Problem, ...]
    used: bool
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A kind of evidence of which nothing usable was given, and the rules that need it."""

    kind: str
    title: Bilingual
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """All evidence handed in, what is to be known of it, and what is lacking."""

    manifest: InputFile
    entries: tuple[EvidenceEntry, ...]
    notices: tuple[Problem, ...]
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """Whose report, for which year; None where the report does not say.

    report, previous: what was read, this year's and last year's, and how. evidence: None without a manifest.
    decisions: the file of people's decisions, None where there is none.
    """

    unit: str | None
    year: int | None
    report: Provenance
    previous: Provenance | None = None
    evidence: EvidenceList | None = None
    decisions: InputFile | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One finding with the words of its rule and what it is worth.

    message: the reason if there is one, else the sentence of the first record that ended as the rule did,
    else of the first there is, else the rule's title. marks is None for a rule the tree does not use.
    rulings: the decisions in force on it; what is waived stands as it was found.
    """

    rule: str
    outcome: Outcome
    title: Bilingual
    message: Bilingual
    remedy: Bilingual
    basis: tuple[Basis, ...]
    marks: Marks | None
    checked: int
    open_ended: bool
    reason: Bilingual | None
    occurrences: tuple[Occurrence, ...]
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything printed is a projection of this.

    findings stand in the order of the indicator tree, rules outside it last. counts has every outcome.
    as_of is the date the caller gave; no clock is read. claims: the figures of the prose that evidence was
    looked for. score is that with people's decisions, raw that without; raw and decided are None where
    there is no file of decisions.
    """

    engine: Engine
    ruleset: RulesetReference
    submission: Submission
    as_of: date | None
    score: Score
    counts: Mapping[Outcome, int]
    findings: tuple[Judgement, ...]
    claims: tuple[Claim, ...] = ()
    raw: Score | None = None
    decided: Decided | None = None

    @property
    def verdict(self) -> Verdict:
        return self.score.verdict


def build(
    score: Score,
    findings: Sequence[Finding],
    ruleset: Ruleset,
    *,
    report: Provenance,
    unit: str | None,
    year: int | None,
    previous: Provenance | None = None,
    evidence: EvidenceList | None = None,
    claims: tuple[Claim, ...] = (),
    as_of: date | None = None,
    raw: Score | None = None,
    decided: Decided | None = None,
) -> Assessment:
    """Put the record together. Raises KeyError for a finding whose rule the ruleset does not have."""
    force: dict[str, list[Ruling]] = {}
    for ruling in decided.rulings if decided else ():
        if ruling.state is State.IN_FORCE:
            force.setdefault(ruling.decision.rule, []).append(ruling)
    places = {rule: place for place, rule in enumerate(score.marks)}
    ordered = sorted(findings, key=lambda finding: (places.get(finding.rule, len(places)), finding.rule))
    return Assessment(
        engine=ENGINE,
        ruleset=reference(ruleset),
        submission=Submission(
            unit,
            year,
            report,
            previous,
            evidence,
            InputFile(decided.file, decided.sha256) if decided else None,
        ),
        as_of=as_of,
        score=score,
        counts={outcome: sum(1 for f in findings if f.outcome is outcome) for outcome in Outcome},
        findings=tuple(_judgement(f, score, ruleset, tuple(force.get(f.rule, ()))) for f in ordered),
        claims=claims,
        raw=raw,
        decided=decided,
    )


def reference(ruleset: Ruleset) -> RulesetReference:
    """What identifies a ruleset on record."""
    return RulesetReference(
        ruleset.id,
        ruleset.version,
        ruleset.sha256,
        ruleset.title,
        ruleset.parent,
        ruleset.changes,
        ruleset.places,
    )


def _judgement(finding: Finding, score: Score, ruleset: Ruleset, rulings: tuple[Ruling, ...]) -> Judgement:
    rule = ruleset.rules[finding.rule]
    return Judgement(
        rule=rule.id,
        outcome=finding.outcome,
        title=rule.title,
        message=_message(finding) or rule.title,
        remedy=rule.remedy,
        basis=rule.basis,
        marks=score.marks.get(rule.id),
        checked=finding.checked,
        open_ended=finding.open_ended,
        reason=finding.reason,
        occurrences=finding.occurrences,
        rulings=rulings,
    )


def _message(finding: Finding) -> Bilingual | None:
    if finding.reason is not None:
        return finding.reason
    telling = Outcome.FAIL if finding.outcome is Outcome.PARTIAL else finding.outcome
    first = [o for o in finding.occurrences if o.outcome is telling]
    return next((o.message for o in (*first, *finding.occurrences)), None)
