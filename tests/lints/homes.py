"""A small home of rulesets in good order, to be spoilt in one place at a time."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from checker import lints
from checker.lints import Remark

RULE = """\
title: {zh: 公开数量不少于三千, en: At least three thousand items}
why: {zh: 本地要求。, en: A local requirement.}
basis:
  - {document: 国办公开办函〔2021〕30号, clause: 第三条, grade: national}
effective: {from: 2021-09-26}
parameters:
  limit: {type: number, value: 3000, label: {zh: 下限, en: least number}}
each: claims.site_items
assert: lowest >= limit
message: {zh: "{claim}：只有 {value}。", en: "{claim}: only {value}."}
remedy: {zh: 补发。, en: Publish more.}
examples:
  pass: {report.year: 2024, claims.site_items: [{value: 3089, lowest: 3089, highest: 3089}]}
  fail: {report.year: 2024, claims.site_items: [{value: 12, lowest: 12, highest: 12}]}
"""
SHARE = RULE.replace("each:", "degree: share\neach:")
QUESTION = """\
title: {zh: 栏目好找, en: The column is easy to find}
why: {zh: 本地要求。, en: A local requirement.}
basis:
  - {document: 某办发〔2024〕1号, clause: 第三条, grade: local}
question: {zh: 栏目好找吗？, en: Is the column easy to find?}
remedy: {zh: 放到首页。, en: Put it on the front page.}
"""
CASES = """\
- {name: 够, given: {report.year: 2024, claims.site_items: [{lowest: 3000}]}, outcome: pass}
- {name: 不够, given: {report.year: 2024, claims.site_items: [{lowest: 2999}]}, outcome: fail}
- {name: 早先, given: {report.year: 2019, claims.site_items: [{lowest: 1}]}, outcome: not_applicable}
- {name: 没有, given: {report.year: 2024, claims.site_items: missing}, outcome: unknown}
"""
SHARE_CASES = CASES + (
    "- {name: 一半, given: {report.year: 2024, claims.site_items: [{lowest: 1}, {lowest: 3000}]},"
    " outcome: partial}\n"
)
QUESTION_CASES = "- {name: 总要人看, given: {report.year: 2024}, outcome: pending}\n"
RULESET = """\
title: {zh: 本地考核, en: Local scheme}
version: "1"
applies_to: {years: [2021, 2025]}
full_marks: 100
pass_mark: {at_least: 60}
bands:
  - {name: {zh: 优秀, en: excellent}, at_least: 90}
  - {name: {zh: 合格, en: qualified}, at_least: 60}
  - {name: {zh: 不合格, en: not qualified}, at_least: 0}
veto: {scoring: cap, points: 59}
unknown: open
not_applicable: rescale
rubrics:
  ease:
    - {id: good, title: {zh: 好, en: good}, earns: 1}
    - {id: poor, title: {zh: 差, en: poor}, earns: 0}
indicators:
  - id: items
    title: {zh: 数量, en: Number}
    points: 60
    rules:
      - {rule: local/many-items, deduct: 20, per: occurrence, cap: 60}
  - id: ease
    title: {zh: 好找, en: Easy to find}
    points: 40
    rules:
      - {rule: local/easy-to-find, points: 10, rubric: ease}
      - {rule: local/mostly-many, points: 30, scale: {full_at: 1, zero_at: 0.5}}
"""
RULES = {"many-items": RULE, "mostly-many": SHARE, "easy-to-find": QUESTION}
_CASES = {"many-items": CASES, "mostly-many": SHARE_CASES, "easy-to-find": QUESTION_CASES}


def write(folder: Path, ruleset: str = RULESET, rules: Mapping[str, str] | None = None) -> Path:
    """The home, with another ruleset or other rules (by name) where they are given."""
    (folder / "scheme.yaml").write_text(ruleset, encoding="utf-8")
    for name, text in {**RULES, **(rules or {})}.items():
        _put(folder / "library" / "local" / f"{name}.yaml", text)
    for name, text in _CASES.items():
        _put(folder / "cases" / "local" / f"{name}.yaml", text)
    return folder


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with each of these pieces, which must be there, put for another."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def findings(folder: Path) -> tuple[Remark, ...]:
    return lints.look_at([str(folder)]).remarks


def told(folder: Path, code: str) -> list[tuple[str, str]]:
    """Where one lint finds something, all of it being loadable: the file, and the text at the place."""
    return list(_told(findings(folder), code))


def _told(remarks: Iterable[Remark], code: str) -> Iterator[tuple[str, str]]:
    for remark in remarks:
        place, problem = remark.problem.location, remark.problem
        assert remark.severity != "refused", problem
        assert place is not None and problem.excerpt is not None and place.character is not None
        assert problem.fix is not None and problem.fix.zh != problem.fix.en
        if problem.code == code:
            yield Path(place.file).stem, problem.excerpt[place.character - 1 :]
