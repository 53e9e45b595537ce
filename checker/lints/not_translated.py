"""A sentence that is the same in both languages."""

from collections.abc import Iterator

from checker.bilingual import Bilingual
from checker.lints._shelf import Shelf, Spot, sentences

SEVERITY = "warning"
ABOUT = Bilingual("两种语言写得一样", "a text that is the same in both languages")
_FIX = Bilingual("zh 写中文，en 写英文", "write zh in Chinese and en in English")


def look(shelf: Shelf) -> Iterator[Spot]:
    for source in shelf.sources.values():
        for way, zh, en in sentences(source):
            if zh == en and any(character.isalpha() for character in zh):
                message = Bilingual("中文和英文写得一样", "the Chinese and the English are the same")
                yield Spot(source.place(()), (*way, "en"), message, _FIX)
