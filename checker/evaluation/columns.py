"""What the records of a collection say, one field after another: every different text is looked at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import Any, TypeAlias, TypeVar, cast

from checker.evaluation.plain import Said, Stated, in_use, key, stated
from checker.expression import Value, evaluating
from checker.facts import Field, Record
from checker.ledgers.rows import Rows
from checker.ruleset import Expression

T = TypeVar("T")
Answers: TypeAlias = Sequence[bool | None]
"""True or False for each record; None where that cannot be said."""
Met: TypeAlias = tuple[Value | None, ...]
"""The values of the names a condition reads, in its order; None for what has none."""
Ask: TypeAlias = Callable[[Expression, Met], bool | None]


class Column:
    """What records say under one name, in their order; None where there is no value of the declared type.

    certain: None always means that; else that there may be a value, which is not known here.
    """

    def __init__(self, field: Field, stated: Sequence[Stated | None], certain: bool = True) -> None:
        self.field = field
        self.stated = stated
        self.certain = certain

    @cached_property
    def usable(self) -> Sequence[Value | None]:
        """The same as expressions have it."""
        known = _Known(partial(in_use, self.field))
        known[None] = None
        return list(map(known.__getitem__, self.stated))

    def at(self, places: Sequence[int]) -> "Column":
        """Of some of the records only."""
        column = Column(self.field, [self.stated[place] for place in places], self.certain)
        if "usable" in self.__dict__:
            column.__dict__["usable"] = [self.usable[place] for place in places]
        return column


class _Known(dict[Any, Any]):
    """What a function makes of values, each asked for once."""

    def __init__(self, of: Callable[[Any], Any]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._of(value)
        return found


class Columns:
    """The columns of one collection, each made when first asked for."""

    def __init__(self, records: Sequence[Record], fields: Iterable[Field]) -> None:
        self.records = records
        self.fields = {field.name: field for field in fields}
        self._columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, name: str) -> Column:
        if name not in self._columns:
            field = self.fields[name]
            self._columns[name] = Column(field, self._each(name, partial(stated, field)))
        return self._columns[name]

    def keys(self, names: Sequence[str]) -> Sequence[Any]:
        """What each record says under the names it is joined by; None where one of them has no value."""
        return joined([self._each(name, key) for name in names], len(self))

    def _each(self, name: str, of: Callable[[Said], T]) -> list[T | None]:
        if isinstance(self.records, Rows):
            return self.records.each(name, of)
        found = (record.fields.get(name) for record in self.records)
        return [None if fact is None else of(fact) for fact in found]


def joined(columns: Sequence[Sequence[Any]], count: int) -> Sequence[Any]:
    """One key a record: of one column its value, of several all of them, of none the same for all."""
    if len(columns) == 1:
        return columns[0]
    if not columns:
        return [()] * count
    return [None if None in values else values for values in zip(*columns, strict=True)]


def answers(condition: Expression, columns: Sequence[Column], count: int, ask: Ask) -> Answers:
    """What a condition comes to for each record.

    columns: of the names the condition reads, in its order. ask: how a condition and values come to an
    answer: partly, wholly or firmly.
    """
    of = partial(ask, condition)
    if not columns:
        return [of(())] * count
    values = [column.usable for column in columns]
    moments = [place for place, column in enumerate(columns) if column.field.type == "moment"]
    if len(moments) > 1:
        together = _at_one_precision([columns[place] for place in moments])
        for place, found in zip(moments, together, strict=True):
            values[place] = found
    return list(map(_Known(of).__getitem__, zip(*values, strict=True)))


def partly(condition: Expression, met: Met) -> bool | None:
    """Decided where what has no value makes no difference; None where it does, or it comes to nothing."""
    return evaluating.decided(condition, met)


def wholly(condition: Expression, met: Met) -> bool | None:
    """Decided only where there is every value; None where it comes to nothing."""
    return None if None in met else evaluating.decided(condition, met)


def firmly(condition: Expression, met: Met) -> bool | None:
    """As partly(); but raises EngineError where there is every value and the condition comes to nothing."""
    if None in met:
        return evaluating.decided(condition, met)
    return evaluating.evaluate(condition, dict(zip(condition.reads, cast(tuple[Value], met), strict=True)))


def _at_one_precision(columns: Sequence[Column]) -> Sequence[Sequence[Value | None]]:
    """Moments compare at the coarsest precision there is."""
    if len({kind for column in columns for kind in set(map(type, column.stated))}) < 2:
        return [column.usable for column in columns]
    unsure = [place for place, column in enumerate(columns) if not column.certain]
    rows = [
        _coarsest(moments, unsure) for moments in zip(*(column.stated for column in columns), strict=True)
    ]
    return list(zip(*rows, strict=True))


def _coarsest(moments: Sequence[Any], unsure: Sequence[int]) -> Sequence[datetime | None]:
    """unsure: the places of those that may have a value where none is known."""
    if any(moments[place] is None for place in unsure):
        return (None,) * len(moments)
    if all(moment is None or isinstance(moment, datetime) for moment in moments):
        return [None if moment is None else moment.replace(tzinfo=UTC) for moment in moments]
    return [None if moment is None else _midnight(moment) for moment in moments]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
