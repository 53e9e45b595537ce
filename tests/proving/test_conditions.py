"""An expression with one change, and whether two say the same."""

from collections.abc import Iterable
from itertools import product

import pytest

from checker import library
from checker.bilingual import Bilingual
from checker.expression import Compiler, Scope, evaluate, evaluate_partly
from checker.expression.tree import decode
from checker.expression.writing import written
from checker.facts import Field, Vocabulary
from checker.location import Location
from checker.proving.conditions import changes
from checker.proving.equivalence import Known, canonical, same
from checker.ruleset import Expression

_TYPES = {"n": "count", "m": "count", "d": "date", "f": "flag", "g": "flag", "fee": "amount", "s": "text"}
_CHOICES = {"s": ("甲", "乙", "丙")}
FIELDS = {
    name: Field(name, type_, Bilingual(name, name), choices=_CHOICES.get(name, ()))  # type: ignore[arg-type]
    for name, type_ in _TYPES.items()
}
SCOPE = Scope(Vocabulary(FIELDS, {}))
KNOWN = Known(SCOPE, {"n": 0, "m": 0})
COMPILER = Compiler([SCOPE])


def checked(source: str) -> Expression:
    return COMPILER.check(source, SCOPE, Location("rule.yaml", 1, 1))


def changed(source: str) -> list[str]:
    return [written(change.root) for change in changes(checked(source).compiled.root, SCOPE)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("n >= 3", ["n > 3", "n == 3", "n >= 2", "n >= 4"]),
        ("n == m", ["n <= m", "n >= m"]),
        ("fee > 0", ["fee >= 0", "fee != 0", "fee > yuan(-1)", "fee > yuan(1)"]),
        ("f", ["!f"]),
        ("!f", ["f"]),
        ("f && g", ["f", "g", "f || g"]),
        ("f || !g", ["f", "!g", "f && !g"]),
        ('s == "丙"', ['s != "丙"', 's == "甲"']),
        (
            's in ["甲", "乙"]',
            ['s in ["乙"]', 's in ["甲"]', 's in ["甲", "乙", "丙"]', '!(s in ["甲", "乙"])'],
        ),
        ("n + m > 2", ["n + m >= 2", "n + m != 2", "n - m > 2", "n + m > 1", "n + m > 3"]),
        ("f ? g : f", ["g", "f", "!(f ? g : f)"]),
        (
            "d <= date(2024, 12, 31)",
            [
                "d < date(2024, 12, 31)",
                "d == date(2024, 12, 31)",
                "d <= date(2024, 12, 30)",
                "d <= date(2025, 1, 1)",
            ],
        ),
        (
            "d < date(n, 1, 1)",
            ["d <= date(n, 1, 1)", "d != date(n, 1, 1)", "d < date(n - 1, 12, 31)", "d < date(n, 1, 2)"],
        ),
        (
            "[f, g].all(x, x)",
            ["[f, g].exists(x, x)", "![f, g].all(x, x)", "[g].all(x, x)", "[f].all(x, x)"],
        ),
        ('s.endsWith("甲")', ['s.contains("甲")', '!s.endsWith("甲")', 's.endsWith("乙")']),
    ],
)
def test_what_is_changed(source: str, expected: list[str]) -> None:
    assert sorted(changed(source)) == sorted(expected)


def test_a_change_is_shown_as_the_condition_it_is_in() -> None:
    source = "f && (n + m >= 3 || g)"
    told = {(c.before, c.after) for c in changes(checked(source).compiled.placed_root(), SCOPE)}
    assert ("n + m >= 3", "n + m >= 4") in told
    assert ("n + m >= 3", "n - m >= 3") in told
    assert ("f", "") in told
    places = {c.before: c.position for c in changes(checked(source).compiled.placed_root(), SCOPE)}
    assert source[places["n + m >= 3 || g"] :].startswith("||")


def test_every_expression_of_the_library_is_written_back_as_it_is() -> None:
    expressions = [
        expression
        for rule in library.load_rules().values()
        for expression in (rule.when, rule.where, rule.assertion, *(m.where for m in rule.measures))
        if expression is not None
    ]
    compiler = Compiler(e.compiled.scope for e in expressions)
    for expression in expressions:
        scope: Scope = expression.compiled.scope
        again = compiler.check(written(expression.compiled.root), scope, expression.place)
        assert canonical(again.compiled.root, scope) == canonical(expression.compiled.root, scope)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("n > 2", "n >= 3", True),
        ("n > 0", "n != 0", True),
        ("n == 0", "n <= 0", True),
        ("n >= 1", "n == 1", False),
        ("fee > 0", "fee != 0", False),
        ("f && (f || g)", "f && (g || f)", True),
        ("f && (f || g)", "f && (f && g)", False),
        ("!(n < m)", "m <= n", True),
        ('s != "甲"', 's in ["乙", "丙"]', True),
        ('s != "甲"', 's == "乙"', False),
        ("d > date(2024, 1, 31)", "d >= date(2024, 2, 1)", True),
        ("d > date(2024, 1, 31)", "d >= date(2024, 2, 2)", False),
        ("f || !f", "f || !f || g", False),
    ],
)
def test_whether_two_say_the_same(first: str, second: str, alike: bool) -> None:
    trees = [checked(source).compiled.root for source in (first, second)]
    assert same(trees[0], trees[1], KNOWN) is alike


def test_what_is_given_counts() -> None:
    given, before, after = (checked(s).compiled.root for s in ("n > 0", "n <= 1", "n == 1"))
    assert not same(before, after, KNOWN)
    assert same(before, after, KNOWN, given)
    assert not same(before, after, KNOWN, given, partly=True)


def test_a_name_never_above_another() -> None:
    known = Known(SCOPE, {}, frozenset([("n", "m")]))
    before, after = (checked(s).compiled.root for s in ("n == m", "n >= m"))
    assert same(before, after, known)
    assert not same(before, after, KNOWN)


@pytest.mark.parametrize(
    "source",
    [
        "f && n > 0 || g && n <= 2",
        "!(f || n == m) && n > 0",
        "n >= 1 && m >= 1 && n <= m",
        's in ["甲", "乙"] && (f || s == "甲")',
        "f ? n > 0 : m == 0",
    ],
)
def test_what_is_proved_to_be_the_same_is_the_same_on_all_values(source: str) -> None:
    """Also where values are missing."""
    original = checked(source)
    proved = [
        written(c.root)
        for c in changes(original.compiled.root, SCOPE)
        if same(original.compiled.root, c.root, KNOWN, partly=True)
    ]
    for other in map(checked, [*proved, source]):
        for values in all_values(original.reads):
            assert evaluate_partly(original, values) is evaluate_partly(other, values), other.source
            if len(values) == len(original.reads):
                assert evaluate(original, values) is evaluate(other, values), other.source


def all_values(names: Iterable[str]) -> Iterable[dict[str, int | bool | str]]:
    possible = {
        "n": (0, 1, 2, 3),
        "m": (0, 1, 2, 3),
        "f": (True, False),
        "g": (True, False),
        "s": _CHOICES["s"],
    }
    chosen = tuple(names)
    for values in product(*((*possible[name], None) for name in chosen)):
        yield {name: value for name, value in zip(chosen, values, strict=True) if value is not None}


def test_the_decoded_tree_has_places() -> None:
    program = checked("n >= 3").compiled
    assert decode(program.executable.serialize()) == program.placed_root()
