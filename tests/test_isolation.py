"""Work apart: results and exceptions come back, limits end it."""

import json
import operator
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker import isolation
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError

WHAT = Bilingual("这项工作", "this work")


def test_result_and_exception_come_back() -> None:
    assert isolation.run(WHAT, operator.add, 2, 3) == 5
    with pytest.raises(ValueError, match="Expecting value"):
        isolation.run(WHAT, json.loads, "x")


def test_our_errors_survive_the_way_back() -> None:
    error = RulesetError([Problem("x", Bilingual("坏了", "broken"))])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is RulesetError
    assert back.problems == error.problems


def test_the_wall_clock_ends_it() -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match="exceeded its limit of"):
        isolation.run(WHAT, time.sleep, 30, seconds=2)
    assert time.monotonic() - start < 25


def test_the_memory_limit_ends_it() -> None:
    with pytest.raises(InputError, match="exceeded its limit of"):
        isolation.run(WHAT, bytearray, 3 * 1024**3)


def test_a_process_that_fails_otherwise_is_no_limit() -> None:
    with pytest.raises(RuntimeError, match="this work ended with code 3"):
        isolation.run(WHAT, os._exit, 3)


def test_callers_that_cannot_be_imported_again(root: Path, tmp_path: Path) -> None:
    program = (
        "import operator\n"
        "from checker import isolation\n"
        "from checker.bilingual import Bilingual\n"
        "print(isolation.run(Bilingual('', ''), operator.add, [1] * 300_000, [2])[-1])\n"
    )
    unguarded = tmp_path / "unguarded.py"
    unguarded.write_text(program, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for name, given in ((str(unguarded), ""), ("-", program)):
        done = subprocess.run(
            [sys.executable, name],
            input=given,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert done.stdout == "2\n", done.stderr
