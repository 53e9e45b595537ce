"""In which years a rule asks something, and in which the documents it rests on are in force."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from checker import yaml_text
from checker.bilingual import Bilingual
from checker.expression import Range, foregone
from checker.facts import Vocabulary
from checker.ruleset import Basis, Expression, Grade, Rule

FIRST, LAST = 2008, 2100
"""The years a ruleset may name; one that is open on a side goes on so far."""


BINDING: tuple[Grade, ...] = ("law", "national", "local")
"""Grades that say the document binds; the others rest on practice or a proposal, whatever they name."""


class Document(NamedTuple):
    """A document that rules rest on, and its days in force: ISO dates, or as much of one as is known."""

    name: str
    begins: str
    ends: str
    successor: str

    def in_words(self) -> Bilingual:
        """From when until when it is in force, and what came after."""
        zh, en = f"{self.name} 自 {self.begins} 起施行", f"{self.name} is in force from {self.begins}"
        if self.ends:
            zh, en = f"{zh}，至 {self.ends} 止", f"{en} to {self.ends}"
        if self.successor:
            zh, en = f"{zh}，由{self.successor}取代", f"{en}, superseded by {self.successor}"
        return Bilingual(zh, en)


@cache
def documents() -> tuple[Document, ...]:
    """What documents.yaml lists, longer names first."""
    path = Path(__file__).with_name("documents.yaml")
    listed = yaml_text.read(path).data
    found = [
        Document(name, d.get("from", ""), d.get("to", ""), d.get("superseded_by", ""))
        for name, d in listed.items()
    ]
    return tuple(sorted(found, key=lambda document: -len(document.name)))


def document_of(basis: Basis) -> Document | None:
    """What is known of the document a basis names."""
    return next((d for d in documents() if d.name in basis.document), None)


def in_force(basis: Basis, year: int) -> bool:
    """Whether the document is in force at the end of a year.

    One that is not listed counts as in force, and so does one that is not said to bind.
    """
    document = document_of(basis)
    if document is None or basis.grade not in BINDING:
        return True
    last_day = f"{year}-12-31"
    return document.begins <= last_day and (not document.ends or document.ends >= last_day)


def years_asked(
    rule: Rule, vocabulary: Vocabulary, first: int | None = None, last: int | None = None
) -> tuple[int, ...]:
    """The years of these in which the rule may have something to say of a report.

    A record of a year is dated in it or before: a rule over records from some day on has no say earlier.
    """
    years = range(first or FIRST, (last or LAST) + 1)
    conditions = [c for c in (rule.when, rule.where) if c is not None]
    fields = vocabulary.collections[rule.each].fields if rule.each is not None else ()
    dated = {field.name for field in fields if field.type in ("date", "moment")}
    read = {name for condition in conditions for name in condition.reads}
    known = parameters(rule)
    if not read & {"report.year", *dated}:  # then one year is like the next
        return (
            tuple(filter(partial(_effective, rule), years))
            if _may_apply(conditions, known, (), FIRST)
            else ()
        )
    return tuple(y for y in years if _effective(rule, y) and _may_apply(conditions, known, dated, y))


def _effective(rule: Rule, year: int) -> bool:
    begins, ends = rule.effective_from or date.min, rule.effective_to or date.max
    return begins <= date(year, 12, 31) and date(year, 1, 1) <= ends


def _may_apply(
    conditions: Iterable[Expression], known: Mapping[str, Range], dated: Iterable[str], year: int
) -> bool:
    ended = Range(None, date(year, 12, 31).toordinal())
    ranges = {"report.year": Range(year, year), **known, **dict.fromkeys(dated, ended)}
    return all(foregone(condition, ranges) is not False for condition in conditions)


def parameters(rule: Rule) -> dict[str, Range]:
    """The values of a rule's parameters."""
    values = {p.name: p.value.toordinal() if isinstance(p.value, date) else p.value for p in rule.parameters}
    return {name: Range(value, value) for name, value in values.items()}


def spans(years: Iterable[int]) -> Bilingual:
    """Years as a reader writes them: 2019–2021, 2023; from … on where they go on without an end."""
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][1] == year - 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return Bilingual(
        "、".join(_span(a, b, f"{a} 年起") for a, b in found),
        ", ".join(_span(a, b, f"{a} on") for a, b in found),
    )


def _span(first: int, last: int, open_ended: str) -> str:
    if last == LAST:
        return open_ended
    return str(first) if first == last else f"{first}–{last}"
