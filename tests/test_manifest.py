"""The manifest: read with every mistake, checked against the files, written, renewed; and what is hostile."""

import hashlib
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from rich.cells import cell_len

from checker import schemas, yaml_text
from checker.cli import main
from checker.errors import InputError, Problem
from checker.ledger import LedgerKind
from checker.library import ledger_kinds
from checker.manifest import Fixity, Manifest, State, check, drafting, files, open_manifest, renewing, stated
from checker.manifest.guessing import Guess, Match, guess
from checker.submission import open_submission
from checker.verification import load_evidence, verify
from checker.verification.listing import draft_manifest, renew_manifest
from tests.ledgers.workbooks import saved

REPORT = "# 某区2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年无申请。\n"
ITEMS = "信息编号,标题,发布时间\nA1,一条消息,2024-03-05 10:00\nA2,另一条,2024-03-06\n"


@pytest.fixture(scope="module")
def kinds() -> Mapping[str, LedgerKind]:
    return ledger_kinds()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission with a report and two pieces of evidence, not yet listed."""
    made = tmp_path / "some-district-2024"
    (made / "evidence").mkdir(parents=True)
    (made / "report.md").write_text(REPORT, encoding="utf-8")
    (made / "evidence" / "items.csv").write_text(ITEMS, encoding="utf-8")
    (made / "evidence" / "shot.png").write_bytes(b"picture")
    return made


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def item(folder: Path, file: str = "evidence/items.csv", **keys: str) -> str:
    path = folder / file
    given = {"id": "items", "kind": "published_items", "file": file}
    given["sha256"] = sha(path) if path.is_file() else "0" * 64
    given |= keys
    return "\n".join(f"  {'-' if n == 0 else ' '} {k}: {v}" for n, (k, v) in enumerate(given.items()))


def text(*items: str, head: str = "unit: {name: 某区}\nyear: 2024\n", tail: str = "") -> str:
    listed = "evidence:\n" + "\n".join(items) + "\n" if items else ""
    return f"{head}{listed}{tail}"


def write(folder: Path, content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "manifest.yaml").write_bytes(data)


def opened(folder: Path, kinds: Mapping[str, LedgerKind], content: str | bytes) -> Manifest:
    write(folder, content)
    manifest = open_manifest(folder, kinds)
    assert manifest is not None
    return manifest


def problems(folder: Path, kinds: Mapping[str, LedgerKind], content: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        opened(folder, kinds, content)
    for problem in caught.value.problems:
        assert problem.message.zh
        assert problem.message.en
        assert problem.location is not None
        assert problem.location.file == "manifest.yaml"
        assert str(folder) not in problem.in_language("zh") + problem.in_language("en")
    return caught.value.problems


def codes(found: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in found]


def lines(found: tuple[Problem, ...]) -> list[int | None]:
    return [problem.location.line if problem.location else None for problem in found]


# Reading ---------------------------------------------------------------------------------------------


def test_everything_a_manifest_may_say(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "evidence" / "book.xlsx").write_bytes(b"PK")
    (folder / "last").mkdir()
    book = f"""\
  - id: 审校 记录
    kind: reviews
    file: evidence/book.xlsx
    sha256: {sha(folder / "evidence" / "book.xlsx").upper()}
    covers: {{from: 2024-01-01, to: 2024-06-30}}
    obtained_on: 2025-01-02
    custodian: 办公室
    note: "上半年"
    sheet: 一月
    columns: {{item_id: 稿件号}}
    complete: false"""
    head = f"""\
unit: {{name: 某区人民政府, kind: government, level: county, region: 150101, services: false}}
year: 2024
report: {{file: report.md, sha256: {sha(folder / "report.md")}, published_on: 2025-01-31}}
"""
    made = opened(folder, kinds, text(book, item(folder), head=head, tail="previous: last\n"))
    assert (made.unit.name, made.unit.kind, made.unit.level, made.unit.region) == (
        "某区人民政府",
        "government",
        "county",
        "150101",
    )
    assert made.unit.services is False
    assert (made.year, made.report.file, str(made.report.published_on)) == (2024, "report.md", "2025-01-31")
    assert made.previous == "last"
    assert made.sha256 == sha(folder / "manifest.yaml")
    first, second = made.evidence
    assert (first.id, first.kind, first.sheet, first.complete) == ("审校 记录", "reviews", "一月", False)
    assert first.columns == {"item_id": "稿件号"}
    assert first.covers is not None
    assert (str(first.covers.first), str(first.covers.last)) == ("2024-01-01", "2024-06-30")
    assert first.sha256 == first.sha256.lower()
    assert second.complete
    assert second.covers is None
    assert second.place is not None
    assert second.place.line == 16


def test_a_folder_and_a_file_without_a_manifest(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    assert open_manifest(folder, kinds) is None
    assert open_manifest(folder / "report.md", kinds) is None
    assert open_manifest(folder / "nowhere", kinds) is None


@pytest.mark.parametrize("name", ["manifest.yml", "Manifest.yaml", "MANIFEST.YML"])
def test_a_misnamed_manifest_is_not_passed_over(
    folder: Path, kinds: Mapping[str, LedgerKind], name: str
) -> None:
    (folder / name).write_text(text(), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_manifest(folder, kinds)
    assert codes(caught.value.problems) == ["manifest.name"]


def test_all_mistakes_at_once_each_at_its_line(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    found = problems(
        folder,
        kinds,
        f"""\
unit: {{name: 某区, kind: city}}
yeer: 2024
report: {{file: /etc/passwd, published_on: 2025-02-30}}
evidence:
  - id: a
    kind: revews
    file: ../secret.csv
    sha256: 12ab
    covers: {{from: 2024-12-31, to: 2024-01-01}}
  - id: a
    kind: reviews
    file: evidence\\items.csv
    sha256: {"0" * 64}
    covers: {{from: 2024-02-30, to: 2024-12-31}}
    columns: {{reviwer: 审核员, role: 人 员, reviewer: 人员}}
    complete: perhaps
  - id: b
    kind: attachment
    sheet: 一
    file: evidence
    sha256: {"0" * 64}
previous: C:/last
""",
    )
    assert list(zip(lines(found), codes(found), strict=True)) == [
        (1, "schema.required"),
        (1, "schema.choice"),
        (2, "schema.unknown-key"),
        (3, "manifest.absolute-path"),
        (3, "schema"),
        (6, "manifest.unknown-kind"),
        (7, "manifest.path-climbs"),
        (8, "schema"),
        (9, "manifest.period-order"),
        (10, "manifest.duplicate-id"),
        (12, "manifest.backslash"),
        (14, "schema"),
        (15, "manifest.unknown-column"),
        (15, "manifest.duplicate-header"),
        (16, "schema"),
        (19, "manifest.not-for-attachment"),
        (20, "manifest.no-file"),
        (22, "manifest.absolute-path"),
    ]
    said = "\n".join(problem.in_language("en") for problem in found)
    assert "did you mean year?" in said
    assert "did you mean reviews?" in said
    assert "did you mean reviewer?" in said


def test_what_is_missing(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    found = problems(folder, kinds, "unit: {}\nevidence:\n  - {}\n")
    said = sorted(problem.message.en for problem in found)
    assert said == [f"{key} is missing" for key in ("file", "id", "kind", "name", "sha256", "year")]


WRONG = (
    "",
    "[]",
    "{}",
    "[[1]]",
    "{a: {b: c}}",
    "true",
    "-1",
    "3.5",
    "2024-13-01",
    "|\n            x\n",
    "'  '",
)
PLACES = (
    "unit", "unit.name", "unit.kind", "unit.level", "unit.region", "unit.services", "year", "report",
    "report.file", "report.sha256", "report.submitted_on", "report.published_on", "evidence", "evidence.0",
    "evidence.0.id", "evidence.0.kind", "evidence.0.file", "evidence.0.sha256", "evidence.0.covers",
    "evidence.0.covers.from", "evidence.0.covers.to", "evidence.0.obtained_on", "evidence.0.custodian",
    "evidence.0.note", "evidence.0.sheet", "evidence.0.columns", "evidence.0.columns.title",
    "evidence.0.complete", "previous",
)  # fmt: skip
WORDS = ("true", "-1", "3.5", "2024-13-01")
MAY_BE = {  # what is in order all the same
    **dict.fromkeys(
        ("unit.name", "unit.region", "evidence.0.id", "evidence.0.custodian", "evidence.0.note",
         "evidence.0.sheet", "evidence.0.columns.title"),
        (*WORDS, "|\n            x\n"),
    ),
    "evidence.0.file": WORDS,
    "evidence": ("[]",),
    "evidence.0.complete": ("true",),
    "unit.services": ("true",),
}  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "value"), [("true", "flag", True), ("false", "flag", False)])
def test_whether_the_unit_serves_the_public_is_a_fact(
    folder: Path, kinds: Mapping[str, LedgerKind], written: str, kind: str, value: bool
) -> None:
    head = f"unit: {{name: 某区, services: {written}}}\nyear: 2024\n"
    found = stated(opened(folder, kinds, text(head=head)))["manifest.unit_services"]
    assert (found.kind, found.value) == (kind, value)
    assert [place.file for place in found.locations] == ["manifest.yaml"]


def test_what_the_manifest_does_not_say_of_the_unit_is_missing(
    folder: Path, kinds: Mapping[str, LedgerKind]
) -> None:
    for manifest in (None, opened(folder, kinds, text())):
        assert stated(manifest)["manifest.unit_services"].kind == "missing"
    [problem] = problems(folder, kinds, text(head="unit: {name: 某区, services: 有}\nyear: 2024\n"))
    assert problem.message.en == "true or false is needed here"


@pytest.mark.parametrize("place", PLACES)
def test_wrong_types_everywhere(folder: Path, kinds: Mapping[str, LedgerKind], place: str) -> None:
    """Whatever stands wherever: read, or refused at a line of the manifest; never anything else."""
    digest = sha(folder / "evidence" / "items.csv")
    right = {
        "unit": {"name": "某区", "kind": "zone", "level": "county", "region": "150101", "services": "true"},
        "year": "2024",
        "report": {
            "file": "report.md",
            "sha256": "0" * 64,
            "submitted_on": "2025-01-20",
            "published_on": "2025-01-21",
        },
        "evidence": [
            {
                "id": "a",
                "kind": "published_items",
                "file": "evidence/items.csv",
                "sha256": digest,
                "covers": {"from": "2024-01-01", "to": "2024-12-31"},
                "obtained_on": "2025-01-01",
                "custodian": "x",
                "note": "x",
                "sheet": "x",
                "columns": {"title": "标题"},
                "complete": "false",
            }
        ],
        "previous": "report.md",
    }
    opened(folder, kinds, json.dumps(right, ensure_ascii=False))
    for wrong in WRONG:
        write(folder, _with(right, place.split("."), wrong))
        if wrong in MAY_BE.get(place, ()):
            assert open_manifest(folder, kinds) is not None, wrong
            continue
        with pytest.raises(InputError) as caught:
            open_manifest(folder, kinds)
        assert all(p.location and p.location.file == "manifest.yaml" for p in caught.value.problems), wrong


def _with(data: object, steps: list[str], value: str, indent: int = 0) -> str:
    """YAML with one value replaced by a piece of YAML."""
    if not steps:
        return f" {value}"
    before = "  " * indent
    if isinstance(data, dict):
        parts = data.items()
        return "\n" + "\n".join(
            f"{before}{k}:{_with(v, steps[1:], value, indent + 1) if k == steps[0] else ' ' + _flow(v)}"
            for k, v in parts
        )
    assert isinstance(data, list)
    (only,) = data
    if len(steps) == 1:
        return f"\n{before}- {value}"
    return f"\n{before}-{_with(only, steps[1:], value, indent + 1)}"


def _flow(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def test_the_same_file_twice(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "evidence" / "b.xlsx").write_bytes(b"PK")
    (folder / "evidence" / "link.xlsx").symlink_to("b.xlsx")
    names = ("evidence/b.xlsx", "./evidence//b.xlsx", "evidence/link.xlsx")

    def listed(*sheets: str | None) -> str:
        keys = ({"id": str(n), "sheet": s} if s else {"id": str(n)} for n, s in enumerate(sheets))
        return text(*(item(folder, names[n], **k) for n, k in enumerate(keys)))

    opened(folder, kinds, listed("一", "二", "三"))
    for sheets in (("一", "一"), (None, None), ("一", None), (None, "一"), ("一", "二", "一")):
        found = problems(folder, kinds, listed(*sheets))
        assert codes(found) == ["manifest.duplicate-file"], sheets


def test_places_in_a_manifest_are_marked(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (found,) = problems(folder, kinds, text(item(folder, kind="polices")))
    assert found.in_language("zh") == (
        "manifest.yaml:5:11: 没有 polices 这种证据；是否想写 policies？\n"
        "        kind: polices\n"
        "              ^"
    )


# Names that must not be used -------------------------------------------------------------------------

BAD_NAMES = {
    "../secret.csv": "path-climbs",
    "evidence/../../secret.csv": "path-climbs",
    "evidence/..": "path-climbs",
    "/etc/passwd": "absolute-path",
    "//server/share/x.csv": "absolute-path",
    "C:/x.csv": "absolute-path",
    "c:x.csv": "absolute-path",
    "evidence\\items.csv": "backslash",
    "\\\\server\\x.csv": "backslash",
    '"a\\tb.csv"': "bad-name",
    '"a\\0b.csv"': "bad-name",
    ".": "bad-name",
    "./": "bad-name",
    "evidence": "no-file",
    "manifest.yaml": "itself",
    "evidence/out.csv": "link-leaves-folder",
    "evidence/far/x.csv": "link-leaves-folder",
    "evidence/gone.csv": "link-leaves-folder",
    "evidence/loop-a/x.csv": "link-loop",
    "evidence/loop-a": "link-loop",
    "evidence/pipe.csv": "no-file",
    "evidence/null": "link-leaves-folder",
}


@pytest.mark.parametrize(("name", "code"), BAD_NAMES.items())
def test_names_that_must_not_be_used(
    folder: Path, kinds: Mapping[str, LedgerKind], name: str, code: str
) -> None:
    outside, evidence = folder.parent / "outside", folder / "evidence"
    outside.mkdir()
    (outside / "x.csv").write_text("secret", encoding="utf-8")
    (evidence / "out.csv").symlink_to(outside / "x.csv")
    (evidence / "far").symlink_to(outside)
    (evidence / "gone.csv").symlink_to(outside / "not-there.csv")
    (evidence / "loop-a").symlink_to("loop-b")
    (evidence / "loop-b").symlink_to("loop-a")
    (evidence / "null").symlink_to("/dev/null")
    os.mkfifo(evidence / "pipe.csv")
    found = problems(folder, kinds, text(item(folder, file=name, sha256="0" * 64)))
    assert codes(found) == [f"manifest.{code}"]
    assert lines(found) == [6]


@pytest.mark.parametrize("name", ["link-inside.csv", "dir-inside/items.csv"])
def test_links_within_the_folder(folder: Path, kinds: Mapping[str, LedgerKind], name: str) -> None:
    (folder / "evidence" / "link-inside.csv").symlink_to("items.csv")
    (folder / "evidence" / "dir-inside").symlink_to(".")
    made = opened(folder, kinds, text(item(folder, f"evidence/{name}")))
    assert check(folder, made).evidence[0].state is State.VERIFIED


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_names_in_another_normal_form(
    folder: Path, kinds: Mapping[str, LedgerKind], stored: str, written: str
) -> None:
    names = {form: unicodedata.normalize(form, "évidence-résumé.csv") for form in ("NFC", "NFD")}
    (folder / "evidence" / names[stored]).write_text("x", encoding="utf-8")
    digest = hashlib.sha256(b"x").hexdigest()
    given = item(folder, f"evidence/{names[written]}", kind="attachment", sha256=digest)
    fixity = check(folder, opened(folder, kinds, text(given)))
    assert fixity.evidence[0].state is State.VERIFIED
    assert names[stored] not in "".join(s.file for s in fixity.evidence[1:])


def test_a_folder_reached_by_a_link(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    write(folder, text(item(folder)))
    link = folder.parent / "link"
    link.symlink_to(folder)
    made = open_manifest(link, kinds)
    assert made is not None
    assert [s.state for s in check(link, made).evidence] == [State.VERIFIED, State.UNEXPECTED]


# Checking --------------------------------------------------------------------------------------------


def states(fixity: Fixity) -> dict[str, str]:
    return {status.file: status.state.value for status in fixity.evidence}


def test_the_states(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    evidence = folder / "evidence"
    for name in (".DS_Store", "README.txt", "readme-first.md", "~$items.xlsx", "Thumbs.db"):
        (evidence / name).write_text("-", encoding="utf-8")
    for name in ("assessment.json", "README.md", ".hidden", "notes.txt"):
        (folder / name).write_text("-", encoding="utf-8")
    (evidence / "deep" / "deeper").mkdir(parents=True)
    (evidence / "deep" / "deeper" / "more.csv").write_text("-", encoding="utf-8")
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "x").write_text("-", encoding="utf-8")
    (evidence / "changed.csv").write_text("now", encoding="utf-8")
    given = (
        item(folder),
        item(folder, "evidence/changed.csv", id="changed", kind="attachment", sha256="0" * 64),
        item(folder, "evidence/gone.csv", id="gone", kind="attachment"),
    )
    fixity = check(folder, opened(folder, kinds, text(*given)))
    assert states(fixity) == {
        "evidence/items.csv": "verified",
        "evidence/changed.csv": "changed",
        "evidence/gone.csv": "missing",
        "evidence/deep/deeper/more.csv": "unexpected",
        "evidence/shot.png": "unexpected",
        "notes.txt": "unexpected",
    }
    assert [s.reason is None for s in fixity.evidence] == [True, False, False, False, False, False]
    assert fixity.evidence[1].sha256 == hashlib.sha256(b"now").hexdigest()
    assert fixity.report.state is State.NOT_VOUCHED
    assert codes(fixity.notices) == ["evidence.report-not-vouched"]


@pytest.mark.parametrize(("digest", "state"), [(None, "verified"), ("0" * 64, "changed")])
def test_the_report(folder: Path, kinds: Mapping[str, LedgerKind], digest: str | None, state: str) -> None:
    head = f"unit: {{name: 某区}}\nyear: 2024\nreport: {{sha256: {digest or sha(folder / 'report.md')}}}\n"
    fixity = check(folder, opened(folder, kinds, text(head=head)))
    assert (fixity.report.state.value, fixity.report.file, fixity.notices) == (state, "report.md", ())
    assert (fixity.report.reason is None) == (state == "verified")


def test_the_report_a_manifest_names(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "final").mkdir()
    (folder / "final" / "年报.md").write_text(REPORT + "定稿\n", encoding="utf-8")
    (folder / "final" / "draft.md").write_text("-", encoding="utf-8")
    head = "unit: {name: 某区}\nyear: 2024\nreport: {file: final/年报.md}\n"
    made = opened(folder, kinds, text(head=head))
    found = open_submission(folder, made.report.file)
    assert (found.file, found.data) == ("final/年报.md", (REPORT + "定稿\n").encode())
    fixity = check(folder, made)
    assert fixity.report.sha256 == found.sha256
    assert "final/draft.md" in states(fixity)
    assert "final/年报.md" not in states(fixity)
    gone = head.replace("年报", "没有")
    assert codes(problems(folder, kinds, text(head=gone))) == ["manifest.no-report"]


@pytest.mark.parametrize(
    ("covers", "code"),
    [
        ("{from: 2024-01-01, to: 2024-12-31}", None),
        ("{from: 2024-06-01, to: 2024-06-01}", None),
        ("{from: 2023-12-01, to: 2024-12-31}", "evidence.partly-outside-period"),
        ("{from: 2024-02-29, to: 2025-01-01}", "evidence.partly-outside-period"),
    ],
)
def test_evidence_outside_the_period(
    folder: Path, kinds: Mapping[str, LedgerKind], covers: str, code: str | None
) -> None:
    fixity = check(folder, opened(folder, kinds, text(item(folder, covers=covers))))
    found = [n for n in fixity.notices if n.code != "evidence.report-not-vouched"]
    assert [n.code for n in found] == ([code] if code else [])
    assert [n.location.line for n in found if n.location] == ([4] if code else [])


@pytest.mark.parametrize(
    "covers", ["{from: 2023-01-01, to: 2023-12-31}", "{from: 2025-01-01, to: 2025-01-31}"]
)
def test_evidence_of_another_year(folder: Path, kinds: Mapping[str, LedgerKind], covers: str) -> None:
    """A ledger is not used, and says why; of what is only attached it is told."""
    given = (
        item(folder, covers=covers),
        item(folder, "evidence/shot.png", id="shot", kind="attachment", covers=covers),
    )
    fixity = check(folder, opened(folder, kinds, text(*given)))
    ledger, shot = fixity.evidence
    assert (ledger.state, shot.state, shot.reason) == (State.VERIFIED, State.VERIFIED, None)
    assert ledger.reason is not None and "全在 2024 年度之外，没有采用" in ledger.reason.zh
    assert codes(fixity.notices) == ["evidence.report-not-vouched", "evidence.outside-period"]


def test_the_same_content_under_two_ids(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    for name in ("copy.csv", "other.csv"):
        (folder / "evidence" / name).write_text(ITEMS, encoding="utf-8")
    for name in ("b.xlsx", "c.xlsx", "d.xlsx"):
        (folder / "evidence" / name).write_bytes(b"PK")
    given = (
        item(folder),
        item(folder, "evidence/copy.csv", id="copy"),
        item(folder, "evidence/b.xlsx", id="one", sheet="一"),
        item(folder, "./evidence/b.xlsx", id="two", sheet="二"),
        item(folder, "evidence/other.csv", id="other", kind="trainings"),
        item(folder, "evidence/c.xlsx", id="three", sheet="二"),
        item(folder, "evidence/d.xlsx", id="four"),
    )
    fixity = check(folder, opened(folder, kinds, text(*given)))
    same = [n for n in fixity.notices if n.code == "evidence.same-content"]
    assert [n.message.en for n in same] == [
        "the evidence other (evidence/other.csv) has the same content as items (evidence/items.csv)"
    ]
    assert {s.item.id: s.reason.en for s in fixity.evidence if s.item and s.reason} == {
        "copy": "the evidence copy has the same content as items (evidence/items.csv) and is not used again",
        "three": "the evidence three has the same content as two (./evidence/b.xlsx) and is not used again",
        "four": "the evidence four has the same content as one (evidence/b.xlsx) and is not used again",
    }


def test_a_file_too_large_or_closed(
    folder: Path, kinds: Mapping[str, LedgerKind], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LIMIT", len(ITEMS.encode()) - 1)
    monkeypatch.setattr(files, "BLOCK", 10)
    fixity = check(folder, opened(folder, kinds, text(item(folder))))
    assert fixity.evidence[0].state is State.UNREADABLE
    monkeypatch.setattr(files, "LIMIT", len(ITEMS.encode()))
    assert check(folder, opened(folder, kinds, text(item(folder)))).evidence[0].state is State.VERIFIED

    def closed(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", closed)
    fixity = check(folder, opened(folder, kinds, text(item(folder))))
    assert fixity.evidence[0].reason is not None
    assert "Permission denied" in fixity.evidence[0].reason.en
    assert fixity.report.state is State.UNREADABLE


def test_what_stands_under_evidence_behind_links(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "x.csv").write_text("secret", encoding="utf-8")
    (folder / "evidence" / "far").symlink_to(outside)
    (folder / "evidence" / "round").symlink_to("..")
    os.mkfifo(folder / "evidence" / "pipe")
    found = states(check(folder, opened(folder, kinds, text(item(folder)))))
    # `round` leads to the folder itself, in which something is listed
    assert set(found) == {"evidence/items.csv", "evidence/far", "evidence/pipe", "evidence/shot.png"}


def test_names_that_are_no_utf8(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "evidence" / os.fsdecode("台账".encode("gb18030") + b".csv")).write_text("x", encoding="utf-8")
    fixity = check(folder, opened(folder, kinds, text(item(folder))))
    assert len(fixity.evidence) == 3
    json.dumps([s.file for s in fixity.evidence]).encode("utf-8")
    (folder / "manifest.yaml").unlink()
    draft = draft_manifest(folder, None, 2024, kinds)
    assert len(draft.left_out) == 1
    assert [c.file for c in draft.listed] == ["evidence/items.csv", "evidence/shot.png"]


# Hostile ---------------------------------------------------------------------------------------------


def test_what_yaml_must_not_do(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    bomb = "a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(30))
    for content, code in {
        bomb: "yaml.alias",
        "unit: {name: 某区}\nunit: {name: 他区}\nyear: 2024\n": "yaml.duplicate-key",
        "unit: !!python/object/apply:os.system [id]\nyear: 2024\n": "yaml.tag",
        "unit: {name: 某区\n": "yaml.syntax",
        "[" * 5000: "yaml.too-deep",
        "a: 1\n---\nb: 2\n": "yaml.documents",
    }.items():
        assert code in codes(problems(folder, kinds, content)), content[:40]
    for data, code in {
        text().encode("gb18030"): "yaml.encoding",
        text().encode("utf-16"): "yaml.encoding",
        b"unit: \0\n": "yaml.character",
        b"# " + b"x" * 50_000_000: "yaml.too-large",
    }.items():
        start = time.monotonic()
        assert codes(problems(folder, kinds, data)) == [code]
        assert time.monotonic() - start < 30
    for empty in ("", "# nothing\n", "[]", "x", "- a\n- b\n", "null", "~"):
        assert problems(folder, kinds, empty), empty


def test_no_file_for_a_manifest(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    path = folder / "manifest.yaml"
    outside = folder.parent / "manifest.yaml"
    outside.write_text(text(), encoding="utf-8")
    makers: tuple[Callable[[], None], ...] = (
        path.mkdir,
        lambda: os.mkfifo(path),
        lambda: path.symlink_to(outside),
        lambda: path.symlink_to("/dev/zero"),
        lambda: path.symlink_to("manifest.yaml"),
        lambda: path.symlink_to("nothing"),
    )
    for make in makers:
        make()
        with pytest.raises(InputError):
            open_manifest(folder, kinds)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_ten_thousand_items(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    evidence = folder / "evidence"
    for n in range(2000):
        (evidence / f"图{n}.png").write_bytes(b"%d" % n)
    given = [
        item(folder, f"evidence/图{n}.png", id=f"i{n}", kind="attachment", sha256="0" * 64)
        for n in range(10_000)
    ]
    start = time.monotonic()
    fixity = check(folder, opened(folder, kinds, text(*given)))
    assert time.monotonic() - start < 30
    found = [s.state for s in fixity.evidence]
    assert (found.count(State.CHANGED), found.count(State.MISSING)) == (2000, 8000)


def test_ten_thousand_mistakes_are_counted(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    given = [item(folder, "../x", id="same", kind="nothing", sha256="0") for _ in range(2_500)]
    found = problems(folder, kinds, text(*given))
    assert len(found) == 201
    assert found[-1].message.en == "9799 more mistakes"


def test_the_schema_is_published() -> None:
    from jsonschema import Draft202012Validator

    assert "manifest" in schemas.names()
    schema = schemas.open_schema("manifest")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:governance-checker:manifest"


# Guessing and drafting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("reviews-2024", {"reviews": (5, 0)}, Guess("reviews")),
        ("三审三校", {"reviews": (5, 0), "policies": (9, 0)}, Guess("reviews")),
        ("reviews-2024", {}, Guess(perhaps="reviews")),
        ("reviews-2024", {"policies": (9, 0)}, Guess(perhaps="reviews")),
        ("表一", {"policies": (9, 2), "interpretations": (4, 5)}, Guess("policies")),
        ("表一", {"policies": (5, 2), "interpretations": (4, 5)}, Guess(perhaps="policies")),
        ("表一", {"policies": (2, 0)}, Guess(perhaps="policies")),
        ("表一", {"policies": (3, 9)}, Guess(perhaps="policies")),
        ("表一", {}, Guess()),
        ("policies and interpretations", {"policies": (5, 0), "interpretations": (5, 0)},
         Guess(perhaps="interpretations")),
    ],
)  # fmt: skip
def test_guesses(
    kinds: Mapping[str, LedgerKind], name: str, known: dict[str, tuple[int, int]], found: Guess
) -> None:
    matches = {kind: Match(*counts) for kind, counts in known.items()}
    assert guess(name, kinds, lambda kind: matches.get(kind.id)) == found


@pytest.mark.parametrize(
    "name",
    [
        "a.csv", "evidence/b c.csv", "台账.csv", "- x", "#1.csv", "a: b.csv", "yes", "123", "1e5", "'q'.csv",
        '"q".csv', "x\u2028y", "x\x7fy", "x\x85y", "{a}", "[b]", "*c", "&d", "!e", "|", ">", "%f", "@g", "`h",
        "null", "~", "a#b", "a #b", " lead", "trail ", "é", "e\u0301", "\U0001f600", "a,b", "?", "\ufeffz",
    ],
)  # fmt: skip
def test_a_scalar_is_read_as_it_was_written(name: str) -> None:
    assert yaml_text.parse(f"a: {drafting.scalar(name)}  # note\n", "x").data == {"a": name}


def test_a_draft_is_a_manifest(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "evidence" / "发布台账.csv").write_text(ITEMS, encoding="gb18030")
    (folder / "evidence" / "a: b #1.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (folder / "evidence" / "sub").mkdir()
    (folder / "evidence" / "sub" / "items.csv").write_text(ITEMS + "\n", encoding="utf-8")
    draft = draft_manifest(folder, '某"区', 2024, kinds)
    write(folder, draft.files["manifest.yaml"])
    made = open_manifest(folder, kinds)
    assert made is not None
    assert (made.unit.name, made.year, made.report.file) == ('某"区', 2024, "report.md")
    assert {i.file: (i.id, i.kind) for i in made.evidence} == {
        "evidence/a: b #1.csv": ("a:-b-#1", "attachment"),
        "evidence/items.csv": ("items", "attachment"),
        "evidence/shot.png": ("shot", "attachment"),
        "evidence/sub/items.csv": ("items-2", "attachment"),
        "evidence/发布台账.csv": ("发布台账", "published_items"),
    }
    fixity = check(folder, made)
    assert {s.state for s in (*fixity.evidence, fixity.report)} == {State.VERIFIED}
    text = draft.files["manifest.yaml"].decode()
    assert text.count("# 请核对：也许是 published_items 发布台账") == 2
    for line in text.splitlines():
        assert "#" in line, line
    blank = {name for name in draft.files if name.startswith("evidence/blank/")}
    assert blank == {f"evidence/blank/{kind}.csv" for kind in kinds if kind != "published_items"}


def test_a_blank_ledger_can_be_filled_in(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    blank = folder / "evidence" / "blank"
    blank.mkdir()
    for name, data in drafting.blanks(kinds, ()).items():
        assert data.startswith(b"\xef\xbb\xbf")
        (folder / name).write_bytes(data)
    write(folder, text(item(folder), item(folder, "evidence/shot.png", id="shot", kind="attachment")))
    assert {e.status.file for e in verify(folder, kinds).exhibits} == {
        "evidence/items.csv",
        "evidence/shot.png",
    }
    with (blank / "trainings.csv").open("ab") as file:
        file.write(b"2024-05-01,x\r\n")
    draft = renew_manifest(folder, kinds)
    assert [c.file for c in draft.listed] == ["evidence/blank/trainings.csv"]
    assert draft.listed[0].guess == Guess("trainings")
    for kind in kinds:
        (blank / f"{kind}.csv").rename(folder / "evidence" / f"{kind}.csv")
    (folder / "manifest.yaml").unlink()
    made = draft_manifest(folder, "某区", 2024, kinds)
    guessed = {c.file: c.guess.kind for c in made.listed if c.guess}
    assert guessed == {f"evidence/{kind}.csv": kind for kind in kinds} | {"evidence/items.csv": None}


# Renewing --------------------------------------------------------------------------------------------

OLD, NEW = "0" * 64, "1" * 64
ENTRY = f"- id: n\n  kind: attachment\n  file: evidence/n\n  sha256: {NEW}\n"
A = f"id: a, kind: attachment, file: a, sha256: {OLD}"
LAYOUTS = {
    "block": f"year: 2024\nevidence:\n  # first\n  - id: a\n    sha256: {OLD} # note\n\n# end\nunit: x\n",
    "no indent": f"evidence:\n- id: a\n  sha256: '{OLD}'\n  note: |\n    # kept\n\n    text\n",
    "deep": f'evidence:\n      -   id: a\n          sha256: "{OLD}"\n          # of the item\n# of nobody\n',
    "flow items": f"evidence:\n  - {{{A}}}\n  - {{id: b,\n     sha256: {OLD}}}\n",
    "empty": "evidence: []  # 证据\nyear: 2024\n",
    "none": "year: 2024",
    "no end": f"year: 2024\nevidence:\n  - sha256: {OLD}",
    "windows": f"year: 2024\r\nevidence:\r\n  - id: a\r\n    sha256: {OLD}\r\nunit: x\r\n",
    "mark": f"\ufeffevidence:\n  - sha256: {OLD}\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_else_stays_as_it_was_written(layout: str) -> None:
    data = LAYOUTS[layout].encode()
    before = yaml_text.parse(data, "x").data
    items = before.get("evidence") or []
    ways: dict[yaml_text.Way, str] = {("evidence", n, "sha256"): NEW for n in range(len(items))}
    renewed = renewing.renew(data, ways)
    assert renewed.decode() == data.decode().replace(OLD, NEW)
    grown = renewing.append(renewed, [ENTRY, ENTRY.replace("n", "m")])
    after = yaml_text.parse(grown, "x").data
    assert [i["id"] for i in after["evidence"][len(items) :]] == ["n", "m"]
    kept = [line for line in renewed.decode().splitlines() if line.strip()]
    rest = iter(grown.decode().splitlines())
    assert all(line.replace("[]", "").rstrip() in (there.rstrip() for there in rest) for line in kept)
    assert (b"\r\n" in grown) == (layout == "windows")
    assert grown.count(b"\n") - grown.count(b"\r\n") == 0 or layout != "windows"


def test_what_cannot_be_renewed_in_place(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    for data in (
        f"evidence:\n  - sha256: |-\n      {OLD}\n",
        f"evidence:\n  - sha256: >-\n      {OLD}\n",
        f'evidence:\n  - sha256: "\\x30{OLD[1:]}"\n',
    ):
        with pytest.raises(InputError) as caught:
            renewing.renew(data.encode(), {("evidence", 0, "sha256"): NEW})
        assert codes(caught.value.problems) == ["manifest.cannot-renew"]
    for data in (
        f"evidence: [{{{A}}}]\n",
        f"{{evidence: [{{{A}}}]}}\n",
        "{year: 2024}\n",
        "evidence: [\n]\n",
    ):
        with pytest.raises(InputError) as caught:
            renewing.append(data.encode(), [ENTRY])
        assert codes(caught.value.problems) == ["manifest.cannot-add"]


# The whole way ---------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    old, sys.argv = sys.argv, ["checker", *map(str, arguments)]
    try:
        with pytest.raises(SystemExit) as caught:
            main()
    finally:
        sys.argv = old
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return int(caught.value.code or 0), said.out, said.err


def test_new_verify_change_update(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        return run(capsys, "manifest", *arguments, "--lang", "en")

    (folder / "evidence" / "发布台账.csv").write_text(ITEMS + "A3,第三条,2024-04-01\n", encoding="utf-8")
    (folder / "evidence" / "items.csv").unlink()
    assert call("verify", folder)[0] == 2
    status, out, _ = call("new", folder)
    assert status == 0
    assert "listed evidence/发布台账.csv  published_items" in out
    assert (folder / "evidence" / "blank" / "reviews.csv").is_file()
    assert not list(folder.glob(".checker-*"))
    status, out, _ = call("verify", folder)
    assert status == 0, out
    assert "IN ORDER" in out
    status, _, err = call("new", folder)
    assert status == 2
    assert "--update" in err

    path = folder / "manifest.yaml"
    mine = path.read_text(encoding="utf-8").replace("# 报送单位", "# 我写的话")
    path.write_text(mine, encoding="utf-8")
    with (folder / "evidence" / "发布台账.csv").open("ab") as file:
        file.write("A4,第四条,2024-02-30\n".encode())
    (folder / "evidence" / "more.txt").write_text("x", encoding="utf-8")
    status, out, _ = call("verify", folder)
    assert status == 2
    assert "changed" in out
    assert "unexpected" in out
    status, out, _ = call("new", folder, "--update")
    assert status == 0
    assert "renewed 发布台账" in out
    assert "listed evidence/more.txt" in out
    now = path.read_text(encoding="utf-8")
    assert "# 我写的话" in now
    status, out, _ = call("verify", folder)
    assert status == 2
    assert "2024-02-30" in out
    (folder / "evidence" / "发布台账.csv").write_text(ITEMS, encoding="utf-8")
    assert call("new", folder, "--update")[0] == 0
    assert call("verify", folder)[0] == 0
    assert call("new", folder, "--update")[1].startswith("the manifest is as it was")

    (folder / "report.md").write_text(REPORT + "改\n", encoding="utf-8")
    status, out, _ = call("verify", folder)
    assert status == 2
    assert "report report.md  changed" in out
    assert call("new", folder, "--update")[0] == 0
    status, out, _ = call("verify", folder, "--format", "json")
    assert status == 0
    assert json.loads(out)["report"]["state"] == "verified"


def test_new_without_a_year_or_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "report.md").write_text("无题\n\n正文。\n", encoding="utf-8")
    status, _, err = run(capsys, "manifest", "new", folder, "--lang", "zh")
    assert status == 2
    assert "--year" in err
    assert run(capsys, "manifest", "new", folder, "--year", "2024")[0] == 0
    status, _, err = run(capsys, "manifest", "verify", folder, "--lang", "zh")
    assert status == 2
    assert "须填文字" in err
    assert run(capsys, "manifest", "new", folder / "nowhere", "--year", "2024")[0] == 2
    assert run(capsys, "manifest", "new", folder / "nowhere", "--update")[0] == 2
    assert run(capsys, "manifest", "new", folder / "report.md", "--year", "2024")[0] == 2
    (folder / "manifest.yaml").unlink()
    (folder / "report.md").unlink()
    status, _, err = run(capsys, "manifest", "new", folder, "--year", "2024", "--lang", "zh")
    assert status == 2
    assert "没有报告文件" in err
    assert not (folder / "manifest.yaml").exists()


def test_nothing_is_written_through_a_link_that_leads_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / "evidence" / "blank").symlink_to(outside)
    assert run(capsys, "manifest", "new", folder)[0] == 2
    assert not list(outside.iterdir())
    assert not (folder / "manifest.yaml").exists()
    (folder / "evidence" / "blank").unlink()
    (folder / "manifest.yaml").symlink_to(outside / "planted.yaml")
    assert run(capsys, "manifest", "new", folder)[0] == 2
    assert not list(outside.iterdir())


def test_what_cannot_be_used_is_not_opened_as_a_ledger(folder: Path, kinds: Mapping[str, LedgerKind]) -> None:
    (folder / "evidence" / "other.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    given = (
        item(folder),
        item(folder, "evidence/items.csv".replace("items", "gone"), id="gone"),
        item(folder, "evidence/other.csv", id="other"),
        item(folder, "evidence/shot.png", id="changed", sha256="0" * 64),
    )
    made = opened(folder, kinds, text(*given))
    evidence = load_evidence(folder, made, kinds)
    assert [e.ledger is not None for e in evidence.exhibits] == [True, False, False, False]
    assert [bool(e.problems) for e in evidence.exhibits] == [False, False, True, False]
    ledger = evidence.exhibits[0].ledger
    assert ledger is not None
    assert (len(ledger.records), ledger.fault_count) == (2, 0)
    assert not evidence.in_order


def test_long_lists_are_counted_on_the_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"A{n},某条,2024-02-30\n" for n in range(150))
    (folder / "evidence" / "发布台账.csv").write_text("信息编号,标题,发布时间\n" + rows, encoding="utf-8")
    for n in range(150):
        (folder / "evidence" / f"{n}.png").write_bytes(b"%d" % n)
    assert run(capsys, "manifest", "new", folder, "--year", "2024")[0] == 0
    write(folder, (folder / "manifest.yaml").read_text(encoding="utf-8").replace("name:  #", "name: 某区  #"))
    status, out, err = run(capsys, "manifest", "verify", folder, "--lang", "zh")
    assert status == 2, err
    assert "另有 130 处" in out
    assert "另有 152 项" in out
    assert max(map(cell_len, out.splitlines())) <= 100


def test_a_workbook_of_several_ledgers_is_listed_sheet_by_sheet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = folder / "evidence" / "总台账.xlsx"
    held = [("培训编号", "培训主题", "培训形式", "日期"), ("P1", "甲", "讲座", "2024-03-05")]
    items = [("信息编号", "标题", "发布时间"), ("A7", "甲", "2024-03-05")]
    saved(book, 说明=[("填表说明",)], 培训=held, 发布=items)
    status, out, _ = run(capsys, "manifest", "new", folder, "--year", "2024", "--lang", "zh")
    assert status == 0
    assert "列入 evidence/总台账.xlsx [培训]  trainings" in out
    assert "列入 evidence/总台账.xlsx [发布]  published_items" in out
    written = (folder / "manifest.yaml").read_text(encoding="utf-8")
    write(folder, written.replace("name:  #", "name: 某区  #"))
    status, out, err = run(capsys, "manifest", "verify", folder, "--lang", "zh")
    assert status == 0, out + err
    assert "总台账-培训  培训台账  evidence/总台账.xlsx [培训]" in out
    saved(book, 说明=[("填表说明",)], 培训=held)
    (folder / "manifest.yaml").unlink()
    assert (
        "列入 evidence/总台账.xlsx  trainings"
        in run(capsys, "manifest", "new", folder, "--year", "2024", "--lang", "zh")[1]
    )


def test_what_cannot_be_listed_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "evidence" / "gone.csv").symlink_to("nowhere.csv")
    (folder / "evidence" / "two\nlines.csv").write_text("x", encoding="utf-8")
    out = run(capsys, "manifest", "new", folder, "--year", "2024", "--lang", "zh")[1]
    assert "没有列入 evidence/gone.csv：链接指向的文件不存在" in out
    assert "没有列入 evidence/two\ufffdlines.csv：这不是可用的文件名" in out
