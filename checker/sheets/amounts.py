"""What a cell says something is worth, and the title a cell gives it."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from checker.sheets.cells import Share, shown, value_of

Kind = Literal["points", "percent", "bonus", "deduct", "veto"]
MOST = 100_000
LONGEST_TITLE = 40
"""Characters of a title; longer ones are cut where they are no name but a whole text."""


@dataclass(frozen=True, slots=True)
class Worth:
    """points, bonus and deduct are points; percent is of what is above. A veto has no amount."""

    kind: Kind
    amount: Decimal = Decimal(0)


_NOTHING = frozenset(("", "/", "-", "—", "——", "－", "／"))
_VETO = re.compile(r"^(一票|单项)?否决(项|制)?$")
_AMOUNT = re.compile(
    r"^(?P<sign>[+-]|加|扣|减|最多加|最多扣)?(?:满分|共|计|合计)?(?P<number>\d+(?:\.\d+)?)(?P<unit>分|%)?$"
)
_SIGNS = {
    "+": "bonus",
    "加": "bonus",
    "最多加": "bonus",
    "-": "deduct",
    "扣": "deduct",
    "减": "deduct",
    "最多扣": "deduct",
}
_BRACKETED = re.compile(
    r"^(?P<title>.*?)\s*[（(]\s*(?:共|计|合计|满分|权重)?\s*(?P<amount>[+-]?\d+(?:\.\d+)?\s*[分%％])\s*[)）]$",
    re.S,
)
_TRAILING = re.compile(r"^(?P<title>.*?)[\s:：,，、]+(?P<amount>\d+(?:\.\d+)?\s*[分%％])$", re.S)
_CJK = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
_GAP = re.compile(rf"(?<={_CJK})\s+(?={_CJK})|(?<={_CJK})\s+|\s+(?={_CJK})")


def is_blank(typed: str) -> bool:
    """Whether a cell was left without points, with a dash or without."""
    return shown(typed).strip() in _NOTHING


def worth_of(typed: str, percent: bool = False) -> Worth | None:
    """What a cell of points says; None where it cannot be read. percent: plain numbers are percentages."""
    value = value_of(typed)
    worth = _in_words(value, percent) if isinstance(value, str) else None
    if isinstance(value, Share) and value.percent >= 0:
        worth = Worth("percent", value.percent)
    elif isinstance(value, Decimal) and value < 0:
        worth = Worth("deduct", -value)
    elif isinstance(value, Decimal):
        worth = Worth("percent" if percent else "points", value)
    return worth if worth is None or worth.amount <= MOST else None


def _in_words(text: str, percent: bool) -> Worth | None:
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if _VETO.match(plain):
        return Worth("veto")
    found = _AMOUNT.match(plain)
    if found is None:
        return None
    amount = Decimal(found["number"])
    if found["unit"] == "%":
        return Worth("percent", amount) if found["sign"] is None else None
    if found["sign"] is not None:
        kind: Kind = "bonus" if _SIGNS[found["sign"]] == "bonus" else "deduct"
        return Worth(kind, amount)
    return Worth("percent" if percent and found["unit"] is None else "points", amount)


def title_of(typed: str, embedded: bool = False, cut: bool = False) -> tuple[str, Worth | None]:
    """The title a cell gives and, where looked for, the points that stand at its end.

    embedded: 解读回应（10分） is worth 10. cut: a long text is cut to a title.
    """
    text = shown(typed)
    worth = None
    found = (_BRACKETED.match(text.strip()) or _TRAILING.match(text.strip())) if embedded else None
    if found is not None and found["title"].strip():
        text, worth = found["title"], worth_of(found["amount"])
    title = re.sub(r"\s+", " ", _GAP.sub("", text)).strip()
    if cut and len(title) > LONGEST_TITLE:
        title = title[: LONGEST_TITLE - 1] + "…"
    return title, worth
