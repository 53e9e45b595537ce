"""Facts written as YAML: every kind of value, and every mistake."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.facts import Absent, Collection, Fact, Facts, Field, FieldType, Kind, Vocabulary
from checker.facts_yaml import facts_from_yaml
from checker.yaml_text import parse


def field(name: str, type: FieldType, scale: int = 1) -> Field:
    return Field(name, type, Bilingual(name, name), None, scale)


VOCABULARY = Vocabulary(
    {
        f.name: f
        for f in (
            field("report.year", "number"),
            field("report.title", "text"),
            field("report.text", "prose"),
            field("report.stated_on", "date"),
            field("preamble.present", "flag"),
            field("disclosure.fees", "amount", 1_000_000),
        )
    },
    {
        "sections": Collection(
            "sections",
            "section",
            Bilingual("部分", "section"),
            (field("number", "number"), field("present", "flag"), field("heading", "text")),
        ),
        "disclosure.documents": Collection(
            "disclosure.documents", "row", Bilingual("行", "row"), (field("made", "count"),)
        ),
    },
)


def facts(text: str) -> Facts:
    return facts_from_yaml(parse(text, "case.yaml").data, VOCABULARY)


def said(fact: Fact) -> tuple[Kind, Any]:
    return fact.kind, fact.value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12", (Kind.NUMBER, Decimal(12))),
        ('"12"', (Kind.NUMBER, Decimal(12))),
        ("0", (Kind.NUMBER, Decimal(0))),
        ("-3", (Kind.NUMBER, Decimal(-3))),
        ("106.99516", (Kind.NUMBER, Decimal("106.99516"))),
        ('""', (Kind.BLANK, None)),
        ("/", (Kind.SLASH, None)),
        ('"-"', (Kind.SLASH, None)),
        ("—", (Kind.SLASH, None)),
        ('"?"', (Kind.UNREADABLE, None)),
        ("无", (Kind.TEXT, "无")),
        ("12件", (Kind.TEXT, "12件")),
    ],
)
def test_numbers_and_amounts(written: str, expected: tuple[Kind, Any]) -> None:
    found = facts(f"report.year: {written}\ndisclosure: {{fees: {written}}}")
    assert said(found.fields["report.year"]) == expected
    assert said(found.fields["disclosure.fees"]) == expected


def test_other_scalars() -> None:
    found = facts(
        "report: {title: 2024 年报, text: 正文?, stated_on: 2024-01-31}\npreamble.present: true\n"
    ).fields
    assert said(found["report.title"]) == (Kind.TEXT, "2024 年报")
    assert said(found["report.text"]) == (Kind.TEXT, "正文?")
    assert said(found["report.stated_on"]) == (Kind.DATE, date(2024, 1, 31))
    assert said(found["preamble.present"]) == (Kind.FLAG, True)
    assert said(found["report.year"]) == (Kind.MISSING, None)
    assert said(facts('preamble.present: "?"').fields["preamble.present"]) == (Kind.UNREADABLE, None)


def test_records() -> None:
    found = facts(
        "sections:\n  - {key: one, label: 一、总体情况, number: 1, present: false}\n  - {heading: 二}\n"
        "disclosure: {documents: [{key: regulations, made: ''}]}"
    )
    one, second = found.records("sections")
    assert (one.key, one.label.zh, said(one.fields["present"])) == (
        "one",
        "一、总体情况",
        (Kind.FLAG, False),
    )
    assert said(one.fields["heading"]) == (Kind.MISSING, None)
    assert (second.key, second.label) == ("2", Bilingual("2", "2"))
    (documents,) = found.records("disclosure.documents")
    assert (documents.label.zh, documents.fields["made"].kind) == ("regulations", Kind.BLANK)


def test_collections_left_out_are_empty_and_missing_ones_absent() -> None:
    found = facts("sections: missing")
    assert isinstance(found.collections["sections"], Absent)
    assert found.collections["disclosure.documents"] == ()


def test_last_year() -> None:
    found = facts("report.year: 2024\nprevious:\n  report: {year: 2023}\n  sections: [{number: 1}]")
    assert found.previous is not None
    assert said(found.previous.fields["report.year"]) == (Kind.NUMBER, Decimal(2023))
    assert len(found.previous.records("sections")) == 1
    assert facts("report.year: 2024").previous is None


def test_data_from_other_loaders() -> None:
    given = {"report.year": 2024, "preamble.present": True, "report": {"stated_on": date(2024, 1, 31)}}
    found = facts_from_yaml(given, VOCABULARY).fields
    assert said(found["report.year"]) == (Kind.NUMBER, Decimal(2024))
    assert said(found["preamble.present"]) == (Kind.FLAG, True)
    assert said(found["report.stated_on"]) == (Kind.DATE, date(2024, 1, 31))


@pytest.mark.parametrize(
    ("given", "code", "zh"),
    [
        ({"report.yaer": "1"}, "facts.unknown", "是否想写 report.year？"),
        ({"report": {"yaer": "1"}}, "facts.unknown", "是否想写 report.year？"),
        ({"sections": [{"headng": "1"}]}, "facts.unknown", "是否想写 heading？"),
        ({"sections": "none"}, "facts.shape", "记录的列表"),
        ({"sections": ["one"]}, "facts.shape", "字段: 值"),
        ({"preamble.present": "yes"}, "facts.flag", "true 或 false"),
        ({"report.stated_on": "2024年1月"}, "facts.date", "须是日期"),
        ({"disclosure.fees": 1.5}, "facts.value", "小数请加引号"),
        ({"report.title": ["a"]}, "facts.value", "须是一个值"),
        ({"previous": {"report.yaer": "1"}}, "facts.unknown", "previous.report.yaer"),
        (["report.year"], "facts.shape", "名称: 值"),
    ],
)
def test_mistakes(given: Any, code: str, zh: str) -> None:
    with pytest.raises(InputError) as caught:
        facts_from_yaml(given, VOCABULARY)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert zh in problem.message.zh


def test_all_mistakes_at_once_with_their_places() -> None:
    text = parse("report.yaer: 1\nsections:\n  - {present: maybe}\n", "case.yaml")
    with pytest.raises(InputError) as caught:
        facts_from_yaml(text.data, VOCABULARY, text.place)
    assert [(p.location.line, p.location.character) for p in caught.value.problems if p.location] == [
        (1, 14),
        (3, 15),
    ]
