"""Values in, True or False out."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from checker.bilingual import Bilingual
from checker.errors import EngineError, Problem
from checker.expression.compiling import Program
from checker.expression.meaning import COMPARISONS, kind_of, masked
from checker.expression.tree import Call, Literal, Name, Node, walk
from checker.facts import Field
from checker.ruleset import Expression

Value: TypeAlias = int | str | bool | datetime
"""count, number: int. amount: int, in fen. text: str. flag: bool. date: midnight UTC. moment: UTC."""


_MONEY = Field("yuan", "amount", Bilingual("元", "yuan"), scale=100)
"""The unit of money that stands beside no field of its own: yuan(400)."""
_REMEMBERED = 10_000


class Side(NamedTuple):
    """One side of a comparison: its text, and a field in whose unit it is written; None where it has none."""

    source: str
    field: Field | None


def evaluate(expression: Expression, values: Mapping[str, Value]) -> bool:
    """Whether the condition holds; `values` has at least every name in `expression.reads`.

    Raises EngineError on anything but a plain true or false: cel-cpp returns its errors as
    values whose content is a non-empty text, which must never count as true.
    """
    program: Program = expression.compiled
    try:
        met = tuple([values[name] for name, _ in program.variables])
    except KeyError as error:
        raise _failed(expression, f"no value for {error}") from None
    known = program.decided.get(met)
    if known is not None:
        return known
    data = {variable: value for (_, variable), value in zip(program.variables, met, strict=True)}
    try:
        outcome = program.executable.eval(data=data).value()
    except RuntimeError as error:
        raise _failed(expression, str(error)) from None
    if outcome is True or outcome is False:
        _remember(program, met, outcome)
        return bool(outcome)
    raise _failed(expression, str(outcome))


def evaluate_partly(expression: Expression, values: Mapping[str, Value]) -> bool | None:
    """Whether the condition holds where some values are left out; None where that depends on them."""
    program: Program = expression.compiled
    return decided(expression, tuple([values.get(name) for name, _ in program.variables]))


def decided(expression: Expression, met: tuple[Value | None, ...]) -> bool | None:
    """Whether the condition holds for these values of the names it reads, in their order; None is no value.

    None where that depends on what has no value, and where it comes to no plain true or false. By CEL's own
    logic: `false && x` is false and `true || x` is true, whatever x would have been.
    """
    program: Program = expression.compiled
    if met in program.decided:
        return program.decided[met]
    named = zip(program.variables, met, strict=True)
    data = {variable: value for (_, variable), value in named if value is not None}
    try:
        outcome = program.executable.eval(data=data).value()
    except RuntimeError:
        outcome = None
    found = bool(outcome) if outcome is True or outcome is False else None
    _remember(program, met, found)
    return found


def _remember(program: Program, met: tuple[Any, ...], outcome: bool | None) -> None:
    """Rows of a ledger say few different things; what they came to need not be asked again."""
    if len(program.decided) >= _REMEMBERED:
        program.decided.clear()
    program.decided[met] = outcome


def _failed(expression: Expression, reason: str) -> EngineError:
    message = Bilingual(
        f"表达式 {expression.source} 无法求值：{reason}",
        f"the expression {expression.source} could not be evaluated: {reason}",
    )
    return EngineError([Problem("expression.failed", message, expression.place)])


def literals(expression: Expression) -> tuple[int | str | bool, ...]:
    """The constants written in an expression."""
    found = (n.value for n in walk(expression.compiled.root) if isinstance(n, Literal))
    return tuple(value for value in found if value is not None)


def is_comparison(expression: Expression) -> bool:
    """Whether the expression is one comparison, so that it has a left and a right side."""
    root = expression.compiled.root
    return isinstance(root, Call) and root.function in COMPARISONS


def sides(expression: Expression) -> tuple[Side, Side] | None:
    """Both sides of the comparison an expression consists of; None where it is not one comparison."""
    if not is_comparison(expression):
        return None
    program: Program = expression.compiled
    root = program.placed_root()
    assert isinstance(root, Call)
    texts = _split(expression.source, root.position, len(root.function) - 2)
    money = any(kind_of(node, program.scope) == "amount" for node in root.arguments)
    left, right = (
        [f for f in _read(node, program) if (f.type == "amount") == money] for node in root.arguments
    )
    if money:
        left, right = left or right or [_MONEY], right or left or [_MONEY]
    return Side(texts[0], next(iter(left), None)), Side(texts[1], next(iter(right), None))


def _split(source: str, operator: int, length: int) -> tuple[str, str]:
    """The text on both sides of the operator, without brackets that enclose the whole comparison."""
    blank = masked(source)
    opened: list[int] = []
    for at, character in enumerate(blank[:operator]):
        if character == "(":
            opened.append(at)
        elif character == ")":
            opened.pop()
    if not opened:
        return source[:operator].strip(), source[operator + length :].strip()
    left = source[opened[-1] + 1 : operator]
    return left.strip(), source[operator + length : _closing(blank, operator)].strip()


def _closing(blank: str, start: int) -> int:
    """Where the bracket closes that is open at `start`."""
    depth = 0
    for at in range(start, len(blank)):
        depth += {"(": 1, ")": -1}.get(blank[at], 0)
        if depth < 0:
            return at
    return len(blank)


def _read(node: Node, program: Program) -> Iterator[Field]:
    for name in walk(node):
        if isinstance(name, Name) and (field := program.scope.find(name.name)):
            yield field


def sums_above(expression: Expression, name: str) -> tuple[tuple[str, ...], ...]:
    """What the expression says `name` is at most, each as the names added up: `name <= a + b` is (a, b)."""
    found = (
        _added(node.arguments[1])
        for node in walk(expression.compiled.root)
        if isinstance(node, Call) and node.function == "_<=_" and _added(node.arguments[0]) == (name,)
    )
    return tuple(dict.fromkeys(names for names in found if names))


def _added(node: Node) -> tuple[str, ...]:
    """The names of a sum of names alone; empty for anything else."""
    match node:
        case Name():
            return (node.name,)
        case Call(function="_+_"):
            left, right = (_added(a) for a in node.arguments)
            return (*left, *right) if left and right else ()
    return ()


def evaluate_side(expression: Expression, side: str, values: Mapping[str, Value]) -> Value:
    """The value of the "left" or "right" of a comparison. Raises EngineError if it has none."""
    found = sides(expression)
    if found is None:
        raise _failed(expression, "it is not a comparison")
    text = found[0 if side == "left" else 1].source
    program: Program = expression.compiled
    data = {variable: values[name] for name, variable in program.variables}
    outcome: Any = program.environment.compile(text).eval(data=data)
    if outcome.type().name() == "ERROR":
        raise _failed(expression, str(outcome.value()))
    value: Value = outcome.value()
    return value
