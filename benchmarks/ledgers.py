"""Five rules of release review over review ledgers of growing size, side by side in one run.

python benchmarks/ledgers.py            prints the tables
python benchmarks/ledgers.py --write    also puts them into benchmarks/README.md
python benchmarks/ledgers.py --rows 100000
python benchmarks/ledgers.py --peers PYTHON   an interpreter that has pandera[polars] and frictionless

Every contender runs in a process of its own: load, then the five checks, each timed apart, and its peak
memory. What is not installed is left out and said so.
"""

import argparse
import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.ruleset import Rule

ROOT = Path(__file__).resolve().parent.parent
README = Path(__file__).with_name("README.md")
MARK = "<!-- ledgers -->"
END = "<!-- measured -->"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
CHECKS = (
    "three-reviews-present",
    "three-proofs-present",
    "three-reviewers-differ",
    "reviews-in-order",
    "final-review-before-publication",
)
FILES = {"reviews": "reviews.csv", "published_items": "items.csv"}
"""The files of a submission, by the kind of their ledger."""
REVIEWS = ("初审", "复审", "终审")
PROOFS = ("一校", "二校", "三校")
STEPS = (*REVIEWS, *PROOFS)
FAULTY = 0.01
"""Share of items with a fault of one kind or another."""
FRICTIONLESS_ROWS = 10_000
"""More than these take frictionless minutes."""


def generate(folder: Path, rows: int) -> None:
    """A review ledger of about so many rows, one row a step, and the items it is about."""
    chance = random.Random(19)
    people = [f"审校{n:03d}" for n in range(300)]
    with (
        (folder / "reviews.csv").open("w", newline="", encoding="utf-8") as first,
        (folder / "items.csv").open("w", newline="", encoding="utf-8") as second,
    ):
        reviews, items = csv.writer(first), csv.writer(second)
        reviews.writerow(["信息编号", "环节", "审校人", "职务", "完成时间", "结论"])
        items.writerow(["信息编号", "标题", "发布时间", "状态"])
        made = number = 0
        while made < rows:
            at = datetime(2024, 1, 1, 8) + timedelta(minutes=chance.randrange(500_000))
            steps, who = list(STEPS), chance.sample(people, 6)
            fault = chance.choice(("few", "same", "order", "late")) if chance.random() < FAULTY else ""
            if fault == "few":
                steps = steps[: chance.randint(3, 5)] if chance.random() < 0.5 else steps[1:]
            if fault == "same":
                who[1] = who[0]
            for step, person in zip(steps, who, strict=False):
                at += timedelta(minutes=chance.randint(1, 60) * (-1 if fault == "order" else 1))
                reviews.writerow([f"A{number:07d}", step, person, "编辑", f"{at:%Y-%m-%d %H:%M}", "通过"])
            at -= timedelta(days=2 if fault == "late" else 0)
            items.writerow([f"A{number:07d}", f"关于第{number}项的通知", f"{at:%Y-%m-%d %H:%M}", "已发布"])
            made += len(steps)
            number += 1


Result = dict[str, Any]
"""load: seconds. checks: seconds by check. faults: how many items fail, by check. memory: MiB."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def run_checks(checks: Mapping[str, Callable[[], int]], result: Result) -> Result:
    for name in CHECKS:
        result["checks"][name], result["faults"][name] = timed(checks[name])
    return result


def checker(folder: Path, large: bool) -> Result:
    """Our own rules, with the SQL executor or by the reference alone."""
    from checker import evaluation, ledgers
    from checker.facts import Facts, count
    from checker.large_ledgers import Executor, Store
    from checker.library import ledger_kinds, load_rules, vocabulary

    kinds, known = ledger_kinds(), vocabulary()
    rules = {name: load_rules()[f"release-review/{name}"] for name in CHECKS}
    read = Store(smallest=0).read if large else ledgers.read

    def load() -> Facts:
        records = {kind: read(kinds[kind], folder / file, file).records for kind, file in FILES.items()}
        return Facts({"report.year": count(2024)}, records)

    seconds, facts = timed(load)
    result: Result = {"load": seconds, "checks": {}, "faults": {}}
    if not large:
        together, findings = timed(lambda: evaluation.evaluate(rules.values(), facts, known))
        result["checks"] = dict.fromkeys(CHECKS, together / len(CHECKS))
        result["faults"] = {name: len(f.occurrences) for name, f in zip(rules, findings, strict=True)}
        return result
    with Executor(rules.values(), facts, known, threshold=1) as executor:
        typing, _ = timed(lambda: [executor.table(name) for name in FILES])
        result["load"] += typing

        def fails(rule: "Rule") -> int:
            return len(evaluation.evaluate([rule], facts, known, large=executor)[0].occurrences)

        run_checks({name: partial(fails, rule) for name, rule in rules.items()}, result)
        if executor.left:
            raise SystemExit(f"left to the reference: {executor.left}")
    return result


def shipped(folder: Path) -> Result:
    """What a user gets: DuckDB reads and decides only what is large; the five rules are asked together."""
    from checker import evaluation
    from checker.facts import Facts, count
    from checker.large_ledgers import Store, executor
    from checker.library import ledger_kinds, load_rules, vocabulary

    kinds, known, store = ledger_kinds(), vocabulary(), Store()
    rules = {name: load_rules()[f"release-review/{name}"] for name in CHECKS}
    seconds, records = timed(
        lambda: {kind: store.read(kinds[kind], folder / file, file).records for kind, file in FILES.items()}
    )
    facts = Facts({"report.year": count(2024)}, records)
    with executor(rules.values(), facts, known) as large:
        typing, _ = timed(lambda: large and [large.table(name) for name in FILES])
        together, findings = timed(lambda: evaluation.evaluate(rules.values(), facts, known, large=large))
    return {
        "load": seconds + typing,
        "checks": dict.fromkeys(CHECKS, together / len(CHECKS)),
        "faults": {name: len(f.occurrences) for name, f in zip(rules, findings, strict=True)},
    }


def passing(folder: Path) -> Result:
    """The SQL executor without the reference's work on what fails: what the hand-written SQL does, too."""
    from checker.evaluation.operands import Trial
    from checker.facts import Facts, count
    from checker.large_ledgers import Executor, Store
    from checker.library import ledger_kinds, load_rules, vocabulary

    kinds, known, store = ledger_kinds(), vocabulary(), Store(smallest=0)
    rules = {name: load_rules()[f"release-review/{name}"] for name in CHECKS}
    seconds, records = timed(
        lambda: {kind: store.read(kinds[kind], folder / file, file).records for kind, file in FILES.items()}
    )
    facts = Facts({"report.year": count(2024)}, records)
    with Executor(rules.values(), facts, known, threshold=1) as executor:
        typing, _ = timed(lambda: [executor.table(name) for name in FILES])

        def undecided(rule: "Rule") -> int:
            found = executor.undecided(Trial(rule, facts, known, executor.joins))
            assert found is not None
            return len(found[1])

        result: Result = {"load": seconds + typing, "checks": {}, "faults": {}}
        return run_checks({name: partial(undecided, rule) for name, rule in rules.items()}, result)


SQL = {
    "three-reviews-present": """
        SELECT item FROM items JOIN (
            SELECT item, count(DISTINCT step) FILTER (WHERE step IN ('初审', '复审', '终审')) AS n
            FROM reviews GROUP BY item) USING (item)
        WHERE published IS NOT NULL AND n <> 3""",
    "three-proofs-present": """
        SELECT item FROM items JOIN (
            SELECT item, count(DISTINCT step) FILTER (WHERE step IN ('一校', '二校', '三校')) AS n
            FROM reviews GROUP BY item) USING (item)
        WHERE published IS NOT NULL AND n <> 3""",
    "three-reviewers-differ": """
        SELECT item FROM items JOIN (
            SELECT item, count(DISTINCT step) AS steps, count(DISTINCT reviewer) AS people,
                count(DISTINCT {'step': step, 'reviewer': reviewer}) AS signed
            FROM reviews WHERE step IN ('初审', '复审', '终审') AND reviewer IS NOT NULL GROUP BY item)
            USING (item)
        WHERE published IS NOT NULL AND steps > 1 AND people < signed""",
    "reviews-in-order": """
        SELECT item FROM items JOIN (
            SELECT item, count(*) AS n,
                max(done) FILTER (WHERE step = '初审') AS a,
                min(done) FILTER (WHERE step = '复审') AS b, max(done) FILTER (WHERE step = '复审') AS c,
                min(done) FILTER (WHERE step = '终审') AS d
            FROM reviews WHERE step IN ('初审', '复审', '终审') AND done IS NOT NULL
            GROUP BY item) USING (item)
        WHERE published IS NOT NULL AND n > 1 AND (a > b OR greatest(a, c) > d)""",
    "final-review-before-publication": """
        SELECT item FROM items JOIN (
            SELECT item, max(done) AS last FROM reviews WHERE step = '终审' AND done IS NOT NULL
            GROUP BY item) USING (item)
        WHERE published IS NOT NULL AND last > published""",
}


def by_hand(folder: Path) -> Result:
    """The same five checks as someone who knows DuckDB well would write them."""
    import duckdb

    connection = duckdb.connect()

    def load() -> None:
        for table, file, columns in (
            (
                "reviews",
                "reviews.csv",
                '信息编号 AS item, 环节 AS step, 审校人 AS reviewer, "完成时间" AS done',
            ),
            ("items", "items.csv", '信息编号 AS item, 标题 AS title, "发布时间" AS published'),
        ):
            connection.execute(
                f"CREATE TABLE {table} AS SELECT {columns} FROM read_csv(?)", [str(folder / file)]
            )

    seconds, _ = timed(load)
    kinds = {row[1] for row in connection.execute("DESCRIBE reviews").fetchall()}
    assert "TIMESTAMP" in kinds, kinds
    checks = {name: lambda text=text: len(connection.execute(text).fetchall()) for name, text in SQL.items()}
    result = run_checks(checks, {"load": seconds, "checks": {}, "faults": {}})
    connection.close()
    return result


def plain_python(folder: Path) -> Result:
    """Lists, dictionaries and loops."""
    held: dict[str, Any] = {}

    def load() -> None:
        groups: dict[str, list[tuple[str, str, datetime | None]]] = {}
        with (folder / "reviews.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                done = datetime.fromisoformat(row["完成时间"]) if row["完成时间"] else None
                groups.setdefault(row["信息编号"], []).append((row["环节"], row["审校人"], done))
        with (folder / "items.csv").open(encoding="utf-8", newline="") as stream:
            held["items"] = {
                r["信息编号"]: datetime.fromisoformat(r["发布时间"]) for r in csv.DictReader(stream)
            }
        held["groups"] = groups

    def each(bad: Callable[[list[Any], datetime], bool]) -> Callable[[], int]:
        return lambda: sum(
            1
            for item, at in held["items"].items()
            if item in held["groups"] and bad(held["groups"][item], at)
        )

    def out_of_order(group: list[Any]) -> bool:
        timed_steps = sorted((REVIEWS.index(s), d) for s, _, d in group if s in REVIEWS and d)
        return any(a[1] > b[1] for a, b in zip(timed_steps, timed_steps[1:], strict=False))

    seconds, _ = timed(load)
    checks = {
        "three-reviews-present": each(lambda g, _: len({s for s, _, _ in g if s in REVIEWS}) != 3),
        "three-proofs-present": each(lambda g, _: len({s for s, _, _ in g if s in PROOFS}) != 3),
        "three-reviewers-differ": each(
            lambda g, _: (
                len({p for s, p, _ in g if s in REVIEWS and p})
                < len({(s, p) for s, p, _ in g if s in REVIEWS and p})
            )
        ),
        "reviews-in-order": each(lambda g, _: out_of_order(g)),
        "final-review-before-publication": each(
            lambda g, at: any(s == "终审" and d and d > at for s, _, d in g)
        ),
    }
    return run_checks(checks, {"load": seconds, "checks": {}, "faults": {}})


def pandera_polars(folder: Path) -> Result:
    """Checks of pandera over frames that Polars has joined and grouped."""
    import pandera.polars as pa
    import polars as pl

    def load() -> tuple[Any, Any]:
        reviews = pl.read_csv(folder / "reviews.csv").rename({"信息编号": "item"})
        items = pl.read_csv(folder / "items.csv").rename({"信息编号": "item"})
        return (
            reviews.with_columns(pl.col("完成时间").str.to_datetime("%Y-%m-%d %H:%M")),
            items.with_columns(pl.col("发布时间").str.to_datetime("%Y-%m-%d %H:%M")),
        )

    seconds, (reviews, items) = timed(load)
    step, done, person = pl.col("环节"), pl.col("完成时间"), pl.col("审校人")

    def check(aggregates: list[Any], bad: Any) -> Callable[[], int]:
        def work() -> int:
            frame = items.join(reviews.group_by("item").agg(*aggregates), on="item")
            schema = pa.DataFrameSchema(checks=pa.Check(lambda data: data.lazyframe.select(~bad)))
            try:
                schema.validate(frame, lazy=True)
            except pa.errors.SchemaErrors as errors:
                return len(errors.failure_cases)
            return 0

        return work

    some = step.is_in(REVIEWS)
    checks = {
        "three-reviews-present": check([step.filter(some).n_unique().alias("n")], pl.col("n") != 3),
        "three-proofs-present": check(
            [step.filter(step.is_in(PROOFS)).n_unique().alias("n")], pl.col("n") != 3
        ),
        "three-reviewers-differ": check(
            [
                pl.struct(step, person).filter(some).n_unique().alias("n"),
                person.filter(some).n_unique().alias("p"),
            ],
            pl.col("p") < pl.col("n"),
        ),
        "reviews-in-order": check(
            [done.filter(step == s).max().alias(f"t{n}") for n, s in enumerate(REVIEWS)],
            ((pl.col("t0") > pl.col("t1")) | (pl.max_horizontal("t0", "t1") > pl.col("t2"))).fill_null(False),
        ),
        "final-review-before-publication": check(
            [done.filter(step == "终审").max().alias("last")],
            (pl.col("last") > pl.col("发布时间")).fill_null(False),
        ),
    }
    return run_checks(checks, {"load": seconds, "checks": {}, "faults": {}})


def frictionless_tables(folder: Path) -> Result:
    """frictionless has no joins: it reads and types both tables, with one constraint a row."""
    from frictionless import Checklist, Resource, checks

    def validate(name: str) -> int:
        resource = Resource(path=name, basepath=str(folder))
        report = resource.validate(Checklist(checks=[checks.row_constraint(formula="信息编号 != ''")]))
        return int(report.stats["errors"])

    seconds, _ = timed(lambda: [validate(name) for name in ("reviews.csv", "items.csv")])
    return {"load": seconds, "checks": {}, "faults": {}}


CONTENDERS: Mapping[str, Callable[[Path], Result]] = {
    "checker": shipped,
    "checker, all by SQL": lambda folder: checker(folder, True),
    "checker, all by SQL, passing rows only": passing,
    "DuckDB by hand": by_hand,
    "checker, reference alone": lambda folder: checker(folder, False),
    "plain Python": plain_python,
    "pandera (Polars)": pandera_polars,
    "frictionless": frictionless_tables,
}
PEERS = ("pandera (Polars)", "frictionless")


def measure(name: str, folder: Path, peers: str) -> Result | None:
    """One contender in a process of its own; None where it is not installed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [peers if name in PEERS else sys.executable, __file__, "--only", name, str(folder)]
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        print(
            f"  {name}: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}",
            file=sys.stderr,
        )
        return None
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


def one(name: str, folder: Path) -> None:
    start = time.perf_counter()
    result = CONTENDERS[name](folder)
    result["whole"] = time.perf_counter() - start
    import resource

    result["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(result))


def rows_of(size: int, peers: str) -> Iterator[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, size)
        found = {c: _best(c, folder, peers, size) for c in CONTENDERS if _sensible(c, size)}
    hand = found.get("DuckDB by hand")
    base = sum(hand["checks"].values()) if hand else None
    faults = found["checker"]["faults"] if found["checker"] else {}
    for contender, result in found.items():
        if result is None:
            yield f"{size:,}", contender, "not installed", "", "", "", ""
            continue
        checks = sum(result["checks"].values())
        same = "" if not result["faults"] else "yes" if result["faults"] == faults else "no"
        ratio = f"{checks / base:.2f} ×" if base and checks else ""
        spent = f"{checks * 1000:,.0f} ms" if checks else "–"
        load = f"{result['load'] * 1000:,.0f} ms"
        yield f"{size:,}", contender, load, spent, ratio, f"{result['memory']:,.0f} MiB", same


def _best(name: str, folder: Path, peers: str, size: int) -> Result | None:
    """Of three runs of a quick contender the one whose checks took least; the machine is shared."""
    runs = [measure(name, folder, peers) for _ in range(1 if "reference" in name or name in PEERS else 3)]
    done = [r for r in runs if r is not None]
    return min(done, key=lambda r: sum(r["checks"].values())) if done else None


def _sensible(name: str, size: int) -> bool:
    if name == "frictionless":
        return size <= FRICTIONLESS_ROWS
    return name != "checker, reference alone" or size <= 100_000


def table(rows: list[tuple[str, ...]]) -> str:
    head = [
        "| rows | what | load | five checks | against SQL by hand | peak memory | same faults |",
        "|--:|---|--:|--:|--:|--:|---|",
    ]
    return "\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--only", nargs=2)
    options = parser.parse_args()
    if options.only:
        one(options.only[0], Path(options.only[1]))
        return
    rows = [row for size in options.rows or SIZES for row in rows_of(size, options.peers)]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    made = f"seed 19, {FAULTY:.0%} of items faulty"
    page = f"{machine}, Python {platform.python_version()}; {made}\n\n{table(rows)}\n"
    print(page)
    if options.write:
        text = README.read_text(encoding="utf-8")
        before, _, rest = text.partition(MARK)
        after = rest[rest.index(END) :]
        README.write_text(f"{before}{MARK}\n\n{page}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
