"""What a rule and a ruleset say, once checked. Nothing here knows YAML or CEL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from checker.bilingual import Bilingual
from checker.location import Location

Grade = Literal["law", "national", "local", "practice", "proposed", "unconfirmed"]
ArgumentKind = Literal[
    "collection", "member", "field", "fields", "prose", "previous", "terms", "claim", "words", "sibling"
]
"""What a measure's argument names: collection = a set of records; member = collection.field;
field = a field or an earlier measure in scope; fields = a list of those; sibling = another field of the
collection the first argument is a member of; prose = a prose field; previous = the same field of the
same record last year; terms = a mapping of term to its correct form or a list; claim = a claims.* collection;
words = one word out of a closed set."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument a measure takes."""

    name: str
    kind: ArgumentKind
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """What a measure takes and yields. The first parameter carries the measure's own name in YAML.

    returns is a field type of checker.facts; None means: the type of the member or field it is given.
    filters: whether `where` may narrow its collection, and `match` join it to the record at hand.
    types: field types its first argument may have; empty for any. grows: further records can only make it
    greater.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: str | None
    label: Bilingual
    filters: bool = False
    types: tuple[str, ...] = ()
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text, its place in the YAML and the fields it reads, in order of first use.

    compiled belongs to checker.expression and is opaque to everyone else.
    """

    source: str
    place: Location
    reads: tuple[str, ...]
    compiled: Any = field(compare=False, repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Measure:
    """One named value a rule computes before it asserts. arguments are as written, by parameter name.

    match: pairs of a field of the record at hand and the field of the collection that must equal it;
    empty where the collection is taken whole. label says in words what it computes, of what and where.
    """

    name: str
    signature: Signature
    arguments: Mapping[str, Any]
    returns: str
    where: Expression | None = None
    label: Bilingual | None = None
    match: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleParameter:
    """A value of a rule that a ruleset may set: a number of days, a share, a date.

    type is a field type of checker.facts; value is what the ruleset set, or the rule's own.
    """

    name: str
    type: Literal["number", "date"]
    label: Bilingual
    value: int | date


@dataclass(frozen=True, slots=True)
class Basis:
    """The clause a rule rests on."""

    document: str
    clause: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Ratio:
    """How far a rule is met: part of whole, two numbers in scope of its assertion.

    A rule over records has the mean of their ratios. A whole of 0 has no ratio: the record does not apply.
    More than the whole is unknown, unless the whole is a parameter: a target may be exceeded. There is
    nothing else such a rule asserts: it passes where the ratio is 1, and only there.
    """

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold and why. No points.

    each is the collection it ranges over, or None for the report as a whole.
    question: what only a person can judge; the assertion then never holds, and the rule stays `pending`.
    degree "share": a rule over records that fails for some is `partial`, by the share that passes.
    quantity: the number in scope that says by how much a failing record is at fault (days, items).
    rectified, repeated: asked of failing records only: was it put right in time, has it happened before.
    sha256 is the digest of the file the rule was read from.
    """

    id: str
    title: Bilingual
    why: Bilingual
    basis: tuple[Basis, ...]
    message: Bilingual
    remedy: Bilingual
    assertion: Expression
    when: Expression | None = None
    each: str | None = None
    where: Expression | None = None
    measures: tuple[Measure, ...] = ()
    parameters: tuple[RuleParameter, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    degree: Literal["all", "share"] | Ratio = "all"
    judgement: bool = False
    question: Bilingual | None = None
    quantity: str | None = None
    rectified: Expression | None = None
    repeated: Expression | None = None
    examples: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    place: Location | None = None
    sha256: str = ""


Treatment = Literal["rescale", "spread", "drop", "grant"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a banded scale: from this share on, so much of the points, both exact from 0 to 1."""

    at_least: Decimal
    earns: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """What share of its points a rule earns for the share it is met to, exact decimals from 0 to 1.

    Linear from zero_at to full_at; where there are steps, the highest one reached counts, and none earns 0.
    """

    full_at: Decimal = Decimal(1)
    zero_at: Decimal = Decimal(0)
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a rubric, and the share of the points it earns."""

    id: str
    title: Bilingual
    earns: Decimal


@dataclass(frozen=True, slots=True)
class Limit:
    """What failing a precondition leaves of an indicator: its marks `times` a share, and `at_most` a share
    of its points."""

    times: Decimal = Decimal(1)
    at_most: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Use:
    """How a ruleset draws on one rule. Exactly one of points, deduct, veto, limit and warning is set.

    rule is the id of the rule; where the ruleset uses a rule more than once under other settings,
    `id#name` as the ruleset names this use, and Ruleset.rules has it under that id.
    points without scale or rubric: all or nothing.
    deduct is per `per` ("rule": once; "occurrence": each failing record; "quantity": each unit of the
    rule's quantity), and per `every` of those, begun ones counted if `begun`; at most `cap` in all.
    deduct_to: the upper end of a discretionary range deduct..deduct_to; a person sets the amount.
    restores: the share of its deduction that a record put right in time gives back.
    repeats: how many times over a repeated fault counts.
    group: the group of uses of which a fault is charged once only.
    warning: reported, and never costs.
    settings: values for parameters of the rule.
    firm: whoever extends the ruleset may not relax it. unconfirmed: the figures here were not confirmed
    from the source.
    """

    rule: str
    place: Location
    points: Decimal | None = None
    scale: Scale | None = None
    rubric: tuple[Level, ...] = ()
    deduct: Decimal | None = None
    deduct_to: Decimal | None = None
    per: Literal["rule", "occurrence", "quantity"] = "rule"
    every: int = 1
    begun: bool = False
    cap: Decimal | None = None
    restores: Decimal = Decimal(0)
    repeats: Decimal = Decimal(1)
    group: str | None = None
    veto: bool = False
    limit: Limit | None = None
    warning: bool = False
    settings: Mapping[str, int | date] = field(default_factory=dict)
    firm: bool = False
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Uses of one indicator of which a fault is charged once only, at the dearest.

    per "rule": only the dearest failing use is charged. per "record": each record once, at the dearest of
    the uses it fails. cap: the most the group takes.
    """

    id: str
    per: Literal["rule", "record"]
    place: Location
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points on top, at most `cap`, counted only where the marks before are strictly above `opens_above`,
    or reach `opens_at`.

    A use gives its points where its rule passes; per "occurrence": for every record that passes.
    """

    cap: Decimal
    place: Location
    uses: tuple[Use, ...]
    opens_above: Decimal | None = None
    opens_at: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """What a veto does to the score. `points` is the forced or capping score."""

    scoring: Literal["stop", "continue", "force", "cap"]
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node of the tree: its points are those of its uses and children, or stated and deducted from.

    out_of: the full marks inside, where they are another scale than `points`; its marks are then scaled.
    cap: the most that can be lost here. floor: what must be reached here for the whole to qualify.
    veto: vetoes inside do this to the indicator (in marks of its inside), and disqualify no more than it.
    not_applicable: treated so inside, and not by the whole. bonus: in marks of its inside.
    objects: every record its uses range over is marked alone, from `out_of` or the points down, and the
    indicator earns the share that passes without a fault, the mean, or the worst of them.
    only_if: a rule without which the indicator does not apply; where it fails or does not apply, nor does
    the indicator. source: where its points come from. sheet: what else stands in the row of the bureau's own
    sheet, by column. firm, unconfirmed: as for a use.
    """

    id: str
    title: Bilingual
    points: Decimal
    place: Location
    uses: tuple[Use, ...] = ()
    indicators: tuple["Indicator", ...] = ()
    floor: Decimal | None = None
    out_of: Decimal | None = None
    cap: Decimal | None = None
    veto: Veto | None = None
    not_applicable: Treatment | None = None
    bonus: Bonus | None = None
    objects: Literal["pass_rate", "mean", "worst"] | None = None
    only_if: str | None = None
    source: Bilingual | None = None
    sheet: Mapping[str, str] = field(default_factory=dict)
    firm: bool = False
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A named grade of the score, inclusive from `at_least`."""

    name: Bilingual
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two rulesets: of the whole, an indicator, the use of a rule, or a rule itself.

    id: which one, empty for the whole. key: what of it changed, as the file calls it; empty where it was
    added (before is None) or removed (after is None). place: where it stands in the newer one, None where
    it is gone.
    """

    what: Literal["ruleset", "indicator", "use", "rule"]
    id: str
    key: str
    before: str | None
    after: str | None
    place: Location | None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A scoring scheme: an indicator tree over rules, with its marks, bands and treatments.

    kinds: kinds of units it is for; none named: all. uses: deductions from the whole, and preconditions of
    it. places: decimals shown, rounded half up; no mark is ever rounded before. source: where it is from.
    firm: keys of the file that whoever extends it may not change. parent, changes: what it extends, and
    every difference from it. sheet: what else stands in the bureau's own sheet.
    """

    id: str
    title: Bilingual
    version: str
    sha256: str
    full_marks: Decimal
    pass_mark: Decimal
    bands: tuple[Band, ...]
    veto: Veto
    unknown: Literal["open", "costs", "left_out"]
    not_applicable: Treatment
    indicators: tuple[Indicator, ...]
    rules: Mapping[str, Rule]
    years: tuple[int | None, int | None] = (None, None)
    kinds: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    bonus: Bonus | None = None
    groups: tuple[Group, ...] = ()
    places: int = 2
    source: Bilingual | None = None
    sheet: Mapping[str, Any] = field(default_factory=dict)
    firm: tuple[str, ...] = ()
    parent: str | None = None
    changes: tuple[Change, ...] = ()
