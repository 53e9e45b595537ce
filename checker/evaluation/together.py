"""All records a rule ranges over decided at once, as far as plain values settle them.

What a record fails by, and why it cannot be decided, is told of it alone: this says of no record more than
that it certainly passes or is certainly left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from checker.evaluation.columns import Answers, Ask, Column, answers, joined, partly, wholly
from checker.evaluation.joins import Match, Narrowing, Unsure
from checker.evaluation.measuring import compute, constant, way
from checker.evaluation.operands import WHOLE_REPORT, Trial
from checker.evaluation.plain import Stated, stated
from checker.expression import collection_of
from checker.facts import Absent, Field
from checker.ruleset import Expression, Measure, Ratio


def settled(trial: Trial, count: int) -> list[bool | None]:
    """True: the record certainly passes. False: `where` certainly leaves it out. None: decide() must say.

    count: how many records there are; the report as a whole is one, and always for decide().
    """
    found: list[bool | None] = [None] * count
    if not found or trial.rule.each is None or _rests_on_part(trial):
        return found
    places: Sequence[int] = range(count)
    records = _Together(trial, places, {})
    if trial.rule.where is not None:
        kept = records.answers(trial.rule.where, partly)
        for place, keeps in enumerate(kept):
            if keeps is False:
                found[place] = False
        places = [place for place, keeps in enumerate(kept) if keeps]
        records = records.at(places)
    if trial.keep or trial.rule.question is not None or not places:
        return found
    for place, passes in zip(places, records.passing(), strict=True):
        if passes:
            found[place] = True
    return found


def _rests_on_part(trial: Trial) -> bool:
    """Whether a measure that decides goes over rows not all of which are known."""
    asked = [measure for measure in trial.rule.measures if measure.name in trial.asked]
    for measure in asked:
        way(trial, measure)
    return any(trial.is_unseen(measure) for measure in asked)


class _Together:
    """Some of a rule's records, by their places, as columns: own fields, measures, what is one for all."""

    def __init__(self, trial: Trial, places: Sequence[int], measured: Mapping[str, Column]) -> None:
        self.trial = trial
        self.places = places
        self._own = trial.joins.columns(trial.rule.each or "")
        self._all = len(places) == len(self._own)
        self._measured = dict(measured)
        self._groups: dict[object, Sequence[Sequence[int] | None]] = {}

    def at(self, places: Sequence[int]) -> "_Together":
        """Only those at some places; self has them all."""
        if len(places) == len(self.places):
            return self
        return _Together(
            self.trial, places, {name: column.at(places) for name, column in self._measured.items()}
        )

    def answers(self, condition: Expression, ask: Ask) -> Answers:
        return answers(condition, [self[name] for name in condition.reads], len(self.places), ask)

    def passing(self) -> Answers:
        """Whether each record passes for certain."""
        degree = self.trial.rule.degree
        if not isinstance(degree, Ratio):
            return self.answers(self.trial.rule.assertion, wholly)
        target = degree.whole in self.trial.parameters
        return [
            isinstance(part, int)
            and isinstance(whole, int)
            and whole > 0
            and (part == whole or target and part > whole)
            for part, whole in zip(self[degree.part].usable, self[degree.whole].usable, strict=True)
        ]

    def __getitem__(self, name: str) -> Column:
        """What a condition reads under a name."""
        if name in self.trial.own:
            return self._column(name)
        if name in self.trial.declared:
            return self._measure(name)
        return constant(self.trial, name, len(self.places))

    def _column(self, name: str) -> Column:
        return self._own[name] if self._all else self._own[name].at(self.places)

    def _measure(self, name: str) -> Column:
        if name not in self._measured:
            measure = next(m for m in self.trial.rule.measures if m.name == name)
            self._measured[name] = self._computed(measure, self.trial.declared[name])
        return self._measured[name]

    def _computed(self, measure: Measure, declared: Field) -> Column:
        trial, count = self.trial, len(self.places)
        if measure.name not in trial.of_the_record:
            known = compute(trial, WHOLE_REPORT, None, trial.needed([measure.name]))
            return Column(declared, [stated(declared, known[measure.name][1])] * count)
        if way(trial, measure).value is None:
            return Column(declared, [None] * count, certain=False)
        if collection_of(measure) is None:
            return Column(declared, self._of_fields(measure), certain=False)
        return Column(declared, self._over_members(measure))

    def _of_fields(self, measure: Measure) -> Sequence[Stated | None]:
        how = way(self.trial, measure)
        assert how.value is not None
        arguments: list[Sequence[Any]] = []
        for _, kind, written in how.given:
            if kind == "fields":
                arguments.append(list(zip(*(self._argument(name) for name in written), strict=True)))
            else:
                arguments.append(self._argument(written))
        names = [name for name, _, _ in how.given]
        given = zip(*arguments, strict=True)
        return [
            None if None in values else how.value({**how.set, **dict(zip(names, values, strict=True))})
            for values in given
        ]

    def _argument(self, name: str) -> Sequence[Stated | None]:
        """What a measure is given under a name."""
        trial = self.trial
        if name in trial.declared:
            return self._measure(name).stated
        if name in trial.own:
            return self._column(name).stated
        if name in trial.vocabulary.fields:
            return constant(trial, name, len(self.places)).stated
        return [None] * len(self.places)

    def _over_members(self, measure: Measure) -> Sequence[Stated | None]:
        trial, how = self.trial, way(self.trial, measure)
        assert how.value is not None and how.collection is not None
        if isinstance(trial.joins.collection(how.collection), Absent):
            return [None] * len(self.places)
        groups = self._members(how.collection, measure.match, how.narrowing)
        columns = trial.joins.columns(how.collection)
        read = [(name, columns[written].stated) for name, kind, written in how.given if kind != "collection"]
        arguments: dict[str, Any] = {name: () for name, _, _ in how.given} | dict(how.set)
        value = how.value
        if not read:
            [name] = [name for name, _, _ in how.given]
            return [None if numbers is None else value({name: numbers}) for numbers in groups]
        found: list[Stated | None] = []
        for numbers in groups:
            lacks = numbers is None
            for name, column in read:
                arguments[name] = said = [column[number] for number in numbers or ()]
                lacks = lacks or None in said
            found.append(None if lacks else value(arguments))
        return found

    def _members(
        self, collection: str, match: Match, narrowing: Narrowing | None
    ) -> Sequence[Sequence[int] | None]:
        """The numbers of each record's members; None where that cannot be said."""
        name = (collection, match, narrowing.name if narrowing else None)
        if name not in self._groups:
            joins = self.trial.joins
            index, kept = joins.index(collection, match), joins.kept(collection, narrowing)
            keys = joined([self._column(own).stated for own, _ in match], len(self.places))
            found = [None if key is None else index.members(key, kept) for key in keys]
            self._groups[name] = [None if isinstance(numbers, Unsure) else numbers for numbers in found]
        return self._groups[name]
