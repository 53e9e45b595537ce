"""Folders of ledger kinds → LedgerKind by id. The id is the name of the file, without .yaml."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, did_you_mean
from checker.ledger import Column, LedgerKind, Unfold, heading, term
from checker.location import Location
from checker.ruleset_yaml.cache import Notes
from checker.ruleset_yaml.sources import load, raise_all, shown
from checker.schemas import open_schema
from checker.yaml_text import Way, YamlText

SCHEMA = "ledger_kind"
_NUMERIC = ("count", "number", "amount")


def load_kinds(folders: Iterable[Path]) -> dict[str, LedgerKind]:
    """Every kind of ledger in the folders, by id, in the order of ids.

    Raises RulesetError with every problem in every file.
    """
    problems: list[Problem] = []
    return load(SCHEMA, _files(folders, problems), problems, _kinds)


def _files(folders: Iterable[Path], problems: list[Problem]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    name = re.compile(open_schema(SCHEMA)["$defs"]["name"]["pattern"])
    for folder in folders:
        for path in sorted(folder.glob("*.y*ml")):
            if path.suffix != ".yaml":
                zh, en = "台账种类文件的扩展名须是 .yaml", "the file of a ledger kind ends in .yaml"
            elif not name.search(path.stem):
                zh = f"文件名 {path.stem} 不能作编号：须是小写英文字母开头的一个词"
                en = f"the file's name {path.stem} cannot be an id: one lower-case ASCII word is needed"
            elif path.stem in found:
                other = shown(found[path.stem])
                zh, en = (
                    f"台账种类 {path.stem} 已在 {other}",
                    f"the ledger kind {path.stem} is already in {other}",
                )
            else:
                found[path.stem] = path
                continue
            problems.append(Problem("ledger-kind.file", Bilingual(zh, en), Location(shown(path))))
    return dict(sorted(found.items()))


def _kinds(sources: Mapping[str, YamlText], problems: list[Problem], notes: Notes) -> dict[str, LedgerKind]:
    spoilt = {p.location.file for p in problems if p.location}
    known = {name: source for name, source in sources.items() if isinstance(source.data, dict)}
    keyed = {name for name, source in known.items() if "key" in source.data}
    kinds = {}
    for name, source in known.items():
        if source.file in spoilt:
            continue
        if not notes[name]:  # else it was found to be in order, beside the same others
            problems.extend(_mistakes(source, known, keyed))
            notes[name]["in order"] = True
        kinds[name] = _kind(name, source.data)
    raise_all(problems)
    return kinds


def _kind(name: str, data: Mapping[str, Any]) -> LedgerKind:
    return LedgerKind(
        id=name,
        title=_bilingual(data["title"]),
        item=data["item"],
        columns=tuple(_column(key, given) for key, given in data["columns"].items()),
        shown=tuple(data["shown"]),
        key=data.get("key"),
        unfold=_unfold(data["unfold"]) if "unfold" in data else None,
    )


def _bilingual(data: Mapping[str, str]) -> Bilingual:
    return Bilingual(data["zh"], data["en"])


def _column(name: str, data: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        type=data["type"],
        label=_bilingual(data["label"]),
        aliases=tuple(dict.fromkeys(spelling for spelling, _ in _spellings(name, data))),
        required=data.get("required") == "true",
        choices={s: t for t, others in data.get("choices", {}).items() for s in (t, *others)},
        refers=data.get("refers"),
        by_title=data.get("by_title"),
        unit=_bilingual(data["unit"]) if "unit" in data else None,
        scale=int(data.get("scale", "1")),
    )


def _unfold(data: Mapping[str, Any]) -> Unfold:
    return Unfold(
        column=data["column"],
        steps={step: tuple(words) for step, words in data["steps"].items()},
        columns={name: tuple(words) for name, words in data["columns"].items()},
    )


def _spellings(name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Way]]:
    """Every header a column goes by, the official ones first, with the way to it."""
    yield data["label"]["zh"], ("columns", name, "label", "zh")
    for number, alias in enumerate(data.get("aliases", ())):
        yield alias, ("columns", name, "aliases", number)
    yield data["label"]["en"], ("columns", name, "label", "en")
    yield name, ("columns", name)


def _mistakes(source: YamlText, known: Mapping[str, YamlText], keyed: set[str]) -> Iterator[Problem]:
    """What the schema cannot see in a file that fits it."""
    yield from _unknown_columns(source)
    yield from _item(source)
    yield from _references(source, known, keyed)
    yield from _units(source)
    yield from _choices(source)
    claimed: dict[str, str] = {}
    yield from _headers(source, claimed)
    if "unfold" in source.data:
        yield from _unfolding(source, claimed)


def _unknown_columns(source: YamlText) -> Iterator[Problem]:
    """Places that name a column which is not there."""
    data = source.data
    named: list[tuple[str, Way]] = [(data["key"], ("key",))] if "key" in data else []
    named += [(name, ("shown", number)) for number, name in enumerate(data["shown"])]
    named += [
        (c["by_title"], ("columns", n, "by_title")) for n, c in data["columns"].items() if "by_title" in c
    ]
    if "unfold" in data:
        named.append((data["unfold"]["column"], ("unfold", "column")))
    for name, way in named:
        yield from _no_column(source, name, way)
    for name in data.get("unfold", {}).get("columns", ()):
        yield from _no_column(source, name, ("unfold", "columns", name), key=True)


def _no_column(source: YamlText, name: str, way: Way, key: bool = False) -> Iterator[Problem]:
    columns = source.data["columns"]
    if name not in columns:
        hint = did_you_mean(name, columns)
        zh, en = f"没有 {name} 这一栏{hint.zh}", f"there is no column {name}{hint.en}"
        yield source.problem("ledger-kind.no-column", zh, en, way, key=key)


def _item(source: YamlText) -> Iterator[Problem]:
    item = source.data["item"]
    if item in source.data["columns"]:
        zh = f"{item} 已是一栏的名称，不能再用来称呼一行"
        en = f"{item} is the name of a column and cannot name a row as well"
        yield source.problem("ledger-kind.item", zh, en, ("item",))


def _references(source: YamlText, known: Mapping[str, YamlText], keyed: set[str]) -> Iterator[Problem]:
    for name, column in source.data["columns"].items():
        other = column.get("refers")
        if other is None or other in keyed:
            continue
        if other in known:
            zh, en = f"台账种类 {other} 没有主键", f"the ledger kind {other} has no key"
        else:
            hint = did_you_mean(other, known)
            zh, en = f"没有台账种类 {other}{hint.zh}", f"there is no ledger kind {other}{hint.en}"
        yield source.problem("ledger-kind.refers", zh, en, ("columns", name, "refers"))


def _units(source: YamlText) -> Iterator[Problem]:
    for name, column in source.data["columns"].items():
        for key, types in (("unit", _NUMERIC), ("scale", ("amount",)), ("choices", ("text",))):
            if key in column and column["type"] not in types:
                zh, en = (
                    f"{column['type']} 类型的栏不能有 {key}",
                    f"a column of type {column['type']} has no {key}",
                )
                yield source.problem("ledger-kind.type", zh, en, ("columns", name, key), key=True)


def _choices(source: YamlText) -> Iterator[Problem]:
    """Spellings that two terms of one column claim."""
    for name, column in source.data["columns"].items():
        claimed: dict[str, str] = {}
        for canonical, others in column.get("choices", {}).items():
            way: Way = ("columns", name, "choices", canonical)
            yield from _claim(source, claimed, canonical, canonical, way, key=True)
            for number, spelling in enumerate(others):
                yield from _claim(source, claimed, spelling, canonical, (*way, number))


def _claim(
    source: YamlText, claimed: dict[str, str], spelling: str, canonical: str, way: Way, key: bool = False
) -> Iterator[Problem]:
    owner = claimed.setdefault(term(spelling), canonical)
    if owner != canonical:
        zh, en = f"{spelling} 已是 {owner} 的写法", f"{spelling} already stands for {owner}"
        yield source.problem("ledger-kind.choice", zh, en, way, key=key)


def _headers(source: YamlText, claimed: dict[str, str]) -> Iterator[Problem]:
    """Headers that two columns claim; `claimed` is filled with those of all columns."""
    for name, column in source.data["columns"].items():
        for spelling, way in _spellings(name, column):
            owner = claimed.setdefault(heading(spelling), name)
            if owner != name:
                zh = f"表头“{spelling}”已归 {owner} 栏"
                en = f"the header {spelling} belongs to the column {owner} already"
                yield source.problem("ledger-kind.alias", zh, en, way, key=way[-1] == name)


def _unfolding(source: YamlText, claimed: dict[str, str]) -> Iterator[Problem]:
    unfold = source.data["unfold"]
    terms = source.data["columns"].get(unfold["column"], {}).get("choices")
    if terms is None and unfold["column"] in source.data["columns"]:
        zh, en = "环节栏须列出 choices", "the column of the step needs choices"
        yield source.problem("ledger-kind.unfold", zh, en, ("unfold", "column"))
    for step, words in unfold["steps"].items():
        if terms is not None and step not in terms:
            hint = did_you_mean(step, terms)
            zh = f"{step} 不在 {unfold['column']} 的取值中{hint.zh}"
            en = f"{step} is none of the choices of {unfold['column']}{hint.en}"
            yield source.problem("ledger-kind.unfold", zh, en, ("unfold", "steps", step), key=True)
        for number, word in enumerate(words):
            yield from _step_headers(source, claimed, step, word, ("unfold", "steps", step, number))


def _step_headers(
    source: YamlText, claimed: dict[str, str], step: str, word: str, way: Way
) -> Iterator[Problem]:
    for column, endings in source.data["unfold"]["columns"].items():
        for ending in endings:
            owner = claimed.setdefault(heading(word + ending), f"{step} {column}")
            if owner != f"{step} {column}":
                zh = f"表头“{word}{ending}”已归 {owner}"
                en = f"the header {word}{ending} belongs to {owner} already"
                yield source.problem("ledger-kind.alias", zh, en, way)
