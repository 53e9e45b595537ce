"""How work ended that gave no answer, told to whoever handed in what it worked on."""

import signal
from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location

OUT_OF_MEMORY = 12
"""Exit code of a process that could not even answer that it has too little memory."""

_MEGABYTE = 1024**2
_PROGRAMS = (
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "pty.",
)
_CODES = 256
"""Exit codes from here on are how Windows tells a crash."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of the wall clock and of the processor; bytes of address space."""

    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What is done, as a noun phrase; the file it is done to; what its owner might do about a failure."""

    what: Bilingual
    location: Location | None = None
    advice: Bilingual | None = None


def without_answer(subject: Subject, limits: Limits, code: int) -> InputError | RuntimeError:
    """Why a process ended so. A negative code is a signal."""
    if code == -getattr(signal, "SIGXCPU", _CODES):
        return too_slow(subject, limits)
    if code == -getattr(signal, "SIGXFSZ", _CODES):
        return refused(subject, "open")
    if code in (OUT_OF_MEMORY, -getattr(signal, "SIGKILL", _CODES)):  # the system kills what takes too much
        return _out_of_memory(subject, limits)
    if code < 0 or code >= _CODES:
        return _crashed(subject, limits, code)
    return RuntimeError(f"the process of {subject.what.en} ended with code {code}")


def too_slow(subject: Subject, limits: Limits) -> InputError:
    zh, en = subject.what
    return _error(
        "time-limit",
        subject,
        f"{zh}超过 {limits.seconds} 秒的时间上限，已停止",
        f"{en} exceeded its limit of {limits.seconds} s and was stopped",
    )


def refused(subject: Subject, event: str) -> InputError:
    """event: what was tried, as the name of an audit event."""
    tried = Bilingual("改动文件", "to write a file")
    if event.startswith("socket."):
        tried = Bilingual("连接网络", "to use the network")
    elif event.startswith(_PROGRAMS):
        tried = Bilingual("启动程序", "to start a program")
    zh, en = subject.what
    return _error(
        "not-allowed", subject, f"{zh}时试图{tried.zh}，已停止", f"{en} tried {tried.en} and was stopped"
    )


def fault(subject: Subject, said: str, raised_at: str) -> RuntimeError:
    """What is no fault of the file."""
    file = f" {subject.location.file}" if subject.location else ""
    error = RuntimeError(f"{subject.what.en}{file}: {said}")
    error.add_note(raised_at)
    return error


def no_process(subject: Subject, error: OSError) -> InputError:
    zh, en = subject.what
    reason = error.strerror or type(error).__name__
    return _error(
        "no-process",
        subject,
        f"{zh}须在单独的进程中进行，系统未能启动该进程：{reason}",
        f"{en} needs a process of its own, which the system did not start: {reason}",
        advised=False,
    )


def _out_of_memory(subject: Subject, limits: Limits) -> InputError:
    zh, en = subject.what
    size = limits.memory // _MEGABYTE
    return _error(
        "memory-limit",
        subject,
        f"{zh}超过 {size} MB 的内存上限，已停止",
        f"{en} exceeded its limit of {size} MB of memory and was stopped",
    )


def _crashed(subject: Subject, limits: Limits, code: int) -> InputError:
    zh, en = subject.what
    name, size = _name(code), limits.memory // _MEGABYTE
    return _error(
        "crashed",
        subject,
        f"{zh}时解析程序崩溃（{name}）；内容可能已损坏、带有恶意，或需要的内存超过 {size} MB",
        f"{en} crashed the parser ({name}); the content may be damaged or malicious, "
        f"or needs more than {size} MB of memory",
    )


def _name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return hex(code) if code > 0 else f"signal {-code}"


def _error(code: str, subject: Subject, zh: str, en: str, advised: bool = True) -> InputError:
    fix = subject.advice if advised else None
    return InputError([Problem(code, Bilingual(zh, en), subject.location, fix=fix)])
