"""checker rules docs"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli._output import LANGUAGE, language, write

if TYPE_CHECKING:
    from checker.renderers._books import Kind

_FORMATS, _KINDS = ("docx", "markdown"), ("handbook", "self-check")


@click.command("docs")
@click.argument("ruleset", metavar="NAME|FILE")
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), help="[docx for a file named so, else markdown]"
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="handbook",
    show_default=True,
    help="评分细则或自查表 · handbook or blank form",
)
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="写入文件 · file to write"
)
@LANGUAGE
def command(ruleset: str, format_: str | None, kind: "Kind", output: Path, lang: str | None) -> None:
    """写出评分细则或空白自查表 · Write the scoring handbook, or a blank self-check form."""
    from checker import handbook, library
    from checker.renderers import handbook_docx, handbook_markdown

    told = library.apart(ruleset, handbook.told_of_examples) if kind == "handbook" else {}
    made = handbook.build(library.load_ruleset(ruleset), library.vocabulary(library.homes(ruleset)), told)
    if format_ == "docx" or format_ is None and output.suffix.lower() == ".docx":
        data = handbook_docx.render(made, kind, language(lang))
    else:
        data = handbook_markdown.render(made, kind, language(lang)).encode()
    write(output, data)
