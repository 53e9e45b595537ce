"""Wrapping as Chinese is set."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from checker.renderers import Page
from checker.renderers._sheet import Sheet, breaks, shortened


def wrapped(text: str, width: int) -> list[str]:
    sheet = Sheet(Page("zh", width))
    sheet.paragraph(text)
    return sheet.finish().splitlines()


def test_chinese_breaks_anywhere_but_before_closing_punctuation() -> None:
    assert wrapped("一二三四五，六七", 10) == ["一二三四", "五，六七"]


def test_chinese_does_not_break_after_opening_punctuation() -> None:
    assert wrapped("一二三四（五六）", 10) == ["一二三四", "（五六）"]


def test_words_and_numbers_stay_whole() -> None:
    assert wrapped("received 12345 applications", 16) == ["received 12345", "applications"]
    assert wrapped("收到12345件", 8) == ["收到", "12345件"]


def test_what_is_longer_than_a_line_is_cut() -> None:
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_quotation_marks_count_as_wide() -> None:
    assert wrapped("“一二三”", 8) == ["“一二", "三”"]


def test_a_paragraph_hangs_behind_its_label() -> None:
    sheet = Sheet(Page("zh", 12))
    sheet.labelled("改法", "一二三四五", indent=2)
    assert sheet.finish() == "  改法  一二\n        三四\n        五\n"


def test_shortened() -> None:
    assert [shortened("一二三", 3), shortened("一二三四", 3)] == ["一二三", "一二…"]


@given(st.text(alphabet="一二，。（）“”ab1 -—·", max_size=60), st.integers(8, 20))
def test_nothing_is_lost_and_nothing_runs_over(text: str, width: int) -> None:
    cuts = [0, *breaks(text, width, width), len(text)]
    parts = [text[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    assert "".join(parts) == text
    assert all(cell_len(part.rstrip()) <= width for part in parts)
