"""checker facts SUBMISSION"""

from pathlib import Path

import click

from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, REPAIRS, emit, language


@click.command("facts")
@click.argument("submission", type=click.Path(path_type=Path))
@REPAIRS
@FORMAT("facts")
@OUTPUT
@LANGUAGE
def command(
    submission: Path, show_repairs: bool, format_: str, output: Path | None, lang: str | None
) -> None:
    """列出读到的事实及其位置 · Print what was read from a report, and where."""
    from checker import reading

    reading.prepare()  # starts while the rest is imported

    from checker import pipeline
    from checker.extractors import vocabulary
    from checker.renderers import FactsView

    _, document, facts = pipeline.read(submission)
    view = FactsView(document, facts, vocabulary())
    emit("facts", format_, view, output, language(lang), show_repairs)
