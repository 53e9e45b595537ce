"""Canonical JSON, and the shapes records share: the same data give the same bytes."""

import json
from collections.abc import Iterable
from typing import Any

from checker.bilingual import Bilingual
from checker.document import Provenance
from checker.location import Location
from checker.ruleset import Change


def dump(data: Any) -> str:
    """Keys sorted, two spaces, Chinese as it is, one line feed at the end. Refuses NaN and infinities."""
    text = json.dumps(
        data, ensure_ascii=False, sort_keys=True, indent=2, separators=(",", ": "), allow_nan=False
    )
    # A lone surrogate out of a damaged file cannot be written as UTF-8; its escape can.
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def words(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def places(locations: Iterable[Location]) -> list[dict[str, Any]]:
    return [_place(place) for place in locations]


def _place(place: Location) -> dict[str, Any]:
    """Each kind of file has some of box, paragraph and cell only, so that those are left out elsewhere."""
    exact = {"box": place.box, "paragraph": place.paragraph, "cell": place.cell}
    return {
        "file": place.file,
        "line": place.line,
        "character": place.character,
        "page": place.page,
        "path": place.path,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "quote": place.quote,
        **{name: value for name, value in exact.items() if value is not None},
    }


def source(provenance: Provenance) -> dict[str, Any]:
    """The file and what its bytes were."""
    found = provenance.source
    return {
        "file": found.file,
        "sha256": found.sha256,
        "size": found.size,
        "kind": found.kind,
        "encoding": found.encoding,
        "converter": found.converter,
    }


def diagnostics(provenance: Provenance) -> list[dict[str, Any]]:
    """Every repair and loss, and what was left out, in the order they were met."""
    return [
        {
            "code": diagnostic.code,
            "severity": diagnostic.severity,
            "message": words(diagnostic.message),
            "locations": places(() if diagnostic.location is None else (diagnostic.location,)),
        }
        for diagnostic in provenance.diagnostics
    ]


def change_data(change: Change) -> dict[str, Any]:
    place = change.place
    return {
        "what": change.what,
        "id": change.id,
        "key": change.key,
        "before": change.before,
        "after": change.after,
        "line": None if place is None else place.line,
    }
