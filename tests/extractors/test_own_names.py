"""Names the report calls its issuer by, and 我县, 我局 …"""

from collections.abc import Callable, Iterator

import pytest

from checker.extractors.own_names import same_office
from checker.facts import Absent, Extract, Record

Extracting = Callable[..., Extract]
Reports = Callable[[str], Iterator[tuple[str, Extract]]]


def report(
    issuer: str = "青石县人民政府",
    preamble: str = "根据《中华人民共和国政府信息公开条例》编制本报告。",
    opening: str = "2024年，全县推进政务公开工作。",
    signature: str = "",
) -> str:
    return f"""{issuer}2024年政府信息公开工作年度报告
{preamble}
一、总体情况
{opening}
五、存在的主要问题及改进情况
仍有不足。
六、其他需要报告的事项
未收取信息处理费。{signature}"""


def mentions(extracted: Extracting, text: str) -> dict[str, bool]:
    found = extracted(text, "own_names").collections["issuer_mentions"]
    assert not isinstance(found, Absent)
    return {str(r.fields["name"].value): bool(r.fields["agrees"].value) for r in found}


def references(extracted: Extracting, text: str) -> dict[str, bool]:
    found = extracted(text, "own_names").collections["self_references"]
    assert not isinstance(found, Absent)
    return {str(r.fields["word"].value): bool(r.fields["agrees"].value) for r in found}


@pytest.mark.parametrize(
    "preamble",
    [
        "现将{}2024年政府信息公开年度报告向社会公布。",
        "根据条例要求，编制《{}2024年度政府信息公开工作年度报告》。",
        "本报告由{}根据《中华人民共和国政府信息公开条例》编制。",
        "根据条例要求，{}编制完成了本报告。",
        "现公布{}2024年政府信息公开工作年度报告。",
    ],
)
def test_names_in_the_preamble(extracted: Extracting, preamble: str) -> None:
    ours = mentions(extracted, report(preamble=preamble.format("青石县人民政府办公室")))
    assert ours == {"青石县人民政府办公室": True}
    theirs = mentions(extracted, report(preamble=preamble.format("白河县人民政府")))
    assert theirs == {"白河县人民政府": False}


def test_names_opening_a_section_and_in_the_signature(extracted: Extracting) -> None:
    text = report(opening="2024年，青石县人民政府坚持公开。", signature="\n白河县人民政府\n2025年1月20日")
    assert mentions(extracted, text) == {"青石县人民政府": True, "白河县人民政府": False}


def test_other_offices_are_not_the_issuer(extracted: Extracting) -> None:
    notice = "《甲省人民政府办公厅关于编制2024年政府信息公开工作年度报告的通知》"
    preamble = f"如有疑问，请与青石县行政审批局联系。根据{notice}编制。"
    opening = "2024年，全县各部门在县委、县政府领导下推进工作。县财政局公开信息3条。"
    assert mentions(extracted, report(preamble=preamble, opening=opening)) == {}


def test_without_an_issuer_nothing_is_compared(extracted: Extracting) -> None:
    found = extracted(report(issuer=""), "own_names")
    assert isinstance(found.collections["issuer_mentions"], Absent)


@pytest.mark.parametrize(
    ("name", "issuer", "same"),
    [
        ("青石县人民政府办公室", "青石县人民政府", True),
        ("县政府", "青石县人民政府", True),
        ("区管委会办公室", "甲山综合实验区", True),
        ("甲山高新区、乙水示范区", "甲山高新技术产业开发区 乙水生态示范区", True),
        ("卫健局", "青石县卫生健康局", True),
        ("松镇政府", "青石县松镇人民政府", True),
        ("青石縣人民政府", "青石县人民政府", True),
        ("白河县人民政府", "青石县人民政府", False),
        ("甲市人民政府", "甲市乙区人民政府", False),
        ("甲市丙区人民政府办公室", "甲市乙区人民政府", False),
        ("青石县财政局", "青石县卫生健康局", False),
    ],
)
def test_same_office(name: str, issuer: str, same: bool) -> None:
    assert same_office(name, issuer) is same


@pytest.mark.parametrize(
    ("issuer", "word", "agrees"),
    [
        ("青石县人民政府", "我县", True),
        ("青石县人民政府", "我市", False),
        ("青石县人民政府", "我局", False),
        ("青石县人民政府", "我镇", False),
        ("甲市青石区人民政府", "我区", True),
        ("甲市青石区人民政府", "我市", False),
        ("甲市人民政府办公厅", "我市", True),
        ("青石县松镇人民政府", "我镇", True),
        ("青石县松镇人民政府", "我县", False),
        ("青石区松街道办事处", "我街道", True),
        ("青石区松街道办事处", "我区", True),
        ("甲市财政局", "我局", True),
        ("甲市财政局", "我市", True),
        ("甲市财政局", "我县", False),
        ("财政局", "我县", True),
        ("甲山经济开发区管委会", "我区", True),
        ("甲山经济开发区管委会", "我委", True),
        ("甲山经济开发区管委会", "我市", False),
        ("青石县人民医院", "我院", True),
    ],
)
def test_self_references(extracted: Extracting, issuer: str, word: str, agrees: bool) -> None:
    text = report(issuer=issuer, opening=f"2024年，{word}推进政务公开工作。全市、全省都在推进。")
    assert references(extracted, text) == {word: agrees}


def test_what_only_looks_like_a_self_reference(extracted: Extracting) -> None:
    opening = (
        "2024年，开展自我市场评价，自我区分；发布《我市的故事》“我局来解答”；推动自我区别。我国持续进步。"
    )
    assert references(extracted, report(opening=opening)) == {}


def test_every_place_of_a_word_is_kept(extracted: Extracting) -> None:
    found = extracted(report(opening="2024年，我市推进工作。我市再推进。"), "own_names")
    (record,) = found.collections["self_references"]  # type: ignore[misc]
    assert isinstance(record, Record)
    assert [p.line for p in record.locations] == [4, 4]
    assert record.locations[0].quote == "我市"


def test_no_false_alarm_in_the_corpus(every_report: Reports) -> None:
    for file, found in every_report("own_names"):
        for name in ("issuer_mentions", "self_references"):
            records = found.collections[name]
            for record in () if isinstance(records, Absent) else records:
                assert record.fields["agrees"].value is True, (file, record.label.zh)
