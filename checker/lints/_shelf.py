"""What is looked at, and what a lint says of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.facts import Vocabulary
from checker.location import Location
from checker.proving.cases import CaseFile
from checker.ruleset import Indicator, Rule, Ruleset, Use
from checker.yaml_text import Way, YamlText, read

TO_DO = re.compile(r"\bTODO\b|待填")
"""What marks a place that a scaffold or an import has left to be filled in."""

Severity = Literal["refused", "error", "warning"]
"""refused: it does not load. error: it loads, and does other than it says. warning: worth a second look."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a lint has found: where, what is wrong, and how to put it right.

    node: where a mapping of the file begins (a use, an indicator, the file itself); keys: from there to the
    value meant. Of a value that is not there the place is its parent's. A node that is no such place is the
    place itself.
    """

    node: Location
    keys: Way
    message: Bilingual
    fix: Bilingual


def scalars(source: YamlText) -> Iterator[tuple[Way, str]]:
    """Every text of a file and the way to it, in the order of the file."""
    waiting: list[tuple[Way, Any]] = [((), source.data)]
    while waiting:
        way, data = waiting.pop()
        if isinstance(data, str):
            yield way, data
            continue
        inside = data.items() if isinstance(data, dict) else enumerate(data)
        waiting.extend(reversed([((*way, step), value) for step, value in inside]))


def sentences(source: YamlText) -> Iterator[tuple[Way, str, str]]:
    """Everything a file says in both languages: the way to it, the Chinese, the English."""
    texts = dict(scalars(source))
    for way, zh in texts.items():
        if way[-1:] == ("zh",) and (*way[:-1], "en") in texts:
            yield way[:-1], zh, texts[(*way[:-1], "en")]


def message_key(rule: Rule) -> str:
    """The key under which a rule's file has what a reader is told."""
    return "question" if rule.question else "message"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ruleset and the text it was read from."""

    ruleset: Ruleset
    source: YamlText

    @property
    def place(self) -> Location:
        return self.source.place(())

    def uses(self) -> Iterator[tuple[Use, Indicator | None]]:
        """Every use, those of a bonus too, with the indicator it stands in; None: the whole."""
        yield from ((use, None) for use in self.ruleset.uses)
        yield from ((use, None) for use in (self.ruleset.bonus.uses if self.ruleset.bonus else ()))
        for indicator in self.indicators():
            yield from ((use, indicator) for use in indicator.uses)
            yield from ((use, indicator) for use in (indicator.bonus.uses if indicator.bonus else ()))

    def bonus_uses(self) -> Iterator[Location]:
        """Where the uses stand that bring points on top."""
        for bonus in (self.ruleset.bonus, *(indicator.bonus for indicator in self.indicators())):
            yield from (use.place for use in (bonus.uses if bonus else ()))

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, a parent before its parts."""
        for indicator in self.ruleset.indicators:
            yield from tree(indicator)


def tree(indicator: Indicator) -> Iterator[Indicator]:
    """An indicator and all below it."""
    yield indicator
    for part in indicator.indicators:
        yield from tree(part)


class Texts:
    """Files by their names as shown, and what begins where in them; one not given is read when asked for."""

    def __init__(self, known: Mapping[str, YamlText]) -> None:
        self._known = dict(known)
        self._ways: dict[str, dict[tuple[int, int], Way]] = {}

    def of(self, file: str) -> YamlText:
        if file not in self._known:
            self._known[file] = read(Path(file), file)
        return self._known[file]

    def way(self, node: Location) -> Way | None:
        """The way to the mapping that begins at a place; None where none does."""
        if node.file not in self._ways:
            marks = self.of(node.file).marks
            self._ways[node.file] = {(m.line, m.character): way for way, m in reversed(list(marks.items()))}
        return self._ways[node.file].get((node.line or 1, node.character or 1))

    def written(self, node: Location) -> Any:
        """What is written in the mapping that begins at a place."""
        data = self.of(node.file).data
        for step in self.way(node) or ():
            data = data[step]
        return data


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one home that were asked for, as far as they load.

    rules: with the values their own files give the parameters. cases: None where a case file does not load.
    sources: the text of every file asked for, by its name as shown. named: the rules that rulesets of this
    home draw on, asked for or not; None where that is not known: one cannot be read, or others draw on it.
    """

    sheets: Sequence[Sheet]
    rules: Mapping[str, Rule]
    cases: Mapping[str, CaseFile] | None
    sources: Mapping[str, YamlText]
    named: frozenset[str] | None
    vocabulary: Vocabulary
    texts: Texts

    def parts(self) -> Iterator["Shelf"]:
        """Each ruleset by itself, then the rules and texts: so it is known of which a finding is."""
        for sheet in self.sheets:
            yield replace(self, sheets=(sheet,), rules={}, sources={})
        yield replace(self, sheets=())

    @property
    def own(self) -> YamlText | None:
        """Of a part that is a ruleset: its own file."""
        return self.sheets[0].source if self.sheets else None

    def problem(self, code: str, spot: Spot) -> tuple[Problem, Way]:
        """The problem a lint has found in a part, and the way to it in its file."""
        source, way = self._tailored(spot) or self._found(spot)
        place = spot.node if way is None else source.place(way)
        return Problem(code, spot.message, place, source.excerpt(place), spot.fix), way or ()

    def _found(self, spot: Spot) -> tuple[YamlText, Way | None]:
        begin = self.texts.way(spot.node)
        return self.texts.of(spot.node.file), None if begin is None else (*begin, *spot.keys)

    def _tailored(self, spot: Spot) -> tuple[YamlText, Way] | None:
        """Where a ruleset itself changes what it has from the one it extends, that is the place."""
        own = self.own
        if own is None or own.file == spot.node.file:
            return None
        there = self.texts.written(spot.node)
        for number, change in enumerate(own.data.get("change", ())):
            named = change.get("indicator", change.get("rule"))
            if named in (there.get("id"), there.get("rule")) and spot.keys[0] in change:
                return own, ("change", number, *spot.keys)
        return None
