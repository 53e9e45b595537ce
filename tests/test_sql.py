"""Expressions printed as SQL mean what cel-cpp says they mean."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("duckdb")

from checker.bilingual import Bilingual
from checker.errors import EngineError
from checker.evaluation.operands import LARGEST
from checker.expression import Scope, check, evaluate
from checker.expression.sql import Operand, Parameters, condition, quoted
from checker.expression.sql import whole as spelt
from checker.facts import Field, Vocabulary
from checker.large_ledgers.database import Database
from checker.location import Location

FIELDS = {
    "n": "count",
    "m": "number",
    "fee": "amount",
    "name": "text",
    "ok": "flag",
    "d": "date",
    "t": "moment",
}
SCOPE = Scope.of(
    Vocabulary({n: Field(n, t, Bilingual(n, n)) for n, t in FIELDS.items()}, {})  # type: ignore[arg-type]
)
VALUES: Mapping[str, Any] = {
    "n": 3,
    "m": -1,
    "fee": 250,
    "name": "甲乙",
    "ok": True,
    "d": datetime(2024, 2, 1, tzinfo=UTC),
    "t": datetime(2024, 2, 1, 10, 30, tzinfo=UTC),
}
HOSTILE = (
    "'",
    '"',
    "--",
    "/*",
    "*/",
    "\0",
    "$$",
    "$p0",
    ";",
    "\\",
    "\u202e",
    "%",
    "甲",
    "a",
    "\n",
    "x'",
    "E'",
)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    found = Database(threads=1)
    yield found
    found.close()


def asked(database: Database, source: str, missing: tuple[str, ...] = ()) -> Any:
    """What SQL makes of a condition over VALUES, some of them missing."""
    bound = Parameters()
    operands: dict[str, Operand] = {}
    for name, kind in FIELDS.items():
        value = VALUES[name]
        if isinstance(value, datetime):
            value = value.date() if kind == "date" else value.replace(tzinfo=None)
        text = bound.bind(None if name in missing else value, kind)
        whole = kind in ("count", "number", "amount")
        operands[name] = Operand(kind, text, span=(-LARGEST, LARGEST)) if whole else Operand(kind, text)
    expression = check(source, SCOPE, Location("rule.yaml", line=1, character=1))
    text = condition(expression, operands, bound)
    used = {n: v for n, v in bound.values.items() if f"${n} " in text or f"${n})" in text}
    [(found,)] = database.ask(f"SELECT {text}", used)
    return found


def reference(source: str) -> bool | None:
    expression = check(source, SCOPE, Location("rule.yaml", line=1, character=1))
    try:
        return evaluate(expression, VALUES)
    except EngineError:
        return None


@pytest.mark.parametrize(
    "source",
    [
        "-(-1) == 1",
        "-(-n) == n",
        "-(-9223372036854775808) > 0",
        "n - -1 == 4",
        "abs(m) == 1 && n - m == 4",
        "sum([n, m, 2]) == 4",
        "n * 9223372036854775807 > 0",
        "n + 9223372036854775807 > 0",
        "false && n * 9223372036854775807 > 0",
        "-9223372036854775808 < m",
        "abs(-9223372036854775808) > 0",
        "100000 * 100000 == 10000000000",
        "yuan(2) < fee && fee < yuan(3)",
        "wan_yuan(n) == yuan(30000)",
        "fee * n - fee == fee * 2",
        "date(2024, n, 1) > d",
        "date(2024, 13, n) > d",
        "date(m, n, 1) > d",
        "date(m + 2, 1, 1) < d",
        "date(n - 1, 1, 1) < d",
        "day(t) == d",
        "days(d, date(2024, 3, 1)) == 29",
        "days(t, t) == 0",
        "name.contains('甲') && name.startsWith('甲') && name.endsWith('乙')",
        "name.contains('')",
        "n in [1, 2, n]",
        "n in [1, n * 9223372036854775807, 3]",
        "[n, m].all(each, each > -2)",
        "[n, n * 9223372036854775807].exists(each, each == 3)",
        "[n, m].exists(each, each == 4)",
        "(ok ? n : m) == 3",
        "ok ? name == '甲乙' : false",
        "!(ok && n == 3)",
        "ok == (n > m)",
    ],
)
def test_as_cel_has_it(database: Database, source: str) -> None:
    assert asked(database, source) is reference(source)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("ok ? n == 3 : n == 4", None),
        ("ok || n == 3", True),
        ("ok && n == 4", False),
        ("ok && n == 3", None),
        ("!ok", None),
        ("n == 3 || [1, 3].exists(each, each == m)", True),
    ],
)
def test_what_is_missing_is_neither(database: Database, source: str, found: bool | None) -> None:
    assert asked(database, source, ("ok", "m")) is found


def test_a_list_with_a_gap_is_no_list(database: Database) -> None:
    assert asked(database, "n in [n, m]", ("m",)) is None
    assert asked(database, "[n, m].exists(each, each == 3)", ("m",)) is None


def test_hostile_texts_stay_texts(database: Database) -> None:
    random = Random(7)
    for _ in range(3_000):
        text = "".join(random.choice(HOSTILE) for _ in range(random.randint(1, 8)))
        bound = Parameters()
        [(same, back)] = database.ask(
            f"SELECT {bound.bind(text, 'text')} = $q, $q", {"q": text, **bound.values}
        )
        assert same and back == text


def test_no_text_of_a_rule_is_printed() -> None:
    bound = Parameters()
    operands = {"name": Operand("text", '"v.name"')}
    source = """name == "'; DROP TABLE x; --" || name in ["$p0", "/*"]"""
    text = condition(check(source, SCOPE, Location("r", line=1, character=1)), operands, bound)
    assert "DROP" not in text and "/*" not in text and "--" not in text
    assert list(bound.values.values()) == ["'; DROP TABLE x; --", "$p0", "/*"]


def test_names_and_numbers_are_spelt_safely(database: Database) -> None:
    for name in ("select", "at", 'a"b', "x; --", "甲 乙", "group"):
        [(found,)] = database.ask(f"SELECT {quoted(name)} FROM (SELECT 1 AS {quoted(name)})")
        assert found == 1
    for number in (-(1 << 63), (1 << 63) - 1, 0, -1):
        assert database.ask(f"SELECT - ({spelt(number)})" if number == -1 else f"SELECT {spelt(number)}") == [
            (1 if number == -1 else number,)
        ]


def test_division_is_no_part_of_the_language(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="/|percent|比例") as caught:
        check("n / m == 1", SCOPE, Location("rule.yaml", line=1, character=1))
    assert caught.type.__name__ == "RulesetError"
