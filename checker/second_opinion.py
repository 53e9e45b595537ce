"""A DOC or WPS report read a second time, by way of LibreOffice where that is installed.

No part of `assess`: a record must not depend on what else a machine has. Two readings by independent
programs that agree are worth more than either; where they do not, a person looks.

LibreOffice runs outside the worker that reads, whose limits it could not keep, in a process group and with
a profile of its own: without macros, links or network, with a wall clock and limits of memory and disk.
The DOCX it makes is then read like any other.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from checker.bilingual import Bilingual
from checker.errors import InputError, Problem
from checker.location import Location

SECONDS = 90
MEMORY = 2 * 1024**3
LARGEST = 200 * 1024**2
"""Bytes of any file LibreOffice writes."""
_PROGRAMS = ("soffice", "libreoffice")
_NOWHERE = "127.0.0.1:9"
"""No proxy answers there."""
_PROFILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>\n"
)
_SCRIPTING, _PROXY = "Office.Common/Security/Scripting", "Inet/Settings"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    (_PROXY, "ooInetProxyType", "2"),
    *((_PROXY, f"ooInet{kind}ProxyName", _NOWHERE.partition(":")[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *((_PROXY, f"ooInet{kind}ProxyPort", _NOWHERE.partition(":")[2]) for kind in ("HTTP", "HTTPS", "FTP")),
)


@dataclass(frozen=True, slots=True)
class Reread:
    """The report as LibreOffice's DOCX. program: its name and version."""

    data: bytes
    program: str


def reread(data: bytes, file: str, seconds: int = SECONDS) -> Reread:
    """The report converted by LibreOffice. Raises InputError where it is not installed, does not end in
    time, or makes nothing."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise _not_installed(file)
    with tempfile.TemporaryDirectory(prefix="checker-") as name:
        folder = Path(name)
        _write_profile(folder)
        given = folder / "report.doc"
        given.write_bytes(data)
        _run(_command(program, folder, given), folder, file, seconds)
        made = folder / "out" / "report.docx"
        # Of a broken file LibreOffice makes nothing and yet ends with code 0.
        if not made.is_file() or not made.stat().st_size:
            raise _refusal(
                "nothing-converted",
                file,
                "LibreOffice 没有转换出文件，不能读第二遍",
                "LibreOffice converted nothing, so that there is no second reading",
            )
        return Reread(made.read_bytes(), _version(program, folder))


def _write_profile(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _command(program: str, folder: Path, given: Path) -> list[str]:
    """Of a file that is no Word document it would read the bytes as text, were its kind not named."""
    quiet = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    kinds = ["--infilter=MS Word 97", "--convert-to", "docx:MS Word 2007 XML"]
    where = ["--outdir", str(folder / "out"), str(given)]
    return [program, *quiet, _profile(folder), *kinds, *where]


def _profile(folder: Path) -> str:
    return f"-env:UserInstallation={(folder / 'profile').as_uri()}"


def _environment(folder: Path) -> Mapping[str, str]:
    """As little of ours as it needs; what looks for a proxy finds none that answers."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    proxies = {f"{kind}_proxy": f"http://{_NOWHERE}" for kind in ("http", "https", "ftp", "all")}
    return {**kept, **proxies, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}


def _run(command: Sequence[str], folder: Path, file: str, seconds: int) -> None:
    """Run to its end, or kill it with all it started."""
    process = subprocess.Popen(  # noqa: S603 - found on the path, fixed arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
        preexec_fn=None if sys.platform == "win32" else _limit,  # noqa: PLW1509 - no threads here
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise _refusal(
            "time-limit",
            file,
            f"LibreOffice 在 {seconds} 秒内没有转换完，已停止",
            f"LibreOffice did not finish within {seconds} seconds and was stopped",
        ) from None
    finally:
        _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limit() -> None:
    import resource

    for which, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        ceiling = resource.getrlimit(which)[1]
        most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(which, (most, most))


def _version(program: str, folder: Path) -> str:
    """`LibreOffice 7.4.7.2`."""
    try:
        done = subprocess.run(  # noqa: S603 - as above
            [program, "--version", _profile(folder)],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=_environment(folder),
        )
    except subprocess.TimeoutExpired:
        return "LibreOffice"
    return " ".join(done.stdout.decode(errors="replace").split()[:2]) or "LibreOffice"


def _not_installed(file: str) -> InputError:
    fix = Bilingual(
        "安装 LibreOffice 后再试，或者给出两个文件来比较",
        "install LibreOffice, or name two files to compare",
    )
    zh, en = (
        "没有安装 LibreOffice，不能读第二遍",
        "LibreOffice is not installed, so that there is no second reading",
    )
    return InputError([Problem("no-libreoffice", Bilingual(zh, en), Location(file), fix=fix)])


def _refusal(code: str, file: str, zh: str, en: str) -> InputError:
    return InputError([Problem(code, Bilingual(zh, en), Location(file))])
