"""What cel-cpp does not check: names outside the scope, money against counts, refused constructs."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from checker.bilingual import Bilingual
from checker.errors import did_you_mean
from checker.expression.mistakes import FUNCTIONS, Mistake, unknown_function, unknown_name
from checker.expression.scope import Scope
from checker.expression.tree import Call, Listing, Literal, Name, Node, Quantified, Refused, walk
from checker.patterns import pattern

COMPARISONS = ("_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_")

_STRINGS_AND_COMMENTS = pattern(
    r"""[rR]?(\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|//[^\n]*""", re.S
)


def masked(source: str) -> str:
    """The text with what stands in strings and comments blanked out, at the same length."""
    return _STRINGS_AND_COMMENTS.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), source)


def refused_has(source: str) -> list[Mistake]:
    """has(), which cel-cpp would silently turn into the name inside it."""
    if "has" not in source:
        return []
    zh = "不用 has()：值缺失时引擎自行判为“无法判定”"
    en = "has() is not used: a missing value makes the rule undecided by itself"
    found = re.finditer(r"(?<![\w.])has\s*\(", masked(source))
    return [Mistake("expression.has", Bilingual(zh, en), m.start()) for m in found]


def examine(root: Node, scope: Scope) -> list[Mistake]:
    """Every mistake in a tree that cel-cpp has accepted."""
    reader = _Reader(scope)
    reader.meaning(root)
    reader.moments(root)
    return reader.mistakes


def kind_of(node: Node, scope: Scope) -> str | None:
    """What an accepted tree is: whole, zero, amount, text, flag, date or moment."""
    return _Reader(scope).meaning(node)


class _Reader:
    """Reads a tree from the leaves up. A meaning is: whole, zero, amount, text, flag, date, moment, or None
    where a mistake below has already been told (whole: a count or number; zero: the literal 0)."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.mistakes: list[Mistake] = []
        self.bound: dict[str, str | None] = {}

    def meaning(self, node: Node) -> str | None:
        match node:
            case Literal():
                return self._literal(node)
            case Name():
                return self._name(node)
            case Call():
                return self._call(node)
            case Quantified():
                return self._quantified(node)
            case Listing():
                return self._refuse(
                    node.position,
                    "表达式里的列表只能用于 in、all、exists 和 sum",
                    "a list serves in, all, exists and sum only",
                )
            case Refused():
                return self._refuse(
                    node.position,
                    "规则语言没有这种写法（map、filter、exists_one、{…} 等）",
                    "the rule language has no map, filter, exists_one or {…}",
                )

    def moments(self, root: Node) -> None:
        """Moments compare at the coarser precision, so a third would blur the comparison of two others."""
        named = {n.name: n.position for n in walk(root) if isinstance(n, Name) and self._is_moment(n)}
        if len(named) > 2:
            self._refuse(
                list(named.values())[2],
                "一个表达式最多比较两个时刻；其余的写进 where 或另一条规则",
                "an expression compares at most two moments; put the others into where or another rule",
                "expression.moments",
            )

    def _is_moment(self, node: Name) -> bool:
        field = self.scope.find(node.name)
        return field is not None and field.type == "moment"

    def _refuse(self, position: int, zh: str, en: str, code: str = "expression.refused") -> str | None:
        self.mistakes.append(Mistake(code, Bilingual(zh, en), position))
        return None

    def _literal(self, node: Literal) -> str | None:
        match node.value:
            case bool():
                return "flag"
            case int():
                return "zero" if node.value == 0 else "whole"
            case str():
                return "text"
        return self._refuse(
            node.position,
            "不用小数、null 和字节；比例请写成 a * 100 >= b * 90",
            "there are no decimals, null or bytes; write shares as a * 100 >= b * 90",
            "expression.decimal",
        )

    def _name(self, node: Name) -> str | None:
        if node.name in self.bound:
            return self.bound[node.name]
        field = self.scope.find(node.name)
        if field is None or field.type == "prose":
            self.mistakes.append(unknown_name(node.name, node.position, self.scope))
            return None
        return "whole" if field.type in ("count", "number") else field.type

    def _call(self, node: Call) -> str | None:
        special = _SPECIAL.get(node.function)
        if special is not None:
            return special(self, node)
        if node.function not in FUNCTIONS:
            name = {"_[_]": "[ ]"}.get(node.function, node.function.strip("_"))
            if not name.isidentifier():
                return self._refuse(
                    node.position,
                    f"规则语言没有“{name}”运算；比例请写成 a * 100 >= b * 90",
                    f"the rule language has no '{name}'; write shares as a * 100 >= b * 90",
                )
            self.mistakes.append(unknown_function(name, node.position))
            return None
        for argument in node.arguments:
            self.meaning(argument)
        return "flag"

    def _logic(self, node: Call) -> str | None:
        for argument in node.arguments:
            self.meaning(argument)
        return "flag"

    def _comparison(self, node: Call) -> str | None:
        left, right = (self.meaning(a) for a in node.arguments)
        self._same(left, right, node.position)
        self._terms(node.arguments[0], (node.arguments[1],))
        self._terms(node.arguments[1], (node.arguments[0],))
        if node.function not in ("_==_", "_!=_") and {left, right} & {"text", "flag"}:
            self._refuse(
                node.position,
                "文字和是非值只能用 == 或 != 比较",
                "text and truth values compare with == and != only",
                "expression.order",
            )
        return "flag"

    def _addition(self, node: Call) -> str | None:
        left, right = (self.meaning(a) for a in node.arguments)
        return self._whole(self._same(left, right, node.position), node.position)

    def _multiplication(self, node: Call) -> str | None:
        met = [self.meaning(a) for a in node.arguments]
        if met == ["amount", "amount"]:
            return self._refuse(
                node.position, "金额不能与金额相乘", "money cannot be multiplied by money", "expression.money"
            )
        return "amount" if "amount" in met else self._whole("whole", node.position)

    def _same_kind(self, node: Call) -> str | None:
        return self._whole(self.meaning(node.arguments[0]), node.position)

    def _choice(self, node: Call) -> str | None:
        _, first, second = (self.meaning(a) for a in node.arguments)
        return self._same(first, second, node.position)

    def _membership(self, node: Call) -> str | None:
        self._same(self.meaning(node.arguments[0]), self._elements(node.arguments[1]), node.position)
        if isinstance(node.arguments[1], Listing):
            self._terms(node.arguments[0], node.arguments[1].elements)
        return "flag"

    def _terms(self, node: Node, met: Sequence[Node]) -> None:
        """A text that has its declared terms compares with those only: anything else would never hold."""
        field = self.scope.find(node.name) if isinstance(node, Name) else None
        if field is None or not field.choices:
            return
        for other in met:
            if not isinstance(other, Literal) or not isinstance(other.value, str):
                continue
            if other.value not in field.choices:
                hint, listed = did_you_mean(other.value, field.choices), "、".join(field.choices)
                self._refuse(
                    other.position,
                    f"{field.name} 没有“{other.value}”这一项{hint.zh}；只有：{listed}",
                    f"{field.name} is never “{other.value}”{hint.en}; its terms are: {listed}",
                    "expression.term",
                )

    def _sum(self, node: Call) -> str | None:
        return self._elements(node.arguments[0])

    def _money(self, node: Call) -> str | None:
        if self.meaning(node.arguments[0]) == "amount":
            self._refuse(
                node.position, "这里已经是金额", "this is an amount of money already", "expression.money"
            )
        return "amount"

    def _date(self, node: Call) -> str | None:
        met = [self.meaning(a) for a in node.arguments]
        if "amount" in met:
            self._refuse(node.position, "金额不能作日期", "money is no date", "expression.money")
        given = [a.value for a in node.arguments if isinstance(a, Literal)]
        if len(given) == 3 and not _is_day(given):
            self._refuse(node.position, "没有这一天", "there is no such day", "expression.date")
        return "date"

    def _day(self, node: Call) -> str | None:
        met = self.meaning(node.arguments[0])
        if met == "date":
            self._refuse(node.position, "这里已经是日期", "this is a date already", "expression.date")
        return "date"

    def _days(self, node: Call) -> str | None:
        first, last = (self.meaning(a) for a in node.arguments)
        self._same(first, last, node.position)
        return "whole"

    def _quantified(self, node: Quantified) -> str | None:
        if self.bound:
            self._refuse(node.position, "all() 和 exists() 不能互相嵌套", "all() and exists() do not nest")
            return "flag"
        if self.scope.find(node.variable) is not None:
            return self._refuse(
                node.position,
                f"{node.variable} 已是字段名，变量请换一个名称",
                f"{node.variable} is a field; choose another name for the variable",
            )
        self.bound = {node.variable: self._elements(node.over)}
        self.meaning(node.condition)
        self.bound = {}
        return "flag"

    def _elements(self, node: Node) -> str | None:
        """What the members of a listing have in common."""
        if not isinstance(node, Listing):
            return self._refuse(
                node.position,
                "这里须是方括号列出的值，例如 [a, b]",
                "a list written out in brackets is needed here, as in [a, b]",
            )
        met = [self.meaning(e) for e in node.elements]
        if not met:
            return self._refuse(node.position, "列表是空的", "the list is empty")
        common = met[0]
        for each, element in zip(met[1:], node.elements[1:], strict=True):
            common = self._same(common, each, element.position)
        return common

    def _same(self, left: str | None, right: str | None, position: int) -> str | None:
        """What both sides are; a mistake if they are not of one kind. Zero goes with money and counts."""
        if left is None or right is None:
            return None
        if left == right or right == "zero" and left in ("amount", "whole"):
            return left
        if left == "zero" and right in ("amount", "whole"):
            return right
        if {left, right} == {"amount", "whole"}:
            return self._refuse(
                position,
                "金额不能与件数或普通数字相比、相加；金额请写 yuan(400) 或 wan_yuan(12)",
                "money does not compare or add with a plain number; write yuan(400) or wan_yuan(12)",
                "expression.money",
            )
        if {left, right} == {"date", "moment"}:
            return self._refuse(
                position,
                "日期不能与时刻比较；请写 day(时刻)，取它当天的日期",
                "a date does not compare with a moment; write day(moment) to take its date",
                "expression.moment",
            )
        return self._refuse(
            position,
            "同一列表或比较中混有不同种类的值",
            "values of different kinds are mixed in one list or comparison",
            "expression.mixed",
        )

    def _whole(self, met: str | None, position: int) -> str | None:
        if met in (None, "whole", "zero", "amount"):
            return "whole" if met == "zero" else met
        return self._refuse(
            position,
            "加减乘只用于数字和金额",
            "only numbers and money add, subtract and multiply",
            "expression.types",
        )


def _is_day(given: Sequence[object]) -> bool:
    try:
        date(*given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return False
    return True


_SPECIAL: Mapping[str, Callable[[_Reader, Call], str | None]] = {
    **dict.fromkeys(("_&&_", "_||_", "!_"), _Reader._logic),
    **dict.fromkeys(COMPARISONS, _Reader._comparison),
    **dict.fromkeys(("_+_", "_-_"), _Reader._addition),
    **dict.fromkeys(("-_", "abs"), _Reader._same_kind),
    **dict.fromkeys(("yuan", "wan_yuan"), _Reader._money),
    "_*_": _Reader._multiplication,
    "_?_:_": _Reader._choice,
    "@in": _Reader._membership,
    "sum": _Reader._sum,
    "date": _Reader._date,
    "day": _Reader._day,
    "days": _Reader._days,
}
