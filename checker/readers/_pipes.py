"""Tables whose cells are parted by pipes or tabs: one row a line, or one cell a line.

Markdown tables with a |---| row keep their grid; flattened rows (`a | b |||`) keep the order of their
cells only. A bare `|` at the end of a row is padding, a blank between two separators is a blank cell.
Where each cell has a line to itself (`a |`), see _stacked.
"""

import re
from collections.abc import Iterator, Sequence

from checker import comparison
from checker.document import Block, Cell, Table
from checker.location import Location
from checker.readers import _stacked
from checker.readers._lines import Line, Segment
from checker.readers._values import VALUE

_RULE = r"\s*(?::-+:?|-+:|-{3,})\s*"
_RULE_ROW = re.compile(rf"\s*\|?{_RULE}(?:\|{_RULE})*\|?\s*")


def table_lines(lines: Sequence[Line], position: int) -> Sequence[Line]:
    """The run of table rows that begins here; empty if this is none.

    A row above a |---| row opens a table of its own.
    """
    stack = _stacked.run(lines, position)
    if stack:
        return stack
    delimiter = next((d for d in "|\t" if _is_row(lines[position].text, d)), "")
    run: list[Line] = []
    while delimiter and position < len(lines) and _is_row(lines[position].text, delimiter):
        if len(run) > 1 and position + 1 < len(lines) and _RULE_ROW.fullmatch(lines[position + 1].text):
            break
        run.append(lines[position])
        position += 1
    if len(run) == 1 and not _is_lone_row(run[0].text, delimiter):
        return []
    return run


def blocks(lines: Sequence[Line], file: str) -> Iterator[Block]:
    """What a run of table rows says: one table as a rule; its cells line by line where no rows are told."""
    if not any(line.text.strip("|\t \u3000") for line in lines):
        return  # bars between the cells of other lines
    if not _stacked.is_stack(lines):
        yield _table(lines, file)
        return
    rows = _stacked.rows(lines)
    if rows:
        yield _block(rows, file, exact=False)
    else:
        for cell in _stacked.cells(lines):
            place = Location(file, line=cell.line, character=cell.character)
            yield Block("paragraph", cell.text, place)


def _is_row(text: str, delimiter: str) -> bool:
    words = text.strip(" \r\u3000")
    if delimiter == "\t":
        return "\t" in text.strip()
    return "|" in words and (words[0] == "|" or words[-1] == "|" or " | " in words)


def _is_lone_row(text: str, delimiter: str) -> bool:
    """One row alone is a table if it is fenced by pipes or most of it is figures; else it is a menu."""
    words = text.strip()
    if delimiter == "|" and (words[0] == "|" or words[-1] == "|"):
        return True
    cells = words.split(delimiter)
    return len(cells) > 2 and 2 * sum(1 for c in cells if VALUE.fullmatch(c)) >= len(cells)


def _table(lines: Sequence[Line], file: str) -> Block:
    delimiter = "|" if "|" in lines[0].text else "\t"
    ruled = [line for line in lines if delimiter == "|" and _RULE_ROW.fullmatch(line.text)]
    fenced = delimiter == "|" and all(line.text.lstrip().startswith("|") for line in lines)
    rows = [_split(line, delimiter, fenced) for line in lines if line not in ruled]
    pads = [0 if ruled or delimiter == "\t" else _padding(row) for row in rows]
    widths = {len(row) for row in rows} | {len(_split(r, "|", fenced)) for r in ruled}
    cut = [row[: len(row) - pad] for row, pad in zip(rows, pads, strict=True)]
    return _block(cut, file, bool(ruled) and len(widths) == 1, max(widths, default=0))


def _block(rows: Sequence[Sequence[Segment]], file: str, exact: bool, columns: int = 0) -> Block:
    cells = tuple(
        _cell(row_number, column, segment, file)
        for row_number, row in enumerate(rows)
        for column, segment in enumerate(row)
    )
    table = Table(len(rows), columns or max(map(len, rows)), cells, exact)
    return Block("table", "", Location(file, line=cells[0].location.line if cells else None), 0, table)


def _split(line: Line, delimiter: str, fenced: bool) -> list[Segment]:
    """The stretches between delimiters; the one before an opening pipe and after a closing one are none."""
    stretches, start = [], 0
    for words in line.text.split(delimiter):
        stretches.append(Segment(words, line.number, start + 1))
        start += len(words) + 1
    if fenced:
        stretches = stretches[1:]
    if delimiter == "|" and len(stretches) > 1 and stretches[-1].blank:
        stretches = stretches[:-1]
    return stretches


def _padding(row: Sequence[Segment]) -> int:
    """How many stretches at the end of a flattened row are bare pipes.

    A blank cell has a space on both sides.
    """
    count = 0
    while count < len(row) and len(row[-1 - count].text) <= 1 and row[-1 - count].blank:
        count += 1
    return count


def _cell(row: int, column: int, stretch: Segment, file: str) -> Cell:
    words = stretch.text.strip()
    start = stretch.character + len(stretch.text) - len(stretch.text.lstrip()) if words else stretch.character
    if len(words) > 4 and words.startswith("**") and words.endswith("**"):
        words, start = words[2:-2].strip(), start + 2
    words = comparison.INVISIBLE.sub("", words)
    return Cell(row, column, words, Location(file, line=stretch.line, character=start, quote=words))
