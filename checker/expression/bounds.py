"""What a condition comes to whatever the values are, from what each number or day is at least and at most."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from checker.expression.meaning import COMPARISONS
from checker.expression.tree import Call, Listing, Literal, Name, Node
from checker.ruleset import Expression


class Range(NamedTuple):
    """A whole number, or the ordinal of a day, from least to most; None: without end on that side."""

    least: int | None = None
    most: int | None = None


Ranges: TypeAlias = Mapping[str, Range]


def foregone(expression: Expression, ranges: Ranges) -> bool | None:
    """What the condition comes to for all values within the ranges; None where it may be either.

    A name without a range may be anything. Not every foregone condition is found; what is found is so.
    """
    return _holds(expression.compiled.root, ranges)


def _holds(node: Node, ranges: Ranges) -> bool | None:
    """True or False where it is so for all values, None otherwise."""
    if isinstance(node, Literal) and isinstance(node.value, bool):
        return node.value
    if not isinstance(node, Call):
        return None
    if node.function in COMPARISONS:
        return _compared(node.function, *(_range(a, ranges) for a in node.arguments))
    if node.function not in ("!_", "_&&_", "_||_"):
        return None
    parts = [_holds(a, ranges) for a in node.arguments]
    if node.function == "!_":
        return None if parts[0] is None else not parts[0]
    decides = node.function == "_||_"  # one true part decides an or, one false part an and
    if decides in parts:
        return decides
    return None if None in parts else not decides


def _compared(operator: str, left: Range | None, right: Range | None) -> bool | None:
    if left is None or right is None:
        return None
    match operator:
        case "_<=_":
            return _at_most(left, right)
        case "_>=_":
            return _at_most(right, left)
        case "_<_":
            return _not(_at_most(right, left))
        case "_>_":
            return _not(_at_most(left, right))
    apart = _at_most(left, right) is False or _at_most(right, left) is False
    same = left == right and left.least is not None and left.least == left.most
    if not apart and not same:
        return None
    return same if operator == "_==_" else apart


def _at_most(left: Range, right: Range) -> bool | None:
    if left.most is not None and right.least is not None and left.most <= right.least:
        return True
    if left.least is not None and right.most is not None and left.least > right.most:
        return False
    return None


def _not(met: bool | None) -> bool | None:
    return None if met is None else not met


def _range(node: Node, ranges: Ranges) -> Range | None:
    """What a number is at least and at most; None for what is no number or not worked out here."""
    match node:
        case Literal(value=int() as value) if not isinstance(value, bool):
            return Range(value, value)
        case Name():
            return ranges.get(node.name)
        case Call("date", (Literal(value=int(y)), Literal(value=int(m)), Literal(value=int(d)))):
            day = date(y, m, d).toordinal()  # a day there is, or it would not have loaded
            return Range(day, day)
        case Call(function="day"):
            return _range(node.arguments[0], ranges)
        case Call(function=function) if function in _WORKED_OUT:
            parts = [_range(a, ranges) for a in _operands(node)]
            known = [p for p in parts if p is not None]
            return _WORKED_OUT[function](known) if len(known) == len(parts) else None
    return None


def _operands(node: Call) -> tuple[Node, ...]:
    [first, *_] = node.arguments
    return first.elements if isinstance(first, Listing) else node.arguments


def _sum(parts: list[Range]) -> Range:
    least, most = [p.least for p in parts], [p.most for p in parts]
    return Range(
        None if None in least else sum(n for n in least if n is not None),
        None if None in most else sum(n for n in most if n is not None),
    )


def _negative(part: Range) -> Range:
    return Range(
        None if part.most is None else -part.most,
        None if part.least is None else -part.least,
    )


def _product(parts: list[Range]) -> Range:
    """Of numbers that are not negative, which are all that rules multiply; of others nothing is known."""
    left, right = parts
    if left.least is None or right.least is None or left.least < 0 or right.least < 0:
        return Range()
    most = None if left.most is None or right.most is None else left.most * right.most
    return Range(left.least * right.least, 0 if 0 in (left.most, right.most) else most)


_WORKED_OUT: Mapping[str, Callable[[list[Range]], Range]] = {
    "_+_": _sum,
    "sum": _sum,
    "_-_": lambda parts: _sum([parts[0], _negative(parts[1])]),
    "-_": lambda parts: _negative(parts[0]),
    "_*_": _product,
}
