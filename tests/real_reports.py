"""The real reports of the corpus, short names for them, and what the rules say of one."""

from functools import cache
from pathlib import Path

from checker import evaluation, extractors, readers
from checker.facts import Facts
from checker.finding import Finding
from checker.library import load_ruleset, vocabulary
from checker.ruleset import Rule

SHUYANG_FILE = "沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
REPORTS = {
    "alashan-2024": "alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt",
    "hangzhou-2025": "hangzhou-style-2025-fixture/sample.html",
    "hongze-2024": "hongze-qu-2024/hzq2024_working.layout.txt",
    "hongze-2024-in-reading-order": "hongze-qu-2024/hzq2024_working.reading-order.txt",
    "hongze-2024-pdf": "hongze-qu-2024/hzq2024_working.pdf",
    "pingtan-2019": "pingtan-2019/page.txt",
    "pingtan-2021": "pingtan-2021/page.txt",
    "pingtan-2024": "pingtan-2024/page.txt",
    "pingtan-2025": "pingtan-2025/page.txt",
    "shanghai-2025": "shanghai-zfbgt-2025/shanghai-office-sample-source.md",
    "shuyang-2025": f"shuyang-xian-2025/{SHUYANG_FILE}",
}
FAULT = ("fail", "partial", "pending")
IDLE = ("pass", "not_applicable")


def path_of(corpus: Path, name: str) -> Path:
    return corpus / "reports" / REPORTS[name]


def facts_of(data: bytes, file: str) -> Facts:
    return extractors.extract(readers.read(data, file))


@cache
def facts_of_report(corpus: Path, name: str) -> Facts:
    path = path_of(corpus, name)
    return facts_of(path.read_bytes(), path.name)


@cache
def rules() -> dict[str, Rule]:
    """The rules that a report alone decides."""
    return dict(load_ruleset("annual-report").rules)


def findings(facts: Facts) -> dict[str, Finding]:
    """Every finding of the library, by the rule's name without the set it belongs to."""
    found = evaluation.evaluate(rules().values(), facts, vocabulary())
    return {finding.rule.partition("/")[2]: finding for finding in found}
