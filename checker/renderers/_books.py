"""Which document is made of a handbook."""

from typing import Literal

from checker.bilingual import Language
from checker.handbook import Handbook
from checker.renderers._blocks import Book
from checker.renderers._handbook import handbook
from checker.renderers._self_check import self_check

Kind = Literal["handbook", "self-check"]


def arranged(made: Handbook, kind: Kind, language: Language) -> Book:
    """The blocks of the handbook, or of the blank form."""
    return handbook(made, language) if kind == "handbook" else self_check(made, language)
