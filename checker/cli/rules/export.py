"""checker rules export"""

from pathlib import Path

import click

from checker.cli._output import LANGUAGE, language, show, write


@click.command("export")
@click.argument("ruleset", metavar="NAME|FILE")
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="SHEET",
    type=click.Path(path_type=Path),
    help="写入 XLSX · XLSX to write",
)
@LANGUAGE
def command(ruleset: str, output: Path, lang: str | None) -> None:
    """把指标体系写成指标表（XLSX） · Write a ruleset as a sheet of indicators."""
    from checker import library, sheets

    made = sheets.exported(library.load_ruleset(ruleset))
    write(output, made.data)
    show("".join(f"{line.in_language(language(lang))}\n" for line in made.remarks))
