"""Measures over the members of a collection, those whose members are grouped alike computed together.

What several rules ask of one collection is asked once, of all its rows, at the first rule that needs it, and
kept as a table; equal measures of different rules are one column of it. Where that fails, or only one rule
asks, a rule's own query asks for itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from checker.evaluation.operands import Trial
from checker.expression import collection_of
from checker.expression.sql import Parameters, Unprintable, can_be_null, condition
from checker.large_ledgers.aggregates import THEIR, Aggregate, Narrowing, aggregate, bind_terms
from checker.large_ledgers.constants import constant
from checker.large_ledgers.database import Database
from checker.large_ledgers.tables import ROW, Table, timed_column, value_column
from checker.ruleset import Expression, Measure

Columns = tuple[str, ...]
Tables = Callable[[str], Table]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A source of the groups: hit (always TRUE), k0, k1, … by which they are grouped, and for each measure,
    by name, the aggregate and its column."""

    source: str
    measures: Mapping[str, tuple[Aggregate, str]]


def keys(table: Table, columns: Columns) -> list[str]:
    """The SQL by whose values members are grouped: of a moment its precision is part."""
    found = []
    for name in columns:
        found.append(f"{THEIR}.{value_column(name)}")
        if table.columns[name].field.type == "moment":
            found.append(f"{THEIR}.{timed_column(name)}")
    return found


def decisive(trial: Trial) -> list[Measure]:
    """The measures of a rule that decide a record."""
    return [m for m in trial.rule.measures if m.name in trial.asked]


def grouped_by(measure: Measure) -> tuple[str, Columns] | None:
    """The collection a measure goes over, and the columns its members are grouped by."""
    collection = collection_of(measure)
    return None if collection is None else (collection, tuple(their for _, their in measure.match))


class Groupings:
    """The groups that the rules of one submission ask for.

    failed: why those of a collection could not be computed together, by it and its columns.
    """

    def __init__(self, trials: Iterable[Trial], tables: Tables, database: Callable[[], Database]) -> None:
        self._trials = {trial.rule.id: trial for trial in trials}
        self._tables = tables
        self._database = database
        self._shared: dict[tuple[str, Columns], Mapping[str, Grouped]] = {}
        self._tables_of: dict[tuple[str, Columns], str] = {}
        self.failed: dict[str, str] = {}
        self._plain: dict[tuple[str, str], bool] = {}

    def of(
        self, trial: Trial, collection: str, by: Columns, measures: Sequence[Measure], bound: Parameters
    ) -> Grouped:
        """The groups of a collection by these columns with a rule's measures. Raises Unprintable.

        bound: takes the values that its source asks for.
        """
        known = self._trials.get(trial.rule.id)
        if known is not None and known.rule is trial.rule and known.facts is trial.facts:
            if (collection, by) not in self._shared:
                self._shared[collection, by] = self._together(collection, by)
            shared = self._shared[collection, by].get(trial.rule.id)
            if shared is not None:
                return shared
        grouping = self._grouping(collection, by, bound)
        made = grouping.add(trial, measures)
        return Grouped(f"({grouping.statement()})", made)

    def spans(self, collection: str, by: Columns) -> str | None:
        """A table of k0, … and the first and last row of each group and how many it has, if there is one."""
        return self._tables_of.get((collection, by))

    def _together(self, collection: str, by: Columns) -> Mapping[str, Grouped]:
        """What all rules ask of these groups, by rule; nothing where it cannot be computed together."""
        bound = Parameters()
        grouping = self._grouping(collection, by, bound)
        made: dict[str, Mapping[str, tuple[Aggregate, str]]] = {}
        for trial in self._trials.values():
            asked = [m for m in decisive(trial) if grouped_by(m) == (collection, by)]
            if asked:
                try:
                    made[trial.rule.id] = grouping.add(trial, asked)
                except Unprintable:
                    continue
        if len(made) < 2:
            return {}
        database = self._database()
        name = database.new_table()
        statement = grouping.statement(shared=True)
        try:
            database.ask(f"CREATE TABLE {name} AS {statement}", bound.used_in(statement))
        except database.errors as error:
            self.failed[" ".join((collection, *by))] = f"{type(error).__name__}: {error}"
            return {}
        self._tables_of[collection, by] = name
        return {rule: Grouped(name, measures) for rule, measures in made.items()}

    def _grouping(self, collection: str, by: Columns, bound: Parameters) -> "_Grouping":
        return _Grouping(self._tables(collection), by, bound, partial(self._is_plain, collection))

    def _is_plain(self, collection: str, name: str) -> bool:
        """Whether the hashes of a text column tell its texts apart; looked at once."""
        if (collection, name) not in self._plain:
            table, value = self._tables(collection), value_column(name)
            every = f"SELECT DISTINCT {value} AS v FROM {table.name}"
            [(plain,)] = self._database().ask(f"SELECT count(v) = count(DISTINCT hash(v)) FROM ({every})")
            self._plain[collection, name] = plain
        return self._plain[collection, name]


class _Grouping:
    """One grouping in the making: equal truths and equal aggregates are asked for once."""

    def __init__(self, table: Table, by: Columns, bound: Parameters, hashes: Callable[[str], bool]) -> None:
        self.table = table
        self.keys = keys(table, by)
        self.bound = bound
        self.hashes = hashes
        self._truths: dict[str, str] = {}
        self._columns: dict[str, str] = {}
        self._taken: set[str | None] = set()

    def add(self, trial: Trial, measures: Sequence[Measure]) -> Mapping[str, tuple[Aggregate, str]]:
        """The measures of one rule, by name, each with its column. Raises Unprintable."""
        made = {m.name: self._aggregate(trial, m) for m in measures}
        for found, narrowing in made.values():
            self._columns.setdefault(found.value, f"a{len(self._columns)}")
            self._taken.add(narrowing.column)
        return {name: (found, self._columns[found.value]) for name, (found, _) in made.items()}

    def _aggregate(self, trial: Trial, measure: Measure) -> tuple[Aggregate, Narrowing]:
        unsure = collection_of(measure) in trial.facts.partial
        narrowing = self._narrowing(trial, measure.where)
        listed = self.hashes if self.keys else None
        found = aggregate(measure, self.table, narrowing, unsure, listed)
        return bind_terms(measure, found, self.bound), narrowing

    def _narrowing(self, trial: Trial, where: Expression | None) -> Narrowing:
        if where is None:
            return Narrowing(None, False, None)
        read = {
            name: self.table.operand(name, THEIR)
            if name in self.table.columns
            else constant(trial, name, self.bound)
            for name in where.reads
        }
        holds = condition(where, read, self.bound)
        if "TRY(" in holds:  # where that fails the whole rule is broken, whatever comes of the measure
            raise Unprintable(where.source)
        column = self._truths.setdefault(holds, f"w{len(self._truths)}")
        return Narrowing(f"{THEIR}.{column}", can_be_null(where, read), where)

    def statement(self, shared: bool = False) -> str:
        """A SELECT of the groups. shared: of all of them, each with its first and last row and how many it
        has."""
        truths = "".join(f", ({holds}) AS {name}" for holds, name in self._truths.items())
        members = f"(SELECT {THEIR}.*{truths} FROM {self.table.name} AS {THEIR}) AS {THEIR}"
        matters = "" if shared else self._matters()
        rows = f"min({ROW}) AS first, max({ROW}) AS last, count(*) AS n"
        named = [f"{key} AS k{place}" for place, key in enumerate(self.keys)]
        values = [f"{value} AS {name}" for value, name in self._columns.items()]
        # an aggregate: one row, also where all else is constant
        hit = "TRUE AS hit" if self.keys else "count(*) >= 0 AS hit"
        grouped = f" GROUP BY {', '.join(self.keys)}" if self.keys else ""
        selected = [hit, *([rows] if shared else ()), *named, *values]
        return f"SELECT {', '.join(selected)} FROM {members}{matters}{grouped}"

    def _matters(self) -> str:
        """A condition under which alone a member matters to any of the measures."""
        if None in self._taken:
            return ""
        return f" WHERE {' OR '.join(f'{name} IS NOT FALSE' for name in sorted(map(str, self._taken)))}"
