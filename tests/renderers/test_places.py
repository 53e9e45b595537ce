"""Places as a person says them who has the file open."""

from dataclasses import replace
from pathlib import Path

import pytest

from checker.bilingual import Language
from checker.location import Location
from checker.pipeline import explain
from checker.renderers import Page, renderer
from checker.renderers._places import place, places
from checker.renderers._sheet import Sheet

PDF = Location("report.pdf", page=3, box=(70, 340, 520, 352))
GRANTED = replace(PDF, cell=(1, 5, 2), table="表三", row="三（一）予以公开", column="自然人", quote="5")
WORD = Location("report.docx", paragraph=12, quote="全年公开一百条")
NOTE = Location("report.docx", path="脚注 2", paragraph=1, quote="不含转办")
HTML = Location("report.html", 93, path="/html/body/div[2]/p[7]", quote="甲")
IN_TABLE = replace(HTML, path="/html/body/div/table[2]/tr[5]/td[3]")


def said(*locations: Location, language: Language = "zh", most: int = 3) -> str:
    return places(Sheet(Page(language)), locations, locations[0].file, most)


@pytest.mark.parametrize(
    ("location", "zh", "en"),
    [
        (
            GRANTED,
            "第 3 页 表三 第 5 行“三（一）予以公开”自然人：5",
            "page 3 表三 row 5 “三（一）予以公开” 自然人: 5",
        ),
        (replace(GRANTED, column=None, quote=None), "第 3 页 表三 第 5 行“三（一）予以公开”", None),
        (
            replace(PDF, cell=(2, 5, 3), quote="公开"),
            "第 3 页 第 2 个表格 第 5 行 第 3 格 “公开”",
            "page 3 table 2 row 5 cell 3 “公开”",
        ),
        (replace(PDF, quote="甲"), "第 3 页 距页顶 12 厘米 “甲”", "page 3, 12 cm from the top “甲”"),
        (replace(PDF, box=None, quote="甲"), "第 3 页 “甲”", "page 3 “甲”"),
        (replace(PDF, box=(0, -4, 9, 9)), "第 3 页 距页顶 0 厘米", "page 3, 0 cm from the top"),
        (WORD, "第 12 段 “全年公开一百条”", "paragraph 12 “全年公开一百条”"),
        (
            Location("report.docx", cell=(2, 5, 3), quote="5"),
            "第 2 个表格 第 5 行 第 3 格 “5”",
            "table 2 row 5 cell 3 “5”",
        ),
        (replace(GRANTED, page=None, box=None), "表三 第 5 行“三（一）予以公开”自然人：5", None),
        (NOTE, "脚注 2 第 1 段 “不含转办”", "footnote 2 paragraph 1 “不含转办”"),
        (
            replace(NOTE, table="表三", row="甲", cell=(1, 2, 3)),
            "脚注 2 表三 第 2 行“甲”：不含转办",
            None,
        ),
        (replace(PDF, path="/Doc_0/Pages/Page_2/Content.xml#17"), "第 3 页 距页顶 12 厘米", None),
        (
            replace(GRANTED, column=None, quote="三（一）予以公开"),
            "第 3 页 表三 第 5 行“三（一）予以公开”",
            None,
        ),
        (HTML, "第 93 行 p[7] “甲”", "line 93 p[7] “甲”"),
        (IN_TABLE, "第 93 行 table[2]/tr[5]/td[3] “甲”", None),
        (replace(IN_TABLE, table="表三", row="乙", column="其他"), "第 93 行 表三“乙”其他：甲", None),
        (replace(HTML, line=1), "第 1 行 /html/body/div[2]/p[7] “甲”", None),
        (replace(HTML, line=65_535), "第 65535 行 /html/body/div[2]/p[7] “甲”", None),
        (replace(HTML, line=None), "/html/body/div[2]/p[7] “甲”", "/html/body/div[2]/p[7] “甲”"),
        (Location("report.md", 7, 3, quote="甲"), "第 7 行 “甲”", "line 7 “甲”"),
    ],
)
def test_one_place(location: Location, zh: str, en: str | None) -> None:
    assert said(location) == zh
    assert en is None or said(location, language="en") == en
    other = place(Sheet(Page("zh")), location, "another")
    assert other == f"{location.file} {zh}"


def test_the_cells_of_one_row_are_told_together() -> None:
    cells = [replace(GRANTED, column=name, quote=quote) for name, quote in (("自然人", "5"), ("总计", ""))]
    assert said(*cells) == "第 3 页 表三 第 5 行“三（一）予以公开”，自然人：5、总计：（空白）"
    on_lines = [
        replace(IN_TABLE, line=line, path=f"/td[{line}]", table="表三", row="乙", column=name)
        for line, name in ((93, "其他"), (94, "总计"))
    ]
    assert said(*on_lines) == "第 93 行 表三“乙”，其他：甲、总计：甲"
    rows = [replace(IN_TABLE, line=1, path=f"/td[{n}]", table="表三", row=f"行{n}") for n in (1, 2)]
    assert said(*rows) == "第 1 行 表三“行1”：甲；“行2”：甲"


def test_a_page_and_its_table_are_named_again_where_they_change() -> None:
    second = replace(GRANTED, row="三（二）部分公开", cell=(1, 6, 2), quote="2")
    second, drawn = (replace(p, path=f"/Page_2/Content.xml#{n}") for n, p in enumerate((second, GRANTED)))
    over = replace(second, page=4, cell=(1, 1, 2))
    other = replace(over, table="表四", row="复议", cell=(2, 2, 1))
    assert said(drawn, second, over, other, most=4) == (
        "第 3 页 表三 第 5 行“三（一）予以公开”自然人：5；"
        "第 6 行“三（二）部分公开”自然人：2；"
        "第 4 页 表三 第 1 行“三（二）部分公开”自然人：2；"
        "第 4 页 表四 第 2 行“复议”自然人：2"
    )


def test_a_file_is_named_where_it_is_another() -> None:
    earlier = replace(GRANTED, file="last.pdf")
    assert said(GRANTED, earlier) == (
        "第 3 页 表三 第 5 行“三（一）予以公开”自然人：5；"
        "last.pdf 第 3 页 表三 第 5 行“三（一）予以公开”，自然人：5"
    )
    back = said(WORD, replace(WORD, file="b.docx"), replace(WORD, paragraph=13, quote=None), WORD)
    assert back == "第 12 段 “全年公开一百条”；b.docx 第 12 段 “全年公开一百条”；report.docx 第 13 段"


def test_unrecognised_cells_stand_each_by_itself() -> None:
    cells = [replace(PDF, cell=(1, 2, n)) for n in (1, 2, 3, 4)]
    assert said(*cells, most=2) == (
        "第 3 页 第 1 个表格 第 2 行 第 1 格；第 3 页 第 1 个表格 第 2 行 第 2 格；另有 2 处"
    )


def test_what_is_left_out_is_counted_and_is_never_one() -> None:
    lines = [Location("report.md", n) for n in range(1, 6)]
    assert said(*lines[:4]) == "第 1 行；第 2 行；第 3 行；第 4 行"
    assert said(*lines) == "第 1 行；第 2 行；第 3 行；另有 2 处"


def test_last_year_s_report_of_the_same_name_is_named_by_its_folder(root: Path, tmp_path: Path) -> None:
    text = (root / "reports/alxa-hightech-zone-2024/report.md").read_text(encoding="utf-8")
    for year, content in (("2024", text), ("2023", text.replace("2024", "2023"))):
        (tmp_path / year).mkdir()
        (tmp_path / year / "report.md").write_text(content, encoding="utf-8")
    found = explain("annual-report/applications-carry-over", tmp_path / "2024", None, tmp_path / "2023")
    page = renderer("explain", "terminal")(found, Page("zh", 120))
    assert "上年报告所载（四、结转下年度继续办理）：0  2023/report.md 第 67 行 表三“四、结转" in page
    assert "  report.md 第 44 行 表三“二、上年结转政府信息公开申请数量”" in page
