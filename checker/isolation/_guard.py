"""What work that is not trusted may not do: use more than its share, write, connect, start programs.

Limits of the system bind native code too; the audit hook binds Python and says what was tried.
"""

import os
import signal
import sys
from collections.abc import Callable

REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "pty.spawn",
    "shutil.",
    "tempfile.",
    "winreg.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class RefusedError(PermissionError):
    """The work tried what it may not; says what by the name of the audit event."""


def limit(seconds: int, memory: int) -> None:
    """From here on at most so many seconds more of the processor, and so much address space."""
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime)
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, used + seconds + 1)
    _lower(resource.RLIMIT_CORE, 0)


def largest() -> int:
    """Bytes of memory this process has held at once; 0 where the platform does not tell."""
    try:
        # What getrusage tells on Linux begins with what the process that started this one has held.
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123 - no import
            return int(status.read().partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError, ValueError):
        return _largest_by_usage()


def _largest_by_usage() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def forbid() -> None:
    """From here on no file is written, nothing is connected to and no program started. For good."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:
        pass
    else:
        _lower(resource.RLIMIT_FSIZE, 0)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # ends native code that writes; Python ignores it
        _lower(resource.RLIMIT_NPROC, 0)
    sys.addaudithook(_hook())


def _lower(which: int, most: int) -> None:
    """Set a soft limit; it can be set again, but never above a limit of the caller's."""
    import resource

    ceiling = resource.getrlimit(which)[1]
    soft = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(which, (soft, ceiling))


def _hook() -> Callable[[str, tuple[object, ...]], None]:
    refused, writes = REFUSED, _WRITES

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            flags = arguments[2]
            if isinstance(flags, int) and flags & writes:
                raise RefusedError(event)
        elif event.startswith(refused):
            raise RefusedError(event)

    return hook
