"""checker explain RULE [SUBMISSION]"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import LANGUAGES, Bilingual
from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, RULESET, emit, language

if TYPE_CHECKING:
    from checker.renderers import Formulas
    from checker.ruleset import Rule


@click.command("explain")
@click.argument("rule")
@click.argument("submission", type=click.Path(path_type=Path), required=False)
@RULESET
@click.option("--previous", type=click.Path(path_type=Path), help="上年报告 · last year's report")
@FORMAT("explain")
@OUTPUT
@LANGUAGE
def command(
    rule: str,
    submission: Path | None,
    ruleset: str,
    previous: Path | None,
    format_: str,
    output: Path | None,
    lang: str | None,
) -> None:
    """把规则印成公式 · Print a rule as a formula; with a submission, what it read and where."""
    from checker import library, pipeline
    from checker.renderers import Explanation

    [found] = library.find_rules(ruleset, [rule])
    finding = None
    if previous is not None and submission is None:
        raise click.UsageError("--previous: SUBMISSION")
    if submission is not None:
        _, _, facts = pipeline.read(submission)
        if previous is not None:
            _, facts = pipeline.with_previous(facts, previous)
        finding = library.apart(ruleset, library.decide, rule, facts)
    emit("explain", format_, Explanation(found, _formulas(found), finding), output, language(lang))


def _formulas(rule: "Rule") -> "Formulas":
    from checker import expression
    from checker.extractors import vocabulary
    from checker.renderers import Formulas

    known = vocabulary()
    said = [expression.rule_in_words(rule, known, spoken)[-1] for spoken in LANGUAGES]
    applies = [expression.when_in_words(rule, known, spoken) for spoken in LANGUAGES]
    labels = ((m.name, expression.measure_field(m, known, rule.each).label) for m in rule.measures)
    return Formulas(
        assertion=Bilingual(*said), when=Bilingual(*applies) if rule.when else None, measures=tuple(labels)
    )
