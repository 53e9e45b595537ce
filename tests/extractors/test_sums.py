"""Totals and their parts: what the real reports state, and when a list counts as complete."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.facts import Absent, Extract, Record

Extracting = Callable[..., Extract]


def members(found: Extract, name: str) -> tuple[Record, ...]:
    records = found.collections[name]
    assert not isinstance(records, Absent)
    return records


# Every total with parts in the corpus, by hand: total, sum of the parts, number of parts, names every part.
# 2599 of pingtan-2019 is as printed: eleven kinds, the last “其他”, that add up to 2533.
STATED = {
    "reports/alashan-gaoxinqu-2024-seed/000_5ead8cc1c8ee6d6d.txt": [(27, 27, 3, True)],
    "reports/pingtan-2019/page.txt": [(2599, 2533, 11, True), (380, 380, 4, True), (197, 197, 2, True)],
    "reports/pingtan-2021/page.txt": [],
    "reports/pingtan-2024/page.txt": [],
    "reports/pingtan-2025/page.txt": [],
    "reports/hongze-qu-2024/hzq2024_working.reading-order.txt": [],
    "reports/hongze-qu-2024/hzq2024_working.layout.txt": [],
    "reports/hangzhou-style-2025-fixture/sample.html": [],
    "reports/shanghai-zfbgt-2025/shanghai-office-sample-source.md": [
        (1191, 189, 1, False),
        (1191, 1191, 5, True),
        (319, 157, 1, False),
        (403, 19, 1, False),
        (31_700_000, 16_600_000, 2, False),
    ],
    "reports/shuyang-xian-2025/沭阳县人民政府2025年政府信息公开工作年度报告-沭阳县人民政府.txt": [
        (52, 52, 3, True),
        (749, 749, 2, True),
    ],
    "excerpts/haizhu-guanzhou-jiedao-2023.txt": [(63, 63, 5, True)],
    "excerpts/taojiang-songmutangzhen-2022.txt": [(32, 32, 14, True)],
    "excerpts/hunan-zfbgt-2020-traditional.txt": [(4, 4, 2, True), (4, 4, 2, True)],
    "excerpts/xiaogan-zfb-2020.txt": [(58, 32, 1, False)],
    "excerpts/baicheng-shi-2025.txt": [],
    "excerpts/daye-2025.txt": [],
}
AS_PRINTED = (2599, 2533)


def listed(found: Extract, name: str = "sums") -> list[tuple[object, ...]]:
    names = ("total", "parts_total", "parts", "complete")
    return [tuple(r.fields[n].value for n in names) for r in members(found, name)]


def report(text: str) -> str:
    head = "东河县人民政府2024年政府信息公开工作年度报告\n\n一、总体情况\n\n"
    return f"{head}{text}\n\n二、主动公开政府信息情况\n"


@pytest.mark.parametrize("file", STATED)
def test_sums_of_the_corpus(extracted: Extracting, corpus: Path, file: str) -> None:
    assert listed(extracted(corpus / file, "sums")) == STATED[file]


def test_no_complete_sum_of_a_real_report_is_off_but_one_as_printed(
    extracted: Extracting, corpus: Path
) -> None:
    sums = [s for file in STATED for s in listed(extracted(corpus / file, "sums"))]
    complete = [(total, parts) for total, parts, _, names_all in sums if names_all]
    off = [pair for pair in complete if pair[0] != pair[1]]
    print(f"\n{len(sums)} totals with parts, {len(complete)} complete, {len(off)} do not add up: {off}")
    assert off == [AS_PRINTED]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Off by one in the total or a part: still plainly meant to be complete.
        ("政务新媒体共28个。其中，微信公众号22个、微博4个、抖音1个。", (28, 27, 3, True)),
        ("政务新媒体共27个。其中，微信公众号22个、微博4个、抖音2个。", (27, 28, 3, True)),
        ("公开信息63条，其中，机构类16条，动态类36条，其他信息6条。", (63, 58, 3, True)),
        ("受理申请20件，其中自然人15件、法人3件；办结19件。", (20, 18, 2, True)),
        ("行政复议5件，其中维持3件、纠正1件。", (5, 4, 2, True)),
        ("发布信息20条（图文10条、视频5条），点击2万次。", (20, 15, 2, True)),
        ("公开信息500条，分别为政策200条、动态299条。", (500, 499, 2, True)),
        ("公开信息30条，其中政策40条、动态20条。", (30, 60, 2, True)),
        # The list ends before what follows it.
        ("账号共27个，其中微信22个、微博4个、抖音1个，粉丝30000个。", (27, 27, 3, True)),
        ("受理申请24件，办结22件，均按时答复。其中，公开12件，不予公开4件，无法提供6件。", (22, 22, 3, True)),
        ("受理申请24件，办结22件，均按时答复。其中，自然人20件，法人4件。", (24, 24, 2, True)),
        (
            "办结申请41件，其中：公开30件；无法提供8件；其他处理3件；因公开引起的复议案件6件、诉讼案件2件。",
            (41, 41, 3, True),
        ),
        # A remark on a part, approximations, open lists: nothing may be concluded.
        ("公开信息100条，其中政策60条，动态35条。", (100, 95, 2, False)),
        ("公开信息100条，其中政策60条、公告20条、动态10条等。", (100, 90, 3, False)),
        ("公开信息约100条，其中政策60条、公告30条、动态9条。", (100, 99, 3, False)),
        ("公开信息100余条，其中政策60条、公告30条、动态9条。", (100, 99, 3, False)),
        ("公开信息100条，主要包括政策60条、公告30条、动态9条。", (100, 99, 3, False)),
        ("发布解读21条，其中图文17条。", (21, 17, 1, False)),
        ("解读32件，其中图解20件，视频15件。", (32, 35, 2, False)),
    ],
)
def test_when_a_list_is_complete(extracted: Extracting, text: str, expected: tuple[object, ...]) -> None:
    assert listed(extracted(report(text), "sums")) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "公开信息5729条，其中，文件15件，公告1件。",
        "收到申请154件，办结148件，结转至2025年6件。",
        "需清理账号3个，需备案账号3个，均已整改。",
        "重点发布信息20条。二是主要运行环节公开信息30条，重点领域信息40条。",
    ],
)
def test_what_is_no_list_of_parts(extracted: Extracting, text: str) -> None:
    assert listed(extracted(report(text), "sums")) == []


def test_a_part_without_its_classifier_counts(extracted: Extracting) -> None:
    found = extracted(report("答复10件。其中，予以公开6件，部分公开3，不予公开1件。"), "sums")
    assert listed(found) == [(10, 10, 3, True)]


def test_brackets_nest(extracted: Extracting) -> None:
    found = extracted(report("信息20条，其中预决算15条（政府4条、部门10条）、债券5条。"), "sums")
    assert listed(found) == [(20, 20, 2, True), (15, 14, 2, True)]


def test_channels_of_applications_stand_apart(extracted: Extracting) -> None:
    text = "共收到政府信息公开申请20件。其中，网上申请15件，占75%；信函申请4件，占20%；当面申请2件，占10%。"
    found = extracted(report(text), "sums")
    assert listed(found) == []
    assert listed(found, "channel_sums") == [(20, 21, 3, True)]
    record = members(found, "channel_sums")[0]
    assert [p.quote for p in record.locations] == ["20件", "15件", "4件", "2件"]
    assert record.fields["unit"].value == "件"
