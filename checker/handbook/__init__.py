"""A ruleset with its rules as a book: what a person needs who scores by it, or is scored.

build() gathers what is printed: the score sheet in the order of the tree, and a page for every rule that is
used. It rounds nothing and prints nothing.

reading.py   what a rule reads, by its source
examples.py  the examples of a rule in plain words, and what is said of them
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual, Language
from checker.expression import Scope
from checker.facts import Vocabulary
from checker.handbook.examples import Told, in_words, told_of_examples
from checker.handbook.reading import Source, sources
from checker.ruleset import Indicator, Measure, Rule, Ruleset, Use
from checker.worth import OCCURRENCES, bonus_in_words, indicator_in_words, use_in_words

__all__ = ["Entry", "Handbook", "Part", "RulePage", "Source", "Told", "Worth", "build", "told_of_examples"]

_LONG = 120
"""Characters of a formula above which its measures get short names."""
_STEMS, _LETTERS = "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJ"
_BONUS = Bilingual("加分项", "Bonus")
_GATE = Bilingual("符合才适用本项", "this part applies only where it holds")
_WHOLE = Bilingual("全局", "The whole")


@dataclass(frozen=True, slots=True)
class Entry:
    """One use of a rule on the score sheet. how: what it gives or costs, in words."""

    rule: Rule
    how: Bilingual


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator on the score sheet, or what stands beside the tree: the bonus, the rules of the whole.

    depth: 0 for the outermost. points: None where it has none of its own. special: its own scale, floor,
    cap and the like. path: the titles above it. kept: other cells of its row in the bureau's sheet. gate: the
    rule without which it does not apply.
    """

    id: str
    title: Bilingual
    depth: int
    points: Decimal | None
    special: tuple[Bilingual, ...]
    entries: tuple[Entry, ...]
    path: tuple[Bilingual, ...] = ()
    source: Bilingual | None = None
    kept: Mapping[str, str] | None = None
    gate: str | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a rule is worth in one place: the titles down to the indicator, its points, and how."""

    path: tuple[Bilingual, ...]
    points: Decimal | None
    how: Bilingual


@dataclass(frozen=True, slots=True)
class RulePage:
    """All that is to be said of one rule.

    let: values computed before, where the statement calls them by short names. statement: what must hold
    or is asked, in words. further: what is asked of records at fault. message: what is told where it
    fails, its holes named. passing, failing: an example in words; told: what is said of the failing one.
    """

    rule: Rule
    worth: tuple[Worth, ...]
    when: Bilingual | None
    let: tuple[tuple[Bilingual, Bilingual], ...]
    statement: Bilingual
    further: tuple[Bilingual, ...]
    reads: tuple[Source, ...]
    message: Bilingual
    passing: tuple[Bilingual, ...]
    failing: tuple[Bilingual, ...]
    told: Told


@dataclass(frozen=True, slots=True)
class Handbook:
    """A whole ruleset, its score sheet and its rules, in the order of the tree."""

    ruleset: Ruleset
    parts: tuple[Part, ...]
    pages: tuple[RulePage, ...]


def build(ruleset: Ruleset, vocabulary: Vocabulary, told: Mapping[str, Told]) -> Handbook:
    """The book of a ruleset. told: what is said of each rule's failing example (see told_of_examples)."""
    parts = tuple(_parts(ruleset, vocabulary))
    worths: dict[str, list[Worth]] = {}
    for part in parts:
        here = (*part.path, part.title)
        if part.gate is not None:
            worths.setdefault(part.gate, []).append(Worth(here, part.points, _GATE))
        for entry in part.entries:
            worths.setdefault(entry.rule.id, []).append(Worth(here, part.points, entry.how))
    pages = (_page(ruleset.rules[r], tuple(worth), vocabulary, told.get(r)) for r, worth in worths.items())
    return Handbook(ruleset, parts, tuple(pages))


def _parts(ruleset: Ruleset, vocabulary: Vocabulary) -> Iterator[Part]:
    def words(use: Use) -> Bilingual:
        return use_in_words(use, _unit(ruleset.rules[use.rule], vocabulary))

    def entries(uses: Sequence[Use], how: Callable[[Use], Bilingual]) -> tuple[Entry, ...]:
        return tuple(Entry(ruleset.rules[use.rule], how(use)) for use in uses)

    def walk(indicators: Sequence[Indicator], path: tuple[Bilingual, ...]) -> Iterator[Part]:
        for one in indicators:
            extra = entries(one.bonus.uses, bonus_in_words) if one.bonus else ()
            own = (*entries(one.uses, words), *extra)
            special = indicator_in_words(one)
            kept = (path, one.source, one.sheet, one.only_if)
            yield Part(one.id, one.title, len(path), one.points, special, own, *kept)
            yield from walk(one.indicators, (*path, one.title))

    yield from walk(ruleset.indicators, ())
    if ruleset.bonus is not None:
        own = entries(ruleset.bonus.uses, bonus_in_words)
        yield Part("", _BONUS, 0, ruleset.bonus.cap, (), own)
    if ruleset.uses:
        yield Part("", _WHOLE, 0, None, (), entries(ruleset.uses, words))


def _unit(rule: Rule, vocabulary: Vocabulary) -> Bilingual:
    """What a deduction by quantity counts."""
    if rule.quantity is None:
        return OCCURRENCES
    scope = Scope.of(vocabulary, rule.each, rule.measures, rule.parameters)
    found = scope.find(rule.quantity)
    return OCCURRENCES if found is None else found.unit or found.label


def _page(rule: Rule, worth: tuple[Worth, ...], vocabulary: Vocabulary, told: Told | None) -> RulePage:
    short = _shortened(rule, vocabulary)

    def both(say: Callable[[Language], str]) -> Bilingual:
        return Bilingual(*(say(language) for language in LANGUAGES))

    when = both(lambda language: expression.when_in_words(short, vocabulary, language))
    further = zip(*(expression.faults_in_words(short, vocabulary, la) for la in LANGUAGES), strict=True)
    let = zip(short.measures, rule.measures, strict=True) if short is not rule else ()
    return RulePage(
        rule,
        worth,
        when if rule.when is not None else None,
        tuple((_label(brief), _label(measure)) for brief, measure in let),
        both(lambda language: expression.rule_in_words(short, vocabulary, language)[-1]),
        tuple(Bilingual(zh, en) for zh, en in further),
        sources(rule, vocabulary),
        _with_holes_named(short, vocabulary),
        in_words(rule, "pass", vocabulary),
        in_words(rule, "fail", vocabulary),
        told or (),
    )


def _shortened(rule: Rule, vocabulary: Vocabulary) -> Rule:
    """The rule with its measures called 甲, 乙 … where the formula would be too long to follow."""
    if not rule.measures or len(expression.rule_in_words(rule, vocabulary, "zh")[-1]) <= _LONG:
        return rule
    named = (
        replace(measure, label=Bilingual(_STEMS[n], _LETTERS[n]) if n < len(_STEMS) else measure.label)
        for n, measure in enumerate(rule.measures)
    )
    return replace(rule, measures=tuple(named))


def _label(measure: Measure) -> Bilingual:
    return measure.label or measure.signature.label


def _with_holes_named(rule: Rule, vocabulary: Vocabulary) -> Bilingual:
    """The message with the label of what will stand there in each hole."""
    scope = Scope.of(vocabulary, rule.each, rule.measures, rule.parameters)
    sides = {"left": Bilingual("左边的数", "left side"), "right": Bilingual("右边的数", "right side")}

    def label(hole: str) -> Bilingual:
        if scope.collection is not None and hole == scope.collection.item:
            return scope.collection.label
        found = scope.find(hole)
        return found.label if found else sides.get(hole, Bilingual(hole, hole))

    def filled(text: str, language: Language) -> str:
        marks = "〔〕" if language == "zh" else "[]"
        holes = expression.holes(text)
        return expression.fill(
            text, {h: f"{marks[0]}{label(h).in_language(language)}{marks[1]}" for h in holes}
        )

    return Bilingual(filled(rule.message.zh, "zh"), filled(rule.message.en, "en"))
