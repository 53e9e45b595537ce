"""A parsed file against its JSON Schema: every error in plain words, at its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from checker.bilingual import Bilingual
from checker.errors import Problem, did_you_mean
from checker.patterns import pattern
from checker.schemas import open_schema
from checker.yaml_text import Source, Way

_NUMBER = pattern(r"-?\d+(\.\d+)?")
_DATE = pattern(r"\d{4}-\d\d-\d\d")
_SHAPES = {
    "object": Bilingual("这里须是“键: 值”的结构", "key: value pairs are needed here"),
    "array": Bilingual("这里须是列表（每项以 - 开头）", "a list is needed here (items begin with -)"),
    "boolean": Bilingual("须是 true 或 false", "true or false is needed here"),
    "string": Bilingual("这里须是文字", "text is needed here"),
}


def schema_problems(source: Source, schema: str) -> list[Problem]:
    """Every way in which the file is not what its schema asks for, in the order of the file."""
    found = [p for error in _validator(schema).iter_errors(source.data) for p in _problems(error, source)]
    return sorted(dict.fromkeys(found), key=_order)


def _order(problem: Problem) -> tuple[str, int, int]:
    place = problem.location
    return (place.file, place.line or 0, place.character or 0) if place else ("", 0, 0)


@cache
def _validator(schema: str) -> Any:
    """A validator for data whose scalars are all text: the schema says which of them are numbers."""
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    def bounded(beyond: Callable[[Decimal, Any], bool]) -> Callable[..., Iterator[ValidationError]]:
        def check(validator: Any, limit: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
            if validator.is_type(instance, "number") and beyond(Decimal(instance), limit):
                yield ValidationError(f"{instance} is out of range")

        return check

    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "number": lambda _, v: isinstance(v, str) and _NUMBER.fullmatch(v) is not None,
            "integer": lambda _, v: isinstance(v, str) and re.fullmatch(r"-?\d+", v) is not None,
            "boolean": lambda _, v: v in ("true", "false"),
        }
    )
    bounds = {
        "minimum": bounded(lambda value, limit: value < limit),
        "maximum": bounded(lambda value, limit: value > limit),
        "exclusiveMinimum": bounded(lambda value, limit: value <= limit),
    }
    formats = FormatChecker(formats=())
    formats.checks("date")(is_date)
    made = extend(Draft202012Validator, validators=bounds, type_checker=types)  # type: ignore[no-untyped-call]
    return made(open_schema(schema), format_checker=formats)


def is_date(value: object) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return not isinstance(value, str)
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _problems(error: Any, source: Source) -> Iterator[Problem]:
    way: Way = tuple(error.absolute_path)
    special = _BY_KEYWORD.get(error.validator)
    if special is not None:
        yield from special(error, source, way)
        return
    said = _expected(error)
    names_a_key = "propertyNames" in error.absolute_schema_path
    place = (*way, str(error.instance)) if names_a_key else way
    yield source.problem("schema", said.zh, said.en, place, key=names_a_key)


def _expected(error: Any) -> Bilingual:
    written = error.schema.get("x-expected") if isinstance(error.schema, Mapping) else None
    if written:
        return Bilingual(written["zh"], written["en"])
    if error.validator == "type":
        return _SHAPES.get(str(error.validator_value), Bilingual("类型不对", "this is of the wrong type"))
    if error.validator in ("minItems", "minProperties"):
        return Bilingual("这里不能是空的", "this must not be empty")
    if error.validator == "maxItems":
        most = error.validator_value
        return Bilingual(f"最多 {most} 项", f"at most {most} items")
    return Bilingual(f"不符合格式：{error.message}", f"this does not fit the schema: {error.message}")


def _required(error: Any, source: Source, way: Way) -> Iterator[Problem]:
    named = re.match(r"'(.*?)' is", error.message)
    key = named[1] if named else error.message
    yield source.problem("schema.required", f"缺少 {key}", f"{key} is missing", way, key=bool(way))


def _unknown_key(error: Any, source: Source, way: Way) -> Iterator[Problem]:
    known = list(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            hint = did_you_mean(key, known)
            if not hint.zh:
                listed = ", ".join(known)
                hint = Bilingual(f"；可用的有：{listed}", f"; there are: {listed}")
            zh, en = f"没有 {key} 这个键{hint.zh}", f"there is no key {key}{hint.en}"
            yield source.problem("schema.unknown-key", zh, en, (*way, key), key=True)


def _choice(error: Any, source: Source, way: Way) -> Iterator[Problem]:
    listed = ", ".join(error.validator_value)
    hint = did_you_mean(str(error.instance), error.validator_value)
    zh, en = f"只能是以下之一：{listed}{hint.zh}", f"this must be one of: {listed}{hint.en}"
    yield source.problem("schema.choice", zh, en, way)


_BY_KEYWORD: Mapping[str, Callable[[Any, Source, Way], Iterator[Problem]]] = {
    "required": _required,
    "additionalProperties": _unknown_key,
    "enum": _choice,
}
