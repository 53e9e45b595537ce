"""The second executor: whole ledgers at once, passing records only.

Whatever a query does not let pass is decided by the reference, record by record; so is every rule that has no
query, and every rule whose query fails or takes too long.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import TracebackType

from checker import workdays
from checker.bilingual import Bilingual
from checker.evaluation.joins import Joins, Match, Narrowing
from checker.evaluation.operands import Trial
from checker.expression import collection_of
from checker.expression.sql import Unprintable
from checker.facts import Absent, Facts, Field, Record, Vocabulary
from checker.large_ledgers.csv_table import stored
from checker.large_ledgers.database import Database
from checker.large_ledgers.grouping import Groupings
from checker.large_ledgers.plan import DAY, WORKED, query, read_fields
from checker.large_ledgers.tables import ROW, Table, from_records, value_column
from checker.large_ledgers.typed import Texts, from_bodies, typed
from checker.ledgers.rows import HAS, Rows
from checker.ruleset import Rule

THRESHOLD = 20_000
"""Rows of one collection from which a rule over it is worth a query."""
_SOME = f"{ROW} IN (SELECT unnest(CAST($rows AS BIGINT[])))"
_APART = 2
"""How many times as many rows as a few records have members lie between the first and last of each."""
_FEW = 0.5
"""The share of a ledger's rows up to which their members are gathered apart."""


class Executor:
    """Decides rules over the ledgers of one submission. A context manager: leaving it frees the database.

    left: why a rule was left to the reference as a whole, by rule; for those that went over a large ledger.
    groupings: what the rules ask of members.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        facts: Facts,
        vocabulary: Vocabulary,
        threshold: int = THRESHOLD,
        database: Database | None = None,
    ) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self.threshold = threshold
        self.left: dict[str, str] = {}
        self.joins = _NearJoins(facts, vocabulary, self)
        concerned = [rule for rule in rules if self.concerns(rule)]
        self._fields = _needed(concerned)
        trials = [Trial(rule, facts, vocabulary, self.joins) for rule in concerned]
        self.groupings = Groupings(trials, self.table, lambda: self.database)
        held = (c.database for r in facts.collections.values() if (c := stored(r)) is not None)
        self._database = database or next(held, None)
        self._lent = self._database is not None
        self._tables: dict[str, Table] = {}
        self._files: set[str] = set()
        self._calendar: str | None = None

    def __enter__(self) -> "Executor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._tables.clear()
        self._files.clear()
        if self._database is not None and not self._lent:
            self._database.close()
            self._database = None

    def undecided(self, trial: Trial) -> tuple[int, Sequence[int]] | None:
        """See evaluation.Large."""
        self.joins.of(None, ())
        if not self.concerns(trial.rule):
            return None
        try:
            passed, rows = self._asked(trial)
        except Unprintable as reason:
            self.left[trial.rule.id] = str(reason)
            return None
        except self.database.errors as error:
            self.left[trial.rule.id] = f"{type(error).__name__}: {error}"
            return None
        self.joins.of(trial.rule.each, rows)
        return passed, rows

    def concerns(self, rule: Rule) -> bool:
        """Whether the rule goes over a ledger large enough."""
        names = {collection_of(m) for m in rule.measures} | {rule.each}
        return any(len(self.facts.records(name)) >= self.threshold for name in names if name is not None)

    @property
    def database(self) -> Database:
        if self._database is None:
            self._database = Database()
        return self._database

    def table(self, name: str) -> Table:
        """The table of a collection, made when first asked for, with every field that any rule reads."""
        if name not in self._tables:
            self._tables[name] = self._made(name)
        return self._tables[name]

    def _asked(self, trial: Trial) -> tuple[int, list[int]]:
        printed = query(trial, self.table, self.groupings, self._calendar_table)
        self.database.lock()
        [(passed, rows)] = self.database.ask(printed.text, printed.values)
        found = sorted(rows or ())
        if trial.rule.each is not None:
            _prefetch(self.facts.records(trial.rule.each), found)
        return passed, found

    def _made(self, name: str) -> Table:
        records = self.joins.collection(name)
        if isinstance(records, Absent):
            raise Unprintable(name)
        read = self._fields.get(name, frozenset())
        fields = [f for f in self.vocabulary.collections[name].fields if f.name in read]
        if any(f.type == "prose" for f in fields):
            raise Unprintable(name)
        if isinstance(records, Rows) and records.bodies:
            self._files.add(name)
            return typed(self.database, self._texts(records, fields), fields)
        return from_records(self.database, records, fields)

    def _texts(self, records: Rows, fields: Iterable[Field]) -> Texts:
        cells = stored(records)
        if cells is not None and cells.database is self.database:
            return cells.texts(records.bodies[0])
        names = {f.name for f in fields}
        names |= {name.removeprefix(HAS) for name in names}
        return from_bodies(self.database, records.bodies, names)

    def _calendar_table(self) -> str:
        """Days with the number of working days up to each, from the day before the first that is known."""
        if self._calendar is None:
            self._calendar = self.database.fill({DAY: "DATE", WORKED: "BIGINT"}, _calendar())
        return self._calendar

    def near(self, own: str, rows: Sequence[int], their: str, match: Match) -> Sequence[Record] | None:
        """The records of `their` that match one of these rows of `own`, and perhaps others; None: any may.

        Only for texts of files: of those every one that is a key has its value in the table.
        """
        (by, column), *more = match
        if more or not {own, their} <= self._files or len(self.facts.records(their)) < self.threshold:
            return None
        mine, theirs = self._tables[own], self._tables[their]
        if by not in mine.columns or column not in theirs.columns or theirs.columns[column].stray:
            return None
        if {mine.columns[by].field.type, theirs.columns[column].field.type} != {"text"}:
            return None
        places = self._spanned(mine, rows, by, their, column)
        if places is None:
            keys = f"SELECT {value_column(by)} FROM {mine.name} WHERE {_SOME}"
            found = self.database.ask(
                f"SELECT {ROW} FROM {theirs.name} WHERE {value_column(column)} IN ({keys}) ORDER BY {ROW}",
                {"rows": list(rows)},
            )
            places = [row for (row,) in found]
        records = self.facts.records(their)
        cells = stored(records)
        if cells is not None and isinstance(records, Rows):
            return cells.few(records.bodies[0], places)
        return [records[place] for place in places]

    def _spanned(
        self, mine: Table, rows: Sequence[int], by: str, their: str, column: str
    ) -> Sequence[int] | None:
        """The rows of `their` from the first to the last member of each; None where these lie far apart."""
        groups = self.groupings.spans(their, (column,))
        if groups is None:
            return None
        found = self.database.ask(
            f"SELECT first, last, n FROM {groups} JOIN "
            f"(SELECT DISTINCT {value_column(by)} AS k FROM {mine.name} WHERE {_SOME}) ON k0 = k",
            {"rows": list(rows)},
        )
        if sum(last - first + 1 for first, last, _ in found) > _APART * sum(n for *_, n in found):
            return None
        return sorted({row for first, last, _ in found for row in range(first, last + 1)})


def _prefetch(records: Sequence[Record], rows: Iterable[int]) -> None:
    """Have these ready that DuckDB holds: fetched one by one they would take long."""
    cells = stored(records)
    if cells is not None:
        cells.prefetch(rows)


class _NearJoins(Joins):
    """Joins that look for the members of a few records among those near them, not in the whole ledger."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary, executor: Executor) -> None:
        super().__init__(facts, vocabulary)
        self._executor = executor
        self._own: str | None = None
        self._rows: Sequence[int] = ()
        self._near: dict[tuple[str, Match], Joins | None] = {}

    def of(self, own: str | None, rows: Sequence[int]) -> None:
        """The records whose members will be asked for: these rows of a collection; None: any."""
        few = own is not None and len(rows) <= len(self.facts.records(own)) * _FEW
        self._own, self._rows = (own, rows) if few else (None, ())
        self._near.clear()

    def members(
        self, collection: str, match: Match, record: Record, narrowing: Narrowing | None
    ) -> Sequence[Record] | Absent:
        near = self._nearby(collection, match)
        if near is None:
            return super().members(collection, match, record, narrowing)
        return near.members(collection, match, record, narrowing)

    def stray(self, collection: str, match: Match, narrowing: Narrowing | None) -> Bilingual | None:
        near = self._nearby(collection, match)
        if near is None:
            return super().stray(collection, match, narrowing)
        return near.stray(collection, match, narrowing)

    def _nearby(self, collection: str, match: Match) -> Joins | None:
        """Joins over the few records that may match; None where any may."""
        if self._own is None or not match:
            return None
        if (collection, match) not in self._near:
            try:
                records = self._executor.near(self._own, self._rows, collection, match)
            except self._executor.database.errors:
                records = None
            facts = replace(self.facts, collections={collection: records}) if records is not None else None
            self._near[collection, match] = Joins(facts, self.vocabulary) if facts is not None else None
        return self._near[collection, match]


def _needed(rules: Iterable[Rule]) -> Mapping[str, frozenset[str]]:
    """The fields that the rules may read, by collection."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for collection, name in read_fields(rule):
            found.setdefault(collection, set()).add(name)
    return {collection: frozenset(names) for collection, names in found.items()}


def _calendar() -> Iterator[tuple[date, int]]:
    """From the day before the first known to the last."""
    day = date(1990, 1, 1)
    while workdays.is_workday(day) is None:
        day += timedelta(days=1)
    yield day - timedelta(days=1), 0
    worked = 0
    while (works := workdays.is_workday(day)) is not None:
        worked += works
        yield day, worked
        day += timedelta(days=1)
