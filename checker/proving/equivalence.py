"""Whether two expressions say the same, proved by trying all the cases there are.

Every comparison with a constant depends only on where the other side lies between the constants it is
compared with; every other comparison on which side is greater; a text on which of its terms it is. Few enough
of these are tried one by one. What is not proved is taken to differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from checker.expression.meaning import COMPARISONS, kind_of
from checker.expression.scope import Scope
from checker.expression.tree import Call, Listing, Literal, Name, Node, reads
from checker.expression.writing import written

MOST = 60_000
"""Combinations tried; beyond that nothing is proved."""

_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "_==_": lambda a, b: a == b,
    "_!=_": lambda a, b: a != b,
    "_<_": lambda a, b: a < b,
    "_<=_": lambda a, b: a <= b,
    "_>_": lambda a, b: a > b,
    "_>=_": lambda a, b: a >= b,
}
_MIRRORED = {"_<_": "_>_", "_<=_": "_>=_", "_>_": "_<_", "_>=_": "_<=_"}
_STEPS = {"whole": 1, "zero": 1, "amount": 1, "date": 2, "moment": 1}
"""Days are counted in halves, so that a moment may lie between two of them."""
_MONEY = {"yuan": 100, "wan_yuan": 1_000_000}
_OTHER = object()
_UNKNOWN = None

_ANY_YEAR = 2023

Met = Mapping[str, Any]
_Test = Callable[[Met], bool | None]
Linear = dict[str, int]
_FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the values in a scope: the least of a name, and which names are never above which."""

    scope: Scope
    least: Mapping[str, int] = field(default_factory=dict)
    at_most: frozenset[tuple[str, str]] = frozenset()


def same(before: Node, after: Node, known: Known, given: Node | None = None, partly: bool = False) -> bool:
    """Whether the two hold in the same cases, as far as that can be proved.

    given: what holds whenever they are asked. partly: they are asked even where values are missing, and must
    then come out the same too.
    """
    if set(reads(before)) != set(reads(after)):
        return False
    for pair in reversed([(before, after), *_narrowed(before, after)]):
        if (
            same_choice(*pair, known.scope)
            or kind_of(pair[0], known.scope) == "flag"
            and _agree(list(pair), known, None, partly)
        ):
            return True
    return given is not None and not partly and _agree([before, after], known, given, partly)


def _narrowed(before: Node, after: Node) -> Iterator[tuple[Node, Node]]:
    """The parts in which alone the two differ, from the outside in: where these are the same, so is all."""
    while True:
        inner = _parts(before), _parts(after)
        if type(before) is not type(after) or _head(before) != _head(after) or len(inner[0]) != len(inner[1]):
            return
        apart = [(a, b) for a, b in zip(*inner, strict=True) if written(a) != written(b)]
        if len(apart) != 1:
            return
        before, after = apart[0]
        yield before, after


def _head(node: Node) -> str:
    return node.function if isinstance(node, Call) else ""


def _parts(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Call):
        return node.arguments
    return node.elements if isinstance(node, Listing) else ()


def same_choice(before: Node, after: Node, scope: Scope) -> bool:
    """Whether `x > c ? a : b` and the same with another condition on x come to the same: where the conditions
    part at one point only, and there a equals b."""
    if not (_head(before) == _head(after) == "_?_:_"):
        return False
    (one, first, second), (other, *branches) = _parts(before), _parts(after)
    if [written(first), written(second)] != [written(branch) for branch in branches]:
        return False
    difference = _minus(_linear(first), _linear(second))
    for point in _parting(one, other, scope):
        return difference is not None and _vanishes(difference, point)
    return False


def _parting(one: Node, other: Node, scope: Scope) -> Iterator[Linear]:
    """What is zero exactly where two comparisons of one thing part; nothing where that is no one point."""
    if not {_head(one), _head(other)} <= set(_SIGNS):
        return
    (sign, (left, right)), (sign2, (left2, right2)) = _constant_last(one), _constant_last(other)  # type: ignore[arg-type]
    bounds = _constant(right), _constant(right2)
    if written(left) != written(left2) or kind_of(left, scope) not in ("whole", "zero"):
        return
    if bounds == (None, None) and written(right) == written(right2):
        if [n for n in (-1, 0, 1) if _SIGNS[sign](n, 0) is not _SIGNS[sign2](n, 0)] == [0]:
            yield from _known(_minus(_linear(left), _linear(right)))
    elif all(isinstance(bound, int) for bound in bounds):
        near = sorted({bound + d for bound in bounds for d in (-_FAR, -1, 0, 1, _FAR)})  # type: ignore[operator]
        parts = [n for n in near if _SIGNS[sign](n, bounds[0]) is not _SIGNS[sign2](n, bounds[1])]
        if len(parts) == 1:
            yield from _known(_minus(_linear(left), {"": parts[0]}))


def _known(form: Linear | None) -> Iterator[Linear]:
    if form is not None:
        yield form


def _linear(node: Node) -> Linear | None:
    """A whole number as a sum of named parts times whole numbers; the constant has no name."""
    constant = _constant(node)
    if isinstance(constant, int) and not isinstance(constant, bool):
        return {"": constant}
    if _head(node) in ("_+_", "_-_"):
        left, right = map(_linear, _parts(node))
        if _head(node) == "_-_":
            return _minus(left, right)
        return _minus(left, _minus({}, right))
    return {written(node): 1}


def _minus(left: Linear | None, right: Linear | None) -> Linear | None:
    if left is None or right is None:
        return None
    found = {name: left.get(name, 0) - right.get(name, 0) for name in {**left, **right}}
    return {name: number for name, number in found.items() if number}


def _vanishes(form: Linear, point: Linear) -> bool:
    """Whether the form is zero wherever the point is: nothing, or the point so many times."""
    if not form:
        return True
    ratios = {Fraction(form.get(name, 0), point[name]) for name in point}
    return form.keys() == point.keys() and len(ratios) == 1


def canonical(node: Node, scope: Scope) -> str:
    """A text that is the same for expressions that plainly say the same: `n > 2` and `n >= 3`."""
    if not isinstance(node, Call):
        return written(node)
    if node.function in ("_&&_", "_||_"):
        return f"{node.function}({', '.join(sorted(canonical(p, scope) for p in _chain(node)))})"
    if node.function not in COMPARISONS:
        return f"{node.function}({', '.join(canonical(part, scope) for part in node.arguments)})"
    function, (left, right) = _constant_last(node)
    if function not in ("_>_", "_<=_") or kind_of(left, scope) == "moment":
        return f"{written(left)} {function} {_beyond(right, 0)}"
    beyond = {"_>_": "_>=_", "_<=_": "_<_"}[function]
    following = _beyond(right, 1) if kind_of(left, scope) in _STEPS else ""
    return (
        f"{written(left)} {beyond} {following}"
        if following
        else f"{written(left)} {function} {written(right)}"
    )


def _beyond(node: Node, step: int) -> str:
    """A number or day so many further on, as a text; empty where that cannot be said of what it is."""
    if isinstance(node, Call) and node.function == "date":
        return _day_beyond(node, step)
    number = _constant(node)
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number + step)
    return "" if step else written(node)


def _day_beyond(node: Call, step: int) -> str:
    """A day of a year that may be anything; what follows the end of February depends on the year."""
    year, month, day = node.arguments
    numbers = [_constant(part) for part in (month, day)]
    if not all(isinstance(n, int) for n in numbers) or numbers[0] == 2:
        return "" if step else written(node)
    other = date(_ANY_YEAR, *numbers) + timedelta(days=step)  # type: ignore[arg-type]
    base, years = _year(year)
    return f"{base} {years + other.year - _ANY_YEAR} {other:%m-%d}"


def _year(node: Node) -> tuple[str, int]:
    """A year as what it is counted from, and how many years from there."""
    number = _constant(node)
    if isinstance(number, int):
        return "", number
    if isinstance(node, Call) and node.function in ("_+_", "_-_"):
        step = _constant(node.arguments[1])
        if isinstance(step, int):
            base, years = _year(node.arguments[0])
            return base, years + (step if node.function == "_+_" else -step)
    return written(node), 0


def _chain(node: Call) -> Iterator[Node]:
    for part in node.arguments:
        if isinstance(part, Call) and part.function == node.function:
            yield from _chain(part)
        else:
            yield part


def _agree(both: list[Node], known: Known, given: Node | None, partly: bool) -> bool:
    table = _Table(known)
    expressions = [*both, given] if given is not None else both
    tests = [table.test(node) for node in expressions]
    names, values = list(table.met), [table.values(name) for name in table.met]
    if partly:
        values = [[*possible, _UNKNOWN] for possible in values]
    if prod(map(len, values)) > MOST:
        return False
    for chosen in product(*values):
        met = dict(zip(names, chosen, strict=True))
        if given is not None and not tests[2](met):
            continue
        if tests[0](met) is not tests[1](met):
            return False
    return True


class _Table:
    """What expressions depend on, and the values of it that make a difference.

    met: for each variable the constants it is compared with; None for one that has only its own values.
    """

    def __init__(self, known: Known) -> None:
        self.known = known
        self.scope = known.scope
        self.met: dict[str, set[Any]] = {}
        self._own: dict[str, tuple[Any, ...]] = {}
        self._steps: dict[str, int] = {}
        self._lowest: dict[str, int] = {}

    def values(self, name: str) -> list[Any]:
        if name in self._own:
            return list(self._own[name])
        constants = self.met[name]
        if all(isinstance(c, str) for c in constants):
            return [*sorted(constants), _OTHER]
        step, lowest = self._steps[name], self._lowest.get(name)
        beside = sorted({c + d for c in constants for d in (-step, 0, step)})
        return [value for value in beside if lowest is None or value >= lowest]

    def test(self, node: Node) -> _Test:
        """The expression as a function of the variables' values; None where it depends on one unknown."""
        if isinstance(node, Literal) and isinstance(node.value, bool):
            constant = node.value
            return lambda _: constant
        if isinstance(node, Call):
            if node.function in ("_&&_", "_||_"):
                return self._logic(node)
            if node.function == "!_":
                inner = self.test(node.arguments[0])
                return lambda met: None if (value := inner(met)) is None else not value
            if node.function == "_?_:_":
                return self._choice(node)
            if node.function in COMPARISONS:
                return self._comparison(node)
            if node.function == "@in":
                return self._membership(node)
        return self._itself(node)

    def _logic(self, node: Call) -> _Test:
        parts = [self.test(part) for part in node.arguments]
        settles = node.function == "_||_"

        def test(met: Met) -> bool | None:
            found = [part(met) for part in parts]
            if settles in found:
                return settles
            return None if None in found else not settles

        return test

    def _choice(self, node: Call) -> _Test:
        condition, first, second = (self.test(part) for part in node.arguments)

        def test(met: Met) -> bool | None:
            chosen = condition(met)
            return None if chosen is None else first(met) if chosen else second(met)

        return test

    def _itself(self, node: Node) -> _Test:
        name = written(node)
        self.met.setdefault(name, set())
        self._own[name] = (False, True)
        return lambda met: met[name]

    def _comparison(self, node: Call) -> _Test:
        function, (left, right) = _constant_last(node)
        sign, constant = _SIGNS[function], _constant(right)
        if constant is None:
            return self._order(left, right, sign)
        return self._against(left, [constant], lambda value, constants: sign(value, constants[0]))

    def _membership(self, node: Call) -> _Test:
        element, listed = node.arguments
        constants = [_constant(e) for e in listed.elements] if isinstance(listed, Listing) else [None]
        if None in constants:
            return self._itself(node)
        return self._against(element, constants, lambda value, among: value in among)

    def _against(self, node: Node, constants: list[Any], holds: Callable[[Any, list[Any]], bool]) -> _Test:
        name, kind = written(node), kind_of(node, self.scope)
        self.met.setdefault(name, set()).update(constants)
        if kind == "flag":
            self._own[name] = (False, True)
        field = self.scope.find(node.name) if isinstance(node, Name) else None
        if field is not None and field.choices:
            self._own[name] = field.choices
        self._steps[name] = _STEPS.get(kind or "", 1)
        if isinstance(node, Name) and node.name in self.known.least:
            self._lowest[name] = self.known.least[node.name]
        return lambda met: None if met[name] is None else holds(met[name], constants)

    def _order(self, left: Node, right: Node, sign: Callable[[Any, Any], bool]) -> _Test:
        texts = sorted((written(left), written(right)))
        turned, name = texts[0] != written(left), " ? ".join(texts)
        self.met.setdefault(name, set())
        ordered = kind_of(left, self.scope) not in ("text", "flag")
        self._own[name] = self._orders(*texts) if ordered else (0, 1)

        def test(met: Met) -> bool | None:
            value = met[name]
            return None if value is None else sign(-value if turned else value, 0)

        return test

    def _orders(self, first: str, second: str) -> tuple[int, ...]:
        """How the first may stand to the second: below, equal, above."""
        if (first, second) in self.known.at_most:
            return (-1, 0)
        return (0, 1) if (second, first) in self.known.at_most else (-1, 0, 1)


def _constant_last(node: Call) -> tuple[str, tuple[Node, Node]]:
    left, right = node.arguments
    if _constant(left) is not None and _constant(right) is None:
        return _MIRRORED.get(node.function, node.function), (right, left)
    return node.function, (left, right)


def _constant(node: Node) -> int | str | bool | None:
    """The value of an expression that reads nothing: money in fen, a day in halves of days."""
    if isinstance(node, Literal):
        return node.value
    if not isinstance(node, Call):
        return None
    parts = [_constant(part) for part in node.arguments]
    numbers = [part for part in parts if isinstance(part, int)]
    if len(numbers) < len(parts):
        return None
    if node.function in _MONEY:
        return numbers[0] * _MONEY[node.function]
    if node.function == "-_":
        return -numbers[0]
    return _halves(numbers) if node.function == "date" else None


def _halves(numbers: Iterable[int]) -> int | None:
    try:
        return date(*numbers).toordinal() * 2
    except ValueError:
        return None
