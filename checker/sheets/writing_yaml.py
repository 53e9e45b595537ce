"""Texts as YAML writes them so that they are read back as they were, and a person can read them."""

import re
from collections.abc import Mapping, Sequence

from checker.manifest.drafting import scalar

_SAFE_BLOCK = re.compile(r"[^\s#](?:[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\r\t]*\S)?")
_TRAILING = re.compile(r"[ \t]\n")


def text(written: str, indent: int) -> str:
    """A text as the value of a key at so many spaces: in one line, or line by line after |-."""
    if "\n" not in written or not _SAFE_BLOCK.fullmatch(written) or _TRAILING.search(written):
        return scalar(written)
    before = " " * (indent + 2)
    lines = (f"{before}{line}" if line else "" for line in written.split("\n"))
    return "|-\n" + "\n".join(lines)


def mapping(given: Mapping[str, str], indent: int) -> str:
    """Keys and texts, a line each, at so many spaces."""
    before = " " * indent
    return "".join(f"{before}{scalar(key)}: {text(value, indent)}\n" for key, value in given.items())


def flow(given: Sequence[str]) -> str:
    """A list on one line."""
    return "[" + ", ".join(map(scalar, given)) + "]"
