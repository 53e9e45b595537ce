"""Pages as government sites write them, one hazard at a time."""

import pytest

from checker import readers
from checker.document import Document, Table
from tests.readers.looking import codes, grid, shape, the_table


def read(body: str, head: str = "") -> Document:
    return readers.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def table(body: str) -> Table:
    return the_table(read(body))


def test_merged_cells() -> None:
    found = table("<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2<tr><td colspan=3>丙</table>")
    assert grid(found) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 0, 1, 3, "丙"),
    ]
    assert (found.rows, found.columns, found.exact) == (3, 3, True)


@pytest.mark.parametrize("span", ["colspan=12", "colspan=9999", "rowspan=40", "rowspan=0"])
def test_spans_beyond_the_table_are_cut(span: str) -> None:
    page = f"<table><tr><td>甲<td {span}>乙<tr><td>1<tr><td>3</table>"
    if span.startswith("colspan"):
        page = f"<table><tr><td>1<td>2<td>3<tr><td>甲<td {span}>乙<tr><td>4<td>5<td>6</table>"
    found = table(page)
    assert found.columns == (3 if span.startswith("colspan") else 2)
    cell = next(c for c in found.cells if c.text == "乙")
    assert (cell.row_span, cell.column_span) == ((1, 2) if span.startswith("colspan") else (3, 1))
    assert codes(read(page)) == ([] if span == "rowspan=0" else ["span-cut"])


@pytest.mark.parametrize("span", ["abc", "-3", "", "1.9", "０"])
def test_spans_that_are_no_numbers_are_one(span: str) -> None:
    assert grid(table(f"<table><tr><td colspan='{span}'>甲<td>乙</table>"))[1][1] == 1


def test_rows_and_cells_without_their_tags() -> None:
    found = table("<table><td>甲<td>1<tr><td>乙<td>2<tbody><form><tr><th>丙<td>3</form></table>")
    assert [(c.row, c.column, c.text) for c in found.cells] == [
        (0, 0, "甲"),
        (0, 1, "1"),
        (1, 0, "乙"),
        (1, 1, "2"),
        (2, 0, "丙"),
        (2, 1, "3"),
    ]


def test_blank_cells_are_cells() -> None:
    assert [c.text for c in table("<table><tr><td>甲<td>&nbsp;<td></td><td>/</table>").cells] == [
        "甲",
        "",
        "",
        "/",
    ]


def test_an_empty_row_of_figures_is_kept() -> None:
    assert table("<table><tr><td>维持<td>纠正<tr><td> <td>&nbsp;</table>").rows == 2


def test_hidden_rows_and_cells_are_left_out() -> None:
    page = (
        "<table><tr><td>甲<td style='display: none'>9<td>1<tr style='DISPLAY:NONE'><td>藏<td>8"
        "<tr><td>乙<td>2<span style='visibility:hidden'>0</span></table>"
    )
    assert [(c.row, c.column, c.text) for c in table(page).cells] == [
        (0, 0, "甲"),
        (0, 1, "1"),
        (1, 0, "乙"),
        (1, 1, "2"),
    ]
    assert codes(read(page)) == ["hidden-row", "hidden-text"]


@pytest.mark.parametrize("row", ["<tr height=0>", "<tr style='mso-x:1;height:0pt'>"])
def test_filler_rows_of_word_are_left_out(row: str) -> None:
    page = f"<table><tr><td>甲<td>1{row}<td style='border:none'></td><td></td></table>"
    assert table(page).rows == 1
    assert codes(read(page)) == ["filler-row"]


def test_lines_in_a_cell() -> None:
    texts = [
        c.text
        for c in table(
            "<table><tr><td>商<br>业<br>企<br>业<td><p>第二十条</p><p>（一）项</p>"
            "<td>1<br>2<td>13\n  件<td>3&nbsp;771<td>政府\n信息<td>1\u200b2<td><p>12</p><p>&nbsp;</p></table>"
        ).cells
    ]
    assert texts == ["商业企业", "第二十条（一）项", "1 2", "13 件", "3\xa0771", "政府信息", "12", "12"]


def test_a_layout_table_is_walked_through() -> None:
    inner = "<table><tr><td>规章<td>1<tr><td>文件<td>2</table>"
    page = (
        "<table><tr><td>栏目<br>导航<td><table><tr><td>某县报告<tr><td><p>一、总体情况</p>"
        f"<p>{'全年推进公开。' * 20}</p>{inner}<p>结尾</p></table></table>"
    )
    assert [(b.kind, b.text[:6]) for b in read(page).blocks] == [
        ("note", "栏目"),
        ("note", "导航"),
        ("paragraph", "某县报告"),
        ("heading", "一、总体情况"),
        ("paragraph", "全年推进公开"),
        ("table", ""),
        ("paragraph", "结尾"),
    ]


def test_a_data_table_may_hold_a_table() -> None:
    body = "".join(f"<tr><td>行{n}<td>{n}" for n in range(4))
    found = table(f"<table>{body}<tr><td>合计<td><table><tr><td>6</table></table>")
    assert [c.text for c in found.cells][-2:] == ["合计", "6"]


def test_text_about_a_table_is_kept() -> None:
    page = "<table><caption>表一</caption><tr><td>甲<td>1</table>"
    assert [(b.kind, b.text) for b in read(page).blocks] == [("paragraph", "表一"), ("table", "")]


def test_paragraphs_end_at_blocks_and_line_breaks() -> None:
    body = "<div>　　甲<span>乙</span><br/><br>　　丙<p>丁</div>戊<ul><li>己<li>庚</ul>"
    assert [text for _, text in shape(read(body))] == ["甲乙", "丙", "丁", "戊", "己", "庚"]


def test_word_markup_is_no_text() -> None:
    body = (
        "<p class=MsoNormal><![if !supportLists]><span>一、</span><![endif]>"
        "<b>总体<span lang=EN-US>情况</span></b>"
        "<o:p></o:p><!--[if gte mso 9]><xml>x</xml><![endif]--><script>var a='<p>否</p>'</script></p>"
    )
    assert shape(read(body)) == [("heading", "一、总体情况")]


def test_heading_tags() -> None:
    body = (
        "<h1>某市<br>年度报告</h1><h2>一、情况</h2><h3>"
        + "很长的一段话。" * 12
        + "</h3><p><b>（一）公开</b></p>"
    )
    assert [(b.kind, b.level) for b in read(body).blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
    ]
    assert read(body).blocks[0].text == "某市 年度报告"


REPORT = "<div id=zoom><p>一、总体情况</p>" + "<p>全年推进各项公开工作，取得成效。</p>" * 20 + "</div>"

CHROME = [
    "<nav><a>首页</a></nav>",
    "<div class='top-nav'>登录 注册</div>",
    "<div class=crumb>位置</div>",
    "<ul><li><a>甲新闻</a><li><a>乙新闻</a><li><a>丙新闻</a></ul>",
    "<div>当前位置：首页 &gt; 年报</div>",
    "<p>您现在的位置：首页</p>",
    "<p>【字体：大 中 小】 打印 关闭</p>",
    "<p>主办：某县人民政府办公室</p>",
    "<p>某ICP备12345678号</p>",
    "<footer>电话 123</footer>",
    "<div class='share'>分享</div>",
    "<p>上一篇：没有了</p>",
    "<p hidden>不显示</p>",
    "<div style='display:none'>备用</div>",
]


@pytest.mark.parametrize("chrome", CHROME)
def test_page_chrome_becomes_notes(chrome: str) -> None:
    for page in (chrome + REPORT, REPORT + chrome):
        blocks = read(page).blocks
        assert sum(b.kind == "note" for b in blocks) == len(blocks) - 21


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=header>{REPORT}</div>",
        "<div class='content-top'><p>某县报告</p></div>",
        "<div class='article_head title'>某县报告</div>",
        "<article><div class=header>某县报告</div></article>",
        "<p>打印店管理信息已公开</p>",
        "<p>发布时间：2025-01-20 来源：某办</p>",
        "<p>年报可在<a>甲</a>查阅，也可向本办索取纸质文本</p>",
    ],
)
def test_what_is_no_chrome_stays(body: str) -> None:
    assert not any(b.kind == "note" for b in read(body + REPORT).blocks)


def test_the_declared_title_leads_where_the_page_shows_none() -> None:
    title = "<title>某县2024年政府信息公开工作年度报告_某县人民政府</title>"
    blocks = read("<p>一、总体情况</p>", title).blocks
    assert (blocks[0].kind, blocks[0].level) == ("heading", 1)
    assert blocks[0].text == "某县2024年政府信息公开工作年度报告"
    shown = read("<p>某县2024年政府信息 公开工作年度报告</p>", title)
    assert [b.kind for b in shown.blocks] == ["paragraph"]
    assert read("<h1>某县年报</h1>", title).blocks[0].text == "某县年报"


def test_publication_data_of_the_head_are_notes() -> None:
    head = "<meta name=PubDate content='2025-01-24 16:10'><meta name=Keywords content=x>"
    assert shape(read("<p>正文</p>", head)) == [("note", "PubDate: 2025-01-24 16:10"), ("paragraph", "正文")]


def test_places() -> None:
    document = readers.read(
        "<html>\n<body>\n<p>甲\n<p>\n\n乙<table>\n<tr><td>丙<td>丁</table>".encode(), "page.html"
    )
    first, second, third = document.blocks
    assert (first.location.line, first.location.path) == (3, "/html/body/p[1]")
    assert second.location.line == 6
    assert second.locate(0, 1).quote == "乙"
    assert second.locate(0, 1).character is None
    assert third.table is not None
    cell = third.table.cells[1].location
    assert (cell.line, cell.path, cell.quote) == (7, "/html/body/table/tr/td[2]", "丁")


def test_lines_beyond_what_the_parser_counts_are_not_invented() -> None:
    document = readers.read(("<p>甲" + "\n" * 70_000 + "<p>乙").encode(), "page.html")
    assert [b.location.line for b in document.blocks] == [1, None]


def test_preformatted_text_keeps_its_lines() -> None:
    assert [b.text for b in read("<pre>甲\n乙\n\n丙</pre>").blocks] == ["甲", "乙", "丙"]


def test_an_xml_declaration_with_another_encoding() -> None:
    page = "<?xml version='1.0' encoding='gb2312'?><html><body><p>正文</p></body></html>"
    assert shape(readers.read(page.encode(), "page.html")) == [("paragraph", "正文")]


def test_paths_are_those_of_the_parser() -> None:
    from lxml import etree

    page = (
        "<html><head><title>甲</title></head><body><div><p>一</p><p>二</p></div><ul><li>三</li></ul></body>"
    )
    root = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8"))
    expected = {e.text: root.getroottree().getpath(e) for e in root.iter("title", "p", "li")}
    blocks = readers.read(page.encode(), "page.html").blocks
    assert {b.text: b.location.path for b in blocks} == expected


LISTS = {
    "<ol><li>甲<li>乙</ol>": ["1. 甲", "2. 乙"],
    "<ol start=2><li><p>甲</p><p>续</p><li><p>乙</p></ol>": ["2. 甲", "续", "3. 乙"],
    "<ol><li>甲<li value=7>乙<li>丙</ol>": ["1. 甲", "7. 乙", "8. 丙"],
    "<ol style='list-style-type: simp-chinese-informal' start=9><li>甲<li>乙<li>丙</ol>": [
        *("九、甲", "十、乙", "十一、丙")
    ],
    "<ol style='list-style:cjk-ideographic' start=20><li>甲<li>乙</ol>": ["二十、甲", "二十一、乙"],
    "<ol style='list-style: none'><li>甲</ol>": ["甲"],
    "<ol type=A><li>甲</ol>": ["甲"],
    "<ol><li>1、甲<li>（二）乙<li>３．丙</ol>": ["1、甲", "（二）乙", "３．丙"],
    "<ol start=x><li>甲<ul><li>子</ul><li></ol><p>尾</p>": ["1. 甲", "子", "尾"],
    "<ul><li>甲</ul>": ["甲"],
    "<nav><ol><li>首页<li>公开</ol></nav>": ["首页", "公开"],
}


@pytest.mark.parametrize("body", LISTS)
def test_numbers_of_lists(body: str) -> None:
    document = read(body)
    assert [b.text for b in document.blocks] == LISTS[body]
    numbered = sum(text not in body for text in LISTS[body])
    assert codes(document) == (["list-number"] if numbered else [])


# Pictures


def test_pictures_in_the_text_are_left_out_and_told_once() -> None:
    page = "<nav><img src=logo></nav><p>甲<img src=a width=300></p><img src=b width=1 height=1>"
    page += "<table><tr><td>规章<td>1<tr><td><img src=c><td>2</table><img src=d style='display:none'>"
    (found,) = read(page).diagnostics
    assert (found.code, found.severity) == ("picture", "left_out")
    assert "2 张" in found.message.zh
