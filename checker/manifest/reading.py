"""manifest.yaml → Manifest; every mistake at its line, all at once."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checker import yaml_text
from checker.bilingual import Bilingual
from checker.comparison import squeeze
from checker.errors import InputError, Problem, did_you_mean
from checker.ledger import LedgerKind
from checker.location import Location
from checker.manifest.content import ATTACHMENT, NAME, EvidenceItem, Manifest, Period, ReportEntry, Unit
from checker.submission.inside import Folder
from checker.yaml_text import Way, YamlText
from checker.yaml_text.validation import is_date, schema_problems

MOST = 200
"""Problems told one by one; the others are counted."""

Kinds = Mapping[str, LedgerKind]


def open_manifest(folder: Path, kinds: Kinds) -> Manifest | None:
    """The manifest of a submission folder; None for a folder without one, and for a bare report file.

    kinds: the kinds of ledger there are, by id. Raises InputError with every mistake.
    """
    path = manifest_path(folder)
    if path is None:
        return None
    return read_manifest(yaml_text.read_bytes(path, NAME), folder, kinds)


def manifest_path(folder: Path) -> Path | None:
    """The manifest file of a folder. Raises InputError if it is no file inside the folder, or misnamed."""
    try:
        names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    except OSError as error:
        why = error.strerror
        raise _refused("unreadable", f"文件夹无法读取：{why}", f"the folder cannot be read: {why}") from None
    if NAME not in names:
        for name in sorted(names):
            if name.lower() in (NAME, "manifest.yml"):
                raise _refused(
                    "manifest.name", f"{name} 请改名为 {NAME}", f"rename {name} to {NAME}: only that is read"
                )
        return None
    path = Folder(folder).locate(NAME)
    if path is None or not path.is_file():
        raise _refused("manifest.no-file", "这不是文件", "this is no file")
    return path


def read_manifest(data: bytes, folder: Path, kinds: Kinds) -> Manifest:
    """The manifest in these bytes, for a folder. Raises InputError with every mistake."""
    source = yaml_text.parse(data, NAME)
    problems = [*schema_problems(source, "manifest"), *_Checks(source, folder, kinds).problems()]
    if problems:
        raise InputError(_counted(sorted(dict.fromkeys(problems), key=_order)))
    return _manifest(source, hashlib.sha256(data).hexdigest())


def _order(problem: Problem) -> tuple[int, int]:
    place = problem.location
    return (place.line or 0, place.character or 0) if place else (0, 0)


def _counted(problems: list[Problem]) -> list[Problem]:
    left = len(problems) - MOST
    if left <= 0:
        return problems
    more = Bilingual(f"另有 {left} 处错误", f"{left} more mistakes")
    return [*problems[:MOST], Problem("manifest.more", more, Location(NAME))]


def _refused(code: str, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(NAME))])


# What a schema cannot say --------------------------------------------------------------------------


class _Checks:
    """What is wrong with the parts that have their shape; of the others the schema speaks."""

    def __init__(self, source: YamlText, folder: Path, kinds: Kinds) -> None:
        self._source = source
        self._folder = Folder(folder)
        self._kinds = kinds
        self._ids: dict[str, int] = {}
        self._files: dict[tuple[Path | str, str], int] = {}
        self._whole: dict[Path | str, int] = {}

    def problems(self) -> Iterator[Problem]:
        data = self._source.data if isinstance(self._source.data, dict) else {}
        report = data.get("report")
        if isinstance(report, dict) and _text(report, "file"):
            yield from self._file(report["file"], ("report", "file"))
        evidence = data.get("evidence")
        for number, item in enumerate(evidence if isinstance(evidence, list) else ()):
            if isinstance(item, dict):
                yield from self._item(item, ("evidence", number))
        if _text(data, "previous"):
            yield from self._previous(data["previous"])

    def _item(self, item: dict[str, Any], way: Way) -> Iterator[Problem]:
        yield from self._id(item, way)
        yield from self._kind(item, way)
        yield from self._covers(item, way)
        if _text(item, "file"):
            yield from self._file(item["file"], (*way, "file"), _text(item, "sheet"))

    def _id(self, item: dict[str, Any], way: Way) -> Iterator[Problem]:
        id = _text(item, "id")
        if not id:
            return
        if id in self._ids:
            first = self._line(self._ids[id])
            zh, en = f"编号 {id} 在第 {first} 行已用过", f"the id {id} is used already, on line {first}"
            yield self._source.problem("manifest.duplicate-id", zh, en, (*way, "id"))
        self._ids.setdefault(id, int(way[1]))

    def _kind(self, item: dict[str, Any], way: Way) -> Iterator[Problem]:
        name = _text(item, "kind")
        if not name:
            return
        known = [*self._kinds, ATTACHMENT]
        if name not in known:
            hint = _hint(name, known, _OF_A_RULESET)
            zh, en = f"没有 {name} 这种证据{hint.zh}", f"there is no kind {name}{hint.en}"
            yield self._source.problem("manifest.unknown-kind", zh, en, (*way, "kind"))
        elif name == ATTACHMENT:
            for key in ("sheet", "columns"):
                if key in item:
                    zh, en = f"附件没有 {key}，它只用于台账", f"an attachment has no {key}; only a ledger has"
                    yield self._source.problem("manifest.not-for-attachment", zh, en, (*way, key), key=True)
        else:
            yield from self._columns(item, way, self._kinds[name])

    def _columns(self, item: dict[str, Any], way: Way, kind: LedgerKind) -> Iterator[Problem]:
        given = item.get("columns")
        columns = given if isinstance(given, dict) else {}
        known = [column.name for column in kind.columns]
        taken: dict[str, str] = {}
        for name in columns:
            header = _text(columns, name)
            if header and (first := taken.setdefault(squeeze(header), name)) != name:
                zh = f"表头“{header}”已给 {first} 用了，一列不能当两个字段"
                en = f"the header “{header}” is that of {first} already: no column is two"
                yield self._source.problem("manifest.duplicate-header", zh, en, (*way, "columns", name))
            if name not in known:
                hint, place = _hint(name, known), (*way, "columns", name)
                zh = f"{kind.title.zh}没有 {name} 这个字段{hint.zh}"
                en = f"{kind.title.en}: there is no column {name}{hint.en}"
                yield self._source.problem("manifest.unknown-column", zh, en, place, key=True)

    def _covers(self, item: dict[str, Any], way: Way) -> Iterator[Problem]:
        covers = item.get("covers")
        if not isinstance(covers, dict):
            return
        first, last = (_text(covers, key) for key in ("from", "to"))
        if first and last and is_date(first) and is_date(last) and first > last:
            zh, en = f"起始日 {first} 在截止日 {last} 之后", f"it begins on {first}, after its end on {last}"
            yield self._source.problem("manifest.period-order", zh, en, (*way, "covers", "from"))

    def _file(self, name: str, way: Way, sheet: str | None = None) -> Iterator[Problem]:
        try:
            found = self._folder.locate(name)
        except InputError as error:
            problem = error.problems[0]
            yield self._source.problem(f"manifest.{problem.code}", *problem.message, way)
            return
        if found is not None and _is_special(found):
            zh, en = f"{name} 不是文件", f"{name} is no file"
            yield self._source.problem("manifest.no-file", zh, en, way)
        elif found == self._folder.root / NAME:
            zh, en = "清单不能列出自己", "the manifest cannot vouch for itself"
            yield self._source.problem("manifest.itself", zh, en, way)
        elif way[0] == "report" and found is None:
            zh, en = f"没有报告文件 {name}", f"there is no report file {name}"
            yield self._source.problem("manifest.no-report", zh, en, way)
        elif way[0] == "evidence":
            yield from self._twice(found or name, way, sheet)

    def _twice(self, file: Path | str, way: Way, sheet: str | None) -> Iterator[Problem]:
        """Two items may share a file if each takes a sheet of its own."""
        number = int(way[1])
        first = self._files.get((file, sheet or ""))
        if first is None and file in self._whole and (not sheet or (file, "") in self._files):
            first = self._whole[file]
        if first is not None:
            line = self._line(first)
            zh = f"第 {line} 行的一项已列出这个文件；同一文件列两次时须各写不同的 sheet"
            en = f"the item on line {line} names this file already; name it twice only with different sheets"
            yield self._source.problem("manifest.duplicate-file", zh, en, way)
        self._files.setdefault((file, sheet or ""), number)
        self._whole.setdefault(file, number)

    def _previous(self, name: str) -> Iterator[Problem]:
        try:
            found = self._folder.locate(name)
        except InputError as error:
            problem = error.problems[0]
            yield self._source.problem(f"manifest.{problem.code}", *problem.message, ("previous",))
            return
        if found is None:
            zh, en = f"没有 {name} 这个文件或文件夹", f"there is no file or folder {name}"
            yield self._source.problem("manifest.no-previous", zh, en, ("previous",))
        elif found == self._folder.root or not (found.is_dir() or found.is_file()):
            zh, en = f"{name} 不是上年的报告", f"{name} is no report of last year"
            yield self._source.problem("manifest.no-previous", zh, en, ("previous",))

    def _line(self, number: int) -> int:
        return self._source.place(("evidence", number)).line or 1


_OF_A_RULESET = Bilingual(
    "；指标体系自带的种类，用 --ruleset 指明该体系", "; for a kind of a ruleset's own name it by --ruleset"
)


def _hint(word: str, known: list[str], more: Bilingual = Bilingual("", "")) -> Bilingual:  # noqa: B008
    listed = ", ".join(known)
    close = did_you_mean(word, known)
    return (
        close if close.zh else Bilingual(f"；可用的有：{listed}{more.zh}", f"; there are: {listed}{more.en}")
    )


def _is_special(path: Path) -> bool:
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value.strip() else None


# Data that has been found to be in order -------------------------------------------------------------


def _manifest(source: YamlText, sha256: str) -> Manifest:
    data = source.data
    unit = data["unit"]
    return Manifest(
        unit=Unit(
            unit["name"].strip(),
            unit.get("kind"),
            unit.get("level"),
            unit.get("region"),
            {"true": True, "false": False}.get(unit.get("services")),
        ),
        year=int(data["year"]),
        report=_report(data.get("report", {}), source),
        evidence=tuple(_item(item, source, n) for n, item in enumerate(data.get("evidence", ()))),
        previous=data.get("previous"),
        sha256=sha256,
    )


def _report(data: dict[str, str], source: YamlText) -> ReportEntry:
    digest = data.get("sha256")
    return ReportEntry(
        file=data.get("file"),
        sha256=digest.lower() if digest else None,
        submitted_on=_date(data, "submitted_on"),
        published_on=_date(data, "published_on"),
        place=source.place(("report", "sha256") if digest else ("report",), key=not digest),
    )


def _item(data: dict[str, Any], source: YamlText, number: int) -> EvidenceItem:
    return EvidenceItem(
        id=data["id"],
        kind=data["kind"],
        file=data["file"],
        sha256=data["sha256"].lower(),
        covers=_period(data["covers"]) if "covers" in data else None,
        obtained_on=_date(data, "obtained_on"),
        custodian=data.get("custodian"),
        note=data.get("note"),
        sheet=data.get("sheet"),
        columns=data.get("columns"),
        complete=data.get("complete", "true") == "true",
        place=source.place(("evidence", number)),
    )


def _period(data: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(data["from"]), date.fromisoformat(data["to"]))


def _date(data: Mapping[str, str], key: str) -> date | None:
    return date.fromisoformat(data[key]) if key in data else None
