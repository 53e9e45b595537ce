"""What one separate cell says."""

from decimal import Decimal

import pytest

from checker.facts import Kind
from checker.forms.template import DECISIONS, FEES, TRIAL_DISCLOSURE, Column
from checker.forms.values import looks_like_value, read_cell
from checker.location import Location

HERE = Location("report")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        (" 151 ", "151"),
        ("１２，８７５", "12875"),
        ("3,771", "3771"),
        ("3\u00a0771", "3771"),
        ("3\u2009771", "3771"),
        ("1,234,567", "1234567"),
        ("-15", "-15"),
        ("—15", "-15"),
        ("+62", "62"),
        ("＋62", "62"),
        ("12件", "12"),
        ("106.99516", "106.99516"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    fact = read_cell(text, DECISIONS, HERE)
    assert (fact.kind, fact.value) == (Kind.NUMBER, Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [("251000元", "25.1"), ("7,380.5元", "0.73805"), ("12.5万元", "12.5"), ("12.5", "12.5")],
)
def test_money_in_a_column_without_a_unit_may_name_its_own(text: str, value: str) -> None:
    procured = TRIAL_DISCLOSURE.row("procurement").columns[-1]
    fact = read_cell(text, procured, HERE)
    assert (fact.kind, fact.value) == (Kind.NUMBER, Decimal(value))


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u00a0", "\n"])
def test_blank_is_not_zero(text: str) -> None:
    assert read_cell(text, DECISIONS, HERE).kind is Kind.BLANK


@pytest.mark.parametrize("text", ["/", "／", "-", "—", "——", "－", "不适用", " — ", "N/A"])
def test_slashes(text: str) -> None:
    assert read_cell(text, DECISIONS, HERE).kind is Kind.SLASH


@pytest.mark.parametrize("text", ["无", "详见附件", "约30", "三", "12%", "12万元", "1.2.3号"])
def test_text(text: str) -> None:
    assert read_cell(text, DECISIONS, HERE).kind is Kind.TEXT


def test_a_number_with_a_remark_is_text_that_names_the_number() -> None:
    fact = read_cell("22（其中修订16件）", DECISIONS, HERE)
    assert (fact.kind, fact.value) == (Kind.TEXT, "22（其中修订16件）")
    assert fact.note is not None and "22" in fact.note.zh and "22" in fact.note.en


@pytest.mark.parametrize("text", ["000", "007", "3 771", "0 0 0", "12,34", "1.", "9" * 13, "9" * 5000])
def test_unreadable_with_a_reason(text: str) -> None:
    fact = read_cell(text, DECISIONS, HERE)
    assert (fact.kind, fact.value, fact.text) == (Kind.UNREADABLE, None, text)
    assert fact.note is not None


@pytest.mark.parametrize(("column", "kind"), [(FEES, Kind.NUMBER), (DECISIONS, Kind.TEXT)])
def test_only_the_columns_own_unit_may_follow(column: Column, kind: Kind) -> None:
    assert read_cell("7545万元", column, HERE).kind is kind
    assert read_cell("7545元", column, HERE).kind is Kind.TEXT


def test_money_keeps_its_digits_as_written() -> None:
    assert str(read_cell("１，０００.50", FEES, HERE).value) == "1000.50"


@pytest.mark.parametrize("text", ["0", "/", "—", "3,771", "22（其中修订16件）", "12件"])
def test_figures_look_like_values(text: str) -> None:
    assert looks_like_value(text)


@pytest.mark.parametrize(
    "text", ["", "规章", "3.其他", "2、重复申请", "2重复申请", "（一）予以公开", "2024年", "无"]
)
def test_labels_do_not(text: str) -> None:
    assert not looks_like_value(text)


@pytest.mark.parametrize("text", ["12\ufffd", "\ufffd", "\ue0003", "\U000f0001"])
def test_what_the_font_does_not_tell_is_no_number(text: str) -> None:
    fact = read_cell(text, DECISIONS, HERE)
    assert (fact.kind, fact.value) == (Kind.UNREADABLE, None)
    assert looks_like_value(text)


def test_a_label_with_an_unread_character_stays_a_label() -> None:
    assert not looks_like_value("1.属于国家\ufffd密")
