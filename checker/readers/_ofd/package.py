"""What an OFD file (GB/T 33190) consists of: its document, pages, templates and what is beside them."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.location import Location
from checker.readers import _xml
from checker.readers._archive import Archive
from checker.readers._refusals import beyond, refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

MILLIMETRE = 72 / 25.4
"""Points."""
A4 = (210.0, 297.0)
PAGES = 300

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_ENTRY = "OFD.xml"
_ENCRYPTED = ("encryptions.xml", "decryptseed.dat")
_NO_DOCUMENT = Bilingual(
    "OFD 文件不完整：缺少文档入口；请重新取得文件",
    "the OFD file is incomplete: it has no document; fetch it again",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its contents from back to front, None where the file lacks the page's own part.

    part: the name of that. width and height in millimetres. resources: the parts that hold what its
    objects refer to.
    """

    number: int
    part: str
    width: float
    height: float
    contents: "tuple[_Element, ...] | None"
    resources: tuple[str, ...] = ()


@dataclass(slots=True)
class Package:
    """The first document of the file. Raises InputError for what is encrypted, damaged or too long."""

    archive: Archive
    file: str
    documents: int = 1
    seals: bool = False
    attachments: bool = False
    annotations: dict[str, int] = field(default_factory=dict)
    _names: frozenset[str] = frozenset()
    _composites: "dict[tuple[str, ...], dict[str, _Element]]" = field(default_factory=dict)
    _parsed: "dict[str, _Element | None]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._names = frozenset(name.lstrip("/").casefold() for name in self.archive.names)

    def sheets(self) -> Iterator[Sheet]:
        """The pages of the document in order."""
        base, document = self._document()
        self.attachments = first(document, "Attachments") is not None
        self.annotations = self._annotations(base, document)
        common = first(document, "CommonData")
        templates = {t.get("ID", ""): t for t in children(common, "TemplatePage")}
        resources = tuple(self._locations(common, base, "PublicRes", "DocumentRes"))
        area = first(common, "PageArea")
        pages = [p for group in children(document, "Pages") for p in children(group, "Page")]
        if len(pages) > PAGES:
            raise beyond(Location(self.file), f"超过 {PAGES} 页", f"more than {PAGES} pages")
        for number, page in enumerate(pages, start=1):
            name = self._found(base, page.get("BaseLoc", ""))
            root = self._part(name)
            if root is None:
                yield Sheet(number, name, *size_of(area), None)
                continue
            layered = tuple(self._layered(base, root, templates))
            own = tuple(self._locations(root, name, "PageRes"))
            size = size_of(first(root, "Area"), area)
            yield Sheet(number, name, *size, layered, (*resources, *own))

    def composite(self, sheet: Sheet, identifier: str) -> "_Element | None":
        """The composite object of that ID to which a page may refer."""
        if sheet.resources not in self._composites:
            lists = (u for n in sheet.resources for u in children(self._part(n), "CompositeGraphicUnits"))
            units = (u for units in lists for u in children(units, "CompositeGraphicUnit"))
            self._composites[sheet.resources] = {unit.get("ID", ""): unit for unit in units}
        return self._composites[sheet.resources].get(identifier)

    def _document(self) -> "tuple[str, _Element]":
        """The name and root of the document part, by way of the current version where there are several."""
        if any(posixpath.basename(n).lower() in _ENCRYPTED for n in self.archive.names):
            raise refusal("encrypted", Location(self.file))
        entry = self._part(_ENTRY)
        bodies = list(children(entry, "DocBody"))
        self.documents = len(bodies)
        body = bodies[0] if bodies else None
        self.seals = first(body, "Signatures") is not None
        name = self._current_version(body) or self._found(_ENTRY, text_of(first(body, "DocRoot")))
        document = self._part(name)
        if document is None:
            raise refusal("damaged", Location(self.file), _NO_DOCUMENT)
        return name, document

    def _current_version(self, body: "_Element | None") -> str:
        for version in children(first(body, "Versions"), "Version"):
            if version.get("Current", "").lower() in ("true", "1"):
                name = self._found(_ENTRY, version.get("BaseLoc", ""))
                root = self._part(name)
                return self._found(name, text_of(first(root, "DocRoot")))
        return ""

    def _layered(self, base: str, page: "_Element", templates: "dict[str, _Element]") -> "Iterator[_Element]":
        """The contents of the page and its templates, from back to front."""
        behind: list[_Element] = []
        before: list[_Element] = []
        for use in children(page, "Template"):
            template = templates.get(use.get("TemplateID", ""))
            if template is None:
                continue
            root = self._part(self._found(base, template.get("BaseLoc", "")))
            order = use.get("ZOrder") or template.get("ZOrder") or "Background"
            (before if order == "Foreground" else behind).extend(children(root, "Content"))
        yield from behind
        yield from children(page, "Content")
        yield from before

    def _annotations(self, base: str, document: "_Element") -> dict[str, int]:
        """How many annotations of each type stand on the pages."""
        found: dict[str, int] = {}
        for name in self._locations(document, base, "Annotations"):
            for page in children(self._part(name), "Page"):
                for part in self._locations(page, name, "FileLoc"):
                    for annotation in children(self._part(part), "Annot"):
                        kind = annotation.get("Type", "")
                        found[kind] = found.get(kind, 0) + 1
        return found

    def _locations(self, element: "_Element | None", base: str, *names: str) -> Iterator[str]:
        for name in names:
            for child in children(element, name):
                yield self._found(base, text_of(child))

    def _found(self, base: str, location: str) -> str:
        """The name of the part: relative to the part that refers to it, or from the root as some write it."""
        relative = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location)).lstrip("/")
        from_root = posixpath.normpath(posixpath.join("/", location)).lstrip("/")
        return relative if relative.casefold() in self._names else from_root

    def _part(self, name: str) -> "_Element | None":
        if name not in self._parsed:
            data = self.archive.read(name) if name else None
            self._parsed[name] = None if data is None else _xml.parse(data, self.file, name)
        return self._parsed[name]


def local(element: "_Element") -> str:
    """The name of an element without its namespace; makers disagree about the namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: "_Element | None", name: str) -> "Iterator[_Element]":
    """The child elements of that name."""
    return (child for child in (element if element is not None else ()) if local(child) == name)


def first(element: "_Element | None", name: str) -> "_Element | None":
    """The first child element of that name."""
    return next(children(element, name), None)


def text_of(element: "_Element | None") -> str:
    """The text of an element, stripped."""
    return (element.text or "").strip() if element is not None else ""


def numbers(value: str | None) -> list[float]:
    """The numbers of an attribute."""
    return [float(n) for n in _NUMBER.findall(value or "")]


def size_of(*areas: "_Element | None") -> tuple[float, float]:
    """Width and height in millimetres of the first of the areas that tells them, else those of A4."""
    for area in areas:
        for name in ("PhysicalBox", "CropBox", "ApplicationBox"):
            box = numbers(text_of(first(area, name)))
            if len(box) == 4 and 1 < box[2] < 10_000 and 1 < box[3] < 10_000:
                return box[2], box[3]
    return A4
