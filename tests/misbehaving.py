"""What a parser taken over, or a bad one, might do where it reads: run by processes of the tests only."""

import ctypes
import os
import signal
import socket
import subprocess
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem


def abort(*_: object) -> None:
    os.abort()


def segfault(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def loop(*_: object) -> None:
    while True:
        pass


def fill(*_: object) -> None:
    taken = []
    while True:
        taken.append(b"x" * 1_000_000 + os.urandom(1))


def take(size: int) -> int:
    held = bytearray(os.urandom(1) * size)
    return os.getpid() if held else 0


def answer_at_length(*_: object) -> bytes:
    """More than is taken, and little enough to be held."""
    return bytes(300 * 1024**2)


def connect(*_: object) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def look_up(*_: object) -> None:
    socket.getaddrinfo("localhost", 80)


def start_a_program(*_: object) -> None:
    subprocess.run(["true"], check=False)


def fork(*_: object) -> None:
    if os.fork() == 0:
        os._exit(0)


def shell(*_: object) -> None:
    os.system("true")


def write(path: str) -> None:
    Path(path).write_text("changed", encoding="utf-8")


def append(path: str) -> None:
    with Path(path).open("ab") as file:
        file.write(b"changed")


def create(path: str) -> None:
    os.close(os.open(f"{path}.new", os.O_CREAT | os.O_WRONLY))


def remove(path: str) -> None:
    Path(path).unlink()


def link(path: str) -> None:
    Path(f"{path}.new").symlink_to(path)


def rename(path: str) -> None:
    Path(path).rename(f"{path}.new")


def write_natively(path: str) -> None:
    libc = ctypes.CDLL(None)
    file = libc.creat(path.encode(), 0o600)
    libc.write(file, b"x", 1)


def environment(*_: object) -> dict[str, str]:
    return dict(os.environ)


def print_everywhere(*_: object) -> str:
    print("from Python")
    os.write(1, b"to one\n")
    os.write(2, b"to two\n")
    ctypes.CDLL(None).puts(b"from C")
    ctypes.CDLL(None).fflush(None)
    return "said"


def refuse(*_: object) -> None:
    raise InputError([Problem("x", Bilingual("坏了", "broken"))])


def raise_otherwise(*_: object) -> None:
    raise KeyError("x")


def same(value: object) -> object:
    """What does as it should."""
    return value
