"""Title, issuer, year and date."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checker.facts import Extract, Fact, Kind

Extracting = Callable[..., Extract]

BODY = """一、总体情况
2024年，全县认真推进政务公开工作。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
2024年，工作仍有不足。
六、其他需要报告的事项
2024年，未收取信息处理费。"""


def of(extracted: Extracting, head: str, body: str = BODY) -> dict[str, Fact]:
    return dict(extracted(f"{head}\n{body}", "title").fields)


@pytest.mark.parametrize(
    ("title", "issuer", "year", "canonical"),
    [
        ("青石县人民政府2024年政府信息公开工作年度报告", "青石县人民政府", "2024", True),
        ("青石县人民政府 ２０２４ 年度政府信息公开工作年度报告", "青石县人民政府", "2024", True),
        ("2024年青石县人民政府政府信息公开工作年度报告", "青石县人民政府", "2024", True),
        ("2024年度青石县人民政府信息公开工作年度报告", "青石县人民政府", "2024", True),
        ("青石縣人民政府2024年政府信息公開工作年度報告", "青石縣人民政府", "2024", True),
        ("甲山开发区 乙水示范区2024年政府信息公开工作年度报告", "甲山开发区 乙水示范区", "2024", True),
        ("青 石 县 财 政 局 2024 年政府信息公开工作年度报告", "青石县财政局", "2024", True),
        ("关于青石县财政局2024年政府信息公开工作报告", "青石县财政局", "2024", False),
        ("青石县财政局2024年政府信息公开工作年度报告（文字版）", "青石县财政局", "2024", True),
        ("青石县财政局关于2024年政府信息公开工作年度报告", "青石县财政局", "2024", True),
        ("青石县财政局政府信息公开工作2024年度报告", "青石县财政局", "2024", False),
        ("青石县财政局2024年政府信息公开年报", "青石县财政局", "2024", False),
        ("青石县财政局政府信息公开工作年度报告（2024年）", "青石县财政局", "2024", False),
    ],
)
def test_title(extracted: Extracting, title: str, issuer: str, year: str, canonical: bool) -> None:
    facts = of(extracted, title)
    assert facts["report.title"].text == title
    assert facts["report.issuer"].text == issuer
    assert facts["report.title_year"].text == year
    assert facts["report.title_canonical"].value is canonical
    assert facts["report.title"].locations[0].line == 1


def test_title_without_an_office(extracted: Extracting) -> None:
    facts = of(extracted, "2024年政府信息公开工作年度报告")
    assert facts["report.issuer"].kind is Kind.MISSING
    assert facts["report.title_canonical"].value is False
    assert facts["report.year"].text == "2024"


@pytest.mark.parametrize("title", ["政府政务公开年报", "人民政府2024年信息公开年度报告"])
def test_a_government_without_a_name_is_no_issuer(extracted: Extracting, title: str) -> None:
    assert of(extracted, title)["report.issuer"].kind is Kind.MISSING


@pytest.mark.parametrize(
    ("first", "year"),
    [
        ("截止2023年12月31日我局发布信息34条。", "2023"),
        ("本报告是根据条例要求，汇报我镇2023年的工作。发布信息34条。", "2023"),
        ("我局落实《2022年政务公开工作要点》，截止2023年12月31日发布信息34条。", "2023"),
        ("我局自2021年起公开信息，截止2023年12月31日发布信息34条。", None),
        ("我局认真公开信息。", None),
    ],
)
def test_the_only_year_of_section_one_is_that_of_the_report(
    extracted: Extracting, first: str, year: str | None
) -> None:
    body = BODY.replace("2024年，", "").replace("全县认真推进政务公开工作。", first)
    found = dict(extracted(body, "title").fields)["report.year"]
    assert (found.text if found.kind is Kind.NUMBER else None) == year


def test_a_catalogue_entry_above_the_title_is_none(extracted: Extracting) -> None:
    entry = "索引号 015520997/2025-237090 分类 信息公开年报\n发布机构 青石县财政局 发文日期 2025-01-15"
    facts = of(extracted, f"{entry}\n青石县财政局2024年政府信息公开工作年度报告")
    assert facts["report.issuer"].text == "青石县财政局"
    assert facts["report.title_year"].text == "2024"


def test_no_title(extracted: Extracting) -> None:
    facts = of(extracted, "本报告所列数据统计期限为2024年1月1日至12月31日。")
    assert {facts[f"report.{n}"].kind for n in ("title", "issuer", "title_year")} == {Kind.MISSING}
    assert facts["report.year"].text == "2024"


@pytest.mark.parametrize(
    ("preamble", "issuer"),
    [
        ("按照《条例》规定，现公布青石县财政局2024年政府信息公开工作年度报告。", "青石县财政局"),
        ("根据《条例》要求，特向社会公布青石市2024年度政府信息公开工作年度报告。", "青石市"),
        ("根據《條例》要求，現將《青石縣財政局2024年政府信息公開工作年度報告》公布如下。", "青石縣財政局"),
        ("根据《条例》要求，由青石县财政局编制本报告。", "青石县财政局"),
        ("依照《条例》，青石市人民政府根据全年工作情况，编制了本年度报告。", "青石市人民政府"),
        ("现公布县财政局2024年政府信息公开工作年度报告。", None),
        ("现公布我局2024年政府信息公开工作年度报告。", None),
        ("根据《青石县人民政府办公室关于编制2024年政府信息公开工作年度报告的通知》编制本报告。", None),
        ("现公布青石县财政局2024年政府信息公开工作年度报告。白水县财政局编制本报告。", None),
    ],
)
def test_without_a_title_the_preamble_may_name_the_issuer(
    extracted: Extracting, preamble: str, issuer: str | None
) -> None:
    facts = of(extracted, preamble)
    assert facts["report.title"].kind is Kind.MISSING
    assert facts["report.issuer"].value == issuer
    assert not issuer or [p.quote for p in facts["report.issuer"].locations] == [issuer]


@pytest.mark.parametrize(
    ("title", "period", "body", "year"),
    [
        ("2024", "2024", "2024", "2024"),
        ("2023", "2024", "2024", "2024"),
        ("2024", "2023", "2024", "2024"),
        ("2024", "2024", "2023", "2024"),
        ("2024", "2023", "2022", "2024"),
    ],
)
def test_one_leftover_year_does_not_decide(
    extracted: Extracting, title: str, period: str, body: str, year: str
) -> None:
    head = (
        f"青石县人民政府{title}年政府信息公开工作年度报告\n"
        f"本报告所列数据统计期限为{period}年1月1日至{period}年12月31日。"
    )
    assert of(extracted, head, BODY.replace("2024年", f"{body}年"))["report.year"].text == year


@pytest.mark.parametrize(
    ("head", "tail", "stated"),
    [
        ("发布日期：2025-01-20 来源：某网", "", date(2025, 1, 20)),
        ("（2025年1月21日）", "", date(2025, 1, 21)),
        ("", "\n青石县人民政府\n2025年1月22日", date(2025, 1, 22)),
        ("", "\n青石县人民政府\n二〇二五年一月二十三日", date(2025, 1, 23)),
        ("发布时间：2025/1/24", "\n青石县人民政府\n2025年1月22日", date(2025, 1, 24)),
        ("2025/1/24 9:00:00", "", date(2025, 1, 24)),
        ("2025-01-24", "", date(2025, 1, 24)),
        ("2025/1/24 9:00:00", "\n青石县人民政府\n2025年1月22日", date(2025, 1, 22)),
        ("咨询电话2025-1-24", "", None),
        ("2025-1-245", "", None),
        ("", "", None),
    ],
)
def test_date(extracted: Extracting, head: str, tail: str, stated: date | None) -> None:
    fact = of(extracted, f"青石县人民政府2024年政府信息公开工作年度报告\n{head}", BODY + tail)[
        "report.stated_on"
    ]
    assert fact.value == stated
    assert (fact.kind is Kind.DATE) == (stated is not None)


def test_a_header_of_keys_serves_where_the_body_has_no_date(extracted: Extracting) -> None:
    title = "标题: 青石县人民政府2024年政府信息公开工作年度报告"
    header = f"{title}\n发布时间: 2025-02-01 08:00\n文号:\n==== 正文 ===="
    facts = of(extracted, header)
    assert facts["report.title"].text == "青石县人民政府2024年政府信息公开工作年度报告"
    assert facts["report.stated_on"].value == date(2025, 2, 1)
    assert of(extracted, header, BODY + "\n青石县人民政府\n2025年1月22日")["report.stated_on"].value == date(
        2025, 1, 22
    )


def test_no_such_day(extracted: Extracting) -> None:
    facts = of(extracted, "青石县人民政府2024年政府信息公开工作年度报告\n发布日期：2025-02-30")
    assert facts["report.stated_on"].kind is Kind.MISSING


def test_prose_is_what_its_locations_quote(extracted: Extracting) -> None:
    facts = of(extracted, "青石县人民政府2024年政府信息公开工作年度报告")
    text = facts["report.text"]
    assert "".join(p.quote or "" for p in text.locations) == text.text.replace("\n", "")
    assert facts["report.length"].text == str(len("".join(text.text.split())))
    assert "一、总体情况" not in text.text


SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
CORPUS = {
    SEED: ("阿拉善高新技術產業開發區 烏蘭布和生態沙產業示范區", 2024, None),
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": ("淮安市洪泽区人民政府", 2024, None),
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": ("淮安市洪泽区人民政府", 2024, None),
    "reports/pingtan-2019/page.txt": ("平潭综合实验区", 2019, date(2020, 1, 20)),
    "reports/pingtan-2021/page.txt": ("平潭综合实验区", 2021, date(2022, 2, 8)),
    "reports/pingtan-2024/page.txt": ("平潭综合实验区", 2024, date(2025, 3, 10)),
    "reports/pingtan-2025/page.txt": ("平潭综合实验区", 2025, date(2026, 3, 10)),
    # The characters of the name are as the file has them.
    SHUYANG: ("沐阳县人民政府", 2025, date(2026, 1, 23)),
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": ("上海市人民政府办公厅", 2025, None),
    "reports/hangzhou-style-2025-fixture/sample.html": ("测试市", 2025, None),
    "excerpts/baicheng-shi-2025.txt": ("白城市人民政府", 2025, date(2026, 3, 12)),
    "excerpts/daye-2025.txt": (None, 2025, None),
    "excerpts/haizhu-guanzhou-jiedao-2023.txt": (None, 2023, None),
    "excerpts/huaibei-renmin-yiyuan-2022.txt": (None, 2022, None),
    "excerpts/huangpu-dapuqiao-2025-fixture.md": ("上海市黄浦区人民政府打浦桥街道", 2025, None),
    "excerpts/hunan-zfbgt-2020-traditional.txt": (None, 2020, None),
    "excerpts/jiaxian-tazhen-2022-oldformat-blank.txt": ("螅镇", 2022, date(2023, 1, 31)),
    "excerpts/jingshan-wjj-2022.txt": (None, 2022, None),
    "excerpts/suqian-2025-fixture.md": ("宿迁市", 2025, None),
    "excerpts/taojiang-songmutangzhen-2022.txt": ("桃江县松木塘镇人民政府", 2022, None),
    "excerpts/xianning-zwsjj-2025.txt": ("咸宁市政务服务和大数据管理局", 2025, date(2026, 1, 28)),
    "excerpts/xiaogan-zfb-2020.txt": ("孝感市人民政府办公室", 2020, None),
    "excerpts/xixian-dizhang-jiedao-2023-oldformat.txt": ("西咸新区底张街道办事处", 2023, None),
    "excerpts/xixian-taipingzhen-2022.txt": ("太平镇人民政府", 2022, None),
}


@pytest.mark.parametrize("name", CORPUS)
def test_corpus(corpus: Path, extracted: Extracting, name: str) -> None:
    facts = extracted(corpus / name, "title").fields
    issuer, year, stated_on = CORPUS[name]
    assert facts["report.issuer"].value == issuer
    assert facts["report.year"].value == year
    assert facts["report.stated_on"].value == stated_on
    assert facts["report.title_canonical"].value in ((True,) if issuer else (None,))
