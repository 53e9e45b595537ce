"""A tree as the text of an expression again, with the brackets it needs and no others."""

import json

from checker.expression.tree import Call, Listing, Literal, Name, Node, Quantified

_CHOICE, _OR, _AND, _RELATION, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)
_OPERATORS = {
    "_||_": ("||", _OR),
    "_&&_": ("&&", _AND),
    **{f"_{sign}_": (sign, _RELATION) for sign in ("==", "!=", "<", "<=", ">", ">=")},
    "@in": ("in", _RELATION),
    "_+_": ("+", _SUM),
    "_-_": ("-", _SUM),
    "_*_": ("*", _PRODUCT),
}
_METHODS = ("contains", "startsWith", "endsWith")


def written(node: Node) -> str:
    """The expression a tree says. Raises ValueError for what the rule language does not have."""
    return _text(node)[0]


def _text(node: Node) -> tuple[str, int]:
    """The text, and how tightly its outermost operator binds."""
    match node:
        case Literal(value=bool()):
            return str(node.value).lower(), _ATOM
        case Literal(value=int() as number):
            return str(number), _ATOM if number >= 0 else _SIGN
        case Literal(value=str() as text):
            return json.dumps(text, ensure_ascii=False), _ATOM
        case Name():
            return node.name, _ATOM
        case Call():
            return _call(node)
        case Listing():
            return _list(node), _ATOM
        case Quantified():
            over, condition = _within(node.over, _ATOM), written(node.condition)
            return f"{over}.{node.quantifier}({node.variable}, {condition})", _ATOM
    raise ValueError(f"no expression says {node}")


def _call(node: Call) -> tuple[str, int]:
    given = node.arguments
    if node.function in _OPERATORS:
        sign, binds = _OPERATORS[node.function]
        again = binds if node.function in ("_||_", "_&&_") else binds + 1
        return f"{_within(given[0], binds)} {sign} {_within(given[1], again)}", binds
    if node.function in ("!_", "-_"):
        return f"{node.function[0]}{_within(given[0], _SIGN)}", _SIGN
    if node.function == "_?_:_":
        condition, first, second = given
        return f"{_within(condition, _OR)} ? {_within(first, _OR)} : {_within(second, _CHOICE)}", _CHOICE
    if node.function in _METHODS:
        return f"{_within(given[0], _ATOM)}.{node.function}({written(given[1])})", _ATOM
    return f"{node.function}({', '.join(map(written, given))})", _ATOM


def _list(node: Listing) -> str:
    return f"[{', '.join(map(written, node.elements))}]"


def _within(node: Node, binds: int) -> str:
    text, own = _text(node)
    return text if own >= binds else f"({text})"
