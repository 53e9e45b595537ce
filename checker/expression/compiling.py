"""cel-cpp at load: an expression is compiled, type-checked and read, or every mistake in it is told."""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from checker.bilingual import Bilingual
from checker.errors import Problem, RulesetError
from checker.expression import meaning, mistakes, tree
from checker.expression.mistakes import Mistake
from checker.expression.scope import Scope
from checker.location import Location
from checker.ruleset import Expression

if TYPE_CHECKING:
    from cel_expr_python import cel

Locate: TypeAlias = Callable[[int], tuple[Location, str | None]]
"""From an offset in an expression's text to its place in the file, and the line that stands there."""

_KEPT_BY_CEL = frozenset(
    ("bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "string", "type", "uint")
)
_CEL_TYPES = {
    "count": "INT",
    "amount": "INT",
    "number": "INT",
    "text": "STRING",
    "flag": "BOOL",
    "date": "TIMESTAMP",
    "moment": "TIMESTAMP",
}


Note: TypeAlias = list[Any]
"""A checked expression as plain data: its text, cel-cpp's bytes, the names it reads."""


@dataclass(frozen=True, eq=False)
class Program:
    """A checked expression, ready to run. `variables` are the names read, as cel-cpp knows them.

    What can run and the tree are made when they are first used: no run evaluates all it loads. root has no
    positions, which are seldom needed: placed_root() decodes them. decided: what it came to for values met
    before.
    """

    serialized: bytes = field(repr=False)
    variables: tuple[tuple[str, str], ...]
    scope: Scope
    shared: _Environment
    decided: dict[tuple[Any, ...], bool | None] = field(default_factory=dict, repr=False)

    @property
    def environment(self) -> cel.Env:
        return self.shared.cel()

    @cached_property
    def executable(self) -> Any:
        return self.environment.deserialize(self.serialized)

    @cached_property
    def root(self) -> tree.Node:
        return tree.decode(self.serialized, placed=False)

    def placed_root(self) -> tree.Node:
        return tree.decode(self.serialized)


class Compiler:
    """Checks expressions, each in its scope. `scopes`: those known beforehand.

    Building a cel-cpp environment costs about 0.8 ms, so scopes whose names do not contradict one
    another share one; names that are in the environment but not in the scope are refused afterwards.
    """

    def __init__(self, scopes: Iterable[Scope] = ()) -> None:
        self._environments: list[_Environment] = []
        self._known: dict[int, tuple[Scope, _Environment]] = {}
        self._compiled: dict[tuple[str, int], tuple[bytes, bool]] = {}
        for scope in scopes:
            self._environment(scope)

    def check(self, source: str, scope: Scope, place: Location, locate: Locate | None = None) -> Expression:
        """A condition that has been checked. Raises RulesetError with every mistake in it.

        place is where the text begins; locate maps offsets where that is not plain counting.
        """
        found = meaning.refused_has(source)
        program: Program | None = None
        if not found:
            program, found = self._compile(source, scope)
        if program is None or found:
            raise RulesetError([_problem(m, locate or _counting(source, place)) for m in found])
        return _expression(source, place, program)

    def recall(self, note: Note | None, source: str, scope: Scope, place: Location) -> Expression | None:
        """The condition a note is of, for which every name must be what it was then; None where it is of
        another."""
        with suppress(TypeError, ValueError):
            text, serialized, reads = note or [None] * 3
            if text == source:
                program = Program(
                    b64decode(serialized, validate=True), _variables(reads), scope, self._environment(scope)
                )
                return _expression(source, place, program)
        return None

    def _compile(self, source: str, scope: Scope) -> tuple[Program | None, list[Mistake]]:
        environment = self._environment(scope)
        try:
            serialized, holds_or_not = self._serialized(source, environment)
        except Exception as error:
            return None, self._explained(str(error), source, scope)
        root = tree.decode(serialized, placed=False)
        if meaning.examine(root, scope):
            return None, meaning.examine(tree.decode(serialized), scope)
        if not holds_or_not:
            zh, en = "这里须是一个条件（成立或不成立）", "a condition is needed here, which holds or does not"
            return None, [Mistake("expression.not-a-condition", Bilingual(zh, en), 0)]
        return Program(serialized, _variables(tree.reads(root)), scope, environment), []

    def _serialized(self, source: str, environment: _Environment) -> tuple[bytes, bool]:
        """What cel-cpp makes of a text, and whether that is a condition. Many rules say the same."""
        key = source, id(environment)
        if key not in self._compiled:
            compiled = environment.cel().compile(source)
            self._compiled[key] = compiled.serialize(), compiled.return_type().name() == "BOOL"
        return self._compiled[key]

    def _explained(self, said: str, source: str, scope: Scope) -> list[Mistake]:
        """What cel-cpp says when it knows this scope only; the shared environment knows more names."""
        alone = _Environment(scope)
        try:
            root = tree.decode(alone.cel().compile(source).serialize())
        except Exception as error:
            return mistakes.translate(str(error), source, scope)
        return meaning.examine(root, scope) or mistakes.translate(said, source, scope)

    def _environment(self, scope: Scope) -> _Environment:
        known = self._known.get(id(scope))
        if known is not None:
            return known[1]
        found = next((e for e in self._environments if e.takes(scope)), None)
        if found is None:
            found = _Environment(scope)
            self._environments.append(found)
        self._known[id(scope)] = (scope, found)  # with the scope itself, so that its id stays its own
        return found


class _Environment:
    """A cel-cpp environment for one or more scopes, built when first used."""

    def __init__(self, scope: Scope) -> None:
        self._types = {n: f.type for n, f in scope.vocabulary.fields.items() if f.type != "prose"}
        self._types.update((n, f.type) for n, f in scope.own.items() if f.type != "prose")
        self._built: cel.Env | None = None

    def takes(self, scope: Scope) -> bool:
        """Whether the scope's own names are here, or could still be added, with the types they have."""
        wanted = {n: f.type for n, f in scope.own.items() if f.type != "prose"}
        here = self._types
        if wanted.items() <= here.items():
            return True
        if any(_CEL_TYPES[here[n]] != _CEL_TYPES[t] for n, t in wanted.items() if n in here):
            return False
        new = {n: t for n, t in wanted.items() if n not in here}
        if new and self._built is not None:
            return False
        here.update(new)
        return True

    def cel(self) -> cel.Env:
        if self._built is None:
            self._built = _new_environment(self._types)
        return self._built


def check(source: str, scope: Scope, place: Location) -> Expression:
    """One condition, checked by itself. Raises RulesetError with every mistake in it."""
    return Compiler().check(source, scope, place)


def note(expression: Expression) -> Note:
    """What Compiler.recall() makes the expression of again."""
    program: Program = expression.compiled
    return [expression.source, b64encode(program.serialized).decode(), expression.reads]


def engine() -> bytes:
    """All that decides, beside what the names in scope are, what is said of an expression."""
    from cel_expr_python import cel

    library = Path(cel.__file__).stat()
    theirs = f"{sys.version}\0{library.st_size}\0{library.st_mtime_ns}".encode()
    return b"\0".join([theirs, *(p.read_bytes() for p in sorted(Path(__file__).parent.glob("*.py")))])


def _expression(source: str, place: Location, program: Program) -> Expression:
    return Expression(source, place, tuple(name for name, _ in program.variables), program)


def _variables(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _cel_name(name)) for name in names)


def _cel_name(name: str) -> str:
    return f"{tree.CONTAINER}.{name}" if name in _KEPT_BY_CEL else name


def _new_environment(types: Mapping[str, str]) -> cel.Env:
    from cel_expr_python import cel

    variables = {_cel_name(n): getattr(cel.Type, _CEL_TYPES[t]) for n, t in types.items()}
    made = cel.NewEnv(variables=variables, functions=_functions(), container=tree.CONTAINER)
    made.compile("true")  # before that it takes no dates in what it deserializes
    return made


def _functions() -> list[cel.FunctionDecl]:
    from cel_expr_python import cel

    whole, day = cel.Type.INT, cel.Type.TIMESTAMP

    def declared(
        name: str, returns: cel.Type, takes: list[cel.Type], run: Callable[..., Any]
    ) -> cel.FunctionDecl:
        return cel.FunctionDecl(name, [cel.Overload(f"{name}_of_whole", returns, takes, False, run)])

    return [
        declared("sum", whole, [cel.Type.List(whole)], sum),
        declared("abs", whole, [whole], abs),
        declared("date", day, [whole, whole, whole], lambda y, m, d: datetime(y, m, d, tzinfo=UTC)),
        declared("day", day, [day], lambda t: t.replace(hour=0, minute=0, second=0, microsecond=0)),
        declared("days", whole, [day, day], lambda a, b: (b.date() - a.date()).days),
        declared("yuan", whole, [whole], lambda n: n * 100),
        declared("wan_yuan", whole, [whole], lambda n: n * 1_000_000),
    ]


def _counting(source: str, place: Location) -> Locate:
    """Offsets in a text that stands in the file as it is, its first line at `place`."""

    def locate(offset: int) -> tuple[Location, str | None]:
        before = source[:offset].split("\n")
        line, character = len(before) - 1, len(before[-1]) + 1
        if line == 0:
            character += (place.character or 1) - 1
        return replace(place, line=(place.line or 1) + line, character=character), None

    return locate


def _problem(mistake: Mistake, locate: Locate) -> Problem:
    location, excerpt = locate(mistake.offset)
    return Problem(mistake.code, mistake.message, location, excerpt)
