"""Changes to XML that leave it well-formed: what a fuzzer of bytes seldom hits upon."""

import contextlib
import random
from collections.abc import Callable, Sequence
from copy import deepcopy

from lxml import etree

from tests.fuzz import bundles

VALUES = (
    "",
    "0",
    "1",
    "-1",
    "2",
    "7",
    "16",
    "256",
    "65534",
    "99999999999",
    "1.5",
    "NaN",
    "true",
    "x",
    "四",
    "٣",
)
WORDS = (
    "",
    " ",
    "0",
    "12",
    "1,234",
    "３，７７１",
    "—",
    "/",
    "一、总体情况",
    "（一）予以公开",
    "本年",
    "\u3000",
    "⼆⼗",
    "\ufffd",
)
_DEEPEST = 300

Element = etree._Element
Change = Callable[[random.Random, list[Element]], None]


def changed(markup: bytes, chance: random.Random, parser: etree.HTMLParser | None = None) -> bytes | None:
    """The markup after one to six changes of its tree; None where it has none."""
    try:
        root = etree.fromstring(markup, parser or etree.XMLParser(recover=True, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    for _ in range(chance.randint(1, 6)):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        with contextlib.suppress(ValueError):  # names and characters that XML has not
            chance.choice(CHANGES)(chance, elements)
    return etree.tostring(root, encoding="utf-8")


def changed_bundle(bundle: bytes, chance: random.Random) -> bytes | None:
    """The bundle after changes to one of its XML parts, the largest one more often than the others."""
    parts = bundles.parts_of(bundle)
    if not parts:
        return None
    largest = max(range(len(parts)), key=lambda n: len(parts[n][1]))
    number = largest if chance.random() < 0.6 else chance.randrange(len(parts))
    name, part = parts[number]
    found = changed(part, chance)
    if found is None:
        return None
    parts[number] = (name, found)
    return bundles.packed(dict(parts))


def _drop(chance: random.Random, elements: list[Element]) -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(chance: random.Random, elements: list[Element]) -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    if parent is None or len(elements) > 3_000:
        return
    for _ in range(chance.choice((1, 1, 2, 20))):
        parent.insert(parent.index(element), deepcopy(element))


def _move(chance: random.Random, elements: list[Element]) -> None:
    element, place = chance.choice(elements), chance.choice(elements)
    if element.getparent() is None or element in place.iterancestors() or element is place:
        return
    place.insert(chance.randint(0, len(place)), element)


def _rename(chance: random.Random, elements: list[Element]) -> None:
    chance.choice(elements).tag = chance.choice(elements).tag


def _wrap(chance: random.Random, elements: list[Element]) -> None:
    element, like = chance.choice(elements), chance.choice(elements)
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    parent.remove(element)
    for _ in range(chance.choice((1, 1, 1, 3, _DEEPEST))):
        outer = etree.Element(like.tag)
        for name, value in like.attrib.items():
            outer.set(name, value)
        outer.append(element)
        element = outer
    parent.insert(index, element)


def _set(chance: random.Random, elements: list[Element]) -> None:
    bearing = [e for e in elements if e.attrib]
    if bearing:
        element = chance.choice(bearing)
        element.set(chance.choice(list(element.attrib)), _value(chance, bearing))


def _lend(chance: random.Random, elements: list[Element]) -> None:
    """An attribute of one element on another."""
    bearing = [e for e in elements if e.attrib]
    if bearing:
        name = chance.choice(list(chance.choice(bearing).attrib))
        chance.choice(elements).set(name, _value(chance, bearing))


def _unset(chance: random.Random, elements: list[Element]) -> None:
    bearing = [e for e in elements if e.attrib]
    if bearing:
        element = chance.choice(bearing)
        del element.attrib[chance.choice(list(element.attrib))]


def _write(chance: random.Random, elements: list[Element]) -> None:
    element = chance.choice(elements)
    element.text = chance.choice(WORDS) * chance.choice((1, 1, 1, 50))


def _value(chance: random.Random, bearing: Sequence[Element]) -> str:
    if chance.random() < 0.5:
        return chance.choice(VALUES)
    return str(chance.choice(list(chance.choice(bearing).attrib.values())))


CHANGES: tuple[Change, ...] = (_drop, _repeat, _move, _rename, _wrap, _set, _set, _lend, _unset, _write)
