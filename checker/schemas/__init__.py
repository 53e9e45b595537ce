"""The published JSON Schemas (draft 2020-12), by name: `rule`, `ruleset` …

They serve editors as well: every key has a title and a description.
"""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Every schema there is."""
    return tuple(sorted(path.name.removesuffix(".schema.json") for path in _FOLDER.glob("*.schema.json")))


def text(name: str) -> str:
    """A schema as it is published. Raises KeyError if there is none of that name."""
    if name not in names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")


def open_schema(name: str) -> dict[str, Any]:
    """A schema as data. Raises KeyError if there is none of that name."""
    schema: dict[str, Any] = json.loads(text(name))
    return schema
