"""Elements under short names, in transitional and strict OOXML alike, and the walk over wrappers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPEN, _STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
_PREFIXES = {
    f"{_OPEN}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OPEN}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OPEN}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OPEN}/markup-compatibility/2006": "mc",
    f"{_OPEN}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OPEN}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_OPEN}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
_SPACES = {
    prefix: tuple(f"{{{space}}}" for space, short in _PREFIXES.items() if short == prefix)
    for prefix in set(_PREFIXES.values())
}

DELETED = frozenset({"w:del", "w:moveFrom"})
INSERTED = frozenset({"w:ins", "w:moveTo"})
_PROPERTIES = frozenset(
    re.findall(
        r"\S+",
        "w:pPr w:rPr w:tblPr w:tblGrid w:tblPrEx w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:smartTagPr "
        "w:customXmlPr w:fldData w:rubyPr w:rt w:delText w:delInstrText w:binData",
    )
)


@lru_cache(8192)
def _short(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(space, '?')}:{local}"


def name(element: "_Element") -> str:
    """`w:p`, `mc:Choice` … ; `?:local` for a namespace that is none of ours."""
    return _short(str(element.tag))


def attribute(element: "_Element", key: str, prefix: str = "w") -> str | None:
    """An attribute by its local name, with the namespace or, as some programs write it, without."""
    for space in _SPACES[prefix]:
        value = element.get(space + key)
        if value is not None:
            return value
    return element.get(key)


def child(element: "_Element | None", wanted: str) -> "_Element | None":
    """The first child of a short name."""
    if element is None:
        return None
    for found in element:
        if name(found) == wanted:
            return found
    return None


def value(element: "_Element | None", wanted: str) -> str | None:
    """What the `val` attribute of a child says; None without the child, "" without the attribute."""
    found = child(element, wanted)
    return None if found is None else attribute(found, "val") or ""


def number(text: str | None) -> int | None:
    """A whole number as attributes hold them, cut to nine digits; None for anything else."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        return None
    return int(text)


def switch(element: "_Element | None", wanted: str) -> bool | None:
    """An on/off child: None where it is not there, on where it says nothing else."""
    said = value(element, wanted)
    return None if said is None else said.lower() not in ("0", "false", "off", "none")


def within(element: "_Element", wanted: frozenset[str]) -> "Iterator[_Element]":
    """The wanted elements below one, in order, and every insertion and deletion on the way.

    Whatever wraps them (content controls, smart tags, links, insertions …) is looked into; of what is
    offered in two versions one is taken; a wanted or a deleted element is not looked into.
    """
    # A stack of our own: wrappers may be nested as deep as the file likes.
    stack: list[Iterator[_Element]] = [iter(element)]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
            continue
        called = name(found)
        if called in wanted or called in DELETED:
            yield found
        elif called == "mc:AlternateContent":
            stack.append(iter(_version(found)))
        elif called not in _PROPERTIES:
            if called in INSERTED:
                yield found
            stack.append(iter(found))


def _version(choices: "_Element") -> "list[_Element]":
    """One of the versions offered: the first that has any text, else the first."""
    versions = [c for c in choices if name(c) in ("mc:Choice", "mc:Fallback")]
    written = (v for v in versions if any(name(e) in ("w:t", "a:t", "w:sym", "m:t") for e in v.iter()))
    chosen = next(written, versions[0] if versions else None)
    return [] if chosen is None else [chosen]
