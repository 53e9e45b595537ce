"""The other side: tasks on standard input, their answers on what was standard output.

Parsers may print: what they write to standard output and standard error goes nowhere.
"""

import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from typing import BinaryIO

from checker.errors import CheckerError
from checker.isolation import _guard
from checker.isolation._frames import Answer, pack, receive, send
from checker.isolation._telling import OUT_OF_MEMORY

IDLE_SECONDS = 60
_LARGE = 300 * 1024**2
"""Bytes a process has held at once beyond which it takes no more tasks."""


def serve(warm: Callable[[], object] | None, guarded: bool) -> None:
    """Answer tasks until there are no more. warm: called first. guarded: see _guard.forbid."""
    tasks, answers = _own_channels()
    if warm is not None:
        gc.disable()
        warm()
        gc.freeze()  # what was imported stays
        gc.enable()
    if guarded:
        _guard.forbid()
    while (task := _next(tasks)) is not None:
        try:
            send(answers, _answer(*task, guarded))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """Copies of standard input and output; the originals lead nowhere from here on."""
    tasks, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    return os.fdopen(tasks, "rb", 0), os.fdopen(answers, "wb", 0)


def _next(tasks: BinaryIO) -> tuple[bytes, bytes] | None:
    """The limits and the work of the next task. A process nobody has anything for ends."""
    if hasattr(signal, "alarm"):
        signal.alarm(IDLE_SECONDS)
    limits = receive(tasks)
    task = None if limits is None else receive(tasks)
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    return None if limits is None or task is None else (limits, task)


def _answer(limits: bytes, task: bytes, guarded: bool) -> bytes:
    _guard.limit(*map(int, limits.split()))
    try:
        work, arguments = pickle.loads(task)  # noqa: S301 - from the process that started this one
        return pack(Answer(work(*arguments), spent=_guard.largest() > _LARGE))
    except MemoryError:
        raise
    except _guard.RefusedError as error:
        return pack(Answer(refused=str(error)))
    except CheckerError as error:
        return pack(Answer(error=error))
    except Exception as error:
        if guarded:
            return pack(Answer(fault=(f"{type(error).__name__}: {error}", traceback.format_exc())))
        error.add_note(traceback.format_exc())  # handed over whole, to be raised by the caller
        return pack(Answer(error=error))
