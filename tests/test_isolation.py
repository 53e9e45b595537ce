"""Work apart: results and exceptions come back, limits end it."""

import json
import operator
import pickle
import time

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
    with pytest.raises(InputError, match="exceeded its limits"):
        isolation.run(WHAT, time.sleep, 30, seconds=2)
    assert time.monotonic() - start < 10


def test_the_memory_limit_ends_it() -> None:
    with pytest.raises(InputError, match="exceeded its limits"):
        isolation.run(WHAT, bytearray, 3 * 1024**3)
