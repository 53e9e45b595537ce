"""checker assess SUBMISSION"""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual
from checker.cli._output import CHOSEN_RULESET, FORMAT, LANGUAGE, OUTPUT, REPAIRS, emit, language
from checker.errors import InputError, Problem

if TYPE_CHECKING:
    from checker.assessment import Assessment
    from checker.scoring import Score

EXIT_CODES = {"qualified": 0, "not_qualified": 1, "open": 3, "not_assessable": 4}


def _marks(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Decimal | None:
    if value is None:
        return None
    with suppress(InvalidOperation):
        marks = Decimal(value)
        if marks.is_finite():
            return marks
    zh = f"--fail-under 须是分数，例如 85 或 82.5，而不是 {value}"
    en = f"--fail-under takes a number of points, such as 85 or 82.5, not {value}"
    raise InputError([Problem("not-a-number", Bilingual(zh, en))])


@click.command("assess")
@click.argument("submission", type=click.Path(path_type=Path))
@CHOSEN_RULESET
@click.option("--previous", type=click.Path(path_type=Path), help="上年报告 · last year's report")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="评估基准日 · date of the assessment")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="人工决定 · people's decisions  [decisions.yaml of the folder]",
)
@click.option("--no-waivers", is_flag=True, help="不计豁免 · leave waivers out")
@click.option(
    "--fail-under",
    callback=_marks,
    metavar="N",
    help="低于 N 分即不合格，尚可达到为未定 · exit 1 below N, 3 if still within reach",
)
@REPAIRS
@FORMAT("assess")
@OUTPUT
@LANGUAGE
def command(
    submission: Path,
    ruleset: str | None,
    previous: Path | None,
    as_of: datetime | None,
    decisions: Path | None,
    no_waivers: bool,
    fail_under: Decimal | None,
    show_repairs: bool,
    format_: str,
    output: Path | None,
    lang: str | None,
) -> int:
    """评估一份年度报告 · Assess one annual report: a file or a submission folder.

    Exit code: 0 qualified, 1 not qualified, 2 input at fault, 3 open, 4 not assessable.
    """
    from checker import reading

    reading.prepare()  # starts while the rest is imported

    from checker import pipeline

    day: date | None = as_of.date() if as_of else None
    assessment = pipeline.assess(submission, ruleset, previous, day, decisions, not no_waivers)
    _say_if_slow(assessment, lang)
    emit("assess", format_, assessment, output, language(lang), show_repairs)
    if fail_under is not None and assessment.verdict == "qualified":
        return EXIT_CODES[_against(fail_under, assessment.score)]
    return EXIT_CODES[assessment.verdict]


def _say_if_slow(assessment: "Assessment", lang: str | None) -> None:
    """Beside the page and not on it: what is installed here is no part of the record."""
    evidence = assessment.submission.evidence
    if evidence is None:
        return
    from checker import large_ledgers

    most = max((entry.rows or 0 for entry in evidence.entries), default=0)
    if most >= large_ledgers.THRESHOLD and not large_ledgers.available():
        click.echo(f"checker: {large_ledgers.NOTICE.in_language(language(lang))}", err=True)


def _against(marks: Decimal, score: "Score") -> str:
    """The verdict against a mark of the user's own: open while what is undecided could still reach it."""
    if score.earned >= marks:
        return "qualified"
    return "open" if score.unknown == "open" and score.best >= marks else "not_qualified"
