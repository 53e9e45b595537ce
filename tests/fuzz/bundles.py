"""A container's parts as one flat text, so that changes reach the parts and not the zip's checksums."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

_MARK = re.compile(rb"\x1e([^\x1e\n]{0,200})\n")
_MOST = 64


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Each part behind a line that names it."""
    return b"".join(b"\x1e" + name.encode() + b"\n" + part for name, part in parts.items())


def parts_of(bundle: bytes) -> list[tuple[str, bytes]]:
    """The parts of a bundle, of which a fuzzer may have changed anything; names may come twice."""
    marks = list(_MARK.finditer(bundle))[:_MOST]
    ends = [*(mark.start() for mark in marks[1:]), len(bundle)][: len(marks)]
    names = (mark[1].decode(errors="replace") for mark in marks)
    return [(n, bundle[m.end() : end]) for n, m, end in zip(names, marks, ends, strict=True)]


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The parts as a zip archive; of two parts of one name the later counts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in dict(parts).items():
            archive.writestr(zipfile.ZipInfo(name or "_"), part)
    return stream.getvalue()


def of_zip(data: bytes) -> bytes:
    """The bundle of a real container, without its pictures and fonts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        return packed({name: archive.read(name) for name in names})
