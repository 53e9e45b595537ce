"""The six sections: presence, numeral, wording, order, length."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.facts import Absent, Extract, Kind, Record

Extracting = Callable[..., Extract]

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
NAMES = ("one", "two", "three", "four", "five", "six")


def report(headings: tuple[str, ...] = HEADINGS, bodies: dict[str, str] | None = None) -> str:
    parts = [f"{h}\n{(bodies or {}).get(h, '这里写明有关情况。')}" for h in headings]
    return "\n".join(["青石县人民政府2024年政府信息公开工作年度报告", *parts])


def sections(extracted: Extracting, text: str | Path) -> dict[str, Record]:
    found = extracted(text, "sections").collections["sections"]
    assert not isinstance(found, Absent)
    return {r.key: r for r in found}


def column(records: dict[str, Record], field: str) -> list[object]:
    return [r.fields[field].value for r in records.values()]


def test_a_complete_report(extracted: Extracting) -> None:
    records = sections(extracted, report())
    assert tuple(records) == NAMES
    for field in ("present", "numeral_right", "heading_official", "in_order"):
        assert column(records, field) == [True] * 6
    assert column(records, "position") == column(records, "number") == [1, 2, 3, 4, 5, 6]
    assert column(records, "empty") == column(records, "has_table") == [False] * 6
    assert records["six"].locations[0].line == 12


def test_a_lost_section(extracted: Extracting) -> None:
    found = extracted(report((*HEADINGS[:4], HEADINGS[5])), "sections")
    (five,) = [r for r in found.collections["sections"] if r.key == "five"]  # type: ignore[union-attr]
    assert five.fields["present"].value is False
    assert five.fields["in_order"].kind is five.fields["empty"].kind is Kind.MISSING
    assert found.fields["section_five.present"].value is False
    assert found.fields["section_five.text"].kind is found.fields["section_five.length"].kind is Kind.MISSING


def test_swapped_sections(extracted: Extracting) -> None:
    records = sections(extracted, report((*HEADINGS[:4], HEADINGS[5], HEADINGS[4])))
    assert column(records, "in_order") == [True, True, True, True, True, False]
    assert column(records, "position") == [1, 2, 3, 4, 6, 5]


def test_wrong_numerals(extracted: Extracting) -> None:
    records = sections(
        extracted,
        report((*HEADINGS[:3], HEADINGS[3].replace("四", "三"), "四" + HEADINGS[4][1:], HEADINGS[5])),
    )
    assert column(records, "numeral_right") == [True, True, True, False, False, True]
    assert column(records, "heading_official") == [True] * 6


def test_unknown_wording(extracted: Extracting) -> None:
    records = sections(extracted, report((*HEADINGS[:4], "五、短板和打算", HEADINGS[5])))
    assert column(records, "heading_official") == [True, True, True, True, False, True]
    assert column(records, "numeral_right") == [True] * 6


def test_empty_sections(extracted: Extracting) -> None:
    records = sections(extracted, report(bodies={HEADINGS[1]: "", HEADINGS[4]: "　", HEADINGS[5]: ""}))
    assert column(records, "empty") == [False, True, False, False, True, True]


def test_an_empty_section_in_one_line(extracted: Extracting) -> None:
    text = report(bodies={HEADINGS[4]: ""}).replace("\n", "")
    assert column(sections(extracted, text), "empty") == [False, False, False, False, True, False]


def test_a_signature_does_not_fill_section_six(extracted: Extracting) -> None:
    text = report(bodies={HEADINGS[5]: "\n青石县人民政府\n2025年1月20日"})
    assert column(sections(extracted, text), "empty")[5] is True


def test_tables_real_and_flattened(extracted: Extracting) -> None:
    pipes = "| 信息内容 | 本年制发件数 |\n|---|---|\n| 规章 | 0 |"
    flat = "第二十条第（五）项信息内容本年处理决定数量行政许可17"
    lines = "本列数据的勾稽关系\n申请人情况\n0\n1"
    records = sections(extracted, report(bodies={HEADINGS[1]: pipes, HEADINGS[2]: lines, HEADINGS[3]: flat}))
    assert column(records, "has_table") == [False, True, True, True, False, False]
    assert column(records, "empty") == [False] * 6
    assert column(records, "length")[1:4] == [len(h) for h in HEADINGS[1:4]]


def test_length_counts_heading_and_prose_without_blanks(extracted: Extracting) -> None:
    found = extracted(report(bodies={HEADINGS[0]: "2024 年，\n　　有 3 件。"}), "sections").fields
    assert found["section_one.length"].value == len(HEADINGS[0]) + len("2024年，有3件。")
    assert found["section_one.text"].text == "2024 年，\n有 3 件。"
    assert [p.line for p in found["section_one.text"].locations] == [3, 4]


def test_extra_sections(extracted: Extracting) -> None:
    found = extracted(report() + "\n七、附件说明\n有附件。\n一、总体情况\n又一次。", "sections")
    extra = found.collections["extra_sections"]
    assert not isinstance(extra, Absent)
    assert [(r.fields["heading"].value, r.locations[0].line) for r in extra] == [
        ("七、附件说明", 14),
        ("一、总体情况", 16),
    ]


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
# Lengths with the heading; 0 where the section was not found. Sections two to four hold tables only.
CORPUS = {
    SEED: (997, 12, 17, 19, 576, 916),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": (749, 12, 17, 19, 386, 60),
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": (749, 12, 17, 19, 386, 60),
    "reports/pingtan-2019/page.txt": (3831, 12, 17, 19, 751, 21),
    "reports/pingtan-2021/page.txt": (1559, 12, 17, 19, 311, 28),
    "reports/pingtan-2024/page.txt": (1121, 12, 17, 19, 311, 28),
    "reports/pingtan-2025/page.txt": (1002, 12, 17, 19, 248, 28),
    SHUYANG: (2708, 12, 17, 19, 424, 106),
    # Heading five is lost: its prose stands below the fourth table.
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": (1302, 12, 17, 688, 0, 31),
    "reports/hangzhou-style-2025-fixture/sample.html": (79, 12, 17, 19, 44, 56),
    "excerpts/jingshan-wjj-2022.txt": (162, 40, 0, 0, 0, 0),
    "excerpts/suqian-2025-fixture.md": (25, 12, 17, 19, 33, 41),
}


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    records = sections(extracted, corpus / name)
    lengths = CORPUS[name]
    assert [r.fields["length"].value or 0 for r in records.values()] == list(lengths)
    assert column(records, "present") == [length > 0 for length in lengths]
    for field in ("in_order", "numeral_right", "heading_official"):
        assert column(records, field) == [True if length else None for length in lengths]
    assert column(records, "has_table") == [
        (number in (2, 3, 4)) if length else None for number, length in enumerate(lengths, start=1)
    ]
    assert column(records, "empty") == [False if length else None for length in lengths]
    assert extracted(corpus / name, "sections").collections["extra_sections"] == ()
