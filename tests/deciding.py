"""A submission, a ruleset of one's own on which people must decide, and decisions on it."""

import json
from pathlib import Path
from typing import Any

from checker import pipeline
from tests.evidence_folders import item, submission

HEAD = "问题编号,问题来源,整改对象,问题类型,发现日期,通知日期,整改时限（工作日）,办结日期,责任单位,佐证"
ROWS = (
    "R1,网站监测,动态要闻,栏目超期,2024-05-06,2024-05-07,10,2024-05-15,办公室,截图1",
    "R2,网站监测,通知公告,栏目超期,2024-05-06,2024-05-07,10,2024-05-16,办公室,",
    "R3,群众反映,政策解读,链接失效,2024-06-03,2024-06-04,10,2024-06-20,信息中心,",
    "R4,群众反映,机构职能,链接失效,2024-06-03,2024-06-04,10,2024-06-21,信息中心,截图4",
)
RULE = """\
title: {{zh: {name}, en: {name}}}
why: {{zh: 本地要求。, en: A local requirement.}}
basis:
  - {{document: 某办发〔2024〕1号, clause: 第三条, grade: local}}
{body}
message: {{zh: "{message}", en: "{message}"}}
remedy: {{zh: 改。, en: Fix it.}}
examples:
  pass: {{report.year: 2024}}
  fail: {{report.year: 2024}}
"""
RULES = {
    "evidence": ("each: rectifications\nassert: has_evidence\ndegree: share", "{rectification} 没有佐证"),
    "owner": (
        'each: rectifications\nassert: owner == "办公室"\njudgement: true',
        "{rectification} 由{owner}负责，是否合适",
    ),
    "plan": (
        """\
parameters: {least: {type: number, value: 3, label: {zh: 至少, en: at least}}}
measures: {late: {count: rectifications, where: limit_days > 5}}
assert: late < least""",
        "有 {late} 项时限过长",
    ),
    "quality": (
        "measures:\n  total: {count: rectifications}\nassert: total > 90\njudgement: true",
        "台账共 {total} 项，质量如何",
    ),
}
SCHEME = """\
title: {zh: 本地考核, en: Local scheme}
version: "1"
full_marks: 20
pass_mark: {at_least: 10}
bands:
  - {name: {zh: 合格, en: qualified}, at_least: 10}
  - {name: {zh: 不合格, en: not qualified}, at_least: 0}
veto: {scoring: stop}
unknown: open
not_applicable: rescale
rubrics:
  quality:
    - {id: good, title: {zh: 好, en: good}, earns: 1}
    - {id: fair, title: {zh: 一般, en: fair}, earns: 0.6}
    - {id: poor, title: {zh: 差, en: poor}, earns: 0}
indicators:
  - id: all
    title: {zh: 全部, en: All}
    points: 20
    rules:
      - {rule: local/evidence, points: 8, scale: {full_at: 1, zero_at: 0}}
      - {rule: local/quality, points: 5, rubric: quality}
      - {rule: local/owner, deduct: 1, per: occurrence, cap: 3}
      - {rule: local/plan, deduct: {from: 1, to: 4}}
"""
WHO = {"by": "张三", "role": "县政务公开办", "on": "2025-02-10", "why": "已经核对", "evidence": ["report.md"]}


def folder(path: Path, rows: tuple[str, ...] = ROWS, **head: Any) -> Path:
    """A submission whose ledger of rectifications has these rows."""
    table = "\n".join((HEAD, *rows)) + "\n"
    head = {"report": {"published_on": "2025-01-20"}, **head}
    return submission(path, {"fixes.csv": table}, [item("rectifications", "fixes.csv")], **head)


def ruleset(path: Path, text: str = SCHEME) -> Path:
    """The ruleset in a folder of its own, with its rules beside it."""
    rules = path / "library" / "local"
    rules.mkdir(parents=True, exist_ok=True)
    for name, (body, message) in RULES.items():
        told = RULE.format(name=name, body=body, message=message)
        (rules / f"{name}.yaml").write_text(told, encoding="utf-8")
    (path / "scheme.yaml").write_text(text, encoding="utf-8")
    return path / "scheme.yaml"


def decide(path: Path, *decisions: dict[str, Any]) -> Path:
    """Write decisions.yaml, one decision a line."""
    lines = [f"  - {json.dumps({**WHO, **d}, ensure_ascii=False)}\n" for d in decisions]
    target = path / "decisions.yaml"
    target.write_text("decisions:\n" + "".join(lines), encoding="utf-8")
    return target


def digests(submitted: Path, scheme: Path, *rules: str) -> dict[tuple[str, str | None], str]:
    """What forms are keyed to, by rule and record: those of these rules, or of all that is open."""
    return {
        (form.rule, form.record): form.measured for form in pipeline.forms(submitted, scheme, named=rules)
    }
