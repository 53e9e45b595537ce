"""What readers tell of a file beside its text: one language for all forms.

A code means one thing and weighs the same, whatever form it is told of: the tables below are all there is.
Their sentences carry the names of what `told` puts in.
"""

from collections.abc import Mapping

from checker.bilingual import Bilingual
from checker.document import Diagnostic, Severity
from checker.location import Location

_REPAIRS: Mapping[str, Bilingual] = {
    # characters and paragraphs
    "text-recognised": Bilingual(
        "这一页是图像，文字取自看不见的识别层，可能有错字",
        "this page is an image; its text is that of an unseen recognition layer and may be wrong",
    ),
    "doubled-characters": Bilingual(
        "{n} 个为加粗而重复绘制的字符只取一次",
        "{n} characters drawn twice to look bold taken once",
    ),
    "radicals": Bilingual(
        "{n} 个部首字符已换成对应的汉字",
        "{n} radicals replaced by the ideographs they stand for",
    ),
    "list-number": Bilingual(
        "{n} 个列表项补上了浏览器显示的编号",
        "{n} list items were given the number a browser shows",
    ),
    "paragraph-rejoined": Bilingual(
        "一段文字被分页切断，已接上", "a paragraph cut by the page end was rejoined"
    ),
    "no-end-mark": Bilingual(
        "网页缺少结尾标记，末句是完整的；请核对是否还有下文",
        "the page has no end mark, its last sentence is whole; check that nothing should follow",
    ),
    # tables
    "table-rejoined": Bilingual("表格被分页切断，已与上一页接上", "a table cut by the page end was rejoined"),
    "table-joined": Bilingual(
        "一张表被拆成两张（后一张重复了 {n} 行表头），已接成一张",
        "a table had been split in two (the second repeats {n} header rows); put together again",
    ),
    "row-rejoined": Bilingual(
        "一行被分页切成两段，已合为一行", "a row cut in two by the page end was made one"
    ),
    "figure-rejoined": Bilingual(
        "窄格中折行的数字已接上",
        "a figure broken over the lines of a narrow cell was rejoined",
    ),
    "span-cut": Bilingual("跨度超出表格的单元格 {n} 个，已截短", "{n} cell spans cut to fit"),
    "loose-merge": Bilingual(
        "纵向合并接不上 {n} 处，按单独的单元格读",
        "{n} cells said to continue one above that is not there; read as cells of their own",
    ),
    "near-edges": Bilingual(
        "各行列线略有错开 {n} 处，按同一条列线读",
        "{n} edges of columns a little off from row to row were taken for one",
    ),
    "column-widths": Bilingual(
        "表格各行列数不一 {n} 处，按列宽定列",
        "in {n} tables the rows do not agree in columns; columns were told by their widths",
    ),
    "nested-table": Bilingual(
        "表内嵌表 {n} 个，其文字并入所在单元格",
        "{n} tables inside cells; their text was taken into the cell",
    ),
}

_LEFT_OUT: Mapping[str, Bilingual] = {
    # text that is none of the report's
    "hidden-text": Bilingual(
        "{n} 处不显示的文字未当作正文", "{n} stretches of hidden text not taken as text"
    ),
    "slanted-text": Bilingual(
        "斜放的文字（如水印）未当作正文",
        "text set aslant, as of a watermark, not taken as text",
    ),
    "struck-out": Bilingual(
        "{n} 处划去的文字未当作正文", "{n} stretches of struck out text not taken as text"
    ),
    "text-beyond-page": Bilingual(
        "页面以外、看不到的文字未当作正文",
        "text beyond the edge of the page, which nobody sees, not taken as text",
    ),
    "tracked-changes": Bilingual(
        "文件有未处理的修订（{changes}），按接受全部修订读取；请核定后再提交",
        "the file has unresolved tracked changes ({changes}) and was read as if all were accepted; "
        "settle them before handing it in",
    ),
    "page-number": Bilingual("略去页码", "page number left out"),
    "running-head": Bilingual(
        "{n} 页上重复的页眉或页脚未当作正文",
        "a running head or foot on {n} pages not taken as text",
    ),
    "contents": Bilingual("目录 {n} 行不作正文", "{n} lines of a table of contents set apart"),
    "comment": Bilingual("批注 {n} 条未读", "{n} comments left out"),
    "annotations": Bilingual("注释、水印等未当作正文：{kinds}", "annotations are not taken as text: {kinds}"),
    "seal": Bilingual("电子签章未读，也未验证", "the electronic seal is neither read nor verified"),
    # what is shown or taken along and no text
    "picture": Bilingual("图片 {n} 张，图中文字未读", "{n} pictures; text in them was not read"),
    "chart": Bilingual("图表 {n} 个，其中内容不读", "{n} charts or diagrams, not read"),
    "drawn-text": Bilingual("艺术字或图形中的文字 {n} 处未读", "{n} texts drawn as graphics left out"),
    "attachments": Bilingual("文件内的附件未读", "attachments inside the file are not read"),
    "frame-not-read": Bilingual(
        "网页内嵌的 {n} 个框架在别的文件里，未读：{names}",
        "{n} frames of the page stand in other files and are not read: {names}",
    ),
    "other-page": Bilingual(
        "存档里另有一个较小的网页（{name}，约 {size} 字）未读，读的是 {read}（约 {read_size} 字）",
        "another, smaller page of the archive ({name}, some {size} characters) is not read; "
        "{read} is (some {read_size} characters)",
    ),
    "archive-cut": Bilingual(
        "网页存档不完整：网页是全的，缺的是后面的图片等附件",
        "the web archive is incomplete: its page is whole, pictures or other parts are missing",
    ),
    # tables
    "hidden-row": Bilingual("略去隐藏的表格行 {n} 行", "{n} hidden table rows left out"),
    "filler-row": Bilingual("略去没有高度的空行 {n} 行", "{n} empty rows of no height left out"),
    "sliver-dropped": Bilingual(
        "一行在分页处留下的空白残段已略去",
        "an empty sliver of a row at the page end was left out",
    ),
    "repeated-header": Bilingual("略去重复的表头 {n} 行", "{n} repeated header rows left out"),
    "merged-text": Bilingual(
        "被合并遮住的单元格文字 {n} 处未读",
        "{n} texts in cells covered by a merge left out",
    ),
}

_LOSSES: Mapping[str, Bilingual] = {
    # characters
    "bad-bytes": Bilingual(
        "{n} 个字节不是 {encoding} 编码，读作“\ufffd”",
        "{n} bytes are not {encoding}; read as “\ufffd”",
    ),
    "unmapped-characters": Bilingual(
        "{n} 个字符只有字形，不知是什么字，读不出",
        "{n} characters have a shape only and could not be read",
    ),
    # pages and parts
    "page-unreadable": Bilingual(
        "这一页的内容缺失或已损坏，读不出",
        "this page is missing or damaged and could not be read",
    ),
    "page-without-text": Bilingual(
        "这一页是图像，没有文字层，读不出",
        "this page is an image without a text layer and could not be read",
    ),
    "truncated": Bilingual(
        "网页没有写完（缺少结尾），后面的内容可能缺失；请重新保存或下载",
        "the page breaks off without an end; what follows may be missing: save or fetch it again",
    ),
    "page-not-read": Bilingual(
        "存档里另有一个网页（{name}，约 {size} 字）未读，读的是 {read}（约 {read_size} 字）",
        "another page of the archive ({name}, some {size} characters) is not read; "
        "{read} is (some {read_size} characters)",
    ),
    "several-documents": Bilingual(
        "文件内有 {n} 个文档，只读了第一个",
        "the file holds {n} documents; only the first is read",
    ),
    "damaged-objects": Bilingual("{n} 个图元有错，未读", "{n} damaged objects are not read"),
    "object": Bilingual(
        "嵌入对象 {n} 个（如 Excel 表），其中内容读不出",
        "{n} embedded objects (such as worksheets) could not be read",
    ),
    "anchor": Bilingual(
        "图片或对象 {n} 个在转换中丢失",
        "{n} pictures or objects were lost in a conversion",
    ),
    "embedded": Bilingual("嵌入的文件 {n} 个读不出", "{n} embedded files could not be read"),
    "text-box": Bilingual(
        "文本框里的文字没有转出，未读入正文",
        "the text of text boxes was not converted and is not in the text",
    ),
    "doc-conversion": Bilingual(
        "由 DOC 转换时 {n} 处内容可能没有转出（{warning}）；可另存为 DOCX 再提交",
        "converting from DOC, {n} places may have lost content ({warning}); a DOCX would be read directly",
    ),
    "field": Bilingual("域 {n} 个没有显示结果，读不出", "{n} fields have no result and could not be read"),
    "numbering-form": Bilingual(
        "自动编号 {n} 处格式认不出，编号未读",
        "{n} automatic numbers are in a form not known here and were not read",
    ),
    # tables
    "table-not-recovered": Bilingual(
        "表格没有完整的表格线，无法确定各格位置，未按表格读取",
        "a table lacks rules; its cells cannot be told, it was not read as one",
    ),
    "table-cut-off": Bilingual(
        "表格伸出页面，边上的格看不全", "a table runs off the page; its last cells are cut"
    ),
    "figure-across-rule": Bilingual(
        "数字越过表格线，无法确定属于哪一格",
        "a figure runs over a rule; its cell cannot be told",
    ),
    "figure-cut": Bilingual(
        "数字被分页切成两段，无法确定是否为同一个数",
        "a figure cut by the page end; it may be one or two",
    ),
}

SEVERITIES: Mapping[Severity, Mapping[str, Bilingual]] = {
    "repair": _REPAIRS,
    "left_out": _LEFT_OUT,
    "loss": _LOSSES,
}
_CODES = {
    code: (severity, sentence) for severity, codes in SEVERITIES.items() for code, sentence in codes.items()
}


def told(code: str, place: Location, **values: object) -> Diagnostic:
    """The diagnostic of that code, its sentence filled in; values that differ by language are Bilingual.

    An unknown code or a missing value is a mistake of ours and raises KeyError.
    """
    severity, (zh, en) = _CODES[code]
    in_zh = {name: v.zh if isinstance(v, Bilingual) else v for name, v in values.items()}
    in_en = {name: v.en if isinstance(v, Bilingual) else v for name, v in values.items()}
    return Diagnostic(code, Bilingual(zh.format(**in_zh), en.format(**in_en)), place, severity)
