"""A new rule to be filled in: a rule file and its cases, which load and hold as they stand.

Every place to be filled in is marked 待填 or TODO, so that `rules lint` names it.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from checker import evaluation, library, measures, ruleset_yaml
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, did_you_mean
from checker.facts import Collection, Field, Vocabulary
from checker.facts_yaml import facts_from_yaml
from checker.finding import Outcome
from checker.ruleset import Rule

_NUMBERS = ("count", "number", "amount")
_YEAR = "report.year"


def drafted(name: str, home: Path, each: str | None = None, question: bool = False) -> dict[str, str]:
    """The files of a new rule by their names below a home.

    name: family/rule. each: the collection it ranges over. question: a person judges it.
    Raises InputError if there is no such collection, or the rule is there already.
    """
    homes = (library.HOME.resolve(), home.resolve())
    known = library.vocabulary(homes)
    collection = _collection(each, known)
    if name in library.rules(homes):
        zh, en = f"规则 {name} 已经有了", f"there is a rule {name} already"
        raise InputError([Problem("rule.there", Bilingual(zh, en))])
    text = _question(collection) if question else _rule(collection)
    rule = _loaded(name, text, known)
    return {f"library/{name}.yaml": text, f"cases/{name}.yaml": "".join(_cases(rule, collection, known))}


def _collection(each: str | None, known: Vocabulary) -> Collection | None:
    if each is None:
        return None
    if each not in known.collections:
        hint = did_you_mean(each, known.collections)
        zh, en = f"没有这组记录：{each}{hint.zh}", f"there is no such collection: {each}{hint.en}"
        raise InputError([Problem("no-such-collection", Bilingual(zh, en))])
    return known.collections[each]


def _loaded(name: str, text: str, known: Vocabulary) -> Rule:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return ruleset_yaml.load_rule(path, Path(folder), known, measures.signatures())


_HEAD = """\
# 新规则的草稿：标“待填”和 TODO 的都要填写，checker rules lint 逐处列出。
title: {zh: 待填：一句话写出应有的状态, en: "TODO: what should be so, in one sentence"}
why: {zh: 待填：依据怎么说、为什么要查, en: "TODO: what the basis says and why it is checked"}
basis:  # grade 由强到弱：law national local practice proposed unconfirmed
  - {document: 待填：文件名称或文号, clause: 待填：第几条, grade: unconfirmed}
# effective: {from: 2024-01-01}  # 自哪天施行，按报告年度判断
# when: applications.present  # 什么情况下才适用，没有就删去
"""
_REMEDY = 'remedy: {zh: 待填：怎么改, en: "TODO: how to put it right"}\n'


def _question(collection: Collection | None) -> str:
    ranges = f"each: {collection.name}\n" if collection else ""
    hole = f"{{{collection.item}}}" if collection else ""
    asked = Bilingual(f"{hole}待填：请人判断什么？", f"{hole} TODO: what is a person asked?")
    return (
        f"{_HEAD}{ranges}question:  # 只有人能判断的：总是待定，直到有人作出决定\n"
        f"  zh: {_scalar(asked.zh)}\n  en: {_scalar(asked.en.strip())}\n{_REMEDY}"
    )


def _rule(collection: Collection | None) -> str:
    field = None if collection is None else _field(collection)
    asserted = f"{_YEAR} >= 2021" if field is None else _asserted(field)
    hole = "" if collection is None else f"{{{collection.item}}}："
    ranges = f"each: {collection.name}  # 逐条判断的记录\n" if collection else ""
    return (
        f"{_HEAD}{ranges}assert: {_scalar(f'{asserted}  // TODO')}  # 待填：应当成立的条件\n"
        f"message: {{zh: {_scalar(f'{hole}待填：不成立时说什么')}, "
        f"en: {_scalar(hole.replace('：', ': ') + 'TODO: what is said where it fails')}}}\n"
        f"{_REMEDY}examples:  # 待填：换成真实的正例和反例\n"
        f"  pass: {_flow(_given(collection, field, good=True))}\n"
        f"  fail: {_flow(_given(collection, field, good=False))}\n"
    )


def _field(collection: Collection) -> Field:
    """A field to begin with: of a ledger whether its first column is filled in, else a number or a flag."""
    fields = collection.fields
    if collection.ledger:
        return next(field for field in fields if field.name == f"has_{fields[0].name}")
    ranked = sorted(fields, key=lambda field: (field.type not in _NUMBERS, field.type != "flag"))
    return next(field for field in ranked if field.type != "prose")


def _asserted(field: Field) -> str:
    if field.type == "flag":
        return field.name
    if field.type in _NUMBERS:
        return f"{field.name} >= 0"
    if field.type in ("date", "moment"):
        day = "day(" * (field.type == "moment") + field.name + ")" * (field.type == "moment")
        return f"{day} >= date(2021, 1, 1)"
    return f'{field.name} != "待填"'


def _value(field: Field, good: bool) -> str:
    if field.type == "flag":
        return "true" if good else "false"
    if field.type in _NUMBERS:
        return "1" if good else "-1"
    if field.type in ("date", "moment"):
        return "2024-01-31" if good else "2020-01-31"
    if field.choices:
        return field.choices[0] if good else "待填"
    return "甲" if good else "待填"


def _given(collection: Collection | None, field: Field | None, good: bool) -> Mapping[str, Any]:
    if collection is not None and collection.ledger:
        first = collection.fields[0]
        return {_YEAR: "2024", collection.name: [{first.name: _value(first, True) if good else ""}]}
    if collection is not None and field is not None:
        return {_YEAR: "2024", collection.name: [{field.name: _value(field, good)}]}
    return {_YEAR: "2024" if good else "2020"}


_CASES = """\
# 待填：换成这条规则真正会遇到的情形；空白（""）、斜线（"/"）、认不出（"?"）、没有提供（missing）都要有。
"""
_SHOWN = {
    Outcome.PASS: "待填：怎样算符合",
    Outcome.FAIL: "待填：怎样算不符合",
    Outcome.PENDING: "待填：要由人判断的",
    Outcome.UNKNOWN: "待填：缺什么就无法判定",
    Outcome.NOT_APPLICABLE: "待填：什么情况下不适用",
}


def _cases(rule: Rule, collection: Collection | None, known: Vocabulary) -> Iterator[str]:
    """One case for every outcome that is easily come by, with the outcome the rule now has."""
    yield _CASES
    seen: set[Outcome] = set()
    for given in _situations(rule, collection):
        outcome = evaluation.apply(rule, facts_from_yaml(given, known), known).outcome
        if outcome in _SHOWN and outcome not in seen:
            seen.add(outcome)
            yield f"- name: {_SHOWN[outcome]}\n  given: {_flow(given)}\n  outcome: {outcome}\n"


def _situations(rule: Rule, collection: Collection | None) -> Iterator[Mapping[str, Any]]:
    for kind in ("pass", "fail"):
        yield from rule.examples.get(kind, ())
    if collection is None:
        yield {_YEAR: "2024"}
        yield {_YEAR: "?"}
        return
    if collection.ledger:
        yield _given(collection, None, good=True)
    else:
        yield {_YEAR: "2024"}
    yield {_YEAR: "2024", collection.name: "missing"}
    yield {_YEAR: "2024", collection.name: []}


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if str(value) in ("missing", "true", "false") else _scalar(str(value))


def _scalar(text: str) -> str:
    return (
        text
        if text.removeprefix("-").isdecimal() and text.isascii()
        else json.dumps(text, ensure_ascii=False)
    )
