"""checker decisions new"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual, Language
from checker.cli._output import CHOSEN_RULESET, LANGUAGE, language, show, write
from checker.errors import InputError, Problem

if TYPE_CHECKING:
    from checker.decisions import Form


@click.group("decisions")
def command() -> None:
    """人工决定 · What people decide of a submission."""


@command.command("new")
@click.argument("submission", type=click.Path(path_type=Path))
@click.argument("rules", metavar="[RULE]...", nargs=-1)
@click.option("--record", multiple=True, metavar="KEY", help="只写规则的这条记录 · only this record of them")
@CHOSEN_RULESET
@click.option("--previous", type=click.Path(path_type=Path), help="上年报告 · last year's report")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="写入文件 · file to write  [decisions.yaml of the folder]",
)
@LANGUAGE
def new(
    submission: Path,
    rules: tuple[str, ...],
    record: tuple[str, ...],
    ruleset: str | None,
    previous: Path | None,
    output: Path | None,
    lang: str | None,
) -> None:
    """写出待判定的各项供填写 · Write a form for every item a person must judge.

    With rules named: for all that is found of these, to be corrected or waived too; with records of theirs,
    for these, even if they pass. What is in the file already stays as it is.
    """
    from checker import reading

    reading.prepare()  # starts while the rest is imported

    from checker import pipeline

    if record and not rules:
        zh, en = (
            "--record 须与规则同用：checker decisions new 报送件 规则",
            "--record needs the rule it is of",
        )
        raise InputError([Problem("no-rule", Bilingual(zh, en))])
    target = output or _beside(submission)
    items = pipeline.forms(submission, ruleset, previous, rules, record)
    text, number = _text(target, items, language(lang))
    if number:
        write(target, text.encode())
    show(_told(target, number).in_language(language(lang)) + "\n")


def _beside(submission: Path) -> Path:
    """Where the decisions on a folder stand. Raises InputError for a bare report, which has no such place."""
    from checker.decisions import NAME, decisions_path

    if submission.is_dir():
        return decisions_path(submission) or submission / NAME
    zh, en = "单个报告文件请用 --output 指明写到哪里", "for a bare report name the file to write by --output"
    raise InputError([Problem("no-output", Bilingual(zh, en))])


def _text(target: Path, items: "Sequence[Form]", spoken: Language) -> tuple[str, int]:
    """The file with these forms, and how many are new in it."""
    from checker import decisions, yaml_text

    if target.exists():
        return decisions.added(yaml_text.read_bytes(target, target.name), target.name, items, spoken)
    return decisions.written(items, spoken), len(items)


def _told(target: Path, number: int) -> Bilingual:
    if not number:
        return Bilingual("没有待添加的事项", "there is nothing to add")
    items = "item" if number == 1 else "items"
    return Bilingual(
        f"{target}：{number} 项待填；填好后再运行 checker assess",
        f"{target}: {number} {items} to fill in; then run checker assess",
    )
