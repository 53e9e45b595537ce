"""Document → Facts: one file a subject, found by listing this folder.

Each module declares what it yields and whose findings it builds on:

    DECLARES: tuple[Field | Collection, ...]     fields carry dotted names
    NEEDS: tuple[str, ...]                       modules that must run first (optional)
    def extract(outline: Outline, found: Extract) -> Extract

`found` holds everything extracted so far. Extractors do not import one another.
"""

from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from checker.document import Document
from checker.facts import Absent, Collection, Extract, Fact, Facts, Field, Record, Vocabulary
from checker.outline import Outline, outline


class Extractor(Protocol):
    """What every module of this package offers."""

    DECLARES: tuple[Field | Collection, ...]

    def extract(self, outline: Outline, found: Extract) -> Extract: ...


@cache
def extractors() -> tuple[Extractor, ...]:
    """All extractors, each after those it needs, otherwise by name."""
    names = sorted(m.name for m in iter_modules(__path__))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    order = TopologicalSorter({name: getattr(modules[name], "NEEDS", ()) for name in names})
    return tuple(cast(Extractor, modules[name]) for name in order.static_order())


@cache
def vocabulary() -> Vocabulary:
    """Everything the extractors declare."""
    fields: dict[str, Field] = {}
    collections: dict[str, Collection] = {}
    for extractor in extractors():
        for declared in extractor.DECLARES:
            if isinstance(declared, Field):
                fields[declared.name] = declared
            else:
                collections[declared.name] = declared
    return Vocabulary(fields, collections)


def extract(document: Document) -> Facts:
    """All facts of one document. Raises InputError if it is no annual report."""
    cut = outline(document)
    fields: dict[str, Fact] = {}
    collections: dict[str, tuple[Record, ...] | Absent] = {}
    for extractor in extractors():
        found = extractor.extract(cut, Extract(fields, collections))
        fields.update(found.fields)
        for name, records in found.collections.items():
            collections[name] = _joined(collections.get(name), records)
    return Facts(fields, collections)


def _joined(
    before: tuple[Record, ...] | Absent | None, more: tuple[Record, ...] | Absent
) -> tuple[Record, ...] | Absent:
    if before is None or isinstance(before, Absent):
        return more if before is None or not isinstance(more, Absent) else before
    return before if isinstance(more, Absent) else before + more
