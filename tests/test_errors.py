"""How a problem is printed: its place, the line it stands on, and how to put it right."""

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.location import Location

SENTENCE = Bilingual("没有规则 甲", "there is no rule 甲")
FIX = Bilingual("改正编号", "correct the id")


def test_a_problem_shows_its_line_with_the_place_marked_and_the_fix_last() -> None:
    problem = Problem("use.unknown-rule", SENTENCE, Location("a.yaml", 3, 4), "甲：x", FIX)
    assert problem.in_language("zh").split("\n") == [
        "a.yaml:3:4: 没有规则 甲",
        "    甲：x",
        "    \u3000\u3000 ^",
        "    改法：改正编号",
    ]
    assert problem.in_language("en").endswith("^\n    fix: correct the id")


def test_what_is_not_known_is_left_out() -> None:
    assert Problem("x", SENTENCE).in_language("zh") == "没有规则 甲"
    assert Problem("x", SENTENCE, Location("a.yaml", 3), "甲").in_language("zh") == (
        "a.yaml:3: 没有规则 甲\n    甲"
    )
    assert Problem("x", SENTENCE, Location("a.yaml"), fix=FIX).in_language("en") == (
        "a.yaml: there is no rule 甲\n    fix: correct the id"
    )


def test_where_a_file_has_no_lines_its_page_paragraph_or_cell_is_said() -> None:
    def said(location: Location) -> tuple[str, str]:
        problem = Problem("x", SENTENCE, location)
        return problem.in_language("zh"), problem.in_language("en")

    zh, en = said(Location("report.pdf", page=3))
    assert zh == "report.pdf 第 3 页: 没有规则 甲"
    assert en == "report.pdf page 3: there is no rule 甲"
    zh, en = said(Location("report.pdf", page=3, cell=(2, 5, 1)))
    assert zh.startswith("report.pdf 第 3 页 第 2 个表格 第 5 行 第 1 格: ")
    assert en.startswith("report.pdf page 3 table 2 row 5 cell 1: ")
    assert said(Location("report.docx", paragraph=12))[0].startswith("report.docx 第 12 段: ")
    assert said(Location("a.md", 4, paragraph=12))[0].startswith("a.md:4: ")
