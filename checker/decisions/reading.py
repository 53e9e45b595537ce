"""decisions.yaml → Decisions; every mistake at its line, all at once."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from checker import yaml_text
from checker.bilingual import Bilingual
from checker.decisions.content import ACTIONS, NAME, Decision, Decisions, uses
from checker.errors import InputError, Problem, did_you_mean
from checker.finding import Outcome
from checker.location import Location
from checker.manifest import Manifest
from checker.ruleset import Ruleset, Use
from checker.submission import printable
from checker.submission.inside import Folder
from checker.yaml_text import Mark, Way, YamlText
from checker.yaml_text.validation import is_date, schema_problems

MOST = 200
"""Problems told one by one; the others are counted."""
_FILLED_IN = (*ACTIONS, "by", "role", "on", "why", "expires")


@dataclass(frozen=True)
class Ground:
    """What decisions are checked against.

    folder: the submission folder, or the folder the report is in. rules: all rules there are, asked for only
    where the ruleset does not use one.
    """

    ruleset: Ruleset
    folder: Path
    manifest: Manifest | None
    rules: Callable[[], Collection[str]]


def decisions_path(submission: Path, named: Path | None = None) -> Path | None:
    """The decisions file: the one named, else decisions.yaml of a submission folder, if it has one.

    Raises InputError for one that is no file of the folder, or is misnamed.
    """
    if named is not None or not submission.is_dir():
        return named
    try:
        names = sorted(entry.name for entry in submission.iterdir())
    except OSError as error:
        why = error.strerror
        raise _refused("unreadable", f"文件夹无法读取：{why}", f"the folder cannot be read: {why}") from None
    if NAME in names:
        found = Folder(submission).locate(NAME)
        if found is None or not found.is_file():
            raise _refused("decisions.no-file", "这不是文件", "this is no file")
        return found
    for name in names:
        if name.lower() in (NAME, "decisions.yml"):
            raise _refused(
                "decisions.name", f"{name} 请改名为 {NAME}", f"rename {name} to {NAME}: only that is read"
            )
    return None


def read_decisions(path: Path, ground: Ground) -> Decisions:
    """The decisions in a file. Raises InputError with every mistake."""
    file = printable(path.name)
    return parse_decisions(yaml_text.read_bytes(path, file), file, ground)


def parse_decisions(data: bytes, file: str, ground: Ground) -> Decisions:
    """The decisions in these bytes. Raises InputError with every mistake."""
    source, unfilled = _without_forms(yaml_text.parse(data, file))
    problems = [*schema_problems(source, "decisions"), *_Checks(source, ground).problems()]
    if problems:
        raise InputError(_counted(sorted(dict.fromkeys(problems), key=_order), file))
    entries = source.data.get("decisions", ())
    made = tuple(_decision(entry, source, n, ground.ruleset) for n, entry in enumerate(entries))
    return Decisions(file, hashlib.sha256(data).hexdigest(), made, unfilled)


def _refused(code: str, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(NAME))])


def _order(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (place.line or 0, place.character or 0) if place else (0, 0)


def _counted(problems: list[Problem], file: str) -> list[Problem]:
    left = len(problems) - MOST
    if left <= 0:
        return problems
    more = Bilingual(f"另有 {left} 处错误", f"{left} more mistakes")
    return [*problems[:MOST], Problem("decisions.more", more, Location(file))]


# Forms nobody has filled in ------------------------------------------------------------------------


def _without_forms(source: YamlText) -> tuple[YamlText, int]:
    """The file without the entries that are forms still blank, and how many those are."""
    data = source.data
    entries = data.get("decisions") if isinstance(data, dict) else None
    if entries == "":
        return replace(source, data={**data, "decisions": []}), 0
    if not isinstance(entries, list):
        return source, 0
    kept = [n for n, entry in enumerate(entries) if not _is_form(entry)]
    places = {old: new for new, old in enumerate(kept)}
    data = {**data, "decisions": [_filled(entries[n]) for n in kept]}
    marks = dict(_moved(source.marks, places))
    return replace(source, data=data, marks=marks), len(entries) - len(kept)


def _is_form(entry: Any) -> bool:
    """Whether an entry is as it was printed: it asks for an action, and says nothing yet."""
    if not isinstance(entry, dict) or not any(action in entry for action in ACTIONS):
        return False
    return all(entry.get(key, "") == "" for key in _FILLED_IN)


def _filled(entry: Any) -> Any:
    """An entry without the actions of its form that were left blank beside the one taken."""
    if not isinstance(entry, dict):
        return entry
    taken = any(entry.get(action) for action in ACTIONS)
    return {k: v for k, v in entry.items() if not (taken and v == "" and k in (*ACTIONS, "expires"))}


def _moved(marks: Mapping[Way, Mark], places: Mapping[int, int]) -> Iterator[tuple[Way, Mark]]:
    for way, mark in marks.items():
        if len(way) < 2 or way[0] != "decisions":
            yield way, mark
        elif isinstance(way[1], int) and way[1] in places:
            yield ("decisions", places[way[1]], *way[2:]), mark


# What a schema cannot say --------------------------------------------------------------------------


class _Checks:
    """What is wrong with the parts that have their shape; of the others the schema speaks."""

    def __init__(self, source: YamlText, ground: Ground) -> None:
        self._source = source
        self._ground = ground
        self._uses = uses(ground.ruleset)
        self._folder = Folder(ground.folder)
        self._ids = {item.id for item in ground.manifest.evidence} if ground.manifest else set()
        self._made: dict[tuple[str, str], int] = {}

    def problems(self) -> Iterator[Problem]:
        data = self._source.data
        entries = data.get("decisions") if isinstance(data, dict) else None
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                yield from self._entry(entry, ("decisions", number))

    def _entry(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        yield from self._rule(entry, way)
        yield from self._twice(entry, way)
        yield from self._actions(entry, way)
        yield from self._whole_only(entry, way)
        yield from self._fits(entry, way)
        yield from self._expiry(entry, way)
        yield from self._evidence(entry, way)

    def _tell(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> Problem:
        return self._source.problem(f"decisions.{code}", zh, en, way, key)

    def _rule(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        name = _text(entry, "rule")
        if not name or name in self._ground.ruleset.rules:
            return
        known = self._ground.rules()
        if name.partition("#")[0] not in known:
            hint = did_you_mean(name, [*self._ground.ruleset.rules, *known])
            zh, en = f"没有规则 {name}{hint.zh}", f"there is no rule {name}{hint.en}"
            yield self._tell("unknown-rule", zh, en, (*way, "rule"))

    def _twice(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        name = _text(entry, "rule")
        if not name:
            return
        one = name, _record(entry, self._ground.ruleset) or ""
        if one in self._made:
            line = self._source.place(("decisions", self._made[one])).line
            what = (
                Bilingual(f"{name} 的 {one[1]}", f"{one[1]} of {name}") if one[1] else Bilingual(name, name)
            )
            zh, en = f"{what.zh} 在第 {line} 行已有决定", f"{what.en} is decided on line {line} already"
            yield self._tell("duplicate", zh, en, (*way, "rule"))
        self._made.setdefault(one, int(way[1]))

    def _actions(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        given = [key for key in entry if key in ACTIONS]
        listed = "、".join(ACTIONS)
        if not given:
            zh = f"没有写明怎么决定：{listed} 须有一个"
            yield self._tell("no-action", zh, f"one of {', '.join(ACTIONS)} is needed", way)
        for key in given[1:]:
            zh = f"已有 {given[0]}，不能再写 {key}：{listed} 只能有一个"
            en = f"there is {given[0]} already: exactly one of {', '.join(ACTIONS)} may be given"
            yield self._tell("actions", zh, en, (*way, key), True)
        if entry.get("waive") == "false":
            zh, en = "waive 只能是 true；不豁免就不写", "waive can only be true; leave it out otherwise"
            yield self._tell("waive", zh, en, (*way, "waive"))

    def _whole_only(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        for key in ("level", "deduct"):
            if key in entry and _record(entry, self._ground.ruleset):
                zh, en = f"{key} 是对整条规则定的，不写 record", f"{key} is for the whole rule: no record"
                yield self._tell("whole-only", zh, en, (*way, "record"), True)

    def _fits(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        use = self._uses.get(_text(entry, "rule") or "")
        if use is None:
            return
        if use.rubric and (level := _text(entry, "level")):
            yield from self._level(level, use, (*way, "level"))
        if use.deduct_to is not None and (amount := _text(entry, "deduct")):
            yield from self._amount(amount, use, (*way, "deduct"))

    def _level(self, level: str, use: Use, way: Way) -> Iterator[Problem]:
        known = [level.id for level in use.rubric]
        if level not in known:
            hint, listed = did_you_mean(level, known), ", ".join(known)
            zh = f"没有 {level} 这个等级{hint.zh or f'；可用的有：{listed}'}"
            en = f"there is no level {level}{hint.en or f'; there are: {listed}'}"
            yield self._tell("level", zh, en, way)

    def _amount(self, amount: str, use: Use, way: Way) -> Iterator[Problem]:
        try:
            value = Decimal(amount)
        except ArithmeticError:  # of which the schema speaks
            return
        low, high = use.deduct or Decimal(0), use.deduct_to or Decimal(0)
        if not low <= value <= high:
            zh = f"扣 {amount} 分不在指标体系规定的 {low} 至 {high} 分之内"
            en = f"{amount} is not within {low} to {high}, the range the ruleset leaves"
            yield self._tell("range", zh, en, way)

    def _expiry(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        if "waive" in entry and "expires" not in entry:
            zh, en = "豁免须写明到哪天为止（expires）", "a waiver needs the day it ends on (expires)"
            yield self._tell("no-expiry", zh, en, (*way, "waive"), True)
        elif "expires" in entry and "waive" not in entry and any(action in entry for action in ACTIONS):
            zh, en = "expires 只用于豁免（waive）", "expires goes with waive only"
            yield self._tell("expiry", zh, en, (*way, "expires"), True)
        made, ends = _text(entry, "on"), _text(entry, "expires")
        if made and ends and is_date(made) and is_date(ends) and ends < made:
            zh, en = f"到期日 {ends} 早于决定日 {made}", f"it ends on {ends}, before it was made on {made}"
            yield self._tell("expiry", zh, en, (*way, "expires"))

    def _evidence(self, entry: dict[str, Any], way: Way) -> Iterator[Problem]:
        evidence = entry.get("evidence")
        for number, name in enumerate(evidence if isinstance(evidence, list) else ()):
            if isinstance(name, str) and name.strip() and name not in self._ids:
                yield from self._file(name, (*way, "evidence", number))

    def _file(self, name: str, way: Way) -> Iterator[Problem]:
        try:
            found = self._folder.locate(name)
        except InputError as error:
            yield self._tell(error.problems[0].code, *error.problems[0].message, way)
            return
        if found is None or not found.is_file():
            hint = did_you_mean(name, sorted(self._ids))
            zh = f"证据 {name} 不是清单中的编号，报送文件夹里也没有这个文件{hint.zh}"
            en = f"the evidence {name} is no id of the manifest and no file of the submission{hint.en}"
            yield self._tell("evidence", zh, en, way)
        elif found.name == self._source.file or found.name == NAME:
            zh, en = "决定不能拿自己作证", "a decision cannot be its own evidence"
            yield self._tell("evidence", zh, en, way)


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _record(entry: Mapping[str, Any], ruleset: Ruleset) -> str | None:
    """The record an entry names; None for the whole rule, and for a rule that has one record, the report."""
    rule = ruleset.rules.get(_text(entry, "rule") or "")
    return None if rule is not None and rule.each is None else _text(entry, "record")


# Data that has been found to be in order -----------------------------------------------------------


def _decision(entry: Mapping[str, Any], source: YamlText, number: int, ruleset: Ruleset) -> Decision:
    return Decision(
        rule=entry["rule"],
        record=_record(entry, ruleset),
        measured=entry["measured"],
        settle=_outcome(entry, "settle"),
        level=entry.get("level"),
        deduct=Decimal(entry["deduct"]) if "deduct" in entry else None,
        override=_outcome(entry, "override"),
        waive=entry.get("waive") == "true",
        expires=date.fromisoformat(entry["expires"]) if "expires" in entry else None,
        by=entry["by"].strip(),
        role=entry["role"].strip(),
        on=date.fromisoformat(entry["on"]),
        why=entry["why"].strip(),
        evidence=tuple(entry["evidence"]),
        place=source.place(("decisions", number)),
    )


def _outcome(entry: Mapping[str, Any], key: str) -> Outcome | None:
    return Outcome(entry[key]) if key in entry else None
