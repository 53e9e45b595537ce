"""The measures of a rule: their arguments resolved, their values computed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.bilingual import Bilingual
from checker.evaluation.columns import Answers, Column, Columns, answers, firmly
from checker.evaluation.joins import Match, Narrowing
from checker.evaluation.operands import (
    NO_LAST_YEAR,
    NOT_FOUND,
    WHOLE_REPORT,
    Computed,
    Trial,
    Undecided,
    holds,
    look_up,
    places,
)
from checker.evaluation.plain import stated
from checker.expression import collection_of
from checker.facts import Absent, Fact, Kind, Record
from checker.finding import Outcome
from checker.location import Location
from checker.measures import measures
from checker.ruleset import Expression, Measure

MOST_PLACES = 6
"""A value computed from more places than these names their files only."""

_NOT_SHOWN = Bilingual(
    "本证据未显示（清单注明“{0}”不完整）", "not shown by this evidence (only a part of “{1}” was given)"
)
_ASTRAY = Bilingual("有一行读不出属于哪一条（{0}）", "a row does not say legibly where it belongs ({1})")
_NO_TOTAL = Bilingual("“{0}”不完整，总数无从认定", "only a part of “{1}” was given, which has no total")


def compute(
    trial: Trial, record: Record, known: Computed | None = None, names: frozenset[str] | None = None
) -> Computed:
    """The measures that decide one record, by name; a measure may use those before it.

    known: those taken as given. names: these, and not those that decide.
    """
    computed = dict(known or {})
    wanted = trial.asked if names is None else names
    for measure in trial.rule.measures:
        if measure.name in wanted and measure.name not in computed:
            computed[measure.name] = (trial.declared[measure.name], _value(trial, measure, record, computed))
    return computed


def compute_all(trial: Trial, record: Record, computed: Computed) -> Computed:
    """With those that decide nothing, and only say more of the record."""
    return compute(trial, record, computed, frozenset(trial.declared))


def _value(trial: Trial, measure: Measure, record: Record, computed: Computed) -> Fact:
    """A measure that asks nothing of the record is computed once."""
    if measure.name in trial.of_the_record:
        return _compute(trial, measure, record, computed)
    if measure.name not in trial.measured:
        trial.measured[measure.name] = _compute(trial, measure, WHOLE_REPORT, computed)
    return trial.measured[measure.name]


@dataclass(frozen=True, slots=True)
class Way:
    """How a measure is computed, the same for every record. given: parameters with their kinds and what a
    rule writes for them; set: what does not depend on the record. value: the same on plain values."""

    compute: Callable[[Mapping[str, Any]], Fact]
    value: Callable[[Mapping[str, Any]], Any] | None
    collection: str | None
    narrowing: Narrowing | None
    given: tuple[tuple[str, str, Any], ...]
    set: Mapping[str, Any]


def way(trial: Trial, measure: Measure) -> Way:
    """Found once; with it, whether a row of its collection has no place."""
    found: Way | None = trial.ways.get(measure.name)
    if found is None:
        found = trial.ways[measure.name] = _way(trial, measure)
        stray = found.collection and trial.joins.stray(found.collection, measure.match, found.narrowing)
        if stray:
            trial.strays[measure.name] = stray
    return found


def _way(trial: Trial, measure: Measure) -> Way:
    collection = collection_of(measure)
    given: list[tuple[str, str, Any]] = []
    fixed: dict[str, Any] = {}
    for parameter in measure.signature.parameters:
        name, kind = parameter.name, parameter.kind
        if name not in measure.arguments:
            continue
        written = measure.arguments[name]
        if kind in ("terms", "words"):
            fixed[name] = written
        elif kind == "member":
            given.append((name, kind, written.rpartition(".")[2]))
        else:
            given.append((name, kind, written))
        if kind == "sibling":
            fixed["order"] = _order(trial, collection, written)
    narrowing = None
    if collection is not None and measure.where is not None:
        narrowing = _narrowing(trial, measure.where, collection)
    module = measures()[measure.signature.name]
    return Way(module.compute, getattr(module, "value", None), collection, narrowing, tuple(given), fixed)


def _compute(trial: Trial, measure: Measure, record: Record, computed: Computed) -> Fact:
    how = way(trial, measure)
    members = _members(trial, how, measure.match, record)
    if isinstance(members, Absent):
        nothing = Kind.DOUBTFUL if members.doubtful else Kind.MISSING
        return Fact(nothing, None, "", members.locations, members.reason)
    arguments = dict(how.set)
    for name, kind, written in how.given:
        arguments[name] = _argument(trial, kind, written, record, members, computed)
    return _placed(trial, how.compute(arguments), how.collection)


def _placed(trial: Trial, result: Fact, collection: str | None) -> Fact:
    """What stands in many places, or in none of a ledger's rows, is told by its files."""
    files: tuple[Location, ...] = ()
    if not result.locations:
        files = trial.facts.sources.get(collection or "", ())
    elif len(result.locations) > MOST_PLACES:
        files = tuple(dict.fromkeys(Location(p.file, table=p.table) for p in result.locations))
    if not files:
        return result
    return Fact(result.kind, result.value, result.text, files[:MOST_PLACES], result.note)


def _order(trial: Trial, collection: str | None, name: str) -> Mapping[str, int]:
    """The places of a field's terms in the order they are declared in; empty for a field without terms."""
    declared = trial.fields_of(collection)[name]
    return {term: place for place, term in enumerate(declared.choices)}


def _argument(
    trial: Trial, kind: str, written: Any, record: Record, members: Sequence[Record], computed: Computed
) -> Any:
    if kind in ("collection", "claim"):
        return members
    if kind in ("member", "sibling"):
        return tuple([r.fields.get(written, NOT_FOUND) for r in members])
    if kind == "fields":
        return tuple(_fact(trial, record, name, computed) for name in written)
    if kind == "previous":
        return _last_year(trial, record, written)
    return _fact(trial, record, written, computed)


def _members(trial: Trial, way: Way, match: Match, record: Record) -> Sequence[Record] | Absent:
    """The records a measure goes over: joined to the record at hand and narrowed by `where`."""
    if way.collection is None:
        return ()
    found = trial.joins.members(way.collection, match, record, way.narrowing)
    if way.collection not in trial.facts.partial or isinstance(found, Absent) or match and found:
        return found
    if match:
        return Absent(not_shown(trial, way.collection))
    label = trial.vocabulary.collections[way.collection].label
    return Absent(Bilingual(*(text.format(*label) for text in _NO_TOTAL)))


def not_shown(trial: Trial, collection: str) -> Bilingual:
    """Why part of a ledger does not prove that something is lacking."""
    label = trial.vocabulary.collections[collection].label
    return Bilingual(*(text.format(*label) for text in _NOT_SHOWN))


def not_known(trial: Trial, measure: Measure) -> Bilingual:
    """Why it is not known of a measure whether it goes over all there is."""
    collection = collection_of(measure) or ""
    if measure.name not in trial.strays:
        return not_shown(trial, collection)
    label, why = trial.vocabulary.collections[collection].label, trial.strays[measure.name]
    told = (f"{label.zh}：{why.zh}", f"{label.en}: {why.en}")
    return Bilingual(*(text.format(*told) for text in _ASTRAY))


def _narrowing(trial: Trial, where: Expression, collection: str) -> Narrowing:
    """What `where` says of each record; asked once for all rules that say it of the same collection."""
    fields = trial.fields_of(collection)

    def found(columns: Columns) -> Answers:
        read = [columns[n] if n in fields else constant(trial, n, len(columns)) for n in where.reads]
        return answers(where, read, len(columns), firmly)

    def unsure(record: Record) -> Absent:
        try:
            holds(trial, where, record, {}, fields)
        except Undecided as undecided:
            doubtful = undecided.outcome is Outcome.PENDING
            return Absent(undecided.reason, places(undecided.operands), doubtful)
        raise AssertionError(where.source)

    settings = tuple((p.name, p.value) for p in trial.rule.parameters if p.name in where.reads)
    return Narrowing((where.source, settings), found, unsure)


def constant(trial: Trial, name: str, count: int) -> Column:
    """What the report or a parameter says, which is the same for every record."""
    declared, fact = look_up(trial, name, WHOLE_REPORT, {}, {})
    return Column(declared, [stated(declared, fact)] * count)


def _fact(trial: Trial, record: Record, name: str, computed: Computed) -> Fact:
    if name in computed:
        return computed[name][1]
    if name in record.fields:
        return record.fields[name]
    if not name.startswith("previous."):
        return trial.facts.fields.get(name, NOT_FOUND)
    if trial.facts.previous is None:
        return NO_LAST_YEAR
    return trial.facts.previous.fields.get(name.removeprefix("previous."), NOT_FOUND)


def _last_year(trial: Trial, record: Record, name: str) -> Fact:
    previous = trial.facts.previous
    if previous is None:
        return NO_LAST_YEAR
    if trial.rule.each is None or name not in trial.own:
        return previous.fields.get(name, NOT_FOUND)
    same = next((r for r in previous.records(trial.rule.each) if r.key == record.key), None)
    return NOT_FOUND if same is None else same.fields.get(name, NOT_FOUND)
