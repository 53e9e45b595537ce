"""Findings → the forms of decisions.yaml that a person fills in, new or added to those there are."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from checker import yaml_text
from checker.bilingual import Bilingual, Language
from checker.decisions.content import Action, uses
from checker.decisions.measured import Measured
from checker.errors import InputError
from checker.finding import Occurrence, Outcome
from checker.patterns import pattern
from checker.ruleset import Ruleset, Use
from checker.yaml_text import YamlText

_PLAIN = pattern(r"\w[\w/.#-]*")
_EMPTY = pattern(r"^(decisions\s*:)[^\S\n]*\[\s*\]", re.MULTILINE)
_CLOSED = (Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.ERROR)
_LONGEST = 200
"""Characters of what is told of an item."""
_HEAD = Bilingual(
    "# 人工决定。各项填好 settle（或 level、deduct 等）、by、role、on、why、evidence 才算；没有填的不算。\n"
    "# evidence 列清单中的编号或报送文件夹里的文件，例如 [report.md]。不要改 rule、record、measured。\n",
    "# Decisions. An item counts once its settle (or level, deduct …), by, role, on, why and evidence are\n"
    "# filled in; one left blank does not. evidence: ids of the manifest or files of the submission,\n"
    "# such as [report.md]. Leave rule, record and measured as they are.\n",
)
_OUTCOMES = Bilingual("pass 符合 · fail 不符合 · not_applicable 不适用", "pass, fail or not_applicable")
_EXPIRES = Bilingual("豁免须写到期日，例如 2025-12-31", "the last day of a waiver, such as 2025-12-31")


@dataclass(frozen=True, slots=True)
class Form:
    """One item to decide: on a record, or the whole rule. offers: the actions there are, each with a hint."""

    rule: str
    title: Bilingual
    said: Bilingual | None
    measured: str
    offers: tuple[tuple[Action, Bilingual], ...]
    record: str | None = None


def forms(
    found: Iterable[Measured], ruleset: Ruleset, named: Sequence[str] = (), records: Sequence[str] = ()
) -> tuple[Form, ...]:
    """A form for every item only a person can decide; where rules are named, for all that is found of these,
    to be corrected or waived too; where records are, for these alone, whether they pass or not."""
    used = uses(ruleset)
    chosen = [each for each in found if not named or each.finding.rule in named]
    if records:
        return tuple(form for each in chosen for form in _of_records(each, records))
    return tuple(
        form for each in chosen for form in _of_finding(each, used.get(each.finding.rule), bool(named))
    )


def _of_records(found: Measured, records: Sequence[str]) -> Iterator[Form]:
    for occurrence, digest in zip(found.finding.occurrences, found.each, strict=True):
        if occurrence.key in records:
            yield _of_record(found, occurrence, digest, every=True)


def _of_finding(found: Measured, use: Use | None, every: bool) -> Iterator[Form]:
    finding, rule = found.told, found.rule
    chosen = _chosen(use) if finding.outcome not in _CLOSED else None
    said = finding.reason or next((o.message for o in finding.occurrences), None)
    if chosen is not None:
        others = _offers(finding.outcome, every) if every else ()
        yield Form(finding.rule, rule.title, said, found.whole, (chosen, *others))
    elif finding.outcome is Outcome.ERROR:
        return
    elif all(o.key in (rule.each, "report") for o in finding.occurrences):
        if every or finding.outcome is Outcome.PENDING:
            yield Form(finding.rule, rule.title, said, found.whole, _offers(finding.outcome, every))
    else:
        for occurrence, digest in zip(found.finding.occurrences, found.each, strict=True):
            if every and occurrence.outcome is not Outcome.PASS or occurrence.outcome is Outcome.PENDING:
                yield _of_record(found, occurrence, digest, every)


def _of_record(found: Measured, occurrence: Occurrence, digest: str, every: bool) -> Form:
    offers = _offers(occurrence.outcome, every)
    finding, rule = found.finding, found.rule
    return Form(finding.rule, rule.title, occurrence.message, digest, offers, occurrence.key)


def _chosen(use: Use | None) -> tuple[Action, Bilingual] | None:
    """What a person picks by the ruleset's own words: a level, or an amount."""
    if use is not None and use.rubric:
        zh, en = ([f"{level.id} {level.title[n]}" for level in use.rubric] for n in (0, 1))
        return "level", Bilingual(" · ".join(zh), " · ".join(en))
    if use is not None and use.deduct_to is not None:
        low, high = use.deduct, use.deduct_to
        return "deduct", Bilingual(f"扣 {low} 至 {high} 分", f"{low} to {high} points")
    return None


def _offers(outcome: Outcome, every: bool) -> tuple[tuple[Action, Bilingual], ...]:
    if outcome in (Outcome.PENDING, Outcome.UNKNOWN):
        settle: tuple[tuple[Action, Bilingual], ...] = (("settle", _OUTCOMES),)
    else:
        settle = (("override", _OUTCOMES),)
    waives = every and outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    return (*settle, ("waive", Bilingual("true 豁免", "true to waive"))) if waives else settle


# As text ----------------------------------------------------------------------------------------------


def written(items: Sequence[Form], language: Language) -> str:
    """A file of these forms."""
    return _HEAD.in_language(language) + "decisions:\n" + "".join(_lines(items, language, ""))


def added(data: bytes, file: str, items: Sequence[Form], language: Language) -> tuple[str, int]:
    """The file with a form for every item it does not have yet, all else as it is; and how many those are.

    Raises InputError for a file that is at fault, or written so that nothing can be added below.
    """
    source, text = yaml_text.parse(data, file), data.decode("utf-8-sig")
    entries = _entries(source)
    there = {(e.get("rule"), e.get("record")) for e in entries or () if isinstance(e, dict)}
    new = [form for form in items if (form.rule, form.record) not in there]
    if not new:
        return text, 0
    if source.data == "":
        return text + written(new, language), len(new)
    renewed = _below(text, source, new, language)
    now = _read_again(renewed, file)
    if (
        entries is None
        or now is None
        or now[: len(entries)] != entries
        or len(now) != len(entries) + len(new)
    ):
        zh = "无法在原处添加：decisions 请逐项写在各自的行上，以 - 开头，放在文件最后"
        en = "nothing can be added in place: write decisions last, one below another, each beginning with -"
        raise InputError([source.problem("decisions.cannot-add", zh, en, ("decisions",), key=True)])
    return renewed, len(new)


def _entries(source: YamlText) -> list[Any] | None:
    """The decisions there are; None where there is no list of them."""
    found = source.data.get("decisions") if isinstance(source.data, dict) else None
    return [] if found == "" else found if isinstance(found, list) else None


def _read_again(text: str, file: str) -> list[Any] | None:
    try:
        return _entries(yaml_text.parse(text, file))
    except InputError:
        return None


def _below(text: str, source: YamlText, new: Sequence[Form], language: Language) -> str:
    """The text with more items at its end, or in the place of an empty list."""
    text = text if text.endswith("\n") else f"{text}\n"
    if not _entries(source):
        return _EMPTY.sub(r"\1", text, count=1) + "".join(_lines(new, language, ""))
    indent = " " * (source.marks[("decisions",)].character - 1)
    return text + "".join(_lines(new, language, indent))


def _lines(items: Iterable[Form], language: Language, indent: str) -> Iterator[str]:
    for form in items:
        yield "\n"
        yield from (f"{indent}{line}\n" for line in _form(form, language))


def _form(form: Form, language: Language) -> Iterator[str]:
    yield f"# {_on_one_line(form.title.in_language(language))}"
    if form.said is not None:
        yield f"# {_on_one_line(form.said.in_language(language))}"
    yield f"- rule: {form.rule}"
    if form.record is not None:
        yield f"  record: {_scalar(form.record)}"
    yield f"  measured: {form.measured}"
    for action, hint in form.offers:
        yield f"  {action}:  # {_on_one_line(hint.in_language(language))}"
    if any(action == "waive" for action, _ in form.offers):
        yield f"  expires:  # {_EXPIRES.in_language(language)}"
    yield from ("  by:", "  role:", "  on:", "  why:", "  evidence: []")


def _on_one_line(text: str) -> str:
    """What a report says, as a comment cannot be made to say more."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
