"""Work apart: results and exceptions come back, limits, crashes and what is not allowed end it."""

import json
import operator
import os
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from checker import isolation
from checker.bilingual import Bilingual
from checker.errors import InputError, Problem, RulesetError
from checker.isolation import Limits, Pool, Subject
from checker.isolation._frames import Answer, unpack
from checker.location import Location
from tests import misbehaving

WHAT = Bilingual("这项工作", "this work")
FILE = Subject(WHAT, Location("report.pdf"), Bilingual("另存一份", "save it anew"))
LIMITS = Limits(10, 1024**3)


def refused(work: Callable[..., object], *arguments: object, limits: Limits = LIMITS) -> Problem:
    """What is said where guarded work does not come to an end of its own."""
    pool = Pool(guarded=True)
    with pool.start(FILE, limits, work, *arguments) as pending, pytest.raises(InputError) as caught:
        pending.result()
    (problem,) = caught.value.problems
    assert problem.location == FILE.location
    assert problem.fix == FILE.advice
    return problem


def test_result_and_exception_come_back() -> None:
    assert isolation.run(WHAT, operator.add, 2, 3) == 5
    with pytest.raises(ValueError, match="Expecting value"):
        isolation.run(WHAT, json.loads, "x")


def test_an_exception_tells_where_it_was_raised() -> None:
    with pytest.raises(KeyError) as caught:
        isolation.run(WHAT, misbehaving.raise_otherwise)
    assert "misbehaving.py" in "".join(caught.value.__notes__)


def test_our_errors_survive_the_way_back() -> None:
    error = RulesetError([Problem("x", Bilingual("坏了", "broken"))])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is RulesetError
    assert back.problems == error.problems


def test_whatever_pickles_comes_back() -> None:
    values = (re.compile("一"), Decimal("1.50"), date(2024, 1, 2), FILE, LIMITS, {1, 2}, 1j, len, Path("a"))
    assert isolation.run(WHAT, misbehaving.same, values) == values


def test_a_fault_of_guarded_work_names_the_file() -> None:
    pool, said = Pool(guarded=True), r"this work report\.pdf: KeyError: 'x'"
    with pool.start(FILE, LIMITS, misbehaving.raise_otherwise) as pending:  # noqa: SIM117
        with pytest.raises(RuntimeError, match=said) as caught:
            pending.result()
    assert "misbehaving.py" in "".join(caught.value.__notes__)


def test_the_wall_clock_ends_it() -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match="exceeded its limit of 2 s"):
        isolation.run(WHAT, time.sleep, 30, seconds=2)
    assert time.monotonic() - start < 25


def test_the_processor_ends_it_where_the_caller_does_not() -> None:
    pytest.importorskip("resource")
    problem = refused(misbehaving.loop, limits=Limits(1, 1024**3))
    assert problem.code == "time-limit"
    assert "1 秒" in problem.message.zh


def test_the_memory_limit_ends_it() -> None:
    with pytest.raises(InputError, match="exceeded its limit of 2048 MB"):
        isolation.run(WHAT, bytearray, 3 * 1024**3)


@pytest.mark.parametrize("work", [misbehaving.fill, misbehaving.answer_at_length])
def test_memory_filled_step_by_step(work: Callable[[], object]) -> None:
    pytest.importorskip("resource")
    problem = refused(work, limits=Limits(30, 700 * 1024**2))
    assert problem.code == "memory-limit"


@pytest.mark.parametrize(
    ("work", "name"), [(misbehaving.abort, "SIGABRT"), (misbehaving.segfault, "SIGSEGV")]
)
def test_a_crash_is_an_error_about_the_file(work: Callable[[], object], name: str) -> None:
    problem = refused(work)
    assert problem.code == "crashed"
    assert name in problem.message.zh
    assert name in problem.message.en


@pytest.mark.parametrize(
    ("work", "tried"),
    [
        (misbehaving.connect, "连接网络"),
        (misbehaving.look_up, "连接网络"),
        (misbehaving.start_a_program, "启动程序"),
        (misbehaving.fork, "启动程序"),
        (misbehaving.shell, "启动程序"),
    ],
)
def test_what_may_not_be_done(work: Callable[[], object], tried: str) -> None:
    problem = refused(work)
    assert problem.code == "not-allowed"
    assert tried in problem.message.zh


@pytest.mark.parametrize(
    "work",
    [
        misbehaving.write,
        misbehaving.append,
        misbehaving.create,
        misbehaving.remove,
        misbehaving.link,
        misbehaving.rename,
    ],
)
def test_no_file_is_changed(tmp_path: Path, work: Callable[[str], object]) -> None:
    there = tmp_path / "there.txt"
    there.write_text("as it was", encoding="utf-8")
    problem = refused(work, str(there))
    assert problem.code == "not-allowed"
    assert "改动文件" in problem.message.zh
    assert [p.name for p in tmp_path.iterdir()] == ["there.txt"]
    assert there.read_text(encoding="utf-8") == "as it was"


def test_native_code_writes_no_file(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    there = tmp_path / "there.txt"
    assert refused(misbehaving.write_natively, str(there)).code == "not-allowed"
    assert not there.exists() or there.stat().st_size == 0


def test_secrets_of_the_caller_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "x")
    with Pool(guarded=True).start(FILE, LIMITS, misbehaving.environment) as pending:
        assert "SOME_TOKEN" not in pending.result()


def test_what_parsers_print_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with Pool(guarded=True).start(FILE, LIMITS, misbehaving.print_everywhere) as pending:
        assert pending.result() == "said"
    assert capfd.readouterr() == ("", "")


def test_only_nouns_of_ours_come_back() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("exit 3",)

    for value in (Evil(), os.system, subprocess.Popen, isolation.run, Path.unlink, pickle.loads):
        packed = pickle.dumps(Answer(value))
        with pytest.raises(pickle.UnpicklingError):
            unpack(packed)
    renamed = pickle.dumps(Answer(Location("x"))).replace(b"checker.location", b"checker.reading.")
    with pytest.raises((pickle.UnpicklingError, ImportError)):
        unpack(renamed)
    assert unpack(pickle.dumps(Answer(Location("x")))).result == Location("x")


def test_a_process_that_fails_otherwise_is_no_limit() -> None:
    with pytest.raises(RuntimeError, match="this work ended with code 3"):
        isolation.run(WHAT, os._exit, 3)


def test_where_the_system_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    pool = Pool(guarded=True)
    pool.prepare()
    with pytest.raises(InputError) as caught:
        pool.start(FILE, LIMITS, os.getpid)
    assert caught.value.problems[0].code == "no-process"


# Processes that are used again


def pid_of(pool: Pool) -> int:
    with pool.start(FILE, LIMITS, os.getpid) as pending:
        return pending.result()


def test_a_process_answers_so_many_tasks() -> None:
    pool = Pool(guarded=True, uses=3)
    seen = [pid_of(pool) for _ in range(7)]
    assert [seen.index(pid) for pid in seen] == [0, 0, 0, 3, 3, 3, 6]
    assert os.getpid() not in seen


def test_the_memory_of_the_caller_is_not_that_of_the_process() -> None:
    held = bytearray(400 * 1024**2)
    pool = Pool(guarded=True, uses=9)
    assert pid_of(pool) == pid_of(pool)
    assert held[-1] == 0


def test_a_process_started_ahead_is_the_one_used() -> None:
    pool = Pool(guarded=True)
    pool.prepare()
    (process,) = pool._idle
    pool.prepare()
    assert pool._idle == [process]
    assert pid_of(pool) == process._process.pid


@pytest.mark.parametrize("work", [misbehaving.abort, misbehaving.connect, misbehaving.refuse])
def test_after_a_failure_a_new_one(work: Callable[[], object]) -> None:
    pool = Pool(guarded=True, uses=9)
    first = pid_of(pool)
    refused_by(pool, work)
    assert pid_of(pool) != first


def refused_by(pool: Pool, work: Callable[[], object]) -> None:
    with pool.start(FILE, LIMITS, work) as pending, pytest.raises(InputError):
        pending.result()


def test_after_much_memory_a_new_one() -> None:
    pytest.importorskip("resource")
    pool = Pool(guarded=True, uses=9)
    with pool.start(FILE, LIMITS, misbehaving.take, 400 * 1024**2) as pending:
        large = pending.result()
    assert pid_of(pool) != large


def test_work_nobody_waits_for_is_ended() -> None:
    pool = Pool(guarded=True, uses=9)
    with pool.start(FILE, LIMITS, time.sleep, 600) as pending:
        process = pending._process
    assert process is not None
    assert process._process.returncode is not None
    assert not pool._idle


def test_two_at_once_are_two_processes() -> None:
    pool = Pool(guarded=True, uses=9)
    with pool.start(FILE, LIMITS, os.getpid) as one, pool.start(FILE, LIMITS, os.getpid) as other:
        assert one.result() != other.result()


def test_a_process_that_died_while_it_waited_is_not_used() -> None:
    pool = Pool(guarded=True, uses=9)
    first = pid_of(pool)
    os.kill(first, 9)
    pool._idle[0]._process.wait()
    assert pid_of(pool) != first


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_fork_of_the_caller_uses_its_own() -> None:
    program = (
        "import os, sys\n"
        "from checker.isolation import Limits, Pool, Subject\n"
        "from checker.bilingual import Bilingual\n"
        "pool = Pool(guarded=True, uses=9)\n"
        "def pid():\n"
        "    with pool.start(Subject(Bilingual('', '')), Limits(10, 1024**3), os.getpid) as pending:\n"
        "        return pending.result()\n"
        "first = pid()\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    sys.exit(0 if pid() != first else 3)\n"
        "code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n"
        "sys.exit(code or (0 if pid() == first else 4))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, timeout=30)
    assert done.returncode == 0


ROOT = Path(isolation.__file__).parents[2]


def test_nothing_is_left_behind_by_a_caller_that_is_killed() -> None:
    program = (
        "import os, signal\n"
        "from checker import reading\n"
        "reading.prepare()\n"
        "print(reading._POOL._idle[0]._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, timeout=30, capture_output=True
    )
    worker = int(done.stdout)
    until = time.monotonic() + 30
    while time.monotonic() < until and runs(worker):
        time.sleep(0.1)
    assert not runs(worker)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


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
