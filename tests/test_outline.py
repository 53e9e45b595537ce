"""Cutting reports at their headings, in every layout met."""

import re
from pathlib import Path

import pytest

from checker.errors import InputError
from checker.outline import Outline, outline
from checker.readers import read

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TITLE = "青石县人民政府2024年政府信息公开工作年度报告"
PREAMBLE = "根据《中华人民共和国政府信息公开条例》编制本报告。所列数据统计期限为2024年1月1日至12月31日。"


def cut(text: str | bytes) -> Outline:
    return outline(read(text.encode() if isinstance(text, str) else text, "report.txt"))


def cut_file(path: Path) -> Outline:
    """A file of the corpus; the note that heads an excerpt is left out."""
    return cut(re.sub(rb"\A(?:# (?:url|note|excerpt|text of).*\n)+", b"", path.read_bytes()))


def report(headings: tuple[str, ...] = HEADINGS, joint: str = "\n") -> str:
    """A small report: title, preamble and a sentence below each heading."""
    sections = (f"{h}{joint}这里是第{n}部分的内容。" for n, h in enumerate(headings, start=1))
    return joint.join([TITLE, PREAMBLE, *sections])


def numbers(found: Outline) -> list[int]:
    return [s.number for s in found.sections]


def body(found: Outline, number: int) -> str:
    section = found.section(number)
    assert section is not None
    return found.text[section.body.start : section.body.end].strip()


def words(found: Outline, spans: tuple[object, ...]) -> list[str]:
    return [found.text[s.start : s.end] for s in spans]  # type: ignore[attr-defined]


# Headings


@pytest.mark.parametrize("joint", ["\n", "\n\n", " ", ""])
def test_six_sections_on_lines_and_in_one_line(joint: str) -> None:
    found = cut(report(joint=joint))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert all(s.official for s in found.sections)
    assert body(found, 5) == "这里是第5部分的内容。"


def test_heading_in_traditional_characters_and_full_width() -> None:
    text = report().replace("三、收到和处理政府信息公开申请情况", "三、收到和處理政府信息公開申請情況")
    assert cut(text.replace("六、", "六．")).section(3) is not None
    assert numbers(cut(text.replace("六、", "六．"))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在问题及改进情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、存在的主要问题和改进措施",
        "五 存在的主要问题及改进情况",
        "五、 存在的主要问题 及改进情况：",
        "五、2024年存在的主要问题及改进情况",
    ],
)
def test_customary_wording_is_official(heading: str) -> None:
    found = cut(report((*HEADINGS[:4], heading, HEADINGS[5])))
    section = found.section(5)
    assert section is not None
    assert section.official


def test_unknown_wording_is_taken_where_the_numeral_fits_a_gap() -> None:
    found = cut(report((*HEADINGS[:4], "五、短板与下一步打算", HEADINGS[5])))
    section = found.section(5)
    assert section is not None
    assert (section.official, section.numeral) == (False, "五")


def test_wrong_and_missing_numerals() -> None:
    found = cut(
        report(
            (*HEADINGS[:3], "三、政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", HEADINGS[5])
        )
    )
    assert [(s.number, s.numeral) for s in found.sections][3:] == [(4, "三"), (5, ""), (6, "六")]


def test_missing_numerals_in_one_line() -> None:
    text = report(joint="").replace("五、存在", "存在").replace("三、收到", "收到")
    found = cut(text)
    assert [s.numeral for s in found.sections] == ["一", "二", "", "四", "", "六"]
    assert body(found, 4) == "这里是第4部分的内容。"


def test_swapped_sections_keep_their_numbers() -> None:
    found = cut(report((*HEADINGS[:4], HEADINGS[5], HEADINGS[4])))
    assert numbers(found) == [1, 2, 3, 4, 6, 5]


def test_lost_heading_is_not_made_up() -> None:
    text = report().replace("五、存在的主要问题及改进情况\n", "")
    found = cut(text)
    assert numbers(found) == [1, 2, 3, 4, 6]
    assert "第5部分" in body(found, 4)


def test_beyond_six_and_repeated_headings() -> None:
    found = cut(report() + "\n七、附则\n附则的内容。\n八、说明\n说明的内容。")
    assert words(found, found.extra) == ["七、附则", "八、说明"]
    assert body(found, 6) == "这里是第6部分的内容。"
    again = cut(report() + "\n五、存在的主要问题及改进情况\n又一次。")
    assert words(again, again.extra) == ["五、存在的主要问题及改进情况"]


def test_enumerated_lines_are_no_sections() -> None:
    items = "\n".join(f"{n}、做好第{n}件事" for n in "一二三四五六七")
    found = cut(report() + "\n" + items)
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert found.extra == ()


def test_list_of_the_parts_in_the_preamble_is_no_heading() -> None:
    listed = "本报告由" + "；".join(HEADINGS) + "六个部分组成。"
    found = cut(report().replace(PREAMBLE, PREAMBLE + listed))
    assert body(found, 1) == "这里是第1部分的内容。"
    assert found.extra == ()


def test_table_of_contents_is_passed_over() -> None:
    contents = "\n".join(f"{h}……{n}" for n, h in enumerate(HEADINGS, start=1))
    found = cut(report().replace(PREAMBLE, f"{contents}\n{PREAMBLE}"))
    assert body(found, 1) == "这里是第1部分的内容。"
    assert found.extra == ()


def test_items_of_the_application_table_are_no_headings() -> None:
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果")
    items = "\n0\n".join((*labels, "三 、本 年 度办 理 结果", "四、结转下年度继续办理"))
    found = cut(report().replace("这里是第3部分的内容。", items))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert found.extra == ()


def test_sub_headings_like_a_title_do_not_stand_in_for_the_section() -> None:
    text = report().replace(
        "这里是第1部分的内容。", "1.主动公开政府信息情况\n内容。\n（二）主动公开政府信息情况。内容。"
    )
    assert body(cut(text), 2) == "这里是第2部分的内容。"


# The frame


def test_title_preamble_and_signature() -> None:
    found = cut(report() + "\n青石县人民政府\n2025年1月20日")
    assert words(found, found.title) == [TITLE]
    assert found.preamble is not None
    assert words(found, (found.preamble,)) == [PREAMBLE]
    assert found.signature is not None
    assert words(found, (found.signature,)) == ["青石县人民政府\n2025年1月20日"]
    assert found.length(found.sections[5].body) == len("这里是第6部分的内容。")


SIGNED = ["青石县人民政府", "2024年政府信息公开工作年度报告"]
BROKEN = ["青石县人民政府2024年度政府", "信息公开工作年度报告"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (SIGNED, SIGNED),
        (BROKEN, BROKEN),
        (["政府信息公开年度报告", TITLE, "发布日期：2025-01-20"], [TITLE]),
        (["2024年政府信息公开工作年度报告", *SIGNED], SIGNED),
        (["标题: " + TITLE, "发布时间: 2025-01-20", "==== 正文 ===="], [TITLE]),
        (["登录 | 注册", "当前位置：首页 > 年报"], []),
    ],
)
def test_title_lines(lines: list[str], title: list[str]) -> None:
    found = cut(report().replace(TITLE, "\n".join(lines)))
    assert words(found, found.title) == title
    assert found.preamble is not None
    assert words(found, (found.preamble,)) == [PREAMBLE]


def test_page_chrome_is_no_prose() -> None:
    page = f"当前位置： 首页 年报 {TITLE} 来源：某网 时间：2025-01-20 16:34 微信 微博 --> {PREAMBLE}"
    found = cut(report().replace(f"{TITLE}\n{PREAMBLE}", page) + " 附件下载")
    prose = [found.text[s.start : s.end] for s in found.prose]
    assert prose[:2] == [TITLE, PREAMBLE]
    assert prose[-1] == "这里是第6部分的内容。"


@pytest.mark.parametrize("stamp", ["2025/1/24 9:00:00", "2025-01-24", "2025.1.24 09:00"])
def test_the_date_a_page_prints_below_the_title_is_no_prose(stamp: str) -> None:
    found = cut(report().replace(TITLE, f"{TITLE}\n{stamp}"))
    assert [found.text[s.start : s.end] for s in found.prose][:2] == [TITLE, PREAMBLE]


def test_preamble_inside_section_one() -> None:
    text = report().replace(PREAMBLE + "\n", "").replace("这里是第1部分", f"{PREAMBLE}\n这里是第1部分")
    found = cut(text)
    assert found.preamble is not None
    assert words(found, (found.preamble,)) == [PREAMBLE]


def test_no_preamble() -> None:
    assert cut(report().replace(PREAMBLE + "\n", "")).preamble is None


# Prose and locations


def test_prose_leaves_out_flattened_tables() -> None:
    table = (
        "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件6233440"
        "第二十条第（五）项信息内容本年处理决定数量行政许可15130000154"
    )
    text = report(joint="").replace("这里是第2部分的内容。", "说明一句。" + table)
    found = cut(text)
    section = found.section(2)
    assert section is not None
    assert [found.text[s.start : s.end] for s in found.prose_in(section.body)] == ["说明一句。"]
    assert found.has_table(section)


def test_a_table_under_a_lost_heading_is_still_no_prose() -> None:
    table = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件15130000154"
    found = cut(report(joint="").replace("二、主动公开政府信息情况这里是第2部分的内容。", table))
    assert body(found, 1).endswith("15130000154")
    assert all("15130000154" not in found.text[s.start : s.end] for s in found.prose)


def test_lines_join_to_the_prose_and_know_their_place() -> None:
    wrapped = "\n".join(["这一行文字正好写到页面的边上为止然后接着写"] * 12 + ["最后一行到此为止。"])
    found = cut(report().replace("这里是第1部分的内容。", wrapped))
    section = found.section(1)
    assert section is not None
    places = found.lines(section.body)
    assert "".join(p.quote or "" for p in places) == wrapped.replace("\n", "")
    assert [p.line for p in places] == list(range(4, 17))


def test_locate_gives_line_character_and_quote() -> None:
    found = cut(report())
    start = found.text.index("第4部分")
    place = found.locate(start, start + 4)
    assert (place.line, place.character, place.quote) == (10, 4, "第4部分")


# Other documents


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "青石学院2023—2024学年信息公开工作年度报告\n一、概述\n内容。\n六、其他需要报告的事项\n无。",
            "高等学校",
        ),
        (
            "青石县2017年度政府信息公开工作年度报告\n一、概述\n内容。\n六、政府信息公开情况统计表\n指标名称",
            "旧格式",
        ),
        (f"关于印发青石县政府信息公开工作年度报告格式的通知\n{report()}", "通知"),
        (
            "青石县2024年政府工作报告\n一、2024年工作回顾\n内容。\n二、2025年工作安排\n内容。",
            "不是政府信息公开工作年度报告",
        ),
        ("今天天气很好。", "不是政府信息公开工作年度报告"),
    ],
)
def test_other_documents_are_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(InputError) as raised:
        cut(text)
    (problem,) = raised.value.problems
    assert said in problem.message.zh
    assert problem.location is not None
    assert problem.location.file == "report.txt"


# The corpus

SEED = "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt"
SHUYANG = "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt"
ALL = [1, 2, 3, 4, 5, 6]
CORPUS = {
    SEED: ALL,
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": ALL,
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": ALL,
    "reports/pingtan-2019/page.txt": ALL,
    "reports/pingtan-2021/page.txt": ALL,
    "reports/pingtan-2024/page.txt": ALL,
    "reports/pingtan-2025/page.txt": ALL,
    SHUYANG: ALL,
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": [1, 2, 3, 4, 6],
    "reports/hangzhou-style-2025-fixture/sample.html": ALL,
    "excerpts/baicheng-shi-2025.txt": [1],
    "excerpts/daye-2025.txt": [1],
    "excerpts/haizhu-guanzhou-jiedao-2023.txt": [1, 2, 3],
    "excerpts/huaibei-renmin-yiyuan-2022.txt": [1],
    "excerpts/huangpu-dapuqiao-2025-fixture.md": [2, 3, 4],
    "excerpts/hunan-zfbgt-2020-traditional.txt": [1],
    "excerpts/jiaxian-tazhen-2022-oldformat-blank.txt": [1, 2, 3],
    "excerpts/jingshan-wjj-2022.txt": [1, 2],
    "excerpts/suqian-2025-fixture.md": ALL,
    "excerpts/taojiang-songmutangzhen-2022.txt": [1, 2],
    "excerpts/xianning-zwsjj-2025.txt": [1],
    "excerpts/xiaogan-zfb-2020.txt": [1, 2],
    "excerpts/xixian-dizhang-jiedao-2023-oldformat.txt": [1, 2],
    "excerpts/xixian-taipingzhen-2022.txt": [1, 2, 3],
    **{f"forms/v{n}.{kind}": ALL for n, kind in ((0, "txt"), (1, "md"), (2, "txt"), (3, "txt"))},
    **{f"forms/v{n}.html": ALL for n in range(4)},
}
REFUSED = {
    "excerpts/univ-ahcme-2021-2022.txt": "高等学校",
    "excerpts/univ-ctbu-2021-2022.txt": "高等学校",
    "excerpts/univ-sysu-2021-2022.txt": "高等学校",
    "excerpts/pingtan-2018-pre-2019-format.txt": "旧格式",
    "excerpts/qu-yishenqing-2022.txt": "不是政府信息公开工作年度报告",
    "normative/国办公开办函〔2021〕30号-政府信息公开工作年度报告格式.txt": "通知",
    "normative/国办公开办函〔2016〕201号-年度报告有关项目填报问题的解释.txt": "不是政府信息公开工作年度报告",
}


@pytest.mark.parametrize("name", CORPUS)
def test_sections_of_the_corpus(corpus: Path, name: str) -> None:
    found = cut_file(corpus / name)
    assert numbers(found) == CORPUS[name]
    assert found.extra == ()
    assert all(s.official for s in found.sections) == (name != "excerpts/huaibei-renmin-yiyuan-2022.txt")


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_corpus_holds_of_other_documents(corpus: Path, name: str) -> None:
    with pytest.raises(InputError) as raised:
        cut_file(corpus / name)
    assert REFUSED[name] in raised.value.problems[0].message.zh


@pytest.mark.parametrize("name", CORPUS)
def test_no_table_digits_in_the_prose_of_the_corpus(corpus: Path, name: str) -> None:
    found = cut_file(corpus / name)
    prose = "\n".join(found.view[s.start : s.end] for s in found.prose)
    assert not re.search(r"(?:\d\s+){5}|(?<![\d/])\d{9,}|信息内容\s*本年|本列数据|结果维持\s*结果", prose)


WHOLE = [name for name, found in CORPUS.items() if name.startswith("reports/") and found == ALL]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("number", ALL)
def test_each_heading_lost_or_without_numeral(corpus: Path, name: str, number: int) -> None:
    text = (corpus / name).read_text(encoding="utf-8")
    section = cut(text).section(number)
    assert section is not None
    heading = cut(text).text[section.heading.start : section.heading.end]
    assert text.count(heading) == 1
    lost = cut(text.replace(heading, ""))
    assert numbers(lost) == [n for n in ALL if n != number]
    assert lost.extra == ()
    bare = cut(text.replace(heading, heading[2:]))
    # In one line 总体情况 alone cannot be told from plain words.
    assert numbers(bare) == (ALL if number > 1 or "pingtan" not in name else ALL[1:])
    assert [s.numeral for s in bare.sections].count("") == (len(bare.sections) == 6)


def test_refuses_a_text_longer_than_any_report() -> None:
    data = ("一、总体情况\n" + "公开信息。" * 70_000 + "\n二、主动公开政府信息情况\n").encode()
    with pytest.raises(InputError, match="no annual report is that long"):
        outline(read(data, "long.txt"))
