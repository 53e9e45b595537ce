"""Arguments in, exit code out. One file a command; a new file is a new command.

Exit codes: 0 qualified · 1 not qualified · 2 input, ruleset or usage at fault · 3 open ·
4 not assessable · 70 internal fault.
"""

import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import click

from checker.bilingual import Language
from checker.errors import CheckerError

EXIT_INPUT = 2
EXIT_INTERNAL = 70
_GARBAGE = 1_000_000
"""Objects after which Python looks for unused ones that hold one another. We leave few, and looking through
the rows of a ledger again and again takes a third of all time."""


class Commands(click.Group):
    """The commands of a package, found by listing it; each is imported when it is asked for.

    The module of a command whose name is a keyword ends in an underscore.
    """

    package: ModuleType

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = self._modules().get(cmd_name)
        if module is None:
            return None
        command = import_module(f"{self.package.__name__}.{module}").command
        return command if isinstance(command, click.Command) else None

    def _modules(self) -> dict[str, str]:
        found = (m.name for m in iter_modules(self.package.__path__) if not m.name.startswith("_"))
        return {name.rstrip("_"): name for name in found}


class _Ours(Commands):
    package = sys.modules[__name__]


@click.command(cls=_Ours, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="governance-checker", prog_name="checker")
def group() -> None:
    """检查政府信息公开工作年度报告 · Assess annual reports on government information disclosure."""


def main() -> None:
    """The console command. No traceback reaches a user."""
    gc.set_threshold(_GARBAGE)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        result = group.main(standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        return _misused(error)
    except CheckerError as error:
        return _report(error)
    except Exception as error:  # the last line of defence: a sentence, never a traceback
        if os.environ.get("CHECKER_TRACEBACK"):
            raise
        zh = language(None) == "zh"
        head = "内部错误，请反馈" if zh else "internal fault, please report it"
        click.echo(f"checker: {head}: {type(error).__name__}: {error}", err=True)
        return EXIT_INTERNAL
    return result if isinstance(result, int) else 0


def _misused(error: click.ClickException) -> int:
    if language(_asked_language(sys.argv)) == "en" or isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return EXIT_INPUT
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        click.echo(ctx.get_usage().replace("Usage: ", "用法：", 1), err=True)
        click.echo(f"详见 {ctx.command_path} --help\n", err=True)
    click.echo(f"checker: {_in_chinese(error)}", err=True)
    return EXIT_INPUT


def _in_chinese(error: click.ClickException) -> str:
    """What click says in English only; its own words follow where they say more."""
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter, ctx=click.Context() as ctx):
            return f"缺少 {parameter.get_error_hint(ctx)}"
        case click.NoSuchOption():
            near = "、".join(error.possibilities or ())
            return f"没有选项 {error.option_name}" + (f"；是否想写 {near}？" if near else "")
        case click.BadParameter(param=click.Parameter() as parameter, ctx=click.Context() as ctx):
            return f"{parameter.get_error_hint(ctx)} 的值不对：{error.message}"
    return f"用法有误：{error.format_message()}"


def _report(error: CheckerError) -> int:
    spoken = language(_asked_language(sys.argv))
    for problem in error.problems:
        click.echo(f"checker: {problem.in_language(spoken)}", err=True)
    return EXIT_INPUT


def _asked_language(arguments: list[str]) -> str | None:
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return arguments[i + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def language(asked: str | None, environ: Mapping[str, str] = os.environ) -> Language:
    """The language asked for, else the locale's, else Chinese."""
    locale = next((environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(n)), "")
    return "en" if (asked or locale).lower().startswith("en") else "zh"
