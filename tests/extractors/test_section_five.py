"""Problems and measures: counted where certain, otherwise missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.facts import Extract, Fact, Kind

Extracting = Callable[..., Extract]


FOLLOW_UP = "（一）2023年工作中存在问题的改进情况\n一是改甲。\n二是改乙。"


def of(extracted: Extracting, body: str) -> dict[str, Fact]:
    text = (
        "青石县人民政府2024年政府信息公开工作年度报告\n一、总体情况\n全县推进工作。\n"
        f"五、存在的主要问题及改进情况\n{body}\n六、其他需要报告的事项\n未收取信息处理费。"
    )
    found = extracted(text, "section_five").fields
    return {name.removeprefix("section_five."): fact for name, fact in found.items()}


@pytest.mark.parametrize(
    ("body", "problems", "measures"),
    [
        ("仍有不足。一是甲不够。二是乙不够。\n针对上述问题，作了改进。一是改甲。二是改乙。三是改丙。", 2, 3),
        ("存在短板：一是甲不够；二是乙不够。2025年，我们将改进：（一）改甲。一是细化。（二）改乙。", 2, 2),
        ("（一）存在的主要问题：甲不够，乙有待提高。（二）改进措施：一是改甲。二是改乙。", None, 2),
        ("（一）存在问题\n1、甲不够\n说明。\n2、乙不够\n（二）改进情况\n如下。\n1、改甲\n2、改乙", 2, 2),
        (f"{FOLLOW_UP}\n（二）2024年工作中存在的主要问题\n一是丙不够；二是丁不够；三是戊不够。", 3, 2),
        ("仍有不足，如：甲有待加强；乙有待提升；丙仍有不足。下一步整改措施：一是改甲。二是改乙。", 3, 2),
        ("仍有不足，主要是：甲不够，乙不够，丙还需加强等。针对存在问题，将改进：一是改甲。", None, 1),
        ("還存在不足。一是甲不夠。二是乙不夠。\n針對上述問題,重點改進。一是改甲。二是改乙。", 2, 2),
        ("1.甲不够。2.乙不够。\n下一步，一是改甲；二是改乙。", 2, 2),
        ("一是甲不够。三是乙不够。\n下一步，加强工作。", None, None),
        ("一是甲不够。二是乙不够。一是丙不够。\n下一步，加强工作。", None, None),
        ("（一）问题一：甲不够。改进措施：改甲。（二）问题二：乙不够。改进措施：改乙。", None, None),
    ],
)  # fmt: skip
def test_counts(extracted: Extracting, body: str, problems: int | None, measures: int | None) -> None:
    facts = of(extracted, body)
    assert (facts["problems"].value, facts["measures"].value) == (problems, measures)
    assert facts["has_problems"].value is True
    assert facts["has_measures"].value is True
    for name in ("problems", "measures"):
        assert (facts[name].kind is Kind.MISSING) == (facts[name].value is None)
        assert facts[name].value is None or facts[name].locations


@pytest.mark.parametrize(
    ("body", "problems", "measures"),
    [
        ("仍存在以下短板：一是甲还需进一步规范。", True, False),
        ("下一步，将进一步加强培训。", False, True),
        ("无。", False, False),
        ("本单位不存在政府信息公开方面的问题。", False, False),
        ("政务公开队伍有待加强，将持续改进。", True, True),
    ],
)
def test_stated_at_all(extracted: Extracting, body: str, problems: bool, measures: bool) -> None:
    facts = of(extracted, body)
    assert (facts["has_problems"].value, facts["has_measures"].value) == (problems, measures)


def test_without_section_five(extracted: Extracting) -> None:
    text = "青石县人民政府2024年政府信息公开工作年度报告\n一、总体情况\n好。\n六、其他需要报告的事项\n无。"
    assert {f.kind for f in extracted(text, "section_five").fields.values()} == {Kind.MISSING}


def test_figures_and_documents(extracted: Extracting) -> None:
    facts = of(extracted, "2024年，印发《工作规范》，培训3次，覆盖12个部门。")
    assert [p.quote for p in facts["figures"].locations] == ["2024", "《工作规范》", "3", "12"]
    assert facts["figures"].value == 4


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
CORPUS = {
    SEED: (4, 4, True, True),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": (None, 3, True, True),
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": (None, 3, True, True),
    "reports/pingtan-2019/page.txt": (3, 3, True, True),
    "reports/pingtan-2021/page.txt": (None, 3, True, True),
    "reports/pingtan-2024/page.txt": (3, 3, True, True),
    "reports/pingtan-2025/page.txt": (3, 3, True, True),
    SHUYANG: (3, 3, True, True),
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": (None, None, None, None),
    "reports/hangzhou-style-2025-fixture/sample.html": (1, None, True, False),
    "excerpts/suqian-2025-fixture.md": (1, None, True, False),
}


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    fields = extracted(corpus / name, "section_five").fields
    names = ("problems", "measures", "has_problems", "has_measures")
    assert tuple(fields[f"section_five.{n}"].value for n in names) == CORPUS[name]
