"""Strips as candidates for rows of a form: a label, and the cells that follow it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker import comparison
from checker.forms import labels
from checker.forms.labels import Match
from checker.forms.strips import Item, Strip
from checker.forms.template import Form, Row, canonical
from checker.forms.values import looks_like_value
from checker.location import Location
from checker.patterns import pattern

_REMARK = pattern(r"\([^()]*\)\s*$")
MOST_ROWS = 500
LONGEST_LABEL = 200
"""Characters as printed, blanks included."""
NUMERALS = "123456789一二三四五六七八"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label as printed (canonical), the rows it may name and the items that follow it.

    items of a table row still hold its padding. table and exact as in Strip; table is None for
    running text. above: the label was not in the row itself but in the text above it.
    """

    label: str
    matches: tuple[Match, ...]
    items: tuple[Item, ...]
    table: int | None = None
    exact: bool = False
    location: Location | None = None

    @property
    def grid(self) -> bool:
        return self.table is not None

    @property
    def filled(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.blank)


def candidates(strips: Sequence[Strip], form: Form) -> list[Candidate]:
    """One for every strip that has figures, and for labelled table rows without, in order.

    Where there are far more than any table has rows, those at the end are left out.
    """
    used = [s for s in strips if s.cells or s.items][:MOST_ROWS]
    found = [_of_row(s, form) if s.cells else _of_text(s, form) for s in used]
    return [candidate for candidate in found if candidate is not None]


def _of_text(strip: Strip, form: Form) -> Candidate:
    words = strip.words
    if not form.ordered:
        # Extraction may put a header between label and figure: 行政许可 / 本年处理决定数量 / 9487.
        headers = sorted(map(canonical, form.headers), key=len, reverse=True)
        while not labels.at_end(form, words) and (tail := _tail(words, headers)):
            words = words.removesuffix(tail)
    matches = labels.at_end(form, words)
    place = strip.location
    if matches and words == strip.words and _in_a_sentence(form, form.rows[matches[0].row], place):
        matches = ()
    if matches and place and words == strip.words:
        place = _end_of(place, form.rows[matches[0].row])
    return Candidate(strip.words, matches, strip.items, location=place)


def _in_a_sentence(form: Form, row: Row, place: Location | None) -> bool:
    """Whether a label without numeral follows words of its line that no form prints: 已办结行政许可."""
    line = canonical(place.quote or "") if place else ""
    wording = next((w for w in row.wordings if line.endswith(w)), line)
    before = line.removesuffix(wording)
    numbered = bool(row.mark) and before[-1:] in NUMERALS
    return bool(before) and not numbered and not labels.ends_as_printed(form, before)


def _end_of(place: Location, row: Row) -> Location:
    """The label alone, where running text has other words before it."""
    quote = place.quote or ""
    view, label = comparison.view(quote), ""
    for start in range(len(quote) - 1, max(-1, len(quote) - LONGEST_LABEL), -1):
        label = canonical(view[start]) + label
        if label.endswith(row.wordings) and label.startswith(row.mark) and len(label) > len(row.mark):
            while start and quote[start - 1] in "(（":
                start -= 1
            character = place.character + start if place.character is not None and place.line else None
            return replace(place, character=character, quote=quote[start:])
    return place


def _tail(words: str, headers: Sequence[str]) -> str:
    return next((h for h in headers if words.endswith(h)), "")


def _of_row(strip: Strip, form: Form) -> Candidate | None:
    """The label is the last leading cell that names a row, else all leading words together."""
    leading = _leading_words(strip.cells)
    named = [(i, _named(form, c.text)) for i, c in enumerate(leading) if not c.blank]
    matching = [(i, found) for i, found in named if found]
    figures = any(looks_like_value(cell.text) for cell in strip.cells)
    if matching:
        index, found = matching[-1]
        others = [canonical(c.text) for c in leading[:index] if not c.blank]
        if not figures and any(c not in form.groups for c in others):
            return None  # a header row that ends in 总计 or 其他
        place = leading[index].location
        return _from(strip, canonical(leading[index].text), found, index + 1, place)
    return _unnamed_row(strip, form, leading) if figures else None


def _named(form: Form, text: str) -> tuple[Match, ...]:
    """The rows a cell names, a remark in brackets behind the label set aside."""
    found = labels.of_cell(form, canonical(text))
    plain = _REMARK.sub("", comparison.view(text))
    if found or not canonical(plain):
        return found
    return tuple(replace(match, official=False) for match in labels.of_cell(form, canonical(plain)))


def _unnamed_row(strip: Strip, form: Form, leading: Sequence[Item]) -> Candidate:
    """A row whose label stands in pieces, in the text above it, or nowhere."""
    words = "".join(canonical(cell.text) for cell in leading)
    if words:
        last = max(i for i, cell in enumerate(leading) if not cell.blank)
        return _from(strip, words, labels.at_end(form, words), last + 1, leading[last].location)
    above = labels.at_end(form, strip.words) if strip.words else ()
    return _from(strip, strip.words if above else "", above, 0, strip.location if above else None)


def _from(
    strip: Strip, label: str, matches: tuple[Match, ...], start: int, place: Location | None
) -> Candidate:
    return Candidate(label, matches, strip.cells[start:], strip.table, strip.exact, place)


def _leading_words(cells: Sequence[Item]) -> Sequence[Item]:
    for index, cell in enumerate(cells):
        if looks_like_value(cell.text):
            return cells[:index]
    return cells


# Which cells of a row are its columns -----------------------------------------------------------------


def with_columns(rows: Sequence[Candidate], width: int) -> list[Candidate]:
    """Table rows cut down to the cells of their columns; a row where that is not certain keeps all.

    Cells outside the columns are padding and must be blank. Where several cuts would do, the row
    follows the other rows of its table; flattened rows have their padding at the end.
    """
    starts = {table: _usual_start(rows, table, width) for table in {row.table for row in rows}}
    return [_cut(row, width, starts[row.table]) if row.grid else row for row in rows]


def fits(row: Candidate, width: int) -> bool:
    """Whether a row has cells for all columns and nothing beside them."""
    return len(row.items) == width or bool(row.grid and _cuts(row.items, width))


def _usual_start(rows: Sequence[Candidate], table: int | None, width: int) -> int | None:
    """The column where the cells of most rows begin."""
    columns = [
        row.items[cuts[0]].column
        for row in rows
        if row.table == table and row.exact and len(cuts := _cuts(row.items, width)) == 1
    ]
    return Counter(columns).most_common(1)[0][0] if columns else None


def _cut(row: Candidate, width: int, usual: int | None) -> Candidate:
    cuts = list(_cuts(row.items, width))
    if len(cuts) > 1 and not row.exact:
        cuts = cuts[:1] if cuts[0] == 0 else []
    elif len(cuts) > 1 and usual is not None:
        cuts = [c for c in cuts if row.items[c].column == usual]
    if len({tuple(i.text for i in row.items[c : c + width]) for c in cuts}) == 1:
        return replace(row, items=row.items[cuts[0] : cuts[0] + width])
    return row


def _cuts(items: Sequence[Item], width: int) -> range:
    """Where the columns may begin so that no filled cell is left outside."""
    filled = [index for index, item in enumerate(items) if not item.blank] or [len(items), 0]
    first, last = filled[0], filled[-1]
    return range(max(0, last - width + 1), min(first, len(items) - width) + 1)
