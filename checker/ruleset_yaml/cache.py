"""Files that were parsed and found to fit their schema, kept in the user's cache folder.

The key is the digest of everything that decides the result: the texts, the schema, all modules that parse,
validate and check, and the ground: all that the names in the files mean. Only plain data is kept, as JSON.
A cache that is missing, unreadable, damaged or not writable costs time and nothing else.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from checker import comparison, expression, facts, ledger, ruleset, schemas, yaml_text
from checker.yaml_text import Mark, Way, YamlText

_EXPRESSIONS = ("when", "where", "assert", "question", "degree", "rectified", "repeated")
_TREE = ("indicators", "rules", "bonus", "groups")

KEPT = 16
"""Files in the folder; the oldest go first."""

Texts: TypeAlias = Mapping[str, tuple[str, str]]
"""Name shown and text of each file, by id."""
Notes: TypeAlias = dict[str, dict[str, Any]]
"""Plain data whoever makes something of the files leaves there for the next time, by id and any key."""


def recall(schema: str, texts: Texts, ground: str = "") -> tuple[dict[str, YamlText], Notes] | None:
    """The files as they were parsed before, with the marks of expressions only, and what was noted of them;
    None if they were not."""
    with suppress(OSError, ValueError, TypeError, KeyError, RuntimeError):
        payload = _path(schema, texts, ground).read_bytes()
        digest, _, body = payload.partition(b"\n")
        kept = json.loads(body) if digest.decode("ascii") == hashlib.sha256(body).hexdigest() else None
        if isinstance(kept, dict) and kept.keys() == texts.keys():
            sources = {name: _restored(*texts[name], kept[name][:2]) for name in texts}
            return sources, {name: dict(kept[name][2]) for name in texts}
    return None


def keep(schema: str, texts: Texts, sources: Mapping[str, YamlText], notes: Notes, ground: str = "") -> None:
    """Keep files that have been found to be in order."""
    with suppress(OSError, ValueError, TypeError, KeyError, RuntimeError):
        kept = {name: [*_reduced(source), notes.get(name, {})] for name, source in sources.items()}
        body = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
        path = _path(schema, texts, ground)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        draft.replace(path)
        _prune(path.parent)


def _path(schema: str, texts: Texts, ground: str) -> Path:
    digest = hashlib.sha256()
    digest.update(f"{_engine()}\0{schemas.text(schema)}\0{len(ground)}\0{ground}\0".encode())
    for name, (_, text) in texts.items():
        digest.update(f"{name}\0{len(text)}\0{text}".encode())
    return _folder() / f"{schema}-{digest.hexdigest()}.json"


@cache
def _engine() -> str:
    digest = hashlib.sha256(expression.engine())
    folders = [Path(module).parent for module in (yaml_text.__file__, __file__)]
    alone = [Path(str(module.__file__)) for module in (comparison, facts, ledger, ruleset)]
    for path in (*alone, comparison.TABLE, *(p for f in folders for p in sorted(f.glob("*.py")))):
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _folder() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen:
        base = Path(chosen)
    elif sys.platform == "win32":
        base = Path(os.environ["LOCALAPPDATA"])
    else:
        base = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    return base / "governance-checker"


def _prune(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[KEPT:]:
        path.unlink()


def _reduced(source: YamlText) -> list[Any]:
    needed = (way for way in source.marks if _is_kept(way))
    return [source.data, [[*way, source.marks[way]] for way in needed]]


def _is_kept(way: Way) -> bool:
    """Places that a rule or ruleset in good order carries: expressions, indicators and uses."""
    if len(way) < 2:
        return way == () or way[0] in _EXPRESSIONS
    return way[0] == "measures" or way[0] in _TREE and (isinstance(way[-1], int) or way[-1] == "bonus")


def _restored(shown: str, text: str, kept: list[Any]) -> YamlText:
    data, marks = kept
    found = {tuple(way): Mark(*mark) for *way, mark in marks}
    return YamlText(shown, data, yaml_text.lines(text), found)
