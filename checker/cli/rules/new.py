"""checker rules new"""

import re
from pathlib import Path

import click

from checker.bilingual import Bilingual
from checker.cli._output import LANGUAGE, language, show
from checker.cli.rules._files import write_new
from checker.errors import InputError, Problem

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("name", metavar="FAMILY/NAME")
@click.option(
    "--in",
    "folder",
    default=".",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="指标体系所在的文件夹 · the folder of your ruleset  [.]",
)
@click.option("--each", metavar="COLLECTION", help="逐条判断的记录 · the collection it ranges over")
@click.option("--question", is_flag=True, help="由人判断 · a person judges it")
@LANGUAGE
def command(name: str, folder: Path, each: str | None, question: bool, lang: str | None) -> None:
    """写出一条新规则和用例的草稿 · Scaffold a rule and its cases, to be filled in."""
    from checker import scaffold

    if not _NAME.fullmatch(name):
        zh = f"“{name}”不能作编号：须是 家族/规则，由小写英文字母、数字和连字符组成，例如 my-family/my-rule"
        en = f"{name} cannot be an id; write family/rule in lower-case ASCII, such as my-family/my-rule"
        raise InputError([Problem("rule.id", Bilingual(zh, en))])
    files = scaffold.drafted(name, folder, each, question)
    write_new(folder, files)
    said = [Bilingual(f"写出 {folder / file}", f"wrote {folder / file}") for file in files]
    rule = folder / f"library/{name}.yaml"
    said += [
        Bilingual(
            f"还要填的：checker rules lint {rule}", f"what is left to fill in: checker rules lint {rule}"
        ),
        Bilingual(
            f"在指标体系里引用才会评：- {{rule: {name}, deduct: 1}}",
            f"it counts once a ruleset names it: - {{rule: {name}, deduct: 1}}",
        ),
    ]
    show("".join(f"{line.in_language(language(lang))}\n" for line in said))
