"""A rule in words and, with a submission, what it read there."""

from pathlib import Path

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual
from checker.facts import Vocabulary
from checker.library import DEFAULT, apart, decide, default_for, find_rules, homes, ledger_kinds, vocabulary
from checker.pipeline.gathering import gather
from checker.renderers import Explanation, Formulas
from checker.ruleset import Rule


def explain(
    rule: str,
    path: str | Path | None = None,
    ruleset: str | Path | None = None,
    previous: str | Path | None = None,
) -> Explanation:
    """A rule in words and, with a submission, what it read there; ruleset as in assess().

    Raises InputError.
    """
    ruleset = ruleset or (default_for(Path(path)) if path else DEFAULT)
    [found] = find_rules(ruleset, [rule])
    finding = None
    if path is not None:
        facts = gather(path, ledger_kinds(homes(ruleset)), previous).facts
        finding = apart(ruleset, decide, rule, facts)
    return Explanation(found, _formulas(found, vocabulary(homes(ruleset))), finding)


def _formulas(rule: Rule, known: Vocabulary) -> Formulas:
    said = [expression.rule_in_words(rule, known, language)[-1] for language in LANGUAGES]
    applies = [expression.when_in_words(rule, known, language) for language in LANGUAGES]
    labels = ((m.name, m.label or m.signature.label) for m in rule.measures)
    faults = zip(*(expression.faults_in_words(rule, known, language) for language in LANGUAGES), strict=True)
    more = tuple(Bilingual(*both) for both in faults)
    return Formulas(Bilingual(*said), Bilingual(*applies) if rule.when else None, tuple(labels), more)
