"""checker compare A [B]"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual
from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, REPAIRS, emit, language
from checker.errors import InputError, Problem
from checker.location import Location

if TYPE_CHECKING:
    from checker.collation import Collation, Side

EXIT_SAME, EXIT_DIFFERENT, EXIT_OPEN = 0, 1, 3
_OLD_WORD = "doc"
"""The kind of DOC and WPS files."""


@click.command("compare")
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="[B]", required=False, type=click.Path(path_type=Path))
@FORMAT("collation")
@REPAIRS
@OUTPUT
@LANGUAGE
def command(
    first: Path,
    second: Path | None,
    format_: str,
    show_repairs: bool,
    output: Path | None,
    lang: str | None,
) -> int:
    """两份报告逐项对照 · Two reports side by side: one report in two forms, or two years.

    With a DOC or WPS file alone, its reading is set against LibreOffice's, where that is installed.

    Exit code: 0 no difference, 1 differences, 2 input at fault, 3 none, but not all could be compared.
    """
    from checker import reading

    reading.prepare()  # starts while the rest is imported

    from checker.collation import collate
    from checker.extractors import vocabulary

    sides = _read_twice(first) if second is None else (_side(first), _side(second))
    found = collate(*sides, vocabulary())
    emit("collation", format_, found, output, language(lang), show_repairs)
    return _exit_code(found)


def _side(path: Path) -> "Side":
    from checker import pipeline
    from checker.collation import Side

    submission, document, facts = pipeline.read(path)
    return Side(submission.name, document, facts)


def _read_twice(path: Path) -> tuple["Side", "Side"]:
    """Our own reading, and that of the DOCX LibreOffice makes of the same file."""
    from checker import pipeline, reading
    from checker.collation import Side
    from checker.second_opinion import reread

    submission, document, facts = pipeline.read(path)
    if document.source.kind != _OLD_WORD:
        raise _one_file(submission.file)
    again = reread(submission.data, submission.file)
    try:
        other, theirs = reading.read(again.data, submission.file)
    except InputError as error:
        raise _of_the_second(error) from None
    # What was read is the file handed in; LibreOffice's own has another digest each time.
    told = replace(other, source=replace(document.source, converter=again.program))
    return Side(submission.name, document, facts), Side(submission.name, told, theirs, again.program)


def _of_the_second(error: InputError) -> InputError:
    """What is wrong with LibreOffice's file, told as that: our own reading went well."""
    return InputError(
        [
            replace(
                problem,
                message=Bilingual(
                    f"LibreOffice 转换出的文件不能用：{problem.message.zh}",
                    f"the file LibreOffice made is of no use: {problem.message.en}",
                ),
            )
            for problem in error.problems
        ]
    )


def _one_file(file: str) -> InputError:
    message = Bilingual(
        "要给出两份报告才能对照；只给一份时须是 DOC 或 WPS 文件，由 LibreOffice 再读一遍",
        "two reports are needed; a single one must be a DOC or WPS file, which LibreOffice reads once more",
    )
    return InputError([Problem("one-report", message, Location(file))])


def _exit_code(found: "Collation") -> int:
    from checker.collation import Relation

    if any(relation.differs for relation in found.counts):
        return EXIT_DIFFERENT
    return EXIT_OPEN if found.counts[Relation.INCOMPARABLE] else EXIT_SAME
