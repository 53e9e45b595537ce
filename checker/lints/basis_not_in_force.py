"""A rule used for a year in which nothing it rests on is in force: repealed already, or not yet issued."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot
from checker.lints._years import document_of, in_force, spans, years_asked
from checker.location import Location
from checker.ruleset import Rule

SEVERITY = "error"
ABOUT = Bilingual(
    "某些年度里规则的依据已废止或还没有施行",
    "in some years the basis of a rule is repealed or not yet in force",
)


def look(shelf: Shelf) -> Iterator[Spot]:
    for sheet in shelf.sheets:
        for use, _ in sheet.uses():
            rule = sheet.ruleset.rules[use.rule]
            years = years_asked(rule, shelf.vocabulary, *sheet.ruleset.years)
            without = [year for year in years if not any(in_force(basis, year) for basis in rule.basis)]
            if without and not use.warning:
                yield _spot(rule, spans(without), use.place)


def _spot(rule: Rule, years: Bilingual, node: Location) -> Spot:
    named = [d for basis in rule.basis if (d := document_of(basis))]
    told = Bilingual(
        "；".join(d.in_words().zh for d in dict.fromkeys(named)),
        "; ".join(d.in_words().en for d in dict.fromkeys(named)),
    )
    message = Bilingual(
        f"{years.zh} 年度没有现行的依据：{told.zh}",
        f"nothing it rests on is in force in {years.en}: {told.en}",
    )
    fix = Bilingual(
        "用 effective 限定规则的年度，补写那时的依据，或调整 applies_to",
        "limit the rule by `effective`, add what was in force then, or change applies_to",
    )
    return Spot(node, ("rule",), message, fix)
