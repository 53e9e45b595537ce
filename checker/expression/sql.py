"""A checked expression as SQL for DuckDB: the only place where SQL is printed from a rule.

The text is TRUE only where cel-cpp would say true, and FALSE only where it would say false; wherever
cel-cpp would have an error, or an operand has no value, it is NULL. AND, OR and NOT of SQL treat
NULL as cel-cpp treats an error, so that needs no more than care with lists (one bad element spoils the whole
list), choices (CASE has no ELSE) and whole numbers (TRY where 64 bits might not do).

No text of a rule is printed: texts are bound as parameters, names are those the caller gives, and of numbers
and dates our own spelling is.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checker.expression.tree import Call, Listing, Literal, Name, Node, Quantified, walk
from checker.ruleset import Expression

LEAST, MOST = -(1 << 63), (1 << 63) - 1
FIRST_YEAR = 2
"""cel-cpp takes the first moment of the year 1 for an error: its days are left to the reference."""
_BINARY = {
    "_&&_": "AND",
    "_||_": "OR",
    "_==_": "=",
    "_!=_": "<>",
    "_<_": "<",
    "_<=_": "<=",
    "_>_": ">",
    "_>=_": ">=",
}
_TEXT = {"contains": "contains", "startsWith": "starts_with", "endsWith": "suffix"}
_TYPES = {
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "date": "DATE",
    "moment": "TIMESTAMP",
    **dict.fromkeys(("count", "number", "amount"), "BIGINT"),
}


class Unprintable(Exception):  # noqa: N818 - the reference evaluates such a rule; nothing is wrong with it
    """There is no SQL that means the same."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What a name stands for in a query.

    type: a field type. value: SQL that is NULL where there is no usable value; amounts in fen, a day
    without a time of day as its midnight. timed: for a moment, SQL for whether the time of day is known
    (None: it always is). given: SQL that is TRUE where something is filled in, FALSE where the cell is blank
    or a slash, NULL where neither is known. sure: value is never NULL. span: bounds of a whole number.
    """

    type: str
    value: str
    timed: str | None = None
    given: str = "NULL"
    sure: bool = False
    span: tuple[int, int] = (LEAST, MOST)


@dataclass
class Parameters:
    """The values bound to a query, by name."""

    values: dict[str, Any] = field(default_factory=dict)
    _names: dict[Hashable, str] = field(default_factory=dict)

    def bind(self, value: Any, kind: str) -> str:
        """SQL for a value of a field type, the same for the same value."""
        return f"CAST(${self._name((kind, value), value)} AS {_TYPES[kind]})"

    def bind_list(self, texts: list[str]) -> str:
        """SQL for a list of texts."""
        return f"CAST(${self._name(('list', *texts), texts)} AS VARCHAR[])"

    def used_in(self, statement: str) -> Mapping[str, Any]:
        """The values that a statement of ours asks for."""
        used = set(re.findall(r"\$(\w+)", statement))  # no text of a rule is in it
        return {name: value for name, value in self.values.items() if name in used}

    def _name(self, known: Hashable, value: Any) -> str:
        name = self._names.setdefault(known, f"p{len(self.values)}")
        self.values[name] = value
        return name


def sql_type(kind: str) -> str:
    """The column type that holds values of a field type."""
    return _TYPES[kind]


def quoted(name: str) -> str:
    """An identifier, whatever it is made of."""
    return '"' + name.replace('"', '""') + '"'


def whole(number: int) -> str:
    """A whole number of 64 bits."""
    return f"CAST({number} AS BIGINT)"


def condition(expression: Expression, operands: Mapping[str, Operand], bound: Parameters) -> str:
    """The expression over operands for every name it reads. Raises Unprintable."""
    return _Printer(at_one_precision(expression, operands), bound).sql(expression.compiled.root)


def can_be_null(expression: Expression, operands: Mapping[str, Operand]) -> bool:
    """Whether the printed condition may be NULL."""
    risky = any(isinstance(n, Call) and n.function in _MAY_FAIL for n in walk(expression.compiled.root))
    return risky or not all(operands[name].sure for name in expression.reads)


def at_one_precision(expression: Expression, operands: Mapping[str, Operand]) -> Mapping[str, Operand]:
    """The operands, moments without their time of day where one that is known has none."""
    moments = {name: operands[name] for name in expression.reads if operands[name].type == "moment"}
    timed = [
        f"({m.timed} IS NOT FALSE{'' if m.sure else f' OR {m.value} IS NULL'})"
        for m in moments.values()
        if m.timed is not None
    ]
    if len(moments) < 2 or not timed:
        return operands
    precise = " AND ".join(timed)
    found = dict(operands)
    for name, m in moments.items():
        day = f"CAST(CAST({m.value} AS DATE) AS TIMESTAMP)"
        value = f"CASE WHEN {precise} THEN {m.value} ELSE {day} END"
        found[name] = Operand(m.type, f"({value})", m.timed, m.given, m.sure)
    return found


class _Printer:
    """Prints one expression. bound elements stand for the variable of all() and exists()."""

    def __init__(self, operands: Mapping[str, Operand], parameters: Parameters) -> None:
        self.operands = operands
        self.parameters = parameters
        self.elements: dict[str, Node] = {}

    def sql(self, node: Node) -> str:
        match node:
            case Literal():
                return self._literal(node)
            case Name():
                if node.name in self.elements:
                    return self.sql(self.elements[node.name])
                return self.operands[node.name].value
            case Call():
                return self._call(node)
            case Quantified(over=Listing()):
                return self._quantified(node)
        raise Unprintable(type(node).__name__)

    def _literal(self, node: Literal) -> str:
        match node.value:
            case bool():
                return "TRUE" if node.value else "FALSE"
            case int():
                return whole(node.value)
            case str():
                return self.parameters.bind(node.value, "text")
        raise Unprintable("literal")

    def _call(self, node: Call) -> str:
        name = node.function
        if name in _BINARY:
            left, right = map(self.sql, node.arguments)
            return f"({left} {_BINARY[name]} {right})"
        if name in _ARITHMETIC or name == "sum":
            return self._number(node)
        if name in _TEXT:
            return f"{_TEXT[name]}({', '.join(map(self.sql, node.arguments))})"
        match name:
            case "!_":
                return f"(NOT {self.sql(node.arguments[0])})"
            case "_?_:_":
                asked, then, otherwise = map(self.sql, node.arguments)
                return f"(CASE {asked} WHEN TRUE THEN {then} WHEN FALSE THEN {otherwise} END)"
            case "@in":
                return self._membership(node)
            case "date":
                return self._date(node)
            case "day":
                return f"CAST({self.sql(node.arguments[0])} AS DATE)"
            case "days":
                first, last = (f"CAST({self.sql(a)} AS DATE)" for a in node.arguments)
                return f"date_diff('day', {first}, {last})"
        raise Unprintable(name)

    def _number(self, node: Call) -> str:
        """Arithmetic: without TRY only where 64 bits are enough whatever the operands are."""
        low, high = self._span(node)
        parts = node.arguments[0].elements if node.function == "sum" else node.arguments  # type: ignore[union-attr]
        text = _ARITHMETIC[node.function].join(f"({self.sql(p)})" for p in parts)
        match node.function:
            case "-_":
                text = f"{whole(0)} - {text}"  # of a constant DuckDB makes a wider number of -x
            case "abs":
                text = f"abs{text}"
            case "yuan" | "wan_yuan":
                text = f"{text} * {whole(_FEN[node.function])}"
        return f"({text})" if low >= LEAST and high <= MOST else f"TRY({text})"

    def _span(self, node: Node) -> tuple[int, int]:
        """Between which numbers a whole number lies; what TRY lets through fits 64 bits."""
        match node:
            case Literal(value=int(number)):
                return number, number
            case Name():
                found = self.elements.get(node.name)
                return self._span(found) if found is not None else self.operands[node.name].span
            case Call():
                spans = [self._fitting(a) for a in _parts(node)]
                return _SPANS[node.function](spans) if node.function in _SPANS else (LEAST, MOST)
        return LEAST, MOST

    def _fitting(self, node: Node) -> tuple[int, int]:
        low, high = self._span(node)
        return max(low, LEAST), min(high, MOST)

    def _date(self, node: Call) -> str:
        given = [a.value for a in node.arguments if isinstance(a, Literal)]
        if len(given) == 3:
            if given[0] == FIRST_YEAR - 1:
                raise Unprintable("year")
            return f"DATE '{date(*given).isoformat()}'"  # type: ignore[arg-type]
        year, month, day = map(self.sql, node.arguments)
        made = f"TRY(make_date({year}, {month}, {day}))"
        return f"(CASE WHEN {year} BETWEEN {FIRST_YEAR} AND 9999 THEN {made} END)"

    def _membership(self, node: Call) -> str:
        listing = node.arguments[1]
        assert isinstance(listing, Listing)
        elements = [self.sql(e) for e in listing.elements]
        return self._guarded(listing, f"({self.sql(node.arguments[0])} IN ({', '.join(elements)}))")

    def _quantified(self, node: Quantified) -> str:
        assert isinstance(node.over, Listing)
        parts = []
        for element in node.over.elements:
            self.elements = {node.variable: element}
            parts.append(self.sql(node.condition))
            self.elements = {}
        joined = (" AND " if node.quantifier == "all" else " OR ").join(parts)
        return self._guarded(node.over, f"({joined})")

    def _guarded(self, listing: Listing, text: str) -> str:
        """NULL where an element has no value: a list with an error in it is an error."""
        doubtful = [self.sql(e) for e in listing.elements if not self._sure(e)]
        if not doubtful:
            return text
        known = " AND ".join(f"({e}) IS NOT NULL" for e in dict.fromkeys(doubtful))
        return f"(CASE WHEN {known} THEN {text} END)"

    def _sure(self, node: Node) -> bool:
        return isinstance(node, Literal) or isinstance(node, Name) and self.operands[node.name].sure


def _parts(node: Call) -> tuple[Node, ...]:
    if node.function == "sum":
        listing = node.arguments[0]
        return listing.elements if isinstance(listing, Listing) else ()
    return node.arguments[1:] if node.function == "_?_:_" else node.arguments


Span = tuple[int, int]


def _products(spans: list[Span]) -> Span:
    products = [a * b for a in spans[0] for b in spans[1]]
    return min(products), max(products)


def _absolute(spans: list[Span]) -> Span:
    low, high = spans[0]
    return 0 if low <= 0 <= high else min(abs(low), abs(high)), max(abs(low), abs(high))


def _total(spans: list[Span]) -> Span:
    """Wide enough for what the sum comes to on the way, too."""
    most = sum(max(abs(low), abs(high)) for low, high in spans)
    return -most, most


_FEN = {"yuan": 100, "wan_yuan": 1_000_000}
_ARITHMETIC = {
    "_+_": " + ",
    "_-_": " - ",
    "_*_": " * ",
    "sum": " + ",
    **dict.fromkeys(("-_", "abs", "yuan", "wan_yuan"), ""),
}
_MAY_FAIL = frozenset((*_ARITHMETIC, "date"))
_SPANS: Mapping[str, Callable[[list[Span]], Span]] = {
    "_+_": lambda s: (s[0][0] + s[1][0], s[0][1] + s[1][1]),
    "_-_": lambda s: (s[0][0] - s[1][1], s[0][1] - s[1][0]),
    "_*_": _products,
    "-_": lambda s: (-s[0][1], -s[0][0]),
    "abs": _absolute,
    "sum": _total,
    "yuan": lambda s: (s[0][0] * 100, s[0][1] * 100),
    "wan_yuan": lambda s: (s[0][0] * 1_000_000, s[0][1] * 1_000_000),
    "_?_:_": lambda s: (min(a for a, _ in s), max(b for _, b in s)),
    "days": lambda s: (-4_000_000, 4_000_000),
}
