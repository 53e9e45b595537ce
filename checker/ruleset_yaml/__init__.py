"""Rule and ruleset files → Rule and Ruleset; every mistake in every file at its line, all at once.

library.py     folders of rules: ids, duplicates, one environment for all expressions
rules.py       one rule: names, types, holes, measures
numbers.py     the numbers of a ratio, and of a quantity
sources.py     files of one schema, through the cache
arguments.py   what a rule writes for a measure, by the measure's signature
ledger_kinds.py  kinds of ledger: columns, aliases, terms
rulesets.py    the indicator tree: uses, sums, bands
"""

from checker.ruleset_yaml.ledger_kinds import load_kinds
from checker.ruleset_yaml.library import Library, load_library, load_rule
from checker.ruleset_yaml.rulesets import load_ruleset, parse_ruleset

__all__ = ["Library", "load_kinds", "load_library", "load_rule", "load_ruleset", "parse_ruleset"]
