"""The statement on the information-processing fee."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.facts import Extract, Fact, Kind

Extracting = Callable[..., Extract]


def of(extracted: Extracting, body: str) -> Fact:
    title = "青石县人民政府2024年政府信息公开工作年度报告"
    text = f"{title}\n一、总体情况\n全县推进工作。\n六、其他需要报告的事项\n{body}"
    return extracted(text, "section_six").fields["section_six.fee_stated"]


@pytest.mark.parametrize(
    "body",
    [
        "2024年，本机关未收取信息处理费。",
        "2024年，無收取信息處理費情況。",
        "本年度暂未开展信息处理费收取工作。",
        "严格落实《政府信息公开信息处理费管理办法》，全年收取信息处理费 0 元。",
        "实际收取信息处理费共计400元。",
        "有1件申请收取信息处理费380元。",
        "2024年发出收费通知2件，总金额400元，实际收取200元。",
        "本年度没有收费。",
        "信息处理费收取情况：无。",
        "（一）收取信息处理费情况\n无。",
        "（一）信息处理费收取情况\n2024年共2件，0元。",
        "依申请公开不收取任何费用。",
    ],
)
def test_stated(extracted: Extracting, body: str) -> None:
    fact = of(extracted, body)
    assert fact.value is True
    assert fact.locations[0].line in (5, 6)


@pytest.mark.parametrize(
    "body",
    [
        "无其他需要报告的事项。",
        "无。",
        "严格执行《政府信息公开信息处理费管理办法》。",
        "按规定收取信息处理费，无其他需要报告的事项。",
        "指导各部门依法收取费用，提升服务水平。",
        "（一）重点工作推进情况\n无投诉。",
    ],
)
def test_not_stated(extracted: Extracting, body: str) -> None:
    assert of(extracted, body).value is False


def test_without_section_six(extracted: Extracting) -> None:
    text = (
        "青石县人民政府2024年政府信息公开工作年度报告\n一、总体情况\n好。\n五、存在的主要问题及改进情况\n无。"
    )
    assert extracted(text, "section_six").fields["section_six.fee_stated"].kind is Kind.MISSING


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
CORPUS = {
    SEED: True,
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": True,
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": True,
    "reports/pingtan-2019/page.txt": False,
    "reports/pingtan-2021/page.txt": True,
    "reports/pingtan-2024/page.txt": True,
    "reports/pingtan-2025/page.txt": True,
    SHUYANG: True,
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": True,
    "reports/hangzhou-style-2025-fixture/sample.html": True,
    "excerpts/suqian-2025-fixture.md": True,
}


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    assert extracted(corpus / name, "section_six").fields["section_six.fee_stated"].value is CORPUS[name]
