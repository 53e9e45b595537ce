"""What is told of a DOCX file beside its text: each kind of loss and repair once, with number and places."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.bilingual import Bilingual
from checker.document import Diagnostic, Severity
from checker.location import Location

_SHOWN = 5
_CHANGES = {
    "inserted": Bilingual("插入", "insertions"),
    "deleted": Bilingual("删除", "deletions"),
    "moved-from": Bilingual("移出", "moves away"),
    "moved-to": Bilingual("移入", "moves here"),
    "deleted-row": Bilingual("删除的表格行", "deleted table rows"),
    "deleted-cell": Bilingual("删除的单元格", "deleted cells"),
    "inserted-row": Bilingual("插入的表格行", "inserted table rows"),
    "deleted-mark": Bilingual("删除的段落标记", "deleted paragraph marks"),
}
_MESSAGES: dict[str, tuple[Severity, str, str]] = {
    "hidden-text": ("left_out", "隐藏文字 {n} 处未读", "{n} stretches of hidden text left out"),
    "struck-out": ("left_out", "划去的文字 {n} 处未读", "{n} stretches of struck out text left out"),
    "hidden-row": ("left_out", "隐藏的表格行 {n} 行未读", "{n} hidden table rows left out"),
    "filler-row": ("left_out", "没有高度的空行 {n} 行未读", "{n} empty rows of no height left out"),
    "picture": ("left_out", "图片 {n} 张，图中内容不读", "{n} pictures, whose content is not read"),
    "chart": ("left_out", "图表 {n} 个，其中内容不读", "{n} charts or diagrams, not read"),
    "object": (
        "loss",
        "嵌入对象 {n} 个（如 Excel 表），其中内容读不出",
        "{n} embedded objects (such as worksheets) could not be read",
    ),
    "anchor": (
        "loss",
        "图片或对象 {n} 个在转换中丢失",
        "{n} pictures or objects were lost in a conversion",
    ),
    "drawn-text": ("left_out", "艺术字或图形中的文字 {n} 处未读", "{n} texts drawn as graphics left out"),
    "contents": ("left_out", "目录 {n} 行不作正文", "{n} lines of a table of contents set apart"),
    "comment": ("left_out", "批注 {n} 条未读", "{n} comments left out"),
    "symbol": ("loss", "字体专用符号 {n} 个认不出", "{n} characters of symbol fonts are not known"),
    "field": ("loss", "域 {n} 个没有显示结果，读不出", "{n} fields have no result and could not be read"),
    "numbering-form": (
        "loss",
        "自动编号 {n} 处格式认不出，编号未读",
        "{n} automatic numbers are in a form not known here and were not read",
    ),
    "embedded": ("loss", "嵌入的文件 {n} 个读不出", "{n} embedded files could not be read"),
    "merged-text": (
        "left_out",
        "被合并遮住的单元格文字 {n} 处未读",
        "{n} texts in cells covered by a merge left out",
    ),
    "loose-merge": (
        "repair",
        "纵向合并接不上 {n} 处，按单独的单元格读",
        "{n} cells said to continue one above that is not there; read as cells of their own",
    ),
    "near-edges": (
        "repair",
        "各行列线略有错开 {n} 处，按同一条列线读",
        "{n} edges of columns a little off from row to row were taken for one",
    ),
    "column-widths": (
        "repair",
        "表格各行列数不一 {n} 处，按列宽定列",
        "in {n} tables the rows do not agree in columns; columns were told by their widths",
    ),
    "span-cut": ("repair", "跨度超出表格的单元格 {n} 个，已截短", "{n} cell spans cut to fit"),
    "nested-table": (
        "repair",
        "表内嵌表 {n} 个，其文字并入所在单元格",
        "{n} tables inside cells; their text was taken into the cell",
    ),
}


@dataclass(slots=True)
class _Entry:
    number: int = 0
    places: list[Location] = field(default_factory=list)
    quote: str = ""


class Log:
    """Gathers by code; an unknown code is a mistake of ours and raises KeyError."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._entries: dict[str, _Entry] = {}
        self._single: list[Diagnostic] = []

    def note(self, code: str, place: Location, quote: str = "", number: int = 1) -> None:
        if not number:
            return
        entry = self._entries.setdefault(code, _Entry())
        entry.number += number
        entry.quote = entry.quote or quote
        if place not in entry.places and len(entry.places) <= _SHOWN:
            entry.places.append(place)

    def add(self, diagnostic: Diagnostic) -> None:
        self._single.append(diagnostic)

    def diagnostics(self) -> Iterator[Diagnostic]:
        changes = {code: e for code, e in self._entries.items() if code in _CHANGES}
        if changes:
            yield self._tracked(changes)
        for code, entry in self._entries.items():
            if code not in _CHANGES:
                severity, zh, en = _MESSAGES[code]
                message = Bilingual(zh.format(n=entry.number), en.format(n=entry.number))
                yield self._told(code, message, entry, severity)
        yield from self._single

    def _tracked(self, changes: dict[str, _Entry]) -> Diagnostic:
        counted = [(_CHANGES[code], entry.number) for code, entry in changes.items()]
        zh = "、".join(f"{what.zh} {number} 处" for what, number in counted)
        en = ", ".join(f"{number} {what.en}" for what, number in counted)
        message = Bilingual(
            f"文件有未处理的修订（{zh}），按接受全部修订读取；请核定后再提交",
            f"the file has unresolved tracked changes ({en}) and was read as if all were accepted; "
            "settle them before handing it in",
        )
        places = list(dict.fromkeys(p for entry in changes.values() for p in entry.places))
        quote = next((e.quote for e in changes.values() if e.quote), "")
        return self._told("tracked-changes", message, _Entry(0, places, quote), "left_out")

    def _told(self, code: str, message: Bilingual, entry: _Entry, severity: Severity) -> Diagnostic:
        """The first place is the diagnostic's own; where there are more, the message names them."""
        first = entry.places[0]
        if len(entry.places) > 1:
            words = [_words(place) for place in entry.places[:_SHOWN]]
            more = len(entry.places) > _SHOWN
            zh = "、".join(w.zh for w in words if w.zh) + ("等" if more else "")
            en = ", ".join(w.en for w in words if w.en) + (" and more" if more else "")
            message = Bilingual(f"{message.zh}：{zh}", f"{message.en}: {en}")
        location = Location(
            first.file,
            path=first.path,
            paragraph=first.paragraph,
            cell=first.cell,
            quote=entry.quote or None,
        )
        return Diagnostic(code, message, location, severity)


def _words(place: Location) -> Bilingual:
    counted = list(place.counted())
    zh = "".join(c.zh.replace(" ", "") for c in counted)
    en = " ".join(c.en for c in counted)
    return Bilingual(f"{place.path or ''}{zh}", f"{place.path or ''}{' ' if place.path and en else ''}{en}")
