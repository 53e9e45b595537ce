"""Files of one schema → what is made of them, through the cache; every mistake at its place, all at once."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from checker.errors import InputError, Problem, RulesetError
from checker.ruleset_yaml import cache
from checker.yaml_text import YamlText, parse, read_text
from checker.yaml_text.validation import schema_problems

T = TypeVar("T")


def load(
    schema: str,
    files: Mapping[str, Path],
    problems: list[Problem],
    make: Callable[[Mapping[str, YamlText], list[Problem], cache.Notes], T],
    ground: str = "",
) -> T:
    """make() of the sources by name. problems: those told so far, to which it adds before it raises.

    The third it is given is what it noted of the same files before on the same ground (all that decides the
    result beside the files); what it adds is kept.
    """
    texts = dict(_texts(files, problems))
    kept = cache.recall(schema, texts, ground)
    if kept is not None and not problems:
        with suppress(RulesetError):  # then read it afresh: what is kept has not the place of everything
            return make(kept[0], [], kept[1])
    sources = dict(_sources(schema, texts, problems))
    notes: cache.Notes = {name: {} for name in sources}
    made = make(sources, problems, notes)
    cache.keep(schema, texts, sources, notes, ground)
    return made


def raise_all(problems: list[Problem]) -> None:
    """Raises RulesetError with every problem, in the order of files and lines; nothing if there is none."""
    if problems:
        raise RulesetError(sorted(problems, key=_place))


def shown(path: Path, folder: Path | None = None) -> str:
    """A path as a message gives it: below the working folder if it is there."""
    return str(path).removeprefix(f"{folder or Path.cwd()}{os.sep}")


def _texts(files: Mapping[str, Path], problems: list[Problem]) -> Iterator[tuple[str, tuple[str, str]]]:
    here = Path.cwd()
    for name, path in files.items():
        file = shown(path, here)
        try:
            yield name, (file, read_text(path, file))
        except InputError as error:
            problems.extend(error.problems)


def _sources(schema: str, texts: cache.Texts, problems: list[Problem]) -> Iterator[tuple[str, YamlText]]:
    for name, (file, text) in texts.items():
        try:
            source = parse(text, file)
        except InputError as error:
            problems.extend(error.problems)
            continue
        problems.extend(schema_problems(source, schema))
        yield name, source


def _place(problem: Problem) -> tuple[str, int, int]:
    place = problem.location
    return (place.file, place.line or 0, place.character or 0) if place else ("", 0, 0)
