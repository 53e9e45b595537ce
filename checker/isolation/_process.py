"""The caller's end of one process: start it, hand it a task, fetch the answer, end it.

The process is started plainly and not with multiprocessing, whose children import the caller's main
module again and whose parent waits for ever where they cannot.
"""

import atexit
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from checker.isolation import _frames

_HOME = str(Path(__file__).resolve().parents[2])
_SHOWN = "CHECKER_TRACEBACK"
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", _SHOWN)
_alive: "set[Process]" = set()


class Process:
    """One that answers tasks in turn. answered: how many it has; since: when it was last free, monotonic."""

    def __init__(self, warm: Callable[[], object] | None, guarded: bool) -> None:
        """Raises OSError where the system starts no process."""
        self.answered = 0
        self.since = time.monotonic()
        self._guarded = guarded
        self._owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-I", "-S", "-c", _program(warm, guarded)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if _SHOWN in os.environ else subprocess.DEVNULL,
            bufsize=0,
            env=_environment() if guarded else None,
        )
        _alive.add(self)

    def is_ours(self) -> bool:
        """Whether it can be used: not where the caller was forked off the process that started it."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, seconds: int, memory: int, task: bytes) -> bytes | None:
        """Its answer, packed; None where it ended without one. Waits."""
        into, out_of = cast(Any, self._process.stdin), cast(Any, self._process.stdout)
        try:
            _frames.send(into, f"{seconds} {memory}".encode())
            _frames.send(into, task)
            answer = _frames.receive(out_of)
        except (OSError, ValueError):  # it is gone, or was ended by the caller
            return None
        self.answered += 1
        return answer

    def unpacked(self, packed: bytes) -> _frames.Answer:
        answer = _frames.unpack(packed) if self._guarded else pickle.loads(packed)  # noqa: S301
        return cast(_frames.Answer, answer)

    def end(self, grace: float = 0) -> int:
        """Kill it unless it ends by itself within so many seconds; the code, negative for a signal."""
        _alive.discard(self)
        if self._owner != os.getpid():
            return 0
        try:
            return self._process.wait(grace) if grace else self._killed()
        except subprocess.TimeoutExpired:
            return self._killed()

    def close(self) -> None:
        """Give back what it was talked to through, once nobody does."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _killed(self) -> int:
        self._process.kill()
        return self._process.wait()


def _program(warm: Callable[[], object] | None, guarded: bool) -> str:
    warming = f"from {warm.__module__} import {warm.__name__} as warm" if warm else "warm = None"
    return (
        f"import sys; sys.path[:] = {[*sys.path, _HOME]!r}; "
        f"from checker.isolation import serving; {warming}; serving.serve(warm, {guarded})"
    )


def _environment() -> dict[str, str]:
    """Nothing a parser taken over could make use of."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ}


@atexit.register
def _end_all() -> None:
    for process in tuple(_alive):
        process.end()
