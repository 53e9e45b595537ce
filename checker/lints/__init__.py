"""What is wrong with rulesets and rules though they load, beside everything for which others do not.

Every module whose name has no underscore in front is one lint, and its name its code, with hyphens:

    SEVERITY: Severity
    ABOUT: Bilingual                          what it finds
    def look(shelf: Shelf) -> Iterator[Spot]

    _gathering.py  what was named on the command line → what loads, and the problems of the rest
    _shelf.py      what a lint looks at, and what it says
    _losing.py     how many marks can be lost at most
    _years.py      when rules apply and documents are in force; documents.yaml lists these
    _fixes.py      how to put right what does not load; fixes.yaml lists it

What is meant to be as it is says so: `lint: {code: {zh: …, en: …}}` in the file, an indicator, a use or the
bonus covers what that lint finds there and below. One that covers nothing is a finding itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, did_you_mean
from checker.lints._fixes import with_fix
from checker.lints._gathering import Target, gather, joined, target
from checker.lints._shelf import Severity, Shelf, scalars
from checker.location import Location
from checker.yaml_text import Way, YamlText

__all__ = ["Exemption", "Lint", "Remark", "Report", "Severity", "catalogue", "look_at"]

_KEY = "lint"


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing that is looked for."""

    code: str
    severity: Severity
    about: Bilingual


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding; its problem has a place and a fix."""

    severity: Severity
    problem: Problem


@dataclass(frozen=True, slots=True)
class Exemption:
    """What the author of a file says is meant to be so, why, and how many findings that covers."""

    code: str
    why: Bilingual
    place: Location
    covers: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at and found. rulesets: those that load; the numbers of rules and cases likewise.

    remarks and exemptions are in the order of files and lines.
    """

    rulesets: tuple[str, ...]
    rules: int
    cases: int
    remarks: tuple[Remark, ...]
    exemptions: tuple[Exemption, ...]

    def count(self, severity: Severity) -> int:
        return sum(1 for remark in self.remarks if remark.severity == severity)


def catalogue() -> tuple[Lint, ...]:
    """Every lint there is, by code."""
    return tuple(Lint(code, m.SEVERITY, m.ABOUT) for code, m in _modules().items())


@cache
def _modules() -> dict[str, ModuleType]:
    names = sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
    return {name.replace("_", "-"): import_module(f"{__name__}.{name}") for name in names}


def look_at(names: Sequence[str]) -> Report:
    """What is wrong with these rulesets, rules and folders.

    names: shipped rulesets, files, folders. Raises InputError for a name that is none of these.
    """
    reports = [_report(each) for each in joined(map(target, names))]
    remarks = dict.fromkeys(remark for report in reports for remark in report.remarks)
    exemptions = [exemption for report in reports for exemption in report.exemptions]
    return Report(
        tuple(name for report in reports for name in report.rulesets),
        sum(report.rules for report in reports),
        sum(report.cases for report in reports),
        tuple(sorted(remarks, key=lambda remark: _order(remark.problem.location, remark.problem.code))),
        tuple(sorted(exemptions, key=lambda exemption: _order(exemption.place, exemption.code))),
    )


def _order(place: Location | None, code: str) -> tuple[str, int, int, str]:
    return (place.file, place.line or 0, place.character or 0, code) if place else ("", 0, 0, code)


def _report(wanted: Target) -> Report:
    shelf, refused = gather(wanted)
    told = _Exemptions(shelf)
    remarks = [Remark("refused", with_fix(problem)) for problem in refused]
    for part in shelf.parts():
        for code, lint in _modules().items():
            for spot in lint.look(part):
                problem, way = part.problem(code, spot)
                if not told.covers(problem, way, part.own):
                    remarks.append(Remark(lint.SEVERITY, problem))
    remarks += told.wrong(judge=not refused)
    cases = sum(len(file.cases) for file in (shelf.cases or {}).values())
    named = tuple(sheet.ruleset.id for sheet in shelf.sheets)
    return Report(named, len(shelf.rules), cases, tuple(remarks), tuple(told.made()))


class _Exemptions:
    """What the files looked at say is meant to be so."""

    def __init__(self, shelf: Shelf) -> None:
        self._texts = shelf.texts
        self._asked_for = tuple(shelf.sources)
        self._covered: dict[str, dict[tuple[Way, str], set[Way]]] = {}

    def _of(self, file: str) -> dict[tuple[Way, str], set[Way]]:
        if file not in self._covered:
            data = self._texts.of(file).data
            found = {(way, code): set[Way]() for way, codes in _exempting(data, ()) for code in codes}
            self._covered[file] = found
        return self._covered[file]

    def covers(self, problem: Problem, way: Way, own: YamlText | None) -> bool:
        """Whether what was found is meant to be so; the nearest to say so has covered it.

        own: the file of the ruleset of which it was found. What it has from another it exempts as a whole.
        """
        if problem.location is None:
            return False
        file, code = problem.location.file, problem.code
        places = [(file, way[:end]) for end in range(len(way), -1, -1)]
        places += [(own.file, ())] if own else []
        found = next((self._of(f)[at, code] for f, at in places if (at, code) in self._of(f)), None)
        if found is not None:
            found.add(way)
        return found is not None

    def made(self) -> Iterator[Exemption]:
        for file, way, code, number in self._entries():
            if number:
                source = self._texts.of(file)
                said = dict(scalars(source))
                why = Bilingual(said[*way, "zh"], said[*way, "en"])
                yield Exemption(code, why, source.place(way, key=True), number)

    def wrong(self, judge: bool) -> Iterator[Remark]:
        """Exemptions from nothing there is; and, where all of it was looked at, those that cover nothing."""
        for file, way, code, number in self._entries():
            if code not in _modules():
                hint = did_you_mean(code, _modules())
                message = Bilingual(f"没有检查项 {code}{hint.zh}", f"there is no lint {code}{hint.en}")
                yield Remark("error", with_fix(self._problem("exemption.unknown", message, file, way)))
            elif judge and not number:
                message = Bilingual(f"{code} 在这里什么也没有查到", f"{code} finds nothing here")
                yield Remark("warning", with_fix(self._problem("exemption.unused", message, file, way)))

    def _entries(self) -> Iterator[tuple[str, Way, str, int]]:
        """File, way and code of each exemption asked for, and how many findings it covers."""
        for file in self._asked_for:
            for (way, code), covered in self._of(file).items():
                yield file, (*way, _KEY, code), code, len(covered)

    def _problem(self, code: str, message: Bilingual, file: str, way: Way) -> Problem:
        return self._texts.of(file).problem(code, *message, way, key=True)


def _exempting(data: Any, way: Way) -> Iterator[tuple[Way, Iterable[str]]]:
    """Every mapping that exempts something: the way to it, and the codes."""
    if isinstance(data, dict) and isinstance(data.get(_KEY), dict):
        yield way, data[_KEY]
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield from _exempting(value, (*way, step))
