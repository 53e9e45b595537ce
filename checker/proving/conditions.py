"""One change at a time in the tree of a checked expression.

What may be changed is known by what it means: numbers compare in six ways, text in two, a term is exchanged
for another of the same field. A change that a smaller one stands for is left out: of a part that may be
dropped, its negation; of a comparison, what both of the others imply.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from checker.expression.meaning import COMPARISONS, kind_of
from checker.expression.scope import Scope
from checker.expression.tree import Call, Listing, Literal, Name, Node, Quantified
from checker.expression.writing import written

_ORDERED = {
    "_<_": ("_<=_", "_!=_"),
    "_<=_": ("_<_", "_==_"),
    "_>_": ("_>=_", "_!=_"),
    "_>=_": ("_>_", "_==_"),
    "_==_": ("_<=_", "_>=_"),
    "_!=_": ("_<_", "_>_"),
}
_EQUALITY = {"_==_": ("_!=_",), "_!=_": ("_==_",)}
_SWAPPED = {"_&&_": "_||_", "_||_": "_&&_", "_+_": "_-_", "_-_": "_+_"}
_METHODS = {
    "contains": ("startsWith", "endsWith"),
    "startsWith": ("contains",),
    "endsWith": ("contains",),
}
_LOGIC = ("_&&_", "_||_")
_OTHER = "×"
"""What is put behind a text to make another of it."""
_ANY_YEAR = 2023


class Change(NamedTuple):
    """An expression with one change: its whole tree, and the part concerned before and after, as text.

    position: where the part stands in the original text. after is empty for a part that was dropped.
    """

    root: Node
    before: str
    after: str
    position: int


def changes(root: Node, scope: Scope) -> Iterator[Change]:
    """Every expression that differs from this one by one change, in the order of the text."""
    yield from _Changer(scope).within(root, (), root)


def negated(node: Node) -> Node:
    """Its opposite, without a double negation."""
    if isinstance(node, Call) and node.function == "!_":
        return node.arguments[0]
    return Call("!_", (node,), 0)


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node, in the order of the text."""
    match node:
        case Call(arguments=parts) | Listing(elements=parts):
            return parts
        case Quantified():
            return (node.over, node.condition)
    return ()


def _with_children(node: Node, parts: tuple[Node, ...]) -> Node:
    match node:
        case Call():
            return node._replace(arguments=parts)
        case Listing():
            return node._replace(elements=parts)
        case Quantified():
            return node._replace(over=parts[0], condition=parts[1])
    return node


class _Step(NamedTuple):
    """A node on the way down, and which of its parts the way takes."""

    node: Node
    part: int


_Way = tuple[_Step, ...]


class _Changer:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def within(self, node: Node, way: _Way, root: Node) -> Iterator[Change]:
        for before, after in self._of(node, way):
            changed = _put(way, after)
            shown, position = _shown(node, way), node.position
            if isinstance(before, str):
                yield Change(changed, before, "", position)
            else:
                old, new = (written(_put(way[shown:], part)) for part in (node, after))
                yield Change(changed, old, new, position)
        if isinstance(node, Call) and node.function == "date" and _day(node) is not None:
            return  # changed as one day, not number by number
        for number, part in enumerate(children(node)):
            yield from self.within(part, (*way, _Step(node, number)), root)

    def _of(self, node: Node, way: _Way) -> Iterator[tuple[Node | str, Node]]:
        """What may stand in place of a node: with the part that was dropped, as text, or the node itself."""
        match node:
            case Literal():
                for other in self._literal(node, way):
                    yield node, other
            case Listing():
                yield from self._list(node, way)
            case Quantified():
                yield node, node._replace(quantifier="all" if node.quantifier == "exists" else "exists")
            case Call():
                yield from self._call(node, way)
        if not way and not (isinstance(node, Call) and node.function in (*COMPARISONS, *_LOGIC, "!_")):
            yield node, negated(node)

    def _call(self, node: Call, way: _Way) -> Iterator[tuple[Node | str, Node]]:
        function, given = node.function, node.arguments
        droppable = bool(way) and isinstance(way[-1].node, Call) and way[-1].node.function in _LOGIC
        if function in COMPARISONS:
            for other in self._comparison(node, droppable):
                yield node, node._replace(function=other)
        if function in _LOGIC:
            for kept, dropped in ((given[0], given[1]), (given[1], given[0])):
                if not (isinstance(dropped, Call) and dropped.function == function):
                    yield written(dropped), kept
        if function in _SWAPPED:
            yield node, node._replace(function=_SWAPPED[function])
        for other in _METHODS.get(function, ()):
            yield node, node._replace(function=other)
        if not (droppable and function == "!_"):
            for changed in self._plain(node):
                yield node, changed

    def _plain(self, node: Call) -> Iterator[Node]:
        """Calls that have one change of their own kind."""
        given = node.arguments
        match node.function:
            case "!_" | "-_" | "abs":
                yield given[0]
            case "_*_" if {kind_of(part, self.scope) for part in given} <= {"whole", "zero"}:
                yield node._replace(function="_+_")
            case "_?_:_":
                yield from given[1:]
            case "days":
                yield node._replace(arguments=given[::-1])
            case "date":
                yield from _days_beside(node)

    def _comparison(self, node: Call, droppable: bool) -> tuple[str, ...]:
        kinds = {kind_of(part, self.scope) for part in node.arguments}
        if kinds.isdisjoint(("text", "flag")):
            return _ORDERED[node.function]
        return () if droppable else _EQUALITY[node.function]

    def _literal(self, node: Literal, way: _Way) -> Iterator[Node]:
        if isinstance(node.value, bool):
            yield Literal(not node.value, node.position)
        elif isinstance(node.value, int):
            for step in (-1, 1):
                yield self._number(node.value, step, node.position, way)
        elif isinstance(node.value, str) and not _in_a_list(way):
            yield Literal(self._other_term(node.value, way), node.position)

    def _number(self, value: int, step: int, position: int, way: _Way) -> Node:
        """The number beside; beside nothing at all, where money is meant, stands a yuan."""
        if value == 0 and way and isinstance(way[-1].node, Call):
            beside = [part for n, part in enumerate(way[-1].node.arguments) if n != way[-1].part]
            if any(kind_of(part, self.scope) == "amount" for part in beside):
                return Call("yuan", (Literal(step, position),), position)
        return Literal(value + step, position)

    def _other_term(self, term: str, way: _Way) -> str:
        """Another term of the field the text is compared with; where it has none, another text."""
        beside = way[-1].node if way else None
        for part in children(beside) if beside is not None else ():
            choices = self._choices(part)
            if term in choices and len(choices) > 1:
                return choices[(choices.index(term) + 1) % len(choices)]
        return term + _OTHER

    def _choices(self, node: Node) -> tuple[str, ...]:
        field = self.scope.find(node.name) if isinstance(node, Name) else None
        return field.choices if field else ()

    def _list(self, node: Listing, way: _Way) -> Iterator[tuple[Node | str, Node]]:
        if len(node.elements) > 1:
            for number, element in enumerate(node.elements):
                rest = node.elements[:number] + node.elements[number + 1 :]
                yield written(element), node._replace(elements=rest)
        terms = [e.value for e in node.elements if isinstance(e, Literal) and isinstance(e.value, str)]
        beside = way[-1].node if way else None
        if not terms or not isinstance(beside, Call):
            return
        choices = self._choices(beside.arguments[0])
        others = [term for term in choices if term not in terms] or ([] if choices else [terms[0] + _OTHER])
        if others:
            yield node, node._replace(elements=(*node.elements, Literal(others[0], node.position)))


def _in_a_list(way: _Way) -> bool:
    return bool(way) and isinstance(way[-1].node, Listing)


def _put(way: _Way, node: Node) -> Node:
    """The tree the way leads through, with this node at its end."""
    for step in reversed(way):
        parts = list(children(step.node))
        parts[step.part] = node
        node = _with_children(step.node, tuple(parts))
    return node


def _shown(node: Node, way: _Way) -> int:
    """How far up a change is shown: the smallest part that holds or does not, which a reader can judge."""
    if isinstance(node, Quantified) or isinstance(node, Call) and _is_condition(node):
        return len(way)
    for depth in range(len(way) - 1, -1, -1):
        step = way[depth].node
        if isinstance(step, Quantified) or isinstance(step, Call) and _is_condition(step):
            return depth
    return 0


def _is_condition(node: Call) -> bool:
    return node.function in (*COMPARISONS, *_LOGIC, *_METHODS, "!_", "@in")


def _day(node: Call) -> date | None:
    """The day of a date whose month and day are written out; its year may be anything."""
    _, month, day = (part.value if isinstance(part, Literal) else None for part in node.arguments)
    if not isinstance(month, int) or not isinstance(day, int):
        return None
    year = node.arguments[0].value if isinstance(node.arguments[0], Literal) else _ANY_YEAR
    return date(year, month, day) if isinstance(year, int) else None


def _days_beside(node: Call) -> Iterator[Node]:
    """The day before and the day after."""
    day = _day(node)
    for step in (-1, 1) if day is not None else ():
        assert day is not None
        other = day + timedelta(days=step)
        yield node._replace(arguments=(_year(node, other.year - day.year), *_numbers(other)))


def _year(node: Call, step: int) -> Node:
    year = node.arguments[0]
    if step == 0:
        return year
    if isinstance(year, Literal) and isinstance(year.value, int):
        return Literal(year.value + step, year.position)
    return Call("_+_" if step > 0 else "_-_", (year, Literal(1, 0)), 0)


def _numbers(day: date) -> tuple[Node, Node]:
    return Literal(day.month, 0), Literal(day.day, 0)
