"""The examples of a rule in plain words, and what an assessment says of them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checker import evaluation, library
from checker.bilingual import Bilingual
from checker.facts import Collection, Vocabulary
from checker.facts_yaml import facts_from_yaml
from checker.ruleset import Rule

Told = tuple[Bilingual, ...]
"""Sentences about one example."""

_RECORDS, _TOLD = 6, 4
_LAST_YEAR = Bilingual("上年：", "last year: ")
_SPECIAL = {
    "": Bilingual("（空白）", "(blank)"),
    "?": Bilingual("（无法辨认）", "(unreadable)"),
    "true": Bilingual("是", "yes"),
    "false": Bilingual("否", "no"),
    "missing": Bilingual("（没有这一栏）", "(no such column)"),
}
_NOT_GIVEN = Bilingual("没有提供", "not given")


def told_of_examples(ruleset: str | Path) -> dict[str, Told]:
    """What is said of the first failing example of every rule a ruleset uses, by rule."""
    known = library.vocabulary(library.homes(ruleset))
    return {rule.id: _told(rule, known) for rule in library.load_ruleset(ruleset).rules.values()}


def _told(rule: Rule, known: Vocabulary) -> Told:
    given = rule.examples.get("fail", ())
    if not given:
        return ()
    finding = evaluation.apply(rule, facts_from_yaml(given[0], known), known)
    said = [occurrence.message for occurrence in finding.occurrences[:_TOLD]]
    return tuple(dict.fromkeys(said)) or ((finding.reason,) if finding.reason else ())


def in_words(rule: Rule, kind: str, vocabulary: Vocabulary) -> tuple[Bilingual, ...]:
    """The first example of a kind (`pass`, `fail`), a line for each fact and record."""
    given = rule.examples.get(kind, ())
    return tuple(_lines(given[0], vocabulary)) if given else ()


def _lines(given: Mapping[str, Any], vocabulary: Vocabulary, prefix: str = "") -> Iterator[Bilingual]:
    for key, value in given.items():
        name = f"{prefix}{key}"
        if name == "previous" and isinstance(value, Mapping):
            for line in _lines(value, vocabulary):
                yield Bilingual(_LAST_YEAR.zh + line.zh, _LAST_YEAR.en + line.en)
        elif name == "partial":
            continue
        elif name in vocabulary.fields:
            field, (zh, en) = vocabulary.fields[name], _value(value)
            yield Bilingual(f"{field.label.zh}：{zh}", f"{field.label.en}: {en}")
        elif name in vocabulary.collections and not isinstance(value, Mapping):
            yield from _collection(vocabulary.collections[name], value)
        elif isinstance(value, Mapping):
            yield from _lines(value, vocabulary, f"{name}.")


def _collection(collection: Collection, value: Any) -> Iterator[Bilingual]:
    zh, en = collection.label
    if not isinstance(value, Sequence) or isinstance(value, str):
        yield Bilingual(f"{zh}：{_NOT_GIVEN.zh}", f"{en}: {_NOT_GIVEN.en}")
        return
    if not value:
        yield Bilingual(f"{zh}：没有记录", f"{en}: no records")
    for record in value[:_RECORDS]:
        cells = list(_cells(collection, record))
        yield Bilingual(
            f"{zh}：" + "，".join(c.zh for c in cells), f"{en}: " + ", ".join(c.en for c in cells)
        )
    more = len(value) - _RECORDS
    if more > 0:
        yield Bilingual(f"{zh}：另有 {more} 条", f"{en}: {more} more")


def _cells(collection: Collection, record: Mapping[str, Any]) -> Iterator[Bilingual]:
    labels = {field.name: field.label for field in collection.fields}
    for name, value in record.items():
        zh, en = _value(value)
        if name in labels:
            yield Bilingual(f"{labels[name].zh} {zh}", f"{labels[name].en} {en}")
        elif name == "label":
            yield Bilingual(zh, en)


def _value(value: Any) -> Bilingual:
    text = str(value)
    return _SPECIAL.get(text, Bilingual(text, text))
