"""checker rules test"""

import click

from checker.bilingual import Bilingual
from checker.cli._output import LANGUAGE, RULESET, language, show


@click.command("test")
@click.argument("names", nargs=-1)
@RULESET
@LANGUAGE
def command(names: tuple[str, ...], ruleset: str, lang: str | None) -> int:
    """运行规则自带的正反例 · Run the examples of all rules, or of the rules named."""
    from checker import library

    tried, failures = library.apart(ruleset, library.run_examples, names)
    total = Bilingual(f"{tried} 条规则，{len(failures)} 处不符", f"{tried} rules, {len(failures)} failures")
    show("".join(f"{said.in_language(language(lang))}\n" for said in (*failures, total)))
    return 1 if failures else 0
