"""A manifest brought up to date in place: digests renewed, files added, everything else as it was written."""

from collections.abc import Mapping, Sequence
from typing import Any

from checker import yaml_text
from checker.errors import InputError
from checker.manifest.content import NAME
from checker.patterns import pattern
from checker.yaml_text import Way, YamlText

_LINE = pattern(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_EMPTY_LIST = pattern(r"\[\s*\]")
_LOOSE = pattern(r"\s*$|#")
"""A blank line, or a comment that belongs to nothing above it."""


def renew(data: bytes, digests: Mapping[Way, str]) -> bytes:
    """The manifest with these digests in the place of those written there.

    Raises InputError if one of them is not written in one piece on one line.
    """
    text, source = _opened(data)
    lines = _LINE.findall(text)
    for way, digest in digests.items():
        mark, old = source.marks[way], _value(source.data, way)
        line, start = lines[mark.line - 1], mark.character - 1 + (mark.style in ("'", '"'))
        if mark.style in ("|", ">") or not line.startswith(old, start):
            zh, en = "SHA-256 请写在同一行", "write the SHA-256 on this line"
            raise InputError([source.problem("manifest.cannot-renew", zh, en, way)])
        lines[mark.line - 1] = line[:start] + digest + line[start + len(old) :]
    return _closed(data, "".join(lines))


def append(data: bytes, entries: Sequence[str]) -> bytes:
    """The manifest with these entries (indented by nothing, ending in a line feed) after its last item.

    Raises InputError if its list of evidence is not written one item below another.
    """
    if not entries:
        return data
    text, source = _opened(data)
    lines = [line for line in _LINE.findall(text) if line]
    feed = "\r\n" if "\r\n" in text else "\n"
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += feed
    place, indent = _room(source, lines, feed)
    added = [" " * indent + line + feed for entry in entries for line in entry.splitlines()]
    renewed = _closed(data, "".join([*lines[:place], *added, *lines[place:]]))
    _check(source, renewed, len(entries))
    return renewed


def _room(source: YamlText, lines: list[str], feed: str) -> tuple[int, int]:
    """Before which line to add, and how far from the margin. Makes room where the list is empty."""
    evidence = source.data.get("evidence")
    if evidence is None:
        lines.append(f"evidence:{feed}")
        return len(lines), 2
    mark = source.marks[("evidence",)]
    if not evidence:
        lines[mark.line - 1] = _EMPTY_LIST.sub("", lines[mark.line - 1], count=1)
        return mark.line, 2
    below = [m.key_line for way, m in source.marks.items() if len(way) == 1 and m.key_line > mark.key_line]
    place = min(below, default=len(lines) + 1) - 1
    while place > mark.line and _LOOSE.match(lines[place - 1]):
        place -= 1
    return place, mark.character - 1


def _check(source: YamlText, renewed: bytes, added: int) -> None:
    """That the items are there now and all else is as it was."""
    try:
        now = yaml_text.parse(renewed, NAME).data
    except InputError:
        now = {}
    evidence = now.get("evidence", [])
    before = source.data.get("evidence", [])
    rest = {key: value for key, value in source.data.items() if key != "evidence"}
    same = {key: value for key, value in now.items() if key != "evidence"} == rest
    if not same or evidence[: len(before)] != before or len(evidence) != len(before) + added:
        zh = "无法在原处添加证据：evidence 请逐项写在各自的行上，以 - 开头"
        en = "evidence cannot be added in place: write its items one below another, each beginning with -"
        raise InputError([source.problem("manifest.cannot-add", zh, en, ("evidence",), key=True)])


def _opened(data: bytes) -> tuple[str, YamlText]:
    return data.decode("utf-8-sig"), yaml_text.parse(data, NAME)


def _closed(data: bytes, text: str) -> bytes:
    return text.encode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")


def _value(data: Any, way: Way) -> str:
    for step in way:
        data = data[step]
    return str(data)
