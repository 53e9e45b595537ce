"""Random tables, printed in each layout and read back: never wrong, and equal where cells are kept apart."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.facts import Fact, Kind
from checker.forms import Reading, read_applications, read_disclosure, read_proceedings, template
from checker.outline import outline
from checker.readers import read
from tests.forms import printing
from tests.forms.printing import Cells, Tables

LEAVES = [
    row.code
    for row in template.APPLICATIONS.rows
    if row.code not in ("new", "carried_in", "handled_total", "carried_out")
]
COUNTS = st.one_of(st.just(0), st.just(0), st.integers(0, 9), st.integers(0, 2500))
ODD_CELLS = st.sampled_from(["", "/", "—"])


def with_total(cells: list[int]) -> list[int]:
    return [*cells, sum(cells)]


@st.composite
def consistent(draw: st.DrawFn) -> Tables:
    """Tables that satisfy every sum of the form."""
    six = st.lists(COUNTS, min_size=6, max_size=6)
    leaves = {code: draw(six) for code in LEAVES}
    handled = [sum(column) for column in zip(*leaves.values(), strict=True)]
    carried_out = draw(six)
    carried_in = [draw(st.integers(0, h + o)) for h, o in zip(handled, carried_out, strict=True)]
    new = [h + o - i for h, o, i in zip(handled, carried_out, carried_in, strict=True)]
    rows = {
        "new": new,
        "carried_in": carried_in,
        **leaves,
        "handled_total": handled,
        "carried_out": carried_out,
    }
    four = st.lists(COUNTS, min_size=4, max_size=4)
    return Tables(
        disclosure={row.code: [str(draw(COUNTS)) for _ in row.columns] for row in template.DISCLOSURE.rows},
        applications={code: list(map(str, with_total(cells))) for code, cells in rows.items()},
        proceedings={row.code: list(map(str, with_total(draw(four)))) for row in template.PROCEEDINGS.rows},
    )


@st.composite
def anything(draw: st.DrawFn) -> Tables:
    """Tables as an office may fill them in: false sums, blanks, slashes, full-width digits, thousands."""

    def cell() -> str:
        number = draw(COUNTS)
        if draw(st.integers(0, 9)) == 0:
            return draw(ODD_CELLS)
        return f"{number:,}" if draw(st.booleans()) else str(number)

    def cells(form: template.Form) -> Cells:
        return {row.code: [cell() for _ in row.columns] for row in form.rows}

    return Tables(cells(template.DISCLOSURE), cells(template.APPLICATIONS), cells(template.PROCEEDINGS))


def read_back(text: str) -> tuple[Reading, Reading, Reading]:
    cut = outline(read(text.encode(), "report"))
    return read_disclosure(cut), read_applications(cut), read_proceedings(cut)


def says(fact: Fact | None) -> str:
    """What a cell was read as, in the spelling of the printed cell; ? if it was not read."""
    if fact is None or fact.kind in (Kind.UNREADABLE, Kind.MISSING):
        return "?"
    return str(fact.value) if fact.kind is Kind.NUMBER else fact.text


def compare(tables: Tables, text: str) -> tuple[int, list[tuple[str, list[str], list[str]]]]:
    """How many cells were not read, and the rows that were read wrongly."""
    unread, wrong = 0, []
    printed = (tables.disclosure, tables.applications, tables.proceedings)
    for cells, reading in zip(printed, read_back(text), strict=True):
        for code, expected in cells.items():
            row = reading.rows.get(code)
            got = [says(f) for f in row.cells] if row else ["?"] * len(expected)
            plain = [e.replace(",", "") for e in expected]
            unread += got.count("?")
            if any(g not in ("?", e) for g, e in zip(got, plain, strict=True)):
                wrong.append((code, plain, got))
    return unread, wrong


KEEPING_CELLS_APART = {
    "flattened": (printing.flattened, "\n"),
    "markdown": (printing.markdown, "\n"),
    "html": (printing.html, "\n"),
    "stacked": (printing.stacked, "\n"),
    "stacked, unpadded": (printing.stacked_unpadded, "\n"),
    "stacked behind bars": (printing.stacked_behind_bars, "\n"),
}
LIGHT = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def printed(tables: Tables, name: str) -> str:
    layout, joint = KEEPING_CELLS_APART[name]
    if name != "html":
        return printing.report(tables, layout, joint)
    lines = printing.report(tables, layout).split("\n")
    body = "\n".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    return f"<html><body>{body}</body></html>"


@pytest.mark.parametrize("name", KEEPING_CELLS_APART)
@LIGHT
@given(tables=anything())
def test_cells_kept_apart_are_read_as_they_stand(name: str, tables: Tables) -> None:
    unread, wrong = compare(tables, printed(tables, name))
    assert wrong == []
    assert unread == 0


@pytest.mark.parametrize("layout", [printing.one_cell_a_line, printing.parted_by_bars, printing.aligned])
@LIGHT
@given(tables=consistent())
def test_figures_in_running_text(layout: object, tables: Tables) -> None:
    unread, wrong = compare(tables, printing.report(tables, layout))  # type: ignore[arg-type]
    assert wrong == []
    assert unread == 0


@pytest.mark.parametrize("layout", [printing.one_cell_a_line, printing.parted_by_bars, printing.aligned])
@LIGHT
@given(tables=anything())
def test_a_blank_that_vanished_shifts_nothing(layout: object, tables: Tables) -> None:
    """A blank cell leaves no line: its row cannot be read, and no other cell takes its place."""
    _, wrong = compare(tables, printing.report(tables, layout))  # type: ignore[arg-type]
    assert wrong == []


@LIGHT
@given(tables=consistent())
def test_cells_run_together_are_never_wrong(tables: Tables) -> None:
    _, wrong = compare(tables, printing.report(tables, printing.run_together, joint=""))
    assert wrong == []


@LIGHT
@given(tables=consistent(), width=st.integers(1, 3))
def test_single_digits_run_together_are_certain(tables: Tables, width: int) -> None:
    """Seven digits in seven cells leave one answer, whatever they are; so do rows of zeros."""
    zeros = {code: ["0"] * len(cells) for code, cells in tables.applications.items()}
    zeros["new"] = [str(width), "0", "0", "0", "0", "0", str(width)]
    simple = Tables(
        {code: ["0"] * len(cells) for code, cells in tables.disclosure.items()},
        zeros,
        {code: ["0"] * 5 for code in tables.proceedings},
    )
    unread, wrong = compare(simple, printing.report(simple, printing.run_together, joint=""))
    assert (unread, wrong) == (0, [])


def test_decimal_money_survives_every_layout() -> None:
    zeros = {row.code: ["0"] * 7 for row in template.APPLICATIONS.rows}
    fees = {row.code: ["0"] * len(row.columns) for row in template.DISCLOSURE.rows} | {"fees": ["106.90"]}
    tables = Tables(fees, zeros, {row.code: ["0"] * 5 for row in template.PROCEEDINGS.rows})
    for layout in (printing.flattened, printing.one_cell_a_line, printing.aligned, printing.run_together):
        joint = "" if layout is printing.run_together else "\n"
        reading = read_back(printing.report(tables, layout, joint))[0]
        (fact,) = reading.rows["fees"].cells
        assert (fact.value, str(fact.value)) == (Decimal("106.90"), "106.90")
