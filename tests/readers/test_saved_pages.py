"""Pages as browsers, Word and WPS save them: cut short, framed, filled by script, with open changes."""

import html

import pytest

from checker import readers
from checker.document import Document, Table
from tests.readers.looking import refused, shape, the_table, told

REPORT = "<div id=zoom><p>一、总体情况</p>" + "<p>全年推进各项公开工作，取得成效。</p>" * 20 + "</div>"


def read(body: str) -> Document:
    return readers.read(f"<html><body>{body}</body></html>".encode(), "page.html")


def table(body: str) -> Table:
    return the_table(read(body))


TABLE = "<table><tr><td>规章<td>1<tr><td>文件<td>2</table>"
TITLED = "<html><head><title>某县2024年年报</title></head><body>{}</body></html>"
WHOLE = f"<html><body>{REPORT}{TABLE}<p>其他事项：无。</p></body></html>"


def test_a_page_that_breaks_off_is_told() -> None:
    start, end = WHOLE.index("<p>全年"), WHOLE.index("</body>")
    for length in range(start + 8, end):
        document = readers.read(WHOLE[:length].encode(), "page.html")
        ((code, severity),) = told(document)
        assert (code, severity) in (("truncated", "loss"), ("no-end-mark", "repair"))
        cut = WHOLE[:length]
        if cut.count("<table") > cut.count("</table") or not cut.endswith(("。", ">")):
            assert code == "truncated"


@pytest.mark.parametrize("end", ["</body></html>", "</html>", "</BODY >", "</html>\n<!-- 12 -->"])
def test_a_page_with_an_end_is_whole(end: str) -> None:
    assert told(readers.read(WHOLE.replace("</body></html>", end).encode(), "page.html")) == []


def test_a_fragment_has_no_end_to_miss() -> None:
    assert told(readers.read(REPORT.encode(), "page.html")) == []


SAVED = {
    "Chrome": "<!DOCTYPE html>\n<!-- saved from url=(0042)https://www.example.invalid/gk/a.html -->\n<html>",
    "IE": (
        "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.0 Transitional//EN'>\r\n"
        "<!-- saved from url=(0022)internet.e -->\r\n<HTML>"
    ),
    "XHTML": (
        "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' "
        "'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'>\n<html xmlns='http://www.w3.org/1999/xhtml'>"
    ),
    "Word": (
        "<html xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'>"
        "<head><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml>"
        "<![endif]--></head>"
    ),
}


@pytest.mark.parametrize("name", SAVED)
def test_pages_as_programs_save_them(name: str) -> None:
    page = WHOLE.replace("<html>", SAVED[name])
    document = readers.read(page.encode(), "page.html")
    assert shape(document) == shape(readers.read(WHOLE.encode(), "page.html"))
    assert told(document) == []


def test_numbers_word_puts_before_a_heading() -> None:
    body = (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>一、"
        "<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>总体情况<o:p></o:p></p>"
    )
    (block,) = read(body).blocks
    assert (block.kind, block.level) == ("heading", 2)


def test_changes_that_were_not_settled() -> None:
    body = (
        "<p>主动公开<span class=msoDel><del cite='mailto:a' datetime='x'>2999</del></span>"
        "<span class=msoIns><ins>3089</ins></span>条</p>"
        "<table><tr><td>规章<td><del>1</del>2<tr><td>文件<td><ins>3</ins></table>"
    )
    document = read(body)
    assert shape(document)[0] == ("paragraph", "主动公开3089条")
    assert [c.text for c in table(body).cells] == ["规章", "2", "文件", "3"]
    assert told(document) == [("tracked-changes", "left_out")]
    assert "插入 2 处、删除 2 处" in document.diagnostics[0].message.zh


def test_text_struck_out() -> None:
    body = "<p>公开<s>29</s><strike>99</strike><span style='text-decoration:line-through'>9</span>3089条</p>"
    body += "<table><tr><td>规章<td><s>1</s>2<tr><td>文件<td>3</table>"
    document = read(body)
    assert shape(document)[0] == ("paragraph", "公开3089条")
    assert [c.text for c in table(body).cells] == ["规章", "2", "文件", "3"]
    assert told(document) == [("struck-out", "left_out")]
    assert "4 处" in document.diagnostics[0].message.zh


def test_comments_and_notes_of_word() -> None:
    body = (
        "<p>共12<a style='mso-footnote-id:ftn1' href='#_ftn1'>"
        "<span class=MsoFootnoteReference>[1]</span></a>件"
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[王1]</a></span></p>"
        "<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1>"
        "<p>不含旗县。</p></div></div>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>请核实</p></div></div>"
    )
    document = read(body)
    assert shape(document) == [("paragraph", "共12件"), ("note", "不含旗县。")]
    assert told(document) == [("comment", "left_out")]


def test_raised_digits_stay_raised() -> None:
    rows = "<tr><td>规章<td>12<sup>1</sup><tr><td>文件<td>2<sup>注</sup>"
    body = f"<p>面积12m<sup>2</sup></p><table>{rows}</table>"
    assert shape(read(body))[0] == ("paragraph", "面积12m²")
    assert [c.text for c in table(body).cells] == ["规章", "12¹", "文件", "2注"]


@pytest.mark.parametrize(
    "body",
    [
        "<iframe src='content.html' width=100%></iframe>",
        "<div>首页</div><iframe src='a_files/saved_resource.html'></iframe>",
        "<noframes>请更新浏览器</noframes></body><frameset cols='20%,*'><frame src='a.html'></frameset>",
    ],
)
def test_a_page_framed_from_elsewhere_says_where(body: str) -> None:
    problem = refused(TITLED.format(body).encode(), "page.html")
    assert problem.code == "no-text"
    assert "框架" in problem.message.zh
    assert "html" in problem.message.en


@pytest.mark.parametrize(
    "body",
    [
        "<div id=app></div><script src='/static/js/app.js'></script>",
        f"<div id=root>加载中…</div><script>window.__DATA__='{'全年主动公开。' * 300}'</script>",
    ],
)
def test_a_page_filled_by_script_says_how_to_save_it(body: str) -> None:
    problem = refused(TITLED.format(body).encode(), "page.html")
    assert problem.code == "no-text"
    assert "脚本" in problem.message.zh
    assert "单个文件" in problem.message.zh


def test_a_report_beside_frames_and_scripts_is_read() -> None:
    extras = (
        "<iframe src='https://example.invalid/ad'></iframe><iframe src='x' style='display: none'></iframe>"
        "<script src=a></script>"
    )
    document = readers.read(WHOLE.replace("</body>", f"{extras}</body>").encode(), "page.html")
    assert shape(document) == shape(readers.read(WHOLE.encode(), "page.html"))
    assert told(document) == [("frame-not-read", "left_out")]
    assert "example.invalid/ad" in document.diagnostics[0].message.zh
    assert "1 个" in document.diagnostics[0].message.zh


@pytest.mark.parametrize(
    "body",
    [
        "<pre>{}</pre>",
        "<table><tr><td class=line-number value=1></td><td class=line-content>{}</td></tr></table>",
        "<ol><li><span class=doctype>{}</span></li></ol>",
    ],
)
def test_the_source_of_a_page_is_no_page(body: str) -> None:
    for source in (f"<!DOCTYPE html>\n{WHOLE}", WHOLE):
        page = f"<html><body>{body.format(html.escape(source))}</body></html>"
        problem = refused(page.encode(), "page.html")
        assert problem.code == "view-source"
        assert "另存" in problem.message.zh
