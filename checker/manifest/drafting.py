"""A manifest and blank ledgers as text, with a line of explanation beside every key."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from checker.ledger import LedgerKind
from checker.manifest.content import ATTACHMENT
from checker.manifest.files import BLANK
from checker.manifest.guessing import Guess
from checker.patterns import pattern

_PLAIN = pattern(r"(?=[^\W\d])[\w][\w./-]*")
_NOT_IN_YAML = pattern("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_RESERVED = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
_KINDS = "government 政府、department 部门、township 乡镇街道、zone 开发区或功能区、vertical 垂直管理部门"
_LEVELS = "national 国家、province 省级、prefecture 地市级、county 县级、township 乡级"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be listed. guess: None for what is no table. sheet: where it holds several ledgers."""

    file: str
    sha256: str
    guess: Guess | None = None
    sheet: str | None = None


def draft(
    unit: str | None,
    year: int,
    report: tuple[str, str],
    candidates: Sequence[Candidate],
    kinds: Mapping[str, LedgerKind],
) -> str:
    """The text of a new manifest. unit: None where it is not known. report: name and SHA-256."""
    items = "".join(entries(candidates, year, kinds, set()))
    listed = "".join(f"#   {kind.id}  {kind.title.zh}\n" for kind in kinds.values())
    name = f"{scalar(unit)}  # 单位全称，请核对" if unit else "  # 单位全称，请填写"
    return f"""\
# 证据清单。填好后用 checker manifest verify 核对；证据文件有增改，用 checker manifest new --update 更新。
# 文件名从本文件夹算起，用 / 分隔。以 # 开头的键没有启用，需要时去掉 # 再填。
unit:  # 报送单位
  name: {name}
  # kind: government  # 单位类型：{_KINDS}
  # level: county  # 层级：{_LEVELS}
  # region: "000000"  # 行政区划代码
  # services: true  # 是否对外提供服务：true 或 false
year: {year}  # 报告年度
report:  # 年度报告
  file: {scalar(report[0])}  # 报告文件
  sha256: {report[1]}  # 文件内容的 SHA-256
  # submitted_on: {year + 1}-01-15  # 报送日期
  # published_on: {year + 1}-01-31  # 公布日期
# 证据的种类（kind）有：
{listed}#   {ATTACHMENT}  附件（截图、文件等）
# 每项还可以写：obtained_on 取得日期，custodian 保管人，note 说明，sheet 工作表名，
# columns 字段与表头的对应（只写认不出的），complete: false 表示只交了一部分。
evidence:{items and "  # 证据文件" or " []  # 证据文件"}
{items}# previous: previous/report.md  # 上年的报告文件或报送文件夹，须在本文件夹内
"""


def entries(
    candidates: Iterable[Candidate],
    year: int,
    kinds: Mapping[str, LedgerKind],
    taken: set[str],
    indent: int = 2,
) -> Iterator[str]:
    """One item of the list for every file. taken: the ids that are used; the new ones are added."""
    before = " " * indent
    for candidate in candidates:
        kind = candidate.guess.kind if candidate.guess else None
        lines = [
            f"- id: {scalar(_new_id(candidate, taken))}  # 编号，每项不同",
            f"  kind: {kind or ATTACHMENT}  # {_about_kind(candidate, kinds)}",
            f"  file: {scalar(candidate.file)}  # 文件",
            f"  sha256: {candidate.sha256}  # 文件内容的 SHA-256",
            f"  covers: {{from: {year}-01-01, to: {year}-12-31}}  # 所涉期间，请核对",
        ]
        if candidate.sheet is not None:
            lines.insert(3, f"  sheet: {scalar(candidate.sheet)}  # 工作表")
        yield "".join(f"{before}{line}\n" for line in lines)


def _about_kind(candidate: Candidate, kinds: Mapping[str, LedgerKind]) -> str:
    if candidate.guess is None:
        return "附件"
    if candidate.guess.kind:
        return kinds[candidate.guess.kind].title.zh
    perhaps = candidate.guess.perhaps
    return f"请核对：也许是 {perhaps} {kinds[perhaps].title.zh}" if perhaps else "请核对"


def _new_id(candidate: Candidate, taken: set[str]) -> str:
    stem = f"{PurePosixPath(candidate.file).stem} {candidate.sheet or ''}"
    base = re.sub(r"\s+", "-", stem.strip()) or "item"
    id, number = base, 2
    while id in taken:
        id, number = f"{base}-{number}", number + 1
    taken.add(id)
    return id


def scalar(text: str) -> str:
    """A text as YAML writes it on one line, in quotes unless it cannot be taken for anything else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def blanks(kinds: Mapping[str, LedgerKind], there: Iterable[str]) -> dict[str, bytes]:
    """A blank ledger for every kind that is not there: name in the folder, and CSV with its header.

    UTF-8 with a byte order mark, by which Excel knows it.
    """
    present = set(there)
    return {f"{BLANK}/{kind.id}.csv": _blank(kind) for kind in kinds.values() if kind.id not in present}


def _blank(kind: LedgerKind) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow([column.label.zh for column in kind.columns])
    return text.getvalue().encode("utf-8-sig")
