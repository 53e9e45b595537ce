"""Identity, mobile and card numbers in prose; every number here is made up and computed to its checksum."""

from collections.abc import Callable, Iterator

import pytest

from checker.extractors.personal_data import is_bank_card, is_identity_number, mask
from checker.facts import Absent, Extract

Extracting = Callable[..., Extract]
Reports = Callable[[str], Iterator[tuple[str, Extract]]]

MOBILE = "13800138000"


def check_character(seventeen: str) -> str:
    weights = (2**i % 11 for i in range(17, 0, -1))
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, seventeen, strict=True)) % 11]


def luhn_digit(body: str) -> str:
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    return str(-total % 10)


ID = "11010119900307001" + check_character("11010119900307001")
CARD = "622202020001234567" + luhn_digit("622202020001234567")


def report(one: str = "", preamble: str = "根据《中华人民共和国政府信息公开条例》编制本报告。") -> str:
    return f"""青石县人民政府2024年政府信息公开工作年度报告
{preamble}
一、总体情况
2024年，全县推进政务公开工作。{one}
六、其他需要报告的事项
未收取信息处理费。"""


def items(extracted: Extracting, text: str) -> list[tuple[str, str, bool]]:
    found = extracted(text, "personal_data").collections["personal_data"]
    assert not isinstance(found, Absent)
    return [
        (str(r.fields["type"].value), str(r.fields["masked"].value), bool(r.fields["official_contact"].value))
        for r in found
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (f"申请人张某（身份证号{ID}）。", "id_number"),
        (f"申请人身份证：{ID.lower()}，已答复。", "id_number"),
        (f"联系电话{MOBILE}。", "mobile"),
        ("联系电话139-0013-8000。", "mobile"),
        ("联系电话+86 139 0013 8000。", "mobile"),
        ("联系电话１３９００１３８０００。", "mobile"),
        (f"退款至{CARD}账户。", "bank_card"),
        (f"退款至{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}账户。", "bank_card"),
    ],
)
def test_found_and_masked(extracted: Extracting, sentence: str, kind: str) -> None:
    ((found, masked, official),) = items(extracted, report(sentence))
    assert (found, official) == (kind, False)
    assert masked.count("*") >= 6


def test_neither_facts_nor_quotes_carry_the_number(extracted: Extracting) -> None:
    (record,) = extracted(report(f"身份证号{ID}。"), "personal_data").collections["personal_data"]  # type: ignore[misc]
    assert ID not in repr(record)
    assert record.locations[0].quote == mask(ID) == f"110*************{ID[-2:]}"
    assert (record.locations[0].line, record.locations[0].character) == (4, 22)


@pytest.mark.parametrize(
    "sentence",
    [
        f"申请人身份证号{ID[:-1]}{'1' if ID[-1] != '1' else '2'}。",
        "编号110101199013070011。",
        "热线12345，座机0483-8799980，邮编100000。",
        "编号113800138000，流水13800138000123。",
        "网址http://example.gov.cn/art/13800138000.html可查。",
        "邮箱13800138000@example.com可用。",
        "收费13800138000元，访问13912345678次。",
        "文件编号WJ13800138000。",
        "金额13800138000.52万元。",
        "数据为138 0013 80 00。",
        f"退款至{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}账户。",
        "统一社会信用代码91110101MA0012345X。",
    ],
)
def test_other_numbers_stay_silent(extracted: Extracting, sentence: str) -> None:
    assert items(extracted, report(sentence)) == []


def test_contact_in_the_preamble_is_official(extracted: Extracting) -> None:
    text = report(preamble=f"根据条例编制本报告。如有疑问，请与县政务公开办联系（电话：{MOBILE}）。")
    assert [(kind, official) for kind, _, official in items(extracted, text)] == [("mobile", True)]


def test_digits_of_flattened_tables_are_none(extracted: Extracting) -> None:
    table = (
        "三、收到和处理政府信息公开申请情况申请人情况自然人法人或其他组织总计"
        "一、本年新收政府信息公开申请数量15130000154（一）予以公开13800138000（七）总计15130000154"
    )
    text = report().replace("六、", f"{table}六、").replace("\n", "")
    assert items(extracted, text) == []


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        (ID, True),
        (ID[:-1] + "0", False),
        ("00000019900307001X", False),
        ("110101199002300010", False),
        ("1", False),
    ],
)
def test_identity_number(digits: str, valid: bool) -> None:
    assert is_identity_number(digits) is valid


@pytest.mark.parametrize(
    ("digits", "valid"),
    [(CARD, True), (CARD[:-1], False), ("4" + CARD[1:], False), ("62", False), ("6" * 19, False)],
)
def test_bank_card(digits: str, valid: bool) -> None:
    assert is_bank_card(digits) is valid


def test_no_false_alarm_in_the_corpus(every_report: Reports) -> None:
    for file, found in every_report("personal_data"):
        assert found.collections["personal_data"] == (), file
