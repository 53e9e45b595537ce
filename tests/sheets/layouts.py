"""Sheets of indicators as bureaus lay them out: columns and merges are theirs, the words are ours."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

Rows = Sequence[Any]


class Sheet(NamedTuple):
    rows: Rows
    merged: Sequence[str] = ()
    percent: Sequence[str] = ()


def saved(path: Path, sheet: Sheet, name: str = "指标表", others: Iterable[str] = ()) -> Path:
    """The workbook of a sheet; cells in `percent` are shown as percentages."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(name)
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                cell = page.cell(number, column, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    for reference in sheet.percent:
        page[reference].number_format = "0%"
    for area in sheet.merged:
        page.merge_cells(area)
    for other in others:
        book.create_sheet(other).append(["说明"])
    book.save(path)
    return path


def deductions() -> Sheet:
    """One level, several ways to lose its points below one another; a total that is text."""
    return Sheet(
        [
            ["附件2"],
            ["某区政务公开考评标准表"],
            ["考评项目", "分值", "扣分办法", "佐证材料"],
            ["主动公开", 60, "提前或超期每件扣5分", "网站"],
            [None, None, "缺标题每件扣1分", "元数据"],
            ["年度报告", "40分", "未按时公布扣5分\n要素不全扣5分", "报告"],
            ["合计", "100分", None, None],
            ["注：扣完为止。"],
        ],
        ["A2:D2", "A4:A5", "B4:B5", "A8:D8"],
    )


def by_process() -> Sheet:
    """A column before the numbered levels, points beside contents, columns left to be filled by hand."""
    head = ["过程", "一级", "二级", "三级", "测评指标与考察点", "权重", "得分", "扣分依据", "整改情况"]
    return Sheet(
        [
            head,
            ["决策", "公开", "文件", "部门文件", "全文", 2, None, None, None],
            [None, None, None, None, "格式", 3, None, None, None],
            [None, None, None, "清理", "每季度一次", 5, None, None, "按季"],
            [None, None, "意见", None, "征集与反馈", 10, None, None, None],
            ["结果", "公开", None, None, "公布", 80, None, None, None],
        ],
        ["A2:A5", "B2:B5", "C2:C4", "D2:D3"],
    )


def nested() -> Sheet:
    """Percentages of percentages over five levels, numbers and texts."""
    head = [
        "一级指标",
        "权重",
        "二级指标",
        "权重",
        "三级指标",
        "权重",
        "四级指标",
        "权重",
        "评估点",
        "权重",
        "采样方式",
    ]
    return Sheet(
        [
            head,
            [
                "一、公开",
                0.4,
                "主动公开",
                0.7,
                "会议公开",
                "10%",
                "制度",
                0.3,
                "有无制度",
                "100%",
                "材料报送",
            ],
            [None, None, None, None, None, None, "落实", 0.7, "是否列席", "100%", "网站"],
            [None, None, None, None, "目录", "90%", "目录", 1, "齐全", "100%", "网站"],
            [None, None, "依申请", 0.3, "渠道", "100%", "渠道", 1, "畅通", "100%", "模拟"],
            ["二、解读", 0.6, "解读", 1, "形式", "100%", "形式", 1, "多样", "100%", "网站"],
        ],
        ["A2:A5", "B2:B5", "C2:C4", "D2:D4", "E2:E3", "F2:F3"],
        ["B2", "B6", "D2", "D5", "D6", *(f"H{row}" for row in range(2, 7))],
    )


def blanks_below() -> Sheet:
    """Three levels without merged cells, codes of its own, points of every level, subtotals."""
    return Sheet(
        [
            ["市直部门评估指标", None, None, None, None, None, "2024版"],
            ["编号", "一级指标", "分值", "二级指标", "三级指标", "分值", "评估方法"],
            ["A-1", "目录", 30, "指南", "更新", 10, "观察"],
            ["A-2", None, None, None, "内容", 20, "观察"],
            [None, "小计", 30, None, None, 30, None],
            ["B.1", "申请", 70, "渠道", None, 70, "模拟申请"],
            [None, "小计", None, None, None, 70, None],
            [None, "总计", 100, None, None, 100, None],
        ]
    )


def repeated() -> Sheet:
    """Titles repeated in every row, points in the titles, bonus and deductions below."""
    return Sheet(
        [
            ["序号", "一级指标", "二级指标", "标准分", "评分标准", "备注"],
            [1, "公开（60分）", "机构", 20, "符合得分", True],
            [2, "公开（60分）", "文件", 40, "=每件2分", "'10"],
            [3, "互动（40分）", "信箱", 40, "_x000D_", "10"],
            [4, "加分项", "典型经验", 5, "推广的加分", None],
            [5, "加分项", "创新", "+3", "推广的加分", None],
            [6, "扣分项", "通报批评", -5, "每次扣1分", None],
            ["合计", None, None, 100, None, None],
        ]
    )


def in_sections() -> Sheet:
    """Rows across the whole table head the parts; the header has two storeys."""
    return Sheet(
        [
            ["考核表"],
            ["指标", "内容", "分值", "得分", None, "备注"],
            [None, None, None, "自评", "核定", None],
            ["一、网站（70分）"],
            ["更新", "按期更新", 30, None, None, None],
            ["互动", "有渠道", 40, None, None, None],
            ["二、新媒体（30分）"],
            ["更新", "两周内更新", 30, None, None, None],
            [None, "填表人：", None, None, "审核人："],
        ],
        ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "A4:F4", "A7:F7"],
    )


def shares() -> Sheet:
    """One level of percentages, plain numbers under a header that says so."""
    return Sheet(
        [
            ["评估项目", "权重（%）", "评估内容", "依据"],
            ["年度报告", 10, "及时、完整", "《中华人民共和国政府信息公开条例》第五十条"],
            ["线上评估", 60, "网站", "国办发〔2016〕80号"],
            ["日常工作", 20, "整改", "皖政办〔2020〕3号"],
            ["重点任务", 10, "报送", None],
        ]
    )


def mixed_scales() -> Sheet:
    """Two sources, each marked out of 100 and weighted."""
    return Sheet(
        [
            ["一级指标", "占比", "二级指标", "分值"],
            ["工作考核", "70%", "机制", 40],
            [None, None, "公开", 60],
            ["专业评估", "30%", "网站", 100],
        ],
        ["A2:A3", "B2:B3"],
    )


def points_in_titles() -> Sheet:
    """No column of points: every title has its own at its end."""
    return Sheet(
        [
            ["一级指标（分值）", "二级指标（分值）", "评分标准"],
            ["主动公开（60分）", "目录 20分", "齐全"],
            [None, "内容（40分）", "准确"],
            ["申请（40分）", "渠道（40分）", "畅通"],
        ],
        ["A2:A3"],
    )


def contents_first() -> Sheet:
    """Contents before indicators, lines broken in the header, points after the criteria."""
    return Sheet(
        [
            ["序号", "考核内容", "考核指标", "评分标准", "分\n值", "得分"],
            [1, "公开", "目录", "齐全", 20, None],
            [2, None, "内容", "准确", 40, None],
            [3, "申请", "渠道", "畅通", 40, None],
        ],
        ["B2:B3"],
    )


LAYOUTS = {
    made.__name__: made
    for made in (
        deductions,
        by_process,
        nested,
        blanks_below,
        repeated,
        in_sections,
        shares,
        mixed_scales,
        points_in_titles,
        contents_first,
    )
}
