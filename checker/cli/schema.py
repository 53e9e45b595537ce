"""checker schema NAME"""

import json

import click


@click.command("schema")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """打印 JSON Schema · Print a JSON Schema we publish (without NAME: list them)."""
    from checker import schemas

    if name is None:
        click.echo("\n".join(schemas.names()))
        return
    if name not in schemas.names():
        raise click.BadParameter(f"{name}: choose from {', '.join(schemas.names())}")
    click.echo(json.dumps(schemas.open_schema(name), ensure_ascii=False, indent=2))
