"""One report in every form: seconds, memory and cells right, ours and others' side by side in one run.

python benchmarks/forms.py            prints the tables
python benchmarks/forms.py --write    also puts them into benchmarks/README.md
python benchmarks/forms.py --form docx --form pdf
python benchmarks/forms.py --peers PYTHON   an interpreter that has pdfplumber, python-docx,
                                            beautifulsoup4 with lxml, and markitdown[all]

Needs ../shared/corpus/forms. Every reading has a process of its own for the cold figures and its peak memory,
and one for all files of a form for the warm ones. What is not installed is left out and said so.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
README = Path(__file__).with_name("README.md")
MARK = "<!-- forms -->"
END = "## Large ledgers"
COLD_RUNS = 3
WARM_RUNS = 7
AIM_MS = 300
OURS = "checker"

Grid = dict[tuple[int, int], str]
"""Text by row and column; a merged cell stands at least at its first slot."""

FORMS: Mapping[str, tuple[str, ...]] = {
    "text": ("v1_utf16.txt", "v2.txt", "v3.txt"),
    "markdown": ("v1.md",),
    "html": ("v1.html", "v2.html", "v3.html"),
    "mhtml": ("v1.mhtml", "v2.mhtml", "v3.mhtml"),
    "docx": ("v1.docx", "v2.docx", "v3.docx"),
    "doc": ("v1.doc", "v2.doc", "v3.doc"),
    "wps": ("v1.wps",),
    "pdf, LibreOffice": ("v1_lo.pdf", "v2_lo.pdf", "v3_lo.pdf"),
    "pdf, Chromium": ("v1_cr.pdf", "v2_cr.pdf", "v3_cr.pdf"),
    "ofd": ("v1.ofd", "v2.ofd", "v3.ofd"),
}


# The contenders: a file to the grids of its tables ----------------------------------------------------


def checker_reader(path: Path) -> list[Grid]:
    """The reader alone, in this process; in use a worker process stands around it."""
    from checker import readers

    document = readers.read(path.read_bytes(), path.name)
    tables = [block.table for block in document.blocks if block.kind == "table" and block.table]
    return [{(cell.row, cell.column): cell.text for cell in table.cells} for table in tables]


def beautifulsoup(path: Path) -> list[Grid]:
    """With the lxml parser; the places under spans are worked out here."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(path.read_bytes(), "lxml")
    return [_spanned(table) for table in soup.find_all("table") if not table.find("table")]


def _spanned(table: Any) -> Grid:
    grid: Grid = {}
    for number, row in enumerate(table.find_all("tr")):
        column = 0
        for cell in row.find_all(["td", "th"]):
            while (number, column) in grid:
                column += 1
            rows, columns = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            text = cell.get_text().strip()
            grid.update({(number + r, column + c): text for r in range(rows) for c in range(columns)})
    return grid


def _span(value: str | None) -> int:
    return min(int(value), 256) if value and value.isdecimal() else 1


def python_docx(path: Path) -> list[Grid]:
    import docx

    tables = docx.Document(str(path)).tables
    return [_listed([[cell.text for cell in row.cells] for row in table.rows]) for table in tables]


def pdfplumber_tables(path: Path) -> list[Grid]:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [_listed(table) for page in pdf.pages for table in page.extract_tables()]


def markitdown(path: Path) -> list[Grid]:
    """What its Markdown says of tables: rows of pipes that follow one another."""
    from markitdown import MarkItDown

    found: list[list[list[str]]] = [[]]
    for line in MarkItDown().convert(str(path)).text_content.splitlines():
        if line.lstrip().startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            found[-1] += [] if all(re.fullmatch(r":?-+:?", cell) for cell in cells) else [cells]
        elif found[-1]:
            found.append([])
    return [_listed(table) for table in found if table]


def _listed(rows: Sequence[Sequence[str | None]]) -> Grid:
    return {(r, c): cell or "" for r, row in enumerate(rows) for c, cell in enumerate(row)}


CONTENDERS: Mapping[str, Callable[[Path], list[Grid]]] = {
    OURS: checker_reader,
    "BeautifulSoup + spans": beautifulsoup,
    "python-docx": python_docx,
    "pdfplumber": pdfplumber_tables,
    "markitdown": markitdown,
}
READS: Mapping[str, tuple[str, ...]] = {
    "text": ("markitdown",),
    "markdown": ("markitdown",),
    "html": ("BeautifulSoup + spans", "markitdown"),
    "docx": ("python-docx", "markitdown"),
    "pdf, LibreOffice": ("pdfplumber", "markitdown"),
    "pdf, Chromium": ("pdfplumber", "markitdown"),
}
"""Who else reads a form. None of them reads MHTML, DOC, WPS or OFD."""


# What is right ----------------------------------------------------------------------------------------


def score(path: Path, grids: Sequence[Grid]) -> tuple[int, int]:
    """Numbers that stand at their row and column, and how many there are.

    For each official table the run of consecutive tables counts in which most are right, joined, with the
    header rows that are repeated left out. Blanks, full width and separators of thousands make no difference.
    """
    truth = json.loads((CORPUS / "forms" / "truth" / f"{path.name[:2]}.json").read_text(encoding="utf-8"))
    tables = [block["table"] for block in truth if block["k"] == "t"]
    right = whole = 0
    for table in tables:
        cells = [c for c in table["cells"] if c["num"] is not None]
        wanted = {(c["r"], c["c"]): _folded(c["text"]) for c in cells}
        runs = [grids[a:b] for a in range(len(grids)) for b in range(a + 1, min(a + 9, len(grids)) + 1)]
        right += max((_right(_joined(run), wanted) for run in runs), default=0)
        whole += len(wanted)
    return right, whole


def _right(grid: Grid, wanted: Mapping[tuple[int, int], str]) -> int:
    return sum(1 for place, text in wanted.items() if place in grid and _folded(grid[place]) == text)


def _joined(grids: Sequence[Grid]) -> Grid:
    first = _rows(grids[0])
    headers = {tuple(row.values()) for row in first[:4]}
    rows = list(first)
    for grid in grids[1:]:
        more = _rows(grid)
        while more and tuple(more[0].values()) in headers:
            del more[0]
        rows += more
    return {(r, c): text for r, row in enumerate(rows) for c, text in row.items()}


def _rows(grid: Grid) -> list[dict[int, str]]:
    rows: list[dict[int, str]] = [{} for _ in range(max((r for r, _ in grid), default=-1) + 1)]
    for (r, c), text in sorted(grid.items()):
        rows[r][c] = text
    return rows


def _folded(text: str) -> str:
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))


def laid_on_form(path: Path, grids: Sequence[Grid]) -> list[Grid]:
    """Tables of flattened text: the n-th cell of a row is the n-th that begins there on the official form."""
    truth = json.loads((CORPUS / "forms" / "truth" / f"{path.name[:2]}.json").read_text(encoding="utf-8"))
    places: list[dict[int, list[int]]] = []
    for table in (block["table"] for block in truth if block["k"] == "t"):
        begins: dict[int, list[int]] = {}
        for cell in table["cells"]:
            begins.setdefault(cell["r"], []).append(cell["c"])
        places.append({r: sorted(columns) for r, columns in begins.items()})
    laid = []
    for grid, rows in zip(grids, places, strict=False):
        ours = [list(row.values()) for row in _rows(grid)]
        laid.append(
            {
                (r, c): text
                for r, row in enumerate(ours)
                for c, text in zip(rows.get(r, []), row, strict=False)
            }
        )
    return laid


# Measuring --------------------------------------------------------------------------------------------


def inner(contender: str, mode: str, paths: list[Path]) -> None:
    """What runs in a process of its own: one reading, or all files again and again."""
    read = CONTENDERS[contender]
    if mode == "cold":
        grids = read(paths[0])
        import resource

        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"memory": memory, "grids": [[[*k, v] for k, v in g.items()] for g in grids]}))
        return
    seconds = []
    for path in paths:
        read(path)
        for _ in range(WARM_RUNS):
            start = time.perf_counter()
            read(path)
            seconds.append(time.perf_counter() - start)
    print(json.dumps(seconds))


def run(contender: str, mode: str, paths: Sequence[Path], peers: str) -> tuple[float, Any] | None:
    """Seconds of the whole process and what it answered; None where it is not installed or cannot."""
    python = sys.executable if contender == OURS else peers
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [python, __file__, "--inner", contender, mode, *map(str, paths)]
    start = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment | {"PYTHONPATH": str(ROOT)}, check=False
    )
    took = time.perf_counter() - start
    if done.returncode:
        print(f"  {contender}: {(done.stderr.strip() or '?').splitlines()[-1]}", file=sys.stderr)
        return None
    return took, json.loads(done.stdout.splitlines()[-1])


def rows_of(form: str, folder: Path, peers: str) -> Iterator[tuple[str, ...]]:
    """The contenders of one form, in turn, so that drift hits all alike."""
    paths = [_file(name, folder) for name in FORMS[form]]
    names = (OURS, *READS.get(form, ()))
    cold: dict[str, list[tuple[float, Any]]] = {name: [] for name in names}
    for turn in range(COLD_RUNS):
        for path in paths:
            for name in names:
                if turn and not cold[name]:
                    continue
                found = run(name, "cold", [path], peers)
                cold[name] += [found] if found else []
    warm = {name: run(name, "warm", paths, peers) for name in names if cold[name]}
    base = warm.get(OURS)
    for name in names:
        measured = warm.get(name)
        if measured is None:
            yield form, name, "not installed", "", "", "", ""
            continue
        readings = dict(zip(paths, (answer for _, answer in cold[name]), strict=False))
        right, whole = _scored(form, readings)
        median = statistics.median(measured[1])
        ratio = f"{median / statistics.median(base[1]):.1f} ×" if base else ""
        yield (
            form,
            name,
            f"{median * 1000:,.0f} ms",
            ratio,
            f"{statistics.median(s for s, _ in cold[name]) * 1000:,.0f} ms",
            f"{max(answer['memory'] for _, answer in cold[name]):,.0f} MiB",
            f"{right} of {whole}",
        )


def _scored(form: str, readings: Mapping[Path, Any]) -> tuple[int, int]:
    right = whole = 0
    for path, answer in readings.items():
        grids = [{(r, c): text for r, c, text in grid} for grid in answer["grids"]]
        a, b = score(path, laid_on_form(path, grids) if form == "text" else grids)
        right, whole = right + a, whole + b
    return right, whole


def _file(name: str, folder: Path) -> Path:
    """A file of the corpus; an MHTML archive is made of the page."""
    path = CORPUS / "forms" / name
    if path.suffix != ".mhtml":
        return path
    made = folder / name
    made.write_bytes(archived(path.with_suffix(".html").read_bytes()))
    return made


def archived(page: bytes) -> bytes:
    """A page as browsers archive it, its bytes as they are."""
    whole, part = EmailMessage(), EmailMessage()
    whole["From"] = "<Saved by Blink>"
    part.set_content(page, "text", "html", cte="base64")
    part["Content-Location"] = "https://example.test/report.html"
    whole.make_related()
    whole.attach(part)
    return whole.as_bytes()


# Whole commands, and many reports ---------------------------------------------------------------------


def commands(folder: Path) -> Iterator[tuple[str, ...]]:
    """`checker facts FILE` from start to exit; in turn over the forms."""
    seconds: dict[str, list[float]] = {form: [] for form in FORMS}
    memory: dict[str, float] = dict.fromkeys(FORMS, 0.0)
    probe = (
        "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for turn in range(COLD_RUNS + 1):
        for form, names in FORMS.items():
            path = str(_file(names[0], folder))
            command = [sys.executable, "-m", "checker", "facts", path, "--format", "json"]
            start = time.perf_counter()
            line = subprocess.run(
                [sys.executable, "-c", probe, *command],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
                env=environment,
            ).stdout
            took = time.perf_counter() - start
            seconds[form] += [took] if turn else []
            memory[form] = max(memory[form], int(line) / 1024)
    for form, measured in seconds.items():
        yield form, f"{statistics.median(measured) * 1000:,.0f} ms", f"{memory[form]:,.0f} MiB"


def mixed(many: int) -> dict[str, Any]:
    """Reports of all forms through `checker.assess` in this process; its size as it goes on, in MiB."""
    import resource

    import checker

    forms = [CORPUS / "forms" / name for names in FORMS.values() for name in names if ".mhtml" not in name]
    found = [p for p in (CORPUS / "reports").glob("*/*") if p.suffix in (".txt", ".html", ".pdf")]
    paths = sorted([*forms, *found])
    sizes: dict[int, float] = {}
    start = time.perf_counter()
    refused, largest = 0, 0.0
    for number in range(1, many + 1):
        try:
            checker.assess(paths[(number * 7) % len(paths)])
        except checker.InputError:
            refused += 1
        largest = max(largest, *_workers(), 0.0)
        if number in (10, many // 2, many):
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            sizes[number] = pages * resource.getpagesize() / 1024**2
    return {
        "sizes": sizes,
        "each": (time.perf_counter() - start) / many,
        "refused": refused,
        "worker": largest,
    }


def _workers() -> Iterator[float]:
    """The most memory each process started here has held, in MiB."""
    for listed in Path("/proc/self/task").glob("*/children"):
        for child in listed.read_text(encoding="ascii").split():
            status = Path(f"/proc/{child}/status").read_text(encoding="ascii", errors="replace")
            yield from (int(kib) / 1024 for kib in re.findall(r"^VmHWM:\s+(\d+)", status, re.M))


def page(options: argparse.Namespace) -> str:
    forms = options.form or list(FORMS)
    with tempfile.TemporaryDirectory() as name:
        rows = [row for form in forms for row in rows_of(form, Path(name), options.peers)]
        whole = [] if options.form else list(commands(Path(name)))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    parts = [
        f"{machine}, Python {platform.python_version()}",
        _table(("form", "reader", "warm", "against ours", "cold", "peak memory", "numbers right"), rows, 2),
    ]
    if not options.form:
        parts.append(_table(("`checker facts`", "whole process", "peak memory"), whole))
        parts.append(_told(mixed_apart(options.reports)))
    return "\n\n".join(parts) + "\n"


def mixed_apart(many: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--mixed", str(many)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _told(result: Mapping[str, Any]) -> str:
    sizes = ", ".join(f"{size:.0f} MiB after {number}" for number, size in result["sizes"].items())
    many = list(result["sizes"])[-1]
    return (
        f"{many} reports of all forms through `checker.assess` in one process: {sizes};"
        f" {result['each']:.2f} s a report, the largest worker {result['worker']:.0f} MiB;"
        f" {result['refused']} refused."
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """words: how many columns hold words, at the left."""
    sides = ["---"] * words + ["--:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, sides, *rows))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--form", action="append", choices=FORMS)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--inner", nargs="+")
    parser.add_argument("--mixed", type=int)
    options = parser.parse_args()
    if options.inner:
        contender, mode, *paths = options.inner
        inner(contender, mode, list(map(Path, paths)))
    elif options.mixed:
        print(json.dumps(mixed(options.mixed)))
    else:
        made = page(options)
        print(made)
        if options.write:
            _write(made)


def _write(made: str) -> None:
    before, _, rest = README.read_text(encoding="utf-8").partition(MARK)
    README.write_text(f"{before}{MARK}\n\n{made}\n{rest[rest.index(END) :]}", encoding="utf-8")


if __name__ == "__main__":
    main()
