"""The parts of a DOCX file by their relations."""

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from checker.bilingual import Bilingual
from checker.location import Location
from checker.readers import _xml
from checker.readers._archive import Archive
from checker.readers._refusals import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Relation:
    """kind: the last word of the type. target: the name of the part, or an address outside the file."""

    kind: str
    target: str
    external: bool


class Package:
    """An opened DOCX file. Raises InputError for damaged parts and where there is no main part."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._archive = Archive(data, file)
        main = self._related(self.relations(""), "officeDocument") or "word/document.xml"
        self.main = main
        root = self.tree(main)
        if root is None:
            raise refusal("damaged", Location(file), _NO_MAIN_PART)
        self.root = root

    def read(self, part: str) -> bytes | None:
        return self._archive.read(part)

    def tree(self, part: str) -> "_Element | None":
        """The root element of a part; None where there is no such part."""
        data = self.read(part)
        return None if data is None else _xml.parse(data, self.file, part)

    def related(self, kind: str) -> "_Element | None":
        """The part that the main part names as its styles, numbering, footnotes …"""
        part = self._related(self.main_relations, kind)
        return None if part is None else self.tree(part)

    @cached_property
    def main_relations(self) -> dict[str, Relation]:
        return self.relations(self.main)

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part names, by id; those of the whole file for the empty name."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for element in () if root is None else root:
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    @staticmethod
    def _related(relations: dict[str, Relation], kind: str) -> str | None:
        return next((r.target for r in relations.values() if r.kind == kind and not r.external), None)


_NO_MAIN_PART = Bilingual(
    "DOCX 文件里没有正文部件，读不出；请用文字处理软件打开后另存",
    "the DOCX file has no main part and cannot be read; open and save it again with a word processor",
)
