"""`make fuzz`: every target in turn, some seconds each; what was found is kept, shrunk and told.

python -m tests.fuzz.run --seconds 600 [--target html --target docx]
python -m tests.fuzz.run --again FILE --target html      one input once more, with its traceback
python -m tests.fuzz.run --shrink FILE --target html     the same failure with fewer bytes

Inputs that reached something new stay in .fuzz/ and are where the next run begins. A failure that ends the
process itself (a parser in C) is told apart: in use the worker process contains it.
"""

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz import shrinking
from tests.fuzz.targets import TARGETS, inputs

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".fuzz"
LONGEST_INPUT_SECONDS = 25
MOST_MEMORY = 2_048
"""MiB of the whole process; a reading worker may use half of it, or as much for a DOC."""
RESTARTS = 8

_EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)|^#(\d+)\s", re.M)
_COVERED = re.compile(r"\bcov: (\d+)")
_ARTIFACT = re.compile(r"Test unit written to (\S+)")
_OWN = re.compile(r"fuzz/(one|targets)\.py")
_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')


@dataclass(slots=True)
class Outcome:
    """What came of one target. found: each failure with its first input; again: how often it came."""

    executed: int = 0
    covered: int = 0
    found: dict[str, Path | None] = field(default_factory=dict)
    again: Counter[str] = field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--target", action="append", choices=TARGETS)
    parser.add_argument("--again", type=Path)
    parser.add_argument("--shrink", type=Path)
    options = parser.parse_args()
    names = options.target or list(TARGETS)
    if options.again:
        TARGETS[names[0]].run(options.again.read_bytes())
        return
    if options.shrink:
        shrunk = shrinking.shrunk(TARGETS[names[0]].run, options.shrink.read_bytes())
        print(f"{len(shrunk)} bytes: {shrunk!r}")
        return
    outcomes = {name: fuzz(name, max(1, options.seconds // len(names))) for name in names}
    print(f"\n{'target':8}{'inputs':>10}{'covered':>10}  failures")
    for name, outcome in outcomes.items():
        print(f"{name:8}{outcome.executed:>10,}{outcome.covered:>10,}  {len(outcome.found)}")
    sys.exit(any(outcome.found for outcome in outcomes.values()))


def fuzz(name: str, seconds: int) -> Outcome:
    """Run one target until its time is up, beginning again after each failure."""
    corpus, failures = KEPT / name, KEPT / "failures"
    for folder in (corpus, failures):
        folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(inputs(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    words = (*TARGETS[name].words, "0")
    dictionary = "".join(f'"{_escaped(word)}"\n' for word in words)
    (KEPT / f"{name}.dict").write_text(dictionary, encoding="ascii")
    outcome = Outcome()
    end = time.monotonic() + seconds
    for _ in range(RESTARTS):
        left = int(end - time.monotonic())
        if left < 1 or not _once(name, left, outcome):
            break
    return outcome


def _once(name: str, seconds: int, outcome: Outcome) -> bool:
    """One process of the fuzzer; whether it ended with a failure."""
    print(f"{name}: {seconds} s", flush=True)
    command = [
        *(sys.executable, "-m", "tests.fuzz.one", name),
        *(f"-max_total_time={seconds}", f"-timeout={LONGEST_INPUT_SECONDS}", f"-rss_limit_mb={MOST_MEMORY}"),
        *(f"-max_len={TARGETS[name].longest}", f"-dict={KEPT / name}.dict", "-print_final_stats=1"),
        *(f"-artifact_prefix={KEPT / 'failures' / name}-", "-reload=0", str(KEPT / name)),
    ]
    told, code = _watched(command, seconds + 5 * LONGEST_INPUT_SECONDS)
    outcome.executed += max((int(a or b) for a, b in _EXECUTED.findall(told)), default=0)
    outcome.covered = max([outcome.covered, *map(int, _COVERED.findall(told))])
    if not code:
        return False
    failure = described(told, code)
    artifact = _ARTIFACT.search(told)
    if failure not in outcome.found:
        outcome.found[failure] = Path(artifact[1]) if artifact else None
        print(f"  {failure}\n  {outcome.found[failure] or told[-2_000:]}", flush=True)
    outcome.again[failure] += 1
    return True


def _watched(command: list[str], seconds: int) -> tuple[str, int]:
    """What a process said and the code it ended with; ended here where it does not end itself."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired as hung:
        return (hung.stderr or b"").decode(errors="replace") + "\nlibFuzzer: timeout", -1
    return (done.stderr + done.stdout).decode(errors="replace"), done.returncode


def described(told: str, code: int) -> str:
    """A failure in one line: what was raised and where in our code; or what ended the process."""
    _, uncaught, trace = told.partition("Uncaught Python exception")
    if uncaught:
        lines = trace.split("\n==", 1)[0].strip().splitlines()
        raised = next((line for line in lines[1:] if not line.startswith((" ", "="))), "an exception")
        frames = [f for f in _FRAME.findall("\n".join(lines)) if not _OWN.search(f[0])]
        where = f"{Path(frames[-1][0]).name}:{frames[-1][1]} in {frames[-1][2]}" if frames else "the harness"
        return f"{raised[:160]} ({where})"
    if "libFuzzer: timeout" in told:
        return f"longer than {LONGEST_INPUT_SECONDS} s for one input"
    if "libFuzzer: out-of-memory" in told:
        return f"more than {MOST_MEMORY} MiB"
    if "libFuzzer: deadly signal" in told:
        return f"the process ended ({code}): a crash in C, which the reading worker contains"
    return f"the fuzzer itself ended ({code}): {told.strip().splitlines()[-1][:200]}"


def _escaped(word: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02X}" for b in word.encode())


if __name__ == "__main__":
    main()
