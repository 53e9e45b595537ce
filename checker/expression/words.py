"""An expression in words: the formula a person who knows no CEL can sign off."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from checker.bilingual import Bilingual, Language
from checker.expression.tree import Call, Listing, Literal, Name, Node, Quantified
from checker.facts import Field
from checker.ruleset import Expression

CHOICE, OR, AND, COMPARISON, ADDITION, PRODUCT, UNARY, ATOM = range(8)


class Names(Protocol):
    """Whatever knows the field behind a name, such as a Scope."""

    def find(self, name: str) -> Field | None: ...


class Phrase(NamedTuple):
    """Some words and how tightly they hold together: looser ones need brackets inside tighter ones."""

    text: str
    strength: int


_BINARY: Mapping[str, tuple[int, Bilingual]] = {
    "_||_": (OR, Bilingual(" 或 ", " or ")),
    "_&&_": (AND, Bilingual(" 且 ", " and ")),
    "_==_": (COMPARISON, Bilingual(" ＝ ", " = ")),
    "_!=_": (COMPARISON, Bilingual(" ≠ ", " ≠ ")),
    "_<_": (COMPARISON, Bilingual(" ＜ ", " < ")),
    "_<=_": (COMPARISON, Bilingual(" ≤ ", " ≤ ")),
    "_>_": (COMPARISON, Bilingual(" ＞ ", " > ")),
    "_>=_": (COMPARISON, Bilingual(" ≥ ", " ≥ ")),
    "_+_": (ADDITION, Bilingual(" ＋ ", " + ")),
    "_-_": (ADDITION, Bilingual(" － ", " − ")),
    "_*_": (PRODUCT, Bilingual(" × ", " × ")),
}
_TEXT = {
    "contains": Bilingual("{0}含有{1}", "{0} contains {1}"),
    "startsWith": Bilingual("{0}以{1}开头", "{0} begins with {1}"),
    "endsWith": Bilingual("{0}以{1}结尾", "{0} ends with {1}"),
}
_EACH = {
    "all": Bilingual("{0}中每一项都满足：{1}", "each of {0} satisfies: {1}"),
    "exists": Bilingual("{0}中至少有一项满足：{1}", "at least one of {0} satisfies: {1}"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def formula(expression: Expression, scope: Names, language: Language) -> str:
    """The expression with every field by its label, in mathematical signs and words."""
    return _Writer(scope, language).phrase(expression.compiled.root).text


class _Writer:
    """Writes one expression in one language."""

    def __init__(self, scope: Names, language: Language) -> None:
        self.scope = scope
        self.language = language
        self.zh = language == "zh"
        self.bound: frozenset[str] = frozenset()

    def phrase(self, node: Node) -> Phrase:
        match node:
            case Literal():
                return self._literal(node)
            case Name():
                return self._name(node)
            case Call():
                return self._call(node)
            case Listing():
                return Phrase(self._listed(node), ATOM)
            case Quantified():
                return self._quantified(node)
        raise TypeError(node)  # refused when the rule was loaded

    def _inside(self, node: Node, strength: int) -> str:
        """The words of a part, in brackets if they are looser than what surrounds them."""
        text, own = self.phrase(node)
        if own >= strength:
            return text
        return f"（{text}）" if self.zh else f"({text})"

    def _literal(self, node: Literal) -> Phrase:
        if isinstance(node.value, bool):
            text = (("假", "真") if self.zh else ("false", "true"))[node.value]
        elif isinstance(node.value, str):
            text = f"“{node.value}”"
        else:
            text = str(node.value).replace("-", "－" if self.zh else "−")
        return Phrase(text, ATOM)

    def _name(self, node: Name) -> Phrase:
        if node.name in self.bound:
            return Phrase("该项" if self.zh else "it", ATOM)
        field = self.scope.find(node.name)
        if field is None:
            return Phrase(node.name, ATOM)
        label = field.label.in_language(self.language)
        # A flag stands for a statement here: not 表三是否存在 but 表三存在.
        return Phrase(label.replace("是否", "", 1) if field.type == "flag" else label, ATOM)

    def _listed(self, node: Listing) -> str:
        return ("、" if self.zh else ", ").join(self.phrase(e).text for e in node.elements)

    def _quantified(self, node: Quantified) -> Phrase:
        over = self.phrase(node.over).text
        self.bound = frozenset((node.variable,))
        condition = self.phrase(node.condition).text
        self.bound = frozenset()
        return Phrase(_EACH[node.quantifier].in_language(self.language).format(over, condition), CHOICE)

    def _call(self, node: Call) -> Phrase:
        if node.function == "_||_" and (implied := self._implication(node)):
            return implied
        if node.function in _BINARY:
            strength, sign = _BINARY[node.function]
            # Only the sums of sums may do without brackets on the right: a − (b − c) must keep them.
            right = strength + (node.function == "_-_" or strength == COMPARISON)
            left = strength + (strength == COMPARISON)
            first, second = node.arguments
            if node.function == "_||_":  # “且” binds closer than “或”, which not every reader knows
                left, right = (COMPARISON if _is_and(part) else OR for part in node.arguments)
            text = self._inside(first, left) + sign.in_language(self.language) + self._inside(second, right)
            return Phrase(text, strength)
        if node.function in _TEXT:
            parts = (self._inside(a, UNARY) for a in node.arguments)
            return Phrase(_TEXT[node.function].in_language(self.language).format(*parts), COMPARISON)
        return _WORDING[node.function](self, node.arguments)

    def _implication(self, node: Call) -> Phrase | None:
        """`!a || b` reads as: if a then b."""
        first, second = node.arguments
        if not isinstance(first, Call) or first.function != "!_":
            return None
        return self._if(self.phrase(first.arguments[0]).text, self._inside(second, OR), None)

    def _if(self, condition: str, then: str, otherwise: str | None) -> Phrase:
        if otherwise is None:
            text = f"若 {condition}，则 {then}" if self.zh else f"if {condition}, then {then}"
        elif self.zh:
            text = f"若 {condition}，则 {then}，否则 {otherwise}"
        else:
            text = f"if {condition}, then {then}, otherwise {otherwise}"
        return Phrase(text, CHOICE)

    def choice(self, parts: "Parts") -> Phrase:
        condition, then, otherwise = parts
        always = isinstance(otherwise, Literal) and otherwise.value is True
        rest = None if always else self._inside(otherwise, OR)
        return self._if(self.phrase(condition).text, self._inside(then, OR), rest)

    def negation(self, parts: "Parts") -> Phrase:
        inner = parts[0]
        if isinstance(inner, Call) and inner.function == "@in":
            return self._membership(inner.arguments, Bilingual(" 不属于 ", " is none of "))
        return Phrase(("非 " if self.zh else "not ") + self._inside(inner, UNARY), UNARY)

    def minus(self, parts: "Parts") -> Phrase:
        return Phrase(("－" if self.zh else "−") + self._inside(parts[0], UNARY), UNARY)

    def membership(self, parts: "Parts") -> Phrase:
        return self._membership(parts, Bilingual(" 属于 ", " is one of "))

    def _membership(self, parts: "Parts", sign: Bilingual) -> Phrase:
        text = self._inside(parts[0], ADDITION) + sign.in_language(self.language) + self.phrase(parts[1]).text
        return Phrase(text, COMPARISON)

    def total(self, parts: "Parts") -> Phrase:
        assert isinstance(parts[0], Listing)
        elements = parts[0].elements
        if len(elements) == 1:
            return self.phrase(elements[0])
        sign = _BINARY["_+_"][1].in_language(self.language)
        return Phrase(sign.join(self._inside(e, ADDITION) for e in elements), ADDITION)

    def absolute(self, parts: "Parts") -> Phrase:
        return Phrase(f"|{self.phrase(parts[0]).text}|", ATOM)

    def yuan(self, parts: "Parts") -> Phrase:
        return Phrase(self._inside(parts[0], UNARY) + ("元" if self.zh else " yuan"), ATOM)

    def wan_yuan(self, parts: "Parts") -> Phrase:
        return Phrase(self._inside(parts[0], UNARY) + ("万元" if self.zh else " × 10,000 yuan"), ATOM)

    def day_of(self, parts: "Parts") -> Phrase:
        inner = self._inside(parts[0], UNARY)
        return Phrase(f"{inner}（当天）" if self.zh else f"the day of {inner}", ATOM)

    def days(self, parts: "Parts") -> Phrase:
        first, last = (self.phrase(p).text for p in parts)
        text = f"{first}至{last}的天数" if self.zh else f"the days from {first} to {last}"
        return Phrase(text, ATOM)

    def day(self, parts: "Parts") -> Phrase:
        year, month, day = (self._inside(p, UNARY) for p in parts)
        named = isinstance(parts[0], Name)
        if self.zh:
            return Phrase(f"{year}{'' if named else '年'}{month}月{day}日", ATOM)
        of = " " if isinstance(parts[0], Literal) else " of "
        fixed = parts[1].value if isinstance(parts[1], Literal) else None
        in_words = _MONTHS[fixed - 1] if isinstance(fixed, int) and 1 <= fixed <= 12 else f"month {month}"
        return Phrase(f"{day} {in_words}{of}{year}", ATOM)


def _is_and(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "_&&_"


Parts: TypeAlias = tuple[Node, ...]

_WORDING: Mapping[str, Callable[[_Writer, Parts], Phrase]] = {
    "_?_:_": _Writer.choice,
    "!_": _Writer.negation,
    "-_": _Writer.minus,
    "@in": _Writer.membership,
    "sum": _Writer.total,
    "abs": _Writer.absolute,
    "date": _Writer.day,
    "day": _Writer.day_of,
    "days": _Writer.days,
    "yuan": _Writer.yuan,
    "wan_yuan": _Writer.wan_yuan,
}
