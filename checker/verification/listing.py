"""A manifest for the files that are there: a new one, or the old one brought up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from checker import ledgers
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledger import LedgerKind
from checker.location import Location
from checker.manifest import NAME, State, check, drafting, renewing
from checker.manifest.drafting import Candidate
from checker.manifest.files import LIMIT, TooLarge, digest, unlisted
from checker.manifest.guessing import Guess, Match, guess
from checker.manifest.reading import manifest_path, read_manifest
from checker.submission import printable, report_in
from checker.submission.inside import Folder, refused
from checker.verification.reading import required
from checker.yaml_text import Way

Kinds = Mapping[str, LedgerKind]
TABLES = (".csv", ".tsv", ".txt", ".xlsx")
_SHEETS = 3_000_000
"""Bytes of a workbook times its sheets, beyond which they are not looked at one by one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written: bytes by name inside the folder, the manifest last.

    listed: the evidence added to the list; renewed: ids (or the report's name) whose digest was out of
    date; missing: ids whose file is not there; left_out: files that cannot be listed, and why.
    """

    files: Mapping[str, bytes]
    listed: tuple[Candidate, ...]
    renewed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left_out: tuple[Problem, ...] = ()


def check_vacant(folder: Path) -> None:
    """Raises InputError unless this is a folder without a manifest."""
    if not folder.is_dir():
        zh, en = "没有这个文件夹", "there is no such folder"
        raise InputError([Problem("no-such-folder", Bilingual(zh, en), Location(folder.name or str(folder)))])
    if manifest_path(folder) is not None:
        zh = f"已有 {NAME}，不会覆盖；加 --update 则只更新 SHA-256、添加新文件"
        en = f"{NAME} is there and is not overwritten; --update renews digests and adds new files only"
        raise InputError([Problem("manifest.exists", Bilingual(zh, en), Location(NAME))])


def draft_manifest(folder: Path, unit: str | None, year: int, kinds: Kinds) -> Draft:
    """A new manifest of the files found, and a blank ledger for each kind none of them is.

    Raises InputError if the folder has no report, or a manifest already.
    """
    check_vacant(folder)
    root = Folder(folder).root
    name, path = report_in(root)
    found, left_out = _survey(folder, unlisted(root, path.parent, {path}), kinds)
    text = drafting.draft(unit, year, (name, _sha256(name, path)), found, kinds)
    present = {c.guess.kind for c in found if c.guess and c.guess.kind}
    blank = drafting.blanks(kinds, present)
    return Draft({**blank, NAME: text.encode()}, found, left_out=left_out)


def renew_manifest(folder: Path, kinds: Kinds) -> Draft:
    """The manifest there is with digests renewed and new files added, all else as it was written.

    Raises InputError if there is none, it is at fault, or it is written so that it cannot be edited.
    """
    manifest, data = required(folder, kinds), (manifest_path(folder) or folder / NAME).read_bytes()
    fixity = check(folder, manifest)
    digests: dict[Way, str] = {
        ("evidence", n, "sha256"): status.sha256
        for n, status in enumerate(fixity.evidence)
        if status.state is State.CHANGED and status.sha256
    }
    renewed = [status.item.id for status in fixity.evidence if status.state is State.CHANGED and status.item]
    if fixity.report.state is State.CHANGED and fixity.report.sha256:
        digests[("report", "sha256")] = fixity.report.sha256
        renewed.insert(0, fixity.report.file)
    extra = [status.file for status in fixity.evidence if status.state is State.UNEXPECTED]
    found, left_out = _survey(folder, extra, kinds)
    taken = {item.id for item in manifest.evidence}
    entries = tuple(drafting.entries(found, manifest.year, kinds, taken, indent=0))
    data = renewing.append(renewing.renew(data, digests), entries)
    read_manifest(data, folder, kinds)
    missing = tuple(s.item.id for s in fixity.evidence if s.state is State.MISSING and s.item)
    return Draft({NAME: data}, found, tuple(renewed), missing, left_out)


def _survey(
    folder: Path, names: Iterable[str], kinds: Kinds
) -> tuple[tuple[Candidate, ...], tuple[Problem, ...]]:
    """These files with digest and likely kind; and why some of them cannot be listed."""
    inside = Folder(folder)
    found, left_out = [], []
    for name in names:
        try:
            found.extend(_candidates(name, inside, kinds))
        except InputError as error:
            problem = error.problems[0]
            left_out.append(Problem(problem.code, problem.message, Location(printable(name))))
    return tuple(found), tuple(left_out)


def _candidates(name: str, inside: Folder, kinds: Kinds) -> list[Candidate]:
    """The file; or where several sheets of a workbook are ledgers, each of these."""
    path = inside.locate(name)
    if path is None:
        raise refused("dangling-link", "链接指向的文件不存在", "the link leads to nothing")
    if not path.is_file():
        raise refused("no-file", "不是文件", "this is no file")
    sha256 = _sha256(name, path)
    if path.suffix.lower() not in TABLES:
        return [Candidate(name, sha256)]
    try:
        sheets = ledgers.sheets_of(path, name)
    except InputError:
        sheets = ()
    if len(sheets) * path.stat().st_size > _SHEETS:
        sheets = ()
    guesses = {sheet: _guess(sheet, path, name, kinds, sheet) for sheet in sheets} if len(sheets) > 1 else {}
    told = [Candidate(name, sha256, each, sheet) for sheet, each in guesses.items() if each.kind]
    if len(told) > 1:
        return told
    return [Candidate(name, sha256, _guess(PurePosixPath(name).stem, path, name, kinds))]


def _guess(called: str, path: Path, name: str, kinds: Kinds, sheet: str | None = None) -> Guess:
    def match(kind: LedgerKind) -> Match | None:
        try:
            ledger = ledgers.read(kind, path, name, sheet)
        except InputError:
            return None
        return Match(len(kind.columns) - len(ledger.missing), len(ledger.extra))

    return guess(called, kinds, match)


def _sha256(name: str, path: Path) -> str:
    try:
        return digest(path)
    except TooLarge:
        most = LIMIT // 1_000_000
        raise refused("too-large", f"{name} 超过 {most} MB", f"{name} has more than {most} MB") from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise refused("unreadable", f"{name} 无法读取：{why}", f"{name} cannot be read: {why}") from None
