"""checker explain RULE [SUBMISSION]"""

from pathlib import Path

import click

from checker.bilingual import Bilingual
from checker.cli._output import CHOSEN_RULESET, FORMAT, LANGUAGE, OUTPUT, emit, language
from checker.errors import InputError, Problem


@click.command("explain")
@click.argument("rule")
@click.argument("submission", type=click.Path(path_type=Path), required=False)
@CHOSEN_RULESET
@click.option("--previous", type=click.Path(path_type=Path), help="上年报告 · last year's report")
@FORMAT("explain")
@OUTPUT
@LANGUAGE
def command(
    rule: str,
    submission: Path | None,
    ruleset: str | None,
    previous: Path | None,
    format_: str,
    output: Path | None,
    lang: str | None,
) -> None:
    """把规则印成公式 · Print a rule as a formula; with a submission, what it read and where."""
    if submission is not None:
        from checker import reading

        reading.prepare()  # starts while the rest is imported

    from checker import pipeline

    if previous is not None and submission is None:
        zh, en = "给出 --previous 时须同时给出本年报告", "--previous needs this year's report too"
        raise InputError([Problem("no-submission", Bilingual(zh, en))])
    emit("explain", format_, pipeline.explain(rule, submission, ruleset, previous), output, language(lang))
