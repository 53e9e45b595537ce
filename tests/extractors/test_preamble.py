"""The preamble's clauses."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checker.facts import Extract, Fact, Kind

Extracting = Callable[..., Extract]
NOTICE = "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知"
FLAGS = (
    "cites_regulation",
    "cites_format",
    "cites_superseded",
    "contact_phone",
    "contact_address",
    "contact_postcode",
    "contact_email",
    "contact_office",
    "download_address",
)


def of(extracted: Extracting, preamble: str) -> dict[str, Fact]:
    sections = "一、总体情况\n全县推进工作。\n六、其他需要报告的事项\n无。"
    text = f"青石县人民政府2024年政府信息公开工作年度报告\n{preamble}\n{sections}"
    found = extracted(text, "preamble").fields
    return {name.removeprefix("preamble."): fact for name, fact in found.items()}


def stated(facts: dict[str, Fact]) -> set[str]:
    return {name for name in FLAGS if facts[name].value is True}


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("根据《中华人民共和国政府信息公开条例》编制。", "cites_regulation"),
        ("根据国办公开办函〔2021〕30号文编制。", "cites_format"),
        ("依据《中华人民共和国政府信息公开工作年度报告格式》要求编制。", "cites_format"),
        ("根據國辦公開辦函〔2019〕60號文編制本報告。", "cites_superseded"),
        (f"根据《{NOTICE}》编制。", "cites_superseded"),
        ("根据条例（国令第492号）编制本报告。", "cites_superseded"),
        ("本报告如有疑问，电话：0123-4567890。", "contact_phone"),
        ("本报告如有疑问，联系电话/传真：（0123）4567890。", "contact_phone"),
        ("本报告咨询事宜，地址：青石县人民路1号。", "contact_address"),
        ("本报告咨询事宜，邮编：123456。", "contact_postcode"),
        ("本报告咨询事宜，邮箱：ab_c＠example.com。", "contact_email"),
        ("本报告如有疑问，请与青石县政务公开办公室联系。", "contact_office"),
        ("本报告电子版可在网站（www.example.gov.cn）下载。", "download_address"),
        ("本报告在青石县人民政府门户网站专栏全文公开。", "download_address"),
        ("本报告电子版可在网站（http：//example.gov.cn/）下载。", "download_address"),
    ],
)  # fmt: skip
def test_clause(extracted: Extracting, clause: str, name: str) -> None:
    facts = of(extracted, clause)
    assert facts["present"].value is True
    assert stated(facts) == {name}
    place = facts[name].locations[0]
    assert (place.line, place.file) == (2, "report.txt")


@pytest.mark.parametrize(
    "clause",
    [
        "根据《甲省人民政府办公厅关于编制公布2024年政府信息公开工作年度报告有关事项的通知》编制本报告。",
        "本报告可在网站下载，下载地址：见网站首页。",
        "本报告统计热线办件情况，数据另附。",
        "本报告邮编：12345678。",
    ],
)
def test_what_only_looks_like_a_clause(extracted: Extracting, clause: str) -> None:
    assert stated(of(extracted, clause)) == set()


@pytest.mark.parametrize(
    ("clause", "first", "last"),
    [
        ("本报告所列数据统计期限为2024年1月1日至2024年12月31日。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本报告所列数据统计期限自2024年1月1日起至12月31日止。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本报告所列数据统计期限为2024 年 1 月 1 日—12 月 20 日。", date(2024, 1, 1), date(2024, 12, 20)),
        ("本报告所列数据统计期限为2024.1.1-2024.12.31。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本报告涵盖2024年1月1日至12月31日期间的情况。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本报告所列数据统计期限为2024年1月1日至2024年12月32日。", date(2024, 1, 1), None),
        ("本报告所列数据均为全年数据。", None, None),
    ],
)
def test_period(extracted: Extracting, clause: str, first: date | None, last: date | None) -> None:
    facts = of(extracted, clause)
    assert (facts["period_from"].value, facts["period_to"].value) == (first, last)
    assert (facts["period_to"].kind is Kind.MISSING) == (last is None)


@pytest.mark.parametrize(
    ("words", "number"),
    [("共六个部分组成", 6), ("共分6个部分", 6), ("等五项内容", 5), ("等六大部分", 6), ("等内容", None)],
)
def test_parts(extracted: Extracting, words: str, number: int | None) -> None:
    assert of(extracted, f"本报告包括总体情况{words}。")["parts_announced"].value == number


def test_without_preamble(extracted: Extracting) -> None:
    facts = of(extracted, "")
    assert facts["present"].value is False
    assert all(facts[name].value is False for name in FLAGS)
    assert all(facts[name].kind is Kind.MISSING for name in ("length", "parts_announced"))


def test_where_heading_one_was_lost_nothing_is_claimed(extracted: Extracting) -> None:
    head = "青石县2024年政府信息公开工作年度报告\n2024年，全县推进政务公开工作。"
    sections = "五、存在的主要问题及改进情况\n不足。\n六、其他需要报告的事项\n无。"
    assert extracted(f"{head}\n{sections}", "preamble").fields["preamble.present"].kind is Kind.MISSING


def test_length_leaves_out_blanks(extracted: Extracting) -> None:
    assert of(extracted, "本报告 编制于 2024 年末，供公众查阅。")["length"].value == len(
        "本报告编制于2024年末，供公众查阅。"
    )


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
WHOLE = {"contact_phone", "contact_address", "contact_postcode", "contact_office"}
LAW = {"cites_regulation"}
FORMAT = {"cites_regulation", "cites_format"}
OLD = {"cites_regulation", "cites_superseded"}
CORPUS: dict[str, tuple[set[str], int, int | None, str | None]] = {
    SEED: ({*FORMAT, "contact_phone", "contact_office", "download_address"}, 347, None, "2024-12-31"),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": ({*LAW, *WHOLE}, 172, None, "2024-12-31"),
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": ({*LAW, *WHOLE}, 172, None, "2024-12-31"),
    "reports/pingtan-2019/page.txt": (
        {*LAW, *WHOLE, "contact_email", "download_address"}, 423, 6, "2019-12-31",
    ),
    "reports/pingtan-2021/page.txt": ({*LAW, *WHOLE, "download_address"}, 384, 6, "2021-12-31"),
    "reports/pingtan-2024/page.txt": (FORMAT, 226, 6, "2024-12-31"),
    "reports/pingtan-2025/page.txt": (FORMAT, 235, 6, "2025-12-31"),
    SHUYANG: (FORMAT, 144, None, "2025-12-31"),
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": (
        {*FORMAT, "download_address"}, 284, None, "2025-12-31",
    ),
    "reports/hangzhou-style-2025-fixture/sample.html": (LAW, 57, None, "2025-12-31"),
    "excerpts/baicheng-shi-2025.txt": (LAW, 190, 6, "2025-12-31"),
    "excerpts/daye-2025.txt": (LAW, 161, 5, "2025-12-31"),
    "excerpts/huaibei-renmin-yiyuan-2022.txt": ({*LAW, *WHOLE}, 231, 6, "2022-12-20"),
    "excerpts/hunan-zfbgt-2020-traditional.txt": (LAW, 126, 6, None),
    "excerpts/jingshan-wjj-2022.txt": (LAW, 255, 6, "2022-12-31"),
    "excerpts/xianning-zwsjj-2025.txt": (FORMAT, 133, None, "2025-12-31"),
    "excerpts/xiaogan-zfb-2020.txt": (LAW, 89, None, "2020-12-31"),
    "excerpts/xixian-dizhang-jiedao-2023-oldformat.txt": (OLD, 136, None, "2023-12-31"),
    "excerpts/xixian-taipingzhen-2022.txt": (OLD, 157, None, "2022-12-31"),
}  # fmt: skip
WITHOUT = (
    "excerpts/haizhu-guanzhou-jiedao-2023.txt",
    "excerpts/jiaxian-tazhen-2022-oldformat-blank.txt",
    "excerpts/suqian-2025-fixture.md",
    "excerpts/taojiang-songmutangzhen-2022.txt",
)


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    found = extracted(corpus / name, "preamble").fields
    facts = {key.removeprefix("preamble."): fact for key, fact in found.items()}
    clauses, length, parts, last = CORPUS[name]
    assert stated(facts) == clauses
    assert facts["length"].value == length
    assert facts["parts_announced"].value == parts
    assert facts["period_to"].value == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("name", WITHOUT)
def test_corpus_without_preamble(corpus: Path, extracted: Extracting, name: str) -> None:
    assert extracted(corpus / name, "preamble").fields["preamble.present"].value is False


def test_office_may_simply_be_named_to_contact(extracted: Extracting) -> None:
    said = "本报告如有疑问，请联系某县政务公开办公室（电话：0483-1234567）。"
    assert of(extracted, said)["contact_office"].value is True
    for said in (
        "本报告如有疑问，请联系：某县青山街道办事处。",
        "本报告如有疑问请与某县水利局（电话：1234567）。",
    ):
        assert of(extracted, said)["contact_office"].value is True
    assert of(extracted, "如有疑问，请联系我们。")["contact_office"].value is False
