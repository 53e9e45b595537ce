"""Manifest × folder → Fixity: is every file the one vouched for, and is anything odd about the list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.location import Location
from checker.manifest import files
from checker.manifest.content import ATTACHMENT, NAME, EvidenceItem, EvidenceStatus, Fixity, Manifest, State
from checker.submission import printable, report_in
from checker.submission.inside import Folder


def check(folder: Path, manifest: Manifest) -> Fixity:
    """Digest every file once and say what became of it.

    Raises InputError if the folder has no report, or cannot be listed.
    """
    inside = Folder(folder)
    name, report = report_in(inside.root, manifest.report.file)
    located = [inside.locate(item.file) for item in manifest.evidence]
    digests: dict[Path, _Digest] = {}
    for path in (report, *located):
        if path is not None and path not in digests:
            digests[path] = _digested(path)
    found = [
        _status(item, digests.get(path) if path else None)
        for item, path in zip(manifest.evidence, located, strict=True)
    ]
    of_the_year = list(_of_the_year(found, manifest.year))
    repeated = _repeated(of_the_year)
    statuses = [_not_again(status, repeated) for status in of_the_year]
    previous = inside.locate(manifest.previous) if manifest.previous else None
    known = {report, *(p for p in (*located, previous) if p is not None)}
    extra = [_unexpected(file) for file in files.unlisted(inside.root, report.parent, known)]
    head = _report_status(manifest, printable(name), digests[report])
    notices = (*_not_vouched(manifest, head), *_outside_period(manifest), *_same_content(statuses, repeated))
    return Fixity(head, (*statuses, *extra), notices)


_Digest = tuple[str | None, Bilingual | None]
"""The SHA-256, or why there is none."""


def _digested(path: Path) -> _Digest:
    try:
        return files.digest(path), None
    except files.TooLarge:
        most = files.LIMIT // 1_000_000
        return None, Bilingual(f"超过 {most} MB", f"it has more than {most} MB")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, Bilingual(f"无法读取：{reason}", f"it cannot be read: {reason}")


def _status(item: EvidenceItem, found: _Digest | None) -> EvidenceStatus:
    name = Bilingual(f"证据 {item.id}（{item.file}）", f"evidence {item.id} ({item.file})")
    if found is None:
        reason = Bilingual(f"{name.zh}不在报送文件夹中", f"{name.en} is not in the submission folder")
        return EvidenceStatus(State.MISSING, item.file, item, None, reason)
    digest, fault = found
    if fault is not None:
        reason = Bilingual(f"{name.zh}{fault.zh}", f"{name.en}: {fault.en}")
        return EvidenceStatus(State.UNREADABLE, item.file, item, None, reason)
    if digest != item.sha256:
        reason = Bilingual(
            f"{name.zh}与清单所记的 SHA-256 不符，列入清单后改动过，没有采用",
            f"{name.en} is not the file the manifest vouches for (its SHA-256 differs) and is not used",
        )
        return EvidenceStatus(State.CHANGED, item.file, item, digest, reason)
    return EvidenceStatus(State.VERIFIED, item.file, item, digest)


def _of_the_year(statuses: Iterable[EvidenceStatus], year: int) -> Iterator[EvidenceStatus]:
    """A ledger of another year says nothing of this one."""
    for status in statuses:
        item = status.item
        if _usable(status) and item is not None and item.covers is not None and item.covers.outside(year):
            days = f"{item.covers.first} – {item.covers.last}"
            zh = f"证据 {item.id} 所涉期间（{days}）全在 {year} 年度之外，没有采用"
            en = f"the evidence {item.id} covers {days}, wholly outside {year}, and is not used"
            yield replace(status, reason=Bilingual(zh, en))
        else:
            yield status


def _repeated(statuses: Iterable[EvidenceStatus]) -> Mapping[str, EvidenceStatus]:
    """By the id of every item the one before it that has the same bytes for the same kind of ledger.

    Of two sheets of a workbook neither repeats the other; a sheet that is not named may be any.
    """
    found: dict[str, EvidenceStatus] = {}
    groups: dict[tuple[str, str | None], dict[str | None, EvidenceStatus]] = {}
    for status in statuses:
        item = status.item
        if item is None or not _usable(status):
            continue
        sheets = groups.setdefault((item.kind, status.sha256), {})
        named = (item.sheet, None) if item.sheet is not None else tuple(sheets)
        first = next((sheets[name] for name in named if name in sheets), None)
        if first is None:
            sheets[item.sheet] = status
        else:
            found[item.id] = first
    return found


def _not_again(status: EvidenceStatus, repeated: Mapping[str, EvidenceStatus]) -> EvidenceStatus:
    first = repeated.get(status.item.id) if status.item else None
    if status.item is None or first is None or first.item is None:
        return status
    zh = f"证据 {status.item.id} 与 {first.item.id}（{first.file}）内容相同，不重复采用"
    en = f"the evidence {status.item.id} has the same content as {first.item.id} ({first.file})"
    return replace(status, reason=Bilingual(zh, f"{en} and is not used again"))


def _usable(status: EvidenceStatus) -> bool:
    """Whether it is a ledger that nothing yet keeps from being used."""
    ledger = status.item is not None and status.item.kind != ATTACHMENT
    return ledger and status.state is State.VERIFIED and status.reason is None


def _unexpected(file: str) -> EvidenceStatus:
    name = printable(file)
    reason = Bilingual(f"{name} 不在清单中，没有采用", f"{name} is not in the manifest and is not used")
    return EvidenceStatus(State.UNEXPECTED, name, None, None, reason)


def _report_status(manifest: Manifest, name: str, found: _Digest) -> EvidenceStatus:
    digest, fault = found
    if digest is None:
        reason = Bilingual(f"报告 {name} {fault.zh}", f"the report {name}: {fault.en}") if fault else None
        return EvidenceStatus(State.UNREADABLE, name, None, None, reason)
    if manifest.report.sha256 is None:
        return EvidenceStatus(State.NOT_VOUCHED, name, None, digest)
    reason = report_changed(manifest, name, digest)
    return EvidenceStatus(State.CHANGED if reason else State.VERIFIED, name, None, digest, reason)


def report_changed(manifest: Manifest, name: str, sha256: str) -> Bilingual | None:
    """Why this is not the report the manifest vouches for; None if it is, or if no digest is given."""
    if manifest.report.sha256 in (None, sha256):
        return None
    return Bilingual(
        f"报告 {name} 与清单所记的 SHA-256 不符：不是列入清单的那一份，或者改动过"
        "（确是定稿的，用 checker manifest new --update 更新清单）",
        f"the report {name} is not the one the manifest vouches for: its SHA-256 differs"
        " (if it is the final one, renew the manifest by checker manifest new --update)",
    )


# What is no fault and yet to be known ------------------------------------------------------------------


def _notice(code: str, zh: str, en: str, place: Location | None) -> Problem:
    return Problem(f"evidence.{code}", Bilingual(zh, en), place or Location(NAME))


def _not_vouched(manifest: Manifest, report: EvidenceStatus) -> Iterator[Problem]:
    if report.state is State.NOT_VOUCHED:
        zh = f"清单没有记下报告 {report.file} 的 SHA-256，不能证明它没有改动过"
        en = f"the manifest gives no SHA-256 of the report {report.file}: nothing vouches for it"
        yield _notice("report-not-vouched", zh, en, manifest.report.place)


def _outside_period(manifest: Manifest) -> Iterator[Problem]:
    first, last = date(manifest.year, 1, 1), date(manifest.year, 12, 31)
    for item in manifest.evidence:
        if item.covers is None or (item.covers.first >= first and item.covers.last <= last):
            continue
        days = f"{item.covers.first} – {item.covers.last}"
        if item.covers.outside(manifest.year):
            if item.kind != ATTACHMENT:  # the reason it is not used says so
                continue
            zh = f"证据 {item.id} 所涉期间（{days}）全在 {manifest.year} 年度之外"
            en = f"the evidence {item.id} covers {days}, wholly outside {manifest.year}"
            yield _notice("outside-period", zh, en, item.place)
        else:
            zh = f"证据 {item.id} 所涉期间（{days}）有一部分在 {manifest.year} 年度之外"
            en = f"the evidence {item.id} covers {days}, partly outside {manifest.year}"
            yield _notice("partly-outside-period", zh, en, item.place)


def _same_content(
    statuses: Iterable[EvidenceStatus], told: Mapping[str, EvidenceStatus]
) -> Iterator[Problem]:
    """The same bytes in two files; two sheets of one file are no such thing, nor what was told already."""
    groups: dict[str, list[EvidenceStatus]] = {}
    for status in statuses:
        if status.sha256 is not None:
            groups.setdefault(status.sha256, []).append(status)
    for group in groups.values():
        first = group[0]
        others = [s for s in group if PurePosixPath(s.file) != PurePosixPath(first.file)]
        for status in others:
            if status.item is not None and first.item is not None and status.item.id not in told:
                one, other = f"{status.item.id} ({status.file})", f"{first.item.id} ({first.file})"
                zh, en = (
                    f"证据 {one} 与 {other} 内容相同",
                    f"the evidence {one} has the same content as {other}",
                )
                yield _notice("same-content", zh, en, status.item.place)
