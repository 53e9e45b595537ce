"""Evidence × the facts of the report → whether they are of one year and one unit."""

from collections.abc import Iterator
from dataclasses import replace

from checker import comparison
from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.facts import Facts, Kind
from checker.location import Location
from checker.manifest import NAME, Evidence, Manifest
from checker.patterns import pattern

_OFFICE = pattern(r"(?:人民政府|政府|行政公署|管理委员会|管委会|办公室|办公厅)+$")


def beside_report(evidence: Evidence, facts: Facts) -> Evidence:
    """The evidence with what is wrong, and what is to be known, of it beside this report."""
    year = other_year(evidence.manifest, facts)
    notices = (*evidence.fixity.notices, *_year_unread(facts), *_other_unit(evidence.manifest, facts))
    problems = evidence.problems if year is None else (*evidence.problems, year)
    return replace(evidence, fixity=replace(evidence.fixity, notices=notices), problems=problems)


def other_year(manifest: Manifest, facts: Facts) -> Problem | None:
    """Why this evidence says nothing of the report: it is of another year. None if the report gives none."""
    year = facts.fields["report.year"]
    if year.kind is not Kind.NUMBER or int(year.text) == manifest.year:
        return None
    message = Bilingual(
        f"清单说的是 {manifest.year} 年度，报告是 {year.text} 年度报告",
        f"the manifest is for {manifest.year}, the report is of {year.text}",
    )
    return Problem("manifest.year", message, Location(NAME))


def _year_unread(facts: Facts) -> Iterator[Problem]:
    if facts.fields["report.year"].kind is not Kind.NUMBER:
        zh, en = (
            "读不出报告的年度，没有与清单核对",
            "the report's year could not be read or set against this list",
        )
        yield Problem("evidence.year-not-read", Bilingual(zh, en), Location(NAME))


def _other_unit(manifest: Manifest, facts: Facts) -> Iterator[Problem]:
    issuer, name = facts.fields["report.issuer"], manifest.unit.name
    if issuer.kind is not Kind.TEXT or any(_same(name, own) for own in (issuer.text, *issuer.text.split())):
        return
    zh = f"清单的单位是“{name}”，报告的单位是“{issuer.text}”，请核对是否同一单位"
    en = f"the unit of this list is “{name}”, that of the report “{issuer.text}”: see that they are one"
    yield Problem("evidence.other-unit", Bilingual(zh, en), Location(NAME))


def _same(name: str, issuer: str) -> bool:
    """Equal but for what such names leave out: the places above it, and what kind of office it is."""
    one, other = (_OFFICE.sub("", comparison.squeeze(text)) for text in (name, issuer))
    return bool(one and other) and (one.endswith(other) or other.endswith(one))
