"""checker rules test"""

import json
from typing import TYPE_CHECKING, Any

import click

from checker.bilingual import Bilingual, Language
from checker.cli._output import LANGUAGE, RULESET, language, show

if TYPE_CHECKING:
    from checker.proving import Tested


@click.command("test")
@click.argument("names", metavar="[RULE|FAMILY]...", nargs=-1)
@RULESET
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
@LANGUAGE
def command(names: tuple[str, ...], ruleset: str, format_: str, lang: str | None) -> int:
    """运行正反例和用例 · Run examples and cases, and say which outcomes have no case."""
    from checker import library, proving

    tested = library.apart(ruleset, proving.test, names)
    if format_ == "json":
        show(json.dumps(_data(tested), ensure_ascii=False, indent=2) + "\n")
    else:
        show(_page(tested, bool(names), language(lang)))
    return 1 if any(t.failures for t in tested) else 0


def _page(tested: "list[Tested]", each: bool, spoken: Language) -> str:
    """Failures first, then the outcomes of which there is no case; where rules were named, of every rule."""
    lines = [f.in_language(spoken) for t in tested for f in t.failures]
    lines += [_coverage(t).in_language(spoken) for t in tested if each or t.unreached]
    lines.append(_total(tested).in_language(spoken))
    return "".join(f"{line}\n" for line in lines)


def _coverage(tested: "Tested") -> Bilingual:
    stated = [o for o in tested.reachable if o not in tested.unreached]
    has, lacks = " ".join(stated) or "—", " ".join(tested.unreached)
    if not lacks:
        return Bilingual(f"{tested.rule}  用例覆盖 {has}", f"{tested.rule}  cases for {has}")
    return Bilingual(
        f"{tested.rule}  用例覆盖 {has}；没有用例：{lacks}",
        f"{tested.rule}  cases for {has}; none for: {lacks}",
    )


def _total(tested: "list[Tested]") -> Bilingual:
    examples, cases = sum(t.examples for t in tested), sum(t.cases for t in tested)
    failed = sum(len(t.failures) for t in tested)
    met, all_ = (
        sum(len(t.reachable) - len(t.unreached) for t in tested),
        sum(len(t.reachable) for t in tested),
    )
    return Bilingual(
        f"{len(tested)} 条规则，{examples} 个正反例，{cases} 个用例，{failed} 处不符；结果覆盖 {met}/{all_}",
        f"{len(tested)} rules, {examples} examples, {cases} cases, {failed} failures; outcomes {met}/{all_}",
    )


def _data(tested: "list[Tested]") -> dict[str, Any]:
    return {
        "rules": [
            {
                "rule": t.rule,
                "examples": t.examples,
                "cases": t.cases,
                "reachable": list(t.reachable),
                "unreached": list(t.unreached),
                "failures": [
                    {
                        "file": f.location.file if f.location else None,
                        "line": f.location.line if f.location else None,
                        "message": {"zh": f.message.zh, "en": f.message.en},
                    }
                    for f in t.failures
                ],
            }
            for t in tested
        ]
    }
