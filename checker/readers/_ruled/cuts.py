"""Where a page end goes through a table: which rows and cells on its two sides are one.

Two true rows are never made one: a row is taken as the rest of the one before only where no rule closes
either, or where its text says so (a bracket left open, a figure that ends inside a group of thousands).
"""

import re
from dataclasses import replace

from checker import comparison
from checker.document import Diagnostic
from checker.readers._cell_text import one_line
from checker.readers._diagnostics import told
from checker.readers._ruled.parts import UNREAD, Part, Piece

_ENUMERATOR = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[.、)]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_SLIVER = 0.8

Pairs = list[tuple[Piece, Piece]]
"""Cells in the same columns on the two sides of a page end."""


def append(table: Part, part: Part, across: bool) -> None:
    """Put a part below a table with the same columns; across: a page end lies between."""
    pairs = _pairs(table, part)
    below = [p for p in part.pieces if p.top == 0]
    cut = len(pairs) == len(below) and (_is_cut(pairs) or _is_fragment(pairs))
    if across and not cut:
        slivers = _drop_slivers(table, part)
        pairs, below = _pairs(table, part), [p for p in part.pieces if p.top == 0]
        cut = not slivers and len(pairs) == len(below) and (_is_rest(pairs) or _is_parted(pairs))
    offset = table.rows - (1 if cut else 0)
    for p in part.pieces:
        p.top, p.bottom = p.top + offset, p.bottom + offset
    gone = [(a, b) for a, b in pairs if cut or _is_one(a, b, below, table.headed)]
    if cut and any(a.text for a, _ in gone):
        table.diagnostics.append(_row_glued(gone))
    twice = cut and _is_twice(gone)
    for a, b in gone:
        if cut and not twice and _is_uncertain(a, b):
            table.diagnostics.append(_figure_cut(a, b))
        _glue(a, b, twice)
    taken = {id(b) for _, b in gone}
    table.pieces += [p for p in part.pieces if id(p) not in taken]
    table.rows = offset + part.rows
    table.headed = False


def _pairs(table: Part, part: Part) -> Pairs:
    above = {p.columns: p for p in table.pieces if p.bottom == table.rows}
    return [(above[p.columns], p) for p in part.pieces if p.top == 0 and p.columns in above]


# Whether two rows are one


def _is_cut(pairs: Pairs) -> bool:
    """Whether the page cut through a row: no rule closes it, none opens the part."""
    return bool(pairs) and all(a.open_below and b.open_above for a, b in pairs)


def _is_fragment(pairs: Pairs) -> bool:
    """Whether the first row only goes on with the text of the last: no figure in it, no enumerator,
    and every text goes on from a line that was full."""
    low = [(a, b) for a, b in pairs if not b.tall]
    with_text = [(a, b) for a, b in low if b.text]
    if any(b.is_value for _, b in pairs) or not with_text:
        return False
    return all(_goes_on(a, b) and a.full for a, b in with_text)


def _is_rest(pairs: Pairs) -> bool:
    """Whether the first row holds the rest of texts with a bracket open, or of a figure with a group
    of thousands begun; every other figure in it could be the rest of one that had no more room."""
    low = [(a, b) for a, b in pairs if not b.tall and b.text]
    texts = [(a, b) for a, b in low if not b.is_value]
    figures = [(a, b) for a, b in low if b.is_value]
    if not all(_goes_on(a, b) for a, b in texts):
        return False
    if any(a.text and not a.full and _whole(a, b) is None for a, b in figures):
        return False
    if texts and all(_closes(a, b) for a, b in texts):
        return True
    return any(_is_in_group(a, b) for a, b in figures) and all(a.full for a, _ in texts)


def _is_parted(pairs: Pairs) -> bool:
    """Whether the label stands on one side of the page end and all figures on the other."""
    low = sorted(((a, b) for a, b in pairs if not a.tall and not b.tall), key=lambda pair: pair[0].left)
    if len(low) < 3 or any(bool(a.text) == bool(b.text) for a, b in low):
        return False
    (above, below), *others = low
    label = above if above.text else below
    figures = [b if above.text else a for a, b in others]
    new = label is below and _ENUMERATOR.match(comparison.squeeze(label.text))
    return not new and not label.is_value and all(p.is_value for p in figures)


def _is_twice(pairs: Pairs) -> bool:
    """Whether the row is drawn whole on both pages."""
    same = all(comparison.squeeze(a.text) == comparison.squeeze(b.text) for a, b in pairs if not b.tall)
    return same and any(a.text and not a.is_value and not b.tall for a, b in pairs)


def _goes_on(a: Piece, b: Piece) -> bool:
    """Whether b can be the rest of the words in a."""
    return bool(a.text) and not a.is_value and not _ENUMERATOR.match(comparison.squeeze(b.text))


def _closes(a: Piece, b: Piece) -> bool:
    """Whether b closes the brackets a left open."""
    left_open = _depth(a.text)
    return left_open > 0 and left_open + _depth(b.text) == 0


def _depth(text: str) -> int:
    words = comparison.squeeze(text)
    return words.count("(") - words.count(")")


def _is_one(a: Piece, b: Piece, below: list[Piece], repeated: bool) -> bool:
    """Whether two cells at a seam are one that reaches over it."""
    if a.is_value or b.is_value:
        return False
    tall = a.tall or b.tall
    if not b.text:
        label_beside = any(p.left >= b.right and p.text and not p.is_value for p in below)
        return bool(a.text) and (tall or label_beside)
    if not a.text:
        return tall
    same = comparison.squeeze(a.text) == comparison.squeeze(b.text)
    return tall and ((repeated and same) or (a.open_below and b.open_above))


# Figures


def _whole(a: Piece, b: Piece) -> str | None:
    """The figure of which a and b are the halves, as written; None where they may be two."""
    first, rest = comparison.squeeze(a.text), comparison.squeeze(b.text)
    halves = not _is_complete(first) or not _is_complete(rest)
    return a.text.rstrip() + b.text.lstrip() if halves and _is_complete(first + rest) else None


def _is_complete(figure: str) -> bool:
    return bool(_GROUPED.fullmatch(figure) or _PLAIN.fullmatch(figure))


def _is_in_group(a: Piece, b: Piece) -> bool:
    """Whether a had no more room inside a group of thousands, and b is the rest of it."""
    return a.full and not _is_complete(comparison.squeeze(a.text)) and _whole(a, b) is not None


def _is_uncertain(a: Piece, b: Piece) -> bool:
    digits = all(p.is_value and any(c.isdigit() for c in p.text) for p in (a, b))
    return digits and _whole(a, b) is None


def _glue(a: Piece, b: Piece, twice: bool) -> None:
    same = comparison.squeeze(a.text) == comparison.squeeze(b.text)
    if not (same and (a.tall or twice)):
        if not a.text:
            a.location = b.location
        a.text = _joined(a, b)
    a.bottom, a.open_below, a.full = b.bottom, b.open_below, b.full if b.text else a.full


def _joined(a: Piece, b: Piece) -> str:
    if a.is_value and b.is_value:
        whole = _whole(a, b)
        if whole is not None:
            return whole
    return one_line([a.text, b.text]) + (UNREAD if _is_uncertain(a, b) else "")


# Slivers


def _drop_slivers(table: Part, part: Part) -> bool:
    """Leave out a row cut off so low that no text of it found room: before the page end or after it."""
    lowest = min((_height(p) for p in [*table.pieces, *part.pieces] if p.text and not p.tall), default=0)
    before = table.rows > 1 and _is_sliver(table, table.rows - 1, lowest)
    after = part.rows > 1 and _is_sliver(part, 0, lowest)
    if before:
        table.diagnostics.append(_sliver_dropped(table, table.rows - 1))
        _drop(table, table.rows - 1)
    if after:
        table.diagnostics.append(_sliver_dropped(part, 0))
        _drop(part, 0)
    return before or after


def _is_sliver(part: Part, row: int, lowest: int) -> bool:
    own = _alone_in(part, row)
    return bool(own) and not any(p.text for p in own) and all(_height(p) < _SLIVER * lowest for p in own)


def _alone_in(part: Part, row: int) -> list[Piece]:
    return [p for p in part.pieces if p.top == row and not p.tall]


def _height(piece: Piece) -> int:
    box = piece.location.box
    return box[3] - box[1] if box else 0


def _drop(part: Part, row: int) -> None:
    gone = {id(p) for p in _alone_in(part, row)}
    part.pieces = [p for p in part.pieces if id(p) not in gone]
    for piece in part.pieces:
        piece.top -= piece.top > row
        piece.bottom -= piece.bottom > row
    part.rows -= 1


# What is told


def _row_glued(pairs: Pairs) -> Diagnostic:
    a, b = next(((a, b) for a, b in pairs if a.text and b.text), pairs[0])
    return told("row-rejoined", replace(b.location, quote=one_line([a.text, b.text])))


def _figure_cut(a: Piece, b: Piece) -> Diagnostic:
    return told("figure-cut", replace(b.location, quote=one_line([a.text, b.text])))


def _sliver_dropped(part: Part, row: int) -> Diagnostic:
    return told("sliver-dropped", _alone_in(part, row)[0].location)
