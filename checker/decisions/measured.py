"""The digest of what was measured: what a decision is keyed to.

Two parts, `rule-facts` in hexadecimal. The first is of what the rule asks: its condition, measures and
settings, and no word it is told in. The second is of what it found: outcomes, operands by name, kind and
text, and the words at their places. Lines, pages and names of files are in neither, so that it survives runs
and edits elsewhere.

Where nothing was measured that could be told again (a rule that is a question, a table that could not be
read, a finding that lists no record), what a person looked at stands for it: the record's fields, or the
digests of the files.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from checker.expression import collection_of
from checker.facts import Facts, Kind, Record
from checker.finding import Finding, Occurrence, Operand, Outcome, without_passes
from checker.patterns import pattern
from checker.ruleset import Expression, Measure, Ratio, Rule

_RULE, _FACTS = 8, 16
_NUMBERED = pattern(r"\d+(:\d+)?")
"""Keys that count records or lines: a record keeps its words, but not its number when others come before."""
_UNSEEN = (Kind.MISSING, Kind.UNREADABLE, Kind.DOUBTFUL)


@dataclass(frozen=True)
class Measured:
    """The digests of one finding under its rule; records that pass may be among its occurrences.

    sources: every file handed in but the manifest, with its SHA-256, the report first; two files may have one
    name.
    """

    rule: Rule
    finding: Finding
    facts: Facts
    sources: tuple[tuple[str, str], ...]

    @cached_property
    def asked(self) -> str:
        """The part of what the rule asks."""
        return _hash(_substance(self.rule), _RULE)

    @cached_property
    def each(self) -> tuple[str, ...]:
        """The digest of each occurrence, in their order."""
        return tuple(f"{self.asked}-{_hash(self._seen(o), _FACTS)}" for o in self.finding.occurrences)

    @cached_property
    def told(self) -> Finding:
        """The finding as it goes on record, without what passes."""
        return without_passes(self.finding)

    @cached_property
    def whole(self) -> str:
        """The digest of the finding as a whole."""
        listed = [d for d, o in zip(self.each, self.finding.occurrences, strict=True) if not _passes(o)]
        seen: list[Any] = [self.finding.outcome, self.finding.open_ended, sorted(listed)]
        if not listed:
            seen.append(self._files)
        return f"{self.asked}-{_hash(seen, _FACTS)}"

    def _seen(self, occurrence: Occurrence) -> Any:
        told = sorted(_told(occurrence))
        numbered = _NUMBERED.fullmatch(occurrence.key) and any(told)
        return [
            None if numbered else occurrence.key,
            occurrence.outcome,
            [[o.name, str(o.kind), o.text, sorted(_words(o))] for o in occurrence.operands],
            told,
            [occurrence.quantity, occurrence.rectified, occurrence.repeated],
            self._stand_in(occurrence),
        ]

    def _stand_in(self, occurrence: Occurrence) -> Any:
        """What stands for that which was not measured; None where all was."""
        asked = self.rule.question is not None
        record = self._records.get(occurrence.key) if asked else None
        if record is not None:
            return [[n, str(f.kind), f.text, str(f.value)] for n, f in sorted(record.fields.items())]
        unseen = [o for o in occurrence.operands if _is_unseen(o)]
        if occurrence.operands and not unseen and not asked:
            return None
        places = [place for operand in unseen for place in operand.locations] or occurrence.locations
        files = {place.file for place in places}
        return sorted(sha256 for file, sha256 in self.sources if file in files) or self._files

    @cached_property
    def _files(self) -> list[str]:
        """The digests of the files a rule is about: its ledgers, and the report unless it ranges over one."""
        measured = (collection_of(measure) or "" for measure in self.rule.measures)
        own = self.facts.sources.get(self.rule.each or "")
        ledgers = [own or (), *(self.facts.sources.get(name, ()) for name in measured)]
        files = {place.file for places in ledgers for place in places}
        found = [sha256 for file, sha256 in self.sources if file in files]
        return sorted(found if own else [*found, *(sha256 for _, sha256 in self.sources[:1])])

    @cached_property
    def _records(self) -> Mapping[str, Record]:
        wanted = {o.key for o in self.finding.occurrences}
        found = self.facts.records(self.rule.each) if self.rule.each else ()
        return {record.key: record for record in found if record.key in wanted}


def _passes(occurrence: Occurrence) -> bool:
    return occurrence.outcome is Outcome.PASS


def _is_unseen(operand: Operand) -> bool:
    return operand.kind in _UNSEEN and not operand.text


def _told(occurrence: Occurrence) -> Iterable[str]:
    return (" ".join([place.row or "", place.quote or ""]).strip() for place in occurrence.locations)


def _words(operand: Operand) -> Iterable[tuple[str, str]]:
    """The words at the places an operand was read from, which a count alone does not tell."""
    return ((place.row or "", place.quote or "") for place in operand.locations)


def _substance(rule: Rule) -> Any:
    """What the rule asks and of what, without a word of how it is told."""
    return [
        rule.id,
        rule.each,
        [_plain(e) for e in (rule.when, rule.where, rule.assertion)],
        [_measure(m) for m in _asked(rule)],
        [[p.name, p.type, str(p.value)] for p in rule.parameters],
        [str(rule.effective_from), str(rule.effective_to)],
        [rule.degree.part, rule.degree.whole] if isinstance(rule.degree, Ratio) else rule.degree,
        rule.judgement,
        rule.question,
    ]


def _asked(rule: Rule) -> Sequence[Measure]:
    """The measures that decide; the others only fill in what is told."""
    wanted = {name for e in (rule.when, rule.where, rule.assertion) if e is not None for name in e.reads}
    if isinstance(rule.degree, Ratio):
        wanted |= {rule.degree.part, rule.degree.whole}
    asked: list[Measure] = []
    for measure in reversed(rule.measures):
        if measure.name in wanted:
            asked.insert(0, measure)
            wanted.update(_named(measure))
    return asked


def _named(measure: Measure) -> Iterable[str]:
    """Every word among the arguments: one of them may be a measure before it."""
    for value in measure.arguments.values():
        words = (value,) if isinstance(value, str) else value if isinstance(value, Iterable) else ()
        yield from (word for word in words if isinstance(word, str))


def _measure(measure: Measure) -> Any:
    return [
        measure.name,
        measure.signature.name,
        {name: _plain(value) for name, value in measure.arguments.items()},
        _plain(measure.where),
        measure.match,
    ]


def _plain(value: Any) -> Any:
    """A value as JSON has it; of an expression its text, spacing aside."""
    if isinstance(value, Expression):
        return " ".join(value.source.split())
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _hash(content: Any, digits: int) -> str:
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
