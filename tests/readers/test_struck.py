"""Text struck out on a page, as tracked deletions are printed, is left out; underlined text is not."""

import pytest

from checker.document import Block, Diagnostic
from checker.location import Location
from checker.readers._ruled import Glyph, Page, Segment, recovered

SIZE = 10.0
TOP = 100.0
MIDDLE = TOP + SIZE / 2


def write(text: str, left: float, top: float = TOP) -> list[Glyph]:
    """One line; ideographs are as wide as SIZE, other characters half of it."""
    glyphs, x = [], left
    for character in text:
        wide = SIZE if character >= "\u2e80" else SIZE / 2
        glyphs.append(Glyph(character, x, top, x + wide, top + SIZE))
        x += wide
    return glyphs


def across(y: float, left: float, right: float) -> Segment:
    return Segment(left, y, right, y)


def upright(x: float, top: float, bottom: float) -> Segment:
    return Segment(x, top, x, bottom)


def quotes(diagnostics: list[Diagnostic]) -> list[str | None]:
    return [d.location.quote for d in diagnostics if d.code == "struck-out" and d.location]


def read(glyphs: list[Glyph], *rules: Segment) -> tuple[list[Block], list[Diagnostic]]:
    blocks, diagnostics = recovered([Page(1, 500, 700, tuple(glyphs), rules)], "a.pdf")
    return list(blocks), list(diagnostics)


REPLACED = write("公开29993089条", 50)  # 2999 from 70 to 90, 3089 to 110


@pytest.mark.parametrize("y", [MIDDLE - 1.5, MIDDLE, MIDDLE + 1.5])
def test_what_a_rule_runs_through_is_left_out_and_told(y: float) -> None:
    blocks, (told,) = read(REPLACED, across(y, 70, 90), across(TOP + 9, 90, 110))
    assert [b.text for b in blocks] == ["公开3089条"]
    assert (told.code, told.severity) == ("struck-out", "left_out")
    assert told.location == Location("a.pdf", page=1, box=(70, 100, 90, 110), quote="2999")


def test_figures_close_up_around_a_struck_digit() -> None:
    blocks, _ = read(write("公开1295条", 50), across(MIDDLE, 80, 85))
    assert [b.text for b in blocks] == ["公开125条"]


def test_a_line_struck_out_as_a_whole_is_no_paragraph() -> None:
    rules = [across(MIDDLE, 50, 90), across(MIDDLE + 0.2, 50, 90)]
    blocks, told = read(write("作废一句", 50) + write("正文", 50, 200), *rules)
    assert [b.text for b in blocks] == ["正文"]
    assert quotes(told) == ["作废一句"]


def test_a_figure_struck_out_in_a_cell() -> None:
    grid = [across(y, 50, 250) for y in (90, 120, 150)] + [upright(x, 90, 150) for x in (50, 150, 250)]
    glyphs = write("甲", 55) + write("12 13", 152) + write("乙", 55, 130) + write("8", 155, 130)
    blocks, told = read(glyphs, *grid, across(MIDDLE, 152, 162))
    assert blocks[0].table
    assert [c.text for c in blocks[0].table.cells] == ["甲", "13", "乙", "8"]
    assert quotes(told) == ["12"]


@pytest.mark.parametrize(
    "rules",
    [
        [across(TOP + 9, 70, 90)],
        [across(TOP + 11, 70, 90)],
        [across(TOP + 1, 70, 90)],
        [across(MIDDLE, 20, 300)],
        [across(MIDDLE, 70, 150)],
        [across(MIDDLE, 110, 300)],
        [Segment(70, TOP, 90, TOP + SIZE)],
        [across(MIDDLE, 70, 90), upright(70, 90, 120), upright(90, 90, 120)],
        [across(MIDDLE, 50, 120), upright(80, 90, 120)],
    ],
    ids=[
        "underline",
        "lower underline",
        "overline",
        "divider with text on it",
        "runs on beyond the text",
        "beside the text",
        "background",
        "between two vertical rules",
        "across a vertical rule",
    ],
)
def test_other_rules_strike_nothing_out(rules: list[Segment]) -> None:
    blocks, told = read(REPLACED, *rules)
    shown = "".join(b.text + "".join(c.text for c in (b.table.cells if b.table else ())) for b in blocks)
    assert sorted(shown) == sorted("公开29993089条")
    assert "struck-out" not in [d.code for d in told]


def test_a_fraction_bar_strikes_nothing_out() -> None:
    blocks, told = read(
        write("12", 50, 88) + write("34", 50, 101) + write("正文", 100, 94), across(99.5, 50, 60)
    )
    assert not told
    assert {"12", "34"} <= {word for b in blocks for word in b.text.replace("正文", " ").split()}


def test_an_underline_close_above_the_next_line_strikes_nothing_out() -> None:
    """The boxes of a font may be far higher than its characters, and reach into one another."""

    def tall(text: str, top: float) -> list[Glyph]:
        return [
            Glyph(g.text, g.left, top - 3, g.right, top + 12, (top + 1, top + 9)) for g in write(text, 50)
        ]

    blocks, told = read(tall("上一行有下划线", 100) + tall("下一行没有", 111), across(110.5, 50, 120))
    assert not told
    assert "".join(b.text for b in blocks) == "上一行有下划线下一行没有"


def test_a_rule_at_the_height_of_a_dash_strikes_nothing_out() -> None:
    dash = [Glyph("—", 50, 100, 60, 110, (104.8, 105.2)), Glyph("—", 60, 100, 70, 110, (104.8, 105.2))]
    blocks, told = read(dash, across(105, 50, 70))
    assert [b.text for b in blocks] == ["——"]
    assert not told


def test_a_page_full_of_rules_and_characters_ends() -> None:
    glyphs = [Glyph(chr(0x4E00 + n), 50, 100, 60, 110) for n in range(20_000)]
    rules = [across(100 + n / 400, 40 + n / 100, 70) for n in range(2_900)]
    blocks, _ = read(glyphs, *rules)
    assert blocks
