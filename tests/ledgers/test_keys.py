"""Keys compare as they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import ledgers
from checker.facts import Kind
from checker.ledgers import keys
from tests.ledgers.conftest import Read

ITEMS = "信息编号,标题,发布时间,栏目编号\n"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("A1 ", "A1"),
        ("\u3000A1", "A1"),
        ("Ａ１", "A1"),
        ("A 1", "A1"),
        ("A\u200b1", "A1"),
        ("\ufeffA1", "A1"),
        ("No：1", "No:1"),
        ("a1", "a1"),
        ("001", "001"),
        ("〔2024〕1号", "〔2024〕1号"),
        ("ｶﾅ—1", "ｶﾅ—1"),
    ],
)
def test_a_key_is_folded_and_shown_as_written(read: Read, written: str, key: str) -> None:
    (record,) = read("published_items", f"{ITEMS}{written},甲 乙事,2024-03-05,{written}\n").records
    assert record.key == key
    for name, column in (("item_id", "信息编号"), ("column_id", "栏目编号")):
        fact = record.fields[name]
        assert (fact.kind, fact.value) == (Kind.TEXT, key)
        (place,) = fact.locations
        assert (place.column, fact.text, place.quote) == (column, written, written)
    assert record.fields["title"].value == "甲 乙事"


def test_a_key_of_nothing_visible_is_blank_and_a_wide_slash_a_slash(read: Read) -> None:
    blank, slash = read("published_items", f"{ITEMS}\u200b,甲,2024-03-05,\n／,乙,2024-03-05,\n").records
    assert [r.fields["item_id"].kind for r in (blank, slash)] == [Kind.BLANK, Kind.SLASH]
    assert [r.key for r in (blank, slash)] == ["2", "3"]


def test_steps_of_one_sheet_and_titles_keep_folded_keys(read: Read) -> None:
    policies = read("policies", "编号,标题\nＰ 1,某办法实施意见\n")
    readings = read(
        "interpretations", "文件编号,标题,发布日期\nP1,别的,2024-03-05\n,《某办法实施意见》解读,2024-03-05\n"
    )
    found = ledgers.collections({"policies": [policies], "interpretations": [readings]})
    assert [r.key for r in found["policies"]] == ["P1"]
    assert [r.fields["doc_id"].value for r in found["interpretations"]] == ["P1", "P1"]
    assert found["policies"][0].fields["doc_id"].text == "Ｐ 1"


@given(st.text(max_size=12))
def test_folding_twice_is_folding_once_and_leaves_no_white_space(text: str) -> None:
    once = keys.fold(text)
    assert keys.fold(once) == once == "".join(once.split())
    assert keys.folded([text]) == ({} if once == text or text[:1] == "\0" else {0: once})
