"""One row of a sheet → the text of a rule that a person decides, and of its case."""

from checker.manifest.drafting import scalar
from checker.sheets import writing_yaml as yaml
from checker.sheets.tree import Node
from checker.sheets.understood import Understood, bases, said

CASE = """\
# 由人判断的规则总是待定，直到 decisions.yaml 里有决定。改写成自动判断后，在这里补上各种结果的用例。
- name: 待人工判断
  given: {report.year: 2024}
  outcome: pending
"""


def todo(text: str) -> str:
    """A text still to be translated."""
    return f"TODO: translate “{text}”"


def bilingual(text: str) -> str:
    """A text of the sheet in both languages, the English to be done."""
    return f"{{zh: {scalar(text)}, en: {scalar(todo(text))}}}"


def question(sheet: Understood, node: Node, row: int) -> str:
    """The file of the rule that asks what a row of the sheet asks."""
    content = said(sheet, row, ("content", "criterion")) or node.title
    evidence = said(sheet, row, ("evidence",)).replace("\n", " ")
    shown_by = f"（考核材料或方式：{evidence}）" if evidence else ""
    text = f"{node.title}：{content}" if content != node.title else content
    kept = "Put it right by the criteria of the sheet and keep the evidence."
    listed = "".join(
        f"  - {{document: {scalar(b.document)}, clause: {scalar(b.clause)}, grade: {b.grade}}}\n"
        for b in bases(sheet, row)
    )
    return (
        f"title: {bilingual(node.title)}\n"
        f"why:\n  zh: {scalar(f'指标表第 {row} 行的考核项目，由人对照评分标准判断{shown_by}。')}\n"
        f"  en: Row {row} of the sheet; a person judges it by the criteria given there.\n"
        f"basis:\n{listed}"
        "# 由人判断，有决定之前一律待定。能自动判断的，把 question 换成 assert、message 和 examples。\n"
        f"question:\n  zh: {yaml.text(_without_holes(text), 2)}\n"
        f"  en: {yaml.text(_without_holes(todo(text)), 2)}\n"
        f"remedy:\n  zh: 对照评分标准整改，留存佐证材料。\n  en: {kept}\n"
    )


def _without_holes(text: str) -> str:
    return text.replace("{", "｛").replace("}", "｝")
