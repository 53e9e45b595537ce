"""checker schema NAME"""

import json
from pathlib import Path

import click

from checker.bilingual import Bilingual
from checker.cli._output import show, write
from checker.errors import InputError, Problem


@click.command("schema")
@click.argument("name", required=False)
@click.option("--folder", type=click.Path(path_type=Path), help="写入文件夹 · write to a folder")
def command(name: str | None, folder: Path | None) -> None:
    """打印 JSON Schema · Print a JSON Schema we publish (without NAME: list them)."""
    from checker import schemas

    if name is not None and name not in schemas.names():
        zh = f"没有名为 {name} 的模式；可用的有：{'、'.join(schemas.names())}"
        en = f"there is no schema {name}; there are: {', '.join(schemas.names())}"
        raise InputError([Problem("no-such-schema", Bilingual(zh, en))])
    wanted = schemas.names() if name is None else (name,)
    if folder is not None:
        for each in wanted:
            write(folder / f"{each}.schema.json", schemas.text(each).encode(), parents=True)
    elif name is None:
        show("".join(f"{known}\n" for known in wanted))
    else:
        show(json.dumps(schemas.open_schema(name), ensure_ascii=False, indent=2) + "\n")
