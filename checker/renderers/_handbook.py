"""The handbook of a ruleset as blocks: front page, score sheet, a page for every rule."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from checker.bilingual import Bilingual, Language
from checker.handbook import Handbook, Part, RulePage, Source, Worth
from checker.renderers._blocks import (
    Block,
    Book,
    Column,
    Contents,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
    Title,
    Turn,
)
from checker.renderers._words import GRADES
from checker.ruleset import Basis, Rule, Ruleset
from checker.worth import bonus_terms, number, points, veto_in_words

_UNKNOWN = {
    "open": Bilingual(
        "缺证据、读不出的，不猜：分数给出最低和最高两个数，补齐证据后再定",
        "missing or illegible evidence is not guessed: the score is an interval until it is there",
    ),
    "costs": Bilingual("缺证据、读不出的按不符合计", "missing or illegible evidence counts as failed"),
    "left_out": Bilingual("缺证据、读不出的不计入", "missing or illegible evidence is left out"),
}
_NOT_APPLICABLE = {
    "rescale": Bilingual(
        "规则不适用的，不送分也不扣分：其余各项按比例放大到满分",
        "what does not apply neither earns nor costs: the rest is scaled up to full marks",
    ),
    "spread": Bilingual(
        "整项不适用的，分值平均摊到其他一级指标",
        "the points of a part that does not apply are spread evenly over the others",
    ),
    "drop": Bilingual(
        "不适用的不计，在上级指标内按比例折算", "what does not apply is left out within its own part"
    ),
    "grant": Bilingual("不适用的给满分", "what does not apply counts as fully earned"),
}
_KINDS = {
    "government": Bilingual("政府", "governments"),
    "department": Bilingual("部门", "departments"),
    "township": Bilingual("乡镇、街道", "townships"),
    "zone": Bilingual("开发区、功能区", "zones"),
    "vertical": Bilingual("垂直管理部门", "vertical organs"),
}
_KEYS = {
    "full_marks": Bilingual("满分", "full marks"),
    "pass_mark": Bilingual("合格线", "pass mark"),
    "bands": Bilingual("等次", "bands"),
    "veto": Bilingual("否决的后果", "what a veto does"),
    "unknown": Bilingual("无法判定的处理", "the unknown"),
    "not_applicable": Bilingual("不适用的处理", "the not applicable"),
    "bonus": Bilingual("加分", "bonus"),
    "applies_to": Bilingual("适用范围", "what it applies to"),
}


def handbook(book: Handbook, language: Language) -> Book:
    """The whole handbook."""
    say = Saying(language)
    ruleset = book.ruleset
    title = say(ruleset.title)
    blocks = [
        Title(title, say.of("评分细则", "Scoring handbook")),
        Facts(tuple(_front(book, say))),
        Turn(False, 2),
        Contents(say.of("目录", "Contents")),
        Turn(True),
        Heading(1, say.of("评分表", "Score sheet"), "score-sheet"),
        Table(_columns(say), tuple(_sheet(book, say))),
        Turn(False),
        *_pages(book, say),
    ]
    return Book(f"{title}  {ruleset.version}", tuple(blocks))


SIGN = "'"
"""Before a text of a sheet that looks like a number."""


class Saying:
    """What to say in the language of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def __call__(self, text: Bilingual) -> str:
        return text.in_language(self.language)

    def of(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def listed(self, texts: Sequence[str]) -> str:
        return self.of("；", "; ").join(texts)

    def path(self, titles: Sequence[Bilingual]) -> str:
        return " › ".join(map(self, titles))

    def points(self, value: Decimal) -> str:
        return self(points(value))


def anchor(rule: str) -> str:
    """The name links to a rule go by."""
    return "rule-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in rule)


def _front(book: Handbook, say: Saying) -> Iterator[tuple[str, tuple[str, ...]]]:
    ruleset = book.ruleset
    yield say.of("版本", "Version"), (ruleset.version,)
    if ruleset.source is not None:
        yield say.of("出处", "Source"), (say(ruleset.source),)
    applies = list(_applies_to(ruleset, say))
    if applies:
        yield say.of("适用范围", "Applies to"), (say.listed(applies),)
    yield say.of("满分", "Full marks"), (say.points(ruleset.full_marks),)
    yield say.of("合格", "Pass mark"), (_at_least(ruleset.pass_mark, say),)
    yield say.of("等次", "Bands"), (say.listed(list(_bands(ruleset, say))),)
    yield say.of("否决", "Veto"), (say(veto_in_words(ruleset.veto)),)
    if ruleset.bonus is not None:
        yield say.of("加分", "Bonus"), (say(bonus_terms(ruleset.bonus)),)
    yield say.of("无法判定", "Unknown"), (say(_UNKNOWN[ruleset.unknown]),)
    yield say.of("待定", "Pending"), (_pending(say),)
    yield say.of("不适用", "Not applicable"), (say(_NOT_APPLICABLE[ruleset.not_applicable]),)
    places = f"{ruleset.places}"
    yield (
        say.of("小数", "Decimals"),
        (
            say.of(
                f"显示时四舍五入到 {places} 位，计算中不取整",
                f"{places} shown, rounded half up; nothing is rounded before",
            ),
        ),
    )
    yield from _tailored(ruleset, say)
    yield say.of("规则", "Rules"), tuple(_counts(book, say))


def _pending(say: Saying) -> str:
    return say.of(
        "要由人判断的，在有人作出决定之前算作未定",
        "what a person must judge is undecided until somebody has decided",
    )


def _at_least(mark: Decimal, say: Saying) -> str:
    return say.of(f"{number(mark)}分以上（含）", f"{number(mark)} or more")


def _bands(ruleset: Ruleset, say: Saying) -> Iterator[str]:
    above: Decimal | None = None
    for band in ruleset.bands:
        least, most = number(band.at_least), number(above or Decimal(0))
        zh = [f"{least}分以上（含）"] * bool(band.at_least) + [f"不足{most}分"] * (above is not None)
        en = [f"{least} or more"] * bool(band.at_least) + [f"below {most}"] * (above is not None)
        yield say.of(f"{band.name.zh}：{'、'.join(zh)}", f"{band.name.en}: {', '.join(en)}")
        above = band.at_least


def _applies_to(ruleset: Ruleset, say: Saying) -> Iterator[str]:
    first, last = ruleset.years
    if first or last:
        zh = f"{first or ''}至{last}年度" if last else f"{first}年度起"
        yield say.of(zh, f"{first or ''}–{last or ''}")
    if ruleset.kinds:
        yield say.of("、", ", ").join(say(_KINDS[kind]) if kind in _KINDS else kind for kind in ruleset.kinds)


def _tailored(ruleset: Ruleset, say: Saying) -> Iterator[tuple[str, tuple[str, ...]]]:
    if ruleset.firm:
        yield (
            say.of("不得改动", "Not to be changed"),
            (say.listed([say(_KEYS[key]) for key in ruleset.firm]),),
        )
    if ruleset.groups:
        groups = [
            f"{g.id}"
            + (say.of(f"（共扣不超过{number(g.cap)}分）", f" (at most {number(g.cap)})") if g.cap else "")
            for g in ruleset.groups
        ]
        yield say.of("同组只扣一次", "Charged once a group"), (say.listed(groups),)
    if ruleset.parent is not None:
        none = say.of("（无）", "(none)")
        changes = [f"{c.what} {c.key}：{c.before or none} → {c.after or none}" for c in ruleset.changes]
        yield say.of(f"在 {ruleset.parent} 上的改动", f"Changes to {ruleset.parent}"), tuple(changes)


def _counts(book: Handbook, say: Saying) -> Iterator[str]:
    rules = [page.rule for page in book.pages]
    asked = sum(rule.question is not None for rule in rules)
    yield say.of(
        f"共 {len(rules)} 条，其中由人判断 {asked} 条", f"{len(rules)}, of which a person judges {asked}"
    )
    grades = [(grade, sum(rule.basis[0].grade == grade for rule in rules)) for grade in GRADES]
    said = [f"{say(GRADES[grade])} {count}" for grade, count in grades if count]
    yield say.of("依据的效力：", "Their bases: ") + say.listed(said)
    doubtful = sum("未经核实" in entry.how.zh for part in book.parts for entry in part.entries)
    if doubtful:
        yield say.of(
            f"标“未经核实”的计分 {doubtful} 处，用前请核对出处",
            f"{doubtful} figures marked unconfirmed: check their source before use",
        )


def _columns(say: Saying) -> tuple[Column, ...]:
    return (
        Column(say.of("序号", "No."), 70, True),
        Column(say.of("评分内容", "What is checked"), 380),
        Column(say.of("计分办法", "How points are given or lost"), 410),
        Column(say.of("依据", "Basis"), 140, True),
    )


def numbered(parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """Every part with its number: 1, 1.1, 1.2, 2 …"""
    counts: list[int] = []
    for part in parts:
        counts = [*counts[: part.depth + 1], *[0] * (part.depth + 1 - len(counts))]
        counts[part.depth] += 1
        yield ".".join(map(str, counts)), part


def _sheet(book: Handbook, say: Saying) -> Iterator[Row]:
    order = {page.rule.id: _order(n, say) for n, page in enumerate(book.pages, 1)}
    for label, part in numbered(book.parts):
        notes = [] if part.points is None else [say.points(part.points)]
        notes += map(say, part.special)
        if part.source is not None:
            notes.append(say.of("出处：", "source: ") + say(part.source))
        notes += [f"{key}：{text.removeprefix(SIGN)}" for key, text in (part.kept or {}).items()]
        yield Row((label, say(part.title), say.listed(notes)), depth=part.depth, wide=True)
        for entry in part.entries:
            rule = entry.rule
            cells = (order[rule.id], say(rule.title), say(entry.how), _grade(rule, say))
            yield Row(cells, links={1: anchor(rule.id)})


def _order(place: int, say: Saying) -> str:
    return say.of(f"第{place}条", f"Rule {place}")


def _grade(rule: Rule, say: Saying) -> str:
    return say(GRADES[rule.basis[0].grade])


def _pages(book: Handbook, say: Saying) -> Iterator[Block]:
    group = None
    for order, page in enumerate(book.pages, 1):
        outermost = page.worth[0].path[0] if page.worth else Bilingual("其他", "Others")
        fresh = True
        if outermost != group:
            group, fresh = outermost, False
            yield Heading(
                1, say.of("规则：", "Rules: ") + say(outermost), f"group-{anchor(page.rule.id)}", True
            )
        yield Heading(2, f"{_order(order, say)}  {say(page.rule.title)}", anchor(page.rule.id), fresh)
        yield Paragraph(page.rule.id, small=True)
        yield Facts(tuple((label, lines) for label, lines in _facts(page, say) if lines))


def _facts(page: RulePage, say: Saying) -> Iterator[tuple[str, tuple[str, ...]]]:
    rule = page.rule
    yield say.of("理由", "Why"), (say(rule.why),)
    yield say.of("依据", "Basis"), tuple(_basis(basis, say) for basis in rule.basis)
    yield say.of("施行", "In force"), tuple(_dates(rule, say))
    yield say.of("分值", "Worth"), tuple(_worth(worth, say) for worth in page.worth)
    yield say.of("适用条件", "Applies when"), (say(page.when),) if page.when else ()
    yield (
        say.of("先算", "First computed"),
        tuple(f"{say(name)}{say.of('：', ': ')}{say(label)}" for name, label in page.let),
    )
    yield (
        say.of("判断" if rule.question else "应当成立", "Judged" if rule.question else "Must hold"),
        (say(page.statement),),
    )
    yield say.of("不符合的", "Of what fails"), tuple(map(say, page.further))
    if rule.judgement and rule.question is None:
        yield (
            say.of("由人判断", "Judgement"),
            (say.of("不成立时由人判断，不直接算作不符合", "where it does not hold, a person decides"),),
        )
    yield say.of("读取", "Reads"), tuple(_source(source, say) for source in page.reads)
    if rule.question is None:
        yield say.of("提示", "Message"), (say(page.message),)
    yield say.of("改法", "Remedy"), (say(rule.remedy),)
    yield say.of("符合的例子", "Passing example"), tuple(map(say, page.passing))
    yield say.of("不符合的例子", "Failing example"), tuple(map(say, page.failing))
    yield say.of("会这样说", "What it is told"), tuple(map(say, page.told))


def _basis(basis: Basis, say: Saying) -> str:
    grade = say(GRADES[basis.grade])
    return f"{basis.document} {basis.clause}" + say.of(f"（{grade}）", f" ({grade})")


def _dates(rule: Rule, say: Saying) -> Iterator[str]:
    if rule.effective_from:
        day = rule.effective_from.isoformat()
        yield say.of(f"自 {day} 起", f"from {day}")
    if rule.effective_to:
        day = rule.effective_to.isoformat()
        yield say.of(f"至 {day} 止", f"until {day}")


def _worth(worth: Worth, say: Saying) -> str:
    own = (
        ""
        if worth.points is None
        else say.of(f"（{say.points(worth.points)}）", f" ({say.points(worth.points)})")
    )
    return f"{say.path(worth.path)}{own}{say.of('：', ': ')}{say(worth.how)}"


def _source(source: Source, say: Saying) -> str:
    title = say(source.title)
    if source.ledger and "台账" not in source.title.zh:
        title += say.of("（台账）", " (ledger)")
    fields = say.of("、", ", ").join(map(say, source.fields))
    return f"{title}{say.of('：', ': ')}{fields}" if fields else title
