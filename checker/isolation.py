"""Work that is not trusted, in a process of its own with limits on memory and time.

Expressions of a ruleset that did not come with the package are bounded in steps but not in memory,
so they are evaluated here. POSIX limits are used where the platform has them; the wall clock always.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

SECONDS = 60
MEMORY = 2 * 1024**3


def run(
    what: Bilingual, work: Callable[..., T], *arguments: object, seconds: int = SECONDS, memory: int = MEMORY
) -> T:
    """work(*arguments) in a fresh process; arguments and result must pickle.

    Exceptions of the work are raised here. Raises InputError naming `what` if a limit ended it.
    """
    import multiprocessing  # 15 ms that only a foreign ruleset need pay

    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, work, arguments, seconds, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise _stopped(what, seconds, memory)
        answer: tuple[T | None, Exception | None] = ours.recv()
    except EOFError:
        raise _stopped(what, seconds, memory) from None
    finally:
        process.kill()
        process.join()
        ours.close()
    result, error = answer
    if error is not None:
        raise error
    return cast(T, result)


def _child(
    answer: "Connection",
    work: Callable[..., object],
    arguments: tuple[object, ...],
    seconds: int,
    memory: int,
) -> None:
    _limit(seconds, memory)
    try:
        answer.send((work(*arguments), None))
    except MemoryError:
        answer.close()
    except Exception as error:  # handed over whole, to be raised by the caller
        answer.send((None, error))


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _stopped(what: Bilingual, seconds: int, memory: int) -> InputError:
    size = memory // 1024**2
    message = Bilingual(
        f"{what.zh}超出限制（{seconds} 秒、{size} MiB 内存），已停止",
        f"{what.en} exceeded its limits ({seconds} s, {size} MiB of memory) and was stopped",
    )
    return InputError([Problem("limit", message)])
