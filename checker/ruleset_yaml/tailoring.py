"""A ruleset that extends another: the parent's file with the differences put in, each value in its place.

    extends: disclosure
    remove: [claims, annual-report/fee-stated]
    change:
      - {indicator: report, points: 10, without: [floor]}
      - {rule: release-review/in-order, deduct: 1, settings: {days: 3}}
    add:
      - {to: report, rules: [{rule: local/summary-first, deduct: 1}]}
      - {indicators: [{id: local, …}]}

Whatever else the file states at the top (marks, bands, veto …) stands in place of the parent's.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, did_you_mean
from checker.location import Location
from checker.ruleset_yaml.telling import Telling, as_list
from checker.yaml_text import Source, Way

TAILORING = ("extends", "remove", "change", "add")
_OWN = ("title", "version", "source", "sheet", "firm")
"""What a ruleset says of itself alone, and does not have from its parent."""


class Composed:
    """Data put together from several files. It answers for places as a YamlText does."""

    def __init__(self, parent: Source, own: Source) -> None:
        self.own = own
        self.parent = parent
        self.lines: tuple[str, ...] = (*parent.lines, *own.lines)
        self.data: Any = {k: v for k, v in copy.deepcopy(parent.data).items() if k not in _OWN}
        # The values are kept with their origins, so that no id is ever used again.
        self._origins: dict[int, tuple[Source, Way, Any]] = {}
        self._written: dict[tuple[int, str], Way] = {}
        self._note(self.data, parent, ())

    def _note(self, data: Any, source: Source, way: Way) -> None:
        """Remember where a value and all below it come from."""
        if isinstance(data, dict | list):
            self._origins[id(data)] = (source, way, data)
            for step, value in data.items() if isinstance(data, dict) else enumerate(data):
                self._note(value, source, (*way, step))

    def write(self, into: dict[str, Any], key: str, way: Way) -> None:
        """Take the value at the way in our own file."""
        value = copy.deepcopy(_at(self.own.data, way))
        into[key] = value
        self._written[id(into), key] = way
        self._note(value, self.own, way)

    def append(self, to: list[Any], way: Way) -> None:
        value = copy.deepcopy(_at(self.own.data, way))
        to.append(value)
        self._note(value, self.own, way)

    def _origin(self, way: Way) -> tuple[Source, Way]:
        if not way:
            return self.own, ()
        data: Any = self.data
        source, at = self._origins[id(data)][:2]
        for step in way:
            written = self._written.get((id(data), step)) if isinstance(step, str) else None
            data = _step(data, step)
            if written is not None:
                source, at = self.own, written
            elif isinstance(data, dict | list) and id(data) in self._origins:
                source, at = self._origins[id(data)][:2]
            else:
                at = (*at, step)
        return source, at

    def place(self, way: Way, key: bool = False) -> Location:
        source, at = self._origin(way)
        return source.place(at, key)

    def problem(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> Problem:
        source, at = self._origin(way)
        return source.problem(code, zh, en, at, key)


def compose(parent: Source, told: Telling) -> Composed:
    """The parent with the differences of our own file. What cannot be done is told."""
    own = told.source
    composed = Composed(parent, own)
    for key in own.data:
        if key not in TAILORING:
            composed.write(composed.data, key, (key,))
    _Tailor(composed, told).all()
    return composed


class _Tailor:
    def __init__(self, composed: Composed, told: Telling) -> None:
        self.composed = composed
        self.told = told

    def all(self) -> None:
        data = self.told.source.data
        for n, change in enumerate(as_list(data.get("change"))):
            if isinstance(change, dict):
                self._change(change, ("change", n))
        for n, name in enumerate(as_list(data.get("remove"))):
            self._remove(name, ("remove", n))
        for n, addition in enumerate(as_list(data.get("add"))):
            if isinstance(addition, dict):
                self._add(addition, ("add", n))

    def _change(self, change: Mapping[str, Any], way: Way) -> None:
        kind = "indicator" if "indicator" in change else "rule"
        found = self._find(change.get(kind), (*way, kind), kind)
        if found is None:
            return
        _, _, target = found
        for key in as_list(change.get("without")):
            if target.pop(key, None) is None:
                zh, en = f"上级体系的这一项没有 {key}", f"there is no {key} in the parent's"
                self.told.tell("tailoring.without", zh, en, (*way, "without"))
        for key in change:
            if key not in ("indicator", "rule", "without"):
                self._exclude(target, key)
                self.composed.write(target, key, (*way, key))

    @staticmethod
    def _exclude(target: dict[str, Any], key: str) -> None:
        """points and weight, and the kinds of worth of a use, stand for one another."""
        worth = ("points", "weight", "deduct", "veto", "limit", "warning")
        if key in worth:
            for other in worth:
                target.pop(other, None)

    def _remove(self, name: Any, way: Way) -> None:
        found = self._find(name, way, "rule" if isinstance(name, str) and "/" in name else "indicator")
        if found is not None:
            siblings, holder, target = found
            siblings[:] = [each for each in siblings if each is not target]
            if not siblings:
                for key in ("rules", "indicators"):
                    if holder.get(key) is siblings:
                        del holder[key]

    def _add(self, addition: Mapping[str, Any], way: Way) -> None:
        target = self.composed.data
        if "to" in addition:
            found = self._find(addition["to"], (*way, "to"), "indicator")
            if found is None:
                return
            target = found[2]
        for key in ("rules", "indicators"):
            for n, _ in enumerate(as_list(addition.get(key))):
                if not isinstance(target.get(key), list):
                    target[key] = []
                self.composed.append(target[key], (*way, key, n))

    def _find(
        self, name: Any, way: Way, kind: str
    ) -> tuple[list[Any], dict[str, Any], dict[str, Any]] | None:
        """The list an indicator or a use stands in, who holds the list, and itself."""
        known: dict[str, tuple[list[Any], dict[str, Any], dict[str, Any]]] = {}
        for each in _items(self.composed.data, kind):
            known.setdefault(_name(each[2], kind), each)
        if not isinstance(name, str) or name in known:
            return known.get(name) if isinstance(name, str) else None
        hint = did_you_mean(name, known)
        what = Bilingual("指标", "indicator") if kind == "indicator" else Bilingual("规则", "rule")
        zh, en = f"上级体系没有{what.zh} {name}{hint.zh}", f"the parent has no {what.en} {name}{hint.en}"
        self.told.tell("tailoring.unknown", zh, en, way)
        return None


def _name(item: Mapping[str, Any], kind: str) -> str:
    if kind == "indicator":
        return str(item.get("id"))
    return f"{item.get('rule')}#{item['as']}" if "as" in item else str(item.get("rule"))


def _items(data: Any, kind: str) -> Iterator[tuple[list[Any], dict[str, Any], dict[str, Any]]]:
    """Every indicator, or every use, of a tree."""
    for holder in (data, data.get("bonus")):
        if not isinstance(holder, dict):
            continue
        for each in as_list(holder.get("rules")) if kind == "rule" else ():
            if isinstance(each, dict):
                yield holder["rules"], holder, each
    for child in as_list(data.get("indicators")):
        if isinstance(child, dict):
            if kind == "indicator":
                yield data["indicators"], data, child
            yield from _items(child, kind)


def _step(data: Any, step: Any) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data
