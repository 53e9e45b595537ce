"""What a report's prose counts in one figure and the tables in several cells.

The groups of rows of table 3 (不予公开, 无法提供 …), all organisations among the applicants, both kinds
of suit in table 4. A subtotal one of whose cells holds no number is that cell instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.facts import Absent, Extract, Fact, Field, Kind, flag, missing
from checker.forms import template
from checker.outline import Outline

NEEDS = ("applications", "proceedings")

_GROUPS = {
    "refused": (
        Bilingual("三（三）不予公开合计", "3(3) refused, all rows"),
        (
            "refused_state_secret",
            "refused_other_law",
            "refused_three_securities",
            "refused_third_party",
            "refused_internal_affairs",
            "refused_process",
            "refused_enforcement_file",
            "refused_administrative_query",
        ),
    ),
    "not_available": (
        Bilingual("三（四）无法提供合计", "3(4) not available, all rows"),
        ("unable_not_held", "unable_not_ready_made", "unable_still_unclear"),
    ),
    "not_processed": (
        Bilingual("三（五）不予处理合计", "3(5) not processed, all rows"),
        (
            "rejected_petition",
            "rejected_repeat",
            "rejected_publication",
            "rejected_excessive",
            "rejected_confirmation",
        ),
    ),
}
_OTHERWISE = Bilingual("三（六）其他处理合计", "3(6) otherwise handled, all rows")
_ONE_ROW = Bilingual("三（六）其他处理填成一行", "3(6) otherwise handled is given in one row")
_RECEIVED = ("new", "carried_in")
_ORGANISATIONS = ("business", "research", "public_welfare", "legal_service", "other_organisation")
_SUITS = ("direct_suit", "suit_after_review")


def _declared() -> Iterable[Field]:
    pieces = template.PIECES
    yield Field("applications.other_in_one_row", "flag", _ONE_ROW)
    for code, (label, _) in _GROUPS.items():
        yield Field(f"applications.{code}.total", "count", label, pieces)
    yield Field("applications.otherwise.total", "count", _OTHERWISE, pieces)
    for code in _RECEIVED:
        zh, en = template.APPLICATIONS.row(code).name
        persons = Bilingual(f"{zh}（自然人）", f"{en} (natural persons)")
        organisations = Bilingual(f"{zh}（法人或其他组织合计）", f"{en} (all organisations)")
        yield Field(f"applications.{code}.natural_person", "count", persons, pieces)
        yield Field(f"applications.{code}.organisations", "count", organisations, pieces)
    for column in template.RESULTS:
        zh, en = column.name
        label = Bilingual(f"两类行政诉讼{zh}", f"Both kinds of suit: {en}")
        yield Field(f"proceedings.suits.{column.code}", "count", label, pieces)


DECLARES = tuple(_declared())


def extract(outline: Outline, found: Extract) -> Extract:
    """Exact sums of cells found before, each with the places of all its cells."""
    one_row = _one_row(found)
    otherwise = ("other_handling",) if one_row.value else tuple(row.code for row in template.OTHER_ITEMS)
    groups = {code: rows for code, (_, rows) in _GROUPS.items()} | {"otherwise": otherwise}
    fields = {"applications.other_in_one_row": one_row}
    for code, rows in groups.items():
        cells = [found.fields[f"applications.{row}.total"] for row in rows]
        fields[f"applications.{code}.total"] = _sum(cells)
    for code in _RECEIVED:
        kinds = _applicants(found, code)
        fields[f"applications.{code}.natural_person"] = kinds["natural_person"]
        fields[f"applications.{code}.organisations"] = _sum([kinds[o] for o in _ORGANISATIONS])
    for column in template.RESULTS:
        cells = [found.fields[f"proceedings.{suit}.{column.code}"] for suit in _SUITS]
        fields[f"proceedings.suits.{column.code}"] = _sum(cells)
    return Extract(fields, {})


def _one_row(found: Extract) -> Fact:
    """Whether （六）其他处理 is printed as one row: by its own row, or by its three items."""
    present = found.fields["applications.present"]
    if not present.value:
        return missing("没有找到表三", "table 3 was not found")
    whole = found.fields["applications.other_handling.total"]
    return flag(whole.kind is not Kind.MISSING, *whole.locations)


def _applicants(found: Extract, code: str) -> Mapping[str, Fact]:
    """The cells of one row of table 3 by kind of applicant."""
    rows = found.collections["applications.rows"]
    if isinstance(rows, Absent):
        absent = missing(rows.reason.zh, rows.reason.en, *rows.locations)
        return dict.fromkeys((column.code for column in template.APPLICANTS), absent)
    return next(row.fields for row in rows if row.key == code)


def _sum(cells: Sequence[Fact]) -> Fact:
    """The sum of all cells; the first that holds no number stands for it instead."""
    total = Decimal(0)
    for cell in cells:
        if not isinstance(cell.value, Decimal):
            return cell
        total += cell.value
    places = tuple(dict.fromkeys(place for cell in cells for place in cell.locations))
    return Fact(Kind.NUMBER, total, f"{total:f}", places)
