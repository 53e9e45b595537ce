"""The three official tables: from the text of a report to the cells of the printed forms.

template: the forms. zones and strips: where a table stands, cut at its figures. candidates, labels
and alignment: which strip is which row. division: digits that ran together. reading and proceedings:
the cells. records: cells as facts. grids: the tables in official order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from checker.forms import template
from checker.forms.alignment import place
from checker.forms.grids import grids
from checker.forms.proceedings import read_proceedings as _proceedings
from checker.forms.reading import Reading, RowReading, read
from checker.forms.strips import Strip, strips
from checker.forms.zones import zones
from checker.location import Location
from checker.outline import Outline

__all__ = [
    "Reading",
    "RowReading",
    "grids",
    "old_headers",
    "read_applications",
    "read_disclosure",
    "read_proceedings",
]

LAST_TRIAL_YEAR = 2020
"""The trial form of 60号 was used for the reports on 2019 and 2020."""
TABLE_LOST = "table-not-recovered"
"""What readers of pages say of a table whose cells they could not tell: its words stand in running text."""


def read_disclosure(outline: Outline) -> Reading:
    """Table 2, by the form its own headers tell."""
    form = template.TRIAL_DISCLOSURE if _has_trial_headers(outline) else template.DISCLOSURE
    return _first_found(outline, 2, lambda found: read(found, form))


def read_applications(outline: Outline) -> Reading:
    """Table 3. With one row （六）其他处理 it is the trial form only if table 2 or the year says so too."""
    return _first_found(outline, 3, lambda found: _applications(found, outline))


def read_proceedings(outline: Outline) -> Reading:
    """Table 4, the same in both formats."""
    reading = _first_found(outline, 4, _proceedings)
    return replace(reading, form=replace(reading.form, format="2019")) if _is_trial(outline) else reading


def old_headers(outline: Outline) -> tuple[tuple[str, Location], ...]:
    """Column headers of the 2019 trial form that stand in section two, each with its first place."""
    span = next(zones(outline, 2), None)
    if span is None:
        return ()
    found = ((h, _spaced(h).search(outline.view, span.start, span.end)) for h in template.OLD_HEADERS)
    return tuple((header, outline.locate(*match.span())) for header, match in found if match)


def _spaced(words: str) -> "re.Pattern[str]":
    """The words with any blanks between their characters, as narrow columns print them."""
    return re.compile(r"\s*".join(map(re.escape, words)))


def _first_found(outline: Outline, number: int, reader: Callable[[Sequence[Strip]], Reading]) -> Reading:
    reading = None
    lost = any(d.code == TABLE_LOST for d in outline.document.diagnostics)
    for span in zones(outline, number):
        found = replace(reader(strips(outline, span)), in_doubt=lost)
        if found.present:
            return found
        reading = reading or found
    return reading or replace(reader(()), in_doubt=lost)


def _applications(found: Sequence[Strip], outline: Outline) -> Reading:
    trial = _is_trial(outline)
    one_row = template.TRIAL_APPLICATIONS if trial else template.APPLICATIONS_ONE_OTHER_ROW
    three, one = place(found, template.APPLICATIONS).rows, place(found, one_row).rows
    split = any(row.code in three for row in template.OTHER_ITEMS)
    printed_once = template.OTHER_HANDLING.code in one and not split
    form = one_row if printed_once or (trial and not split) else template.APPLICATIONS
    return read(found, form, template.balances(form))


def _is_trial(outline: Outline) -> bool:
    """Whether the report follows the trial form: by table 2, or by its year where that tells nothing."""
    return _has_trial_headers(outline) or (not _has_new_headers(outline) and _trial_year(outline))


def _has_trial_headers(outline: Outline) -> bool:
    return len(old_headers(outline)) > 1 and not _has_new_headers(outline)


def _has_new_headers(outline: Outline) -> bool:
    span = next(zones(outline, 2), None)
    names = (_spaced(column.name.zh) for column in template.DOCUMENT_COLUMNS)
    return span is not None and any(n.search(outline.view, span.start, span.end) for n in names)


def _trial_year(outline: Outline) -> bool:
    year = re.search(r"(20\d\d)\s*年", outline.view[: outline.front.end])
    return year is not None and int(year[1]) <= LAST_TRIAL_YEAR
