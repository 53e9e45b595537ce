"""Options every printing command shares, and how a page leaves the program."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
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
# library.DEFAULT, which is not imported for the sake of a help page
RULESET = click.option(
    "--ruleset", default="annual-report", metavar="NAME|FILE", show_default=True, help="指标体系 · ruleset"
)
CHOSEN_RULESET = click.option(
    "--ruleset",
    metavar="NAME|FILE",
    help="指标体系 · ruleset  [disclosure with evidence, else annual-report]",
)
REPAIRS = click.option(
    "--show-repairs",
    is_flag=True,
    help="列出读取时的全部修复、略去和损失 · list all that reading repaired, left out or lost",
)
OUTPUT = click.option("--output", "-o", type=click.Path(path_type=Path), help="写入文件 · write to a file")


def FORMAT(subject: str) -> Callable[[_F], _F]:  # noqa: N802 - reads like the options beside it
    """The --format option with the formats there are for this subject."""
    from checker import renderers

    choice = click.Choice(renderers.formats(subject))
    return click.option("--format", "format_", type=choice, default="terminal", show_default=True)


def emit(
    subject: str, format_: str, thing: Any, output: Path | None, lang: Language, repairs: bool = False
) -> None:
    """Render and print, or write the file in one step: whole or not at all."""
    from checker import renderers

    page = replace(renderers.page_for(sys.stdout if output is None else None, lang), repairs=repairs)
    text = renderers.renderer(subject, format_)(thing, page)
    if output is None:
        show(text)
    else:
        write(output, text.encode())


def show(text: str) -> None:
    """Print on standard output. A reader that has seen enough changes neither verdict nor exit code."""
    try:
        click.echo(text, nl=False)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to fail at exit
        if not isinstance(error, BrokenPipeError):
            raise _cannot_write(Bilingual("标准输出", "standard output"), error) from error


def write(path: Path, data: bytes, parents: bool = False) -> None:
    """Write a file in one step; parents: and the folders it is in. Raises InputError if it cannot."""
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe; a folder refuses
        else:
            _replace(path.resolve(), data)
    except OSError as error:
        raise _cannot_write(Bilingual(f" {path}", str(path)), error) from error


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place in one step, and leave nothing behind where that fails."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".checker-")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _cannot_write(what: Bilingual, error: OSError) -> InputError:
    reason = error.strerror or str(error)
    message = Bilingual(f"不能写入{what.zh}：{reason}", f"cannot write {what.en}: {reason}")
    return InputError([Problem("cannot-write", message)])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
