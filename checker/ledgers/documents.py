"""Which rows that bear one title are one document.

A site lists a document in several columns, some of them without its number and dated a few days off; but
titles repeat as well: every year's notice of one name, two departments' rules of one name. So rows are one
document only if nothing they say tells them apart:

- an id is a document, and so is a document number;
- a row without both belongs to the one document of its title published no more than 31 days before or
  after; where several were, or none, rows published within 31 days of the first of them are a document;
- a name that states the years it is for (十四五, 2021-2025) is one plan's, whenever it was put on the site;
- a row that does not say when it was published belongs to the only document of its title, or to none;
- a title that names another issuer is another document's; a row takes no id from a row of another office.

Rows that stay apart may yet be one document: then a person says so, by giving both the same id.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from checker.comparison import squeeze
from checker.patterns import pattern

DAYS = 31
_YEARS = r"(?:(?:19|20)\d\d)年?[-~至—到](?:(?:19|20)\d\d)"
_PERIOD = pattern(rf"{_YEARS}|十[一二三四五六七八九]五|第[一二三四五六七八九十]+个五年")


class Row(NamedTuple):
    """What a row says of the document it lists; "" and None where it is silent."""

    id: str = ""
    doc_no: str = ""
    day: date | None = None
    office: str = ""


@dataclass(slots=True)
class Document:
    """Rows of one document, by their numbers. id: the one given for it. mark: what tells a document without
    an id from others of its name."""

    id: str = ""
    rows: list[int] = field(default_factory=list)
    doc_nos: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)

    def add(self, number: int, row: Row) -> None:
        self.rows.append(number)
        self.doc_nos |= {row.doc_no} - {""}
        self.offices |= {row.office} - {""}
        if row.day is not None:
            self.days.add(row.day)

    @property
    def mark(self) -> str:
        return min(self.doc_nos) if self.doc_nos else f"{min(self.days)}" if self.days else "日期不明"


def doc_no(text: str) -> str:
    """A document number for comparison; "" for what is none, such as 无."""
    bare = squeeze(text).casefold()
    return bare if any(map(str.isdigit, bare)) else ""


def documents(core: str, rows: Sequence[Row]) -> list[Document]:
    """The documents that rows of one name (core) and one issuer list. The order of rows decides nothing."""
    if _PERIOD.search(core):
        rows = [row._replace(day=None) for row in rows]
    order = sorted(range(len(rows)), key=lambda n: (rows[n].day or date.min, rows[n].doc_no, n))
    found = _by_id(rows, order)
    numbered = _by_number(rows, order, found)
    found += _settled(found, numbered)
    loose = [n for n in order if not rows[n].id and not rows[n].doc_no]
    return found + _apart(rows, _joined(rows, loose, found), bool(found))


def _by_id(rows: Sequence[Row], order: Iterable[int]) -> list[Document]:
    known: dict[str, Document] = {}
    for number in order:
        given = rows[number].id
        if given:
            known.setdefault(given, Document(given)).add(number, rows[number])
    return list(known.values())


def _by_number(rows: Sequence[Row], order: Iterable[int], known: Sequence[Document]) -> list[Document]:
    """Rows with a number and no id: those of a number that one id has are that id's; the others by number."""
    owners: dict[str, list[Document]] = defaultdict(list)
    for document in known:
        for number in document.doc_nos:
            owners[number].append(document)
    rest: dict[str, Document] = {}
    for place in order:
        row = rows[place]
        if row.doc_no and not row.id:
            owner = owners.get(row.doc_no, [])
            into = owner[0] if len(owner) == 1 else rest.setdefault(row.doc_no, Document())
            into.add(place, row)
    return list(rest.values())


def _settled(known: Sequence[Document], numbered: Sequence[Document]) -> list[Document]:
    """Of the documents known by number only, those that are no id's: an id without a number takes the only
    one that may be its."""
    open_ids = [d for d in known if not d.doc_nos]
    if len(open_ids) == len(known) == len(numbered) == 1 and _may_be_one(known[0], numbered[0]):
        for attribute in ("doc_nos", "days", "offices"):
            getattr(known[0], attribute).update(getattr(numbered[0], attribute))
        known[0].rows.extend(numbered[0].rows)
        return []
    return list(numbered)


def _may_be_one(document: Document, other: Document) -> bool:
    near = not document.days or not other.days or any(_near(a, other.days) for a in document.days)
    return near and _one_office(document.offices, other.offices)


def _one_office(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def _near(day: date, days: Iterable[date]) -> bool:
    return any(abs((day - other).days) <= DAYS for other in days)


def _joined(rows: Sequence[Row], loose: Iterable[int], found: Sequence[Document]) -> list[int]:
    """Adds each row to the one document it may be of; the rows left, in order."""
    days = sorted((day, place) for place, document in enumerate(found) for day in document.days)
    always = [place for place, document in enumerate(found) if not document.days]
    left = []
    for number in loose:
        row = rows[number]
        places = _fitting(row.day, days, always, len(found))
        document = found[min(places)] if len(places) == 1 else None
        if document is None or document.id and not _one_office({row.office} - {""}, document.offices):
            left.append(number)
        else:
            document.rows.append(number)
    return left


def _fitting(
    day: date | None, days: Sequence[tuple[date, int]], always: Sequence[int], count: int
) -> set[int]:
    """The places of the documents a row of that day may be of, at most two of them."""
    if day is None:
        return set(range(min(count, 2)))
    found = set(always[:2])
    first = bisect_left(days, (day - timedelta(DAYS), -1))
    for other, place in islice(days, first, None):
        if other > day + timedelta(DAYS) or len(found) > 1:
            break
        found.add(place)
    return found


def _apart(rows: Sequence[Row], left: Iterable[int], others: bool) -> list[Document]:
    """Documents of the rows that are of none known, by their dates alone."""
    made: list[Document] = []
    undated = Document()
    for number in left:
        day = rows[number].day
        if day is None:
            undated.add(number, rows[number])
        elif made and (day - min(made[-1].days)).days <= DAYS:
            made[-1].add(number, rows[number])
        else:
            made.append(Document())
            made[-1].add(number, rows[number])
    if not undated.rows:
        return made
    if len(made) == 1 and not others:
        for number in undated.rows:
            made[0].add(number, rows[number])
        return made
    return [*made, undated]
