"""Work that is not trusted, in a process of its own with limits on memory and time.

Expressions of a ruleset that did not come with the package are bounded in steps but not in memory,
so they are evaluated here. POSIX limits are used where the platform has them; the wall clock always.

The process is started plainly and not with multiprocessing, whose children import the caller's main
module again and whose parent waits for ever where they cannot.
"""

import sys
from collections.abc import Callable
from typing import TypeVar, cast

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem

T = TypeVar("T")

SECONDS = 60
MEMORY = 2 * 1024**3
_OUT_OF_MEMORY = 12


def run(
    what: Bilingual, work: Callable[..., T], *arguments: object, seconds: int = SECONDS, memory: int = MEMORY
) -> T:
    """work(*arguments) in a fresh process; arguments and result must pickle.

    Exceptions of the work are raised here. Raises InputError naming `what` if a limit ended it,
    RuntimeError if the process failed in any other way.
    """
    import pickle
    import subprocess  # only a foreign ruleset need pay for it

    program = f"import sys; sys.path[:] = {sys.path!r}; from checker import isolation; isolation.serve()"
    task = pickle.dumps((work, arguments, seconds, memory))
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", program], input=task, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _stopped(what, seconds, memory) from None
    if done.returncode < 0 or done.returncode == _OUT_OF_MEMORY:  # a signal: a limit, or what it led to
        raise _stopped(what, seconds, memory)
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"the process of {what.en} ended with code {done.returncode}: {last}")
    answer: tuple[T | None, Exception | None] = pickle.loads(done.stdout)  # noqa: S301 - from our process
    result, error = answer
    if error is not None:
        raise error
    return cast(T, result)


def serve() -> None:
    """The other side: a task on standard input, its answer on standard output."""
    import pickle

    work, arguments, seconds, memory = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our process
    _limit(seconds, memory)
    try:
        answer = _answer(work, arguments)
    except MemoryError:
        sys.exit(_OUT_OF_MEMORY)
    sys.stdout.buffer.write(answer)


def _answer(work: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    import pickle

    try:
        return pickle.dumps((work(*arguments), None))
    except MemoryError:
        raise
    except Exception as error:  # handed over whole, to be raised by the caller
        return pickle.dumps((None, error))


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for which, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        ceiling = resource.getrlimit(which)[1]
        if ceiling != resource.RLIM_INFINITY:  # a lower limit of the caller's cannot be raised
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        resource.setrlimit(which, (soft, hard))


def _stopped(what: Bilingual, seconds: int, memory: int) -> InputError:
    size = memory // 1024**2
    message = Bilingual(
        f"{what.zh}超出限制（{seconds} 秒、{size} MiB 内存），已停止",
        f"{what.en} exceeded its limits ({seconds} s, {size} MiB of memory) and was stopped",
    )
    return InputError([Problem("limit", message)])
