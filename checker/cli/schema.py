"""checker schema NAME"""

import json

import click

from checker.bilingual import Bilingual
from checker.cli._output import show
from checker.errors import InputError, Problem


@click.command("schema")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """打印 JSON Schema · Print a JSON Schema we publish (without NAME: list them)."""
    from checker import schemas

    if name is None:
        show("".join(f"{known}\n" for known in schemas.names()))
        return
    if name not in schemas.names():
        zh = f"没有名为 {name} 的模式；可用的有：{'、'.join(schemas.names())}"
        en = f"there is no schema {name}; there are: {', '.join(schemas.names())}"
        raise InputError([Problem("no-such-schema", Bilingual(zh, en))])
    show(json.dumps(schemas.open_schema(name), ensure_ascii=False, indent=2) + "\n")
