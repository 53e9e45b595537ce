"""What the readers of a ruleset share: where mistakes are told, and plain values of YAML."""

import re
from decimal import Decimal
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem
from checker.yaml_text import Source, Way


class Telling:
    """A file and the problems found in it so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def tell(self, code: str, zh: str, en: str, way: Way, key: bool = False) -> None:
        self.problems.append(self.source.problem(code, zh, en, way, key))


def number(text: Any) -> Decimal | None:
    """The exact number a plain scalar writes, if it writes one."""
    return Decimal(text) if isinstance(text, str) and re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def bilingual(data: Any) -> Bilingual:
    return Bilingual(data["zh"], data["en"])


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def get(data: Any, *way: str) -> Any:
    """What stands at the end of the way, None if it is not there."""
    for step in way:
        data = data.get(step) if isinstance(data, dict) else None
    return data
