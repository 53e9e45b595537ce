"""Placing cells with spans: whatever the spans say, cells stand inside the grid and apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.readers._grid import SLOTS, TooManySlotsError, place

spans = st.tuples(st.integers(0, 5), st.integers(0, 300))
tables = st.lists(st.lists(spans, max_size=6), max_size=8)


@given(tables)
def test_cells_stand_inside_and_apart(rows: list[list[tuple[int, int]]]) -> None:
    grid = place(rows)
    assert [sum(p.row == row for p in grid.places) for row in range(len(rows))] == [len(r) for r in rows]
    seen: set[tuple[int, int]] = set()
    for p in grid.places:
        slots = {(p.row + r, p.column + c) for r in range(p.row_span) for c in range(p.column_span)}
        assert slots
        assert all(row < len(rows) and column < grid.columns for row, column in slots)
        assert not seen & slots
        seen |= slots


@given(st.integers(1, 12), st.integers(1, 9))
def test_a_plain_table_is_a_plain_grid(rows: int, columns: int) -> None:
    grid = place([[(1, 1)] * columns for _ in range(rows)])
    assert grid.columns == columns
    assert grid.cut == 0
    assert [(p.row, p.column) for p in grid.places] == [(r, c) for r in range(rows) for c in range(columns)]


def test_too_many_slots() -> None:
    with pytest.raises(TooManySlotsError):
        place([[(1, 1)] * 250] * (SLOTS // 250 + 1))
