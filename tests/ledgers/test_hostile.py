"""Files made to hurt: each gives a clear error or a counted list, in little time and memory."""

import random
import struct
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import isolation, ledgers
from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.facts import Kind
from checker.ledger import LedgerKind
from checker.ledgers import titles
from tests.ledgers.conftest import Read, Refused
from tests.ledgers.workbooks import MAIN, crooked, saved, text_cell, texts

HEADER = ("培训编号", "培训主题", "培训形式", "日期", "人数")
GOOD = texts(HEADER, ("P1", "甲", "讲座", "2024-03-05", "12"))
LINE = "培训编号,培训主题,培训形式,日期,人数\n"
SECONDS = 30


@contextmanager
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def far_cell(path: Path) -> str:
    cell = text_cell("x", "r='XFD1048576'")
    crooked(path, GOOD + f"<row r='1048576'>{cell}</row>")
    assert path.stat().st_size < 2_500
    return "ledger.wide"


def bomb(path: Path) -> str:
    crooked(path, GOOD + "<row/>" * 20_000_000)
    assert path.stat().st_size < 400_000
    return "ledger.xlsx-size"


def bomb_of_texts(path: Path) -> str:
    crooked(path, GOOD, strings="<si/>" * 5_000_000)
    return "ledger.xlsx-size"


def entities(path: Path) -> str:
    lol = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    crooked(path, GOOD, prologue=f"<?xml version='1.0'?><!DOCTYPE worksheet [<!ENTITY a0 'lol'>{lol}]>")
    return "ledger.xlsx-dtd"


def external_entity(path: Path) -> str:
    strings = (
        f"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><sst xmlns='{MAIN}'/>"
    )
    crooked(path, GOOD, parts={"xl/sharedStrings.xml": strings})
    return "ledger.xlsx-dtd"


def many_parts(path: Path) -> str:
    crooked(path, GOOD, parts={f"xl/media/{n}.bin": b"" for n in range(3_000)})
    return "ledger.xlsx-size"


def huge_directory(path: Path) -> str:
    crooked(path, GOOD, parts={f"xl/media/{n:0100}.bin": b"" for n in range(12_000)})
    return "ledger.xlsx-size"


def lying_size(path: Path) -> str:
    """The list of parts says that the sheet is small."""
    crooked(path, GOOD + "<row/>" * 1_000_000)
    data = path.read_bytes()
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    path.write_bytes(data[: at + 24] + struct.pack("<L", 500) + data[at + 28 :])
    return "ledger.xlsx-damaged"


def encrypted(path: Path) -> str:
    data = crooked(path, GOOD).read_bytes()
    path.write_bytes(b"".join(f[:8] + b"\x01" + f[9:] for f in parted(data)))
    return "ledger.xlsx-damaged"


def parted(data: bytes) -> Iterator[bytes]:
    """The bytes, cut before every entry of the list of parts."""
    starts = [0]
    while (at := data.find(b"PK\x01\x02", starts[-1] + 1)) > 0:
        starts.append(at)
    return (data[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True))


@pytest.mark.parametrize(
    "make",
    [
        *(far_cell, bomb, bomb_of_texts, entities, external_entity),
        *(many_parts, huge_directory, lying_size, encrypted),
    ],
    ids=lambda make: make.__name__,
)
def test_workbooks(refused: Refused, path: Path, make: Callable[[Path], str]) -> None:
    code = make(path)
    with soon():
        (problem,) = refused("trainings", path)
    assert problem.code == code


def loaded(kind: LedgerKind, path: Path) -> tuple[int, int]:
    ledger = ledgers.read(kind, path, path.name)
    return len(ledger.records), sum(len(record.fields["title"].text) for record in ledger.records[:10])


def test_a_text_shared_by_all_cells_takes_no_memory_of_its_own(
    kinds: Mapping[str, LedgerKind], path: Path
) -> None:
    """43 KB of file are 18 GB of cells when each has its own copy."""
    row = "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>"
    strings = f"<si><t>{'字' * 300_000}</t></si><si><t>讲座</t></si><si><t>2024-03-05</t></si>"
    crooked(path, texts(HEADER) + row * 10_000, strings=strings)
    name = Bilingual("台账", "the ledger")
    found = isolation.run(name, loaded, kinds["trainings"], path, seconds=20, memory=512 * 1024**2)
    assert found == (10_000, 3_000_000)


def test_merged_cells_without_end(read: Read, path: Path) -> None:
    merged = "".join(f"<mergeCell ref='A{n}:XFD1048576'/>" for n in range(2, 20_000))
    data = f"<sheetData>{GOOD * 300}</sheetData><mergeCells>{merged}</mergeCells>"
    whole = f"<worksheet xmlns='{MAIN}'>{data}</worksheet>"
    crooked(path, GOOD, parts={"xl/worksheets/sheet1.xml": whole})
    with soon():
        ledger = read("trainings", path)
    assert (len(ledger.records), ledger.left_out) == (599, ())
    assert ledger.fault_count > 2_000


def test_more_merged_cells_than_any_table_has(refused: Refused, path: Path) -> None:
    merged = "".join(f"<mergeCell ref='A{n}:B{n}'/>" for n in range(2, 300_010))
    data = f"<sheetData>{GOOD}</sheetData><mergeCells>{merged}</mergeCells>"
    whole = f"<worksheet xmlns='{MAIN}'>{data}</worksheet>"
    crooked(path, GOOD, parts={"xl/worksheets/sheet1.xml": whole})
    with soon():
        (problem,) = refused("trainings", path)
    assert problem.code == "ledger.xlsx-size" and "合并单元格过多" in problem.message.zh


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("列," * 1_000_000, "ledger.long-line"),
        (LINE + "," * 300_000, "ledger.wide"),
        (LINE + "x" * 30_000_000, "ledger.long-line"),
        (LINE + '"' + "x,y\n" * 1_000_000, "ledger.quote"),
        (LINE + '"' * 999_999, "ledger.quote"),
        ("\0" * 900_000, "ledger.nul"),
        ("，" * 200_000, "ledger.no-fit"),
        ("\n" * 1_000_000, "ledger.no-fit"),
        (b"\xff" * 1_000_000, "ledger.encoding"),
        (b"\x81" * 1_000_001, "ledger.encoding"),
    ],
    ids=range(10),
)
def test_texts(refused: Refused, data: str | bytes, code: str) -> None:
    with soon():
        (problem,) = refused("trainings", data)
    assert problem.code == code
    assert len(problem.in_language("zh")) < 2_000


def test_ten_thousand_bad_cells_are_counted(read: Read) -> None:
    text = LINE + "".join(f"P{n},题,讲座,2024-02-30,{n}个\n" for n in range(5_000))
    with soon():
        ledger = read("trainings", text)
    assert (ledger.fault_count, len(ledger.faults)) == (10_000, 20)
    assert [(f.location.line, f.location.column) for f in ledger.faults[:3] if f.location] == [
        *((2, "日期"), (2, "人数"), (3, "日期")),
    ]
    assert ledger.records[0].fields["held_on"].kind is Kind.UNREADABLE


def test_too_many_rows(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.ledgers.loading.MOST_ROWS", 10)
    (problem,) = refused("trainings", LINE + "P1,题,讲座,2024-03-05,1\n" * 11)
    assert problem.code == "ledger.rows"


def test_too_large_a_file(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.ledgers.LARGEST", 10)
    (problem,) = refused("trainings", LINE)
    assert problem.code == "ledger.too-large"


def test_titles_that_make_patterns_search_long() -> None:
    hostile = [
        "关于印发" * 100,
        "的通知" * 200,
        "(" * 300,
        "《" * 300,
        "解读" * 200,
        "关于" * 200 + "的" * 100,
    ]
    register = titles.Register({titles.name(title).core: [title] for title in hostile})
    with soon():
        for title in hostile:
            register.find(title)


def test_many_titles_in_little_time() -> None:
    chance = random.Random(5)
    words = ["绿地", "停车", "奖励", "十四五", "招商", "旅游", "规划", "办法", "方案", "考核", "管理", "企业"]
    named = ["青河新区" + "".join(chance.sample(words, 5)) for _ in range(5_000)]
    register = titles.Register({name: [name] for name in named})
    with soon():
        for _ in range(200):
            register.find(f"《青河新区{''.join(chance.sample(words, 5))}》解读")


SEEDS = (LINE + "P1,题,讲座,2024-03-05,12\nP2,题,讲座,20240306,\n").encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.binary(max_size=400), st.integers(0, len(SEEDS)), st.sampled_from([b"", SEEDS, b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(read: Read, data: bytes, at: int, seed: bytes) -> None:
    try:
        ledger = read("trainings", seed[:at] + data + seed[at:])
    except InputError as error:
        assert all(p.location is not None for p in error.problems)
    else:
        assert all(len(dict(record.fields)) == 2 * len(ledger.kind.columns) for record in ledger.records)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(
    read: Read, path: Path, data: st.DataObject
) -> None:
    if not path.exists():
        saved(
            path, 台账=[HEADER, ("P1", "题", "讲座", "2024-03-05", 12), ("P2", "题", "讲座", 45357, "=1+1")]
        )
    whole = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
        whole[at] = data.draw(st.integers(0, 255))
    changed = path.with_name("changed.xlsx")
    changed.write_bytes(whole)
    try:
        list(read("trainings", changed).records)
    except InputError as error:
        assert error.problems


PIECES = ["", "<", "<row r='0'>", "<row r='-1'>", "<c r='A1'>", "&#0;", "</c>", "<v>9", " t='s'", "\x00", "9"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.data())
def test_a_sheet_with_any_text_changed_is_read_or_refused(
    read: Read, path: Path, data: st.DataObject
) -> None:
    """Inside the package, where no checksum stands before the XML reader."""
    sheet = f"<worksheet xmlns='{MAIN}'><sheetData>{GOOD}</sheetData></worksheet>"
    start = data.draw(st.integers(0, len(sheet)))
    end = data.draw(st.integers(start, len(sheet)))
    piece = data.draw(
        st.sampled_from(["", "<", "<row r='0'>", "<c r='A1'>", "&#0;", "</c>", "<v>9", " t='s'", "\x00", "9"])
    )
    crooked(path, "", parts={"xl/worksheets/sheet1.xml": sheet[:start] + piece + sheet[end:]})
    try:
        list(read("trainings", path).records)
    except InputError as error:
        assert error.problems


def test_a_workbook_in_a_workbook_is_no_ledger(refused: Refused, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/", "")
    (problem,) = refused("trainings", path)
    assert problem.code == "ledger.xlsx-damaged"
