"""The five aspects, the three results of supervision and the figures of section one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.facts import Absent, Extract, Fact, Kind, Record

Extracting = Callable[..., Extract]
ASPECTS = ("proactive", "on_request", "management", "platform", "supervision")
TOPICS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")


def report(body: str) -> str:
    title = "青石县人民政府2024年政府信息公开工作年度报告"
    return f"{title}\n一、总体情况\n{body}\n六、其他需要报告的事项\n未收取信息处理费。"


def aspects(extracted: Extracting, report_or_path: str | Path) -> dict[str, Record]:
    found = extracted(report_or_path, "section_one").collections["aspects"]
    assert not isinstance(found, Absent)
    return {r.key: r for r in found}


def present(extracted: Extracting, body: str) -> list[str]:
    return [k for k, r in aspects(extracted, report(body)).items() if r.fields["present"].value]


@pytest.mark.parametrize(
    "form",
    [
        "（{han}）{topic}情况。一是做好工作。\n",
        "（{han}）{topic}情况\n一是做好工作。\n",
        "（{han}）{topic}方面。一是做好工作。",
        "({han}) 系统化推进{topic}。\n一是做好工作。\n",
        "{number}.{topic}情况。做好工作。\n",
        "{number}、{topic}情况：做好工作。\n",
        "{han}是做好{topic}。做好各项工作。\n",
        "{topic}情况\n做好工作。\n",
        "{topic}方面。做好工作。\n",
        "### （{han}）{topic}\n做好工作。\n",
    ],
)
def test_forms_of_sub_headings(extracted: Extracting, form: str) -> None:
    lines = [
        form.format(han=h, number=n, topic=t)
        for n, (h, t) in enumerate(zip("一二三四五", TOPICS, strict=True), start=1)
    ]
    records = aspects(extracted, report("".join(lines)))
    assert [k for k, r in records.items() if r.fields["present"].value] == list(ASPECTS)
    for record, topic, line in zip(records.values(), TOPICS, lines, strict=True):
        assert topic in str(record.fields["heading"].value)
        assert record.fields["length"].value == len("".join(line.removeprefix("### ").split()))
        assert record.fields["mentioned"].value is False


def test_a_dropped_sub_heading(extracted: Extracting) -> None:
    body = (
        "（一）主动公开情况。内容。\n（二）依申请公开情况。一是畅通平台渠道。\n"
        "（三）政府信息管理情况。三是强化监督，做到主动公开。"
    )
    records = aspects(extracted, report(body))
    assert [k for k, r in records.items() if r.fields["present"].value] == [
        "proactive",
        "on_request",
        "management",
    ]
    assert records["platform"].fields["mentioned"].value is True
    assert records["platform"].fields["length"].kind is Kind.MISSING
    assert records["platform"].locations[0].quote == "平台"


def test_numbered_lines_of_an_outer_item_do_not_count(extracted: Extracting) -> None:
    body = "（一）主动公开情况。\n1.依申请公开有序。\n一是监督保障到位。\n（二）政府信息管理情况。\n内容。"
    assert present(extracted, body) == ["proactive", "management"]


def test_one_heading_for_two_aspects(extracted: Extracting) -> None:
    body = "（一）主动公开和依申请公开情况。内容。\n（二）政府信息管理和平台建设情况。内容。"
    assert present(extracted, body) == list(ASPECTS[:4])


def test_nothing_but_other_headings(extracted: Extracting) -> None:
    records = aspects(extracted, report("（一）基本情况\n公开信息3条。\n（二）主要做法\n完善机制。"))
    assert not any(r.fields["present"].value or r.fields["mentioned"].value for r in records.values())


def test_without_section_one(extracted: Extracting) -> None:
    text = report("内容。").replace("一、总体情况\n", "五、存在的主要问题及改进情况\n")
    found = extracted(text, "section_one")
    assert isinstance(found.collections["aspects"], Absent)
    assert all(fact.kind is Kind.MISSING for fact in found.fields.values())


def supervision(extracted: Extracting, body: str) -> set[str]:
    fields = extracted(report(body), "section_one").fields
    return {
        k.removeprefix("supervision.") for k, f in fields.items() if k.startswith("supervision.") and f.value
    }


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("对各部门公开工作进行考核。", {"assessment"}),
        ("将政务公开纳入绩效管理指标体系。", {"assessment"}),
        ("開展年度考評。", {"assessment"}),
        ("组织社会评议，满意率较高。", {"social_review"}),
        ("开展群众满意度测评。", {"social_review"}),
        ("未发生责任追究情况。", {"accountability"}),
        ("对两名责任人员予以问责。", {"accountability"}),
        ("考核结果、社会评议和责任追究情况均已公布。", {"assessment", "social_review", "accountability"}),
        ("自觉接受社会监督，群众满意度提升，压实责任。", set()),
    ],
)
def test_results_of_supervision(extracted: Extracting, sentence: str, stated: set[str]) -> None:
    assert supervision(extracted, f"（一）主动公开情况。内容。\n（五）监督保障情况。{sentence}") == stated


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("将政务公开纳入年度考核。", {"assessment"}),
        ("完善考核办法，未发生责任追究情况。", {"assessment", "accountability"}),
        ("公开国有企业业绩考核等信息。", set()),
        ("公开教师考核成绩。", set()),
    ],
)
def test_results_stated_outside_the_part_on_supervision(
    extracted: Extracting, sentence: str, stated: set[str]
) -> None:
    assert supervision(extracted, f"（一）主动公开情况。{sentence}") == stated


def test_figures(extracted: Extracting) -> None:
    body = "2024年，公开信息30条，召开会议2次，第3期专栏于5月上线。"
    fact: Fact = extracted(report(body), "section_one").fields["section_one.figures"]
    assert fact.value == 2
    assert [p.quote for p in fact.locations] == ["30条", "2次"]


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
SHANGHAI = "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md"
ALL = "12345"
# Aspects with a sub-heading, by number, and what of assessment, social review, accountability is stated.
CORPUS = {
    SEED: (ALL, "A"),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": (ALL, "A"),
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": (ALL, "A"),
    "reports/pingtan-2019/page.txt": ("", ""),
    "reports/pingtan-2021/page.txt": (ALL, "A"),
    "reports/pingtan-2024/page.txt": (ALL, "A"),
    "reports/pingtan-2025/page.txt": (ALL, "A"),
    SHUYANG: ("1245", "A"),
    SHANGHAI: (ALL, "A"),
    "reports/hangzhou-style-2025-fixture/sample.html": ("12", ""),
    "excerpts/baicheng-shi-2025.txt": ("12", ""),
    "excerpts/daye-2025.txt": ("123", ""),
    "excerpts/haizhu-guanzhou-jiedao-2023.txt": ("", ""),
    "excerpts/huaibei-renmin-yiyuan-2022.txt": ("2", ""),
    "excerpts/hunan-zfbgt-2020-traditional.txt": ("2", ""),
    "excerpts/jiaxian-tazhen-2022-oldformat-blank.txt": ("", ""),
    "excerpts/jingshan-wjj-2022.txt": ("123", ""),
    "excerpts/suqian-2025-fixture.md": ("", ""),
    "excerpts/taojiang-songmutangzhen-2022.txt": ("1235", ""),
    "excerpts/xianning-zwsjj-2025.txt": ("24", "C"),
    "excerpts/xiaogan-zfb-2020.txt": ("12", ""),
    "excerpts/xixian-dizhang-jiedao-2023-oldformat.txt": (ALL, "C"),
    "excerpts/xixian-taipingzhen-2022.txt": ("", ""),
}
RESULTS = {"A": "assessment", "B": "social_review", "C": "accountability"}


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    numbers, letters = CORPUS[name]
    found = [
        str(n)
        for n, r in enumerate(aspects(extracted, corpus / name).values(), start=1)
        if r.fields["present"].value
    ]
    assert "".join(found) == numbers
    fields = extracted(corpus / name, "section_one").fields
    stated = {k for k, label in RESULTS.items() if fields[f"supervision.{label}"].value}
    assert stated == set(letters)


LENGTHS = {
    SEED: (219, 137, 220, 161, 164),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": (97, 135, 133, 121, 97),
    "reports/pingtan-2021/page.txt": (510, 267, 210, 220, 139),
    "reports/pingtan-2024/page.txt": (258, 138, 179, 167, 185),
    "reports/pingtan-2025/page.txt": (216, 195, 122, 146, 175),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_lengths_in_the_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    records = aspects(extracted, corpus / name)
    assert tuple(r.fields["length"].value for r in records.values()) == LENGTHS[name]
