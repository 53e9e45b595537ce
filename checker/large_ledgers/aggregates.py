"""Measures over the members of a collection as aggregates of SQL, each as exact as its Python.

Inside a query the members are `their`, narrowed by a column of truth values that may be NULL: a member of
which it is not known whether it counts makes the measure unknown, which here is NULL.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from checker.evaluation.operands import LARGEST
from checker.expression.sql import Parameters, Unprintable, quoted
from checker.expression.tree import Call, Listing, Literal, Name, Node
from checker.facts import Field
from checker.large_ledgers.tables import Column, Table, rank_column, ranked
from checker.ruleset import Expression, Measure

THEIR = quoted("their")
_MOST_STEPS = 8
"""Terms up to which an order is looked at term by term."""
_DAY = 86_399_999_999
"""Microseconds from a midnight to the last moment of its day."""
_ORIGIN = 62_135_596_800_000_000
"""Microseconds from the year 1 to 1970: no moment is negative when counted from there."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """`where` of a measure: the column that says whether a member counts (None: all do), and whether it may
    be NULL."""

    column: str | None
    nullable: bool
    expression: Expression | None

    def filter(self, more: str | None = None) -> str:
        conditions = [c for c in (self.column, more) if c]
        return f" FILTER (WHERE {' AND '.join(conditions)})" if conditions else ""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """SQL of one measure over one group, and what it is where there are no members.

    timed: for a moment, whether its time of day is known (None: always). packed: value is a moment and its
    precision in one number, as _latest and _earliest pack them.
    """

    value: str
    empty: str
    timed: str | None = None
    packed: str | None = None
    sure: bool = False


def aggregate(
    measure: Measure, table: Table, narrowing: Narrowing, unsure: bool, listed: Callable[[str], bool] | None
) -> Aggregate:
    """The aggregate of a measure over a table.

    unsure: that there is no member proves nothing. listed: whether the hashes of a text column tell its texts
    apart; None where the members are too many to be listed. Raises Unprintable.
    """
    made = _MEASURES.get(measure.signature.name)
    if made is None:
        raise Unprintable(measure.signature.name)
    return made(_Members(measure, table, narrowing, unsure, listed))


class _Members:
    """The members of one measure, and the pieces of SQL all measures use."""

    def __init__(
        self,
        measure: Measure,
        table: Table,
        narrowing: Narrowing,
        unsure: bool,
        listed: Callable[[str], bool] | None,
    ) -> None:
        self.listed = listed
        self.measure = measure
        self.table = table
        self.narrowing = narrowing
        self.unsure = unsure

    def name(self, parameter: str) -> str:
        return str(self.measure.arguments[parameter]).rpartition(".")[2]

    def column(self, parameter: str) -> Column:
        return self.table.columns[self.name(parameter)]

    def value(self, parameter: str) -> str:
        return self.table.operand(self.name(parameter), THEIR).value

    def timed(self, parameter: str) -> str | None:
        return self.table.operand(self.name(parameter), THEIR).timed

    def filter(self, more: str | None = None) -> str:
        return self.narrowing.filter(more)

    def finished(self, value: str, empty: str, *parameters: str) -> Aggregate:
        """NULL where a member may or may not count, or one that counts lacks a value.

        value: what may be NULL for other reasons, too, is a CASE.
        """
        lacking = [self.narrowing.column or ""] if self.narrowing.nullable else []
        conditions = [f"{column} IS NULL" for column in lacking]
        for parameter in parameters:
            if not self.column(parameter).sure:
                counts = f"{self.narrowing.column} AND " if self.narrowing.column else ""
                conditions.append(f"({counts}{self.value(parameter)} IS NULL)")
        sure = not conditions and not value.startswith("CASE ")
        if conditions:
            value = f"CASE WHEN count(*) FILTER (WHERE {' OR '.join(conditions)}) = 0 THEN {value} END"
        if self.unsure:
            value, empty, sure = f"CASE WHEN count(*){self.filter()} > 0 THEN {value} END", "NULL", False
        return Aggregate(value, empty, sure=sure and empty != "NULL")


def _count(members: _Members) -> Aggregate:
    return members.finished(f"count(*){members.filter()}", "0")


def _count_distinct(members: _Members) -> Aggregate:
    field, value = members.column("count_distinct").field, members.value("count_distinct")
    if ranked(field):
        bits = f"bit_or(CAST(1 AS BIGINT) << {THEIR}.{rank_column(field.name)}){members.filter()}"
        return members.finished(f"CAST(coalesce(bit_count({bits}), 0) AS BIGINT)", "0", "count_distinct")
    different = f"count(DISTINCT {value}){members.filter()}"
    if members.listed is not None and (field.type != "text" or members.listed(field.name)):
        if field.type == "text":
            value = f"hash({value})"
        # far quicker than count(DISTINCT), which keeps a table for each group
        different = f"CAST(coalesce(list_unique(list({value}){members.filter()}), 0) AS BIGINT)"
    if members.column("count_distinct").timed is None and field.type == "moment":
        different = f"CASE WHEN {_one_precision(members, 'count_distinct')} THEN {different} END"
    return members.finished(different, "0", "count_distinct")


def _one_precision(members: _Members, parameter: str) -> str:
    return f"count(DISTINCT {members.timed(parameter)}){members.filter()} < 2"


def _sum(members: _Members) -> Aggregate:
    if members.column("sum").field.type not in ("count", "number", "amount"):
        raise Unprintable("sum")
    total = f"coalesce(sum({members.value('sum')}){members.filter()}, 0)"
    fits = f"CASE WHEN abs({total}) <= {LARGEST} THEN CAST({total} AS BIGINT) END"
    return members.finished(fits, "0", "sum")


def _min(members: _Members) -> Aggregate:
    return _extreme(members, "min", "0", "1")


def _max(members: _Members) -> Aggregate:
    return _extreme(members, "max", "1", "0")


def _extreme(members: _Members, name: str, day: str, time: str) -> Aggregate:
    """Where days and moments are mixed, a day counts as its first or last moment and wins over that."""
    column, value = members.column(name), members.value(name)
    if column.field.type != "moment" or column.timed is not None:
        found = members.finished(f"{name}({value}){members.filter()}", "NULL", name)
        return Aggregate(found.value, "NULL", "FALSE" if column.timed is False else None)
    timed = members.timed(name)
    rest = f"CASE WHEN {timed} THEN {time} ELSE {2 * _DAY if name == 'max' else 0} + {day} END"
    key = f"{name}((epoch_us({value}) + {_ORIGIN}) * 2 + {rest}){members.filter()}"
    return Aggregate(members.finished(key, "NULL", name).value, "NULL", packed=time)


def unpacked(key: str, time: str) -> tuple[str, str]:
    """The moment in a packed number, and whether its time of day is known."""
    timed = f"(({key} & 1) = {time})"
    moment = f"make_timestamp(({key} >> 1) - {_ORIGIN})"
    day = f"CAST(CAST({moment} AS DATE) AS TIMESTAMP)"
    return f"(CASE WHEN {timed} THEN {moment} ELSE {day} END)", timed


def _share(members: _Members) -> Aggregate:
    column, value = members.column("share"), members.value("share")
    terms = list(members.measure.arguments.get("among") or ())
    if column.field.type == "text" and not terms:
        raise Unprintable("share")
    counted = value if column.field.type == "flag" else f"list_contains({_TERMS}, {value})"
    share = f"count(*){members.filter(counted)} * 10000 // nullif(count(*){members.filter()}, 0)"
    return members.finished(share, "NULL", "share")


_TERMS = "$among"


def bind_terms(measure: Measure, aggregate: Aggregate, bound: Parameters) -> Aggregate:
    """The aggregate with the terms it asks for bound."""
    if _TERMS not in aggregate.value:
        return aggregate
    terms = bound.bind_list([str(term) for term in measure.arguments["among"]])
    return Aggregate(aggregate.value.replace(_TERMS, terms), aggregate.empty, sure=aggregate.sure)


def _ordered(members: _Members) -> Aggregate:
    by = members.column("by").field
    ranks = _ranks(by, members.narrowing.expression)
    if ranked(by) and len(ranks) <= _MOST_STEPS:
        in_order = _by_steps(members, ranks)
    elif by.choices or by.type == "flag":
        raise Unprintable("ordered")
    else:
        in_order = _by_sorting(members)
    return members.finished(in_order, "TRUE", "ordered", "by")


def _by_steps(members: _Members, ranks: Sequence[int]) -> str:
    """The latest of all earlier steps is not after the earliest of each."""
    column, value = members.column("ordered"), members.value("ordered")
    last = value
    if column.field.type == "moment" and column.timed is None:
        last = f"({value} + CASE WHEN {members.timed('ordered')} THEN INTERVAL 0 MICROSECOND "
        last += f"ELSE INTERVAL {_DAY} MICROSECOND END)"
    place = f"{THEIR}.{rank_column(members.name('by'))}"
    latest: list[str] = []
    steps = []
    for rank in ranks:
        only = members.filter(f"{place} = {rank}")
        if latest:
            steps.append(f"coalesce(greatest({', '.join(latest)}) <= min({last}){only}, TRUE)")
        latest.append(f"max({value}){only}")
    return " AND ".join(steps) or "TRUE"


def _by_sorting(members: _Members) -> str:
    """Taken in the order of `by`, equals by value, the values are sorted; only at one precision."""
    value, place = members.value("ordered"), members.value("by")
    taken = f"list({value} ORDER BY {place}, {value}){members.filter()}"
    in_order = f"coalesce(list_sort({taken}) = {taken}, TRUE)"
    for parameter in ("ordered", "by"):
        column = members.column(parameter)
        if column.field.type == "moment" and column.timed is None:
            in_order = f"CASE WHEN {_one_precision(members, parameter)} THEN {in_order} END"
    return in_order


def _ranks(by: Field, where: Expression | None) -> Sequence[int]:
    """The ranks of the terms that `where` lets through, as far as it says so outright."""
    allowed = set(by.choices)
    for part in _conjuncts(where.compiled.root) if where is not None else ():
        terms = _terms_asked(part, by.name)
        if terms is not None:
            allowed &= terms
    return [place for place, term in enumerate(by.choices) if term in allowed]


def _conjuncts(node: Node) -> list[Node]:
    if isinstance(node, Call) and node.function == "_&&_":
        return [part for argument in node.arguments for part in _conjuncts(argument)]
    return [node]


def _terms_asked(node: Node, name: str) -> set[str] | None:
    """{…} for `name in [literals]` and `name == literal`; None for anything else."""
    if not isinstance(node, Call) or len(node.arguments) != 2:
        return None
    asked, among = node.arguments
    if not isinstance(asked, Name) or asked.name != name:
        return None
    elements = among.elements if isinstance(among, Listing) and node.function == "@in" else (among,)
    if node.function not in ("@in", "_==_") or not all(isinstance(e, Literal) for e in elements):
        return None
    return {e.value for e in elements if isinstance(e, Literal) and isinstance(e.value, str)}


_MEASURES: Mapping[str, Callable[[_Members], Aggregate]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "min": _min,
    "max": _max,
    "share": _share,
    "ordered": _ordered,
}
