"""Kinds of ledger with every kind of column: keys, references, steps in one row, documents named by title.

Their columns bear names that mean something to SQL or to the tables of the executor.
"""

from checker.bilingual import Bilingual
from checker.facts import Collection, Field, FieldType, Vocabulary
from checker.ledger import Column, LedgerKind, Unfold, collection

STATES = ("初审", "复审", "终审", "一校", "二校")
_TERMS = {**{s: s for s in STATES}, "一审": "初审", "First": "初审"}


def _column(name: str, type: FieldType, header: str, **more: object) -> Column:
    return Column(name, type, Bilingual(header, name), (header, name), **more)  # type: ignore[arg-type]


_SHARED = (
    _column("state", "text", "环节", choices=_TERMS),
    _column("who", "text", "人员"),
    _column("order", "number", "序数"),
    _column("n", "count", "件数", unit=Bilingual("件", "items")),
    _column("money", "amount", "金额", scale=100, unit=Bilingual("元", "yuan")),
    _column("wan", "amount", "总额", scale=1_000_000, unit=Bilingual("万元", "10,000 yuan")),
    _column("ok", "flag", "是否"),
    _column("start", "date", "起日"),
    _column("stop", "date", "止日"),
    _column("at", "moment", "时刻"),
    _column("done", "moment", "完成"),
    _column("select", "text", "选项"),
    _column("text", "number", "文本"),
    _column("row", "number", "行号"),
    _column("line", "text", "行文"),
    _column("own", "flag", "自有"),
    _column("their", "date", "他日"),
)
_STEPS = Unfold(
    "state",
    {s: (s,) for s in STATES[:3]},
    {"who": ("人",), "at": ("时间",), "ok": ("通过",), "n": ("数",)},
)


def _kind(name: str, *columns: Column, key: str | None = None, unfold: Unfold | None = None) -> LedgerKind:
    shown = (columns[0].name, "state" if unfold else columns[-1].name)
    title = Bilingual(name, name)
    return LedgerKind(name, title, f"{name}_row", (*columns, *_SHARED), shown, key, unfold)


_TITLE = _column("title", "text", "标题")
KINDS = (
    _kind("things", _column("thing", "text", "编号"), key="thing"),
    _kind(
        "parts",
        _column("part", "text", "件号"),
        _column("thing", "text", "编号", refers="things"),
        key="part",
    ),
    _kind("steps", _column("thing", "text", "编号", refers="things"), unfold=_STEPS),
    _kind(
        "docs",
        _column("doc", "text", "文件编号", by_title="title"),
        _column("doc_no", "text", "文号"),
        _column("issuer", "text", "发文机关"),
        _column("published_on", "date", "发布日期"),
        _TITLE,
        key="doc",
    ),
    _kind("notes", _column("doc", "text", "文件编号", refers="docs", by_title="title"), _TITLE),
)


def _field(name: str, type: FieldType) -> Field:
    return Field(name, type, Bilingual(name, name), scale=100 if type == "amount" else 1)


REPORT = (
    _field("report.year", "count"),
    _field("report.number", "number"),
    _field("report.total", "count"),
    _field("report.fees", "amount"),
    _field("report.day", "date"),
    _field("report.name", "text"),
    _field("report.found", "flag"),
    _field("report.sent", "moment"),
    _field("report.prose", "prose"),
    _field("report.more", "prose"),
)
CLAIMS = Collection(
    "claims.all",
    "claim",
    Bilingual("说法", "claims"),
    (*(_field(n, "number") for n in ("value", "lowest", "highest")), _field("whole", "flag")),
)
TABLE = Collection(
    "table",
    "table_row",
    Bilingual("表", "table"),
    (_field("x", "number"), _field("y", "count"), _field("name", "text"), _field("note", "prose")),
)
VOCABULARY = Vocabulary(
    {f.name: f for f in REPORT},
    {**{k.id: collection(k) for k in KINDS}, CLAIMS.name: CLAIMS, TABLE.name: TABLE},
)
