"""What cel-cpp says about an expression, in plain words and both languages."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from checker.bilingual import Bilingual
from checker.errors import did_you_mean
from checker.expression.scope import Scope
from checker.patterns import pattern


class Mistake(NamedTuple):
    """A problem at an offset (in code points) of the expression's text."""

    code: str
    message: Bilingual
    offset: int


FUNCTIONS: Mapping[str, Bilingual] = {
    "sum": Bilingual("sum([a, b, …])，方括号内为整数", "sum([a, b, …]) with whole numbers"),
    "abs": Bilingual("abs(n)，n 为整数", "abs(n) with a whole number"),
    "date": Bilingual("date(年, 月, 日)，三个整数", "date(year, month, day) with three whole numbers"),
    "day": Bilingual("day(时刻)，得到当天的日期", "day(moment), which gives its date"),
    "days": Bilingual("days(起, 止)，两个日期或两个时刻", "days(from, to) with two dates or two moments"),
    "yuan": Bilingual("yuan(n)，n 为整数", "yuan(n) with a whole number"),
    "wan_yuan": Bilingual("wan_yuan(n)，n 为整数", "wan_yuan(n) with a whole number"),
    "contains": Bilingual('文字.contains("…")', 'text.contains("…")'),
    "startsWith": Bilingual('文字.startsWith("…")', 'text.startsWith("…")'),
    "endsWith": Bilingual('文字.endsWith("…")', 'text.endsWith("…")'),
}
"""Every function an expression may call, and how."""

MACROS = ("all", "exists")

_TYPES = {
    "int": Bilingual("整数", "a whole number"),
    "uint": Bilingual("无符号整数（不用）", "an unsigned number (not used here)"),
    "double": Bilingual("小数", "a decimal number"),
    "string": Bilingual("文字", "text"),
    "bool": Bilingual("是非值", "a truth value"),
    "bytes": Bilingual("字节（不用）", "bytes (not used here)"),
    "null_type": Bilingual("null（不用）", "null (not used here)"),
    "google.protobuf.Timestamp": Bilingual("日期", "a date"),
    "google.protobuf.Duration": Bilingual("时间长度（不用）", "a length of time (not used here)"),
}
_OPERATORS = {"@in": "in", "_?_:_": "? :", "!_": "!", "-_": "-", "_[_]": "[ ]"}
_WORD_OPERATORS = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}

_ERROR = pattern(r"ERROR: <input>:(-?\d+):(-?\d+): (.*?)(?=\n \||\nERROR: | \[INVALID_ARGUMENT\]|\Z)", re.S)
_UNDECLARED = pattern(r"undeclared reference to '(.+?)'")
_OVERLOAD = pattern(r"found no matching overload for '(.+?)' applied to '\((.*)\)'")
_QUOTED = pattern(r"(?:input|at:|missing) '(.*?)'(?: |$|\Z)", re.S)


def translate(said: str, source: str, scope: Scope) -> list[Mistake]:
    """Every mistake cel-cpp reported; of syntax errors only the first, since the rest follow from it."""
    found: list[Mistake] = []
    for match in _ERROR.finditer(said):
        line, column, message = int(match[1]), int(match[2]), match[3].strip()
        if message.startswith("Syntax error"):
            return [_syntax(message, source, _offset(source, line, column))]
        found.append(_mistake(message, source, _offset(source, line, column), scope))
    if not found:
        found.append(_limit(said) or _unknown(said, 0))
    return list(dict.fromkeys(found))


def _offset(source: str, line: int, column: int) -> int:
    before = source.split("\n")[: max(line - 1, 0)]
    return min(sum(len(text) + 1 for text in before) + max(column - 1, 0), len(source))


def _mistake(message: str, source: str, offset: int, scope: Scope) -> Mistake:
    if found := _UNDECLARED.match(message):
        name = found[1]
        if source[offset : offset + 1] == "(":
            return unknown_function(name, offset - len(name))
        return unknown_name(name, _start(source, name, offset), scope)
    if found := _OVERLOAD.match(message):
        return _no_overload(found[1], found[2], offset)
    if message.startswith("reserved identifier: "):
        word = message.rpartition(" ")[2]
        return Mistake(
            "expression.reserved",
            Bilingual(
                f"“{word}”是 CEL 的保留字，不能作名称", f"'{word}' is a reserved word of CEL, not a name"
            ),
            offset,
        )
    if message.startswith("invalid int literal"):
        return Mistake(
            "expression.number-too-large",
            Bilingual(
                "整数超出范围（最大 9223372036854775807）",
                "the number is too large (at most 9223372036854775807)",
            ),
            offset,
        )
    return _structural(message, offset)


def _structural(message: str, offset: int) -> Mistake:
    if "operand of a select operation" in message:
        zh, en = (
            "这个名称本身就是一个值，后面不能再接“.名称”",
            "this name is a value itself; nothing can follow it after a dot",
        )
        return Mistake("expression.select", Bilingual(zh, en), offset)
    if "range of a comprehension" in message:
        zh, en = (
            "all() 和 exists() 只能用于方括号列出的值，例如 [a, b].all(x, x == 0)",
            "all() and exists() go over values listed in brackets only, as in [a, b].all(x, x == 0)",
        )
        return Mistake("expression.range", Bilingual(zh, en), offset)
    if "must be a simple identifier" in message:
        zh, en = (
            "all() 和 exists() 的第一项须是变量名，例如 x",
            "all() and exists() take a variable name first, such as x",
        )
        return Mistake("expression.variable", Bilingual(zh, en), offset)
    return _limit(message) or _unknown(message, offset)


def _limit(message: str) -> Mistake | None:
    if "recursion depth" in message:
        zh, en = (
            "表达式嵌套过深（连加超过 31 项时请用 sum([…])）",
            "the expression is nested too deeply (for more than 31 terms use sum([…]))",
        )
    elif "codepoint limit" in message:
        zh, en = "表达式过长（最多 100000 个字符）", "the expression is too long (at most 100,000 characters)"
    else:
        return None
    return Mistake("expression.limit", Bilingual(zh, en), 0)


def _unknown(message: str, offset: int) -> Mistake:
    text = Bilingual(f"表达式有误：{message}", f"the expression is at fault: {message}")
    return Mistake("expression.invalid", text, offset)


def _start(source: str, name: str, offset: int) -> int:
    """cel-cpp points at the last dot of a dotted name; we point at its beginning."""
    start = offset - name.rfind(".") if "." in name else offset
    return start if start >= 0 and source.startswith(name, start) else offset


def unknown_function(name: str, offset: int) -> Mistake:
    if name in FUNCTIONS:
        return _how_to_call(name, offset)
    hint = did_you_mean(name, [*FUNCTIONS, *MACROS])
    known = ", ".join([*FUNCTIONS, *MACROS])
    return Mistake(
        "expression.unknown-function",
        Bilingual(
            f"没有名为 {name} 的函数{hint.zh}；可用的有：{known}",
            f"there is no function {name}{hint.en}; there are: {known}",
        ),
        offset,
    )


def _how_to_call(name: str, offset: int) -> Mistake:
    how = FUNCTIONS[name]
    zh, en = f"{name} 的写法是：{how.zh}", f"{name} is called as {how.en}"
    return Mistake("expression.call", Bilingual(zh, en), offset)


def unknown_name(name: str, offset: int, scope: Scope) -> Mistake:
    """A name that is not in scope, and the likeliest reason."""
    declared = scope.find(name)
    if declared is not None and declared.type == "prose":
        zh = f"{name} 是长文本，只能由 measures 使用，表达式读不到"
        en = f"{name} is long text, which is open to measures only"
        return Mistake("expression.prose", Bilingual(zh, en), offset)
    if name in scope.vocabulary.collections:
        zh = f"{name} 是一组记录，不能直接读取；请用 each 逐条判断，或用 measures 先行计算"
        en = f"{name} is a set of records and cannot be read; range over it with each, or use a measure"
        return Mistake("expression.collection", Bilingual(zh, en), offset)
    if name in FUNCTIONS:
        return _how_to_call(name, offset)
    hint = did_you_mean(name, _likely(scope))
    if scope.collection is not None and not hint.zh:
        fields = ", ".join(f.name for f in scope.collection.fields if f.type != "prose")
        hint = Bilingual(
            f"；{scope.collection.name} 的字段有：{fields}",
            f"; the fields of {scope.collection.name} are: {fields}",
        )
    message = Bilingual(f"这里没有名为 {name} 的字段{hint.zh}", f"there is no field {name} here{hint.en}")
    return Mistake("expression.unknown-name", message, offset)


def _likely(scope: Scope) -> Iterable[str]:
    for name in scope.names():
        field = scope.find(name)
        if field is not None and field.type != "prose":
            yield name


def _types(listed: str) -> list[str]:
    """The types in `int, list(map(string, int)), bool`."""
    return re.findall(r"[\w.]+(?:\((?:[^()]|\([^()]*\))*\))?", listed)


def _type_in_words(name: str) -> Bilingual:
    if name.startswith("list("):
        inner = _type_in_words(name[5:-1])
        return Bilingual(f"一列{inner.zh}", f"a list of {inner.en.removeprefix('a ')}")
    return _TYPES.get(name, Bilingual(name, name))


def _no_overload(function: str, types: str, offset: int) -> Mistake:
    if function in FUNCTIONS:
        return _how_to_call(function, offset - len(function))
    met = _types(types)
    operator = _OPERATORS.get(function, function.strip("_"))
    if "double" in met:
        zh = "不用小数：请把两边同乘成整数，例如 a * 100 >= b * 90"
        en = "there are no decimals: multiply both sides to whole numbers, as in a * 100 >= b * 90"
        return Mistake("expression.decimal", Bilingual(zh, en), offset)
    words = [_type_in_words(name) for name in met]
    zh, en = "和".join(w.zh for w in words), " and ".join(w.en for w in words)
    message = Bilingual(f"“{operator}”不能用于{zh}", f"'{operator}' does not go with {en}")
    return Mistake("expression.types", message, offset)


def _syntax(message: str, source: str, offset: int) -> Mistake:
    found = _QUOTED.search(message)
    token = found[1] if found else ""
    return Mistake("expression.syntax", _syntax_in_words(token, message, source, offset), offset)


def _syntax_in_words(token: str, message: str, source: str, offset: int) -> Bilingual:
    if "missing ')'" in message:
        return Bilingual("缺少右括号 )", "a closing bracket ) is missing")
    if token == "<EOF>" or offset >= len(source.rstrip()):
        return Bilingual("表达式到这里没有写完", "the expression breaks off here")
    if token in _WORD_OPERATORS:
        sign = _WORD_OPERATORS[token]
        return Bilingual(f"请用 {sign} 代替 {token}", f"write {sign} instead of {token}")
    at = source[offset]
    if at == "=":
        return Bilingual("相等请写 ==", "write == for equality")
    if at in "\"'":
        return Bilingual("引号没有闭合", "the quotation mark is not closed")
    if source[max(offset - 1, 0) : offset + 1] == "<>":
        return Bilingual("不等请写 !=", "write != for inequality")
    if ord(at) > 0x7F:
        return Bilingual(
            f"名称和符号只能用英文半角；“{at}”只能写在引号内",
            f"names and signs are plain ASCII; '{at}' may stand inside quotation marks only",
        )
    return Bilingual(f"这里不该出现“{token or at}”", f"'{token or at}' cannot stand here")
