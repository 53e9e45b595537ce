"""What a cell's text says: every accepted form, and no value for any other."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.bilingual import Bilingual
from checker.facts import FieldType, Kind
from checker.ledger import Column
from checker.ledgers.values import MARK, READERS, Reading, as_written
from tests.ledgers.conftest import Read

LABEL = Bilingual("栏", "column")
CHOICES = {"初审": "初审", "一审": "初审", "终审": "终审", "签发": "终审", "APP": "终审"}


def said(kind: FieldType, text: str, **given: Any) -> Reading:
    return READERS[kind](text, Column("x", kind, LABEL, (), **given))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " 甲 \n", "甲"),
        ("text", "无", "无"),
        ("count", "5,829", 5829),
        ("count", "５，８２９", 5829),
        ("count", "12.0", 12),
        ("count", " 0 ", 0),
        ("number", "-5", -5),
        ("number", "−5", -5),
        ("amount", "1,200.50", Decimal("1200.50")),
        ("amount", "￥20", 20),
        ("text", "张　三", "张三"),
        ("text", "张  三 丰", "张三丰"),
        ("text", "张 三丰", "张 三丰"),
        ("text", "A B", "A B"),
        ("flag", "是", True),
        ("flag", "√", True),
        ("flag", "Ｙ", True),
        ("flag", "合格", True),
        ("flag", "无", False),
        ("flag", "×", False),
        ("flag", "FALSE", False),
        ("flag", "不存在", False),
        ("date", "2024-03-05", date(2024, 3, 5)),
        ("date", "2024/3/5", date(2024, 3, 5)),
        ("date", "2024.3.5", date(2024, 3, 5)),
        ("date", "20240305", date(2024, 3, 5)),
        ("date", "２０２４年３月５日", date(2024, 3, 5)),
        ("date", "2024年3月5日 14:05", date(2024, 3, 5)),
        ("date", "1900-01-01", date(1900, 1, 1)),
        ("moment", "2199-12-31 23:59", datetime(2199, 12, 31, 23, 59)),
        ("moment", "2024-03-05", date(2024, 3, 5)),
        ("moment", "2024-03-05 14:05", datetime(2024, 3, 5, 14, 5)),
        ("moment", "2024-03-05T14:05:30", datetime(2024, 3, 5, 14, 5, 30)),
        ("moment", "2024-03-05 14:05:30.0", datetime(2024, 3, 5, 14, 5, 30)),
        ("moment", "2024年3月5日14时05分", datetime(2024, 3, 5, 14, 5)),
        ("moment", "2024/3/5  9：05", datetime(2024, 3, 5, 9, 5)),
        ("moment", "2024年3月5日9时", datetime(2024, 3, 5, 9)),
    ],
)
def test_forms(kind: FieldType, text: str, value: object) -> None:
    found = said(kind, text)
    assert found.value == value and type(found.value) is not float
    assert found.note is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("date", t) for t in ("2024-02-30", "2024-13-01", "2024-3/5", "3月5日", "2024", "昨天", "24-3-5")),
        *(
            (k, t)
            for k in ("date", "moment")
            for t in ("0001-01-01", "1899-12-31", "2200-01-01", "9999年1月1日")
        ),
        *(("moment", t) for t in ("2024-03-05 25:00", "2024-03-05 14:5", "2024-03-114:05", "14:05")),
        *(("count", t) for t in ("-1", "1.5", "1,23", "十二", "5条", "1e3", "约5", "九")),
        *(("number", t) for t in ("1.5", "--1", "1 2", "9" * 61)),
        *(("amount", t) for t in ("1.2.3", "二十", "20元", "1,2", ".5")),
        *(("flag", t) for t in ("也许", "是否", "2", "不")),
    ],
)
def test_what_fits_no_form_is_unreadable_and_says_why(kind: FieldType, text: str) -> None:
    found = said(kind, text)
    assert (found.kind, found.value) == (Kind.UNREADABLE, None)
    assert found.note is not None and found.note.zh and found.note.en


@pytest.mark.parametrize("kind", list(READERS))
def test_blank_and_slash_are_two_things(kind: FieldType) -> None:
    for text in ("", " ", "\t\n", "\u3000"):
        assert said(kind, text) == Reading(Kind.BLANK)
    for text in ("/", " - ", "—", "——", "不适用"):
        assert said(kind, text) == Reading(Kind.SLASH)
    nothing = Kind.FLAG if kind == "flag" else Kind.TEXT if kind == "text" else Kind.SLASH
    assert said(kind, "无").kind is nothing
    assert said(kind, "N/A").kind is (Kind.TEXT if kind == "text" else Kind.SLASH)


def test_choices() -> None:
    for text, term in (("初审", "初审"), (" 一 审", "初审"), ("签发", "终审"), ("ａｐｐ", "终审")):
        assert said("text", text, choices=CHOICES) == Reading(Kind.TEXT, term)
    other = said("text", "复核", choices=CHOICES)
    assert other.kind is Kind.UNREADABLE and other.note is not None
    assert "初审、终审" in other.note.zh
    assert said("text", "无", choices={"无": "无"}).value == "无"
    assert said("text", "/", choices=CHOICES).kind is Kind.SLASH


def test_a_number_may_carry_its_own_unit() -> None:
    assert said("amount", "1,200.5 元", unit=Bilingual("元", "yuan")).value == Decimal("1200.5")
    assert said("number", "35％", unit=Bilingual("%", "%")).value == 35
    assert said("amount", "3万元", unit=Bilingual("元", "yuan")).kind is Kind.UNREADABLE


@pytest.mark.parametrize("kind", list(READERS))
def test_a_marked_text_is_unreadable_whatever_it_holds(kind: FieldType) -> None:
    for sign in "efns":
        found = said(kind, f"{MARK}{sign}5", choices=CHOICES if kind == "text" else {})
        assert found.kind is Kind.UNREADABLE and found.note is not None
    assert (as_written(f"{MARK}e#REF!"), as_written("#REF!")) == ("#REF!", "#REF!")


WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")
TIMES = {" %H:%M": 60, " %H:%M:%S": 1, "T%H:%M": 60, " %H时%M分": 60}


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59, 59)),
    st.sampled_from(DAYS),
    st.sampled_from(["", *TIMES]),
    st.booleans(),
    st.sampled_from(["", " ", "\u3000"]),
)
def test_a_moment_in_any_form_reads_back(
    when: datetime, day: str, time: str, wide: bool, around: str
) -> None:
    kept = when.replace(microsecond=0, second=0 if TIMES.get(time) == 60 else when.second)
    text = when.strftime(day + time)
    found = said("moment", around + (text.translate(WIDE) if wide else text) + around)
    assert found == Reading(Kind.DATE, kept if time else when.date())
    assert said("date", text) == Reading(Kind.DATE, when.date())


@given(st.integers(-(10**18), 10**18), st.booleans(), st.booleans())
@example(0, True, True)
def test_a_number_in_any_form_reads_back(number: int, grouped: bool, wide: bool) -> None:
    text = f"{number:,}" if grouped else str(number)
    written = text.translate(WIDE) if wide else text
    assert said("number", written).value == number
    assert said("amount", written).value == number
    assert said("count", written).kind is (Kind.NUMBER if number >= 0 else Kind.UNREADABLE)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_an_amount_reads_back_exactly(amount: Decimal) -> None:
    assert said("amount", f"{amount:,f}").value == amount


@given(st.text(max_size=80), st.sampled_from(sorted(READERS)))
@example("\0", "text")
@example("²", "count")
@example("٣", "date")
@example("1²", "amount")
def test_any_text_has_a_reading(text: str, kind: FieldType) -> None:
    if text.startswith(MARK):
        text = text.replace(MARK, "")
    found = said(kind, text)
    assert (found.value is None) == (found.kind in (Kind.BLANK, Kind.SLASH, Kind.UNREADABLE))
    assert (found.note is not None) == (found.kind is Kind.UNREADABLE)


def test_a_year_that_cannot_be_is_a_fault_at_its_cell(read: Read) -> None:
    ledger = read("published_items", "信息编号,标题,发布时间,形成日期\nA1,甲,0001-01-01 08:00,2200-01-01\n")
    assert [(p.location.column, p.location.line) for p in ledger.faults if p.location] == [
        ("形成日期", 2),
        ("发布时间", 2),
    ]
    assert all("没有这个日期" in p.message.zh for p in ledger.faults)
