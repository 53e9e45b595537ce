"""What is proved to be the same, and what only looks like it."""

import pytest

from checker import library
from checker.expression import Compiler, Scope
from checker.expression.tree import Node
from checker.location import Location
from checker.proving.equivalence import Known, same

BAND = "sum([fee_items - 10, fee_items > {} ? fee_items - {} : 0]) == 30"


@pytest.fixture(scope="module")
def scope() -> Scope:
    return Scope.of(library.vocabulary(), "applications", ())


def root(text: str, scope: Scope) -> Node:
    def locate(_: int) -> tuple[Location, None]:
        return Location("x.yaml", 1), None

    checked = Compiler([scope]).check(text, scope, Location("x.yaml", 1), locate)
    found: Node = checked.compiled.root
    return found


@pytest.mark.parametrize(
    ("before", "after", "proved"),
    [
        (BAND.format(30, 30), BAND.format("= 30", 30).replace("> =", ">="), True),
        (BAND.format(30, 30), BAND.format(29, 30), True),
        (BAND.format(30, 30), BAND.format(31, 30), False),
        (BAND.format(30, 30), BAND.format(30, 31), False),
        ("(fee_items > 3 ? fee_items : 3) == 9", "(fee_items >= 3 ? fee_items : 3) == 9", True),
        ("(fee_items > 3 ? fee_items : 4) == 9", "(fee_items >= 3 ? fee_items : 4) == 9", False),
        (
            "(fee_items < fee_pages ? fee_items : fee_pages) == 9",
            "(fee_items <= fee_pages ? fee_items : fee_pages) == 9",
            True,
        ),
        (
            "(fee_items < fee_pages ? fee_items : fee_pages + 1) == 9",
            "(fee_items <= fee_pages ? fee_items : fee_pages + 1) == 9",
            False,
        ),
        ("fee_items > 2", "fee_items >= 3", True),
        ("fee_items > 2", "fee_items >= 2", False),
        ("fee_items > 2 && fee_pages > 1", "fee_items >= 3 && fee_pages > 1", True),
    ],
)
def test_proofs(scope: Scope, before: str, after: str, proved: bool) -> None:
    assert same(root(before, scope), root(after, scope), Known(scope)) is proved
