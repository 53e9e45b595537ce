"""Numbers of persons that a published report must not show: identity cards, mobile phones, bank cards.

Only running text is searched, so digits of flattened tables are not taken for them. Facts and
quotes carry the number masked.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from checker.bilingual import Bilingual
from checker.facts import Collection, Extract, Field, Record, flag, words
from checker.outline import Outline, Span
from checker.patterns import pattern

DECLARES = (
    Collection(
        "personal_data",
        "item",
        Bilingual("疑似个人信息", "what looks like personal data"),
        (
            Field("type", "text", Bilingual("类型", "type")),
            Field("masked", "text", Bilingual("号码（已遮盖）", "number, masked")),
            Field(
                "official_contact",
                "flag",
                Bilingual("引言中的公务联系方式", "official contact in the preamble"),
            ),
        ),
        exceptions=True,
    ),
)
_LABELS = {
    "id_number": Bilingual("居民身份证号码", "resident identity number"),
    "mobile": Bilingual("手机号码", "mobile phone number"),
    "bank_card": Bilingual("银行卡号", "bank card number"),
}

_URL = pattern(r"(?:https?\s*:|www\.)[!-~]+|(?<![\w.-])[\w.-]+@[\w.-]+", re.ASCII)
_DIGITS = pattern(r"(?<![\w.])\+?\d(?:[ -]?\d){9,21}[Xx]?(?![\w.%])", re.ASCII)
# A number with a classifier behind it is a quantity, one with a currency sign before it an amount.
_COUNTED = pattern(r"\s*(?:余|多|万|亿)?\s*(?:元|条|件|次|人|个|户|份|篇|期|吨|亩|平方|台|号文)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def extract(outline: Outline, found: Extract) -> Extract:
    """personal_data, in reading order."""
    records = (
        _record(outline, span, kind, number) for number, (span, kind) in enumerate(_numbers(outline), start=1)
    )
    return Extract({}, {"personal_data": tuple(records)})


def _record(outline: Outline, span: Span, kind: str, number: int) -> Record:
    masked = mask(outline.text[span.start : span.end])
    place = replace(outline.locate(span.start, span.end), quote=masked)
    preamble = outline.preamble
    official = preamble is not None and preamble.start <= span.start < preamble.end
    fields = {
        "type": words(kind, place),
        "masked": words(masked, place),
        "official_contact": flag(official, place),
    }
    label = _LABELS[kind]
    return Record(str(number), Bilingual(f"{label.zh} {masked}", f"{label.en} {masked}"), fields, (place,))


def _numbers(outline: Outline) -> Iterator[tuple[Span, str]]:
    for part in outline.prose:
        view = outline.view[part.start : part.end]
        addresses = [m.span() for m in _URL.finditer(view)]
        for match in _DIGITS.finditer(view):
            inside = any(a < match.end() and match.start() < b for a, b in addresses)
            kind = None if inside or _COUNTED.match(view, match.end()) else _kind(match.group())
            if kind:
                yield Span(part.start + match.start(), part.start + match.end()), kind


def _kind(written: str) -> str | None:
    digits = re.sub(r"[ +-]", "", written).upper()
    if is_identity_number(digits):
        return "id_number"
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", digits) and _grouped_as_phone(written):
        return "mobile"
    return "bank_card" if is_bank_card(digits) else None


def _grouped_as_phone(written: str) -> bool:
    """139…, 139 1234 5678 or 139-1234-5678: any other grouping is a row of separate figures."""
    return re.fullmatch(r"\+?(?:86[ -]?)?1\d{2}(?:([ -])\d{4}\1\d{4}|\d{8})", written) is not None


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are a resident identity number: GB 11643, with its date and check character."""
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", digits):
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return born.year >= 1900 and "10X98765432"[total % 11] == digits[17]


def is_bank_card(digits: str) -> bool:
    """Whether 16 to 19 digits begin like a UnionPay card and satisfy the Luhn check (ISO/IEC 7812)."""
    if not re.fullmatch(r"62\d{14,17}", digits):
        return False
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def mask(written: str) -> str:
    """All but the first three and the last two characters hidden."""
    return written[:3] + "*" * (len(written) - 5) + written[-2:]
