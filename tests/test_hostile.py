"""Texts no office writes: read or refused in seconds, and never an error of our own."""

from time import process_time

import pytest

from checker.errors import InputError
from checker.extractors import extract
from checker.facts import Kind
from checker.forms.template import APPLICATIONS
from checker.readers import read

SECONDS = 30
HEAD = """青石县2024年政府信息公开工作年度报告
本报告根据《条例》编制，统计期限为2024年1月1日至2024年٣٤月٣٤日。
一、总体情况
"""
TAIL = """
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
{}
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
发布时间：2024年٣٤月٣٤日"""
LABELS = [f"{row.mark}.{row.wording}" for row in APPLICATIONS.rows]


def report(prose: str = "", table: str = "") -> str:
    return HEAD + prose + TAIL.format(table)


@pytest.mark.parametrize(
    "text",
    [
        report("信息占百分之一" + "亿" * 100_000 + "。"),
        report("公开政府信息" + "亿" * 100_000 + "条。"),
        report("公开政府信息" + "9" * 100_000 + "条。"),
        report("共3个，其中1个" * 2_000),
        report(table="\n".join(label + "12030405" * 12 for label in LABELS)),
        report(table="\n".join(LABELS) + "\n" + "\n".join(["9" * 5_000] * 7 * len(LABELS))[:100_000]),
        report(table="属于国家秘密" * 2_000 + "\n1\n2\n3\n4\n5\n6\n7"),
        report(table="予以公开 0 0 0 0 0 0 0" * 2_000),
        "<html><body>" + "<p>一</p>" * 40_000 + "</body></html>",
        "<html><body><table>" + "<tr><td>1</td></tr>" * 30_000 + "</table></body></html>",
    ],
    ids=range(10),
)
def test_in_seconds_and_without_an_error(text: str) -> None:
    started = process_time()
    try:
        extract(read(text.encode(), "report"))
    except InputError as refused:
        assert refused.problems
    assert process_time() - started < SECONDS


def test_a_number_beyond_all_bounds_is_no_quantity() -> None:
    facts = extract(read(report("公开政府信息" + "9" * 30 + "条，培训3次。").encode(), "report"))
    assert [r.fields["written"].text for r in facts.records("quantities")] == ["3次"]


def test_a_date_in_the_digits_of_another_script_that_is_none_is_missing() -> None:
    facts = extract(read(report().encode(), "report"))
    assert facts.fields["report.stated_on"].kind is Kind.MISSING
