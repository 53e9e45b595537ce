"""checker explain RULE [SUBMISSION]"""

from pathlib import Path

import click

from checker.bilingual import Bilingual
from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, emit, language
from checker.errors import InputError, Problem


@click.command("explain")
@click.argument("rule")
@click.argument("submission", type=click.Path(path_type=Path), required=False)
@click.option("--previous", type=click.Path(path_type=Path), help="上年报告 · last year's report")
@FORMAT("explain")
@OUTPUT
@LANGUAGE
def command(
    rule: str,
    submission: Path | None,
    previous: Path | None,
    format_: str,
    output: Path | None,
    lang: str | None,
) -> None:
    """把规则印成公式 · Print a rule as a formula; with a submission, what it read and where."""
    from checker import evaluation, library, pipeline
    from checker.extractors import vocabulary
    from checker.renderers import Explanation

    rules = library.load_rules()
    if rule not in rules:
        raise InputError([_no_such_rule(rule, list(rules))])
    found = rules[rule]
    finding = None
    if submission is not None:
        _, _, facts = pipeline.read(submission)
        if previous is not None:
            _, facts = pipeline.with_previous(facts, previous)
        finding = evaluation.apply(found, facts, vocabulary(), keep=True)
    emit("explain", format_, Explanation(found, _formulas(found), finding), output, language(lang))


def _formulas(rule: "Rule") -> "Formulas":
    raise NotImplementedError


def _no_such_rule(rule: str, known: list[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(rule, known, n=1, cutoff=0.5)
    zh, en = (f"；是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
    message = Bilingual(f"没有规则 {rule}{zh}", f"there is no rule {rule}{en}")
    return Problem("no-such-rule", message)
