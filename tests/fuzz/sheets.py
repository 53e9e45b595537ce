"""The report as laid-out pages: words and rules with their places, in points from the top left corner."""

from collections.abc import Iterator

from tests.forms import printing
from tests.forms.printing import Rows
from tests.fuzz.seeds import rows

Line = tuple[float, float, str]
"""Left and top in points, and the words."""
Rule = tuple[float, float, float, float]
HEIGHT = 842.0


def drawn(rows: Rows, width: int, top: float = 100.0) -> tuple[list[Line], list[Rule]]:
    """A table as words and rules."""
    step, high = 500.0 / width, 14.0
    rules = [(40.0, top + n * high, 540.0, top + n * high) for n in range(len(rows) + 1)]
    rules += [(40.0 + n * step, top, 40.0 + n * step, top + len(rows) * high) for n in range(width + 1)]
    lines = [
        (42.0 + c * step, top + r * high + 2, cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell
    ]
    return lines, rules


def sheets() -> Iterator[tuple[list[Line], list[Rule]]]:
    """Pages of the report: its prose, then each table below its heading."""
    words = ["某某区2024年政府信息公开工作年度报告", "一、总体情况", printing.PROSE]
    lines: list[Line] = [(40, 40 + n * 20, said) for n, said in enumerate(words)]
    yield [*lines, (280, 800, "- 1 -")], []
    headings = ("二、主动公开", "三、收到申请", "四、行政复议")
    for heading, table, width in zip(headings, rows(), (4, 10, 15), strict=True):
        lines, rules = drawn(table, width)
        yield [(40, 70, heading), *lines], rules
