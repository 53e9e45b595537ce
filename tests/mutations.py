"""Faults planted in real reports, each with the rule that must catch it: those made by a pattern.

The single ones stand in mutations.yaml. Every rule a mutation does not name must keep its outcome.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HANGZHOU = "hangzhou-2025"
PINGTAN = "pingtan-2025"
SEED = "alashan-2024"
SHANGHAI = "shanghai-2025"
SHUYANG = "shuyang-2025"

Edit = Callable[[str], str]


@dataclass(frozen=True)
class Mutation:
    """One planted fault. also: other rules it rightly touches.

    removes: the edit takes text out, so that rules on it may have nothing left to decide (not applicable
    or unknown). previous: makes last year's report from this year's, where one is given.
    """

    fault: str
    report: str
    edit: Edit
    rule: str
    also: tuple[str, ...] = ()
    removes: bool = False
    previous: Edit | None = None


# Edits


def put(old: str, new: str) -> Edit:
    """Replace the first occurrence; the old text must be there."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the report"
        return text.replace(old, new, 1)

    return edit


def every(old: str, new: str) -> Edit:
    """Replace all occurrences; the old text must be there."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the report"
        return text.replace(old, new)

    return edit


def sub(pattern: str, new: str | Callable[["re.Match[str]"], str]) -> Edit:
    """Replace the first match of a pattern; a dot matches line breaks too."""

    def edit(text: str) -> str:
        changed, n = re.subn(pattern, new, text, count=1, flags=re.S)
        assert n == 1, f"{pattern!r} is not in the report"
        return changed

    return edit


def between(start: str, end: str, new: str) -> Edit:
    """Replace what stands between two texts, both of which stay."""
    return sub(f"(?<={re.escape(start)}).*?(?={re.escape(end)})", lambda _: new)


def after(anchor: str, new: str) -> Edit:
    return put(anchor, anchor + new)


def before(anchor: str, new: str) -> Edit:
    return put(anchor, new + anchor)


def swapped(first: str, second: str, end: str) -> Edit:
    """Exchange the part that opens with `first` and the one that opens with `second`."""
    pattern = f"({re.escape(first)}.*?)({re.escape(second)}.*?)(?={re.escape(end)})"
    return sub(pattern, lambda m: m[2] + m[1])


EDITS = {e.__name__: e for e in (put, every, sub, between, after, before, swapped)}


def both(*edits: Edit) -> Edit:
    """Several edits, one after another."""

    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def unchanged(text: str) -> str:
    return text


def listed() -> Iterator[Mutation]:
    """The mutations of mutations.yaml."""
    entries: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("mutations.yaml").read_text(encoding="utf-8")
    )
    for entry in entries:
        edit = both(*(EDITS[name](*texts) for name, *texts in entry["edits"]))
        assert bool(entry.get("also")) == bool(entry.get("why")), entry["fault"]
        yield Mutation(
            entry["fault"],
            entry["report"],
            edit,
            entry["rule"],
            tuple(entry.get("also", ())),
            entry.get("removes", False),
        )


# Cells: of an HTML row, of a Markdown row, and of the row of the seed report

HTML_CASES = r"<tr>\s*<td>376</td>(?:(?!</tr>).)*</tr>"


def html_row(label: str) -> str:
    return rf"<tr>(?:(?!</tr>).)*?>{re.escape(label)}(?:(?!</tr>).)*</tr>"


def nth_cell(row: str, cell: int, new: str | None, figure: str) -> Edit:
    """Write into one figure of the row this pattern finds; without `new` one is added to it."""

    def write(match: "re.Match[str]") -> str:
        target = list(re.finditer(figure, match[0]))[cell]
        text = str(int(target[1]) + 1) if new is None else new
        return match[0][: target.start(1)] + text + match[0][target.end(1) :]

    return sub(row, write)


def html_cell(label: str, cell: int = 0, new: str | None = None) -> Edit:
    """cell counts the figures of the row from 0."""
    return nth_cell(html_row(label), cell, new, r">(\d+)</td>")


def markdown_cell(label: str, cell: int = 0, new: str | None = None) -> Edit:
    return nth_cell(rf"\n\| {re.escape(label)}[^\n]*", cell, new, r"(?<=\| )(\d+)(?= \|)")


def one_person(label: str) -> Edit:
    """One case by a natural person in a row of zeros: the first and the last of its seven cells."""
    return sub(rf"({re.escape(label)}[^\n]*?\| )0((?: \| 0){{5}} \| )0", r"\g<1>1\g<2>1")


# Table 3, every row

ROWS = (
    "一、本年新收", "二、上年结转", "（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.其他法律",
    "3.危及", "4.保护第三方", "5.属于三类", "6.属于四类", "7.属于行政执法", "8.属于行政查询",
    "1.本机关不掌握", "2.没有现成", "3.补正后", "1.信访", "2.重复", "3.要求提供", "4.无正当", "5.要求行政",
    "1.申请人无正当", "2.申请人逾期", "3.其他", "（七）总计", "四、结转下年度",
)  # fmt: skip
MARKDOWN_ROWS = (
    "本年新收政府信息公开申请数量 |", "上年结转政府信息公开申请数量 |", "予以公开", "部分公开",
    *(re.sub(r"^(\d\.)", r"\1 ", label) for label in ROWS[4:23]), *ROWS[23:],
)  # fmt: skip
PROSE_TOTALS = {
    "本年新收政府信息公开申请数量 |": ("prose-applications-received",),
    "上年结转政府信息公开申请数量 |": ("prose-applications-received",),
    "（七）总计": ("prose-applications-handled",),
    "四、结转下年度": ("prose-applications-carried-out",),
}
# Once its sums fail, a row without separators can no longer be cut: it is illegible, never wrong.
RUN_TOGETHER = (
    (0, "申请数量15130000154", "15130000155", ("carried-out-plausible", "prose-applications-received")),
    (2, "予以公开330000033", "340000033", ()),
    (3, "不计其他情形）380000038", "380000039", ()),
    (8, "属于三类内部事务信息3000003", "3000004", ()),
    (12, "本机关不掌握相关政府信息4910000502", "4910000512", ()),
    (23, "（七）总计14710000148", "14710000149", ("other-handling-share", "prose-applications-handled")),
    (24, "继续办理4200006", "4200007", ("carried-out-plausible", "prose-applications-carried-out")),
)


def sums_over(row: int) -> tuple[str, ...]:
    """What a row is part of in its column: the balance of the four items, the sum of the outcomes, both."""
    if row in (0, 1, 24):
        return ("applications-balance",)
    return ("applications-balance", "outcome-sum") if row == 23 else ("outcome-sum",)


def table_three() -> Iterator[Mutation]:
    """One more in one cell of every row: the six kinds of applicants no longer make up the total."""
    for row, label in enumerate(ROWS):
        edit = html_cell(label, (0, 6, 1)[row % 3])
        yield Mutation(f"HTML, one more in {label}", HANGZHOU, edit, "applicant-total", sums_over(row))
    for row, label in enumerate(MARKDOWN_ROWS):
        also = sums_over(row) + PROSE_TOTALS.get(label, ())
        edit = markdown_cell(label, 6)
        yield Mutation(f"Markdown, one more in {label}", SHUYANG, edit, "applicant-total", also)
    for row, old, digits, figures in RUN_TOGETHER:
        edit = put(old, re.sub(r"\d+$", digits, old))
        also = ("applicant-total", *sums_over(row), *figures)
        yield Mutation(f"run together, {digits}", PINGTAN, edit, "cells-legible", also)


def one_case_in_table_three() -> Iterator[Mutation]:
    edit = both(*(one_person(label) for label in ("一、本年新收", "(一)予以公開", "(七)總計")))
    yield Mutation("none received, yet one in table 3", SEED, edit, "prose-applications-zero")


# Table 4, every cell

GROUPS = ("review-sum", "direct-suit-sum", "suit-after-review-sum")


def table_four() -> Iterator[Mutation]:
    for cell in range(15):
        edit = nth_cell(HTML_CASES, cell, None, r">(\d+)</td>")
        yield Mutation(f"HTML, one more in cell {cell + 1} of table 4", HANGZHOU, edit, GROUPS[cell // 5])
    for report, old, new, rule in (
        (SHUYANG, "| 27 | 10 | 9 | 15 | 61 |", "| 27 | 10 | 9 | 16 | 61 |", "review-sum"),
        (SHUYANG, "| 3 | 0 | 0 | 0 | 3 |", "| 3 | 1 | 0 | 0 | 3 |", "direct-suit-sum"),
        (SHUYANG, "| 8 | 0 | 1 | 1 | 10 |", "| 9 | 0 | 1 | 1 | 10 |", "suit-after-review-sum"),
        (SHANGHAI, "| 40 | 0 | 10 | 5 | 55 |", "| 40 | 0 | 10 | 6 | 55 |", "review-sum"),
    ):
        yield Mutation(f"Markdown, {new}", report, put(old, new), rule)


# Kinds of cells and the form of the tables

# （六） as one row: its three rows added up.
MERGED = ((0, "1458"), (1, "20"), (3, "2"), (4, "3"), (5, "3"), (6, "1486"))


def kinds_of_cells() -> Iterator[Mutation]:
    """What is no whole number cannot be added up: its row and its column are unknown."""
    sums = ("applicant-total", "outcome-sum")
    for new, rule in (
        ("", "cells-not-blank"),
        ("/", "cells-not-slash"),
        ("无", "cells-not-text"),
        ("-3", "cells-not-negative"),
        ("0.5", "cells-whole-counts"),
    ):
        edit = html_cell("3.要求提供", 2, new)
        yield Mutation(f"HTML, a cell with {new or 'nothing'}", HANGZHOU, edit, rule, sums)
    blank = both(html_cell("8.属于行政查询", 6, ""), html_cell("8.属于行政查询", 0, ""))
    yield Mutation("two blank cells in a row", HANGZHOU, blank, "cells-not-blank", sums)


def merged_rows() -> Edit:
    label = "（六）其他处理"
    heading = sub(rf'<td rowspan="3">{label}</td><td>1.*?</td>', f'<td colspan="2">{label}</td>')
    rows = (sub(html_row("2.申请人逾期"), ""), sub(html_row("3.其他"), ""))
    return both(*rows, heading, *(html_cell(label, cell, new) for cell, new in MERGED))


def without_column() -> Edit:
    def cut(text: str) -> str:
        return re.sub(r"(\d+</td><td>\d+</td>)<td>0</td>((?:<td>\d+</td>){4}</tr>)", r"\1\2", text)

    spans = (('colspan="5">法人', 'colspan="4">法人'), ('"7">申请人情况', '"6">申请人情况'))
    return both(put("<td>科研机构</td>", ""), *(put(*span) for span in spans), cut)


def forms() -> Iterator[Mutation]:
    # The sums are then checked by the rules for the merged row.
    also: tuple[str, ...] = ("other-handling-share-merged", "outcome-sum-merged-other")
    rule = "other-handling-itemised"
    yield Mutation("（六） as one row", HANGZHOU, merged_rows(), rule, also, removes=True)
    # Six figures for seven columns: nobody can tell which is missing.
    also = ("cells-legible",)
    yield Mutation("a column lost", HANGZHOU, without_column(), "table-shape", also, removes=True)


# Sections


def sections() -> Iterator[Mutation]:
    edit = swapped("<p>四、", "<p>五、", "<p>六、")
    yield Mutation("sections four and five change places", HANGZHOU, edit, "sections-in-order")
    edit = swapped("## 二、", "## 三、", "## 四、")
    yield Mutation("sections two and three change places", SHUYANG, edit, "sections-in-order")


ASPECTS = ("主動公開情況", "依申請公開情況", "政府信息管理情況", "政府信息公開平臺情況", "監督保障情況")
NUMERALS = "一二三四五"
# Whose terms occur in passing under other sub-headings: a person must look.
IN_PASSING = ("主動公開情況", "政府信息公開平臺情況")


def aspects() -> Iterator[Mutation]:
    for number, aspect in enumerate(ASPECTS):
        head = rf"\({NUMERALS[number]}\){aspect}。"
        end = rf"(?=\({NUMERALS[number + 1]}\))" if number < 4 else "(?=二、主動)"
        rule = "aspects-headed" if aspect in IN_PASSING else "five-aspects"
        yield Mutation(f"the part {aspect} dropped", SEED, sub(f"{head}.*?{end}", ""), rule, removes=True)
        short = sub(f"(?<={head}).*?{end}", "已落實。\n")
        yield Mutation(f"the part {aspect} in a word", SEED, short, "aspects-substance", removes=True)
    for number, aspect in enumerate(
        ("主动公开", "依申请公开", "政府信息管理", "信息公开平台建设", "监督保障")
    ):
        edit = put(f"（{NUMERALS[number]}）{aspect}方面。", "")
        # 信息管理 is named nowhere else, the words of the other four are.
        rule = "five-aspects" if aspect == "政府信息管理" else "aspects-headed"
        yield Mutation(f"sub-heading {aspect} dropped", PINGTAN, edit, rule, removes=True)


def length_of_section_one() -> Iterator[Mutation]:
    filler = "各部門各司其職，工作有序推進。\n" * 40
    edit = before("二、主動公開政府信息情況\n", filler)
    yield Mutation("section one too long", SEED, edit, "section-one-length")
    # The counts went with the text; without sub-headings a mention is enough.
    counts: tuple[str, ...] = ("key-field-count", "channel-counts", "aspects-headed")
    plain = "全区主动公开、依申请公开、信息管理、平台建设和监督保障工作有序开展。"
    ends = ("一、总体情况", "二、主动公开政府信息情况第")
    few = between(*ends, plain + "发布信息7700条、解读82篇。")
    yield Mutation("section one too short", PINGTAN, few, "section-one-not-thin", counts, removes=True)
    counts = (*counts, "interpretation-count")
    none = between(*ends, plain * 12)
    yield Mutation("no figure in section one", PINGTAN, none, "figures-in-section-one", counts, removes=True)


# Personal data, made here


def identity_number(first17: str) -> str:
    """A citizen's number with its check digit (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first17, weights, strict=True))
    return first17 + "10X98765432"[total % 11]


def card_number(first18: str) -> str:
    """A bank card number with its Luhn check digit."""
    doubled = [int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(first18))]
    return first18 + str(-sum(sum(divmod(d, 10)) for d in doubled) % 10)


def personal_data() -> Iterator[Mutation]:
    person = identity_number("15290019850312" + "403")
    edit = after("其中民政局1件", f"（申请人身份证号{person}）")
    yield Mutation("an identity number", SHUYANG, edit, "no-id-numbers")
    edit = after("配備2名專職人員", f"(手機{'139' + '0473' + '2856'})")
    yield Mutation("a mobile number", SEED, edit, "no-mobile-numbers")
    card = card_number("622202" + "060300" + "482915")
    edit = after("共计400元", f"（缴款账号{card}）")
    yield Mutation("a bank card", HANGZHOU, edit, "no-bank-cards")


# Against last year's report, made from this year's: same office, last year's figures, its own sentences

OWN_WORDS = (
    "全县认真落实公开要求，栏目更新不及时、人员变动较多的问题通过定期抽查和集中培训逐项解决，效果明显。"
    "各乡镇设立查询点，安排专人接待来访群众，登记事项一律当日回复，遇有疑难当面说明办理时限。"
    "档案整理、目录编制同步推进，纸质文件与网页内容逐份核对，发现差错立即更正并登记在册。"
)


def year_before(one: float = 0, five: float = 0) -> Edit:
    """Last year's report. one, five: the shares of these sections that this year's copies."""
    return both(
        rewritten("## 一、总体情况\n", "## 二、", one),
        rewritten("存在的主要问题及改进情况\n", "六、", five),
        every("2025", "2024"),
        every("2026", "2025"),
        put("| 行政规范性文件 | 6 | 1 | 32 |", "| 行政规范性文件 | 5 | 2 | 27 |"),
        put("继续办理 | 31 | 0 | 0 | 0 | 0 | 0 | 31 |", "继续办理 | 36 | 0 | 0 | 0 | 0 | 0 | 36 |"),
    )


def rewritten(start: str, end: str, share: float) -> Edit:
    """Keep the beginning of a section, as much of it as share says; own words make up the length."""

    def edit(text: str) -> str:
        ahead, _, rest = text.partition(start)
        body, _, following = rest.partition(end)
        kept = body[: round(len(body) * share)]
        own = (OWN_WORDS * (len(body) // len(OWN_WORDS) + 1))[: len(body) - len(kept)]
        return f"{ahead}{start}{kept}\n{own}\n\n{end}{following}"

    return edit


def figures_of_last_year() -> Iterator[Mutation]:
    carried, new = "继续办理 | 36 | 0 | 0 | 0 | 0 | 0 | 36 |", "| 705 | 3 | 0 | 0 | 5 | 0 | 713 |"
    for fault, old, figures, rule in (
        ("carried over 35, now 36", carried, carried.replace("36", "35"), "applications-carry-over"),
        ("in force 28, +6 -1, now 32", "| 5 | 2 | 27 |", "| 5 | 2 | 28 |", "in-force-roll-forward"),
        ("62 pending, now 61 in all", "| 15 | 61 |", "| 62 | 108 |", "pending-cases-continue"),
        ("six times the licences", "517645", "86274", "licences-year-on-year"),
        ("a sixth of the penalties", "693957", "4163742", "penalties-year-on-year"),
        ("six times the coercion", "2154", "359", "coercion-year-on-year"),
        ("ten times the fees", "4068.208", "406.8208", "fees-year-on-year"),
        (
            "seven times the applications",
            new,
            "| 94 | 3 | 0 | 0 | 5 | 0 | 102 |",
            "applications-year-on-year",
        ),
    ):
        earlier = both(year_before(), put(old, figures))
        yield Mutation(f"last year, {fault}", SHUYANG, unchanged, rule, previous=earlier)
    more = put("| 行政规范性文件 | 6 | 1 | 32 |", "| 行政规范性文件 | 6 | 40 | 32 |")
    # 27 + 6 - 40 is not 32 either.
    also = ("in-force-roll-forward",)
    rule = "repealed-within-stock"
    yield Mutation("repealed more than there were", SHUYANG, more, rule, also, previous=year_before())


def copies() -> Iterator[Mutation]:
    for fault, earlier, rule in (
        ("section five copied", year_before(five=1), "section-five-not-copied"),
        ("section five copied in part", year_before(five=0.75), "section-five-not-last-years"),
        ("section one copied", year_before(one=1), "section-one-not-copied"),
        ("section one copied in part", year_before(one=0.75), "section-one-not-last-years"),
    ):
        yield Mutation(fault, SHUYANG, unchanged, rule, previous=earlier)


MUTATIONS: tuple[Mutation, ...] = (
    *listed(),
    *table_three(),
    *one_case_in_table_three(),
    *table_four(),
    *kinds_of_cells(),
    *forms(),
    *sections(),
    *aspects(),
    *length_of_section_one(),
    *personal_data(),
    *figures_of_last_year(),
    *copies(),
)
