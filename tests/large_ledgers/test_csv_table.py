"""A CSV file read by DuckDB is the same ledger as one read by us."""

import pickle
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("duckdb")

from checker import evaluation, ledgers
from checker.bilingual import Bilingual
from checker.errors import InputError
from checker.facts import Facts, Record, Vocabulary, count
from checker.large_ledgers import Executor, Store, csv_table
from checker.large_ledgers.database import Database, connection_of
from checker.ledger import Column, LedgerKind, collection
from checker.ledgers import keys
from checker.ledgers.fitting import Fitter
from checker.library import ledger_kinds, load_rules, vocabulary

KINDS = ledger_kinds()
HEADER = "信息编号,环节,审校人,完成时间,意见"
CELLS = (
    *("A1", "A2", "初审", "一审", "甲", "", " ", "/", "2024-03-05 10:00", "2024-02-30", "2024/3/5"),
    *('"a,b"', '"a""b"', '"a\nb"', '"a\r\nb"', 'x"y', "\u3000", "'", "#", "a\tb"),
)


def read(path: Path) -> object:
    return csv_table.read(Fitter(KINDS["reviews"], "evidence/r.csv", None, None), path, Database(threads=1))


def same(path: Path) -> bool:
    """Whether DuckDB read the file; if it did, exactly as we do."""
    fast = csv_table.read(Fitter(KINDS["reviews"], "r.csv", None, None), path, Database(threads=1))
    if fast is None:
        return False
    slow = ledgers.read(KINDS["reviews"], path, "r.csv")
    assert (fast.missing, fast.extra, fast.fault_count, fast.faults) == (
        slow.missing,
        slow.extra,
        slow.fault_count,
        slow.faults,
    )
    assert list(map(_said, fast.records)) == list(map(_said, slow.records))
    return True


def _said(record: Record) -> tuple[object, ...]:
    return record.key, record.label, record.locations, dict(record.fields)


@pytest.mark.parametrize("start", ["", "\ufeff", "审校记录,,,,\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_files(tmp_path: Path, start: str, end: str) -> None:
    path = tmp_path / "r.csv"
    rows = [HEADER, "A1,初审,甲,2024-03-05 10:00,", "A1,二审,乙,2024-02-30,好", ",,,,", HEADER, "A2,,,/,x"]
    path.write_bytes((start.replace("\n", end) + end.join(rows) + end).encode())
    assert same(path)


def test_lines_are_physical_ones(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        f'{HEADER}\nA1,初审,甲,2024-03-05,"一\n二\n三"\n\nA2,终审,乙,2024-03-06,好\n', encoding="utf-8"
    )
    assert same(path)
    found = csv_table.read(Fitter(KINDS["reviews"], "r.csv", None, None), path, Database(threads=1))
    assert found is not None and [r.locations[0].line for r in found.records] == [2, 6]


@pytest.mark.parametrize(
    "body",
    [
        "A1,初审\n",
        "A1,初审,甲,2024-03-05,好,多\n",
        'A1,初审,甲,2024-03-05,"没有闭合\n',
        'A1,初审,甲,2024-03-05,"a"b\n',
        "A1,初审,甲,2024-03-05,a\rA2,初审,甲,2024-03-05,b\n",
    ],
)
def test_what_is_not_plain_is_ours(tmp_path: Path, body: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(f"{HEADER}\nA0,初审,甲,2024-03-05,好\n{body}".encode())
    assert read(path) is None
    path.write_bytes(f"{HEADER}\nA0,初审,甲,2024-03-05,好\n".encode("gb18030"))
    assert read(path) is None


def test_random_files(tmp_path: Path) -> None:
    random, taken = Random(3), 0
    for _ in range(120):
        path = tmp_path / "r.csv"
        cells = random.sample(CELLS, random.randint(3, len(CELLS)))
        rows = [",".join(random.choice(cells) for _ in range(5)) for _ in range(random.randint(1, 12))]
        path.write_bytes((HEADER + "\n" + "\n".join(rows) + random.choice(("\n", ""))).encode())
        try:
            taken += same(path)
        except InputError as refused:
            with pytest.raises(InputError):
                ledgers.read(KINDS["reviews"], path, "r.csv")
            assert refused.problems
    assert taken > 20


@pytest.mark.parametrize(
    "cell", ["A1 ", "\u3000A1", "Ａ1", "A\u200b1", "A\ufeff1", "A\u2003", "\x1f", "\x85", "\xad"]
)
def test_a_key_not_written_as_it_is_compared_is_ours(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\n{cell},初审,甲 乙,2024-03-05,Ａ 好\n", encoding="utf-8", newline="")
    assert read(path) is None
    assert keys.fold(cell) != cell
    path.write_text(f"{HEADER}\nA1〔2024〕—·,初审,甲 乙,2024-03-05,Ａ 好\n", encoding="utf-8")
    assert same(path)


def test_what_sql_and_we_take_for_white_space_in_a_key_is_the_same() -> None:
    ask = Database(threads=1).ask
    characters = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    found = ask(
        "SELECT c FROM (SELECT unnest(CAST($c AS VARCHAR[])) AS c) WHERE regexp_matches(c, $p)",
        {"c": characters, "p": keys.FOLDED},
    )
    assert {c for (c,) in found} == {c for c in characters if keys.fold(c) != c}
    assert {c for c in characters if c.isspace()} <= {c for (c,) in found}


def test_what_is_folded_in_a_cell_before_it_is_looked_at_is_what_we_fold() -> None:
    folded = {chr(code) for code in range(0x10000) if keys.fold(chr(code)) != chr(code)}
    assert set(csv_table.WIDE) == folded
    assert keys.fold(csv_table.WIDE) == csv_table.NARROW


HOLDS = LedgerKind(
    "odd",
    Bilingual("怪", "odd"),
    "row",
    (
        Column("line", "moment", Bilingual("行时", "line"), ("行时",)),
        Column("row", "text", Bilingual("行号", "row"), ("行号",)),
        Column("n", "count", Bilingual("数", "n"), ("数",)),
    ),
    ("row",),
    "row",
)


@pytest.mark.parametrize("header", ["行时,行号,数", "数,行号,行时", "行号,数,行时"])
def test_any_name_of_a_column_and_any_order(tmp_path: Path, header: str) -> None:
    path = tmp_path / "o.csv"
    cells = {"行时": ["2024-03-05 10:00", "nie"], "行号": ["7", "8"], "数": ["3", "x"]}
    rows = [",".join(cells[name][n] for name in header.split(",")) for n in (0, 1, 1)]
    path.write_text("\n".join([header, *rows, f" {header.replace(',', ' , ')}"]), encoding="utf-8")
    fast = csv_table.read(Fitter(HOLDS, "o.csv", None, None), path, Database(threads=1))
    slow = ledgers.read(HOLDS, path, "o.csv")
    assert fast is not None and slow.fault_count == 4
    assert (fast.faults, fast.fault_count) == (slow.faults, slow.fault_count)
    assert list(map(_said, fast.records)) == list(map(_said, slow.records))
    with Executor(
        [], Facts({}, {"odd": fast.records}), Vocabulary({}, {"odd": collection(HOLDS)}), 1
    ) as large:
        assert large.table("odd").rows == 3


@pytest.mark.parametrize("row", ["合计,,,,", "合计,,,,共9条", ",小 计：,,,", "总计,,甲,,"])
def test_a_file_with_a_row_of_sums_is_ours(tmp_path: Path, row: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\nA1,初审,甲,2024-03-05,合计如下\n", encoding="utf-8")
    assert same(path)
    path.write_text(f"{HEADER}\nA1,初审,甲,2024-03-05,好\n{row}\n", encoding="utf-8")
    assert read(path) is None
    assert Store(smallest=0).read(KINDS["reviews"], path, "r.csv").left_out in ((), (3,))


def test_records_survive_pickling(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\nA1,初审,甲,2024-03-05 10:00,好\n", encoding="utf-8")
    found = csv_table.read(Fitter(KINDS["reviews"], "r.csv", None, None), path, Database(threads=1))
    assert found is not None
    assert list(map(_said, pickle.loads(pickle.dumps(found.records)))) == list(map(_said, found.records))


@pytest.mark.parametrize("scattered", [False, True])
def test_rules_over_files_that_duckdb_holds(tmp_path: Path, scattered: bool) -> None:
    random = Random(5)
    items, reviews = tmp_path / "i.csv", tmp_path / "r.csv"
    lines = [HEADER]
    for n in range(300):
        hour = 8
        for step in ("初审", "复审", "终审", "一校", "二校", "三校"):
            hour += random.choice((1, 1, 1, 0, -1)) if random.random() < 0.1 else 1
            if random.random() > 0.01:
                lines.append(f"A{n},{step},人{random.randint(1, 9)}{step},2024-03-05 {hour:02d}:00,")
    if scattered:
        lines[1:] = random.sample(lines[1:], len(lines) - 1)
    reviews.write_text("\n".join(lines), encoding="utf-8")
    rows = [f"A{n},标题{n},2024-03-05 {random.choice((13, 14, 16, 10))}:30" for n in range(300)]
    items.write_text("\n".join(["信息编号,标题,发布时间", *rows]), encoding="utf-8")
    rules = [rule for name, rule in load_rules().items() if name.startswith("release-review/")]
    given = {"reviews": reviews, "published_items": items}
    store = Store(smallest=0)
    fast = Facts(
        {"report.year": count(2024)},
        {name: store.read(KINDS[name], path, path.name).records for name, path in given.items()},
    )
    slow = Facts(
        {"report.year": count(2024)},
        {name: ledgers.read(KINDS[name], path, path.name).records for name, path in given.items()},
    )
    assert all(csv_table.stored(records) for records in fast.collections.values())
    with Executor(rules, fast, vocabulary(), threshold=1) as large:
        found = evaluation.evaluate(rules, fast, vocabulary(), large=large)
        assert not [why for why in large.left.values() if ": " in why] and not large.groupings.failed
    assert found == evaluation.evaluate(rules, slow, vocabulary())
    assert sum(len(f.occurrences) for f in found) > 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "ATTACH '/tmp/other.db'",
        "COPY (SELECT 1) TO '/tmp/copied'",
        "EXPORT DATABASE '/tmp/exported'",
        "INSTALL httpfs",
        "LOAD excel",
        "SET threads = 8",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "PRAGMA enable_profiling",
        "CREATE SECRET x (TYPE s3)",
        "SELECT * FROM outside",
    ],
)
def test_a_locked_database_does_nothing_else(statement: str) -> None:
    outside = [1, 2, 3]  # a name of Python's, which SQL must not see
    database = Database(threads=1)
    database.lock()
    database.lock()
    with pytest.raises(database.errors):
        database.ask(statement)
    assert database.ask("SELECT 1") == [(1,)] and outside
    assert connection_of(database) is not None
    database.close()


def test_what_takes_too_long_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.large_ledgers.database.SECONDS", 0.2)
    database = Database(threads=1)
    with pytest.raises(database.errors, match="(?i)interrupt"):
        database.ask("SELECT sum(a.range * b.range % 7) FROM range(1000000) a, range(1000000) b")
    database.close()


def test_without_the_extra_all_goes_on_slower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker import large_ledgers

    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\nA1,初审,甲,2024-03-05 10:00,好\n", encoding="utf-8")
    monkeypatch.setattr(large_ledgers, "find_spec", lambda name: None)
    monkeypatch.setattr(large_ledgers, "THRESHOLD", 1)
    ledger = Store(smallest=0).read(KINDS["reviews"], path, "r.csv")
    assert csv_table.stored(ledger.records) is None
    facts = Facts({}, {"reviews": ledger.records})
    with large_ledgers.executor([], facts, vocabulary(), 1) as large:
        assert large is None


def test_a_line_says_so_where_the_extra_is_missing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from checker import cli, large_ledgers

    monkeypatch.chdir(root)
    monkeypatch.setattr("sys.argv", ["checker", "assess", "reports/alxa-hightech-zone-2024", "--lang", "en"])
    monkeypatch.setattr(large_ledgers, "find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        cli.main()
    told = capsys.readouterr()
    assert "governance-checker[large-ledgers]" in told.err and "large-ledgers" not in told.out


def test_a_machine_without_a_thread_left_has_the_reference_do_the_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\nA1,初审,甲,2024-03-05 10:00,好\n", encoding="utf-8")
    facts = Facts(
        {"report.year": count(2024)},
        {"reviews": tuple(ledgers.read(KINDS["reviews"], path, "r.csv").records)},
    )
    rule = load_rules()["release-review/three-reviews-present"]

    def refuse(timer: object) -> None:
        raise RuntimeError("can't start new thread")

    with Executor([rule], facts, vocabulary(), threshold=1) as large:
        monkeypatch.setattr("checker.large_ledgers.database.Timer.start", refuse)
        found = evaluation.evaluate([rule], facts, vocabulary(), large=large)
    assert found == evaluation.evaluate([rule], facts, vocabulary())
    assert read(path) is None
