"""One rule as one query over whole ledgers: how many rows certainly pass, and which rows do not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.evaluation.operands import LARGEST, NOT_FOUND, Trial
from checker.expression import collection_of
from checker.expression.sql import Operand, Parameters, Unprintable, condition, quoted, whole
from checker.facts import Field
from checker.large_ledgers.aggregates import Aggregate, unpacked
from checker.large_ledgers.constants import constant, of_fact
from checker.large_ledgers.grouping import Groupings, Tables, decisive
from checker.large_ledgers.tables import ROW, Table, timed_column, value_column
from checker.ruleset import Expression, Measure, Rule

OWN = quoted("own")
DAY, WORKED = quoted("day"), quoted("worked")
_WHOLE = ("count", "number", "amount")


@dataclass(frozen=True, slots=True)
class Query:
    """A statement with one row for an answer: the number of rows that pass, and the list of the others that
    `where` does not certainly leave out."""

    text: str
    values: Mapping[str, Any]


def query(trial: Trial, tables: Tables, groupings: Groupings, calendar: Callable[[], str]) -> Query:
    """The rule as a query. calendar names a table of days and the working days up to each.

    Raises Unprintable where there is none that means the same.
    """
    return _Plan(trial, tables, groupings, calendar).query()


class _Plan:
    def __init__(
        self, trial: Trial, tables: Tables, groupings: Groupings, calendar: Callable[[], str]
    ) -> None:
        self.trial = trial
        self.tables = tables
        self.groupings = groupings
        self.calendar = calendar
        self.bound = Parameters()
        self.own = tables(trial.rule.each) if trial.rule.each else None
        self.measured: dict[str, Operand] = {}
        self.joins: list[str] = []

    def query(self) -> Query:
        rule = self.trial.rule
        self._measure()
        passes = self._passes(rule.assertion)
        narrowed = ""
        if rule.where is not None:
            holds = condition(rule.where, self._operands(rule.where), self.bound)
            narrowed = f" WHERE {holds} IS NOT FALSE"
            passes = f"({holds}) AND {passes}"
        source = f"{self.own.name} AS {OWN}" if self.own else f"(SELECT CAST(0 AS BIGINT) AS {ROW}) AS {OWN}"
        decided = f"SELECT {OWN}.{ROW} AS {ROW}, ({passes}) IS TRUE AS passes FROM {source}"
        text = (
            f"SELECT count(*) FILTER (WHERE passes), list({ROW}) FILTER (WHERE NOT passes) "
            f"FROM ({decided}{''.join(self.joins)}{narrowed})"
        )
        return Query(text, self.bound.used_in(text))

    def _passes(self, assertion: Expression) -> str:
        operands = self._operands(assertion)
        known = [f"{operands[n].value} IS NOT NULL" for n in assertion.reads if not operands[n].sure]
        return " AND ".join([*known, condition(assertion, operands, self.bound)])

    def _operands(self, read: Expression) -> dict[str, Operand]:
        return {name: self._operand(name) for name in read.reads}

    def _operand(self, name: str) -> Operand:
        """What an expression calls `name`: a field of the row, a measure, a parameter or a report field."""
        if self.own is not None and name in self.trial.own:
            return self.own.operand(name, OWN)
        if name in self.measured:
            return self.measured[name]
        return constant(self.trial, name, self.bound)

    # measures

    def _measure(self) -> None:
        """Operands for the measures that decide, those over one collection by one join together."""
        trial = self.trial
        asked = decisive(trial)
        groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Measure]] = {}
        for measure in asked:
            collection = collection_of(measure)
            if collection is not None:
                groups.setdefault((collection, measure.match), []).append(measure)
        for (collection, match), measures in groups.items():
            self._grouped(collection, match, measures)
        for measure in asked:
            if measure.name not in self.measured:
                made = _OF_FIELDS.get(measure.signature.name)
                if made is None:
                    raise Unprintable(measure.signature.name)
                self.measured[measure.name] = made(self, measure)

    def _grouped(
        self, collection: str, match: Sequence[tuple[str, str]], measures: Sequence[Measure]
    ) -> None:
        if collection in self.trial.facts.partial and not match:
            raise Unprintable(collection)
        table = self.tables(collection)
        pairs = [self._pair(table, own, their) for own, their in match]
        by = tuple(their for _, their in match)
        grouped = self.groupings.of(self.trial, collection, by, measures, self.bound)
        group = quoted(f"group {len(self.joins)}")
        self._join(grouped.source, group, pairs)
        missing = [f"{own} IS NOT NULL" for pair in pairs for own in pair.own if not pair.sure]
        for measure in measures:
            found, column = grouped.measures[measure.name]
            self.measured[measure.name] = self._result(
                measure, found, f"{group}.{column}", group, match, missing
            )

    def _join(self, source: str, group: str, pairs: "Sequence[_Pair]") -> None:
        if not pairs:
            self.joins.append(f" CROSS JOIN {source} AS {group}")
            return
        own = [key for pair in pairs for key in pair.own]
        equal = " AND ".join(f"{group}.k{place} = {key}" for place, key in enumerate(own))
        self.joins.append(f" LEFT JOIN {source} AS {group} ON {equal}")

    def _pair(self, table: Table, own: str, their: str) -> "_Pair":
        """Two columns that are to be equal, as Python has it for their facts; their SQL is `keys` of theirs.

        A member that does not say legibly where it belongs may be anyone's: that is for the reference.
        """
        if self.own is None:
            raise Unprintable("match")
        ours, theirs = self.own.columns[own].field, table.columns[their].field
        if _class(ours) != _class(theirs) or table.columns[their].stray:
            raise Unprintable("match")
        mine = [f"{OWN}.{value_column(own)}"]
        if ours.type == "moment":
            mine.append(f"{OWN}.{timed_column(own)}")
        return _Pair(tuple(mine), self.own.columns[own].sure)

    def _result(
        self,
        measure: Measure,
        found: Aggregate,
        column: str,
        group: str,
        match: Sequence[tuple[str, str]],
        missing: Sequence[str],
    ) -> Operand:
        """A measure's value for a row, also where it has no members or does not say what it belongs to."""
        value, timed = column, found.timed
        if found.packed is not None:
            value, timed = unpacked(column, found.packed)
        if match and found.empty != "NULL":
            known = " AND ".join(missing) or "TRUE"
            value = f"(CASE WHEN {group}.hit THEN {value} WHEN {known} THEN {found.empty} END)"
        return self._as_operand(measure, value, timed, found.sure and not missing)

    def _as_operand(self, measure: Measure, value: str, timed: str | None, sure: bool = False) -> Operand:
        kind = measure.returns
        span = {"span": (-LARGEST, LARGEST)} if kind in _WHOLE else {}
        given = f"(CASE WHEN {value} IS NOT NULL THEN TRUE END)"
        return Operand(kind, value, timed if kind == "moment" else None, given, sure, **span)

    # measures of fields

    def argument(self, name: str) -> tuple[Field, Operand]:
        """A measure's argument: an earlier measure, a field of the row, a field of the report."""
        trial = self.trial
        if name in trial.declared:
            return trial.declared[name], self.measured[name]
        if name in trial.own and self.own is not None:
            return trial.own[name], self.own.operand(name, OWN)
        if name.startswith("previous."):
            raise Unprintable(name)
        field = trial.vocabulary.fields[name]
        return field, of_fact(field, trial.facts.fields.get(name, NOT_FOUND), self.bound)

    def interval(self, measure: Measure) -> tuple[str, str, str]:
        """Both days, and what follows them where either is blank."""
        first, last = (self.argument(str(measure.arguments[n]))[1] for n in (measure.signature.name, "to"))
        if not {first.type, last.type} <= {"date", "moment"}:
            raise Unprintable(measure.name)
        otherwise = ""
        if measure.arguments.get("blank") == "zero":
            empty = [f"({o.value} IS NOT NULL OR {o.given} IS FALSE)" for o in (first, last)]
            lacking = f"({first.value} IS NULL OR {last.value} IS NULL)"
            otherwise = f"WHEN {lacking} AND {' AND '.join(empty)} THEN 0 "
        return f"CAST({first.value} AS DATE)", f"CAST({last.value} AS DATE)", otherwise

    def days(self, measure: Measure) -> Operand:
        first, last, otherwise = self.interval(measure)
        value = f"(CASE {otherwise}ELSE date_diff('day', {first}, {last}) END)"
        if not otherwise:
            value = f"date_diff('day', {first}, {last})"
        return self._as_operand(measure, value, None)

    def workdays(self, measure: Measure) -> Operand:
        first, last, otherwise = self.interval(measure)
        start, end = self._worked(first), self._worked(last)
        value = f"(CASE {otherwise}WHEN {first} = {last} THEN 0 ELSE {end} - {start} END)"
        return self._as_operand(measure, value, None)

    def _worked(self, day: str) -> str:
        name = quoted(f"calendar {len(self.joins)}")
        self.joins.append(f" LEFT JOIN {self.calendar()} AS {name} ON {name}.{DAY} = {day}")
        return f"{name}.{WORKED}"

    def first_given(self, measure: Measure) -> Operand:
        arguments = [self.argument(name) for name in measure.arguments["first_given"]]
        declared = self.trial.declared[measure.name]
        if any(_class(field) != _class(declared) for field, _ in arguments):
            raise Unprintable(measure.name)
        value, timed = self._otherwise(measure, declared), "TRUE"
        for _, operand in reversed(arguments):
            value = (
                f"(CASE WHEN {operand.given} THEN {operand.value} WHEN NOT {operand.given} THEN {value} END)"
            )
            precise = operand.timed or "TRUE"
            timed = f"(CASE WHEN {operand.given} THEN {precise} ELSE {timed} END)"
        return self._as_operand(measure, value, timed)

    def _otherwise(self, measure: Measure, declared: Field) -> str:
        written = measure.arguments.get("otherwise")
        if written is None or declared.type not in _WHOLE or not re.fullmatch("-?[0-9]{1,17}", written):
            return "NULL"
        number = int(written) * (declared.scale if declared.type == "amount" else 1)
        return whole(number) if abs(number) <= LARGEST else "NULL"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Columns of the row that must equal those of the members. sure: they are never NULL."""

    own: tuple[str, ...]
    sure: bool


def _class(field: Field) -> object:
    """Fields of one class hold equal values where Python's are equal, and only there."""
    if field.type == "amount":
        return "amount", field.scale
    return "whole" if field.type in _WHOLE else field.type


_OF_FIELDS: Mapping[str, Callable[[_Plan, Measure], Operand]] = {
    "days": _Plan.days,
    "workdays": _Plan.workdays,
    "first_given": _Plan.first_given,
}


def read_fields(rule: Rule) -> Iterator[tuple[str, str]]:
    """Every field of a collection the rule may read: the collection and the field."""
    conditions = [e for e in (rule.where, rule.assertion) if e is not None]
    names = {name for e in conditions for name in e.reads}
    for measure in rule.measures:
        collection = collection_of(measure)
        for parameter in measure.signature.parameters:
            written = measure.arguments.get(parameter.name)
            if parameter.kind in ("member", "sibling") and collection is not None:
                yield collection, str(written).rpartition(".")[2]
            elif parameter.kind == "fields":
                names.update(written or ())
            elif parameter.kind == "field" and written is not None:
                names.add(str(written))
        if collection is not None:
            yield from ((collection, name) for name in measure.where.reads) if measure.where else ()
            yield from ((collection, their) for _, their in measure.match)
        names.update(own for own, _ in measure.match)
    if rule.each is not None:
        yield from ((rule.each, name) for name in sorted(names))
