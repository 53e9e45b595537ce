"""DOCX one hazard at a time: what word processors write and ready-made readers lose."""

from pathlib import Path

import pytest

from checker import readers
from checker.document import Diagnostic, Document, Table
from checker.readers import _grid
from tests.readers.docx_files import MAIN, SPACES, docx, field, numbered, p, packed, r, relations, tbl, tc, tr
from tests.readers.looking import grid, prose, refused, shape, the_table

VANISH = "<w:vanish/>"


def read(body: str, **parts: str) -> Document:
    return readers.read(docx(body, named=None, **parts), "report.docx")


def texts(body: str, **parts: str) -> list[str]:
    return prose(read(body, **parts))


def table(body: str) -> Table:
    return the_table(read(body))


def told(document: Document, code: str) -> Diagnostic:
    (found,) = (d for d in document.diagnostics if d.code == code)
    return found


# Text of a paragraph


def test_text_is_kept_as_it_stands() -> None:
    assert texts(p(r("共3 "), r("7７1\u00a0件（"), r("Ａ）"))) == ["共3 7７1\u00a0件（Ａ）"]


def test_space_at_the_ends_of_a_run_counts_only_where_it_is_preserved() -> None:
    assert texts("<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t>乙\n丙</w:t></w:r></w:p>") == ["甲乙 丙"]


def test_characters_that_are_elements() -> None:
    hyphens = "<w:t>0483</w:t><w:noBreakHyphen/><w:t>87</w:t><w:softHyphen/><w:t>99</w:t>"
    assert texts(f"<w:p><w:r>{hyphens}<w:tab/><w:t>件</w:t></w:r></w:p>") == ["0483-8799 件"]


def test_invisible_characters_are_dropped() -> None:
    assert texts(p("报\u200b告\ufeff")) == ["报告"]


def test_a_line_break_ends_a_paragraph_but_not_its_number() -> None:
    found = read(p(r("甲"), "<w:r><w:br/></w:r>", r("乙")) + p("丙"))
    assert [(b.text, b.location.paragraph) for b in found.blocks] == [("甲", 1), ("乙", 1), ("丙", 2)]


def test_wrappers_are_looked_into() -> None:
    wrapped = (
        "<w:smartTag><w:r><w:t>甲</w:t></w:r></w:smartTag><w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>丙</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:customXml><w:fldSimple w:instr='PAGE'><w:r><w:t>丁</w:t></w:r></w:fldSimple></w:customXml>"
        "<w:unheardOf><w:r><w:t>戊</w:t></w:r></w:unheardOf>"
    )
    assert texts(f"<w:sdt><w:sdtContent><w:p>{wrapped}</w:p></w:sdtContent></w:sdt>") == ["甲乙丙丁戊"]


def test_readings_beside_characters_are_no_text() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('wū')}</w:rt><w:rubyBase>{r('乌')}</w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby, r("海"))) == ["乌海"]


def test_formulas() -> None:
    fraction = "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    math = f"<m:oMath><m:r><m:t>a=</m:t></m:r>{fraction}</m:oMath>"
    assert texts(p(r("即"), math)) == ["即a=3/4"]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [("Wingdings", "F0FC", "✓"), ("Wingdings 2", "52", "☑"), ("Symbol", "F0B3", "≥")],
)
def test_signs_of_symbol_fonts(font: str, code: str, sign: str) -> None:
    assert texts(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')) == [sign]


def test_a_sign_not_known_is_reported_and_never_a_letter() -> None:
    found = read(p('<w:r><w:sym w:font="Webdings" w:char="0031"/></w:r>'))
    assert found.blocks[0].text == "\uf031"
    assert told(found, "unmapped-characters").severity == "loss"


def test_private_characters_in_the_text_of_a_symbol_font() -> None:
    found = read(p(r("\uf0fe", '<w:rFonts w:ascii="Wingdings"/>'), r("\ue001")))
    assert found.blocks[0].text == "☑\ue001"
    assert told(found, "unmapped-characters").location.quote == "U+E001"  # type: ignore[union-attr]


def test_placeholders_of_lost_objects_are_no_text() -> None:
    found = read(p("\ufffc") + p("正文\ufffc"))
    assert shape(found) == [("paragraph", "正文")]
    assert told(found, "anchor").severity == "loss"


# Hidden text, fields


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_out_text_is_left_out_and_reported(mark: str) -> None:
    found = read(p(r("公开"), r("2999", mark), r("3089"), r("条", '<w:strike w:val="0"/>')))
    assert found.blocks[0].text == "公开3089条"
    assert told(found, "struck-out").location.quote == "2999"  # type: ignore[union-attr]


def test_hidden_text_is_left_out_and_reported() -> None:
    found = read(p(r("公开12条"), r("（藏99）", VANISH), r("。", '<w:vanish w:val="0"/>')))
    assert texts(p(r("公开12条"), r("（藏99）", VANISH))) == ["公开12条"]
    assert told(found, "hidden-text").location.quote == "（藏99）"  # type: ignore[union-attr]
    assert found.blocks[0].text == "公开12条。"


def test_text_hidden_by_its_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="A"><w:name w:val="A"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    inherited = '<w:rStyle w:val="B"/>'
    assert texts(p(r("甲"), r("藏", inherited)), styles=styles) == ["甲"]
    assert texts(p(r("藏"), style="C") + p("乙"), styles=styles) == ["乙"]
    assert texts(p(r("显", inherited), style="C"), styles=styles) == ["显"]  # what both hide is shown
    assert texts(p(r("显", f'{inherited}<w:vanish w:val="false"/>')), styles=styles) == ["显"]


def test_of_fields_the_result_is_read() -> None:
    inner = field("REF x", "7")
    nested = field("IF", "2") + r("、")
    assert texts(p(r("共"), field("=SUM(ABOVE)", "27"), r("个"))) == ["共27个"]
    assert texts(p(nested, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', inner, *_end("9"))) == ["2、9"]


def _end(result: str) -> tuple[str, ...]:
    return (
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        r(result),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_a_part_of_a_field_hides_nothing(kind: str) -> None:
    assert texts(p(r("前"), f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>', r("后")) + p("续")) == [
        "前后",
        "续",
    ]


def test_a_field_that_begins_where_nothing_is_read() -> None:
    begins = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{begins}</w:rt><w:rubyBase>{r('乌')}</w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby, *_end("海"))) == ["乌海"]


def test_what_a_field_without_result_shows_is_a_loss() -> None:
    found = read(p(field("EQ \\o\\ac(○,3)"), r("项")))
    assert found.blocks[0].text == "项"
    assert told(found, "field").severity == "loss"


def test_form_fields() -> None:
    box = "<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>"
    choice = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='无'/><w:listEntry w:val='有'/></w:ddList>"
    begins = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(p(begins.format(box), end, begins.format(choice), end)) == ["☑有"]
    assert texts(p(begins.format(choice), *_end("有"))) == ["有"]


def test_a_table_of_contents_is_set_apart() -> None:
    contents = p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o</w:instrText></w:r>',
        _end("")[0],
        r("一、总体情况 1"),
    )
    contents += p(r("二、其他 2"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    found = read(contents + p("三、附 3", style="11") + p("一、总体情况"), styles=styles)
    assert shape(found) == [
        ("note", "一、总体情况 1"),
        ("note", "二、其他 2"),
        ("note", "三、附 3"),
        ("heading", "一、总体情况"),
    ]
    assert told(found, "contents").severity == "left_out"


# Tracked changes


def test_insertions_are_read_and_deletions_are_not() -> None:
    changed = (
        f"<w:ins>{r('3089')}</w:ins><w:del><w:r><w:delText>2999</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('移')}</w:moveFrom><w:moveTo>{r('到')}</w:moveTo>"
    )
    found = read(p("前") + p(r("公开"), changed, r("条")))
    assert shape(found)[1] == ("paragraph", "公开3089到条")
    told_of = told(found, "tracked-changes")
    assert told_of.severity == "left_out"
    assert "插入 1 处" in told_of.message.zh
    assert "删除 1 处" in told_of.message.zh
    assert told_of.location is not None
    assert told_of.location.paragraph == 2


def test_tracked_changes_are_told_once_with_their_places() -> None:
    inserted = p(f"<w:ins>{r('甲')}</w:ins>")
    message = told(read(inserted * 9), "tracked-changes").message
    assert "插入 9 处" in message.zh
    assert "第1段、第2段" in message.zh
    assert message.zh.endswith("等")


def test_a_paragraph_whose_mark_was_deleted_goes_on() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert texts(p("前", inside=mark) + p("中", inside=mark) + p("后") + p("另")) == ["前中后", "另"]
    gone = p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", inside=mark)
    assert texts(p("前") + gone + p("后")) == ["前", "后"]
    assert texts(p("前", inside=mark)) == ["前"]


@pytest.mark.parametrize("mark", ["<w:vanish/>", "<w:vanish/><w:specVanish/>"])
def test_a_paragraph_whose_mark_is_hidden_goes_on(mark: str) -> None:
    assert texts(p("一、标题。", inside=f"<w:rPr>{mark}</w:rPr>") + p("正文")) == ["一、标题。正文"]


def test_formatting_that_was_changed_does_not_count() -> None:
    numbered_before = '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    before = f"<w:pPrChange><w:pPr>{numbered_before}</w:pPr></w:pPrChange>"
    assert read(p("正文", inside=before), numbering=_list("%1、")).blocks[0].kind == "paragraph"
    assert texts(p("正文", inside=before), numbering=_list("%1、")) == ["正文"]


# Automatic numbers


def _list(*levels: str, form: str = "chineseCountingThousand", extra: str = "") -> str:
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for n, text in enumerate(levels)
    )
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>{num}'


def test_automatic_numbers_stand_before_the_text() -> None:
    found = read(numbered("总体情况") + p("正文") + numbered("其他"), numbering=_list("%1、"))
    assert shape(found) == [("heading", "一、总体情况"), ("paragraph", "正文"), ("heading", "二、其他")]


def test_levels_begin_anew() -> None:
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + numbered("丁") + numbered("戊", 1)
    assert texts(body, numbering=_list("%1.", "%1.%2", form="decimal")) == [
        "1.甲",
        "1.1乙",
        "1.2丙",
        "2.丁",
        "2.1戊",
    ]


def test_a_level_may_go_on_counting() -> None:
    body = numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1)
    numbering = _list("%1.", "(%2)", form="decimal", extra='<w:lvlRestart w:val="0"/>')
    assert texts(body, numbering=numbering) == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_a_list_that_shares_numbers_and_one_that_begins_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙", list=2) + numbered("丙", list=3) + numbered("丁", list=3)
    assert texts(body, numbering=_list("%1.", form="decimal") + again) == ["1.甲", "2.乙", "5.丙", "6.丁"]


def test_a_level_may_be_defined_anew() -> None:
    own = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    assert texts(numbered("甲", list=2), numbering=_list("%1.") + own) == ["III)甲"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "12"),
        ("decimalZero", "12"),
        ("decimalFullWidth", "１２"),
        ("chineseCounting", "十二"),
        ("ideographDigital", "一二"),
        ("chineseLegalSimplified", "壹拾贰"),
        ("ideographTraditional", None),
        ("ideographZodiac", "亥"),
        ("decimalEnclosedCircle", "⑫"),
        ("decimalEnclosedParen", "⑿"),
        ("lowerLetter", "l"),
        ("upperRoman", "XII"),
        ("hebrew1", None),
    ],
)
def test_forms_of_numbers(form: str, shown: str | None) -> None:
    found = read("".join(numbered(f"第{n}") for n in range(1, 13)), numbering=_list("(%1)", form=form))
    if shown is None:
        assert found.blocks[11].text == "第12"
        assert told(found, "numbering-form").severity == "loss"
    else:
        assert found.blocks[11].text == f"({shown})第12"


def test_bullets_are_no_text_and_a_fixed_label_is() -> None:
    assert texts(numbered("甲"), numbering=_list("\uf0b7", form="bullet")) == ["甲"]
    assert texts(numbered("甲"), numbering=_list("附：", form="none")) == ["附：甲"]


def test_a_number_does_not_run_into_the_text() -> None:
    assert texts(numbered("2024年"), numbering=_list("%1.", form="decimal")) == ["1. 2024年"]


def test_numbers_in_the_style_and_none_by_choice() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="H"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="I"><w:name w:val="I"/><w:basedOn w:val="H"/></w:style>'
    )
    numbering = _list("%1、", "（%2）").replace('（%2）"/>', '（%2）"/><w:pStyle w:val="J"/>')
    styles += styles.split("</w:style>")[0].replace('"H"', '"J"') + "</w:style>"
    none = p("丙", style="H", inside='<w:numPr><w:numId w:val="0"/></w:numPr>')
    body = p("甲", style="H") + p("乙", style="I") + none + p("丁", style="J")
    assert texts(body, styles=styles, numbering=numbering) == ["一、甲", "二、乙", "丙", "（一）丁"]


def test_a_list_defined_by_a_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
    )
    style = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert texts(numbered("甲", list=9), numbering=_list("%1、") + linked, styles=style) == ["一、甲"]


def test_numbered_paragraphs_without_text_count_and_deleted_ones_do_not() -> None:
    gone = numbered("").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    assert texts(numbered("甲") + numbered("") + gone + numbered("乙"), numbering=_list("%1、")) == [
        "一、甲",
        "三、乙",
    ]


def test_numbers_in_cells() -> None:
    rows = [tr(tc(numbered("许可")), "1"), tr(tc(numbered("处罚")), "2")]
    found = read(tbl(*rows), numbering=_list("%1.", form="decimal")).blocks[0].table
    assert found is not None
    assert [c.text for c in found.cells] == ["1.许可", "1", "2.处罚", "2"]


# Headings


def test_levels_of_headings() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{name}"/>{inside}</w:style>'
        for i, name, inside in [
            ("T", "Title", ""),
            ("1", "heading 1", ""),
            ("2", "自定", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ("3", "其下", '<w:basedOn w:val="2"/>'),
            ("B", "正文", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        ]
    )
    body = (
        p("年报", style="T")
        + p("一、总体", style="1")
        + p("概述", style="1")
        + p("甲", style="3")
        + p("乙", style="B")
    )
    body += p("丙", inside='<w:outlineLvl w:val="2"/>') + p("（一）公开") + p("很长。" * 30, style="1")
    assert [b.level for b in read(body, styles=styles).blocks] == [1, 2, 1, 2, 0, 3, 3, 0]


def test_a_heading_on_two_lines_is_one() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    found = read(p(r("某市"), "<w:r><w:br/></w:r>", r("年度报告"), style="T"), styles=styles)
    assert shape(found) == [("heading", "某市 年度报告")]


def test_styles_in_a_circle() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA")
    )
    assert texts(p("甲", style="A"), styles=styles) == ["甲"]


# Text boxes, notes, headers, embedded files


def test_a_text_box_offered_twice_is_read_once() -> None:
    box = f"<w:txbxContent>{p('盒中')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(p(r("甲"), both, r("乙")) + p("丙"))
    assert [(b.text, b.location.path, b.location.paragraph) for b in found.blocks] == [
        ("甲乙", None, 1),
        ("盒中", "文本框 1", None),
        ("丙", None, 2),
    ]


def test_a_text_box_only_in_the_fallback() -> None:
    box = f"<w:pict><v:textbox><w:txbxContent>{p('盒中')}</w:txbxContent></v:textbox></w:pict>"
    choices = f"<mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    assert texts(p(f"<w:r><mc:AlternateContent>{choices}</mc:AlternateContent></w:r>")) == ["盒中"]


def test_pictures_objects_and_drawn_text_are_reported() -> None:
    drawings = (
        "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r>"
        "<w:r><w:object><o:OLEObject/></w:object></w:r>"
        '<w:r><w:pict><v:textpath string="样稿"/></w:pict></w:r>'
    )
    found = read(p("甲") + p(drawings))
    assert "2 张" in told(found, "picture").message.zh
    assert told(found, "object").severity == "loss"
    assert told(found, "drawn-text").location.quote == "样稿"  # type: ignore[union-attr]


def test_a_file_of_pictures_only() -> None:
    problem = refused(docx(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>")), "report.docx")
    assert problem.code == "no-text"
    assert "图片" in problem.message.zh


def test_footnotes_and_endnotes_are_notes() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}">{p("<w:r><w:footnoteRef/></w:r>", r(f"注{n}"))}</w:footnote>'
        for n in (2, 3, 4)
    )
    found = read(
        p(r("甲"), reference.format(3), end)
        + p("乙")
        + tbl(tr("丙", tc(p(r("1"), reference.format(2)))), tr("丁", "2")),
        footnotes=notes,
        endnotes=f'<w:endnote w:id="1">{p("尾")}</w:endnote>',
    )
    assert [(b.kind, b.text, b.location.path) for b in found.blocks] == [
        ("paragraph", "甲", None),
        ("note", "注3", "脚注 1"),
        ("note", "尾", "尾注 1"),
        ("paragraph", "乙", None),
        ("table", "", None),
        ("note", "注2", "脚注 2"),
    ]


def test_headers_footers_and_comments() -> None:
    header, footer = '<w:headerReference r:id="rIdhdr"/>', '<w:footerReference r:id="rIdftr"/>'
    section = f"<w:sectPr>{header}{header}{footer}</w:sectPr>"
    found = read(
        p("甲") + section,
        hdr=p("眉"),
        ftr=p(r("第"), field("PAGE", "1"), r("页")),
        comments="<w:comment/><w:comment/>",
    )
    assert [(b.kind, b.text, b.location.path) for b in found.blocks] == [
        ("note", "眉", "页眉"),
        ("paragraph", "甲", None),
        ("note", "第1页", "页脚"),
    ]
    assert "2 条" in told(found, "comment").message.zh


def test_a_page_taken_in_is_read_in_its_place() -> None:
    page = "<html><body><p>嵌入</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></body></html>"
    data = docx(p("前") + '<w:altChunk r:id="x"/>' + p("后"), named={"x a.html": page})
    found = readers.read(data, "report.docx")
    assert [b.text for b in found.blocks] == ["前", "嵌入", "", "后"]
    assert (found.blocks[1].location.path or "").startswith("word/a.html ")
    inner = found.blocks[2].table
    assert inner is not None
    assert (inner.cells[0].location.path or "").startswith("word/a.html ")


def test_a_docx_taken_in() -> None:
    found = readers.read(_taking_in(docx(p("内"))), "report.docx")
    assert [b.text for b in found.blocks] == ["外", "内"]


def _taking_in(data: bytes, name: str = "a.docx") -> bytes:
    body = p("外") + '<w:altChunk r:id="x"/>'
    return packed(
        {
            "_rels/.rels": relations({"r": ("officeDocument", MAIN)}).encode(),
            MAIN: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": relations({"x": ("aFChunk", name)}).encode(),
            f"word/{name}": data,
        }
    )


def test_docx_files_within_one_another_end() -> None:
    data = docx(p("底"))
    for _ in range(30):
        data = _taking_in(data)
    found = readers.read(data, "report.docx")
    assert "底" not in [b.text for b in found.blocks]
    assert told(found, "embedded").severity == "loss"


def test_what_cannot_be_taken_in_is_a_loss() -> None:
    found = readers.read(_taking_in(b"{\\rtf1 x}", "a.rtf"), "report.docx")
    assert told(found, "embedded").location.quote == "word/a.rtf"  # type: ignore[union-attr]
    missing = read(p("甲") + '<w:altChunk r:id="none"/>')
    assert told(missing, "embedded").severity == "loss"


# Tables


def test_merged_cells() -> None:
    found = table(
        tbl(
            tr(tc("甲", down="restart"), tc("乙", span=2)),
            tr(tc("", down="continue"), "1", "2"),
            tr(tc("丙", span=3)),
        )
    )
    assert grid(found) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 0, 1, 3, "丙"),
    ]
    assert (found.rows, found.columns, found.exact) == (3, 3, True)


def test_places_of_cells_are_those_of_the_file() -> None:
    body = tbl(tr("x", "y"), tr("z", "w")) + tbl(
        tr(tc("甲", down="restart"), "乙"), tr(tc("", down="continue"), "1"), tr("丙", "2")
    )
    found = read(body).blocks[1].table
    assert found is not None
    assert {c.text: c.location.cell for c in found.cells} == {
        "甲": (2, 1, 1),
        "乙": (2, 1, 2),
        "1": (2, 2, 2),
        "丙": (2, 3, 1),
        "2": (2, 3, 2),
    }


def test_old_horizontal_merges() -> None:
    row = tr(tc("宽", inside='<w:hMerge w:val="restart"/>'), tc("", inside="<w:hMerge/>"), "c")
    assert grid(table(tbl(row, tr("1", "2", "3"))))[:2] == [(0, 0, 1, 2, "宽"), (0, 2, 1, 1, "c")]


def test_columns_left_free() -> None:
    free = tr("5", inside='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert grid(table(tbl(tr("a", "b", "c"), free)))[3:] == [(1, 1, 1, 1, "5")]


def test_cells_and_rows_in_content_controls() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc('下拉')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr('乙', '2')}</w:sdtContent></w:sdt>"
    assert grid(table(tbl(tr(cell, "9"), row))) == [
        (0, 0, 1, 1, "下拉"),
        (0, 1, 1, 1, "9"),
        (1, 0, 1, 1, "乙"),
        (1, 1, 1, 1, "2"),
    ]


def test_deleted_and_hidden_rows_and_cells() -> None:
    body = tbl(
        tr("甲", "1"),
        tr("删", "2", inside="<w:del/>"),
        tr("藏", "3", inside="<w:hidden/>"),
        tr("乙", tc("9", inside="<w:cellDel/>"), "4"),
        tr("丙", "5", inside="<w:ins/>"),
    )
    found = read(body)
    assert [c.text for c in table(body).cells] == ["甲", "1", "乙", "4", "丙", "5"]
    assert {d.code for d in found.diagnostics} == {"tracked-changes", "hidden-row"}
    changes = told(found, "tracked-changes").message.zh
    assert all(word in changes for word in ("删除的表格行", "删除的单元格", "插入的表格行"))


def test_rows_whose_every_paragraph_is_hidden() -> None:
    hidden = tr(*[tc(p(r("9", VANISH), inside=f"<w:rPr>{VANISH}</w:rPr>"))] * 2)
    body = tbl(tr("甲", "1"), hidden, tr(tc(p(r("9", VANISH))), "2"))
    assert [c.text for c in table(body).cells] == ["甲", "1", "", "2"]
    assert told(read(body), "hidden-row").severity == "left_out"
    assert shape(read(p("正文") + tbl(hidden, hidden))) == [("paragraph", "正文")]


def test_columns_that_differ_by_a_hair_are_one() -> None:
    """As converters from DOC write them: each row ends its columns a twentieth of a point elsewhere."""
    body = tbl(
        tr(tc("a", span=2), tc("b", span=2)),
        tr("1", tc("2", span=2), "x"),
        tr(tc("3", span=3), "4"),
        widths=(1000, 1, 999, 1000),
    )
    assert [(c.row, c.column, c.column_span) for c in table(body).cells] == [
        (0, 0, 1),
        (0, 1, 2),
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 1),
        (2, 0, 2),
        (2, 2, 1),
    ]


def test_a_column_that_every_cell_reaches_over_is_none() -> None:
    body = tbl(tr(tc("a", span=2), "b"), tr(tc("1", span=2), "2"), widths=(500, 500, 1000))
    assert (table(body).columns, table(body).cells[1].column) == (2, 1)


def test_edges_taken_for_one_are_told() -> None:
    body = tbl(tr(tc("a", span=2), "b"), tr("1", tc("2", span=2)), widths=(1000, 90, 1000))
    assert table(body).columns == 2
    assert told(read(body), "near-edges").severity == "repair"


def test_a_narrow_column_with_cells_of_its_own_stays() -> None:
    found = table(tbl(tr("a", "b", "c"), tr("1", "2", "3"), widths=(1000, 20, 1000)))
    assert [c.column for c in found.cells] == [0, 1, 2, 0, 1, 2]


def test_rows_that_tell_their_columns_by_widths_only() -> None:
    """Programs that turn pages into DOCX write widths and no spans."""
    body = tbl(
        tr(tc("宽", width=3000), tc("d", width=1000)),
        tr(*(tc(str(n), width=1000) for n in range(4))),
        widths=(1000,) * 4,
    )
    found = read(body)
    assert grid(table(body))[:2] == [(0, 0, 1, 3, "宽"), (0, 3, 1, 1, "d")]
    assert told(found, "column-widths").severity == "repair"


def test_spans_beyond_the_table_are_cut() -> None:
    body = tbl(tr("1", "2", "3"), tr("甲", tc("乙", span=9999)), tr("4", "5", "6"))
    found = table(body)
    assert found.columns == 3
    assert next(c for c in found.cells if c.text == "乙").column_span == 2
    assert told(read(body), "span-cut").severity == "repair"


def test_a_merge_that_continues_nothing_is_a_cell() -> None:
    body = tbl(tr(tc("甲", span=2), "乙"), tr(tc("1", down="continue"), "2", "3"))
    assert grid(table(body))[2] == (1, 0, 1, 1, "1")
    assert told(read(body), "loose-merge").severity == "repair"


def test_text_covered_by_a_merge_is_reported() -> None:
    body = tbl(tr(tc("甲", down="restart"), "1"), tr(tc("盖住", down="continue"), "2"))
    assert [c.text for c in table(body).cells] == ["甲", "1", "2"]
    assert told(read(body), "merged-text").location.quote == "盖住"  # type: ignore[union-attr]


def test_a_cell_is_one_line() -> None:
    cell = tc(p(r("商"), "<w:r><w:br/></w:r>", r("业")), p("企业"), p("1"), p("2"))
    assert grid(table(tbl(tr(cell, "x"))))[0][4] == "商业企业1 2"


def test_blank_cells_are_cells() -> None:
    assert [c.text for c in table(tbl(tr("甲", "", tc("<w:p/>"), "/"))).cells] == ["甲", "", "", "/"]


def test_rows_of_no_height_are_left_out() -> None:
    low = tr("", "", inside='<w:trHeight w:val="0" w:hRule="exact"/>')
    body = tbl(tr("甲", "1"), low, tr("", ""))
    assert table(body).rows == 2
    assert told(read(body), "filler-row").severity == "left_out"


def test_tables_that_arrange_the_page() -> None:
    inner = tbl(tr("内甲", "7"), tr("内乙", "8"))
    found = read(tbl(tr(tc(p("题"), inner, p("尾")))))
    assert shape(found) == [("paragraph", "题"), ("table", ""), ("paragraph", "尾")]
    assert found.blocks[0].location.cell == (1, 1, 1)
    assert found.blocks[0].location.paragraph is None
    assert found.blocks[1].location.cell == (2, 1, 1)


def test_a_table_inside_a_table_of_data() -> None:
    inner = tbl(tr("3", "4"))
    body = tbl(tr("a", "b"), tr("c", "d"), tr("e", "f"), tr("g", tc(inner)))
    assert [c.text for c in table(body).cells][-1] == "3 4"
    assert told(read(body), "nested-table").severity == "repair"


def test_a_long_remark_does_not_make_a_layout_table() -> None:
    assert table(tbl(*(tr(f"行{n}", str(n)) for n in range(3)), tr("备注", "长" * 400))).rows == 4
    assert shape(read(tbl(tr("栏", "长" * 400)))) == [("paragraph", "栏"), ("paragraph", "长" * 400)]


# The file


def test_strict_files_and_main_parts_elsewhere() -> None:
    body = docx(p("正文") + tbl(tr("甲", "1")))
    found = readers.read(
        _rewritten(
            body,
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "x.docx",
    )
    assert [b.kind for b in found.blocks] == ["paragraph", "table"]
    moved = _rewritten(body, "word/document.xml", "word/dokument2.xml")
    assert readers.read(moved, "x.docx").blocks[0].text == "正文"


def _rewritten(data: bytes, old: str, new: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {n: archive.read(n).decode().replace(old, new) for n in archive.namelist()}
    return packed({name.replace(old, new): content for name, content in files.items()})


def test_without_a_main_part() -> None:
    assert refused(packed({"word/styles.xml": "<x/>"}), "report.docx").code == "damaged"


def test_tables_nested_without_end() -> None:
    body = p("底")
    for _ in range(40):
        body = tbl(tr(tc(body)))
    assert refused(docx(body), "report.docx").code == "too-large"


def test_a_table_of_too_many_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_grid, "SLOTS", 50)
    assert refused(docx(tbl(*[tr(*"12345")] * 11)), "report.docx").code == "too-large"
    assert table(tbl(*[tr(*"12345")] * 10)).rows == 10


def test_a_row_of_endless_spans_is_refused() -> None:
    assert refused(docx(tbl(tr(*[tc("", span=256)] * 2_000))), "report.docx").code == "too-large"


def test_wrappers_nested_to_the_limit() -> None:
    depth = 110
    wrapped = "<w:sdt><w:sdtContent>" * depth + p("底") + "</w:sdtContent></w:sdt>" * depth
    assert texts(wrapped) == ["底"]
    boxed = p("底")
    for _ in range(30):
        boxed = p(f"<w:r><w:pict><w:txbxContent>{boxed}</w:txbxContent></w:pict></w:r>")
    assert texts(boxed) == ["底"]


# Real files


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("altchunk", ["正文", "嵌入块3089条"]),
        ("altcontent", ["文本框3件"]),
        ("fields", ["共27个"]),
        ("footnote", ["收费106万元", "脚注：含上年3万元"]),
        ("hiddentext", ["公开12条"]),
        ("strict", ["严格格式正文", ""]),
        ("sym", ["0483-8799980✓"]),
    ],
)
def test_hazards_of_the_corpus(corpus: Path, name: str, wanted: list[str]) -> None:
    file = corpus / "forms" / "micro" / f"{name}.docx"
    assert [b.text for b in readers.read(file.read_bytes(), file.name).blocks] == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("cellsdt", [(0, 0, 1, "下拉"), (0, 1, 1, "9")]),
        ("delrow", [(0, 0, 1, "甲"), (0, 1, 1, "1"), (1, 0, 1, "乙"), (1, 1, 1, "3")]),
        ("gridbefore", [(0, 0, 1, "a"), (0, 1, 1, "b"), (0, 2, 1, "c"), (1, 1, 1, "5"), (1, 2, 1, "6")]),
        ("hmerge", [(0, 0, 2, "宽"), (0, 2, 1, "c"), (1, 0, 1, "1"), (1, 1, 1, "2"), (1, 2, 1, "3")]),
        ("nested", [(0, 0, 1, "内甲"), (0, 1, 1, "7"), (1, 0, 1, "内乙"), (1, 1, 1, "8")]),
    ],
)
def test_tables_of_the_corpus(corpus: Path, name: str, wanted: list[tuple[int, int, int, str]]) -> None:
    file = corpus / "forms" / "micro" / f"{name}.docx"
    (found,) = (b.table for b in readers.read(file.read_bytes(), file.name).blocks if b.table is not None)
    assert [(c.row, c.column, c.column_span, c.text) for c in found.cells] == wanted


def test_the_empty_official_form(corpus: Path) -> None:
    (file,) = (corpus / "normative").glob("*.docx")
    found = readers.read(file.read_bytes(), file.name)
    sizes = [(b.table.rows, b.table.columns) for b in found.blocks if b.table is not None]
    assert sizes == [(14, 4), (28, 10), (4, 15)]
    assert [b.level for b in found.blocks if b.kind == "heading"] == [2] * 6
    assert found.diagnostics == ()
