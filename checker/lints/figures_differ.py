"""A message that gives a figure in one language and not in the other."""

from collections.abc import Iterator

from checker.bilingual import LANGUAGES, Bilingual
from checker.expression import Scope, holes
from checker.lints._shelf import Shelf, Spot

SEVERITY = "warning"
ABOUT = Bilingual("两种语言的提示取的数不同", "the message gives other figures in one language")


def look(shelf: Shelf) -> Iterator[Spot]:
    """A text may be left out of the English, where Chinese words would not help."""
    for rule in shelf.rules.values():
        scope = Scope.of(shelf.vocabulary, rule.each, rule.measures, rule.parameters)
        told = {language: holes(rule.message.in_language(language)) for language in LANGUAGES}
        for language, other in (("zh", "en"), ("en", "zh")):
            for name in dict.fromkeys(told[other]):  # type: ignore[index]
                field = scope.find(name)
                if name in told[language] or field is not None and field.type == "text" or rule.place is None:  # type: ignore[index]
                    continue
                message = Bilingual(
                    f"另一种语言写了 {{{name}}}，这里没有",
                    f"{{{name}}} is given in the other language and not here",
                )
                fix = Bilingual(f"补上 {{{name}}}", f"add {{{name}}}")
                yield Spot(rule.place, ("message", language), message, fix)
