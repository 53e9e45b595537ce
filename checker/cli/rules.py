"""checker rules list|test"""

import click

from checker.cli._output import LANGUAGE, language


@click.group("rules")
def command() -> None:
    """规则库 · The library of rules."""


@command.command("list")
@LANGUAGE
def listing(lang: str | None) -> None:
    """列出规则 · List the rules: id, title and grade of basis."""
    from checker import library

    spoken = language(lang)
    for name, rule in library.load_rules().items():
        click.echo(f"{name}  {rule.title.in_language(spoken)}  [{rule.basis[0].grade}]")


@command.command("test")
@click.argument("names", nargs=-1)
@LANGUAGE
def test(names: tuple[str, ...], lang: str | None) -> int:
    """运行规则自带的正反例 · Run the examples of all rules, or of the rules named."""
    from checker import library

    rules = library.load_rules()
    unknown = [name for name in names if name not in rules]
    if unknown:
        raise click.BadParameter(f"no such rule: {', '.join(unknown)}")
    chosen = [rules[name] for name in names or rules]
    failures = [failure for rule in chosen for failure in library.failing_examples(rule)]
    for failure in failures:
        click.echo(failure.in_language(language(lang)))
    click.echo(f"{len(chosen)} rules, {len(failures)} failures")
    return 1 if failures else 0
