"""Rule and ruleset files → Rule and Ruleset; every mistake in every file at its line, all at once.

library.py     folders of rules: ids, duplicates, one environment for all expressions
rules.py       one rule: names, types, holes, measures
numbers.py     the numbers of a ratio, and of a quantity
sources.py     files of one schema, through the cache
arguments.py   what a rule writes for a measure, by the measure's signature
ledger_kinds.py  kinds of ledger: columns, aliases, terms
rulesets.py    the whole file: marks, bands, its rules
indicators.py  the tree: points, sums, parts
uses.py        what a rule is worth
tailoring.py   a ruleset that extends another
changes.py     every difference between two, and what must not be relaxed
telling.py     where mistakes are told, and plain values
"""

from checker.ruleset_yaml.changes import changes
from checker.ruleset_yaml.ledger_kinds import load_kinds
from checker.ruleset_yaml.library import Library, load_library, load_rule
from checker.ruleset_yaml.rulesets import load_ruleset, parse_ruleset

__all__ = [
    "Library",
    "changes",
    "load_kinds",
    "load_library",
    "load_rule",
    "load_ruleset",
    "parse_ruleset",
]
