"""checker rules import"""

import re
from pathlib import Path

import click

from checker.bilingual import Bilingual
from checker.cli._output import LANGUAGE, language, show
from checker.cli.rules._files import write_new
from checker.errors import InputError, Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("import")
@click.argument("source", metavar="SHEET", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="写到文件夹 · folder to write to",
)
@click.option("--id", "name", metavar="NAME", help="指标体系编号 · id of the ruleset  [the file's name]")
@click.option("--sheet", metavar="NAME", help="工作表 · which sheet  [the only one that fits]")
@click.option(
    "--level", "levels", multiple=True, metavar="COLUMN", help="指标列，由外到内 · columns of indicators"
)
@click.option("--points", multiple=True, metavar="COLUMN", help="分值列 · columns of points")
@click.option(
    "--keep-stated", is_flag=True, help="各部分之和不符时按所写分值折算 · scale parts that do not add up"
)
@LANGUAGE
def command(
    source: Path,
    output: Path,
    name: str | None,
    sheet: str | None,
    levels: tuple[str, ...],
    points: tuple[str, ...],
    keep_stated: bool,
    lang: str | None,
) -> None:
    """由指标表（XLSX）写出指标体系 · Turn a bureau's sheet of indicators into a ruleset to be filled in."""
    from checker import sheets

    chosen = _name(name or source.stem)
    found = sheets.imported(source, chosen, sheet, levels, points, keep_stated)
    write_new(output, found.files)
    rules = sum(file.startswith("library/") for file in found.files)
    ruleset, library = output / f"{chosen}.yaml", output / "library" / chosen
    said = [
        Bilingual(f"写出 {ruleset}", f"wrote {ruleset}"),
        Bilingual(f"待填规则 {rules} 条在 {library}", f"rules to be filled in: {rules}, in {library}"),
        *found.remarks,
        Bilingual(f"下一步：checker rules lint {ruleset}", f"next: checker rules lint {ruleset}"),
    ]
    show("".join(f"{line.in_language(language(lang))}\n" for line in said))


def _name(given: str) -> str:
    """The id of the ruleset and the family of its rules. Raises InputError if it can be neither."""
    from checker import library

    if not _ID.fullmatch(given):
        zh = f"“{given}”不能作编号，请用 --id 给一个：小写英文字母、数字和连字符"
        en = f"{given} cannot be an id; give one by --id: lower-case ASCII letters, digits and hyphens"
        raise InputError([Problem("ruleset.id", Bilingual(zh, en))])
    if given in library.shipped() or (library.HOME / "library" / given).is_dir():
        zh, en = (
            f"编号 {given} 已被随附的规则占用，请用 --id 另取",
            f"the id {given} is taken by rules that are shipped; give another by --id",
        )
        raise InputError([Problem("ruleset.id", Bilingual(zh, en))])
    return given
