"""checker rules mutate"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual, Language
from checker.cli._output import LANGUAGE, RULESET, language, show

if TYPE_CHECKING:
    from checker.proving import Proof

_SECONDS = 1800


@click.command("mutate")
@click.argument("names", metavar="[RULE|FAMILY]...", nargs=-1)
@RULESET
@click.option("--sample", type=click.IntRange(1), metavar="N", help="只抽查 N 条规则 · only N rules")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="抽哪些 · which ones")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="同时几个进程 · processes  [processors]")
@LANGUAGE
def command(
    names: tuple[str, ...], ruleset: str, sample: int | None, seed: int, jobs: int | None, lang: str | None
) -> int:
    """逐处改动规则，列出没有用例察觉的改动 · Change rules one thing at a time; list what no case notices."""
    from checker import proving

    chosen = proving.choose(ruleset, names)
    if sample is not None:
        chosen = proving.sampled(chosen, sample, seed)
    proofs = proving.mutate_apart(ruleset, chosen, jobs or os.cpu_count() or 1, _SECONDS)
    show("".join(f"{line}\n" for line in _page(proofs, language(lang))))
    return 1 if any(p.survivors or p.wrong for p in proofs) else 0


def _page(proofs: "list[Proof]", spoken: Language) -> Iterator[str]:
    for proof in proofs:
        for problem in proof.wrong:
            yield problem.in_language(spoken)
        for name, place in proof.survivors:
            yield f"{proof.rule}  {place.file}:{place.line}  {name}"
    families: dict[str, list[Proof]] = {}
    for proof in proofs:
        families.setdefault(proof.rule.partition("/")[0], []).append(proof)
    if len(families) > 1:
        for family, own in families.items():
            yield f"{family}  {_told(own).in_language(spoken)}"
    yield _told(proofs).in_language(spoken)


def _told(proofs: "list[Proof]") -> Bilingual:
    mutants, killed = sum(p.mutants for p in proofs), sum(p.killed for p in proofs)
    same, documented = sum(p.same for p in proofs), sum(p.documented for p in proofs)
    left = sum(len(p.survivors) for p in proofs)
    return Bilingual(
        f"{len(proofs)} 条规则，{mutants} 处改动：察觉 {killed}，等价 {same}＋{documented}，无人察觉 {left}",
        f"{len(proofs)} rules, {mutants} changes: {killed} noticed, {same}+{documented} equivalent,"
        f" {left} unnoticed",
    )
