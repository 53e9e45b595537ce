"""Cells with spans, row by row, to grid positions; repairs spans that cannot be true."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SLOTS = 200_000
WIDEST = 256


class TooManySlotsError(Exception):
    """The table would have more slots than any report needs."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: its top-left slot and its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The places in the order of the cells given, the width, and how many spans were cut."""

    columns: int
    places: tuple[Place, ...]
    cut: int


def place(rows: Sequence[Sequence[tuple[int, int]]]) -> Grid:
    """Place cells given as (row span, column span); a row span of 0 reaches to the end of the table.

    The width is what most rows reach, or the last column in which a cell begins. Spans beyond the
    width or the last row are cut. Raises TooManySlotsError.
    """
    taken: list[int] = []  # for each column, the first row in which it is free again
    places: list[Place] = []
    reached: Counter[int] = Counter()
    for row, spans in enumerate(rows):
        column = 0
        for row_span, column_span in spans:
            column = _next_free(taken, row, column)
            tall = min(row_span or len(rows), len(rows) - row)
            wide = _room(taken, row, column, min(max(column_span, 1), WIDEST))
            taken += [0] * (column + wide - len(taken))
            taken[column : column + wide] = [row + tall] * wide
            places.append(Place(row, column, tall, wide))
            column += wide
        if len(taken) * len(rows) > SLOTS:
            raise TooManySlotsError
        reached[max((c + 1 for c, until in enumerate(taken) if until > row), default=0)] += 1
    columns = _width(reached, places)
    return _cut(rows, places, columns)


def _next_free(taken: Sequence[int], row: int, column: int) -> int:
    while column < len(taken) and taken[column] > row:
        column += 1
    return column


def _room(taken: Sequence[int], row: int, column: int, wide: int) -> int:
    """A span ends where a cell from above stands."""
    for further in range(column + 1, min(column + wide, len(taken))):
        if taken[further] > row:
            return further - column
    return wide


def _width(reached: Counter[int], places: Sequence[Place]) -> int:
    usual = max(reached, key=lambda width: (reached[width], width), default=0)
    return max([usual, *(p.column + 1 for p in places)])


def _cut(rows: Sequence[Sequence[tuple[int, int]]], places: Sequence[Place], columns: int) -> Grid:
    kept = tuple(Place(p.row, p.column, p.row_span, min(p.column_span, columns - p.column)) for p in places)
    wanted = [span for spans in rows for span in spans]
    cut = sum(
        1
        for (tall, wide), p in zip(wanted, kept, strict=True)
        if wide > p.column_span or (tall and tall > p.row_span)
    )
    return Grid(columns, kept, cut)
