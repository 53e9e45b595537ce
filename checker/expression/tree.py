"""A checked expression as a small tree, decoded from the bytes cel-cpp serializes.

The bytes are a cel.expr.CheckedExpr inside a google.protobuf.Any. Only what we need is read, without
a protobuf dependency; field numbers are those of cel-spec's syntax.proto and checked.proto.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

CONTAINER = "named"
"""CEL container under which names that CEL keeps for its own types (such as `type`) are declared."""


class Literal(NamedTuple):
    """A constant. A kind the rule language does not use (decimal, null, bytes …) has value None."""

    value: int | bool | str | None
    position: int


class Name(NamedTuple):
    name: str
    position: int


class Call(NamedTuple):
    """An operator or function under its CEL name, `_+_` or `sum`; a method's target is its first argument."""

    function: str
    arguments: "tuple[Node, ...]"
    position: int


class Listing(NamedTuple):
    elements: "tuple[Node, ...]"
    position: int


class Quantified(NamedTuple):
    """`over.all(variable, condition)` or `over.exists(variable, condition)`."""

    quantifier: str
    variable: str
    over: "Node"
    condition: "Node"
    position: int


class Refused(NamedTuple):
    """A construct that CEL has and the rule language does not."""

    what: str
    position: int


Node: TypeAlias = Literal | Name | Call | Listing | Quantified | Refused


def walk(node: Node) -> Iterator[Node]:
    """Every node, in the order they stand in the text."""
    yield node
    match node:
        case Call(arguments=inner) | Listing(elements=inner):
            for child in inner:
                yield from walk(child)
        case Quantified():
            yield from walk(node.over)
            yield from walk(node.condition)


def reads(root: Node) -> tuple[str, ...]:
    """The names read, in order of first use; the variables of all() and exists() are not among them."""
    names: dict[str, None] = {}
    bound: set[str] = set()
    for node in walk(root):
        if isinstance(node, Name):
            if node.name not in bound:
                names[node.name] = None
        elif isinstance(node, Quantified):
            bound.add(node.variable)
    return tuple(names)


def decode(serialized: bytes, placed: bool = True) -> Node:
    """The tree of one checked expression; without `placed`, faster, all its positions are 0."""
    expression, positions = b"", {}
    checked = _last(serialized, 2)
    at, end = 0, len(checked)
    while at < end:  # by hand, since most of it is skipped: every node's type and overload
        tag, at = _varint(checked, at)
        size, at = _varint(checked, at)
        if tag == _EXPRESSION:
            expression = checked[at : at + size]
        elif tag == _SOURCE_INFO and placed:
            positions = _positions(checked[at : at + size])
        at += size
    return _node(expression, positions)


_EXPRESSION, _SOURCE_INFO = 4 << 3 | 2, 5 << 3 | 2


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a message in order: their numbers and their bytes (of a varint, the varint's own)."""
    at, end = 0, len(data)
    while at < end:
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == 2:
            size, at = _varint(data, at)
            yield tag >> 3, data[at : at + size]
            at += size
        elif wire == 0:
            start = at
            while data[at] & 0x80:
                at += 1
            at += 1
            yield tag >> 3, data[start:at]
        else:
            size = 8 if wire == 1 else 4
            yield tag >> 3, data[at : at + size]
            at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    shift = 7
    while True:
        at += 1
        byte = data[at]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at + 1
        shift += 7


def _last(data: bytes, wanted: int) -> bytes:
    found = b""
    for number, value in _fields(data):
        if number == wanted:
            found = value
    return found


def _all(data: bytes, wanted: int) -> list[bytes]:
    return [value for number, value in _fields(data) if number == wanted]


def _positions(source_info: bytes) -> dict[bytes, int]:
    """Code-point offset of each node, by its id (kept as the bytes of the varint)."""
    found = {}
    for entry in _all(source_info, 4):
        parts = dict(_fields(entry))
        found[parts[1]] = _varint(parts[2], 0)[0] if 2 in parts else 0
    return found


def _node(data: bytes, positions: dict[bytes, int]) -> Node:
    position, kind, body = 0, 0, b""
    for number, value in _fields(data):
        if number == 2:
            position = positions.get(value, 0)
        else:
            kind, body = number, value
    match kind:
        case 3:
            return Literal(_constant(body), position)
        case 4:
            return Name(_text(_last(body, 1)).removeprefix(f"{CONTAINER}."), position)
        case 6:
            return _call(body, position, positions)
        case 7:
            return Listing(tuple(_node(e, positions) for e in _all(body, 1)), position)
        case 9:
            return _comprehension(body, position, positions)
    return Refused("select" if kind == 5 else "map", position)


def _constant(data: bytes) -> int | bool | str | None:
    for number, value in _fields(data):
        match number:
            case 2:
                return value != b"\0"
            case 3:
                whole = _varint(value, 0)[0]
                return whole - (1 << 64) if whole >= 1 << 63 else whole
            case 6:
                return _text(value)
    return None


def _call(data: bytes, position: int, positions: dict[bytes, int]) -> Node:
    function, arguments, target = "", [], None
    for number, value in _fields(data):
        if number == 1:
            target = _node(value, positions)
        elif number == 2:
            function = _text(value)
        elif number == 3:
            arguments.append(_node(value, positions))
    return Call(function, tuple(arguments if target is None else [target, *arguments]), position)


def _comprehension(data: bytes, position: int, positions: dict[bytes, int]) -> Node:
    """all() and exists(), written out by cel-cpp as folds: `@result && condition`, `@result || condition`."""
    parts = dict(_fields(data))
    start, step = _node(parts[4], positions), _node(parts[6], positions)
    folds = isinstance(step, Call) and step.function in ("_&&_", "_||_") and len(step.arguments) == 2
    if not (folds and isinstance(start, Literal) and isinstance(start.value, bool)) or 8 in parts:
        return Refused("macro", position)
    assert isinstance(step, Call)
    quantifier = "all" if step.function == "_&&_" else "exists"
    return Quantified(quantifier, _text(parts[1]), _node(parts[2], positions), step.arguments[1], position)


def _text(data: bytes) -> str:
    return data.decode("utf-8")
