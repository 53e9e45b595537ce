"""The published schemas: sound, complete in both languages, and useful to an editor."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker import schemas

NAMES = ["rule", "ruleset", "manifest", "ledger_kind", "decisions"]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


def test_names() -> None:
    assert set(NAMES) <= set(schemas.names())
    with pytest.raises(KeyError):
        schemas.open_schema("../rule")


@pytest.mark.parametrize("name", NAMES)
def test_is_a_sound_schema(name: str) -> None:
    schema = schemas.open_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:governance-checker:{name}"


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_explained_and_closed(name: str) -> None:
    schema = schemas.open_schema(name)
    for key, content in schema["properties"].items():
        referred = schema["$defs"][content["$ref"].removeprefix("#/$defs/")] if "$ref" in content else {}
        assert "title" in content or "title" in referred, key
    for part in parts(schema):
        if "properties" in part and part.get("type") == "object":
            assert part["additionalProperties"] is False
        if "x-expected" in part:
            assert set(part["x-expected"]) == {"zh", "en"}


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_somewhere(name: str) -> None:
    schema = schemas.open_schema(name)
    for part in parts(schema):
        if "$ref" in part:
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]
