"""What a reader is given, and what a converter gives back."""

from dataclasses import dataclass

from checker.bilingual import Bilingual
from checker.document import Diagnostic

Kind = tuple[str, Bilingual]
"""A stable name and what people call it."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file: its bytes, the kind they tell (None for plain text), and its text where it carries text."""

    data: bytes
    kind: Kind | None
    text: str = ""
    encoding: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    def of_kind(self, name: str) -> bool:
        return self.kind is not None and self.kind[0] == name


@dataclass(frozen=True, slots=True)
class Converted:
    """The same report as bytes of a kind that is read.

    converter: name and version where the work was not our own.
    """

    data: bytes
    converter: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
