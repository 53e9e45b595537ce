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
class Rule:
    """What must hold and why. No points.

    each is the collection it ranges over, or None for the report as a whole.
    degree "share": a rule over records that fails for some is `partial`, by the share that passes.
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
    degree: Literal["all", "share"] = "all"
    judgement: bool = False
    examples: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    place: Location | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale over the share of a rule that passes, exact decimals from 0 to 1."""

    full_at: Decimal
    zero_at: Decimal


@dataclass(frozen=True, slots=True)
class Use:
    """How a ruleset draws on one rule: points of its own, a deduction, or a veto.

    deduct is per `per` ("rule": once; "occurrence": each), at most `cap`.
    points without scale: all or nothing. Exactly one of points, deduct and veto is set.
    settings: values for parameters of the rule.
    """

    rule: str
    place: Location
    points: Decimal | None = None
    scale: Scale | None = None
    deduct: Decimal | None = None
    per: Literal["rule", "occurrence"] = "rule"
    cap: Decimal | None = None
    veto: bool = False
    settings: Mapping[str, int | date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node of the tree: its points are those of its uses and children, or stated and deducted from."""

    id: str
    title: Bilingual
    points: Decimal
    place: Location
    uses: tuple[Use, ...] = ()
    indicators: tuple["Indicator", ...] = ()
    floor: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A named grade of the score, inclusive from `at_least`."""

    name: Bilingual
    at_least: Decimal


@dataclass(frozen=True, slots=True)
class Veto:
    """What a veto does to the score. `points` is the forced or capping score."""

    scoring: Literal["stop", "continue", "force", "cap"]
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A scoring scheme: an indicator tree over rules, with its marks, bands and treatments."""

    id: str
    title: Bilingual
    version: str
    sha256: str
    full_marks: Decimal
    pass_mark: Decimal
    bands: tuple[Band, ...]
    veto: Veto
    unknown: Literal["open", "costs", "left_out"]
    not_applicable: Literal["rescale", "spread", "drop", "grant"]
    indicators: tuple[Indicator, ...]
    rules: Mapping[str, Rule]
    years: tuple[int | None, int | None] = (None, None)
