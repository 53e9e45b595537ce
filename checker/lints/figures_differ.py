"""A message that gives a figure in one language and not in the other."""

from collections.abc import Iterator

from checker.bilingual import LANGUAGES, Bilingual
from checker.expression import Scope, holes
from checker.lints._shelf import Shelf, Spot, message_key

SEVERITY = "warning"
ABOUT = Bilingual("两种语言的提示取的数不同", "the message gives other figures in one language")


def look(shelf: Shelf) -> Iterator[Spot]:
    """A text may be left out of the English, where Chinese words would not help."""
    for rule in shelf.rules.values():
        scope = Scope.of(shelf.vocabulary, rule.each, rule.measures, rule.parameters)
        texts = {name for name in scope.names() if (f := scope.find(name)) and f.type == "text"}
        given = {language: set(holes(rule.message.in_language(language))) - texts for language in LANGUAGES}
        for language in LANGUAGES:
            for name in sorted(set().union(*given.values()) - given[language]):
                message = Bilingual(
                    f"另一种语言写了 {{{name}}}，这里没有",
                    f"{{{name}}} is given in the other language and not here",
                )
                fix = Bilingual(f"补上 {{{name}}}", f"add {{{name}}}")
                if rule.place is not None:
                    yield Spot(rule.place, (message_key(rule), language), message, fix)
