"""checker rules docs"""

from pathlib import Path

import click

from checker.cli._output import LANGUAGE, language, write


@click.command("docs")
@click.argument("ruleset", metavar="NAME|FILE")
@click.option(
    "--format", "format_", type=click.Choice(["docx", "markdown"]), default="markdown", show_default=True
)
@click.option(
    "--kind",
    type=click.Choice(["handbook", "self-check"]),
    default="handbook",
    show_default=True,
    help="评分细则或自查表 · handbook or blank form",
)
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="写入文件 · file to write"
)
@LANGUAGE
def command(ruleset: str, format_: str, kind: str, output: Path, lang: str | None) -> None:
    """写出评分细则或空白自查表 · Write the scoring handbook, or a blank self-check form."""
    from checker import handbook, library
    from checker.renderers import handbook_docx, handbook_markdown
    from checker.renderers._handbook import handbook as whole
    from checker.renderers._self_check import self_check

    spoken = language(lang)
    told = library.apart(ruleset, handbook.told_of_examples) if kind == "handbook" else {}
    made = handbook.build(library.load_ruleset(ruleset), library.vocabulary(library.homes(ruleset)), told)
    book = (whole if kind == "handbook" else self_check)(made, spoken)
    data = (
        handbook_markdown.render(book).encode()
        if format_ == "markdown"
        else handbook_docx.render(book, spoken)
    )
    write(output, data)
