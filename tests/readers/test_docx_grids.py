"""Any table, in any of the ways word processors and converters write it, gives its own cells back."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from checker import readers
from tests.readers.docx_files import docx, numbered, p, r, tbl, tc, tr

WIDTH = 1_000
HAIR = 60


@dataclass(frozen=True)
class Area:
    """A cell: its slots and its text."""

    row: int
    column: int
    height: int
    width: int
    text: str


@st.composite
def areas(draw: st.DrawFn) -> tuple[int, int, list[Area]]:
    """Rows, columns, and cells that fill them, the last row one by one."""
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    taken: set[tuple[int, int]] = set()
    found: list[Area] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            free = next((c for c in range(column, columns) if (row, c) in taken), columns) - column
            last = row == rows - 1
            width = 1 if last else draw(st.integers(1, min(free, 3)))
            height = 1 if last else draw(st.integers(1, min(rows - 1 - row, 3)))
            found.append(Area(row, column, height, width, f"{row}-{column}"))
            taken |= {(row + i, column + j) for i in range(height) for j in range(width)}
    return rows, columns, found


def pieces(row: int, cells: Sequence[Area]) -> list[tuple[Area, str]]:
    """The cells of a row as the file has them, from the left, with their vertical merge."""
    here = sorted((a for a in cells if a.row <= row < a.row + a.height), key=lambda a: a.column)
    return [(a, "" if a.height == 1 else "restart" if a.row == row else "continue") for a in here]


def read(body: str) -> set[Area]:
    (table,) = (b.table for b in readers.read(docx(body), "x.docx").blocks if b.table is not None)
    return {Area(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells}


@given(areas())
def test_by_spans(made: tuple[int, int, list[Area]]) -> None:
    rows, columns, cells = made
    written = [
        tr(
            *(
                tc(a.text if down != "continue" else "", span=a.width, down=down)
                for a, down in pieces(n, cells)
            )
        )
        for n in range(rows)
    ]
    assert read(tbl(*written, widths=(WIDTH,) * columns)) == set(cells)
    assert read(tbl(*written)) == set(cells)


@given(areas(), st.randoms(use_true_random=False))
def test_with_edges_of_each_row_a_hair_elsewhere(
    made: tuple[int, int, list[Area]], chance: random.Random
) -> None:
    rows, columns, cells = made
    edges = [
        [0, *(c * WIDTH + chance.randint(-HAIR, HAIR) for c in range(1, columns + 1))] for _ in range(rows)
    ]
    grid = sorted({edge for row in edges for edge in row})
    written = []
    for n in range(rows):
        at = [grid.index(edge) for edge in edges[n]]
        written.append(
            tr(
                *(
                    tc(
                        a.text if down != "continue" else "",
                        span=at[a.column + a.width] - at[a.column],
                        down=down,
                    )
                    for a, down in pieces(n, cells)
                )
            )
        )
    widths = tuple(b - a for a, b in zip(grid, grid[1:], strict=False))
    assert read(tbl(*written, widths=widths)) == set(cells)


@given(areas(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_whatever_wraps_the_cells(made: tuple[int, int, list[Area]], chance: random.Random) -> None:
    """Content controls, tracked changes, split runs, hidden text and deleted rows change no cell."""
    rows, columns, cells = made
    written: list[str] = []
    for n in range(rows):
        row = tr(
            *(
                _wrapped(
                    tc(_paragraph(a.text if down != "continue" else "", chance), span=a.width, down=down),
                    chance,
                )
                for a, down in pieces(n, cells)
            )
        )
        written.append(_wrapped(row, chance))
        if chance.random() < 0.2:
            written.append(tr("删", inside="<w:del/>"))
    assert read(tbl(*written, widths=(WIDTH,) * columns)) == set(cells)


def _wrapped(element: str, chance: random.Random) -> str:
    around = chance.choice(["", "", "sdt", "customXml"])
    if around == "sdt":
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{element}</w:sdtContent></w:sdt>"
    return f"<w:customXml>{element}</w:customXml>" if around else element


def _paragraph(text: str, chance: random.Random) -> str:
    runs = [_run(part, chance) for part in text]
    if chance.random() < 0.3:
        runs.insert(chance.randint(0, len(runs)), "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>")
    if chance.random() < 0.3:
        runs.insert(chance.randint(0, len(runs)), r("9", "<w:vanish/>"))
    return p(*runs) if runs else p()


def _run(text: str, chance: random.Random) -> str:
    around = chance.choice(
        ["{}", "{}", "<w:ins>{}</w:ins>", "<w:smartTag>{}</w:smartTag>", "<w:hyperlink>{}</w:hyperlink>"]
    )
    return around.format(r(text))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30))
def test_numbers_count_as_they_would_by_hand(levels: list[int]) -> None:
    """Against counting that keeps one number a level and sets the deeper ones back."""
    labels = ["".join(f"%{m + 1}." for m in range(n + 1)) for n in range(4)]
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:lvlText w:val="{label}"/></w:lvl>'
        for n, label in enumerate(labels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counts = [0] * 4
    wanted = []
    for level in levels:
        counts[level] += 1
        counts[level + 1 :] = [0] * (3 - level)
        wanted.append("".join(f"{max(n, 1)}." for n in counts[: level + 1]) + "甲")
    body = "".join(numbered("甲", level) for level in levels)
    found = readers.read(docx(body, named=None, numbering=numbering), "x.docx")
    assert [b.text for b in found.blocks] == wanted
