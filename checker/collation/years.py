"""Two years of one office: what the earlier hands on to the later, and what the later repeats.

Only figures are shown here; whether they are a fault is for the rules to say.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from checker.bilingual import Bilingual
from checker.collation.sentences import Sentence
from checker.collation.shape import Link, Repeated, Side
from checker.collation.tables import TRIAL, cells_of, form_of
from checker.facts import Fact, Facts, missing
from checker.forms import template

_SHORTEST = 10
"""Characters a sentence must have to be worth finding again."""
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_NO_CELL = missing("没有找到这一格", "the cell was not found")


def links(a: Side, b: Side) -> tuple[Link, ...]:
    """None unless one report is of the year right after the other's."""
    if a.year is None or b.year is None or abs(a.year - b.year) != 1:
        return ()
    earlier, later = (a, b) if a.year < b.year else (b, a)
    found = (_carried, _in_force, _pending)
    return tuple(link for each in found for link in each(earlier.facts, later.facts))


def _carried(earlier: Facts, later: Facts) -> Iterator[Link]:
    """What was carried over at the end of one year is carried in the next."""
    out, into = (
        _cells(facts, "applications", row) for facts, row in ((earlier, "carried_out"), (later, "carried_in"))
    )
    for column in template.APPLICANTS if out and into else ():
        before, now = out.get(column.code, _NO_CELL), into.get(column.code, _NO_CELL)
        label = Bilingual(f"申请结转·{column.name.zh}", f"Applications carried over: {column.name.en}")
        yield _link(f"applications.carried_in.{column.code}", label, before, (), now)


def _in_force(earlier: Facts, later: Facts) -> Iterator[Link]:
    """In force before, plus issued, minus repealed."""
    for row in template.DISCLOSURE.rows[:2]:
        last, this = _cells(earlier, "disclosure", row.code), _cells(later, "disclosure", row.code)
        if "in_force" not in last or "in_force" not in this:
            continue  # the trial form counts otherwise
        steps = (
            (Bilingual("本年制发", "issued"), 1, this.get("made", _NO_CELL)),
            (Bilingual("本年废止", "repealed"), -1, this.get("repealed", _NO_CELL)),
        )
        label = Bilingual(f"现行有效·{row.name.zh}", f"In force: {row.name.en}")
        yield _link(f"disclosure.{row.code}.in_force", label, last["in_force"], steps, this["in_force"])


def _pending(earlier: Facts, later: Facts) -> Iterator[Link]:
    """Cases pending before are among all cases of the next year."""
    for row in template.PROCEEDINGS.rows:
        last, this = _cells(earlier, "proceedings", row.code), _cells(later, "proceedings", row.code)
        if "pending" in last and "total" in this:
            label = Bilingual(f"尚未审结·{row.name.zh}", f"Pending: {row.name.en}")
            yield _link(
                f"proceedings.{row.code}.total", label, last["pending"], (), this["total"], at_least=True
            )


def _cells(facts: Facts, table: str, code: str) -> dict[str, Fact]:
    form = form_of(table, facts)
    row = next((r for r in form.rows if r.code == code), None) if form else None
    if form is None or row is None or (table == "disclosure" and form.format == TRIAL):
        return {}
    return dict(cells_of(form, row, facts))


def _link(
    name: str,
    label: Bilingual,
    before: Fact,
    steps: tuple[tuple[Bilingual, int, Fact], ...],
    now: Fact,
    at_least: bool = False,
) -> Link:
    numbers = [_whole(before), *(_whole(fact) for _, _, fact in steps)]
    signs = [1, *(sign for _, sign, _ in steps)]
    expected = None
    if None not in numbers:
        expected = sum(sign * (number or 0) for sign, number in zip(signs, numbers, strict=True))
    found = _whole(now)
    holds = None
    if expected is not None and found is not None:
        holds = found >= expected if at_least else found == expected
    return Link(name, label, before, steps, expected, now, holds, at_least)


def _whole(fact: Fact) -> int | None:
    """The whole number a fact is; of a blank, a slash or anything else nothing is known."""
    value = fact.value if isinstance(fact.value, Decimal) else None
    return int(value) if value is not None and value == value.to_integral_value() else None


def repeated(a: Side, ours: Sequence[Sentence], b: Side, theirs: Sequence[Sentence]) -> tuple[Repeated, ...]:
    """How much of the later report stands in the earlier, for the whole and for each part with sentences."""
    later_is_a = a.year is not None and b.year is not None and a.year > b.year
    earlier, later = (theirs, ours) if later_is_a else (ours, theirs)
    known = {s.key for s in earlier}
    masked = {_FIGURES.sub("#", text) for text in known}
    counted = [s for s in later if s.what == "sentence" and len(s.key) >= _SHORTEST]
    parts = sorted({s.section for s in counted})
    found = [_repeated(None, counted, known, masked)]
    found += [_repeated(part, (s for s in counted if s.section == part), known, masked) for part in parts]
    return tuple(each for each in found if each.sentences)


def _repeated(
    section: int | None, sentences: Iterable[Sentence], known: set[str], masked: set[str]
) -> Repeated:
    keys = [s.key for s in sentences]
    same = sum(text in known for text in keys)
    return Repeated(section, len(keys), same, sum(_FIGURES.sub("#", text) in masked for text in keys))
