"""checker rules lint"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual
from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, emit, language, show

if TYPE_CHECKING:
    from checker.lints import Report

REFUSED, FOUND = 2, 1


@click.command("lint")
@click.argument("names", nargs=-1, metavar="[RULESET|FOLDER]...")
@click.option("--warnings-ok", is_flag=True, help="只有警告时也返回 0 · exit 0 where there are only warnings")
@click.option("--list", "listing", is_flag=True, help="列出检查项 · list what is looked for")
@FORMAT("lint")
@OUTPUT
@LANGUAGE
def command(
    names: tuple[str, ...],
    warnings_ok: bool,
    listing: bool,
    format_: str,
    output: Path | None,
    lang: str | None,
) -> int:
    """检查指标体系、规则和用例写得对不对 · Look for mistakes in rulesets, rules and cases.

    RULESET is the name of a shipped ruleset, a ruleset or a rule file; FOLDER holds rulesets and a library.
    Without any, all that is shipped.

    Exit code: 0 nothing found, 1 errors or warnings, 2 something does not load.
    """
    if listing:
        show(_listed(lang))
        return 0
    report = _look_at(names)
    emit("lint", format_, report, output, language(lang))
    if report.count("refused"):
        return REFUSED
    return FOUND if report.count("error") or report.count("warning") and not warnings_ok else 0


def _look_at(names: tuple[str, ...]) -> "Report":
    """Here for what is shipped, under limits for what is not."""
    from checker import isolation, library, lints

    ours = {*library.shipped(), str(library.HOME)}
    if set(names) <= ours:
        return lints.look_at(names or (str(library.HOME),))
    return isolation.run(Bilingual("对指标体系的检查", "the check of rulesets"), lints.look_at, names)


def _listed(lang: str | None) -> str:
    from checker import lints

    spoken = language(lang)
    found = lints.catalogue()
    width = max(len(lint.code) for lint in found)
    return "".join(f"{n.code:<{width}}  {n.severity:<7}  {n.about.in_language(spoken)}\n" for n in found)
