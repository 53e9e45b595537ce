"""A message from which a reader cannot tell which record is meant, or what figure was found."""

from collections.abc import Iterator

from checker import expression
from checker.bilingual import LANGUAGES, Bilingual
from checker.expression import Scope, holes
from checker.facts import Vocabulary
from checker.lints._shelf import Shelf, Spot, message_key
from checker.ruleset import Rule

SEVERITY = "warning"
ABOUT = Bilingual("提示没有说是哪一条或什么数", "a message that names no place and no figure")


def look(shelf: Shelf) -> Iterator[Spot]:
    for rule in shelf.rules.values():
        if rule.place is None:
            continue
        for language in LANGUAGES:
            named = set(holes(rule.message.in_language(language)))
            if rule.each is not None and not named & _of_record(rule, shelf.vocabulary):
                yield Spot(
                    rule.place, (message_key(rule), language), *_no_record(rule.each, shelf.vocabulary)
                )
            elif rule.each is None and not named and (figure := _figure(rule, shelf.vocabulary)):
                zh, en = "提示里没有查到的数", "the message says nothing of what was found"
                fix = Bilingual(f"写出数字，例如 {{{figure}}}", f"give the figure, such as {{{figure}}}")
                yield Spot(rule.place, (message_key(rule), language), Bilingual(zh, en), fix)


def _of_record(rule: Rule, vocabulary: Vocabulary) -> set[str]:
    """What a message can name of the record at hand."""
    collection = vocabulary.collections[rule.each or ""]
    fields = {field.name for field in collection.fields}
    return {collection.item, "left", "right", *fields, *(m.name for m in rule.measures)}


def _no_record(each: str, vocabulary: Vocabulary) -> tuple[Bilingual, Bilingual]:
    item = vocabulary.collections[each].item
    return (
        Bilingual(
            "逐条判断的规则，提示里没有说是哪一条", "the rule ranges over records, and the message names none"
        ),
        Bilingual(f"写出是哪一条，例如 {{{item}}}", f"say which one it is, such as {{{item}}}"),
    )


def _figure(rule: Rule, vocabulary: Vocabulary) -> str | None:
    """A figure the message could give. There is none where the rule fails only for want of anything:
    flags that do not hold, numbers that are all 0."""
    scope = Scope.of(vocabulary, None, rule.measures, rule.parameters)
    own = {parameter.name for parameter in rule.parameters}
    read = [f for name in rule.assertion.reads if name not in own and (f := scope.find(name))]
    if any(field.type in ("date", "moment", "text") for field in read):
        return next(field.name for field in read if field.type in ("date", "moment", "text"))
    numbers = [field.name for field in read if field.type != "flag"]
    nothing = {f.name: False if f.type == "flag" else 0 for f in read}
    values = {p.name: p.value for p in rule.parameters if isinstance(p.value, int)}
    some = [{**values, **nothing, name: 1} for name in numbers]
    fails = expression.evaluate_partly(rule.assertion, {**values, **nothing}) is False
    if fails and all(expression.evaluate_partly(rule.assertion, given) is True for given in some):
        return None
    return next(iter(numbers), None)
