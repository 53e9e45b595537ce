"""Evidence files at random, CSV and XLSX, and the facts a submission with them has."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl import Workbook

from checker import ledgers
from checker.bilingual import Bilingual
from checker.facts import Absent, Fact, Facts, Field, Kind, Record, count, day, words
from checker.ledger import Column, Ledger, LedgerKind
from checker.location import Location
from checker.verification import LedgerReader
from tests.large_ledgers.generating import _PLAIN as PLAIN
from tests.large_ledgers.generating import _POOLS as POOLS
from tests.large_ledgers.generating import _USABLE as USABLE
from tests.large_ledgers.some_kinds import CLAIMS, KINDS, REPORT, STATES, TABLE

Table = list[list[str]]
_ODD = {
    "text": (
        *("甲\n乙", "a,b", '引"号', "合计", "NULL", "nan", "true", "'; DROP TABLE x;--", "$p0", "—甲"),
        *("\u2028甲", "甲\u3000", "A\u200b1", "\ufeff甲", "无", "N/A", "a\tb"),
        *("甲 乙", "甲乙", "甲　乙", "甲  乙　丙 丁", "甲 乙丙"),
    ),
    "count": ("１，２００", "1e3", "1.5", "NaN", "inf", "1 000", "12 件", "999999999999999999", "1,2,3"),
    "number": ("-0", "１２", "-1,200", "9223372036854775807", "9223372036854775808", "NaN", "00", "0x10"),
    "amount": ("0.005", "1e2", "NaN", "-0", "￥12", "0.10", "99999999999999.99", "-0.01", "3 万元", "3元"),
    "flag": ("TRUE", "Yes", "合格", "n/a", "√ ", "１"),
    "date": (
        *("20240201", "2024.2.1", "2024-02-29", "2023-02-29", "2024-02-01 10:00", "2027-03-01", "45323"),
        *("2017-06-01", "1900-01-01", "2199-12-31", "2200-01-01", "1899-12-31", "2024－02－01", "无"),
    ),
    "moment": (
        *("2024-02-01 10:00:00", "2024-02-01 10:00:30", "2024-02-01 9:05", "2024-02-01 00:00", "20240201"),
        *("2024-02-01 10:00:60", "2024-02-01 10:00:00.5", "2199-12-31 23:59:59", "1900-01-01 00:00"),
    ),
}
_TITLES = (
    *("关于印发《青石县绿化办法》的通知", "青石县绿化办法", "《青石县绿化办法》政策解读", "绿化 办法"),
    *("2024年工作要点", "《工作要点》解读", "青石县教育局关于印发招生办法的通知", "招生办法", ""),
    *("《招生办法（试行）》解读", "红石县招生办法解读", "/"),
)
_NAMES = {
    "part": ("P{}", "P{}", "P{}", "P{}", "", "Ｐ{}", "P {}"),
    "thing": ("T1", "T2", "T3", "T{}", "T{}", "T{}", "", "/", "Ｔ2", "T\u200b3", "t1"),
    "doc": ("", "", "", "D1", "D2", "/"),
    "doc_no": ("", "", "青政〔2024〕1号", "青政〔2024〕2号"),
    "issuer": ("", "青石县教育局", "青石县"),
    "title": _TITLES,
}
_HEAD = "某某单位台账"
_SEPARATOR = ","


@dataclass(frozen=True, slots=True)
class Files:
    """What was written: the file of each ledger (a kind may have several), and all else of the facts."""

    files: tuple[tuple[LedgerKind, Path], ...]
    facts: Facts


def written(random: Random, folder: Path, most: int = 16, straight: bool = False) -> Files:
    """A folder of evidence; some kinds have two files, some none. straight: CSV, every row a record."""
    files = []
    for kind in KINDS:
        for number in range(random.choice((0, 1, 1, 1, 1, 1, 1, 1, 2)) or random.choice((0, 1))):
            table = _table(random, kind, most if kind.id in ("things", "docs") else 2 * most)
            book = random.random() < 0.15 and not straight
            path = folder / f"{kind.id}{number}.{'xlsx' if book else 'csv'}"
            path.write_bytes(_book(random, table) if book else _text(random, table, straight))
            files.append((kind, path))
    collections: dict[str, Sequence[Record] | Absent] = {
        CLAIMS.name: _records(random, CLAIMS.fields, random.choice((0, 2, 4))),
        TABLE.name: _records(random, TABLE.fields, random.choice((0, 3, 5))),
    }
    before = Facts(_fields(random), {TABLE.name: _records(random, TABLE.fields, 4)})
    partial = frozenset(kind.id for kind in KINDS if random.random() < 0.05)
    last = before if random.random() < 0.6 else None
    return Files(tuple(files), Facts(_fields(random), collections, last, partial))


def read(given: Files, reader: LedgerReader) -> tuple[Facts, list[Ledger]]:
    """The facts with all ledgers, read by one reader; and the ledgers, one a file."""
    found = [reader(kind, path, path.name) for kind, path in given.files]
    by_kind: dict[str, list[Ledger]] = {}
    for ledger in found:
        by_kind.setdefault(ledger.kind.id, []).append(ledger)
    facts = given.facts
    collections = {**facts.collections, **ledgers.collections(by_kind)}
    sources = {name: tuple(Location(each.file) for each in of) for name, of in by_kind.items()}
    return Facts(facts.fields, collections, facts.previous, facts.partial, sources), found


def _table(random: Random, kind: LedgerKind, most: int) -> Table:
    columns = [c for c in kind.columns if c.name in ("thing", "doc") or random.random() > 0.05]
    makers = [(c.label.zh, _maker(random, c)) for c in columns]
    if kind.unfold is not None and random.random() < 0.6:
        apart = {"state", *kind.unfold.columns}
        makers = [(c.label.zh, _maker(random, c)) for c in columns if c.name not in apart]
        makers += [
            (step + words[0], _maker(random, c))
            for step in STATES[:3]
            for c in columns
            if (words := kind.unfold.columns.get(c.name)) and random.random() > 0.15
        ]
    elif random.random() < 0.3:
        random.shuffle(makers)
    if random.random() < 0.15:
        makers.append(("备注", lambda _: random.choice(("", "注"))))
    table = [[make(n) for _, make in makers] for n in range(random.choice((0, 1, most // 2, most, most)))]
    return [[header for header, _ in makers], *(row for row in table for _ in range(_times(random)))]


def _times(random: Random) -> int:
    """A row may be there twice."""
    return 2 if random.random() < 0.08 else 1


def _maker(random: Random, column: Column):  # type: ignore[no-untyped-def]
    """Texts of one column: all plain, all usable, or anything."""
    flavour = random.choice(("plain", "plain", "usable", "odd"))
    named = _NAMES.get(column.name)
    kind = "choices" if column.choices else column.type
    odd = (*POOLS[kind], *_ODD.get(kind, ()))

    def make(number: int) -> str:
        if named is not None:
            return random.choice(named if flavour == "odd" else named[:6]).format(number)
        if flavour == "odd" and random.random() < 0.5:
            return random.choice(odd)
        return random.choice((USABLE if flavour == "usable" else PLAIN)[kind])

    return make


def _crooked(random: Random, table: Table) -> Table:
    """With rows that are no records, too short or too long."""
    header, *rows = table
    found = [header]
    for row in rows:
        if random.random() < 0.05:
            found.append(random.choice(([""] * len(header), header, ["合计", *[""] * (len(header) - 1)])))
        if random.random() < 0.03:
            row = random.choice((row[:-2], [*row, ""], [*row, "多"]))
        found.append(row)
    return found


def shuffled(random: Random, given: Files, folder: Path) -> Files:
    """Straight files with their rows, and the files themselves, in another order."""
    files = []
    for kind, path in random.sample(given.files, len(given.files)):
        encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "utf-8"
        text = path.read_bytes().decode(encoding)
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=_SEPARATOR)
        stream = io.StringIO()
        csv.writer(stream, delimiter=_SEPARATOR).writerows([header, *random.sample(rows, len(rows))])
        (folder / path.name).write_bytes(stream.getvalue().encode(encoding))
        files.append((kind, folder / path.name))
    return Files(tuple(files), given.facts)


def _text(random: Random, table: Table, straight: bool) -> bytes:
    """A CSV file, mostly plain enough for DuckDB."""
    if straight:
        stream = io.StringIO()
        csv.writer(stream, delimiter=_SEPARATOR).writerows(table)
        return stream.getvalue().encode(random.choice(("utf-8", "utf-8-sig")))
    crooked = random.random() < 0.35
    stream = io.StringIO()
    writer = csv.writer(
        stream, delimiter=random.choice(",,\t;"), lineterminator=random.choice(("\n", "\r\n"))
    )
    if crooked and random.random() < 0.5:
        writer.writerow([_HEAD, *[""] * (len(table[0]) - 1)])
    writer.writerows(_crooked(random, table) if crooked else table)
    return stream.getvalue().encode(random.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030")))


def _book(random: Random, table: Table) -> bytes:
    """A workbook whose numbers and days are partly cells of these types."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if random.random() < 0.3:
        sheet.append([_HEAD])
    for row in _crooked(random, table) if random.random() < 0.3 else table:
        sheet.append([_cell(random, text) for text in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(random: Random, text: str) -> object:
    chosen = random.random()
    if chosen < 0.02:
        return random.choice(("#DIV/0!", "=1+1", True))
    if chosen < 0.5 and re.fullmatch(r"-?\d{1,12}", text):
        return int(text)
    if chosen < 0.5 and re.fullmatch(r"20\d\d-0\d-0\d( [01]\d:\d\d)?", text):
        return datetime.fromisoformat(text)
    return text or None


def _fields(random: Random) -> dict[str, Fact]:
    return {f.name: _fact(random, f) for f in REPORT} | {"report.year": count(2024)}


def _records(random: Random, fields: Sequence[Field], number: int) -> tuple[Record, ...]:
    return tuple(
        Record(f"r{n}", Bilingual(f"r{n}", f"r{n}"), {f.name: _fact(random, f) for f in fields})
        for n in range(number)
    )


def _fact(random: Random, field: Field) -> Fact:
    place = Location("report.md", line=len(field.name))
    if random.random() < 0.04:
        kind = random.choice((Kind.BLANK, Kind.SLASH, Kind.MISSING, Kind.UNREADABLE, Kind.DOUBTFUL))
        return Fact(kind, None, "", (place,), Bilingual("因", "why") if kind is not Kind.BLANK else None)
    match field.type:
        case "count" | "number":
            return count(random.choice((0, 1, 2, 3, 2024)), place)
        case "amount":
            return Fact(Kind.NUMBER, Decimal(random.randint(0, 300)), "1", (place,))
        case "flag":
            return Fact(Kind.FLAG, random.random() < 0.5, "", (place,))
        case "date":
            return day(datetime.fromisoformat(random.choice(PLAIN["date"])).date(), place)
        case "moment":
            return (
                day(datetime(2024, 2, 1, 10), place)
                if random.random() < 0.5
                else day(datetime(2024, 2, 1).date())
            )
        case "prose":
            return words(
                random.choice(("甲通知登陆帐号" * 12, "依法公开信息，通知到人，登录。" * 6, "短")), place
            )
    return words(random.choice(("甲", "乙", "终审")), place)
