"""Two reports side by side: nothing that differs is missed, nothing that is the same is called different."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import comparison
from checker.collation import Figure, Relation
from checker.collation.aligning import align
from checker.collation.wording import differing, key, manners
from checker.facts import Kind
from tests.side_by_side import (
    CARRIED_IN,
    NORMATIVE,
    cells,
    collated,
    sample,
    side,
    told,
    unequal,
)

# The same


def test_a_report_and_itself(root: Path) -> None:
    found = collated(sample(root), sample(root))
    assert set(found.counts) == {Relation.EQUAL}
    assert found.same_bytes
    assert len(cells(found)) == 10 + 25 * 7 + 15
    assert len(found.passages) > 30
    assert found.mode == "same_report"
    assert not found.other_unit


def test_typography_is_no_difference(root: Path) -> None:
    """Full width, NBSP, dashes, quotes and spaces: counted and named, and the same for all that."""
    plain = sample(root)
    dressed = plain.translate(
        {ord(c): ord(c) + 0xFEE0 for c in "0123456789,"} | {ord("“"): "「", ord("”"): "」"}
    ).replace("本年度", "本年度\u00a0")
    found = collated(plain, dressed.replace("＃", "#"))
    assert set(found.counts) <= {Relation.EQUAL, Relation.WRITTEN}
    assert found.counts[Relation.WRITTEN] > 150
    assert {m for p in found.passages for m in p.manners} == {"width", "space", "punctuation"}


def test_traditional_characters_are_no_difference(root: Path) -> None:
    found = collated(sample(root), sample(root, ("发布", "發布"), ("总体情况", "總體情況")))
    assert not [relation for relation in found.counts if relation.differs]
    assert {m for p in found.passages for m in p.manners} == {"script"}


def test_where_lines_and_paragraphs_are_cut_is_no_difference(root: Path) -> None:
    """A paragraph cut in the middle of a sentence, and one run into the next."""
    plain = sample(root)
    paragraph = next(line for line in plain.splitlines() if line.startswith("（五）"))
    middle = paragraph.index("，", 30) + 1
    for cut in (
        plain.replace(paragraph, f"{paragraph[:middle]}\n\n{paragraph[middle:]}"),
        plain.replace(f"\n\n{paragraph}", paragraph),
    ):
        assert cut != plain
        found = collated(plain, cut)
        assert not told(found)
        assert set(found.counts) <= {Relation.EQUAL, Relation.WRITTEN}


# Cells


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("7", "7", Relation.EQUAL),
        ("1,234", "1234", Relation.WRITTEN),
        ("１２", "12", Relation.WRITTEN),
        ("/", "—", Relation.WRITTEN),
        ("7", "8", Relation.DIFFERENT),
        ("0", "", Relation.DIFFERENT),
        ("0", "/", Relation.DIFFERENT),
        ("", "/", Relation.DIFFERENT),
        ("7", "约七件", Relation.DIFFERENT),
        ("1 2", "12", Relation.INCOMPARABLE),
        ("1 2", "1 2", Relation.INCOMPARABLE),
        ("007", "", Relation.INCOMPARABLE),
    ],
)
def test_number_blank_slash_and_unreadable_are_four_statements(
    root: Path, a: str, b: str, relation: Relation
) -> None:
    row = "| 行政许可 | {} |  |  |"
    texts = [sample(root, ("| 行政许可 | 3771 |  |  |", row.format(value))) for value in (a, b)]
    for first, second in (texts, texts[::-1]):
        cell = cells(collated(first, second))["disclosure.licences.decisions"]
        assert cell.relation is relation
        assert (cell.reason is not None) == (relation is Relation.INCOMPARABLE)


def test_every_single_changed_cell_is_found(root: Path) -> None:
    """Each figure of three rows of table 3 changed alone: that cell and no other, on its own side."""
    plain = sample(root)
    rows = [
        line for line in plain.splitlines() if line.endswith("| 0 |" + " 0 |" * 6) and line.count("|") == 11
    ]
    assert len(rows) == 25
    for row in rows[::12]:
        for column in range(7):
            parts = row.split("|")
            parts[column - 8] = " 4 "
            found = collated(plain, plain.replace(row, "|".join(parts)))
            changed = [c for c in cells(found).values() if c.relation is not Relation.EQUAL]
            assert [(c.a and c.a.text, c.b and c.b.text) for c in changed] == [("0", "4")]


def test_a_missing_row_stands_on_one_side_only(root: Path) -> None:
    without = sample(root, (CARRIED_IN + "\n", ""))
    for found, wanted in (
        (collated(sample(root), without), Relation.ONLY_A),
        (collated(without, sample(root)), Relation.ONLY_B),
    ):
        row = [c for name, c in cells(found).items() if name.startswith("applications.carried_in.")]
        assert [c.relation for c in row] == [wanted] * 7


def test_what_a_lossy_reading_does_not_have_may_be_there(root: Path) -> None:
    without = side(sample(root, (CARRIED_IN + "\n", "")), lossy=True)
    row = [
        c
        for n, c in cells(collated(sample(root), without)).items()
        if n.startswith("applications.carried_in.")
    ]
    assert [c.relation for c in row] == [Relation.INCOMPARABLE] * 7
    assert row[0].reason is not None
    assert row[0].reason.zh.startswith("B ")


def test_a_missing_table_is_one_difference(root: Path) -> None:
    plain = sample(root)
    start, end = plain.index("| （本列数据"), plain.index("## 四、")
    without = plain[:start] + plain[end:]
    found = collated(plain, without)
    (table,) = [t for t in found.tables if not t.rows]
    assert (table.code, table.relation) == ("applications", Relation.ONLY_A)
    (lost,) = [t for t in collated(plain, side(without, lossy=True)).tables if not t.rows]
    assert lost.relation is Relation.INCOMPARABLE


# Running text


def test_a_changed_figure_is_marked_in_its_sentence(root: Path) -> None:
    found = collated(sample(root), sample(root, ("学习政府信息公开条例2次", "学习政府信息公开条例12次")))
    (passage,) = told(found)
    assert passage.relation is Relation.DIFFERENT
    assert passage.figures == (Figure("2", "12"),)
    assert passage.a and passage.b
    (one,), (other,) = passage.a.differing, passage.b.differing
    assert (passage.a.text[slice(*one)], passage.b.text[slice(*other)]) == ("2", "12")
    assert [name for name in unequal(found) if name.startswith("claims.")] == ["claims.regulations_studied.1"]


def test_missing_and_added_paragraphs(root: Path) -> None:
    plain = sample(root)
    paragraph = next(line for line in plain.splitlines() if line.startswith("（三）"))
    added = "本年度新设三处查阅点。群众查阅方便多了。"
    found = collated(plain, plain.replace(f"{paragraph}\n\n", "") + f"\n{added}\n")
    missing, new = told(found)
    assert (missing.what, missing.relation) == ("paragraph", Relation.ONLY_A)
    assert missing.a is not None
    assert comparison.squeeze(missing.a.text) == comparison.squeeze(paragraph)
    assert (new.what, new.relation) == ("paragraph", Relation.ONLY_B)
    assert new.b is not None
    assert new.b.text == added


def test_moved_paragraphs_are_not_missing(root: Path) -> None:
    plain = sample(root)
    third, fourth = (next(x for x in plain.splitlines() if x.startswith(f"（{n}）")) for n in "三四")
    swapped = plain.replace(third, "#").replace(fourth, third).replace("\n#\n", f"\n{fourth}\n")
    assert {p.relation for p in told(collated(plain, swapped))} == {Relation.MOVED}
    changed = swapped.replace("三审三校", "三审四校")
    moved = [p for p in told(collated(plain, changed)) if p.a and p.a.differing]
    assert [(p.relation, p.a and p.a.text[slice(*p.a.differing[0])]) for p in moved] == [
        (Relation.MOVED, "三")
    ]


FURTHER = "| 渠道 | 数量 | 说明 |\n|---|---|---|\n| 网站 | {} | {} |\n| 微信 | 7 | 无 |\n\n（二）"


def test_rows_of_further_tables(root: Path) -> None:
    """A table beyond the official ones, row by row; what stands in which cell makes a difference."""
    one, other = (
        sample(root, ("（二）依申请", f"{FURTHER.format(*f)}依申请")) for f in (("1", "23"), ("12", "3"))
    )
    (passage,) = told(collated(one, other))
    assert (passage.what, passage.relation) == ("row", Relation.DIFFERENT)
    assert passage.a and passage.b
    assert (passage.a.text, passage.b.text) == ("网站 | 1 | 23", "网站 | 12 | 3")
    alone = told(collated(one, sample(root)))
    assert [(p.what, p.relation, p.a and p.a.text) for p in alone] == [
        ("row", Relation.ONLY_A, "渠道 | 数量 | 说明"),
        ("row", Relation.ONLY_A, "网站 | 1 | 23"),
        ("row", Relation.ONLY_A, "微信 | 7 | 无"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("共1,234件", "共1234件", True),
        ("共1\u00a0234件", "共１，２３４件", True),
        ("共 12 件", "共12件", True),
        ("1 23", "12 3", False),
        ("12 3", "123", False),
        ("2023,2024", "20232024", False),
        ("1,23", "123", False),
        ("第1,234", "第1，234", True),
    ],
)
def test_numbers_are_never_run_together(a: str, b: str, same: bool) -> None:
    assert (key(a) == key(b)) is same


def test_headings(root: Path) -> None:
    renamed = collated(sample(root), sample(root, ("六、其他需要报告的事项", "六、其他事项")))
    assert [(p.name, p.relation) for p in renamed.headings if p.relation.differs] == [
        ("section.6", Relation.DIFFERENT)
    ]
    missing = collated(sample(root), sample(root, ("## 六、其他需要报告的事项", "")))
    assert [(p.name, p.relation) for p in missing.headings if p.relation.differs] == [
        ("section.6", Relation.ONLY_A)
    ]


@pytest.mark.parametrize(
    ("official", "otherwise", "row"),
    [
        ("3.要求提供公开出版物", "3.要求提供公开出版品", "rejected_publication"),
        ("2.重复申请", "3.重复申请", "rejected_repeat"),
    ],
)
def test_a_label_of_the_table_that_is_not_as_on_the_form(
    root: Path, official: str, otherwise: str, row: str
) -> None:
    other = sample(root, (official, otherwise))
    for found in (collated(sample(root), other), collated(other, sample(root))):
        (label,) = [p for p in found.headings if p.relation.differs]
        assert label.name == f"table_rows.applications/{row}"
        assert {official, otherwise} == {label.a and label.a.text, label.b and label.b.text}


@pytest.mark.parametrize("seed", range(12))
def test_any_one_character_changed_is_noticed(root: Path, seed: int) -> None:
    """In prose, headings and figures, wherever it stands (labels of the tables are told by their rows)."""
    rest, plain = random.Random(seed), sample(root)
    lines = [n for n, line in enumerate(plain.splitlines()) if line and not line.startswith(("|", "#"))]
    for _ in range(3):
        changed = plain.splitlines()
        line = rest.choice(lines)
        at = rest.choice([n for n, character in enumerate(changed[line]) if character.isalnum()])
        old = changed[line][at]
        new = str((int(old) + 1) % 10) if old.isdecimal() else "改" if old != "改" else "换"
        changed[line] = changed[line][:at] + new + changed[line][at + 1 :]
        assert told(collated(plain, "\n".join(changed))), (line, at)


def test_a_date_of_the_page_is_not_of_the_report(root: Path) -> None:
    (pair,) = [
        p
        for p in collated(sample(root), "发布时间：2025-01-20\n\n" + sample(root)).singles
        if p.name == "report.stated_on"
    ]
    assert pair.relation is Relation.BESIDE
    assert not pair.relation.differs


def test_a_date_of_the_page_is_not_missing_from_a_lossy_reading(root: Path) -> None:
    found = collated(side(sample(root), lossy=True), "发布时间：2025-01-20\n\n" + sample(root))
    (pair,) = [p for p in found.singles if p.name == "report.stated_on"]
    assert (pair.relation, pair.reason) == (Relation.BESIDE, None)


def test_a_date_of_the_signature_is(root: Path) -> None:
    signed = [sample(root) + f"\n\n某某局\n\n2025年1月{day}日\n" for day in (20, 21)]
    found = collated(*signed)
    (pair,) = [p for p in found.singles if p.name == "report.stated_on"]
    assert pair.relation is Relation.DIFFERENT
    (passage,) = told(found)
    assert passage.figures == (Figure("20", "21"),)


# Two years


def test_two_years(root: Path) -> None:
    last = sample(root, ("2024", "2023"))
    row = next(line for line in last.splitlines() if "四、结转下年度继续办理" in line)
    parts = row.split("|")
    parts[4], parts[10] = " 3 ", " 3 "
    last = last.replace(row, "|".join(parts)).replace(NORMATIVE, "| 行政规范性文件 | 2 | 0 | 12 |")
    this = sample(root, (NORMATIVE, "| 行政规范性文件 | 2 | 1 | 13 |"))
    for found in (collated(last, this), collated(this, last)):
        assert found.mode == "two_years"
        assert not found.passages
        links = {link.name: link for link in found.links}
        carried = links["applications.carried_in.natural_person"]
        assert (carried.before.text, carried.now.text, carried.holds) == ("3", "0", False)
        assert links["applications.carried_in.business"].holds is True
        force = links["disclosure.normative_documents.in_force"]
        assert (force.expected, force.now.text, force.holds) == (13, "13", True)
        assert links["proceedings.review.total"].holds is True
        whole = found.repeated[0]
        assert whole.section is None
        assert 0 < whole.word_for_word < whole.but_for_figures == whole.sentences


def test_of_a_blank_nothing_follows(root: Path) -> None:
    last = sample(root, ("2024", "2023"), (NORMATIVE, "| 行政规范性文件 | 0 | 0 |  |"))
    links = {link.name: link for link in collated(last, sample(root)).links}
    force = links["disclosure.normative_documents.in_force"]
    assert (force.before.kind, force.expected, force.holds) == (Kind.BLANK, None, None)


def test_years_further_apart_hand_nothing_on(root: Path) -> None:
    found = collated(sample(root, ("2024", "2022")), sample(root))
    assert (found.mode, found.links) == ("two_years", ())


TRIAL = (
    ("本年制发件数 | 本年废止件数 | 现行有效件数", "本年新制作数量 | 本年新公开数量 | 对外公开总数量"),
    ("2024", "2020"),
)


def test_two_forms_of_table_2_count_otherwise(root: Path) -> None:
    """Of the trial form and today's only the decisions are set against each other."""
    found = collated(sample(root, *TRIAL), sample(root, ("2024", "2021")))
    assert [
        f.text for f in (found.a.facts.fields["disclosure.format"], found.b.facts.fields["disclosure.format"])
    ] == [
        "2019",
        "2021",
    ]
    table = {n: c for n, c in cells(found).items() if n.startswith("disclosure.")}
    assert {c.relation for n, c in table.items() if not n.endswith(".decisions")} == {Relation.INCOMPARABLE}
    made = table["disclosure.normative_documents.made"]
    assert made.label.zh == "本年新制作数量 / 本年制发件数"
    assert made.a and made.b
    assert (made.a.text, made.b.text) == ("0", "0")
    assert not [link for link in found.links if link.name.startswith("disclosure.")]


def test_other_office(root: Path) -> None:
    assert collated(sample(root), sample(root, ("乌兰布和生态沙产业示范区", "某某县"))).other_unit


# The parts


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from("甲乙丙丁戊己庚"), max_size=14),
    st.lists(st.sampled_from("甲乙丙丁戊己庚"), max_size=14),
)
def test_every_sentence_is_aligned_once_and_in_order(ours: list[str], theirs: list[str]) -> None:
    a, b = ([f"{word}说明了这一年的情况{word * 4}" for word in side] for side in (ours, theirs))
    found = align(a, b)
    assert [i for each in found for i in range(each.a_start, each.a_end)] == list(range(len(a)))
    assert [j for each in found for j in range(each.b_start, each.b_end)] == list(range(len(b)))
    same = sum(a[g.a_start] == b[g.b_start] for g in found if g.a_end - g.a_start == g.b_end - g.b_start == 1)
    assert same <= sum((Counter(a) & Counter(b)).values())
    if a == b:
        assert same == len(a)


@settings(max_examples=300, deadline=None)
@given(st.text("甲乙1２3,，。 \u00a0（(", max_size=20), st.text("甲乙1２3,，。 \u00a0（(", max_size=20))
def test_what_is_not_marked_is_the_same(a: str, b: str) -> None:
    found = differing(a, b)
    assert _without(a, found.a) == _without(b, found.b)
    if key(a) == key(b):
        assert not (found.a or found.b or found.figures)
        assert bool(manners(a, b)) == (_ends_off(a) != _ends_off(b))


def _without(text: str, parts: tuple[tuple[int, int], ...]) -> str:
    """What is left of the text, as far as it is compared."""
    hidden = {offset for start, end in parts for offset in range(start, end)}
    view = comparison.view(text)
    return "".join(c for i, c in enumerate(view) if i not in hidden and c not in " ,")


def _ends_off(text: str) -> str:
    """How much blank there is counts, not which."""
    return re.sub(r"[\s\u00a0]", " ", text.strip(" \u00a0"))


def test_a_long_text_without_a_full_stop_is_compared_in_time() -> None:
    a = "公开信息" * 20_000
    b = "发布新闻" * 20_000
    assert differing(a, b).a == ((0, len(a)),)
    assert align([a[:50]] * 3000, [b[:50]] * 3000)[0][0] == 0
