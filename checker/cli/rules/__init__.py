"""checker rules: one file a command; a new file is a new command."""

import sys

import click

from checker.cli import Commands


class _Commands(Commands):
    package = sys.modules[__name__]


@click.command("rules", cls=_Commands)
def command() -> None:
    """规则库 · The library of rules."""
