"""Manifest × folder × kinds → Evidence."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from checker import ledgers
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.ledger import Ledger, LedgerKind
from checker.location import Location
from checker.manifest import (
    ATTACHMENT,
    NAME,
    Evidence,
    EvidenceItem,
    EvidenceStatus,
    Exhibit,
    Manifest,
    State,
    check,
    open_manifest,
)
from checker.manifest.files import digest
from checker.submission.inside import Folder

Kinds = Mapping[str, LedgerKind]


class LedgerReader(Protocol):
    """ledgers.read, or one that reads the same otherwise."""

    def __call__(
        self,
        kind: LedgerKind,
        path: Path,
        file: str,
        sheet: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Ledger: ...


def verify(folder: Path, kinds: Kinds) -> Evidence:
    """Fixity and fit of all evidence. Raises InputError for a folder without a manifest, or a faulty one."""
    return load_evidence(folder, required(folder, kinds), kinds)


def required(folder: Path, kinds: Kinds) -> Manifest:
    """The manifest of a folder that must have one. Raises InputError."""
    manifest = open_manifest(folder, kinds)
    if manifest is not None:
        return manifest
    zh, en = "没有这个文件夹", "there is no such folder"
    if folder.is_dir():
        zh = f"这里没有 {NAME}；可用 checker manifest new 生成"
        en = f"there is no {NAME} here; checker manifest new writes one"
    raise InputError([Problem("manifest.none", Bilingual(zh, en), Location(folder.name or str(folder)))])


def load_evidence(
    folder: Path, manifest: Manifest, kinds: Kinds, reader: LedgerReader = ledgers.read
) -> Evidence:
    """Every item as far as it can be used. What is not used is not opened as a ledger."""
    fixity, inside = check(folder, manifest), Folder(folder)
    exhibits = tuple(_exhibit(inside, status, kinds, reader) for status in fixity.evidence)
    return Evidence(manifest, fixity, exhibits)


def _exhibit(inside: Folder, status: EvidenceStatus, kinds: Kinds, reader: LedgerReader) -> Exhibit:
    item = status.item
    path = inside.locate(item.file) if item else None
    if item is None or item.kind == ATTACHMENT:
        return Exhibit(status)
    kind = kinds[item.kind]
    if path is None or status.state is not State.VERIFIED or status.reason is not None:
        return Exhibit(status, kind=kind)
    try:
        ledger = reader(kind, path, item.file, item.sheet, item.columns)
        _still(path, item)
    except InputError as error:
        return Exhibit(status, problems=error.problems, kind=kind)
    return Exhibit(status, ledger, kind=kind)


def _still(path: Path, item: EvidenceItem) -> None:
    """What was read must be what was vouched for: the file was digested before and is once more after."""
    if digest(path) != item.sha256:
        zh, en = "读取时文件被改动，请重新运行", "the file was changed while it was read; run it again"
        raise InputError([Problem("evidence.changed", Bilingual(zh, en), Location(item.file))])
