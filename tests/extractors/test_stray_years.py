"""Years left over from another report, and the many years that are not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.facts import Absent, Extract

Extracting = Callable[..., Extract]
Reports = Callable[[str], Iterator[tuple[str, Extract]]]

TITLE = "青石县人民政府2024年政府信息公开工作年度报告"
PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》编制本报告。所列数据统计期限为2024年1月1日至2024年12月31日。"
)


def report(one: str = "", five: str = "", six: str = "", preamble: str = PREAMBLE, title: str = TITLE) -> str:
    return f"""{title}
{preamble}
一、总体情况
2024年，全县坚持公开为常态。{one}
五、存在的主要问题及改进情况
2024年，全县政务公开工作取得一定成绩，仍有不足。{five}
六、其他需要报告的事项
2024年，未收取信息处理费。{six}"""


def strays(extracted: Extracting, text: str) -> list[int]:
    found = extracted(text, "stray_years").collections["stray_years"]
    assert not isinstance(found, Absent)
    return [int(str(r.fields["year"].value)) for r in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，全县共收到政府信息公开申请12件。",
        "2023年全县共收到政府信息公开申请12件。",
        "2023年度，县政府网站发布信息300条。",
        "２０２３年，我县办理申请12件。",
        "\n（二）依申请公开情况。2023年，本机关未收到申请。",
        "\n（三）政府信息管理情况：2023年，全县制发规范性文件3件。",
        "一是2023年，全县召开会议3次。",
        "截至2023年12月31日，全县共公开信息300条。",
        "2023年，全县收到申请12件，结转至下年度2件，同比增长两成。",
        "截至2023年底，全县共公开信息300条。",
        "2023年按要求下线信息20条并重新发布。",
        "年内开展培训3次；2023年，全县共收到申请12件。",
        "2023年以全县为单位公开信息。2023年，全县公开信息30条。",
    ],
)
def test_a_past_year_as_the_subject_of_this_years_work(extracted: Extracting, sentence: str) -> None:
    assert strays(extracted, report(one=sentence)) == [2023]


@pytest.mark.parametrize(
    "sentence",
    [
        "全面排查2023年6月以前公开的信息。",
        "2023年5月，县政府印发管理办法。",
        "与2023年相比，公开信息增长两成。",
        "2023年，全县公开信息30条，2024年公开60条。",
        "2023年以来，全县持续推进公开工作。",
        "2023年结转申请3件，均已办结。",
        "落实《青石县2023年政务公开工作要点》，公开信息30条。",
        "根据青政发〔2023〕5号文件开展工作。",
        "处理2021年信息公开年报1条，公开2019-2020学年计划。",
        "公开信息30条，包括2022年决算和2025年预算。",
        "2025年，将继续推进公开工作。",
        "结转至2025年6件。",
        "第2023号文件已公开，网站访问量2023次。",
        "发布二〇三五年远景目标纲要。",
    ],
)
def test_ordinary_uses_stay_silent(extracted: Extracting, sentence: str) -> None:
    assert strays(extracted, report(one=sentence, five=sentence, six=sentence)) == []


@pytest.mark.parametrize(
    "five",
    [
        "\n（一）2023年工作中存在问题的改进情况\n针对2023年工作中存在的主要问题，采取了措施。",
        "针对2023年存在的问题，逐项整改。2023年反映的问题已整改完成。",
        "2025年，我们将采取以下措施。",
    ],
)
def test_follow_up_of_last_years_problems(extracted: Extracting, five: str) -> None:
    assert strays(extracted, report(five=five)) == []


def test_opening_of_section_five_and_six(extracted: Extracting) -> None:
    text = (
        report().replace("2024年，全县政务", "2023年，全县政务").replace("2024年，未收取", "2023年，未收取")
    )
    assert strays(extracted, text) == [2023, 2023]


def test_title_heading_and_period(extracted: Extracting) -> None:
    assert strays(extracted, report(title=TITLE.replace("2024", "2023"))) == [2023]
    assert strays(extracted, report().replace("一、总体情况", "一、2023年总体情况")) == [2023]
    assert strays(extracted, report(preamble=PREAMBLE.replace("2024", "2023"))) == [2023]
    assert strays(extracted, report(preamble=PREAMBLE.replace("2024年1月1日", "2023年1月1日"))) == [2023]


@pytest.mark.parametrize(
    ("preamble", "years"),
    [
        ("现将青石县人民政府2023年政府信息公开年度报告向社会公布。", [2023]),
        ("编制《青石县人民政府2023年度政府信息公开工作年度报告》。", [2023]),
        ("报告内容包括2023年政府信息公开总体情况等六部分，现予编制本报告。", [2023]),
        ("根据《甲省关于编制公布2023年政府信息公开工作年度报告有关事项的通知》编制本报告。", []),
        ("根据甲省关于做好2023年政府信息公开工作年度报告编制工作的通知编制本报告。", []),
        ("根据国办公开办函〔2021〕30号编制本报告。", []),
    ],
)
def test_the_reports_own_name_in_the_preamble(extracted: Extracting, preamble: str, years: list[int]) -> None:
    assert (
        strays(extracted, report(preamble=f"{preamble}所列数据统计期限为2024年1月1日至2024年12月31日。"))
        == years
    )


def test_context_and_place(extracted: Extracting) -> None:
    found = extracted(report(one="2023年，全县共收到申请12件。"), "stray_years").collections["stray_years"]
    assert not isinstance(found, Absent)
    assert found[0].fields["context"].value == "2023年，全县共收到申请12件。"
    assert (found[0].locations[0].line, found[0].locations[0].character) == (4, 17)


def test_without_a_year_nothing_can_be_said(extracted: Extracting) -> None:
    text = (
        "青石县人民政府政府信息公开工作年度报告\n一、总体情况\n全县推进公开。\n六、其他需要报告的事项\n无。"
    )
    assert isinstance(extracted(text, "stray_years").collections["stray_years"], Absent)


def test_no_false_alarm_in_the_corpus(every_report: Reports) -> None:
    for file, found in every_report("stray_years"):
        assert found.collections["stray_years"] == (), file


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SEED, "2024年,本地區未收到", "2023年,本地區未收到"),
        (SEED, "2024年,兩區政府信息公開", "2023年,兩區政府信息公開"),
        (SEED, "2024年1月1日至2024年12月31日", "2023年1月1日至2024年12月31日"),
        (SEED, "示范區2024年政府信息公開工作年度報告\n", "示范區2023年政府信息公開工作年度報告\n"),
        ("reports/pingtan-2025/page.txt", "2025年，全区共收到", "2024年，全区共收到"),
        ("reports/pingtan-2025/page.txt", "2025年，无收取", "2024年，无收取"),
        (SHUYANG, "现将沐阳县人民政府2025年", "现将沐阳县人民政府2024年"),
        (SHUYANG, "2025 年，我县严格遵循", "2024 年，我县严格遵循"),
    ],
)
def test_planted_in_real_reports(
    corpus: Path, tmp_path: Path, extracted: Extracting, name: str, old: str, new: str
) -> None:
    text = (corpus / name).read_text(encoding="utf-8")
    assert old in text
    planted = tmp_path / "report.txt"
    planted.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = extracted(planted, "stray_years").collections["stray_years"]
    assert not isinstance(found, Absent)
    assert len(found) == 1
