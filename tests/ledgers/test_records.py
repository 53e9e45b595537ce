"""Records and facts made on demand behave as those made at once."""

import pickle
import random
from datetime import date

import pytest

from checker.facts import Fact, Facts, Kind, Record
from checker.location import Location
from tests.ledgers.conftest import Read

TEXT = "编号,主题,形式,日期,人数\nP1,题,讲座,2024-03-05,12\nP2,/,座谈,,\n"


def test_a_record_is_a_mapping_of_facts(read: Read) -> None:
    ledger = read("trainings", TEXT)
    first, second = ledger.records
    assert isinstance(first, Record)
    fields = first.fields
    columns = [column.name for column in ledger.kind.columns]
    assert list(fields) == [*columns, *(f"has_{name}" for name in columns)]
    assert len(fields) == 2 * len(columns)
    assert fields["held_on"] == Fact(
        Kind.DATE,
        date(2024, 3, 5),
        "2024-03-05",
        (Location("evidence/ledger.csv", line=2, row="P1 题", column="日期", quote="2024-03-05"),),
    )
    assert Fact(Kind.TEXT) != fields["kind"] and fields["kind"] != Fact(Kind.TEXT)
    assert first.locations == (Location("evidence/ledger.csv", line=2, row="P1 题"),)
    assert "has_has_kind" not in fields and "nothing" not in fields
    with pytest.raises(KeyError):
        fields["has_nothing"]
    assert Facts({}, {"trainings": ledger.records}).records("trainings")[1] == second


def test_presence(read: Read) -> None:
    fields = read("trainings", TEXT).records[1].fields
    found = {
        name: (fields[f"has_{name}"].kind, fields[f"has_{name}"].value)
        for name in ("title", "kind", "held_on")
    }
    assert found == {"title": (Kind.FLAG, False), "kind": (Kind.FLAG, True), "held_on": (Kind.FLAG, False)}
    assert fields["kind"].kind is Kind.UNREADABLE
    absent = fields["has_evidence"]
    assert (absent.kind, absent.value) == (Kind.MISSING, None) and absent.note is not None
    assert fields["has_title"].locations == fields["title"].locations


def test_everything_pickles(read: Read) -> None:
    ledger = read("trainings", TEXT)
    again = pickle.loads(pickle.dumps(ledger))
    for one, other in zip(ledger.records, again.records, strict=True):
        assert (one.key, one.label, one.locations) == (other.key, other.label, other.locations)
        assert dict(one.fields) == dict(other.fields)
    fact = ledger.records[0].fields["held_on"]
    copy = pickle.loads(pickle.dumps(fact))
    assert type(copy) is Fact and copy == fact and hash(copy) == hash(fact)
    assert pickle.loads(pickle.dumps(ledger.records[1])).key == "P2"


def test_a_record_without_key_is_known_by_its_row(read: Read) -> None:
    ledger = read("trainings", TEXT.replace("P2", " "))
    assert [r.key for r in ledger.records] == ["P1", "3"]
    assert ledger.records[1].label.zh == "/"
    assert ledger.records[-1].key == "3" and len(ledger.records) == 2
    with pytest.raises(IndexError):
        ledger.records[2]


def test_rows_in_any_order_give_the_same_records(read: Read) -> None:
    head, *given = TEXT.splitlines(keepends=True)
    rows = [row.replace("P", f"P{n}") for n in range(9) for row in given]

    def values() -> dict[str, list[object]]:
        records = read("trainings", head + "".join(rows)).records
        return {r.key: [fact.value for fact in r.fields.values()] for r in records}

    expected = values()
    random.Random(3).shuffle(rows)
    assert values() == expected


def test_forty_thousand_rows_load_and_are_read(read: Read) -> None:
    rows = (
        f"A{n // 3},{'初复终'[n % 3]}审,某{n % 40},编辑,2024-{n % 12 + 1:02}-01 09:30,同意,通过,/,D{n}\n"
        for n in range(40_000)
    )
    text = "信息编号,环节,审校人,职务,完成时间,意见,结论,报请记录,归档号\n" + "".join(rows)
    names = ("item_id", "step", "done_at", "has_reviewer")
    ledger = read("reviews", text)
    values = [record.fields[name].value for record in ledger.records for name in names]
    assert (len(values), ledger.fault_count) == (160_000, 0)
