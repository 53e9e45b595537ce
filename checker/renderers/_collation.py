"""Two reports side by side: the words for how they stand to each other, and what a side says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from checker.bilingual import Bilingual
from checker.collation import Collation, Manner, Pair, Relation, Side
from checker.facts import Fact, Kind
from checker.location import Location
from checker.renderers._places import places
from checker.renderers._reading import told
from checker.renderers._sheet import Sheet, Span, shortened
from checker.renderers._words import KINDS

RELATIONS: Mapping[Relation, Bilingual] = {
    Relation.DIFFERENT: Bilingual("不同", "different"),
    Relation.ONLY_A: Bilingual("只有 A 有", "only in A"),
    Relation.ONLY_B: Bilingual("只有 B 有", "only in B"),
    Relation.MOVED: Bilingual("换了位置", "moved"),
    Relation.INCOMPARABLE: Bilingual("无法比较", "not comparable"),
    Relation.BESIDE: Bilingual("报告以外", "beside the report"),
    Relation.WRITTEN: Bilingual("写法不同", "written differently"),
    Relation.EQUAL: Bilingual("一致", "equal"),
}
"""In the order they are told."""
STYLES: Mapping[Relation, str] = {
    Relation.DIFFERENT: "red",
    Relation.ONLY_A: "red",
    Relation.ONLY_B: "red",
    Relation.MOVED: "yellow",
    Relation.INCOMPARABLE: "yellow",
    Relation.BESIDE: "dim",
    Relation.WRITTEN: "dim",
    Relation.EQUAL: "green",
}
MANNERS: Mapping[Manner, Bilingual] = {
    "script": Bilingual("繁简或异体字", "Traditional or Simplified characters"),
    "width": Bilingual("全角半角", "full or half width"),
    "space": Bilingual("空格", "spaces"),
    "punctuation": Bilingual("标点字形", "shape of punctuation"),
    "grouping": Bilingual("千位分隔", "grouped thousands"),
    "division": Bilingual("分句分段", "division into sentences"),
}
SECTIONS: tuple[Bilingual, ...] = (
    Bilingual("引言", "before the sections"),
    *(Bilingual(f"第{name}部分", f"section {n}") for n, name in enumerate("一二三四五六", start=1)),
    Bilingual("落款", "signature"),
)
_TEXT = 60


def counted(sheet: Sheet, relations: Iterable[Relation]) -> str:
    """`不同 2，写法不同 1，一致 197`."""
    numbers = Counter(relations)
    parts = [
        f"{sheet.of(name)} {numbers[relation]}" for relation, name in RELATIONS.items() if numbers[relation]
    ]
    return sheet.say("，", ", ").join(parts)


def side(sheet: Sheet, letter: str, one: Side) -> None:
    """Which report this is, and what its bytes were."""
    year = sheet.say("年度读不出", "year not read")
    if one.year is not None:
        year = sheet.say(f"{one.year} 年度", str(one.year))
    unit = shortened(one.unit or sheet.say("（报告未载明单位）", "(issuer not stated)"), _TEXT)
    source = one.document.source
    folder = "" if source.file.startswith(one.name) else f"{one.name}/"
    sheet.labelled(letter, (f"{folder}{source.file}", "bold"), f"  {unit}  {year}", style="bold")
    sheet.paragraph((f"{told(sheet, source)}  SHA-256 {source.sha256[:16]}", "dim"), indent=3)


def said(sheet: Sheet, fact: Fact | None) -> Span:
    """What one side says; what it does not say is told as that."""
    if fact is None or fact.kind is Kind.MISSING:
        return sheet.say("没有", "not there"), "yellow"
    if fact.kind is Kind.FLAG:
        return (sheet.say("是", "yes") if fact.value else sheet.say("否", "no")), "bold"
    if isinstance(fact.value, date):
        return fact.value.isoformat(), "bold"
    if fact.kind is Kind.BLANK:
        return sheet.say("（空白）", "(blank)"), "bold"
    text = shortened(fact.text, _TEXT)
    if fact.kind in (Kind.NUMBER, Kind.SLASH):
        return text, "bold"
    if fact.kind is Kind.TEXT:
        return f"“{text}”", "bold"
    name = (
        sheet.of(KINDS[fact.kind]) if fact.kind in KINDS else sheet.say("待人工确认", "for a person to judge")
    )
    return name + (f"“{text}”" if text else ""), "yellow"


def where(sheet: Sheet, locations: Iterable[Location], file: str, quoted: bool) -> str:
    """The first place, without the names of the form, told before; quoted: with what stands there."""
    plain = [
        replace(p, table=None, row=None, column=None, quote=p.quote if quoted else None) for p in locations
    ]
    return places(sheet, plain, file, most=1)


def pair(sheet: Sheet, found: Pair, name: str, sides: tuple[Side, Side]) -> None:
    """One thing both could say: what it is, then what each says and where."""
    relation = (sheet.of(RELATIONS[found.relation]), STYLES[found.relation])
    reason = f"  {sheet.of(found.reason)}" if found.reason else ""
    sheet.paragraph(name, "  ", relation, (reason, "yellow"), indent=2, hang=4)
    for letter, fact, one in zip("AB", (found.a, found.b), sides, strict=True):
        quoted = fact is not None and fact.kind in (Kind.FLAG, Kind.DATE)
        place = where(sheet, fact.locations, one.file, quoted) if fact else ""
        sheet.labelled(letter, said(sheet, fact), (f"  {place}" if place else "", "cyan"), indent=4)


def sides_of(found: Collation) -> tuple[Side, Side]:
    return found.a, found.b
