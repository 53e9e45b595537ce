"""Shares stated in the prose beside the figure they belong to: 208 件（17.46%），占 86.92%.

Taken only where the part and its total are both stated: a list of parts says which total they are of.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from checker import quantity
from checker.bilingual import Bilingual
from checker.facts import Collection, Extract, Field, Record, count
from checker.outline import Outline, Span
from checker.patterns import pattern
from checker.quantity import Quantity

_PER_CENT = Bilingual("百分之一个百分点", "hundredths of a per cent")
DECLARES = (
    Collection(
        "shares",
        "share",
        Bilingual("正文中的占比", "Shares in the prose"),
        (
            Field("part", "number", Bilingual("分项", "part")),
            Field("whole", "number", Bilingual("总数", "whole")),
            Field("stated", "number", Bilingual("所写占比", "share as stated"), _PER_CENT),
            Field("places", "count", Bilingual("所写小数位数", "decimals stated")),
            Field(
                "lowest",
                "number",
                Bilingual("四舍五入允许的最小占比", "least share that rounds to it"),
                _PER_CENT,
            ),
            Field(
                "highest",
                "number",
                Bilingual("四舍五入允许的最大占比", "greatest share that rounds to it"),
                _PER_CENT,
            ),
        ),
    ),
)

# What may stand between a figure and its share. 占全市 …% is a share of something else.
_BETWEEN = pattern(
    r"\s*(?:[,、]\s*(?:约?占(?:比|总数的?|总量的?|全部的?|其中的?)?|占比)(?:为|约为|达到|达)?|\(\s*(?:占比?|约)?)\s*"
)


def extract(outline: Outline, found: Extract) -> Extract:
    """One record a share whose part and total are exact."""
    return Extract({}, {"shares": tuple(_records(outline))})


def _records(outline: Outline) -> Iterator[Record]:
    number = 0
    for span in outline.prose:
        view = outline.view[span.start : span.end]
        if "%" not in view and "百分之" not in view:
            continue
        shares = [q for q in quantity.quantities(view) if q.unit == "%" and q.exact]
        for total, part in _parts(view):
            share = next((s for s in shares if _BETWEEN.fullmatch(view, part.end, s.opening)), None)
            if share is not None:
                number += 1
                yield _record(outline, span, (total, part, share), str(number))


def _parts(view: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Exact totals with each of their exact parts."""
    for listed in quantity.breakdowns(view):
        if listed.total.exact:
            yield from ((listed.total, part) for part in listed.parts if part.exact)


def _record(outline: Outline, span: Span, stated: tuple[Quantity, Quantity, Quantity], key: str) -> Record:
    total, part, share = stated
    places = [outline.locate(span.start + q.opening, span.start + q.end) for q in stated]
    written = [outline.text[span.start + q.opening : span.start + q.end] for q in stated]
    value = share.value or Decimal(0)
    decimals = _decimals(written[2])
    half = Decimal(5).scaleb(-decimals - 1)
    lowest = ((value - half) * 100).to_integral_value(ROUND_FLOOR)
    highest = ((value + half) * 100).to_integral_value(ROUND_CEILING)
    quote = outline.text[span.start + part.opening : span.start + share.end]
    return Record(
        key=key,
        label=Bilingual(quote, quote),
        fields={
            "part": quantity.number(part.value, written[1], places[1]),
            "whole": quantity.number(total.value, written[0], places[0]),
            "stated": quantity.number(value * 100, written[2], places[2]),
            "places": count(decimals, places[2]),
            "lowest": quantity.number(max(lowest, Decimal(0)), written[2], places[2]),
            "highest": quantity.number(highest, written[2], places[2]),
        },
        locations=(places[1], places[2], places[0]),
    )


def _decimals(written: str) -> int:
    """Decimals as written: 1.60% has two."""
    found = re.search(r"[.．点](\d+|[〇零一二三四五六七八九]+)", written)
    return len(found[1]) if found else 0
