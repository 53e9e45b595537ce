"""Rule expressions: a closed part of CEL, checked when a rule is loaded. The only room that knows CEL.

Allowed: whole numbers, text, flags and dates; == != < <= > >=; && || !; + - *; c ? a : b;
x in [..]; [..].all(x, ..); [..].exists(x, ..); text.contains/startsWith/endsWith; and the functions
sum([..]), abs(n), date(y, m, d), day(moment), days(from, to), yuan(n) and wan_yuan(n).
Money compares and adds only with money or 0.

    scope.py      which names an expression may read
    tree.py       the checked expression as a small tree, decoded from cel-cpp's own
    compiling.py  cel-cpp at load: compile, check, translate what it says
    mistakes.py   cel-cpp's messages in plain words
    meaning.py    what cel-cpp does not check: money against counts, refused constructs
    evaluating.py values in, True or False out
    bounds.py     what a condition comes to whatever the values are
    messages.py   the holes of a message
    words.py      an expression as a formula a person can sign off
    rule_words.py a rule in words, and the values its messages show
"""

from checker.expression.bounds import Range, foregone
from checker.expression.compiling import Compiler, Locate, Note, check, engine, note
from checker.expression.evaluating import (
    Side,
    Value,
    evaluate,
    evaluate_partly,
    evaluate_side,
    is_comparison,
    literals,
    sides,
    sums_above,
)
from checker.expression.messages import fill, holes, placed_holes
from checker.expression.rule_words import faults_in_words, rule_in_words, side_in_words, when_in_words
from checker.expression.scope import (
    Scope,
    collection_of,
    field_of,
    measure_field,
    measure_label,
    parameter_field,
)
from checker.expression.words import formula

__all__ = [
    "Compiler",
    "Locate",
    "Note",
    "Range",
    "Scope",
    "Side",
    "Value",
    "check",
    "collection_of",
    "engine",
    "evaluate",
    "evaluate_partly",
    "evaluate_side",
    "faults_in_words",
    "field_of",
    "fill",
    "foregone",
    "formula",
    "holes",
    "is_comparison",
    "literals",
    "measure_field",
    "measure_label",
    "note",
    "parameter_field",
    "placed_holes",
    "rule_in_words",
    "side_in_words",
    "sides",
    "sums_above",
    "when_in_words",
]
