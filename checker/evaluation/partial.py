"""Whether rows of a ledger that were not given could make a condition come out otherwise.

Where only part of a ledger is known, measures over it are tried with the values that further rows could give
them: a count with any greater one that matters, an earliest date with earlier ones. What stays true, or
false, in all of them is certain.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice, product

from checker import expression
from checker.evaluation.measuring import compute
from checker.evaluation.operands import Computed, Trial, Undecided, values
from checker.expression import literals
from checker.facts import Fact, Field, Kind, Record
from checker.ruleset import Expression, Measure

_MANY = 1_000_000
_MOST_TRIED = 2_000
_DAYS = (1, 7, 31, 366)


def may_change(trial: Trial, condition: Expression, record: Record, computed: Computed, holds: bool) -> bool:
    """Whether what is not known could turn the condition, which now comes to `holds`."""
    unseen = [m for m in trial.rule.measures if m.name in computed and trial.is_unseen(m)]
    reach = trial.reached_from({m.name for m in unseen})
    if reach.isdisjoint(condition.reads):
        return False
    met, needed = _met(trial, condition, computed), trial.needed(condition.reads)
    options: list[list[tuple[Field, Fact]]] = []
    for measure in unseen:
        declared, fact = computed[measure.name]
        further = _further(measure, fact, met)
        if further is None:
            return True
        options.append([(declared, fact), *((declared, other) for other in further)])
    names = [m.name for m in unseen]
    kept = {name: value for name, value in computed.items() if name not in reach}
    for chosen in islice(product(*options), 1, _MOST_TRIED):
        tried = compute(trial, record, {**kept, **dict(zip(names, chosen, strict=True))}, needed)
        try:
            read = values(trial, condition, record, tried, trial.own)
        except Undecided:
            continue
        if expression.evaluate(condition, read) is not holds:
            return True
    return False


def _met(trial: Trial, condition: Expression, computed: Computed) -> Sequence[object]:
    """Every value a measure may be compared with: constants, parameters, other measures."""
    own = [fact.value for _, fact in computed.values()]
    return [*literals(condition), *(p.value for p in trial.rule.parameters), *own]


def _further(measure: Measure, fact: Fact, met: Iterable[object]) -> list[Fact] | None:
    """Values the measure could have with more rows; None where it could have any."""
    if measure.signature.grows and isinstance(fact.value, Decimal):
        return [Fact(Kind.NUMBER, Decimal(n), str(n), fact.locations) for n in _greater(int(fact.value), met)]
    if measure.signature.name in ("min", "max") and isinstance(fact.value, date):
        sign = -1 if measure.signature.name == "min" else 1
        return [Fact(Kind.DATE, d, str(d), fact.locations) for d in _beyond(fact.value, sign, met)]
    if measure.signature.name == "ordered" and fact.value is True:
        return [Fact(Kind.FLAG, False, "", fact.locations)]
    return [] if measure.signature.name == "ordered" and fact.value is False else None


def _greater(number: int, met: Iterable[object]) -> Iterator[int]:
    near = {int(v) + d for v in met if isinstance(v, int | Decimal) for d in (-1, 0, 1)}
    return (n for n in sorted({*near, number + 1, number + 2, number + _MANY}) if n > number)


def _beyond(day: date, sign: int, met: Iterable[object]) -> Iterator[date]:
    """Days beyond one, in one direction; of the same kind, with a time of day or without."""
    others = [v for v in met if isinstance(v, date)]
    reached = [day + sign * timedelta(days=n) for n in _DAYS]
    for other in others:
        if isinstance(day, datetime) and not isinstance(other, datetime):
            other = datetime(other.year, other.month, other.day)
        reached.append(other + sign * timedelta(days=1))
    same = [r for r in reached if isinstance(r, datetime) == isinstance(day, datetime)]
    return (r for r in same if (r > day if sign > 0 else r < day))
