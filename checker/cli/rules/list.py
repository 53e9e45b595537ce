"""checker rules list"""

import click

from checker.cli._output import LANGUAGE, RULESET, language, show


@click.command("list")
@RULESET
@LANGUAGE
def command(ruleset: str, lang: str | None) -> None:
    """列出规则 · List the rules: id, title and grade of basis."""
    from checker import library

    spoken = language(lang)
    rules = library.find_rules(ruleset)
    show("".join(f"{r.id}  {r.title.in_language(spoken)}  [{r.basis[0].grade}]\n" for r in rules))
