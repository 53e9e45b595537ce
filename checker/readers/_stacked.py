"""Tables with each cell on a line of its own, closed by a pipe, as converters of web pages leave them.

    规章 |                         | opens each row there; bare pipes end a row up to the width of the
    0 |                            table, on the line of the last cell or on their own; a single bare
    |                              pipe on its own line is a blank cell.

All rows then have the same number of pipes, and that number alone tells where a row ends. Where rows
are not padded, each label behind a figure or a blank begins one.
"""

import re
from collections.abc import Iterator, Sequence

from checker import comparison
from checker.readers._headings import level
from checker.readers._lines import Line, Segment
from checker.readers._values import VALUE

FEWEST_VALUES = 3
FIRST_VALUES_WITHIN = 60
"""Lines; no header is longer, and a text of labels alone is not searched to its end at every line."""
NARROWEST, WIDEST = 4, 60
_FIGURE = re.compile(rf"{VALUE.pattern}(?:万?元|[件项个])?\s*")

LONGEST_PIECE = 20
"""Characters of a line without a pipe that is the upper part of a cell, not running text."""


def run(lines: Sequence[Line], position: int) -> Sequence[Line]:
    """The stack that begins here, blank lines left out; empty if this is none."""
    found: list[Line] = []
    after = position
    while after < len(lines):
        line = lines[after]
        if _closes_a_cell(line) or (found and _is_upper_part(lines, after)):
            found.append(line)
        elif not line.blank:
            break
        if len(found) == FIRST_VALUES_WITHIN and not is_stack(found):
            break
        after += 1
    return lines[position : found[-1].number] if is_stack(found) else ()


def is_stack(lines: Sequence[Line]) -> bool:
    """Whether no line has more than one filled cell, and figures or blanks have lines of their own."""
    values = sum(1 for line in lines if _is_value(line))
    closed = sum(1 for line in lines if "|" in line.text and line.text.strip(" |\u3000"))
    blanks = sum(1 for line in lines if line.text.strip() == "|") if closed >= FEWEST_VALUES else 0
    return values + blanks >= FEWEST_VALUES and all(
        _closes_a_cell(line) or "|" not in line.text for line in lines
    )


def rows(lines: Sequence[Line]) -> list[list[Segment]]:
    """The cells of each row, padding left out; none where the pipes do not tell where rows end."""
    stretches = list(_stretches(lines))
    if all(len(line) == 1 for line in stretches):
        return _rows_by_labels([_trimmed(line[0]) for line in stretches])
    groups = next((g for n in range(NARROWEST, WIDEST) if (g := _groups(stretches, n))), [])
    opened = bool(groups) and all(group[0][0].blank for group in groups)
    return [_cells(group)[opened:] for group in groups]


def cells(lines: Sequence[Line]) -> list[Segment]:
    """The filled cells one after the other."""
    return [_trimmed(cell) for line in _stretches(lines) for cell in line if not cell.blank]


def _closes_a_cell(line: Line) -> bool:
    """At most one filled stretch, and a pipe behind it."""
    *before, last = line.text.split("|")
    return bool(before) and not last.strip() and sum(1 for words in before if words.strip()) <= 1


def _is_upper_part(lines: Sequence[Line], position: int) -> bool:
    """A cell of several lines has its pipe on the last of them."""
    words = lines[position].text.strip()
    short = 0 < len(words) <= LONGEST_PIECE and "|" not in words and words[-1] not in "。：:；;"
    following = next((line for line in lines[position + 1 : position + 3] if not line.blank), None)
    return short and not level(words) and following is not None and _closes_a_cell(following)


def _is_value(line: Line) -> bool:
    words = line.text.strip(" |\u3000")
    return "|" in line.text and bool(words) and VALUE.fullmatch(words) is not None


def _stretches(lines: Sequence[Line]) -> Iterator[list[Segment]]:
    """The stretches before each pipe of a line; words above a pipe's line belong to its first stretch."""
    upper: list[Line] = []
    for line in lines:
        if "|" not in line.text:
            upper += [] if line.blank else [line]
            continue
        found, start = [], 0
        for words in line.text.split("|")[:-1]:
            found.append(Segment(words, line.number, start + 1))
            start += len(words) + 1
        if upper:
            above = "".join(piece.text.strip() for piece in upper)
            found[0] = Segment(above + found[0].text.strip(), upper[0].number, 1)
            upper = []
        yield found


def _groups(stretches: Sequence[list[Segment]], pipes: int) -> list[list[list[Segment]]]:
    """Lines grouped into rows of so many pipes each; the last row may want its padding. Empty if it fails."""
    groups: list[list[list[Segment]]] = []
    room = 0
    for line in stretches:
        if not room:
            groups.append([])
            room = pipes
        groups[-1].append(line)
        room -= len(line)
        if room < 0:
            return []
    return groups if len(groups) > 1 and all(map(_is_one_row, groups)) else []


def _rows_by_labels(stack: Sequence[Segment]) -> list[list[Segment]]:
    """Without padding a row is a label with the figures and blanks behind it; other words are headers."""
    found: list[list[Segment]] = [[]]
    words = True
    for cell in stack:
        label = not cell.blank and not _is_figure(cell.text)
        if label and not words:
            found.append([])
        elif words and not label and len(found[-1]) > 1:
            found.append([found[-1].pop()])
        found[-1].append(cell)
        words = label
    return found


def _is_figure(words: str) -> bool:
    return _FIGURE.fullmatch(comparison.view(words)) is not None


def _is_one_row(group: Sequence[list[Segment]]) -> bool:
    """Labels before figures, and padding at the end only."""
    filled = [cell.text for line in group for cell in line if not cell.blank]
    figures = [_is_figure(words) for words in filled]
    return figures == sorted(figures) and all(len(line) == 1 for line in group[:-1])


def _cells(group: Sequence[list[Segment]]) -> list[Segment]:
    """One cell a line; more pipes on the line are padding, and so is a line of several bare pipes."""
    found = [[cell for cell in line if not cell.blank] or line for line in group]
    return [_trimmed(line[0]) for line, stretches in zip(found, group, strict=True) if _is_cell(stretches)]


def _is_cell(stretches: Sequence[Segment]) -> bool:
    return len(stretches) == 1 or not all(cell.blank for cell in stretches)


def _trimmed(cell: Segment) -> Segment:
    lead = len(cell.text) - len(cell.text.lstrip()) if not cell.blank else 0
    return Segment(comparison.INVISIBLE.sub("", cell.text.strip()), cell.line, cell.character + lead)
