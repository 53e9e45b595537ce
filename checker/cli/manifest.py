"""checker manifest new|verify"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.bilingual import Bilingual
from checker.cli._output import FORMAT, LANGUAGE, OUTPUT, RULESET, emit, language, show, write
from checker.errors import InputError, Problem

if TYPE_CHECKING:
    from checker.manifest import Evidence
    from checker.verification.listing import Draft

FAULTY = 2


@click.group("manifest")
def command() -> None:
    """证据清单 · The manifest of a submission folder."""


@command.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@RULESET
@FORMAT("manifest")
@OUTPUT
@LANGUAGE
def verify(folder: Path, ruleset: str, format_: str, output: Path | None, lang: str | None) -> int:
    """核对证据文件与清单，不评估 · Check the evidence against the manifest; nothing is assessed.

    Exit code: 0 every file is verified and fits, the report among them; 2 otherwise.
    """
    from checker import library, verification

    found = verification.verify(folder, library.ledger_kinds(library.homes(ruleset)))
    found = _beside_report(folder, found)
    emit("manifest", format_, found, output, language(lang))
    return 0 if found.in_order else FAULTY


def _beside_report(folder: Path, evidence: "Evidence") -> "Evidence":
    """The evidence set against the report; that this cannot be read is a problem of it."""
    from checker import pipeline, verification
    from checker.manifest import State

    if evidence.fixity.report.state is State.UNREADABLE:  # and that is told
        return evidence
    try:
        _, _, facts = pipeline.read(folder, evidence.manifest.report.file)
    except InputError as error:
        return replace(evidence, problems=(*evidence.problems, *error.problems))
    return verification.beside_report(evidence, facts)


@command.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--year", type=click.IntRange(2008, 2100), help="报告年度 · year reported on  [the report's]")
@click.option("--update", is_flag=True, help="更新 SHA-256、添加新文件 · renew digests, add new files")
@RULESET
@LANGUAGE
def new(folder: Path, year: int | None, update: bool, ruleset: str, lang: str | None) -> None:
    """按文件夹中的文件写出清单和空白台账 · Write a manifest of the files found, and blank ledgers."""
    from checker import library
    from checker.verification import listing

    kinds = library.ledger_kinds(library.homes(ruleset))
    if update:
        draft = listing.renew_manifest(folder, kinds)
    else:
        listing.check_vacant(folder)
        draft = listing.draft_manifest(folder, *_read_from_report(folder, year), kinds)
    _write(folder, draft)
    show("".join(f"{line.in_language(language(lang))}\n" for line in _told(draft, update)))


def _read_from_report(folder: Path, year: int | None) -> tuple[str | None, int]:
    """Who reports and for which year. Raises InputError if the year is neither given nor to be read."""
    from checker import pipeline
    from checker.facts import Kind

    no_year = Problem(
        "manifest.no-year",
        Bilingual("读不出报告年度，请用 --year 给出", "the report does not give its year; give it by --year"),
    )
    try:
        _, _, facts = pipeline.read(folder)
    except InputError as error:
        if year is None:
            raise InputError([*error.problems, no_year]) from error
        return None, year
    unit, stated = facts.fields["report.issuer"], facts.fields["report.year"]
    if year is None and stated.kind is not Kind.NUMBER:
        raise InputError([no_year])
    return unit.text if unit.kind is Kind.TEXT else None, year or int(stated.text)


def _write(folder: Path, draft: "Draft") -> None:
    """The files of a draft, none through a link that leads out, no blank ledger over a file there."""
    from checker.manifest import NAME
    from checker.submission.inside import Folder

    inside = Folder(folder)
    for name, data in draft.files.items():
        if inside.locate(name) is None or name == NAME:
            write(folder / name, data, parents=name != NAME)


def _why(problem: Problem, language: str) -> str:
    file = problem.location.file if problem.location else ""
    said: str = getattr(problem.message, language)
    return said if file in said else f"{file}{'：' if language == 'zh' else ': '}{said}"


def _told(draft: "Draft", update: bool) -> list[Bilingual]:
    """What was written, file by file, and what is left to do."""
    lines = [Bilingual(f"更新 {name}", f"renewed {name}") for name in draft.renewed]
    for candidate in draft.listed:
        kind = candidate.guess.kind if candidate.guess else None
        doubt = Bilingual("  请核对种类", "  check its kind") if candidate.guess and not kind else None
        where = f"{candidate.file} [{candidate.sheet}]" if candidate.sheet else candidate.file
        said = f"{where}  {kind or 'attachment'}"
        zh, en = doubt or ("", "")
        lines.append(Bilingual(f"列入 {said}{zh}", f"listed {said}{en}"))
    lines += [Bilingual(f"缺少 {id}", f"missing {id}") for id in draft.missing]
    lines += [Bilingual(f"没有列入 {_why(p, 'zh')}", f"not listed {_why(p, 'en')}") for p in draft.left_out]
    blank = len(draft.files) - 1
    if blank:
        zh, en = f"空白台账 {blank} 份在 evidence/blank", f"blank ledgers in evidence/blank: {blank}"
        lines.append(Bilingual(zh, en))
    if update and not (draft.renewed or draft.listed):
        lines.append(Bilingual("清单没有变化", "the manifest is as it was"))
    lines.append(Bilingual("填好后用 checker manifest verify 核对", "then: checker manifest verify"))
    return lines
