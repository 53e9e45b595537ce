"""Digits taken apart by their sums: one answer, several, none, too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.forms.division import (
    Budget,
    Run,
    TooMany,
    free_divisions,
    jointly,
    summed_divisions,
)


def row(*groups: str) -> list[tuple[str, ...]]:
    return summed_divisions(Run.of(groups), 7, Budget())


def test_seven_digits_are_seven_cells() -> None:
    assert row("7000007") == [("7", "0", "0", "0", "0", "0", "7")]


def test_the_total_finds_the_cut() -> None:
    assert row("15130000154") == [("151", "3", "0", "0", "0", "0", "154")]


def test_blanks_part_cells_but_need_not_be_complete() -> None:
    assert row("230", "000023") == [("23", "0", "0", "0", "0", "0", "23")]
    assert row("0", "0", "00", "00", "0") == [("0",) * 7]


def test_a_cell_never_spans_a_blank() -> None:
    assert row("2", "30000023") == []


def test_a_false_total_leaves_no_answer() -> None:
    assert row("15130000155") == []


def test_no_cell_begins_with_zero() -> None:
    assert row("05000005") == []


def test_two_readings_of_the_same_digits() -> None:
    found = summed_divisions(Run.of(["11112"]), 3, Budget())
    assert set(found) == {("1", "11", "12"), ("11", "1", "12")}


def test_groups_are_divided_together() -> None:
    (only,) = summed_divisions(Run.of(["10203120001200000"]), 5, Budget(), groups=3)
    assert only == ("1", "0", "2", "0", "3", "12", "0", "0", "0", "12", "0", "0", "0", "0", "0")


def test_without_sums_only_the_count_binds() -> None:
    assert free_divisions(Run.of(["000"]), 3, Budget()) == [("0", "0", "0")]
    assert len(free_divisions(Run.of(["6233440"]), 3, Budget())) > 1


def test_a_run_longer_than_any_table_is_refused() -> None:
    with pytest.raises(TooMany):
        Run.of(["1" * 500])


def test_a_search_without_end_gives_up() -> None:
    with pytest.raises(TooMany):
        free_divisions(Run.of(["1" * 120]), 15, Budget())


def test_other_rows_decide_between_two_readings() -> None:
    open_row = [("1", "11", "12"), ("11", "1", "12")]
    rows = {"a": open_row, "b": [("2", "3", "5")], "sum": [("13", "4", "17")]}
    assert jointly(rows, [(("a", "b"), ("sum",))], certain=())["a"] == [("11", "1", "12")]


def test_rows_decide_each_other() -> None:
    open_row = [("1", "11", "12"), ("11", "1", "12")]
    rows = {"a": open_row, "b": open_row, "sum": [("22", "2", "24")]}
    found = jointly(rows, [(("a", "b"), ("sum",))], certain=())
    assert found["a"] == found["b"] == [("11", "1", "12")]


def test_sums_over_rows_that_no_division_keeps_leave_nothing() -> None:
    open_row = [("1", "11", "12"), ("11", "1", "12")]
    rows = {"a": open_row, "b": [("1", "1", "2")], "sum": [("50", "50", "100")]}
    found = jointly(rows, [(("a", "b"), ("sum",))], certain=("sum", "b"))
    assert found == {"a": [], "b": rows["b"], "sum": rows["sum"]}


def test_a_sum_that_holds_confirms_its_rows_where_another_fails() -> None:
    rows = {
        "leaf": [("12", "3", "15")],
        "all": [("2", "2", "4")],
        "new": [("1", "2", "3")],
        "in": [("1", "0", "1")],
    }
    balances = [(("leaf",), ("all",)), (("new", "in"), ("all",))]
    found = jointly(rows, balances, certain=())
    assert found == {**rows, "leaf": []}


def test_a_balance_with_a_missing_row_is_not_used() -> None:
    open_row = [("1", "11", "12"), ("11", "1", "12")]
    assert jointly({"a": open_row}, [(("a", "lost"), ("sum",))], certain=())["a"] == open_row


@given(st.lists(st.integers(0, 3000), min_size=6, max_size=6))
def test_the_printed_division_is_always_among_the_answers(cells: list[int]) -> None:
    printed = tuple(map(str, [*cells, sum(cells)]))
    assert printed in summed_divisions(Run.of(["".join(printed)]), 7, Budget())
    assert printed in summed_divisions(Run.of(["".join(printed[:3]), "".join(printed[3:])]), 7, Budget())
