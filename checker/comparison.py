"""The comparison view: one text, however it was typed, for matching. Users always read the verbatim text.

`view` keeps the length, so an offset in the view is an offset in the text. It folds

- full-width ASCII to ASCII: （ ） ， ： ； ！ ？ ％ ／ ０–９ Ａ–Ｚ and so on;
- every space, tab, control and zero-width character to a plain space (a line feed stays a line feed);
- Traditional to Simplified by character, then a few words whose character has two Simplified forms (答覆);
- Kangxi and CJK radicals, strokes and compatibility ideographs (as PDF files carry them) to ideographs;
- brackets 〔〕 【】 〖〗 ﹝﹞ to [ ], quotation marks “” „ 「」 『』 to " and ‘’ to ';
- every dash — – ― − ─ to -, 〜 to ~, middle dots to ·, ○ and ◯ to 〇, half-width ｡ ､ to 。 、.

。 、 … 《 》 and numbers in circles stay as they are. Of the 6,763 ideographs of GB 2312 all but 16 rare ones
(乾 於 後 徵 夥 …) stay as they are, so patterns written in Simplified characters match the view.
"""

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("comparison.tsv")

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
"""Characters without width that word processors and chat programs leave behind; readers drop them."""

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""Characters of private use: where symbol fonts put their signs, and no standard says what they are."""

UNREAD = re.compile(f"\ufffd|{PRIVATE.pattern}")
"""What readers leave where a character could not be read."""

_SPACES = (
    *(c for c in range(0x20) if c != 0x0A),
    *range(0x7F, 0xA1),
    *(0xAD, 0x1680, 0x180E),
    *range(0x2000, 0x2010),
    *range(0x2028, 0x2030),
    *range(0x205F, 0x2065),
    *(0x2800, 0x3000, 0x3164, 0xFEFF),
)
_PUNCTUATION = {
    "[": "〔【〖﹝❲⟦",
    "]": "〕】〗﹞❳⟧",
    "(": "﹙",
    ")": "﹚",
    '"': "“”„‟「」『』〝〞",
    "'": "‘’‚‛",
    "-": "‐‑‒–—―−─━﹘﹣",
    "~": "〜∼˜",
    "·": "・•‧∙⋅･",
    "〇": "○◯",
    "。": "｡",
    "、": "､﹑",
    ",": "﹐",
    ";": "﹔",
    ":": "﹕∶",
    "%": "﹪",
    "¥": "￥",
}


@cache
def _table() -> tuple[dict[int, int], tuple[tuple[str, str], ...]]:
    """The single characters for str.translate, then the words to be replaced after them."""
    singles, _, rest = TABLE.read_text(encoding="utf-8").partition("\n\n")
    characters, words = singles.split(), rest.split()
    table = str.maketrans("".join(characters[::2]), "".join(characters[1::2]))
    table.update((full, full - 0xFEE0) for full in range(0xFF01, 0xFF5F))
    table.update((ord(c), ord(plain)) for plain, variants in _PUNCTUATION.items() for c in variants)
    table.update((space, 0x20) for space in _SPACES)
    return table, tuple(zip(words[::2], words[1::2], strict=True))


def view(text: str) -> str:
    """The comparison view of `text`; always of the same length."""
    table, words = _table()
    folded = text.translate(table)
    for written, plain in words:
        folded = folded.replace(written, plain)
    return folded


def squeeze(text: str) -> str:
    """The comparison view without any white space: for labels, headings and fixed wordings."""
    return "".join(view(text).split())


def squeeze_offsets(text: str) -> tuple[int, ...]:
    """For each character of `squeeze(text)`, its offset in `text`."""
    return tuple(offset for offset, character in enumerate(view(text)) if not character.isspace())
