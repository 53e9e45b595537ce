"""Side-by-side timings in one run, as medians. Ratios are what to quote; the machine is shared.

python benchmarks/run.py            prints the tables
python benchmarks/run.py --write    also puts them into benchmarks/README.md
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from checker import evaluation, extractors, library, pipeline, readers

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "reports" / "alxa-hightech-zone-2024"
REPORT = SAMPLE / "report.md"
CORPUS = ROOT.parent / "shared" / "corpus" / "reports"
README = Path(__file__).with_name("README.md")
BASELINE = "import yaml, jsonschema, rich, click"
MARK = "<!-- measured -->"

Row = tuple[str, str, str, str]


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run, after one that is not counted."""
    action()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return seconds


def ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"


def processes() -> Iterator[Row]:
    """The whole assess process and the baseline, in turn, so that drift hits both alike."""
    commands = {
        "baseline": [sys.executable, "-c", BASELINE],
        "assess": [sys.executable, "-m", "checker", "assess", str(REPORT), "--format", "json"],
        "evidence": [sys.executable, "-m", "checker", "assess", str(SAMPLE), "--format", "json"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        # Installed packages are compiled; so are we after the first run.
        environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONDONTWRITEBYTECODE": ""}
        for turn in range(10):
            for name, command in commands.items():
                if name == "evidence" and turn > 3:
                    continue
                start = time.perf_counter()
                subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env=environment)
                seconds[name].append(time.perf_counter() - start)
    # The first pair warms the file cache and our own.
    pairs = list(zip(seconds["assess"][1:], seconds["baseline"][1:], strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    yield "baseline: `" + BASELINE + "`", "", ms([b for _, b in pairs]), "1"
    yield (
        "whole `checker assess` on the sample's report",
        "≤ 2 × baseline",
        ms([a for a, _ in pairs]),
        f"{ratio:.2f} ×",
    )
    full = seconds["evidence"][1:]
    times = statistics.median(full) / statistics.median(b for _, b in pairs)
    yield "whole `checker assess` on the sample with its evidence", "", ms(full), f"{times:.0f} ×"


def loading() -> Iterator[Row]:
    rules = len(library.load_rules())
    for label, cache in (("with its cache", True), ("without", False)):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = folder if cache else os.devnull
            seconds = timed(library.load_rules, 9)
            used = timed(library.load_ruleset, 9)
        scaled = statistics.median(seconds) * 1000 * 150 / rules
        aim = "≤ 60 ms for 150 rules"
        yield f"load and check {rules} rules, {label}", aim, ms(seconds), f"{scaled:.0f} ms for 150"
        yield f"load annual-report and the rules it uses, {label}", "", ms(used), ""


def evaluating() -> Iterator[Row]:
    rules = list(library.load_ruleset().rules.values())
    _, _, facts = pipeline.read(SAMPLE)
    vocabulary = extractors.vocabulary()
    seconds = timed(lambda: evaluation.evaluate(rules, facts, vocabulary), 50)
    findings = evaluation.evaluate(rules, facts, vocabulary)
    decisions = sum(max(1, f.checked) for f in findings)
    median = statistics.median(seconds) * 1e6
    yield "evaluate, per rule on ready facts", "≤ 10 µs", ms(seconds), f"{median / len(rules):.1f} µs"
    yield f"evaluate, per decision ({decisions} in all)", "", "", f"{median / decisions:.1f} µs"


def reading() -> Iterator[Row]:
    paths = [SAMPLE / "report.md"]
    if CORPUS.is_dir():
        paths += sorted(p for p in CORPUS.glob("*/*") if p.suffix in (".txt", ".md", ".html"))
    for path in paths:
        data = path.read_bytes()
        read = timed(lambda data=data: readers.read(data, "report"), 9)  # type: ignore[misc]
        document = readers.read(data, "report")
        extract = timed(lambda document=document: extractors.extract(document), 9)  # type: ignore[misc]
        name = "sample" if path.parent == SAMPLE else f"{path.parent.name} ({path.suffix[1:]})"
        yield f"read · extract: {name}", "", f"{ms(read)} · {ms(extract)}", f"{len(data) // 1024} KiB"


def memory() -> Iterator[Row]:
    probe = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)"
    probe += ";print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    for label, command in (
        ("baseline", ["-c", BASELINE]),
        ("assess, report", ["-m", "checker", "assess", str(REPORT), "--format", "json"]),
        ("assess, with evidence", ["-m", "checker", "assess", str(SAMPLE), "--format", "json"]),
    ):
        line = subprocess.run(
            [sys.executable, "-c", probe, sys.executable, *command],
            capture_output=True,
            text=True,
            check=True,
        )
        yield f"peak memory, {label}", "", f"{int(line.stdout) / 1024:.0f} MiB", ""


def table(rows: list[Row]) -> str:
    head = ["| what | aim | median | result |", "|---|---|--:|--:|"]
    return "\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])


def main() -> None:
    rows = [*processes(), *loading(), *evaluating(), *reading(), *memory()]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    page = f"{machine}, Python {platform.python_version()}\n\n{table(rows)}\n"
    print(page)
    if "--write" in sys.argv:
        text = README.read_text(encoding="utf-8")
        README.write_text(f"{text.split(MARK)[0]}{MARK}\n\n{page}", encoding="utf-8")


if __name__ == "__main__":
    main()
