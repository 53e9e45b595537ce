"""checker rules diff"""

from pathlib import Path

import click

from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, emit, language


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@FORMAT("differences")
@OUTPUT
@LANGUAGE
def command(
    old: str, new: str, submissions: tuple[Path, ...], format_: str, output: Path | None, lang: str | None
) -> None:
    """两个指标体系的差别，和对得分的影响 · What changed between two rulesets, and what it does to scores."""
    from checker import library, pipeline
    from checker.differences import Rescored, differences

    before, after = library.load_ruleset(old), library.load_ruleset(new)
    rescored = (Rescored(str(p), pipeline.assess(p, old), pipeline.assess(p, new)) for p in submissions)
    emit("differences", format_, differences(before, after, tuple(rescored)), output, language(lang))
