"""Where CEL, Python and SQL part ways: whole rules over evidence files, with the answers written down."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("duckdb")

from checker import evaluation, ledgers, measures
from checker.facts import Facts, count
from checker.finding import Finding
from checker.large_ledgers import Store, executor
from checker.ledger import LedgerKind
from checker.ruleset import Rule
from checker.ruleset_yaml import load_rule
from tests.large_ledgers.generating import HEAD
from tests.large_ledgers.some_kinds import KINDS, VOCABULARY

THINGS, PARTS = KINDS[:2]
MESSAGE = "message: {zh: 错, en: wrong}\n"
Tried = Callable[..., dict[str, str]]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """What a rule says of each thing, by its number, in the same words whoever decides.

    things, parts: the cells of a ledger under the columns named in the first line.
    """

    def made(body: str, things: str, parts: str = "") -> dict[str, str]:
        path = tmp_path / "rule.yaml"
        path.write_text(MESSAGE + HEAD + body + "\n", encoding="utf-8")
        rule = load_rule(path, tmp_path, VOCABULARY, measures.signatures())
        files = []
        for kind, text in ((THINGS, things), (PARTS, parts)):
            if text:
                file = tmp_path / f"{kind.id}.csv"
                file.write_text(text, encoding="utf-8")
                files.append((kind, file))
        expected = None
        for found in _ways(rule, files):
            expected = expected or found
            assert found == expected
        assert expected is not None
        if expected.reason is not None and not expected.occurrences:
            return {"": str(expected.outcome)}
        return {o.key: str(o.outcome) for o in expected.occurrences}

    return made


def _ways(rule: Rule, files: list[tuple[LedgerKind, Path]]) -> Iterator[Finding]:
    """The reference, SQL over rows in memory, SQL over rows that DuckDB has read."""
    for reader in (ledgers.read, Store(smallest=0).read):
        by_kind = {kind.id: [reader(kind, file, file.name)] for kind, file in files}
        facts = Facts({"report.year": count(2024)}, ledgers.collections(by_kind))
        [found] = evaluation.evaluate([rule], facts, VOCABULARY, [rule.id])
        yield found
        short = evaluation.apply(rule, facts, VOCABULARY)
        with executor([rule], facts, VOCABULARY, 0) as large:
            assert large is not None
            assert evaluation.evaluate([rule], facts, VOCABULARY, (), large) == (short,)
            assert not [why for why in large.left.values() if ": " in why]


def answers(expected: str) -> dict[str, str]:
    """Keys of things with their outcome: "T1 pass, T2 fail"."""
    return dict(pair.split() for pair in expected.split(", ")) if expected else {}


@pytest.mark.parametrize(
    ("assertion", "cells", "expected"),
    [
        ("-(-order) == order", "1", "pass"),
        ("-(-1) == 1 && order == 1", "1", "pass"),
        ("order - -1 == 2", "1", "pass"),
        ("order == 1", "NaN", "unknown"),
        ("order != 1", "inf", "unknown"),
        ("order != 1", "1e3", "unknown"),
        ("order == order", "", "unknown"),
        ("order >= 0", "10000000000000000", "pass"),
        ("order >= 0", "10000000000000001", "unknown"),
        ("order >= 0", "9223372036854775808", "unknown"),
        ("order * 9223372036854775807 > 0", "1", "pass"),
        ("order + 9223372036854775807 > 0", "-1", "pass"),
        ("order * order > 0", "10000000000000000", "unknown"),
        ("order * order * order > 0", "1000000", "pass"),
        ("order > 0 || order * order > 0", "10000000000000000", "pass"),
        ("order < 0 && order * order > 0", "10000000000000000", "fail"),
        ("[order, order * order].exists(each, each == order)", "10000000000000000", "unknown"),
        ("order in [order * order, order]", "10000000000000000", "unknown"),
        ("abs(order) == 1", "-1", "pass"),
        ("sum([order, order, order]) == 3", "1", "pass"),
        ("text == 1", "1", "pass"),
    ],
)
def test_whole_numbers(tried: Tried, assertion: str, cells: str, expected: str) -> None:
    names = "text" if assertion.startswith("text") else "order"
    found = tried(f"each: things\nassert: '{assertion}'", f"thing,{names}\nT1,{cells}\n")
    assert found == {"T1": expected}


@pytest.mark.parametrize(
    ("assertion", "cells", "expected"),
    [
        ("money == yuan(1)", "1.00", "pass"),
        ("money > yuan(0)", "0.005", "unknown"),
        ("money > yuan(0)", "NaN", "unknown"),
        ("wan == wan_yuan(1)", "1", "pass"),
        ("wan == yuan(10000)", "1万元", "pass"),
        ("money + wan > yuan(0)", "100000000000000,0", "pass"),
        ("money + wan > yuan(0)", "100000000000001,0", "unknown"),
        ("money - money == yuan(0)", "-0", "pass"),
    ],
)
def test_money(tried: Tried, assertion: str, cells: str, expected: str) -> None:
    head = "thing,money,wan" if "+" in assertion else f"thing,{assertion.split()[0]}"
    assert tried(f"each: things\nassert: '{assertion}'", f"{head}\nT1,{cells}\n") == {"T1": expected}


@pytest.mark.parametrize(
    ("assertion", "cell", "expected"),
    [
        ("start > date(2, 1, 1)", "0001-01-01", "unknown"),
        ("start > date(2, 1, 1)", "1899-12-31", "unknown"),
        ("start > date(2, 1, 1)", "1900-01-01", "pass"),
        ("start < date(9999, 12, 31)", "2199-12-31", "pass"),
        ("start < date(9999, 12, 31)", "2200-01-01", "unknown"),
        ("start < date(9999, 12, 31)", "9999-12-31", "unknown"),
        ("start < date(9999, 12, 31)", "10000-01-01", "unknown"),
        ("start < date(9999, 12, 31)", "infinity", "unknown"),
        ("start < date(9999, 12, 31)", "2024-02-30", "unknown"),
        ("start < date(9999, 12, 31)", "2024-02-29 ", "pass"),
        ("start < date(9999, 12, 31)", "2024-02-29 (BC)", "unknown"),
        ("at < done", "2024-02-01 24:00", "unknown"),
        ("at < done", "2024-02-01 23:59:60", "unknown"),
        ("at < done", "2024-02-01 10:00+08:00", "unknown"),
        ("at < done", "2024-02-01 10:00:00.5", "unknown"),
        ("at < done", "2024-02-02 09:59:59", "pass"),
        ("at < done", "2024-02-02", "fail"),
        ("at <= done", "2024-02-02", "pass"),
        ("at <= done", "1900-01-01 00:00:00", "pass"),
        ("at <= done", "epoch", "unknown"),
    ],
)
def test_days_and_moments(tried: Tried, assertion: str, cell: str, expected: str) -> None:
    head = "thing,at,done" if assertion.startswith("at") else "thing,start,done"
    found = tried(f"each: things\nassert: {assertion}", f"{head}\nT1,{cell},2024-02-02 10:00\n")
    assert found == {"T1": expected}


def test_a_date_made_of_numbers_is_none_where_there_is_no_such_day(tried: Tried) -> None:
    body = "each: things\nassert: '{}date(2024, order, 31) < start'"
    things = "thing,order,start\nT1,1,2024-03-01\nT2,3,2024-03-01\n"
    assert tried(body.format("order > 2 || "), things) == {"T1": "pass", "T2": "pass"}
    assert tried(body.format(""), things) == {"T1": "pass", "T2": "fail"}
    assert tried(body.format(""), things + "T3,2,2024-03-01\n") == {"": "error"}


@pytest.mark.parametrize(
    ("assertion", "expected"),
    [
        ("ok ? n == 1 : n == 2", "T1 pass, T2 fail, T3 unknown"),
        ("ok || n == 2", "T1 pass, T2 fail, T3 unknown"),
        ("has_ok ? n == 1 : n == 2", "T1 pass, T2 pass, T3 fail"),
        ("!has_ok || n == 2", "T1 fail, T2 fail, T3 pass"),
    ],
)
def test_a_choice_on_what_is_missing_is_no_verdict(tried: Tried, assertion: str, expected: str) -> None:
    things = "thing,ok,n\nT1,是,1\nT2,否,1\nT3,,1\n"
    assert tried(f"each: things\nassert: '{assertion}'", things) == answers(expected)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("ok", "T1 pass, T3 unknown, T4 unknown"),
        ("ok || n == 1", "T1 pass, T2 pass, T3 pass, T4 pass"),
        ("ok && n == 2", ""),
        ("!ok", "T2 pass, T3 unknown, T4 unknown"),
        ("has_ok", "T1 pass, T2 pass, T4 pass"),
        ("ok ? n == 1 : n == 2", "T1 pass, T3 unknown, T4 unknown"),
    ],
)
def test_where_decides_by_what_is_known(tried: Tried, where: str, expected: str) -> None:
    things = "thing,ok,n\nT1,是,1\nT2,否,1\nT3,,1\nT4,也许,1\n"
    found = tried(f"each: things\nwhere: '{where}'\nassert: n == 1", things)
    assert found == (answers(expected) or {"": "not_applicable"})


def test_no_member_no_share_and_no_division_by_zero(tried: Tried) -> None:
    body = "each: things\nmeasures: {m: {share: parts.ok}}\nassert: m >= 0"
    parts = "part,thing,ok\nP1,T1,是\nP2,T1,否\n"
    assert tried(body, "thing\nT1\nT2\n", parts) == {"T1": "pass", "T2": "unknown"}


def test_a_ratio_of_nothing_does_not_apply(tried: Tried) -> None:
    body = "each: things\ndegree: {part: n, whole: order}"
    things = "thing,n,order\nT1,0,0\nT2,1,0\nT3,1,2\nT4,2,2\nT5,,0\n"
    assert tried(body, things) == {"T2": "unknown", "T3": "fail", "T4": "pass", "T5": "unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "\\'--",
        "'; DROP TABLE x; --",
        "/* */",
        "$p0",
        "$$",
        "{0}",
        "%",
        "\u202e甲",
        "x'--",
        "NULL",
        "甲\n乙",
    ],
)
def test_hostile_texts_are_texts(tried: Tried, text: str) -> None:
    cell = '"' + text.replace('"', '""') + '"'
    written = text.replace("\\", "\\\\").replace("\n", "\\n").replace("'", "''")
    things = f"thing,who,select\nT1,{cell},{cell}\nT2,甲,{cell}\n"
    for asked in (
        f'who == "{written}"',
        f'who in ["{written}"]',
        f'who.contains("{written}")',
        "who == select",
    ):
        assert tried(f"each: things\nassert: '{asked}'", things) == {"T1": "pass", "T2": "fail"}
    parts = f"part,thing,who\nP1,T1,{cell}\nP2,T2,{cell}\n"
    body = "each: things\nmeasures: {m: {count: parts, match: [who]}}\nassert: m == 2"
    assert tried(body, things, parts) == {"T1": "pass", "T2": "fail"}


def test_names_that_sql_reserves(tried: Tried) -> None:
    """Columns called select, order, text, own, their, at, row, line; measures called group, rows, a0, hit."""
    body = """\
each: things
measures:
  group: {count: parts, where: 'select == "x" && own && their >= date(2024, 1, 1)'}
  rows: {sum: parts.text, match: [select]}
  a0: {max: parts.order}
  hit: {min: parts.at}
where: select != "y" || text > 0
assert: group == 1 && rows == 3 && row == 7 && line != "1" && a0 == order && hit <= at
"""
    things = "thing,select,order,text,at,row,line\nT1,x,2,1,2024-02-01 10:00,7,甲\n"
    things += "T2,x,3,1,2024-02-01 10:00,7,甲\nT3,y,1,0,2024-02-01,7,甲\n"
    parts = "part,thing,select,own,their,text,order,at\n"
    parts += "P1,T1,x,是,2024-02-01,1,2,2024-02-01 09:00\nP2,T2,x,是,2024-02-01,2,1,2024-02-01 09:00\n"
    assert tried(body, things, parts) == {"T1": "pass", "T2": "fail"}


def test_a_sum_beyond_what_is_counted_with(tried: Tried) -> None:
    body = "each: things\nmeasures: {m: {sum: parts.order}}\nassert: m > 0"
    parts = "part,thing,order\n" + "".join(f"P{n},T1,10000000000000000\n" for n in range(2))
    assert tried(body, "thing\nT1\n", parts) == {"T1": "unknown"}
    parts += "P3,T1,-10000000000000000\n"
    assert tried(body, "thing\nT1\n", parts) == {"T1": "pass"}
    parts = "part,thing,order\n" + "".join(f"P{n},T1,9999999999999999\n" for n in range(3_000))
    assert tried(body, "thing\nT1\n", parts) == {"T1": "unknown"}


@pytest.mark.parametrize(
    ("blank", "expected"),
    [
        ("", "T1 pass, T2 unknown, T3 unknown, T4 unknown"),
        (", blank: zero", "T1 pass, T2 pass, T3 unknown, T4 pass"),
    ],
)
def test_a_year_without_a_calendar_and_a_blank(tried: Tried, blank: str, expected: str) -> None:
    body = f"each: things\nmeasures: {{m: {{workdays: start, to: stop{blank}}}}}\nassert: m <= 1"
    things = "thing,start,stop\nT1,2024-02-09,2024-02-18\nT2,,2024-02-18\n"
    things += "T3,2026-12-31,2027-01-04\nT4,/,2027-01-04\n"
    assert tried(body, things) == answers(expected)


def test_a_key_that_cannot_be_read_may_be_anyones(tried: Tried) -> None:
    body = "each: things\nmeasures: {m: {count: parts, match: {order: order}}}\nassert: m == 1"
    things = "thing,order\nT1,1\nT2,2\nT3,\n"
    parts = "part,order\nP1,1\nP2,\nP3,/\n"
    assert tried(body, things, parts) == {"T1": "pass", "T2": "fail", "T3": "unknown"}
    assert tried(body, things, parts + "P4,x\n") == {"T1": "unknown", "T2": "unknown", "T3": "unknown"}
