"""A document that is in force in none of the years in which the rule that rests on it applies."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.lints._years import document_of, in_force, years_asked

SEVERITY = "warning"
ABOUT = Bilingual(
    "规则适用的年度里，所引依据都不是现行的", "a basis that is never in force while the rule applies"
)
_FIX = Bilingual("换成现行的依据，或改 effective", "name what is in force, or change `effective`")


def look(shelf: Shelf) -> Iterator[Spot]:
    for rule in shelf.rules.values():
        years = years_asked(rule, shelf.vocabulary)
        for number, basis in enumerate(rule.basis):
            document = document_of(basis)
            if document is None or rule.place is None or any(in_force(basis, year) for year in years):
                continue
            told = document.in_words()
            yield Spot(rule.place, ("basis", number, "document"), told, _FIX)
