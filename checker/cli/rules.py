"""checker rules list|test"""

import click

from checker.bilingual import Bilingual
from checker.cli._output import LANGUAGE, language, show


@click.group("rules")
def command() -> None:
    """规则库 · The library of rules."""


@command.command("list")
@LANGUAGE
def listing(lang: str | None) -> None:
    """列出规则 · List the rules: id, title and grade of basis."""
    from checker import library

    spoken = language(lang)
    rules = library.load_rules().items()
    show("".join(f"{n}  {r.title.in_language(spoken)}  [{r.basis[0].grade}]\n" for n, r in rules))


@command.command("test")
@click.argument("names", nargs=-1)
@LANGUAGE
def test(names: tuple[str, ...], lang: str | None) -> int:
    """运行规则自带的正反例 · Run the examples of all rules, or of the rules named."""
    from checker import library

    chosen = library.find_rules(names) if names else list(library.load_rules().values())
    failures = [failure for rule in chosen for failure in library.failing_examples(rule)]
    zh = f"{len(chosen)} 条规则，{len(failures)} 处不符"
    en = f"{len(chosen)} rules, {len(failures)} failures"
    show("".join(f"{said.in_language(language(lang))}\n" for said in (*failures, Bilingual(zh, en))))
    return 1 if failures else 0
