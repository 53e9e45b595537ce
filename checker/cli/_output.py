"""Options every printing command shares, and how a page leaves the program."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.bilingual import Bilingual, Language
from checker.cli import language as language
from checker.errors import InputError, Problem

_F = TypeVar("_F", bound=Callable[..., Any])

LANGUAGE = click.option(
    "--lang", type=click.Choice(["zh", "en"]), help="界面语言 · language  [locale, else zh]"
)
OUTPUT = click.option("--output", "-o", type=click.Path(path_type=Path), help="写入文件 · write to a file")


def FORMAT(subject: str) -> Callable[[_F], _F]:  # noqa: N802 - reads like the options beside it
    """The --format option with the formats there are for this subject."""
    from checker import renderers

    choice = click.Choice(renderers.formats(subject))
    return click.option("--format", "format_", type=choice, default="terminal", show_default=True)


def emit(subject: str, format_: str, thing: Any, output: Path | None, lang: Language) -> None:
    """Render and print, or write the file in one step: whole or not at all."""
    from checker import renderers

    page = renderers.page_for(sys.stdout if output is None else None, lang)
    text = renderers.renderer(subject, format_)(thing, page)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)


def _write(path: Path, text: str) -> None:
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.write(text.encode())
        Path(file.name).chmod(0o666 & ~_umask())
        Path(file.name).replace(path)
    except OSError as error:
        message = Bilingual(f"不能写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        raise InputError([Problem("cannot-write", message)]) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
