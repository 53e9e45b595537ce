"""Work that is not trusted, in processes of their own with limits on memory and time.

Two kinds of work run here. Expressions of a ruleset that did not come with the package are bounded in steps
but not in memory: `run`. Files handed in are read by parsers that a file can make loop, fill the memory or
crash: a `Pool`. POSIX limits are used where the platform has them; the wall clock always.

_process.py   the caller's end of one process
_frames.py    what crosses between the two
_telling.py   how work ended that gave no answer, in words
_guard.py     what the work may not do
serving.py    the other side
"""

import pickle
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from checker.bilingual import Bilingual
from checker.isolation._telling import Limits, Subject, fault, no_process, refused, too_slow, without_answer

if TYPE_CHECKING:
    from checker.isolation._process import Process

__all__ = ["MEMORY", "SECONDS", "Limits", "Pending", "Pool", "Subject", "run"]

T = TypeVar("T")

SECONDS = 60
MEMORY = 2 * 1024**3
_LAST_MOMENTS = 5
"""Seconds a process that said nothing more may take to end."""
_FRESH = 30
"""Seconds a process may have waited for another task; it leaves of itself at serving.IDLE_SECONDS."""


def run(
    what: Bilingual, work: Callable[..., T], *arguments: object, seconds: int = SECONDS, memory: int = MEMORY
) -> T:
    """work(*arguments) in a fresh process; arguments and result must pickle.

    Exceptions of the work are raised here. Raises InputError naming `what` if a limit or a crash ended it,
    RuntimeError if the process failed in any other way.
    """
    with Pool().start(Subject(what), Limits(seconds, memory), work, *arguments) as pending:
        return pending.result()


class Pool:
    """Processes for one kind of work, one for each task under way.

    warm: a function of a module, called in a new process before its first task comes. guarded: the work may
    not write, connect or start programs, and only nouns of this package come back. uses: tasks a process
    answers one after another; one whose task raised anything answers no more.
    """

    def __init__(
        self, warm: Callable[[], object] | None = None, guarded: bool = False, uses: int = 1
    ) -> None:
        self._warm = warm
        self._guarded = guarded
        self._uses = uses
        self._idle: list[Process] = []

    def prepare(self) -> None:
        """Start a process for a task to come, where none is waiting."""
        if not self._idle:
            with suppress(OSError):  # told when it is needed
                self._idle.append(self._process())

    def start(
        self, subject: Subject, limits: Limits, work: Callable[..., T], *arguments: object
    ) -> "Pending[T]":
        """Hand over work(*arguments) and come back at once. To be left as a context, which ends the work.

        Raises InputError where the system starts no process.
        """
        try:
            return Pending(self, self._take(), subject, limits, pickle.dumps((work, arguments)))
        except OSError as error:
            raise no_process(subject, error) from error

    def keep(self, process: "Process") -> None:
        """Take back a process that answered."""
        if process.answered < self._uses and not self._idle:
            process.since = time.monotonic()
            self._idle.append(process)
        else:
            process.end()
            process.close()

    def _take(self) -> "Process":
        while self._idle:
            process = self._idle.pop()
            if process.is_ours() and time.monotonic() - process.since < _FRESH:
                return process
            process.end()
            process.close()
        return self._process()

    def _process(self) -> "Process":
        from checker.isolation._process import Process  # brings subprocess, for those only who need it

        return Process(self._warm, self._guarded)


class Pending(Generic[T]):
    """Work under way."""

    def __init__(self, pool: Pool, process: "Process", subject: Subject, limits: Limits, task: bytes) -> None:
        self._pool = pool
        self._process: Process | None = process
        self._subject = subject
        self._limits = limits
        self._deadline = time.monotonic() + limits.seconds
        self._answer: bytes | None = None
        self._thread = threading.Thread(target=self._ask, args=(process, task), daemon=True)
        self._thread.start()

    def __enter__(self) -> "Pending[T]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def result(self) -> T:
        """What the work gave, waiting for it. Once only; raises as `run`."""
        self._thread.join(max(0.0, self._deadline - time.monotonic()))
        process = self._process
        assert process is not None, "the result was fetched before, or is not wanted any more"
        if self._thread.is_alive():
            raise too_slow(self._subject, self._limits)
        if self._answer is None:
            raise without_answer(self._subject, self._limits, self._end(_LAST_MOMENTS))
        answer = process.unpacked(self._answer)
        if answer.refused is not None:
            raise refused(self._subject, answer.refused)
        if answer.fault is not None:
            raise fault(self._subject, *answer.fault)
        if answer.error is not None:
            raise answer.error
        if not answer.spent:
            self._process = None
            self._pool.keep(process)
        return cast(T, answer.result)

    def _ask(self, process: "Process", task: bytes) -> None:
        self._answer = process.ask(self._limits.seconds, self._limits.memory, task)

    def _end(self, grace: float = 0) -> int:
        if self._process is None:
            return 0
        code = self._process.end(grace)
        self._thread.join()
        self._process.close()
        self._process = None
        return code
